"""Outlines of glyphs as SVG paths, for covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import uharfbuzz as hb

_KEPT: Final = 4096  # paths; the titles of a batch have most of their characters in common


class Paths(dict[int, str]):
    """Glyph id -> path in 1/1000 em, y downwards from the baseline; drawn when first asked for."""

    __slots__ = ("_draw", "_font")

    def __init__(self, font: hb.Font, upem: int) -> None:
        import uharfbuzz as hb

        super().__init__()
        self._font = font
        scale = 1000 / upem

        # Taken from 0, because of -0; what is in 1/1000 em already is whole.
        def exact(x: float, y: float) -> str:
            return f"{x:.0f} {0 - y:.0f}"

        def scaled(x: float, y: float) -> str:
            return f"{x * scale:.1f} {0 - y * scale:.1f}"

        # The last argument takes the parts: threads that draw at once have one each.
        at = exact if upem == 1000 else scaled
        draw = self._draw = hb.DrawFuncs()
        draw.set_move_to_func(lambda x, y, to: to.append(f"M{at(x, y)}"))
        draw.set_line_to_func(lambda x, y, to: to.append(f"L{at(x, y)}"))
        draw.set_quadratic_to_func(lambda a, b, x, y, to: to.append(f"Q{at(a, b)} {at(x, y)}"))
        draw.set_cubic_to_func(
            lambda a, b, c, d, x, y, to: to.append(f"C{at(a, b)} {at(c, d)} {at(x, y)}")
        )
        draw.set_close_path_func(lambda to: to.append("Z"))

    def __missing__(self, gid: int) -> str:
        found: list[str] = []
        self._font.draw_glyph(gid, self._draw, found)
        if len(self) >= _KEPT:
            self.clear()
        path = self[gid] = "".join(found)
        return path
