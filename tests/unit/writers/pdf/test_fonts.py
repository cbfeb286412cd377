"""Type0 fonts on their own: codes, widths, vertical metrics, CMaps."""

from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.faces.lookups import Glyph
from publisher.layout.types import ColumnOp, TextItem, TextOp
from publisher.writers.pdf import syntax
from publisher.writers.pdf.font_tables import subset_tag, to_unicode, widths
from publisher.writers.pdf.fonts import FontTable, PdfFont
from publisher.writers.pdf.paint import Painter
from tests.tools.built_in_fonts import built_in_face


def _han():
    return built_in_face("NotoSerifCJK-Regular", "ja")


def test_only_the_characters_drawn_are_in_the_font():
    font = PdfFont("F1", _han())
    "天地".translate(font.codes(10))
    assert set(font.texts.values()) == {"天", "地"}


def test_sizes_share_one_font():
    table = FontTable()
    font = table.font(_han())
    assert table.font(_han()) is font
    assert "天".translate(font.codes(10)) == "天".translate(font.codes(12))


def test_horizontal_and_vertical_text_are_two_fonts_of_one_face():
    table = FontTable()
    names = [table.font(_han(), vertical=v).name for v in (False, True, False)]
    assert names == ["F1", "F2", "F1"]


def _saved(paint):
    """The fonts of a file that `paint` drew one page into."""
    from publisher.writers.pdf.reportlab_shim import PdfFile

    file, table = PdfFile(), FontTable()
    content = paint(table)
    page, tree = file.reserve(), file.reserve()
    stream = file.add_stream({}, content.encode("ascii"))
    table.embed(file)
    file.put(
        page,
        f"<</Type/Page/Parent {tree}/MediaBox[0 0 200 200]/Contents {stream}"
        f"/Resources<</Font {file.fonts}>>>>",
    )
    file.put(tree, f"<</Type/Pages/Kids[{page}]/Count 1>>")
    out = BytesIO()
    file.write(out, file.add(f"<</Type/Catalog/Pages {tree}>>"), file.add("<<>>"))
    return pikepdf.open(out)


def test_vertical_fonts_have_vertical_metrics():
    face = _han()
    glyphs = face.shape("「あー。", direction="ttb")
    items = [
        TextItem(0, 0, face, 10, "「あー。", 0.5, glyphs, width=42.0),
        TextItem(0, 0, face, 10, "天地", 0.5, width=21.0),
    ]

    def paint(table):
        painter = Painter(table, None, 200.0)
        return painter.page([ColumnOp(100, 20, items[0]), ColumnOp(100, 62, items[1])]).content

    with _saved(paint) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        assert content.count(b"TJ") == 1
        assert b"-0.5 Tc" in content
        (font,) = pdf.pages[0].Resources.Font.values()
        assert font.Encoding == "/Identity-V"
        assert [int(v) for v in font.DescendantFonts[0].DW2] == [880, -1000]
        bare = pdf.pages[0].Contents.read_bytes()
        assert f"{face.code_of(glyphs[0].gid):04x}".encode() in bare
        out = BytesIO()
        pdf.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        textpage = document[0].get_textpage()
        middles = []
        for at, char in enumerate(textpage.get_text_range()):
            left, bottom, right, top = textpage.get_charbox(at, loose=True)
            if char in "「あー。天地":
                middles.append(((left + right) / 2, (bottom + top) / 2))
        textpage.close()
    assert [x for x, _ in middles] == pytest.approx([100] * 6, abs=1)
    steps = [one[1] - two[1] for one, two in pairwise(middles)]
    assert steps == pytest.approx([10.5] * 5, abs=0.1)


def test_true_type_faces_keep_their_glyph_ids():
    face = built_in_face("NotoSerif-Regular")

    def paint(table):
        item = TextItem(0, 0, face, 10, "Fine", glyphs=face.shape("Fine"), width=20.0)
        return Painter(table, None, 200.0).page([TextOp(10, 20, item)]).content

    with _saved(paint) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        descendant = font.DescendantFonts[0]
        assert descendant.Subtype == "/CIDFontType2"
        assert descendant.CIDToGIDMap == "/Identity"
        assert "/FontFile2" in descendant.FontDescriptor


def test_kerning_moves_letters_as_shaping_says():
    face = built_in_face("NotoSerif-Regular")
    glyphs = face.shape("AV")
    kern = face.advance(glyphs[0].gid) - glyphs[0].x_advance
    assert kern > 0
    shown = PdfFont("F1", face).encode_run("AV", glyphs, 10)
    assert shown == f"{glyphs[0].gid:04x}>{kern}<{glyphs[1].gid:04x}"


def test_marks_are_raised_and_read_as_their_own_characters():
    face = built_in_face("NotoSerif-Regular")
    text = "x\u0302\u0302"
    glyphs = face.shape(text)
    font = PdfFont("F1", face)
    shown = font.encode_run(text, glyphs, 10)
    assert " Ts[<" in shown
    assert shown.count(" Ts[<") == 2 * sum(g.y_offset != 0 for g in glyphs)
    assert set(font.texts.values()) == {"x", "\u0302"}


