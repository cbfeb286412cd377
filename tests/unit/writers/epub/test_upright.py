"""Cells of vertical lines in EPUB: what is combined, what stands upright, what is left turned."""

from dataclasses import replace

import pytest

from publisher.settings import ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree import nodes as n
from publisher.tree.meta import Document, Metadata
from publisher.writers.epub.upright import with_cells
from tests.tools.every_node import inl, par

SHEET = resolve_theme(ThemeSettings(name="book-vertical"), "ja", base=None)


def vertical(press, *blocks, **more):
    return press.body(*blocks, language="ja", sheet=SHEET, **more)


def test_short_numbers_marks_and_acronyms_stand_in_cells(press):
    body = vertical(press, par("第12回!?　NHKの100人"))
    assert (
        '第<span class="tcy">12</span>回<span class="tcy">!?</span>　'
        '<span class="upright">NHK</span>の100人' in body
    )


def test_a_horizontal_book_has_no_cells(press):
    assert "<p>第12回</p>" in press.body(par("第12回"), language="ja")


@pytest.mark.parametrize(
    "run",
    [
        (n.Text("v"), n.Strong(inl("12"))),  # one word in two marks
        (n.Code("12"),),
        (n.Warichu(inl("第12回")),),
    ],
)
def test_what_is_no_cell_is_left_whole(run):
    document = Document(Metadata(), (par(n.Text("甲"), *run, n.Text("乙")),))
    assert with_cells(document, SHEET.inline) is document


def test_what_the_source_asks_for_is_one_cell(press):
    asked = n.Span(inl("2025"), n.Attr(classes=("tcy",)))
    assert '<span class="tcy asked">2025</span>' in vertical(press, par("甲", asked, "乙"))


def test_a_number_in_a_mark_of_its_own_is_a_cell(press):
    assert '<strong><span class="tcy">12</span></strong>' in vertical(
        press, par("甲", n.Strong(inl("12")), "乙")
    )


def test_calls_and_labels_of_notes_are_cells(press):
    note = n.Footnote("a", (par("注"),))
    body = vertical(press, par("甲", n.NoteRef("a")), note)
    assert 'id="call-1" class="tcy"' in body
    assert '<span class="tcy">1</span></a>' in body


def test_cells_come_back_as_text(press, tmp_path):
    import publisher
    from publisher.tree.meta import WRITING_MODE

    asked = n.Span(inl("2025"), n.Attr("here", classes=("tcy",)))
    upright = n.Span(inl("→"), n.Attr(classes=("upright",)))
    text = par("甲", asked, "12", upright)
    path = press.write(
        Document(Metadata(title=inl("題"), language="ja"), (par("第12回NHK"), text)), sheet=SHEET
    )
    back = publisher.read(path).document
    assert back.body[0].content == inl("第12回NHK")
    assert back.body[1] == text  # what the source asks for comes back as such
    assert dict(back.meta.extra)[WRITING_MODE] == "vertical"


def test_the_style_sheet_turns_what_stands_in_lines(press):
    book = press.book(Document(Metadata(language="ja"), (par("文"),)), sheet=SHEET)
    css = book.text("style.css")
    assert "text-combine-upright:all" in css
    assert "pre.level{writing-mode:horizontal-tb" in css
    assert "table.level{writing-mode:horizontal-tb" in css
    assert 'name="primary-writing-mode" content="vertical-rl"' in book.text("content.opf")
    level = press.book(
        Document(Metadata(language="ja"), (par("文"),)), sheet=replace(SHEET, vertical=False)
    )
    assert "writing-mode" not in level.text("style.css")


def table_of(rows, text="甲"):
    row = n.Row((n.Cell((par(text),)), n.Cell((par("乙"),))))
    return n.Table((), (), (row,) * rows, (), ())


def test_small_tables_and_short_code_stand_upright(press):
    assert '<table class="level">' in vertical(press, table_of(3))
    assert "<table>" in vertical(press, table_of(30))
    assert "<table>" in vertical(press, table_of(3, "長い文" * 9))
    assert "<table>" in press.body(table_of(3))
    assert '<pre class="level">' in vertical(press, n.CodeBlock("a\nb"))
    assert "<pre>" in vertical(press, n.CodeBlock("a\n" * 40))


def test_labels_of_figures_stand_in_cells_and_han_ones_do_not(press):
    items = (n.ListItem((par("文"),)),)
    assert 'class="decimal cells"' in vertical(press, n.ListBlock(items, ordered=True))
    han = n.ListBlock(items, ordered=True, style="cjk")
    assert 'class="labelled"' in vertical(press, han)
