"""Text read back from a PDF is the text that was set."""

import re
import shutil
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from publisher.layout.types import LEVEL, TURNED, Line, Slab, TextItem
from tests.tools import pdf_inspect as look
from tests.unit.writers.pdf.conftest import line, pieces, plain_pages

LINES = {
    "han": "天地玄黃，宇宙洪荒。",
    "extension b": "𠮷野家的𠮟聲與𪚥字",
    "variation sequence": "葛\U000e0100城與葛飾與辻\U000e0101",
    "unknown selectors": "葛\U000e01ef葛\U000e01ef葛 葛\U000e01ee 字",
    "joiners": "क\u200dष\u200c म a\u200bb",
    "twice the same": "\u4e00\u2f00\u2f00\u2f00\u4e00字\U0003134f\U0003134f末",
    "compatibility ideographs": "豈更車賈與豈更車賈",
    "radicals and ideographs": "\u2f00\u4e00\u2f08\u4eba\u2f42\u6587\u4e00\u2f00",
    "dash ligature": "他說——好……好",
    "latin ligatures": "office fi ffl office",
    "kerning": "AVATAR To. Wave",
    "mixed": "用Python寫PDF，共3章。",
    "kana": "カタカナとひらがな、がぎぐ",
    "hangul": "한국어 조판 시험",
    "combining": "ā́ n\u0304g ê̄",
    "no-break space": "甲\u00a0乙 丙",
    "fullwidth": "ＡＢＣ１２３ABC123",
    "missing": "字\U0003134f末",
}


def _squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("name", LINES)
def test_pdfium_reads_what_was_set(make_pdf, name):
    path = make_pdf(plain_pages([line(LINES[name])]))
    assert _squeezed(look.pdfium_text(path)[0]) == _squeezed(LINES[name])


@pytest.mark.judge
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("name", LINES)
def test_poppler_reads_what_was_set(make_pdf, name):
    path = make_pdf(plain_pages([line(LINES[name])]))
    text = look.poppler_text(path)[0]
    assert _squeezed(text) == _squeezed(LINES[name])


def test_justified_text_stays_in_one_piece(make_pdf):
    path = make_pdf(plain_pages([line("天地玄黃，宇宙洪荒。", spacing=0.35)]))
    assert look.content(path).count("TJ") == 1
    places = [c.x for c in look.characters(path) if not c.text.isspace()]
    steps = [b - a for a, b in pairwise(places)]
    assert steps == pytest.approx([10.35] * 9, abs=0.01)


def test_pieces_on_a_line_share_one_operator_and_keep_their_places(make_pdf):
    slab = line("天地，")
    first = slab.line.items
    moved = tuple(item._replace(x=item.x + 23.7) for item in pieces("玄黃"))
    slab.line.items = (*first, *moved)
    path = make_pdf(plain_pages([slab]))
    assert look.content(path).count("TJ") == 1
    places = {c.text: c.x for c in look.characters(path)}
    assert places["玄"] == pytest.approx(50 + 23.7, abs=0.01)
    assert places["黃"] == pytest.approx(50 + 33.7, abs=0.01)


def test_places_do_not_drift_along_a_line(make_pdf):
    text = "天地玄黃宇宙洪荒" * 4
    items = []
    for index, char in enumerate(text):
        items += [item._replace(x=index * 9.7777) for item in pieces(char)]
    slab = line("天")
    slab.line.items = tuple(items)
    found = [c for c in look.characters(make_pdf(plain_pages([slab]))) if not c.text.isspace()]
    assert [c.x for c in found] == pytest.approx(
        [50 + i * 9.7777 for i in range(len(text))], abs=0.012
    )


def test_lines_stand_where_they_were_placed(make_pdf):
    path = make_pdf(plain_pages(["第一行", "第二行", "第三行"]))
    found = {c.text: c for c in look.characters(path)}
    assert found["一"].y == pytest.approx(600 - 63, abs=0.006)
    assert found["三"].y == pytest.approx(600 - 63 - 36, abs=0.006)
    assert found["一"].x == pytest.approx(60)


