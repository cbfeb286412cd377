"""The text of a page without its spaces, and which stretch of it each element holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from publisher.readers.html.parse import SILENT, is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNREAD: Final = SILENT | {"rt", "rp", "rtc"}
_LEAST: Final = 4  # characters of a piece that is looked for everywhere


class TextMap:
    """Stretches of a page's text, by element; some of it marked.

    White space counts nothing, as voices and pages never agree on it; readings of ruby are left
    out, as the voices leave them out.
    """

    def __init__(self, body: Any) -> None:
        from lxml import etree

        pieces: list[str] = []
        self._ranges: dict[Any, tuple[int, int]] = {}
        starts: dict[Any, int] = {}
        at = silent = 0
        for event, element in etree.iterwalk(body, events=("start", "end")):
            named = isinstance(element.tag, str)
            quiet = not named or element.tag in _UNREAD or is_hidden(element)
            if event == "start":
                starts[element] = at
                silent += quiet
                said = element.text
            else:
                self._ranges[element] = (starts[element], at)
                silent -= quiet
                said = element.tail if element is not body else None
            if said and not silent:
                plain = "".join(said.split())
                pieces.append(plain)
                at += len(plain)
        self.text = "".join(pieces)
        self._mask = bytearray(at)
        self.marked = 0  # characters that are marked

    @property
    def total(self) -> int:
        """Characters in all."""
        return len(self.text)

    def mark(self, pieces: Iterable[str]) -> None:
        """Marks each piece where it stands, looking on from the last one's end first."""
        at = 0
        for piece in pieces:
            plain = "".join(piece.split())
            place = self.text.find(plain, at)
            if place < 0 or (place - at > 2000 and len(plain) < _LEAST):
                place = self.text.find(plain) if len(plain) >= _LEAST else -1
            if place < 0:
                continue
            end = place + len(plain)
            self._mask[place:end] = b"\1" * (end - place)
            at = end
        self.marked = self._mask.count(1)

    def clear(self) -> None:
        """Takes all marks away."""
        self._mask = bytearray(len(self._mask))
        self.marked = 0

    def range(self, element: Any) -> tuple[int, int]:
        """Where an element's text begins and ends."""
        return self._ranges.get(element, (0, 0))

    def length(self, element: Any) -> int:
        """Characters in an element."""
        start, end = self.range(element)
        return end - start

    def said(self, element: Any) -> str:
        """The text of an element, without spaces."""
        start, end = self.range(element)
        return self.text[start:end]

    def marked_in(self, element: Any) -> int:
        """Characters of an element that are marked."""
        return self._mask.count(1, *self.range(element))

    def is_deep(self, element: Any, first: int, last: int) -> bool:
        """Whether all of an element's text is marked, and between two places."""
        start, end = self._ranges.get(element, (0, 0))
        return first <= start < end <= last and self._mask.count(1, start, end) == end - start

    def share(self, element: Any) -> float:
        """How much of all that is marked stands in an element, 0 to 1."""
        return self.marked_in(element) / max(self.marked, 1)

    def edges(self, element: Any) -> tuple[int, int]:
        """Where the marked text of an element begins and ends."""
        start, end = self.range(element)
        return self._mask.find(1, start, end), self._mask.rfind(1, start, end) + 1
