from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from publisher.environment import Environment, ResourceStore
from publisher.events import Collector
from publisher.readers.base import ReadRequest
from publisher.settings import InputSettings
from publisher.tree import nodes as n

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from publisher.tree.meta import Document


@pytest.fixture
def request_for() -> Callable[..., tuple[ReadRequest, Collector]]:
    """Makes a request for bytes or text, in a folder or in none, and the report it fills."""

    def make(
        data: bytes | str, name: str = "t.md", folder: Path | None = None, **settings: Any
    ) -> tuple[ReadRequest, Collector]:
        raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
        report = Collector()
        path = folder / name if folder else None
        settings = InputSettings(**settings)
        request = ReadRequest(
            raw, name, path, folder, settings, Environment(), ResourceStore(), report
        )
        return request, report

    return make


def _run(inlines: n.Inlines) -> str:
    return "".join(map(_inline, inlines))


def _inline(node: n.Inline) -> str:  # noqa: PLR0911, PLR0912 - one case a node
    match node:
        case n.Text():
            return node.text
        case n.Strong():
            return f"<b {_run(node.content)}>"
        case n.Emphasis():
            return f"<em {_run(node.content)}>"
        case n.EmphasisDots():
            return f"<{node.mark} {_run(node.content)}>"
        case n.Warichu():
            return f"<warichu {_run(node.content)}>"
        case n.Mark():
            return f"<{node.kind} {_run(node.content)}>"
        case n.Ruby():
            return "<ruby " + " ".join(f"{p.base}/{p.text}" for p in node.pairs) + ">"
        case n.Code():
            return f"<code {node.text}>"
        case n.Math():
            return f"<math {node.tex}>"
        case n.Link():
            return f"<a {node.target} {_run(node.content)}>"
        case n.NoteRef():
            return f"<ref {node.note}>"
        case n.Image():
            return f"<img {node.alt}>"
        case n.LineBreak():
            return "<br>"
        case n.Span():
            marks = [f"#{node.attr.id}"] if node.attr.id else []
            marks += [f"@{node.attr.lang}"] if node.attr.lang else []
            marks += [f".{name}" for name in node.attr.classes]
            return f"<span {''.join(marks)} {_run(node.content)}>"
        case _:
            return repr(node)


def _block(node: n.Block) -> str:  # noqa: PLR0911, PLR0912 - one case a node
    inner = ""
    if isinstance(node, n.Section | n.Quote | n.Box | n.Footnote | n.Figure):
        inner = _all(node.blocks)
    name = getattr(node, "attr", n.NO_ATTR).id
    tag = f"#{name}" if name else ""
    match node:
        case n.Paragraph():
            role = "" if node.role == "body" else f":{node.role}"
            return f"p{role}{tag}({_run(node.content)})"
        case n.Heading():
            return f"h{node.level}{tag}({_run(node.content)})"
        case n.Section():
            return f"sec{node.level}{tag}'{_run(node.title)}'({inner})"
        case n.Quote():
            return f"quote({inner})" + (f"--{_run(node.attribution)}" if node.attribution else "")
        case n.Box():
            title = f"'{_run(node.title)}'" if node.title else ""
            return f"{node.role}{title}({inner})"
        case n.Footnote():
            return f"note:{node.id}({inner})"
        case n.Figure():
            return f"figure({inner})" + (f"[{_all(node.caption)}]" if node.caption else "")
        case n.ListBlock():
            kind = f"ol:{node.style}:{node.start}" if node.ordered else "ul"
            items = " ".join(
                {None: "", True: "x ", False: "o "}[i.checked] + _all(i.blocks) for i in node.items
            )
            return f"{kind}{'' if node.tight else ':loose'}[{items}]"
        case n.DefinitionList():
            return (
                "dl["
                + " ".join(
                    "|".join(map(_run, i.terms)) + "=" + "|".join(map(_all, i.definitions))
                    for i in node.items
                )
                + "]"
            )
        case n.Table():
            return _table(node)
        case n.CodeBlock():
            return f"code:{node.language}({node.text})"
        case n.ThematicBreak():
            return "hr"
        case _:
            return repr(node)


def _table(table: n.Table) -> str:
    parts = [f"cols:{','.join(c.align or '-' for c in table.columns)}"]
    for name in ("head", "body", "foot"):
        for row in getattr(table, name):
            parts.append(name + ":" + "|".join(map(_cell, row.cells)))
    caption = f"[{_all(table.caption)}]" if table.caption else ""
    return f"table{caption}({' '.join(parts)})"


def _cell(cell: n.Cell) -> str:
    span = f"{cell.colspan}x{cell.rowspan}" if (cell.colspan, cell.rowspan) != (1, 1) else ""
    return ("!" if cell.header else "") + span + _all(cell.blocks)


def _all(blocks: n.Blocks) -> str:
    return " ".join(map(_block, blocks))


@pytest.fixture
def sketch() -> Callable[[Document], str]:
    """A document's body in a short notation, one line."""
    return lambda document: _all(document.body)
