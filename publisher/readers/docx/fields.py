"""Fields of Word (ECMA-376 part 1, 17.16): what an instruction asks for."""

from __future__ import annotations

import re
from typing import Final

from publisher.record import dataclass, field
from publisher.text.numerals import small_number

_WORDS: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_RUBY: Final = re.compile(
    r"\\o\s*(?:\\a[a-z]+\s*)?\(\s*\\s\s*\\up\s*-?\d+\s*\((.*?)\)\s*[,;]\s*(.*)\)\s*\Z",
    re.IGNORECASE,
)
_ENCLOSED: Final = re.compile(r"\\o\s*(?:\\a[a-z]+\s*)?\(\s*(.)\s*[,;]\s*(.*?)\s*\)\s*\Z")
_CIRCLES: Final = "○〇◯"


@dataclass(frozen=True, slots=True)
class Instruction:
    """A field's name in capitals, its first argument, and its switches without the backslash.

    `values` are the words that follow the switches that take one.
    """

    name: str = ""
    argument: str = ""
    switches: frozenset[str] = frozenset()
    values: dict[str, str] = field(default_factory=dict)


def instruction(text: str) -> Instruction:
    r"""The parts of an instruction such as ``HYPERLINK "https://a.b" \l "here"``."""
    words = [m[1] if m[1] is not None else m[2] for m in _WORDS.finditer(text)]
    if not words:
        return Instruction()
    name, argument = words[0].upper(), ""
    switches: set[str] = set()
    values: dict[str, str] = {}
    last = ""
    for word in words[1:]:
        if word.startswith("\\") and len(word) == 2:
            last = word[1].lower()
            switches.add(last)
        elif last:
            values.setdefault(last, word)
            if not argument and last == "h":  # takes no value
                argument = word
            last = ""
        elif not argument:
            argument = word.replace("\\\\", "\\")
    return Instruction(name, argument, frozenset(switches), values)


def old_ruby(text: str) -> tuple[str, str] | None:
    r"""Base and reading of a phonetic guide as Word 97 wrote it: an ``EQ`` with ``\s\up``."""
    found = _RUBY.search(text)
    return (found[2].strip(), found[1].strip()) if found else None


def enclosed(text: str) -> str:
    r"""The text of an enclosed character made with ``EQ \o``; a ringed figure as one character."""
    found = _ENCLOSED.search(text)
    if found is None:
        return ""
    ring, inner = (found[1], found[2]) if found[1] in _CIRCLES else ("", found[2] or found[1])
    figure = small_number(inner) if ring else None
    if figure is not None and 1 <= figure <= 20:
        return chr(0x245F + figure)
    return inner
