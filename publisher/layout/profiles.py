"""Rule sets of the four profiles: where lines break, what marks are wide, how lines are adjusted.

Lengths are em of the character. Sources: CLREQ (hans, hant), JLREQ (ja), KLREQ (ko), GB/T 15834
(hans line ends and dividing marks).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from publisher.record import dataclass
from publisher.text.scripts import ProfileName, profile_of

if TYPE_CHECKING:
    from publisher.theme.model import StyleSheet, TypographyLook

Strictness: TypeAlias = Literal[
    "none", "basic", "gb", "gb-strict", "loose", "normal", "strict", "jlreq", "uax14"
]

# Spacing classes in their states after compression: 1 to 6 are O C S M N E without their blank,
# 7 is a leader and 8 a dash that continues a run (`publisher.layout.measure`).
CLOSERS: Final = "CSMNE23456"


_OFFICE_GAP: Final = 0.2  # em between CJK and Latin in LibreOffice; Word has a quarter


@dataclass(frozen=True, slots=True)
class Profile:
    """How text of one profile is set.

    Attributes:
        name: hans, hant, ja or ko.
        strictness: Which line-break level holds by default.
        keep_all: Hangul words are not broken inside (KLREQ).
        right: Classes with a blank of half an em on their right side (R-group).
        centred: Classes with a quarter on both sides (M-group); they trigger compression.
        fixed: Classes centred in a whole em, whose blank is never touched.
        end: At the end of a line R-group marks are ``half`` always, or ``fit``: whole or half,
            whichever fits; ``half`` and ``fit`` hold for the classes in `right`.
        cjk_quotes: Curly quotes beside Han or kana are full-width marks.
        shrink_stops: Blanks after full stops and dividing marks may be shrunk (last of all).
        gap: Natural gap between CJK and Latin, em; 0 for none.
        gap_shrunk: What is left of the gap when shrunk.
        gap_stretched: What the gap may grow to.
        gap_symbols: ASCII symbols beside Han take the gap too (CSS Text 4, Chinese only).
        pair_marks: ！！ and ？！ are one em together (GB/T 15834).
        dot: Advance of U+00B7 in CJK text, em; 0 leaves it to the font.
        hanging: Stops and commas may hang at line ends, always do, or never.
        first_full: An opening mark keeps its blank at the start of a paragraph.
        compact: A closing mark before an opening one loses its blank as well.
        books: Brackets, commas and colons inside lines give a quarter of an em, not a half.
        natural: Marks keep their blanks everywhere, as in word processors that take none away.
    """

    name: ProfileName
    strictness: Strictness
    right: str
    centred: str
    fixed: str = ""
    keep_all: bool = False
    end: Literal["half", "fit"] = "fit"
    cjk_quotes: bool = False
    shrink_stops: bool = False
    gap: float = 0.25
    gap_shrunk: float = 0.125
    gap_stretched: float = 1 / 3
    gap_symbols: bool = False
    pair_marks: bool = False
    dot: float = 0.0
    hanging: Literal["none", "allow", "force"] = "none"
    first_full: bool = False
    compact: bool = False
    books: bool = False
    natural: bool = False


_PROFILES: Final[dict[ProfileName, Profile]] = {
    "hans": Profile(
        "hans",
        "gb",
        right="CSMNE",
        centred="D",
        end="half",
        cjk_quotes=True,
        shrink_stops=True,
        gap_symbols=True,
        pair_marks=True,
        dot=0.5,
    ),
    "hant": Profile(
        "hant",
        "basic",
        right="C",
        centred="DSMN",
        fixed="SMNE",
        cjk_quotes=True,
        gap_symbols=True,
        dot=1.0,
    ),
    "ja": Profile("ja", "strict", right="CSM", centred="DN", cjk_quotes=True, gap_stretched=0.5),
    "ko": Profile("ko", "normal", right="CSM", centred="DN", keep_all=True, gap=0.0),
}
# zh-HK: commas and stops centred as in hant, yet compressed beside one another.
_HONG_KONG: Final = replace(
    _PROFILES["hant"], right="CSMN", centred="D", fixed="E", end="fit", shrink_stops=False
)


# In vertical text ：；！？ stand below the character before, right of the axis, in a whole em that
# nothing is taken from (GB/T 15834, CLREQ 3.1.6).
# Korean quotes are 「」 and 『』 there (KLREQ), full-width marks.
_UPRIGHT: Final[dict[ProfileName, Profile]] = {
    "hans": replace(_PROFILES["hans"], right="CSM", centred="DN", fixed="NE", pair_marks=False),
    "ko": replace(_PROFILES["ko"], cjk_quotes=True),
}


@cache
def profile_for(
    language: str, strictness: Strictness | None = None, *, vertical: bool = False
) -> Profile:
    """The rule set of a BCP 47 tag, with another line-break level where one is asked for."""
    name = profile_of(language)
    profile = _PROFILES[name]
    if name == "hant" and "hk" in language.casefold().split("-"):
        profile = _HONG_KONG
    if vertical and name in _UPRIGHT:
        profile = _UPRIGHT[name]
    return profile if strictness is None else replace(profile, strictness=strictness)


def with_centred_stops(profile: Profile) -> Profile:
    """A Traditional Chinese rule set for faces that centre stops, commas and colons.

    These have no blank to give, but brackets beside them give theirs.
    """
    own = _PROFILES["hant"]
    return replace(profile, right=own.right, centred=own.centred, fixed=own.fixed)


def profile_in(language: str, sheet: StyleSheet) -> Profile:
    """The rule set of a BCP 47 tag in a style sheet.

    The line-break level and the breaking of words are the document's own language's; the other
    choices hold for every text in it.
    """
    look = sheet.typography
    profile = profile_for(language, vertical=sheet.vertical)
    own = profile.name == sheet.profile
    strictness = look.strictness if own and look.strictness else profile.strictness
    keep_all = profile.keep_all and look.word_break != "syllable"
    # Traditional Chinese centres its marks, and hangs them in vertical writing only (CLREQ 3.1.5).
    hangs = not sheet.filled and (profile.name != "hant" or sheet.vertical)
    hanging = look.hanging if hangs else "none"
    profile = replace(
        profile,
        strictness=cast("Strictness", strictness),
        keep_all=keep_all,
        hanging=hanging,
        first_full=look.first == "full",
        compact=look.compact,
        books=look.books,
        natural=sheet.filled,
    )
    if sheet.filled and profile.gap:
        return replace(profile, gap=_OFFICE_GAP)
    return _with_gap(profile, look) if profile.gap or own else profile


def _with_gap(profile: Profile, look: TypographyLook) -> Profile:
    """A profile with the gap between CJK and Latin that a look asks for."""
    if not look.gap:
        return profile
    if look.gap == "fixed":
        return replace(profile, gap=0.25, gap_shrunk=0.25, gap_stretched=0.25)
    gap = {"0": 0.0, "1/8": 0.125, "1/4": 0.25}[look.gap]
    return replace(profile, gap=gap, gap_shrunk=min(0.125, gap))
