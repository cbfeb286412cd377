"""Which regional face a language tag asks for."""

from __future__ import annotations

# In the order in which they stand in for one another.
REGIONS = ("zh-Hans", "zh-Hant", "zh-Hant-HK", "ja", "ko")


def region(tag: str) -> str:
    """The regional face for a BCP 47 tag, or an empty string for other languages.

    ``zh-Hans`` for zh, zh-CN, zh-SG; ``zh-Hant`` for zh-TW; ``zh-Hant-HK`` for zh-HK, zh-MO.
    """
    parts = tag.casefold().replace("_", "-").split("-")
    language, rest = parts[0], parts[1:]
    if language in ("ja", "ko"):
        return language
    if language in ("yue", "wuu", "nan", "hak", "lzh", "cmn", "gan", "hsn"):
        rest = [*rest, "hant", "hk"] if parts == ["yue"] else rest
    elif language != "zh":
        return ""
    if "hk" in rest or "mo" in rest:
        return "zh-Hans" if "hans" in rest else "zh-Hant-HK"
    if "hant" in rest or ("tw" in rest and "hans" not in rest):
        return "zh-Hant"
    return "zh-Hans"
