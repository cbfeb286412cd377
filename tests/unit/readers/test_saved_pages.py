"""Saved pages of real sites, where they are at hand: the article's text, title, names and dates."""

import json
import re
from collections import Counter

import pytest

import publisher
from publisher.tree.walk import document_text, plain_text

SQUEEZE = re.compile(r"\s+")


def grams(text):
    plain = SQUEEZE.sub("", text)
    return Counter(plain[at : at + 4] for at in range(len(plain) - 3))


def f1(got, wanted):
    one, other = grams(got), grams(wanted)
    both = sum((one & other).values())
    precision, recall = both / max(one.total(), 1), both / max(other.total(), 1)
    return 2 * precision * recall / max(precision + recall, 1e-9)


@pytest.fixture(scope="module")
def pages(shared):
    folder = shared / "cases" / "html"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    return [(case, folder, publisher.read(folder / case["file"]).document) for case in index]


def body_of(document):
    return "\n".join(document_text(document))


def test_the_text_is_the_article(pages):
    scores = []
    for case, folder, document in pages:
        if case["body"]:
            wanted = (folder / case["body"]).read_text("utf-8")
            got = body_of(document)
            scores.append(f1(got[: len(wanted)] if case["body_is_lead_only"] else got, wanted))
    assert min(scores) >= 0.85
    assert sum(scores) / len(scores) >= 0.97


def test_what_must_be_there_is_and_nothing_of_the_site(pages):
    for case, _, document in pages:
        got = body_of(document)
        assert [w for w in case["must_contain"] or () if w not in got] == []
        assert [w for w in case["must_not_contain"] or () if w in got] == []


def test_titles_authors_and_dates(pages):
    for case, _, document in pages:
        meta = document.meta
        if case["title"]:
            assert case["title"].startswith(plain_text(meta.title)), case["id"]
            assert meta.title
        if case["author"]:
            names = [c.name for c in meta.contributors]
            assert any(case["author"].startswith(name) for name in names), case["id"]
        if case["date"]:
            # Dates with hours are in UTC; the page says the day where it was read.
            assert meta.date
            assert abs(int(meta.date[-2:]) - int(case["date"][8:10])) <= ("T" in case["date"])
