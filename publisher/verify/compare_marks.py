"""Compares marks: what covers text, what stands over it, calls of notes, items of lists."""

from __future__ import annotations

import bisect
from collections import Counter
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from publisher.record import dataclass, field
from publisher.verify.align import Alignment, Same
from publisher.verify.model import Fault, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from publisher.verify.model import Mark, Reading

# What covers a stretch of text, and what stands at one place or over one exact stretch.
COVERING = (
    "emphasis",
    "strong",
    "code",
    "sub",
    "sup",
    "small",
    "highlight",
    "strike",
    "underline",
    "proper-name",
    "book-title",
    "dots",
    "stress",
    "warichu",
    "lang",
    "link",
    "goto",
)
# Covering marks that formats leave off punctuation and blanks.
_LOOSE = frozenset(COVERING) - {"link", "goto"}
_CONTEXT = 16
_MOST = 80


@dataclass(slots=True)
class Verdict:
    """What came of a comparison: what is the same, by count, and what is not."""

    same: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class MarkComparison:
    """Two readings and where their texts are the same."""

    def __init__(
        self, wanted: Reading, found: Reading, forms: dict[str, Callable[[Any], Any]]
    ) -> None:
        self.wanted, self.found, self.forms = wanted, found, forms
        self.tells = found.tells
        self.verdict = Verdict()
        self.map = Alignment([])

    def _fault(self, code: str, at: int, there: int, **more: str) -> None:
        """Notes a fault at a place of the tree (`at`) and of the file (`there`)."""
        wanted, found = self.wanted, self.found
        place = place_of(found, max(there, 0)) if there >= 0 else ""
        source = place_of(wanted, max(at, 0)) if at >= 0 else ""
        given = {"context": "", **more}
        if at >= 0 and not given["context"]:
            given["context"] = wanted.stream[max(0, at - _CONTEXT) : at]
        given = {key: value[:_MOST] for key, value in given.items()}
        self.verdict.faults.append(Fault(code, place, source=source, **given))

    def _marks(self, reading: Reading, kind: str) -> list[Mark]:
        """Marks of a kind in order, outer before inner ones: those of one stretch end the later."""
        marks = [m for m in reversed(reading.marks) if m.kind == kind]
        return sorted(marks, key=lambda m: (m.start, -m.end))

    def _covering(self, kind: str) -> None:
        ours, theirs = self._marks(self.wanted, kind), self._marks(self.found, kind)
        if not ours and not theirs:
            return
        form = self.forms.get(kind, lambda value: value)
        if kind == "goto":
            mapped = [m._replace(value=self.map.to_other(m.value)) for m in ours if m.value >= 0]
            ours = [self._near(m, theirs) for m in mapped if m.value >= 0]
        default = None
        if kind == "lang":
            default = form("".join(self.wanted.meta.get("language", ())))
            if self.found.format == "docx":  # code is in no language there: it is not proofread
                ours += [m._replace(value=default) for m in self._marks(self.wanted, "code")]
                theirs += [m._replace(value=default) for m in self._marks(self.found, "code")]
        one = _painted(len(self.wanted.stream), ours, form, default)
        other = _painted(len(self.found.stream), theirs, form, default)
        same = 0
        for stretch in self.map.same:
            a = one[stretch.one : stretch.one + stretch.length]
            b = other[stretch.other : stretch.other + stretch.length]
            if a != b:
                self._runs(kind, stretch, a, b, default)
            same += sum(1 for value in a if value != default)
        if ours:
            self.verdict.same[kind] = same

    def _near(self, mark: Mark, theirs: list[Mark]) -> Mark:
        """A link with the target that the file has, if that is as exact as the file can be."""
        if not self.found.reach:
            return mark
        at = self.map.to_other(mark.start)
        index = bisect.bisect_right(theirs, at, key=lambda m: m.start) - 1
        value = theirs[index].value if index >= 0 else -1
        return mark._replace(value=value) if self._reaches(value, mark.value) else mark

    def _reaches(self, target: int, at: int) -> bool:
        """A target of the file is, or may be, this place."""
        return target == at or (target >= 0 and target <= at < self.found.reach.get(target, target))

    def _runs(self, kind: str, stretch: Any, a: list[Any], b: list[Any], default: object) -> None:
        """One fault for each run of characters that is marked otherwise."""
        text = self.wanted.stream[stretch.one : stretch.one + stretch.length]
        start = -1
        pair: tuple[Any, Any] = (None, None)
        for at in range(len(a) + 1):
            now = (_own(a[at], default), _own(b[at], default)) if at < len(a) else (None, None)
            if at < len(a) and kind in _LOOSE and not text[at].isalnum():
                continue
            if now[0] == now[1]:
                now = (None, None)
            if now == pair:
                continue
            if pair != (None, None):
                self._run(kind, stretch, text, (start, at), pair)
            start, pair = at, now

    def _run(
        self, kind: str, stretch: Any, text: str, where: tuple[int, int], pair: tuple[Any, Any]
    ) -> None:
        start, end = where
        wanted, found = pair
        code = "changed" if wanted is not None and found is not None else "lost"
        code = "extra" if wanted is None else code
        name = "link" if kind == "goto" else kind
        self._fault(
            f"{name}.{code}",
            stretch.one + start,
            stretch.other + start,
            wanted=self._shown(kind, wanted),
            found=self._shown(kind, found),
            hint=text[start:end],
        )

    def _shown(self, kind: str, value: Any) -> str:
        if value is None or value is True:
            return ""
        if kind == "goto":
            passage = self.found.stream[value : value + 12]
            return f"“{passage}”, {place_of(self.found, value)}" if value >= 0 else "nowhere"
        return str(value)

    def _exact(self, kind: str) -> None:
        ours, theirs = self._marks(self.wanted, kind), self._marks(self.found, kind)
        if self.found.format == "pdf":  # where one reading ends and the next begins is not told
            ours, theirs = list(_together(ours)), list(_together(theirs))
        found = {(m.start, m.end): m for m in theirs}
        met = set()
        same = 0
        for mark in ours:
            here = (self.map.to_other(mark.start), self.map.to_other(mark.end))
            twin = found.get(here)
            base = self.wanted.stream[mark.start : mark.end]
            if min(here) < 0:
                continue
            met.add(here)
            if twin is None:
                self._fault(f"{kind}.lost", mark.start, here[0], wanted=f"{base}（{mark.value}）")
            elif twin.value != mark.value:
                self._fault(
                    f"{kind}.changed",
                    mark.start,
                    here[0],
                    wanted=f"{base}（{mark.value}）",
                    found=f"{base}（{twin.value}）",
                )
            else:
                same += 1
        for here, mark in found.items():
            if here not in met and not self._is_lost(here[0]):
                base = self.found.stream[mark.start : mark.end]
                self._fault(f"{kind}.extra", -1, here[0], found=f"{base}（{mark.value}）")
        if same:
            self.verdict.same[kind] = same

    def _dots(self) -> None:
        """A PDF draws dots as shapes: there are as many on each page as characters need them.

        A theme may draw all emphasis so; then those of emphasis are needed as well.
        """
        needed = {kind: self._dotted(kind) for kind in ("dots", "emphasis")}
        drawn = [count for count, _ in self.found.dots]
        if sum(drawn) < sum(map(sum, needed.values())):
            needed["emphasis"] = [0] * len(drawn)
        for number, (count, lines) in enumerate(self.found.dots):
            least = sum(of_kind[number] for of_kind in needed.values())
            if count < least:
                there = lines[0][0] if lines else -1
                self._fault("dots.lost", -1, there, wanted=f"{least} dots", found=f"{count} dots")
        if sum(needed["dots"]):
            self.verdict.same["dots"] = min(sum(needed["dots"]), sum(drawn))

    def _dotted(self, kind: str) -> list[int]:
        """How many characters of a kind of emphasis stand on each page: none of two-line notes."""
        small = {at for m in self._marks(self.wanted, "warichu") for at in range(m.start, m.end)}
        places = {
            self.map.char(at)
            for mark in self._marks(self.wanted, kind)
            for at in range(mark.start, mark.end)
            if at not in small
            and self.wanted.stream[at].isalnum()
            and east_asian_width(self.wanted.stream[at]) in "WF"
        }
        if not places:
            return [0] * len(self.found.dots)
        return [
            sum(1 for start, end in lines for at in range(start, end) if at in places)
            for _, lines in self.found.dots
        ]

    def _calls(self) -> None:
        """Calls of notes stand where they should, and call the right note."""
        found = Counter[tuple[int, int]]()
        places: dict[int, list[int]] = {}
        for mark in self._marks(self.found, "call"):
            found[mark.start, mark.value] += 1
            places.setdefault(mark.value, []).append(mark.start)
        same = 0
        for mark in self._marks(self.wanted, "call"):
            at, note = self.map.to_other(mark.start), self._note(mark.value, sorted(places))
            text = self.wanted.stream[mark.value : mark.value + 20]
            if found[at, note] > 0:
                found[at, note] -= 1
                same += 1
            elif at >= 0 and any(here == at for here, _ in found if found[here, _] > 0):
                self._fault("note.changed", mark.start, at, wanted=text)
                wrong = next(key for key in found if key[0] == at and found[key] > 0)
                found[wrong] -= 1
            elif note >= 0 and places.get(note):
                self._fault("note.moved", mark.start, places[note][0], wanted=text)
                for key in [k for k in found if k[1] == note]:
                    found[key] = 0
            else:
                self._fault("note.lost", mark.start, at, wanted=text)
        for (at, note), count in found.items():
            if count > 0 and at >= 0:
                self._fault("note.extra", -1, at, found=self.found.stream[note : note + 20])
        if same:
            self.verdict.same["notes"] = same

    def _note(self, at: int, notes: list[int]) -> int:
        """Where a note begins in the file; below 0 where none of its text is there."""
        there = self.map.char(at)
        if there >= 0:
            return there
        ends = [p.end for p in self.wanted.passages if p.start == at]
        for place in range(at, ends[0] if ends else at):
            there = self.map.char(place)
            if there >= 0:
                before = [note for note in notes if note <= there]
                return before[-1] if before else -1
        return -1

    def _items(self) -> None:
        wanted, found = self._marks(self.wanted, "item"), self._marks(self.found, "item")
        ours = Counter(self.map.to_other(m.start) for m in wanted if not self.map.at_gap(m.start))
        theirs = Counter(m.start for m in found)
        for at, count in ours.items():
            if at >= 0 and theirs[at] != count:
                text = self.found.stream[at : at + 20]
                code = "item.lost" if theirs[at] < count else "item.extra"
                self._fault(code, -1, at, wanted=text)
        for at in theirs.keys() - ours.keys():
            if not self._is_lost(at):
                self._fault("item.extra", -1, at, found=self.found.stream[at : at + 20])
        if wanted:
            self.verdict.same["list items"] = sum((ours & theirs).values())

    def _is_lost(self, there: int) -> bool:
        back = in_reverse(self.map)
        return back.to_other(there) < 0 or back.at_gap(there)


def _own(value: object, default: object) -> Any:
    return None if value == default else value


def in_reverse(alignment: Alignment) -> Alignment:
    """The same stretches, seen from the other side."""
    return Alignment([Same(s.other, s.one, s.length) for s in alignment.same])


def _together(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Marks with those that touch made one."""
    last: Mark | None = None
    for mark in marks:
        if last is not None and last.end == mark.start:
            last = last._replace(end=mark.end, value=last.value + mark.value)
            continue
        if last is not None:
            yield last
        last = mark
    if last is not None:
        yield last


def _painted(
    length: int, marks: Iterable[Mark], form: Callable[[Any], Any], default: Any
) -> list[Any]:
    """The value that holds for each character, inner marks over outer ones."""
    found = [default] * length
    for mark in marks:
        found[mark.start : mark.end] = [form(mark.value)] * (mark.end - mark.start)
    return found
