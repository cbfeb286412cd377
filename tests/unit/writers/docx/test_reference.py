"""A reference document lends its styles, page, heads and numbering; a bad one is named."""

import io
import zipfile

import pytest
from lxml import etree

from publisher.environment import ResourceStore
from publisher.errors import ConfigError
from publisher.events import ignore
from publisher.pipeline import write_document
from publisher.settings import DocxSettings, OutputSettings, Settings, ThemeSettings
from publisher.stages import transform
from publisher.theme.resolve import resolve_theme
from publisher.tree.meta import Document, Metadata
from publisher.writers.docx.reference import load_reference
from publisher.writers.docx.reference_sheet import reference_sheet
from publisher.writers.docx.reference_styles import StyleMap
from tests.tools import cases, judges
from tests.tools.docx_documents import listed, p, section, t
from tests.tools.docx_inspect import DocxFile, W
from tests.tools.office_files import PAGE, PICTURE, STYLES, from_libreoffice, wps_like
from tests.tools.word_files import p as paragraph
from tests.tools.word_files import word_file

DOC = Document(
    Metadata(title=t("书名"), language="zh-Hans"),
    (
        section(1, "总则", p("第一段。"), listed("decimal", "甲", "乙"), id="a"),
        section(1, "第二章　细则", p("第二段。", role="lead"), p("文"), id="b"),
    ),
)


def settings_with(path):
    return Settings(
        theme=ThemeSettings(name="book"),
        output=OutputSettings(formats=("docx",), docx=DocxSettings(reference=str(path))),
    )


def made_with(data, folder, doc=DOC):
    path = folder / "reference.docx"
    path.write_bytes(data)
    target = folder / "out.docx"
    settings = settings_with(path)
    doc = transform(doc, settings, ignore)
    write_document(doc, ResourceStore(), settings, target, cases.workshop(), ignore)
    return DocxFile(target)


def shown_styles(file):
    found = file.document.iter(f"{W}pStyle")
    return [style.get(f"{W}val") for style in found]


def test_their_styles_stand_for_ours_whatever_their_ids_are(tmp_path):
    file = made_with(wps_like(), tmp_path)
    used = shown_styles(file)
    assert used.count("1") == 2  # heading 1
    assert not {"Heading1", "BodyText"} & set(used)
    assert "a" in used  # running text is Normal in this file
    colour = file.style("1").find(f"{W}rPr/{W}color")
    assert colour.get(f"{W}val") == "AA0000"


def test_what_they_have_no_style_for_is_added_in_their_font(tmp_path):
    file = made_with(wps_like(), tmp_path)
    # Their Lead is a style of characters: ours for paragraphs has another id.
    lead = file.style("Lead1")
    assert lead.get(f"{W}type") == "paragraph"
    assert lead.find(f"{W}basedOn").get(f"{W}val") == "a"
    assert lead.find(f"{W}rPr/{W}rFonts") is None
    assert "Lead1" in shown_styles(file)


def test_paper_and_margins_are_theirs_in_every_section(tmp_path):
    file = made_with(wps_like(), tmp_path)
    for found in file.sections():
        size = found.find(f"{W}pgSz")
        assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("10318", "14570")
        assert found.find(f"{W}pgMar").get(f"{W}left") == "1417"


def test_heads_come_with_their_pictures(tmp_path):
    file = made_with(wps_like(), tmp_path)
    assert "机关名称" in "".join(file.tree("header1").itertext())
    (relation,) = file.relations("header1").values()
    place = relation.get("Target").replace("../", "").removeprefix("/word/")
    assert file.data[f"word/{place}"] == PICTURE


