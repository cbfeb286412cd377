"""What a page says of its article in JSON-LD (schema.org), in the shapes that sites use."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLES: Final = re.compile(r".*Article|.*Posting|Report|WebPage|CreativeWork")
_FIRST: Final = re.compile(r".*Article|.*Posting|Report")
_BODIES: Final = re.compile(r".*Organi[sz]ation|Corporation|WebSite")
_MOST: Final = 400  # nodes looked at
_STRAY: Final = re.compile(r"[\x00-\x1f]+")


class Said(NamedTuple):
    """What was said: texts as they are written there."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    site: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()  # authors that are organisations


def json_ld(root: Any) -> Said:
    """What the page's scripts say of its main article; empty texts where they do not."""
    nodes = [node for script in root.iter("script") for node in _nodes(script)]
    ranked = [n for n in nodes if _is(n, _FIRST)] or [n for n in nodes if _is(n, _ARTICLES)]
    if not ranked:
        return Said()
    node = ranked[0]
    people = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and n.get("name")}
    authors = dict.fromkeys(_names(node.get("author") or node.get("creator"), people))
    bodies = {n["name"] for n in nodes if _is(n, _BODIES) and isinstance(n.get("name"), str)}
    site = next(iter(_names(node.get("publisher") or node.get("isPartOf"), people)), "")
    words = node.get("keywords")
    if isinstance(words, str):
        words = re.split(r"\s*[,，、;；]\s*", words)
    return Said(
        _text(node.get("headline") or node.get("name")),
        tuple(name for name in authors if name not in bodies),
        _text(node.get("datePublished") or node.get("dateCreated")),
        site,
        _text(node.get("description")),
        tuple(_text(w) for w in words if _text(w)) if isinstance(words, list) else (),
        tuple(name for name in authors if name in bodies),
    )


def _nodes(script: Any) -> Iterator[dict[str, Any]]:
    if "ld+json" not in (script.get("type") or "").lower():
        return
    written = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").rstrip(" ;")
    try:
        stack = [json.loads(_STRAY.sub(" ", written), strict=False)]
    except (ValueError, RecursionError):
        return
    seen = 0
    while stack and seen < _MOST:
        node = stack.pop(0)
        seen += 1
        if isinstance(node, list):
            stack += node
        elif isinstance(node, dict):
            yield node
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"):
                inner = node.get(key)
                if isinstance(inner, dict | list):
                    stack.append(inner)


def _is(node: dict[str, Any], kinds: re.Pattern[str]) -> bool:
    kind = node.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and kinds.fullmatch(name) for name in names)


def _names(value: Any, people: dict[str, dict[str, Any]]) -> Iterator[str]:
    if isinstance(value, list):
        for each in value[:20]:
            yield from _names(each, people)
    elif isinstance(value, dict):
        known = people.get(value.get("@id") or "", {})
        name = _text(value.get("name") or known.get("name"))
        if name:
            yield name
    elif isinstance(value, str) and _text(value):
        yield _text(value)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str) or value.startswith(("http://", "https://")):
        return ""
    return " ".join(re.sub(r"<[^>]{0,100}>", "", value).split())
