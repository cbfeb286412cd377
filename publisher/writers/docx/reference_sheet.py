"""The style sheet that a reference document amounts to: what our own layout counts pages with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import ConfigError
from publisher.writers.docx.reference import w
from publisher.writers.docx.reference_styles import StyleMap, number
from publisher.writers.docx.styles import style_id

if TYPE_CHECKING:
    from publisher.theme.model import PageGeometry, StyleSheet, TextAlign, TextStyle
    from publisher.writers.docx.reference import Reference
    from publisher.writers.docx.reference_styles import Setting

# Of the size: what Word takes for a single line of Chinese and Japanese text.
_SINGLE: Final = 1.3
_LEAST_MEASURE: Final = 6.0  # em of the body: less is no page
_ALIGN: Final[dict[str, TextAlign]] = {
    "left": "start", "start": "start", "right": "end", "end": "end", "center": "center",
    "both": "justify", "distribute": "justify", "thaiDistribute": "justify",
}  # fmt: skip


def reference_sheet(sheet: StyleSheet, reference: Reference, path: str) -> StyleSheet:
    """The sheet with the page and the paragraph styles of a reference document.

    What the document has no style for keeps its proportion to the body.

    Raises:
        ConfigError: Its page leaves no room for text.
    """
    styles = StyleMap.of(reference)
    page = _page(sheet.page, reference)
    body = styles.setting("BodyText")
    size = body.size if body is not None and body.size else 10.0
    if min(page.across) < _LEAST_MEASURE * size:
        raise ConfigError(
            "the reference document's page leaves no room for text",
            code="docx.reference",
            where=path,
            hint="check its paper size and margins",
        )
    scale = size / sheet.text["body"].size
    pitch = _pitch(reference)
    text = {}
    for key, style in sheet.text.items():
        found = styles.setting(style_id(key))
        text[key] = _scaled(style, scale) if found is None else _styled(style, found, pitch)
    return replace(sheet, page=page, text=text)


def _page(page: PageGeometry, reference: Reference) -> PageGeometry:
    """The page of the last section; without one, the theme's."""
    section = reference.section
    if section is None:
        return page
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    found: dict[str, Any] = {"facing": reference.facing or reference.even, "name": "", "columns": 1}
    for element, names in (
        (size, (("w", "width"), ("h", "height"))),
        (margins, (("top", "top"), ("bottom", "bottom"), ("left", "inner"), ("right", "outer"))),
    ):
        for attribute, name in names:
            value = None if element is None else number(element.get(w(attribute)))
            if value is not None:
                found[name] = abs(value) / 20
    gutter = None if margins is None else number(margins.get(w("gutter")))
    made = replace(page, **found, grid="")
    return replace(made, inner=made.inner + gutter / 20) if gutter else made


def _pitch(reference: Reference) -> float:
    """Pitch of the document grid that lines snap to, pt; 0 for none (17.6.5)."""
    section = reference.section
    grid = None if section is None else section.find(w("docGrid"))
    if grid is None or grid.get(w("type"), "default") == "default":
        return 0.0
    return (number(grid.get(w("linePitch"))) or 0.0) / 20


def _scaled(style: TextStyle, scale: float) -> TextStyle:
    lengths = ("size", "leading", "before", "after", "start", "end")
    return replace(style, **{name: getattr(style, name) * scale for name in lengths})


def _styled(style: TextStyle, found: Setting, pitch: float) -> TextStyle:
    """A text style as a style of the reference document has it; Word's defaults for the rest."""
    size = found.size or 10.0
    leading = _leading(size, found, pitch)
    line = pitch or leading
    before = found.before or 0.0
    after = found.after or 0.0
    if found.before_lines is not None:
        before = found.before_lines * line
    if found.after_lines is not None:
        after = found.after_lines * line
    indent = (found.first or 0.0) / size
    if found.first_chars is not None:
        indent = found.first_chars
    return replace(
        style,
        size=size,
        leading=leading,
        before=before,
        after=after,
        start=max(found.left or 0.0, 0.0),
        end=max(found.right or 0.0, 0.0),
        indent=indent,
        weight=found.weight or 400,
        align=_ALIGN.get(found.align, "start"),
        keep_with_next=bool(found.keep_next) or style.keep_with_next,
        spacing=0.0,
    )


def _leading(size: float, found: Setting, pitch: float) -> float:
    line = found.line or 1.0
    single = size * _SINGLE
    if found.line and found.rule == "exact":
        return found.line
    if found.line and found.rule == "atLeast":
        return max(found.line, single)
    if pitch:
        return -(-single // pitch) * pitch * line
    return single * line