def test_first_pages_borders_and_alignment_are_theirs(tmp_path):
    borders = '<w:pgBorders><w:top w:val="single" w:sz="4" w:space="24"/></w:pgBorders>'
    own = f'{PAGE}{borders}<w:cols w:space="425"/><w:vAlign w:val="center"/><w:titlePg/>'
    file = made_with(
        wps_like(section=f'{own}<w:docGrid w:type="lines" w:linePitch="312"/>'), tmp_path
    )
    first = file.sections()[0]
    assert first.find(f"{W}titlePg") is not None
    for found in file.sections():
        assert found.find(f"{W}pgBorders/{W}top") is not None
        assert found.find(f"{W}vAlign").get(f"{W}val") == "center"
        assert found.find(f"{W}docGrid").get(f"{W}linePitch") == "312"
    assert judges.open_xml_sdk(tmp_path / "out.docx") == []


def test_their_numbers_stay_and_our_lists_come_after_them(tmp_path):
    file = made_with(wps_like(), tmp_path)
    numbers = [e.get(f"{W}numId") for e in file.tree("numbering").iter(f"{W}num")]
    assert numbers[0] == "7"
    assert numbers[1:]
    listed_in = {e.get(f"{W}val") for e in file.body.iter(f"{W}numId")} - {"0"}
    assert listed_in <= set(numbers[1:])
    # A title that says its number is not numbered a second time.
    heads = {
        file.shown(q): [e.get(f"{W}val") for e in q.iterfind(f"{W}pPr/{W}numPr/{W}numId")]
        for q in file.paragraphs("1")
    }
    assert heads == {"总则": [], "第二章　细则": ["0"]}


def test_pages_are_counted_on_their_paper_with_their_type(tmp_path):
    path = tmp_path / "reference.docx"
    path.write_bytes(wps_like())
    sheet = resolve_theme(ThemeSettings(name="book"), "zh-Hans", base=None)
    made = reference_sheet(sheet, load_reference(str(path)), str(path))
    assert (made.page.width, made.page.height) == (515.9, 728.5)
    assert made.text["body"].size == 10.5
    assert made.text["heading.1"].size == 22
    assert (made.text["heading.1"].before, made.text["heading.1"].after) == (17, 16.5)
    assert made.text["body"].align == "justify"


@pytest.mark.parametrize(
    ("spacing", "grid", "leading"),
    [
        ('<w:spacing w:line="400" w:lineRule="exact"/>', "", 20),
        ('<w:spacing w:line="360" w:lineRule="auto"/>', "", 10.5 * 1.3 * 1.5),
        ("", '<w:docGrid w:type="lines" w:linePitch="312"/>', 15.6),
        (
            '<w:spacing w:line="480" w:lineRule="auto"/>',
            '<w:docGrid w:type="lines" w:linePitch="312"/>',
            31.2,
        ),
        ("", '<w:docGrid w:linePitch="312"/>', 10.5 * 1.3),
    ],
)
def test_the_distance_of_lines_follows_rule_and_grid(tmp_path, spacing, grid, leading):
    styles = STYLES.replace('<w:jc w:val="both"/>', f'{spacing}<w:jc w:val="both"/>')
    path = tmp_path / "reference.docx"
    path.write_bytes(wps_like(styles=styles, section=PAGE + grid))
    sheet = resolve_theme(ThemeSettings(name="book"), "zh-Hans", base=None)
    made = reference_sheet(sheet, load_reference(str(path)), str(path))
    assert made.text["body"].leading == pytest.approx(leading)


def test_running_text_is_in_the_style_that_their_text_uses(tmp_path):
    path = tmp_path / "reference.docx"
    for body, style in ((paragraph("文"), "a"), (paragraph("文", "ae") * 2, "ae")):
        path.write_bytes(wps_like(body=body))
        assert StyleMap.of(load_reference(str(path))).theirs["BodyText"] == style


def test_validators_find_nothing(tmp_path):
    file = made_with(wps_like(), tmp_path)
    assert [f for f in file.faults() if "theme fonts" not in f] == []
    assert judges.open_xml_sdk(tmp_path / "out.docx") == []
    # It takes numId 0, which is no list (17.9.18), for a list that is not there.
    audit = judges.openxml_audit(tmp_path / "out.docx")
    assert [line for line in audit if "definition '0'" not in line] == []


