"""The pages of the print in an EPUB: marks at the very characters, the list of them, metadata."""

import pytest

import publisher
from publisher.layout.types import PageStart
from publisher.tree import nodes as n
from publisher.tree.meta import Document, Metadata
from publisher.tree.walk import plain_text
from publisher.writers.epub.page_list import PAGE_ROLE, with_pages
from tests.tools.epub_inspect import OPS, XHTML
from tests.tools.every_node import inl, par


def marked(block, *offsets):
    """The block with page marks, as a text with ``|`` for each."""
    starts = [PageStart(str(at), block, offset) for at, offset in enumerate(offsets, 1)]
    document, marks = with_pages(Document(Metadata(), (block,)), starts)
    assert [mark.label for mark in marks] == [start.label for start in starts]
    return "".join(map(shown, document.body))


def shown(node):
    if PAGE_ROLE in getattr(node, "attr", n.NO_ATTR).classes:
        return "|"
    if isinstance(node, n.Text):
        return node.text
    if isinstance(node, n.Ruby):
        return "".join(pair.base for pair in node.pairs)
    inner = getattr(node, "content", None) or getattr(node, "title", ()) or ()
    return f"[{type(node).__name__}:" + "".join(map(shown, inner)) + "]"


RUBY = n.Ruby((n.RubyPair("漢", "かん"), n.RubyPair("字", "じ")))


@pytest.mark.parametrize(
    ("content", "offsets", "wanted"),
    [
        (inl("甲乙丙"), (0,), "|甲乙丙"),
        (inl("甲乙丙"), (1, 2), "甲|乙|丙"),
        (inl("甲乙丙"), (9,), "甲乙丙|"),
        ((n.Text("甲"), n.Strong(inl("乙丙")), n.Text("丁")), (2,), "甲[Strong:乙|丙]丁"),
        ((n.Text("甲"), RUBY, n.Text("丁")), (2,), "甲|漢字丁"),
        ((n.Text("甲"), RUBY, n.Text("丁")), (3,), "甲漢字|丁"),
        ((n.Text("甲"), n.NoteRef("a"), n.Text("丁")), (1,), "甲|[NoteRef:]丁"),
    ],
)
def test_a_page_begins_at_its_character(content, offsets, wanted):
    assert marked(n.Paragraph(content), *offsets) == f"[Paragraph:{wanted}]"


def test_marks_stand_in_headings_and_beside_other_blocks():
    assert marked(n.Section(1, inl("題"), ()), 0) == "[Section:|題]"
    assert marked(n.CodeBlock("x"), 0, 5) == "|[CodeBlock:]|"
    assert marked(n.Paragraph((n.Image("r", "画"),)), 0) == "|[Paragraph:[Image:]]"


def test_the_order_is_that_of_the_text_and_nothing_is_lost():
    blocks = (par("甲乙"), n.Quote((par("丙丁"),)), n.CodeBlock("x"), par("戊"))
    starts = [PageStart(str(i), b, 0) for i, b in enumerate((blocks[0], blocks[1].blocks[0]))]
    document, marks = with_pages(Document(Metadata(), blocks), starts)
    assert [m.id for m in marks] == ["page-1", "page-2"]
    assert [plain_text(b.content) for b in document.body if isinstance(b, n.Paragraph)] == [
        "甲乙", "戊",
    ]  # fmt: skip


@pytest.fixture
def book(press):
    chapter = n.Section(1, inl("第一章"), (par("甲乙丙"), n.CodeBlock("x")), attr=n.Attr(id="c1"))
    starts = [
        PageStart("1", chapter, 0),
        PageStart("2", chapter.blocks[0], 2),
        PageStart("iii", chapter.blocks[1], 0),
    ]
    meta = Metadata(title=inl("书"), language="zh-Hans")
    return press.write(Document(meta, (chapter,)), starts=starts)


def test_the_list_leads_to_the_marks(book):
    from tests.tools.epub_inspect import EpubFile

    opened = EpubFile(book)
    pages = next(
        nav
        for nav in opened.document("nav.xhtml").iter(f"{XHTML}nav")
        if nav.get(f"{OPS}type") == "page-list"
    )
    lines = [(a.text, a.get("href")) for a in pages.iter(f"{XHTML}a")]
    assert lines == [
        (label, f"chapter-001.xhtml#n-page-{at}") for at, label in enumerate(("1", "2", "iii"), 1)
    ]
    body = opened.text("chapter-001.xhtml")
    mark = '<{0} id="n-page-{1}" epub:type="pagebreak" role="doc-pagebreak" aria-label="{2}"></{0}>'
    assert f"<p>甲乙{mark.format('span', 2, '2')}丙</p>" in body
    assert f"{mark.format('div', 3, 'iii')}\n<pre>" in body
    assert {href for _, href in opened.links()} <= opened.targets()
    assert opened.meta("pageBreakSource") == ["书 (PDF)"]
    features = opened.meta("schema:accessibilityFeature")
    assert {"pageBreakMarkers", "pageNavigation"} <= set(features)


def test_marks_are_no_part_of_the_document(book):
    back = publisher.read(book).document
    (chapter,) = back.body
    assert (chapter.title, chapter.blocks[0].content) == (inl("第一章"), inl("甲乙丙"))
    assert [type(block) for block in chapter.blocks] == [n.Paragraph, n.CodeBlock]
