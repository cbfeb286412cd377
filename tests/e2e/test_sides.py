"""Figures that text runs beside: read from sources, and set so in Word and EPUB."""

import re
import zipfile

import pypdfium2
import pytest

import publisher
from publisher.tree.nodes import Figure, Paragraph
from publisher.tree.walk import plain_text, query, walk_blocks
from tests.tools import judges
from tests.tools.docx_documents import png
from tests.tools.docx_inspect import DocxFile, W

TEXT = "江边的老渡口在县志里只有一句话，可是镇上的人都记得它。" * 6
MARKDOWN = f"""---
title: 渡口
lang: zh-Hans
---

{TEXT}

![渡口](a.png){{.right}}

{TEXT}

![船](b.png "图1　老陈的船"){{.left}}

{TEXT}

![独立](b.png)

{TEXT}

> ![引文中](a.png){{.right}}
>
> 引文。

![最后](a.png){{.left}}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.png").write_bytes(png(120, 160))
    (tmp_path / "b.png").write_bytes(png(160, 100, (190, 130, 80)))
    return tmp_path


def sides(path):
    return [figure.placement for figure in query(publisher.read(path).document, Figure)]


def test_markdown_names_the_side(folder):
    source = folder / "a.md"
    source.write_text(MARKDOWN)
    assert sides(source) == ["right", "left", "", "right", "left"]


@pytest.mark.parametrize(
    ("picture", "side"),
    [
        ('<img src="a.png" align="right">', "right"),
        ('<img src="a.png" class="alignleft size-full">', "left"),
        ('<img src="a.png" style="width:9em; float: right">', "right"),
        ('<a href="https://a.example/"><img src="a.png" class="float-left"></a>', "left"),
        ('<img src="a.png" class="copyright">', ""),
        ('<img src="a.png" width="20" height="20" align="left">', ""),
    ],
)
def test_pages_name_the_side(folder, picture, side):
    """A picture at a side leaves its paragraph, whose text is what it was."""
    source = folder / "a.html"
    text = f"<p>甲{TEXT}{picture}乙{TEXT}</p>"
    source.write_text(f"<html lang=zh-Hans><title>渡口</title><article>{text}</article></html>")
    body = publisher.read(source).document.body
    assert [type(b) for b in body] == ([Figure, Paragraph] if side else [Paragraph])
    if side:
        assert body[0].placement == side
        assert [inline.text for inline in body[1].content] == [f"甲{TEXT}乙{TEXT}"]


@pytest.mark.parametrize(
    ("figure", "side"),
    [
        ('<figure class="mw-halign-right"><img src="a.png">', "right"),
        ('<figure><img src="a.png" align="left">', "left"),
        ('<figure class="wide"><img src="a.png">', ""),
    ],
)
def test_figures_of_pages_name_the_side(folder, figure, side):
    source = folder / "a.html"
    text = f"<p>{TEXT}</p>{figure}<figcaption>渡口</figcaption></figure><p>{TEXT}</p>"
    source.write_text(f"<html lang=zh-Hans><title>渡口</title><article>{text}</article></html>")
    assert sides(source) == [side]


@pytest.fixture
def made(folder):
    source = folder / "a.md"
    source.write_text(MARKDOWN)
    result = publisher.convert([source], folder, output__verify=True)
    assert result.error is None
    return folder


def test_word_has_frames_where_a_paragraph_follows_in_the_text(made):
    file = DocxFile(made / "a.docx")
    assert file.faults() == []
    frames = [q.find(f"{W}pPr/{W}framePr") for q in file.body.iter(f"{W}p")]
    found = [frame.get(f"{W}xAlign") for frame in frames if frame is not None]
    # Each figure and its caption; not the one in the quotation, nor the last one.
    assert found == ["right", "right", "left", "left"]
    assert sides(made / "a.docx") == ["right", "left", "", "", ""]


def test_judges_accept_the_frames(made):
    assert judges.openxml_audit(made / "a.docx") == []
    assert judges.open_xml_sdk(made / "a.docx") == []
    assert judges.epubcheck([made / "a.epub"])[made / "a.epub"] == []


def test_libreoffice_sets_the_text_beside_the_picture(made):
    assert judges.libreoffice([made / "a.docx"], made / "pdf")[made / "a.docx"] >= 1
    with pypdfium2.PdfDocument(made / "pdf" / "a.pdf") as pdf:
        page = next(p for p in pdf if "渡口" in p.get_textpage().get_text_range())
        text = page.get_textpage()
        pictures = [o.get_bounds() for o in page.get_objects() if o.type == 3]
        left, low, _, high = max(pictures)  # the one at the right
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        beside = [b for b in boxes if low < b[1] and b[3] < high]
        assert len(beside) > 50
        assert all(b[2] <= left + 1 for b in beside)


def test_epub_floats_them_and_vertical_books_do_not(made):
    with zipfile.ZipFile(made / "a.epub") as book:
        css = next(book.read(n).decode() for n in book.namelist() if n.endswith(".css"))
        pages = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xhtml"))
    assert re.search(r"figure\.right\{float:right", css)
    # Text runs beside one figure at a time, and no heading, table or other section does.
    cleared = re.search(r"(h1,h2[^{}]*)\{clear:both\}", css)[1].split(",")
    assert {"h1", "h2", "h6", "figure", "table", "pre", "aside"} <= set(cleared)
    assert pages.count('<figure class="right"') == 2
    assert sides(made / "a.epub") == ["right", "left", "", "right", "left"]
    source = made / "v.md"
    source.write_text(MARKDOWN.replace("lang:", "writing-mode: vertical\nlang:"))
    assert publisher.convert([source], made, output__verify=True).error is None
    with zipfile.ZipFile(made / "v.epub") as book:
        css = next(book.read(n).decode() for n in book.namelist() if n.endswith(".css"))
    assert "float:right" not in css
    frames = [q.find(f"{W}pPr/{W}framePr") for q in DocxFile(made / "v.docx").body.iter(f"{W}p")]
    assert not any(frame is not None for frame in frames)


SHORT = f"""# 甲

