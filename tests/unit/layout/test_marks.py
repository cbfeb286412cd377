"""Emphasis dots and lines along the text (CLREQ 3.4, JLREQ 3.3.9); places in em."""

from itertools import pairwise

import pytest

from publisher.layout.types import DotItem, PictureObject, RuleItem, TextItem, WaveItem
from publisher.tree.nodes import (
    Attr,
    Code,
    EmphasisDots,
    Link,
    Mark,
    Ruby,
    RubyPair,
    Span,
    Strong,
    Text,
    Warichu,
)
from tests.tools.drawn import LEADING, paged
from tests.tools.set_lines import SIZE, set_content, set_marked

HEAD, FOOT = 0.88, -0.12  # edges of the em box over the baseline


def lines_of(*content, lang="zh-Hans", em=40, **more):
    return set_marked(*content, lang=lang, em=em, **more)


def line_of(*content, **more):
    (line,) = lines_of(*content, **more)
    return line


def kind(line, wanted):
    return [item for item in line.items if isinstance(item, wanted)]


def rules(line):
    """(start, end, foot, thickness) of each straight line."""
    return [
        tuple(round(v / SIZE, 3) for v in (i.x, i.x + i.width, i.dy, i.height))
        for i in kind(line, RuleItem)
    ]


def dots(line):
    return [round(d.x / SIZE, 3) for d in kind(line, DotItem)]


def dotted(text, mark="dot", lang=""):
    inner = (Span((Text(text),), Attr(lang=lang)),) if lang else (Text(text),)
    return EmphasisDots(inner, mark)


def name(*content):
    return Mark("proper-name", tuple(Text(c) if isinstance(c, str) else c for c in content))


def title(*content):
    return Mark("book-title", tuple(Text(c) if isinstance(c, str) else c for c in content))


# ------------------------------------------------------------------------------------- dots


@pytest.mark.parametrize(
    ("lang", "vertical", "over"),
    [
        ("zh-Hans", False, False),
        ("zh-Hant", False, False),
        ("ja", False, True),
        ("ko", False, True),
        ("zh-Hans", True, True),
        ("zh-Hant", True, True),
        ("ja", True, True),
        ("ko", True, True),
    ],
)
def test_dots_stand_on_the_side_of_the_language_and_direction(lang, vertical, over):
    line = line_of(dotted("字"), lang=lang, vertical=vertical)
    (dot,) = kind(line, DotItem)
    edge = HEAD if over else FOOT
    clear = dot.dy / SIZE - edge if over else edge - dot.dy / SIZE
    assert clear == pytest.approx(0.08 + dot.radius / SIZE)
    assert dot.dy + dot.radius < (HEAD + 0.5) * SIZE
    assert dot.dy - dot.radius > (FOOT - 0.5) * SIZE


def test_the_side_follows_the_language_of_the_marked_text():
    line = line_of(dotted("字"), dotted("字", lang="zh-Hans"), lang="ja")
    over, under = kind(line, DotItem)
    assert over.dy > 0 > under.dy


def test_the_ink_of_the_shapes():
    line = line_of(*(dotted("字", mark) for mark in ("dot", "open-dot", "circle", "sesame")))
    made = [(d.shape, round(d.radius / SIZE, 2)) for d in kind(line, DotItem)]
    assert made == [("dot", 0.09), ("open-dot", 0.1), ("open-dot", 0.15), ("sesame", 0.14)]


def test_no_dots_on_marks_spaces_and_latin():
    line = line_of(dotted("重点，在 Latin 12「此」々っ。"))
    text = "".join(i.text for i in kind(line, TextItem))
    wide = [i for i, c in enumerate(text) if c in "重点在此々っ"]
    assert len(kind(line, DotItem)) == len(wide) == 6


def test_dots_stay_in_the_middle_when_a_line_is_stretched():
    lines = lines_of(dotted("国" * 9), Text("字）字" * 3), em=9.5)
    line = lines[0]
    pitch = kind(line, TextItem)[0]
    each = 1 + pitch.spacing / SIZE
    assert pitch.spacing > 0
    found = dots(line)
    assert found == pytest.approx([0.5 + n * each for n in range(len(found))], abs=0.001)
    assert len(found) == 9


def test_dots_stay_in_the_middle_of_letterspaced_text():
    from publisher.layout.itemize import itemize
    from publisher.theme.model import TextStyle
    from tests.tools.set_lines import context, typesetter

    style = TextStyle(size=SIZE, spacing=0.5)
    table = itemize((dotted("国国国"),), style, context())
    (line,) = typesetter().set_paragraph(table, style, 400, lang="zh-Hans").lines
    assert dots(line) == [0.5, 2.0, 3.5]


