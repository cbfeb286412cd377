"""Vertical books as whole runs: their text read back, their tags, and what validators say."""

import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from publisher.events import ignore
from publisher.settings import BookSettings, Settings
from publisher.stages import transform
from publisher.tree.nodes import Text
from publisher.tree.walk import map_inlines
from tests.tools import cases, judges, pdf_inspect, text_out
from tests.tools.every_node import every_node, png
from tests.tools.four_languages import everything

VERTICAL = Settings(book=BookSettings(writing_mode="vertical"))
LANGUAGES = ("ja", "zh-Hant", "zh-Hans")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]+")
every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Language -> the document with every node type, and its vertical PDF.

    PDFium has its own idea of words from right to left in turned text: they are left out.
    """
    folder = tmp_path_factory.mktemp("vertical")
    made = {}

    def write(language):
        if language not in made:
            document, resources = everything(language)
            document = map_inlines(transform(document, VERTICAL, ignore), _left_to_right)
            cases.write_all(document, resources, folder / language, VERTICAL, kinds=("pdf",))
            made[language] = document, folder / f"{language}.pdf"
        return made[language]

    return write


def _left_to_right(node):
    return Text(RIGHT_TO_LEFT.sub("x", node.text)) if isinstance(node, Text) else node


@every_language
def test_text_out_is_text_in(written, language):
    document, path = written(language)
    labels = pdf_inspect.page_labels(path)
    pages = {name: labels[at] for name, (at, _) in pdf_inspect.destinations(path).items()}
    wanted = text_out.text_in(document, pages)
    found = text_out.pdf_texts(path, document)
    for one, other in zip(wanted, found, strict=True):
        assert text_out.difference(map(text_out.as_pdfium_reads, one), other) == ""
    readings = text_out.pdf_annotations(path).replace(pdf_inspect.MADE_UP, "")
    assert readings == text_out.annotations_in(document)


@pytest.mark.judge
@every_language
def test_validators_find_nothing(written, language):
    _, path = written(language)
    assert judges.page_validation(path, "ua1") == []
    assert judges.page_validation(path, "2a") == []
    assert judges.qpdf(path) == []
    assert judges.poppler_fonts(path) == []
    assert pdf_inspect.wrong_widths(path) == []


@every_language
def test_the_tree_says_how_lines_run(written, language):
    _, path = written(language)
    with pikepdf.open(path) as pdf:
        top = pdf.Root.StructTreeRoot.K
        modes = {str(top.S): _writing_mode(top)}
        for element in _elements(top):
            if (mode := _writing_mode(element)) and element.S != "/Document":
                modes[str(element.S)] = mode
    assert modes["/Document"] == "/TbRl"
    assert modes["/Table"] == modes["/Figure"] == "/LrTb"


def _elements(element):
    kids = element.get("/K", pikepdf.Array())
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _writing_mode(element):
    owned = element.get("/A", pikepdf.Array())
    return next((str(entry.WritingMode) for entry in owned if "/WritingMode" in entry), "")


@every_language
def test_links_lie_over_their_text(written, language):
    """Each link area of a vertical page holds the characters that its text begins with."""
    _, path = written(language)
    links = [fact for fact in pdf_inspect.links(path) if fact.contents and fact.contents.isalpha()]
    assert links
    with pypdfium2.PdfDocument(path) as document:
        for fact in links[:40]:
            textpage = document[fact.page].get_textpage()
            left, bottom, right, top = fact.rect
            inside = textpage.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1)
            assert set(fact.contents[:2]) <= set(inside), fact


def test_every_node_type_with_wrong_references_is_set(tmp_path):
    """Hard characters and references that lead nowhere do no harm."""
    from publisher.environment import ResourceStore

    resources = ResourceStore()
    picture = resources.add_bytes(png(40, 30))
    document = transform(every_node(picture, "ja"), VERTICAL, ignore)
    settings = replace(VERTICAL, theme=replace(VERTICAL.theme, name="bunko"))
    cases.write_all(document, resources, tmp_path / "every", settings, kinds=("pdf",))
    assert judges.qpdf(tmp_path / "every.pdf") == []


def test_reading_without_tags_goes_column_by_column(tmp_path):
    source = tmp_path / "a.md"
    lines = [f"第{n}段落、" + "国の文字は縦に並ぶ" * 12 + "。" for n in "一二三"]
    source.write_text("---\nlang: ja\n---\n\n" + "\n\n".join(lines), encoding="utf-8")
    import publisher

    reading = publisher.read(source)
    cases.write_all(reading.document, reading.resources, tmp_path / "a", VERTICAL, kinds=("pdf",))
    found = "".join("".join(pdf_inspect.pdfium_text(tmp_path / "a.pdf")).split())
    assert "".join(lines) in found
    poppler = pdf_inspect.poppler_text(tmp_path / "a.pdf", "-raw")
    if poppler is not None:
        assert "".join(lines) in text_out.squeezed("".join(poppler))
