"""Notes are Word's own, and show the labels that every output shows."""

from dataclasses import replace

import pytest

from publisher.settings import DocxSettings, OutputSettings, Settings
from publisher.theme.model import NoteLook
from publisher.tree import nodes as n
from publisher.tree.meta import Document, Metadata
from publisher.writers.docx.notes import plan_notes
from tests.tools.docx_documents import p, request, section
from tests.tools.docx_inspect import W


def chapter(number, *notes, kind="foot"):
    calls = tuple(n.NoteRef(note) for note in notes)
    return section(
        1,
        f"第{number}章",
        n.Paragraph((n.Text("文"), *calls)),
        *(n.Footnote(note, (p(f"注{note}"),), kind) for note in notes),
        id=f"c{number}",
    )


def book(*chapters):
    return Document(Metadata(language="zh-Hans"), chapters)


def plan(doc, *, sections=True, **look):
    sheet = request(doc, None).sheet
    sheet = replace(sheet, note=replace(NoteLook(), **look))
    return plan_notes(doc, sheet, sections=sections)


def test_word_numbers_each_chapter_when_chapters_are_sections():
    found = plan(book(chapter(1, "a", "b"), chapter(2, "c")))
    assert [(note.label, note.automatic) for note in found.word.values()] == [
        ("1", True),
        ("2", True),
        ("1", True),
    ]
    assert found.restarts


def test_labels_that_word_would_not_give_are_marks_of_their_own():
    found = plan(book(chapter(1, "a"), chapter(2, "b")), sections=False)
    assert [(note.label, note.automatic) for note in found.word.values()] == [
        ("1", True),
        ("1", False),
    ]


@pytest.mark.parametrize(
    ("numbering", "label", "suffix"),
    [("circled", "①", ""), ("decimal", "1", ""), ("paren", "1)", ")")],
)
def test_each_way_of_numbering_is_left_to_word(numbering, label, suffix):
    (note,) = plan(book(chapter(1, "a")), numbering=numbering).word.values()
    assert (note.label, note.automatic, note.suffix) == (label, True, suffix)


def test_circles_end_where_words_circles_end():
    found = list(
        plan(book(chapter(1, *(f"n{at}" for at in range(21)))), numbering="circled").word.values()
    )
    assert [note.automatic for note in found] == [True] * 20 + [False]
    assert found[20].label == "㉑"


def test_end_notes_count_apart(written):
    doc = book(
        section(
            1,
            "章",
            n.Paragraph((n.NoteRef("a"), n.NoteRef("b"), n.NoteRef("c"))),
            n.Footnote("a", (p("甲"),)),
            n.Footnote("b", (p("乙"),), "end"),
            n.Footnote("c", (p("丙"),)),
        )
    )
    found = plan(doc)
    assert [(note.kind, note.automatic) for note in found.word.values()] == [
        ("footnote", True),
        ("endnote", False),
        ("footnote", False),
    ]
    file = written(doc)
    assert file.notes() == {1: ["甲"], 2: ["丙"]}
    assert file.notes("endnote") == {1: ["乙"]}


def test_a_note_has_separators_a_mark_and_a_hanging_field(written):
    file = written(book(chapter(1, "a")))
    root = file.tree("footnotes")
    assert [note.get(f"{W}type") for note in root] == ["separator", "continuationSeparator", None]
    assert len(list(root.iter(f"{W}footnoteRef"))) == 1
    assert file.style("FootnoteText").find(f"{W}pPr/{W}ind").get(f"{W}hanging") is not None


def test_a_second_call_refers_to_the_first(written):
    doc = book(
        section(1, "章", n.Paragraph((n.NoteRef("a"), n.NoteRef("a"))), n.Footnote("a", (p("注"),)))
    )
    file = written(doc)
    assert len(list(file.body.iter(f"{W}footnoteReference"))) == 1
    assert [c.text.split()[0] for c in file.body.iter(f"{W}instrText")] == ["NOTEREF"]


