"""Chapter headings in plain text: only where a line says so and the numbers prove it."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from publisher.readers.plain.paragraphs import is_indented
from publisher.readers.plain.rules import RANKS, Line, read_line, special_kind
from publisher.readers.plain.series import find_series, is_listed
from publisher.record import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from publisher.readers.plain.paragraphs import Piece
    from publisher.tree.nodes import SectionKind

_ENOUGH: Final = 3
_ENOUGH_TIGHT: Final = 5  # lines that may be sentences, and do not stand apart
_SCENES: Final = frozenset(["其"])  # units that are parts of a poem where little stands under them
_PROSE: Final = 150  # characters under a heading that is counted and nothing else, on the average
# The same where no other headings prove that the text is a book; so many of them do, or its size.
_BOOK, _MANY, _LONG = 300, 10, 30_000
_SURE: Final = 0.95


@dataclass(frozen=True, slots=True)
class ChapterHeading:
    """A piece that is a heading: the section's level and kind, the rule that found it, how surely.

    `rule` is ``series`` (numbers of a unit that rise), ``special`` (序章, 後記 ...), ``numbered``
    (bare numbers) or ``pattern``; `confidence` is 0 to 1.
    """

    level: int
    kind: SectionKind
    rule: str = ""
    confidence: float = 1.0


class _Candidate(NamedTuple):
    place: int
    line: Line
    apart: bool  # with blank lines before and after, or not indented where the text is

    @property
    def unit(self) -> str:
        return self.line.unit

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def rank(self) -> int:
        return RANKS[self.line.unit]


def find_chapters(pieces: Sequence[Piece]) -> dict[int, ChapterHeading]:
    """The headings among `pieces`, by index.

    A unit (章, 回, 卷 ...) counts when at least three lines have it and their numbers rise,
    starting over under a higher unit or with a run of their own; a line that may be a sentence
    counts where its number is the one that is missing. Lines of a printed table of contents, one
    under the other with nothing between, do not count. 序章, 後記 and the like count beside
    chapters, and so do bare numbers (一, 二) below them.
    """
    candidates, contents = _candidates(pieces)
    proven = _proven(candidates)
    if not proven:
        return _counted_book(pieces)
    scenes = [found for found in proven if found[0].unit in _SCENES]
    if scenes and (len(proven) > 1 or not _has_text(scenes[0], pieces)):
        proven = [found for found in proven if found not in scenes]
    if not proven:
        return {}
    ranks = sorted({found[0].rank for found in proven})
    headings: dict[int, ChapterHeading] = {}
    for found in proven:
        level = ranks.index(found[0].rank) + 1
        kind = _kind(found[0].rank, ranks)
        odd = _out_of_order(found)
        for c in found:
            sure = _SURE - 0.1 * (c.line.doubt + (not c.apart) + (c.place in odd))
            headings[c.place] = ChapterHeading(level, kind, "series", round(sure, 2))
    headings.update(_specials(pieces, headings, contents))
    return _with_numbers(pieces, headings)


def numbered(piece: Piece) -> tuple[str, int] | None:
    """The unit and number of a line that is numbered like a chapter; None for any other."""
    line = read_line(piece)
    return None if line is None else (line.unit, line.number)


def heading_like(pieces: Sequence[Piece]) -> list[int]:
    """Indexes of lines apart from the text that have the look of a heading, proven or not.

    Besides chapters, lines that begin with a bare number count: ``一、起``, ``1. 起``, ``一``.
    """
    return [
        place
        for place, piece in enumerate(pieces)
        if _is_apart(piece)
        and (_is_clear(read_line(piece)) or special_kind(piece.text) or is_listed(piece.text))
    ]


def named_parts(pieces: Sequence[Piece], beside: Mapping[int, int]) -> dict[int, SectionKind]:
    """序章, 結語, あとがき ... of an article, by index: beside headings with numbers, and apart."""
    if not beside:
        return {}
    return {
        place: kind
        for place, piece in enumerate(pieces)
        if place not in beside and _is_apart(piece) and (kind := special_kind(piece.text))
    }


def _is_clear(line: Line | None) -> bool:
    return line is not None and line.rule != "prefixed"


# ------------------------------------------------------------------------------------ candidates


def _candidates(pieces: Sequence[Piece]) -> tuple[list[_Candidate], set[int]]:
    """The numbered lines outside a printed table of contents, and the places of the table's."""
    lines = [(place, line) for place, piece in enumerate(pieces) if (line := read_line(piece))]
    prefixes = Counter(line.prefix for _, line in lines if line.prefix)
    indented = _is_indented_text(pieces)
    found = [
        _Candidate(p, line, _is_apart(pieces[p]) or (indented and not is_indented(pieces[p].raw)))
        for p, line in lines
        # Before a chapter's number stands the book's name, or a numbered volume's.
        if not line.prefix or prefixes[line.prefix] >= _ENOUGH or line.rule == "of volume"
    ]
    found = [c for c in found if not repeats_heading(pieces, c.place)]
    contents = _contents(found, pieces)
    return [c for c in found if c.place not in contents], contents


