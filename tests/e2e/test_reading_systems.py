"""Books opened in epub.js and foliate-js: pages turn the right way, links lead, fonts load."""

import pytest

import publisher
from publisher.events import ignore
from publisher.settings import BookSettings, OutputSettings, Settings
from publisher.stages import transform
from tests.tools import cases
from tests.tools.reading_systems import opened

pytestmark = pytest.mark.judge

TEXT = """---
title: {title}
author: 夏目漱石
lang: {lang}
---

# {first}

{prose}第12回[^1]、*傍点*と{{漢字|かんじ}}。

| 甲 | 乙 |
|---|---|
| 1 | 二 |

{prose}

# {second}

{prose}

[^1]: 注の文章です。
"""
BOOKS = {
    "vertical": {
        "title": "縦書きの本", "lang": "ja", "first": "第一章　猫", "second": "第二章　犬",
        "prose": "吾輩は「猫」である。名前はまだ無い。" * 60,
    },
    "horizontal": {
        "title": "横排的书", "lang": "zh-Hans", "first": "第一章　猫", "second": "第二章　狗",
        "prose": "人们说“书”是人类进步的阶梯。" * 60,
    },
}  # fmt: skip


@pytest.fixture(scope="module", params=sorted(BOOKS))
def read(request, tmp_path_factory):
    """The writing mode, and what both reading systems say about a book in it."""
    folder = tmp_path_factory.mktemp(request.param)
    source = folder / "book.md"
    source.write_text(TEXT.format(**BOOKS[request.param]), encoding="utf-8")
    settings = Settings(
        book=BookSettings(writing_mode=request.param),
        output=OutputSettings(formats=("pdf", "epub")),
    )
    reading = publisher.read(source)
    document = transform(reading.document, settings, ignore)
    cases.write_all(document, reading.resources, folder / "book", settings, kinds=("pdf", "epub"))
    return request.param, opened(folder / "book.epub")


def test_both_open_it(read):
    mode, found = read
    assert found["problems"] == []
    wanted = BOOKS[mode]
    for system in ("foliate", "epubjs"):
        facts = found[system]
        assert facts["title"] == wanted["title"]
        assert [label for label, _ in facts["toc"]] == [wanted["first"], wanted["second"]]
        assert facts["writingMode"] == ("vertical-rl" if mode == "vertical" else "horizontal-tb")
        assert {"cover", "toc", "bodymatter"} <= set(facts["landmarks"])
    assert found["epubjs"]["cover"] == "images/drawn-cover.svg"


def test_pages_turn_to_their_side(read):
    """The side that is forward for a book of its direction turns forward, the other one back."""
    mode, found = read
    for system in ("foliate", "epubjs"):
        assert found[system]["dir"] == ("rtl" if mode == "vertical" else "ltr")
        assert found[system]["moved"]
    assert found["foliate"]["forward"]
    assert found["foliate"]["backward"]


def test_the_contents_lead_to_the_chapters(read):
    _, found = read
    for system in ("foliate", "epubjs"):
        assert found[system]["led"]
        for label, reached in found[system]["led"]:
            assert label == reached


def test_printed_pages_are_found(read):
    _, found = read
    pages = found["foliate"]["pageLed"]
    assert len(pages) > 2
    assert found["epubjs"]["pages"] == len(pages)
    for label, reached in pages:  # the last page that begins on the screen
        assert int(label) <= int(reached) <= int(label) + 2


def test_fonts_of_the_book_are_shown(read):
    mode, found = read
    family = "Noto Serif CJK ja" if mode == "vertical" else "Noto Serif CJK zh-Hans"
    for system in ("foliate", "epubjs"):
        assert [family, "loaded"] in found[system]["fonts"]
        assert "error" not in {status for _, status in found[system]["fonts"]}


def test_notes_pop_up(read):
    _, found = read
    note = found["foliate"]["note"]
    assert (note["type"], note["element"], note["hidden"]) == ("footnote", "aside", True)
    assert "注の文章です。" in note["text"]


def test_numbers_stand_in_their_cells(read):
    mode, found = read
    cells = [["12", "all"], ["1", "all"]]
    assert all((cell in found["foliate"]["combined"]) is (mode == "vertical") for cell in cells)
