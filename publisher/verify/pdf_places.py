"""Places in a PDF: pages and their labels, destinations, and the text that these lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.record import NamedTuple
from publisher.verify.addresses import as_address
from publisher.verify.pdf_fonts import Fonts
from publisher.verify.pdf_text import PageText, page_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEAR = 3.0  # points that a link may lead below the baseline it means
_LEVEL = 8.0  # points within which baselines are of one line
_UP = 48.0  # points by which a line stands over the one before it where a column begins
_NOWHERE = 1e8  # a height that is none


class Dest(NamedTuple):
    """A page, counted from 0, and a height on it in points from the foot."""

    page: int
    top: float


class Line(NamedTuple):
    """A stretch of the stream, and where its baseline is."""

    page: int
    y: float
    start: int
    end: int


class Places:
    """The pages of a PDF (of pikepdf), read once."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.fonts = Fonts()
        self.pages: list[PageText] = []
        self.numbers: dict[tuple[int, int], int] = {}
        self.labels: list[str] = []
        self.lines: list[Line] = []
        self._by_page: dict[int, list[Line]] = {}
        for number, page in enumerate(pdf.pages):
            self.numbers[page.obj.objgen] = number
            self.labels.append(page.label)
            self.pages.append(page_text(page, self.fonts))
        uprights = [page.upright > 0 for page in self.pages if page.pieces]
        self.vertical = any(uprights) and 2 * sum(uprights) >= len(uprights)
        self.named = dict(self._named())

    def name(self, number: int) -> str:
        """A page as people call it: its label, and its number where that is another."""
        label = self.labels[number] if 0 <= number < len(self.labels) else "?"
        return f"page {label}" if label == str(number + 1) else f"page {label} ({number + 1})"

    def _named(self) -> Iterator[tuple[str, Any]]:
        import pikepdf

        names = self.pdf.Root.get("/Names")
        if names is not None and "/Dests" in names:
            yield from ((str(key), value) for key, value in pikepdf.NameTree(names.Dests).items())
        old = self.pdf.Root.get("/Dests")
        if old is not None:
            yield from ((str(key).lstrip("/"), value) for key, value in old.items())

    def dest(self, value: Any, depth: int = 0) -> Dest | None:
        """Where a destination leads: page from 0, height."""
        import pikepdf

        if value is None or depth > 3:
            return None
        if isinstance(value, (pikepdf.String, pikepdf.Name, str)):
            return self.dest(self.named.get(str(value).lstrip("/")), depth + 1)
        if isinstance(value, pikepdf.Dictionary):
            return self.dest(value.get("/D"), depth + 1)
        if not isinstance(value, pikepdf.Array) or not len(value):
            return None
        page = value[0]
        number = self.numbers.get(page.objgen) if isinstance(page, pikepdf.Dictionary) else None
        if number is None:
            return None
        kind = str(value[1]) if len(value) > 1 else ""
        height = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2, "/FitR": 5}.get(kind, 0)
        top: Any = value[height] if height and len(value) > height else None
        return Dest(number, float(top) if _is_number(top) else 10 * _NOWHERE)

    def target(self, annotation: Any) -> tuple[str, Any]:
        """``link`` with an address, or ``goto`` with a destination (None: nowhere)."""
        action = annotation.get("/A")
        if action is not None and "/URI" in action:
            return "link", as_address(_uri(action["/URI"]))
        dest = annotation.get("/Dest")
        if dest is None and action is not None:
            dest = action.get("/D")
        return "goto", self.dest(dest)

    def position(self, dest: Dest | None) -> tuple[int, int]:
        """The stretch of the stream that a destination may mean; below 0 none.

        That is a line: the first below the height, from that of one column to that of another;
        where lines are vertical, all the page.
        """
        if dest is None:
            return -1, -1
        if not self._by_page:
            for line in self.lines:
                self._by_page.setdefault(line.page, []).append(line)
        here = self._by_page.get(dest.page, [])
        vertical = self.vertical or self.pages[dest.page].upright
        if here and (vertical or dest.top >= _NOWHERE):
            return min(line.start for line in here), max(line.end for line in here)
        level = [line for column in _columns(here) for line in _first_below(column, dest.top)]
        if level:
            return min(line.start for line in level), max(line.end for line in level)
        following = [number for number in self._by_page if number > dest.page]
        if following:
            first = min(self._by_page[min(following)], key=lambda line: line.start)
            return first.start, first.end
        return (here[-1].start, here[-1].end) if here else (-1, -1)


def _first_below(lines: list[Line], height: float) -> list[Line]:
    """The first line below a height, and what is close to it: either may be meant.

    A place is led to from above its line, where the line before it may have its baseline.
    """
    highest = max((line.y for line in lines if line.y <= height - _LEVEL), default=height)
    return [line for line in lines if highest - _LEVEL < line.y <= height + _NEAR]


def _columns(page: list[Line]) -> list[list[Line]]:
    """The lines of a page by the column they stand in: one begins where the text goes up again."""
    columns: list[list[Line]] = []
    last = -_NOWHERE
    for line in page:
        if line.y > last + _UP:
            columns.append([])
        columns[-1].append(line)
        last = line.y
    return columns


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def _uri(value: Any) -> str:
    try:
        return bytes(value).decode("utf-8")
    except UnicodeDecodeError:
        return str(value)
