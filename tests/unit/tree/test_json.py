from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from publisher.errors import MalformedSource
from publisher.events import Collector
from publisher.tree import nodes as n
from publisher.tree.json import from_json, from_json_lines, to_json, to_json_lines
from publisher.tree.meta import Contributor, Document, Metadata, Series
from publisher.tree.nodes import Paragraph, Pos, Section, Text
from publisher.tree.schema import json_schema, schema_text
from tests.property import strategies

ROOT = Path(__file__).resolve().parents[3]
SMALL = Document(
    Metadata(
        title=(Text("題"),),
        contributors=(Contributor("某"),),
        series=Series("叢書"),
        extra=(("k", "v"),),
    ),
    (
        Section(1, (Text("章"),), (Paragraph((Text("文"),), role="lead", pos=Pos("a.txt", 3, 4)),)),
        Paragraph((n.Image("r", width=10.5),)),
    ),
)


def tree(body, **more):
    return json.dumps({"schema": "publisher-tree/1", "meta": {}, "body": body, **more})


def test_only_what_differs_from_the_defaults_is_written():
    assert json.loads(to_json(SMALL)) == {
        "schema": "publisher-tree/1",
        "meta": {
            "title": [{"t": "Text", "text": "題"}],
            "contributors": [{"name": "某"}],
            "series": {"name": "叢書"},
            "extra": [["k", "v"]],
        },
        "body": [
            {
                "t": "Section",
                "level": 1,
                "title": [{"t": "Text", "text": "章"}],
                "blocks": [
                    {
                        "t": "Paragraph",
                        "content": [{"t": "Text", "text": "文"}],
                        "role": "lead",
                        "pos": {"source": "a.txt", "start": 3, "end": 4},
                    }
                ],
            },
            {"t": "Paragraph", "content": [{"t": "Image", "resource": "r", "width": 10.5}]},
        ],
    }


def test_json_lines_have_a_header_and_a_block_a_line():
    lines = to_json_lines(SMALL).splitlines()
    assert [json.loads(line).get("t") for line in lines] == [None, "Section", "Paragraph"]
    assert from_json_lines("\n".join(lines)) == SMALL


def test_whole_numbers_are_lengths_too():
    [found] = from_json(
        tree([{"t": "Paragraph", "content": [{"t": "Image", "resource": "r", "width": 3}]}])
    ).body
    assert found.content[0].width == 3.0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[]", '"schema" is not'),
        ('{"schema": "other/1"}', '"schema" is not'),
        ('{"schema": "publisher-tree/2", "meta": {}}', "not a version"),
        ('{"schema": "publisher-tree/x", "meta": {}}', "not a version"),
        ('{"schema": "publisher-tree/1"}', "has no 'meta'"),
        (tree([{"t": "Poem"}]), r"\$\.body\[0\]: the unknown type \"Poem\""),
        (tree([{"t": "Text", "text": "x"}]), r"\$\.body\[0\]: the unknown type"),
        (tree([3]), r"\$\.body\[0\]: 3 stands where a block should"),
        (tree({}), r"\$\.body: an object is not an array"),
        (
            tree([{"t": "Paragraph", "content": [{"t": "Text", "text": 5}]}]),
            r"\$\.body\[0\]\.content\[0\]\.text: 5 is not a string",
        ),
        (tree([{"t": "Paragraph", "content": [], "role": "king"}]), r"\.role: \"king\" is none of"),
        (tree([{"t": "Section", "level": "1", "title": []}]), "not a whole number"),
        (tree([{"t": "Section", "level": True, "title": []}]), "not a whole number"),
        (tree([{"t": "Section", "level": 10**30, "title": []}]), "too large"),
        (tree([{"t": "Section", "title": []}]), "Section has no 'level'"),
        (tree([{"t": "Quote", "blocks": [], "attr": {"data": [["a"]]}}]), "not a pair"),
        (tree([{"t": "Quote", "blocks": [], "attr": 4}]), "stands where a Attr should"),
        ('{"schema": "publisher-tree/1", "meta": {}, "body": [NaN]}', "holds a number that is none"),
        ('{"schema": "publisher-tree/1", "x": ' + "9" * 5000 + "}", "thousands of digits"),
        ("[" * 100_000, "nested too deeply"),
        (tree(json.loads('[{"t": "Quote", "blocks": ' * 90 + "[]" + "}]" * 90)), "deeper than 80"),
    ],
    ids=range(23),
)  # fmt: skip
def test_a_bad_tree_is_one_clear_error(text, message):
    with pytest.raises(MalformedSource, match=message) as caught:
        from_json(text, "a.json")
    assert caught.value.where.startswith("a.json")
    assert len(str(caught.value)) < 400


