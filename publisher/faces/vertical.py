"""Upright characters of vertical text: the glyph each is drawn with, and how far it reaches.

One glyph a character, so that plain vertical text stays one string: the `vert` form where the face
has one (OpenType `vert`), and for some marks that of another mark (cjk-typography 15):

* curly quotes are drawn as 『』 and 「」, which of them outside by language (GB/T 15834, JLREQ);
* a full-width full stop ． is drawn as 。, in Japanese and Korean a full-width comma ， as 、.

The text stays what it is: what is drawn says so in the PDF's maps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.text.scripts import profile_of

if TYPE_CHECKING:
    from publisher.faces.face import Face
    from publisher.faces.lookups import Number
    from publisher.text.scripts import ProfileName

_OUTER: Final = {"“": "「", "”": "」", "‘": "『", "’": "』"}
_DRAWN_AS: Final[dict[ProfileName, dict[str, str]]] = {
    "hans": {"“": "『", "”": "』", "‘": "「", "’": "」", "．": "。"},
    "hant": {**_OUTER, "．": "。"},
    "ja": {**_OUTER, "．": "。", "，": "、"},
    "ko": {**_OUTER, "．": "。", "，": "、"},
}
# Han and hangul syllables have no vertical forms.
_SAME: Final = ("\u3400", "\u9fff", "\uac00", "\ud7a3")


def drawn_as(char: str, language: str) -> str:
    """The character whose vertical form stands for `char` in upright text of a language."""
    return _DRAWN_AS[profile_of(language)].get(char, char)


class Uprights(dict[str, int]):
    """Character -> glyph id of its form in vertical text, filled as characters are asked for.

    Args:
        face: The opened face.
        language: BCP 47 tag whose marks it draws; the face's own where it has one.
    """

    __slots__ = ("_drawn", "_face")

    def __init__(self, face: Face, language: str) -> None:
        super().__init__()
        self._face = face
        self._drawn = _DRAWN_AS[profile_of(face.language or language)]

    def __missing__(self, char: str) -> int:
        face = self._face
        shown = self._drawn.get(char, char)
        if not face.gid(shown):
            shown = char
        gid = face.gid(shown)
        first, last, low, high = _SAME
        if gid and not (first <= char <= last or low <= char <= high):
            glyphs = face.shape(shown, direction="ttb")
            gid = glyphs[0].gid if len(glyphs) == 1 else gid
        self[char] = gid
        return gid


class Depths(dict[str, "Number"]):
    """Character -> advance down the line of its upright form, 1/1000 em."""

    __slots__ = ("_face", "_gids")

    def __init__(self, face: Face, gids: Uprights) -> None:
        super().__init__()
        self._face, self._gids = face, gids

    def __missing__(self, char: str) -> Number:
        depth = self[char] = -self._face.v_advance(self._gids[char])
        return depth
