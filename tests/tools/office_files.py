"""Word files that lend their looks, as Word, WPS and LibreOffice make them."""

import base64
import subprocess
from pathlib import Path

from tests.tools import judges
from tests.tools.docx_documents import png
from tests.tools.word_files import R_SPACE, p, style, word_file

PICTURE = png(80, 40, (200, 30, 30))
PAGE = (
    '<w:pgSz w:w="10318" w:h="14570"/><w:pgMar w:top="1134" w:right="1247" w:bottom="1134"'
    ' w:left="1417" w:header="567" w:footer="567" w:gutter="0"/>'
)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def size(half_points, more=""):
    return f'<w:rPr>{more}<w:sz w:val="{half_points}"/></w:rPr>'


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"'
    ' w:eastAsiaTheme="minorEastAsia"/><w:sz w:val="21"/><w:lang w:val="en-US"'
    ' w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + style("a", "Normal", default=True, inner='<w:pPr><w:jc w:val="both"/></w:pPr>')
    + style(
        "1",
        "heading 1",
        based="a",
        inner='<w:pPr><w:keepNext/><w:numPr><w:numId w:val="7"/></w:numPr>'
        '<w:spacing w:before="340" w:after="330"/><w:outlineLvl w:val="0"/></w:pPr>'
        + size(44, '<w:color w:val="AA0000"/>'),
    )
    + style("ae", "正文文本", based="a", inner="<w:pPr><w:spacing/></w:pPr>")
    + style("a9", "caption", based="a", inner=size(18))
    + style("Lead", "Lead", kind="character")
    + style("TableNormal", "Normal Table", kind="table", default=True)
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="4"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:pStyle w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="第%1章"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num>'
)


def wps_like(*, numbering=NUMBERING, body="", section=PAGE, styles=STYLES, settings=""):
    """A file as Chinese Word and WPS make them: ids that say nothing, theme fonts, a logo."""
    head = (
        f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" {R_SPACE}>'
        "<w:p><w:r><w:t>机关名称</w:t></w:r><w:r><w:drawing><wp:inline>"
        '<wp:extent cx="431800" cy="215900"/><wp:docPr id="1" name="logo"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="1" name="logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="431800" cy="215900"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p></w:hdr>"
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    relation = f'<Relationships xmlns="{package}/relationships">'
    types = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}document.main+xml"/>'
        "</Types>"
    )
    drawn = (
        f'{relation}<Relationship Id="rId1" Type="{_KIND}/image" Target="media/image9.png"/>'
        "</Relationships>"
    )
    parts = [
        ("[Content_Types].xml", types),
        ("word/media/image9.png", PICTURE),
        ("word/header1.xml", head),
        ("word/_rels/header1.xml.rels", drawn),
    ]
    return word_file(
        body or p("示例"),
        styles=styles,
        numbering=numbering,
        settings=settings,
        section=f'<w:headerReference w:type="default" r:id="rHead"/>{section}',
        related=(("rHead", f"{_KIND}/header", "header1.xml"),),
        parts=parts,
    )


_LIBREOFFICE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>
<style:default-style style:family="paragraph"><style:text-properties fo:font-size="12pt"
 style:font-size-asian="12pt"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph"
 style:parent-style-name="Standard"><style:paragraph-properties fo:line-height="24pt"
 fo:text-indent="24pt"/><style:text-properties fo:font-size="12pt" style:font-size-asian="12pt"
 fo:color="#102040"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:parent-style-name="Standard" style:default-outline-level="1"><style:paragraph-properties
 fo:margin-top="12pt" fo:margin-bottom="12pt"/><style:text-properties fo:font-size="20pt"
 style:font-size-asian="20pt" fo:color="#aa0000"/></style:style>
<style:style style:name="Header" style:family="paragraph" style:parent-style-name="Standard"/>
<text:outline-style style:name="Outline"><text:outline-level-style text:level="1"
 style:num-format="1" style:num-prefix="第" style:num-suffix="章 "/></text:outline-style>
</office:styles><office:automatic-styles><style:page-layout style:name="pm1">
<style:page-layout-properties fo:page-width="182mm" fo:page-height="257mm" fo:margin-top="20mm"
 fo:margin-bottom="20mm" fo:margin-left="25mm" fo:margin-right="22mm"/><style:header-style>
<style:header-footer-properties fo:min-height="10mm" fo:margin-bottom="5mm"/></style:header-style>
</style:page-layout></office:automatic-styles><office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="pm1"><style:header>
<text:p text:style-name="Header"><draw:frame text:anchor-type="as-char" svg:width="12mm"
 svg:height="6mm"><draw:image><office:binary-data>@PICTURE@</office:binary-data></draw:image>
</draw:frame>某某办公室</text:p></style:header></style:master-page></office:master-styles>
<office:body><office:text><text:h text:style-name="Heading_20_1" text:outline-level="1">标题</text:h>
<text:p text:style-name="Text_20_body">正文文字在这里。</text:p></office:text></office:body>
</office:document>"""


def from_libreoffice(folder: Path) -> Path:
    """A reference document that LibreOffice itself writes: B5, numbered red headings, a logo."""
    command = judges.program("soffice", "libreoffice-writer")
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "office.fodt"
    picture = base64.b64encode(PICTURE).decode()
    source.write_text(_LIBREOFFICE.replace("@PICTURE@", picture), encoding="utf-8")
    profile = (folder / "profile").resolve().as_uri()
    options = [f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
    subprocess.run(
        [command, *options, "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)],
        capture_output=True,
        timeout=300,
        check=True,
    )
    return source.with_suffix(".docx")
