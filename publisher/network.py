"""The network, when an address is given or pictures are asked for: limits, and no private hosts.

Every hop is looked up, its addresses judged, and the very address that was judged is connected to,
so that no name can lead elsewhere between the two (DNS rebinding).
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
import socket
import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

from publisher.errors import ResourceError, SourceError, SourceTooLarge
from publisher.readers.neighbours import Neighbour, scheme_of
from publisher.record import NamedTuple, dataclass, field
from publisher.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from publisher.readers.neighbours import Neighbours
    from publisher.settings import NetworkSettings

_AGENT: Final = f"publisher/{__version__} (+https://pypi.org/project/publisher/)"
_DIGITS: Final = 18  # of a length
_CHUNK: Final = 64 * 1024
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_REDIRECTS: Final = frozenset([301, 302, 303, 307, 308])
_PORTS: Final = {"http": 80, "https": 443}
_MEANINGS: Final = {
    401: "asks for a password", 403: "is refused", 404: "is not there", 410: "is gone",
    429: "is refused for now: too many requests", 451: "is withheld for legal reasons",
}  # fmt: skip


class FetchError(SourceError):
    """An address that cannot be fetched."""

    default_code = "network.failed"


class Fetched(NamedTuple):
    """What came from an address: the bytes, the address at last, media type and charset."""

    data: bytes
    address: str
    media_type: str = ""
    charset: str = ""


def is_address(text: str) -> bool:
    """An address of the web."""
    return scheme_of(text) in ("http", "https")


@dataclass(slots=True)
class Network:
    """Fetches within the limits of the settings.

    Attributes:
        settings: The ``[network]`` table.
        cache: The folder that keeps pictures; None for none.
    """

    settings: NetworkSettings
    cache: Path | None = None
    _resolved: dict[tuple[str, int], str] = field(default_factory=dict)

    def page(self, address: str) -> Fetched:
        """A page.

        Raises:
            FetchError: It cannot be had, leads to a private host, or takes too long.
            SourceTooLarge: It is over the limit.
        """
        if self.settings.offline:
            raise FetchError(
                "is not fetched: no network was asked for", where=address, hint="drop --offline"
            )
        return self._fetch(address, "text/html,application/xhtml+xml,*/*;q=0.5")

    def picture(self, address: str, limit: int) -> bytes:
        """A picture, from the cache if it was fetched before.

        Raises:
            ResourceError: It cannot be had.
        """
        kept = self._kept(address)
        if kept is not None:
            return kept
        if self.settings.offline:
            raise ResourceError("is not in the cache, and no network was asked for", code=_LOST)
        try:
            found = self._fetch(address, "image/*,*/*;q=0.5", limit)
        except SourceError as problem:
            raise ResourceError(problem.message, code=_LOST, hint=problem.hint) from problem
        self._keep(address, found.data)
        return found.data

    # ------------------------------------------------------------------------------- requests

    def _fetch(self, address: str, accept: str, limit: int = 0) -> Fetched:
        limit = min(limit or self.settings.max_bytes, self.settings.max_bytes)
        ends = time.monotonic() + self.settings.timeout
        here = address
        for _ in range(self.settings.max_redirects + 1):
            answer = self._ask(here, address, accept, ends)
            try:
                if answer.status in _REDIRECTS and answer.headers.get("Location"):
                    here = urljoin(here, answer.headers["Location"].strip())
                    continue
                if answer.status != 200:
                    what = _MEANINGS.get(answer.status, f"answers with status {answer.status}")
                    raise FetchError(what, where=address, hint="open it in a browser and save it")
                data = b"".join(self._body(answer, address, limit, ends))
            finally:
                answer.close()
            kind = answer.headers.get("Content-Type") or ""
            charset = _CHARSET.search(kind)
            media = kind.partition(";")[0].strip().lower()
            return Fetched(data, here, media, charset[1].lower() if charset else "")
        raise FetchError(
            f"leads on more than {self.settings.max_redirects} times",
            code="network.redirects",
            where=address,
            hint="give the address at which the page is at last",
        )

    def _ask(self, address: str, first: str, accept: str, ends: float) -> Any:
        """The answer to one request, its body not read yet."""
        import urllib3

        try:
            parts = urlsplit(address)
            port = parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError:
            raise FetchError("is no valid address", where=first, hint="check it") from None
        if not port or not parts.hostname:
            raise FetchError("leads to no web address", where=first, hint="check the address")
        host = parts.hostname
        target = self._target(host, port, first)
        left = ends - time.monotonic()
        if left <= 0:
            raise _late(first, self.settings.timeout)
        wait = urllib3.Timeout(connect=min(left, 10.0), read=left)
        if parts.scheme == "https":
            import certifi

            pool: urllib3.HTTPConnectionPool = urllib3.HTTPSConnectionPool(
                target, port, timeout=wait, cert_reqs="CERT_REQUIRED", ca_certs=certifi.where(),
                server_hostname=host, assert_hostname=host,
            )  # fmt: skip
        else:
            pool = urllib3.HTTPConnectionPool(target, port, timeout=wait)
        named = host if port == _PORTS[parts.scheme] else f"{host}:{port}"
        path = urlunsplit(("", "", _quoted(parts.path) or "/", _quoted(parts.query), ""))
        headers = {
            "Host": _ascii_host(named),
            "User-Agent": _AGENT,
            "Accept": accept,
            "Accept-Encoding": "gzip, deflate",
        }
        try:
            return pool.urlopen(
                "GET", path, headers=headers, redirect=False, retries=False, preload_content=False
            )
        except urllib3.exceptions.NewConnectionError as problem:  # also a kind of timeout
            raise FetchError(
                "does not answer", where=first, hint="check the address, or try again"
            ) from problem
        except urllib3.exceptions.TimeoutError as problem:
            raise _late(first, self.settings.timeout) from problem
        except (urllib3.exceptions.HTTPError, OSError, UnicodeError, ValueError) as problem:
            secure = isinstance(problem, urllib3.exceptions.SSLError)
            what = "cannot prove who it is" if secure else "does not answer"
            raise FetchError(
                f"{what} ({type(problem).__name__})",
                code="network.tls" if secure else "network.failed",
                where=first,
                hint="check the address, or save the page and give the file",
            ) from problem

    def _body(self, answer: Any, address: str, limit: int, ends: float) -> Iterator[bytes]:
        import urllib3

        length = answer.headers.get("Content-Length") or ""
        size = 0
        try:
            # More digits than anything is counted with are too many bytes, whatever the limit.
            if length.isdecimal() and (len(length) > _DIGITS or int(length) > limit):
                raise _too_large(address, limit)
            while chunk := answer.read1(_CHUNK, decode_content=True):
                size += len(chunk)
                if size > limit:
                    raise _too_large(address, limit)
                if time.monotonic() > ends:
                    raise _late(address, self.settings.timeout)
                yield chunk
        except urllib3.exceptions.TimeoutError as problem:
            raise _late(address, self.settings.timeout) from problem
        except (urllib3.exceptions.HTTPError, OSError) as problem:
            raise FetchError(
                "breaks off before its end", where=address, hint="try again"
            ) from problem

    def _target(self, host: str, port: int, first: str) -> str:
        """An address of the host that may be asked; found once and kept for the run."""
        known = self._resolved.get((host, port))
        if known is not None:
            return known
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as problem:
            raise FetchError(
                f"is on no host that is known ({host})", where=first, hint="check the address"
            ) from problem
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        if not self.settings.allow_private:
            private = [a for a in addresses if not _is_public(a)]
            if private or not addresses:
                raise FetchError(
                    f"is on a private host ({host})",
                    code="network.private",
                    where=first,
                    hint="allow it with --allow-private-addresses if it is yours",
                )
        self._resolved[host, port] = addresses[0]
        return addresses[0]

    # ----------------------------------------------------------------------------- the cache

    def _file(self, address: str) -> Path | None:
        if self.cache is None:
            return None
        return self.cache / hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()

    def _kept(self, address: str) -> bytes | None:
        file = self._file(address)
        try:
            return file.read_bytes() if file is not None else None
        except OSError:
            return None

    def _keep(self, address: str, data: bytes) -> None:
        file = self._file(address)
        if file is None:
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            beside = file.with_name(f"{file.name}.{os.getpid()}")
            beside.write_bytes(data)
            beside.replace(file)
        except OSError:
            return  # it is fetched again next time


_LOST: Final = "picture.not-fetched"


@dataclass(frozen=True, slots=True)
class WebNeighbours:
    """Pictures of a page on the web, or those of a local page that are on it.

    Attributes:
        network: Fetches them.
        base: The page's address, which relative names start from; empty for a local page.
        local: Where names that are no addresses are looked for first.
    """

    network: Network
    base: str = ""
    local: Neighbours | None = None

    def read(self, address: str, limit: int) -> Neighbour:
        """As `publisher.readers.neighbours.Neighbours.read`."""
        if self.local is not None and not scheme_of(address):
            try:
                return self.local.read(address, limit)
            except ResourceError:
                if not self.base:
                    raise
        full = urljoin(self.base, address) if self.base else address
        if full.startswith("//"):
            full = f"https:{full}"
        if not is_address(full):
            raise ResourceError("is no address of the web", code="picture.remote")
        name = urlsplit(full).path.rpartition("/")[2]
        return Neighbour(name, self.network.picture(full, limit))


def _is_public(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast


def _quoted(part: str) -> str:
    from urllib.parse import quote

    return quote(part, safe="%/:=&?~#+!$,;'@()*[]")


def _ascii_host(named: str) -> str:
    try:
        return named.encode("idna").decode("ascii")
    except UnicodeError:
        return named.encode("ascii", "ignore").decode()


def _late(address: str, seconds: int) -> FetchError:
    return FetchError(
        f"takes longer than {seconds} seconds",
        code="network.timeout",
        where=address,
        hint="try again, or raise network.timeout in publisher.toml",
    )


def _too_large(address: str, limit: int) -> SourceTooLarge:
    return SourceTooLarge(
        f"has more than {limit / 1e6:.0f} MB",
        where=address,
        hint="raise network.max-bytes in publisher.toml",
    )
