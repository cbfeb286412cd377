"""Bopomofo at the right of each character (CLREQ 3.3.5); places in em of the character.

The built-in fonts are used, because the tones are placed by their ink.
"""

import pytest

from publisher.layout.bopomofo import is_syllable, syllables
from publisher.layout.itemize import InlineContext, itemize
from publisher.layout.paragraph import Typesetter
from publisher.layout.types import TextItem
from publisher.theme.model import TextStyle
from publisher.tree.nodes import Ruby, RubyPair, Text
from tests.tools.built_in_fonts import built_in_set
from tests.tools.set_lines import SIZE, replaced, set_marked, sheet


def zhuyin(*pairs):
    return Ruby(tuple(RubyPair(*pair) for pair in pairs), "mono", "zhuyin")


def lines_of(*content, em=40, vertical=False, **inline):
    theme = replaced(sheet("zh-Hant"), vertical=vertical, **inline)
    style = TextStyle(size=SIZE, leading=17.0)
    table = itemize(content, style, InlineContext(theme, "zh-Hant", str, str, lambda _: None))
    setter = Typesetter(theme, built_in_set("zh-Hant"))
    return setter.set_paragraph(table, style, em * SIZE, lang="zh-Hant").lines


def signs(line):
    return [i for i in line.items if isinstance(i, TextItem) and i.tag == "RT"]


def cells(line, *, vertical=False):
    """The middle of each sign's em box: right of the base's right edge, and down from its head."""
    base = line.items[0]
    found = []
    for item in signs(line):
        if vertical:
            right = (item.dy + 0.38 * item.size - 0.88 * SIZE) / SIZE
            down = (item.x - base.x + item.size / 2) / SIZE
        else:
            right = (item.x + item.size / 2 - base.x - SIZE) / SIZE
            down = (0.88 * SIZE - item.dy - 0.38 * item.size) / SIZE
        found.append((item.text, round(right, 3), round(down, 3)))
    return found


def ink(item):
    """The middle of a sign's ink in horizontal text: from the line's start and its baseline."""
    left, bottom, right, top = item.face.ink(item.face.gid(item.text))
    unit = item.size / 2000
    return (item.x + (left + right) * unit) / SIZE, (item.dy + (bottom + top) * unit) / SIZE


@pytest.mark.parametrize("vertical", [False, True])
def test_up_to_three_symbols_stand_below_one_another_about_the_middle(vertical):
    (line,) = lines_of(zhuyin(("雙", "ㄕㄨㄤ")), vertical=vertical)
    assert {item.size for item in signs(line)} == {0.3 * SIZE}
    made = cells(line, vertical=vertical)
    assert made == [("ㄕ", 0.17, 0.2), ("ㄨ", 0.17, 0.5), ("ㄤ", 0.17, 0.8)]
    (line,) = lines_of(zhuyin(("音", "ㄧㄣ")), vertical=vertical)
    assert cells(line, vertical=vertical) == [("ㄧ", 0.17, 0.35), ("ㄣ", 0.17, 0.65)]
    (line,) = lines_of(zhuyin(("一", "ㄧ")), vertical=vertical)
    assert cells(line, vertical=vertical) == [("ㄧ", 0.17, 0.5)]


def test_the_tone_stands_outside_at_the_upper_right_of_the_last_symbol():
    for tone in "ˊˇˋ":
        (line,) = lines_of(zhuyin(("國", "ㄍㄨㄛ" + tone)))
        last, mark = signs(line)[2:]
        x, y = ink(mark)
        assert x == pytest.approx(1 + (0.02 + 0.3 + 0.5) / 2)
        head = (last.dy + 0.88 * last.size) / SIZE
        assert head - 0.08 < y < head
        left = mark.face.ink(mark.face.gid(tone))[0] / 1000
        assert (mark.x + left * mark.size) / SIZE > 1.32 - 0.02


