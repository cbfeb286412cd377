"""What holds for the Word file of any tree."""

from hypothesis import given, settings

from publisher.environment import ResourceStore
from publisher.events import ignore
from publisher.transforms.ids import assign_ids
from publisher.transforms.notes import place_notes
from publisher.tree.walk import document_text
from publisher.writers.docx.notes import plan_notes
from tests.property import strategies
from tests.tools import docx_documents
from tests.tools.docx_inspect import DocxFile


def squeezed(texts):
    """Every character but white space, which a file may hold in other forms."""
    return "".join("".join(texts).split())


@settings(**strategies.FILES)
@given(strategies.documents)
def test_any_tree_makes_a_sound_file_that_keeps_its_text(tmp_path_factory, document):
    document = place_notes(assign_ids(document, ignore), ignore)
    target = tmp_path_factory.mktemp("docx") / "any.docx"
    made = docx_documents.write(target, document, resources=ResourceStore())
    file = DocxFile(target)
    assert file.faults() == []
    word = set(plan_notes(document, made.sheet, sections=made.sheet.chapter.begin != "flow").word)
    notes = [*file.notes().values(), *file.notes("endnote").values()]
    assert len(notes) == len(word)
    found = sorted(squeezed(file.texts()) + squeezed(text for note in notes for text in note))
    wanted = squeezed(document_text(document))
    missing = [c for c in sorted(set(wanted)) if wanted.count(c) > found.count(c)]
    assert missing == []
