"""Vertical text: orientation, cells of level text, and lines with the test font."""

from functools import cache

import pytest

from publisher.layout.paragraph import Typesetter
from publisher.layout.profiles import profile_for
from publisher.layout.quotes import resolve_shared_marks
from publisher.layout.types import (
    LEVEL,
    OBJECT,
    TURNED,
    BoxedText,
    Run,
    RunTable,
    TextItem,
)
from publisher.layout.vertical import boxed, cuts, level, turned_letters
from publisher.settings import ThemeSettings
from publisher.text.classes import spacing_classes
from publisher.theme.model import InlineLook, TextStyle
from publisher.theme.resolve import resolve_theme
from publisher.tree.nodes import Attr, EmphasisDots, NoteRef, Ruby, RubyPair, Span, Strong, Text
from tests.tools.built_in_fonts import built_in_set
from tests.tools.square_font import square_set

SIZE = 10.0


@cache
def sheet(lang):
    return resolve_theme(ThemeSettings(name="book-vertical"), lang, base=None)


def letters(text, lang="ja"):
    profile = profile_for(lang, vertical=True)
    resolved, western = resolve_shared_marks(text, spacing_classes(text), profile)
    return turned_letters(text, resolved, western)


def set_line(content, lang="ja", em=40, faces=square_set):
    """The first line of a paragraph set vertically."""
    return set_lines(content, lang, em, faces)[0]


def set_lines(content, lang="ja", em=40, faces=square_set):
    from publisher.layout.itemize import InlineContext, itemize

    content = (Text(content),) if isinstance(content, str) else content
    context = InlineContext(
        sheet(lang), lang, lambda note: note.removeprefix("n"), lambda node: "", lambda node: None
    )
    style = TextStyle(size=SIZE, leading=18.0)
    table = itemize(content, style, context)
    setter = Typesetter(sheet(lang), faces(lang))
    return setter.set_paragraph(table, style, em * SIZE, lang=lang).lines


def texts(line):
    return [(item.text, item.rotated) for item in line.items if isinstance(item, TextItem)]


# ---------------------------------------------------------------------------- orientation


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("国かカっ。、", ""),
        ("国GDP国", "GDP"),
        ("文は Mount Fuji と", "Mount Fuji"),
        ("字①％々〇", ""),
        ("字——字……字", ""),
        ("比尔·盖茨", ""),
        ("a·b", "a·b"),
        ("字「a」字", "a"),
        ("naïve—yes", "naïve—yes"),
        ("e\u0301字\u0301", "e\u0301"),
        ("字don’t字", "don’t"),
    ],
)
def test_orientation(text, turned):
    made = letters(text)
    assert "".join(c for c, letter in zip(text, made, strict=True) if letter == "R") == turned


def test_quotes_follow_their_text():
    assert "R" not in letters("他说“你好”。", "zh-Hans")
    assert letters("he said “yes” to", "zh-Hans") == "R" * 16
    assert "R" not in letters("그는“안녕”‘가’", "ko")


def test_brackets_and_dashes_stand_upright_only_in_their_forms():
    assert letters("（字）——") == "rUrrr"
    assert list(cuts("UURRrU", 0, 6)) == [(0, 2, 0), (2, 4, TURNED), (4, 6, 0)]


def test_a_face_without_a_form_turns_its_mark():
    line = set_line("字゠《書》字。")  # the test font has none for ゠
    assert texts(line) == [("字", 0), ("゠", TURNED), ("《書》字。", 0)]


# Pieces of a line: | parts them, ~ stands before what is turned, = before what stands level.
PIECES = [
    ("字：字；字！字？字", ("zh-Hans", "zh-Hant", "ja", "ko")),
    ("字「字」『字』【字】《字》〈字〉（字）", ("zh-Hans", "zh-Hant", "ja", "ko")),
    ("字～字〜字ー字", ("zh-Hans", "ja")),
    ("字|——|字……字", ("zh-Hans", "zh-Hant", "ja")),
    ("字|~–|字|~-|字|~‐|字", ("zh-Hans", "ja")),
    ("约|½|与|℃|与|№|=5", ("zh-Hans",)),
    ("东经|~120°30′|字", ("zh-Hans",)),
    ("字（|a|）字［|=12|］字", ("zh-Hans", "zh-Hant", "ja", "ko")),
    ("他说“|GDP|”‘好’", ("zh-Hans", "zh-Hant", "ja", "ko")),
    ("“|~Hello |~World|”字", ("zh-Hans", "ja")),
    ("~it's|字", ("zh-Hans", "ja")),
    ("~don’t|字", ("zh-Hans", "ja")),
    ("第|=3|章|A|型|~5G", ("zh-Hans", "ja")),
    ("~100%|字５０％", ("zh-Hans", "ja")),
    ("~1990|~—|~2000|字", ("zh-Hans",)),
    ("字|~Ωμ|字|~я|字", ("zh-Hans", "ja")),
    ("ａｂ字Ａ１", ("zh-Hans", "ja")),
    ("字|①⑩|Ⅳ|字", ("ja",)),
    ("字|~ﾊﾝ|字", ("ja",)),
    ("=12|월 |=25|일 |~2024|년", ("ko",)),
]


