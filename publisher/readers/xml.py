"""XML from strangers: no entities, no network, limits on size and depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from publisher.errors import MalformedSource, SourceTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable

# libxml2 itself stops at 256 levels unless told to take huge files; a deep list has some 40.
_MAX_ELEMENTS: Final = 5_000_000


def parse_xml(data: bytes, where: str, *, doctype: bool = False) -> Any:
    """The root element of an XML file.

    Args:
        data: The whole file, in the encoding it names.
        where: What messages call it.
        doctype: Allows a DOCTYPE, as XHTML has; its entities are never expanded even so.

    Raises:
        MalformedSource: It is not well-formed, or declares entities of its own.
        SourceTooLarge: It has too many elements.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as problem:
        line = getattr(problem, "lineno", None) or 0
        raise MalformedSource(
            f"is not well-formed XML: {_reason(problem)}",
            code="xml.malformed",
            where=f"{where}:{line}" if line else where,
            hint="save it again with the program it comes from",
        ) from problem
    info = root.getroottree().docinfo
    internal: Any = info.internalDTD
    if internal is not None and (not doctype or _has_entities(internal.iterentities())):
        raise MalformedSource(
            "declares entities of its own" if doctype else "has a DOCTYPE",
            code="xml.entities",
            where=where,
            hint="remove the declaration; no such file is read",
        )
    count = sum(1 for _ in root.iter())
    if count > _MAX_ELEMENTS:
        raise SourceTooLarge(
            f"has {count:,} elements, over the limit of {_MAX_ELEMENTS:,}",
            code="xml.too-many",
            where=where,
            hint="split it",
        )
    return root


def _has_entities(entities: Iterable[object]) -> bool:
    return any(True for _ in entities)


def _reason(problem: Exception) -> str:
    text = str(problem).split("\n")[0]
    return text.split(", line")[0][:120]
