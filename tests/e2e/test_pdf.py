"""Articles carried all the way to PDF, read back by programs that share no code with the writer."""

import re
import shutil
import subprocess
from functools import cache

import pytest

import publisher
from publisher.tree.nodes import Footnote, Section
from publisher.tree.walk import document_text, plain_text, query
from tests.conftest import ROOT, SHARED
from tests.tools import pdf_inspect as look

SAMPLES = sorted(p for p in (ROOT / "sources").iterdir() if p.suffix in (".txt", ".md", ".html"))
SEED = SHARED / "sources" / "000_36e689250a359071.txt"
NOVEL = SHARED / "corpus" / "novel-hans.md"

# What is set beside the text of the tree: labels of lists and notes, calls, annotations.
FURNITURE = frozenset({"Lbl", "Reference", "RT", "RP", "TOC"})


def articles():
    found = [pytest.param(path, id=path.stem) for path in SAMPLES]
    missing = pytest.mark.skipif(not SEED.is_file(), reason="the shared material is not there")
    return [*found, pytest.param(SEED, id="seed", marks=missing)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Source -> (reading, PDF), each made once for this module."""
    folder = tmp_path_factory.mktemp("pdf")

    @cache
    def make(path):
        reading = publisher.read(path)
        return reading, publisher.write(reading, folder / f"{path.stem}.pdf")

    return make


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("path", articles())
def test_text_out_is_text_in(made, path):
    """By the tags, PDFium reads the tree's text in its order; notes stand at their pages' feet."""
    reading, pdf = made(path)
    body, notes = [], []
    for piece in look.tagged_text(pdf, leave_out=FURNITURE):
        (notes if "Note" in piece.path else body).append(squeezed(piece.text))
    noted = {squeezed(t) for note in query(reading.document, Footnote) for t in _texts(note)}
    expected = [squeezed(text) for text in document_text(reading.document)]
    title = squeezed(plain_text(reading.document.meta.title))
    found = "".join(body)
    wanted = "".join(text for text in expected if text not in noted)
    assert wanted in found, title
    assert "".join(notes) == "".join(text for text in expected if text in noted)


def _texts(note):
    from publisher.tree.meta import Document, Metadata

    return document_text(Document(Metadata(), note.blocks))


@pytest.mark.judge
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("path", articles())
def test_poppler_reads_every_paragraph(made, path):
    """Paragraphs that stand whole on one page without calls or ruby are found as they are."""
    reading, pdf = made(path)
    pages = [squeezed(text) for text in look.poppler_text(pdf, "-raw")]
    texts = [squeezed(text) for text in document_text(reading.document)]
    found = [text for text in texts if any(text in page for page in pages)]
    assert len(found) >= 0.8 * len(texts)


@pytest.mark.parametrize("path", articles())
def test_fonts_are_embedded_subsets_one_object_a_face(made, path):
    facts = look.fonts(made(path)[1])
    names = [fact.base.partition("+")[2] for fact in facts]
    assert len(set(names)) == len(names)
    assert all(fact.embedded and fact.to_unicode and fact.kind == "/Type0" for fact in facts)
    assert not any("Helvetica" in name for name in names)


@pytest.mark.parametrize("path", articles())
def test_outline_links_and_contents_lead_to_their_headings(made, path):
    reading, pdf = made(path)
    sections = [s for s in query(reading.document, Section) if s.listed]
    lines = look.outline(pdf)
    titles = [" ".join(plain_text(s.title).split()) for s in sections]
    assert [line.title for line in lines] == titles
    characters = look.characters(pdf)
    for line in lines:
        first = squeezed(line.title)[0]
        below = [
            c for c in characters if c.page == line.page and c.text == first and c.y < line.top
        ]
        assert any(line.top - c.y < 60 for c in below), line
    places = look.destinations(pdf)
    labels = look.page_labels(pdf)
    contents = [link for link in look.links(pdf) if link.target in places.values()]
    for link in contents:
        number = re.search(r"(\d+|[ivxlc]+)$", link.contents)
        if number and link.page < min((line.page for line in lines), default=0):
            assert labels[link.target[0]] == number[0], link


@pytest.mark.parametrize("path", articles())
def test_the_same_source_gives_the_same_bytes(made, path, tmp_path):
    _, pdf = made(path)
    again = publisher.write(publisher.read(path), tmp_path / "again.pdf")
    assert again.read_bytes() == pdf.read_bytes()


@pytest.mark.judge
@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("path", articles())
def test_qpdf_finds_nothing(made, path):
    done = subprocess.run(
        ["qpdf", "--check", str(made(path)[1])], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.judge
@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
@pytest.mark.parametrize("path", articles())
def test_files_are_what_they_declare(made, path, profile):
    """PDF/UA-1 and PDF/A-2a by an outside checker.

    It takes glyph widths from the wrong font DICT of a CFF with several (FDSelect format 3), so
    that rule is proved by fontTools instead.
    """
    page = pytest.importorskip("page")
    pdf = made(path)[1]
    report = page.validate_pdf(str(pdf), profile=getattr(page.ValidationProfile, profile))
    failures = [f for f in report.failures if "GLYPH-WIDTH" not in f.rule_id]
    assert [f"{f.rule_id}: {f.message}" for f in failures] == []
    assert look.wrong_widths(pdf) == []


@pytest.mark.slow
@pytest.mark.skipif(not NOVEL.is_file(), reason="the shared material is not there")
def test_the_novel(made):
    """Every number in the contents is that of the page where its heading stands."""
    reading, pdf = made(NOVEL)
    assert pdf.stat().st_size < 6_000_000
    labels = look.page_labels(pdf)
    contents: list[look.LinkFact] = []
    for link in look.links(pdf):  # an entry on two lines has two areas
        if isinstance(link.target, tuple) and (not contents or contents[-1].target != link.target):
            contents.append(link)
    chapters = [s for s in reading.document.body if isinstance(s, Section)]
    assert len(look.outline(pdf)) == len(chapters) == 120
    texts = look.pdfium_text(pdf)
    for line, link in zip(look.outline(pdf), contents, strict=False):
        assert line.page == link.target[0]
        assert squeezed(line.title) in squeezed(texts[line.page])
    numbers = re.findall(r"(\d+)\s*$", "\n".join(texts[: contents[-1].page + 1]), re.MULTILINE)
    assert [labels[line.page] for line in look.outline(pdf)] == numbers[:120]
    body = "".join(squeezed(piece.text) for piece in look.tagged_text(pdf, leave_out=FURNITURE))
    assert "".join(map(squeezed, document_text(reading.document))) in body
