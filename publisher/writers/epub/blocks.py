"""Block nodes to XHTML: one function a type, found through a table keyed by type."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final

from publisher.text.cells import is_label
from publisher.tree import nodes as n
from publisher.tree.walk import broken_by_hand, is_part, plain_text
from publisher.writers.epub import markers
from publisher.writers.epub.inlines import cell_class, class_name, picture, run
from publisher.writers.epub.page_list import is_mark, mark_attributes
from publisher.writers.epub.tables import table
from publisher.writers.epub.xhtml import attribute, clean, common

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.tree.nodes import Block, Blocks, Inlines
    from publisher.writers.epub.xhtml import Page

# EPUB 3 Structural Semantics Vocabulary, and the DPUB-ARIA 1.1 role that goes with it.
_SECTION_TYPES: Final[dict[n.SectionKind, tuple[str, str]]] = {
    "volume": ("volume", ""),
    "part": ("part", "doc-part"),
    "chapter": ("chapter", "doc-chapter"),
    "preface": ("preface", "doc-preface"),
    "afterword": ("afterword", "doc-afterword"),
    "appendix": ("appendix", "doc-appendix"),
}


# Code of more lines is not set upright in vertical text: it has to go on from page to page.
_LEVEL_LINES: Final = 14
# The full-width space after a chapter's number is no such space.
_SPACES = re.compile(r"[ \t\n\r]+")


def blocks(content: Blocks, page: Page, depth: int) -> str:
    """Blocks as XHTML, one a line. `depth` is the nesting depth of sections among them."""
    return "".join([_BLOCKS[type(block)](block, page, depth) for block in content])


def _section(node: n.Section, page: Page, depth: int) -> str:
    part = is_part(node)
    kind: n.SectionKind = "chapter" if node.kind == "section" and depth == 1 else node.kind
    semantic, role = _SECTION_TYPES.get(kind, ("", ""))
    if not node.title:
        inner = blocks(node.blocks, page, depth + (not part))
        return f"<section{common(node.attr, page)}>\n{inner}</section>\n"
    name = page.own_id(node.attr.id) or page.new_id("section")
    rank = min(depth, 6)
    look = "part" if part else f"h{min(max(node.level, 1), 6)}"
    class_ = "" if look == f"h{rank}" else f' class="{look}"'
    number = ""
    if page.book.sheet.numbers and node.number:
        number = f'<span class="number">{".".join(map(str, node.number))}</span>'
    heading = f'<h{rank} id="{name}"{class_}>{number}{run(node.title, page)}</h{rank}>\n'
    types = attribute("epub:type", semantic) + attribute("role", role)
    lang = common(n.Attr(lang=node.attr.lang), page)
    inner = blocks(node.blocks, page, depth + (not part))
    return f'<section{types} aria-labelledby="{name}"{lang}>\n{heading}{inner}</section>\n'


def _heading(node: n.Heading, page: Page, depth: int) -> str:
    # The rank follows the outline, not the number that a quoted source gave it.
    rank = min(depth, 6)
    inner = run(node.content, page)
    return f'<h{rank} class="subheading"{common(node.attr, page)}>{inner}</h{rank}>\n'


def _paragraph(node: n.Paragraph, page: Page, _depth: int) -> str:
    attributes = common(node.attr, page) if node.attr is not n.NO_ATTR else ""
    if len(node.content) == 1 and type(node.content[0]) is n.Image:
        return f'<p class="plate"{attributes}>{picture(node.content[0], page, "plate")}</p>\n'
    names: list[str] = []
    if node.role != "body":
        names.append(node.role)
    elif broken_by_hand(node.content):
        names.append("continuation")  # flush, like all its lines
    if node.align:
        names.append(f"align-{node.align}")
    if names:
        attributes += f' class="{" ".join(names)}"'
    return f"<p{attributes}>{run(node.content, page)}</p>\n"


def _quote(node: n.Quote, page: Page, depth: int) -> str:
    inner = blocks(node.blocks, page, depth)
    inner += _attribution(node.attribution, page)
    return f"<blockquote{common(node.attr, page)}>\n{inner}</blockquote>\n"


def _attribution(content: Inlines, page: Page) -> str:
    return f'<p class="attribution">{run(content, page)}</p>\n' if content else ""


def _verse(node: n.Verse, page: Page, _depth: int) -> str:
    found = [f'<div class="verse"{common(node.attr, page)}>\n']
    for stanza in node.stanzas:
        lines = "".join(f'<p class="line">{run(line, page)}</p>\n' for line in stanza.lines)
        found.append(f'<div class="stanza">\n{lines}</div>\n')
    found.append(_attribution(node.attribution, page) + "</div>\n")
    return "".join(found)


def _list(node: n.ListBlock, page: Page, depth: int) -> str:
    names = [] if node.tight else ["loose"]
    attributes = common(node.attr, page)
    name, css = ("ol", markers.css_type(node)) if node.ordered else ("ul", "")
    if node.ordered:
        if node.start != 1:
            attributes += f' start="{node.start}"'
        names.append(css or "labelled")
        if page.book.sheet.vertical and _in_cells(node, css):
            names.append("cells")
    if any(item.checked is not None for item in node.items):
        names.append("tasks")
    class_ = attribute("class", " ".join(names))
    items = []
    for number, item in enumerate(node.items, node.start):
        style = ""
        if node.ordered and not css:
            # A reading system that knows no string here falls back to plain numbers.
            quoted = escape(f'"{markers.label(node, number)} "')
            style = f' style="list-style-type:{quoted}"'
        items.append(f"<li{style}>{_item(item, page, depth)}</li>\n")
    return f"<{name}{attributes}{class_}>\n{''.join(items)}</{name}>\n"


def _in_cells(node: n.ListBlock, css: str) -> bool:
    """Whether labels of a list stand in a cell each of vertical lines: figures, letters."""
    numbers = range(node.start, node.start + len(node.items))
    return bool(css) or all(is_label(markers.label(node, number)) for number in numbers)


def _item(item: n.ListItem, page: Page, depth: int) -> str:
    task = ""
    if item.checked is not None:
        words = page.book.words
        sign, said = ("☑", words.done) if item.checked else ("☐", words.undone)
        task = f'<span class="task" role="img" aria-label="{said}">{sign}</span>'
    first = item.blocks[0] if item.blocks else None
    if len(item.blocks) == 1 and type(first) is n.Paragraph and first.attr is n.NO_ATTR:
        return task + run(first.content, page)
    if task and type(first) is n.Paragraph:
        inner = f"<p>{task}{run(first.content, page)}</p>\n"
        return "\n" + inner + blocks(item.blocks[1:], page, depth)
    return f"{task}\n{blocks(item.blocks, page, depth)}"


def _definitions(node: n.DefinitionList, page: Page, depth: int) -> str:
    found: list[str] = []
    for item in node.items:
        # HTML (4.4.9) has no terms without a definition, and none without a term.
        terms = item.terms or (() if found else ((),))
        found += [f"<dt>{run(term, page)}</dt>\n" for term in terms]
        for definition in item.definitions or ((),):
            found.append(f"<dd>{_flow(definition, page, depth)}</dd>\n")
    return f"<dl{common(node.attr, page)}>\n{''.join(found)}</dl>\n"


def _flow(content: Blocks, page: Page, depth: int) -> str:
    """The contents of a cell or definition: without a paragraph where one says it all."""
    only = content[0] if len(content) == 1 else None
    if type(only) is n.Paragraph and only.attr is n.NO_ATTR and only.role == "body":
        return run(only.content, page)
    return "\n" + blocks(content, page, depth) if content else ""


def _table(node: n.Table, page: Page, depth: int) -> str:
    return table(node, page, lambda content: _flow(content, page, depth))


def _figure(node: n.Figure, page: Page, depth: int) -> str:
    said = " ".join(plain_text(b.content) for b in node.caption if isinstance(b, n.Paragraph))
    inner = "".join(_pictured(block, page, depth, said) for block in node.blocks)
    caption = ""
    if node.caption:
        caption = f"<figcaption>{_flow(node.caption, page, depth)}</figcaption>\n"
    side = node.placement if node.placement in ("left", "right") else ""
    return (
        f"<figure{attribute('class', side)}{common(node.attr, page)}>\n{inner}{caption}</figure>\n"
    )


def _pictured(block: Block, page: Page, depth: int, said: str) -> str:
    """A picture alone in its paragraph stands in the figure without one.

    Where it has no description of its own, the caption's words stand in for it.
    """
    if (
        isinstance(block, n.Paragraph)
        and len(block.content) == 1
        and isinstance(block.content[0], n.Image)
    ):
        image = block.content[0]
        if not image.alt.strip() and said:
            image = replace(image, alt=said)
        shown, own = picture(image, page, "plate"), common(block.attr, page)
        return f'<p class="plate"{own}>{shown}</p>\n' if own else f"{shown}\n"
    return blocks((block,), page, depth)


def _code(node: n.CodeBlock, page: Page, _depth: int) -> str:
    kind = f' class="language-{class_name(node.language)}"' if node.language else ""
    level = page.book.sheet.vertical and node.text.count("\n") < _LEVEL_LINES
    stands = ' class="level"' if level else ""
    # A line feed after the start tag counts in XHTML but not for those who read it as HTML.
    text = escape(node.text, quote=False)
    return f'<pre{stands}{common(node.attr, page)}><code{kind} translate="no">{text}</code></pre>\n'


def _math(node: n.MathBlock, page: Page, _depth: int) -> str:
    shown = node.alt or node.tex
    return (
        f'<div class="math" role="math" translate="no"{attribute("aria-label", shown)}'
        f"{common(node.attr, page)}>{escape(shown, quote=False)}</div>\n"
    )


def _footnote(node: n.Footnote, page: Page, _depth: int) -> str:
    """Nothing where a note stands: `notes` writes it at the end of the file.

    Of the file that calls it, or of this one when nothing does.
    """
    if node.id not in page.book.called:
        page.uncalled.append(node)
    return ""


def note(node: n.Footnote, page: Page) -> str:
    """A note as an element that reading systems show in a window of its own.

    Its label leads back to the first call, as in printed books; further calls get a sign each.
    """
    calls = page.calls.get(node.id, [])
    label = escape(page.book.labels.get(node.id, ""), quote=False)
    back = escape(page.book.words.back)
    cell = cell_class(label, page)
    if cell:
        label = f"<span{cell}>{label}</span>"
    if calls and label:
        label = (
            f'<a class="label" role="doc-backlink" href="#{calls[0]}" title="{back}">{label}</a>'
        )
    elif label:
        label = f'<span class="label">{label}</span>'
    more = "".join(
        f'<a class="more" role="doc-backlink" href="#{call}" aria-label="{back} {at}">↩︎</a>'
        for at, call in enumerate(calls[1:], 2)
    )
    rest = node.blocks
    first = ""
    if rest and isinstance(rest[0], n.Paragraph):
        head, rest = rest[0], rest[1:]
        end = "" if rest else more
        first = f"<p{common(head.attr, page)}>{label}{run(head.content, page)}{end}</p>\n"
        more = more if rest else ""
    elif label:
        first = f"<p>{label}</p>\n"
    inner = first + blocks(rest, page, 6) + (f"<p>{more}</p>\n" if more else "")
    name = attribute("id", page.own_id(node.id))
    lang = common(n.Attr(lang=node.attr.lang), page)
    return f'<aside epub:type="footnote" role="doc-footnote"{name}{lang}>\n{inner}</aside>\n'


def notes(page: Page) -> str:
    """The notes first called in this file, then those that stand here and are called nowhere."""
    book = page.book
    wanted = [book.notes[name] for name in book.calls.get(page.file, ()) if name in book.notes]
    wanted += page.uncalled
    if not wanted:
        return ""
    inner = "".join(note(each, page) for each in wanted)
    return f'<div class="notes">\n{inner}</div>\n'


def _thematic_break(node: n.ThematicBreak, page: Page, _depth: int) -> str:
    class_ = "" if node.style == "rule" else f' class="{node.style}"'
    return f"<hr{class_}{common(node.attr, page)}/>\n"


def _page_break(node: n.PageBreak, page: Page, _depth: int) -> str:
    return f'<div class="page-break"{common(node.attr, page)}></div>\n'


def _contents(node: n.TableOfContents, page: Page, depth: int) -> str:
    inner = page.book.contents.get(node.depth, "")
    if not inner:
        return ""
    rank = min(depth, 6)
    title, named = "", f' aria-label="{escape(page.book.words.contents)}"'
    if node.title:
        name = page.new_id("contents")
        title = f'<h{rank} id="{name}" class="toc-title">{run(node.title, page)}</h{rank}>\n'
        named = f' aria-labelledby="{name}"'
    return (
        f'<nav class="toc" role="doc-toc"{named}{common(node.attr, page)}>\n{title}{inner}</nav>\n'
    )


def _box(node: n.Box, page: Page, depth: int) -> str:
    if is_mark(node.attr):
        return f"<div{mark_attributes(node.attr, page.own_id(node.attr.id))}></div>\n"
    role = class_name(node.role)
    aria = ' role="note"' if node.role in ("note", "tip", "warning") else ""
    title = ""
    if node.title:
        name = page.new_id("box")
        title = f'<p id="{name}" class="box-title">{run(node.title, page)}</p>\n'
        aria += f' aria-labelledby="{name}"' if aria else ""
    inner = blocks(node.blocks, page, depth)
    return f'<div class="box {role}"{aria}{common(node.attr, page)}>\n{title}{inner}</div>\n'


def title_text(title: Inlines) -> str:
    """A title on one line without marks."""
    return _SPACES.sub(" ", clean(plain_text(title, line_break=" "))[0]).strip()


_BLOCKS: Final[dict[type[Block], Callable[..., str]]] = {
    n.Section: _section,
    n.Heading: _heading,
    n.Paragraph: _paragraph,
    n.Quote: _quote,
    n.Verse: _verse,
    n.ListBlock: _list,
    n.DefinitionList: _definitions,
    n.Table: _table,
    n.Figure: _figure,
    n.CodeBlock: _code,
    n.MathBlock: _math,
    n.Footnote: _footnote,
    n.ThematicBreak: _thematic_break,
    n.PageBreak: _page_break,
    n.TableOfContents: _contents,
    n.Box: _box,
}
