"""Makes Word files part by part, as other programs write them."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R_SPACE = (
    f'xmlns:r="{_R}"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_SPACES = R_SPACE
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)


def p(content="", style="", properties=""):
    """A paragraph; `content` is runs, or a text."""
    if content and not content.startswith("<"):
        content = r(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


def r(text, properties=""):
    """A run of text."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def style(name, shown, *, kind="paragraph", based="", inner="", default=False):
    """A style with an id and the name that is shown."""
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    flag = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}"{flag} w:styleId="{name}"><w:name w:val="{shown}"/>{on}{inner}'
        "</w:style>"
    )


def cell(content, properties=""):
    """A cell of a table."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells, properties=""):
    """A row of a table."""
    inner = "".join(c if c.startswith("<w:tc>") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows, properties=""):
    """A table."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def word_file(
    body="",
    *,
    styles="",
    numbering="",
    footnotes="",
    endnotes="",
    comments="",
    settings="",
    core="",
    links=(),
    media=(),
    parts=(),
    space=W,
    section="",
    related=(),
    drop=(),
):
    """The bytes of a Word file.

    `links` are external addresses with ids ``rL1``, ``rL2`` ...; `media` pairs of a file name and
    its bytes, with ids ``rM1`` ...; `related` are further relations: id, type, target; `parts`
    further pairs of member and content; `drop` members to leave out.
    """
    relations = []
    members = {}

    def part(name, kind, root, content):
        if content:
            xml = f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{space}" {_SPACES}>'
            members[f"word/{name}.xml"] = f"{xml}{content}</w:{root}>"
            relations.append((f"r{name}", f"{_R}/{kind}", f"{name}.xml", ""))

    part("styles", "styles", "styles", styles)
    part("numbering", "numbering", "numbering", numbering)
    part("footnotes", "footnotes", "footnotes", footnotes)
    part("endnotes", "endnotes", "endnotes", endnotes)
    part("comments", "comments", "comments", comments)
    part("settings", "settings", "settings", settings)
    relations += [(*relation, "") for relation in related]
    for number, address in enumerate(links, 1):
        relations.append((f"rL{number}", f"{_R}/hyperlink", address, ' TargetMode="External"'))
    for number, (name, data) in enumerate(media, 1):
        members[f"word/media/{name}"] = data
        relations.append((f"rM{number}", f"{_R}/image", f"media/{name}", ""))
    members["word/document.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{space}" {_SPACES}><w:body>'
        f"{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>"
    )
    members["word/_rels/document.xml.rels"] = _relations(relations)
    top = [("r1", f"{_R}/officeDocument", "word/document.xml", "")]
    if core:
        members["docProps/core.xml"] = f"<cp:coreProperties {_CORE}>{core}</cp:coreProperties>"
        kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
        top.append(("r2", f"{kind}/core-properties", "docProps/core.xml", ""))
    members["_rels/.rels"] = _relations(top)
    members |= dict(parts)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if name not in drop:
                archive.writestr(name, content)
    return data.getvalue()


def _relations(rows):
    inner = "".join(
        f'<Relationship Id="{i}" Type="{kind}" Target="{target}"{mode}/>'
        for i, kind, target, mode in rows
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'
