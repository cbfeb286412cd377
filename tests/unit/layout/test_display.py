"""Display lists: absolute places, order, links, page numbers, frames."""

import pytest

from publisher.layout.display import display
from publisher.layout.types import (
    AnchorOp,
    BeginOp,
    CircleOp,
    DotItem,
    EndOp,
    Frame,
    ImageOp,
    LaidOut,
    Line,
    LinkOp,
    PageNumberItem,
    PagePlan,
    Pagination,
    PictureItem,
    Placed,
    RectOp,
    RuleItem,
    Slab,
    TextItem,
    TextOp,
    WaveItem,
    WaveOp,
)
from tests.tools.plain_setting import FACE


def text(x, content, **more):
    return TextItem(x, 0.0, FACE, 10.0, content, width=10.0 * len(content), **more)


def slab(*items, tag=0, **more):
    return Slab(16.0, 12.0, 0.0, Line(0, 0, items, 8.8, 1.2), tag=tag, **more)


def shown(*slabs, page_of=None, frames=(), labels=("7",)):
    placed = [Placed(s, 40.0 + s.x, 50.0 + 16.0 * n) for n, s in enumerate(slabs)]
    plan = PagePlan(0, "1", placed, recto=True)
    laid = LaidOut(
        [plan], Pagination(list(labels), page_of or {}), [], [], [], 280, 400, frames=list(frames)
    )
    return display(laid, plan)


def test_text_stands_on_its_baseline_within_its_element():
    item = text(5.0, "字")
    assert shown(slab(item, tag=3)) == [BeginOp(3), TextOp(45.0, 62.0, item), EndOp()]


def test_lines_of_one_element_stand_in_one_stretch():
    ops = shown(slab(text(0, "一")), slab(text(0, "二")), slab(text(0, "三"), tag=1))
    assert [op.element for op in ops if isinstance(op, BeginOp)] == [0, 1]


def test_raised_items_and_marks():
    ops = shown(
        slab(
            text(0, "字")._replace(dy=4.0),
            RuleItem(0, -2.0, 10.0, 0.5, "#000000"),
            DotItem(5.0, -3.0, 1.0, "dot", "#000000"),
            WaveItem(0.0, -2.0, 10.0, 1.0, "#000000"),
            PictureItem(10.0, -1.0, 20.0, 15.0, "r", "猫"),
        )
    )
    assert ops[1].y == 58.0
    assert ops[2] == RectOp(40.0, 63.5, 10.0, 0.5, "#000000")
    assert ops[3] == CircleOp(45.0, 65.0, 1.0, "dot", "#000000")
    assert ops[4] == WaveOp(40.0, 64.0, 10.0, 1.0, "#000000")
    assert ops[5] == ImageOp(50.0, 48.0, 20.0, 15.0, "r", "猫", inline=True)


def test_a_highlight_is_drawn_before_its_text():
    ops = shown(slab(text(0, "字"), RuleItem(0, 0, 10.0, 10.0, "#ffff00", behind=True)))
    assert [type(op) for op in ops] == [BeginOp, RectOp, TextOp, EndOp]


def test_neighbours_with_one_target_are_one_link():
    ops = shown(
        slab(
            text(0, "见", link=""),
            text(10.0, "此", link="#a"),
            text(20.0, "处", link="#a"),
            text(30.0, "外", link="https://example.org"),
        )
    )
    first, second = (op for op in ops if isinstance(op, LinkOp))
    assert (first.target, first.text, first.x, first.width) == ("#a", "此处", 50.0, 20.0)
    assert (second.target, second.x, second.width) == ("https://example.org", 70.0, 10.0)
    assert first.y == pytest.approx(62.0 - 8.8)
    assert first.height == pytest.approx(10.0)


def test_a_page_number_stands_in_the_middle_of_its_room():
    item = PageNumberItem(10.0, 0.0, FACE, 10.0, "c", 15.0, link="#c")
    ops = shown(slab(item), page_of={"c": 0}, labels=("12",))
    (number,) = (op for op in ops if isinstance(op, TextOp))
    assert number.item.text == "12"
    assert number.x == pytest.approx(40.0 + 10.0 + 2.5)
    (link,) = (op for op in ops if isinstance(op, LinkOp))
    assert link.target == "#c"


def test_a_page_number_of_nowhere_says_so():
    ops = shown(slab(PageNumberItem(0.0, 0.0, FACE, 10.0, "x", 15.0)))
    assert [op.item.text for op in ops if isinstance(op, TextOp)] == ["?"]


def test_ids_are_places():
    ops = shown(slab(text(0, "字"), anchors=("a", "b")))
    assert [op for op in ops if isinstance(op, AnchorOp)] == [
        AnchorOp("a", 40.0, 50.0),
        AnchorOp("b", 40.0, 50.0),
    ]


def test_what_lies_behind_is_an_artifact():
    ops = shown(slab(text(0, "字"), behind=(RectOp(1.0, 2.0, 3.0, 4.0, "#eeeeee"),)))
    assert ops[:3] == [BeginOp(-1), RectOp(41.0, 52.0, 3.0, 4.0, "#eeeeee"), EndOp()]


def test_a_frame_surrounds_its_slabs_as_one():
    frames = [
        Frame(0.0, 200.0, "#eeeeee", 2.0, "#333333"),
        Frame(10.0, 180.0, "#dddddd", parent=0),
    ]
    ops = shown(
        slab(text(0, "一"), frame=0),
        slab(text(0, "二"), frame=1),
        slab(text(0, "三")),
        frames=frames,
    )
    assert [op for op in ops if isinstance(op, RectOp)] == [
        RectOp(40.0, 50.0, 200.0, 32.0, "#eeeeee"),
        RectOp(40.0, 50.0, 2.0, 32.0, "#333333"),
        RectOp(50.0, 66.0, 180.0, 16.0, "#dddddd"),
    ]


def test_parts_come_in_order_at_their_places():
    parts = (
        Placed(slab(text(0, "甲"), tag=1), 5.0, 0.0),
        Placed(slab(text(0, "乙"), tag=2), 90.0, 1.0),
    )
    ops = shown(Slab(20.0, parts=parts))
    assert [(op.x, op.y) for op in ops if isinstance(op, TextOp)] == [(45.0, 62.0), (130.0, 63.0)]


def test_pieces_of_a_tall_row_are_read_cell_by_cell():
    def piece(left, right):
        cells = (
            Placed(slab(text(0, left), tag=1), 0.0, 0.0),
            Placed(slab(text(0, right), tag=2), 50.0, 0.0),
        )
        return Slab(16.0, parts=cells, band=1)

    ops = shown(piece("甲", "丙"), piece("乙", "丁"))
    assert "".join(op.item.text for op in ops if isinstance(op, TextOp)) == "甲乙丙丁"
    assert [op.element for op in ops if isinstance(op, BeginOp)] == [1, 2]
