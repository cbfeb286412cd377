"""Stretches in which a mark is part of something else than a sentence: addresses, code, faces."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# Without one of these there is none.
_HINT: Final = r"[/<{}`=_^\\@$|*&]|[:;=]['o^-]?[()DPp\]\[]|:[a-z]|\w\(|\[[A-Z/]+\]|[(（][^\w\s]"

_HAN: Final = "\u3005-\u3007\u3041-\u3096\u30a1-\u30ff\u3400-\u9fff\uac00-\ud7a3"
# What a path may hold; a comma in it is mostly the sentence's.
_PART: Final = r"[^\s\"“”，。；、,;:!?]"
# An address goes on over Han only where more of an address follows.
_ADDRESS: Final = rf"(?:(?:https?|ftp|file)://|www\.)[!-~]+(?:[{_HAN}]+(?:[/#=&%_-]|\?\w+=)[!-~]*)*"
# Faces by marks; letters stand for a mouth at the end of a phrase only.
_FACES: Final = (
    r"(?<![0-9A-Za-z])[:;=][o'^-]?[)\](\[]+(?![^()\n]*\))"
    r"|(?<![0-9A-Za-z案项項选選])[:;][o'^-]?[DPp](?![0-9A-Za-z])"
    r"|[(（][^\w\s()（）《〈「『【“‘\"']{1,3}[^\s()（）A-Za-z0-9\u3400-\u9fff]{0,6}[^\w\s()（）]{1,3}[)）]"
    r"|\(?[\^>T;=-]_[\^<T;=-]\)?"
)
# Lengths are bounded, so that no text takes more than its length.
_PATTERN: Final = "|".join(
    (
        _ADDRESS,
        r"[0-9A-Za-z_.+-]{1,64}@[0-9A-Za-z-]{1,64}(?:\.[0-9A-Za-z-]+)+",
        r"`[^`\n]+`",
        r"\$\{[^{}\n]*\}|\{\{[^{}\n]*\}\}|%[({][^(){}\n]*[)}]",
        # A JSON object, a call with a string, an attribute, an element, an entity, a shortcode.
        r"\{[^{}\n\"']{0,9}[\"'][^{}\n]{0,400}\}",
        r"(?<![0-9A-Za-z_])[A-Za-z_][0-9A-Za-z_.]{0,80}\((?:[^()\n]{0,200}?[\"'=][^()\n]{0,400}|)\)",
        r"(?<![0-9A-Za-z_])[A-Za-z_][0-9A-Za-z_-]{0,80}=(?:\"[^\"\n]*\"|'[^'\n]*')",
        r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>\n]*)?/?>|<!--[^\n]{0,2000}?-->",
        r"&(?:#[0-9]+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);",
        r":[a-z][a-z0-9_+-]{0,40}:",
        # Paths of files, also with names in Han.
        rf"(?<![0-9A-Za-z])[A-Za-z]:\\{_PART}*|(?<![\w/])~?/[\w.{_HAN}-]+/{_PART}*",
        _FACES,
    )
)
# Entries of reference lists have half-width marks by their own standard (GB/T 7714, 7.1).
_REFERENCE: Final = r"\[(?:[MCGNJDRSPZA]|DB|CP|EB)(?:/(?:MT|DK|CD|OL))?\]"
# What an address may end in is mostly the sentence's.
_TAIL: Final = ".,;:!?)\"'"


def kept_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of `text` that no rule may touch, as pairs of indices in order."""
    if not _compiled(_HINT).search(text):
        return ()
    if _compiled(_REFERENCE).search(text):
        return ((0, len(text)),)
    found = []
    for match in _compiled(_PATTERN).finditer(text):
        start, end = match.span()
        if match.group().startswith(("http", "www", "ftp", "file")):
            end = start + len(match.group().rstrip(_TAIL))
        elif ")" in match.group() and match.group()[0] in ":;=" and _is_open(text[:start]):
            continue  # it closes a bracket
        found.append((start, end))
    return tuple(found)


def _is_open(text: str) -> bool:
    count = text.count
    return count("(") + count("（") > count(")") + count("）")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