def repeats_heading(pieces: Sequence[Piece], place: int) -> bool:
    """True for a line that says once more what the line above it does, as copies of pages have."""
    return place > 0 and pieces[place].text == pieces[place - 1].text


def _is_apart(piece: Piece) -> bool:
    return (piece.before > 0 or piece.start == 1) and piece.after > 0


def _is_indented_text(pieces: Sequence[Piece]) -> bool:
    """Whether paragraphs are indented, so that a line which is not stands out."""
    long = [piece for piece in pieces[:2000] if len(piece.text) > 20]
    return sum(is_indented(p.raw) for p in long) * 10 > len(long) * 6


def _contents(found: Sequence[_Candidate], pieces: Sequence[Piece]) -> set[int]:
    """Places of a printed table of contents: headings that follow each other directly.

    Three and more, some of one unit; the first that comes a second time is the text's own.
    """
    at = {c.place: c for c in found}
    contents: set[int] = set()
    place, size = 0, len(pieces)
    while place < size:
        if place not in at:
            place += 1
            continue
        start = end = place
        while start and special_kind(pieces[start - 1].text):
            start -= 1  # 序章, above the first chapter of the table
        while end < size and (end in at or special_kind(pieces[end].text)):
            end += 1
        units = Counter(at[p].unit for p in range(place, end) if p in at)
        if end - place >= _ENOUGH and max(units.values()) > 1 and end < size:
            seen: set[str] = set()
            for p in range(start, end):
                text = _entry(pieces[p].text)
                if text in seen or (p in at and _number_of(at[p]) in seen):
                    break
                seen |= {text, _number_of(at[p]) if p in at else text}
                contents.add(p)
        place = end
    return contents


def _entry(text: str) -> str:
    """A line of a table of contents without its page number."""
    return "".join(text.split()).rstrip("0123456789.…·")


def _number_of(candidate: _Candidate) -> str:
    """What tells one chapter from another, where no volumes let numbers start over."""
    return f"{candidate.unit} {candidate.number} {_entry(candidate.line.title)}"


# ----------------------------------------------------------------------------------------- proof


