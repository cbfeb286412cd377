"""Text that was decoded wrongly before it was saved: as a whole, or a few words of it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.preflight.model import found
from publisher.text.mojibake import is_odd

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.preflight.model import Finding, Paragraph

# What the bytes 80 to BF are in Windows' Western code page and in ISO 8859-1.
_UPPER: Final = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
# What is left of characters that were lost: 锟斤拷 is U+FFFD in UTF-8 read as GBK, 嚙踝蕭 as Big5;
# 烫烫烫 and 屯屯屯 are memory that nobody wrote to; 锘 is a byte order mark.
_LOST: Final = (
    "锟斤拷|(?:锟斤|斤拷|拷锟){2,}|(?:ï¿½)+|嚙踝|嚙踐蕭|烫烫烫+|屯屯屯+|葺葺葺+|锘(?=[\u3400-\u9fff])|"
    "ϵͳ|��ͨ"
)
# Sure signs. No language has letters and marks in such an order.
_SIGNS: Final = (
    # UTF-8 read as Western: two characters of CJK, an accented letter, a quotation mark.
    rf"(?:[ãäåæçèéï]{_UPPER}{{1,2}}[ \u00a0]?){{2,}}|"
    "Ã[\u0080-\u00ba\u00bc-\u00bf]|Â[©®°·\u00a0]|â€[™œ“”˜¦\u009d\u0099]|"
    # UTF-8 read as Shift_JIS.
    "[縺繧][\uff61-\uff9f\ufffdゅ％＞]|縺[^\u3041-\u3096\\s]縺|譁[\ufffd\uff61-\uff9f]"
)
# What gives a paragraph a closer look: such text in other encodings, by its commonest characters.
_HINTS: Final = (
    "[鐨銆锛鈥鍦浜绗鏄涓鍜鏈闂]{2}|[縺繧譁螟蜷][薙ｌ｡-ﾟ縺繧鬘]|ã[\x80-\x83‚ƒ€]|"
    "[åæçèéä][\x80-\xbf€-™]{1,2}|"
    "â€|Ã[\x80-\xbf©¨¤]|ï¼|[ÖÐÎÄ¹úÏÂ]{4}|[嚙蝷頦]{2}|銝|隞|撠|嚗|鈭"
)
# UTF-8 in the bytes that a text has in GB 18030: two characters of CJK or more in a row.
_UTF8: Final = rb"(?:[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc\xbd][\x80-\xbf]){2,}"
# GB 2312, Big5 or EUC-KR read as Western, where it gives common characters.
_WESTERN: Final = "[\u00a1-\u00ff]{6,}"
_EAST_ASIAN: Final = (("gb2312", 0xD7), ("big5", 0xC6), ("euc_kr", 0xC8))
_LONG: Final = 9  # bytes of it that are no accident


def check_decoding(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Findings about text decoded wrongly; one a paragraph, as a rule all of it is."""
    for paragraph in paragraphs:
        if paragraph.text.isascii():
            continue
        told = _lost(paragraph.text) or _signs(paragraph.text) or _inside(paragraph.text)
        if told is not None:
            start, end, detail = told
            yield found("mojibake", paragraph, start, end, detail)


def _lost(text: str) -> tuple[int, int, str] | None:
    match = _compiled(_LOST).search(text)
    return (*match.span(), "characters were lost before") if match else None


def _signs(text: str) -> tuple[int, int, str] | None:
    odd = is_odd(text)
    hint = _compiled(_HINTS).search(text)
    told = _in_part(text, 0) if odd or hint else None
    if told is None and hint:
        told = _in_part(text, hint.start())
    if told is not None:
        return told
    match = _compiled(_SIGNS).search(text) or _compiled(_shift_jis_as_gbk()).search(text)
    if match is None:
        match = next(filter(_is_western, _compiled(_WESTERN).finditer(text)), None)
    return (*match.span(), "") if match else None


def _is_western(match: re.Match[str]) -> bool:
    data = match[0].encode("latin-1")
    data = data[: len(data) // 2 * 2]
    return any(
        all(0xB0 <= lead <= last or encoding == "big5" and lead >= 0xA4 for lead in data[::2])
        and max(data[::2]) <= last
        and _decodes(data, encoding)
        for encoding, last in _EAST_ASIAN
    )


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _in_part(text: str, start: int) -> tuple[int, int, str] | None:
    """Where and how a text, or what is beyond ASCII in it, was decoded wrongly from a place on."""
    from publisher.text.redecode import misread

    run = re.search(r"[^\x00-\x7f]+", text[start:])
    for part in (text[start:], run[0] if run else ""):
        told = misread(part)
        if told is not None:
            wrong, right, made = told
            at = start + next(n for n, char in enumerate(text[start:]) if ord(char) > 0x7F)
            return at, min(len(text), at + 12), f"{right} read as {wrong}: {made.strip()[:20]}"
    return None


def _inside(text: str) -> tuple[int, int, str] | None:
    """A few words of UTF-8 read as GB 18030 within a sound text.

    What is short is believed only where none of its characters is a common one: two characters of
    UTF-8 come about by accident once in some ten thousand characters.
    """
    data = text.encode("gb18030", "replace")
    for match in re.finditer(_UTF8, data):
        try:
            start = len(data[: match.start()].decode("gb18030"))
        except UnicodeDecodeError:
            continue  # it begins inside a character
        read = match[0].decode("gb18030", "ignore")
        sure = len(match[0]) > _LONG
        if text.startswith(read, start) and (sure or not any(map(_is_common, read))):
            made = match[0].decode("utf-8")
            return start, start + len(read), f"utf-8 read as gb18030: {made[:20]}"
    return None


def _is_common(char: str) -> bool:
    """Whether a character is among the first ranks of the national sets, or no ideograph."""
    if not "\u3400" <= char <= "\u9fff":
        return "\u3000" <= char <= "\u30ff" or "\uff00" <= char <= "\uffef"
    for encoding, last in (("gb2312", 0xD7), ("big5", 0xC6), ("shift_jis", 0x97)):
        try:
            if char.encode(encoding)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


@cache
def _shift_jis_as_gbk() -> str:
    """Hiragana in Shift_JIS read as GBK, three in a row: これは as 偙傟偼."""
    read = b"".join(bytes([0x82, trail]) for trail in range(0xA0, 0xF2)).decode("gbk")
    rare = "".join(char for char in read if not _is_common(char))
    return f"(?:[{rare}][\u3400-\u9fff]?){{3}}"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
