"""Compares what a file says with what it should say."""

from __future__ import annotations

import bisect
from collections import Counter
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from publisher.record import dataclass, field
from publisher.verify.align import Alignment, align
from publisher.verify.characters import change_code, is_selector, named
from publisher.verify.furniture import without_furniture
from publisher.verify.model import Fault, place_of
from publisher.verify.pictures import same_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from publisher.verify.model import Entry, Mark, Passage, Reading

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
_META = (
    "title",
    "subtitle",
    "authors",
    "people",
    "language",
    "date",
    "publisher",
    "description",
    "subjects",
    "rights",
    "identifier",
)
_CONTEXT = 16
_MOST = 80
_NUMBER = 6  # characters of a caption's number, which other makers may add
_MOVED = 2  # characters from which a text counts as moved


@dataclass(slots=True)
class Verdict:
    """What came of a comparison: what is the same, by count, and what is not."""

    same: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


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


class _Comparison:
    def __init__(
        self,
        wanted: Reading,
        found: Reading,
        front: list[str],
        forms: dict[str, Callable[[Any], Any]],
    ) -> None:
        self.wanted, self.found, self.forms = wanted, found, forms
        self.tells = found.tells
        self.verdict = Verdict()
        self.front = front
        self.skip = self._front(front)
        self.map: Alignment = align(wanted, found, self.skip)

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
        back = _reversed(self.map)
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

    def _marks(self, reading: Reading, kind: str) -> list[Mark]:
        return sorted((m for m in reading.marks if m.kind == kind), key=lambda m: (m.start, -m.end))

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

    def _is_lost(self, there: int) -> bool:
        back = _reversed(self.map)
        return back.to_other(there) < 0 or back.at_gap(there)

    def _is_subheading(self, there: int) -> bool:
        subs = {self.map.to_other(p.start) for p in self.wanted.passages if p.kind == "subheading"}
        return there in subs

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
        """How many characters of a kind of emphasis stand on each page."""
        places = {
            self.map.char(at)
            for mark in self._marks(self.wanted, kind)
            for at in range(mark.start, mark.end)
            if self.wanted.stream[at].isalnum() and east_asian_width(self.wanted.stream[at]) in "WF"
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

    # ------------------------------------------------------------------------------ the rest

    def _pictures(self) -> None:
        wanted, found = self.wanted.pictures, self.found.pictures
        same = 0
        left = list(found)
        for picture in wanted:
            at = self.map.to_other(picture.at)
            near = [p for p in left if p.at == at] or (
                left[:1] if len(wanted) == len(found) else []
            )
            if not near:
                self._fault("picture.lost", picture.at, at, wanted=picture.alt)
                continue
            twin = near[0]
            left.remove(twin)
            if at >= 0 and abs(twin.at - at) > (0 if "levels" in self.tells else _NUMBER):
                self._fault("picture.moved", picture.at, twin.at, wanted=picture.alt)
            if "alt" in self.tells and _squeezed(twin.alt) != _squeezed(picture.alt):
                self._fault(
                    "alt.lost" if not twin.alt else "alt.changed",
                    picture.at,
                    twin.at,
                    wanted=picture.alt,
                    found=twin.alt,
                )
            if picture.data and twin.data and not same_picture(picture.data, twin.data):
                self._fault("picture.changed", picture.at, twin.at, wanted=picture.alt)
                continue
            same += 1
        for picture in left:
            self._fault("picture.extra", -1, picture.at, found=picture.alt or picture.place)
        if wanted:
            self.verdict.same["pictures"] = same

    def _tables(self) -> None:
        wanted, found = self.wanted.tables, self.found.tables
        if len(wanted) != len(found):
            self._fault("table.count", -1, -1, wanted=str(len(wanted)), found=str(len(found)))
            return
        cells = 0
        for number, (ours, theirs) in enumerate(zip(wanted, found, strict=True), 1):
            if ours == theirs:
                cells += sum(map(len, ours))
                continue
            shapes = [[len(row) for row in rows] for rows in (ours, theirs)]
            if shapes[0] != shapes[1]:
                self._fault(
                    "table.shape",
                    -1,
                    -1,
                    wanted=f"{len(ours)} rows, {sum(shapes[0])} cells",
                    found=f"{len(theirs)} rows, {sum(shapes[1])} cells",
                    hint=f"table {number}",
                )
                continue
            for row, (a, b) in enumerate(zip(ours, theirs, strict=True), 1):
                for column, (one, other) in enumerate(zip(a, b, strict=True), 1):
                    if one != other:
                        self._fault(
                            "table.cell",
                            -1,
                            -1,
                            wanted=one,
                            found=other,
                            hint=f"table {number}, row {row}, cell {column}",
                        )
        if wanted:
            self.verdict.same["table cells"] = cells

    def _entries(self, name: str, wanted: list[Entry], found: list[Entry]) -> None:
        """Lines of contents: titles, order and where they lead; numbers are compared elsewhere."""
        if not found or not wanted:
            return
        deepest = max(entry.depth for entry in found)
        wanted = [entry for entry in wanted if entry.depth <= deepest]
        ours = [_squeezed(e.title) for e in wanted]
        theirs = [_squeezed(e.title) for e in found]
        named_ours = [t for t in ours if t]
        lost = list((Counter(named_ours) - Counter(theirs)).elements())
        extra = list((Counter(theirs) - Counter(ours)).elements())
        untitled = sum(1 for t in ours if not t)
        for title in lost:
            self._fault(f"{name}.lost", -1, -1, wanted=title)
        for title in extra[untitled:] if untitled else extra:
            self._fault(f"{name}.extra", -1, -1, found=title)
        kept = [t for t in theirs if t in set(named_ours)]
        order = [t for t in named_ours if t in set(theirs)]
        if not lost and not extra and kept != order:
            self._fault(f"{name}.order", -1, -1, wanted=" / ".join(order), found=" / ".join(kept))
            return
        same = 0
        twins: dict[str, list[Entry]] = {}
        for entry in found:
            twins.setdefault(_squeezed(entry.title), []).append(entry)
        for entry, title in zip(wanted, ours, strict=True):
            if not twins.get(title):
                continue
            twin = twins[title].pop(0)
            at = self.map.to_other(entry.target) if entry.target >= 0 else -1
            if twin.target >= 0 and at >= 0 and not self._reaches(twin.target, at):
                self._fault(
                    f"{name}.target",
                    entry.target,
                    twin.target,
                    wanted=self._shown("goto", at),
                    found=self._shown("goto", twin.target),
                    hint=entry.title,
                )
            else:
                same += 1
        self.verdict.same[name] = same

    def _meta(self) -> None:
        same = 0
        for key in _META:
            if key not in self.tells:
                continue
            form = self.forms.get(f"meta.{key}", lambda value: value)
            ours = [form(_spaced(v)) for v in self.wanted.meta.get(key, ())]
            theirs = [form(_spaced(v)) for v in self.found.meta.get(key, ())]
            if key == "identifier" and not ours:
                continue
            people = set(self.wanted.meta.get("people", ()))
            if key == "authors" and not ours and set(theirs) <= people:
                continue
            if key == "title" and theirs == [" — ".join([*ours, *self.wanted.meta["subtitle"]])]:
                theirs = ours
            if key == "people":
                ours, theirs = sorted(set(ours)), sorted(set(theirs))
            if Counter(ours) == Counter(theirs):
                same += len(ours)
                continue
            code = "meta.lost" if ours and not theirs else "meta.changed"
            self._fault(code, -1, -1, wanted="; ".join(ours), found="; ".join(theirs), hint=key)
        self.verdict.same["metadata"] = same


def _own(value: object, default: object) -> Any:
    return None if value == default else value


def _reversed(alignment: Alignment) -> Alignment:
    from publisher.verify.align import Same

    return Alignment([Same(s.other, s.one, s.length) for s in alignment.same])


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


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _spaced(text: str) -> str:
    return " ".join(text.split())