@pytest.mark.parametrize(
    ("case", "lang"), [(case, lang) for case, languages in PIECES for lang in languages]
)
def test_what_is_turned(case, lang):
    text = "".join(char for char in case if char not in "|~=")
    turns = {0: "", TURNED: "~", LEVEL: "="}
    shown = [
        f"{turns[turn]}{piece}" for piece, turn in texts(set_line(text, lang, faces=built_in_set))
    ]
    assert _joined(shown) == _joined(case.split("|"))


def _joined(pieces):
    """Pieces that stand the same way taken together: faces may part them."""
    found = []
    for piece in pieces:
        turn = piece[0] if piece[0] in "~=" else ""
        if found and found[-1][0] == turn != "=":
            found[-1] = (turn, found[-1][1] + piece.removeprefix(turn))
        else:
            found.append((turn, piece.removeprefix(turn)))
    return found


# -------------------------------------------------------------------------- tate-chu-yoko


def cells(text, **look):
    run = Run(0, len(text), "serif", 400, False, "ja", SIZE)
    table = boxed(RunTable(text, (run,), {}), InlineLook(**look))
    return table.text, [(thing.text, thing.kind) for thing in table.objects.values()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12月5日", [("12", "level"), ("5", "level")]),
        ("第123回", []),
        ("本当!?ええ", [("!?", "level")]),
        ("本当！？", []),
        ("A型とGDPとUNESCO", [("A", "upright"), ("GDP", "upright")]),
        ("Aa", []),
        ("值d₁和m³", []),
        ("約3.5%", []),
        ("12:25発", []),
        ("windows 11 を", []),
        ("叫“GDP”、‘12’版", [("GDP", "upright"), ("12", "level")]),
        ("“5月”“A”", [("5", "level"), ("A", "upright")]),
        ("他说“A b”", []),
        ("“12”", []),
        ("１２月", []),
    ],
)
def test_what_stands_in_one_cell(text, found):
    assert cells(text)[1] == found


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "ja", "ko"])
def test_two_dashes_are_one_rule(lang):
    line = set_line("字——字", lang, faces=built_in_set)
    dashes = line.items[1]
    assert (dashes.text, dashes.width, len(dashes.glyphs)) == ("——", 2 * SIZE, 1)


def test_a_figure_in_its_cell_stays_with_its_hangul_word():
    lines = set_lines("을지로 3가 안쪽에", "ko", 5)
    assert ["".join(item.text for item in line.items) for line in lines[:2]] == ["을지로 ", "3가 "]


def test_themes_say_how_many_figures():
    assert cells("第123回", tate_chu_yoko=3)[1] == [("123", "level")]
    assert cells("2024年", tate_chu_yoko=4)[1] == [("2024", "level")]
    assert cells("12月!?A", tate_chu_yoko=0, upright_letters=0)[1] == []


def test_cells_keep_runs_and_objects_in_place():
    runs = (Run(0, 4, "serif", 400, False, "ja", SIZE), Run(4, 8, "serif", 700, False, "ja", SIZE))
    table = RunTable(f"12月1{OBJECT}25日", runs, {4: BoxedText("x")})
    made = boxed(table, InlineLook())
    assert made.text == f"{OBJECT}月{OBJECT}{OBJECT}{OBJECT}日"
    assert [(run.start, run.end) for run in made.runs] == [(0, 3), (3, 6)]
    assert [made.objects[at].text for at in sorted(made.objects)] == ["12", "1", "x", "25"]


def test_a_number_over_two_runs_is_turned():
    runs = (Run(0, 2, "serif", 400, False, "ja", SIZE), Run(2, 4, "serif", 700, False, "ja", SIZE))
    assert boxed(RunTable("月12日", runs, {}), InlineLook()).text == "月12日"


def test_a_level_number_is_one_solid_em():
    line = set_line("平成12年だ")
    assert texts(line) == [("平成", 0), ("12", LEVEL), ("年だ", 0)]
    assert [item.x for item in line.items] == [0.0, 20.0, 30.0]
    assert [item.width for item in line.items] == [20.0, 10.0, 20.0]


def test_a_level_number_is_not_broken_and_breaks_like_a_character():
    found = [[item.text for item in line.items] for line in set_lines("あああ12いい", em=4)]
    assert found == [["あああ", "12"], ["いい"]]
    # marks do not begin a line
    found = ["".join(i.text for i in line.items) for line in set_lines("ああああ!?い", em=4)]
    assert found[1].startswith("あ!?")


