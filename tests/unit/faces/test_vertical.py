"""Upright forms: which glyph stands for a character in vertical text, and how long it is."""

import pytest

from publisher.faces.vertical import drawn_as
from tests.tools.built_in_fonts import built_in_face
from tests.tools.square_font import square_face

FACES = {
    language: ("NotoSerifCJK-Regular", language) for language in ("zh-Hans", "zh-Hant", "ja", "ko")
}


def face(language):
    return built_in_face(*FACES[language])


def form(language, char):
    """The glyph that HarfBuzz gives in vertical text."""
    return face(language).shape(char, direction="ttb")[0].gid


@pytest.mark.parametrize(
    ("language", "char", "shown"),
    [
        ("zh-Hans", "“", "『"),
        ("zh-Hans", "’", "」"),
        ("zh-Hant", "“", "「"),
        ("zh-Hant", "‘", "『"),
        ("ja", "”", "」"),
        ("ko", "“", "「"),
        ("ja", "，", "、"),
        ("zh-Hans", "，", "，"),
        ("zh-Hans", "．", "。"),
    ],
)
def test_some_marks_are_drawn_as_others(language, char, shown):
    assert drawn_as(char, language) == shown
    assert face(language).uprights()[char] == form(language, shown)


@pytest.mark.parametrize("char", "。、（）「」ー〜っ…—")
def test_marks_take_their_vertical_forms(char):
    japanese = face("ja")
    assert japanese.uprights()[char] == form("ja", char) != japanese.gid(char)
    assert japanese.depths()[char] == 1000


def test_letters_keep_their_glyphs():
    japanese = face("ja")
    assert all(japanese.uprights()[char] == japanese.gid(char) for char in "国한々①％")


def test_a_space_is_as_long_as_it_is_wide():
    japanese = face("ja")
    assert japanese.depths()[" "] == japanese.widths[" "] < 500


@pytest.mark.parametrize("text", ["† ‡", "か\u309a か", "\u1112\u119e\u11ab 글"])
def test_a_space_in_text_that_is_shaped_is_no_longer(text):
    korean = face("ko")
    glyphs = korean.shape(text, direction="ttb")
    (space,) = (glyph for glyph in glyphs if text[glyph.cluster] == " ")
    assert -space.y_advance == korean.widths[" "] < 500


def test_stops_stand_where_their_region_has_them():
    def middle(language, char):
        """Of the ink: em to the right of the axis, em below the head of the cell."""
        own = face(language)
        gid = own.uprights()[char]
        ink = own._font.get_glyph_extents(gid)
        x, y = own.v_origin(gid)
        across = ink.x_bearing + ink.width / 2 - x
        return across / 1000, (y - ink.y_bearing - ink.height / 2) / 1000

    for language in ("zh-Hans", "ja"):
        across, along = middle(language, "。")
        assert across > 0.2
        assert along < 0.3
    for char in "。，、：；！？":
        assert middle("zh-Hant", char) == pytest.approx((0.0, 0.5), abs=0.1)
    for char in "：；！？":
        assert middle("zh-Hans", char)[0] > 0.15


def test_a_face_without_a_language_takes_the_documents_marks():
    latin = built_in_face("NotoSerif-Regular")
    assert latin.uprights("ja") is not latin.uprights("zh-Hans")
    assert square_face().uprights()["「"] != square_face().gid("「")
