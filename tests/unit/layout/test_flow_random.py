"""Whatever the tree, every character is on a page once, inside the paper, and pages are legal."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.layout.display import display
from publisher.layout.types import BeginOp, RectOp, TextOp
from publisher.tree.nodes import (
    Box,
    Cell,
    CodeBlock,
    Column,
    DefinitionItem,
    DefinitionList,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    NoteRef,
    PageBreak,
    Paragraph,
    Quote,
    Row,
    Section,
    Stanza,
    Table,
    Text,
    ThematicBreak,
    Verse,
)
from publisher.tree.walk import document_text
from tests.tools.small_documents import document, pages_of, small_sheet

words = st.builds(
    lambda char, count: char * count, st.sampled_from("天地玄黄宇宙洪荒ab"), st.integers(1, 70)
)
inlines = st.builds(lambda text: (Text(text),), words)
paragraphs = st.builds(
    Paragraph, inlines, st.sampled_from(["body", "lead", "signature", "continuation"])
)
leaves = st.one_of(
    paragraphs,
    paragraphs,
    st.builds(Heading, st.just(3), inlines),
    st.builds(lambda lines: CodeBlock("\n".join(lines)), st.lists(words, min_size=1, max_size=30)),
    st.builds(
        lambda lines: Verse((Stanza(tuple(lines)),)), st.lists(inlines, min_size=1, max_size=12)
    ),
    st.builds(ThematicBreak, st.sampled_from(["rule", "asterism", "blank"])),
    st.just(PageBreak()),
    st.just(PageBreak("recto")),
)


def containers(inner):
    blocks = st.lists(inner, min_size=1, max_size=3).map(tuple)
    cells = st.builds(
        Cell, blocks, colspan=st.integers(1, 2), rowspan=st.integers(1, 3), header=st.booleans()
    )
    rows = st.lists(cells, min_size=1, max_size=2).map(lambda found: Row(tuple(found)))
    groups = st.lists(rows, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Quote, blocks, inlines),
        st.builds(Box, blocks, title=inlines),
        st.builds(
            lambda items, ordered: ListBlock(tuple(map(ListItem, items)), ordered=ordered),
            st.lists(blocks, min_size=1, max_size=4),
            st.booleans(),
        ),
        st.builds(
            lambda term, definition: DefinitionList((DefinitionItem((term,), (definition,)),)),
            inlines,
            blocks,
        ),
        st.builds(
            lambda head, body: Table((Column(), Column()), head, body, caption=()),
            groups.map(lambda found: found[:1]),
            groups,
        ),
    )


blocks = st.recursive(leaves, containers, max_leaves=8)
sections = st.builds(
    lambda title, inner, kind: Section(1, title, tuple(inner), kind=kind),
    inlines,
    st.lists(blocks, max_size=5),
    st.sampled_from(["section", "chapter", "part"]),
)


@st.composite
def documents(draw):
    body = draw(st.lists(st.one_of(blocks, sections), min_size=1, max_size=6))
    if draw(st.booleans()):
        call = Paragraph((Text("注"), NoteRef("n")))
        note = Footnote("n", (Paragraph(draw(inlines)), draw(blocks)))
        body.insert(draw(st.integers(0, len(body))), call)
        body.append(note)
    return document(*body)


def shown_text(laid):
    """Counts of the characters on the pages, decoration left out."""
    found = Counter()
    for plan in laid.pages:
        shown = True
        for op in display(laid, plan):
            if isinstance(op, BeginOp):
                shown = op.element >= 0
            elif isinstance(op, TextOp) and shown:
                found.update(op.item.text)
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(), st.sampled_from(["book", "article"]), st.booleans())
def test_nothing_is_lost_doubled_or_off_the_paper(doc, theme, facing):
    sheet = small_sheet(theme, facing=facing)
    laid, _ = pages_of(doc, sheet=sheet)
    wanted = Counter("".join(document_text(doc)))
    found = shown_text(laid)
    for char in "天地玄黄宇宙洪荒ab":
        assert found[char] == wanted[char], char
    for plan in laid.pages:
        for op in display(laid, plan):
            if isinstance(op, TextOp | RectOp):
                assert op.x >= -0.01
                assert op.y >= -0.01
