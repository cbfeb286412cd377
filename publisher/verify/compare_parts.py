"""Compares what stands beside the text: pictures, tables, lines of contents, metadata."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from publisher.verify.compare_marks import MarkComparison
from publisher.verify.pictures import same_picture

if TYPE_CHECKING:
    from publisher.verify.model import Entry, Picture

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
_NUMBER = 6  # characters of a caption's number, which other makers may add


class PartComparison(MarkComparison):
    """Two readings and where their texts are the same, for all that is no text."""

    def _pictures(self) -> None:
        wanted, same = self._described()
        found = self.found.pictures
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
            alt = _squeezed(picture.alt)  # without one, a caption may be given for it
            if "alt" in self.tells and alt and _squeezed(twin.alt) != alt:
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
        if self.wanted.pictures:
            self.verdict.same["pictures"] = same

    def _described(self) -> tuple[list[Picture], int]:
        """The pictures that should be part of the text, and how many others are there.

        One without a description may be drawn as decoration, which has no place in the text.
        """
        wanted = []
        left = list(self.found.decorations)
        for picture in self.wanted.pictures:
            twin = None if picture.alt else next((d for d in left if _alike(picture, d)), None)
            if twin is None:
                wanted.append(picture)
            else:
                left.remove(twin)
        return wanted, len(self.wanted.pictures) - len(wanted)

    def _tables(self) -> None:
        # Tables without text are not drawn everywhere.
        wanted, found = (
            [table for table in reading.tables if any(map(any, table))]
            for reading in (self.wanted, self.found)
        )
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


def _alike(one: Picture, other: Picture) -> bool:
    """Whether two pictures show the same, as far as both are at hand."""
    return one.data is None or other.data is None or same_picture(one.data, other.data)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _spaced(text: str) -> str:
    return " ".join(text.split())
