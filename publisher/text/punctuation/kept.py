"""Stretches in which a mark is part of something else than a sentence: addresses, code, faces."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# Without one of these there is none.
_HINT: Final = r"[/<{}`=_^\\@$|*&]|[:;8=]['o^-]?[()DPp\]\[]|:[a-z]|\w\(|\[[A-Z/]+\]|[(（][^\w\s]"

_HAN: Final = "\u3005-\u3007\u3041-\u3096\u30a1-\u30ff\u3400-\u9fff\uac00-\ud7a3"
# What a path may hold; a comma in it is mostly the sentence's.
_PART: Final = r"[^\s\"“”，。；、,;:!?]"
# An address goes on over Han only where more of an address follows.
_ADDRESS: Final = rf"(?:(?:https?|ftp|file)://|www\.)[!-~]+(?:[{_HAN}]+(?:[/#=&%_-]|\?\w+=)[!-~]*)*"
# Faces by marks; letters stand for a mouth at the end of a phrase only.
_FACES: Final = (
    r"(?<![0-9A-Za-z])[:;8=][o'^-]?[)\](\[]+(?![^()\n]*\))"
    r"|(?<![0-9A-Za-z案项項选選])[:;][o'^-]?[DPp](?![0-9A-Za-z])"
    r"|[(（][^\w\s()（）]{1,3}[^\s()（）A-Za-z0-9\u3400-\u9fff]{0,6}[^\w\s()（）]{1,3}[)）]"
    r"|\(?[\^>T;=-]_[\^<T;=-]\)?"
)
_PATTERN: Final = "|".join(
    (
        _ADDRESS,
        r"[0-9A-Za-z_.+-]+@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+",
        r"`[^`\n]+`",
        r"\$\{[^{}\n]*\}|\{\{[^{}\n]*\}\}|%[({][^(){}\n]*[)}]",
        # A JSON object, a call with a string, an attribute, an element, an entity, a shortcode.
        r"\{[^{}\n]*[\"']\s*:[^{}\n]*\}",
        r"(?<![0-9A-Za-z_])[A-Za-z_][0-9A-Za-z_.]*\((?:[^()\n]*[\"'=][^()\n]*|)\)",
        r"(?<![0-9A-Za-z_])[A-Za-z_][0-9A-Za-z_-]*=(?:\"[^\"\n]*\"|'[^'\n]*')",
        r"</?[A-Za-z!][^<>\n]*>",
        r"&(?:#[0-9]+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);",
        r":[a-z][a-z0-9_+-]*:",
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
        found.append((start, end))
    return tuple(found)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
