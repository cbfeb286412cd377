"""Characters that are invisible, lost, private, composed wrongly, or look like others."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from publisher.preflight.model import found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.preflight.model import Finding, Paragraph

_INVISIBLE: Final = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2064\u3164\ufeff\uffa0"
    "\ufe00-\ufe0f\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_COMPATIBLE: Final = "\uf900-\ufaff\U0002f800-\U0002fa1f"
_RADICAL: Final = "\u2e80-\u2fdf"
_NO_BREAK: Final = "\u00a0\u202f"
# One look at a paragraph tells that it has none of all these.
RARE: Final = (
    f"[{_INVISIBLE}{_BIDI}{_CONTROL}{_PRIVATE}{_COMPATIBLE}{_RADICAL}{_NO_BREAK}\ufffd\u2fe0-\u2fef"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0080-\U000e00ff\U000e01f0-\U000effff\U00030000-\U000dffff]"
)
# Compatibility ideographs that Unicode unified with nothing: they are ordinary ones.
_UNIFIED: Final = frozenset("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩")
_RIGHT_TO_LEFT: Final = (
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# After these a variation selector, and between these a joiner, has a meaning.
_VARIED: Final = (
    "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u203c-\u3299\u0023\u002a0-9\u00a9\u00ae"
    "\U0001f000-\U0001faff\u1820-\u18aa\u2010-\u2bff\u3000-\u303f\uff00-\uffee]"
)
_JOINED: Final = (
    "[\u0600-\u0dff\u0e00-\u109f\u1780-\u18af\u200d\ufe0f\U0001f000-\U0001faff\u2190-\u2bff]"
)
_VOICED: Final = (
    "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔ"
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ"
)
_COMPOSED: Final = f"[^{_COMPATIBLE}][\u0300-\u036f\u3099\u309a\u1100-\u11ff]+|[\u1100-\u11ff]+"
_FLAG: Final = "\U0001f3f4"


def check_characters(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Findings about single characters."""
    rare = re.compile(RARE)
    letters = set().union(*(p.text for p in paragraphs))
    none = [c for c in letters if not rare.match(c) and _is_none(c)]
    unassigned = re.compile(f"[{re.escape(''.join(sorted(none)))}]") if none else None
    for paragraph in paragraphs:
        text = paragraph.text
        if rare.search(text):
            yield from _rare(paragraph, rare)
        if text.isascii():
            continue
        for match in unassigned.finditer(text) if unassigned else ():
            yield found("unassigned", paragraph, match.start(), match.end(), _name(match[0]))
        if "\u3099" in text or "\u309a" in text or not unicodedata.is_normalized("NFC", text):
            yield from _decomposed(paragraph)


def _rare(paragraph: Paragraph, rare: re.Pattern[str]) -> Iterator[Finding]:
    text = paragraph.text
    for match in rare.finditer(text):
        char, at = match[0], match.start()
        code, fix = _code_of(char, text, at)
        if code:
            yield found(code, paragraph, at, at + 1, _name(char), fix)


def _code_of(  # noqa: PLR0911 - one return for each kind
    char: str, text: str, at: int
) -> tuple[str, str | None]:
    """The code of a rare character at its place, and what should stand there; empty for none."""
    if char == "\ufffd":
        return "replacement-char", None
    if char in _NO_BREAK:
        return _no_break(text, at)
    if re.match(f"[{_INVISIBLE}]", char):
        return ("invisible", "") if _is_idle(char, text, at) else ("", None)
    if re.match(f"[{_BIDI}]", char):
        return ("", None) if re.search(_RIGHT_TO_LEFT, text) else ("bidi-control", "")
    if re.match(f"[{_CONTROL}]", char):
        return "control-char", ""
    if re.match(f"[{_PRIVATE}]", char):
        return "private-use", None
    if re.match(f"[{_COMPATIBLE}]", char) and unicodedata.category(char) != "Cn":
        made = unicodedata.normalize("NFC", char)
        return ("", None) if char in _UNIFIED or made == char else ("compat-ideograph", made)
    if re.match(f"[{_RADICAL}]", char) and unicodedata.category(char) != "Cn":
        made = unicodedata.normalize("NFKC", char)
        return "radical-as-ideograph", made if made != char else None
    return ("unassigned", None) if _is_none(char) else ("", None)


def _is_none(char: str) -> bool:
    """Whether a code point is no character, asking a newer Unicode than Python's where need be."""
    if unicodedata.category(char) != "Cn":
        return False
    import regex

    return regex.match(r"\p{Cn}", char) is not None


def _no_break(text: str, at: int) -> tuple[str, str | None]:
    """A no-break space beside CJK; between two of them it goes, elsewhere it is a space."""
    if not re.search("[\u3041-\ud7a3]", text):
        return "", None
    sides = [text[at - 1 : at], text[at + 1 : at + 2]]
    return "no-break-space", "" if all(map(_is_cjk, sides)) else " "


def _is_cjk(char: str) -> bool:
    ranges = ("\u3041\u30ff", "\u3400\u9fff", "\uac00\ud7a3", "\uf900\ufaff", "\U00020000\U0003ffff")
    return any(low <= char <= high for low, high in ranges)


def _is_idle(char: str, text: str, at: int) -> bool:  # noqa: PLR0911 - one for each kind
    """Whether an invisible character does nothing where it stands."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if char == "\ufeff" and at == 0:
        return False  # a byte order mark is the file's, not the text's
    if char in "\u200c\u200d":
        joins = re.match(_JOINED, before) and re.match(_JOINED, after)
        return not joins
    if re.match("[\ufe00-\ufe0f\U000e0100-\U000e01ef]", char):
        return not re.match(_VARIED, before)
    if re.match("[\u180b-\u180e]", char):
        return not re.match("[\u1800-\u18af]", before)
    if "\U000e0020" <= char <= "\U000e007f":
        return _FLAG not in text
    if char in "\u115f\u1160":
        return not re.match("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]", before + after)
    return char != "\u00ad" or not (before.isascii() and before.isalpha())


def _decomposed(paragraph: Paragraph) -> Iterator[Finding]:
    """Letters with marks that Unicode has in one; compatibility ideographs are told of apart."""
    text = paragraph.text
    for match in re.finditer(
        f"[^{_COMPATIBLE}][\u0300-\u036f\u3099\u309a\u1100-\u11ff]+|[\u1100-\u11ff]+", text
    ):
        made = unicodedata.normalize("NFC", match[0])
        if made != match[0]:
            yield found("not-nfc", paragraph, match.start(), match.end(), "", made)
    # A sound mark on a kana that has its own already: typed twice, or joined by a machine.
    for match in re.finditer(f"[{_VOICED}][\u3099\u309a]", text):
        yield found("not-nfc", paragraph, match.start(), match.end(), "a mark twice", match[0][0])


def _name(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip()
