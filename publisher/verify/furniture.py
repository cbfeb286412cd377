"""What files of other makers add to a text or set in another place, and what is left to tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.verify.model import Reading

_SURE = 4  # characters from which a text that stands elsewhere is known again
# Numbers of pages, lists and notes, bullets, leaders, boxes of tasks, ways back.
_LABELS = re.compile(
    "[0-9０-９〇一二三四五六七八九十ivxlcIVXLC\\[\\](){}（）.．。、,:*†‡•◦∙·▪‣–—…☐☑✓✔①-⑳㉑-㊿↩↑^\ufe0e\uf0b7■○●]*"
)


class Gap(NamedTuple):
    """A stretch that differs: where it is in both, and what is left of it to tell."""

    one: int
    one_end: int
    other: int
    other_end: int
    lost: str
    extra: str


def without_furniture(
    wanted: Reading, found: Reading, gaps: Iterable[tuple[int, ...]], front: Iterable[str]
) -> Iterator[Gap]:
    """The stretches that differ, without what is no fault of a file by another maker.

    That is: labels and numbers; titles, readings and descriptions set once more, as in running
    heads; and passages that stand whole in another place (notes, captions, lists of contents).
    """
    places = [tuple(gap) for gap in gaps]
    extras = [found.stream[x:y] for _, _, x, y in places]
    lost = [_pieces(wanted, a, b) for a, b, _, _ in places]
    for pieces in lost:
        for number, text in enumerate(pieces):
            if len(text) < _SURE:
                continue
            for at, extra in enumerate(extras):
                if text in extra:
                    extras[at] = extra.replace(text, "\n", 1)
                    pieces[number] = ""
                    break
    known = sorted(_known(wanted, front), key=len, reverse=True)
    for (a, b, x, y), pieces, extra in zip(places, lost, extras, strict=True):
        left = extra
        for text in known:
            if text in left:
                left = left.replace(text, "\n")
        gone = "".join(pieces)
        parts = left.split("\n")
        # In place of lost text a number is no label: 三 became 四.
        only = len(parts) == 1 and gone and len(left) <= len(gone)
        rest = "".join(part for part in parts if only or not _LABELS.fullmatch(part))
        if gone != rest:
            yield Gap(a, b, x, y, gone, rest)


def _pieces(wanted: Reading, start: int, end: int) -> list[str]:
    """A stretch of the tree, passage by passage."""
    import bisect

    if start == end:
        return []
    passages = wanted.passages
    first = bisect.bisect_right(passages, start, key=lambda p: p.start) - 1
    found = []
    for passage in passages[max(first, 0) :]:
        if passage.start >= end:
            break
        found.append(wanted.stream[max(start, passage.start) : min(end, passage.end)])
    return found


def _known(wanted: Reading, front: Iterable[str]) -> set[str]:
    """Texts of the work that may stand once more."""
    found = {"".join(line.split()) for line in front}
    found |= {wanted.stream[m.start : m.end] for m in wanted.marks if m.kind == "heading"}
    found |= {str(m.value) for m in wanted.marks if m.kind == "ruby"}
    found |= {"".join(picture.alt.split()) for picture in wanted.pictures}
    found |= {"目录", "目錄", "目次", "차례", "Contents"}
    return {text for text in found if text}
