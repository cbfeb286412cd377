"""A way through the texts of a tree that keeps phrases whole across marks.

Each run of inlines gives its texts together; what they become goes back to where they stood.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Generic, TypeVar, assert_never

from publisher.record import dataclass
from publisher.tree.nodes import (
    Code,
    CrossRef,
    Emphasis,
    EmphasisDots,
    Image,
    LineBreak,
    Link,
    Mark,
    Math,
    NoteRef,
    Ruby,
    Span,
    Strong,
    Text,
    Warichu,
)
from publisher.tree.shape import each, rebuild, replaced
from publisher.tree.walk import map_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.tree.meta import Contributor, Metadata
    from publisher.tree.nodes import Attr, Block, Blocks, Inline, Inlines, Pos, RubyPair

OBJECT: Final = "\ufffc"  # stands where something that is not converted parts the text
Whose = TypeVar("Whose", bound=str)  # which text this is; empty for text that is to be left alone


@dataclass(slots=True)
class Visit(Generic[Whose]):
    """One way through blocks: `give` gets the texts of each run and says what they become.

    Attributes:
        give: What the texts become; their number stays.
        inner: What the text of an element with this language tag is, inside this other.
        tag: The language tag that an element has afterwards.
    """

    give: Callable[[Whose, list[str]], list[str]]
    inner: Callable[[str, Whose], Whose]
    tag: Callable[[str], str]

    def unit(self, blocks: Blocks, origin: Whose) -> Blocks:
        """Blocks whose own `lang` does not decide: their origin is known from their text."""
        return each(blocks, lambda block: self.block(block, origin))

    def blocks(self, blocks: Blocks, origin: Whose) -> Blocks:
        """Blocks inside others."""
        return each(blocks, lambda block: self.block(block, self.inner(block.attr.lang, origin)))

    def block(self, block: Block, origin: Whose) -> Block:
        """One block of known origin."""
        made = rebuild(
            block,
            lambda run: self.run(run, origin),
            lambda blocks: self.blocks(blocks, origin),
        )
        attr = self.attr(block.attr)
        return made if attr is block.attr else replace(made, attr=attr)

    def attr(self, attr: Attr) -> Attr:
        """The attribute with the language of what the text becomes."""
        return replaced(attr, lang=self.tag(attr.lang)) if attr.lang else attr

    def metadata(self, meta: Metadata, origin: Whose) -> Metadata:
        """Titles, names and descriptions."""

        def text(value: str) -> str:
            return self.text(value, origin)

        series = meta.series
        return replaced(
            meta,
            title=self.run(meta.title, origin),
            subtitle=self.run(meta.subtitle, origin),
            contributors=each(meta.contributors, lambda c: self.contributor(c, origin)),
            publisher=text(meta.publisher),
            description=text(meta.description),
            subjects=each(meta.subjects, text),
            series=replaced(series, name=text(series.name)) if series else None,
            rights=text(meta.rights),
        )

    def contributor(self, person: Contributor, origin: Whose) -> Contributor:
        """A name, unless it is in another language."""
        return replaced(person, name=self.text(person.name, self.inner(person.lang, origin)))

    def text(self, text: str, origin: Whose) -> str:
        """A string on its own."""
        if not origin or not text or text.isascii():
            return text
        new = self.give(origin, [text])[0]
        return text if new == text else new

    def run(self, run: Inlines, origin: Whose) -> Inlines:
        """A run of inlines: its texts go as one, what stands in it on its own goes after."""
        if not origin:
            return self.filled(run, origin, _as_it_is)
        texts: list[str] = []
        self.collect(run, origin, texts)
        if not texts:
            return self.filled(run, origin, _as_it_is)
        made = self.give(origin, texts)
        new = iter(made)
        filled = self.filled(run, origin, lambda _: next(new))
        return filled if all(made) else map_run(filled, _without_empty)

    def filled(self, run: Inlines, origin: Whose, take: Callable[[str], str]) -> Inlines:
        """`run` with each of its texts replaced, in the order of `collect`."""
        return each(run, lambda inline: self.inline(inline, origin, take))

    def inline(  # noqa: PLR0911 - one return for each type
        self, inline: Inline, origin: Whose, take: Callable[[str], str]
    ) -> Inline:
        """One inline with its texts replaced."""
        match inline:
            case Text(text):
                new = take(text)
                return inline if new == text else Text(new)
            case Span():
                inner = self.inner(inline.attr.lang, origin)
                if inner == origin:
                    content = self.filled(inline.content, origin, take)
                else:
                    take(OBJECT)
                    content = self.run(inline.content, inner)
                return replaced(inline, content=content, attr=self.attr(inline.attr))
            case Link():
                content = self.filled(inline.content, origin, take)
                return replaced(inline, content=content, title=self.text(inline.title, origin))
            case Emphasis() | Strong() | EmphasisDots() | Mark() | Warichu():
                return replaced(inline, content=self.filled(inline.content, origin, take))
            case CrossRef():
                return replaced(inline, fallback=self.filled(inline.fallback, origin, take))
            case Ruby():
                return replaced(
                    inline, pairs=each(inline.pairs, lambda p: self.pair(p, inline, origin, take))
                )
            case Image():
                take(OBJECT)
                alt, title = (self.text(t, origin) for t in (inline.alt, inline.title))
                return replaced(inline, alt=alt, title=title)
            case Code() | Math() | LineBreak():
                take(OBJECT)
                return inline
            case NoteRef():
                return inline
            case _:
                assert_never(inline)

    def pair(
        self, pair: RubyPair, ruby: Ruby, origin: Whose, take: Callable[[str], str]
    ) -> RubyPair:
        """Bases convert with the text around them; readings stay, glosses are text."""
        base = take(pair.base)
        text = self.text(pair.text, origin) if ruby.role == "gloss" else pair.text
        return replaced(pair, base=pair.base if base == pair.base else base, text=text)

    def collect(self, run: Inlines, origin: Whose, texts: list[str]) -> None:
        """The texts of a run, an object mark where something parts them; note calls do not."""
        for inline in run:
            match inline:
                case Text(text):
                    texts.append(text)
                case Span() if self.inner(inline.attr.lang, origin) != origin:
                    texts.append(OBJECT)
                case Span() | Link() | Emphasis() | Strong() | EmphasisDots() | Mark() | Warichu():
                    self.collect(inline.content, origin, texts)
                case CrossRef():
                    self.collect(inline.fallback, origin, texts)
                case Ruby():
                    texts += [pair.base for pair in inline.pairs]
                case Image() | Code() | Math() | LineBreak():
                    texts.append(OBJECT)
                case NoteRef():
                    pass
                case _:
                    assert_never(inline)


class PlacedVisit(Visit[Whose]):
    """A way through blocks that knows where it is: `pos` is the innermost block's that has one."""

    __slots__ = ("pos",)

    def __init__(
        self,
        give: Callable[[Whose, list[str]], list[str]],
        inner: Callable[[str, Whose], Whose],
        tag: Callable[[str], str],
    ) -> None:
        super().__init__(give, inner, tag)
        self.pos: Pos | None = None

    def block(self, block: Block, origin: Whose) -> Block:
        """One block of known origin."""
        outer, self.pos = self.pos, block.pos or self.pos
        made = super().block(block, origin)
        self.pos = outer
        return made


def _as_it_is(text: str) -> str:
    return text


def _without_empty(inline: Inline) -> Inline | Inlines:
    """What became shorter than its runs are many leaves one without text, and marks round none."""
    if isinstance(inline, Text):
        return inline if inline.text else ()
    if isinstance(inline, (Emphasis, Strong, EmphasisDots, Mark, Warichu)):
        return inline if inline.content else ()
    return inline
