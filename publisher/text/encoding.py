"""Bytes to text: our own rule first, a second voice when it is not sure.

The order: byte order mark; escape sequences (ISO-2022, HZ); valid UTF-8; then every candidate
decodes a sample and the one with the largest share of common characters wins. Candidates are the
superset encodings (GB18030 for GB2312 and GBK, Big5-HKSCS, CP932, CP949), as files are labelled
more narrowly than they are written.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from publisher.errors import EncodingError, UnsupportedFormat
from publisher.events import Diagnostic, ignore
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from publisher.events import Report


class Decoded(NamedTuple):
    """Text, the encoding it was in (a Python codec name), and how sure that is (0 to 1)."""

    text: str
    encoding: str
    confidence: float


# The superset that a narrower label is read as.
_READ_AS: Final = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "euc-kr": "cp949",
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "utf_8": "utf-8-sig",
    "ansi": "cp1252",
}

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_MAGIC: Final = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"PK\x03\x04", "a zip file (Word, EPUB and OpenDocument files are zip files)"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint file"),
    (b"{\\rtf", "an RTF file"),
    (b"MZ\x90\x00", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b\x08", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"OTTO\x00", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"ID3", "a sound file"),
    (b"OggS\x00", "a sound or video file"),
    (b"RIFF", "a sound, video or WebP file"),
)

_SAMPLE: Final = 48_000
_CONTROLS: Final = bytes([*range(8), 0x0E, 0x0F, *range(0x10, 0x1A), *range(0x1C, 0x20), 0x7F])
_KOREAN_7BIT: Final = b"\x1b$)C"  # what ISO-2022-KR begins with
_NOT_ASCII: Final = re.compile("[^\x00-\x7f]")

# One warning for each, and the text goes on, up to this share of damaged characters.
_TOLERATED: Final = 1 / 200
_UNSURE: Final = 0.12


def decode(data: bytes, encoding: str = "", report: Report = ignore, source: str = "") -> Decoded:
    """The text of `data`; `encoding` overrides the detection.

    A byte order mark is taken off. A cut last character and a few bad bytes become U+FFFD, with
    a warning that names the offset of the first.

    Raises:
        EncodingError: `data` is text in no known encoding, or not in the one given.
        UnsupportedFormat: `data` is not text.
    """
    if encoding:
        return _as_told(data, encoding, source)
    for mark, name in _MARKS:
        if data.startswith(mark) and not (name == "utf-16-le" and len(data) == 2):
            return _finish(data[len(mark) :], name, 1.0, report, source)
    refuse_binary(data, source)
    order = _utf16_by_nuls(data[:_SAMPLE])
    if order:
        return _finish(data, order, 0.95, report, source)
    if data.isascii():
        return _ascii(data, report, source)
    utf8 = _as_utf8(data, report, source)
    return utf8 or _by_score(data, report, source)


def refuse_binary(data: bytes, source: str = "") -> None:
    """Sees that `data` may be text.

    Raises:
        UnsupportedFormat: It is not; the message says what it looks like.
    """
    looks = next((what for magic, what in _MAGIC if data.startswith(magic)), "")
    if looks.endswith("sound file") and not re.match(rb"ID3[\x02-\x04]\x00", data):
        looks = ""
    if data[4:8] == b"ftyp":
        looks = "a video or HEIC file"
    if not looks:
        head = data[:_SAMPLE]
        if _KOREAN_7BIT in head:
            head = head.replace(b"\x0e", b"").replace(b"\x0f", b"")  # its shifts
        strange = len(head) - len(head.translate(None, _CONTROLS))
        if (
            strange > 3
            and strange * 20 > len(head)
            and not any(_rows(head, side) for side in (0, 1))
        ):
            looks = "a binary file"
    if looks:
        raise UnsupportedFormat(
            f"is not text: it looks like {looks}",
            code="source.binary",
            where=source,
            hint="give the text, Markdown or HTML it was made from",
        )


def _as_told(data: bytes, encoding: str, source: str) -> Decoded:
    name = _READ_AS.get(encoding.strip().lower(), encoding.strip())
    for mark, marked in _MARKS:
        if data.startswith(mark) and marked.startswith(name.lower().replace("_", "-")[:6]):
            data, name = data[len(mark) :], marked
            break
    try:
        info = codecs.lookup(name)
        text = data.decode(name)
    except (LookupError, ValueError) as problem:
        if isinstance(problem, UnicodeDecodeError):
            raise EncodingError(
                f"is not {encoding}: byte {problem.start} "
                f"(0x{data[problem.start]:02X}) fits nothing there",
                where=source,
                hint="leave --encoding out to have it found, or name the right one",
            ) from problem
        raise EncodingError(
            f"there is no encoding {encoding!r}",
            where=source,
            hint="such as utf-8, gb18030, big5hkscs, cp932, euc-jp, cp949",
        ) from problem
    if not isinstance(text, str):
        raise EncodingError(f"{encoding!r} is not an encoding of text", where=source)
    return Decoded(text, "utf-8" if info.name == "utf-8-sig" else info.name, 1.0)


def _ascii(data: bytes, report: Report, source: str) -> Decoded:
    """ASCII, or one of the encodings that switch by escape sequences."""
    if _KOREAN_7BIT in data:
        return _finish(data, "iso2022_kr", 1.0, report, source)
    if b"\x1b$" in data or b"\x1b(J" in data:
        return _finish(data, "iso2022_jp_2", 1.0, report, source)
    if re.search(rb"~\{(?:[\x21-\x7e]{2})+~\}", data):
        return _finish(data, "hz", 0.95, report, source)
    return Decoded(data.decode("ascii"), "utf-8", 1.0)


def _as_utf8(data: bytes, report: Report, source: str) -> Decoded | None:
    """The text if the data is UTF-8, with surrogates left in or a little damage; else None."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 1.0)
    except UnicodeDecodeError:
        pass
    try:
        # Surrogates written one by one (CESU-8) are handled where text is cleaned.
        return Decoded(data.decode("utf-8", "surrogatepass"), "utf-8", 0.99)
    except UnicodeDecodeError:
        pass
    sample = data[: 4 * _SAMPLE].decode("utf-8", "replace")
    bad = sample.count("\ufffd")
    good = len(_NOT_ASCII.findall(sample)) - bad
    # Text in another encoding is hardly ever valid UTF-8 for more than a character or two.
    if good >= 4 * bad and (bad <= 1 or bad <= good * _TOLERATED):
        return _finish(data, "utf-8", 0.9, report, source)
    return None


