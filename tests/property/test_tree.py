"""What holds for any tree."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.events import Collector
from publisher.settings import ConvertSettings, PunctuationSettings
from publisher.text.normalize import clean
from publisher.transforms.ids import assign_ids
from publisher.transforms.notes import place_notes
from publisher.transforms.punctuation import mend
from publisher.transforms.script import convert_script
from publisher.tree import nodes as n
from publisher.tree import walk
from publisher.tree.build import TreeBuilder
from publisher.tree.check import check
from publisher.tree.json import from_json, from_json_lines, to_json, to_json_lines
from publisher.tree.notes import note_labels
from publisher.tree.runs import tidy_run
from tests.property import strategies

relaxed = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(strategies.documents)
def test_json_brings_back_the_same_tree_with_positions(document):
    for back in (from_json(to_json(document)), from_json_lines(to_json_lines(document))):
        assert back == document
        assert [b.pos for b in walk.walk_blocks(back)] == [
            b.pos for b in walk.walk_blocks(document)
        ]


@relaxed
@given(strategies.documents, st.sampled_from(["safe", "apply"]))
def test_mending_marks_keeps_a_tree_valid_and_is_done_once(document, mode):
    made = mend(document, PunctuationSettings(mode)).document
    assert {d.code for d in check(made)} <= {d.code for d in check(document)}
    assert mend(made, PunctuationSettings(mode)).document == made


@relaxed
@given(strategies.documents)
def test_changing_nothing_gives_the_same_object(document):
    assert walk.map_blocks(document, lambda b: b) is document
    assert walk.map_inlines(document, lambda i: i) is document


@relaxed
@given(strategies.documents)
def test_text_of_a_document_is_the_text_of_its_blocks(document):
    whole = sorted("".join(walk.document_text(document)).replace("\n", ""))
    parts = [
        walk.block_text(b)
        for b in walk.walk_blocks(document.body)
        if not isinstance(b, n.TableOfContents)
    ]
    assert whole == sorted("".join(parts).replace("\n", ""))


@relaxed
@given(strategies.documents)
def test_after_the_transforms_every_reference_resolves_and_every_id_is_unique(document):
    made = place_notes(assign_ids(document))
    codes = {d.code for d in check(made)}
    assert not codes & {
        "id.duplicate",
        "id.malformed",
        "link.nowhere",
        "note.missing",
        "note.empty",
        "note.uncalled",
    }
    assert all(section.attr.id for section in walk.query(made, n.Section))
    assert {note.id for note in walk.query(made, n.Footnote)} == set(note_labels(made))


@relaxed
@given(strategies.documents)
def test_transforms_do_nothing_the_second_time(document):
    once = place_notes(assign_ids(document))
    report = Collector()
    assert place_notes(assign_ids(once, report), report) == once
    assert report.diagnostics == []


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.documents, st.sampled_from(["zh-Hans", "zh-Hant", "zh-TW", "zh-HK"]))
def test_conversion_keeps_shape_ids_and_length(document, to):
    made = assign_ids(document)
    back = convert_script(made, ConvertSettings(to))
    assert [type(b) for b in walk.walk_blocks(back.body)] == [
        type(b) for b in walk.walk_blocks(made.body)
    ]
    assert [b.attr.id for b in walk.walk_blocks(back.body)] == [
        b.attr.id for b in walk.walk_blocks(made.body)
    ]
    assert [len(t) for t in walk.document_text(back)] == [len(t) for t in walk.document_text(made)]


@relaxed
@given(strategies.runs)
def test_tidying_a_tidy_run_changes_nothing(run):
    once = tidy_run(run)
    assert tidy_run(once) == once
    assert check_run(once)


def check_run(run):
    texts = [i.text for i in walk.walk_run(run) if isinstance(i, n.Text)]
    return all(t and "\n" not in t for t in texts)


@relaxed
@given(st.text(st.characters(categories=["L", "C", "Z", "P"]), max_size=40))
def test_cleaned_text_can_always_be_written(text):
    made = clean(text).text
    made.encode("utf-8")
    assert clean(made) == (made, (), 0)


_KINDS = st.sampled_from(
    [
        n.Paragraph,
        n.Quote,
        n.Strong,
        n.ListBlock,
        n.ListItem,
        n.Table,
        n.Row,
        n.Cell,
        n.Verse,
        n.Stanza,
        n.DefinitionList,
        n.Box,
        n.Figure,
    ]
)
_STEPS = st.lists(
    st.one_of(
        _KINDS,
        st.just("close"),
        st.sampled_from(["漢", "字\n", " a", "\n"]),
        st.just(n.LineBreak()),
    ),
    max_size=40,
)


@relaxed
@given(_STEPS)
def test_whatever_is_fed_to_the_builder_every_letter_comes_out(steps):
    builder = TreeBuilder("x")
    fed = ""
    for step in steps:
        if step == "close":
            if builder.depth:
                builder.close()
        elif isinstance(step, str):
            builder.text(step)
            fed += step.strip()
        elif isinstance(step, n.LineBreak):
            builder.line_break()
        else:
            builder.open(step)
    blocks = builder.finish()
    found = "".join(walk.block_text(b) for b in walk.walk_blocks(blocks))
    assert sorted(c for c in found if not c.isspace()) == sorted(c for c in fed if not c.isspace())
    json.dumps(repr(blocks))
