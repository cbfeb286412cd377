"""Vertical sections: direction, what is level in one cell, pictures and tables beside the text."""

import pytest

import publisher
from publisher.environment import ResourceStore
from publisher.events import ignore
from publisher.pipeline import write_document
from publisher.settings import BookSettings, OutputSettings, Settings
from publisher.stages import sheet_for, transform
from publisher.tree import nodes as n
from publisher.tree.meta import Document, Metadata, Resource
from tests.tools import cases, judges
from tests.tools.docx_documents import cell, p, png, section, t
from tests.tools.docx_inspect import DocxFile, W
from tests.tools.four_languages import everything
from tests.tools.round_trip import differences, plain
from tests.tools.round_trip_losses import DOCX

SETTINGS = Settings(
    book=BookSettings(writing_mode="vertical"), output=OutputSettings(formats=("docx",))
)


def written(doc, folder, resources=None):
    target = folder / "out.docx"
    doc = transform(doc, SETTINGS, ignore)
    write_document(doc, resources or ResourceStore(), SETTINGS, target, cases.workshop(), ignore)
    file = DocxFile(target)
    assert file.faults() == []
    return file


def document(*blocks, language="ja", **more):
    return Document(Metadata(title=t("題"), language=language), blocks, **more)


def levels(file):
    """What stands in one cell, by run."""
    return [
        file.shown(run)
        for run in file.body.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}eastAsianLayout[@{W}vert='1']") is not None
    ]


def test_every_section_runs_down_and_from_right_to_left(tmp_path):
    doc = document(section(1, "一", p("文"), id="a"), section(1, "二", p("文"), id="b"))
    file = written(doc, tmp_path)
    assert len(file.sections()) > 1
    for found in file.sections():
        assert found.find(f"{W}textDirection").get(f"{W}val") == "tbRl"


def test_short_numbers_marks_and_acronyms_stand_upright(tmp_path):
    file = written(document(p("昭和12年8月、1945年のGDPは「本当か!?」と。")), tmp_path)
    assert levels(file) == ["12", "8", "G", "D", "P", "!?"]
    assert file.texts()[-1] == "昭和12年8月、1945年のGDPは「本当か!?」と。"


@pytest.mark.parametrize(("name", "cells"), [("tcy", ["AB"]), ("upright", ["A", "B"])])
def test_what_stands_in_cells_keeps_its_notes_and_places(tmp_path, name, cells):
    asked = n.Span((n.Text("AB"), n.NoteRef("f")), n.Attr("here", classes=(name,)))
    text = n.Paragraph((n.Text("甲"), asked, n.Link(t("乙"), "#here")))
    file = written(document(text, n.Footnote("f", (p("注。"),))), tmp_path)
    assert [found for found in levels(file) if found.strip()][: len(cells)] == cells
    assert len(list(file.body.iter(f"{W}footnoteReference"))) == 1
    assert len(list(file.body.iter(f"{W}bookmarkStart"))) > 0


def test_cells_have_numbers_of_their_own(tmp_path):
    file = written(document(p("12月24日のABC")), tmp_path)
    numbers = [e.get(f"{W}id") for e in file.body.iter(f"{W}eastAsianLayout")]
    assert len(numbers) == len(set(numbers)) == 5


def test_numbers_of_captions_and_notes_stand_level(tmp_path):
    rows = (n.Row((cell("甲"),)),)
    table = n.Table((n.Column(),), rows, rows, caption=(p("表 3　数"),))
    note = n.Footnote("f", (p("注。"),))
    text = n.Paragraph((n.Text("文"), n.NoteRef("f")))
    file = written(document(table, text, note), tmp_path)
    assert next(filter(None, levels(file))) == "3"
    (call,) = file.body.iter(f"{W}footnoteReference")
    found = call.getparent().find(f"{W}rPr/{W}eastAsianLayout")
    assert found.get(f"{W}vert") == "1"


def test_code_and_latin_text_are_turned(tmp_path):
    words = n.Paragraph((n.Text("これは"), n.Code("12"), n.Text("とHello world 12 timesだ。")))
    assert levels(written(document(words), tmp_path)) == []


def test_pictures_do_not_turn_and_keep_within_the_page(tmp_path):
    resources = ResourceStore()
    data = png(900, 300)
    key = resources.add_bytes(data)
    picture = n.Figure((n.Paragraph((n.Image(key),)),))
    doc = document(picture, resources=(Resource(key, "image/png", len(data), "p.png", 900, 300),))
    file = written(doc, tmp_path, resources)
    extent = next(file.body.iter("{*}extent"))
    width, height = int(extent.get("cx")) / 12700, int(extent.get("cy")) / 12700
    size, margins = (file.sections()[0].find(W + tag) for tag in ("pgSz", "pgMar"))
    room = int(size.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    assert width / height == pytest.approx(3, abs=0.01)
    share = sheet_for(doc, SETTINGS, None).figure.max_width
    assert width == pytest.approx(room / 20 * share, abs=1)


def test_cells_of_tables_run_down_too(tmp_path):
    rows = (n.Row((cell("甲"), cell("乙"))),)
    file = written(document(n.Table((n.Column(), n.Column()), rows, rows)), tmp_path)
    found = list(file.body.iter(f"{W}tc"))
    assert len(found) == 4
    assert all(c.find(f"{W}tcPr/{W}textDirection").get(f"{W}val") == "tbRl" for c in found)


def test_horizontal_text_has_none_of_this(tmp_path):
    target = tmp_path / "flat.docx"
    settings = Settings(output=OutputSettings(formats=("docx",)))
    doc = transform(document(p("昭和12年")), settings, ignore)
    write_document(doc, ResourceStore(), settings, target, cases.workshop(), ignore)
    assert list(DocxFile(target).document.iter(f"{W}eastAsianLayout", f"{W}textDirection")) == []


@pytest.mark.parametrize("language", ["ja", "zh-Hant"])
def test_everything_in_vertical_lines_is_sound_and_comes_back_vertical(language, tmp_path):
    doc, resources = everything(language)
    written(doc, tmp_path, resources)
    target = tmp_path / "out.docx"
    assert judges.open_xml_sdk(target) == []
    assert judges.openxml_audit(target) == []
    back = transform(publisher.read(target).document, Settings(), ignore)
    assert dict(back.meta.extra)["writing-mode"] == "vertical"
    doc = transform(doc, Settings(), ignore)
    losses = (*DOCX, _sesame) if language == "ja" else DOCX
    assert differences(plain(doc, losses), plain(back, losses)) == []


def _sesame(value):
    """Plain dots beside vertical Japanese text are sesame dots (JLREQ 3.3.9)."""
    if isinstance(value, dict):
        return {k: _marks(v) if k == "marks" else _sesame(v) for k, v in value.items()}
    return [_sesame(item) for item in value] if isinstance(value, list) else value


def _marks(names):
    return sorted("sesame" if name == "dot" else name for name in names)
