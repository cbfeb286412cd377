"""Fonts in Word files: the faces that the text needs, hidden by their key, found by Word's name."""

import io

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from publisher.environment import ResourceStore
from publisher.events import Collector, ignore
from publisher.faces.catalog import load_catalog
from publisher.faces.store import unpack
from publisher.pipeline import write_document
from publisher.settings import DocxSettings, FontSettings, OutputSettings, Settings
from publisher.stages import transform
from publisher.tree import nodes as n
from publisher.tree.meta import Document, Metadata
from tests.tools import cases, judges
from tests.tools.docx_documents import p, section, t
from tests.tools.docx_inspect import DocxFile, R, W

DOC = Document(
    Metadata(title=t("書名"), language="zh-Hant"),
    (section(1, "第一章", p("龘字與 English。"), id="a"),),
)


def written(folder, doc=DOC, how="subset", fonts=None, report=ignore):
    settings = Settings(
        fonts=fonts or FontSettings(),
        output=OutputSettings(formats=("docx",), docx=DocxSettings(embed_fonts=how)),
    )
    target = folder / "out.docx"
    doc = transform(doc, settings, ignore)
    write_document(doc, ResourceStore(), settings, target, cases.workshop(), report)
    return DocxFile(target)


def embedded(file):
    """Fonts by name and kind, their first bytes shown again as the standard says (17.8.1)."""
    found = {}
    relations = file.relations("fontTable")
    for font in file.tree("fontTable"):
        for mark in font:
            kind = mark.tag.removeprefix(W)
            if not kind.startswith("embed"):
                continue
            target = relations[mark.get(f"{R}id")].get("Target").removeprefix("/word/")
            data = bytearray(file.data[f"word/{target}"])
            digits = mark.get(f"{W}fontKey").strip("{}").replace("-", "")
            for at in range(32):
                place = 30 - 2 * (at % 16)
                data[at] ^= int(digits[place : place + 2], 16)
            found[font.get(f"{W}name"), kind] = TTFont(io.BytesIO(bytes(data)))
    return found


def test_the_faces_of_the_text_are_there_with_its_characters(tmp_path):
    file = written(tmp_path)
    fonts = embedded(file)
    serif = fonts["Noto Serif CJK TC", "embedRegular"]
    assert {ord(c) for c in "龘字與"} <= set(serif.getBestCmap())
    assert ord("鬱") not in serif.getBestCmap()
    assert ("Noto Serif", "embedRegular") in fonts
    assert ("Noto Sans CJK TC", "embedBold") in fonts  # of the headings
    assert not [kind for _, kind in fonts if "Italic" in kind]
    assert file.tree("settings").find(f"{W}embedTrueTypeFonts") is not None
    assert file.faults() == []


def test_they_have_outlines_that_word_takes_and_the_name_that_it_asks_for(tmp_path):
    for (name, kind), font in embedded(written(tmp_path)).items():
        assert font.sfntVersion == "\0\1\0\0"
        assert "glyf" in font
        assert "CFF " not in font
        assert font["name"].getDebugName(1) == name
        assert font["name"].getDebugName(2) == kind.removeprefix("embed")
        assert font["OS/2"].fsType == 0


def test_outlines_keep_their_shape(tmp_path):
    """The quadratic outline of a character has the extent and advance of the cubic one."""
    font = embedded(written(tmp_path))["Noto Serif CJK TC", "embedRegular"]
    name = font.getBestCmap()[ord("龘")]
    faces = cases.workshop().fonts(ignore)
    face = faces.face(load_catalog().get("NotoSerifCJK-Regular"), "zh-Hant")
    shape = font["glyf"][name]
    box = (shape.xMin, shape.yMin, shape.xMax, shape.yMax)
    assert box == pytest.approx(face.ink(face.gid("龘")), abs=2)  # thousandths of an em
    assert font["hmtx"][name][0] == 1000


def test_slanted_latin_brings_its_face(tmp_path):
    words = n.Paragraph((n.Emphasis((n.Text("slanted"),)), n.Text("字")))
    doc = Document(Metadata(title=t("題"), language="zh-Hant"), (words,))
    kinds = {kind for name, kind in embedded(written(tmp_path, doc)) if name == "Noto Serif"}
    assert "embedItalic" in kinds


def test_nothing_is_embedded_unless_asked(tmp_path):
    file = written(tmp_path, how="")
    assert embedded(file) == {}
    assert file.tree("settings").find(f"{W}embedTrueTypeFonts") is None


def test_same_bytes_twice(tmp_path):
    (tmp_path / "b").mkdir()
    written(tmp_path)
    written(tmp_path / "b")
    assert (tmp_path / "out.docx").read_bytes() == (tmp_path / "b" / "out.docx").read_bytes()


def test_a_font_for_reading_only_is_left_out_and_named(tmp_path):
    font = TTFont(io.BytesIO(unpack(load_catalog().get("NotoSans-Regular"))))
    font["OS/2"].fsType = 4
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = "Read Only Sans"
    place = tmp_path / "only.ttf"
    font.save(place)
    report = Collector()
    chosen = FontSettings(paths=(str(place),), serif=("Read Only Sans",))
    fonts = embedded(written(tmp_path, fonts=chosen, report=report))
    assert "Read Only Sans" not in {name for name, _ in fonts}
    assert [dict(d.args)["font"] for d in report.diagnostics if d.code == "docx.font"]


def test_validators_find_nothing_and_a_machine_without_the_fonts_draws_with_them(tmp_path):
    written(tmp_path)
    target = tmp_path / "out.docx"
    assert judges.open_xml_sdk(target) == []
    assert judges.openxml_audit(target) == []
    assert judges.libreoffice([target], tmp_path / "pdf")[target]
    with pikepdf.open(tmp_path / "pdf" / "out.pdf") as pdf:
        names = {
            str(font.BaseFont).partition("+")[2]
            for page in pdf.pages
            for font in page.Resources.Font.values()
        }
    assert {"Noto-Serif-CJK-TC", "Noto-Sans-CJK-TC-Bold"} <= names