def test_unknown_selectors_do_not_take_the_blank():
    face = _han()
    font = PdfFont("F1", face)
    text = "葛\U000e01ef"
    font.encode_run(text, face.shape(text), 10)
    assert " ".translate(font.codes(10)) == font.code(face.gid(" "))
    assert font.texts[face.gid("葛")] == "葛"
    assert font.texts[face.gid(" ")] == " "


def test_a_run_of_nothing_visible_moves_nothing_and_keeps_its_text():
    face = _han()
    font = PdfFont("F1", face)
    glyphs = face.shape("\u200b")
    shown = font.encode_run("\u200b", glyphs, 10)
    blank = face.gid(" ")
    span = f">]TJ/Span<</ActualText<FEFF200B>>>BDC[<{font.code(blank)}>]TJ EMC[<"
    assert shown == f"{span}>{face.advance(blank)}<"
    assert font.texts[blank] == " "
    assert font.encode_run("\u200b", (), 10) == ""


def test_long_runs_are_encoded_as_short_ones_are():
    face = built_in_face("NotoSerif-Regular")
    text = "Sphinx of black quartz"
    whole = PdfFont("F1", face).encode_run(text, face.shape(text), 10)
    short = PdfFont("F1", face).encode_run("Sphinx", face.shape("Sphinx"), 10)
    assert whole.startswith(short)


def test_several_characters_shown_for_another_text():
    face = _han()
    font = PdfFont("F1", face)
    item = TextItem(0, 0, face, 10, "〓〓", actual="秘密", width=20.0)
    assert font.encode_actual(item).count(syntax.text_string("秘密")) == 1
    assert set(font.texts.values()) == {"〓"}
    shaped = item._replace(text="——", glyphs=face.shape("——"), actual="…")
    assert font.encode_actual(shaped).count("BDC") == 1
    assert "——" in font.texts.values()


@pytest.mark.parametrize("text", ["\ue000", "\U000f0000", "\U0010fffd"])
def test_characters_for_private_use_have_their_text_beside_them(text):
    face = _han()
    font = PdfFont("F1", face)
    item = TextItem(0, 0, face, 10, "〓", actual=text, width=10.0)
    assert syntax.text_string(text) in font.encode_actual(item)
    # A font of the user's may have a glyph of its own for one.
    gid = face.gid("天")
    assert syntax.text_string(text) in font.encode_run(text, (Glyph(gid, 0, 1000, 0, 0, 0),), 10)


def test_descriptors_tell_kinds_of_faces_apart():
    def flags(font_id):
        return PdfFont("F1", built_in_face(font_id))._flags()

    assert flags("NotoSerif-Regular") == 4 | 2
    assert flags("NotoSerif-Italic") == 4 | 2 | 64
    assert flags("NotoSansMono-Regular") == 4 | 1


def test_a_run_against_the_order_of_its_text_reads_in_order():
    face = built_in_face("NotoSerif-Regular")
    glyphs = tuple(reversed(face.shape("abc")))
    shown = PdfFont("F1", face).encode_run("abc", glyphs, 10)
    assert shown.startswith(f">]TJ/Span<</ActualText{syntax.text_string('abc')}>>BDC[<")


def test_a_character_that_layout_let_through_without_a_glyph_keeps_its_text():
    font = PdfFont("F1", _han())
    assert "\u0e01".translate(font.codes(10)) != "\u0e01"
    assert syntax.text_string("\u0e01") in "\u0e01".translate(font.codes(10))
    assert "\ufe0f".translate(font.codes(10)) == ""


def test_widths_are_written_in_runs():
    assert widths([(1, 1000), (2, 500), (3, 250.5), (7, 600), (9, 1000)]) == "[2[500 250.5]7[600]]"
    assert widths([(4, 1000)]) == "[]"


def test_cmaps_hold_at_most_a_hundred_entries_in_a_block():
    cmap = to_unicode((code, chr(0x20000 + code)) for code in range(250)).decode("ascii")
    assert [line for line in cmap.splitlines() if "beginbfchar" in line] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "50 beginbfchar",
    ]
    assert "<0000> <D840DC00>" in cmap


def test_subset_tags_tell_subsets_apart():
    assert subset_tag("a", [1, 2]) != subset_tag("a", [1, 3])
    assert subset_tag("a", [1, 2]).isalpha()


@given(st.text())
def test_text_strings_read_back(text):
    value = bytes.fromhex(syntax.text_string(text)[1:-1])
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert value.decode("utf-16") == expected


@given(st.floats(-20000, 20000))
def test_numbers_have_three_decimals_and_no_exponent(value):
    shown = syntax.number(value)
    assert "e" not in shown
    assert float(shown) == pytest.approx(value, abs=0.0005001)


def test_names_escape_what_is_not_regular():
    assert syntax.name("A B#(漢)") == "/A#20B#23#28#E6#BC#A2#29"
    assert syntax.name("NotoSerifCJKsc-Regular") == "/NotoSerifCJKsc-Regular"
