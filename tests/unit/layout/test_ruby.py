"""Ruby by the rules of JLREQ 3.3 and CLREQ 3.3; places in em of the base character."""

import pytest

from publisher.layout.types import OBJECT, TextItem
from publisher.tree.nodes import EmphasisDots, Mark, Ruby, RubyPair, Text
from tests.tools.set_lines import SIZE, set_marked


def ruby(*pairs, kind="mono", role="furigana"):
    return Ruby(tuple(RubyPair(*pair) for pair in pairs), kind, role)


def line_of(*content, **more):
    (line,) = set_marked(*content, **more)
    return line


def parts(line, tag=""):
    return [i for i in line.items if isinstance(i, TextItem) and i.tag == tag]


def places(line, tag=""):
    """(text, start, extra after each character) of the pieces with a tag."""
    return [(i.text, round(i.x / SIZE, 3), round(i.spacing / SIZE, 3)) for i in parts(line, tag)]


def starts(line, tag=""):
    return [start for _, start, _ in places(line, tag)]


KOKORO = ("志", "こころざし")  # five kana: an annotation of 2.5 em over one


# ------------------------------------------------------------------------------------- mono


def test_short_ruby_is_centred_over_its_base():
    line = line_of(Text("国"), ruby(("木", "き")), Text("国"))
    (base,), (note,) = parts(line, "RB"), parts(line, "RT")
    assert (base.text, base.x, note.size) == ("木", SIZE, SIZE / 2)
    assert starts(line, "RT") == [1.25]
    assert starts(line)[-1] == 2


def test_ruby_stands_close_over_the_em_box_of_its_base():
    note = parts(line_of(ruby(("木", "き"))), "RT")[0]
    assert note.dy - 0.12 * note.size == pytest.approx(0.9 * SIZE)


def test_ruby_fits_in_the_line_gap_of_running_text():
    line = line_of(ruby(("木", "き")))
    assert line.ascent <= (0.88 + 0.7) * SIZE
    assert line.descent == pytest.approx(0.12 * SIZE)


def test_base_and_annotation_follow_one_another():
    line = line_of(ruby(("漢", "かん"), ("字", "じ")), ruby_compounds=False)
    assert [i.tag for i in line.items] == ["RB", "RT", "RB", "RT"]


def test_readings_of_one_japanese_word_are_a_compound():
    word = ruby(("職", "しょく"), ("人", "にん"))
    line = line_of(word)
    assert [(i.text, i.tag) for i in line.items] == [("職人", "RB"), ("しょくにん", "RT")]
    apart = line_of(word, ruby_compounds=False)
    assert [i.text for i in apart.items] == ["職", "しょく", "人", "にん"]
    gloss = line_of(ruby(("职", "zhí"), ("人", "rén"), role="pinyin"), lang="zh-Hans")
    assert len(parts(gloss, "RB")) == 2


def test_lines_break_between_the_characters_of_mono_ruby_and_not_before_marks():
    content = ruby(*[("字", "じ")] * 5), Text("、")
    lines = set_marked(*content, em=4)
    assert [line.end for line in lines] == [3, 6] or [line.end for line in lines] == [4, 6]
    assert all(parts(line, "RB") for line in lines)


@pytest.mark.parametrize("mark", ["：", "；", "、", "ー", "っ", "々", "・"])
def test_no_line_begins_with_a_mark_behind_ruby(mark):
    content = Text("字字字"), ruby(("云", "うん")), Text(f"{mark}字字字")
    kept = [line.end for line in set_marked(*content, em=4)]
    plain = [line.end for line in set_marked(Text(f"字字字云{mark}字字字"), em=4)]
    assert 4 not in kept
    assert kept == plain


def test_one_kana_may_stand_at_the_head_of_its_base_in_vertical_text():
    for align, start in (("center", 0.25), ("start", 0.0)):
        line = line_of(ruby(("木", "き")), vertical=True, ruby_align=align)
        assert starts(line, "RT") == [start]
    horizontal = line_of(ruby(("木", "き")), ruby_align="start")
    assert starts(horizontal, "RT") == [0.25]


# --------------------------------------------------------------------------------- overhang


