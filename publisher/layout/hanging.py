"""Hanging punctuation: stops and commas outside the measure at line ends (cjk-typography 6).

Only full stops and commas hang, never beside another mark, and never after a Latin stop. A hung
mark takes no room: what it is wide can be dropped at the line's end, as a whole or not at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from publisher.layout.measure import Measured
    from publisher.layout.profiles import Profile

# Spacing classes, those in the states after compression included. An opening mark behind a stop
# begins the next line and does not stand beside it.
_HANGING: Final = re.compile("(?<![OCSMNED1-6])[SM](?![CSMNED2-6])")
_LATIN_STOPS: Final = frozenset(".,;:!?")


def hang(measured: Measured, profile: Profile) -> None:
    """Lets marks of a measured paragraph hang as the profile says; does nothing for ``none``."""
    if profile.hanging == "none" or not _HANGING.search(measured.classes):
        return
    text, pre = measured.text, measured.pre
    trims: list[float] = list(measured.end_trim)
    options: list[float] = list(measured.end_option)
    found = []
    for match in _HANGING.finditer(measured.classes):
        at = match.start()
        if not at or text[at - 1] in _LATIN_STOPS:
            continue
        width = pre[at + 1] - pre[at]
        if profile.hanging == "force":
            trims[at], options[at] = width, 0.0
        else:
            options[at] = width - trims[at]
        found.append(at)
    measured.end_trim, measured.end_option = trims, options
    measured.hangs = frozenset(found)


def keeps(measured: Measured, end: int, over: float, free: float) -> bool:
    """Whether a line is rather shrunk than its last mark hung: by a quarter of an em at most.

    Args:
        measured: The paragraph.
        end: One past the last index of the line.
        over: How much too long the line is.
        free: How much shrinking inside it can give.
    """
    return end - 1 in measured.hangs and over <= free and over <= measured.em / 4
