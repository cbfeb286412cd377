"""Paths of emphasis marks and wavy lines (ISO 32000-1, 8.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.writers.pdf.syntax import numbers, stroke_color

if TYPE_CHECKING:
    from publisher.layout.types import CircleOp, WaveOp

# Distance of the control points of a quarter circle as a Bezier curve, in radii.
_KAPPA = 0.5523
# Rim of an open dot, in radii.
_RIM = 0.3
# A sesame dot (U+FE45) in radii, upwards: from its thin head down to its heavy foot and back.
_SESAME = (
    ((-0.85, 0.9),),
    ((-0.3, 0.75), (1.0, 0.1), (0.95, -0.55)),
    ((0.9, -1.05), (0.3, -1.05), (0.05, -0.65)),
    ((-0.2, -0.2), (-0.45, 0.5), (-0.85, 0.9)),
)


def dot(op: CircleOp, height: float) -> str:
    """An emphasis mark; the fill colour is in force already, `height` is the page's."""
    x, y, radius = op.x, height - op.y, op.radius
    if op.shape == "sesame":
        return _curves(x, y, radius) + " f"
    if op.shape == "open-dot":
        rim = _RIM * radius
        circle = _circle(x, y, radius - rim / 2)
        return f"q {stroke_color(op.color)} {numbers((rim,))} w {circle} S Q"
    return _circle(x, y, radius) + " f"


def _curves(x: float, y: float, radius: float) -> str:
    parts = []
    for points in _SESAME:
        flat = [value for dx, dy in points for value in (x + dx * radius, y + dy * radius)]
        parts.append(f"{numbers(flat)} {'m' if len(points) == 1 else 'c'}")
    return " ".join(parts) + " h"


def _circle(x: float, y: float, radius: float) -> str:
    k = _KAPPA * radius
    r = radius
    return " ".join(
        (
            f"{numbers((x + r, y))} m",
            f"{numbers((x + r, y + k, x + k, y + r, x, y + r))} c",
            f"{numbers((x - k, y + r, x - r, y + k, x - r, y))} c",
            f"{numbers((x - r, y - k, x - k, y - r, x, y - r))} c",
            f"{numbers((x + k, y - r, x + r, y - k, x + r, y))} c h",
        )
    )


def wave(op: WaveOp, height: float) -> str:
    """A wavy line: line width, path and stroke. A wave is about eight amplitudes long.

    It is made of whole waves, so that neighbouring lines match.
    """
    count = 2 * max(1, round(op.width / (8 * op.amplitude)))
    half = op.width / count
    x, y = op.x, height - op.y
    if op.down:
        return _wave_down(op, (x, y), count, half)
    # A Bezier curve reaches three quarters of the height of its control points.
    reach = op.amplitude / 0.75
    parts = [f"{numbers((max(0.3, op.amplitude * 0.5),))} w {numbers((x, y))} m"]
    for index in range(count):
        left = x + index * half
        level = y + (reach if index % 2 == 0 else -reach)
        parts.append(
            f"{numbers((left + half / 3, level, left + half * 2 / 3, level, left + half, y))} c"
        )
    return " ".join(parts) + " S"


def _wave_down(op: WaveOp, at: tuple[float, float], count: int, half: float) -> str:
    """A wavy line down the page, swinging to the left first."""
    x, y = at
    reach = op.amplitude / 0.75
    parts = [f"{numbers((max(0.3, op.amplitude * 0.5),))} w {numbers((x, y))} m"]
    for index in range(count):
        head = y - index * half
        side = x + (reach if index % 2 else -reach)
        curve = (side, head - half / 3, side, head - half * 2 / 3, x, head - half)
        parts.append(f"{numbers(curve)} c")
    return " ".join(parts) + " S"
