import io
import re
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from publisher.faces import shaping
from publisher.faces.face import Face
from publisher.faces.outline import Paths
from publisher.faces.store import unpack
from tests.tools.built_in_fonts import built_in_face
from tests.tools.keyed_font import name_keyed_face
from tests.tools.square_font import square_face, square_file

REGIONS = ("ja", "ko", "zh-Hans", "zh-Hant", "zh-Hant-HK")
REGULAR = ("NotoSerifCJK-Regular", "NotoSansCJK-Regular")


def gids(face, text, **kwargs):
    return [glyph.gid for glyph in face.shape(text, **kwargs)]


# ---------------------------------------------------------------------------------- metrics


def test_metrics_of_a_cjk_face():
    face = built_in_face("NotoSerifCJK-Regular", "zh-Hans")
    assert face.id == "NotoSerifCJK-Regular:2"
    assert face.postscript_name == "NotoSerifCJKsc-Regular"
    assert (face.ascent, face.descent, face.cap_height) == (880, -120, 729)
    assert face.bbox == (-997, -1049, 2929, 1809)
    assert face.underline == (-75, 50)
    assert (face.outlines, face.is_cid_keyed, face.upem) == ("cff", True, 1000)
    assert (face.family, face.role, face.weight, face.slant) == (
        "Noto Serif CJK",
        "serif",
        400,
        "upright",
    )


def test_metrics_of_a_companion():
    face = built_in_face("NotoSans-BoldItalic")
    assert (face.outlines, face.is_cid_keyed, face.has_han) == ("glyf", False, False)
    assert face.italic_angle == -12
    assert face.slant == "italic"


def test_lengths_are_in_thousandths_of_an_em_whatever_the_units():
    out = io.BytesIO()
    font = TTFont(io.BytesIO(unpack(square_file())), recalcTimestamp=False)
    font["head"].unitsPerEm = 2048
    font.save(out)
    face = Face(square_file(), hb.Blob(out.getvalue()))
    assert face.widths["中"] == 1000 * 1000 / 2048
    assert face.widths["a"] == 500 * 1000 / 2048
    assert face.shape("A")[0].x_advance == 500 * 1000 / 2048
    assert (face.ascent, face.descent) == (429.6875, -58.59375)
    assert isinstance(face._to_em(1024), int)


def test_vertical_metrics():
    face = built_in_face("NotoSerifCJK-Regular", "ja")
    gid = face.gid("中")
    assert face.v_advance(gid) == -1000
    assert face.v_origin(gid) == (500, 880)


def test_widths_and_codes_are_filled_as_asked():
    face = square_face()
    assert list(map(face.widths.__getitem__, "中a ")) == [1000, 500, 250]
    assert dict(face.widths) == {"中": 1000, "a": 500, " ": 250}
    assert "中a".translate(face.codes) == f"{face.gid('中'):04x}{face.gid('a'):04x}"


def test_a_character_without_glyph_has_the_code_of_notdef():
    assert "\U00020000".translate(square_face().codes) == "0000"


# --------------------------------------------------------------------------------- coverage


@pytest.mark.parametrize("font", REGULAR)
def test_regional_shapes_differ(font):
    faces = {tag: built_in_face(font, tag) for tag in REGIONS}
    shapes = {tag: tuple(map(face.gid, "骨直置")) for tag, face in faces.items()}
    assert all(all(row) for row in shapes.values())
    assert shapes["zh-Hans"] != shapes["zh-Hant"] != shapes["zh-Hant-HK"] != shapes["ja"]
    assert shapes["zh-Hans"] != shapes["ja"]


@pytest.mark.parametrize(
    ("cluster", "covered"),
    [
        ("中", True),
        ("\U00020000", False),
        ("e\u0301", True),  # composed to one glyph
        ("葛\U000e0100", True),  # the base stands in for an unknown variation
        ("\u200b", True),
        ("\u3000", True),
        ("👨\u200d👩", False),
        ("か\u309a", True),
    ],
)
def test_covers(cluster, covered):
    assert built_in_face("NotoSerifCJK-Regular", "zh-Hans").covers(cluster) is covered


def test_variations_are_known_face_by_face():
    assert built_in_face("NotoSerifCJK-Regular", "ja").has_variation("葛", "\U000e0100")
    assert not built_in_face("NotoSerifCJK-Regular", "zh-Hans").has_variation("葛", "\U000e0100")


# ---------------------------------------------------------------------------------- shaping


@pytest.mark.parametrize("tag", ["ja", "zh-Hans", "zh-Hant", "zh-Hant-HK"])
@pytest.mark.parametrize("font", REGULAR)
def test_a_pair_of_dashes_is_one_glyph_of_two_ems(font, tag):
    (glyph,) = built_in_face(font, tag).shape("——")
    assert (glyph.cluster, glyph.x_advance) == (0, 2000)


def test_nothing_gives_no_glyphs():
    assert square_face().shape("") == ()


def test_invisible_characters_may_give_no_glyph():
    assert name_keyed_face().shape("\u200b") == ()
    assert [g.gid for g in name_keyed_face().shape("a\u200bb")] == [1, 2]


def test_a_single_dash_is_one_em_in_chinese():
    face = built_in_face("NotoSerifCJK-Regular", "zh-Hans")
    assert face.widths["—"] == 1000
    assert face.shape("—", script="Hani")[0].gid == face.gid("—")


