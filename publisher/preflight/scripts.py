"""Characters of the other Chinese script, and text that a machine converted between them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.preflight.model import found
from publisher.text.words._forms import SIMPLIFIED, SIMPLIFIED_ONLY, TRADITIONAL, VARIANTS, VARIANTS_OF

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.preflight.model import Finding, Paragraph

_FEW: Final = 2  # characters of the other script that make a mixture, in a text that is long
_SHORT: Final = 200  # characters; in a shorter one a single character does
_KANA_OR_HANGUL: Final = "[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7a3]"
# Characters at home in both: one of each pair is also a word of its own in the other script (乾坤,
# 瞭望 and 获益甚夥 are right in Simplified text; 踪 and 册 are common shapes in Traditional text).
_SHARED: Final = (
    "着于后里只干准几台征云松余谷范丑舍制系面向家出同合回志表卷注周布占采游累了么并"
    "乾瞭徵夥拚吒捱薹醣麴麽踪册儁"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    shapes = frozenset(VARIANTS + VARIANTS_OF + _SHARED)
    simplified = "".join(c for c in SIMPLIFIED_ONLY if c not in shapes)
    # A Simplified form beyond the basic plane is one that few fonts and texts have.
    pairs = zip(TRADITIONAL, SIMPLIFIED, strict=True)
    traditional = "".join(t for t, s in pairs if t not in shapes and s <= "\uffff")
    return re.compile(f"[{simplified}]+"), re.compile(f"[{traditional}]+")


def check_scripts(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Findings about scripts in a Chinese text."""
    from publisher.preflight.templates import placeholder_spans

    chinese = [p for p in paragraphs if not re.search(_KANA_OR_HANGUL, p.text)]
    simplified, traditional = _patterns()
    counts = _script_counts(chinese)
    if not all(counts):
        return
    size = sum(len(p.text) for p in chinese)
    if min(counts) < _FEW and size > _SHORT:
        return
    other = simplified if counts[0] <= counts[1] else traditional
    name = "Simplified" if other is simplified else "Traditional"
    for paragraph in chinese:
        spans = placeholder_spans(paragraph.text)
        for match in other.finditer(paragraph.text):
            if not any(a <= match.start() < b for a, b in spans):
                yield found("script-mix", paragraph, match.start(), match.end(), name)


def _script_counts(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """How many characters are Simplified only, and Traditional only."""
    text = "\n".join(p.text for p in paragraphs)
    simplified, traditional = _patterns()
    return sum(map(len, simplified.findall(text))), sum(map(len, traditional.findall(text)))


def check_conversion(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Findings of over-conversion: every word, with what it should be."""
    from publisher.transforms.repair.suspect import is_suspect

    simplified, traditional = _script_counts(paragraphs)
    if simplified >= traditional:
        return  # what is no Traditional text was not converted to it
    texts = [p.text.replace("\n", " ") for p in paragraphs]
    whole = "\n".join(texts)
    if not is_suspect(whole):
        return
    from publisher.transforms.repair.detect import detect
    from publisher.transforms.repair.mend import changes

    evidence = detect(whole)
    if not evidence.damaged:
        return
    start, number = 0, 0
    for change in changes(whole, evidence):
        while change.start > start + len(texts[number]):
            start += len(texts[number]) + 1
            number += 1
        at = change.start - start
        fix = change.after if change.sure else None
        yield found("over-converted", paragraphs[number], at, at + 1, change.word, fix)
