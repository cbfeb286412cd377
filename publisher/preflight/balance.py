"""Brackets and quotation marks without a partner, paragraph by paragraph.

An opening quotation mark that the next paragraph repeats needs no partner in its own (GB/T 15834,
and the custom of all regions). Numbers of lists (1）2)) and faces are no brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.preflight.model import found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.preflight.model import Finding, Paragraph

_PAIRS: Final = {
    "「": "」", "『": "』", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕", "［": "］",
    "｛": "｝", "〖": "〗", "〘": "〙", "“": "”", "‘": "’", "﹁": "﹂", "﹃": "﹄",
}  # fmt: skip
# Half-width and full-width brackets are partners: that they differ is another finding.
_WIDE: Final = str.maketrans("()[]{}", "（）［］｛｝")
_OPENING: Final = {close: opening for opening, close in _PAIRS.items()}
_QUOTES: Final = frozenset("「『“‘﹁﹃《")
_MARKS: Final = "[" + re.escape("".join(_PAIRS) + "".join(_OPENING)) + "]"
_ANY: Final = "[" + re.escape("".join(_PAIRS) + "".join(_OPENING) + '()[]{}"') + "]"
# What looks like a bracket and is none: list numbers, faces, arrows, apostrophes, emoticons.
_NUMBER: Final = (
    r"(?:(?<=^)|(?<=[\s　，。、；：！？,;:.※]))(?:"
    r"(?:[0-9０-９]{1,3}|[a-zA-Zａ-ｚＡ-Ｚ]|[ivxIVX]{1,4}|[①-⑳])[)）\]］〕】]|"
    # In words they need something to count.
    r"(?:[一二三四五六七八九十百]{1,4}|[甲乙丙丁戊])[)）\]］〕】](?=\s*[^\s)）\]］〕】]))"
)
_FACE: Final = (
    r"[:;=8xX][-^o']?[()\[\]{}DPp]+|[()][-^o']?[:;=]|\^[_-]?\^[)）]?|[(（][^()（）\u3400-\u9fff]{0,3}"
    r"[\^;*´｀・ω∀><_≧≦][^()（）\u3400-\u9fff]{0,8}[)）]|[)）]{2,}(?=$|[\s。！!])|→\)|<[/-]?\)|"
    # （笑 and （誤 at the end of a line, as chat has them.
    r"[（(](?:[大再苦]?[笑誤误逃汗暈晕炸爆羞哭毆殴]|不是|被打|[？?]{1,3}|w+)(?=\s*$)"
)
_WORD: Final = (
    r"(?<=[A-Za-z0-9])[’'](?=[A-Za-z])|(?<=[A-Za-z])’(?=[\s,.;:!?]|$)|"
    r"(?<![A-Za-z])’(?=\d\ds?(?!\d)|t(?:is|was)\b)"
)
_HALF_OPEN: Final = r"[\[(（]\s*[-\d.,∞a-z\s]{1,12}[,，]\s*[-\d.∞+a-z\s]{1,12}[\])）]"
_KEPT: Final = f"{_WORD}|{_FACE}|{_NUMBER}|{_HALF_OPEN}|https?://\\S+"


def check_balance(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Findings about pairs."""
    marks, kept = re.compile(_MARKS), re.compile(_KEPT, re.MULTILINE)
    any_mark = re.compile(_ANY)
    texts = [p for p in paragraphs if p.text.strip()]
    for number, paragraph in enumerate(texts):
        text = paragraph.text
        if not any_mark.search(text):
            continue
        after = texts[number + 1].text.lstrip() if number + 1 < len(texts) else ""
        yield from _in_paragraph(paragraph, marks, kept, after)


def _in_paragraph(
    paragraph: Paragraph, marks: re.Pattern[str], kept: re.Pattern[str], after: str
) -> Iterator[Finding]:
    text = paragraph.text
    masked = text.translate(_WIDE)
    if not _are_even(masked):
        masked = kept.sub(lambda match: " " * len(match[0]), text).translate(_WIDE)
    opened: list[tuple[str, int]] = []
    lonely: list[tuple[int, str]] = []
    for match in marks.finditer(masked):
        mark, at = match[0], match.start()
        if mark in _PAIRS:
            opened.append((mark, at))
        elif opened and opened[-1][0] == _OPENING[mark]:
            opened.pop()
        elif any(opening == _OPENING[mark] for opening, _ in opened):
            # Pairs cross: what was opened last has no partner before this one.
            while opened[-1][0] != _OPENING[mark]:
                inner, place = opened.pop()
                lonely.append((place, inner))
            opened.pop()
        else:
            lonely.append((at, mark))
    straight = [m.start() for m in re.finditer(r'(?<![\d\\=])"', text)]
    if len(straight) % 2 and not after.startswith('"') and not kept.search(text):
        lonely.append((straight[-1], '"'))
    goes_on = [mark for mark, _ in opened]
    if goes_on and all(mark in _QUOTES for mark in goes_on) and after[:1] in goes_on:
        opened = []
    lonely += [(at, mark) for mark, at in opened]
    ascii_only = all(text[at] in '()[]{}‘’"' for at, _ in lonely)
    if ascii_only and not re.search("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]", text):
        return  # code, formulas and the like
    for at, _ in sorted(lonely):
        yield found("unbalanced", paragraph, at, at + 1, f"{text[at]} has no partner")


def _are_even(text: str) -> bool:
    """Whether every mark occurs as often as its partner, so that nothing has to be masked."""
    return all(text.count(a) == text.count(b) for a, b in _PAIRS.items())
