"""Notes: popups at the end of the file that calls them, linked both ways."""

from lxml import etree

from publisher.tree.nodes import Attr, Footnote, NoteRef, Section
from tests.tools.epub_inspect import OPS, XHTML
from tests.tools.every_node import inl, par


def _asides(book, name):
    return list(book.document(name).iter(f"{XHTML}aside"))


def _book(press, *blocks, **more):
    from publisher.tree.meta import Document, Metadata

    return press.book(Document(Metadata(title=inl("书"), language="zh-Hans"), blocks), **more)


def test_call_and_note_lead_to_each_other(press):
    book = _book(press, par("文", NoteRef("n")), Footnote("n", (par("注"),)))
    root = book.document("chapter-001.xhtml")
    call = root.find(f".//{XHTML}sup/{XHTML}a")
    assert call.get(f"{OPS}type") == "noteref"
    assert call.get("role") == "doc-noteref"
    assert call.text == "1"
    (aside,) = _asides(book, "chapter-001.xhtml")
    assert aside.get(f"{OPS}type") == "footnote"
    assert aside.get("role") == "doc-footnote"
    assert call.get("href") == f"#{aside.get('id')}"
    back = aside.find(f".//{XHTML}a")
    assert back.get("role") == "doc-backlink"
    assert back.get("href") == f"#{call.get('id')}"


def test_a_second_call_gets_a_way_back_of_its_own(press):
    book = _book(press, par(NoteRef("n"), "文", NoteRef("n")), Footnote("n", (par("注"),)))
    (aside,) = _asides(book, "chapter-001.xhtml")
    assert [a.get("href") for a in aside.iter(f"{XHTML}a")] == ["#call-1", "#call-2"]


def test_a_note_stands_in_the_file_of_its_call(press):
    chapter = Section(
        1,
        inl("章"),
        (
            Section(2, inl("甲"), (par("文", NoteRef("n")),), attr=Attr(id="a")),
            Section(2, inl("乙"), (par("文"),), attr=Attr(id="b")),
            Footnote("n", (par("注"),)),
        ),
        attr=Attr(id="c"),
    )
    book = _book(press, chapter, split_level=2)
    assert book.chapters == ["chapter-001.xhtml", "chapter-002.xhtml", "chapter-003.xhtml"]
    assert [len(_asides(book, name)) for name in book.chapters] == [0, 1, 0]


def test_a_call_from_a_later_file_leads_back_to_the_first(press):
    chapters = [Section(1, inl(t), (par("文", NoteRef("n")),), attr=Attr(id=t)) for t in ("a", "b")]
    book = _book(press, *chapters, Footnote("n", (par("注"),)))
    call = book.document("chapter-002.xhtml").find(f".//{XHTML}sup/{XHTML}a")
    assert call.get("href") == "chapter-001.xhtml#n"
    assert {target for _, target in book.links()} <= book.targets()


def test_a_note_that_nothing_calls_is_kept(press):
    book = _book(press, par("文"), Footnote("n", (par("注"),)))
    assert book.lines() == ["文", "注"]


def test_a_call_of_no_note_is_told(press):
    book = _book(press, par("文", NoteRef("gone")))
    assert b"<sup" in etree.tostring(book.document("chapter-001.xhtml"))
    assert press.codes == ["epub.note"]


def test_calls_side_by_side_do_not_read_as_one_number(press):
    notes = (Footnote("n", (par("注"),)), Footnote("m", (par("注"),)))
    book = _book(press, par("文", NoteRef("n"), NoteRef("m"), "字", NoteRef("n")), *notes)
    calls = book.document("chapter-001.xhtml").iter(f"{XHTML}sup")
    assert [call.get("class") for call in calls] == ["call", "call next", "call"]
