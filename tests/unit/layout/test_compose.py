"""Whole documents: one pass, front matter, page labels, where ids stand, running heads."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from publisher.layout.compose import lay_out
from publisher.layout.display import display
from publisher.layout.dump import dump_pages, page_text
from publisher.layout.running import shortened
from publisher.layout.types import AnchorOp, ColumnOp, LinkOp, RectOp, TextOp
from publisher.settings import OutputSettings, PdfSettings, Settings
from publisher.tree.imprint import title_credits
from publisher.tree.meta import Contributor, Document, Metadata, Resource, Series
from publisher.tree.nodes import (
    Attr,
    Footnote,
    NoteRef,
    Paragraph,
    Quote,
    Span,
    TableOfContents,
    Text,
)
from publisher.tree.notes import note_labels
from publisher.tree.walk import document_text
from tests.tools.plain_setting import plain_job
from tests.tools.small_documents import document, grid, inl, pages_of, par, row, sec, small_sheet

HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
FACING = small_sheet(facing=True, inner=45.0, outer=35.0)


def book(count=4, lines=30, **meta):
    chapters = [
        sec(f"第{n}章", *[par("文" * 60)] * lines, ident=f"c{n}") for n in range(1, count + 1)
    ]
    return document(*chapters, title="书名", **meta)


def note(ident, text="注文"):
    return Footnote(ident, (par(text),))


def called(ident, text="文"):
    return Paragraph((Text(text), NoteRef(ident)))


def furniture(laid, index):
    return [
        p.slab.line.items[0].text
        for p in laid.pages[index].placed
        if p.slab.tag < 0 and p.slab.line is not None
    ]


def test_each_paragraph_is_set_once():
    doc = document(
        sec("章", par("正文"), grid(row("格一", "格二")), called("n"), note("n"), ident="c"),
        sec("又", Quote((par("引文"),)), par("末"), ident="d"),
        title="书",
    )
    _, job = pages_of(doc, toc=True)
    counts = Counter(job.setting.set)
    counts.subtract(["章", "又"])  # once as heading, once in the contents
    assert max(counts.values()) == 1


def test_text_out_equals_text_in():
    doc = document(
        par("前言"),
        sec("章", par("正文" * 200), called("n"), grid(row("格", "子")), note("n"), ident="c"),
        sec("又", Quote((par("引文"),), inl("——出处")), called("m"), note("m"), ident="d"),
    )
    laid, _ = pages_of(doc)
    shown = "".join(page_text(laid, n) for n in range(len(laid.pages)))
    for label in ("1",):
        shown = shown.replace(label, "")
    assert shown.replace("\n", "") == "".join(document_text(doc))


class TestFrontMatter:
    def test_a_book_has_title_page_contents_and_body_on_rectos(self):
        laid, _ = pages_of(book(), sheet=FACING, toc=True)
        assert [p.label for p in laid.pages[:5]] == ["i", "ii", "iii", "iv", "1"]
        assert [p.blank for p in laid.pages[:5]] == [False, True, False, True, False]
        assert laid.front_pages == 4
        assert page_text(laid, 0).split()[0] == "书名"
        assert page_text(laid, 2).split()[0] == "目录"

    def test_pages_count_on_where_the_theme_has_no_roman_front(self):
        sheet = small_sheet("article")
        laid, _ = pages_of(book(count=3), sheet=sheet, toc=True)
        assert laid.pagination.labels == [str(n + 1) for n in range(len(laid.pages))]

    def test_without_a_title_page_the_title_stands_over_the_text(self):
        doc = book(count=3, contributors=(Contributor("甲"),), date="2025-12-22")
        job = plain_job(small_sheet("article"))
        pdf = PdfSettings(title_page=False)
        laid = lay_out(doc, job, Settings(output=OutputSettings(pdf=pdf)))
        lines = page_text(laid, 0).split("\n")
        assert lines[:4] == ["书名", "甲　著", "2025年12月22日", "目录"]
        assert laid.pages[0].opening
        assert laid.front_pages == 0

    @pytest.mark.parametrize("body", [(par("文"),), (sec("一", par("文"), ident="a"),)])
    def test_a_title_with_nothing_else_to_say_stands_over_the_text(self, body):
        laid, _ = pages_of(*body, title="题", toc=True)
        assert len(laid.pages) == 1
        assert page_text(laid, 0).split()[0] == "题"

    @pytest.mark.parametrize(
        "facts", [{"date": "2025"}, {"contributors": (Contributor("甲"),)}, {"subtitle": inl("副")}]
    )
    def test_a_title_with_names_or_a_date_has_its_page(self, facts):
        laid, _ = pages_of(par("文"), title="题", **facts)
        assert laid.front_pages

    def test_names_are_not_given_twice(self):
        doc = document(
            par("记者 甲", role="byline"), par("文"), title="题", contributors=(Contributor("甲"),)
        )
        pdf = PdfSettings(title_page=False)
        laid = lay_out(doc, plain_job(small_sheet()), Settings(output=OutputSettings(pdf=pdf)))
        assert page_text(laid, 0).split("\n") == ["题", "记者 甲", "文"]

    def test_credits_by_role_and_language(self):
        people = (
            Contributor("甲"),
            Contributor("乙"),
            Contributor("丙", "translator"),
            Contributor("报社", "source"),
        )

        def of(language, profile):
            return title_credits(
                Document(Metadata(contributors=people, language=language)), profile
            )

        assert of("zh-Hans", "hans") == ["甲　乙　著", "丙　译", "来源：报社"]
        assert of("ja", "ja") == ["甲　乙　著", "丙　訳", "出典：报社"]
        assert of("ko", "ko") == ["甲, 乙 지음", "丙 옮김", "출처: 报社"]
        assert of("en", "hans") == ["甲, 乙", "丙", "报社"]

    def test_the_imprint_stands_at_the_foot_of_the_title_page(self):
        doc = book(publisher="出版社", date="2025-12", series=Series("丛书", "3"))
        laid, _ = pages_of(doc, sheet=FACING)
        assert page_text(laid, 0).split("\n")[-3:] == ["丛书 3", "出版社", "2025年12月"]
        last = laid.pages[0].placed[-1]
        assert last.y + last.slab.height == pytest.approx(laid.height - 40, abs=8)


class TestContents:
    def numbers(self, laid, index=2):
        """(title, number) of each line of the contents on a page."""
        lines = dump_pages(laid, places=False).split("== page")[index + 1].split("\n")
        entries = [line.partition(": ")[2] for line in lines if line.startswith("TOCI:")]
        return list(zip(entries[::2], entries[1::2], strict=True))

    def test_every_number_is_the_page_of_its_heading(self):
        laid, _ = pages_of(book(count=9), sheet=FACING, toc=True)
        for title, label in self.numbers(laid):
            index = laid.pagination.labels.index(label)
            assert page_text(laid, index).split("\n")[0] == title

    def test_leaders_stand_on_one_grid_and_end_before_the_number(self):
        laid, _ = pages_of(book(count=12), sheet=FACING, toc=True)
        ops = [o for o in display(laid, laid.pages[2]) if isinstance(o, TextOp)]
        dots = [o for o in ops if o.item.text.startswith("…")]
        pitch = 10.0
        assert len({round((o.x - dots[0].x) / pitch, 3) % 1 for o in dots}) == 1
        for leader in dots:
            number = next(o for o in ops if o.item.text.isdigit() and abs(o.y - leader.y) < 1)
            assert number.x - (leader.x + leader.item.width) >= 10.0 - 0.01
            assert leader.item.width >= 20.0

    def test_numbers_end_at_the_edge(self):
        laid, _ = pages_of(book(count=12), sheet=FACING, toc=True)
        ops = [o for o in display(laid, laid.pages[2]) if isinstance(o, TextOp)]
        ends = {round(o.x + o.item.width, 2) for o in ops if o.item.text.isdigit()}
        assert ends == {45.0 + 200.0}

    def test_a_long_title_turns_over_and_hangs(self):
        doc = document(
            sec("长" * 30, par("文"), ident="a"), sec("短", par("文"), ident="b"), title="书"
        )
        laid, _ = pages_of(doc, sheet=FACING, toc=True)
        ops = [o for o in display(laid, laid.pages[2]) if isinstance(o, TextOp)]
        first, second = [o for o in ops if o.item.text.startswith("长")][:2]
        assert second.x - first.x == pytest.approx(10.0)
        assert all(o.y > first.y for o in ops if o.item.text.startswith("…"))

    def test_stands_where_the_tree_puts_it(self):
        doc = document(
            sec("序", par("文"), ident="p"),
            TableOfContents(depth=1, title=inl("内容")),
            *book(count=3).body,
            title="书",
        )
        laid, _ = pages_of(doc, sheet=FACING, toc=True)
        assert laid.front_pages == 2
        assert "内容" in page_text(laid, 2)
        titles = [title for title, _ in self.numbers(laid)]
        assert titles == ["序", "第1章", "第2章", "第3章"]

    def test_needs_two_entries(self):
        laid, _ = pages_of(book(count=1), sheet=FACING, toc=True)
        assert not any(e.role == "TOC" for e in laid.elements)

    def test_shows_only_listed_sections_of_its_depth(self):
        doc = document(
            sec("一", sec("深", sec("更深", level=3), level=2), ident="a"),
            sec("藏", listed=False, ident="b"),
            sec("二", ident="c"),
            title="书",
        )
        job = plain_job(FACING)
        laid = lay_out(doc, job, Settings(output=OutputSettings(pdf=PdfSettings(toc_depth=2))))
        assert [title for title, _ in self.numbers(laid)] == ["一", "深", "二"]


class TestIds:
    def test_sections_blocks_spans_and_notes_have_pages(self):
        doc = document(
            sec("一", par("文"), ident="c1"),
            sec(
                "二",
                Paragraph((Text("甲"), Span(inl("乙"), Attr(id="s"))), attr=Attr(id="p")),
                grid(row("格", "子"), attr=Attr(id="t")),
                called("n"),
                note("n"),
                ident="c2",
            ),
        )
        laid, _ = pages_of(doc)
        found = laid.pagination.page_of
        assert found == {"c1": 0, "c2": 1, "p": 1, "s": 1, "t": 1, "n": 1, "call_n": 1}
        assert laid.pagination.label("c2") == "2"
        assert laid.pagination.label("nowhere") == ""

    def test_the_outline_has_all_sections(self):
        laid, _ = pages_of(sec("一", sec("甲", level=2, ident="b"), ident="a"))
        assert [(e.id, e.title, e.level) for e in laid.outline] == [("a", "一", 1), ("b", "甲", 2)]


def test_sections_show_their_numbers_where_the_theme_wants_them():
    from dataclasses import replace

    chapter = sec("甲", sec("乙", level=2, number=(1, 1)), number=(1,), ident="a")
    laid, _ = pages_of(chapter, sheet=replace(small_sheet(), numbers=True))
    assert page_text(laid, 0).split("\n") == ["1\u2002甲", "1.1\u2002乙"]
    assert [entry.title for entry in laid.outline] == ["1\u2002甲", "1.1\u2002乙"]
    plain, _ = pages_of(chapter)
    assert page_text(plain, 0).split("\n") == ["甲", "乙"]


class TestRunningHeads:
    def test_title_on_the_left_and_chapter_on_the_right(self):
        laid, _ = pages_of(book(count=2), sheet=FACING)
        assert furniture(laid, 2) == ["1"]  # the chapter opens here
        assert furniture(laid, 3) == ["书名", "2"]
        assert furniture(laid, 4) == ["第1章", "3"]

    def test_nothing_on_title_page_and_blanks(self):
        laid, _ = pages_of(book(count=2), sheet=FACING)
        assert furniture(laid, 0) == furniture(laid, 1) == []

    def test_stand_at_the_outer_side(self):
        laid, _ = pages_of(book(count=2), sheet=FACING)
        (verso,) = (p for p in laid.pages[3].placed if p.slab.line.items[0].text == "书名")
        (recto,) = (p for p in laid.pages[4].placed if p.slab.line.items[0].text == "第1章")
        assert verso.x == 35.0
        assert recto.x + recto.slab.line.items[0].width == pytest.approx(280.0 - 35.0)

    def test_long_ones_are_cut(self):
        assert shortened("一二三四五六", 4, len) == "一二三…"
        assert shortened("一二", 4, len) == "一二"


class TestNotes:
    def test_a_note_stands_under_the_text_with_its_label(self):
        laid, _ = pages_of(called("n"), par("后文"), note("n", "注" * 40))
        lines = page_text(laid, 0).split("\n")
        assert lines == ["文1", "后文", "1", "注" * 40]
        roles = [e.role for e in laid.elements]
        assert roles[-3:] == ["Note", "Lbl", "P"]

    def test_a_note_that_nothing_calls_is_not_lost(self):
        laid, _ = pages_of(par("文"), note("n", "孤"))
        assert page_text(laid, 0) == "文\n孤"

    def test_end_notes_stand_where_the_tree_has_them(self):
        end = Footnote("n", (par("尾注"),), kind="end")
        laid, _ = pages_of(called("n"), end, par("末"))
        assert page_text(laid, 0).split("\n") == ["文1", "1", "尾注", "末"]

    def test_number_and_call_lead_to_each_other(self):
        laid, _ = pages_of(called("n"), note("n"))
        ops = display(laid, laid.pages[0])
        (back,) = (op for op in ops if isinstance(op, LinkOp))
        assert back.target == "#call_n"
        assert {op.id for op in ops if isinstance(op, AnchorOp)} == {"n", "call_n"}

    def test_a_note_called_twice_stands_once_at_its_first_call(self):
        laid, _ = pages_of(called("n"), *[par("文")] * 25, called("n"), note("n", "注文"))
        assert [page_text(laid, n).count("注文") for n in range(2)] == [1, 0]

    def test_a_note_may_call_a_note(self):
        inner = Footnote("n", (called("m", "外"),))
        laid, _ = pages_of(called("n"), inner, note("m", "内"))
        assert page_text(laid, 0).split("\n") == ["文1", "1", "外2", "2", "内"]

    def test_notes_hang_from_whole_ems(self):
        laid, _ = pages_of(called("n"), note("n", "注" * 40))
        size = small_sheet().text["note"].size
        shown = [p for p in laid.pages[0].placed if p.y > 250]
        first = next(p for p in shown if p.slab.parts)
        label, text = first.slab.parts
        assert text.x - label.x == pytest.approx(2 * size)


def test_every_stretch_of_content_is_closed_and_belongs_to_an_element():
    from publisher.layout.types import REPEATED, BeginOp, EndOp

    laid, _ = pages_of(book(count=2), sheet=FACING, toc=True)
    for plan in laid.pages:
        depth = 0
        for op in display(laid, plan):
            if isinstance(op, BeginOp):
                depth += 1
                assert REPEATED <= op.element < len(laid.elements)
            elif isinstance(op, EndOp):
                depth -= 1
            elif isinstance(op, TextOp):
                assert depth == 1
            assert depth in (0, 1)
        assert depth == 0
    assert all(-1 <= e.parent < n for n, e in enumerate(laid.elements))


@pytest.mark.parametrize("theme", ["book", "article"])
def test_every_node_type_as_text(golden, theme):
    from tests.tools.every_node import every_node

    doc = every_node(Resource("0" * 32, "image/png", width=400, height=200))
    job = plain_job(
        small_sheet(theme), note_labels(doc), resources={r.id: r for r in doc.resources}
    )
    golden(f"layout/every-node-{theme}.txt", dump_pages(lay_out(doc, job, Settings())))


VERTICAL = small_sheet(mode="vertical", facing=True, inner=45.0, outer=35.0)


def places(laid, index, kind=ColumnOp):
    return [op for op in display(laid, laid.pages[index]) if isinstance(op, kind)]


def test_vertical_pages_begin_at_the_bound_edge_on_the_right():
    laid, _ = pages_of(par("字" * 32 * 30), sheet=VERTICAL)
    recto, verso = (places(laid, n)[0] for n in (0, 1))
    # Half the leading from the inner margin on a recto, which is a left page, bound at the right.
    page = VERTICAL.page
    assert recto.x == pytest.approx(280.0 - page.inner - 8.0)
    assert verso.x == pytest.approx(280.0 - page.outer - 8.0)
    assert {op.y for op in places(laid, 0)[1:]} == {40.0}
    steps = [a.x - b.x for a, b in pairwise(places(laid, 0))]
    assert steps == pytest.approx([16.0] * len(steps))
    assert laid.binding == "right"


def test_furniture_of_vertical_pages_is_horizontal_at_the_outer_edge():
    chapter = sec("第一章", *[par("字" * 300)] * 6, ident="c")
    laid, _ = pages_of(chapter, sheet=VERTICAL, title="书")
    start = laid.front_pages
    for index in (start + 1, start + 2):
        head, folio = places(laid, index, TextOp)[-2:]
        recto = laid.pages[index].recto
        left, right = VERTICAL.page.outer, 280.0 - VERTICAL.page.outer
        assert head.y < 40.0
        assert folio.y > 360.0
        assert folio.item.text == laid.pages[index].label
        width = folio.item.width
        # The outer edge of a recto is its left one.
        assert (folio.x if recto else folio.x + width) == pytest.approx(left if recto else right)


def test_contents_of_a_vertical_book_have_han_numbers_at_the_foot():
    sheet = replace(VERTICAL, toc=replace(VERTICAL.toc, numbers="han"))
    chapters = [sec(f"第{n}章", *[par("字" * 300)] * 9, ident=f"c{n}") for n in range(4)]
    laid, _ = pages_of(document(*chapters, title="书"), sheet=sheet, toc=True)
    page = next(n for n, plan in enumerate(laid.pages) if plan.chapter == sheet.toc.title)
    found = places(laid, page)
    last = laid.pagination.label("c3")
    assert last.isdecimal()
    number = next(op for op in found if op.item.text == last.translate(HAN))
    assert number.y + number.item.width == pytest.approx(360.0)
    leader = next(op for op in found if set(op.item.text) == {"…"})
    assert leader.y < number.y
    links = places(laid, page, LinkOp)
    area = next(link for link in links if link.target == "#c3")
    assert area.x < number.x < area.x + area.width
    assert area.height == pytest.approx(320.0)


def test_notes_of_vertical_pages_stand_at_their_left_end():
    laid, _ = pages_of(called("n"), note("n"), sheet=VERTICAL)
    body, remark = places(laid, 0)[0], places(laid, 0)[-1]
    assert remark.item.text == "注文"
    left = VERTICAL.page.outer  # of a recto
    assert left < remark.x < left + 16.0 < body.x
    (rule,) = [op for op in places(laid, 0, RectOp) if op.height > op.width]
    assert remark.x < rule.x < body.x
