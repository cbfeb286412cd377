"""Marks mended on the tree, paragraph by paragraph, as `text.punctuation` says.

A paragraph is looked at as a whole, so that a pair of marks across emphasis or links is a pair;
then the text goes back into its runs. Code, formulas, link targets and text in other languages
stay. Runs before script conversion, and sets the marks of the region that is converted to.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from publisher.events import Diagnostic, ignore
from publisher.record import NamedTuple
from publisher.text.language import chinese_evidence, guess_language
from publisher.text.punctuation import apply, edits, unbalanced_quotes
from publisher.text.scripts import profile_of
from publisher.transforms.changes import Change, Keep
from publisher.transforms.origins import FEW, is_chinese, origin_of, target_language
from publisher.transforms.visit import OBJECT, Visit
from publisher.tree.meta import WRITING_MODE
from publisher.tree.nodes import Paragraph, Section
from publisher.tree.shape import each, replaced
from publisher.tree.walk import block_text, document_text, plain_text, walk_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.events import Report
    from publisher.settings import PunctuationSettings
    from publisher.text.punctuation import Edit, Kind
    from publisher.tree.meta import Document, Metadata
    from publisher.tree.nodes import Block, Blocks, Pos

# Whose marks a text has; empty for languages whose marks are not looked at.
Marks: TypeAlias = Literal["", "hans", "hant", "ja", "ko"]

_FAMILIES: Final[dict[str, str]] = {
    "halfwidth-punct": "half-width stops beside Han or kana",
    "halfwidth-bracket": "half-width brackets round Han or kana",
    "straight-quote": "straight quotation marks",
    "quote-form": "quotation marks of another region",
    "ellipsis": "ellipses not of six dots",
    "dash": "dashes not of two ems",
    "doubled-punct": "doubled stops",
    "stray-space": "spaces between Han or kana",
    "fullwidth-alnum": "full-width letters or digits",
}
_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_AROUND: Final = 8  # characters of context on either side


class Mended(NamedTuple):
    """What came of a document.

    Attributes:
        document: The document with what the mode allows mended; itself where that is nothing.
        made: The changes made.
        suggested: Those that were not.
        unbalanced: Paragraphs whose quotation marks have no partner: place and the text round it.
    """

    document: Document
    made: tuple[Change, ...]
    suggested: tuple[Change, ...]
    unbalanced: tuple[Change, ...]


def mend_punctuation(
    document: Document,
    settings: PunctuationSettings,
    report: Report = ignore,
    keep: Keep | None = None,
    *,
    to: str = "",
) -> Document:
    """The document with its marks mended; one diagnostic for each family of faults.

    Args:
        document: Its chapters are told by their own language and characters.
        settings: How much is mended.
        report: Takes the diagnostics.
        keep: Takes every change, made or not.
        to: The script that Chinese text will be converted to; empty for none.

    Raises:
        ConfigError: `to` names no Chinese script.
    """
    mended = mend(document, settings, to=to)
    if keep is not None:
        keep((*mended.made, *mended.suggested))
    for code, changes in (
        ("punct.changed", mended.made),
        ("punct.suggested", mended.suggested),
    ):
        for diagnostic in _grouped(code, changes):
            report(diagnostic)
    if mended.unbalanced:
        first = mended.unbalanced[0]
        args = (("count", str(len(mended.unbalanced))), ("text", first.context))
        place = (first.source, first.line, first.column)
        report(Diagnostic("punct.unbalanced", "warning", args, *place))
    return mended.document


def mend(document: Document, settings: PunctuationSettings, *, to: str = "") -> Mended:
    """The document with its marks mended, and every change; raises like `mend_punctuation`."""
    target: Marks = profile_of(target_language(to)) if to else ""
    text = "".join(document_text(document)) + plain_text(document.meta.title)
    language = document.meta.language or guess_language(text)
    work = _Visit(
        mode=settings.mode,
        target=target,
        upright=dict(document.meta.extra).get(WRITING_MODE) == "vertical",
    )
    marks = work.marks(language, text, "")
    if len(document.sources) == 1:
        work.source = document.sources[0].uri
    meta = work.titles(document.meta, marks)
    body = work.chapters(document.body, marks)
    return Mended(
        replaced(document, meta=meta, body=body),
        tuple(work.made),
        tuple(work.suggested),
        tuple(work.unbalanced),
    )


def _grouped(code: str, changes: Sequence[Change]) -> list[Diagnostic]:
    """One diagnostic for each family, with how many there are and where the first is."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.kind, []).append(change)
    made = []
    for kind, group in found.items():
        first = next((change for change in group if change.line), group[0])
        args = (
            ("count", str(len(group))),
            ("family", first.reason),
            ("kind", kind),
            ("text", f"{first.context} ({first.before} → {first.after or '∅'})"),
        )
        made.append(Diagnostic(code, "info", args, first.source, first.line, first.column))
    return made


def _as_it_is(tag: str) -> str:
    return tag


