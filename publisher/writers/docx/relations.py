"""Relations of one part: links to the outside, pictures, headers; each target once."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

from publisher.writers.docx.package import Relation

# Targets that Word opens; others (javascript:, relative paths to sources) stay plain text.
_SCHEMES: Final = frozenset({"http", "https", "mailto", "ftp", "ftps", "tel", "sms", "news", "urn"})
# RFC 3986: reserved characters and existing escapes stay as they are.
_SAFE: Final = "%/:=&?~#+!$,;'@()*[]-._"
_LONGEST: Final = 2083  # Word refuses longer addresses


class Relations:
    """Gives ids to targets in the order in which they are first asked for."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        self.relations: list[Relation] = []

    def to(self, kind: str, target: str, *, external: bool = False) -> str:
        """Id of the relation to a part or, `external`, to a URI."""
        found = self._ids.get((kind, target))
        if found is None:
            found = self._ids[kind, target] = f"rId{len(self.relations) + 1}"
            self.relations.append(Relation(found, kind, target, external))
        return found

    def to_address(self, address: str) -> str:
        """Id of the relation to a web or mail address; empty for what Word cannot open."""
        uri = clean_address(address)
        return self.to("hyperlink", uri, external=True) if uri else ""


def clean_address(address: str) -> str:
    """An address with everything escaped that a URI may not hold; empty when it is none."""
    address = address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.casefold() not in _SCHEMES:
        return ""
    if parts.scheme.casefold().startswith(("http", "ftp")) and not parts.hostname:
        return ""
    host, rest = parts.netloc, address[address.find(parts.netloc) + len(parts.netloc) :]
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
        address = f"{parts.scheme}://{host}{rest}"
    uri = quote(address, safe=_SAFE, errors="replace")
    return uri if len(uri) <= _LONGEST else ""
