"""Chinese script conversion on the tree: characters and, if wanted, regional words.

A paragraph is converted as a whole, so that phrases across marks convert as phrases; then the text
goes back into its runs. Code, formulas, link targets, protected strings and text in other
languages stay. Ids stay, so that editions share them.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Final, TypeVar

from publisher.events import Diagnostic, ignore
from publisher.record import dataclass, field
from publisher.text.language import chinese_evidence, guess_language, holds_script
from publisher.transforms.opencc import cut_lines
from publisher.transforms.origins import (
    FEW,
    Origin,
    followed,
    is_chinese,
    origin_of,
    origin_of_tag,
    route,
    route_back,
    target_language,
)
from publisher.transforms.terms import own_terms
from publisher.transforms.visit import OBJECT, PlacedVisit, Visit
from publisher.transforms.wordwise import looked_over
from publisher.tree.nodes import Section
from publisher.tree.shape import replaced
from publisher.tree.walk import block_text, document_text, plain_text, walk_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from publisher.events import Report
    from publisher.settings import ConvertSettings
    from publisher.transforms.changes import Change, Keep
    from publisher.tree.meta import Document, Metadata
    from publisher.tree.nodes import Block, Blocks, Pos

T = TypeVar("T")

_SHOWN: Final = 6  # kinds of place that a report names
_MUCH: Final = 4  # times as many characters of the target script


def convert_script(
    document: Document,
    settings: ConvertSettings,
    report: Report = ignore,
    keep: Keep | None = None,
) -> Document:
    """The document in the script that `settings.to` names; itself where it is in it already.

    Each chapter is told by its own characters, so a volume may mix scripts, and paragraphs that
    are in the target script stay. `lang` attributes and the document's language follow. `keep`
    takes what to look over: places where the words overruled OpenCC, and where a character has
    several forms and no word decides; the latter are looked for only where somebody asks.

    Raises:
        ConfigError: `settings.to` names no Chinese script, or opencc cannot be used.
    """
    target = target_language(settings.to)
    text = "".join(document_text(document)) + plain_text(document.meta.title)
    language = document.meta.language or guess_language(text)
    work = _Work(target, settings, own_terms(settings.words), keep is not None)
    origin = origin_of(language, text) if is_chinese(language) else ""
    meta = work.metadata(document.meta, origin)
    body = work.body(document.body, origin)
    if not work.origins:
        args = (("language", language or "unknown"), ("to", target))
        report(Diagnostic("script.not-chinese", "warning", args))
    if origin:
        meta = replaced(meta, language=followed(language, target))
    work.tell(report, keep)
    return replaced(document, meta=meta, body=body)


@dataclass(slots=True)
class _Work:
    """Converts unit by unit: metadata, front text, each top-level section."""

    target: str
    settings: ConvertSettings
    own: Mapping[str, str]
    doubts: bool
    origins: set[Origin] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)

    def route(self, origin: Origin) -> tuple[str, ...]:
        """The configurations for text of this origin; empty when it stays."""
        return route(origin, self.target, phrases=self.settings.phrases)

    def back(self, origin: Origin) -> tuple[str, ...]:
        """The configurations from the target back."""
        return route_back(origin, self.target, phrases=self.settings.phrases)

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
        gather = _Gather(self.settings.protect, self.own, self.target, doubts=self.doubts)
        walk = self.visit(gather.flow)
        gather.walk = walk
        go(walk)
        self.origins |= {flow.origin for flow in gather.flows}
        ready = gather.converted(self.route, self.back, self.changes)
        return go(self.visit(lambda _, __: next(ready)))

    def visit(self, give: Callable[[Origin, list[str]], list[str]]) -> PlacedVisit[Origin]:
        """A way through the tree on which tags follow the text into the target script."""

        def tag(lang: str) -> str:
            return followed(lang, self.target) if is_chinese(lang) else lang

        return PlacedVisit(give, origin_of_tag, tag)

    def tell(self, report: Report, keep: Keep | None) -> None:
        """Reports what to look over, each kind in a line, and gives all of it to `keep`."""
        for kind in ("parted", "ambiguous", "one-way"):
            found = [change for change in self.changes if change.kind == kind]
            if found:
                first = found[0]
                counts = Counter(f"{c.before} → {c.after}" for c in found)
                shown = ", ".join(
                    word + (f" ({count} times)" if count > 1 else "")
                    for word, count in counts.most_common(_SHOWN)
                )
                more = f" and {len(counts) - _SHOWN} more" if len(counts) > _SHOWN else ""
                args = (("count", str(len(found))), ("words", shown + more))
                report(
                    Diagnostic(f"script.{kind}", "info", args, source=first.source, line=first.line)
                )
        if keep is not None:
            keep(self.changes)


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
    """A run's texts, protected strings masked, and what stands for each of them afterwards."""

    origin: Origin
    texts: list[str]
    masked: list[str]
    kept: list[list[str]]
    pos: Pos | None = None


