"""Emphasis beside CJK text: the amendment where it applies, CommonMark everywhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_inline.state_inline import StateInline

from publisher.readers.markdown.delimiters import (
    character_class,
    emphasis_rule,
    scan,
    strikethrough_rule,
)
from publisher.readers.markdown.reader import MarkdownReader
from publisher.tree.walk import document_text

CASES = Path(__file__).resolve().parents[3] / ".." / "shared" / "cases" / "markdown"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**「强调」**后文", "<b 「强调」>后文"),
        ("これは**「重要」**です。", "これは<b 「重要」>です。"),
        ("他说**“重要。”**然后走了", "他说<b “重要。”>然后走了"),
        ("~~删除（线）。~~后文", "<strike 删除（线）。>后文"),
        ("**스크립트(script)**라고", "<b 스크립트(script)>라고"),
        ("마크다운**(Markdown)**은", "마크다운<b (Markdown)>은"),
        ("中文__不强调__中文", "中文__不强调__中文"),
        ("**注意！**请看*这里*。", "<b 注意！>请看<em 这里>。"),
        ("***「三重」***后", "<em <b 「三重」>>后"),
        ("葛󠄀**(こ)**の", "葛󠄀<b (こ)>の"),
        ("Hub**“\ufe01Git”\ufe01**Hub", "Hub<b “\ufe01Git”\ufe01>Hub"),
        ("a**(b)**c", "a**(b)**c"),
        ("**🎉(x)**y", "**🎉(x)**y"),
    ],
)
def test_delimiters_beside_cjk_text(
    source: str, expected: str, request_for: Any, sketch: Any
) -> None:
    request, _ = request_for(source)
    assert sketch(MarkdownReader().read(request)) == f"p({expected})"


@pytest.mark.parametrize("name", ["strong.md", "korean.md"])
def test_no_mark_of_the_public_cases_stays_literal(name: str, request_for: Any) -> None:
    path = CASES / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the repository")
    request, _ = request_for(path.read_bytes())
    document = MarkdownReader().read(request)
    left = [text for text in document_text(document) if "**" in text.replace("\\*", "")]
    assert len(document.body) >= 6
    assert left == []


@given(st.text(alphabet="ab*_~ .,()\"'\t\n\u00a0\u2003é—“”€", max_size=12), st.integers(0, 11))
def test_without_cjk_the_flags_are_those_of_commonmark(text: str, at: int) -> None:
    source = text[:at] + "*" + text[at:]
    parser = MarkdownIt()
    for marker, splits in (("*", True), ("_", False)):
        own = source[: len(text[:at])] + marker + text[at:]
        state = StateInline(own, parser, {}, [])
        plain = state.scanDelims(len(text[:at]), splits)
        length, opens, closes = scan(own, len(text[:at]), len(own), splits_words=splits)
        assert (opens, closes, length) == (plain.can_open, plain.can_close, plain.length)


@given(st.text(alphabet="ab*_~ .(\n", max_size=24))
def test_ascii_renders_as_plain_commonmark_does(text: str) -> None:
    ours = MarkdownIt("commonmark").enable("strikethrough")
    ours.inline.ruler.at("emphasis", emphasis_rule())
    ours.inline.ruler.at("strikethrough", strikethrough_rule())
    assert ours.render(text) == MarkdownIt("commonmark").enable("strikethrough").render(text)


@pytest.mark.parametrize(
    ("character", "cjk"),
    [
        ("字", True), ("ア", True), ("ｱ", True), ("。", True), ("（", True), ("한", True),
        ("ᅡ", True), ("𠀋", True), ("㍿", True), ("🈀", True), ("〈", True),
        ("a", False), ("“", False), ("—", False), ("🎉", False), ("⌚", False), ("🈁", False),
        ("é", False), ("…", False),
    ],
)  # fmt: skip
def test_which_characters_are_cjk(character: str, cjk: bool) -> None:
    assert bool(character_class(character) & 4) is cjk
