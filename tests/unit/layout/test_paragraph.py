"""Properties that hold for lines of any paragraph."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.layout.breaks import BAN, break_penalties
from publisher.layout.itemize import itemize
from publisher.layout.profiles import profile_for
from publisher.layout.types import OBJECT, DotItem, PictureItem, PictureObject, RuleItem, TextItem
from publisher.theme.model import TextStyle
from publisher.tree.nodes import (
    Attr,
    Code,
    Emphasis,
    EmphasisDots,
    Image,
    LineBreak,
    Link,
    Mark,
    NoteRef,
    Ruby,
    RubyPair,
    Span,
    Strong,
    Text,
    Warichu,
)
from tests.tools.set_lines import SIZE, context, set_content, set_lines, typesetter

LANGUAGES = ("zh-Hans", "zh-Hant", "zh-HK", "ja", "ko", "en")
CJK = "国字中文排版，。、：；？！「」《》（）“”‘’…—·あっーア・々％￥"
MIXED = CJK + "abcXYZ0123456789 .,-/()?!'\"&#　한글텍스트\u200b\u00ad\u00a0"


def shown(line):
    """The text of a line as one reads or copies it, annotations left out."""
    return "".join(
        item.text if item.actual is None else item.actual
        for item in line.items
        if isinstance(item, TextItem) and item.tag != "RT"
    )


def read(lines):
    return "".join(map(shown, lines))


def length(line):
    """Where the last drawn thing of a line ends, em."""
    last = [i for i in line.items if isinstance(i, TextItem | PictureItem)][-1]
    return (last.x + last.width) / SIZE


@settings(max_examples=60, deadline=None)
@given(
    st.text(CJK, min_size=1, max_size=90),
    st.sampled_from(LANGUAGES),
    st.integers(5, 30),
    st.sampled_from((0.0, 2.0)),
)
def test_full_width_text_is_shown_once_and_in_order(text, lang, em, indent):
    lines = set_lines(text, em, lang, indent)
    assert read(lines) == text
    assert [line.start for line in lines[1:]] == [line.end for line in lines[:-1]]
    assert (lines[0].start, lines[-1].end) == (0, len(text))


@settings(max_examples=60, deadline=None)
@given(st.text(MIXED, min_size=1, max_size=90), st.sampled_from(LANGUAGES), st.integers(4, 30))
def test_any_text_is_shown_once_and_in_order(text, lang, em):
    lines = set_lines(text, em, lang)
    assert read(lines).replace("\u00ad", "") == text.replace("\u00ad", "")
    assert lines[-1].end == len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(CJK, min_size=1, max_size=90), st.sampled_from(LANGUAGES), st.integers(8, 30))
def test_no_ban_is_broken_where_lines_are_not_overfull(text, lang, em):
    penalties = break_penalties(text, profile_for(lang))
    lines = set_lines(text, em, lang)
    broken = [line.end for line in lines[:-1] if penalties[line.end] >= BAN]
    unbreakable = longest_unbreakable(penalties)
    assert not broken or unbreakable > em / 2


def longest_unbreakable(penalties):
    best = run = 0
    for value in penalties[1:]:
        run = run + 1 if value >= BAN else 0
        best = max(best, run + 1)
    return best


@settings(max_examples=60, deadline=None)
@given(st.text(CJK[:20] + "国字中文" * 8, min_size=20, max_size=120), st.integers(10, 30))
def test_justified_lines_are_exactly_as_long_as_the_measure(text, em):
    for line in set_lines(text, em)[:-1]:
        if line.overfull or (line.stage == 4 and line.amount == 0):
            continue
        trimmed = 0.5 if text[line.end - 1] in "，。、：；？！」》）”’" else 0.0
        assert length(line) - trimmed == pytest.approx(em, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.text("国字中文排版abc 12，。（）", min_size=30, max_size=120), st.integers(14, 30))
def test_justified_lines_with_latin_are_exactly_as_long_as_the_measure(text, em):
    penalties = break_penalties(text, profile_for("zh-Hans"))
    for line in set_lines(text, em)[:-1]:
        if line.overfull or (line.stage == 4 and line.amount == 0) or penalties[line.end] >= BAN:
            continue
        end = line.end
        while text[end - 1] == " ":
            end -= 1
        assert end_of(line, text, end) == pytest.approx(em, abs=1e-5)


def end_of(line, text, end):
    """Where the character before `end` ends, em, without the blank that a line end drops."""
    at = line.start
    for item in line.items:
        if at + len(item.text) >= end:
            assert len(item.text) == end - at or not item.text[end - at :].strip()
            kept = item.text[: end - at]
            blanks = len(item.text) - len(kept)
            width = item.width / SIZE - 0.25 * blanks
            return item.x / SIZE + width - (0.5 if text[end - 1] in "，。）" else 0.0)
        at += len(item.text)
    raise AssertionError(text)


@settings(max_examples=60, deadline=None)
@given(st.text(MIXED, min_size=5, max_size=120), st.integers(12, 30), st.sampled_from(LANGUAGES))
def test_no_line_reaches_over_its_measure_unless_it_says_so(text, em, lang):
    for line in set_lines(text, em, lang):
        if line.overfull:
            continue
        visible = [i for i in line.items if isinstance(i, TextItem) and i.text.strip(" 　\u200b")]
        if visible:
            last = visible[-1]
            tail = len(last.text) - len(last.text.rstrip(" 　"))
            end = (last.x + last.width) / SIZE - tail
            assert end <= em + 0.5 + 1e-6


inline_text = st.text(MIXED, min_size=1, max_size=12).map(Text)
leaves = st.one_of(
    inline_text,
    st.text("abc -_/.()", min_size=1, max_size=12).map(Code),
    st.just(Ruby((RubyPair("漢", "かん"), RubyPair("字", "じ")))),
    st.just(Ruby((RubyPair("東京", "とうきょう"),), "group")),
    st.just(NoteRef("n1")),
    st.just(LineBreak()),
)
inlines = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda c: Emphasis(tuple(c))),
        st.lists(inner, max_size=3).map(lambda c: Strong(tuple(c))),
        st.lists(inner, max_size=3).map(lambda c: EmphasisDots(tuple(c))),
        st.lists(inner, max_size=3).map(lambda c: Link(tuple(c), "https://example.org")),
        st.tuples(
            st.sampled_from(("proper-name", "book-title", "underline", "sup", "sub", "small")),
            st.lists(inner, max_size=3),
        ).map(lambda c: Mark(c[0], tuple(c[1]))),
        st.lists(inner, max_size=3).map(lambda c: Span(tuple(c), Attr(id="a1", lang="en"))),
    ),
    max_leaves=10,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(inlines, min_size=1, max_size=5).map(tuple), st.sampled_from(LANGUAGES))
def test_any_inlines_are_shown_once_and_in_order(content, lang):
    for align in ("justify", "center"):
        made = set_content(content, 14, lang, align=align)
        style = TextStyle(size=SIZE)
        table = itemize(content, style, context(lang))
        expected = ""
        for at, char in enumerate(table.text):
            thing = table.objects.get(at)
            if char != OBJECT or thing is None:
                expected += char
            else:
                expected += getattr(thing, "base", "")
        assert read(made.lines).replace("\u00ad", "") == expected.replace("\u00ad", "")


def test_a_note_is_told_by_the_line_of_its_call():
    content = (Text("国" * 8), NoteRef("n1"), Text("字" * 12), NoteRef("n2"))
    lines = set_content(content, 10).lines
    assert [line.notes for line in lines] == [("n1",), (), ("n2",)] or [
        line.notes for line in lines
    ] == [("n1",), ("n2",)]
    call = next(i for i in lines[0].items if i.text == "1")
    assert call.tag == "Note-call"
    assert call.size < SIZE
    assert call.dy > 0


def test_a_note_call_never_starts_a_line():
    for count in range(6, 14):
        lines = set_content((Text("国" * count), NoteRef("n1"), Text("字" * 9)), 10).lines
        assert all(not shown(line).startswith("1") for line in lines)


def test_an_anchor_stands_on_the_line_of_its_span():
    content = (Text("国" * 15), Span((Text("字"),), Attr(id="here")), Text("中" * 9))
    lines = set_content(content, 10).lines
    assert [line.anchors for line in lines] == [(), ("here",), ()]


def test_a_missing_character_shows_a_geta_and_is_named_once():
    setter = typesetter()
    style = TextStyle(size=SIZE)
    table = itemize((Text("国𠀀字𠀀"),), style, context())
    (line,) = setter.set_paragraph(table, style, 100, lang="zh-Hans").lines
    assert [i.text for i in line.items] == ["国", "〓", "字", "〓"]
    assert shown(line) == "国𠀀字𠀀"
    assert [m.text for m in setter.missing] == ["𠀀"]


def test_a_typed_space_at_a_line_end_stays_in_the_text():
    lines = set_lines("hello world foo bar", 6, "en")
    assert len(lines) > 1
    assert shown(lines[0]).endswith(" ")
    assert read(lines) == "hello world foo bar"


def test_a_word_wider_than_the_measure_breaks_anywhere():
    lines = set_lines("国" + "w" * 40, 8)
    assert read(lines) == "国" + "w" * 40
    assert len(lines) > 2
    assert not any(line.overfull for line in lines)


def test_dots_stand_below_han_in_chinese_and_above_in_japanese():
    for lang, sign in (("zh-Hans", -1), ("ja", 1)):
        lines = set_content((EmphasisDots((Text("重点，a"),)),), 20, lang).lines
        dots = [i for i in lines[0].items if isinstance(i, DotItem)]
        assert [round(d.x / SIZE, 3) for d in dots] == [0.5, 1.5]
        assert all(d.dy * sign > 0 for d in dots)


def test_lines_below_a_proper_name_are_shortened_and_follow_it():
    content = (Text("在"), Mark("proper-name", (Text("北京"),)), Text("城"))
    (line,) = set_content(content, 20).lines
    (rule,) = [i for i in line.items if isinstance(i, RuleItem)]
    assert SIZE < rule.x < 1.2 * SIZE
    assert 1.7 * SIZE < rule.width < 2 * SIZE


def test_a_picture_takes_its_place_in_the_line():
    content = (Text("国"), Image("r1", "a", width=20, height=30), Text("字"))
    (line,) = set_content(
        content, 20, picture=lambda node: PictureObject("r1", 20.0, 30.0, "a")
    ).lines
    (picture,) = [i for i in line.items if isinstance(i, PictureItem)]
    assert picture.x == pytest.approx(SIZE)
    assert line.ascent > 0.88 * SIZE
    assert line.items[-1].x == pytest.approx(SIZE + 20)


def test_warichu_is_two_small_lines_in_parentheses():
    (line,) = set_content((Text("本"), Warichu((Text("一二三四"),)), Text("文")), 20).lines
    small = [i for i in line.items if i.size < SIZE]
    assert [i.text for i in small] == ["一二", "三四"]
    assert small[0].x == small[1].x
    assert small[0].dy > small[1].dy
    assert shown(line) == "本一二三四文"


def test_centred_lines_are_centred():
    (line,) = set_lines("国国国国", 10, align="center")
    assert line.items[0].x == pytest.approx(3 * SIZE)


def test_a_heading_of_two_lines_is_balanced():
    style = TextStyle(size=SIZE, align="center", keep_with_next=True)
    table = itemize((Text("国" * 12),), style, context())
    lines = typesetter().set_paragraph(table, style, 100, lang="zh-Hans").lines
    assert [line.end - line.start for line in lines] == [6, 6]


@pytest.mark.parametrize("text", ["7", "1024", "0123456789"])
def test_a_number_is_set_as_any_text_would_be(text):
    style = TextStyle(size=SIZE, family="sans", color="#123456")
    setter = typesetter()
    quick = setter.line_of(text, style, "zh-Hans")
    setter._figures = lambda *given: None
    general = setter.line_of(text, style, "zh-Hans")
    assert quick.items == (general.items[0]._replace(width=pytest.approx(quick.items[0].width)),)
    assert (quick.end, quick.ascent, quick.descent) == (
        general.end,
        general.ascent,
        general.descent,
    )


def test_an_endless_word_is_shaped_in_linear_time(monkeypatch):
    setter, shaped = typesetter(), []
    shape = setter._shaper.glyphs

    def counted(face, text, lang, **how):
        shaped.append(len(text))
        return shape(face, text, lang, **how)

    monkeypatch.setattr(setter._shaper, "glyphs", counted)
    word = "abcdefgh" * 250
    table = itemize((Text(word),), TextStyle(size=SIZE), context())
    style = TextStyle(size=SIZE)
    lines = setter.set_paragraph(table, style, 20 * SIZE, lang="zh-Hans").lines
    assert "".join(word[line.start : line.end] for line in lines) == word
    assert sum(shaped) < 60 * len(word)


def test_a_space_of_code_ends_no_line():
    first, second = set_content((Text("国国国国国"), Code("abcdef ij"), Text("国国")), 8).lines
    code = first.items[-1]
    assert (code.text, second.items[0].text) == ("abcdef ", "ij")
    letter = code.width / 6.5  # the test font's space is half as wide as its letters
    assert code.x + 6 * letter == pytest.approx(8 * SIZE)


def test_code_that_ends_with_a_sign_takes_the_gap_too():
    (line,) = set_content(
        (Text("国"), Code("(a)"), Text("国。"), Code("(b)"), Text("，")), 28
    ).lines
    first, code, after, other, comma = line.items
    assert code.x - first.width == pytest.approx(0.25 * SIZE)
    assert after.x - code.x - code.width == pytest.approx(0.25 * SIZE)
    assert other.x - after.x - after.width == pytest.approx(0.0)
    assert comma.x - other.x - other.width == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("text", "after", "places"),
    [("国”", "国", (15.0, 20.0)), ("国。", "国", (15.0, 20.0)), ("国”", "，", (15.0, 18.0)),
     ("国", "国", (10.0, 13.0))],
)  # fmt: skip
def test_a_note_call_stands_in_the_blank_of_a_mark(text, after, places):
    (line,) = set_content((Text(text), NoteRef("n1"), Text(after)), 28).lines
    assert [item.x for item in line.items[1:]] == pytest.approx(places)


@pytest.mark.parametrize("text", ["国", "国。", "国abc"])
def test_note_calls_side_by_side_are_parted(text):
    """1 and 2 are not 12."""
    (line,) = set_content((Text(text), NoteRef("n1"), NoteRef("n2"), Text("国国")), 28).lines
    first, second, after = line.items[-3:]
    gap = second.x - first.x - first.width
    assert (first.text, second.text) == ("1", "2")
    assert gap == pytest.approx(0.25 * second.size)
    assert after.x >= second.x + second.width - 1e-6


def test_a_note_call_is_parted_from_an_exponent():
    (line,) = set_content((Text("x"), Mark("sup", (Text("2"),)), NoteRef("n1")), 28).lines
    exponent, call = line.items[-2:]
    assert call.x - exponent.x - exponent.width == pytest.approx(0.25 * call.size)


def test_note_calls_in_a_blank_stand_there_together():
    """What is left of the blank comes behind the last of them."""
    (line,) = set_content((Text("国。"), NoteRef("n1"), NoteRef("n2"), Text("国")), 28).lines
    first, second = line.items[1:3]
    assert first.x == pytest.approx(1.5 * SIZE)
    assert second.x + second.width < 2.5 * SIZE


def test_a_note_call_in_a_blank_ends_a_line():
    first, _ = set_content((Text("国国国国。"), NoteRef("n1"), Text("国国")), 5, "ja").lines
    assert shown(first) == "国国国国。1"
    assert length(first) == pytest.approx(5.0)  # what is left of the blank is dropped


def test_a_japanese_colon_shrinks_on_both_sides_a_chinese_one_behind_it():
    """In one paragraph, each by the language of its run."""
    japanese = Span((Text("国：国"),), Attr(lang="ja"))
    content = (Text("国：国国"), japanese, Text("国国国。国国国ab"))
    first, *_ = set_content(content, 10, "zh-Hans").lines
    assert read([first]) == "国：国国国：国国国国。"
    places = [item.x for item in first.items if item.text != "国："]
    # Each gives a quarter of an em: before and behind the colon, or behind it only.
    assert places == pytest.approx([17.5, 37.5, 46.25, 55.0, 65.0])


def test_hanja_are_not_spread_where_words_are():
    first, _ = set_content((Text("한국 漢字語를 쓰는 한국"),), 7, "ko").lines
    places = [item.x for item in first.items]
    assert read([first]) == "한국 漢字語를 "
    assert [item.text for item in first.items] == ["한국 ", "漢字語를 "]
    assert places[1] + 4 * SIZE == pytest.approx(7 * SIZE)


def test_long_code_is_parted_behind_its_signs_rather_than_lines_spread():
    content = (Text("国国国国"), Code("git@example.org:water/leak.git"), Text("国" * 9))
    lines = set_content(content, 12).lines
    assert shown(lines[0]) == "国国国国git@example.org:"
    short = (Text("国国国国国国国"), Code("leak.git"), Text("国国"))
    assert shown(set_content(short, 9).lines[1]).startswith("leak.git")


def test_an_address_ends_short_rather_than_the_characters_before_it_are_spread():
    content = (Text("国国国国国国国https://aaaaaa.bbb/ccccccccc/ddddddddddddd/eeeee"),)
    lines = set_content(content, 12).lines
    assert [shown(line) for line in lines[:2]] == [
        "国国国国国国国https://",
        "aaaaaa.bbb/ccccccccc/",
    ]
