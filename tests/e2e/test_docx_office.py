"""Word files in the hands of others: LibreOffice's pages, mammoth, python-docx."""

import os
import re
import unicodedata

import docx
import mammoth
import pypdfium2
import pytest

import publisher
from publisher.events import ignore
from publisher.faces.store import default_cache
from publisher.job import Job
from publisher.pipeline import run_job, write_document
from publisher.settings import DocxSettings, OutputSettings, Settings, ThemeSettings
from publisher.sources import find_sources
from publisher.volume import SourceGroup
from tests.tools import cases, judges
from tests.tools.docx_documents import png
from tests.tools.docx_inspect import DocxFile, W, style_of

SETTINGS = Settings(
    theme=ThemeSettings(name="book"), output=OutputSettings(formats=("docx",), docx=DocxSettings())
)


@pytest.fixture
def our_fonts(tmp_path, monkeypatch):
    """LibreOffice with the fonts that the layout counts with."""
    folder = default_cache(os.environ) / "fonts"
    config = tmp_path / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{folder}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))


def written(name, folder, settings=None):
    """The Word file of a case."""
    document, resources = cases.document_of(name)
    target = folder / f"{name}.docx"
    settings = settings or Settings(output=OutputSettings(formats=("docx",)))
    write_document(document, resources, settings, target, cases.workshop(), ignore)
    return target


def plain(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def entries(file):
    """Titles of the contents with their page labels."""
    found = [q for q in file.body.iter(f"{W}p") if re.fullmatch("TOC[1-6]", style_of(q))]
    return [file.shown(q).rpartition("\t")[::2] for q in found]


def test_libreoffice_finds_headings_within_a_page_of_our_contents(tmp_path, our_fonts):
    target = written(cases.HEADINGS, tmp_path, SETTINGS)
    assert judges.libreoffice([target], tmp_path / "pdf")[target] >= 60
    with pypdfium2.PdfDocument(tmp_path / "pdf" / f"{target.stem}.pdf") as pdf:
        pages = [plain(page.get_textpage().get_text_range()) for page in pdf]
    titles = entries(DocxFile(target))
    # Titles stand on the pages of the contents too: the text begins where the last of those ends.
    last = max(at for at, page in enumerate(pages) if plain(titles[-1][0]) + "." in page)
    at, off = last + 1, []
    for title, label in titles:
        place = next(n for n in range(at, len(pages)) if plain(title) in pages[n])
        at = place
        off.append(place - last - int(label))
    assert len(titles) == 300
    assert max(map(abs, off)) <= 1, off


def _dialogue(marks, chapters):
    """Chapters full of quoted speech, which differ in where their marks stand."""
    opening, closing = marks
    said = (
        "掌柜放下算盘，抬头问：【客官从哪里来？】那人答道：【从山外来，走了三天，想讨一碗热茶。】"
    )
    told = "说完解下包袱，取出一封信、一把钥匙；信上只有八个字，钥匙却用红绳系着，不知开哪一扇门！"
    lines = []
    for chapter in range(1, chapters + 1):
        lines.append(f"# 第{chapter}回 夜雨\n")
        for at in range(30):
            start = (7 * chapter + 5 * at) % len(told)
            text = told[start:].lstrip("，、；！") + (said + told) * (1 + (chapter + at) % 4)
            lines.append(text.replace("【", opening).replace("】", closing) + "\n")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("language", "marks", "theme"),
    [
        ("zh-Hans", "“”", "book"),
        ("zh-Hant", "「」", "book"),
        ("ja", "「」", "book"),
        ("ja", "「」", "book-vertical"),
        ("zh-Hans", "“”", "article"),
    ],
)
def test_pages_of_dialogue_are_those_of_libreoffice(language, marks, theme, tmp_path, our_fonts):
    """Every chapter begins on its page, 60 pages and more on, and no mark is lost in print."""
    source = tmp_path / "dialogue.md"
    source.write_text(f"---\ntitle: 夜雨\nlang: {language}\n---\n\n" + _dialogue(marks, 12))
    publisher.convert([source], tmp_path, formats=("docx",), theme__name=theme)
    target = tmp_path / "dialogue.docx"
    assert judges.libreoffice([target], tmp_path / "pdf")[target] >= 60
    with pypdfium2.PdfDocument(tmp_path / "pdf" / "dialogue.pdf") as pdf:
        pages = [plain(page.get_textpage().get_text_range()) for page in pdf]
    file = DocxFile(target)
    found, at = [], max(n for n, page in enumerate(pages) if "...." in page)
    for title, label in entries(file):
        at = next(n for n in range(at + 1, len(pages)) if plain(title) in pages[n])
        found.append((at, int(label)))
    first, begins = found[0]
    assert [place - first for place, _ in found] == [label - begins for _, label in found]
    text = plain("".join(file.body.itertext()))
    for mark in plain("，。、；：？！" + marks):
        assert "".join(pages).count(mark) == text.count(mark), mark


