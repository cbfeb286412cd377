"""CommonMark's own examples: no worse than the parser is without our rules for CJK text."""

import re

import pytest
from markdown_it import MarkdownIt

from publisher.readers.html.reader import HtmlReader
from publisher.readers.markdown.delimiters import emphasis_rule, strikethrough_rule
from publisher.readers.markdown.reader import MarkdownReader
from tests.tools.judges import node_file

# Examples whose HTML is no page: half elements, sections of CDATA, numbers no list of ours has,
# code that holds nothing; and loose lists of one code block, which print the same.
_OF_HTML_ONLY = {
    126, 129, 130, 138, 144, 148, 167, 174, 190, 191, 237, 265, 273, 274, 324, 334, 629,
}  # fmt: skip


@pytest.fixture(scope="module")
def examples():
    text = node_file("commonmark-spec", "spec.txt").read_text("utf-8").replace("→", "\t")
    found = re.findall(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", text, re.DOTALL | re.MULTILINE)
    assert len(found) > 600
    return found


def test_the_rules_for_emphasis_give_what_the_plain_parser_gives(examples):
    plain, ours = MarkdownIt("commonmark"), MarkdownIt("commonmark").enable("strikethrough")
    ours.inline.ruler.at("emphasis", emphasis_rule())
    ours.inline.ruler.at("strikethrough", strikethrough_rule())
    assert [ours.render(source) for source, _ in examples] == [
        plain.render(source) for source, _ in examples
    ]


def test_the_reader_gives_the_tree_of_the_html_that_the_examples_expect(
    examples, request_for, sketch
):
    def tree(reader, text):
        shown = sketch(reader.read(request_for(text)[0]))
        return re.sub(r"\s+", "", re.sub(r"<span \S* ", "<span ", shown))

    wrong = {
        number
        for number, (source, page) in enumerate(examples, 1)
        if tree(MarkdownReader(), f"intro\n\n{source}") != tree(HtmlReader(), f"<p>intro</p>{page}")
    }
    assert wrong == _OF_HTML_ONLY
