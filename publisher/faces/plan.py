"""How text of one style and language gets its faces: what is tried, and what has been found."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from publisher.text.repertoire import repertoire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.faces.face import Face
    from publisher.text.repertoire import Repertoire


class Plan:
    """How text of one role, weight, slant and language gets its faces.

    Attributes:
        main: The face for plain text.
        companion: Leads for Western words when `main` is a CJK face; else None.
        western: Western words go to the companion always.
        chain: What to try after `main`, each opened when it is asked.
        common: Frequent characters that are all main's.
        narrow: Gives the CJK face for words with an apostrophe that is full-width in `main`.
        plain: Characters found to be main's alone, whatever stands beside them.
        chosen: Clusters whose face has been looked for; None: there is none.
    """

    __slots__ = ("chain", "chosen", "common", "companion", "main", "narrow", "plain", "western")

    def __init__(
        self,
        main: Face,
        companion: Face | None,
        chain: tuple[Callable[[], Face], ...],
        *,
        western: bool,
        narrow: Callable[[], Face | None],
    ) -> None:
        self.main = main
        self.companion = companion
        self.western = western
        self.narrow = narrow
        self.chain = chain
        known = _KNOWN.setdefault(main, {})
        if western not in known:
            known[western] = _common(main, western=western)
        self.common = known[western]
        self.plain: set[str] = set()
        self.chosen: dict[str, Face | None] = {}


# A face is opened once for all documents of a batch, and has the same characters for each.
_KNOWN: WeakKeyDictionary[Face, dict[bool, Repertoire | None]] = WeakKeyDictionary()

# Frequent characters that need no look at their neighbours (U+2019 gets one where it stands).
_COMMON = (
    (0x2014, 0x2014),
    (0x2018, 0x2019),
    (0x201C, 0x201D),
    (0x2026, 0x2026),
    (0x3000, 0x3003),
    (0x3005, 0x3011),
    (0x3014, 0x3015),
    (0x3041, 0x3093),
    (0x30A1, 0x30F6),
    (0x30FB, 0x30FC),
    (0x4E00, 0x9FA5),
    (0xFF01, 0xFF5E),
)
_COMMON_HANGUL = (0xAC00, 0xD7A3)
_COMMON_ASCII = (0x20, 0x7E)


def _common(face: Face, *, western: bool) -> Repertoire | None:
    """The frequent characters if `face` has them all."""
    import uharfbuzz as hb

    if not face.has_han:
        return None
    ranges = [*_COMMON, (0x20, 0x20) if western else _COMMON_ASCII]
    covered = face.hb_face.unicodes
    wanted = hb.Set()
    for first, last in ranges:
        wanted.add_range(first, last)
    if not wanted.issubset(covered):
        return None
    if all(code in covered for code in (0xAC00, 0xB9D0, 0xD7A3)):
        hangul = hb.Set()
        hangul.add_range(*_COMMON_HANGUL)
        if hangul.issubset(covered):
            ranges.append(_COMMON_HANGUL)
    return repertoire("".join(f"{chr(first)}-{chr(last)}" for first, last in ranges))


def first_covering(plan: Plan, cluster: str) -> Face | None:
    """The first face that covers a cluster; None when there is none.

    A variation sequence goes to the first face of that face's family that knows it (regional
    faces know different ones). The emoji and text selectors U+FE0F and U+FE0E ask for no glyph of
    a text face, so they count for nothing.
    """
    base, selector = cluster[0], cluster[1:2]
    varies = "\ufe00" <= selector <= "\ufe0d" or "\U000e0100" <= selector <= "\U000e01ef"
    first: Face | None = None
    for face in _faces(plan):
        if first is not None and face.family != first.family:
            break
        if face.covers(cluster):
            if not varies or face.has_variation(base, selector):
                return face
            first = first or face
    return first


def _faces(plan: Plan) -> Iterator[Face]:
    yield plan.main
    for opener in plan.chain:
        face = opener()
        if face is not plan.main:
            yield face


def has_apostrophe(face: Face, text: str) -> bool:
    """Whether a word in `text` holds U+2019 and the face draws that as a full-width quote."""
    if "\u2019" not in text:
        return False
    from publisher.faces import clusters

    return not has_narrow_quotes(face) and clusters.apostrophe_word().search(text) is not None


def has_narrow_quotes(face: Face) -> bool:
    """Whether the face draws curly quotes as Western text has them."""
    return face.widths["\u2019"] <= _NARROW


_NARROW = 600  # 1/1000 em
