"""What the file says about itself: document information and its XMP twin (14.3; ISO 16684-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.record import dataclass
from publisher.writers.pdf import syntax

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from publisher.tree.meta import Metadata

# Packet identifier that marks XMP for scanners (ISO 16684-1, 7.3.2).
_PACKET = "W5M0MpCehiHzreSzNTczkc9d"
_NAMESPACES = (
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
)
_PLAIN_NAMESPACES = 3  # those before the ones of the claims
# PDF/A knows no schema of PDF/UA: a file that is both describes it (ISO 19005-2, 6.6.2.3.3).
_CLAIMS = """\
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


@dataclass(frozen=True, slots=True)
class Facts:
    """Metadata as plain text, the same for the information dictionary and XMP."""

    title: str
    authors: tuple[str, ...]
    subject: str
    keywords: tuple[str, ...]
    rights: str
    publisher: str
    date: str
    identifier: str
    source: str
    language: str
    creator: str
    stamp: datetime


def facts(meta: Metadata, stamp: datetime) -> Facts:
    """The facts of a document. The subtitle goes with the title, as on the title page."""
    from publisher.tree.walk import plain_text
    from publisher.version import __version__

    parts = (plain_text(part, line_break=" ") for part in (meta.title, meta.subtitle))
    title = " — ".join(filter(None, (_flat(part).strip() for part in parts)))
    papers = [c.name for c in meta.contributors if c.role == "source"]
    authors = tuple(_flat(c.name) for c in meta.contributors if c.role == "author")
    return Facts(
        title=title,
        authors=authors or tuple(_flat(c.name) for c in meta.contributors),
        subject=_flat(meta.description),
        keywords=tuple(map(_flat, meta.subjects)),
        rights=_flat(meta.rights),
        publisher=_flat(meta.publisher),
        date=meta.date,
        identifier=meta.identifier,
        source=_flat(" ".join(filter(None, (*papers, meta.source_url)))),
        language=meta.language,
        creator=f"publisher {__version__}",
        stamp=stamp,
    )


def _flat(text: str) -> str:
    """`text` on one line, without characters that XML does not allow."""
    visible = "".join(c for c in text if c >= " " or c in "\t\n\r")
    return " ".join(visible.replace("\ufffe", "").replace("\uffff", "").split(" "))


def information(known: Facts) -> dict[str, str]:
    """The document information dictionary; empty entries are left out."""
    entries = {
        "Title": known.title,
        "Author": "; ".join(known.authors),
        "Subject": known.subject,
        "Keywords": ", ".join(known.keywords),
        "Creator": known.creator,
        "Producer": known.creator,
    }
    shown = {key: syntax.text_string(value) for key, value in entries.items() if value}
    date = syntax.byte_string(known.stamp.strftime("D:%Y%m%d%H%M%S+00'00'").encode("ascii"))
    return shown | {"CreationDate": date, "ModDate": date}


def xmp(known: Facts, *, claims: bool = True) -> bytes:
    """The XMP packet; with `claims` it says which standards the file conforms to."""
    stamp = known.stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [
        _alternatives("dc:title", known.title),
        _listed("dc:creator", "Seq", known.authors),
        _alternatives("dc:description", known.subject),
        _listed("dc:subject", "Bag", known.keywords),
        _listed("dc:language", "Bag", filter(None, [known.language])),
        _listed("dc:publisher", "Bag", filter(None, [known.publisher])),
        _listed("dc:date", "Seq", filter(None, [known.date])),
        _alternatives("dc:rights", known.rights),
        _plain("dc:identifier", known.identifier),
        _plain("dc:source", known.source),
        _plain("dc:format", "application/pdf"),
        _plain("xmp:CreatorTool", known.creator),
        _plain("xmp:CreateDate", stamp),
        _plain("xmp:ModifyDate", stamp),
        _plain("xmp:MetadataDate", stamp),
        _plain("pdf:Producer", known.creator),
        _plain("pdf:Keywords", ", ".join(known.keywords)),
        _CLAIMS if claims else "",
    ]
    shown = _NAMESPACES if claims else _NAMESPACES[:_PLAIN_NAMESPACES]
    spaces = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in shown)
    body = "\n".join(filter(None, lines))
    packet = (
        f'<?xpacket begin="\ufeff" id="{_PACKET}"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about=""{spaces}>\n{body}\n'
        "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="w"?>\n'
    )
    return packet.encode("utf-8", "replace")


def _escape(value: str) -> str:
    """Text for XML. `xml.sax.saxutils` would do, but imports half of the network library."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(name: str, value: str) -> str:
    return f"<{name}>{_escape(value)}</{name}>" if value else ""


def _alternatives(name: str, value: str) -> str:
    if not value:
        return ""
    item = f'<rdf:li xml:lang="x-default">{_escape(value)}</rdf:li>'
    return f"<{name}><rdf:Alt>{item}</rdf:Alt></{name}>"


def _listed(name: str, kind: str, values: Iterable[str]) -> str:
    items = "".join(f"<rdf:li>{_escape(value)}</rdf:li>" for value in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""
