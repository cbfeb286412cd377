"""Contents: every page number is that of the page where its heading stands, links land there."""

import re
from typing import NamedTuple

import pytest

from publisher.pipeline import write_document
from publisher.settings import OutputSettings, Settings
from publisher.tree.ids import flat_outline, outline
from publisher.tree.nodes import Section
from publisher.tree.walk import plain_text, query
from tests.e2e.conftest import some
from tests.tools import cases, pdf_inspect
from tests.tools.docx_inspect import DocxFile, W, style_of
from tests.tools.text_out import squeezed

QUICK = (cases.HEADINGS, *cases.EVERY, "2-排版手册", cases.SEED)
CASES = some(*QUICK, slow=(cases.NOVEL,))
every_case = pytest.mark.parametrize("case", CASES, indirect=True)
LEVELS = 3  # how deep contents go unless the settings say otherwise


class Heading(NamedTuple):
    """A heading in the PDF: the page that has its text and the baselines where that begins."""

    title: str
    page: int
    tops: list[float]


def headings_of(made):
    """Titled sections in order, each with the page on which the tags have its text."""
    found = [
        piece
        for piece in pdf_inspect.tagged_text(made.pdf, frozenset({"TOC", "Reference", "RT"}))
        if re.fullmatch("H[1-6]", piece.path[-1])
    ]
    tops = _tops(made.pdf)
    return [Heading(squeezed(p.text), p.page, tops(p.page, squeezed(p.text))) for p in found]


def _tops(path):
    """Finds where a text begins on a page: (page, text) -> baselines."""
    pages = pdf_inspect.baselines(path)

    def top(page, text):
        # PDFium gives a character for each UTF-16 unit; blanks may stand anywhere.
        shown, heights = pages[page]
        pattern = re.compile(r"\s*".join(map(re.escape, text[:12])))
        return [heights[m.start()] for m in pattern.finditer(shown)]

    return top


def listed_sections(made):
    """Ids and titles of the sections that contents list, as the tree says."""
    items = flat_outline(outline(made.document, LEVELS))
    return [(item.id, squeezed(plain_text(item.title))) for item in items if item.title]


def entries_of(made):
    """The entries of the PDF's contents: the text of each, page number included."""
    return [
        squeezed(piece.text) for piece in pdf_inspect.tagged_text(made.pdf) if "TOCI" in piece.path
    ]


@every_case
def test_numbers_are_those_of_the_pages(case):
    """Page numbers printed in the PDF's contents, against where headings stand.

    Word's contents name the same headings; its pages are tested with those that LibreOffice makes.
    """
    places = {name: page for name, (page, _) in pdf_inspect.destinations(case.pdf).items()}
    labels = pdf_inspect.page_labels(case.pdf)
    headings = {(h.title, h.page): h for h in headings_of(case)}
    sections = listed_sections(case)
    wanted = []
    for name, title in sections:
        page = places[name]
        assert (title, page) in headings, (title, page)
        wanted.append((title, labels[page]))
    printed = entries_of(case)
    if case.name == cases.SEED and not printed:
        return  # an article with few sections has no contents
    assert printed == [title + label for title, label in wanted]
    assert [squeezed(t) for _, t, _ in word_contents(case.docx)] == [t for t, _ in wanted]


def word_contents(path):
    """The lines of Word's contents: bookmark, title, page number."""
    found = []
    for paragraph in DocxFile(path).body.iter(f"{W}p"):
        link = paragraph.find(f"{W}hyperlink")
        if not re.fullmatch("TOC[1-9]", style_of(paragraph)) or link is None:
            continue
        texts = {False: [], True: []}
        in_result = False
        for node in link.iter(f"{W}fldChar", f"{W}t"):
            if node.tag == f"{W}t":
                texts[in_result].append(node.text or "")
            else:
                in_result = node.get(f"{W}fldCharType") == "separate"
        found.append((link.get(f"{W}anchor"), "".join(texts[False]), "".join(texts[True])))
    return found


@every_case
def test_word_contents_lead_to_their_headings(case):
    word = DocxFile(case.docx)
    starts = {
        mark.get(f"{W}name"): next(a for a in mark.iterancestors() if a.tag == f"{W}p")
        for mark in word.body.iter(f"{W}bookmarkStart")
        if mark.getparent().tag == f"{W}p"
    }
    for anchor, title, _ in word_contents(case.docx):
        shown = "".join(t.text or "" for t in starts[anchor].iter(f"{W}t"))
        assert squeezed(title) in squeezed(shown)


@every_case
def test_links_and_outline_land_at_the_headings(case):
    """Outline lines and contents links lead to the heading's page, a little above its line."""
    headings = headings_of(case)
    leads = [(squeezed(line.title), line.page, line.top) for line in pdf_inspect.outline(case.pdf)]
    names = dict(listed_sections(case))
    places = pdf_inspect.destinations(case.pdf)
    for name, title in names.items():
        leads.append((title, *places[name]))
    lines = [set(heights) for _, heights in pdf_inspect.baselines(case.pdf)]
    by_place = {place: name for name, place in places.items() if name in names}
    links = [link for link in pdf_inspect.links(case.pdf) if link.target in by_place]
    assert {by_place[link.target] for link in links} >= set(names) or not entries_of(case)
    for title, page, top in leads:
        found = [h for h in headings if h.page == page and h.title == title]
        assert found, (title, page)
        baselines = [y for heading in found for y in heading.tops]
        assert any(_lands(top, y, lines[page]) for y in baselines), (title, page, top, baselines)


def _lands(top, baseline, lines):
    """Just above a heading, or over the room left above it, with nothing in between."""
    return 0 < top - baseline < 60 or not any(baseline + 20 < y < top for y in lines)


@every_case
def test_the_outline_has_every_titled_section(case):
    titles = [squeezed(plain_text(s.title)) for s in query(case.document, Section) if s.title]
    shown = [squeezed(line.title) for line in pdf_inspect.outline(case.pdf)]
    listed = {title for _, title in listed_sections(case)}
    assert [t for t in shown if t in listed] == [t for t in titles if t in listed and t in shown]
    assert listed <= set(shown)


@every_case
def test_numbers_are_the_same_without_a_pdf(case, tmp_path):
    """A run that writes Word only lays out for page numbers alone, and finds the same."""
    document, resources = cases.document_of(case.name)
    settings = Settings(output=OutputSettings(formats=("docx",)))
    target = tmp_path / "alone.docx"
    write_document(document, resources, settings, target, cases.workshop())
    assert word_contents(target) == word_contents(case.docx)
