"""A style sheet as text, for people and for goldens: one line a value group."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from publisher.theme.load import LOOKS

if TYPE_CHECKING:
    from publisher.theme.model import StyleSheet


def dump_sheet(sheet: StyleSheet) -> str:
    """Every computed value of `sheet`, in a fixed order, numbers rounded to 1/1000 pt."""
    lines = [
        f"theme {sheet.name} {sheet.language} {sheet.profile}",
        f"page {_values(sheet.page)}",
        *(f"text.{key} {_values(style)}" for key, style in sheet.text.items()),
        *(f"{name} {_values(getattr(sheet, name))}" for name in LOOKS),
        f"title-page {sheet.title_page} numbers {sheet.numbers}",
    ]
    return "\n".join(lines)


def _values(record: Any) -> str:
    shown = []
    for field in fields(record):
        value = getattr(record, field.name)
        text = f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        shown.append(f"{field.name}={text}")
    return " ".join(shown)
