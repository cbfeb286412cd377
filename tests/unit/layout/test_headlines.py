"""Titles of several lines."""

from itertools import pairwise

from publisher.layout.headlines import title_lines
from publisher.layout.linebreak import Params, Widths
from publisher.layout.measure import QUARTERS, measure_simple
from publisher.layout.profiles import profile_for
from publisher.text.phrases import phrase_edges

RAGGED = Params(justify=False)


def lines_of(text: str, em: float, lang: str = "zh-Hans", edges: dict[int, int] | None = None):
    measured = measure_simple(text, profile_for(lang))
    room = em * QUARTERS
    found = phrase_edges(text, lang) if edges is None else edges
    lines = title_lines(measured, (0, len(text)), Widths(room, room), RAGGED, found)
    assert [a.end for a in lines[:-1]] == [b.start for b in lines[1:]]
    return [text[line.start : line.end] for line in lines]


def test_lines_are_even():
    assert lines_of("国" * 14, 10, edges={}) == ["国" * 7, "国" * 7]


def test_words_are_not_cut():
    text = "国务院关于加强数字政府建设的指导意见"
    lines = lines_of(text, 12)
    assert "".join(lines) == text
    cuts = [len("".join(lines[: n + 1])) for n in range(len(lines) - 1)]
    assert set(cuts) <= set(phrase_edges(text, "zh-Hans"))


def test_a_stop_is_the_best_place():
    assert lines_of("老报馆的夏天：排字房里的三代人", 10) == ["老报馆的夏天：", "排字房里的三代人"]


def test_no_stub_is_left_over():
    lines = lines_of("国" * 11, 10, edges={10: 2})
    assert len(lines[-1]) >= 4


def test_one_line_more_rather_than_a_cut_word():
    # Three words of seven on lines of ten: two lines would cut one.
    assert lines_of("国" * 20, 10, edges={7: 1, 14: 1}) == ["国" * 7, "国" * 7, "国" * 6]


def test_the_spaces_of_a_chapter_title_are_its_best_breaks():
    from tests.tools.set_lines import set_lines

    text = "第一回　甄士隐梦幻识通灵　贾雨村风尘怀闺秀"
    lines = set_lines(text, 18, align="center")
    # The space at the break is dropped, so that the line stands in the middle.
    assert [text[line.start : line.end].strip() for line in lines] == [
        "第一回　甄士隐梦幻识通灵",
        "贾雨村风尘怀闺秀",
    ]


def test_a_space_is_better_than_a_word_end_in_the_middle():
    from tests.tools.set_lines import set_lines

    text = "第三十四回　情中情因情感妹妹　错里错以错劝哥哥"
    first, second = set_lines(text, 19, align="center")
    assert text[first.start : first.end].strip() == "第三十四回　情中情因情感妹妹"
    assert text[second.start : second.end] == "错里错以错劝哥哥"


def test_kinsoku_holds_whatever_the_phrases_say():
    text = "国国国国国国国国，国国国国国国国国"
    lines = lines_of(text, 10, edges={8: 2})
    assert all(not line.startswith("，") for line in lines)


def test_a_very_long_title_is_set_like_text():
    lines = lines_of("国" * 700, 10)
    assert all(len(a) >= len(b) for a, b in pairwise(lines))
