import pytest

from publisher.layout.ink import Inks
from publisher.layout.itemize import itemize
from publisher.layout.paragraph import Typesetter
from publisher.layout.profiles import profile_for
from publisher.settings import ThemeSettings
from publisher.theme.model import TextStyle
from publisher.theme.resolve import resolve_theme
from publisher.tree.nodes import Text
from tests.tools.built_in_fonts import built_in_face, built_in_set
from tests.tools.set_lines import SIZE, context, set_lines, sheet, typesetter
from tests.tools.square_font import square_face


@pytest.mark.parametrize("font", ["NotoSerifCJK-Regular", "NotoSansCJK-Regular"])
@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "zh-Hant-HK", "ja", "ko"])
def test_the_faces_of_a_language_have_its_marks_where_they_belong(font, lang):
    face, profile = built_in_face(font, lang), profile_for(lang)
    quotes = face.widths["“"] == 1000
    # In Hong Kong stops are compressed by the rules and centred by the font: they keep their square.
    assert Inks().all_fit(face, profile, quotes=quotes) is (lang != "zh-Hant-HK")


@pytest.mark.parametrize("font", ["NotoSerifCJK-Regular", "NotoSansCJK-Regular"])
@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "zh-Hant-HK", "ja", "ko"])
def test_so_have_they_in_vertical_text(font, lang):
    face, profile = built_in_face(font, lang), profile_for(lang, vertical=True)
    fit = Inks().all_fit(face, profile, quotes=profile.cjk_quotes, upright=lang)
    assert fit is (lang != "zh-Hant-HK")


def test_centred_stops_of_hong_kong_keep_their_square_in_vertical_text():
    """Half an em taken behind one would be taken from its ink."""
    settings = ThemeSettings(name="book-vertical")
    vertical = resolve_theme(settings, "zh-HK", base=None)
    setter = Typesetter(vertical, built_in_set("zh-HK"))
    table = itemize((Text("好。」然後，、走"),), TextStyle(size=SIZE), context("zh-HK"))
    (line,) = setter.set_paragraph(table, TextStyle(size=SIZE), 20 * SIZE, lang="zh-HK").lines
    taken = [by for item in line.items for _, by in item.moves]
    assert taken == []
    assert sum(item.width for item in line.items) == pytest.approx(8 * SIZE)


@pytest.mark.parametrize("theme", ["book", "book-vertical"])
@pytest.mark.parametrize(
    ("text", "em"), [("國，「我", 3.5), ("國」：國", 3.5), ("國）、（國", 4.0), ("國。」國", 4.0)]
)
def test_brackets_beside_centred_stops_give_their_blanks(theme, text, em):
    """In Hong Kong as in Taiwan, where the face draws the marks alike."""
    for lang in ("zh-HK", "zh-TW"):
        look = resolve_theme(ThemeSettings(name=theme), lang, base=None)
        style = TextStyle(size=SIZE)
        table = itemize((Text(text),), style, context(lang))
        setter = Typesetter(look, built_in_set(lang))
        (line,) = setter.set_paragraph(table, style, 20 * SIZE, lang=lang).lines
        assert sum(item.width for item in line.items) == pytest.approx(em * SIZE)


def test_a_colon_in_the_middle_of_its_square_is_no_simplified_colon():
    inks = Inks()
    face = built_in_face("NotoSerifCJK-Regular", "ja")
    assert not inks.fits(face, "：", "N")
    assert inks.fits(face, "。", "S")
    assert inks.unfit == {}  # told of a user's own faces only


def test_a_face_of_the_users_own_is_named_once():
    inks, face = Inks(), Centred()
    for _ in range(2):
        assert not inks.fits(face, "。", "S")
        assert inks.fits(face, "（", "O")
    assert inks.unfit == {"Own:0": "。"}


class Centred:
    """A face whose stops stand in the middle."""

    id, role = "Own:0", "user"

    def gid(self, char):
        return ord(char)

    def ink(self, gid):
        return {"。": (360, 0, 640, 280), "（": (650, -80, 940, 840)}.get(
            chr(gid), (40, 0, 960, 800)
        )


def test_squares_that_stand_for_any_character_tell_nothing():
    assert Inks().all_fit(square_face(), profile_for("zh-Hans"), quotes=True)


@pytest.mark.parametrize(("lang", "text"), [("ja", "国、「あ」です。"), ("zh-Hans", "国，“好”。")])
def test_plain_text_is_set_the_quick_way_in_the_faces_of_its_language(lang, text):
    setter = Typesetter(sheet(lang), built_in_set(lang))
    style = TextStyle(size=SIZE)
    table = itemize((Text(text),), style, context(lang))
    assert setter._simple_face(table, style, setter.profile(lang)) is not None


def test_a_mark_that_fills_its_square_keeps_it():
    setter, style = typesetter(), TextStyle(size=SIZE)
    fits = setter._shaper.inks.fits
    setter._shaper.inks.fits = lambda face, char, letter, **more: (
        char != "，" and fits(face, char, letter, **more)
    )
    table = itemize((Text("国，“国，"),), style, context())
    (line,) = setter.set_paragraph(table, style, 100, lang="zh-Hans").lines
    # Neither the comma nor the quote behind it gives a blank: what is there may be ink.
    assert line.items[-1].x + line.items[-1].width == pytest.approx(5 * SIZE)
    (usual,) = set_lines("国，“国，", 10)
    assert usual.items[-1].x + usual.items[-1].width == pytest.approx(4.5 * SIZE)
