"""What the rules for marks share: an edit, and a text seen as classes of characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from publisher.record import NamedTuple, Record, dataclass
from publisher.text.classes import spacing_letters

if TYPE_CHECKING:
    from publisher.text.scripts import ProfileName

Kind: TypeAlias = Literal[
    "halfwidth-punct",
    "halfwidth-bracket",
    "straight-quote",
    "quote-form",
    "ellipsis",
    "dash",
    "doubled-punct",
    "stray-space",
    "fullwidth-alnum",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

# A letter of Han or kana, unlike the class ``H``, which has wide symbols and pictographs as well.
LETTER: Final = (
    "[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u3400-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)

# Classes of `spacing_classes` that are of the CJK side, and those that say nothing about their side
# so that what stands behind them does. Of our own are ``q`` straight quotes, ``o`` and ``c`` ASCII
# brackets, ``y`` ASCII stops, ``b`` a line feed.
CJK: Final = frozenset("HKIOCSMNEDTFPQ")
_NEUTRAL: Final = frozenset("sgWmjzhuvqocyLAB")
_NEAR: Final = 24

_OWN: Final = {"q": "\"'", "o": "([{", "c": ")]}", "y": ",.;:!?", "b": "\n\u2028", "s": "\t"}
_PHRASE_END: Final = re.compile("[SEuvqbOC]")


class Edit(NamedTuple):
    """A change that a text needs.

    Attributes:
        start: Index of its first character in the text as it is.
        end: Index past its last one.
        before: What stands there.
        after: What should.
        kind: The family of the fault.
        sure: Whether it is certain; what is not is a matter of taste or may be meant as it is.
    """

    start: int
    end: int
    before: str
    after: str
    kind: Kind
    sure: bool


class _Letters(dict[int, str]):
    """Code point -> class: that of `spacing_classes`, apart from ASCII marks and wide letters."""

    def __init__(self) -> None:
        super().__init__((ord(char), kind) for kind, chars in _OWN.items() for char in chars)
        self.update((code, "n") for code in range(0xFF10, 0xFF1A))
        self.update((code, "a") for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))

    def __missing__(self, code: int) -> str:
        letter = self[code] = spacing_letters()[code]
        return letter


@cache
def _letters() -> dict[int, str]:
    return _Letters()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class View(Record):
    """A text as the rules see it.

    Attributes:
        text: The text.
        classes: One letter a character.
        profile: Whose marks it should have.
        kept: Stretches that no rule touches (addresses, code), as pairs of indices in order.
        following: The beginning of the next paragraph.
        damaged: Whether half-width stops stood between its Han characters.
        regional: Whether it is set for another region than its author's.
    """

    text: str
    classes: str
    profile: ProfileName
    kept: tuple[tuple[int, int], ...] = ()
    following: str = ""
    damaged: bool = False
    regional: bool = False

    def side(self, at: int, step: int) -> str:
        """The class of the first character from `at` on that tells its side; empty at an edge.

        `step` is 1 to the right, -1 to the left. A line feed is an edge.
        """
        classes, end = self.classes, len(self.classes)
        for _ in range(_NEAR):
            if not 0 <= at < end or classes[at] == "b":
                return ""
            if classes[at] not in _NEUTRAL:
                return classes[at]
            at += step
        return ""

    def free(self, start: int, end: int) -> bool:
        """Whether no kept stretch has a part of this one."""
        place = bisect_right(self.kept, (start, len(self.text))) - 1
        if place >= 0 and self.kept[place][1] > start:
            return False
        return not (place + 1 < len(self.kept) and self.kept[place + 1][0] < end)

    def in_foreign_phrase(self, at: int) -> bool:
        """Whether the phrase round `at` has more words in other scripts than letters of CJK."""
        # A word or two of CJK between words with a space to both sides: visited 北京, then left.
        word = self.text[at + 1 : at + 2] == " " and self.text[at + 2 : at + 3].islower()
        if word and self.classes[max(0, at - 8) : at].rstrip("HKI").endswith("as"):
            return True
        before = self.classes[max(0, at - 48) : at]
        ends = [match.end() for match in _PHRASE_END.finditer(before)]
        before = before[ends[-1] :] if ends else before
        after = self.classes[at + 1 : at + 49]
        stop = _PHRASE_END.search(after)
        after = after[: stop.start()] if stop else after
        return foreign(before + "s" + after)


def view_of(
    text: str,
    profile: ProfileName,
    kept: tuple[tuple[int, int], ...] = (),
    following: str = "",
    *,
    damaged: bool = False,
    regional: bool = False,
) -> View:
    """`text` with its classes; what is kept is an object of no script."""
    classes = text.translate(_letters())
    if kept:
        pieces: list[str] = []
        at = 0
        for start, end in kept:
            pieces += (classes[at:start], "X" * (end - start))
            at = end
        classes = "".join([*pieces, classes[at:]])
    return View(text, classes, profile, kept, following, damaged, regional)


def foreign(classes: str) -> bool:
    """Whether a phrase is of another script than CJK, counting words against characters."""
    own = sum(map(classes.count, "HKI"))
    return len(re.findall("a+|G+", classes)) > own + 1
