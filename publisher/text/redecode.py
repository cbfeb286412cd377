"""Ways back from a wrong decoding: which one makes text of lines that are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.events import Diagnostic
from publisher.record import NamedTuple
from publisher.text.likeness import likeness
from publisher.text.mojibake import LATIN_RUN, PAGE_1252

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.events import Report

WELL: Final = 0.5  # of `likeness`: text that needs no mending
_WESTERN_PAGES: Final = ("cp1252", "latin-1")
_WRONG: Final = ("gb18030", *_WESTERN_PAGES, "big5hkscs", "cp932", "cp949")
_RIGHT: Final = ("utf-8", "gb18030", "big5hkscs", "cp932", "cp949", "euc_jp")
_WESTERN_LETTERS: Final = re.compile(f"{PAGE_1252}+")
_BETTER: Final = 0.3  # more likeness, at least, by mending
_FAIRLY: Final = 0.2  # enough where the way is known
_SURELY: Final = 0.8  # of `likeness`: what is left of the right text, by a way that loses some
_CLEARLY: Final = 1.15  # times as much gained as by the next best way
_TELLING: Final = 12  # characters
_MOST: Final = 0.7  # of the bytes that are text in the right encoding
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


def best_way(lines: Sequence[str]) -> Way | None:
    """The way back that makes text of most of the doubtful lines; None when none does clearly."""
    doubtful = [line for _, line in zip(range(60), _doubtful(lines), strict=False)]
    found: list[tuple[float, Way, list[str]]] = []
    for way in (Way(wrong, right) for wrong in _WRONG for right in _RIGHT if wrong != right):
        made = [mended_line(line, way) for line in doubtful]
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
    for line in lines:
        if not line.isascii() and (re.search(LATIN_RUN, line) or likeness(line) < WELL):
            yield line


def tell_lossy(lines: Sequence[str], report: Report, source: str) -> None:
    """Names a wrong decoding that lost characters, so that no way leads back."""
    for number, line in enumerate(lines, 1):
        if line.isascii() or likeness(line) >= WELL:
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


def mended_line(line: str, way: Way, *, known: bool = False) -> str:
    """A line by a way back, if it leads there and back again, to something that looks like text.

    Where other lines have shown the way (`known`), rare characters count as text, too.
    """
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
    well, better = (_FAIRLY, 0.0) if known and way.right == "utf-8" else (WELL, _BETTER)
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


def misread(line: str) -> tuple[str, str, str] | None:
    """(wrong encoding, right one, text) of a line that was decoded wrongly; None for any other.

    Unlike `best_way` this looks at one line alone, also at a short one and at one from which
    characters were lost. Bytes that are UTF-8 from end to end are so by no accident; others have to
    look a good deal better.
    """
    before = likeness(line)
    if not line or line.isascii() or before >= _SURELY + _BETTER:
        return None
    found: list[tuple[bool, float, str, str, str]] = []
    for wrong in _WRONG:
        for right in _RIGHT:
            if wrong == right or (right != "utf-8" and not _is_telling(line, wrong)):
                continue
            told = _tried(line, wrong, right)
            if told is None:
                continue
            made, exact = told
            after = likeness(made, right)
            sure = exact and right == "utf-8"
            well = after >= (WELL if sure else _SURELY)
            if well and (sure or after > before + 2 * _BETTER) and not made.isascii():
                found.append((sure, after, wrong, right, made))
    if not found:
        return None
    _, _, wrong, right, made = max(found, key=lambda each: each[:2])
    return wrong, right, made


def _is_telling(line: str, wrong: str) -> bool:
    """Whether a line is long enough to tell two encodings apart that give letters for any bytes."""
    long = len(_NOT_ASCII.findall(line)) >= _TELLING or wrong in _WESTERN_PAGES
    return long and _is_likely(line, wrong)


def _tried(line: str, wrong: str, right: str) -> tuple[str, bool] | None:
    """A line by a way back, and whether nothing was lost; None where most of it would be."""
    try:
        data = _bytes_of(line, wrong)
        return data.decode(right), True
    except (UnicodeError, ValueError):
        pass
    try:
        data = _bytes_of(line.replace("\ufffd", ""), wrong, "ignore")
        made = data.decode(right, "ignore")
    except UnicodeError:
        return None
    kept = len(made.encode(right, "ignore")) >= _MOST * max(len(data), 2 * len(line) // 3)
    return (made, False) if kept else None
