"""Fonts cut by copying outlines, against the same cut by HarfBuzz, and read by fontTools."""

import io
import os
import random
import struct

import pytest
import uharfbuzz as hb
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import calcChecksum

from publisher.errors import FontError
from publisher.events import Collector
from publisher.faces import cff, sfnt
from publisher.faces.catalog import Catalog, load_catalog, with_user_fonts
from publisher.faces.cff_cut import cut, plain_font
from publisher.faces.store import FontStore, default_cache
from publisher.faces.subset import pdf_subset, web_subset
from tests.tools.keyed_font import name_keyed_face

TEXT = "骨直置门关令判海角刃化喝，。「」（）——……ABCfiéagV0123あアーガ가힣ㄅ"
FACES = [
    ("NotoSerifCJK-Regular", "zh-Hans"),
    ("NotoSerifCJK-Bold", "zh-Hant"),
    ("NotoSansCJK-Regular", "ko"),
    ("NotoSansCJK-Bold", "ja"),
]


def opened(font, tag, *, copying=True):
    """A face of a store of its own; with `copying` false HarfBuzz cuts it."""
    face = FontStore(default_cache(os.environ)).face(load_catalog().get(font), tag)
    if not copying:
        face.__dict__["plain_outlines"] = None
    return face


def gids_of(face):
    chance = random.Random(5)
    return {*(face.gid(char) for char in TEXT), *chance.sample(range(1, face.glyph_count), 400)}


def read(table):
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(table), None)
    return fonts[fonts.keys()[0]]


def drawn(font, name):
    pen = RecordingPen()
    string = font.CharStrings[name]
    string.draw(pen)
    return pen.value, string.width


@pytest.mark.parametrize(("font", "tag"), FACES)
def test_copied_glyphs_are_those_that_harfbuzz_cuts(font, tag):
    face = opened(font, tag)
    gids = gids_of(face)
    ours = read(pdf_subset(face, gids))
    theirs = read(pdf_subset(opened(font, tag, copying=False), gids))
    assert ours.charset == theirs.charset
    assert ours.ROS == theirs.ROS
    assert ours.FontBBox == theirs.FontBBox
    for name in ours.charset:
        assert drawn(ours, name) == drawn(theirs, name)
    assert [d.FontName for d in ours.FDArray] == [d.FontName for d in theirs.FDArray]
    assert [d.Private.rawDict for d in ours.FDArray] == [d.Private.rawDict for d in theirs.FDArray]
    assert list(ours.FDSelect.gidArray) == list(theirs.FDSelect.gidArray)


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize(("font", "tag"), FACES)
def test_a_web_font_is_the_one_that_harfbuzz_cuts(font, tag, vertical):
    ours = web_subset(opened(font, tag), TEXT, vertical=vertical)
    theirs = web_subset(opened(font, tag, copying=False), TEXT, vertical=vertical)
    one, other = TTFont(io.BytesIO(ours), checkChecksums=2), TTFont(io.BytesIO(theirs))
    assert set(one.keys()) == set(other.keys())
    for table in set(one.keys()) - {"GlyphOrder", "CFF ", "head"}:
        assert one.reader[table] == other.reader[table], table
    assert one["CFF "].cff[0].charset == other["CFF "].cff[0].charset
    assert calcChecksum(ours) == 0xB1B0AFBA
    shaped = [
        [(g.codepoint, p.x_advance, p.y_advance) for g, p in shape(font_data)]
        for font_data in (ours, theirs)
    ]
    assert shaped[0] == shaped[1] != []


def shape(data):
    buffer = hb.Buffer()
    buffer.add_str(TEXT)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(hb.Face(data)), buffer)
    return list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))


def test_the_outlines_lie_in_the_file_or_in_memory():
    file = load_catalog().get("NotoSerifCJK-Regular")
    kept = FontStore(default_cache(os.environ)).face(file, "zh-Hans")
    held = FontStore(None).face(file, "zh-Hans")
    gids = gids_of(kept)
    assert held.path is None is not kept.path
    assert pdf_subset(kept, gids) == pdf_subset(held, gids)


@pytest.mark.parametrize("cache", [default_cache(os.environ), None])
def test_the_faces_of_a_file_share_its_outlines(cache):
    store = FontStore(cache)
    file = load_catalog().get("NotoSansCJK-Regular")
    one, other = store.face(file, "zh-Hans"), store.face(file, "ja")
    assert one.plain_outlines is other.plain_outlines is not None


def test_a_name_keyed_font_is_left_to_harfbuzz():
    assert name_keyed_face().plain_outlines is None


# ------------------------------------------------------------------------- what is no plain font


def user_face(folder, data):
    path = folder / "own.otf"
    path.write_bytes(data)
    (file,) = with_user_fonts(Catalog(()), [path], Collector()).files
    return FontStore(None).face(file)


