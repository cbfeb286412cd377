"""Which script and region a text is in, and the OpenCC configurations from there to another."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from publisher.errors import ConfigError
from publisher.text.language import chinese_evidence

Origin: TypeAlias = Literal["", "hans", "hant", "tw", "hk"]

_TARGETS: Final = {
    "zh-hans": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-hans-cn": "zh-Hans",
    "zh-hant": "zh-Hant",
    "zh-tw": "zh-Hant-TW",
    "zh-hant-tw": "zh-Hant-TW",
    "zh-hk": "zh-Hant-HK",
    "zh-mo": "zh-Hant-HK",
    "zh-hant-hk": "zh-Hant-HK",
}
# (origin, target): configurations without and with regional words. Between Traditional regions only
# glyphs change: words would have to go through Simplified, which merges characters. Plain s2t would
# give 羣, 衆 and 爲, which no region writes, so Traditional without a region is as in Taiwan.
_ROUTES: Final[dict[tuple[Origin, str], tuple[tuple[str, ...], tuple[str, ...]]]] = {
    ("hans", "zh-Hant"): (("s2tw",), ("s2twp",)),
    ("hans", "zh-Hant-TW"): (("s2tw",), ("s2twp",)),
    ("hans", "zh-Hant-HK"): (("s2hk",), ("s2hkp",)),
    # Text of no named region may well be the mainland's, whose words are in place: 核心 of Taiwan's
    # computers is 内核, of a party it is not.
    ("hant", "zh-Hans"): (("tw2s",), ("tw2s",)),
    ("tw", "zh-Hans"): (("tw2s",), ("tw2sp",)),
    ("hk", "zh-Hans"): (("hk2s",), ("hk2sp",)),
    ("hant", "zh-Hant-TW"): (("t2tw",), ("t2tw",)),
    ("hk", "zh-Hant-TW"): (("hk2t", "t2tw"), ("hk2t", "t2tw")),
    ("hant", "zh-Hant-HK"): (("tw2t", "t2hk"), ("tw2t", "t2hk")),
    ("tw", "zh-Hant-HK"): (("tw2t", "t2hk"), ("tw2t", "t2hk")),
}
FEW: Final = 5  # characters of one script alone that a chapter needs to be told by itself


def target_language(to: str) -> str:
    """The BCP 47 tag that text converted by ``--to`` has: ``zh-TW`` gives ``zh-Hant-TW``.

    Raises:
        ConfigError: `to` names no Chinese script.
    """
    found = _TARGETS.get(to.strip().lower().replace("_", "-"))
    if found is None:
        import difflib

        near = difflib.get_close_matches(to.lower(), _TARGETS, n=1)
        raise ConfigError(
            f"no Chinese script is called {to!r}",
            code="config.convert",
            hint=f"did you mean {_TARGETS[near[0]]}?"
            if near
            else "known are zh-Hans, zh-Hant, zh-TW and zh-HK",
        )
    return found


def route(origin: Origin, target: str, *, phrases: bool) -> tuple[str, ...]:
    """The configurations for a text; empty when it stays as it is."""
    routes = _ROUTES.get((origin, target))
    return routes[phrases] if routes else ()


def route_back(origin: Origin, target: str, *, phrases: bool) -> tuple[str, ...]:
    """The configurations from a target back to where a text came from."""
    there: dict[str, Origin] = {"zh-Hans": "hans", "zh-Hant-TW": "tw", "zh-Hant-HK": "hk"}
    home = {"hans": "zh-Hans", "tw": "zh-Hant-TW", "hk": "zh-Hant-HK", "hant": "zh-Hant"}
    return route(there.get(target, "hant"), home.get(origin, ""), phrases=phrases)


def is_chinese(language: str) -> bool:
    """True for a tag of Chinese."""
    return language.lower().partition("-")[0] in ("zh", "yue", "cmn")


def origin_of(language: str, text: str) -> Origin:
    """Script and region of a text: the script by its characters, the region by its tag."""
    tag = language.lower()
    simplified, traditional = chinese_evidence(text)
    if simplified + traditional < FEW:
        script = _script_of_tag(tag) or ("hant" if traditional > simplified else "hans")
    else:
        script = "hant" if traditional > simplified else "hans"
    if script == "hans":
        return "hans"
    if tag.endswith(("-tw",)):
        return "tw"
    return "hk" if tag.endswith(("-hk", "-mo")) or tag.startswith("yue") else "hant"


def _script_of_tag(tag: str) -> Literal["", "hans", "hant"]:
    if "hans" in tag or tag.endswith(("-cn", "-sg")):
        return "hans"
    return "hant" if "hant" in tag or tag.endswith(("-tw", "-hk", "-mo")) else ""


def origin_of_tag(tag: str, inherited: Origin) -> Origin:
    """The origin that an inner `lang` says; empty for languages that are not Chinese."""
    if not tag:
        return inherited
    lowered = tag.lower()
    if not is_chinese(lowered):
        return ""
    script = _script_of_tag(lowered)
    if script == "hans":
        return "hans"
    if script == "hant":
        return origin_of(lowered, "")
    return inherited or "hans"


def followed(language: str, target: str) -> str:
    """The tag of Chinese text after conversion; a region that fits the target stays."""
    known = _TARGETS.get(language.lower(), language)
    return known if known.startswith(target) else target
