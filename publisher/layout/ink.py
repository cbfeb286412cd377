"""Whether a face draws its marks where their blanks are thought to be (cjk-typography 4).

A blank can only be taken from a mark whose ink stays in its half of the square. Faces of another
region, and proportional or centred designs, have marks that fill more: those stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from publisher.faces.face import Face
    from publisher.layout.profiles import Profile

_HALF: Final = 500  # thousandths of an em
_MORE: Final = 40  # beyond its half that ink may reach: sidebearings of bold faces
_PLAIN: Final = "国"
_USER: Final = "user"  # the vendored faces are known
# What is looked at before text of full-width marks is set by the quick way.
_PROBES: Final = {
    "O": "（「《【“",
    "C": "）」》】”",
    "S": "。．",
    "M": "，、",
    "N": "：；",
    "E": "！？",
}


class Inks:
    """Remembers for one document which marks of which faces do not fit their half."""

    def __init__(self) -> None:
        self._fits: dict[tuple[str, str, str, str], bool] = {}
        self.unfit: dict[str, str] = {}  # a user's own face -> marks that it draws otherwise

    def fits(self, face: Face, char: str, letter: str, *, upright: str = "") -> bool:
        """Whether a mark of a spacing class has its ink in the half where it belongs.

        `upright` is the language of vertical text where it stands upright in that.
        """
        key = face.id, char, letter, upright
        found = self._fits.get(key)
        if found is None:
            found = self._fits[key] = _fits(face, char, letter, upright)
            if not found and face.role == _USER:
                self.unfit[face.id] = self.unfit.get(face.id, "") + char
        return found

    def all_fit(self, face: Face, profile: Profile, *, quotes: bool, upright: str = "") -> bool:
        """Whether the common marks of a profile do, those with a blank on one side."""
        fit = True
        for letter in "O" + profile.right:
            for char in _PROBES[letter]:
                if quotes or char not in "“”":
                    fit = self.fits(face, char, letter, upright=upright) and fit
        return fit


def _fits(face: Face, char: str, letter: str, upright: str) -> bool:
    ink = face.ink(face.gid(char))
    if ink[0] >= ink[2] or ink == face.ink(face.gid(_PLAIN)):
        return True  # nothing drawn, or a square that stands for any character
    start, end = ink[0], ink[2]
    if upright:
        gid = face.uprights(upright)[char]
        head = face.v_origin(gid)[1]
        _, foot, _, top = face.ink(gid)
        start, end = head - top, head - foot
    if letter == "O":
        return start >= _HALF - _MORE
    return end <= _HALF + _MORE
