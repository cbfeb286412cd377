"""What all parts of the style sheet share: lengths, sides, colours, prefixes."""

from __future__ import annotations

from typing import Final

from publisher.record import dataclass

# Grounds and rules that show on white, sepia and black pages alike.
TINT: Final = "rgba(127,127,127,.13)"
RULE: Final = "rgba(127,127,127,.6)"
# WCAG 2.1, 1.4.11: what has to be seen has this contrast to what it stands on.
_CONTRAST: Final = 3.0


@dataclass(frozen=True, slots=True)
class Sides:
    """Physical names of the sides of a block, and of its extent along the line."""

    before: str
    after: str
    start: str
    end: str
    width: str

    def apart(self, space: str) -> str:
        """Margins of a block: `space` before and after it, none at its sides."""
        return f"margin:{space} 0" if self.width == "width" else f"margin:0 {space}"


HORIZONTAL: Final = Sides("top", "bottom", "left", "right", "width")
VERTICAL: Final = Sides("right", "left", "top", "bottom", "height")


def em(value: float) -> str:
    """A length in em; what is too small to be seen is none."""
    return f"{value:.4g}em" if abs(value) >= 0.0005 else "0"


def prefixed(name: str, value: str) -> str:
    """A declaration as older reading systems know it, and as it is now."""
    return "".join(f"{prefix}{name}:{value};" for prefix in ("-epub-", "-webkit-", ""))


def legible(color: str) -> bool:
    """Whether a colour is seen on a white page as well as on a black one.

    Any other is left to the reading system: on its dark pages dark blue would be gone.
    """
    light = _luminance(color)
    on_white, on_black = 1.05 / (light + 0.05), (light + 0.05) / 0.05
    return min(on_white, on_black) >= _CONTRAST


def _luminance(color: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.1)."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
