"""What a job decides by itself."""

import zipfile

import pikepdf
import pytest

import publisher
from publisher.environment import Environment
from publisher.errors import ConfigError
from publisher.events import ignore
from publisher.job import Job, Workshop
from publisher.pipeline import run_job
from publisher.settings import (
    BookSettings,
    OutputSettings,
    PdfSettings,
    Settings,
    ThemeSettings,
)
from publisher.sources import find_sources
from publisher.stages import sheet_for
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


def test_lines_run_down_in_every_format(tmp_path):
    source = tmp_path / "a.md"
    source.write_text("---\nlang: ja\nwriting-mode: vertical\n---\n\n# 章\n\n文です。\n")
    settings = Settings(output=OutputSettings(formats=("pdf", "epub", "docx")))
    group = SourceGroup("", tuple(find_sources([source], settings)))
    job = Job("a", (group,), settings, tmp_path / "out")
    result = run_job(job, Workshop(Environment(epoch=0)), ignore)
    assert result.error is None
    assert [d for d in result.diagnostics if d.code == "output.horizontal"] == []
    with zipfile.ZipFile(tmp_path / "out" / "a.epub") as book:
        style = next(name for name in book.namelist() if name.endswith("style.css"))
        assert "vertical-rl" in book.read(style).decode()
        package = book.read("EPUB/content.opf").decode()
        assert 'page-progression-direction="rtl"' in package
    with zipfile.ZipFile(tmp_path / "out" / "a.docx") as word:
        assert '<w:textDirection w:val="tbRl"/>' in word.read("word/document.xml").decode()
    with pikepdf.open(tmp_path / "out" / "a.pdf") as pdf:
        fonts = pdf.pages[0].Resources.Font.values()
        assert "/Identity-V" in {font.Encoding for font in fonts}
        assert "/Direction" not in pdf.Root.ViewerPreferences


def test_a_format_whose_lines_cannot_run_down_is_told_of_and_counts_horizontal_pages(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("publisher.writers.docx.writer.DocxWriter.writes_vertical", False)
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
        told = [dict(d.args)["format"] for d in result.diagnostics if d.code == "output.horizontal"]
        with zipfile.ZipFile(folder / "a.docx") as word:
            return [o.pages for o in result.outputs], word.read("word/document.xml"), told

    (painted, numbered), vertical, told = contents(tmp_path / "v", "vertical")
    source.write_text(source.read_text().replace("vertical", "horizontal"))
    (same, pages), horizontal, silent = contents(tmp_path / "h", "horizontal")
    assert painted > numbered == pages == same
    assert vertical == horizontal
    assert (told, silent) == (["DOCX"], [])


def test_word_counts_the_vertical_pages_that_are_painted(tmp_path):
    source = tmp_path / "a.md"
    chapters = "".join(f"# {n}章\n\n{'文です。' * 400}\n\n" for n in range(1, 5))
    source.write_text(f"---\nlang: ja\nwriting-mode: vertical\n---\n\n{chapters}")
    settings = Settings(output=OutputSettings(formats=("pdf", "docx")))
    group = SourceGroup("", tuple(find_sources([source], settings)))
    result = run_job(
        Job("a", (group,), settings, tmp_path / "o"), Workshop(Environment(epoch=0)), ignore
    )
    painted, counted = (output.pages for output in result.outputs)
    assert painted == counted


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


@pytest.mark.parametrize("form", ["pdf", "epub", "docx"])
def test_a_missing_character_of_a_title_names_its_source(tmp_path, form):
    source = tmp_path / "a.md"
    source.write_text("---\nauthor: 某\U0001f389\n---\n# 題\U0001f4a5\n\n文。\n", "utf-8")
    result = publisher.convert([source], tmp_path / "out", formats=(form,))
    found = [(dict(d.args)["char"], d.where) for d in result.diagnostics]
    assert found == [("\U0001f4a5", str(source)), ("\U0001f389", str(source))]


def test_a_missing_character_of_a_volumes_title_names_the_volume(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.md").write_text("# 題\n\n文。\n", "utf-8")
    sources = [tmp_path / "a.md", tmp_path / "b.md"]
    result = publisher.convert(sources, tmp_path / "out", name="書", book__title="卷\U0001f4a5")
    assert [d.where for d in result.diagnostics] == ["書"]


def test_nothing_to_convert_is_said(tmp_path):
    with pytest.raises(ConfigError, match="one source or more"):
        publisher.convert([], tmp_path)