def test_the_neutral_tone_stands_over_the_first_symbol_wherever_it_is_written():
    for reading in ("˙ㄇㄣ", "ㄇㄣ˙"):
        (line,) = lines_of(zhuyin(("們", reading)))
        assert "".join(item.text for item in signs(line)) == reading
        dot = next(item for item in signs(line) if item.text == "˙")
        x, y = ink(dot)
        assert x == pytest.approx(1.17)
        assert y == pytest.approx(0.88 - 0.2)
        symbols = [cell for cell in cells(line) if cell[0] != "˙"]
        assert symbols == [("ㄇ", 0.17, 0.4), ("ㄣ", 0.17, 0.7)]


def test_a_character_with_bopomofo_is_half_an_em_wider_in_horizontal_text_only():
    content = zhuyin(("注", "ㄓㄨˋ"), ("音", "ㄧㄣ")), Text("字")
    (line,) = lines_of(*content)
    assert [i.x / SIZE for i in line.items if i.tag != "RT"] == [0.0, 1.5, 3.0]
    assert line.ascent == pytest.approx(0.88 * SIZE)
    (column,) = lines_of(*content, vertical=True)
    assert [i.x / SIZE for i in column.items if i.tag != "RT"] == [0.0, 1.0, 2.0]
    assert column.ascent == pytest.approx(1.38 * SIZE)


def test_characters_of_a_primer_keep_one_pitch():
    content = zhuyin(("注", "ㄓㄨˋ")), Text("，（字）"), zhuyin(("音", "ㄧㄣ"))
    (line,) = lines_of(*content, zhuyin_pitch=True)
    bases = [i for i in line.items if i.tag == "RB"]
    assert (bases[1].x - bases[0].x) / SIZE == pytest.approx(5 * 1.5)
    (plain,) = lines_of(Text("，（字）"), zhuyin_pitch=True)
    assert plain.items[0].moves  # compressed as ever where nothing is annotated


def test_no_line_begins_with_bopomofo():
    word = zhuyin(*[("字", "ㄗˋ")] * 9)
    for line in lines_of(word, em=4):
        assert line.items[0].tag == "RB"
        assert sum(item.tag == "RB" for item in line.items) == line.end - line.start


def test_a_reading_of_several_syllables_is_given_to_its_characters():
    assert syllables("ㄓㄨㄥㄍㄨㄛˊ") == ["ㄓㄨㄥ", "ㄍㄨㄛˊ"]
    assert syllables("ㄅㄚˋ ˙ㄅㄚ") == ["ㄅㄚˋ", "˙ㄅㄚ"]
    assert syllables("ㄒㄧㄢㄕㄥ") == ["ㄒㄧㄢ", "ㄕㄥ"]
    (line,) = lines_of(zhuyin(("中國", "ㄓㄨㄥㄍㄨㄛˊ")))
    shown = "".join(item.text for item in line.items)
    assert shown == "中ㄓㄨㄥ國ㄍㄨㄛˊ"


def test_a_reading_that_fits_no_character_stands_over_the_word():
    (line,) = lines_of(zhuyin(("大家好", "ㄉㄚˋㄐㄧㄚ")))
    assert [item.text for item in line.items if item.tag == "RB"] == ["大家好"]
    assert "".join(item.text for item in signs(line)) == "ㄉㄚˋㄐㄧㄚ"
    assert all(item.dy > 0.88 * SIZE for item in signs(line))


def test_more_than_three_symbols_and_what_is_no_bopomofo_lose_nothing():
    (line,) = lines_of(zhuyin(("哪", "ㄋㄚˇㄦㄦㄦ")))
    assert "".join(item.text for item in signs(line)) == "ㄋㄚˇㄦㄦㄦ"
    heads = [0.88 * SIZE - item.dy for item in signs(line) if item.text != "ˇ"]
    assert max(heads) < 1.1 * SIZE
    assert not is_syllable("abc")
    (line,) = set_marked(zhuyin(("字", "tsu")), lang="zh-Hant")
    assert "".join(item.text for item in signs(line)) == "tsu"
