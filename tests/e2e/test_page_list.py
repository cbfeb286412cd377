"""The pages that an EPUB lists are those of the PDF: each begins with the same characters."""

import pypdfium2
import pytest

import publisher
from publisher.events import ignore
from publisher.settings import OutputSettings, Settings
from publisher.stages import lay_out, open_faces, sheet_for
from publisher.tree.walk import block_text, plain_text
from tests.tools import cases, judges
from tests.tools.epub_inspect import OPS, XHTML, EpubFile

SETTINGS = Settings(output=OutputSettings(formats=("pdf", "epub")))
_HEAD = 40  # characters of a page in which its text begins, after running heads and labels


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    document, resources = cases.document_of("every-ko")
    cases.write_all(document, resources, folder / "book", SETTINGS, kinds=("pdf", "epub"))
    return document, resources, folder / "book.pdf", folder / "book.epub"


def starts_of(document, resources):
    sheet = sheet_for(document, SETTINGS, None)
    faces = open_faces(cases.workshop(), document, SETTINGS, ignore)
    return lay_out(document, sheet, faces, resources, SETTINGS, ignore, drawn=False).starts


def squeezed(text):
    return "".join(text.split())


def test_every_page_begins_where_the_epub_says(written):
    document, resources, pdf, _ = written
    starts = starts_of(document, resources)
    assert len(starts) > 20
    assert any(start.offset for start in starts)
    with pypdfium2.PdfDocument(pdf) as pages:
        labels = {pages.get_page_label(at): at for at in range(len(pages))}
        for start in starts:
            of = plain_text if isinstance(start.block, tuple) else block_text
            wanted = squeezed(of(start.block)[start.offset :])[:6]
            page = squeezed(pages[labels[start.label]].get_textpage().get_text_bounded())
            assert 0 <= page.find(wanted) <= _HEAD, (start.label, wanted, page[:60])


def test_the_list_has_every_page_in_order(written):
    document, resources, _, epub = written
    book = EpubFile(epub)
    pages = [n for n in book.document("nav.xhtml").iter(f"{XHTML}nav")
             if n.get(f"{OPS}type") == "page-list"]  # fmt: skip
    labels = [a.text for a in pages[0].iter(f"{XHTML}a")]
    assert labels == [start.label for start in starts_of(document, resources)]
    assert {target for _, target in book.links()} <= book.targets()


def test_older_readers_find_the_same_pages(written):
    """The page list of the NCX has the labels and places of the navigation document."""
    *_, epub = written
    book = EpubFile(epub)
    (pages,) = [n for n in book.document("nav.xhtml").iter(f"{XHTML}nav")
                if n.get(f"{OPS}type") == "page-list"]  # fmt: skip
    ncx = book.document("toc.ncx")
    targets = list(ncx.iter("{*}pageTarget"))
    found = [(p.findtext("{*}navLabel/{*}text"), p.find("{*}content").get("src")) for p in targets]
    assert found == [(a.text, a.get("href")) for a in pages.iter(f"{XHTML}a")]
    assert {p.get("type") for p in targets if p.get("value")} == {"normal"}
    counts = {m.get("name"): m.get("content") for m in ncx.iter("{*}meta")}
    assert counts["dtb:totalPageCount"] == str(len(targets))
    order = [p.get("playOrder") for p in ncx.iter("{*}navPoint", "{*}pageTarget")]
    assert len(order) == len(set(order))


@pytest.mark.judge
def test_epubcheck_and_ace_find_nothing(written):
    *_, epub = written
    assert judges.epubcheck([epub]) == {epub: []}
    assert judges.ace(epub) == []


def test_a_page_may_begin_with_a_term(tmp_path):
    items = "\n\n".join(f"条目{n}\n: 释义{n}，说的是这个条目。" for n in range(200))
    source = tmp_path / "a.md"
    source.write_text(f"# 词典\n\n开头一段。\n\n{items}\n", "utf-8")
    result = publisher.convert([source], tmp_path, formats=("pdf", "epub"), output__verify=True)
    assert result.error is None, [dict(d.args) for d in result.diagnostics]
    text = EpubFile(tmp_path / "a.epub").document("chapter-001.xhtml")
    kind = f"{OPS}type"
    marked = [dt for dt in text.iter(f"{XHTML}dt") if any(e.get(kind) for e in dt.iter())]
    assert len(marked) > 3  # a term is kept with its definition, so that most pages begin so