@pytest.mark.parametrize(
    ("before", "after", "base", "next_"),
    [
        ("国", "国", 1.75, 3.5),  # Han: none, the base is in the middle of 2.5 em
        ("の", "を", 1.25, 2.5),  # hiragana: 1 ruby em on both sides
        ("っ", "ー", 1.25, 2.5),  # small kana and the long mark
        ("カ", "ナ", 1.75, 3.5),  # katakana: none
        ("、", "（", 1.25, 2.5),  # the blanks of marks, half an em each
        ("。", "「", 1.25, 2.5),
        ("」", "『", 1.25, 2.5),
        ("（", "、", 1.75, 3.5),  # their bodies: none
        ("・", "・", 1.5, 3.0),  # a quarter on each side of a middle dot
        ("の", "国", 1.25, 3.0),  # one side only: the annotation stays over the middle
        ("ｘ", "国", 1.75, 3.5),
    ],
)
def test_long_ruby_hangs_over_kana_and_blanks_only(before, after, base, next_):
    line = line_of(Text("国" + before), ruby(KOKORO), Text(after + "国"))
    assert starts(line, "RB") == [base + 1]
    behind = next(i for i in parts(line) if i.x > parts(line, "RB")[0].x)
    shown = behind.x / SIZE + 0.0
    assert shown == pytest.approx(next_ + 1)


def test_ruby_hangs_over_han_when_the_theme_says_so():
    line = line_of(Text("国"), ruby(KOKORO), Text("国"), ruby_over_han=0.5)
    assert starts(line, "RB") == [1.5]
    assert starts(line)[-1] == 3.0


def test_ruby_does_not_hang_over_a_blank_that_is_gone():
    # The comma loses its blank before the closing bracket; the bracket has one itself.
    line = line_of(Text("（国、）"), ruby(KOKORO), Text("国"))
    assert parts(line, "RB")[0].x / SIZE == pytest.approx(0.5 + 1 + 0.5 + 1 - 0.5 + 0.75)
    squeezed = line_of(Text("国"), ruby(KOKORO), Text("（「国"))
    behind = next(i for i in parts(squeezed) if "（" in i.text)
    assert behind.x / SIZE == pytest.approx(3.5 - 0.5)


def test_a_blank_that_ruby_hangs_over_is_not_squeezed():
    # 10.5 em natural with ruby over the blank of the bracket; nothing else can give way.
    text = Text("国" * 6), ruby(KOKORO), Text("（国" + "字" * 9)
    for em in (9.5, 10, 11):
        for line in set_marked(*text, em=em):
            notes, marks = parts(line, "RT"), [i for i in parts(line) if "（" in i.text]
            for note in notes:
                for mark in marks:
                    body = mark.x + mark.text.index("（") * SIZE + SIZE / 2
                    assert body > note.x + note.width - 0.01 or body < note.x


def test_two_rubies_share_the_kana_between_them_and_never_meet():
    line = line_of(Text("の"), ruby(KOKORO), Text("の"), ruby(KOKORO), Text("の"))
    first, second = parts(line, "RT")
    assert first.x + first.width <= second.x + 1e-6
    small = line_of(ruby(KOKORO), Mark("small", (Text("の"),)), ruby(KOKORO))
    first, second = parts(small, "RT")  # 0.85 em of kana for half an em from either side
    assert first.x + first.width == pytest.approx(second.x)
    beside = line_of(ruby(KOKORO), ruby(KOKORO))
    first, second = parts(beside, "RT")
    assert first.x + first.width == pytest.approx(second.x)


def test_ruby_stands_flush_with_the_edges_of_a_line():
    line = line_of(ruby(KOKORO), Text("を"))
    assert starts(line, "RT") == [0.0]
    assert starts(line)[-1] == 2.0
    lines = set_marked(Text("国" * 7 + "の"), ruby(KOKORO), Text("を" * 6), em=10)
    note = parts(lines[0], "RT")[0]
    assert (note.x + note.width) / SIZE == pytest.approx(10)
    assert lines[1].start == 9


def test_ruby_does_not_hang_over_emphasis_dots():
    line = line_of(EmphasisDots((Text("の"),)), ruby(KOKORO), Text("国"))
    assert starts(line, "RB") == [1.75]


