"""Pages saved whole in one file (RFC 2557): ``.mhtml`` and ``.mht``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin

from publisher.errors import MalformedSource, ResourceError
from publisher.readers.neighbours import Neighbour
from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message

    from publisher.readers.base import ReadRequest
    from publisher.tree.meta import Document

_HEAD: Final = re.compile(
    rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}content-type:\s*multipart/related",
    re.IGNORECASE,
)
_PAGE: Final = ("text/html", "application/xhtml+xml")


class MhtmlReader:
    """Reads a page saved by Chrome, Edge or Internet Explorer with its pictures in one file."""

    name = "mhtml"
    suffixes = (".mhtml", ".mht")
    media_types = ("multipart/related", "message/rfc822")

    def sniff(self, head: bytes) -> float:
        """0.95 for the head of a message of related parts."""
        return 0.95 if _HEAD.match(head.replace(b"\r\n", b"\n")) else 0.0

    def read(self, request: ReadRequest) -> Document:
        """The document.

        Raises:
            SourceError: It holds no page, or the page nothing to read.
        """
        from publisher.readers.html.reader import HtmlReader

        message = _message(request)
        parts = [part for part in message.walk() if not part.is_multipart()]
        page = next((part for part in parts if part.get_content_type() in _PAGE), None)
        if page is None:
            raise MalformedSource(
                "holds no page",
                code="mhtml.no-page",
                where=request.name,
                hint="save the page again, as one file or with its folder",
            )
        address = _location(page) or str(message.get("Snapshot-Content-Location") or "")
        files = {name: part for part in parts if part is not page for name in _names(part, address)}
        data = _payload(page)
        charset = page.get_content_charset()
        if charset and not request.settings.encoding:
            data = _as_utf8(data, charset)
        inner = replace(request, data=data, neighbours=_Parts(files, address))
        document = HtmlReader().read(inner)
        meta = document.meta
        if not meta.source_url and address.startswith(("http://", "https://")):
            meta = replace(meta, source_url=address)
        sources = tuple(replace(source, reader="mhtml/1") for source in document.sources)
        return replace(document, meta=meta, sources=sources)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The other parts of the message, by address and id."""

    files: Mapping[str, Message]
    address: str

    def read(self, address: str, limit: int) -> Neighbour:
        """As `publisher.readers.neighbours.Neighbours.read`."""
        for name in (address, urljoin(self.address, address), unquote(address)):
            part = self.files.get(name)
            if part is not None:
                data = _payload(part)
                if len(data) > limit:
                    raise ResourceError("is too large", code="resource.too-large")
                return Neighbour(name.rpartition("/")[2], data)
        raise ResourceError("is not in the file", code="resource.missing")


def _message(request: ReadRequest) -> Message:
    from email import message_from_bytes
    from email.errors import MessageError

    try:
        return message_from_bytes(request.data)
    except (MessageError, ValueError, IndexError) as problem:
        raise MalformedSource(
            "is no saved page",
            code="mhtml.damaged",
            where=request.name,
            hint="save the page again",
        ) from problem


def _payload(part: Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, AssertionError):
        return b""
    return found if isinstance(found, bytes) else b""


def _location(part: Message) -> str:
    return "".join(str(part.get("Content-Location") or "").split())


def _names(part: Message, base: str) -> list[str]:
    """What a page may call a part: its address, in full and as written, or ``cid:`` and its id."""
    location = _location(part)
    names = [location, urljoin(base, location)] if location else []
    identity = str(part.get("Content-ID") or "").strip().strip("<>")
    return [*names, f"cid:{identity}"] if identity else names


def _as_utf8(data: bytes, charset: str) -> bytes:
    """The page in UTF-8 with a mark, which no declaration in it overrides."""
    try:
        return b"\xef\xbb\xbf" + data.decode(charset).encode()
    except (LookupError, UnicodeError):
        return data  # the reader finds it out