def test_a_bad_line_is_named():
    with pytest.raises(MalformedSource) as caught:
        from_json_lines(to_json_lines(SMALL) + "{oops\n", "a.jsonl")
    assert caught.value.where.startswith("a.jsonl:4")
    for text in ("", "3\n4\n"):
        with pytest.raises(MalformedSource):
            from_json_lines(text, "a.jsonl")


def test_unknown_fields_are_left_out_with_a_warning():
    report = Collector()
    found = from_json(tree([{"t": "ThematicBreak", "colour": "red"}]), "a.json", report)
    assert found.body == (n.ThematicBreak(),)
    [told] = report.diagnostics
    assert (told.code, dict(told.args)) == (
        "tree.unknown-field",
        {"field": "colour", "type": "ThematicBreak"},
    )


def test_lone_surrogates_are_replaced_and_told():
    report = Collector()
    text = tree([]).replace('"meta": {}', r'"meta": {"language": "\ud800x"}')
    assert from_json(text, "a.json", report).meta.language == "\ufffdx"
    assert [d.code for d in report.diagnostics] == ["text.surrogate"]


def test_the_published_schema_is_that_of_the_nodes():
    published = (ROOT / "docs" / "tree.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(), (
        "run: python -m publisher.tree.schema > docs/tree.schema.json"
    )


SCHEMA = jsonschema.Draft202012Validator(json_schema())


def test_the_schema_is_a_schema_and_refuses_bad_trees():
    jsonschema.Draft202012Validator.check_schema(json_schema())
    SCHEMA.validate(json.loads(to_json(SMALL)))
    for bad in ([{"t": "Poem"}], [{"t": "Section", "title": []}], [{"t": "CodeBlock", "text": 3}]):
        assert not SCHEMA.is_valid(json.loads(tree(bad)))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.documents)
def test_every_tree_is_valid_against_the_schema(document):
    SCHEMA.validate(json.loads(to_json(document)))


def test_a_long_book_goes_out_and_in():
    body = tuple(
        Section(
            1,
            (Text("章"),),
            tuple(Paragraph((Text("一段文字" * 60),), pos=Pos("a.txt", i)) for i in range(30)),
        )
        for _ in range(120)
    )
    book = Document(Metadata(), body)
    assert from_json(to_json(book)) == book


def test_characters_that_no_xml_has_are_taken_out_and_told():
    report = Collector()
    inner = (
        r'{"t": "Link", "content": [{"t": "Text", "text": "甲"}], "target": "http://a.b/\u0001c"}'
    )
    text = tree([]).replace('"body": []', f'"body": [{{"t": "Paragraph", "content": [{inner}]}}]')
    text = text.replace('"meta": {}', '"meta": {"identifier": "x\ufffey"}')
    found = from_json(text, "a.json", report)
    assert found.meta.identifier == "xy"
    assert found.body[0].content[0].target == "http://a.b/c"
    [told] = report.diagnostics
    assert (told.code, dict(told.args)) == (
        "text.control",
        {"characters": "U+0001 U+FFFE", "count": "2"},
    )
