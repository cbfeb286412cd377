"""The quick way through plain Markdown against markdown-it."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.readers.markdown.parser import make_parser
from publisher.readers.markdown.plainblocks import plain_blocks

PARSER = make_parser()
PIECES = [
    "#", "## ", "# 题", "# 字 #", "####### b", " ", "  \n", "\t", "\n", "\n\n", "字", "中文。", "\u3000",
    "1", ".", ")", "-", "=", "|", ":", "*", ">", "[", "x^2^", "\u00a0",
]  # fmt: skip


def shown(tokens):
    return [(t.type, t.tag, t.map, t.content if t.type == "inline" else "") for t in tokens]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_plain_blocks_are_those_of_markdown_it(text):
    tokens = plain_blocks(text)
    if tokens is not None:
        assert shown(tokens) == shown(PARSER.parse(text, {}))


@pytest.mark.parametrize(
    "text",
    ["# 章\n\n段落\n接着\n\n第二段", "一\n# 二\n三", "\n \n字\n\t\n字", "1949年\n2025-12-22"],
)
def test_headings_and_paragraphs_are_read_quickly(text):
    assert plain_blocks(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "- 项",
        "> 引",
        "```\n码\n```",
        "|a|\n|-|",
        "题\n===",
        "题\n---",
        "    码",
        "[^1]: 注",
        "[a]: b",
    ]
    + ["<div>", "1. 项", "1) 项", "词\n: 义", "***", "#标签", "# 题 #", "字\n  * 项"],
)
def test_more_structure_is_left_to_markdown_it(text):
    assert plain_blocks(text) is None


def test_a_plain_source_loads_no_parser(tmp_path):
    source = tmp_path / "a.md"
    source.write_text("---\ntitle: 题\n---\n\n# 章\n\n段落。\n", encoding="utf-8")
    code = (
        "import sys, publisher; publisher.read(sys.argv[1]);"
        "print([m for m in ('markdown_it', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(source)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
