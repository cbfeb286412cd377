"""Text that no page was made for: set with a finding, in linear work, and nothing is lost."""

import sys
from collections import Counter
from itertools import pairwise

import pytest

from publisher.environment import ResourceStore
from publisher.errors import PublisherError
from publisher.layout.display import display
from publisher.layout.types import BeginOp, ImageOp, TextOp
from publisher.settings import Settings, ThemeSettings
from publisher.stages import lay_out, open_faces, sheet_for
from publisher.theme.resolve import resolve_theme
from publisher.tree.meta import Resource
from publisher.tree.nodes import (
    Cell,
    Figure,
    Footnote,
    Image,
    ListBlock,
    ListItem,
    NoteRef,
    Paragraph,
    Section,
    Text,
)
from publisher.tree.walk import document_text
from tests.tools import cases
from tests.tools.small_documents import document, grid, inl, par, row, sec

TINY = {"size": ["50mm", "80mm"], "top": "6mm", "bottom": "14mm", "inner": "6mm", "outer": "32mm"}
PAGES = {"book": {}, "columns": {"columns": 2}, "grid": {"grid": "characters"}, "3 em": TINY}
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\u00ad"))


def laid(*blocks, page=None, resources=(), store=None):
    """The pages of a document by the real typesetter, and the codes of what was found."""
    doc = document(*blocks)
    if resources:
        from publisher.tree.shape import replaced

        doc = replaced(doc, resources=resources)
    settings = Settings(theme=ThemeSettings(name="book", overrides=(("page", page or {}),)))
    found = []
    shop = cases.workshop()
    sheet = sheet_for(doc, settings, None)
    faces = open_faces(shop, doc, settings, found.append)
    made = lay_out(doc, sheet, faces, store or ResourceStore(), settings, found.append, drawn=True)
    return doc, made, [finding.code for finding in found]


def shown(made):
    """What stands on the pages: pieces of text that are content."""
    for plan in made.pages:
        content = True
        for op in display(made, plan):
            if isinstance(op, BeginOp):
                content = op.element >= 0
            elif isinstance(op, TextOp) and content:
                item = op.item
                yield item.text if item.actual is None else item.actual


def counts(texts):
    return Counter("".join("".join(texts).translate(INVISIBLE).split()))


def lost(doc, made):
    """Characters of the source that are not on the pages."""
    return counts(document_text(doc)) - counts(shown(made))


def off_the_page(made):
    """Lines that run off the paper."""
    return [
        op.item.text
        for plan in made.pages
        for op in display(made, plan)
        if isinstance(op, TextOp) and not -1 <= op.x + op.item.width <= made.width + 1
    ]


ENDLESS = {
    "letters": "a" * 100_000,
    "joined": "\u2060".join("字" * 50_000),
    "address": "https://example.org/" + "abcdefghij" * 10_000,
    "breaks everywhere": "\u200b".join("ab" * 25_000),
    "han": "字" * 100_000,
}


@pytest.mark.parametrize("text", ENDLESS)
def test_a_paragraph_of_a_hundred_thousand_characters(text):
    doc, made, codes = laid(par(ENDLESS[text]))
    assert not lost(doc, made)
    assert not off_the_page(made)
    assert ("layout.forced-break" in codes) == (text in ("letters", "joined", "address"))


@pytest.mark.parametrize("text", [name for name in ENDLESS if name != "han"])
def test_its_work_grows_with_its_length(text):
    """Calls of Python functions, which no machine's speed changes."""
    laid(par(ENDLESS[text][:2000]))  # fonts are opened
    work = [calls(lambda n=n: laid(par(ENDLESS[text][:n]))) for n in (8000, 16000, 32000)]
    steps = [b - a for a, b in pairwise(work)]
    assert steps[1] < 2.6 * steps[0]


def calls(run):
    count = 0

    def counted(frame, event, arg):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


def test_ten_thousand_paragraphs_of_one_line():
    doc, made, codes = laid(*[par("短句。")] * 10_000)
    assert not lost(doc, made)
    assert len(made.pages) == 10_000 // 28 + 1
    assert codes == []


def nested(depth):
    inner = (nested(depth - 1),) if depth else ()
    return ListBlock((ListItem((par("项目" * 15), *inner)),))