def test_notes_of_notes_and_notes_without_a_call_are_not_lost(written):
    inner = n.Footnote("a", (n.Paragraph((n.Text("注"), n.NoteRef("b"))),))
    doc = book(
        section(
            1,
            "章",
            n.Paragraph((n.NoteRef("a"),)),
            inner,
            n.Footnote("b", (p("注的注"),)),
            n.Footnote("c", (p("无主"),)),
        )
    )
    file = written(doc)
    assert file.notes() == {1: ["注"]}
    assert file.texts()[-2:] == ["注的注", "无主"]


def test_lists_in_a_note_have_the_notes_size(written):
    listed = n.ListBlock((n.ListItem((p("项"),)),), ordered=True, style="decimal")
    doc = book(section(1, "章", n.Paragraph((n.NoteRef("a"),)), n.Footnote("a", (p("注"), listed))))
    file = written(doc)
    last = list(file.tree("footnotes").iter(f"{W}p"))[-1]
    assert last.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "FootnoteText"
    assert last.find(f"{W}pPr/{W}numPr") is not None


def test_note_and_call_share_the_label(written):
    file = written(book(chapter(1, "a")), note=replace(NoteLook(), numbering="paren"))
    (paragraph,) = [q for q in file.paragraphs("BodyText") if "文" in file.shown(q)]
    assert file.shown(paragraph) == "文)"  # the number itself is Word's


def test_only_words_own_references_have_the_style_of_references(written):
    """LibreOffice adds all other text in that style to the label of the last reference."""
    inner = n.Footnote("a", (n.Paragraph((n.Text("注"), n.NoteRef("b"))),))
    first = section(1, "一", n.Paragraph((n.NoteRef("a"),)), inner, n.Footnote("b", (p("注的注"),)))
    file = written(book(first, chapter(2, "c")), theme="article")
    for root in (file.body, file.tree("footnotes")):
        for style in root.iter(f"{W}rStyle"):
            if style.get(f"{W}val") == "FootnoteReference":
                run = style.getparent().getparent()
                names = {child.tag.removeprefix(W) for child in run}
                assert names & {"footnoteReference", "footnoteRef"}


def test_the_last_section_makes_libreoffice_number_the_notes_of_each_chapter_anew(written):
    file = written(book(chapter(1, "a", "b"), chapter(2, "c"), chapter(3, "d")), theme="book")
    sections = list(file.body.iter(f"{W}sectPr"))
    starts = [s.find(f"{W}endnotePr/{W}numStart") for s in sections]
    found = [None if start is None else start.get(f"{W}val") for start in starts]
    assert found == ["2", *([None] * (len(sections) - 2)), "1"]
    restarts = [s.find(f"{W}footnotePr/{W}numRestart").get(f"{W}val") for s in sections]
    assert set(restarts) == {"eachSect"}
    assert not list(file.body.iter(f"{W}footnotePr/{W}numStart"))


def test_end_notes_of_a_first_chapter_begin_with_1(written):
    doc = book(chapter(1, "a"), chapter(2, "b", kind="end"), chapter(3, "c"))
    settings = Settings(output=OutputSettings(docx=DocxSettings(toc=False)))
    file = written(
        replace(doc, body=(*chapter(9, "z", kind="end").blocks, *doc.body)), settings=settings
    )
    first = next(file.body.iter(f"{W}sectPr"))
    assert first.find(f"{W}endnotePr/{W}numStart") is None


def test_a_note_has_the_language_of_its_chapter(written):
    japanese = replace(chapter(2, "b"), attr=n.Attr(id="c2", lang="ja"))
    word = written(book(chapter(1, "a"), japanese))
    langs = {
        number: [lang.get(f"{W}eastAsia") for lang in note.iter(f"{W}lang")]
        for number, note in enumerate(word.tree("footnotes").findall(f"{W}footnote")[2:], 1)
    }
    assert langs[1] == []
    assert set(langs[2]) == {"ja-JP"}
