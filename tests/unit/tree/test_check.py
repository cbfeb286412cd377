from __future__ import annotations

import pytest

from publisher.tree import nodes as n
from publisher.tree.check import check
from publisher.tree.meta import Document, Metadata, Resource
from publisher.tree.nodes import Attr, Paragraph, Pos, Section, Text


def p(*content):
    return Paragraph(
        tuple(Text(c) if isinstance(c, str) else c for c in content), pos=Pos("a.md", 7)
    )


def sec(level, *blocks, name=""):
    return Section(level, (Text("題"),), blocks, attr=Attr(name))


def cell(**spans):
    return n.Cell((p("x"),), **spans)


def table(*rows, columns=2):
    return n.Table((n.Column(),) * columns, body=tuple(n.Row(r) for r in rows))


GOOD = Document(
    Metadata(title=(Text("書"),), cover="pic"),
    (
        sec(
            1,
            sec(3, p("x", n.NoteRef("fn"), n.Link((Text("l"),), "#here")), name="here"),
            name="top",
        ),
        n.Footnote("fn", (p("note"),)),
        p(n.Image("pic")),
        table((cell(rowspan=2), cell()), (cell(),)),
        n.CodeBlock("a\nb"),
    ),
    resources=(Resource("pic", "image/png"),),
)


def test_a_valid_tree_has_no_findings():
    assert check(GOOD) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ((sec(1, name="a"), sec(1, name="a")), "id.duplicate"),
        ((sec(1, name="第一章"),), "id.malformed"),
        ((p(n.Link((Text("l"),), "#no")),), "link.nowhere"),
        ((p(n.CrossRef("no")),), "link.nowhere"),
        ((p("x", n.NoteRef("no")),), "note.missing"),
        ((n.Footnote("fn", (p("x"),)),), "note.uncalled"),
        ((p("x", n.NoteRef("fn")), n.Footnote("fn", ())), "note.empty"),
        ((p(n.Image("no")),), "resource.unknown"),
        ((sec(7),), "tree.level"),
        ((sec(2, sec(2)),), "tree.level"),
        ((n.Quote((sec(1),)),), "tree.section-inside"),
        ((table((cell(), cell()), (cell(),)),), "table.grid"),
        ((table((cell(rowspan=2), cell())),), "table.grid"),
        ((table((cell(), cell()), columns=3),), "table.grid"),
        ((p("a\nb"),), "text.line-feed"),
        ((p("e\u0301"),), "text.not-nfc"),
        ((p("x", Text("")),), "tree.empty"),
        ((p(),), "tree.empty"),
        ((Section(1, ()),), "tree.empty"),
        ((p("x", n.Span(())),), "tree.empty"),
        ((p("x", n.Ruby((n.RubyPair("", "y"),))),), "tree.empty"),
    ],
)
def test_each_fault_is_found(body, code):
    assert [d.code for d in check(Document(Metadata(), body))] == [code]


def test_findings_name_their_place():
    [found] = check(Document(Metadata(), (p(n.Link((Text("l"),), "#no")),)))
    assert (found.where, found.severity, dict(found.args)) == (
        "a.md:7",
        "warning",
        {"target": "#no"},
    )


def test_a_cover_that_is_not_there_is_found():
    assert [d.code for d in check(Document(Metadata(cover="no")))] == ["resource.unknown"]