def test_wide_pieces_are_condensed_to_the_cell():
    line = set_line((Text("第"), Span((Text("1234"),), Attr(classes=("tcy",))), Text("回")))
    item = line.items[1]
    assert (item.text, item.rotated, item.width) == ("1234", LEVEL, 10.0)
    assert level(item) == (10.0, 0.5)
    assert level(set_line("第12回").items[1]) == (10.0, 1.0)


def asked(name, *content):
    return Text("甲"), Span(content, Attr("here", classes=(name,))), Text("乙")


@pytest.mark.parametrize("name", ["tcy", "upright"])
def test_calls_and_ruby_in_cells_that_a_source_asks_for_are_kept(name):
    ruby = Ruby((RubyPair("字", "じ"),), "mono", "furigana")
    line = set_line(asked(name, Text("AB"), NoteRef("n7"), ruby, Text("12")))
    shown = [item.text for item in line.items if isinstance(item, TextItem)]
    assert shown == ["甲", "AB", "7", "字", "じ", "12", "乙"]
    (call,) = [item for item in line.items if getattr(item, "link", "") == "#n7"]
    assert call.text == "7"


def test_a_cell_of_several_marks_is_one():
    line = set_line(asked("tcy", Text("1"), Strong((Text("2"),)), Text("3")))
    assert texts(line) == [("甲", 0), ("123", LEVEL), ("乙", 0)]


def test_each_character_asked_for_stands_upright():
    line = set_line(asked("upright", Text("é字→AB ü")), faces=built_in_set)
    assert [(text, how) for text, how in texts(line) if text.strip()] == [
        ("甲", 0), ("é", LEVEL), ("字", 0), ("→", LEVEL), ("AB", 0), ("ü", LEVEL), ("乙", 0),
    ]  # fmt: skip


def test_letters_stand_upright_in_cells():
    line = set_line("私のGPSは")
    assert texts(line) == [("私の", 0), ("GPS", 0), ("は", 0)]
    assert line.items[1].width == 30.0
    face = line.items[1].face
    assert [glyph.gid for glyph in line.items[1].glyphs] == [face.gid(c) for c in "ＧＰＳ"]


def test_two_figures_fill_a_cell_whichever_they_are():
    for number in ("11", "22", "58"):
        item = set_line(f"第{number}回", faces=built_in_set).items[1]
        assert level(item) == (pytest.approx(10.0), 1.0)


def test_emphasis_takes_a_cell_as_one_character():
    line = set_line((Text("あ"), EmphasisDots((Text("い12う"),)), Text("え")))
    dots = [item for item in line.items if not isinstance(item, TextItem)]
    assert [dot.x for dot in dots] == [15.0, 25.0, 35.0]
    assert {dot.shape for dot in dots} == {"sesame"}
    assert all(dot.dy > 0.88 * SIZE for dot in dots)  # at the right side


def test_note_calls_stand_level_at_the_right():
    line = set_line((Text("あ"), NoteRef("n3"), Text("い")))
    call = line.items[1]
    assert (call.text, call.rotated) == ("3", LEVEL)
    assert call.dy > 0
    assert line.notes == ("n3",)


# ----------------------------------------------------------------------------------- lines


def test_plain_lines_stay_one_string():
    for lang in ("ja", "zh-Hant", "zh-Hans"):
        line = set_line("国「字」は……「話」、と。" if lang == "ja" else "國字話……", lang)
        assert all(item.glyphs is None and not item.rotated for item in line.items)
    assert len(set_line("国の字は一つ").items) == 1


def test_brackets_are_squeezed_along_the_line():
    line = set_line("あ」、「い")
    (item,) = line.items
    assert item.text == "あ」、「い"
    assert item.moves == ((2, -5.0), (3, -5.0))  # 」 and 「 lose their blanks beside 、


def test_colons_keep_their_em_in_vertical_simplified_text():
    flat, upright = profile_for("zh-Hans"), profile_for("zh-Hans", vertical=True)
    assert "N" in flat.right
    assert "E" in flat.right
    assert upright.right == "CSM"
    assert not upright.pair_marks
    assert profile_for("ja", vertical=True) == profile_for("ja")


def test_latin_is_turned_with_its_gaps():
    line = set_line("国abc国")
    assert texts(line) == [("国", 0), ("abc", TURNED), ("国", 0)]
    assert [item.x for item in line.items] == pytest.approx([0.0, 12.5, 30.0])


def test_ruby_stands_at_the_right_with_upright_forms():
    line = set_line((Ruby((RubyPair("峠", "とうげ"),)),), faces=built_in_set)
    base, ruby = line.items
    assert (base.tag, ruby.tag) == ("RB", "RT")
    assert base.rotated == ruby.rotated == 0
    assert ruby.dy > 0.88 * SIZE
