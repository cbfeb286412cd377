"""The part of the style sheet for what stands in lines: marks, dots, ruby, cells, links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.writers.epub.css_values import em, prefixed
from publisher.writers.epub.words import is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.theme.model import StyleSheet
    from publisher.writers.epub.css_values import Sides
    from publisher.writers.epub.fonts import FontPlan

_DOTS: Final = {
    "dot": "filled dot",
    "open-dot": "open dot",
    "sesame": "filled sesame",
    "circle": "open circle",
}


def inlines(
    sheet: StyleSheet, fonts: FontPlan, sides: Sides, *, greys: bool = False
) -> Iterator[str]:
    """The rules for inline elements."""
    look, tag = sheet.inline, sheet.language
    yield "strong,b{font-weight:700}"
    yield from _emphasis(sheet, fonts)
    yield (
        f"code{{font-family:{fonts.css_family(look.code_family, tag)};"
        f"font-size:{em(look.code_scale)};white-space:pre-wrap;hyphens:none;"
        "text-spacing-trim:space-all;text-autospace:no-autospace}"
    )
    yield "u.proper-name{text-decoration:underline;text-underline-offset:.2em}"
    yield "u.book-title{text-decoration:underline wavy;text-underline-offset:.2em}"
    if sheet.vertical:  # marks of names stand at the left, where no ruby and dots are
        side = "right" if sheet.language.casefold().startswith(("ja", "ko")) else "left"
        yield f"u{{text-underline-position:{side}}}"
        yield from _cells()
    yield f"u+u.proper-name,u+u.book-title{{margin-{sides.start}:.1em}}"
    ground = "inherit;outline:1px solid" if greys else f"{look.highlight};color:#1a1a1a"
    yield f"mark{{background:{ground}}}"
    yield f"sup,sub{{font-size:{em(look.sup_scale)};line-height:0}}"
    yield f"sup{{vertical-align:{em(look.sup_rise / look.sup_scale)}}}"
    yield f"sub{{vertical-align:{em(look.sub_rise / look.sup_scale)}}}"
    yield f"small{{font-size:{em(look.small_scale)}}}"
    yield f"rt{{font-size:{em(look.ruby_scale)};text-emphasis:none;line-height:1.2}}"
    yield "ruby{ruby-position:over}ruby.zhuyin{ruby-position:inter-character}"
    yield "ruby.pinyin rt{padding:0 .2em}"
    yield ".warichu{font-size:.8em}.warichu::before{content:'（'}.warichu::after{content:'）'}"
    # No colour of a link is seen in every mode of every reading system: a line under it is.
    yield "a{color:inherit;text-decoration:underline;overflow-wrap:anywhere}"
    yield "a.label,.call a,nav a{text-decoration:none}"
    yield "span.missing{opacity:.75}"


def _cells() -> Iterator[str]:
    """What stands level in one cell of a vertical line, and letters that stand upright.

    Older WebKit knows the first under its own name and value (Apple Books Asset Guide, Text
    Directions).
    """
    yield (
        ".tcy{-epub-text-combine:horizontal;-webkit-text-combine:horizontal;"
        "-ms-text-combine-horizontal:all;text-combine-upright:all}"
    )
    yield f".upright{{{prefixed('text-orientation', 'upright')}letter-spacing:0}}"
    yield ".cells>li::marker{text-combine-upright:all}"


def _emphasis(sheet: StyleSheet, fonts: FontPlan) -> Iterator[str]:
    """Dots beside CJK characters, slanted letters for Western words (CLREQ 3.4.1, JLREQ 3.3.9)."""
    tag = sheet.language
    position = prefixed("text-emphasis-position", dots_side(tag))
    if not is_cjk(tag):
        yield "em{font-style:italic}"
    elif sheet.inline.emphasis == "dots":
        dot = prefixed("text-emphasis-style", _dot(sheet, fonts, "dot"))
        yield f"em{{font-style:normal;{dot}{position}}}"
    elif sheet.inline.emphasis == "sans":
        yield f"em{{font-style:normal;font-family:{fonts.css_family('sans', tag)}}}"
    else:
        yield "em{font-style:normal}"
    italic = fonts.css_family(sheet.text["body"].family, tag, "italic")
    plain = prefixed("text-emphasis-style", "none")
    yield f"em .western{{font-style:italic;font-family:{italic};{plain}}}"
    yield f"em.dots{{font-style:normal;{position}}}"
    for name in _DOTS:
        yield f"em.{name}{{{prefixed('text-emphasis-style', _dot(sheet, fonts, name))}}}"


def _dot(sheet: StyleSheet, fonts: FontPlan, name: str) -> str:
    """The shape of an emphasis mark.

    The filled dot of CSS is U+2022, which the CJK faces draw with a tenth of the width it should
    have (CLREQ 3.4.1: a quarter em); U+2219 comes closer, where we know that the font has it.
    Beside vertical Japanese the plain mark is a sesame dot (JLREQ 3.3.9).
    """
    if name == "dot" and sheet.vertical and sheet.profile == "ja":
        return _DOTS["sesame"]
    return '"\u2219"' if name == "dot" and fonts.files else _DOTS[name]


def dots_side(tag: str) -> str:
    """Emphasis dots stand under Chinese and over Japanese and Korean (CLREQ 3.4.1, JLREQ 3.3.9)."""
    return "over right" if tag.casefold().startswith(("ja", "ko")) else "under right"
