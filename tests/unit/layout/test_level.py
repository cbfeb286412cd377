"""What stands upright on a vertical page: tables, pictures, code, formulas."""

import pytest

from publisher.environment import ResourceStore
from publisher.events import ignore
from publisher.layout import page_starts
from publisher.layout.compose import lay_out
from publisher.layout.display import display
from publisher.layout.types import ColumnOp, ImageOp, RectOp, TextOp
from publisher.settings import OutputSettings, PdfSettings, Settings, ThemeSettings
from publisher.stages import lay_out as compose_document
from publisher.stages import open_faces, sheet_for
from publisher.tree.meta import Resource
from publisher.tree.nodes import (
    Box,
    CodeBlock,
    Column,
    Figure,
    Footnote,
    Image,
    ListBlock,
    ListItem,
    MathBlock,
    NoteRef,
    Paragraph,
    Text,
)
from tests.tools import cases
from tests.tools.plain_setting import plain_job
from tests.tools.small_documents import cell, document, grid, inl, par, row, small_sheet

SHEET = small_sheet(mode="vertical")
WIDTH, HEIGHT = 280.0, 400.0


def pages(*body, labels=()):
    """Pages of a vertical document, with 200 by 320 pt for text."""
    picture = Resource("p", "image/png", width=200, height=80)
    doc = document(*body)
    job = plain_job(SHEET, labels, resources={"p": picture})
    settings = Settings(output=OutputSettings(pdf=PdfSettings(toc=False)))
    return lay_out(doc, job, settings), job


def ops(laid, kind, page=0):
    return [op for op in display(laid, laid.pages[page]) if type(op) is kind]


def levels(laid):
    """(page, slab, x, y) of each level slab that is no furniture."""
    return [
        (n, p.slab, p.x, p.y)
        for n, plan in enumerate(laid.pages)
        for p in plan.placed
        if p.slab.level and any(q.slab.tag >= 0 or q.slab.parts for q in p.slab.parts)
    ]


def test_a_table_is_as_wide_as_it_wants_and_as_high_as_its_rows():
    table = grid(row("甲", "乙"), row("丙", "丁"), head=(row("头", "部"),))
    laid, _ = pages(par("前"), table, par("后"))
    ((_, slab, x, y),) = levels(laid)
    text = ops(laid, TextOp)
    assert [op.item.text for op in text[:6]] == list("头部甲乙丙丁")
    # Rows are below one another, columns beside one another.
    head, row_one = [op for op in text if op.item.text in "头部"], text[2:4]
    assert head[0].y == head[1].y < row_one[0].y == row_one[1].y
    assert head[0].x < head[1].x
    left, right = WIDTH - y - slab.height, WIDTH - y
    assert all(left < op.x < right for op in text[:6])
    # It stands in the middle of the column.
    rows = sum(part.slab.height for part in slab.parts)
    assert x == pytest.approx(40.0 + (320.0 - rows) / 2, abs=0.1)
    before, after = (op for op in ops(laid, ColumnOp) if op.item.text in "前后")
    assert after.x < left < right < before.x


@pytest.mark.parametrize("kind", ["table", "code"])
def test_what_fills_a_page_waits_for_the_next_one_while_text_goes_on(kind):
    block = CodeBlock("x = 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11")
    if kind == "table":
        cells = ["很长的单元格" * 4] * 2
        block = grid(row(*cells), head=(row("头", "部"),))
    before, after = par("前" * 30), par("后" * 200)
    laid, _ = pages(before, block, after)
    ((page, _, _, _),) = levels(laid)
    assert page == 1
    first = [op.item.text for op in ops(laid, ColumnOp)]
    assert any("后" in text for text in first)


def test_text_fills_the_page_before_a_long_table():
    rows = [row(f"行{n}", "很长的单元格" * 4) for n in range(40)]
    table = grid(*rows, head=(row("头", "部"),))
    laid, _ = pages(par("前" * 30), table, par("后" * 900))
    places = [page for page, _, _, _ in levels(laid)]
    assert len(places) > 1
    assert places == list(range(1, 1 + len(places)))
    columns = [{op.item.text[0] for op in ops(laid, ColumnOp, n)} for n in range(len(laid.pages))]
    assert "后" in columns[0]
    shown = [op.item.text for n in range(len(laid.pages)) for op in ops(laid, TextOp, n)]
    assert [t for t in shown if t.startswith("行")] == [f"行{n}" for n in range(40)]


def test_a_long_table_goes_on_in_blocks_with_its_head():
    rows = [row(f"行{n}", "值") for n in range(40)]
    laid, _ = pages(grid(*rows, head=(row("头", "部"),)))
    found = levels(laid)
    assert len(found) > 1
    shown = [op.item.text for n in range(len(laid.pages)) for op in ops(laid, TextOp, n)]
    assert [t for t in shown if t.startswith("行")] == [f"行{n}" for n in range(40)]
    assert shown.count("头") == len(found)
    for _, slab, x, _ in found:
        foot = max(part.y + part.slab.height for part in slab.parts)
        assert x >= 39.9
        assert x + foot <= HEIGHT - 40.0 + 0.1
    elements = laid.elements
    (at,) = (n for n, e in enumerate(elements) if e.role == "Table")
    assert ("WritingMode", "LrTb") in elements[at].attributes
    assert ("WritingMode", "TbRl") in elements[0].attributes


