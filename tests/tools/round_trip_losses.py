"""What each format cannot carry, as changes to plain trees (see docs/round-trips.md)."""

import re
import unicodedata
from typing import get_args

from publisher.tree import nodes
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
    """A span keeps an id, a language, a vendor's role, and what stands in cells."""
    attr = node.get("attr", {})
    kept = {k: v for k, v in attr.items() if k in ("id", "lang")}
    classes = [c for c in attr.get("classes", ()) if ":" in c]
    if classes and not kept:
        kept["classes"] = classes[:1]
    if cells := [c for c in attr.get("classes", ()) if c in ("tcy", "upright")]:
        kept["classes"] = cells[:1]
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


# ------------------------------------------------------------------------------------- Word

_INLINE = frozenset(cls.__name__ for cls in get_args(nodes.Inline))
_NAMED_LINES = {"proper-name": "underline"}
_MADE_ID = re.compile(r"[tf]_[a-z0-9]{8}(?:_\d+)?")  # for what has none
_RINGS = {"circle": "open-dot"}
# What Word sets no dots beside and no slant on (CLREQ 3.4.1): marks and spaces.
_UNDOTTED = re.compile(r"[\W_]")


class _Flat:
    """The leaves of a document's inlines, each character with the marks on it.

    Word has runs and no nesting: the order of marks around each other is not kept, nor which of
    several blocks that begin together an id or a language belongs to.
    """

    def __init__(self, language):
        self.langs = [language]
        self.ids = []

    def value(self, value):
        if isinstance(value, list):
            if value and isinstance(value[0], dict) and value[0].get("t") in _INLINE:
                return self.run(value)
            return [self.value(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "t" not in value:
            return {k: self.value(v) for k, v in value.items()}
        return self.block(value)

    def block(self, node):
        attr = node.pop("attr", {})
        if not _MADE_ID.fullmatch(attr.get("id", "t_00000000")):
            self.ids.append(attr["id"])
        self.langs.append(attr.get("lang") or self.langs[-1])
        if node["t"] in ("CodeBlock", "MathBlock", "ThematicBreak"):
            node["ids"], self.ids = sorted(self.ids), []
        made = {"t": node["t"]}
        # A caption stands over its table and under its figure.
        order = sorted(node, key=lambda k: (k == "caption") != (node["t"] == "Table"))
        for key in order:
            made[key] = self.value(node[key])
        self.langs.pop()
        return made

    def run(self, content):
        found = []
        self.leaves(content, frozenset(), found)
        merged = []
        for leaf in found:
            last = merged[-1] if merged else None
            if "text" in leaf and last and "text" in last and last["marks"] == leaf["marks"]:
                last["text"] += leaf["text"]
            else:
                merged.append(dict(leaf))
        ids, self.ids = sorted(self.ids), []
        return [{"ids": ids}, *merged] if ids else merged

    def leaves(self, content, marks, found):
        for node in content:
            kind = node["t"]
            if kind in ("Text", "Code", "Math"):
                text = node.get("text") or node.get("alt") or node.get("tex")
                self.text(
                    unicodedata.normalize("NFC", text), marks | {kind} - {"Text", "Math"}, found
                )
            elif kind == "Ruby":
                for pair in node["pairs"]:
                    if pair.get("text"):
                        found.append(
                            {"ruby": [pair["base"], pair["text"]], "marks": self.said(marks)}
                        )
                    else:
                        self.text(pair["base"], marks, found)
            elif kind == "CrossRef":
                found.append({"ref": node["target"]})
            elif kind == "Image":
                found.append({"image": node.get("alt", ""), "title": node.get("title", "")})
            elif kind in ("NoteRef", "LineBreak"):
                found.append({"leaf": kind, "note": node.get("note")})
            else:
                self.nested(node, marks, found)

    def nested(self, node, marks, found):
        kind, attr = node["t"], node.get("attr", {})
        if not _MADE_ID.fullmatch(attr.get("id", "t_00000000")):
            self.ids.append(attr["id"])
        mark = {
            "EmphasisDots": _RINGS.get(node.get("mark", "dot"), node.get("mark", "dot")),
            "Mark": _NAMED_LINES.get(node.get("kind"), node.get("kind")),
            "Span": "",
        }.get(kind, kind)
        self.langs.append(attr.get("lang") or self.langs[-1])
        self.leaves(node["content"], marks | {mark} - {""}, found)
        self.langs.pop()

    def text(self, text, marks, found):
        dots = {"Emphasis", "dot", "open-dot", "sesame"}
        styled = marks & {"Strong", "Link"} and "Emphasis" in marks
        for char in text:
            here = marks - dots if _UNDOTTED.match(char) and "Code" not in marks else marks
            if styled and "Emphasis" in here and char > "\u1100":  # dots are all that is left
                here = here - {"Emphasis"} | {"dot"}
            found.append({"text": char, "marks": self.said(here)})

    def said(self, marks):
        return sorted(marks | {f"lang {self.langs[-1]}"})


def _flat_runs(found):
    flat = _Flat(found["meta"].get("language", ""))
    return {**found, "body": flat.value(found["body"]), "notes": flat.value(found["notes"])}


def _docx_section(node):
    """A part or not: chapters and their like are told by rank."""
    kind = "part" if node.get("kind") in ("part", "volume") else ""
    return {**_dropped("number", "level")(node), "kind": kind}


def _docx_table(node):
    """No foot, widths made anew, text to the start as it is anyway."""
    node = _table(node)
    node["body"] = [*node.get("body", []), *node.pop("foot", [])]
    for column in node.get("columns", ()):
        column.pop("width", None)
    for part in ("head", "body"):
        for row in node.get(part, []):
            for cell in row["cells"]:
                if cell.get("align") == "start":
                    del cell["align"]
    return node


def _definitions(node):
    """All that is said of a term is one."""
    for item in node["items"]:
        whole = [block for blocks in item.get("definitions", []) for block in blocks]
        item["definitions"] = [whole] if whole else []
    return node


DOCX_NODES = {
    "Section": _docx_section,
    "Heading": _dropped("level"),
    "ListBlock": lambda node: _label(node if len(node["items"]) > 1 else _dropped("tight")(node)),
    "Table": _docx_table,
    "DefinitionList": _definitions,
    "CodeBlock": lambda node: {**_dropped("language")(node), "text": node["text"].rstrip("\n")},
    "Paragraph": lambda node: _dropped("align")(node) if node.get("align") == "justify" else node,
    "MathBlock": _math,
    "Figure": _dropped("placement"),
    "PageBreak": _dropped("side"),
    "Box": _dropped("role"),
}


def _of_docx(node):
    if node["t"] in _INLINE:
        return node
    change = DOCX_NODES.get(node["t"])
    return change(_flat_attr(node)) if change else _flat_attr(node)


def _docx_meta(found):
    meta = {k: v for k, v in found["meta"].items() if k not in ("extra", "cover")}
    people = [_dropped("sort_as", "lang")(person) for person in meta.get("contributors", [])]
    people.sort(key=lambda person: person.get("role", ""))
    meta = {**meta, "contributors": people} if people else meta
    return _meta({**found, "meta": meta})


def _parts_joined(found):
    """What stands after a part, on the level of the chapters in it, belongs to it."""

    def joined(blocks):
        made = []
        for block in blocks:
            section = block["t"] == "Section"
            last = made[-1] if made else None
            if section and last and _is_open_part(last) and not _is_part(block):
                last["blocks"] = [*last["blocks"], block]
            else:
                made.append(
                    {**block, "blocks": joined(block.get("blocks", []))} if section else block
                )
        return made

    return {**found, "body": joined(found["body"])}


def _is_part(node):
    return node["t"] == "Section" and node.get("kind") in ("part", "volume")


def _is_open_part(node):
    inner = next((b for b in node.get("blocks", ()) if b["t"] == "Section"), None)
    return _is_part(node) and inner is not None and inner["level"] == node["level"]


DOCX = (_parts_joined, every(_of_docx), _sectioned, _flat_runs, _docx_meta)