_SAID = {
    "zh-Hans": (
        "在PDF/A-2a文件里，每一个glyph都要能由ToUnicode映射回Unicode字符；否则搜索和复制就会失败。",
        "他问：“CMap表格有多大？”答曰：“不过12 KB而已。”这样的事，一年总有三四回。",
    ),
    "ja": (
        "PDF/A-2aのファイルでは、すべてのグリフがToUnicodeによってUnicodeの文字に戻せなければならない。",
        "「CMapの表はどれほどの大きさか」と彼は尋ねた。「12 KBにすぎません」と答えがあった。",
    ),
    "ko": (
        "PDF/A-2a 파일에서는 모든 글리프가 ToUnicode를 통해 유니코드 문자로 되돌아갈 수 있어야 한다.",
        "“CMap 표는 얼마나 큰가?” 하고 그가 물었다. “12 KB에 지나지 않습니다.” 그런 일이 있다.",
    ),
}


def _handbook(language):
    """Chapters with lists, tables, quotations, code, pictures and notes between paragraphs."""
    one, two = _SAID[language]
    lines, notes = [f"---\ntitle: CMap\nlang: {language}\n---\n"], []
    for at in range(240):
        if at % 20 == 0:
            lines.append(f"# Chapter {1 + at // 20}\n")
        if at % 7 == 0:
            lines.append(f"## Section {1 + at // 7}\n")
        text = " ".join((one, two) * (1 + at % 3))
        kind = at % 9
        if kind == 0:
            lines += [*(f"- {one}" for _ in range(2 + at % 3)), ""]
        elif kind == 1:
            lines += [*(f"{n}. {text}" for n in (1, 2)), ""]
        elif kind == 2:
            rows = [
                f"| {one[n : n + 18]} | {37 * n} | {two[n : n + 24]} |" for n in range(4 + at % 6)
            ]
            lines += ["| A | B | C |", "|---|---|---|", *rows, ""]
        elif kind == 3:
            lines.append(f"> {text}\n")
        elif kind == 4:
            lines += [
                "```",
                *(f"def f{n}(x): return x * {n}" for n in range(5 + at % 4)),
                "```",
                "",
            ]
        elif kind == 5:
            lines.append(f"{one}[^{at}]{two}\n")
            notes.append(f"[^{at}]: {text}\n")
        elif kind == 6 and at % 2:
            lines.append("![Plate](plate.png)\n")
        else:
            lines.append(f"{text}\n")
    return "\n".join([*lines, *notes])


