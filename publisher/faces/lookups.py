"""What is looked up in an opened face one by one: advances, codes, glyphs. In 1/1000 em."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from publisher.record import NamedTuple

if TYPE_CHECKING:
    from publisher.faces.face import Face

Number: TypeAlias = int | float


class Glyph(NamedTuple):
    """A glyph of a shaped run.

    Attributes:
        gid: Glyph id in the face.
        cluster: Index of the first character it stands for.
        x_advance: To the next glyph; `y_advance` in vertical text (negative: downwards).
        x_offset: Shift of the glyph's horizontal origin from the pen; `y_offset` upwards. In
            vertical text the pen is at the top middle, so these are minus `Face.v_origin`.
    """

    gid: int
    cluster: int
    x_advance: Number
    y_advance: Number
    x_offset: Number
    y_offset: Number


class Widths(dict[str, Number]):
    """Character -> advance in 1/1000 em, filled as characters are asked for."""

    __slots__ = ("_face",)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> Number:
        width = self[char] = self._face.advances[self._face.gid(char)]
        return width


class Advances(dict[int, Number]):
    """Glyph id -> horizontal advance in 1/1000 em, filled as glyphs are asked for."""

    __slots__ = ("_face",)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, gid: int) -> Number:
        advance = self[gid] = self._face.measured(gid)
        return advance


class Codes(dict[int, str]):
    """Code point -> four hex digits of its code in a PDF string; for `str.translate`."""

    __slots__ = ("_face",)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, code_point: int) -> str:
        face = self._face
        code = self[code_point] = f"{face.code_of(face.gid(chr(code_point))):04x}"
        return code


class Alone(dict[int, tuple[int, str] | None]):
    """Code point -> glyph id and PDF code of a character whose nominal glyph is its own.

    None for one that the face lacks, or whose plain form by NFKC has the same glyph (radicals,
    compatibility ideographs): these have to be told apart where text is copied. What is known of a
    character serves all documents of a run.
    """

    __slots__ = ("_face",)

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, code_point: int) -> tuple[int, str] | None:
        char, face = chr(code_point), self._face
        gid, plain = face.gid(char), folded(char)
        shared = plain != "" and face.gid(plain) == gid
        found = None if gid == 0 or shared else (gid, face.code_text(gid))
        self[code_point] = found
        return found


@lru_cache(maxsize=1 << 15)
def folded(char: str) -> str:
    """The one character that NFKC makes of another; empty where it makes none."""
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 and plain != char else ""
