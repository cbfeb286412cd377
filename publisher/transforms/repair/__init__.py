"""Traditional text that a machine converted wrongly, character by character: found, and mended.

`detect` weighs the evidence, `mend` finds the changes, `plain` does both to a text and `document`
to a tree. `repair` and `safe_repair` are the short way.
"""

from __future__ import annotations


def repair(text: str) -> str:
    """The text with every character mended that its words ask for, of the same length.

    Text that shows no sign of a machine's conversion comes back as it is.
    """
    return _repaired(text, "apply")


def safe_repair(text: str) -> str:
    """Like `repair`, but only what is certain."""
    return _repaired(text, "safe")


def _repaired(text: str, mode: str) -> str:
    from publisher.settings import RepairSettings
    from publisher.transforms.repair.plain import repair_text

    return repair_text(text, RepairSettings(mode)).text