@pytest.mark.parametrize("language", _SAID)
def test_pages_of_a_handbook_are_those_of_libreoffice(language, tmp_path, our_fonts):
    """With lists, tables, pictures, code and notes, sections begin within a page of the contents."""
    (tmp_path / "plate.png").write_bytes(png(480, 300))
    source = tmp_path / "handbook.md"
    source.write_text(_handbook(language))
    result = publisher.convert([source], tmp_path, formats=("docx",), theme__name="book")
    assert result.error is None
    target = tmp_path / "handbook.docx"
    assert judges.libreoffice([target], tmp_path / "pdf")[target] >= 60
    with pypdfium2.PdfDocument(tmp_path / "pdf" / "handbook.pdf") as pdf:
        pages = [plain(page.get_textpage().get_text_range()) for page in pdf]
    at = max(n for n, page in enumerate(pages) if "...." in page) + 1
    first, off = at, []
    for title, label in entries(DocxFile(target)):
        at = next(n for n in range(at, len(pages)) if plain(title) in pages[n])
        off.append(at - first + 1 - int(label))
    assert len(off) > 40
    assert max(map(abs, off)) <= 1, off


def overlapping(page):
    """How many Han and kana of a page stand on another one."""
    text = page.get_textpage()
    boxes = [
        text.get_charbox(n)
        for n, char in enumerate(text.get_text_range())
        if n < text.count_chars() and "\u3041" <= char <= "\u9fff"
    ]
    middles = [((a + c) / 2, (b + d) / 2, d - b) for a, b, c, d in boxes]
    near = 0
    for n, (x, y, size) in enumerate(middles):
        near += any(
            abs(x - u) < 0.3 * size and abs(y - v) < 0.3 * size for u, v, _ in middles[n + 1 :]
        )
    return near


def test_lines_of_vertical_pages_stand_beside_one_another(tmp_path, our_fonts):
    (source,) = (cases.ROOT / "sources").glob("5-*")
    result = publisher.convert([source], tmp_path, formats=("docx",))
    (target,) = [output.path for output in result.outputs]
    assert judges.libreoffice([target], tmp_path / "pdf")[target] >= 6
    with pypdfium2.PdfDocument(tmp_path / "pdf" / f"{target.stem}.pdf") as pdf:
        assert [overlapping(page) for page in pdf] == [0] * len(pdf)


def test_mammoth_reads_every_paragraph(tmp_path):
    target = written("every-zh-Hans", tmp_path)
    with target.open("rb") as source:
        found = mammoth.extract_raw_text(source)
    assert [m for m in found.messages if m.type == "error"] == []
    read = plain(found.value)
    file = DocxFile(target)
    # It drops the base of ruby, a known gap of mammoth's.
    whole = [q for q in file.body.iter(f"{W}p") if q.find(f".//{W}ruby") is None]
    assert len(whole) > 50
    assert [text for text in map(file.shown, whole) if plain(text) not in read] == []


def test_python_docx_reads_and_writes_what_we_wrote(tmp_path):
    target = written("every-ja", tmp_path)
    opened = docx.Document(str(target))
    assert opened.styles["Heading 1"].style_id == "Heading1"
    assert opened.core_properties.title
    opened.add_paragraph("追加した段落。")
    saved = tmp_path / "edited.docx"
    opened.save(str(saved))
    assert DocxFile(saved).faults() == []
    before, after = publisher.read(target).document, publisher.read(saved).document
    assert len(after.body) == len(before.body)


def test_numbers_that_nobody_sees_are_no_text_of_the_file(tmp_path):
    """A list of tables counts captions without a number, and the proof finds nothing added."""
    source = tmp_path / "a.md"
    source.write_text("# 一\n\n| 甲 |\n|---|\n| 乙 |\n\n: 没有编号\n\n# 二\n\n文。\n")
    listed = DocxSettings(list_of_tables=True)
    settings = Settings(output=OutputSettings(formats=("docx",), docx=listed, verify=True))
    group = SourceGroup("", tuple(find_sources([source], settings)))
    job = Job("a", (group,), settings, tmp_path / "out")
    result = run_job(job, cases.workshop(), ignore)
    assert result.error is None
    file = DocxFile(tmp_path / "out" / "a.docx")
    assert file.body.find(f".//{W}vanish") is not None