def test_kana_are_set_solid_and_latin_is_kerned():
    face = built_in_face("NotoSerifCJK-Regular", "ja")
    assert {g.x_advance for g in face.shape("トッアぁィく")} == {1000}
    assert {g.x_advance for g in face.shape("トッアぁィく", features=("palt", "kern"))} != {1000}
    unkerned = sum(map(face.widths.__getitem__, "AV"))
    assert sum(g.x_advance for g in face.shape("AV")) < unkerned
    assert sum(g.x_advance for g in face.shape("AV", features=("-kern",))) == unkerned


def test_ligatures_keep_the_cluster_of_their_first_character():
    glyphs = built_in_face("NotoSerifCJK-Regular", "ja").shape("office")
    assert [g.cluster for g in glyphs] == [0, 1, 4, 5]


def test_vertical_shaping_takes_vertical_forms():
    face = built_in_face("NotoSerifCJK-Regular", "zh-Hans")
    (glyph,) = face.shape("。", direction="ttb", script="Hani")
    assert glyph.gid != face.gid("。")
    assert (glyph.x_advance, glyph.y_advance) == (0, -1000)


def test_variation_selectors_stay_in_the_cluster():
    face = built_in_face("NotoSerifCJK-Regular", "ja")
    glyphs = face.shape("葛\U000e0100中")
    assert [g.cluster for g in glyphs if g.x_advance] == [0, 2]
    assert glyphs[0].gid != face.gid("葛")


# --------------------------------------------------------------------- when to skip shaping

SIMPLE = re.compile(f"[{shaping._CJK}]")
ALL_SIMPLE = [
    chr(code)
    for code in (*range(0x20, 0xD800), *range(0xF900, 0xFFF0), *range(0x20000, 0x2FA20))
    if SIMPLE.match(chr(code))
]


def differences(face, text):
    glyphs = face.shape(text, script="Hani")
    assert len(glyphs) == len(text)
    return {
        text[g.cluster - 1 : g.cluster + 1]
        for g in glyphs
        if (g.gid, g.x_advance, g.x_offset, g.y_offset)
        != (face.gid(text[g.cluster]), face.widths[text[g.cluster]], 0, 0)
    }


@pytest.mark.parametrize("tag", REGIONS)
@pytest.mark.parametrize("font", REGULAR)
def test_simple_characters_map_one_to_one(font, tag):
    face = built_in_face(font, tag)
    text = "".join(filter(face.gid, ALL_SIMPLE))
    assert len(text) > 42_000
    assert not face.needs_shaping(text)
    assert differences(face, text) == set()


@pytest.mark.parametrize("tag", REGIONS)
def test_pairs_of_simple_characters_map_one_to_one(tag):
    face = built_in_face("NotoSerifCJK-Regular", tag)
    # Beside hangul a space is wider by `calt`, see publisher.faces.shaping.
    sample = [c for c in ALL_SIMPLE if c < "\u3130" and c not in " \u00a0"] + list("一中＂（，ｧ")
    sample = list(filter(face.gid, sample))[::3]
    for first in sample:
        assert differences(face, "".join(first + second for second in sample)) == set()


def test_korean_spaces_and_stops_map_one_to_one():
    face = built_in_face("NotoSerifCJK-Regular", "ko")
    text = "가 나. 다, 라! 마? (바) ‘사’ “아” 자·차"
    assert not face.needs_shaping(text)
    assert differences(face, text) == set()
    assert face.widths[" "] == 310


@pytest.mark.parametrize("font", ["NotoSansMono-Regular", "NotoSansMono-Bold"])
def test_code_needs_no_shaping(font):
    face = built_in_face(font)
    text = "".join(map(chr, range(0x20, 0x7F)))
    for char in text:
        line = "".join(char + other for other in text)
        assert not face.needs_shaping(line)
        glyphs = face.shape(line)
        assert [g.gid for g in glyphs] == list(map(face.gid, line))
        assert {g.x_advance for g in glyphs} == {600}


@pytest.mark.parametrize(
    "text", ["A", "——", "か\u309a", "葛\U000e0100", "\u1100\u1161", "é", "中\u0301", "〳〵"]
)
def test_what_may_interact_needs_shaping(text):
    assert square_face().needs_shaping("中" + text)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("中文。", []),
        ("中文English文", ["English"]),
        ("用iPhone 15 Pro拍", ["iPhone 15 Pro"]),
        ("第3版2nd。4", ["2nd"]),
        ("said: “No, I don't”，好", ["said", "No, I don't"]),
        ("'好'、\"中\"", []),
        ("葛\U000e0100城", ["葛\U000e0100"]),
        ("前——后", ["——"]),
        ("か\u309aき\u309a", ["か\u309aき\u309a"]),
    ],
)
def test_spans_hold_what_needs_shaping(text, spans):
    found = square_face().shaping_spans(text)
    assert [text[a:b] for a, b in found] == spans


def test_everything_outside_the_spans_is_simple():
    text = "甲A1乙“x”——丙 2 b, c。か\u309aé葛\U000e0100戊 6"
    face = square_face()
    rest, at = [], 0
    for start, end in face.shaping_spans(text):
        assert start >= at
        rest.append(text[at:start])
        at = end
    assert not face.needs_shaping("".join([*rest, text[at:]]))


# --------------------------------------------------------------------------------- outlines


def test_outlines_drawn_in_several_threads_at_once_are_kept_apart():
    face = built_in_face("NotoSerifCJK-Regular", "zh-Hans")
    wanted = [face.gid(chr(code)) for code in range(0x4E00, 0x4E00 + 300)]
    alone = Paths(hb.Font(face.hb_face), face.upem)
    expected = [alone[gid] for gid in wanted]
    shared = Paths(hb.Font(face.hb_face), face.upem)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(shared.__getitem__, wanted))
    finally:
        sys.setswitchinterval(before)
    assert found == expected
