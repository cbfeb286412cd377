import io

import pytest
import uharfbuzz as hb
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.basePen import NullPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from publisher.errors import FontError
from publisher.events import Collector
from publisher.faces.catalog import Catalog, with_user_fonts
from publisher.faces.face import Face
from publisher.faces.store import FontStore
from publisher.faces.subset import pdf_subset, web_subset
from tests.tools.built_in_fonts import built_in_face
from tests.tools.keyed_font import name_keyed_face
from tests.tools.square_font import square_face, square_file

TEXT = "骨直置门关令判海角刃化喝，。「」（）——……ABCfiéagV0123あアーガ가힣ㄅ"


def gids_of(face, text):
    return [glyph.gid for glyph in face.shape(text)]


def read_cff(data):
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    (name,) = fonts.keys()
    return fonts[name]


def cid_widths(cff):
    """CID -> the advance that the charstring itself states."""
    from fontTools.misc.psCharStrings import T2WidthExtractor

    widths = {}
    strings = cff.CharStrings
    for glyph in cff.charset:
        charstring, selector = strings.getItemAndSelector(glyph)
        private = cff.FDArray[selector or 0].Private
        subroutines = getattr(private, "Subrs", [])
        extractor = T2WidthExtractor(
            subroutines, cff.GlobalSubrs, private.nominalWidthX, private.defaultWidthX
        )
        extractor.execute(charstring)
        widths[0 if glyph == ".notdef" else int(glyph.removeprefix("cid"))] = extractor.width
    return widths


@pytest.mark.parametrize(
    ("font", "tag"),
    [("NotoSerifCJK-Regular", "zh-Hans"), ("NotoSansCJK-Regular", "ja")],
)
def test_widths_in_the_cff_program_are_those_of_the_face(font, tag):
    face = built_in_face(font, tag)
    sample = {*gids_of(face, TEXT), *range(1, face.glyph_count, 97)}
    widths = cid_widths(read_cff(pdf_subset(face, sample)))
    assert widths == {face.code_of(gid): face.advance(gid) for gid in {0, *sample}}


def test_a_cid_keyed_subset_keeps_cids_and_nothing_else():
    face = built_in_face("NotoSerifCJK-Regular", "zh-Hant")
    gids = gids_of(face, TEXT)
    cff = read_cff(pdf_subset(face, gids))
    assert cff.ROS == ("Adobe", "Identity", 0)
    assert cff.charset == [".notdef", *(f"cid{g:05}" for g in sorted(set(gids)))]
    assert len(cff.GlobalSubrs) == 0
    assert all(len(getattr(fd.Private, "Subrs", ())) == 0 for fd in cff.FDArray)


def test_outlines_are_unchanged():
    face = built_in_face("NotoSerifCJK-Regular", "ja")
    gid = face.gid("骨")
    cff = read_cff(pdf_subset(face, [gid]))
    strings = cff.CharStrings
    pen = RecordingPen()
    strings[f"cid{gid:05}"].draw(pen)
    original = RecordingPen()
    hb.Font(face.hb_face).draw_glyph_with_pen(gid, original)
    drawn = [step for step in pen.value if step[0] in ("moveTo", "curveTo")]
    assert drawn
    assert drawn == [step for step in original.value if step[0] in ("moveTo", "curveTo")]


def test_a_truetype_subset_keeps_glyph_ids():
    face = built_in_face("NotoSerif-Italic")
    gids = gids_of(face, "łódź é")
    font = TTFont(io.BytesIO(pdf_subset(face, gids)))
    glyf, order = font["glyf"], font.getGlyphOrder()
    metrics = font["hmtx"].metrics
    for gid in gids:
        assert metrics[order[gid]][0] * 1000 / face.upem == face.advance(gid)
    assert glyf[order[face.gid("ł")]].numberOfContours != 0
    assert glyf[order[face.gid("x")]].numberOfContours == 0
    assert set(font.keys()) - {"GlyphOrder"} <= {"glyf", "loca", "head", "hhea", "hmtx", "maxp"}


def test_a_name_keyed_subset_keeps_glyph_ids():
    face = name_keyed_face()
    assert (face.outlines, face.is_cid_keyed) == ("cff", False)
    assert [face.code_of(face.gid(c)) for c in "abc"] == [1, 2, 3]
    cff = read_cff(pdf_subset(face, [face.gid("c")]))
    assert not hasattr(cff, "ROS")
    assert len(cff.charset) == 4
    strings = list(cff.CharStrings.values())
    strings[3].draw(NullPen())
    assert strings[3].width == 700


