"""Chapter headings in plain text: only where a line says so and the numbers prove it."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from publisher.readers.plain.paragraphs import display_width
from publisher.record import dataclass
from publisher.text.numerals import NUMERAL_CLASS, parse_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.readers.plain.paragraphs import Piece
    from publisher.tree.nodes import SectionKind

# Columns, full-width characters counting two; titles of old novels are couplets of up to 2 x 9.
MAX_HEADING: Final = 72
_ENOUGH: Final = 3

_UNITS: Final = "章回节節卷部篇集幕折話话册冊장화권부회절막편"
_NUMBERED: Final = re.compile(
    rf"(?:正文[\s　]+)?(?:第|제)[\s　]*([{NUMERAL_CLASS}]{{1,12}})[\s　]*([{_UNITS}])(.*)",
    re.DOTALL,
)
_ENGLISH: Final = re.compile(
    r"(chapter|part|book|volume)\s+(\d{1,4}|[ivxlc]{1,8})((?:\s*[.:：—–-]\s*|\s+)\S.*|[.:]?)",
    re.IGNORECASE | re.DOTALL,
)
_LISTED: Final = re.compile(rf"[{NUMERAL_CLASS}]{{1,5}}(?:[、.．][\s　]*\S.*(?<![。！？；，：…])|)")
_LISTED_MAX: Final = 30
_BARE_VOLUME: Final = re.compile(
    rf"(卷)[\s　]*([{NUMERAL_CLASS}]{{1,12}})([\s　:：].*|)", re.DOTALL
)
# What follows the unit when the line is not a heading: 第一回合, 第三部隊, 第二節目 ...
_PART_OF_WORD: Final = re.compile(
    "(?:回[合家头頭来來报報]|部[隊队門门分份下]|[節节]目|卷[子入宗]|章[程法]|集[团團合体體]|"
    "幕[后後僚]|篇[幅章]|話題|话题|册子|冊子|회[의사]|부[대문분]|화[면재]|장[면소])"
)
# A sentence, begun or finished. What follows the unit directly may be a title too (第三章再見),
# but not a particle that ties it to what comes.
_NOT_TITLE: Final = re.compile(
    "[。；;，,、：:]$|[裡里中上]他|。.|^(?:[裡里的了]|から|まで|では|には|は(?!じ)|[がをの]|"
    "[은는이가을를의에](?![가-힣]))|(?:…|——)$"
)
_SENTENCE: Final = re.compile("[。；;，,、：:…]$|。")
_RANKS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("部", "권", "part", "book"), 1),
    **dict.fromkeys(("卷", "册", "冊", "集", "篇", "편", "부", "volume"), 2),
    **dict.fromkeys((*"章回話话幕折장화막회", "chapter"), 3),
    **dict.fromkeys("节節절", 4),
}


def _special(words: str, rest: str = r"[\s　:：].{0,20}") -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(words.split())})(?:{rest})?")


_SPECIAL: Final[tuple[tuple[SectionKind, re.Pattern[str]], ...]] = (
    (
        "preface",
        _special("""
            序[章幕]? 自序 代序 序言 序文 前言 引子 引言 楔子 緣起 缘起 プロローグ はじめに
            まえがき 프롤로그 머리말 서문"""),
    ),
    (
        "afterword",
        _special("""
            後記 后记 跋 尾聲 尾声 終章 终章 結語 结语 完本感言 エピローグ あとがき おわりに
            에필로그 맺음말 후기"""),
    ),
    (
        "extra",
        _special("番外篇? 外傳 外传 番外編 外伝 외전", r"[\s　:：\d一二三四五六七八九十之].{0,20}"),
    ),
    ("appendix", _special("附錄 附录 付録 부록", r"[\s　:：\d一二三四五六七八九十].{0,20}")),
)


@dataclass(frozen=True, slots=True)
class ChapterHeading:
    """A piece that is a heading: the section's level and kind."""

    level: int
    kind: SectionKind


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    unit: str
    number: int
    apart: bool = True  # with blank lines before and after


def find_chapters(pieces: Sequence[Piece]) -> dict[int, ChapterHeading]:
    """The headings among `pieces`, by index.

    A unit (章, 回, 卷 ...) counts when at least three lines have it and their numbers rise,
    starting over under a higher unit or with a run of their own. Lines of a printed table of
    contents, one under the other with nothing between, do not count. 序章, 後記 and the like
    count beside chapters.
    """
    candidates = [c for place, piece in enumerate(pieces) if (c := _candidate(place, piece))]
    candidates = _without_contents(candidates, len(pieces))
    units: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        units[candidate.unit].append(candidate)
    # Volumes may be few; they need chapters that are proven.
    proven = {u: c for u, c in units.items() if len(c) >= _ENOUGH and _rises(c, candidates)}
    if not proven:
        return {}
    lowest = min(_RANKS[unit] for unit in proven)
    chapters = {c.place for found in proven.values() for c in found}
    followers = {one.place: two.place for one, two in pairwise(candidates)}
    for unit, found in units.items():
        leads = [c for c in found if followers.get(c.place) in chapters]
        if unit not in proven and _RANKS[unit] < lowest and leads and _rises(leads, candidates):
            proven[unit] = leads
    ranks = sorted({_RANKS[unit] for unit in proven})
    headings: dict[int, ChapterHeading] = {}
    for unit, found in proven.items():
        level = ranks.index(_RANKS[unit]) + 1
        kind = _kind(_RANKS[unit], level, len(ranks))
        headings.update((c.place, ChapterHeading(level, kind)) for c in found)
    headings.update(_specials(pieces, headings))
    return headings


