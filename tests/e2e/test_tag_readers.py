"""Poppler and pdf.js read the tags of finished files as they were meant: same roles, texts, order."""

import pytest

from tests.e2e.conftest import some
from tests.tools import cases, tag_readers

pytestmark = pytest.mark.judge
every_case = pytest.mark.parametrize(
    "case", some(*cases.EVERY, *cases.UPRIGHT, cases.SEED), indirect=True
)


@every_case
def test_poppler_reads_the_whole_tree(case):
    assert tag_readers.poppler(case.pdf) == tag_readers.own(case.pdf)[0]


@every_case
def test_pdf_js_reads_the_tree_of_each_page(case):
    assert tag_readers.pdf_js(case.pdf) == tag_readers.own(case.pdf)[1]


def inside(tokens, opening):
    """Roles and texts of the first element that begins with some tokens."""
    at = next(n for n in range(len(tokens)) if tokens[n : n + len(opening)] == opening)
    depth, end = 0, at
    while True:
        token = tokens[end]
        depth += token.startswith("(") and len(token) > 1
        depth -= token == ")"
        end += 1
        if not depth:
            return tokens[at:end]


@pytest.mark.xdist_group("every-ja")
def test_ruby_warichu_notes_and_tables_are_read_as_such(made):
    """What the readers agree on is what the document says."""
    whole = tag_readers.poppler(made("every-ja").pdf)
    for base, reading in (("漢字", "かんじ"), ("今日", "きょう")):
        ruby = ["(Ruby", "(RB", base, ")", "(RT", reading, ")", ")"]
        assert inside(whole, ruby[:3]) == ruby
    warichu = ["(Warichu", "(WP", "（", ")", "(WT", "活字骨直置", ")", "(WP", "）", ")", ")"]
    assert inside(whole, ["(Warichu"]) == warichu
    note = inside(whole, ["(Note"])
    assert note[1:7] == ["(Lbl", "(Link", "1", ")", ")", "(P"]
    table = inside(whole, ["(Table", "(Caption"])
    assert [token for token in table if token in ("(THead", "(TBody", "(TFoot", "(TR")] == [
        "(THead", *["(TR"] * 2, "(TBody", *["(TR"] * 18, "(TFoot", "(TR",
    ]  # fmt: skip
    contents = inside(whole, ["(TOC"])
    assert contents[1:4] == ["(Caption", "活字活字", ")"]
    assert contents.count("(TOCI") == contents.count("(Reference") == contents.count("(Link") > 5
