"""Chinese script conversion on the tree: characters and, if wanted, regional words.

A paragraph is converted as a whole, so that phrases across marks convert as phrases; then the text
goes back into its runs. Code, formulas, link targets, protected strings and text in other
languages stay. Ids stay, so that editions share them.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

from publisher.events import Diagnostic, ignore
from publisher.record import dataclass, field
from publisher.text.language import chinese_evidence, guess_language
from publisher.transforms.opencc import convert_with_cuts
from publisher.transforms.origins import (
    FEW,
    Origin,
    followed,
    is_chinese,
    origin_of,
    origin_of_tag,
    route,
    target_language,
)
from publisher.transforms.visit import OBJECT, Visit
from publisher.tree.nodes import Section
from publisher.tree.shape import replaced
from publisher.tree.walk import block_text, document_text, plain_text, walk_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from publisher.events import Report
    from publisher.settings import ConvertSettings
    from publisher.tree.meta import Document, Metadata
    from publisher.tree.nodes import Block, Blocks

T = TypeVar("T")


def convert_script(
    document: Document, settings: ConvertSettings, report: Report = ignore
) -> Document:
    """The document in the script that `settings.to` names; itself where it is in it already.

    Each chapter is told by its own characters, so a volume may mix scripts. `lang` attributes and
    the document's language follow.

    Raises:
        ConfigError: `settings.to` names no Chinese script, or opencc cannot be used.
    """
    target = target_language(settings.to)
    text = "".join(document_text(document)) + plain_text(document.meta.title)
    language = document.meta.language or guess_language(text)
    work = _Work(target, settings)
    origin = origin_of(language, text) if is_chinese(language) else ""
    meta = work.metadata(document.meta, origin)
    body = work.body(document.body, origin)
    if not work.origins:
        args = (("language", language or "unknown"), ("to", target))
        report(Diagnostic("script.not-chinese", "warning", args))
    if origin:
        meta = replaced(meta, language=followed(language, target))
    return replaced(document, meta=meta, body=body)


@dataclass(slots=True)
class _Work:
    """Converts unit by unit: metadata, front text, each top-level section."""

    target: str
    settings: ConvertSettings
    origins: set[Origin] = field(default_factory=set)

    def route(self, origin: Origin) -> tuple[str, ...]:
        """The configurations for text of this origin; empty when it stays."""
        return route(origin, self.target, phrases=self.settings.phrases)

    def body(self, body: Blocks, origin: Origin) -> Blocks:
        """Front text as one piece, each top-level section as one."""
        first = next((n for n, b in enumerate(body) if isinstance(b, Section)), len(body))
        found = list(self.unit(body[:first], origin))
        for block in body[first:]:
            found += self.unit((block,), _origin_of_chapter(block, origin))
        new = tuple(found)
        return body if all(a is b for a, b in zip(new, body, strict=True)) else new

    def unit(self, blocks: Blocks, origin: Origin) -> Blocks:
        """Blocks converted, all their paragraphs in one call of OpenCC for each origin."""
        return self.convert(lambda visit: visit.unit(blocks, origin))

    def metadata(self, meta: Metadata, origin: Origin) -> Metadata:
        """Metadata converted; its language is not touched here."""
        return self.convert(lambda visit: visit.metadata(meta, origin)) if origin else meta

    def convert(self, go: Callable[[Visit[Origin]], T]) -> T:
        """`go` twice over the same ground: to gather the text, and to put it back converted."""
        gather = _Gather(self.settings.protect)
        go(self.visit(gather.flow))
        self.origins |= {flow.origin for flow in gather.flows}
        ready = gather.converted(self.route)
        return go(self.visit(lambda _, __: next(ready)))

    def visit(self, give: Callable[[Origin, list[str]], list[str]]) -> Visit[Origin]:
        """A way through the tree on which tags follow the text into the target script."""

        def tag(lang: str) -> str:
            return followed(lang, self.target) if is_chinese(lang) else lang

        return Visit(give, origin_of_tag, tag)


def _origin_of_chapter(block: Block, origin: Origin) -> Origin:
    """A chapter's origin by its own text, where that says enough."""
    lang = block.attr.lang
    if lang and not is_chinese(lang):
        return ""
    if not lang and not origin:
        return ""
    text = "".join(block_text(b) for b in walk_blocks((block,)))
    if sum(chinese_evidence(text)) < FEW:
        return origin_of_tag(lang, origin)
    return origin_of(lang or {"tw": "zh-tw", "hk": "zh-hk"}.get(origin, "zh"), text)


@dataclass(slots=True)
class _Flow:
    """A run's texts, protected strings masked, and what was masked in each."""

    origin: Origin
    texts: list[str]
    masked: list[str]
    kept: list[list[str]]


class _Gather:
    """Takes the texts of a unit; gives them back converted, in the same order."""

    def __init__(self, protect: Sequence[str]) -> None:
        words = sorted(filter(None, protect), key=len, reverse=True)
        self._protected = re.compile("|".join([OBJECT, "\n", *map(re.escape, words)]))
        self.flows: list[_Flow] = []

    def flow(self, origin: Origin, texts: list[str]) -> list[str]:
        """Keeps a run's texts."""
        kept = [self._protected.findall(text) for text in texts]
        masked = [
            self._protected.sub(OBJECT, text) if words else text
            for text, words in zip(texts, kept, strict=True)
        ]
        self.flows.append(_Flow(origin, texts, masked, kept))
        return texts

    def converted(self, route: Callable[[Origin], tuple[str, ...]]) -> Iterator[list[str]]:
        """The texts of every run converted, in the order in which they were taken."""
        by_origin: dict[Origin, list[_Flow]] = {}
        for flow in self.flows:
            by_origin.setdefault(flow.origin, []).append(flow)
        ready: dict[Origin, Iterator[list[str]]] = {}
        for origin, flows in by_origin.items():
            configs = route(origin)
            if configs:
                whole = ["".join(flow.masked) for flow in flows]
                cuts = [list(accumulate(map(len, flow.masked[:-1]))) for flow in flows]
                ready[origin] = iter(convert_with_cuts(whole, configs, cuts))
        for flow in self.flows:
            pieces = next(ready[flow.origin]) if flow.origin in ready else flow.masked
            yield [_unmasked(text, kept) for text, kept in zip(pieces, flow.kept, strict=True)]


def _unmasked(text: str, kept: list[str]) -> str:
    if not kept:
        return text
    parts = text.split(OBJECT)
    return "".join(part + word for part, word in zip(parts, [*kept, ""], strict=False))