def _proven(candidates: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """The lines of each unit that counts."""
    units: dict[tuple[str, bool], list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        # 三章 is no heading among those that are written 第三章.
        units[candidate.unit, candidate.line.rule == "bare"].append(candidate)
    proven: dict[tuple[str, bool], list[_Candidate]] = {}
    for unit, everything in units.items():
        clear = _without_strays([c for c in everything if not c.line.doubt])
        if len(clear) >= _ENOUGH and _rises(clear, candidates):
            proven[unit] = _joined(clear, everything)
            continue
        near = [c for c in everything if c.line.doubt < 2]
        steps = [two.number - one.number for one, two in pairwise(near)]
        enough = _ENOUGH if all(c.apart for c in near) else _ENOUGH_TIGHT
        if len(near) >= enough and all(s == 1 for s in steps):
            proven[unit] = near
    if not proven:
        return []
    # Volumes may be few; they need chapters that are proven.
    lowest = max(found[0].rank for found in proven.values())
    chapters = {c.place for found in proven.values() for c in found}
    followers = {one.place: two.place for one, two in pairwise(candidates)}
    for unit, found in units.items():
        if unit in proven or found[0].rank >= lowest:
            continue
        leads = [
            c
            for c in found
            if (not c.line.doubt and followers.get(c.place) in chapters)
            or (c.line.doubt == 1 and c.place + 1 in chapters)
        ]
        if leads and _rises(leads, candidates):
            proven[unit] = leads
    return list(proven.values())


def _without_strays(found: list[_Candidate]) -> list[_Candidate]:
    """Without lines that break a series which is whole without them, and do not stand apart."""
    if sum(c.apart for c in found) * 5 < len(found) * 4:
        return found
    strays = {
        two.place
        for one, two, three in zip(found, found[1:], found[2:], strict=False)
        if not two.apart and three.number == one.number + 1 and two.number != three.number
    }
    return [c for c in found if c.place not in strays]


def _joined(clear: list[_Candidate], everything: Sequence[_Candidate]) -> list[_Candidate]:
    """`clear` with those doubtful lines that have a number which is missing in it."""
    mostly_apart = sum(c.apart for c in clear) * 2 > len(clear)
    taken = {c.place for c in clear}
    found: list[_Candidate] = []
    rest = iter([*clear, None])
    after = next(rest)
    for candidate in everything:
        while after is not None and after.place <= candidate.place:
            after = next(rest)
        if candidate.place in taken:
            found.append(candidate)
        elif candidate.line.doubt and (candidate.apart or not mostly_apart):
            before = found[-1].number if found else 0
            follows = bool(found) and candidate.number == before + 1
            leads = after is not None and candidate.number == after.number - 1 > before
            free = after is None or after.number != candidate.number
            if (follows or leads) and free:
                found.append(candidate)
    return found


def _rises(found: Sequence[_Candidate], everything: Sequence[_Candidate]) -> bool:
    """True when the numbers go up, mostly by one, or by any step where all lines stand apart.

    They start over after a higher unit, or where the text begins again: with a run that rises
    from a number as low as the first. One slip in five steps is an author's miscount.
    """
    rank = found[0].rank
    higher = [c.place for c in everything if c.rank < rank]
    usual = falls = longest = 0
    run = 1
    at = 0
    for one, two in pairwise(found):
        run += 1
        while at < len(higher) and higher[at] <= one.place:
            at += 1
        if two.number < one.number and not (at < len(higher) and higher[at] < two.place):
            longest, run = max(longest, run - 1), 1
            falls += two.number > found[0].number
        usual += two.number == one.number + 1 or two.number < one.number
    steps = len(found) - 1
    if steps == 0:
        return True
    if falls * 5 > steps or len(found) >= _ENOUGH > max(longest, run):
        return False
    different = len({c.number for c in found}) > 1
    return different and (usual * 5 >= steps * 3 or all(c.apart for c in found))


def _out_of_order(found: Sequence[_Candidate]) -> set[int]:
    """Places whose number is neither the next nor a new beginning."""
    return {
        two.place for one, two in pairwise(found) if two.number != one.number + 1 and two.number > 1
    }


def _kind(rank: int, ranks: Sequence[int]) -> SectionKind:
    chapter = 3 if 3 in ranks and 4 not in ranks else 4 if 4 in ranks else ranks[-1]
    if rank <= 2 and rank != ranks[-1]:
        return "volume" if rank == 1 else "part"
    if rank < chapter:
        return "part"
    return "section" if rank > chapter else "chapter"


# ------------------------------------------------------------------------------------ the others


def _specials(
    pieces: Sequence[Piece],
    headings: Mapping[int, ChapterHeading],
    contents: Iterable[int] = (),
) -> dict[int, ChapterHeading]:
    """序章, 後記, 番外 ...: alone on a line with blank lines or headings about them."""
    chapter = min((h.level for h in headings.values() if h.kind == "chapter"), default=1)
    first, last = min(headings), max(headings)
    # Where chapters have no blank lines about them, neither do the others.
    tight = 2 * sum(not _is_apart(pieces[place]) for place in headings) > len(headings)
    left_out = set(contents)
    found: dict[int, ChapterHeading] = {}
    for place, piece in enumerate(pieces):
        if place in headings or place in left_out or piece.start != piece.end:
            continue
        if kind := special_kind(piece.text):
            if not (tight or piece.before or piece.after):
                continue
            outside = place < first or place > last
            level = 1 if outside and kind != "chapter" else chapter
            sure = 0.85 if _is_apart(piece) else 0.7
            found[place] = ChapterHeading(level, kind, "special", sure)
    return found


def _counted_book(pieces: Sequence[Piece]) -> dict[int, ChapterHeading]:
    """Chapters with bare numbers (``1、集市``, ``二``) in a text that is long under each."""
    levels = find_series(pieces, prose=_BOOK)
    size = sum(len(piece.text) for piece in pieces) if levels else 0
    if sum(level == 1 for level in levels.values()) < _MANY and size < _LONG:
        return {}  # an article, if anything, with sections
    headings = {
        place: ChapterHeading(level, "chapter" if level == 1 else "section", "numbered", 0.8)
        for place, level in levels.items()
    }
    headings.update(_specials(pieces, headings))
    return headings


def _with_numbers(
    pieces: Sequence[Piece], headings: dict[int, ChapterHeading]
) -> dict[int, ChapterHeading]:
    """The headings with bare numbers below them, where these start over under several."""
    levels = find_series(pieces, above=headings, prose=_PROSE)
    lowest = max(h.level for h in headings.values())
    for place, level in levels.items():
        found = ChapterHeading(min(lowest + level, 6), "section", "numbered", 0.75)
        headings.setdefault(place, found)
    return headings


def _has_text(found: Sequence[_Candidate], pieces: Sequence[Piece]) -> bool:
    ends = [*(c.place for c in found[1:]), len(pieces)]
    size = sum(
        sum(len(p.text) for p in pieces[c.place + 1 : end])
        for c, end in zip(found, ends, strict=True)
    )
    return size >= _PROSE * len(found)
