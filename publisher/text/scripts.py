"""Scripts of text, and the rule set a language tag asks for."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, TypeAlias

from publisher.record import NamedTuple

ProfileName: TypeAlias = Literal["hans", "hant", "ja", "ko"]
ScriptTag: TypeAlias = Literal["Hani", "Kana", "Hang", "Bopo", "Latn", "Grek", "Cyrl", "Zyyy"]

# Ranges inside a character class of `re`. Han takes in radicals, 々〆〇〻 and the planes 2 and 3.
HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
KANA = (
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
    "\U0001aff0-\U0001b16f"
)
BOPOMOFO = "\u02ea\u02eb\u3105-\u312f\u31a0-\u31bf"
HANGUL = (
    "\u1100-\u11ff\u3131-\u318e\u3200-\u321e\u3260-\u327e\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"
)
LATIN = (
    "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u1d00-\u1d25\u1d2c-\u1d5c"
    "\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff\uab30-\uab64\ufb00-\ufb06"
)
GREEK = "\u0370-\u03ff\u1f00-\u1fff"
CYRILLIC = "\u0400-\u052f\u1c80-\u1c8a\u2de0-\u2dff\ua640-\ua69f"

_SAMPLE = 20_000  # characters: the beginning tells what the rest is

_HANT = frozenset({"hant", "tw", "hk", "mo"})


@cache
def _runs() -> re.Pattern[str]:
    """Matches a run of one script; compiled on first use, which costs milliseconds."""
    scripts = {
        "Hani": HAN,
        "Kana": KANA,
        "Hang": HANGUL,
        "Latn": LATIN,
        "Bopo": BOPOMOFO,
        "Grek": GREEK,
        "Cyrl": CYRILLIC,
    }
    named = "|".join(f"(?P<{name}>[{ranges}]+)" for name, ranges in scripts.items())
    return re.compile(f"{named}|(?P<Zyyy>[^{''.join(scripts.values())}]+)")


class ScriptRun(NamedTuple):
    """A stretch of one script: first index and one past the last, ISO 15924 code."""

    start: int
    end: int
    script: str


def script_runs(text: str) -> list[ScriptRun]:
    """`text` as runs of one script; marks and digits shared by scripts are ``Zyyy``."""
    return [
        ScriptRun(match.start(), match.end(), match.lastgroup or "Zyyy")
        for match in _runs().finditer(text)
    ]


def shaping_script(text: str) -> str:
    """ISO 15924 code to shape a run of text with: its first own script, ``Hani`` for none.

    Shared punctuation is shaped as Han, because only then are the features of CJK faces on.
    """
    for match in _runs().finditer(text):
        if match.lastgroup != "Zyyy":
            return match.lastgroup or "Hani"
    return "Hani"


def profile_of(language: str, text: str = "") -> ProfileName:
    """The rule set for a BCP 47 tag: CLREQ for zh (by script and region), JLREQ, KLREQ.

    ``zh``, ``zh-CN``, ``zh-SG`` are ``hans``; ``zh-TW``, ``zh-HK``, ``zh-MO`` ``hant`` unless the
    tag says Hans. For an undetermined language, or one that is none of these, the script that
    `text` is written in decides; without text it is ``hans``.
    """
    parts = language.casefold().replace("_", "-").split("-")
    primary, rest = parts[0], parts[1:]
    if primary == "ja":
        return "ja"
    if primary == "ko":
        return "ko"
    if primary in ("zh", "cmn", "yue", "lzh", "nan", "hak", "wuu", "gan", "hsn"):
        if "hans" in rest:
            return "hans"
        hant = primary == "yue" or not _HANT.isdisjoint(rest)
        return "hant" if hant else "hans"
    return _profile_of_text(text)


def _profile_of_text(text: str) -> ProfileName:
    counts = {"Kana": 0, "Hang": 0, "Hani": 0}
    for match in _runs().finditer(text[:_SAMPLE]):
        if match.lastgroup in counts:
            counts[match.lastgroup] += match.end() - match.start()
    if counts["Hang"] > counts["Kana"] and counts["Hang"] * 2 >= counts["Hani"]:
        return "ko"
    # Japanese prose has more kana than this everywhere; a Chinese text may quote a few.
    if counts["Kana"] * 7 >= counts["Hani"] and counts["Kana"]:
        return "ja"
    return "hans"
