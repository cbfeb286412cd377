"""A document written and read back is the same, apart from what docs/round-trips.md declares."""

import zipfile

import pytest

import publisher
from publisher.environment import ResourceStore
from publisher.events import ignore
from publisher.pipeline import write_document
from publisher.settings import BookSettings, EpubSettings, OutputSettings, Settings
from publisher.stages import transform
from publisher.tree.meta import WRITING_MODE, Document, Metadata
from publisher.tree.nodes import (
    Attr,
    CrossRef,
    LineBreak,
    Paragraph,
    Quote,
    Ruby,
    RubyPair,
    Span,
    Text,
)
from tests.tools import cases
from tests.tools.every_node import every_node, png
from tests.tools.four_languages import LANGUAGES
from tests.tools.round_trip import differences, plain
from tests.tools.round_trip_losses import DOCX, EPUB

LOSSES = {"docx": DOCX, "epub": EPUB}


def back_from(document, resources, form, folder, settings=None):
    settings = settings or Settings(output=OutputSettings(formats=(form,)))
    target = folder / f"out.{form}"
    write_document(document, resources, settings, target, cases.workshop(), ignore)
    return transform(publisher.read(target).document, Settings(), ignore)


@pytest.mark.parametrize("form", sorted(LOSSES))
def test_every_node_comes_back(form, tmp_path):
    resources = ResourceStore()
    document = every_node(resources.add_bytes(png()))
    document = transform(document, Settings(), ignore)
    back = back_from(document, resources, form, tmp_path)
    losses = LOSSES[form]
    assert differences(plain(document, losses), plain(back, losses)) == []


@pytest.mark.parametrize("form", sorted(LOSSES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_node_comes_back_in_four_languages(form, language, tmp_path):
    document, resources = cases.document_of(f"every-{language}")
    back = back_from(document, resources, form, tmp_path)
    losses = LOSSES[form]
    assert differences(plain(document, losses), plain(back, losses)) == []


@pytest.mark.parametrize("language", ["ja", "zh-Hant"])
def test_a_vertical_book_with_its_pages_comes_back(language, tmp_path):
    document, resources = cases.document_of(f"every-{language}")
    output = OutputSettings(formats=("epub",), epub=EpubSettings(page_list="always"))
    settings = Settings(book=BookSettings(writing_mode="vertical"), output=output)
    back = back_from(document, resources, "epub", tmp_path, settings)
    assert differences(plain(document, EPUB), plain(back, EPUB)) == []
    assert dict(back.meta.extra)[WRITING_MODE] == "vertical"
    with zipfile.ZipFile(tmp_path / "out.epub") as book:
        assert b"doc-pagebreak" in book.read("EPUB/chapter-001.xhtml")


@pytest.mark.parametrize("form", sorted(LOSSES))
def test_the_samples_come_back(form, samples, tmp_path):
    for source in sorted(samples.glob("*.*")):
        if source.suffix not in (".md", ".txt"):
            continue
        reading = publisher.read(source)
        document = transform(reading.document, Settings(), ignore)
        back = back_from(document, reading.resources, form, tmp_path)
        losses = LOSSES[form]
        assert differences(plain(document, losses), plain(back, losses)) == [], source.name


def test_breaks_of_ours_part_no_paragraph(tmp_path):
    lines = (Text("甲"), LineBreak(), LineBreak(), Text("乙"))
    quote = Quote((Paragraph((Text("文"),)),), attribution=lines)
    document = Document(
        Metadata(title=(Text("题"),), language="zh-Hans"), (quote, Paragraph(lines))
    )
    back = back_from(document, ResourceStore(), "epub", tmp_path)
    assert differences(plain(document, EPUB), plain(back, EPUB)) == []


def test_a_reference_comes_back_without_the_readings_of_its_words(tmp_path):
    words = (Text("见"), Ruby((RubyPair("漢", "かん"), RubyPair("字", "じ"))), Text("。"))
    there = Paragraph((Text("文"),), attr=Attr(id="there"))
    document = Document(
        Metadata(language="ja"), (there, Paragraph((CrossRef("there", fallback=words),)))
    )
    back = back_from(document, ResourceStore(), "epub", tmp_path)
    assert back.body[1].content == (CrossRef("there", fallback=(Text("见漢字。"),)),)


def test_a_difference_is_seen():
    one, _ = cases.document_of("every-ja")
    other, _ = cases.document_of("every-ko")
    assert len(differences(plain(one, EPUB), plain(other, EPUB))) > 20
    assert differences(plain(one), plain(one)) == []


def test_a_language_of_a_heading_is_not_that_of_its_section(tmp_path):
    """In pages it is the heading's; a section of one says it itself, in EPUBs too."""
    source = tmp_path / "a.html"
    source.write_text(
        "<html lang=zh-Hans><title>题</title><article><p>文</p><h2 lang=ja>題</h2><p>中文</p>"
        "<section lang=ko><h2>제</h2><p>글</p></section></article>"
    )
    assert publisher.convert([source], tmp_path, output__verify=True).error is None
    for name in ("a.html", "a.docx", "a.epub"):
        ours, korean = publisher.read(tmp_path / name).document.body[1:]
        assert ours.attr.lang == ""
        assert ours.title == (Span((Text("題"),), Attr(lang="ja")),)
        assert ours.blocks == (Paragraph((Text("中文"),)),)
        if name != "a.docx":  # Word has no sections: each paragraph says its own
            assert korean.attr.lang == "ko"