def test_a_generated_hyphen_is_not_text(make_pdf):
    slab = line("type")
    width = sum(item.width for item in slab.line.items)
    hyphen = tuple(i._replace(actual="") for i in pieces("-", x=width))
    slab.line.items = (*slab.line.items, *hyphen)
    path = make_pdf(plain_pages([slab]))
    assert "/Span<</ActualText<FEFF>>>BDC" in look.content(path)
    # PDFium shows hyphens at line ends as U+FFFE and copies words without them.
    assert _squeezed(look.pdfium_text(path)[0]).rstrip("-\ufffe") == "type"


def test_a_missing_glyph_is_shown_as_geta(make_pdf):
    path = make_pdf(plain_pages([line("字\U0003134f末")]))
    assert "<3013>" in _to_unicode(path, "/F1")
    assert "<D884DF4F>" in _to_unicode(path, "/F1.1")
    assert len({fact.base for fact in look.fonts(path)}) == 1


def _to_unicode(path, name):
    with pikepdf.open(path) as pdf:
        font = pdf.pages[0].Resources.Font[name]
        return font.ToUnicode.read_bytes().decode("ascii")


def test_a_radical_costs_the_ideographs_nothing(make_pdf):
    path = make_pdf(plain_pages([line("\u2f00\u4e00\u4e00\u4e00")]))
    assert look.content(path).count("ActualText") == 1


def test_colour_size_and_spacing_change_within_a_line(make_pdf):
    slab = line("天地")
    slab.line.items = (
        *pieces("天", size=10),
        *pieces("地", x=10, size=10, color="#cc0000"),
        *pieces("玄", x=20, size=14),
        *pieces("黃", x=34, size=14, spacing=1.5),
        *pieces("宇", x=49.5, size=14, role="sans"),
    )
    path = make_pdf(plain_pages([slab]))
    assert _squeezed(look.pdfium_text(path)[0]) == "天地玄黃宇"
    found = {c.text: c for c in look.characters(path)}
    assert [found[c].x for c in "天地玄黃宇"] == pytest.approx([50, 60, 70, 84, 99.5], abs=0.01)
    assert [found[c].size for c in "天玄"] == pytest.approx([10, 14])
    assert "Sans" in found["宇"].font
    assert "0.8 0 0 rg" in look.content(path)


def test_languages_within_a_line_are_marked(make_pdf):
    slab = line("天地")
    slab.line.items = (*pieces("天地"), *pieces("日本", x=20, lang="ja"))
    slab.line.items = (
        *slab.line.items[:1],
        *(item._replace(lang="ja") for item in slab.line.items[1:]),
    )
    path = make_pdf(plain_pages([slab]))
    assert look.tags(path) == "Document\n  P [2]\n    Span [2]"
    with pikepdf.open(path) as pdf:
        paragraph = pdf.Root.StructTreeRoot.K.K[0]
        assert "/Lang" not in paragraph
        assert paragraph.K[1].Lang == "ja"


def test_text_turned_clockwise_in_a_vertical_line(make_pdf):
    slab = line("ab")
    slab.line.items = tuple(item._replace(rotated=True) for item in slab.line.items)
    pages = plain_pages([slab])
    pages.vertical = True
    path = make_pdf(pages)
    a, b = (next(c for c in look.characters(path) if c.text == t) for t in "ab")
    assert a.x == pytest.approx(b.x, abs=0.01)
    assert a.y > b.y


