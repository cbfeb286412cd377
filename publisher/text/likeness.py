"""How much bytes look like text in each encoding: the share of common characters they decode to.

Apart from `encoding` because its tables are only needed for text that is not UTF-8.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from publisher.record import NamedTuple
from publisher.text import _common

SAMPLE: Final = 48_000
_WIDE_MARKS: Final = "　、。「」『』・ー！？，．：；（）《》〈〉“”‘’…—【】〜～"
_KANA: Final = "ぁ-んァ-ヶ"
_OTHER_WIDE: Final = re.compile(
    "[\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\u3000-\u30ff\uff00-\uff60\U00020000-\U0003ffff]"
)
# What a wrong decoding yields and a text hardly ever holds.
_STRANGE: Final = re.compile(
    "[\ufffd\ue000-\uf8ff\uff61-\uff9f\u0080-\u009f\u2500-\u257f\u0400-\u04ff\u3300-\u33ff"
    "\u3131-\u318e\u0100-\u024f\u1e00-\u1eff\u0600-\u1fff\ua000-\ua4ff\U000f0000-\U0010ffff]"
)
_LATIN: Final = re.compile("(?<![^\x00-\x7f])[À-ÖØ-öø-ÿ“”‘’–—«»°©®…](?![^\x00-\x7f])")
_NOT_ASCII: Final = re.compile("[^\x00-\x7f]")


class _Candidate(NamedTuple):
    name: str
    common: re.Pattern[str]


def _one_of(*characters: str) -> re.Pattern[str]:
    return re.compile(f"[{''.join(characters)}]")


_CHINESE: Final = _one_of(_common.SIMPLIFIED, _common.TRADITIONAL, _WIDE_MARKS)
_HANT: Final = _one_of(_common.TRADITIONAL, _WIDE_MARKS)
_JAPANESE: Final = _one_of(_common.KANJI, _KANA, _WIDE_MARKS)
_KOREAN: Final = _one_of(_common.HANGUL, _WIDE_MARKS)
_ANY: Final = _one_of(
    _common.SIMPLIFIED, _common.TRADITIONAL, _common.KANJI, _common.HANGUL, _KANA, _WIDE_MARKS
)
_CANDIDATES: Final = (
    _Candidate("gb18030", _CHINESE),
    _Candidate("big5hkscs", _HANT),
    _Candidate("cp950", _HANT),
    _Candidate("cp932", _JAPANESE),
    _Candidate("euc_jp", _JAPANESE),
    _Candidate("cp949", _KOREAN),
    _Candidate("cp1252", _LATIN),
)


def ranking(data: bytes) -> list[tuple[float, str]]:
    """(score, encoding) of every candidate, the likeliest first; 1 is text of common characters."""
    sample = _sample(data)
    ranked = [(_score(sample, c), -place, c.name) for place, c in enumerate(_CANDIDATES)]
    for order in ("utf-16-le", "utf-16-be"):
        if len(data) >= 4:
            score = _score(data[: SAMPLE // 2 * 2], _Candidate(order, _ANY))
            ranked.append((score, 1, order))
    ranked.sort(reverse=True)
    return [(score, name) for score, _, name in ranked]


def _sample(data: bytes) -> bytes:
    """A few stretches of whole lines that hold other bytes than ASCII."""
    if len(data) <= SAMPLE:
        return data
    first = re.search(rb"[\x80-\xff]", data)
    starts = [first.start() if first else 0, len(data) // 2, len(data) * 7 // 8]
    parts: list[bytes] = []
    for start in starts:
        # No encoding here has 0x0A as second byte, so a line's beginning is a character's.
        at = data.rfind(b"\n", 0, start) + 1 if start < SAMPLE else data.find(b"\n", start) + 1
        stop = data.rfind(b"\n", at, at + SAMPLE // 3)
        parts.append(data[at : stop if stop > at else at + SAMPLE // 3])
    return b"\n".join(parts)


def likeness(text: str, encoding: str = "") -> float:
    """How much a text looks like Chinese, Japanese or Korean; -1 for ASCII.

    1 is text of common characters; what a wrong decoding gives is low or below 0. With `encoding`,
    one of the candidates, those of its language count.
    """
    usual = next((c.common for c in _CANDIDATES if c.name == encoding), _ANY)
    return _text_score(text, usual)


def _score(sample: bytes, candidate: _Candidate) -> float:
    """Share of common characters among those beyond ASCII, less what damage and oddity cost."""
    decoder = codecs.getincrementaldecoder(candidate.name)("replace")
    text = decoder.decode(sample, final=False)  # a cut last character costs nothing
    return _text_score(text, candidate.common, kana=candidate.name == "cp932")


def _text_score(text: str, usual: re.Pattern[str], *, kana: bool = False) -> float:
    beyond = len(_NOT_ASCII.findall(text))
    if not beyond:
        return -1.0
    common = len(usual.findall(text))
    wide = len(_OTHER_WIDE.findall(text))
    strange = len(_STRANGE.findall(text))
    if kana and strange:
        # Half-width kana stands in words; what a wrong decoding gives is strewn about.
        strange -= sum(len(m) for m in re.findall("[\uff61-\uff9f]{3,}", text))
    controls = len(re.findall("[\x00-\x08\x0e-\x1f\x7f]", text))
    damaged = text.count("\ufffd")
    rare = max(0, wide - common) * 0.05
    return (common + rare - strange - 5 * (damaged + controls)) / beyond
