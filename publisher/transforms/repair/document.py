"""Repair of a document: its texts are weighed together and mended run by run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from publisher.events import Diagnostic
from publisher.record import NamedTuple
from publisher.text.language import chinese_evidence, guess_language
from publisher.transforms.changes import Change, Keep
from publisher.transforms.origins import Origin, is_chinese, origin_of, origin_of_tag
from publisher.transforms.visit import PlacedVisit
from publisher.tree.shape import replaced
from publisher.tree.walk import document_text, plain_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from publisher.events import Report
    from publisher.settings import RepairSettings
    from publisher.transforms.repair.mend import Change as Mending
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Pos

KIND: Final = "over-converted"
_SHOWN: Final = 8  # kinds of change that the report of a build names
_AROUND: Final = 8  # characters
_SEVERAL: Final = 4  # misspelled words, which no right text of a hundred had


class _Run(NamedTuple):
    """The texts of a run of inlines, and the block that holds it."""

    texts: tuple[str, ...]
    pos: Pos | None


class _Walk(PlacedVisit[Origin]):
    """The texts of Traditional runs in order; `made` gives what they become, when it is there."""

    __slots__ = ("made", "runs")

    def __init__(self, made: Sequence[str] | None = None) -> None:
        super().__init__(self._give, origin_of_tag, _as_it_is)
        self.runs: list[_Run] = []
        self.made = iter(made) if made is not None else None

    def _give(self, origin: Origin, texts: list[str]) -> list[str]:
        if origin == "hans":
            return texts
        self.runs.append(_Run(tuple(texts), self.pos))
        if self.made is None:
            return texts
        whole = next(self.made)
        new: list[str] = []
        for text in texts:
            new.append(whole[: len(text)])
            whole = whole[len(text) :]
        return new


def _as_it_is(tag: str) -> str:
    return tag


def repair_document(
    document: Document, settings: RepairSettings, report: Report, keep: Keep | None = None
) -> Document:
    """The document mended as `settings` ask; `keep` takes every change that its words ask for.

    Nothing is changed in mode ``suggest``, where without `keep` a look at common words has to do:
    the word list takes longer to load than an article to build. Nothing is asked for where the
    text shows no sign of a machine. No text changes its length.

    Raises:
        ConfigError: The file of words cannot be read.
    """
    origin = _origin(document)
    if settings.mode == "off" or not origin or origin == "hans":
        return document
    walk = _walked(document, origin, None)
    # A line feed inside a run would part it from what follows.
    texts = ["".join(run.texts).replace("\n", " ") for run in walk.runs]
    whole = "\n".join(texts)
    if settings.mode == "suggest":
        from publisher.transforms.repair.suspect import misspelled

        words = misspelled(whole)
        if keep is None:
            _tell_suspicion(whole, words, walk.runs, report)
            return document
        if not words:
            return document
    from publisher.transforms.repair.detect import detect
    from publisher.transforms.repair.mend import changes
    from publisher.transforms.repair.own_words import read_words

    own = read_words(settings.words)
    evidence = detect(whole)
    if not evidence.damaged:
        return document
    found = tuple(changes(whole, evidence, own))
    made = list(whole)
    for change in found:
        if settings.mode == "apply" or (settings.mode == "safe" and change.sure):
            made[change.start] = change.after
    records = tuple(_records(found, texts, walk.runs))
    _tell(records, settings, report)
    if keep is not None:
        keep(records)
    new = "".join(made)
    if new == whole:
        return document
    lines = _restored(new.split("\n"), walk.runs)
    return _mended(document, origin, lines)


def _origin(document: Document) -> Origin:
    text = "".join(document_text(document)[:200]) + plain_text(document.meta.title)
    language = document.meta.language or guess_language(text)
    if not is_chinese(language) or not any(chinese_evidence(text)):
        return ""
    return origin_of(language, text)


def _walked(document: Document, origin: Origin, made: Sequence[str] | None) -> _Walk:
    walk = _Walk(made)
    walk.metadata(document.meta, origin)
    walk.unit(document.body, origin)
    return walk


def _mended(document: Document, origin: Origin, lines: Sequence[str]) -> Document:
    walk = _Walk(lines)
    meta = walk.metadata(document.meta, origin)
    return replaced(document, meta=meta, body=walk.unit(document.body, origin))


def _restored(lines: Sequence[str], runs: Sequence[_Run]) -> list[str]:
    """The mended lines with the line feeds that their runs had."""
    made: list[str] = []
    for line, run in zip(lines, runs, strict=True):
        before = "".join(run.texts)
        feeds = "\n" in before
        pairs = zip(before, line, strict=True)
        made.append("".join(old if old == "\n" else new for old, new in pairs) if feeds else line)
    return made


def _records(
    found: Sequence[Mending], texts: Sequence[str], runs: Sequence[_Run]
) -> Iterator[Change]:
    start, number = 0, 0
    for change in found:
        while change.start > start + len(texts[number]):
            start += len(texts[number]) + 1
            number += 1
        text, pos, place = texts[number], runs[number].pos, change.start - start
        yield Change(
            KIND,
            change.before,
            change.after,
            source=pos.source if pos else "",
            line=pos.start if pos else 0,
            column=0,
            context=text[max(0, place - _AROUND) : place + _AROUND + 1],
            sure=change.sure,
            reason=change.word,
        )


def _tell(records: Sequence[Change], settings: RepairSettings, report: Report) -> None:
    """One diagnostic: how many changes, and the commonest."""
    if not records:
        return
    code = {"suggest": "repair.suggested", "safe": "repair.mended", "apply": "repair.mended"}
    done = [c for c in records if settings.mode != "safe" or c.sure]
    counts = Counter((c.before, c.reason) for c in done)
    shown = [
        f"{word} for {_misspelled(word, before, done)}" + (f" ({count} times)" if count > 1 else "")
        for (before, word), count in counts.most_common(_SHOWN)
    ]
    more = len(counts) - len(shown)
    args = (
        ("count", str(len(done))),
        ("words", ", ".join(shown) + (f" and {more} more words" if more > 0 else "")),
    )
    first = done[0] if done else records[0]
    severity = "warning" if settings.mode == "suggest" else "info"
    report(
        Diagnostic(
            code[settings.mode],
            severity,  # type: ignore[arg-type]
            args,
            source=first.source,
            line=first.line,
            hint="" if settings.mode != "suggest" else "mend it with --repair apply",
        )
    )


def _tell_suspicion(
    text: str, words: Collection[str], runs: Sequence[_Run], report: Report
) -> None:
    """Names words that look misspelled by a machine; right texts have one or two by accident."""
    if len(words) < _SEVERAL:
        return
    found = sorted(words, key=lambda word: (-text.count(word), text.find(word)))
    pos = next((run.pos for run in runs if found[0] in "".join(run.texts)), None)
    shown = ", ".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
    report(
        Diagnostic(
            "repair.suspect",
            "warning",
            (("words", shown),),
            source=pos.source if pos else "",
            line=pos.start if pos else 0,
            hint="publisher repair lists all of it, --repair apply mends it",
        )
    )


def _misspelled(word: str, before: str, records: Sequence[Change]) -> str:
    """The word as it stood: with every character that is changed in it."""
    after = next(c.after for c in records if c.before == before and c.reason == word)
    return word.replace(after, before, 1)
