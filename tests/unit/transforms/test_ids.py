from __future__ import annotations

import pytest

from publisher.events import Collector
from publisher.transforms.ids import assign_ids, repair_refs, stable_id
from publisher.tree import nodes as n
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Attr, Paragraph, Pos, Section, Text
from publisher.tree.walk import query


def p(*content):
    return Paragraph(
        tuple(Text(c) if isinstance(c, str) else c for c in content), pos=Pos("a.md", 3)
    )


def sec(title, *blocks, name="", level=1):
    return Section(level, (Text(title),), blocks, attr=Attr(name))


def doc(*body):
    return Document(Metadata(), body)


def ids(document):
    return [s.attr.id for s in query(document, Section)]


def link(target):
    return n.Link((Text("l"),), target)


def test_ids_hang_on_titles_not_on_places():
    short = assign_ids(doc(sec("甲"), sec("乙", sec("丙", level=2))))
    long = assign_ids(doc(sec("甲"), sec("新"), sec("乙", sec("丙", level=2))))
    assert set(ids(short)) < set(ids(long))
    assert all(len(name) == 10 and name.startswith("s_") for name in ids(long))


def test_the_rule_itself_never_changes():
    # Links from outside hang on these; a change would break them.
    assert stable_id("s_", "", "第一章 緣起") == stable_id("s_", "", "第一章緣起") == "s_j6vmgp2i"


def test_same_titles_are_counted():
    first, second = ids(assign_ids(doc(sec("序"), sec("序"))))
    assert second == f"{first}_2"


def test_fit_ids_stay_and_generated_ones_keep_clear_of_them():
    taken = stable_id("s_", "", "甲")
    assert ids(assign_ids(doc(sec("甲"), sec("乙", name=taken)))) == [f"{taken}_2", taken]


@pytest.mark.parametrize(
    ("given", "becomes"), [("a-b", "a_b"), ("1", "s_1"), ("sec:x", "sec_x"), ("x" * 50, "x" * 40)]
)
def test_unfit_ids_are_made_fit_and_links_follow(given, becomes):
    made = assign_ids(doc(sec("甲", p(link(f"#{given}")), name=given)))
    assert ids(made) == [becomes]
    assert next(query(made, n.Link)).target == f"#{becomes}"


def test_han_ids_and_their_escaped_links_meet():
    made = assign_ids(doc(sec("甲", p(link("#%E7%AB%A0"), n.CrossRef("章")), name="章")))
    [name] = ids(made)
    assert next(query(made, n.Link)).target == f"#{name}"
    assert next(query(made, n.CrossRef)) == n.CrossRef(name, fallback=(Text("甲"),))


def test_duplicates_are_renamed_and_told_and_case_does_not_tell_ids_apart():
    report = Collector()
    assert ids(assign_ids(doc(sec("甲", name="A"), sec("乙", name="a")), report)) == ["A", "a_2"]
    assert [d.code for d in report.diagnostics] == ["id.duplicate"]


def test_figures_tables_and_notes_have_ids_too():
    table = n.Table((n.Column(),), body=(n.Row((n.Cell((p("x"),)),)),))
    body = (p("x", n.NoteRef("1")), n.Figure((p(n.Image("r")),)), table, n.Footnote("1", (p("n"),)))
    made = assign_ids(doc(*body))
    assert made.body[0].content[1] == n.NoteRef("n_1")
    assert made.body[1].attr.id.startswith("f_")
    assert made.body[2].attr.id.startswith("t_")
    assert made.body[3].id == "n_1"


def test_a_link_to_a_note_s_other_id_finds_it():
    note = n.Footnote("a", (p("n"),), attr=Attr("b"))
    made = assign_ids(doc(p(link("#b"), n.NoteRef("a")), note))
    assert next(query(made, n.Link)).target == "#a"


def test_links_to_nowhere_become_their_text():
    report = Collector()
    made = repair_refs(doc(p("x", link("#no"), n.CrossRef("no", fallback=(Text("f"),)))), report)
    assert made.body[0].content == (Text("xlf"),)
    assert [(d.code, d.where) for d in report.diagnostics] == [("link.nowhere", "a.md:3")] * 2


def test_a_link_to_the_top_goes_without_a_word():
    report = Collector()
    assert repair_refs(doc(p(link("#top"))), report).body[0].content == (Text("l"),)
    assert report.diagnostics == []


def test_cross_references_show_titles_or_numbers():
    target = Section(1, (Text("題"),), number=(3, 2), attr=Attr("t"))
    shown = [n.CrossRef("t", show) for show in ("title", "number", "page")]
    made = repair_refs(doc(target, p(*shown)))
    assert [c.fallback for c in made.body[1].content] == [(Text("題"),), (Text("3.2"),), ()]


def test_outside_links_and_finished_trees_stay():
    document = assign_ids(doc(sec("甲", p(link("http://x/#y")))))
    assert assign_ids(document) is document