def _by_score(data: bytes, report: Report, source: str) -> Decoded:
    from publisher.text.likeness import ranking

    ranked = ranking(data)
    best, name = ranked[0]
    # Big5-HKSCS and CP950 agree on nearly all text: their nearness says nothing.
    family = {"big5hkscs", "cp950"}
    second = next(s for s, n in ranked[1:] if n != name and not {n, name} <= family)
    margin = best - second
    if best < 0.1:
        raise EncodingError(
            "is text in no encoding that we know",
            where=source,
            hint="name it with --encoding, or save the file as UTF-8",
        )
    if margin < _UNSURE or best < 0.5:
        _second_voice(data, name, report, source)
    confidence = max(0.0, min(1.0, best)) * min(1.0, 0.5 + margin)
    return _finish(data, name, round(confidence, 2), report, source)


def _utf16_by_nuls(data: bytes) -> str:
    """The byte order if NULs (of Latin letters, line ends) all stand on one side; else empty."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if odd > max(1, even * 8) and odd * 100 > len(data) and _rows(data, 1):
        return "utf-16-le"
    if even > max(1, odd * 8) and even * 100 > len(data) and _rows(data, 0):
        return "utf-16-be"
    return ""


def _rows(data: bytes, side: int) -> bool:
    """True when nearly all bytes of one side could be the high bytes of CJK text or ASCII."""
    high = data[side::2]
    rows = bytes([0x00, 0x20, 0x30, 0xFF, *range(0x4E, 0xA0), *range(0xAC, 0xD8)])
    return len(high.translate(None, rows)) * 20 <= len(high)


def _second_voice(data: bytes, ours: str, report: Report, source: str) -> None:
    """Asks charset-normalizer and warns when it hears another encoding."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    other = _READ_AS.get(best.encoding, best.encoding) if best is not None else ""
    family = {"big5hkscs": "big5", "cp950": "big5", "euc_jp": "eucjp", "euc_jis_2004": "eucjp"}
    if not other or family.get(other, other) == family.get(ours, ours):
        return
    try:
        if data.decode(other) == data.decode(ours):
            return
    except (UnicodeDecodeError, LookupError):
        pass
    report(
        Diagnostic(
            "source.encoding-unsure",
            "warning",
            (("encoding", ours), ("other", other)),
            source=source,
            hint="name the right one with --encoding if the text is garbled",
        )
    )


def _finish(data: bytes, name: str, confidence: float, report: Report, source: str) -> Decoded:
    """The whole text by one encoding; damage becomes U+FFFD, with a warning for the first."""
    try:
        return Decoded(data.decode(name), name, confidence)
    except UnicodeDecodeError as problem:
        at, size = problem.start, len(data)
    text = data.decode(name, "replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode()) * (name == "utf-8")
    beyond = len(_NOT_ASCII.findall(text))
    if bad > 2 and bad > beyond * _TOLERATED * 4:
        raise EncodingError(
            f"looks like {name}, but byte {at} and {bad - 1} other places fit nothing there",
            where=source,
            hint="name the encoding with --encoding, or save the file as UTF-8",
        )
    cut = size - at <= 3 and bad == 1
    code = "source.encoding-cut" if cut else "source.encoding-damaged"
    args = (("count", str(max(bad, 1))), ("encoding", name), ("offset", str(at)))
    line = data.count(b"\n", 0, at) + 1
    report(Diagnostic(code, "warning", args, source=source, line=line))
    return Decoded(text, name, confidence)
