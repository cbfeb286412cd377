"""Notes in two small lines inside the line (JLREQ 3.4); places in em of the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.layout.itemize import itemize
from publisher.layout.types import OBJECT, TextItem
from publisher.theme.model import TextStyle
from publisher.tree.nodes import (
    Emphasis,
    Image,
    NoteRef,
    Ruby,
    RubyPair,
    Text,
    Warichu,
)
from tests.tools.set_lines import SIZE, context, set_marked

MARKS = "、。，」）？！"


def lines_of(*content, em=20, lang="ja", **more):
    return set_marked(*content, em=em, lang=lang, **more)


def note(text):
    return Warichu((Text(text),))


def rows(line):
    """(text, start, end, whether it is the upper one) of the small lines."""
    middle = 0.38 * SIZE
    return [
        (
            i.text,
            round(i.x / SIZE, 3),
            round((i.x + i.width) / SIZE, 3),
            i.dy + 0.38 * i.size > middle,
        )
        for i in line.items
        if i.tag == "WT"
    ]


def read(lines, tags=("WT", "WP", "WP-end", "")):
    """What one reads or copies, in order."""
    return "".join(
        item.text if item.actual is None else item.actual
        for line in lines
        for item in line.items
        if isinstance(item, TextItem) and item.tag in tags
    )


def test_a_short_note_is_two_small_lines_between_full_size_parentheses():
    (line,) = lines_of(Text("本"), note("一二三四五"), Text("文"))
    assert rows(line) == [("一二三", 2.0, 3.5, True), ("四五", 2.0, 3.0, False)]
    marks = [i for i in line.items if i.tag.startswith("WP")]
    assert [(i.text, i.size, i.actual) for i in marks] == [("（", SIZE, ""), ("）", SIZE, "")]
    assert [round(i.x / SIZE, 3) for i in marks] == [1.0, 3.5]
    assert read([line]) == "本一二三四五文"


def test_the_small_lines_are_half_the_size_and_fit_the_em_box():
    (line,) = lines_of(note("一二三四"))
    upper, lower = [i for i in line.items if i.tag == "WT"]
    assert upper.size == lower.size == SIZE / 2
    assert (upper.dy - lower.dy) / SIZE == pytest.approx(0.54)
    assert line.ascent < 0.95 * SIZE
    assert line.descent < 0.2 * SIZE


def test_parentheses_of_its_own_or_around_it_are_not_doubled():
    (own,) = lines_of(Text("本"), note("（一二）"), Text("文"))
    assert [(i.text, i.actual) for i in own.items if i.tag.startswith("WP")] == [
        ("（", None),
        ("）", None),
    ]
    assert rows(own) == [("一", 2.0, 2.5, True), ("二", 2.0, 2.5, False)]
    (around,) = lines_of(Text("本（"), note("一二"), Text("）文"))
    assert read([around]) == "本（一二）文"
    assert not [i for i in around.items if i.tag.startswith("WP")]


def test_a_long_note_fills_the_rest_of_the_line_and_goes_on_in_the_next():
    content = Text("国" * 5), note("一二三四五六七八九十百千甲乙丙丁"), Text("文" * 5)
    first, second = lines_of(*content, em=9)
    # Three em are left after the parenthesis: two small lines of six.
    assert rows(first) == [
        ("一二三四五六", 6.0, 9.0, True),
        ("七八九十百千", 6.0, 9.0, False),
    ]
    assert rows(second) == [("甲乙", 0.0, 1.0, True), ("丙丁", 0.0, 1.0, False)]
    assert read([first, second]) == "国" * 5 + "一二三四五六七八九十百千甲乙丙丁" + "文" * 5


def test_a_note_over_three_lines_keeps_order_and_measure():
    text = "一二三四五六七八九十" * 8
    lines = lines_of(Text("国" * 4), note(text), Text("文" * 4), em=10)
    assert len(lines) >= 3
    assert read(lines, ("WT",)) == text
    for line in lines:
        assert all(row[2] <= 10 + 1e-6 for row in rows(line))
    whole = rows(lines[1])
    assert [row[:3] for row in whole] == [(whole[0][0], 0.0, 10.0), (whole[1][0], 0.0, 10.0)]
    assert len(whole[0][0]) == len(whole[1][0]) == 20


def test_a_line_with_little_room_leaves_the_note_to_the_next():
    content = Text("国" * 8), note("一二三四五六七八"), Text("文")
    for em in (9, 9.5, 10):
        lines = lines_of(*content, em=em)
        for line in lines:
            small = rows(line)
            if small and line.end < lines[-1].end:
                assert small[0][2] - small[0][1] >= 1.0  # two small em
    lines = lines_of(*content, em=9)
    assert not rows(lines[0])


@settings(max_examples=60, deadline=None)
@given(
    st.text("国字中文、。「」（）っー々abc 12", min_size=1, max_size=60),
    st.integers(0, 12),
    st.integers(6, 20),
    st.sampled_from(("ja", "zh-Hans", "zh-Hant", "ko")),
)
def test_nothing_is_lost_and_no_second_line_is_longer(text, before, em, lang):
    table = itemize((Text("国" * before), note(text)), TextStyle(size=SIZE), context(lang))
    lines = lines_of(Text("国" * before), note(text), Text("国" * 6), em=em, lang=lang)
    inner = "".join(thing.text[thing.index] for thing in table.objects.values())
    assert read(lines, ("WT",)) == inner
    assert inner in text
    for line in lines:
        small = rows(line)
        uppers = [row for row in small if row[3]]
        lowers = [row for row in small if not row[3]]
        if lowers:
            end = max(row[2] for row in uppers)
            visible = [row for row in lowers if row[0].strip()]
            assert not visible or visible[-1][2] <= end + 0.13


@settings(max_examples=40, deadline=None)
@given(
    st.text("国字中文、。」）", min_size=8, max_size=60),
    st.integers(0, 12),
    st.integers(8, 20),
)
def test_no_small_line_starts_with_a_mark(text, before, em):
    text = "国" + text
    lines = lines_of(Text("国" * before), note(text), Text("国" * 6), em=em)
    for line in lines:
        for row in rows(line):
            if row[0][0] in MARKS:
                # Only where there is no place for a line end at all.
                assert all(char in MARKS for char in text[1 : text.index(row[0])])


def test_a_full_line_stays_within_its_measure():
    for em in range(7, 16):
        for count in range(8):
            content = (
                Text("国" * count),
                note("一二三四五六七八九、十百千万「億」。"),
                Text("文" * 9),
            )
            for line in lines_of(*content, em=em):
                if line.overfull:
                    continue
                end = max(i.x + i.width for i in line.items if i.text.strip())
                assert end <= em * SIZE + SIZE / 2 + 0.01  # a closing mark's blank may hang out


def test_marks_inside_degrade_to_text_and_calls_of_notes_follow_it():
    content = Warichu(
        (
            Emphasis((Text("強"),)),
            Ruby((RubyPair("字", "じ"),)),
            Image("r", "図"),
            NoteRef("n1"),
            Text("終"),
        )
    )
    table = itemize((content,), TextStyle(size=SIZE), context("ja"))
    assert table.objects[1].text == "強字（じ）図終"
    assert [run.note for run in table.runs if run.note] == ["n1"]
    assert table.text == "（" + OBJECT * 7 + "）" + "1"


def test_lines_inside_a_note_are_spaced_out_to_the_measure():
    # Small lines of 9 1/2 characters' room hold nine: the rest goes between them.
    lines = lines_of(note("一二三四五六七八九十" * 8), em=4.75)
    for line in lines[1:-2]:
        upper, lower = rows(line)
        gap = line.items[0].spacing / SIZE
        assert upper[1] == lower[1] == 0.0
        assert upper[2] - gap == pytest.approx(4.75, abs=0.001)
        assert len(upper[0]) == len(lower[0]) == 9


def test_a_note_of_thousands_of_characters_is_set_in_linear_time():
    lines = lines_of(note("一二三四五六七八九十、" * 400), em=20)
    assert read(lines, ("WT",)) == "一二三四五六七八九十、" * 400
    assert not any(line.overfull for line in lines)