def numbered(place: int, piece: Piece) -> tuple[str, int] | None:
    """The unit and number of a line that is numbered like a chapter; None for any other."""
    candidate = _candidate(place, piece)
    return None if candidate is None else (candidate.unit, candidate.number)


def heading_like(pieces: Sequence[Piece]) -> list[int]:
    """Indexes of lines apart from the text that have the look of a heading, proven or not.

    Besides chapters, lines that begin with a bare number count: ``一、起``, ``1. 起``, ``一``.
    """
    return [
        place
        for place, piece in enumerate(pieces)
        if _is_apart(piece)
        and (_candidate(place, piece) or _special_kind(piece) or _is_listed(piece.text))
    ]


def _is_listed(text: str) -> bool:
    return len(text) <= _LISTED_MAX and bool(_LISTED.fullmatch(text))


def _kind(rank: int, level: int, levels: int) -> SectionKind:
    if rank <= 2 and level < levels:
        return "volume" if rank == 1 else "part"
    return "section" if rank == 4 and level > 1 else "chapter"


def _candidate(place: int, piece: Piece) -> _Candidate | None:
    text = piece.text
    if len(text) > MAX_HEADING or piece.end != piece.start or display_width(text) > MAX_HEADING:
        return None
    match = _NUMBERED.fullmatch(text)
    if match:
        digits, unit, rest = match.groups()
    else:
        match = _BARE_VOLUME.fullmatch(text) or _ENGLISH.fullmatch(text)
        if not match:
            return None
        unit, digits, rest = match.groups()
    if rest and (_PART_OF_WORD.match(unit + rest[:1]) or _NOT_TITLE.search(rest)):
        return None
    number = parse_number(digits)
    return None if number is None else _Candidate(place, unit.lower(), number, _is_apart(piece))


def _is_apart(piece: Piece) -> bool:
    return (piece.before > 0 or piece.start == 1) and piece.after > 0


def _without_contents(candidates: list[_Candidate], pieces: int) -> list[_Candidate]:
    """Without runs of three and more lines that follow each other directly."""
    kept: list[_Candidate] = []
    run: list[_Candidate] = []
    for candidate in [*candidates, None]:
        if candidate and (not run or candidate.place == run[-1].place + 1):
            run.append(candidate)
            continue
        if len(run) >= _ENOUGH and run[-1].place + 1 < pieces:
            # The last one may already be the first real heading (volume, then chapter).
            kept += run[-1:] if any(c.number == run[-1].number for c in run[:-1]) else []
        else:
            kept += run
        run = [candidate] if candidate else []
    return kept


def _rises(found: Sequence[_Candidate], everything: Sequence[_Candidate]) -> bool:
    """True when the numbers go up, mostly by one, or by any step where all lines stand apart.

    They start over after a higher unit, or where the text begins again: with a run that rises
    from a number as low as the first. One slip in five steps is an author's miscount.
    """
    higher = [c.place for c in everything if _RANKS[c.unit] < _RANKS[found[0].unit]]
    usual = falls = longest = 0
    run = 1
    for one, two in pairwise(found):
        run += 1
        if two.number < one.number and not any(one.place < p < two.place for p in higher):
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


def _specials(
    pieces: Sequence[Piece], headings: Mapping[int, ChapterHeading]
) -> dict[int, ChapterHeading]:
    """序章, 後記, 番外 ...: alone on a line with blank lines or headings about them."""
    chapter = min((h.level for h in headings.values() if h.kind == "chapter"), default=1)
    first = min(headings)
    last = max(headings)
    # Where chapters have no blank lines about them, neither do the others.
    tight = 2 * sum(not _is_apart(pieces[place]) for place in headings) > len(headings)
    found: dict[int, ChapterHeading] = {}
    for place, piece in enumerate(pieces):
        kind = "" if place in headings else _special_kind(piece, tight=tight)
        if kind:
            outside = place < first or place > last
            found[place] = ChapterHeading(1 if outside else chapter, kind)
    return found


def _special_kind(piece: Piece, *, tight: bool = False) -> SectionKind | Literal[""]:
    """What a line that names an unnumbered part of a book begins; empty for any other."""
    text = piece.text
    apart = tight or piece.before or piece.after
    if len(text) > MAX_HEADING or not apart or _SENTENCE.search(text):
        return ""
    return next((kind for kind, pattern in _SPECIAL if pattern.fullmatch(text)), "")
