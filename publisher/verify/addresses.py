"""Web addresses in one form, whichever way a file spells them."""

from __future__ import annotations

from unicodedata import normalize
from urllib.parse import unquote, urlsplit


def as_address(target: str) -> str:
    """`target` with nothing encoded: ``xn--`` hosts and ``%`` escapes are characters."""
    text = target.strip()
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return text
    if "xn--" in host:
        try:
            shown = host.encode("ascii").decode("idna")
        except UnicodeError:
            shown = host
        text = text.replace(host, shown, 1)
    for _ in range(2):
        text = unquote(text)
    return normalize("NFC", text).rstrip("/")
