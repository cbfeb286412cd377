"""What a PDF says of itself: catalogue, information dictionary, XMP, output intent, fonts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


def faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What is wrong outside the structure tree, as lines of rule and fault."""
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "mark-info: the file does not say that it is tagged"
    if root.get("/MarkInfo", {}).get("/Suspects", False):
        yield "mark-info: the tags are suspect"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "display-title: the title is not shown"
    if not _LANGUAGE.match(str(root.get("/Lang", ""))):
        yield f"lang: that of the file is {str(root.get('/Lang', ''))!r}"
    yield from _intent(root)
    yield from _agreement(pdf)
    yield from _fonts(pdf)


def _intent(root: pikepdf.Object) -> Iterator[str]:
    intents = list(root.get("/OutputIntents", []))
    wanted = [one for one in intents if one.get("/S") == "/GTS_PDFA1"]
    if len(wanted) != 1:
        yield "output-intent: there is not one of PDF/A"
    for one in wanted:
        profile = one.get("/DestOutputProfile")
        if profile is None or profile.read_bytes()[36:40] != b"acsp":
            yield "output-intent: has no colour profile"


def packet(pdf: pikepdf.Pdf) -> ET.Element | None:
    """The description in the XMP packet."""
    held = pdf.Root.get("/Metadata")
    if held is None:
        return None
    return ET.fromstring(held.read_bytes()).find(".//rdf:Description", _SPACES)


def values(description: ET.Element, name: str) -> list[str]:
    """A property's values: its own text, or each entry of its array."""
    held = description.find(name, _SPACES)
    if held is None:
        return []
    items = held.findall(".//rdf:li", _SPACES)
    return [item.text or "" for item in items] if items else [held.text or ""]


def _agreement(pdf: pikepdf.Pdf) -> Iterator[str]:
    description = packet(pdf)
    if description is None:
        yield "metadata: there is no XMP"
        return
    info = pdf.trailer.get("/Info", pikepdf.Dictionary())

    def told(key: str) -> str:
        return str(info.get(key, ""))

    def said(name: str) -> list[str]:
        return values(description, name)

    if not told("/Title").strip() or said("dc:title") != [told("/Title")]:
        yield f"title: {told('/Title')!r} in Info, {said('dc:title')} in XMP"
    if "; ".join(said("dc:creator")) != told("/Author"):
        yield f"author: {told('/Author')!r} in Info, {said('dc:creator')} in XMP"
    for key, name in (
        ("/Subject", "dc:description"),
        ("/Keywords", "pdf:Keywords"),
        ("/Creator", "xmp:CreatorTool"),
        ("/Producer", "pdf:Producer"),
    ):
        if "".join(said(name)) != told(key):
            yield f"metadata: {key} is {told(key)!r}, {name} {said(name)}"
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        if not said(name) or _of_info(told(key)) != _of_xmp(said(name)[0]):
            yield f"date: {key} is {told(key)!r}, {name} {said(name)}"
    if said("dc:language") not in ([], [str(pdf.Root.get("/Lang", ""))]):
        yield f"lang: {said('dc:language')} in XMP, {pdf.Root.get('/Lang')} in the catalogue"
    claims = [said(n) for n in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
    if claims != [["2"], ["A"], ["1"]]:
        yield f"claims: {claims}"


def _of_info(text: str) -> datetime | None:
    match = re.fullmatch(r"D:(\d{14})(Z|[+-]\d\d'\d\d'?)?", text)
    if match is None:
        return None
    zone = (match[2] or "Z").replace("'", "")
    return datetime.strptime(match[1] + zone, "%Y%m%d%H%M%S%z").astimezone(UTC)


def _of_xmp(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for value in pdf.objects:
        if not isinstance(value, pikepdf.Dictionary) or value.get("/Type") != "/Font":
            continue
        kind = str(value.get("/Subtype", ""))
        if kind in ("/CIDFontType0", "/CIDFontType2"):
            continue
        inner = value.DescendantFonts[0] if kind == "/Type0" else value
        descriptor = inner.get("/FontDescriptor", pikepdf.Dictionary())
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"font: {value.get('/BaseFont')} is not embedded"
        if "/ToUnicode" not in value:
            yield f"font: {value.get('/BaseFont')} has no ToUnicode"