class _Visit(Visit[Marks]):
    """A way through the tree that knows where it is."""

    __slots__ = (
        "_following",
        "_leave",
        "_mode",
        "_pos",
        "_target",
        "made",
        "source",
        "suggested",
        "unbalanced",
    )

    def __init__(self, mode: str, target: Marks, *, upright: bool) -> None:
        super().__init__(self.mended, self.inner_marks, _as_it_is)
        self._mode = mode
        self._target = target
        # On vertical pages full-width letters and digits stand upright in their cells.
        self._leave: tuple[Kind, ...] = ("fullwidth-alnum",) if upright else ()
        self._pos: Pos | None = None
        self._following = ""
        self.source = ""
        self.made: list[Change] = []
        self.suggested: list[Change] = []
        self.unbalanced: list[Change] = []

    # ------------------------------------------------------------------------- which marks

    def marks(self, language: str, text: str, inherited: Marks) -> Marks:
        """Whose marks a text in this language has; Chinese is told by its characters as well."""
        if is_chinese(language) and sum(chinese_evidence(text)) >= FEW:
            return self._target or ("hans" if origin_of(language, text) == "hans" else "hant")
        return self.inner_marks(language, inherited)

    def inner_marks(self, tag: str, inherited: Marks) -> Marks:
        """Whose marks an element with this language tag has inside another."""
        if not tag:
            return inherited
        if is_chinese(tag):
            if self._target:
                return self._target
            bare = "-" not in tag and inherited in ("hans", "hant")
            return inherited if bare else profile_of(tag)
        return profile_of(tag) if tag.lower().partition("-")[0] in ("ja", "ko") else ""

    # -------------------------------------------------------------------------- the way

    def titles(self, meta: Metadata, marks: Marks) -> Metadata:
        """Title, subtitle, series and description; names are not touched."""
        series = meta.series
        return replaced(
            meta,
            title=self.run(meta.title, marks),
            subtitle=self.run(meta.subtitle, marks),
            description=self.text(meta.description, marks),
            series=replaced(series, name=self.text(series.name, marks)) if series else None,
        )

    def chapters(self, body: Blocks, marks: Marks) -> Blocks:
        """The blocks of a document, each chapter by its own language and characters."""
        follows = _follows(body)

        def change(block: Block) -> Block:
            if not isinstance(block, Section):
                return self._one(block, self.inner_marks(block.attr.lang, marks), next(follows))
            language = block.attr.lang or {"hans": "zh-Hans", "hant": "zh-Hant"}.get(marks, "")
            text = "".join(block_text(inner) for inner in walk_blocks((block,)))
            own = self.marks(language, text, marks) if language else marks
            return self._one(block, own, next(follows))

        return each(body, change)

    def blocks(self, blocks: Blocks, origin: Marks) -> Blocks:
        """Blocks inside others."""
        follows = _follows(blocks)

        def change(block: Block) -> Block:
            return self._one(block, self.inner_marks(block.attr.lang, origin), next(follows))

        return each(blocks, change)

    def _one(self, block: Block, marks: Marks, following: str) -> Block:
        outer = self._pos, self._following
        self._pos = getattr(block, "pos", None) or self._pos
        self._following = following
        made = self.block(block, marks)
        self._pos, self._following = outer
        return made

    # -------------------------------------------------------------------------- the text

    def mended(self, marks: Marks, texts: list[str]) -> list[str]:
        """What the texts of a run become; what is done and what is not is kept."""
        text = "".join(texts)
        if not marks or not text or text.isascii():
            return texts
        if marks in ("hans", "hant") and _KANA.search(text) and profile_of("", text) == "ja":
            marks = "ja"  # a Japanese paragraph that nothing marks as such
        following = self._following

        def found_in(text: str, *, sure_only: bool = False) -> list[Edit]:
            return edits(
                text,
                marks,
                sure_only=sure_only,
                following=following,
                regional=marks == self._target,
                leave=self._leave,
            )

        faults = unbalanced_quotes(text, marks, following)
        if faults:
            self.unbalanced.append(self._change(text, faults[0], text[faults[0]], "unbalanced"))
        if self._mode == "suggest":
            self._keep(self.suggested, text, found_in(text))
            return texts
        safe = self._mode == "safe"
        done = found_in(text, sure_only=safe)
        self._keep(self.made, text, done)
        made = _distributed(texts, done) if done else texts
        if safe:
            now = apply(text, done)
            self._keep(self.suggested, now, found_in(now))
        return made

    def _keep(self, kept: list[Change], text: str, found: Sequence[Edit]) -> None:
        kept += [
            self._change(text, edit.start, edit.before, edit.kind, edit.after, sure=edit.sure)
            for edit in found
        ]

    def _change(
        self, text: str, at: int, before: str, kind: str, after: str = "", *, sure: bool = True
    ) -> Change:
        pos = self._pos
        one_line = pos is not None and pos.end in (0, pos.start)
        context = text[max(0, at - _AROUND) : at + len(before) + _AROUND]
        return Change(
            kind,
            before,
            after,
            pos.source if pos else self.source,
            pos.start if pos else 0,
            at + 1 if one_line else 0,
            context.replace(OBJECT, "").replace("\n", " "),
            sure,
            _FAMILIES.get(kind, ""),
        )


def _follows(blocks: Blocks) -> Iterator[str]:
    """For each block how the paragraph after it begins, where both are paragraphs."""
    for block, after in pairwise((*blocks, None)):
        both = isinstance(block, Paragraph) and isinstance(after, Paragraph)
        yield plain_text(after.content)[:8] if both else ""  # type: ignore[union-attr]


def _distributed(texts: list[str], found: Sequence[Edit]) -> list[str]:
    """The texts with the edits of their join made; what spans several goes to the first."""
    made = []
    start = at = 0
    for text in texts:
        end = start + len(text)
        pieces: list[str] = []
        done = start
        while at < len(found) and found[at].start < end:
            edit = found[at]
            if edit.start >= start:
                pieces += (text[done - start : edit.start - start], edit.after)
            done = min(edit.end, end)
            if edit.end > end:
                break  # its rest is in the next text
            at += 1
        made.append("".join([*pieces, text[done - start :]]) if done > start else text)
        start = end
    return made
