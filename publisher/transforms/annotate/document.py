"""Readings of a document's words, set as ruby where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.events import Diagnostic
from publisher.text.language import guess_language
from publisher.transforms.annotate.model import (
    Corrections,
    Word,
    corrected,
    known_words,
    read_corrections,
)
from publisher.transforms.changes import Change
from publisher.tree.nodes import Inline, Ruby, RubyPair, Span, Text
from publisher.tree.shape import each, rebuild, replaced
from publisher.tree.walk import document_text, map_run, walk_run

if TYPE_CHECKING:
    from typing import Literal

    from publisher.events import Report
    from publisher.settings import AnnotateSettings
    from publisher.transforms.annotate.model import Reader, System
    from publisher.transforms.changes import Keep
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Block, Blocks, Inlines, Pos

    Role = Literal["furigana", "pinyin", "zhuyin", "gloss"]
    Kind = Literal["mono", "group", "jukugo"]

_OBJECT: Final = "\ufffc"
_AROUND: Final = 6  # characters
_SHOWN: Final = 8  # words whose reading is a guess


def annotate(
    document: Document, settings: AnnotateSettings, report: Report, keep: Keep | None = None
) -> Document:
    """The document with the readings that `settings` ask for; its text stays as it is.

    Ruby that is there, code, and text in other languages stay. `keep` takes the words whose
    reading is the usual one of several.

    Raises:
        ConfigError: A library is not installed, or a list cannot be read.
    """
    language = document.meta.language or guess_language("".join(document_text(document)[:50]))
    work = _Work(settings, language)
    made = replaced(document, body=work.blocks(document.body, language))
    work.tell(report, keep)
    return made


def _reader(system: System, language: str) -> Reader:
    if system == "furigana":
        from publisher.transforms.annotate.japanese import JapaneseReader

        return JapaneseReader()
    if system == "jyutping":
        from publisher.transforms.annotate.cantonese import CantoneseReader

        return CantoneseReader()
    from publisher.transforms.annotate.chinese import MandarinReader

    return MandarinReader(bopomofo=system == "zhuyin", taiwan=language.lower().endswith("-tw"))


def _corrections(settings: AnnotateSettings) -> Corrections:
    if settings.ruby == "pinyin":
        from publisher.transforms.annotate.chinese import with_marks

        return read_corrections(settings.corrections, "pinyin", with_marks)
    return read_corrections(settings.corrections, settings.ruby, str)  # type: ignore[arg-type]


class _Work:
    """One way through a document: which words have been seen, which were guessed."""

    def __init__(self, settings: AnnotateSettings, language: str) -> None:
        self._settings = settings
        self._reader = _reader(settings.ruby, language)  # type: ignore[arg-type]
        self._own = _corrections(settings)
        self._known = known_words(settings.known) if settings.scope == "unknown" else frozenset()
        self._seen: set[str] = set()
        self._pos: Pos | None = None
        self.count = 0
        self.guesses: list[Change] = []

    def blocks(self, blocks: Blocks, language: str) -> Blocks:
        """Blocks with readings, in the order of the tree."""
        return each(blocks, lambda block: self._block(block, language))

    def _block(self, block: Block, language: str) -> Block:
        language = block.attr.lang or language
        outer, self._pos = self._pos, block.pos or self._pos
        made = rebuild(
            block,
            lambda run: self._run(run, language),
            lambda inner: self.blocks(inner, language),
        )
        self._pos = outer
        return made

    def _fits(self, language: str) -> bool:
        main = language.lower().partition("-")[0]
        japanese = main == "ja"
        return japanese if self._settings.ruby == "furigana" else main in ("zh", "yue", "cmn")

    def _run(self, run: Inlines, language: str) -> Inlines:
        """A run with readings: its texts are read as one, an object parts them."""
        if not self._fits(language):
            return run
        skipped = {
            id(inner)
            for inline in walk_run(run)
            if isinstance(inline, Span) and inline.attr.lang and not self._fits(inline.attr.lang)
            for inner in walk_run(inline.content)
        }
        texts: list[str] = []
        for inline in walk_run(run):
            if isinstance(inline, Text):
                kept = id(inline) not in skipped
                texts.append(inline.text if kept else _OBJECT * len(inline.text))
            elif not hasattr(inline, "content"):
                texts.append(_OBJECT)
        whole = "".join(texts)
        words = self._wanted(corrected(whole, self._reader.words(whole), self._own), whole)
        if not words:
            return run
        pieces = iter(self._pieces(texts, words))

        def change(inline: Inline) -> Inline | Inlines:
            if isinstance(inline, Text):
                made = next(pieces)
                return made if made is not None else inline
            if not hasattr(inline, "content"):
                next(pieces)
            return inline

        return map_run(run, change)

    def _wanted(self, words: list[Word], text: str) -> list[Word]:
        """The words that the scope asks for."""
        scope = self._settings.scope
        found: list[Word] = []
        for word in words:
            if scope == "first" and word.text in self._seen:
                continue
            if scope == "unknown" and self._is_known(word.text):
                continue
            self._seen.add(word.text)
            found.append(word)
            self.count += 1
            if not word.sure:
                around = text[max(0, word.start - _AROUND) : word.start + len(word.text) + _AROUND]
                self.guesses.append(
                    Change(
                        "reading",
                        word.text,
                        " ".join(part[2] for part in word.parts),
                        source=self._pos.source if self._pos else "",
                        line=self._pos.start if self._pos else 0,
                        context=around.replace(_OBJECT, ""),
                        sure=False,
                        reason="the usual one of several readings",
                    )
                )
        return found

    def _is_known(self, word: str) -> bool:
        return word in self._known or all(char in self._known for char in word)

    def _pieces(self, texts: list[str], words: list[Word]) -> list[tuple[Inline, ...] | None]:
        """What each text becomes, None where it stays; parts that span texts are left out."""
        parts = [
            (word.start + start, word.start + end, reading, number)
            for number, word in enumerate(words)
            for start, end, reading in word.parts
        ]
        made: list[tuple[Inline, ...] | None] = []
        begin = at = 0
        for text in texts:
            end = begin + len(text)
            found: list[Inline] = []
            done = begin
            pairs: list[tuple[int, RubyPair]] = []
            while at < len(parts) and parts[at][0] < end:
                start, stop, reading, number = parts[at]
                at += 1
                if start < done or stop > end:
                    continue
                if start > done or (pairs and pairs[-1][0] != number):
                    self._close(pairs, found)
                if start > done:
                    found.append(Text(text[done - begin : start - begin]))
                pairs.append((number, RubyPair(text[start - begin : stop - begin], reading)))
                done = stop
            self._close(pairs, found)
            if found and done < end:
                found.append(Text(text[done - begin :]))
            made.append(tuple(found) if found else None)
            begin = end
        return made

    def _close(self, pairs: list[tuple[int, RubyPair]], found: list[Inline]) -> None:
        """The ruby of one word, added to what a text becomes."""
        if not pairs:
            return
        system = self._settings.ruby
        group = any(len(pair.base) > 1 for _, pair in pairs)
        role: Role = "furigana" if system == "furigana" else "zhuyin"
        if system in ("pinyin", "jyutping"):
            role = "pinyin"  # letters over characters, set alike
        kind: Kind = "group" if group else "mono"
        if system == "furigana" and len(pairs) > 1 and not group:
            kind = "jukugo"  # a compound: its readings may lean on one another (JLREQ 3.3.7)
        found.append(Ruby(tuple(p for _, p in pairs), kind, role, "generated"))
        pairs.clear()

    def tell(self, report: Report, keep: Keep | None) -> None:
        """Says how many words have readings now, and which were guessed."""
        system = self._settings.ruby
        if not self.count:
            report(Diagnostic("annotate.none", "warning", (("system", system),)))
            return
        args = (("count", str(self.count)), ("system", system))
        report(Diagnostic("annotate.done", "info", args))
        if self.guesses:
            first = self.guesses[0]
            words = list(dict.fromkeys(f"{g.before} {g.after}" for g in self.guesses))
            shown = ", ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")
            args = (("count", str(len(self.guesses))), ("words", shown))
            report(Diagnostic("annotate.guessed", "info", args, first.source, first.line))
        if keep is not None:
            keep(self.guesses)
