"""Pages as text: one line for each placed line, for golden files and bug reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.display import display
from publisher.layout.types import (
    AnchorOp,
    BeginOp,
    CircleOp,
    ColumnOp,
    EndOp,
    ImageOp,
    LevelOp,
    LinkOp,
    RectOp,
    TextOp,
    WaveOp,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.layout.types import DrawOp, LaidOut

_TEXT = (TextOp, ColumnOp, LevelOp)
_SAME_LINE = 6.0  # pt: pieces this far apart across the line stand on one


def dump_pages(laid_out: LaidOut, *, places: bool = True) -> str:
    """All pages as text.

    Args:
        laid_out: The pages.
        places: Show coordinates, whole pt from the head left corner of the page.
    """
    lines: list[str] = []
    for plan in laid_out.pages:
        flags = [name for name in ("blank", "opening") if getattr(plan, name)]
        side = "recto" if plan.recto else "verso"
        lines.append(" ".join([f"== page {plan.index}", f"({plan.label or '-'})", side, *flags]))
        lines += _page(laid_out, display(laid_out, plan), places=places)
    return "\n".join(lines) + "\n"


def page_text(laid_out: LaidOut, index: int, *, furniture: bool = False) -> str:
    """The text of a page in reading order, one line for each element's stretch.

    Artifacts (running heads, folios, repeated head rows) are left out unless `furniture` is asked
    for.
    """
    found: list[str] = []
    shown = True
    for op in display(laid_out, laid_out.pages[index]):
        if isinstance(op, BeginOp):
            shown = furniture or op.element >= 0
            if shown:
                found.append("")
        elif isinstance(op, _TEXT) and shown:
            found[-1] += op.item.text
    return "\n".join(part for part in found if part)


def _page(laid_out: LaidOut, ops: list[DrawOp], *, places: bool) -> Iterator[str]:
    element = ""
    row: list[str] = []
    base: tuple[float, float] | None = None

    def line() -> str:
        place = f"{base[0]:6.1f} {base[1]:6.1f}  " if places and base else ""
        return f"{place}{element}: {''.join(row)}"

    for op in ops:
        if isinstance(op, _TEXT):
            if row and base is not None and _is_far(op, base):
                yield line()
                row = []
            if not row:
                base = (op.x, op.y)
            row.append(op.item.text)
            continue
        if row and isinstance(op, BeginOp | EndOp | RectOp | ImageOp):
            yield line()
            row = []
        if isinstance(op, BeginOp):
            element = laid_out.elements[op.element].role if op.element >= 0 else "artifact"
        elif not isinstance(op, EndOp):
            yield _mark(op, places=places)
    if row:
        yield line()


def _is_far(op: TextOp | ColumnOp | LevelOp, base: tuple[float, float]) -> bool:
    """Whether a piece stands on another line than the one that began at `base`."""
    away = op.y - base[1] if isinstance(op, TextOp) else op.x - base[0]
    return abs(away) > _SAME_LINE


def _mark(op: DrawOp, *, places: bool) -> str:
    match op:
        case LinkOp():
            shown = f"link {op.target}"
        case AnchorOp():
            shown = f"anchor {op.id}"
        case ImageOp():
            shown = f"image {op.width:.0f}x{op.height:.0f} {op.alt}"
        case RectOp():
            shown = f"rect {op.width:.0f}x{op.height:.1f}"
        case CircleOp() | WaveOp():
            shown = "dot" if isinstance(op, CircleOp) else "wave"
        case _:
            shown = type(op).__name__
    if places and not isinstance(op, BeginOp | EndOp):
        return f"{op.x:6.1f} {op.y:6.1f}  [{shown}]"
    return f"[{shown}]"
