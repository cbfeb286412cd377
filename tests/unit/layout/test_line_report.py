"""Which lines a report finds, why, and what it sums up."""

import pytest

from publisher.layout.line_report import line_report
from publisher.layout.types import (
    FOOTER,
    Element,
    LaidOut,
    Line,
    PagePlan,
    Pagination,
    Placed,
    RuleItem,
    Slab,
    TextItem,
)
from publisher.tree.nodes import Pos


def line(text="一二三四", *items, **state):
    pieces = (TextItem(0.0, 0.0, None, 10.0, text), *items)
    return Line(0, len(text), pieces, 8.8, 1.2, **state)


def piece(text, **more):
    return TextItem(0.0, 0.0, None, 5.0, text, **more)


def laid_out(*pages, roles=("P",) * 9, places=None, front=0):
    """Pages of (line or slab, element) pairs, 20 pt a line."""
    plans = []
    for index, lines in enumerate(pages):
        placed, y = [], 0.0
        for thing, element in lines:
            slab = thing if isinstance(thing, Slab) else Slab(20.0, 14.0, line=thing, tag=element)
            placed.append(Placed(slab, 0.0, y))
            y += slab.height
        plans.append(PagePlan(index, f"p{index + 1}", placed, recto=index % 2 == 0))
    labels = [plan.label for plan in plans]
    elements = [Element(role, -1) for role in roles]
    return LaidOut(
        plans, Pagination(labels, {}), [], elements, [], 100.0, 100.0, front, places=places or {}
    )


def reasons_of(*pages, **more):
    report = line_report("d", laid_out(*pages, **more))
    return [(one.text, *one.reasons) for one in report.found]


@pytest.mark.parametrize(
    ("stage", "amount", "reason"),
    [
        (0, 0.0, None),
        (1, 0.5, None),
        (2, 0.3, None),
        (3, 0.125, None),
        (3, 0.126, "stretched"),
        (4, 0.26, "stretched"),
        (4, 0.0, "short"),
        (-4, 1.0, None),
        (-5, 0.9, None),
        (-5, 1.0, "shrunk"),
        (-6, 0.1, "shrunk"),
        (-7, 0.5, "shrunk"),
    ],
)
def test_what_is_more_than_ordinary(stage, amount, reason):
    report = line_report("d", laid_out([(line(stage=stage, amount=amount), 0)]))
    assert [one.reasons for one in report.found] == ([(reason,)] if reason else [])
    assert dict(report.counts).get(reason, 0) == bool(reason)


def test_lines_over_an_eighth_and_a_quarter():
    states = [(3, 0.1), (3, 0.2), (4, 0.3), (4, 0.0), (-5, 1.0)]
    report = line_report(
        "d", laid_out([(line(stage=s, amount=a), at) for at, (s, a) in enumerate(states)])
    )
    assert (report.lines, report.over_eighth, report.over_quarter) == (5, 2, 1)


def test_a_line_knows_its_source_its_page_and_its_place_on_it():
    ordinary, loose = line(), line("床前明月光疑是地上霜舉頭望明月低頭", stage=3, amount=0.2)
    laid = laid_out(
        [(ordinary, 0)],
        [(Slab(20.0, parts=(Placed(Slab(20.0, line=ordinary, tag=1), 0.0, 0.0),)), 1), (loose, 2)],
        places={2: Pos("a.md", 12)},
    )
    (one,) = line_report("d", laid).found
    assert (one.source, one.source_line, one.page, one.line) == ("a.md", 12, "p2", 2)
    assert (one.text, one.stage, one.amount) == ("床前明月光疑是地上霜舉頭望明月低", 3, 0.2)


def test_emergency_breaks_and_overfull_lines():
    assert reasons_of([(line("甲甲", emergency=True), 0), (line("乙乙", overfull=True), 1)]) == [
        ("甲甲", "emergency"),
        ("乙乙", "overfull"),
    ]


def test_labels_code_contents_and_furniture_are_no_lines_of_text():
    lines = [(line(stage=4, amount=1.0), at) for at in (0, 1, 2, -1, FOOTER)]
    report = line_report("d", laid_out(lines, roles=("Lbl", "Code", "TOCI")))
    assert (report.lines, report.found) == (0, ())


def test_a_single_character_ends_a_paragraph():
    assert reasons_of([(line(), 0), (line("人。」"), 0), (line("一"), 1)]) == [("人。」", "lone")]
    assert reasons_of([(line(), 0), (line("二人。"), 0)]) == []
    assert reasons_of([(line(), 0), (line("a"), 0)]) == []


def test_readings_and_calls_of_notes_are_not_counted():
    last = line("字", piece("じ", tag="RT"), piece("12", tag="Note-call"))
    assert reasons_of([(line(), 0), (last, 0)]) == [("字", "lone")]


def test_a_line_parted_from_its_paragraph():
    first, last = line("首首"), line("末末")
    assert reasons_of([(first, 0)], [(line(), 0), (last, 0)]) == [("首首", "orphan")]
    assert reasons_of([(first, 0), (line(), 0)], [(last, 0)]) == [("末末", "widow")]
    assert reasons_of([(first, 0), (line(), 0)], [(line(), 0), (last, 0)]) == []
    assert reasons_of([(first, 0)], [(line("他他"), 1)]) == []


def test_hyphens_that_are_not_in_the_text():
    broken = line("Über")
    broken.items += (RuleItem(20.0, 2.0, 3.0, 0.5, "#000000", hyphen=True),)
    own = line("well-")
    with_call = line("well-", piece("〓", actual="𪚲"))
    report = line_report("d", laid_out([(broken, 0), (own, 1), (with_call, 2)]))
    assert report.hyphenated == 1


def test_pages_that_end_short():
    full = [(line(), at) for at in range(5)]
    forced = Slab(20.0, 14.0, line=line(), tag=8, page="any")
    report = line_report("d", laid_out(full, full[:3], full[:4], full[:1], [(forced, 8)], full))
    assert report.short_pages == ("p2", "p5")


def test_the_contents_before_the_text_are_not_short():
    full = [(line(), at) for at in range(5)]
    assert line_report("d", laid_out(full[:1], full, front=1)).short_pages == ()


def test_nothing_at_all():
    report = line_report("d", laid_out([]))
    assert (report.pages, report.lines, report.found, report.short_pages) == (1, 0, (), ())