{TEXT}

![渡口](a.png){{.right}}

短。

![船](b.png){{.left}}

{TEXT}

![渡口](a.png){{.right}}

短。

| 戊 | 己 |
| --- | --- |
| 庚 | 辛 |

{TEXT}

![渡口](a.png){{.left}}

短。

## 壬癸

{TEXT}
"""


def office(folder, text):
    """Pages of our Word file in LibreOffice: boxes of pictures, and of every character."""
    source = folder / "s.md"
    source.write_text(text)
    assert (
        publisher.convert([source], folder, output__formats=("docx",), output__verify=True).error
        is None
    )
    assert judges.libreoffice([folder / "s.docx"], folder / "pdf")[folder / "s.docx"] >= 1
    with pypdfium2.PdfDocument(folder / "pdf" / "s.pdf") as pdf:
        for page in pdf:
            text = page.get_textpage()
            pictures = [o.get_bounds() for o in page.get_objects() if o.type == 3]
            yield (
                pictures,
                [
                    (text.get_text_range(n, 1), text.get_charbox(n))
                    for n in range(text.count_chars())
                ],
            )


def test_what_follows_a_short_text_beside_a_picture_stands_below_it(folder):
    """Not between two pictures, nor a table or heading beside one."""
    seen = []
    for pictures, characters in office(folder, SHORT):
        for one in pictures:
            beside = {char for char, box in characters if one[1] < box[1] and box[3] < one[3]}
            seen.append("短" in beside)
            assert not beside & set("戊己庚辛壬癸")
            assert not any(two[1] < one[3] and one[1] < two[3] for two in pictures if two != one)
    assert seen == [True, False, True, True]


def test_no_picture_hangs_over_the_foot_of_its_page(folder):
    text = "".join(
        f"{TEXT * 2}\n\n{'短。' * 2 * at}\n\n![](a.png){{.right}}\n\n{TEXT}\n\n" for at in range(16)
    )
    pictures = [box for found, _ in office(folder, f"# 题\n\n{text}") for box in found]
    assert len(pictures) == 16
    assert min(box[1] for box in pictures) > 60


def test_a_break_that_ends_the_text_beside_a_picture_is_none_of_the_text(folder):
    source = folder / "s.md"
    source.write_text(SHORT)
    assert publisher.convert([source], folder, output__formats=("docx",)).error is None
    file = DocxFile(folder / "s.docx")
    assert sum(1 for b in file.body.iter(f"{W}br") if b.get(f"{W}clear") == "all") == 3
    assert judges.openxml_audit(folder / "s.docx") == []
    assert judges.open_xml_sdk(folder / "s.docx") == []
    assert shape(folder / "s.docx") == shape(source)


def shape(path):
    blocks = walk_blocks(publisher.read(path).document)
    return [(type(b), plain_text(b.content) if isinstance(b, Paragraph) else "") for b in blocks]
