"""Tables of a composite font: widths, and what codes say (ISO 32000-1, 9.7.4.3 and 9.10.3)."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from itertools import starmap
from typing import TYPE_CHECKING

from publisher.writers.pdf import syntax

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.faces.lookups import Number

# A CMap may hold at most 100 entries in a block (Adobe technical note 5014, bfchar).
_BLOCK = 100


def subset_tag(face: str, gids: Sequence[int]) -> str:
    """Six capitals that tell one subset of a font from another (9.6.4)."""
    digest = hashlib.sha256(f"{face} {gids}".encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def widths(stated: Iterable[tuple[int, Number]]) -> str:
    """/W: runs of consecutive codes, without those of the default width."""
    items: list[str] = []
    run: list[str] = []
    first = after = -1
    for code, width in stated:
        if width == 1000:
            continue
        if code != after:
            if run:
                items.append(f"{first}[{' '.join(run)}]")
            run, first = [], code
        run.append(syntax.number(width))
        after = code + 1
    if run:
        items.append(f"{first}[{' '.join(run)}]")
    return f"[{''.join(items)}]"


def to_unicode(texts: Iterable[tuple[int, str]]) -> bytes:
    """A ToUnicode CMap (9.10.3) from (code, text) in order of codes; empty texts are left out."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    entries = list(starmap(_entry, (pair for pair in texts if pair[1])))
    for first in range(0, len(entries), _BLOCK):
        block = entries[first : first + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end", ""]
    return "\n".join(lines).encode("ascii")


@lru_cache(maxsize=1 << 15)
def _entry(code: int, text: str) -> str:
    """A line of the map; the documents of a batch have most of theirs in common."""
    return f"<{code:04X}> <{text.encode('utf-16-be', 'replace').hex().upper()}>"
