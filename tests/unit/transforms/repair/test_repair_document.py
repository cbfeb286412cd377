"""Repair of a tree: runs across marks, what is skipped, what is reported."""

import pytest

from publisher.events import Collector
from publisher.settings import RepairSettings, Settings
from publisher.transforms.base import built_in_transforms, run_transforms
from publisher.transforms.repair.document import repair_document
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import (
    Attr,
    Code,
    CodeBlock,
    Emphasis,
    Link,
    Paragraph,
    Pos,
    Ruby,
    RubyPair,
    Section,
    Span,
    Strong,
    Text,
)
from publisher.tree.walk import document_text

BAD = (
    "全麵從嚴治黨，隻有堅持製度，才能形成一係列行之有效的機製。同誌們要麵對麵聽取意見，反複調研。"
    "典型特征是係統性的，幹淨的環境離不開規章製度，插手幹預的現象隻要存在，就必須製約。"
)


def book(*blocks, title=()):
    first = Paragraph((Text(BAD),), pos=Pos("a.txt", 3, 3))
    return Document(Metadata(title=title, language="zh-Hant"), (first, *blocks))


def mended(document, mode="apply", words=""):
    report, changes = Collector(), []
    made = repair_document(document, RepairSettings(mode, words), report, changes.extend)
    return made, changes, report.diagnostics


def test_words_across_marks_are_words():
    run = (
        Text("推進全"),
        Strong((Text("麵"),)),
        Text("從嚴，規章"),
        Emphasis((Text("製"), Text("度"))),
    )
    made, _, _ = mended(book(Paragraph(run)))
    assert made.body[1].content == (
        Text("推進全"), Strong((Text("面"),)), Text("從嚴，規章"), Emphasis((Text("制"), Text("度"))),
    )  # fmt: skip


def test_code_links_and_other_languages_stay():
    run = (
        Code("製度"),
        Link((Text("全麵的製度"),), "https://example.org/製度"),
        Span((Text("製度と全麵"),), Attr(lang="ja")),
        Span((Text("全麵"),), Attr(lang="zh-Hans")),
    )
    made, _, _ = mended(book(Paragraph(run), CodeBlock("全麵的製度")))
    assert made.body[1].content == (
        Code("製度"),
        Link((Text("全面的制度"),), "https://example.org/製度"),
        *run[2:],
    )
    assert made.body[2] == CodeBlock("全麵的製度")


def test_titles_ruby_and_metadata_are_mended():
    ruby = Ruby((RubyPair("製", "zhì"), RubyPair("度", "dù")))
    made, _, _ = mended(
        book(Section(1, (Text("規章製度"),), (Paragraph((ruby,)),)), title=(Text("全麵從嚴"),))
    )
    assert made.meta.title == (Text("全面從嚴"),)
    assert made.body[1].title == (Text("規章制度"),)
    assert made.body[1].blocks[0].content[0].pairs == (RubyPair("制", "zhì"), RubyPair("度", "dù"))


def test_suggest_changes_nothing_and_says_what_it_would():
    document = book()
    made, changes, told = mended(document, "suggest")
    assert made is document
    assert changes
    (one,) = told
    assert (one.code, one.severity, one.source, one.line) == (
        "repair.suggested",
        "warning",
        "a.txt",
        3,
    )
    assert dict(one.args)["count"] == str(len(changes))
    assert "全面 for 全麵" in dict(one.args)["words"]
    assert "--repair apply" in one.hint


def test_a_build_names_what_looks_misspelled_and_loads_no_word_list():
    from publisher.text.words import lexicon

    lexicon.lexicon.cache_clear()
    report = Collector()
    document = book()
    assert repair_document(document, RepairSettings("suggest"), report) is document
    assert lexicon.lexicon.cache_info().currsize == 0
    (one,) = report.diagnostics
    assert (one.code, one.line) == ("repair.suspect", 3)
    assert "製度" in dict(one.args)["words"]
    assert "--repair apply" in one.hint


def test_apply_tells_what_it_did():
    _, changes, told = mended(book())
    assert told[0].code == "repair.mended"
    assert all(c.source == "a.txt" and c.line == 3 for c in changes)


def test_safe_mends_no_more_than_apply():
    safe, sure, _ = mended(book(), "safe")
    full, everything, _ = mended(book())
    assert sure == everything
    changed = sum(a != b for a, b in zip(BAD, document_text(safe)[0], strict=True))
    assert changed == sum(c.sure for c in everything)
    assert sum(a != b for a, b in zip(BAD, document_text(full)[0], strict=True)) == len(everything)


@pytest.mark.parametrize("language", ["ja", "ko", "zh-Hans", "en"])
def test_documents_in_other_languages_stay(language):
    document = Document(
        Metadata(language=language), (Paragraph((Text("全面从严，只有制度。这里说的是" * 20),)),)
    )
    assert mended(document) == (document, [], [])


def test_off_does_nothing():
    document = book()
    assert mended(document, "off") == (document, [], [])


def test_it_runs_before_conversion():
    from publisher.settings import ConvertSettings

    settings = Settings(repair=RepairSettings("apply"), convert=ConvertSettings("zh-Hans"))
    report = Collector()
    made = run_transforms(book(), built_in_transforms(settings), settings, report)
    assert "只有坚持制度" in document_text(made)[0]
    assert "全面从严" in document_text(made)[0]
    assert "干净的环境" in document_text(made)[0]
