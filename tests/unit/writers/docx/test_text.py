"""Text out equals text in."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.environment import ResourceStore
from publisher.tree import nodes as n
from publisher.tree.meta import Document, Metadata
from publisher.tree.walk import document_text, map_blocks, query
from tests.tools import docx_documents as docs
from tests.tools.docx_documents import p, t
from tests.tools.docx_inspect import DocxFile, W

WORD_NOTES = {"note_a", "note_b", "note_c", "note_d"}  # called in the text itself


def without(doc, notes):
    return map_blocks(doc, lambda b: () if isinstance(b, n.Footnote) and b.id in notes else b)


@pytest.mark.parametrize("theme", ["book", "article"])
def test_body_and_notes_read_back_as_the_tree_has_them(written, theme):
    doc = docs.document(ResourceStore())
    resources = ResourceStore()
    doc = docs.document(resources)
    file = written(doc, resources=resources, theme=theme)
    body = file.texts()
    loose = [
        document_text(Document(doc.meta, b.blocks))
        for b in query(doc, n.Footnote)
        if b.id not in WORD_NOTES
    ]
    expected = document_text(without(doc, WORD_NOTES | {"note_e", "note_f"}))
    for (
        texts
    ) in loose:  # notes that stand in the text come where they stand, not at a chapter's end
        for text in texts:
            body.remove(text)
    assert body == expected
    notes = [*file.notes().values(), *file.notes("endnote").values()]
    found = {b.id: document_text(Document(doc.meta, b.blocks)) for b in query(doc, n.Footnote)}
    assert notes == [found[name] for name in ("note_a", "note_b", "note_d", "note_c")]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(min_size=1, max_size=40))
def test_any_text_survives_but_what_xml_cannot_hold(tmp_path, text):
    target = tmp_path / "any.docx"
    docs.write(target, Document(Metadata(language="zh-Hans"), (p(text),)))
    legal = "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    file = DocxFile(target)
    assert file.texts() == ([legal] if legal else [])


def test_markup_in_text_is_text(written):
    file = written(Document(Metadata(language="zh-Hans"), (p("<w:p> & ]]> \"'"),)))
    assert file.texts() == ["<w:p> & ]]> \"'"]


def test_spaces_and_tabs_of_code_are_kept(written):
    code = "def f():\n\treturn  1\n\n    # 终"
    file = written(Document(Metadata(language="zh-Hans"), (n.CodeBlock(code),)))
    (block,) = file.paragraphs("CodeBlock")
    assert file.shown(block) == code


def test_a_line_break_stays_in_its_paragraph(written):
    content = (n.Text("上"), n.LineBreak(), n.Text("下"))
    file = written(Document(Metadata(language="zh-Hans"), (n.Paragraph(content),)))
    assert file.texts() == ["上\n下"]


def test_loose_texts_of_the_body_are_whole_runs(written):
    """An unmarked paragraph is one run: nothing is cut per character."""
    file = written(Document(Metadata(language="zh-Hans"), (p("春天来了，他说：“好”。"),)))
    (paragraph,) = file.paragraphs("BodyText")
    assert len(paragraph.findall(f"{W}r")) == 1


def test_an_empty_document_is_a_sound_file(written):
    assert written(Document(Metadata(language="ja"))).texts() == []


def test_a_title_with_marks_is_on_the_title_page(written):
    meta = Metadata(title=(n.Emphasis(t("甲")), n.Text("乙")), language="zh-Hans")
    file = written(Document(meta, (p("文"),)))
    (title,) = file.paragraphs("Title")
    assert file.shown(title) == "甲乙"
