"""markdown-it-py set up for CJK sources: its rules, our delimiters, ruby, sub- and superscript."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.markdown.delimiters import emphasis_rule, strikethrough_rule

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

# Quotes and lists open at most this deep, as does the tree; markdown-it stops reading there.
MAX_NESTING: Final = 64

# A paragraph without these is one run of text: no inline rule begins with any other character.
# The line feed is left to the caller, who joins the lines of a paragraph in one step.
SPECIAL: Final = re.compile(r"[\\`*_~\[<&{^]")

# Patterns of rare marks stay text until one is met: `re` compiles and keeps them then.
_RUBY: Final = r"\{([^{}|\\\n]{1,200})((?:\\?\|[^{}|\\\n]{0,200}){1,200})\}"
_EAST_ASIAN: Final = (
    "[\u1100-\u11ff\u2e80-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]"
)
# Short runs of Latin letters, digits and signs: H~2~O, x^2^, 1^st^. Anything longer is prose in
# which the marks mean something else: 3~5 days, 7~8 days; a smile of ^_^.
_SUBSCRIPT: Final = r"~([0-9A-Za-z+\-\u2212()]{1,8})~(?!~)"
_SUPERSCRIPT: Final = r"\^([0-9A-Za-z+\-\u2212()]{1,8})\^(?!\^)"
_DELIMITER_ROW: Final = r"^ {0,3}(?:> ?)*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$"


@cache
def make_parser() -> MarkdownIt:
    """The parser for the dialect: block structure only, inlines are parsed when converted.

    It holds nothing of a document, so one serves them all.

    Inline HTML and HTML blocks come out as tokens; nothing is rendered.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    footnote_plugin(parser, move_to_end=False, always_match_refs=True)
    deflist_plugin(parser)
    attrs_plugin(parser, after=("image", "code_inline", "link_close", "span_close"), spans=True)
    inline = parser.inline.ruler
    inline.at("emphasis", emphasis_rule())
    inline.at("strikethrough", strikethrough_rule())
    inline.before("emphasis", "ruby", _ruby)
    inline.before("strikethrough", "subscript", _subscript)
    inline.before("emphasis", "superscript", _superscript)
    parser.core.ruler.disable(["inline", "text_join"])
    # Rules are put in order when they are first asked for: two threads that ask at once would find
    # some of them only.
    for ruler in (parser.core.ruler, parser.block.ruler, inline, parser.inline.ruler2):
        ruler.getRules()
    return parser


def ruby_parts(source: str) -> tuple[str, tuple[str, ...]] | None:
    """Base and readings of ``{漢字|かん|じ}``, or None when it is something else in braces.

    One side must hold an East Asian letter, so that ``{a|b}`` in a shell line stays as it is.
    """
    match = re.fullmatch(_RUBY, source)
    return _parts(match) if match else None


def _parts(match: re.Match[str]) -> tuple[str, tuple[str, ...]] | None:
    base = match[1].strip()
    readings = tuple(part.strip() for part in re.split(r"\\?\|", match[2])[1:])
    if not base or not any(readings) or not re.search(_EAST_ASIAN, match[0]):
        return None
    return base, readings


def _ruby(state: Any, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    match = re.compile(_RUBY).match(state.src, state.pos, state.posMax)
    parts = _parts(match) if match else None
    if match is None or parts is None:
        return False
    if not silent:
        state.push("ruby", "ruby", 0).meta = {"base": parts[0], "readings": parts[1]}
    state.pos = match.end()
    return True


def _subscript(state: Any, silent: bool) -> bool:
    # A subscript belongs to the letter or bracket before it.
    if state.src[state.pos] != "~" or state.pos == 0:
        return False
    before = state.src[state.pos - 1]
    if not ((before.isascii() and before.isalpha()) or before in ")]"):
        return False
    return _short_mark(state, silent, _SUBSCRIPT, "sub")


def _superscript(state: Any, silent: bool) -> bool:
    if state.src[state.pos] != "^":
        return False
    return _short_mark(state, silent, _SUPERSCRIPT, "sup")


def _short_mark(state: Any, silent: bool, pattern: str, kind: str) -> bool:
    match = re.compile(pattern).match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push(kind, kind, 0).content = match[1]
    state.pos = match.end()
    return True


def protect_ruby_in_tables(text: str) -> str:
    """The text with the bars of ruby in table rows escaped, so that they do not part cells.

    Only lines of a table are touched: those around a delimiter row, outside fenced code.
    """
    if "{" not in text or "|-" not in text.replace(" ", "").replace(":", ""):
        return text
    lines = text.split("\n")
    fence = ""
    in_table = False
    for number, line in enumerate(lines):
        mark = line.lstrip(" >")[:3]
        if mark in ("```", "~~~"):
            fence = "" if mark == fence else (fence or mark)
        if fence or not line.strip(" >\t"):
            in_table = False
        elif in_table:
            lines[number] = _escape_ruby(line)
        elif "|" in line and "-" in line and re.match(_DELIMITER_ROW, line):
            in_table = True
            if number:
                lines[number - 1] = _escape_ruby(lines[number - 1])
    return "\n".join(lines)


def _escape_ruby(line: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        whole = match[0]
        return whole.replace("\\|", "|").replace("|", "\\|") if _parts(match) else whole

    return re.sub(_RUBY, escaped, line) if "{" in line else line