HARD = {
    "a table of 40 columns": [grid(row(*["天地玄黄"] * 40), row(*["ab"] * 40), columns=40)],
    "a note of many pages": [
        Paragraph((Text("文"), NoteRef("n"))),
        Footnote("n", (par("注释文字" * 1500),)),
    ],
    "a heading of 2000 characters": [sec("很长的标题" * 400, par("文"))],
    "lists 20 deep": [nested(20)],
    "a row taller than a page": [grid(row("高" * 3000, "矮"))],
    "notes in notes": [
        Paragraph((Text("文"), NoteRef("a"))),
        Footnote("a", (Paragraph((Text("外" * 900), NoteRef("b"))),)),
        Footnote("b", (Paragraph((Text("内" * 900), NoteRef("c"))),)),
        Footnote("c", (par("里" * 900),)),
    ],
    "notes of headings, captions and cells": [
        Section(1, (Text("题"), NoteRef("t")), (par("段"),)),
        Figure((par("图"),), (Paragraph((Text("图题"), NoteRef("f"))),)),
        grid(row(Cell((Paragraph((Text("格"), NoteRef("c"))),)), "乙")),
        *(Footnote(name, (par("注" * 50),)) for name in "tfc"),
    ],
    "notes that crowd a line": [
        par("文" * 500),
        Paragraph(tuple(x for n in range(12) for x in (Text("字"), NoteRef(f"n{n}")))),
        *(Footnote(f"n{n}", (par("注" * 40),)) for n in range(12)),
    ],
}
FOUND = {
    "a table of 40 columns": "layout.table-tight",
    "a note of many pages": "layout.long-note",
    "notes in notes": "",
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("what", HARD)
def test_hard_blocks(what, page):
    doc, made, codes = laid(*HARD[what], page=PAGES[page])
    assert not lost(doc, made)
    if FOUND.get(what):
        assert FOUND[what] in codes
    foot = max(p.y + p.slab.height for plan in made.pages for p in plan.placed)
    assert foot <= made.height or "layout.too-tall" in codes


def test_a_table_of_five_thousand_rows():
    rows = [row("第", "乙")] * 5000
    doc, made, codes = laid(grid(*rows, head=(row("头", "尾"),)))
    assert not lost(doc, made)
    assert codes == []
    assert len(made.pages) > 100


@pytest.mark.parametrize("where", ["list", "note"])
def test_a_row_of_pages_behind_a_label(where):
    """The label of a list's item or a note stands beside the first piece of the row."""
    table = grid(row("天地玄黄" * 250, "宇宙洪荒" * 120, "日月盈昃" * 180), columns=3)
    if where == "list":
        blocks = (ListBlock((ListItem((table,)), ListItem((par("第二项"),))), ordered=True),)
    else:
        call = Paragraph((Text("正文"), NoteRef("n1"), Text("。")))
        blocks = (call, Footnote("n1", blocks=(table,)))
    doc, made, _ = laid(*blocks)
    assert len(made.pages) > 1
    assert not lost(doc, made)


def test_three_thousand_notes():
    text = [
        Paragraph(tuple(x for n in range(10) for x in (Text("文字"), NoteRef(f"n{part * 10 + n}"))))
        for part in range(300)
    ]
    notes = [Footnote(f"n{n}", (par("注"),)) for n in range(3000)]
    doc, made, _ = laid(*text, *notes)
    assert not lost(doc, made)


@pytest.mark.parametrize("page", PAGES)
def test_pictures_without_size_and_taller_than_the_page(page):
    store = ResourceStore()
    keys = [store.add_bytes(bytes([n])) for n in range(3)]
    sizes = ((0, 0), (40, 40_000), (40_000, 40))
    records = tuple(
        Resource(key, "image/png", 0, "", *size) for key, size in zip(keys, sizes, strict=True)
    )
    figures = [Figure((Paragraph((Image(key, f"图{n}"),)),)) for n, key in enumerate(keys)]
    _, made, codes = laid(
        par("文"), *figures, par("完"), page=PAGES[page], resources=records, store=store
    )
    assert {"layout.picture-unknown", "layout.picture-reduced"} <= set(codes)
    found = [op for plan in made.pages for op in display(made, plan) if isinstance(op, ImageOp)]
    assert len(found) == 2
    assert all(op.height <= made.height and op.width <= made.width for op in found)


@pytest.mark.parametrize(
    "page",
    [
        {"inner": "100mm", "outer": "100mm"},
        {"top": "150mm", "bottom": "100mm"},
        {"columns": 6, "size": "A6"},
        {"columns": 0},
        {"columns": 2, "column_gap": "-1em"},
        {"grid": "squares"},
        {"foot": 3},
        {"columns": "two"},
    ],
    ids=str,
)
def test_a_page_that_cannot_be(page):
    with pytest.raises(PublisherError) as caught:
        resolve_theme(ThemeSettings(name="book", overrides=(("page", page),)), "ja", base=None)
    assert str(caught.value)


@pytest.mark.parametrize("size", [0, -3, 900, "0em"])
def test_type_of_no_size(size):
    text = (("text", {"body": {"size": size}}),)
    with pytest.raises(PublisherError):
        resolve_theme(ThemeSettings(name="book", overrides=text), "ja", base=None)


def test_a_title_of_nothing_but_marks():
    doc, made, _ = laid(Section(1, inl("。" * 300), (par("。" * 3000),)), page=TINY)
    assert not lost(doc, made)
