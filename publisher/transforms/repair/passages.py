"""Which parts of a text are looked at: runs of Traditional Han in Chinese paragraphs.

Left out are paragraphs in Japanese and in written Cantonese, clauses in Simplified script, and
characters that are Simplified alone, such as a placeholder that was filled in later.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.text.words._forms import SIMPLIFIED_ONLY, TRADITIONAL

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN: Final = "\u3400-\u9fff\U00020000-\U0003ffff"
_KANA: Final = "[\u3041-\u3096\u30a1-\u30fa]"
_CANTONESE: Final = "[嘅咗喺佢唔啲冇嘢哋嗰]"
_KANA_ENOUGH: Final = 3  # letters: の stands in Chinese names of shops
_CLAUSE: Final = "[^\\s。，、；：！？,.;:!?「」『』“”‘’（）()《》〈〉【】…—]+"


class Passage(NamedTuple):
    """A run of Han characters in one script, and where it begins in the text."""

    start: int
    text: str


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(_CLAUSE),
        re.compile(f"(?:(?![{SIMPLIFIED_ONLY}])[{_HAN}])+"),
        re.compile(f"[{SIMPLIFIED_ONLY}]"),
        re.compile(f"[{TRADITIONAL}]"),
    )


def passages(text: str) -> Iterator[Passage]:
    """The runs of a text that repair looks at, in order."""
    clause, run, simplified, traditional = _patterns()
    start = 0
    for line in text.split("\n"):
        if not _is_foreign(line):
            mixed = simplified.search(line) is not None
            for part in clause.finditer(line) if mixed else (None,):
                found = line if part is None else part[0]
                if mixed and len(simplified.findall(found)) > len(traditional.findall(found)):
                    continue
                offset = start + (0 if part is None else part.start())
                for match in run.finditer(found):
                    yield Passage(offset + match.start(), match[0])
        start += len(line) + 1


def _is_foreign(line: str) -> bool:
    """A paragraph in Japanese or written Cantonese."""
    if line.isascii():
        return True
    if re.search(_CANTONESE, line):
        return True
    return len(re.findall(_KANA, line)) >= _KANA_ENOUGH