def test_the_same_glyphs_give_the_same_bytes():
    face = built_in_face("NotoSerifCJK-Regular", "zh-Hans")
    gids = gids_of(face, TEXT)
    assert pdf_subset(face, gids) == pdf_subset(face, sorted([*gids, *gids]))
    assert web_subset(face, TEXT) == web_subset(face, reversed(TEXT + TEXT))


# -------------------------------------------------------------------------------------- web


def features_of(font):
    tags = set()
    for table in ("GSUB", "GPOS"):
        if table in font and font[table].table.FeatureList:
            tags |= {r.FeatureTag for r in font[table].table.FeatureList.FeatureRecord}
    return tags


def test_a_web_subset_maps_and_shapes_the_text():
    face = built_in_face("NotoSerifCJK-Regular", "zh-Hans")
    data = web_subset(face, TEXT)
    font = TTFont(io.BytesIO(data))
    assert set(map(ord, TEXT)) - set(font.getBestCmap()) == set()
    assert "locl" not in features_of(font)
    assert "vert" not in features_of(font)
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    small = Face(square_file("Small"), hb.Blob(data), language="zh-Hans")
    assert [g.x_advance for g in small.shape("——骨，fi")] == [
        g.x_advance for g in face.shape("——骨，fi", features=("-kern",))
    ]


def test_vertical_forms_come_when_asked():
    face = built_in_face("NotoSansCJK-Regular", "ja")
    upright = TTFont(io.BytesIO(web_subset(face, "。「」中")))
    vertical = TTFont(io.BytesIO(web_subset(face, "。「」中", vertical=True)))
    assert {"vert", "vhal"} <= features_of(vertical)
    assert "vmtx" in vertical
    assert "vmtx" not in upright
    assert len(upright.getGlyphOrder()) < len(vertical.getGlyphOrder())


def test_kana_are_not_kerned_in_browsers():
    face = built_in_face("NotoSansCJK-Regular", "ja")
    assert "kern" in features_of(TTFont(io.BytesIO(web_subset(face, "中AV"))))
    assert "kern" not in features_of(TTFont(io.BytesIO(web_subset(face, "中AVト"))))
    latin = built_in_face("NotoSerif-Regular")
    assert "kern" in features_of(TTFont(io.BytesIO(web_subset(latin, "AVTo"))))


def test_a_subset_font_of_a_user_keeps_its_cids(tmp_path):
    face = built_in_face("NotoSerifCJK-Regular", "ja")
    path = tmp_path / "subset.otf"
    path.write_bytes(web_subset(face, "骨直置あ"))
    (file,) = with_user_fonts(Catalog(()), [path], Collector()).files
    small = FontStore(None).face(file)
    in_memory = Face(file, hb.Blob(path.read_bytes()))
    assert small.gid("骨") != face.gid("骨")
    for char in "骨直置あ":
        assert small.codes[ord(char)] == in_memory.codes[ord(char)] == face.codes[ord(char)]
    cff = read_cff(pdf_subset(small, [small.gid("骨")]))
    assert cff.charset == [".notdef", f"cid{face.gid('骨'):05}"]


def test_a_variable_font_is_pinned_to_its_default():
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({0x61: "a"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((300, 0))
    pen.lineTo((0, 500))
    pen.closePath()
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "a": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "a": (400, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Var", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    builder.setupGvar(
        {"a": [TupleVariation({"wght": (0, 1, 1)}, [(0, 0), (50, 0), (0, 0)] + [None] * 4)]}
    )
    out = io.BytesIO()
    builder.font.save(out)
    face = Face(square_file("Var"), hb.Blob(out.getvalue()))
    for data in (pdf_subset(face, [1]), web_subset(face, "a")):
        font = TTFont(io.BytesIO(data))
        assert not {"fvar", "gvar"} & set(font.keys())
        assert font["glyf"][font.getGlyphOrder()[1]].xMax == 300


def test_a_broken_font_is_a_clear_error():
    face = square_face()
    broken = Face(square_file("Broken"), hb.Blob(b"OTTO" + bytes(60)))
    broken.upem = face.upem
    with pytest.raises(FontError, match="cannot be cut"):
        web_subset(broken, "中")
