"""What is read of a file or a tree, in one form for all: a stream of characters with marks on it.

White space is not in the stream, because line ends take and make it; passages keep the text with
its white space, so that it is compared where a file tells it. Positions are characters of the
stream. Notes stand behind the body, in the order of their first calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.record import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable


class Passage(NamedTuple):
    """A paragraph, heading, line of verse or of code, as it was read.

    Attributes:
        text: With its white space; a line feed is a line end that may have taken white space.
        start: Where it begins in the stream.
        end: Where it ends in the stream.
        kind: ``text``, ``heading``, ``code``, ``verse`` or ``title`` (of a title page).
        place: Where it stands, for people.
        note: It belongs to a note.
    """

    text: str
    start: int
    end: int
    kind: str
    place: str
    note: bool = False


class Mark(NamedTuple):
    """Something said about a stretch of the stream, such as a link or a reading.

    `value` is a position of the stream where `kind` is ``goto`` or ``call``.
    """

    kind: str
    start: int
    end: int
    value: Any


class Picture(NamedTuple):
    """A picture: where it stands, its description, and what gives its bytes (None: not at hand)."""

    at: int
    alt: str
    place: str
    data: Callable[[], bytes] | None


class Entry(NamedTuple):
    """A line of a list of contents; `target` a position of the stream, below 0 unknown."""

    title: str
    depth: int
    target: int
    number: str
    place: str


class Fault(NamedTuple):
    """Something wrong.

    Attributes:
        code: Permanent name of the kind of fault.
        place: Where, in the file; or, for what is missing, where it should stand.
        wanted: What should be there.
        found: What is there.
        context: What stands before it.
        source: Where it came from.
        hint: More, in words.
    """

    code: str
    place: str = ""
    wanted: str = ""
    found: str = ""
    context: str = ""
    source: str = ""
    hint: str = ""


@dataclass(slots=True)
class Reading:
    """A file or a tree, read.

    Attributes:
        format: ``tree``, ``pdf``, ``epub`` or ``docx``.
        maker: The program that made the file, as the file says.
        stream: All characters but white space, body first, notes behind it.
        passages: In reading order.
        marks: In no order.
        pictures: In reading order.
        decorations: Pictures that are marked as none of the text, wherever they stand.
        tables: The text of each cell, by table and row, in the order of their ends.
        contents: The printed list of contents.
        outline: The one that a viewer shows.
        meta: Title, people and the like, each as a tuple of texts.
        tells: What the file tells at all; only that is compared.
        labels: Page labels by id, where the file shows them as references.
        faults: What is wrong with the file in itself.
        facts: Counts for the report.
        body_end: Where notes begin in the stream.
        reach: For places that links lead to, how far that place goes where it is not exact.
        dots: Emphasis dots drawn, by stretches of the stream that stand on one page.
        pages: Where each page begins in the stream, by its label.
        addresses: Web addresses of links whose text is not known.
    """

    format: str
    maker: str = ""
    stream: str = ""
    passages: list[Passage] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    decorations: list[Picture] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    contents: list[Entry] = field(default_factory=list)
    outline: list[Entry] = field(default_factory=list)
    meta: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tells: frozenset[str] = frozenset()
    labels: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    facts: dict[str, int | str] = field(default_factory=dict)
    body_end: int = 0
    reach: dict[int, int] = field(default_factory=dict)
    dots: list[tuple[int, list[tuple[int, int]]]] = field(default_factory=list)
    pages: list[tuple[str, int]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


class Recorder:
    """Builds a `Reading`; what is said in notes is kept apart and comes behind the body.

    Marks inside the open passage count from its beginning.
    """

    def __init__(self, reading: Reading, pos: int = 0) -> None:
        self.reading = reading
        self.pos = pos
        self._chunks: list[str] = []
        self._open: list[str] = []
        self._start = pos
        self.kind, self.place, self.note = "text", "", False
        self.anchors: dict[str, int] = {}
        self._waiting: list[str] = []

    def anchor(self, name: str) -> None:
        """What links call `name` is where the next text begins."""
        self._waiting.append(name)

    def text(self, text: str) -> None:
        """Adds text to the open passage."""
        if text:
            length = len("".join(text.split()))
            if length and self._waiting:
                self._settle()
            self._open.append(text)
            self.pos += length

    def _settle(self) -> None:
        for name in self._waiting:
            self.anchors.setdefault(name, self.pos)
        self._waiting.clear()

    def mark(self, kind: str, start: int, value: Any) -> None:
        """Marks what was read since `start`."""
        self.reading.marks.append(Mark(kind, start, self.pos, value))

    def close(self) -> bool:
        """Ends the open passage; False where it was empty."""
        if not self._open:
            return False
        text = "".join(self._open)
        self._open.clear()
        squeezed = "".join(text.split())
        if not squeezed:
            return False
        self._chunks.append(squeezed)
        self.reading.passages.append(
            Passage(text.strip(" \n"), self._start, self.pos, self.kind, self.place, self.note)
        )
        self._start = self.pos
        return True

    def is_open(self) -> bool:
        """True where a passage has begun."""
        return bool(self._open)

    def point(self, kind: str, value: Any) -> None:
        """Marks this place."""
        self.reading.marks.append(Mark(kind, self.pos, self.pos, value))

    def so_far(self) -> str:
        """The stream up to here, in one piece."""
        joined = "".join(self._chunks)
        self._chunks = [joined]
        return joined

    def done(self) -> None:
        """Gives the stream to the reading."""
        self.close()
        self._settle()
        self.reading.stream = self.so_far()


def resolved(reading: Reading, anchors: dict[str, int], *, drop: bool = False) -> None:
    """Turns the ids that links and calls lead to into positions.

    What leads nowhere is a fault, or with `drop` no link at all.
    """
    found: list[Mark] = []
    for mark in reading.marks:
        if mark.kind in ("goto", "call") and isinstance(mark.value, str):
            at = anchors.get(mark.value, -1)
            if at < 0:
                if drop:
                    continue
                code = "link.broken" if mark.kind == "goto" else "note.lost"
                text = reading.stream[mark.start : mark.end]
                reading.faults.append(
                    Fault(code, place_of(reading, mark.start), mark.value, "", text)
                )
            found.append(mark._replace(value=at))
        else:
            found.append(mark)
    reading.marks = found


def place_of(reading: Reading, at: int) -> str:
    """The place of a position of the stream, for people."""
    import bisect

    passages = reading.passages
    index = bisect.bisect_right(passages, at, key=lambda passage: passage.start) - 1
    return passages[max(index, 0)].place if passages else ""