def test_a_picture_stands_upright_with_its_caption_under_it():
    figure = Figure((Paragraph((Image("p", "图"),)),), (par("说明"),))
    laid, _ = pages(par("前"), figure, par("后"))
    (picture,) = ops(laid, ImageOp)
    assert (picture.width, picture.height) == pytest.approx((150.0, 60.0), abs=0.1)
    (caption,) = (op for op in ops(laid, TextOp) if op.item.text == "说明")
    assert caption.y > picture.y + picture.height
    assert picture.x - 0.1 < caption.x < picture.x + picture.width


def test_a_lone_picture_and_one_wider_than_the_page():
    wide = Image("p", "宽", width=900.0, height=90.0)
    laid, _ = pages(Paragraph((wide,)))
    (picture,) = ops(laid, ImageOp)
    assert picture.width <= 200.01
    assert picture.x >= 40.0
    assert picture.x + picture.width <= WIDTH - 40.0 + 0.01


def test_code_and_formulas_are_horizontal():
    laid, _ = pages(CodeBlock("one = 1\ntwo = 2"), MathBlock("x+y", alt="x加y"))
    found = {op.item.text: op for op in ops(laid, TextOp)}
    one, two = found["one = 1"], found["two = 2"]
    assert one.x == two.x
    assert one.y < two.y
    assert found["x加y"].x < one.x
    fills = [op for op in ops(laid, RectOp) if op.color == SHEET.code.fill]
    assert len(fills) == 1
    assert fills[0].x <= one.x <= fills[0].x + fills[0].width


def test_boxes_hold_level_blocks_and_have_their_rule_at_the_right():
    laid, _ = pages(Box((par("文"), CodeBlock("code")), title=inl("题")))
    fill, rule = (
        [op for op in ops(laid, RectOp) if op.color == color]
        for color in (SHEET.box.fill, SHEET.box.rule_color)
    )
    (fill,), (rule,) = fill, rule
    assert rule.x + rule.width == pytest.approx(fill.x + fill.width)
    assert rule.width == SHEET.box.rule
    (code,) = (op for op in ops(laid, TextOp) if op.item.text == "code")
    assert fill.x < code.x < rule.x


def test_a_list_item_may_begin_with_a_table():
    laid, _ = pages(ListBlock((ListItem((grid(row("甲", "乙")),)),), ordered=True, style="decimal"))
    assert {op.item.text for op in ops(laid, TextOp)} >= {"甲", "乙"}
    assert any("1" in op.item.text for op in ops(laid, ColumnOp))


def test_notes_called_in_a_table_stand_at_the_left_end_in_vertical_lines():
    called = cell()
    called = type(called)((Paragraph((Text("格"), NoteRef("n"))),))
    laid, _ = pages(
        par("前"),
        grid(row(called, "乙"), columns=(Column(), Column())),
        Footnote("n", (par("注文"),)),
        labels={"n": "1"},
    )
    (note,) = (op for op in ops(laid, ColumnOp) if op.item.text == "注文")
    (table,) = (op for op in ops(laid, TextOp) if op.item.text == "乙")
    assert note.x < table.x
    assert note.x < 40.0 + 16.0  # the last line of the page


def test_an_empty_table_leaves_nothing():
    laid, _ = pages(par("文"), grid(columns=2))
    assert levels(laid) == []


def test_a_page_that_begins_in_an_upright_cell_begins_at_its_character():
    words = "一12二34三56四78五90六" * 120  # figures that stand in one cell of vertical lines
    doc = document(par("前"), grid(row(words)))
    output = OutputSettings(formats=("pdf", "epub"), pdf=PdfSettings(toc=False))
    settings = Settings(output=output, theme=ThemeSettings(name="bunko"))
    workshop, resources = cases.workshop(), ResourceStore()
    sheet, faces = sheet_for(doc, settings, None), open_faces(workshop, doc, settings, ignore)
    laid = compose_document(doc, sheet, faces, resources, settings, ignore, drawn=True)
    starts = [
        start for start in laid.starts if start.block is doc.body[1].body[0].cells[0].blocks[0]
    ]
    page = next(n for n, plan in enumerate(laid.pages) if plan.label == starts[0].label)
    upright = [p for p in laid.pages[page].placed if p.slab.level]
    lines = [slab.line for slab, _ in page_starts._slabs(upright) if slab.line is not None]
    assert len(starts) > 1
    ends = [line.end for line in lines if line.end - line.start > 1]  # not the table's number
    assert starts[1].offset == max(ends)
