"""Text into the form the tree holds: NFC, no controls, no lone surrogates, soft lines joined.

Every function is a no-op at C speed on text that needs nothing.
"""

from __future__ import annotations

import re
import unicodedata

from publisher.record import NamedTuple
from publisher.text.repertoire import within

# C0 and C1 controls apart from tab and line ends, noncharacters, surrogates, and the byte order
# mark where it marks nothing. Line ends are handled first (`unify_line_ends`).
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_REMOVED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff]")
# UAX #14 BK, CR, NL: all end a line in a plain source; a form feed does as well.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Beside other controls of its row NEL is a byte of UTF-8 that was read as Latin-1 (先: E5 85 88).
_LATIN_BYTE = re.compile("[\x80-\x84\x86-\x9f]")
_OTHER_ENDS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")

# Wide marks and letters between which a source's line end means nothing: CJK symbols, kana,
# bopomofo, Han, compatibility forms, full-width forms, Han of the planes 2 and 3.
_WIDE = (
    "\u2e80-\u2fdf\u3000-\u312f\u3190-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffee"
    "\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Marks shared by all scripts say nothing about their side: what stands behind them does.
_NEUTRAL = "“”‘’…—―·‧《》〈〉"
_SOFT = re.compile("[ \t\u00a0\u3000]*\n[ \t\u00a0\u3000\n]*")
_INDENT = re.compile("[ \t\u00a0]*\u3000{0,2}[ \t\u00a0]*")


class Cleaned(NamedTuple):
    """Text with what was done to it: the characters taken out and the surrogates replaced."""

    text: str
    removed: tuple[str, ...] = ()
    surrogates: int = 0


def unify_line_ends(text: str) -> str:
    """`text` with every kind of line end (CR, NEL, U+2028, form feed ...) as a line feed."""
    ends = _OTHER_ENDS if "\x85" in text and _LATIN_BYTE.search(text) else _LINE_ENDS
    return ends.sub("\n", text)


def clean(text: str) -> Cleaned:
    """`text` in NFC without control characters; surrogate pairs joined, lone ones U+FFFD.

    Line feeds and tabs stay.
    """
    removed: tuple[str, ...] = ()
    surrogates = 0
    if _UNWANTED.search(text):
        if _SURROGATE.search(text):
            before = len(_SURROGATE.findall(text))
            joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            surrogates = before - 2 * (len(text) - len(joined))
            text = joined
        removed = tuple(_REMOVED.findall(text))
        text = _REMOVED.sub("", text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return Cleaned(text, removed, surrogates)


def strip_indent(text: str) -> str:
    """`text` without what indents or trails it: spaces, and at most two typed U+3000 in front."""
    if text[:1] in _SPACES:
        text = text[_INDENT.match(text).end() :]  # type: ignore[union-attr]  # matches always
    return text.rstrip(" \t\u00a0\u3000\n")


_SPACES = frozenset(" \t\u00a0\u3000\n") | {""}


def soft_joint(before: str, after: str) -> str:
    """What stands for a soft line break between two texts: nothing, or a space.

    Nothing beside Han, kana and full-width marks, Latin on the other side or not (the layout adds
    that gap, CLREQ 3.2.2); a space between Latin and Latin, and beside Hangul unless a full-width
    mark is on the other side.
    """
    last, first = _edge(before, -1), _edge(after, 0)
    if not last or not first:
        return ""
    for one, other in ((last, first), (first, last)):
        if within(one, _HANGUL):
            wide_mark = within(other, _WIDE) and not within(other, _HAN)
            return "" if wide_mark else " "
    return "" if within(last, _WIDE) or within(first, _WIDE) else " "


def _edge(text: str, side: int) -> str:
    """The last (-1) or first (0) character that says which script this side is."""
    bare = text.rstrip(_NEUTRAL) if side else text.lstrip(_NEUTRAL)
    bare = bare or text
    return bare[side] if bare else ""


def join_lines(text: str) -> str:
    """`text` with its line feeds, and spaces beside them, as soft line breaks joined."""
    if "\n" not in text:
        return text
    lines = [line for line in _SOFT.split(text) if line]
    if not lines:
        return ""
    pieces = [lines[0]]
    for line in lines[1:]:
        pieces += (soft_joint(pieces[-1], line), line)
    return "".join(pieces)
