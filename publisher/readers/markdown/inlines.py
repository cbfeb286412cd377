"""Inline tokens of markdown-it to inlines of the tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from publisher.readers.links import resolve_link
from publisher.readers.markdown.marks import (
    html_attributes,
    html_maker,
    linked,
    make_ruby,
    marker,
    points,
    span_maker,
    wrapper,
)
from publisher.readers.markdown.parser import SPECIAL
from publisher.record import dataclass
from publisher.text.normalize import join_lines, strip_indent
from publisher.tree.nodes import (
    Code,
    Emphasis,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Mark,
    Span,
    Strong,
    Text,
)
from publisher.tree.runs import is_empty_run, tidy_run
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from publisher.tree.nodes import Side

_TAG: Final = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>", re.DOTALL
)
# Inline HTML opens at most this deep; what is deeper keeps its text.
_MAX_OPEN: Final = 32


class Surroundings(Protocol):
    """What inlines need from the document around them."""

    language: str

    def note(self, token: Token, line: int) -> Inlines:
        """The call of a footnote, or literal text when there is no such note."""

    def picture(self, source: str, line: int) -> str:
        """The resource id of a picture, or an empty string."""

    def html_inlines(self, source: str, line: int) -> Inlines:
        """Inline HTML by the HTML reader."""

    def notice(self, code: str, line: int, **args: str) -> None:
        """Reports something about the source."""


@dataclass(slots=True)
class _Frame:
    """An open mark: its name, how to close it, and what it stands in."""

    name: str
    make: Callable[[Inlines], Inlines]
    outer: list[Inline]


class InlineReader:
    """Parses and converts the inline content of one block after the other."""

    def __init__(self, parser: MarkdownIt, env: dict[str, Any], around: Surroundings) -> None:
        self._parser = parser
        self._env = env
        self._around = around
        self.side: Side = ""  # of the text, where the picture read last is to stand
        self._tokens: Sequence[Token] = ()
        self._begin(0)

    def read(self, source: str, line: int) -> Inlines:
        """The inlines of a block's raw content, which begins at `line` (1-based)."""
        if SPECIAL.search(source) is None and "  \n" not in source:
            joined = strip_indent(join_lines(source))
            return (Text(joined),) if joined else ()
        tokens: list[Token] = []
        self._parser.inline.parse(source, self._parser, self._env, tokens)
        return self.convert(tokens, line)

    def convert(self, tokens: Sequence[Token], line: int) -> Inlines:
        """The inlines of parsed tokens."""
        kept = self._save()
        self._begin(line)
        handlers = self._handlers
        self._tokens = tokens
        while self._index < len(tokens):
            token = tokens[self._index]
            handler = handlers.get(token.type)
            if handler is not None:
                handler(self, token)
            elif token.content:
                self._pending.append(token.content)
            self._index += 1
        while self._frames:
            self._close(self._frames[-1].name)
        self._flush()
        run = tidy_run(self._out)
        self._restore(kept)
        return () if is_empty_run(run) and not any(isinstance(i, Span) for i in run) else run

    # ------------------------------------------------------------------ state of one block

    def _begin(self, line: int) -> None:
        self._line = line
        self._tokens = ()
        self._index = 0
        self._out: list[Inline] = []
        self._pending: list[str] = []
        self._frames: list[_Frame] = []

    def _save(self) -> tuple[Any, ...]:
        return (
            self._line, self._tokens, self._index, self._out, self._pending, self._frames,
        )  # fmt: skip

    def _restore(self, kept: tuple[Any, ...]) -> None:
        (
            self._line, self._tokens, self._index, self._out, self._pending, self._frames,
        ) = kept  # fmt: skip

    def _flush(self) -> None:
        if self._pending:
            text = "".join(self._pending)
            if text:
                self._out.append(Text(text))
            self._pending = []

    def _put(self, *nodes: Inline) -> None:
        self._flush()
        self._out.extend(nodes)

    def _open(self, name: str, make: Callable[[Inlines], Inlines]) -> None:
        self._flush()
        self._frames.append(_Frame(name, make, self._out))
        self._out = []

    def _close(self, name: str) -> None:
        """Closes the innermost mark of that name, and HTML left open inside it."""
        if not any(frame.name == name for frame in self._frames):
            return
        while True:
            self._flush()
            frame = self._frames.pop()
            made = frame.make(tuple(self._out))
            self._out = frame.outer
            self._out.extend(made)
            if frame.name == name:
                return

    # ---------------------------------------------------------------------------- handlers

    def _text(self, token: Token) -> None:
        if token.content:
            self._pending.append(token.content)

    def _code(self, token: Token) -> None:
        if token.content:
            self._put(Code(token.content))

    def _note(self, token: Token) -> None:
        self._put(*self._around.note(token, self._line))

    def _ruby(self, token: Token) -> None:
        self._put(make_ruby(token.meta["base"], token.meta["readings"]))

    def _link(self, token: Token) -> None:
        href = str(token.attrs.get("href", ""))
        target = resolve_link(href)
        if not target and href:
            self._around.notice("link.relative", self._line, target=href)
        title = str(token.attrs.get("title", ""))
        self._open("link", lambda content: linked(content, target, title))

    def _span(self, token: Token) -> None:
        self._open("span", span_maker({key: str(value) for key, value in token.attrs.items()}))

    def _image(self, token: Token) -> None:
        source = str(token.attrs.get("src", ""))
        alt = self.alt_text(token)
        key = self._around.picture(source, self._line)
        if key:
            attrs = token.attrs
            size = [points(str(attrs.get(name, ""))) for name in ("width", "height")]
            title = str(attrs.get("title", ""))
            names = str(attrs.get("class", "")).split()
            self.side = "left" if "left" in names else "right" if "right" in names else ""
            self._put(Image(key, alt, title, size[0], size[1]))
        elif alt:
            self._pending.append(alt)

    def alt_text(self, token: Token) -> str:
        """The alternative text of an image token, without marks."""
        return plain_text(self.convert(token.children or (), self._line))

    # --------------------------------------------------------------------------------- HTML

    def _html(self, token: Token) -> None:
        match = _TAG.fullmatch(token.content)
        if match is None:
            return  # a comment, a processing instruction or a declaration
        closing, name = match[1], match[2].lower()
        if closing:
            if self._may_close(name):
                self._close(f"<{name}>")
            return
        if name == "br":
            self._put(LineBreak())
        elif name == "ruby":
            self._html_whole("ruby")
        elif name == "img":
            made = self._around.html_inlines(token.content, self._line)
            if made:
                self._put(*made)
        elif not match[4] and name != "wbr":
            self._html_open(name, html_attributes(match[3]))

    def _may_close(self, name: str) -> bool:
        """HTML may not close over a Markdown mark that is still open."""
        for frame in reversed(self._frames):
            if frame.name == f"<{name}>":
                return True
            if not frame.name.startswith("<"):
                return False
        return False

    def _html_open(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._frames) >= _MAX_OPEN:
            return
        make = html_maker(name, attributes)
        if make is None:
            self._around.notice("markdown.html-tag", self._line, tag=name)
            return
        self._open(f"<{name}>", make)

    def _html_whole(self, name: str) -> None:
        """An element whose structure only the HTML reader knows, from its tag to its end tag."""
        from html import escape

        depth = 0
        parts: list[str] = []
        for offset, token in enumerate(self._tokens[self._index :]):
            if token.type == "html_inline":
                parts.append(token.content)
                match = _TAG.fullmatch(token.content)
                if match and match[2].lower() == name:
                    depth += -1 if match[1] else 1
                if depth == 0:
                    self._index += offset
                    break
            elif token.type == "softbreak":
                parts.append("\n")
            else:
                parts.append(escape(token.content))
        else:
            return  # never closed: the tag goes, the text stays
        made = self._around.html_inlines("".join(parts), self._line)
        if made:
            self._put(*made)

    _handlers: ClassVar[dict[str, Callable[[InlineReader, Token], None]]] = {
        "text": _text,
        "text_special": _text,
        "em_open": lambda self, _: self._open("em", wrapper(Emphasis)),
        "em_close": lambda self, _: self._close("em"),
        "strong_open": lambda self, _: self._open("strong", wrapper(Strong)),
        "strong_close": lambda self, _: self._close("strong"),
        "s_open": lambda self, _: self._open("s", marker("strike")),
        "s_close": lambda self, _: self._close("s"),
        "sub": lambda self, token: self._put(Mark("sub", (Text(token.content),))),
        "sup": lambda self, token: self._put(Mark("sup", (Text(token.content),))),
        "code_inline": _code,
        "hardbreak": lambda self, _: self._put(LineBreak()),
        "softbreak": lambda self, _: self._pending.append("\n"),
        "link_open": _link,
        "link_close": lambda self, _: self._close("link"),
        "span_open": _span,
        "span_close": lambda self, _: self._close("span"),
        "image": _image,
        "footnote_ref": _note,
        "ruby": _ruby,
        "html_inline": _html,
    }
