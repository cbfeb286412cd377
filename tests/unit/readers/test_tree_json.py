from __future__ import annotations

import hashlib
import json

import pytest

from publisher.errors import SourceError
from publisher.readers.tree_json import TreeReader
from publisher.tree import nodes as n
from publisher.tree.check import check
from publisher.tree.json import to_json, to_json_lines
from publisher.tree.meta import Document, Metadata, Resource
from publisher.tree.nodes import Paragraph, Section, Text

PICTURE = b"not really a picture"
KEY = hashlib.sha256(PICTURE).hexdigest()[:32]


def p(*content):
    return Paragraph(tuple(Text(c) if isinstance(c, str) else c for c in content))


def document(*body, **fields):
    return Document(Metadata(title=(Text("題"),), **fields), body)


@pytest.mark.parametrize("write", [to_json, to_json_lines, lambda d: to_json(d, indent=1)])
def test_what_was_written_is_read(request_for, write):
    source = document(Section(1, (Text("章"),), (p("文"),)), p("尾"))
    request, report = request_for(write(source), "a.json")
    found = TreeReader().read(request)
    assert (found.meta, found.body) == (source.meta, source.body)
    assert [(s.uri, s.format) for s in found.sources] == [("a.json", "tree")]
    assert report.diagnostics == []


def test_sources_of_the_tree_stay(request_for):
    request, _ = request_for(to_json(document(p("x"))), "a.json")
    once = TreeReader().read(request)
    again, _ = request_for(to_json(once), "b.json")
    assert TreeReader().read(again).sources == once.sources


def test_texts_levels_and_tables_are_made_sound(request_for):
    table = n.Table((), body=(n.Row((n.Cell((p("x"),), rowspan=4, colspan=2),)), n.Row(())))
    source = document(
        p("e\u0301", Text(""), "甲\n乙\x00"), table, n.CodeBlock("a\x00"), Section(9, (Text("章"),))
    )
    request, _ = request_for(to_json(source), "a.json")
    found = TreeReader().read(request)
    assert check(found) == []
    assert found.body[0].content == (Text("é甲乙"),)


def test_pictures_are_found_beside_the_file(request_for, tmp_path):
    (tmp_path / "p.png").write_bytes(PICTURE)
    source = Document(
        Metadata(cover=KEY), (p(n.Image(KEY, "alt")),), (Resource(KEY, "image/png", name="p.png"),)
    )
    request, report = request_for(to_json(source), "a.json", tmp_path)
    found = TreeReader().read(request)
    assert found.body == source.body
    assert request.resources.open(KEY) == PICTURE
    assert report.diagnostics == []


@pytest.mark.parametrize("case", ["missing", "changed", "no folder", "no record"])
def test_lost_pictures_are_told_and_their_text_stays(request_for, tmp_path, case):
    if case == "changed":
        (tmp_path / "p.png").write_bytes(b"other")
    resources = () if case == "no record" else (Resource(KEY, "image/png", name="p.png"),)
    source = Document(Metadata(cover=KEY), (p("x", n.Image(KEY, "圖")),), resources)
    request, report = request_for(
        to_json(source), "a.json", None if case == "no folder" else tmp_path
    )
    found = TreeReader().read(request)
    assert found.body == (p("x圖"),)
    assert (found.resources, found.meta.cover) == ((), "")
    assert [d.code for d in report.diagnostics] == [
        "resource.unknown" if case == "no record" else "resource.lost"
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"\xff\xfe", b'{"schema": "publisher-tree/9"}', b"[" * 50_000,
        b'{"schema": "publisher-tree/1", "meta": {}}',
        b'{"schema": "publisher-tree/1", "meta": {"title": 3}}',
        b'{"schema": "publisher-tree/1", "meta": {}}\n{"t": "No"}\n',
    ],
)  # fmt: skip
def test_bad_data_is_a_source_error_that_names_the_file(request_for, data):
    request, _ = request_for(data, "a.json")
    with pytest.raises(SourceError) as caught:
        TreeReader().read(request)
    assert caught.value.where.startswith("a.json")


def test_sniffing():
    reader = TreeReader()
    assert reader.sniff(to_json(document()).encode()) == 1.0
    assert reader.sniff(json.dumps({"a": 1}).encode()) == 0.0
    assert reader.sniff(b"text publisher-tree/1") == 0.0
