"""Themes to style sheets."""

from itertools import pairwise
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

from publisher.errors import LayoutError, ThemeError
from publisher.layout.toc import page_number
from publisher.settings import ThemeSettings
from publisher.theme.dump import dump_sheet
from publisher.theme.load import BUILTIN, LOOKS, load_theme
from publisher.theme.model import TEXT_KEYS
from publisher.theme.resolve import resolve, resolve_theme

LANGUAGES = ("zh-Hans", "zh-Hant", "zh-Hant-HK", "ja", "ko")


def sheet(language="zh-Hans", name="article", **overrides):
    return resolve(load_theme(name, overrides=overrides), language)


@pytest.mark.parametrize("name", BUILTIN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_built_in_themes_resolve_whole(name, language):
    made = sheet(language, name)
    assert set(made.text) == set(TEXT_KEYS)
    body = made.text["body"]
    characters = made.page.measure / body.size
    assert characters == pytest.approx(round(characters), abs=1e-6)  # CLREQ 3.6.2
    lines = made.page.height_of_type / body.leading
    assert lines == pytest.approx(round(lines), abs=1e-6)
    assert 25 <= characters <= 45
    for style in made.text.values():
        assert style.leading >= style.size * 0.9


def test_one_line_headings_fill_whole_body_lines():
    made = sheet()
    leading = made.text["body"].leading
    for level in range(1, 7):
        style = made.text[f"heading.{level}"]
        lines = (style.before + style.leading + style.after) / leading
        assert lines == pytest.approx(round(lines), abs=1e-6), level


def test_headings_stand_nearer_to_their_text_and_closer_with_depth():
    styles = [sheet().text[f"heading.{level}"] for level in range(1, 7)]
    assert all(style.before > style.after for style in styles)
    assert all(b.before <= a.before and b.after <= a.after for a, b in pairwise(styles))


@pytest.mark.parametrize(
    ("language", "indent", "toc"),
    [("zh-Hans", 2, "目录"), ("zh-Hant-TW", 2, "目錄"), ("ja", 1, "目次"), ("ko", 1, "차례")],
)
def test_language_decides_indent_and_words(language, indent, toc):
    made = sheet(language)
    assert made.text["body"].indent == indent
    assert made.text["continuation"].indent == 0
    assert made.toc.title == toc
    assert made.inline.emphasis == "dots"  # hangul has no italic


def test_overrides_reach_what_follows_from_them():
    made = sheet(page={"size": "A5", "inner": "20mm"}, text={"body": {"size": "五号"}})
    assert made.page.width == pytest.approx(419.53, abs=0.01)
    assert made.text["body"].size == 10.5
    assert made.text["heading.1"].size == pytest.approx(10.5 * 1.55)
    assert sheet(toc={"title": "本书内容"}).toc.title == "本书内容"


def test_a_theme_file_extends_a_built_in_one(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('name = "mine"\nextends = "book"\n[text.body]\nsize = "12pt"\n')
    made = resolve_theme(ThemeSettings(file="mine.toml"), "ja", base=tmp_path)
    assert (made.name, made.text["body"].size, made.page.facing) == ("mine", 12.0, True)


@pytest.mark.parametrize(
    ("overrides", "part"),
    [
        ({"pgae": {}}, "did you mean page?"),
        ({"page": {"sise": "A4"}}, "did you mean size?"),
        ({"page": {"size": "A99"}}, "is not a page size"),
        ({"page": {"top": "3 parsecs"}}, "is not a length"),
        ({"page": {"top": -4}}, "page.top is negative"),
        ({"page": {"binding": "up"}}, "not left or right"),
        ({"text": {"boddy": {}}}, "did you mean body?"),
        ({"text": {"body": {"wieght": 400}}}, "did you mean weight?"),
        ({"text": {"body": {"weight": 450}}}, "not one of 400, 700"),
        ({"text": {"body": {"color": "red"}}}, "not a colour"),
        ({"text": {"body": {"size": 900}}}, "not between"),
        ({"text": {"body": {"leading": 2}}}, "less than the size"),
        ({"text": {"heading": {"7": {}}}}, "unknown key text.heading.7"),
        ({"note": {"numbering": "abc"}}, "not one of 'circled'"),
        ({"toc": {"depth": 9}}, "not one of"),
        ({"list": {"bullets": []}}, "not a list of strings"),
        ({"title-page": "yes"}, "not true or false"),
        ({"writing-mode": "diagonal"}, "not one of 'horizontal', 'vertical'"),
        ({"inline": {"tate_chu_yoko": 5}}, "not one of 0, 2, 3, 4"),
        ({"toc": {"numbers": "roman"}}, "not one of 'figures', 'han'"),
        ({"inline": {"ruby_align": "left"}}, "not one of 'center', 'start'"),
        ({"typography": {"dialog_indent": True}}, "not one of 0, 0.5, 1"),
        ({"page": {"top": float("nan")}}, "page.top = nan is not a length"),
        ({"text": {"quote": {"start": float("inf")}}}, "is beyond 14400 pt"),
    ],
)
def test_mistakes_are_named(overrides, part):
    with pytest.raises(ThemeError) as caught:
        sheet(**overrides)
    assert part in str(caught.value)


@pytest.mark.parametrize("name", LOOKS)
def test_every_choice_is_checked(name):
    hints = get_type_hints(LOOKS[name])
    for key in (k for k, hint in hints.items() if get_origin(hint) is Literal):
        with pytest.raises(ThemeError, match=f"{name}.{key} = 'sideways' is not one of"):
            sheet(**{name: {key: "sideways"}})
        for choice in get_args(hints[key]):
            sheet(**{name: {key: choice}})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BUILTIN)
def test_what_users_say_goes_before_what_themes_say_for_a_language(name, language, tmp_path):
    body = {"size": 12, "leading": "2em", "indent": 3}
    made = sheet(language, name, text={"body": body}, page={"size": "A4"})
    (tmp_path / "a.toml").write_text(
        f'extends = "{name}"\npage.size = "A4"\ntext.body = {{size=12, leading="2em", indent=3}}'
    )
    from_file = resolve_theme(ThemeSettings(file="a.toml"), language, base=tmp_path)
    for found in (made, from_file):
        style = found.text["body"]
        assert (found.page.name, style.size, style.leading, style.indent) == ("A4", 12, 24, 3)
    own = sheet(
        language,
        name,
        text={"body": body},
        profile={made.profile: {"text": {"body": {"indent": 0}}}},
    )
    assert own.text["body"].indent == 0


def test_a_theme_file_written_like_a_configuration_is_explained(tmp_path):
    (tmp_path / "a.toml").write_text("[theme.page]\ncolumns = 2")
    with pytest.raises(ThemeError, match=r"a\.toml: unknown key theme \(.*\[page\]"):
        resolve_theme(ThemeSettings(file="a.toml"), "ja", base=tmp_path)


def test_unknown_and_circular_themes(tmp_path):
    with pytest.raises(ThemeError, match="did you mean book"):
        resolve_theme(ThemeSettings(name="bok"), "ja", base=None)
    (tmp_path / "a.toml").write_text('extends = "b.toml"')
    (tmp_path / "b.toml").write_text('extends = "a.toml"')
    with pytest.raises(ThemeError, match="circle"):
        resolve_theme(ThemeSettings(file="a.toml"), "ja", base=tmp_path)
    with pytest.raises(ThemeError, match="cannot be read"):
        resolve_theme(ThemeSettings(file="none.toml"), "ja", base=tmp_path)


def test_a_vertical_page_has_lines_down_and_is_bound_at_the_right():
    made = sheet("ja", "book-vertical")
    body, page = made.text["body"], made.page
    assert made.vertical
    assert (page.binding, page.facing) == ("right", True)
    assert page.measure == pytest.approx(43 * body.size)  # down the page
    assert page.top + page.measure + page.bottom == pytest.approx(page.height)
    assert page.height_of_type == pytest.approx(16 * body.leading)
    assert page.inner + page.height_of_type + page.outer == pytest.approx(page.width)
    # A recto is a left page: its bound edge, where text begins, is the right one.
    assert page.edges(recto=True) == (page.top, page.inner)
    assert page.edges(recto=False) == (page.top, page.outer)
    flat = made.level()
    assert not flat.vertical
    assert flat.page.measure == page.height_of_type
    assert flat.level() is flat


def test_a_writing_mode_goes_before_the_themes():
    def mode(name, wanted, **overrides):
        given = ThemeSettings(name=name, overrides=tuple(overrides.items()))
        return resolve_theme(given, "ja", base=None, writing_mode=wanted).vertical

    assert mode("book", "vertical")
    assert not mode("book-vertical", "horizontal")
    assert mode("bunko", "")
    profile = {"ja": {"writing-mode": "vertical"}}
    assert mode("book", "", profile=profile)
    assert not mode("book", "horizontal", profile=profile)
    assert not resolve_theme(
        ThemeSettings(name="book", overrides=(("profile", profile),)), "ko", base=None
    ).vertical


@pytest.mark.parametrize("name", ["article", "book-vertical"])
def test_contents_of_vertical_text_have_han_figures_whichever_theme_it_has(name):
    def shown(mode, **toc):
        given = ThemeSettings(name=name, overrides=(("toc", toc),))
        return page_number("120", resolve_theme(given, "zh-Hant", base=None, writing_mode=mode))

    assert shown("vertical") == "一二〇"
    assert shown("vertical", numbers="figures") == shown("horizontal") == "120"


def test_no_room_for_text_is_a_layout_error():
    with pytest.raises(LayoutError, match="type area"):
        sheet(page={"size": ["40mm", "40mm"], "inner": "18mm", "outer": "18mm"})


@pytest.mark.parametrize("name", BUILTIN)
def test_the_resolved_sheet_is_the_golden_one(name, golden):
    golden(f"theme-{name}.txt", dump_sheet(sheet("zh-Hans", name)))
