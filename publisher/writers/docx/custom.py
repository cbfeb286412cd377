"""Custom properties: what the core ones have no place for (ECMA-376 part 1, 15.2.12.2).

Word shows them under File > Info > Properties > Advanced; LibreOffice likewise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.writers.docx.xml import escape, part

if TYPE_CHECKING:
    from publisher.tree.meta import Metadata

_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
# One identifier for all user-defined properties; their own ids begin at 2 (MS-OLEPS 2.18).
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NAMES: Final = {
    "source": "Source",
    "translator": "Translator",
    "editor": "Editor",
    "compiler": "Compiler",
    "illustrator": "Illustrator",
    "photographer": "Photographer",
    "other": "Contributor",
}


def custom_properties(meta: Metadata) -> bytes:
    """The part's bytes: what else the metadata say; empty where that is nothing."""
    rows: list[tuple[str, str]] = [("Date", meta.date), ("Publisher", meta.publisher)]
    for role, name in _NAMES.items():
        rows.append((name, "; ".join(c.name for c in meta.contributors if c.role == role)))
    rows += [("Source address", meta.source_url), ("Rights", meta.rights)]
    if meta.series is not None:
        rows += [("Series", meta.series.name), ("Series position", meta.series.position)]
    content = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(((n, v) for n, v in rows if v), 2)
    )
    if not content:
        return b""
    return part("Properties", content, f'xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}"')
