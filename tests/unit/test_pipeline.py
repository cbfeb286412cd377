"""What a job decides by itself."""

import zipfile

import pikepdf
import pytest

from publisher.environment import Environment
from publisher.events import ignore
from publisher.pipeline import Job, Workshop, run_job, sheet_for
from publisher.registry import writer
from publisher.settings import (
    BookSettings,
    OutputSettings,
    PdfSettings,
    Settings,
    ThemeSettings,
)
from publisher.sources import find_sources
from publisher.tree.meta import WRITING_MODE, Document, Metadata
from publisher.tree.nodes import Paragraph, Section, Text
from publisher.volume import SourceGroup


def document(chapters, characters, kind="chapter"):
    text = Text("字" * max(1, characters // max(1, chapters)))
    sections = tuple(
        Section(1, (Text(str(n)),), (Paragraph((text,)),), kind=kind) for n in range(chapters)
    )
    return Document(Metadata(language="zh-Hans"), sections or (Paragraph((text,)),))


@pytest.mark.parametrize(
    ("made", "theme"),
    [
        (document(0, 5_000), "article"),
        (document(5, 300), "article"),
        (document(4, 30_000), "article"),
        (document(12, 22_000), "book"),
        (document(1, 80_000), "book"),
        (document(1, 300, "part"), "book"),
    ],
)
def test_long_works_and_works_in_parts_are_books(made, theme):
    assert sheet_for(made, Settings(), None).name == theme
    named = Settings(theme=ThemeSettings(name="article"))
    assert sheet_for(made, named, None).name == "article"


@pytest.mark.parametrize(
    ("extra", "configured", "vertical"),
    [
        ("", "", False),
        ("", "vertical", True),
        ("vertical", "", True),
        ("horizontal", "vertical", False),  # what the document says goes before the file
    ],
)
def test_the_documents_writing_mode_goes_before_the_configuration(extra, configured, vertical):
    pairs = ((WRITING_MODE, extra),) if extra else ()
    made = Document(Metadata(language="ja", extra=pairs), (Paragraph((Text("文"),)),))
    settings = Settings(book=BookSettings(writing_mode=configured))
    sheet = sheet_for(made, settings, None)
    assert sheet.vertical is vertical
    assert sheet.name == ("book-vertical" if vertical else "article")
    flat = sheet_for(made, settings, None, writing_mode="horizontal")
    assert (flat.vertical, flat.name) == (False, "article")


def test_a_format_whose_lines_cannot_run_down_is_told_of(tmp_path):
    source = tmp_path / "a.md"
    source.write_text("---\nlang: ja\nwriting-mode: vertical\n---\n\n# 章\n\n文です。\n")
    settings = Settings(output=OutputSettings(formats=("pdf", "epub", "docx")))
    group = SourceGroup("", tuple(find_sources([source], settings)))
    job = Job("a", (group,), settings, tmp_path / "out")
    result = run_job(job, Workshop(Environment(epoch=0)), ignore)
    assert result.error is None
    told = [dict(d.args)["format"] for d in result.diagnostics if d.code == "output.horizontal"]
    assert told == [f.upper() for f in ("pdf", "epub", "docx") if not writer(f).writes_vertical]
    with zipfile.ZipFile(tmp_path / "out" / "a.epub") as book:
        style = next(name for name in book.namelist() if name.endswith("style.css"))
        assert "vertical-rl" in book.read(style).decode()
        package = book.read("EPUB/content.opf").decode()
        assert 'page-progression-direction="rtl"' in package
    with zipfile.ZipFile(tmp_path / "out" / "a.docx") as word:
        assert "textDirection" not in word.read("word/document.xml").decode()
    with pikepdf.open(tmp_path / "out" / "a.pdf") as pdf:
        fonts = pdf.pages[0].Resources.Font.values()
        assert "/Identity-V" in {font.Encoding for font in fonts}
        assert "/Direction" not in pdf.Root.ViewerPreferences


def test_the_contents_of_words_horizontal_pages_count_these(tmp_path):
    source = tmp_path / "a.md"
    chapters = "".join(f"# {n}章\n\n{'文です。' * 400}\n\n" for n in range(1, 5))
    source.write_text(f"---\nlang: ja\nwriting-mode: vertical\n---\n\n{chapters}")
    outputs = OutputSettings(formats=("pdf", "docx"))
    group = SourceGroup("", tuple(find_sources([source], Settings())))

    def contents(folder, mode):
        settings = Settings(book=BookSettings(writing_mode=mode), output=outputs)
        result = run_job(
            Job("a", (group,), settings, folder), Workshop(Environment(epoch=0)), ignore
        )
        with zipfile.ZipFile(folder / "a.docx") as word:
            return [o.pages for o in result.outputs], word.read("word/document.xml")

    (painted, numbered), vertical = contents(tmp_path / "v", "vertical")
    source.write_text(source.read_text().replace("vertical", "horizontal"))
    (same, pages), horizontal = contents(tmp_path / "h", "horizontal")
    assert painted > numbered == pages == same
    assert vertical == horizontal


def test_the_direction_of_pages_is_written_on_request(tmp_path):
    source = tmp_path / "a.md"
    source.write_text("---\nlang: ja\n---\n\n文です。\n")
    pdf_settings = PdfSettings(right_to_left=True)
    settings = Settings(
        book=BookSettings(writing_mode="vertical"),
        output=OutputSettings(formats=("pdf",), pdf=pdf_settings),
    )
    group = SourceGroup("", tuple(find_sources([source], settings)))
    run_job(Job("a", (group,), settings, tmp_path), Workshop(Environment(epoch=0)), ignore)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        assert pdf.Root.PageLayout == "/TwoPageRight"
