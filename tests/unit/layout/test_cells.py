"""The character grid: whole cells, Latin widened to cells, single stops that hang, carrying over."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.layout.itemize import itemize
from publisher.layout.paragraph import Typesetter
from publisher.settings import ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree.nodes import LineBreak, NoteRef, Ruby, RubyPair, Text, Warichu
from tests.tools.set_lines import context, faces

SIZE = 10.5


def grid_sheet(lang):
    overrides = (("page", {"grid": "characters"}),)
    return resolve_theme(ThemeSettings(name="book", overrides=overrides), lang, base=None)


def grid_set(content, em, lang="zh-Hant", indent=0.0):
    sheet = grid_sheet(lang)
    style = sheet.text["body"]
    assert style.size == SIZE
    content = (Text(content),) if isinstance(content, str) else content
    table = itemize(content, style, context(lang))
    setter = Typesetter(sheet, faces(lang))
    made = setter.set_paragraph(table, style, em * SIZE, lang=lang, first_indent=indent * SIZE)
    return made.text, made.lines


def texts(content, em, **more):
    text, lines = grid_set(content, em, **more)
    return [text[line.start : line.end] for line in lines]


def places(line):
    """Where each character of a line begins, in cells."""
    found = []
    for item in line.items:
        x, moves = item.x, dict(item.moves)
        for at, char in enumerate(item.text):
            x += moves.get(at, 0.0)
            found.append((char, round(x / SIZE, 3)))
            x += item.face.widths[char] / 1000 * item.size + item.spacing
    return found


def test_every_character_has_its_cell_and_no_mark_is_compressed():
    _, (first, second) = grid_set("他說：「你好嗎？」我說：「很好。」", 10)
    assert [at for _, at in places(first)] == list(range(10))
    assert [at for _, at in places(second)] == list(range(len(places(second))))


def test_marks_that_must_not_begin_a_line_are_carried_over():
    # 」 is the seventh: the character before goes with it, and a cell stays empty.
    assert texts("國國「國國國」國國國", 6) == ["國國「國國", "國」國國國"]


def test_a_single_stop_hangs():
    assert texts("國國國國國國。國國", 6) == ["國國國國國國。", "國國"]
    assert places(grid_set("國國國國國國。國國", 6)[1][0])[-1] == ("。", 6.0)


def test_two_marks_do_not_hang():
    assert texts("國國國國國國。」國國", 6) == ["國國國國國", "國。」國國"]
    assert texts("國國國國國」。國國", 6) == ["國國國國", "國」。國國"]


def test_latin_is_widened_to_whole_cells():
    _, (line,) = grid_set("國ab國", 10)
    # Two half-wide letters: one em, and half an em on each side.
    assert places(line) == [("國", 0.0), ("a", 1.5), ("b", 2.0), ("國", 3.0)]


def test_a_typed_space_is_part_of_the_gap():
    _, (line,) = grid_set("國 abc 國", 10)
    assert [p for p in places(line) if p[0] != " "] == [
        ("國", 0.0),
        ("a", 1.25),
        ("b", 1.75),
        ("c", 2.25),
        ("國", 3.0),
    ]


def test_latin_that_begins_or_ends_a_line_stands_at_its_edge():
    _, (first, second) = grid_set("國國國ab ab國國", 5)
    assert places(first)[3:5] == [("a", 4.0), ("b", 4.5)]
    assert places(second)[0] == ("a", 0.0)
    assert places(second)[2] == ("國", 2.0)


def test_latin_at_the_end_of_a_line_is_not_torn_apart_to_fill_it():
    _, (first, _) = grid_set("國國國ab efghij國國", 7)
    assert places(first)[3:5] == [("a", 4.0), ("b", 4.5)]
    _, (first, _) = grid_set("國ab cd efghijklm國國", 7)
    found = dict(places(first))
    assert (found["a"], found["c"]) == (1.5, 3.25)  # half an em more than a space


def test_a_notes_number_stands_at_the_character_before_it():
    _, (line,) = grid_set((Text("國國"), NoteRef("n1"), Text("國")), 10)
    assert places(line)[2:] == [("1", 2.0), ("國", 3.0)]


def test_notes_numbers_side_by_side_are_parted():
    calls = tuple(NoteRef(f"n{number}") for number in (1, 2, 3))
    _, (line,) = grid_set((Text("國國"), *calls, Text("國")), 10)
    first, second, third, after = places(line)[2:]
    assert second[1] - first[1] > 0.3 + 0.1
    assert third[1] - second[1] > 0.3 + 0.1
    assert after[1] >= third[1] + 0.3
    assert after[1] % 1 == 0


def test_words_of_a_stretch_are_spaced_evenly():
    _, lines = grid_set("國" + "abcd " * 6 + "國國", 10)
    gaps = [b[1] - a[1] for a, b in zip(places(lines[0]), places(lines[0])[1:], strict=False)]
    wide = [gap for gap in gaps if gap > 0.5 + 1e-6]
    assert len({round(gap, 3) for gap in gaps if gap > 1.0}) <= 1, gaps
    assert wide


def test_a_word_longer_than_a_line_is_cut():
    found = texts("x" * 25 + "國", 5)
    assert found == ["x" * 10, "x" * 10, "x" * 5 + "國"]


def test_the_indent_is_whole_cells_and_lines_may_be_forced():
    _, lines = grid_set((Text("國國"), LineBreak(), Text("國國國")), 4, indent=2)
    assert [places(line)[0][1] for line in lines] == [2.0, 0.0]


def test_notes_and_anchors_are_told():
    _, lines = grid_set((Text("國" * 6), NoteRef("n1"), Text("國" * 3)), 5)
    assert [line.notes for line in lines] == [(), ("n1",)]


def test_captions_and_cells_stand_on_no_grid():
    from publisher.layout.cells import on_cells

    sheet = grid_sheet("zh-Hant")
    assert on_cells(sheet, sheet.text["body"])
    assert on_cells(sheet, sheet.text["list"])
    assert not any(on_cells(sheet, sheet.text[key]) for key in ("quote", "caption", "heading.1"))


@settings(max_examples=150)
@given(
    st.text(alphabet="國字，。」「ab 1.—…（）！", min_size=1, max_size=80),
    st.integers(3, 12),
    st.sampled_from(["zh-Hans", "zh-Hant", "ja"]),
)
def test_nothing_is_lost_and_cjk_stands_in_cells(text, em, lang):
    out, lines = grid_set(text.strip() or "國", em, lang=lang)
    assert "".join(out[line.start : line.end] for line in lines) == out
    for line in lines:
        for char, at in places(line):
            if char in "國字「」（）":
                assert at == pytest.approx(round(at), abs=1e-3)
                assert at <= em - 1 or line.overfull or line.emergency


def bases(line):
    """Where each base with an annotation begins, and each character of the line, in cells."""
    from publisher.layout.types import TextItem

    texts = [i for i in line.items if isinstance(i, TextItem) and i.tag != "RT"]
    return [(i.text, round(i.x / SIZE, 3)) for i in texts]


def test_a_number_of_three_figures_stands_in_two_cells_where_its_gaps_allow():
    assert [at for char, at in places(grid_set("國123國", 10)[1][0]) if char == "國"] == [0, 3]


def test_characters_with_bopomofo_stand_on_the_grid():
    note = Ruby((RubyPair("音", "ㄧㄣ"), RubyPair("符", "ㄈㄨˊ")), "mono", "zhuyin")
    _, (line,) = grid_set((Text("國"), note, Text("國國")), 20)
    found = bases(line)
    assert [at for _, at in found] == [0, 1, 3, 5]


def test_long_ruby_takes_whole_cells_and_stands_in_their_middle():
    long = Ruby((RubyPair("國", "ながながし"),), "mono", "furigana")
    _, (line,) = grid_set((Text("國"), long, Text("國國")), 20, lang="ja")
    (_, first), (_, base), (_, rest) = bases(line)
    assert (first, rest) == (0, 4)
    assert base + 0.5 == pytest.approx(2.5)


def test_a_compound_is_parted_at_a_line_end():
    word = Ruby((RubyPair("國", "くに"), RubyPair("字", "じ")), "jukugo", "furigana")
    text, lines = grid_set((Text("國" * 4), word, Text("國國")), 5, lang="ja")
    assert [len(text[line.start : line.end]) for line in lines] == [5, 3]
    assert bases(lines[1])[0] == ("字", 0)


def test_notes_in_small_lines_take_whole_cells_and_go_on():
    note = Warichu((Text("割注の文は二行に分けて組む"),))
    _, lines = grid_set((Text("國國"), note, Text("國國國")), 6, lang="ja")
    assert len(lines) > 1
    for line in lines:
        for text, at in bases(line):
            if text.startswith("國"):
                assert at == round(at)
    shown = "".join(i.text for line in lines for i in line.items if hasattr(i, "text"))
    assert sorted(shown.replace("（", "").replace("）", "")) == sorted(
        "國國割注の文は二行に分けて組む國國國"
    )
