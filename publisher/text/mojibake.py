"""Text that was decoded wrongly, and saved so: 鏂囧瓧, ä¸­æ–‡, ÖÐÎÄ, 文字化け as 譁�ｭ怜喧縺.

What a wrong decoding gave is turned back into the bytes it was and decoded rightly, where both
ways lead back exactly; what was lost in between (锟斤拷, 烫烫烫) can only be named.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from publisher.events import Diagnostic
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.events import Report

_WESTERN_PAGES: Final = ("cp1252", "latin-1")
_WRONG: Final = ("gb18030", *_WESTERN_PAGES, "big5hkscs", "cp932", "cp949")
_RIGHT: Final = ("utf-8", "gb18030", "big5hkscs", "cp932", "cp949", "euc_jp")
# The letters of Windows' Western code page, in a row, as no language has them.
_PAGE_1252: Final = (
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_LATIN_RUN: Final = re.compile(f"{_PAGE_1252}{{4,}}")
_WESTERN_LETTERS: Final = re.compile(f"{_PAGE_1252}+")
# What is left of characters that were lost, how it begins, and what it is called.
_LOST: Final = (
    ("锟斤", "锟斤拷|(?:锟斤|斤拷|拷锟){2,}", "锟斤拷"),
    ("ï¿½", "(?:ï¿½){2,}", "ï¿½"),
    ("烫烫烫", "烫烫烫+", "烫烫烫"),
    ("屯屯屯", "屯屯屯+", "屯屯屯"),
    ("葺葺葺", "葺葺葺+", "葺葺葺"),
)
# Letters that such a row never lacks, by the commonest bytes of each encoding.
_TYPICAL: Final = "åäæçèéãìíëêÃ¤µÀÇ‚ƒÖÐ¸¥"
_ENTITY: Final = re.compile(r"&#(?:x[0-9a-fA-F]{3,6}|\d{4,7});")
_ENTITIES: Final = 8  # and more are no accident
_SAMPLE: Final = 9_000
_WELL: Final = 0.5  # of `likeness`: text that needs no mending
_BETTER: Final = 0.3  # more likeness, at least, by mending
_FAIRLY: Final = 0.2  # enough where the way is known
_SURELY: Final = 0.8  # of `likeness`: what is left of the right text, by a way that loses some
_CLEARLY: Final = 1.15  # times as much gained as by the next best way
# Characters beyond ASCII in all lines that are mended. Bytes are UTF-8 by no accident; of other
# encodings nearly all are.
_LEAST: Final = 6
_LEAST_OF_OTHERS: Final = 16
_NOT_ASCII: Final = re.compile("[^\x00-\x7f]")
_LETTERS: Final = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\ue000-\ufaff]")
_MOSTLY: Final = 0.6  # of what is beyond ASCII
_ACCENTED: Final = 0.4  # of a line
_WESTERN: Final = {
    ord(bytes([code]).decode("cp1252", "ignore") or chr(code)): code for code in range(0x80, 0xA0)
}


class Way(NamedTuple):
    """The encoding that a text was wrongly read in, and the one that it is in."""

    wrong: str
    right: str


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
    lines = text.split("\n")
    way = _best_way(lines)
    if way is None:
        _tell_lossy(lines, report, source)
        return text
    mended = [_mended_line(line, way, known=True) for line in lines]
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
    from publisher.text.likeness import likeness

    if text.isascii():
        return False
    if any(char in text for char in _TYPICAL) and _LATIN_RUN.search(text):
        return True
    return likeness(_sample(text)) < _WELL


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    third = _SAMPLE // 3
    middle = len(text) // 2
    return text[:third] + text[middle : middle + third] + text[-third:]


def _best_way(lines: Sequence[str]) -> Way | None:
    """The way back that makes text of most of the doubtful lines; None when none does clearly."""
    from publisher.text.likeness import likeness

    doubtful = [line for _, line in zip(range(60), _doubtful(lines), strict=False)]
    found: list[tuple[float, Way, list[str]]] = []
    for way in (Way(wrong, right) for wrong in _WRONG for right in _RIGHT if wrong != right):
        made = [_mended_line(line, way) for line in doubtful]
        changed = [new for old, new in zip(doubtful, made, strict=True) if new != old]
        if changed:
            gain = sum(len(line) * likeness(line, way.right) for line in changed)
            found.append((gain, way, made))
    if not found:
        return None
    found.sort(key=lambda each: -each[0])
    gain, way, made = found[0]
    others = (g for g, _, other in found[1:] if other != made)
    # Encodings that share rows of characters give likely text from one another's bytes.
    return way if gain > _CLEARLY * next(others, 0.0) else None


def _doubtful(lines: Sequence[str]) -> Iterator[str]:
    from publisher.text.likeness import likeness

    for line in lines:
        if not line.isascii() and (_LATIN_RUN.search(line) or likeness(line) < _WELL):
            yield line


def _tell_lossy(lines: Sequence[str], report: Report, source: str) -> None:
    """Names a wrong decoding that lost characters, so that no way leads back."""
    from publisher.text.likeness import likeness

    for number, line in enumerate(lines, 1):
        if line.isascii() or likeness(line) >= _WELL:
            continue
        for wrong in _WRONG:
            try:
                data = _bytes_of(line.replace("\ufffd", ""), wrong, "ignore")
            except UnicodeError:
                continue
            made = data.decode("utf-8", "ignore")
            if len(made) * 3 >= len(line) and likeness(made) > _SURELY:
                args = (("text", line.strip()[:20]), ("wrong", wrong))
                report(Diagnostic("text.mojibake", "warning", args, source=source, line=number))
                return


def _mended_line(line: str, way: Way, *, known: bool = False) -> str:
    """A line by a way back, if it leads there and back again, to something that looks like text.

    Where other lines have shown the way (`known`), rare characters count as text, too.
    """
    from publisher.text.likeness import likeness

    if line.isascii() or (way.right != "utf-8" and not _is_likely(line, way.wrong)):
        return line
    try:
        data = _bytes_of(line, way.wrong)
        made = data.decode(way.right)
        if _read_as(made.encode(way.right), way.wrong) != line:
            return line
    except (UnicodeError, ValueError):
        return line
    before, after = likeness(line), likeness(made, way.right)
    well, better = (_FAIRLY, 0.0) if known and way.right == "utf-8" else (_WELL, _BETTER)
    if after < well or after < before + better or "\ufffd" in made:
        return line
    return made


def _is_likely(line: str, wrong: str) -> bool:
    """What the encoding gives for bytes of another: rows of its own letters, little else."""
    beyond = len(_NOT_ASCII.findall(line))
    if wrong in _WESTERN_PAGES:
        # No language has so many letters with accents.
        western = sum(map(len, _WESTERN_LETTERS.findall(line)))
        return western == beyond and beyond >= _ACCENTED * len(line.strip())
    return len(_LETTERS.findall(line)) >= _MOSTLY * beyond


def _bytes_of(text: str, encoding: str, errors: str = "strict") -> bytes:
    """The bytes that a text was read from; in the Western code page as browsers read it."""
    if encoding == "cp1252":
        return text.translate(_WESTERN).encode("latin-1", errors)
    return text.encode(encoding, errors)


def _read_as(data: bytes, encoding: str) -> str:
    if encoding != "cp1252":
        return data.decode(encoding)
    return data.decode("latin-1").translate({code: char for char, code in _WESTERN.items()})