def test_dots_stand_on_bases_of_ruby_at_the_other_side():
    word = Ruby((RubyPair("漢字", "かんじです"),), "group")
    line = line_of(Text("国"), EmphasisDots((word,)), Text("国"), lang="ja")
    assert dots(line) == [1.625, 2.875]
    assert all(dot.dy < 0 for dot in kind(line, DotItem))
    chinese = line_of(EmphasisDots((Ruby((RubyPair("字", "zi"),), "mono", "pinyin"),)))
    assert all(dot.dy < 0 for dot in kind(chinese, DotItem))


def test_dots_of_a_word_partly_with_ruby_are_all_on_one_side():
    content = EmphasisDots((Text("の"), Ruby((RubyPair("字", "じ"),)), Text("を")))
    line = line_of(content, lang="ja", vertical=True)
    assert dots(line) == [0.5, 1.5, 2.5]
    assert len({dot.dy for dot in kind(line, DotItem)}) == 1
    assert kind(line, DotItem)[0].dy < 0


def test_ruby_beside_dots_has_none_of_them():
    line = line_of(Ruby((RubyPair("字", "じ"),)), dotted("国"), lang="ja")
    assert dots(line) == [1.5]


# ------------------------------------------------------------------------------------ lines


def test_a_proper_name_line_is_shortened_at_both_ends():
    line = line_of(Text("在"), name("北京"), Text("城"))
    assert rules(line) == [(1.08, 2.92, -0.24, 0.06)]


def test_neighbouring_names_leave_a_gap_and_the_parts_of_one_name_do_not():
    assert rules(line_of(name("北京"), name("上海"))) == [
        (0.08, 1.92, -0.24, 0.06),
        (2.08, 3.92, -0.24, 0.06),
    ]
    parts = name("北", Strong((Text("京"),)), Link((Text("城"),), "#x"))
    assert rules(line_of(parts)) == [(0.08, 2.92, -0.24, 0.06)]


def test_a_name_line_follows_its_stretch_and_no_further():
    lines = lines_of(Text("国"), name("国" * 4), Text("国" * 4 + "字）字字字"), em=9.5)
    text = kind(lines[0], TextItem)
    each = max(item.spacing for item in text) / SIZE
    assert each > 0
    ((start, end, _, _),) = rules(lines[0])
    assert start == pytest.approx(1 + each + 0.08, abs=0.002)
    assert end == pytest.approx(5 + 4 * each - 0.08, abs=0.002)


def test_a_name_line_goes_on_over_the_end_of_a_line():
    lines = lines_of(Text("国" * 3), name("字" * 4), Text("国"), em=5)
    assert rules(lines[0]) == [(3.08, 5.0, -0.24, 0.06)]
    assert rules(lines[1]) == [(0.0, 1.92, -0.24, 0.06)]


def test_a_name_covers_the_bases_of_its_ruby_only():
    word = Ruby((RubyPair("志", "こころざし"),))
    assert rules(line_of(Text("国"), name(word), Text("国"), lang="ja")) == [
        (1.83, 2.67, -0.24, 0.06)
    ]


def test_a_line_leaves_the_blanks_out_that_marks_have_lost():
    # The bracket has lost its blank before it; the comma at the line end as well.
    line = line_of(Text("国，"), Mark("underline", (Text("（国"),)))
    assert rules(line)[0][:2] == (2.0, 3.5)
    lines = lines_of(Mark("underline", (Text("国国国，"),)), Text("国国国国"), em=3.5)
    assert rules(lines[0])[0][:2] == (0.0, 3.5)
    first = line_of(Mark("underline", (Text("（国）"),)))
    assert rules(first)[0][0] == 0.0


def test_a_book_title_is_a_wave_as_long_as_the_title():
    line = line_of(Text("讀"), title("史記"), title("漢書"), lang="zh-Hant")
    first, second = kind(line, WaveItem)
    assert (first.x / SIZE, first.width / SIZE) == pytest.approx((1.08, 1.84))
    assert (second.x - first.x - first.width) / SIZE == pytest.approx(0.16)
    assert (first.dy - first.amplitude) / SIZE > FOOT - 0.25
    assert (first.dy + first.amplitude) / SIZE < FOOT


def test_a_name_in_a_title_and_dots_are_stacked_outwards():
    line = line_of(title(name("漢"), "書"), lang="zh-Hant")
    (wave,), (rule,) = kind(line, WaveItem), kind(line, RuleItem)
    assert wave.dy + wave.amplitude < rule.dy
    both = line_of(name(dotted("孔子")), lang="zh-Hant")
    (rule,) = kind(both, RuleItem)
    assert all(dot.dy + dot.radius < rule.dy for dot in kind(both, DotItem))
    vertical = line_of(name(dotted("孔子")), lang="zh-Hant", vertical=True)
    assert all(dot.dy > 0 for dot in kind(vertical, DotItem))
    assert kind(vertical, RuleItem)[0].dy < 0


