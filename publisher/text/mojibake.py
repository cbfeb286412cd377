"""Text that was decoded wrongly, and saved so: 鏂囧瓧, ä¸­æ–‡, ÖÐÎÄ, 文字化け as 譁�ｭ怜喧縺.

What a wrong decoding gave is turned back into the bytes it was and decoded rightly, where both
ways lead back exactly; what was lost in between (锟斤拷, 烫烫烫) can only be named.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from publisher.events import Diagnostic

if TYPE_CHECKING:
    from publisher.events import Report

# What is left of characters that were lost, how it begins, and what it is called.
_LOST: Final = (
    ("锟斤", "锟斤拷|(?:锟斤|斤拷|拷锟){2,}", "锟斤拷"),
    ("ï¿½", "(?:ï¿½){2,}", "ï¿½"),
    ("烫烫烫", "烫烫烫+", "烫烫烫"),
    ("屯屯屯", "屯屯屯+", "屯屯屯"),
    ("葺葺葺", "葺葺葺+", "葺葺葺"),
)
# The letters of Windows' Western code page, in a row, as no language has them.
PAGE_1252: Final = (
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
LATIN_RUN: Final = f"{PAGE_1252}{{4,}}"  # compiled where there are such letters
# Letters that such a row never lacks, by the commonest bytes of each encoding.
_TYPICAL: Final = "åäæçèéãìíëêÃ¤µÀÇ‚ƒÖÐ¸¥"
_ENTITY: Final = re.compile(r"&#(?:x[0-9a-fA-F]{3,6}|\d{4,7});")
_ENTITIES: Final = 8  # and more are no accident
_SAMPLE: Final = 9_000
# Letters that make an eighth or more of any text of these languages, and a few per cent at most of
# what a wrong decoding gives (measured over all pairs of encodings here): a text that has them
# needs no closer look, which costs 15 ms to load. Kana stays kana between EUC-JP and GB 18030, and
# the closer look does not tell these two apart either.
_EVERYDAY: Final = (
    "的一是不了在人有我中他这這个個们們上大为為和国國到以说說时時要就出会會可也对對生能而子得於于"
    "下自之年过過发發后後作用道行所家事成方多经經来來学學如同のにをたはがでとしいるてな"
    "이다는에을의가고은도지하"
)
_HEALTHY: Final = 0.1
_ODD: Final = 0.04
_FEW: Final = 60  # letters, too few for a share to say anything
# Characters beyond ASCII in all lines that are mended. Bytes are UTF-8 by no accident; of other
# encodings nearly all are.
_LEAST: Final = 6
_LEAST_OF_OTHERS: Final = 16
_NOT_ASCII: Final = re.compile("[^\x00-\x7f]")


def mend(text: str, report: Report, source: str, *, entities: bool = False) -> str:
    """The text, mended where it was decoded wrongly; what was done or is lost is reported.

    Args:
        text: Decoded text.
        report: Takes one diagnostic for the mending, one for what is lost.
        source: The source's name.
        entities: Numeric entities of HTML are text, too (not in HTML itself).
    """
    _tell_lost(text, report, source)
    if entities:
        text = _without_entities(text, report, source)
    if not _is_suspect(text):
        return text
    from publisher.text.redecode import best_way, mended_line, tell_lossy

    lines = text.split("\n")
    way = best_way(lines)
    if way is None:
        tell_lossy(lines, report, source)
        return text
    mended = [mended_line(line, way, known=True) for line in lines]
    changed = [n for n, (old, new) in enumerate(zip(lines, mended, strict=True)) if old != new]
    size = sum(len(_NOT_ASCII.findall(line)) for line in {mended[n] for n in changed})
    if size < (_LEAST if way.right == "utf-8" else _LEAST_OF_OTHERS):
        return text
    args = (
        ("count", str(len(changed))),
        ("right", way.right),
        ("text", lines[changed[0]].strip()[:20]),
        ("wrong", way.wrong),
    )
    report(Diagnostic("text.mojibake-mended", "warning", args, source=source, line=changed[0] + 1))
    return "\n".join(mended)


def _tell_lost(text: str, report: Report, source: str) -> None:
    for begins, pattern, name in _LOST:
        found = re.search(pattern, text) if begins in text else None
        if found:
            count = sum(1 for _ in re.finditer(pattern, text))
            line = text.count("\n", 0, found.start()) + 1
            args = (("count", str(count)), ("text", name))
            report(Diagnostic("text.mojibake-lost", "warning", args, source=source, line=line))


def _without_entities(text: str, report: Report, source: str) -> str:
    if "&#" not in text:
        return text
    found = list(zip(range(_ENTITIES), _ENTITY.finditer(text), strict=False))
    if len(found) < _ENTITIES:
        return text
    made = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    line = text.count("\n", 0, found[0][1].start()) + 1
    args = (("text", found[0][1][0]),)
    report(Diagnostic("text.entities", "warning", args, source=source, line=line))
    return made


def _is_suspect(text: str) -> bool:
    """Most of it does not look like text, or there are rows of Western letters with accents."""
    if text.isascii():
        return False
    if any(char in text for char in _TYPICAL) and re.search(LATIN_RUN, text):
        return True
    sample = _sample(text)
    if _everyday(sample) >= _HEALTHY:
        return False
    from publisher.text.likeness import likeness
    from publisher.text.redecode import WELL

    return likeness(sample) < WELL


def _everyday(text: str) -> float:
    """The share of everyday letters in what is beyond ASCII; 0 where that is little."""
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return sum(map(text.count, _EVERYDAY)) / beyond if beyond >= _FEW else 0.0


def is_odd(text: str) -> bool:
    """Whether a text beyond ASCII has hardly an everyday letter, as a wrong decoding has none."""
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return beyond > 0 and sum(map(text.count, _EVERYDAY)) < _ODD * beyond


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    third = _SAMPLE // 3
    middle = len(text) // 2
    return text[:third] + text[middle : middle + third] + text[-third:]
