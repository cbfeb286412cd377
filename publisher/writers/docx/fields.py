"""Complex fields (ECMA-376 part 1, 17.16) with their results already in place.

No field is marked dirty and no update is asked for: Word opens the file without a question and
shows what our own layout found.
"""

from __future__ import annotations

from typing import Final

from publisher.writers.docx.xml import escape

BEGIN: Final = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
SEPARATE: Final = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def opening(instruction: str) -> str:
    """The runs up to a field's result."""
    return (
        f'{BEGIN}<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f"{SEPARATE}"
    )


def field(instruction: str, result: str) -> str:
    """A whole field; `result` is runs."""
    return f"{opening(instruction)}{result}{END}"


def text_run(text: str, properties: str = "") -> str:
    """A run of plain text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def page_reference(bookmark: str, label: str, properties: str = "") -> str:
    """The page that a bookmark stands on, with the label that the layout gave it."""
    return field(f"PAGEREF {bookmark} \\h", text_run(label, properties))


def text_reference(bookmark: str, result: str) -> str:
    """The text of a bookmark; `result` is runs."""
    return field(f"REF {bookmark} \\h", result)
