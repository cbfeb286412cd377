"""Three readings of a PDF's structure tree: by the tree's own objects, by poppler, by pdf.js.

A reading is a list of strings: ``(P`` begins an element, ``)`` ends it, and the text between is
what is marked for it, without white space, which each reader guesses at in its own way. Content
without text, a picture, is an empty string.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf

from tests.tools import judges
from tests.tools.pdf_marks import page_marks
from tests.tools.pdf_structure import Element, elements

if TYPE_CHECKING:
    from collections.abc import Iterator

# A character without a glyph: readers differ in whether the true text stands for it.
_GETA = re.compile("〓+")


def _tokens(parts: Iterator[str], *, bare: bool = True) -> list[str]:
    """Joins the texts between elements; with `bare` elements without content stay."""
    found: list[str] = []
    texts: list[str] = []

    def close() -> None:
        if texts:
            found.append(_GETA.sub("〓", "".join("".join(texts).split())))
            texts.clear()

    for part in parts:
        if part.startswith('("'):
            texts.append(part[2:])
            continue
        close()
        if part == ")" and not bare and found[-1].startswith("("):
            found.pop()
        else:
            found.append(part)
    close()
    return found


def own(path: Path) -> tuple[list[str], list[list[str]]]:
    """The whole tree as poppler should give it, and the tree of each page as pdf.js should.

    Poppler takes the end of a span inside marked content (/ActualText) for the end of the content,
    and so do the texts of the whole tree here.
    """
    with pikepdf.open(path) as pdf:
        texts: dict[Any, str] = {}
        begun: dict[Any, str] = {}
        for page in pdf.pages:
            marks = page_marks(page)
            texts |= {(page.obj.objgen, mcid): text for mcid, text in marks.texts.items()}
            begun |= {(page.obj.objgen, mcid): text for mcid, text in marks.begun.items()}
        top = elements(pdf)[0]
        whole = _tokens(_walk(top, begun, None))
        pages = [page.obj.objgen for page in pdf.pages]
        return whole, [_tokens(_walk(top, texts, page), bare=False) for page in pages]


def _walk(element: Element, texts: dict[Any, str], page: tuple[int, int] | None) -> Iterator[str]:
    if page is not None and not _is_on(element, page):
        return
    yield f"({element.role}"
    for kid in element.order:
        if isinstance(kid, Element):
            yield from _walk(kid, texts, page)
        elif page is None or kid[0] == page:
            yield '("' + texts.get(kid, "")
    yield ")"


def _is_on(element: Element, page: tuple[int, int]) -> bool:
    return any(
        _is_on(kid, page) if isinstance(kid, Element) else kid[0] == page for kid in element.order
    )


def poppler(path: Path) -> list[str]:
    """The whole tree as ``pdfinfo -struct-text`` prints it."""
    program = judges.program("pdfinfo", "poppler-utils")
    done = judges.run([program, "-struct-text", str(path)])
    assert done.returncode == 0, done.stderr
    return _tokens(_of_poppler(done.stdout))


# What begins a line of poppler's: a text, an element with its id and kind, an attribute, an object.
_TEXT = re.compile(r'( *)"(.*)"\Z', re.DOTALL)
_ELEMENT = re.compile(r"( *)([A-Za-z0-9]+)(?: <.*>)?(?: \((?:block|inline)\))?:?\Z")
_NEW = re.compile(
    r'\n(?= *(?:"|/|Object |[A-Za-z0-9]+(?: <.*>)?(?: \((?:block|inline)\))?:?(?:\n|\Z)))'
)


def _of_poppler(printed: str) -> Iterator[str]:
    depths: list[int] = []
    for line in _NEW.split(printed.rstrip("\n")):
        text, element = _TEXT.match(line), _ELEMENT.match(line)
        match = text or element
        if match is None:
            continue  # an attribute or an annotation
        while depths and depths[-1] >= len(match[1]):
            depths.pop()
            yield ")"
        if text:
            yield f'("{text[2]}'
        else:
            depths.append(len(match[1]))
            yield f"({match[2]}"
    for _ in depths:
        yield ")"


def pdf_js(path: Path) -> list[list[str]]:
    """For each page the tree that pdf.js gives for it."""
    node = judges.program("node", "nodejs")
    folder = Path(os.environ.get("PUBLISHER_NODE_TOOLS", ""), "node_modules", "pdfjs-dist")
    judges.need(folder.is_dir(), "pdf.js (npm package pdfjs-dist)")
    script = Path(__file__).with_name("read_tags.mjs")
    done = judges.run([node, str(script), str(folder), str(path)])
    assert done.returncode == 0, done.stderr
    return [
        _tokens(_of_pdf_js(kid), bare=False)
        for tree in json.loads(done.stdout)
        for kid in _tops(tree)
    ]


def _tops(tree: list[Any] | None) -> list[list[Any]]:
    """The document element of a page's tree; an empty one on a blank page."""
    return tree[1:] if tree and len(tree) > 1 else [[]]


def _of_pdf_js(node: list[Any]) -> Iterator[str]:
    if not node:
        return
    yield f"({node[0]}"
    for kid in node[1:]:
        if isinstance(kid, str):
            yield '("' + kid
        else:
            yield from _of_pdf_js(kid)
    yield ")"
