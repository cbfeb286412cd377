"""Checks of trees: places in their sources, structure, metadata; the look before a build."""

from dataclasses import replace

import pytest

from publisher.environment import ResourceStore
from publisher.errors import PreflightFailed
from publisher.events import Collector
from publisher.preflight.document import check_document, paragraphs_of
from publisher.preflight.fixes import apply_fixes
from publisher.preflight.glance import glance
from publisher.preflight.model import Finding, levelled
from publisher.settings import PreflightSettings, Settings
from publisher.stages import preflight
from publisher.tree.meta import Contributor, Document, Metadata, Resource, SourceInfo
from publisher.tree.nodes import (
    Attr,
    Code,
    CodeBlock,
    Image,
    Paragraph,
    Pos,
    Section,
    Span,
    Strong,
    Text,
)
from tests.tools.every_node import every_node, png

META = Metadata((Text("題"),), language="zh-Hant", date="2025", contributors=(Contributor("某"),))


def p(*content, line=0, end=0):
    run = tuple(Text(c) if isinstance(c, str) else c for c in content)
    return Paragraph(run, pos=Pos("a.md", line, end or line) if line else None)


def codes(*blocks, meta=META, resources=()):
    return [f.code for f in check_document(Document(meta, blocks, resources))]


def test_runs_are_looked_at_as_wholes_and_code_is_not():
    block = p("他說：「", Strong((Text("好"),)), "」，", Code("a,{{b}}"), "之後走了。")
    assert codes(block, CodeBlock("中,文 {{x}}")) == []


def test_columns_are_those_of_the_source():
    source = "---\ntitle: 題\n---\n\n第一行**粗**字，\n這裡有個{{name}}，和`{{code}}`，你好,世界\n"
    document = Document(META, (p("第一行", Strong((Text("粗"),)), "字，這裡有個{{name}}，和", Code("{{code}}"),
                                 "，你好,世界", line=5, end=6),))  # fmt: skip
    found = {f.code: (f.line, f.column) for f in check_document(document, {"a.md": source})}
    assert found == {"placeholder": (6, 5), "halfwidth-punct": (6, 28)}
    lines = source.split("\n")
    assert lines[5][4:12] == "{{name}}"
    assert lines[5][27] == ","


def test_two_in_the_same_words_have_a_place_each():
    source = "一,二\n他說一,二，又說一,二。\n"
    document = Document(META, (p("一,二他說一,二，又說一,二。", line=1, end=2),))
    places = [(f.line, f.column) for f in check_document(document, {"a.md": source})]
    assert places == [(1, 2), (2, 4), (2, 10)]


def test_what_little_is_told_by_is_given_no_column():
    document = Document(META, (p("這裡你好,世界", line=1),))
    (found,) = check_document(document, {"a.md": "&#36889;&#35041;&#20320;&#22909;,&#19990;\n"})
    assert (found.line, found.column) == (1, 0)


def test_a_title_is_found_in_its_source():
    meta = replace(META, title=(Text("他說「好"),))
    document = Document(meta, (p("文", line=3),), sources=(SourceInfo("a.md"),))
    (found,) = check_document(document, {"a.md": "# 他說「好\n\n文\n"})
    assert (found.code, found.where) == ("unbalanced", "a.md:1:5")


def test_without_its_source_a_finding_has_its_line():
    (found,) = check_document(Document(META, (p("你好,世界", line=7),)))
    assert (found.line, found.column) == (7, 0)


def test_languages_of_elements_are_their_own():
    assert codes(p("這裡", Span((Text("이것은, 한국어"),), Attr(lang="ko")), "沒有問題")) == []


def test_headings():
    document = (
        Section(
            1,
            (Text("一"),),
            (Section(3, (Text("二"),), (p("文"),)), Section(3, (Text("二"),), (p("文"),))),
        ),
        Section(1, (), (p("沒有標題"),)),
    )
    assert codes(*document) == ["heading-skipped", "empty-heading", "doubled-heading"]


def test_pictures():
    small = Resource("s", "image/png", 10, "small.png", 300, 200)
    large = Resource("l", "image/png", 10, "large.png", 3000, 2000)
    drawn = Resource("d", "image/svg+xml", 10, "drawn.svg", 100, 100)
    pictures = p(Image("s", "小"), Image("l", "大"), Image("d"), Image("l", "大", width=100.0))
    assert codes(pictures, resources=(small, large, drawn)) == ["image-resolution", "image-alt"]


def test_metadata_gaps():
    assert codes(p("文"), meta=Metadata(language="zh-Hant")) == ["no-title", "no-author", "no-date"]
    assert "no-language" in codes(p("文"), meta=Metadata())


def test_a_document_of_every_node_is_checked():
    document = every_node(ResourceStore().add_bytes(png()))
    assert paragraphs_of(document)
    assert all(f.code != "mojibake" for f in check_document(document))


def test_levels():
    findings = [
        Finding("dash", "warning"),
        Finding("ellipsis", "warning"),
        Finding("no-date", "info"),
    ]
    settings = PreflightSettings(fail=("dash",), warn=("no-date",), ignore=("ellipsis",))
    assert [(f.code, f.severity) for f in levelled(findings, settings)] == [
        ("dash", "error"), ("no-date", "warning"),
    ]  # fmt: skip


def test_fixes_are_made_from_the_back_and_only_where_the_text_is():
    text = "你好,世界,好\r\n第二,行\n"
    findings = [
        Finding("halfwidth-punct", "warning", "a", 1, 3, ",", fix="，"),
        Finding("halfwidth-punct", "warning", "a", 1, 6, ",", fix="，"),
        Finding(
            "halfwidth-punct", "warning", "a", 1, 7, ",", fix="，"
        ),  # another text stands there
        Finding("halfwidth-punct", "warning", "a", 2, 3, ","),  # nothing certain
        Finding("halfwidth-punct", "warning", "a", 9, 3, ",", fix="，"),
    ]
    made, done = apply_fixes(text, findings)
    assert made == "你好，世界，好\r\n第二,行\n"
    assert [f.column for f in done] == [3, 6]


def test_the_look_before_a_build():
    document = Document(META, (p("你好,世界，关键词2\u200b"), p("風從山那邊來。")))
    assert {g.code: g.times for g in glance(document)} == {
        "halfwidth-punct": 1, "placeholder": 1, "invisible": 1,
    }  # fmt: skip
    assert glance(Document(META, (p("風從山那邊來。"),))) == []
    assert glance(Document(META, (p("plain"),))) == []
    row = {
        g.code: g.times
        for g in glance(Document(META, (p("一,二,三:「四」；e, f；“五”,六，XXXX公司"),)))
    }
    assert row == {"halfwidth-punct": 3, "placeholder": 1}


def test_a_build_reports_what_it_sees_in_one_line():
    report = Collector()
    preflight(Document(META, (p("你好,世界，关键词2"),)), Settings(), report)
    (one,) = report.diagnostics
    assert (one.code, one.severity) == ("preflight.found", "info")
    assert dict(one.args)["counts"] == "1 halfwidth-punct, 1 placeholder"


def test_a_build_stops_where_the_settings_say_so():
    document = Document(META, (p("你好,世界，关键词2", line=4),))
    settings = Settings(preflight=PreflightSettings(fail=("placeholder",)))
    with pytest.raises(PreflightFailed, match="关键词2") as caught:
        preflight(document, settings, Collector())
    assert caught.value.where == "a.md:4"
    assert caught.value.hint
    ignoring = Settings(preflight=PreflightSettings(ignore=("placeholder", "halfwidth-punct")))
    report = Collector()
    preflight(document, ignoring, report)
    assert not report.diagnostics
