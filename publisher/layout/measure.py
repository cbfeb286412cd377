"""Measured text: what line choice and justification need to know of a paragraph, as arrays.

Every array is made by one pass at C speed. Widths are in units of which a paragraph has `em` to
the em: quarters of an em for text of full-width characters only, pt for all other text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from publisher.layout.breaks import break_penalties
from publisher.record import NamedTuple, dataclass, field
from publisher.text.classes import spacing_letters
from publisher.text.repertoire import Repertoire
from publisher.text.uax14 import BAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.profiles import Profile

QUARTERS: Final = 4  # units to the em of simple text

# Spacing class -> its letter without the blank.
TRIMMED: Final = {"O": "1", "C": "2", "S": "3", "M": "4", "N": "5", "E": "6"}
_TRIMMED_LETTERS: Final = "".join(TRIMMED.values())

# Between two of these, where a line may end, lines are stretched (cjk-typography 8).
STRETCHED: Final = "HKIPQLA78XG"


class Space(NamedTuple):
    """A word space (step 2) or a gap between CJK and Latin (step 6): what it gives and takes."""

    step: int
    shrink: float
    stretch: float


@dataclass(slots=True)
class Measured:
    """A paragraph, measured.

    `pre`, `shrink` and `loose` are running totals of length n + 1: the value at `i` is the total
    over the characters before `i`; `gaps` and `places` count positions up to `i` itself.

    Attributes:
        text: The run table's text.
        classes: Spacing classes in their states after compression.
        em: Units to the em.
        pre: Natural advances.
        start_trim: What a line that starts with this character drops.
        end_trim: What a line that ends with this character drops.
        end_option: What it may drop beyond that, all or nothing.
        shrink: What can be taken away inside a line (steps 2 to 7).
        loose: What word spaces and gaps can take up (steps 1 and 2 of stretch).
        gaps: Gaps before each character that stretch in step 3.
        places: Word spaces and gaps, for step 4.
        penalty: Of a line end before this character; `BAN` and above is none.
        shifts: (position, amount) where natural advances differ from the font's own, in order.
        leads: The part of a shift that belongs to the character behind it, and moves it at the
            start of a line too.
        spaces: Place of each word space or gap -> (step of shrink, shrink, stretch).
        stretches: In simple text: 1 for each position that stretches in step 3, else 0.
        hangs: Indices of marks that may hang at a line end (`publisher.layout.hanging`).
        hyphens: Positions where a line end draws a hyphen.
        centred: Indices of colons that stand in the middle of their blanks, which shrink alike.
    """

    text: str
    classes: str
    em: float
    pre: list[int] | list[float]
    start_trim: Sequence[float]
    end_trim: Sequence[float]
    end_option: Sequence[float]
    shrink: Sequence[float]
    loose: Sequence[float]
    gaps: Sequence[int]
    places: Sequence[int]
    penalty: Sequence[int]
    shifts: list[tuple[int, float]]
    leads: dict[int, float] = field(default_factory=dict)
    spaces: dict[int, Space] = field(default_factory=dict)
    stretches: bytes = b""
    hangs: frozenset[int] = frozenset()
    hyphens: frozenset[int] = frozenset()
    centred: frozenset[int] = frozenset()
    _listed: list[tuple[int, Space]] = field(default_factory=list)

    def spaces_between(self, start: int, end: int) -> list[tuple[int, Space]]:
        """The word spaces and gaps inside ``text[start:end]``, in order."""
        spaces = self.spaces
        if not spaces:
            return []
        if len(self._listed) != len(spaces):
            self._listed = sorted(spaces.items())
        listed = self._listed
        first = bisect_right(listed, start, key=_place)
        return listed[first : bisect_left(listed, end, first, key=_place)]


def _place(space: tuple[int, Space]) -> int:
    return space[0]


@dataclass(frozen=True, slots=True)
class LetterTables:
    """What each spacing class is worth in a profile, as tables for `bytes.translate`; quarters."""

    advance: bytes
    start: bytes
    end: bytes
    option: bytes
    shrink: bytes
    no_start: bytes
    no_end: bytes
    before_gap: bytes
    after_gap: bytes
    states: tuple[tuple[str, re.Pattern[str], str], ...]


_SIMPLE_SAMPLES: Final = {
    "H": "字", "K": "っ", "I": "々", "O": "（", "C": "）", "S": "。", "M": "，", "N": "：",
    "E": "？", "D": "・", "L": "…", "T": "～",
}  # fmt: skip


class SimpleText:
    """Text of full-width characters whose every rule looks at two neighbours.

    Args:
        quotes: Curly quotes are full-width marks.
    """

    def __init__(self, *, quotes: bool) -> None:
        marks = (
            "（［｛〈《「『【〔〖）］｝〉》」』】〕〗。．、，：；！？～〜・々…" + "“”‘’" * quotes
        )
        self._characters = Repertoire(
            f"\u4e00-\u9fff{marks}\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf"
        )

    def fullmatch(self, text: str) -> bool:
        """Whether the whole of a text is simple; leaders are pairs."""
        if not self._characters.holds(text):
            return False
        if "…" not in text:
            return True
        return "………" not in text and 2 * text.count("……") == text.count("…")


@cache
def mark_bans(profile: Profile) -> tuple[frozenset[str], frozenset[str]]:
    """The characters of simple text that no line may begin with, and those none may end with."""
    letters = tables(profile)
    chars = "".join(chr(code) for row in _ROWS for code in range(row << 8, (row << 8) + 256))
    codes = _classes_of(chars)
    no_start, no_end = codes.translate(letters.no_start), codes.translate(letters.no_end)
    return (
        frozenset(char for char, ban in zip(chars, no_start, strict=True) if ban == BAN),
        frozenset(char for char, ban in zip(chars, no_end, strict=True) if ban == BAN),
    )


@cache
def simple_text(profile_quotes: bool) -> SimpleText:
    """What is simple where curly quotes are full-width marks, or are not."""
    return SimpleText(quotes=profile_quotes)


@cache
def tables(profile: Profile) -> LetterTables:
    """The tables of a profile."""
    trimmed = {TRIMMED[letter]: letter for letter in profile.right + "O"}
    shrinks = {"O": 2, "D": 2}
    for letter in profile.right:
        if letter in "SE" and not profile.shrink_stops:
            continue
        shrinks[letter] = 2
    if "N" in profile.centred and "N" not in profile.fixed:
        shrinks["N"] = 2
    if profile.books:
        shrinks.update((letter, 1) for letter in "OCMN" if letter in shrinks)
    ends = dict.fromkeys(profile.right, 2)
    if profile.natural:
        shrinks, ends = {}, {}
    starts, stops = _edges(profile)
    for state, letter in trimmed.items():
        starts[state], stops[state] = starts[letter], stops[letter]
    starts["7"] = starts["8"] = 255
    stretched = STRETCHED if not profile.keep_all else STRETCHED.replace("G", "")
    opens = "".join(c for c in stretched if c not in "78" and starts.get(c, 0) < 255)
    closes = stretched.replace("L", "").replace("A", "")
    # A leader or dash keeps its shape: only the last of a run has a gap after it.
    return LetterTables(
        advance=_table({**dict.fromkeys(_TRIMMED_LETTERS, 2)}, 4),
        start=_table({} if profile.natural else {"O": 2}),
        end=_table(ends if profile.end == "half" else {}),
        option=_table(ends if profile.end == "fit" else {}),
        shrink=_table(shrinks),
        no_start=_table(starts),
        no_end=_table(stops),
        before_gap=_table(dict.fromkeys(closes + "LA", 1)),
        after_gap=_table(dict.fromkeys(opens, 1)),
        states=_states(profile),
    )


def _table(values: dict[str, int], default: int = 0) -> bytes:
    made = bytearray([default]) * 256
    for letter, value in values.items():
        made[ord(letter)] = value
    return bytes(made)


def _edges(profile: Profile) -> tuple[dict[str, int], dict[str, int]]:
    """Penalty of a line start and of a line end by class, asked of the rules themselves."""
    starts, stops = {}, {}
    for letter, char in _SIMPLE_SAMPLES.items():
        found = break_penalties(f"字{char}字", profile)
        starts[letter], stops[letter] = found[1], found[2]
    return starts, stops


def _states(profile: Profile) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """(letter, pattern, state): compression of adjacent marks (cjk-typography 5)."""
    if profile.natural:
        return ()
    made: list[tuple[str, re.Pattern[str], str]] = []
    if profile.pair_marks:
        made.append(("E", re.compile("EE(?!E)(?<!EEE)"), "66"))
    after = profile.right + profile.centred + "W" + _TRIMMED_LETTERS[1:]
    after += "O" if profile.compact else ""
    before = profile.right + profile.centred + "WO" + _TRIMMED_LETTERS
    made += [
        (letter, re.compile(f"{letter}(?=[{after}])"), TRIMMED[letter]) for letter in profile.right
    ]
    made.append(("O", re.compile(f"O(?<=[{before}]O)"), "1"))
    return tuple(made)


def compressed(classes: str, profile: Profile) -> str:
    """Spacing classes with marks that lose their blank beside others put into that state."""
    for letter, pattern, state in tables(profile).states:
        if letter in classes:
            classes = pattern.sub(state, classes)
    if "LL" in classes:
        classes = classes.replace("LL", "L7")
    if "AA" in classes:
        classes = re.sub("(?<=A)A", "8", classes)
    return classes


# Rows of 256 characters, by the high byte of UTF-16, where simple text has its marks and kana.
_ROWS: Final = (0x20, 0x30, 0xFF)
_HAN_ROWS: Final = range(0x34, 0xA0)
_QUOTES: Final = {0x2018: "O", 0x201C: "O", 0x2019: "C", 0x201D: "C"}


@cache
def _rows() -> tuple[bytes, tuple[tuple[bytes, bytes], ...]]:
    """Tables for `_classes_of`: Han by row; for each other row, who is in it and its letters."""
    letters = spacing_letters()
    han = bytes(ord("H") if row in _HAN_ROWS else 0 for row in range(256))
    others = []
    for row in _ROWS:
        chosen = bytes(255 if high == row else 0 for high in range(256))
        codes = range(row << 8, (row << 8) + 256)
        others.append((chosen, bytes(ord(_QUOTES.get(c) or letters[c]) for c in codes)))
    return han, tuple(others)


def _classes_of(text: str) -> bytes:
    """Spacing classes of simple text, curly quotes as marks: many times as fast as a translation.

    The letter follows from the two bytes of a character in UTF-16. Each row's letters are looked
    up for all characters at once and masked out where the row is another one.
    """
    both = text.encode("utf-16-le")
    low, high = both[::2], both[1::2]
    han, others = _rows()
    found = int.from_bytes(high.translate(han), "little")
    for chosen, letters in others:
        mask = int.from_bytes(high.translate(chosen), "little")
        if mask:
            found |= mask & int.from_bytes(low.translate(letters), "little")
    return found.to_bytes(len(low), "little")


_TRIMMED_MARK = re.compile("[1-6]")


def measure_simple(text: str, profile: Profile) -> Measured:
    """Measures text that `simple_text` matches, in quarters of an em."""
    letters = tables(profile)
    classes = compressed(_classes_of(text).decode("ascii"), profile)
    codes = classes.encode("ascii")
    stretches = _both(codes.translate(letters.before_gap), codes.translate(letters.after_gap))
    nothing = bytes(len(codes) + 1)
    shifts = [
        (match.start() + (match[0] != "1"), -2.0) for match in _TRIMMED_MARK.finditer(classes)
    ]
    leads = {at: -2.0 for at, _ in shifts if classes[at : at + 1] == "1"} if shifts else {}
    return Measured(
        text=text,
        classes=classes,
        em=QUARTERS,
        pre=list(accumulate(codes.translate(letters.advance), initial=0)),
        start_trim=codes.translate(letters.start),
        end_trim=codes.translate(letters.end),
        end_option=codes.translate(letters.option),
        shrink=list(accumulate(codes.translate(letters.shrink), initial=0)),
        loose=nothing,
        gaps=list(accumulate(stretches)),
        places=nothing,
        penalty=_either(codes.translate(letters.no_start), codes.translate(letters.no_end)),
        shifts=shifts,
        leads=leads,
        stretches=stretches,
        centred=centred_colons(classes, profile),
    )


def centred_colons(
    classes: str, profile: Profile, start: int = 0, end: int | None = None
) -> frozenset[int]:
    """Indices of the colons of ``classes[start:end]`` that have a blank at each side to shrink."""
    if "N" not in classes or "N" in profile.fixed or "N" not in profile.centred:
        return frozenset()
    found = re.compile("N").finditer(classes, start, len(classes) if end is None else end)
    return frozenset(match.start() for match in found)


def _either(no_start: bytes, no_end: bytes) -> bytes:
    """Penalty of each position from those of the characters on its sides, all at once."""
    starts = int.from_bytes(no_start, "little")
    ends = int.from_bytes(no_end, "little") << 8
    return (starts | ends).to_bytes(len(no_start) + 1, "little")


def _both(before: bytes, after: bytes) -> bytes:
    """For each position whether the characters on both of its sides agree, all at once."""
    behind = int.from_bytes(before, "little") << 8
    return (behind & int.from_bytes(after, "little")).to_bytes(len(before) + 1, "little")
