"""Where the picture of an ``img`` is: lazy loaders, sets of sizes, placeholders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from publisher.readers.neighbours import scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# What loaders of pictures keep the true address in, the largest picture first.
_LAZY: Final = (
    "data-original", "data-src", "data-lazy-src", "data-actualsrc", "data-original-src",
    "data-lazy", "data-lazyload", "data-echo", "data-url", "data-img", "data-croporisrc",
    "data-full-src", "data-hi-res-src", "file", "zoomfile",
)  # fmt: skip
_SETS: Final = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER: Final = re.compile(
    r"(?i)(?:^|[/_.-])(?:blank|placeholder|placehold|loading|lazy|spacer|pixel|grey|gray|transparent|"
    r"default|1x1|none|nopic|space|dot)[\w-]*\.(?:gif|png|jpe?g|svg|webp)(?:$|[?#])"
)
_CANDIDATE: Final = re.compile(r"[\s,]*(\S+?)(?:,+(?=\s|$)|\s+([\d.]{1,8})[wx]\s*(?:,|$)|\s*$)")
_MOST: Final = 6


def picture_sources(element: Any, base: str = "") -> list[str]:
    """Places where the picture may be, best first; as written, and against the page's address.

    Args:
        element: An ``img``.
        base: What relative addresses start from; may be empty.
    """
    named = list(dict.fromkeys(source for raw in _named(element) if (source := raw.strip())))
    # A lazy loader's placeholder says nothing when the picture itself is named as well.
    real = [s for s in named if not s.startswith("data:") and not _PLACEHOLDER.search(s)]
    found: list[str] = []
    for source in (real or named)[:_MOST]:
        found.append(source)
        if base.startswith(("http://", "https://")) and not scheme_of(source):
            found.append(urljoin(base, source))
    return found


def _named(element: Any) -> Iterator[str]:
    for name in _LAZY:
        yield _address(element.get(name) or "")
    # The parser takes ``source`` for a container: what follows it may stand inside it.
    others = [*element.itersiblings("source", preceding=True), *element.iterancestors("source")]
    for item in (element, *others):
        for name in _SETS:
            yield from _best_first(item.get(name) or "")
    yield element.get("src") or ""
    noscript = element.getnext()
    if noscript is not None and noscript.tag == "noscript":
        for inner in noscript.iter("img"):
            yield inner.get("src") or ""


def _address(written: str) -> str:
    """The value of a loader's attribute if it is an address; some keep other things there."""
    return written if re.search(r"[/.]", written) and "{" not in written else ""


def _best_first(written: str) -> list[str]:
    """The addresses of a ``srcset``, the largest first (HTML 4.8.4.2.1)."""
    if written.startswith("data:"):
        return []
    found = [
        (_number(match[2]), match[1])
        for match in _CANDIDATE.finditer(written)
        if match[1].strip(",")
    ]
    return [address for _, address in sorted(found, key=lambda pair: -pair[0])]


def _number(written: str | None) -> float:
    try:
        return float(written or 1)
    except ValueError:
        return 1.0