def test_fonts_of_users_are_cut_by_harfbuzz_which_sees_what_is_damaged(tmp_path):
    data = web_subset(opened("NotoSerifCJK-Regular", "ja"), TEXT)
    face = user_face(tmp_path, data)
    assert face.plain_outlines is None
    table = face.hb_face.reference_table("CFF ").data
    plain = plain_font(table, 0, face.glyph_count, face.codes_of(range(face.glyph_count)))
    assert plain is not None  # it would do, and a damaged one too
    glyph = plain.outlines[face.gid("骨")]
    damaged = user_face(tmp_path, data.replace(glyph, b"\xff" * len(glyph)))
    with pytest.raises(FontError, match="cannot be cut"):
        pdf_subset(damaged, [damaged.gid("骨")])


def test_a_font_of_a_user_whose_codes_are_damaged_is_a_clear_error(tmp_path):
    data = web_subset(opened("NotoSerifCJK-Regular", "ja"), TEXT)
    table = bytes(user_face(tmp_path, data).hb_face.reference_table("CFF ").data)
    _, top = cff.index(lambda at, size: table[at : at + size], table[2])
    for bad in (b"\0\1\x09" + b"\xff" * 8, b"\0\1\1\x50\1", b"\0\1\1\1\2\x1d"):
        broken = table[:top] + bad + table[top + len(bad) :]
        face = user_face(tmp_path, data.replace(table, broken))
        with pytest.raises(FontError, match=r"damaged|cannot be cut"):
            pdf_subset(face, [face.gid("骨")])


def part(count=300):
    """A CID-keyed font of our own making, and how many glyphs it has."""
    face = opened("NotoSerifCJK-Regular", "ja")
    return pdf_subset(face, range(count)), count


def with_top(table, operator, operands):
    """The table whose Top DICT says something else; of the same length."""
    places = cff.index(lambda at, size: table[at : at + size], table[2])[1]
    bounds, _ = cff.index(lambda at, size: table[at : at + size], places)
    top = table[bounds[0] : bounds[1]]
    (raw,) = [raw for name, _, raw in cff.operators(top) if name == operator]
    assert len(operands) + len(operator) == len(raw)
    return table[: bounds[0]] + top.replace(raw, operands + bytes(operator)) + table[bounds[1] :]


def test_a_font_that_we_cut_can_be_cut_again():
    table, count = part()
    read_at = plain_font(table, 0, count, None)
    assert read_at is not None
    again = read(cut(read_at, [0, 7, 9, 250]))
    whole = read(table)
    assert again.charset == [".notdef", "cid00007", "cid00009", "cid00250"]
    assert all(drawn(again, name) == drawn(whole, name) for name in again.charset)


def test_where_it_starts_does_not_matter():
    table, count = part()
    moved = plain_font(b"12345" + table, 5, count, None)
    assert moved is not None
    assert cut(moved, [0, 20]) == cut(plain_font(table, 0, count, None), [0, 20])


def test_other_cids_are_said():
    table, count = part(10)
    font = plain_font(table, 0, count, tuple(range(0, 100, 10)))
    assert read(cut(font, [0, 3, 4])).charset == [".notdef", "cid00030", "cid00040"]


@pytest.mark.parametrize("operator", [(12, 36), (12, 37), (17,)])
@pytest.mark.parametrize("place", [0, -7, 5_000_000])
def test_a_font_that_points_elsewhere_is_none(operator, place):
    table, count = part()
    bad = with_top(table, operator, b"\x1d" + struct.pack(">i", place))
    plain = plain_font(bad, 0, count, None)
    assert plain is None or len(cut(plain, [0, 1])) > 0


def test_a_damaged_font_is_none_or_cut():
    table, count = part(60)
    chance = random.Random(3)
    for _ in range(3000):
        bad = bytearray(table)
        for _ in range(chance.randrange(1, 4)):
            bad[chance.randrange(min(len(bad), 900))] = chance.randrange(256)
        plain = plain_font(bytes(bad), 0, count, None)
        if plain is not None:
            cut(plain, range(count))


@pytest.mark.parametrize("count", [59, 61])
def test_another_number_of_glyphs_is_none(count):
    assert plain_font(part(60)[0], 0, count, None) is None


def test_subroutines_are_left_to_harfbuzz():
    """A global one in the font, local ones in a Private DICT."""
    table, count = part(30)
    data = bytes(table)
    _, strings = cff.index(lambda at, size: data[at : at + size], data[2])
    _, strings = cff.index(lambda at, size: data[at : at + size], strings)
    _, globals_at = cff.index(lambda at, size: data[at : at + size], strings)
    assert data[globals_at : globals_at + 2] == b"\0\0"
    with_global = data[:globals_at] + b"\0\1" + data[globals_at + 2 :]
    assert plain_font(with_global, 0, count, None) is None
    private = plain_font(table, 0, count, None).fonts[0][1]
    assert private in data[-40:]
    with_local = data[: data.rindex(private)] + bytes([139, 19]) + private[2:]
    assert plain_font(with_local + data[len(with_local) :], 0, count, None) is None


# ------------------------------------------------------------------------------------- checksums


@pytest.mark.parametrize("size", [0, 1, 3, 4, 5, 7, 8, 9, 63, 64, 65, 4096, 70_001])
def test_checksums(size):
    for data in (random.Random(size).randbytes(size), b"\xff" * size):
        assert sfnt.checksum(data) == calcChecksum(data)
