"""Covers drawn from the metadata: all text on them, inside the frame, the same every time."""

import re
from io import BytesIO

import pytest
from PIL import Image

import publisher
from publisher.tree.meta import Contributor, Document, Metadata, Series
from publisher.writers.epub.cover import HEIGHT, WIDTH, CoverText, cloth, drawn_cover
from publisher.writers.epub.cover_lines import block_of
from tests.tools.built_in_fonts import built_in_set
from tests.tools.every_node import inl, par

PLACE = re.compile(r'<path transform="translate\((-?[\d.]+) (-?[\d.]+)\)')
LONG = "人工智能时代的图书出版：从文章到书籍的自动排版与质量检验研究" * 3
MANY = tuple(f"作者甲{n}、作者乙{n}、作者丙{n}、作者丁{n}　著" for n in range(6))
TEXTS = [
    CoverText("书", "", (), "", ""),
    CoverText(LONG, LONG, MANY, "一套很长名字的丛书，第十二辑 12", "名字很长的出版社" * 3),
    CoverText("Internationalisation of Typesetting", "", ("Jane Doe",), "", "Press"),
    CoverText("第12回!?　NHK「文字」", "", ("山田　著",), "叢書 1", ""),
    CoverText("𠮷野家の𝒳\U000f0000", "", (), "", ""),  # rare, mathematical, drawn by no face
]


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_all_text_is_inside_the_frame(text, vertical):
    svg = drawn_cover(text, built_in_set("ja"), "ja", vertical=vertical)
    places = [(float(x), float(y)) for x, y in PLACE.findall(svg)]
    shown = sum(not c.isspace() for c in "".join((*text[:2], *text.credits, *text[3:])))
    assert len(places) >= shown * 0.9  # ligatures draw fewer glyphs than characters
    assert all(96 <= x <= WIDTH - 96 and 96 <= y <= HEIGHT - 96 for x, y in places)
    assert svg == drawn_cover(text, built_in_set("ja"), "ja", vertical=vertical)


def lines(text, *, width=800, height=600, columns=False):
    block = block_of(
        [text],
        built_in_set("zh-Hans"),
        "zh-Hans",
        width=width,
        height=height,
        largest=200,
        wrap=True,
        vertical=columns,
    )
    assert block.width <= width + 0.01
    assert block.height <= height + 0.01
    return block.lines


def test_titles_break_after_their_marks():
    assert lines("图书出版：从文章到书籍")[0] == "图书出版："


def test_words_are_not_broken():
    found = lines("The Art of Typesetting Chinese and Korean")
    assert " ".join(found) == "The Art of Typesetting Chinese and Korean"


def test_no_line_begins_with_a_closing_mark():
    found = lines("甲乙丙「丁戊己」庚辛，壬癸（子丑）寅卯", width=300, height=900)
    assert len(found) > 2
    assert not any(line[0] in "」，）" or line[-1] in "「（" for line in found)


def test_columns_are_as_high_as_their_room():
    assert len(lines("吾輩は猫である名前はまだ無い", width=400, height=700, columns=True)) == 2


def test_ink_is_seen_on_every_cloth():
    cloths = {cloth(str(n)) for n in range(200)}
    assert len(cloths) == 8
    for color in cloths:
        assert max(int(color[at : at + 2], 16) for at in (1, 3, 5)) < 0x60


@pytest.fixture
def document():
    meta = Metadata(
        title=inl("紅樓夢"),
        language="zh-Hant",
        contributors=(Contributor("曹雪芹"),),
        series=Series("四大名著", "1"),
    )
    return Document(meta, (par("文"),))


def test_a_book_without_a_cover_gets_one(press, document):
    book = press.book(document)
    (item,) = [i for i in book.manifest.values() if i.get("properties") == "cover-image"]
    assert item.get("media-type") == "image/svg+xml"
    assert f'src="{item.get("href")}" alt="紅樓夢"' in book.text("cover.xhtml")
    assert '<h1 class="title">紅樓夢</h1>' in book.text("title.xhtml")


def test_devices_get_a_raster_cover(press, document):
    book = press.book(document, reader="kindle")
    (item,) = [i for i in book.manifest.values() if i.get("properties") == "cover-image"]
    image = Image.open(BytesIO(book.files[f"EPUB/{item.get('href')}"]))
    assert image.size == (WIDTH, HEIGHT)
    assert len(image.convert("RGB").getcolors(10**6)) > 2


def test_a_drawn_cover_is_no_part_of_the_document(press, document):
    back = publisher.read(press.write(document)).document
    assert (back.meta.cover, back.resources) == ("", ())
    assert [block.content for block in back.body] == [inl("文")]


def test_ornament_ends_at_the_edge():
    svg = drawn_cover(TEXTS[0], built_in_set("ja"), "ja", vertical=False)
    before, _, clipped = svg.partition('<g clip-path="url(#e)">')
    assert "<use" not in before
    assert "<use" not in clipped.partition("</g>")[2]
    assert f'<clipPath id="e"><rect width="{WIDTH}" height="{HEIGHT}"/></clipPath>' in svg
