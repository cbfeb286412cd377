"""Where links of a source lead once the text has left its place."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote, urldefrag, urljoin

_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# Addresses that mean the same everywhere and do nothing on their own.
_SAFE: Final = frozenset(
    ["http", "https", "mailto", "tel", "ftp", "ftps", "sms", "doi", "urn", "isbn", "geo", "news"]
)
# RFC 3986 section 2: reserved and unreserved characters, and the percent sign of escapes.
_LEGAL: Final = "!#$%&'()*+,/:;=?@[]~-._"
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def resolve_link(href: str, base: str = "") -> str:
    """The address as a URI, or ``#id``; empty when it leads nowhere outside its old place.

    A relative address is resolved against `base` (where the source was published); without one
    it names a file that is not part of the publication. Scripts and the like lead nowhere.
    """
    address = "".join(href.split()) if "\n" in href or "\t" in href else href.strip()
    if not address:
        return ""
    if address.startswith("#"):
        return unquote(address) if len(address) > 1 else ""
    scheme = _SCHEME.match(address)
    if scheme is None:
        if address.startswith("//"):
            address = f"https:{address}"
        elif base:
            address = _joined(base, address)
            if address.startswith("#"):
                return unquote(address)
        else:
            return ""
    elif scheme[1].lower() not in _SAFE:
        return ""
    return quote(_STRAY_PERCENT.sub("%25", address), safe=_LEGAL)


def _joined(base: str, address: str) -> str:
    try:
        joined = urljoin(base, address)
    except ValueError:  # such as a broken IPv6 host
        return ""
    page, fragment = urldefrag(joined)
    # The page's own address with a fragment is a place in this very text.
    return f"#{fragment}" if fragment and page == urldefrag(base)[0] else joined
