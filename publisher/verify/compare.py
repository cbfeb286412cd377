"""Compares what a file says with what it should say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.verify.align import align
from publisher.verify.characters import change_code, is_selector, named
from publisher.verify.compare_marks import COVERING, Verdict, in_reverse
from publisher.verify.compare_parts import PartComparison
from publisher.verify.furniture import without_furniture
from publisher.verify.model import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from publisher.verify.model import Mark, Passage, Reading

_MOVED = 2  # characters from which a text counts as moved


def compare(
    wanted: Reading,
    found: Reading,
    front: Iterable[str] = (),
    forms: dict[str, Callable[[Any], Any]] | None = None,
) -> Verdict:
    """Everything that differs between a tree and a file.

    Args:
        wanted: The tree, as the file should have it.
        found: The file.
        front: Lines that a title page may have before the text.
        forms: By kind of mark, the form in which its values are compared.
    """
    return _Comparison(wanted, found, list(front), forms or {}).run()


class _Comparison(PartComparison):
    def __init__(
        self,
        wanted: Reading,
        found: Reading,
        front: list[str],
        forms: dict[str, Callable[[Any], Any]],
    ) -> None:
        super().__init__(wanted, found, forms)
        self.front = front
        self.skip = self._front(front)
        self.map = align(wanted, found, self.skip)

    def run(self) -> Verdict:
        """All comparisons that the file allows."""
        self._text()
        for name, act in (
            ("passages", self._passages),
            ("headings", self._headings),
            ("call", self._calls),
            ("item", self._items),
            ("pictures", self._pictures),
            ("tables", self._tables),
        ):
            if name in self.tells:
                act()
        for kind in COVERING:
            if kind in self.tells:
                self._covering(kind)
        if self.found.dots and "code" in self.tells:
            self._dots()
        if "ruby" in self.tells:
            self._exact("ruby")
        for name in ("outline", "contents"):
            if name in self.tells:
                self._entries(name, getattr(self.wanted, name), getattr(self.found, name))
        self._meta()
        self.verdict.faults.sort(key=lambda fault: not fault.code.startswith(("text", "char")))
        return self.verdict

    # ---------------------------------------------------------------------------------- text

    def _front(self, lines: list[str]) -> int:
        """How many passages at the head of the file are its title page."""
        left = ["".join(line.split()) for line in lines if line.strip()]
        found = self.found
        first = self.wanted.passages[0] if self.wanted.passages else None
        opening = "" if first is None else self.wanted.stream[first.start : first.end]
        count = 0
        for passage in found.passages:
            text = found.stream[passage.start : passage.end]
            if passage.kind != "title" and text == opening:
                break
            if text not in left:
                break
            del left[: left.index(text) + 1]
            count += 1
        return count

    def _text(self) -> None:
        wanted, found = self.wanted, self.found
        begin = (
            found.passages[self.skip].start
            if self.skip < len(found.passages)
            else len(found.stream)
        )
        gaps = list(self.map.gaps((len(wanted.stream), len(found.stream)), (0, begin)))
        self.verdict.same["characters"] = sum(s.length for s in self.map.same)
        if "levels" not in self.tells:
            for gap in without_furniture(wanted, found, gaps, self.front):
                self._change(gap.one, gap.other, gap.lost, gap.extra)
            return
        lost = {wanted.stream[a:b]: n for n, (a, b, _, _) in enumerate(gaps) if b - a >= _MOVED}
        moved: set[int] = set()
        for number, (a, b, x, y) in enumerate(gaps):
            extra = found.stream[x:y]
            other = lost.get(extra)
            if other is None or other == number or (a < b and other != number and b - a > y - x):
                continue
            if gaps[other][2] == gaps[other][3] and a == b:
                moved |= {number, other}
                there = wanted.passages and place_of(wanted, gaps[other][0])
                self._fault(
                    "text.moved", gaps[other][0], x, wanted=extra, hint=f"it belongs at {there}"
                )
        for number, (a, b, x, y) in enumerate(gaps):
            if number in moved:
                continue
            before, after = _whole(wanted.stream, a, b), _whole(found.stream, x, y)
            code = change_code(wanted.stream[a:b], found.stream[x:y])
            if code == "text.extra" and self._again(x, y):
                code = "text.twice"
            self._change(a, x, before, after, code)

    def _change(self, at: int, there: int, lost: str, extra: str, code: str = "") -> None:
        """One text for another, with the code points of short ones."""
        hint = " → ".join(filter(None, map(named, (lost, extra))))
        code = code or change_code(lost, extra)
        self._fault(code, at, there, wanted=lost, found=extra, hint=hint)

    def _again(self, start: int, end: int) -> bool:
        """The text right before or behind is the same."""
        stream, text = self.found.stream, self.found.stream[start:end]
        length = end - start
        return text in (stream[start - length : start], stream[end : end + length])

    def _passages(self) -> None:
        """Ends of paragraphs, and white space inside them."""
        starts = {p.start: p for p in self.found.passages[self.skip :]}
        met = 0
        expected: set[int] = set()
        for passage in self.wanted.passages:
            there = self.map.to_other(passage.start)
            twin = starts.get(there)
            expected.add(there)
            if there < 0 or self.map.at_gap(passage.start):
                continue
            if twin is None:
                if passage.kind not in ("code", "verse"):
                    self._fault("passage.joined", passage.start, there)
                continue
            if twin.end - twin.start == passage.end - passage.start:
                met += 1
                if "blanks" in self.tells and twin.text != passage.text:
                    self._blanks(passage, twin)
        self.verdict.same["paragraphs"] = met
        back = in_reverse(self.map)
        for start, twin in starts.items():
            if start not in expected and twin.kind not in ("code", "verse"):
                at = back.to_other(start)
                if at >= 0 and not back.at_gap(start):
                    self._fault("passage.split", at, start)

    def _blanks(self, passage: Passage, twin: Passage) -> None:
        if self.map.to_other(passage.start) < 0:
            return
        same = (
            self.wanted.stream[passage.start : passage.end]
            == self.found.stream[twin.start : twin.end]
        )
        if same and not _same_blanks(passage.text, twin.text, lines=self.found.format == "pdf"):
            at = _first_difference(passage.text, twin.text)
            self._fault(
                "text.blank",
                passage.start,
                twin.start,
                wanted=passage.text[max(0, at - 8) : at + 12],
                found=twin.text[max(0, at - 8) : at + 12],
            )

    # --------------------------------------------------------------------------------- marks

    def _headings(self) -> None:
        """Every heading is one, on its level (counted without gaps)."""
        wanted = self._marks(self.wanted, "heading")
        found = [m for m in self._marks(self.found, "heading") if m.start >= self._begin()]
        if "levels" not in self.tells:
            wanted, found = _levelled(wanted), _levelled(found)
        seen = {mark.start: mark for mark in found}
        expected: set[int] = set()
        same = 0
        for mark in wanted:
            there = self.map.to_other(mark.start)
            expected.add(there)
            if there < 0 or self.map.at_gap(mark.start):
                continue
            text = self.wanted.stream[mark.start : mark.end]
            twin = seen.get(there)
            if twin is None:
                self._fault("heading.lost", mark.start, there, wanted=text)
            elif twin.value != mark.value:
                self._fault(
                    "heading.level",
                    mark.start,
                    there,
                    wanted=f"level {mark.value}",
                    found=f"level {twin.value}",
                    hint=text,
                )
            else:
                same += 1
        for mark in found:
            if mark.start not in expected and not self._is_lost(mark.start):
                text = self.found.stream[mark.start : mark.end]
                if not self._is_subheading(mark.start):
                    self._fault("heading.extra", -1, mark.start, found=text)
        self.verdict.same["headings"] = same

    def _begin(self) -> int:
        passages = self.found.passages
        return passages[self.skip].start if self.skip < len(passages) else 0

    def _is_subheading(self, there: int) -> bool:
        subs = {self.map.to_other(p.start) for p in self.wanted.passages if p.kind == "subheading"}
        return there in subs


def _levelled(marks: list[Mark]) -> list[Mark]:
    """Headings with levels counted without gaps: each is one below the last higher one."""
    open_levels: list[int] = []
    found = []
    for mark in marks:
        while open_levels and open_levels[-1] >= mark.value:
            open_levels.pop()
        open_levels.append(mark.value)
        found.append(mark._replace(value=len(open_levels)))
    return found


def _whole(text: str, start: int, end: int) -> str:
    """A stretch with the character that a variation selector at its head belongs to."""
    if start < end and start > 0 and is_selector(text[start]):
        start -= 1
    return text[start:end]


def _same_blanks(wanted: str, found: str, *, lines: bool) -> bool:
    """White space is the same; with `lines`, ends of lines in `found` may have taken some."""
    if not lines:
        return wanted.strip() == found.strip()
    at = 0
    for piece in found.split("\n"):
        if not wanted.startswith(piece, at):
            while at < len(wanted) and wanted[at].isspace():
                at += 1
            trimmed = piece.strip()
            if not wanted.startswith(trimmed, at):
                return False
            at += len(trimmed)
        else:
            at += len(piece)
    return not wanted[at:].strip()


def _first_difference(one: str, other: str) -> int:
    pairs: Iterator[tuple[int, tuple[str, str]]] = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