# ------------------------------------------------------------------------------------ group


def test_group_ruby_is_spread_one_two_one():
    # Three em of base, two and a half of ruby: 1/10 em at the ends, 2/10 between.
    line = line_of(ruby(("境界面", "かいめんに"), kind="group"))
    assert places(line, "RT") == [("かいめんに", 0.05, 0.1)]
    assert places(line, "RB") == [("境界面", 0.0, 0.0)]


def test_the_ends_of_a_short_group_ruby_are_at_most_one_ruby_character():
    line = line_of(ruby(("境界面", "まく"), kind="group"))
    assert places(line, "RT") == [("まく", 0.5, 1.0)]


def test_a_group_with_long_ruby_spreads_its_base():
    line = line_of(Text("国"), ruby(("山川", "やまかわのみち"), kind="group"), Text("国"))
    assert places(line, "RB") == [("山川", 1 + 0.375, 0.75)]
    assert places(line, "RT") == [("やまかわのみち", 1.0, 0.0)]


def test_a_group_beside_kana_hangs_over_it_and_is_spread_less():
    line = line_of(Text("の"), ruby(("山川", "やまかわの"), kind="group"), Text("に"))
    assert places(line, "RT") == [("やまかわの", 0.75, 0.0)]
    assert places(line, "RB") == [("山川", 1.0, 0.0)]
    one = line_of(Text("の"), ruby(("山川", "やまかわのみち"), kind="group"), Text("国"))
    # 3.5 em of ruby, half an em over the kana: the base has 3 em.
    assert places(one, "RB") == [("山川", 1.25, 0.5)]


def test_a_group_is_never_broken_and_latin_is_never_spread():
    lines = set_marked(Text("国" * 3), ruby(("境界面", "まく"), kind="group"), em=4)
    assert [line.end for line in lines] == [3, 4]
    line = line_of(Text("国"), ruby(("本", "book shelf")), Text("国"))
    assert places(line, "RT")[0][2] == 0.0
    base = line_of(ruby(("HTML", "エイチティーエムエル"), kind="group"))
    assert places(base, "RB") == [("HTML", 1.5, 0.0)]


# ---------------------------------------------------------------------------------- jukugo


JUYO = (("重", "じゅう"), ("要", "よう"))  # 2.5 em over 2


def test_a_compound_of_short_readings_is_set_character_by_character():
    line = line_of(ruby(("鬼", "き"), ("門", "もん"), kind="jukugo"))
    assert places(line, "RT") == [("き", 0.25, 0.0), ("もん", 1.0, 0.0)]
    assert [i.tag for i in line.items] == ["RB", "RB", "RT", "RT"]


def test_a_compound_with_a_long_reading_is_set_as_a_group_on_one_line():
    line = line_of(Text("国"), ruby(*JUYO, kind="jukugo"), Text("国"))
    assert places(line, "RT") == [("じゅうよう", 1.0, 0.0)]
    assert places(line, "RB") == [("重要", 1.125, 0.25)]
    assert starts(line)[-1] == 3.5
    hung = line_of(Text("の"), ruby(*JUYO, kind="jukugo"), Text("な"))
    assert places(hung, "RB") == [("重要", 1.0, 0.0)]
    assert places(hung, "RT") == [("じゅうよう", 0.75, 0.0)]
    assert starts(hung)[-1] == 3.0


def test_a_broken_compound_keeps_each_reading_with_its_character():
    lines = set_marked(Text("国" * 3), ruby(*JUYO, kind="jukugo"), Text("国" * 4), em=4.5)
    assert [line.end for line in lines][:1] == [4]
    assert places(lines[0], "RB") == [("重", 3.25, 0.0)]
    assert places(lines[0], "RT") == [("じゅう", 3.0, 0.0)]
    assert places(lines[1], "RB")[0] == ("要", 0.0, 0.0)
    assert places(lines[1], "RT")[0] == ("よう", 0.0, 0.0)
    assert starts(lines[1])[0] == pytest.approx(1 + 0.5 / 3, abs=0.001)  # stretched


