"""Text sources that are written back: in their own encoding where that can hold the text."""

from __future__ import annotations


def encoded(data: bytes, before: str, after: str, encoding: str) -> bytes:
    """A changed text as bytes: as its source is encoded, or in UTF-8 where that lacks a character.

    Args:
        data: The source; it comes back as it is where nothing is changed.
        before: Its text.
        after: The changed text.
        encoding: The encoding that it was decoded from.
    """
    if before == after:
        return data
    try:
        if before.encode(encoding) == data:
            return after.encode(encoding)
        if ("\ufeff" + before).encode(encoding) == data:
            return ("\ufeff" + after).encode(encoding)
    except (LookupError, UnicodeEncodeError):
        pass
    return after.encode("utf-8")