def test_same_bytes_twice(tmp_path):
    made_with(wps_like(), tmp_path)
    first = (tmp_path / "out.docx").read_bytes()
    made_with(wps_like(), tmp_path)
    assert (tmp_path / "out.docx").read_bytes() == first


def test_a_document_made_in_libreoffice_lends_its_looks(tmp_path):
    reference = from_libreoffice(tmp_path / "office")
    file = made_with(reference.read_bytes(), tmp_path)
    assert "某某办公室" in "".join(file.tree("header1").itertext())
    assert file.style("Heading1").find(f"{W}rPr/{W}color").get(f"{W}val") == "AA0000"
    assert shown_styles(file).count("TextBody") >= 2
    size = file.sections()[-1].find(f"{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("10318", "14570")
    assert judges.open_xml_sdk(tmp_path / "out.docx") == []
    assert judges.libreoffice([tmp_path / "out.docx"], tmp_path / "pdf")[tmp_path / "out.docx"]


def _damaged():
    data = bytearray(wps_like())
    at = data.index(b"word/styles.xml") + 40
    data[at : at + 30] = bytes(30)
    return bytes(data)


def _bomb():
    entity = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    return word_file(
        paragraph("文"), styles=STYLES, parts=[("word/styles.xml", f"{entity}<a>&b;</a>")]
    )


def _huge():
    return word_file(
        paragraph("文"),
        styles=STYLES,
        related=(("rT", "x/theme", "theme/theme1.xml"),),
        parts=[("word/theme/theme1.xml", " " * 70_000_000)],
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"just text", "no Word file"),
        (b"", "no Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word 97-2003"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
        ),
        (wps_like()[:900], "no Word file, or damaged"),
        (_damaged, "damaged"),
        (_bomb, "document type"),
        (_huge, "larger than 64 MB"),
        (word_file(paragraph("文")), "has no styles"),
        (word_file(paragraph("文"), styles=STYLES, drop=("word/document.xml",)), "no text part"),
        (wps_like(section='<w:pgSz w:w="600" w:h="600"/>'), "no room for text"),
    ],
)
def test_a_bad_reference_document_is_named(tmp_path, data, message):
    data = data() if callable(data) else data
    if zipfile.is_zipfile(io.BytesIO(data)) and b"[Content_Types].xml" not in data:
        data = _typed(data)
    with pytest.raises(ConfigError) as caught:
        made_with(data, tmp_path)
    assert message in caught.value.message
    assert caught.value.where == str(tmp_path / "reference.docx")
    assert caught.value.code == "docx.reference"


def test_a_reference_document_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match="does not exist"):
        load_reference(str(tmp_path / "none.docx"))


def _typed(data):
    """Content types, which files made for our own reader go without."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        root = etree.Element("Types", nsmap={None: "urn:none"})
        archive.writestr("[Content_Types].xml", etree.tostring(root))
    return out.getvalue()


def test_a_level_of_the_wrong_order_is_put_right(tmp_path):
    file = made_with(wps_like(), tmp_path)
    level = file.tree("numbering").find(f".//{W}lvl")
    order = [child.tag.removeprefix(W) for child in level]
    assert order == ["start", "numFmt", "pStyle", "lvlText", "lvlJc"]


def test_properties_of_the_wrong_order_are_put_right(tmp_path):
    astray = '<w:pPr><w:jc w:val="both"/><w:spacing w:after="20"/><w:keepNext/></w:pPr>'
    styles = STYLES.replace('<w:pPr><w:jc w:val="both"/></w:pPr>', astray)
    file = made_with(wps_like(styles=styles), tmp_path)
    order = [child.tag.removeprefix(W) for child in file.style("a").find(f"{W}pPr")]
    assert order == ["keepNext", "spacing", "jc"]


def test_without_a_reference_document_only_lines_are_filled_otherwise():
    from publisher.writers.docx.writer import DocxWriter

    sheet = resolve_theme(ThemeSettings(name="book"), "zh-Hans", base=None)
    found = DocxWriter().sheet(sheet, Settings())
    assert found.filled
    assert all(getattr(found, name) is getattr(sheet, name) for name in ("page", "text", "chapter"))
