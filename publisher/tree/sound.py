"""Metadata as every writer can take them, whatever a source or a name of a file has in it.

Readers clean their text; titles, names and facts also come from escapes in front matter, JSON-LD
and file names, which may spell characters that no XML has.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from publisher.text.normalize import clean
from publisher.tree.nodes import Text
from publisher.tree.walk import map_run

if TYPE_CHECKING:
    from publisher.tree.meta import Contributor, Metadata, Series
    from publisher.tree.nodes import Inline, Inlines

_TAG: Final = re.compile("[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8})*")  # the shape of BCP 47
_N = TypeVar("_N", "Contributor", "Series", "Metadata")


def sound_text(text: str) -> str:
    """`text` without control characters and blanks around it, in NFC; see `clean`."""
    return clean(text).text.strip()


def sound_metadata(meta: Metadata) -> Metadata:
    """The same with sound text everywhere, and without what has no name then."""
    people = tuple(person for c in meta.contributors if (person := _fields(c)).name)
    series = _fields(meta.series) if meta.series is not None else None
    made = replace(
        _fields(meta),
        title=_title(meta.title),
        subtitle=_title(meta.subtitle),
        contributors=people,
        subjects=tuple(filter(None, map(sound_text, meta.subjects))),
        series=series if series is not None and series.name else None,
        extra=tuple((sound_text(key), sound_text(value)) for key, value in meta.extra),
    )
    return meta if made == meta else made


def _fields(node: _N) -> _N:
    """The record with sound text in the fields that are text alone."""
    texts: dict[str, Any] = {
        name: sound_text(value)
        for name in node.__slots__
        if isinstance(value := getattr(node, name), str)
    }
    for name in ("language", "lang"):
        if name in texts and not _TAG.fullmatch(texts[name]):
            texts[name] = ""
    return replace(node, **texts)


def _title(title: Inlines) -> Inlines:
    def cleaned(node: Inline) -> Inline | Inlines:
        if not isinstance(node, Text):
            return node
        text = clean(node.text).text
        return node if text == node.text else (Text(text),) if text else ()

    made = map_run(title, cleaned)
    blank = all(isinstance(node, Text) and not node.text.strip() for node in made)
    return () if blank else made