def test_columns_that_begin_at_one_height_are_read_from_the_right(make_pdf):
    """PDFium reads pieces at one height from left to right: no whole column may be one piece."""
    lines = [line(text) for text in ("一二三四五", "六七八九十", "abc defgh", "天地玄黄　　", "終")]
    lines[2].line.items = tuple(i._replace(rotated=TURNED) for i in lines[2].line.items)
    pages = plain_pages(lines)
    pages.vertical = True
    path = make_pdf(pages)
    found = "".join("".join(look.pdfium_text(path)).split())
    assert found == "一二三四五六七八九十abcdefgh天地玄黄終"


def test_level_text_is_condensed_and_what_follows_is_not(make_pdf):
    face = pieces("1")[0].face
    level = TextItem(
        10.0, 0.0, face, 10.0, "123", glyphs=face.shape("123"), width=10.0, rotated=LEVEL
    )
    slab = line("第回")
    first, second = pieces("第"), pieces("回", x=20.0)
    slab.line.items = (*first, level, *second)
    pages = plain_pages([slab])
    pages.vertical = True
    path = make_pdf(pages)
    content = look.content(path)
    assert content.count(" Tz") == 2
    assert "100 Tz" in content
    places = {c.text: c for c in look.characters(path)}
    assert places["1"].y == places["3"].y
    assert places["3"].x - places["1"].x == pytest.approx(20 / 3, abs=0.3)
    assert places["第"].x == pytest.approx(places["回"].x, abs=0.01)
    assert places["第"].y > places["1"].y > places["回"].y
    assert "第123回" in "".join("".join(look.pdfium_text(path)).split())


@pytest.mark.parametrize("vertical", [False, True])
def test_the_pen_moves_before_what_reads_as_something_else(make_pdf, vertical):
    """PDFium forgets a move that only an empty string follows: the quote stood over the Latin."""
    made = []
    for actual in ("“", None):
        slab = line("国")
        second = pieces("「", x=5.0)[0]._replace(actual=actual)
        third = pieces("「", x=12.5)[0]._replace(actual=actual)
        slab.line.items = (*pieces("国"), second, third, *pieces("国", x=22.5))
        pages = plain_pages([slab])
        pages.vertical = vertical
        with pypdfium2.PdfDocument(make_pdf(pages)) as document:
            made.append(document[0].render(scale=2).to_pil().tobytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("text", ["一丁天「玄」黃宇宙洪荒", "一\u2f00天「玄」黃宇宙洪荒"])
def test_the_pen_moves_inside_a_piece(make_pdf, text):
    """Also where a character is more than its code: the radical reads as itself."""
    spacing, half = 0.2763, 5.0
    moves = ((2, -spacing), (3, -spacing - half), (5, -spacing), (6, 1.0003), (8, 1.0003))
    item = pieces(text, size=10.0, spacing=spacing)[0]._replace(text=text, moves=moves)
    made = Slab(18.0, 13.0, 0.0, Line(0, 11, (item,), 9, 3), tag=0)
    path = make_pdf(plain_pages([made]))
    wanted, pen = [], 50.0
    for at in range(len(text)):
        pen += dict(moves).get(at, 0.0)
        wanted.append(pen)
        pen += 10.0 + spacing
    found = [c.x for c in look.characters(path)]
    assert found == pytest.approx(wanted, abs=0.02)
    assert _squeezed(look.pdfium_text(path)[0]) == text


def test_no_mark_laps_over_the_one_before_by_more_than_half_an_em(make_pdf):
    """Poppler would read what does as a line of its own."""
    spacing = 0.2777
    (item,) = pieces("說：「你好嗎？」我說：「很好", size=10.0, spacing=spacing)
    moves = ((1, -spacing), (2, -spacing - 5.0), (6, -spacing), (7, -spacing - 5.0), (11, -5.0))
    made = Slab(18.0, 13.0, 0.0, Line(0, 13, (item._replace(moves=moves),), 9, 3), tag=0)
    content = look.content(make_pdf(plain_pages([made])))
    steps = [int(step) for step in re.findall(r">(\d+)<", content)]
    assert [step for step in steps if step > 100] == [527, 527, 499]