def test_all_marks_keep_within_the_line_gap():
    line = line_of(title(name(dotted("漢"))), lang="zh-Hant")
    lowest = min(dot.dy - dot.radius for dot in kind(line, DotItem))
    assert lowest > (FOOT - 0.7) * SIZE
    assert (line.ascent, line.descent) == pytest.approx((HEAD * SIZE, -FOOT * SIZE))


# ------------------------------------------------- underline, strike, highlight, sub and sup


@pytest.mark.parametrize(
    ("lang", "vertical", "over"),
    [
        ("zh-Hans", False, False),
        ("ja", False, False),
        ("zh-Hant", True, False),
        ("ja", True, True),
        ("ko", True, True),
    ],
)
def test_the_underline_stands_at_the_right_in_vertical_japanese_and_korean(lang, vertical, over):
    line = line_of(Mark("underline", (Text("字字"),)), lang=lang, vertical=vertical)
    foot = HEAD + 0.03 if over else FOOT - 0.03 - 0.05
    assert rules(line) == [(0.0, 2.0, round(foot, 3), 0.05)]


def test_strike_and_highlight_lie_on_the_em_box():
    line = line_of(Mark("strike", (Text("字"),)), Mark("highlight", (Text("字"),)))
    strike, highlight = kind(line, RuleItem)
    assert strike.dy + strike.height / 2 == pytest.approx((HEAD + FOOT) / 2 * SIZE)
    assert (highlight.x, highlight.dy, highlight.height) == pytest.approx((SIZE, FOOT * SIZE, SIZE))
    assert highlight.behind


def test_several_marks_at_once_lie_beside_one_another():
    content = Mark("underline", (Mark("proper-name", (Mark("strike", (Text("字"),)),)),))
    made = sorted((rule.dy, rule.dy + rule.height) for rule in kind(line_of(content), RuleItem))
    assert len(made) == 3
    assert all(first[1] < second[0] for first, second in pairwise(made))


def test_marks_go_on_over_ruby_code_and_pictures_and_links_have_none():
    word = Ruby((RubyPair("字", "じ"),))
    picture = PictureObject("r", 20.0, 10.0)
    from publisher.tree.nodes import Image

    content = Mark("underline", (Text("国"), word, Code("ab"), Image("r", ""), Text("国")))
    (line,) = set_content((content,), 40, "ja", picture=lambda _: picture).lines
    last = kind(line, TextItem)[-1]
    assert rules(line)[0][:2] == (0.0, round((last.x + SIZE) / SIZE, 3))
    assert len(rules(line)) == 1
    assert rules(line_of(Link((Text("字"),), "#x"))) == []


def test_an_underline_ends_before_the_spaces_that_a_line_end_drops():
    lines = lines_of(Mark("underline", (Text("aaaa bbbb cccc"),)), em=4.5, lang="en")
    for line in lines:
        assert rules(line)[0][1] <= 4.5


def test_raised_and_lowered_text_keeps_to_its_side_in_both_directions():
    for vertical in (False, True):
        line = line_of(
            Text("x"), Mark("sup", (Text("2"),)), Mark("sub", (Text("2"),)), vertical=vertical
        )
        _, up, down = kind(line, TextItem)
        assert up.dy == pytest.approx(0.36 * SIZE)
        assert down.dy == pytest.approx(-0.12 * SIZE)
        assert up.size == down.size == pytest.approx(0.6 * SIZE)


@pytest.mark.parametrize("vertical", [False, True])
def test_no_annotation_and_no_mark_moves_a_line_of_running_text(vertical):
    def annotated(role, reading, kind="mono"):
        return Ruby((RubyPair("字", reading),), kind, role)

    content = (
        *(Text("国" * 7), annotated("furigana", "じじ"), annotated("pinyin", "shuang")),
        *(annotated("zhuyin", "ㄓㄨㄥ"), Text("国" * 9), dotted("国国", "circle"), name("国国")),
        *(title("国国"), Mark("underline", (Text("国国国"),)), Text("国" * 5)),
        *(Warichu((Text("国" * 30),)), Text("国" * 20)),
    )
    for lang in ("ja", "zh-Hant"):
        pages, _ = paged(content, lang=lang, em=12, lines=12, vertical=vertical)
        heads = [placed.y for placed in pages.pages[0].placed]
        assert len(heads) > 5
        steps = {round(after - before, 6) for before, after in pairwise(heads)}
        assert steps == {LEADING}
