"""Running heads, folios and contents under other themes than the built-in ones."""

from dataclasses import replace

import pytest

from publisher.layout.display import display
from publisher.layout.pictures import fitted
from publisher.layout.running import label_pages
from publisher.layout.types import PagePlan, RectOp, TextOp
from publisher.tree.meta import Resource
from publisher.tree.nodes import Image
from tests.tools.small_documents import document, pages_of, par, sec, small_sheet


def book(chapters=2, lines=20):
    found = [
        sec(f"第{n}章", *[par("文" * 60)] * lines, ident=f"c{n}") for n in range(1, chapters + 1)
    ]
    return document(*found, title="书名")


def with_running(facing=True, binding="left", **changes):
    sheet = small_sheet(facing=facing, binding=binding)
    return replace(sheet, running=replace(sheet.running, **changes))


def furniture(laid, index):
    return [
        (round(p.x, 1), round(p.y, 1), p.slab.line.items[0].text)
        for p in laid.pages[index].placed
        if p.slab.tag < 0 and p.slab.line is not None
    ]


class TestFolios:
    def test_at_the_outer_head_beside_the_running_head(self):
        laid, _ = pages_of(book(), sheet=with_running(folio="head-outer"))
        (head, folio) = furniture(laid, 3)
        assert (head[2], folio[2]) == ("书名", "2")
        assert folio[0] == 40.0  # a left-hand page: the outer side is left
        assert head[0] > folio[0]
        assert abs(head[1] - folio[1]) < 4.0

    def test_at_the_head_they_are_left_out_where_a_chapter_opens(self):
        laid, _ = pages_of(book(), sheet=with_running(folio="head-outer"))
        assert furniture(laid, 2) == []

    def test_in_the_middle_of_the_foot(self):
        laid, _ = pages_of(book(), sheet=with_running(folio="foot-center"))
        x, _, text = furniture(laid, 3)[-1]
        assert (x, text) == (pytest.approx(140.0, abs=4), "2")

    def test_none(self):
        laid, _ = pages_of(book(), sheet=with_running(folio=""))
        assert [text for _, _, text in furniture(laid, 3)] == ["书名"]

    def test_a_book_bound_at_the_right_has_them_on_the_other_side(self):
        left, _ = pages_of(book(), sheet=with_running(folio="foot-outer"))
        right, _ = pages_of(book(), sheet=with_running(folio="foot-outer", binding="right"))
        assert furniture(left, 3)[-1][0] == 40.0
        assert furniture(right, 3)[-1][0] > 200.0

    def test_labels(self):
        def labels(front, separate):
            pages = [PagePlan(n, "", [], recto=True) for n in range(4)]
            return label_pages(pages, front, separate=separate)

        assert labels(2, separate=True) == ["i", "ii", "1", "2"]
        assert labels(2, separate=False) == ["1", "2", "3", "4"]


class TestHeads:
    def test_the_section_on_pages_that_go_on_with_it(self):
        inner = sec("甲节", *[par("文" * 60)] * 30, level=2, ident="s")
        doc = document(sec("章", inner, ident="c"))
        laid, _ = pages_of(doc, sheet=with_running(recto="section", verso="chapter"))
        heads = [furniture(laid, n)[0][2] for n in range(1, 4)]
        assert heads == ["章", "甲节", "章"]

    def test_shown_on_openings_where_the_theme_says_so(self):
        laid, _ = pages_of(book(), sheet=with_running(on_opening=True))
        assert furniture(laid, 2)[0][2] == "第1章"

    def test_a_rule_under_them(self):
        laid, _ = pages_of(book(), sheet=with_running(rule=0.5))
        rules = [o for o in display(laid, laid.pages[3]) if isinstance(o, RectOp)]
        assert [(r.width, r.height) for r in rules] == [(200.0, 0.5)]

    def test_none(self):
        laid, _ = pages_of(book(), sheet=with_running(recto="", verso=""))
        assert [text for _, _, text in furniture(laid, 3)] == ["2"]

    def test_in_the_middle_of_single_sided_pages(self):
        laid, _ = pages_of(book(), sheet=with_running(facing=False, recto="title"))
        x, _, text = furniture(laid, 3)[0]
        assert text == "书名"
        assert 120 < x < 140


@pytest.mark.parametrize(("leader", "pitch"), [("·", 10.0), (".", 5.0), ("…", 10.0)])
def test_leaders_are_repeated_on_the_half_em_grid(leader, pitch):
    sheet = small_sheet()
    sheet = replace(sheet, toc=replace(sheet.toc, leader=leader))
    laid, _ = pages_of(book(), sheet=sheet, toc=True)
    index = next(n for n, plan in enumerate(laid.pages) if plan.opening and n)
    ops = display(laid, laid.pages[index])
    (first, _) = [o.item for o in ops if isinstance(o, TextOp) and o.item.text[0] == leader]
    assert first.width == pytest.approx(len(first.text) * pitch)


def test_leaders_end_at_one_place_whatever_their_numbers():
    sheet = small_sheet()
    sheet = replace(sheet, toc=replace(sheet.toc, clearance=1.25))
    laid, _ = pages_of(book(chapters=6, lines=40), sheet=sheet, toc=True)
    index = next(n for n, plan in enumerate(laid.pages) if plan.opening and n)
    items = [(o.x, o.item) for o in display(laid, laid.pages[index]) if isinstance(o, TextOp)]
    numbers = {item.text for _, item in items if item.text.isdigit()}
    assert {len(text) for text in numbers} == {1, 2}
    leaders = [(x, item) for x, item in items if item.text[0] == "…"]
    assert len({round(x + item.width, 3) for x, item in leaders}) == 1
    assert len(leaders) == 6


def test_japanese_treats_widows_as_minor():
    sheet = small_sheet(language="ja")
    laid, _ = pages_of(*[par("行")] * 18, par("文" * 60), sheet=sheet, language="ja")
    assert {p.slab.keep for plan in laid.pages for p in plan.placed} == {0, 500}


class TestPictureSizes:
    resource = Resource("r", "image/png", width=400, height=200)

    def size(self, room=(1000.0, 1000.0), resource=resource, **asked):
        return fitted(Image("r", **asked), resource, room)

    def test_natural(self):
        assert self.size() == (300.0, 150.0)

    def test_asked_for(self):
        assert self.size(width=100.0) == (100.0, 50.0)
        assert self.size(height=100.0) == (200.0, 100.0)
        assert self.size(width=30.0, height=40.0) == (30.0, 40.0)

    def test_at_most_the_room(self):
        assert self.size(room=(150.0, 1000.0)) == (150.0, 75.0)
        assert self.size(room=(1000.0, 75.0)) == (150.0, 75.0)

    def test_unknown(self):
        assert self.size(resource=None) is None
        assert self.size(resource=Resource("r", "image/svg+xml")) is None
        assert self.size(resource=Resource("r", "image/svg+xml"), width=9.0, height=8.0) == (9, 8)
