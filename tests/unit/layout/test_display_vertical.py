"""Vertical pages: from the axes of the text to places on the sheet."""

import pytest

from publisher.layout.display import display
from publisher.layout.types import (
    LEVEL,
    TURNED,
    AnchorOp,
    CircleOp,
    ColumnOp,
    DotItem,
    Frame,
    ImageOp,
    LaidOut,
    LevelOp,
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
from tests.tools.square_font import square_face

PAGE = 280.0  # wide
FACE = square_face()


def text(x, content, dy=0.0, **more):
    return TextItem(x, dy, FACE, 10.0, content, width=10.0 * len(content), **more)


def slab(*items, **more):
    return Slab(16.0, 12.0, 0.0, Line(0, 0, items, 8.8, 1.2), tag=0, **more)


def shown(*slabs, frames=(), page_of=None, labels=("7",)):
    """Operations of slabs that begin 40 from the head of the sheet and 50 from its right edge."""
    placed = [Placed(s, 40.0 + s.x, 50.0 + 16.0 * n) for n, s in enumerate(slabs)]
    plan = PagePlan(0, "1", placed, recto=True)
    laid = LaidOut(
        [plan],
        Pagination(list(labels), page_of or {}),
        [],
        [],
        [],
        PAGE,
        400,
        frames=list(frames),
        vertical=True,
    )
    return display(laid, plan)


def only(kind, ops):
    return [op for op in ops if type(op) is kind]


def test_the_first_line_stands_at_the_right():
    one, two = text(0.0, "一"), text(5.0, "二")
    # The virtual baseline is 50 + 12 from the right, the axis 0.38 em to the right of it.
    assert only(ColumnOp, shown(slab(one), slab(two))) == [
        ColumnOp(PAGE - 62.0 + 3.8, 40.0, one),
        ColumnOp(PAGE - 78.0 + 3.8, 45.0, two),
    ]


def test_turned_text_stands_on_the_baseline_and_raised_text_at_the_right():
    turned, raised = text(0.0, "ab", rotated=TURNED), text(0.0, "字", dy=4.0)
    first, second = only(ColumnOp, shown(slab(turned, raised)))
    assert (first.x, first.y) == (PAGE - 62.0, 40.0)
    assert second.x == pytest.approx(PAGE - 62.0 + 4.0 + 3.8)


def test_level_text_stands_in_the_middle_of_its_cell():
    glyphs = FACE.shape("12")
    item = TextItem(20.0, 0.0, FACE, 10.0, "12", glyphs=glyphs, width=10.0, rotated=LEVEL)
    (op,) = only(LevelOp, shown(slab(item)))
    assert op.scale == 1.0
    assert op.x == pytest.approx(PAGE - 62.0 + 3.8 - 5.0)
    assert op.y == pytest.approx(40.0 + 20.0 + 8.8)
    three = item._replace(text="123", glyphs=FACE.shape("123"))
    (op,) = only(LevelOp, shown(slab(three)))
    assert op.scale == pytest.approx(2 / 3)
    assert op.x == pytest.approx(PAGE - 62.0 + 3.8 - 5.0)


def test_marks_and_pictures_turn_with_the_line():
    items = (
        RuleItem(10.0, -2.4, 30.0, 0.6, "#000000"),
        DotItem(15.0, 10.0, 0.75, "dot", "#000000"),
        WaveItem(10.0, -2.0, 30.0, 0.6, "#000000"),
        PictureItem(50.0, -1.0, 12.0, 20.0, "p", "alt"),
    )
    ops = shown(slab(*items))
    base = PAGE - 62.0
    (rule,) = only(RectOp, ops)
    assert tuple(rule[:4]) == pytest.approx((base - 2.4, 50.0, 0.6, 30.0))  # at the left side
    (dot,) = only(CircleOp, ops)
    assert (dot.x, dot.y) == pytest.approx((base + 10.0, 55.0))  # at the right side
    assert only(WaveOp, ops) == [WaveOp(base - 2.0, 50.0, 30.0, 0.6, "#000000", down=True)]
    (picture,) = only(ImageOp, ops)
    assert tuple(picture[:4]) == pytest.approx((base - 1.0, 90.0, 20.0, 12.0))


def test_links_and_anchors_are_where_the_text_is():
    item = text(10.0, "行く", link="#there")
    ops = shown(slab(item, anchors=("here",)))
    (link,) = only(LinkOp, ops)
    # The em box: 0.12 em left and 0.88 em right of the baseline, two characters long.
    assert tuple(link[:4]) == pytest.approx((PAGE - 62.0 - 1.2, 50.0, 10.0, 20.0))
    assert only(AnchorOp, ops) == [AnchorOp("here", PAGE - 50.0, 40.0)]


def test_page_numbers_stand_level_in_a_cell():
    item = PageNumberItem(10.0, 0.0, FACE, 10.0, "there", 10.0)
    (op,) = only(LevelOp, shown(slab(item), page_of={"there": 0}, labels=("12",)))
    assert op.item.text == "12"
    assert op.y == pytest.approx(40.0 + 10.0 + 8.8)


def test_frames_have_their_rule_at_the_right():
    frame = Frame(0.0, 100.0, "#eeeeee", 2.0, "#333333", headed=True)
    ops = shown(slab(text(0, "一"), frame=0), slab(text(0, "二"), frame=0), frames=[frame])
    fill, rule = only(RectOp, ops)
    assert tuple(fill[:4]) == (PAGE - 50.0 - 32.0, 40.0, 32.0, 100.0)
    assert tuple(rule[:4]) == (PAGE - 50.0 - 2.0, 40.0, 2.0, 100.0)


def test_level_slabs_are_shown_as_on_any_page():
    line = Slab(16.0, 12.0, 0.0, Line(0, 0, (text(0.0, "横"),), 8.8, 1.2), tag=0)
    line.behind = (RectOp(0.0, 0.0, 30.0, 1.0, "#000000"),)
    block = Slab(60.0, parts=(Placed(line, 5.0, 4.0),), level=True, anchors=("t",))
    ops = shown(block, slab(text(0.0, "縦")))
    left = PAGE - 50.0 - 60.0  # its block extent is its width
    assert only(AnchorOp, ops) == [AnchorOp("t", left, 40.0)]
    assert only(TextOp, ops) == [TextOp(left + 5.0, 40.0 + 4.0 + 12.0, line.line.items[0])]
    assert tuple(only(RectOp, ops)[0][:4]) == (left + 5.0, 44.0, 30.0, 1.0)
    assert len(only(ColumnOp, ops)) == 1  # what follows is vertical again