def test_a_broken_compound_beside_kana_keeps_its_distance():
    # The whole would hang over の by half an em; the first character alone does so by a quarter.
    word = (("重", "じゅう"), ("要要", "ようようようよう"))
    lines = set_marked(Text("国国の"), ruby(*word, kind="jukugo"), Text("な" * 6), em=4.25)
    assert lines[0].end == 4
    assert places(lines[0], "RB") == [("重", 3.0, 0.0)]
    assert places(lines[0], "RT") == [("じゅう", 2.75, 0.0)]


def test_readings_missing_in_a_compound_part_it():
    line = line_of(ruby(("漢", "かん"), ("々", ""), ("字", "じ"), kind="jukugo"))
    assert [i.text for i in line.items] == ["漢", "かん", "々", "字", "じ"]
    assert starts(line, "RB") == [0.0, 2.0]


def test_no_line_is_longer_than_its_measure_wherever_a_compound_breaks():
    word = ruby(("承", "うけたまわ"), ("知", "ち"), ("致", "いた"), kind="jukugo")
    for em in range(4, 16):
        for before in range(6):
            for line in set_marked(Text("の" * before), word, Text("国の" * 4), word, em=em):
                if not line.overfull:
                    assert max(i.x + i.width - i.spacing for i in line.items) <= em * SIZE + 0.01


# ----------------------------------------------------------------------------------- pinyin


def pinyin(*pairs, kind="mono"):
    return ruby(*pairs, kind=kind, role="pinyin")


def test_pinyin_is_a_quarter_em_apart_at_least():
    # chuang: six letters of a quarter em; the quarter of a pinyin em between is 1/8 em.
    line = line_of(pinyin(("床", "chuang"), ("窗", "chuang")), lang="zh-Hans")
    first, second = parts(line, "RT")
    assert first.width == pytest.approx(1.5 * SIZE)
    assert (second.x - first.x - first.width) / SIZE == pytest.approx(0.125)
    assert starts(line, "RB") == [0.25, 1.875]


def test_short_pinyin_does_not_move_its_base_and_each_is_centred():
    line = line_of(pinyin(("一", "yi"), ("不", "bu")), Text("字"), lang="zh-Hans")
    assert starts(line, "RB") == [0.0, 1.0]
    assert starts(line, "RT") == [0.25, 1.25]
    assert starts(line)[-1] == 2.0


def test_pinyin_stands_over_no_mark_and_no_neighbour():
    line = line_of(Text("字，"), pinyin(("床", "chuang")), Text("字"), lang="zh-Hans")
    assert starts(line, "RT") == [2.0]
    assert starts(line)[-1] == 3.5


def test_words_of_pinyin_are_half_an_em_apart():
    words = pinyin(("中国", "Zhonggu"), kind="group"), pinyin(("人民", "renminmi"), kind="group")
    first, second = parts(line_of(*words, lang="zh-Hans"), "RT")
    # 1.75 em over two: 1/8 em is free on its right; 1/4 em is asked for.
    assert (second.x - first.x - first.width) / SIZE == pytest.approx(0.25)
    assert first.spacing == 0.0


def test_pinyin_is_set_in_the_sans_face_of_latin():
    (note,) = parts(line_of(pinyin(("床", "chuang")), lang="zh-Hans"), "RT")
    assert note.face.id == "Square-sans-latin-400:0"


def test_pinyin_is_turned_in_vertical_text_and_kana_is_not():
    (note,) = parts(line_of(pinyin(("床", "chuang")), lang="zh-Hans", vertical=True), "RT")
    assert note.rotated
    (note,) = parts(line_of(ruby(("木", "き")), vertical=True), "RT")
    assert not note.rotated
    assert note.width == pytest.approx(SIZE / 2)


def test_the_text_of_a_line_holds_an_object_for_each_part():
    from publisher.layout.itemize import itemize
    from publisher.theme.model import TextStyle
    from tests.tools.set_lines import context

    table = itemize((ruby(*JUYO, kind="jukugo"),), TextStyle(size=SIZE), context("ja"))
    assert table.text == OBJECT * 2
    assert [table.objects[at].index for at in (0, 1)] == [0, 1]