class _Gather:
    """Takes the texts of a unit; gives them back converted, in the same order."""

    def __init__(
        self, protect: Sequence[str], own: Mapping[str, str], target: str, *, doubts: bool
    ) -> None:
        words = sorted({*filter(None, protect), *own}, key=lambda word: (-len(word), word))
        self._protected = re.compile("|".join([OBJECT, "\n", *map(re.escape, words)]))
        self._own = own
        self._doubts = doubts
        self._target = target
        self.flows: list[_Flow] = []
        self.walk: PlacedVisit[Origin] | None = None

    def flow(self, origin: Origin, texts: list[str]) -> list[str]:
        """Keeps a run's texts."""
        own = self._own
        kept = [[own.get(w, w) for w in self._protected.findall(text)] for text in texts]
        masked = [
            self._protected.sub(OBJECT, text) if words else text
            for text, words in zip(texts, kept, strict=True)
        ]
        pos = self.walk.pos if self.walk is not None else None
        if _is_there_already("".join(texts), origin, self._target):
            origin = ""
        self.flows.append(_Flow(origin, texts, masked, kept, pos))
        return texts

    def converted(
        self,
        route: Callable[[Origin], tuple[str, ...]],
        back: Callable[[Origin], tuple[str, ...]],
        changes: list[Change],
    ) -> Iterator[list[str]]:
        """The texts of every run converted, in the order in which they were taken.

        What is to be looked over is added to `changes`.
        """
        by_origin: dict[Origin, list[_Flow]] = {}
        for flow in self.flows:
            by_origin.setdefault(flow.origin, []).append(flow)
        ready: dict[Origin, Iterator[list[str]]] = {}
        for origin, flows in by_origin.items():
            configs = route(origin)
            if configs:
                whole = ["".join(flow.masked) for flow in flows]
                cuts = [list(accumulate(map(len, flow.masked[:-1]))) for flow in flows]
                lines, notes = looked_over(whole, configs, back(origin), doubts=self._doubts)
                ready[origin] = iter(cut_lines(whole, lines, configs, cuts))
                changes += [
                    note._replace(source=pos.source if pos else "", line=pos.start if pos else 0)
                    for number, note in notes
                    for pos in (flows[number].pos,)
                ]
        for flow in self.flows:
            pieces = next(ready[flow.origin]) if flow.origin in ready else flow.masked
            yield [_unmasked(text, kept) for text, kept in zip(pieces, flow.kept, strict=True)]


def _is_there_already(text: str, origin: Origin, target: str) -> bool:
    """A paragraph in the target script within a text of the other, such as a quotation."""
    to_traditional = target != "zh-Hans"
    if not origin or (origin == "hans") is not to_traditional:
        return False
    if not holds_script(text, traditional=to_traditional):
        return False
    simplified, traditional = chinese_evidence(text)
    there, else_ = (traditional, simplified) if to_traditional else (simplified, traditional)
    return there >= FEW and there > _MUCH * else_


def _unmasked(text: str, kept: list[str]) -> str:
    if not kept:
        return text
    parts = text.split(OBJECT)
    return "".join(part + word for part, word in zip(parts, [*kept, ""], strict=False))
