"""What each format cannot carry, as changes to plain trees (see docs/round-trips.md)."""

import unicodedata

from publisher.tree.labels import item_label
from publisher.tree.nodes import ListBlock
from tests.tools.round_trip import every


def _dropped(*fields):
    return lambda node: {k: v for k, v in node.items() if k not in fields}


def _label(node):
    if not node.get("ordered"):
        return node
    style, delimiter = node.pop("style", "bullet"), node.pop("delimiter", "period")
    made = ListBlock((), ordered=True, style=style, delimiter=delimiter)
    return {**node, "label": item_label(made, node.get("start", 1), "").lower()}


def _table(node):
    """Header rows are header cells; a span ends where the table does; widths are to 0.1 %."""
    for row in node.get("head", ()):
        row["cells"] = [{k: v for k, v in c.items() if k != "header"} for c in row["cells"]]
    for part in ("head", "body", "foot"):
        rows = node.get(part, [])
        for at, row in enumerate(rows):
            row.pop("attr", None)
            for cell in row["cells"]:
                if cell.get("rowspan", 1) > len(rows) - at:
                    cell["rowspan"] = len(rows) - at
                if cell.get("rowspan") == 1:
                    del cell["rowspan"]
                if not cell.get("blocks"):
                    cell.pop("header", None)  # an empty header cell heads nothing
    _align(node)
    for column in node.get("columns", ()):
        if "width" in column:
            column["width"] = round(column["width"], 3)
    return node


def _align(table):
    """A cell is aligned as it is shown: by itself, or else by its column."""
    columns = [column.pop("align", "") for column in table.get("columns", ())]
    for part in ("head", "body", "foot"):
        below = {}
        for row in table.get(part, []):
            at, covered = 0, {}
            for cell in row["cells"]:
                while below.get(at, 0):
                    at += 1
                align = cell.get("align") or (columns[at] if at < len(columns) else "")
                if align and cell.get("blocks"):
                    cell["align"] = align
                else:
                    cell.pop("align", None)
                for _ in range(cell.get("colspan", 1)):
                    covered[at] = cell.get("rowspan", 1) - 1
                    at += 1
            below = {k: v - 1 for k, v in below.items() if v > 1} | {
                k: v for k, v in covered.items() if v > 0
            }


def _ruby(node):
    whole = "".join(pair["base"] for pair in node["pairs"])
    kind = "mono" if len(whole) == len(node["pairs"]) else "group"
    return {**{k: v for k, v in node.items() if k not in ("kind", "origin")}, "kind": kind}


def _math(node):
    return {"t": node["t"], "shown": node.get("alt") or node["tex"]}


def _text(node):
    return {**node, "text": unicodedata.normalize("NFC", node["text"])}


def _span(node):
    """A span keeps an id, a language and a vendor's role."""
    attr = node.get("attr", {})
    kept = {k: v for k, v in attr.items() if k in ("id", "lang")}
    classes = [c for c in attr.get("classes", ()) if ":" in c]
    if classes and not kept:
        kept["classes"] = classes[:1]
    if not kept:
        return node["content"]
    return {**node, "attr": kept}


def _section(node):
    """The first rank of a book is a chapter, and an untitled section joins what stands before."""
    made = {k: v for k, v in node.items() if k not in ("number", "listed", "level")}
    if made.get("kind") in ("chapter", "extra"):
        del made["kind"]
    return made


def _flat_attr(node):
    attr = {k: v for k, v in node.get("attr", {}).items() if k in ("id", "lang")}
    made = {k: v for k, v in node.items() if k != "attr"}
    return {**made, "attr": attr} if attr else made


EPUB_NODES = {
    "Section": _section,
    "Heading": _dropped("level"),
    "ListBlock": _label,
    "Table": _table,
    "Ruby": _ruby,
    "Math": _math,
    "MathBlock": _math,
    "Text": _text,
    "Image": _dropped("width", "height"),
    "Link": _dropped("target", "title"),
    "CrossRef": lambda node: {"t": "CrossRef", "target": node["target"]},
    "Footnote": _dropped("kind"),
    "Figure": _dropped("placement"),
    "PageBreak": _dropped("side"),
    "TableOfContents": _dropped("depth"),
}


def _of_epub(node):
    if node["t"] == "Span":
        return _span(node)
    node = _flat_attr(node)
    change = EPUB_NODES.get(node["t"])
    return change(node) if change else node


def _sectioned(found):
    """A section ends at the next heading: what follows a section in the tree joins it."""

    def joined(blocks):
        made = []
        for given in blocks:
            block = given
            if block["t"] == "Section":
                block = {**block, "blocks": joined(block.get("blocks", []))}
                follows = []
                if block.get("title"):
                    made.append(block)
                elif block["blocks"]:  # what leads to it leads to its first block
                    first, *rest = block["blocks"]
                    attr = {**block.get("attr", {}), **first.get("attr", {})}
                    follows = [{**first, "attr": attr} if attr else first, *rest]
            else:
                follows = [block]
            for each in follows:
                if made and made[-1]["t"] == "Section" and each["t"] != "Section":
                    made[-1] = {**made[-1], "blocks": joined([*made[-1]["blocks"], each])}
                else:
                    made.append(each)
        return made

    return {**found, "body": joined(found["body"])}


def _other_languages(found):
    """A language that is the document's own is not said again."""
    own = found["meta"].get("language")

    def change(node):
        attr = node.get("attr", {})
        if not own or attr.get("lang") != own:
            return node
        attr = {k: v for k, v in attr.items() if k != "lang"}
        made = {k: v for k, v in node.items() if k != "attr"}
        if node["t"] == "Span" and not attr:
            return made["content"]
        return {**made, "attr": attr} if attr else made

    return every(change)(found)


def _merged(found):
    """Texts that stand side by side are one."""

    def merge(value):
        if isinstance(value, dict):
            return {k: merge(v) for k, v in value.items()}
        if isinstance(value, list):
            made = []
            for item in map(merge, value):
                both = made and isinstance(item, dict) and item.get("t") == "Text"
                if both and isinstance(made[-1], dict) and made[-1].get("t") == "Text":
                    made[-1] = {"t": "Text", "text": made[-1]["text"] + item["text"]}
                else:
                    made.append(item)
            return made
        return value

    return merge(found)


def _meta(found):
    """An identifier is made where there is none."""
    meta = {k: v for k, v in found["meta"].items() if k not in ("identifier", "extra")}
    if "description" in meta:
        meta["description"] = " ".join(meta["description"].split())
    return {**found, "meta": meta}


EPUB = (every(_of_epub), _other_languages, _sectioned, _merged, _meta)
