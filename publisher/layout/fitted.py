"""The lines of a stretch of a paragraph, chosen and fitted to their measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.headlines import title_lines
from publisher.layout.justify import Adjusted, adjust
from publisher.layout.linebreak import Broken, Params, Widths, choose_breaks
from publisher.layout.overhang import around, shortfall
from publisher.layout.warichu import refill

if TYPE_CHECKING:
    from publisher.layout.measure import Measured
    from publisher.layout.mixed import Mixed
    from publisher.theme.model import TextStyle


def chosen_lines(
    measured: Measured,
    bounds: tuple[int, int],
    widths: Widths,
    params: Params,
    style: TextStyle,
    lang: str,
) -> list[Broken]:
    """The lines of a stretch; titles of several lines are broken at phrases and balanced.

    Args:
        measured: The paragraph.
        bounds: First index of the stretch and one past the last.
        widths: Room by line.
        params: How lines are chosen.
        style: The style of the paragraph, which tells what is a title.
        lang: Language of the paragraph, BCP 47.
    """
    start, end = bounds
    if params.justify or params.fill or not (style.keep_with_next or style.align == "center"):
        return choose_breaks(measured, start, end, widths, params)
    if measured.pre[end] - measured.pre[start] <= widths.first:
        return [Broken(start, end)]
    from publisher.text.phrases import phrase_edges

    edges = phrase_edges(measured.text, lang)
    return title_lines(measured, bounds, widths, params, edges)


def fitted_lines(
    mixed: Mixed, bounds: tuple[int, int], widths: Widths, params: Params, style: TextStyle
) -> tuple[list[Broken], list[Adjusted]]:
    """The lines of a stretch and the adjustment of each; the last one is not stretched."""
    chosen = chosen_lines(mixed.measured, bounds, widths, params, style, mixed.lang)
    if mixed.divided:
        chosen = _refilled(mixed, chosen, widths, params)
    last = len(chosen) - 1
    justify = params.justify
    return chosen, [
        _fitted(mixed, (start, end), widths.of(number), justify and number < last, justify)
        for number, (start, end, _) in enumerate(chosen)
    ]


def _refilled(mixed: Mixed, chosen: list[Broken], widths: Widths, params: Params) -> list[Broken]:
    """Lines chosen, those inside of notes in small lines filled."""
    rest = Widths(widths.rest, widths.rest)
    end = chosen[-1].end

    def again(start: int) -> list[Broken]:
        return choose_breaks(mixed.measured, start, end, rest, params)

    return refill(chosen, mixed.divided, widths, again)


def _fitted(
    mixed: Mixed, line: tuple[int, int], width: float, stretch: bool, shrink: bool
) -> Adjusted:
    """A line fitted into a width; one that lies inside an object by what that says itself."""
    measured, (start, end), found = mixed.measured, line, mixed.divided
    if not found:
        return adjust(measured, start, end, width, stretch=stretch, shrink=shrink)
    longer = shortfall(measured, found, start, end)
    made = adjust(measured, start, end, width - longer, stretch=stretch, shrink=shrink)
    hung = around(found, start)
    if stretch and hung is not None and end < hung.end and not made.overfull:
        return made._replace(width=width, stage=0)
    return made._replace(width=made.width + longer)
