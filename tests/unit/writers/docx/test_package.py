"""The file as a package: same bytes, dates, properties, failures."""

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publisher.environment import Environment, ResourceStore
from publisher.tree.meta import Document, Metadata
from publisher.writers.docx.writer import DocxWriter
from publisher.writers.docx.xml import to_bytes
from tests.tools import docx_documents as docs
from tests.tools.docx_documents import p, t

ROOT = Path(__file__).resolve().parents[4]


def test_the_same_input_gives_the_same_bytes(tmp_path):
    docs.write(tmp_path / "a.docx")
    docs.write(tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_bytes_do_not_hang_on_the_hash_seed(tmp_path):
    docs.write(tmp_path / "a.docx")
    code = "import sys; from pathlib import Path; import tests.tools.docx_documents as d; d.write(Path(sys.argv[1]))"
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "b.docx")],
        check=True,
        env=environment,
        cwd=ROOT,
    )
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_order_and_dates_of_the_zip_are_fixed(written):
    file = written()
    names = [info.filename for info in file.infos]
    assert names[:3] == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    assert {info.date_time for info in file.infos} == {(1980, 1, 2, 0, 0, 0)}


def test_an_epoch_before_zip_is_lifted(tmp_path):
    made = docs.request(
        Document(Metadata(language="zh-Hans"), (p("文"),)), ResourceStore(), tmp_path / "x.docx"
    )
    DocxWriter().write(replace(made, environment=Environment(epoch=0)))
    with zipfile.ZipFile(tmp_path / "x.docx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_python_docx_opens_the_file_and_finds_its_properties(tmp_path):
    import docx

    docs.write(tmp_path / "x.docx")
    opened = docx.Document(str(tmp_path / "x.docx"))
    core = opened.core_properties
    assert core.title == "样书：每一种东西"
    assert core.author == "某某"
    assert core.language == "zh-Hans"
    assert core.keywords == "测试, 排版"
    assert core.revision == 1
    assert core.created == core.modified == datetime(1980, 1, 2, tzinfo=UTC)
    assert any(paragraph.style.name == "Heading 1" for paragraph in opened.paragraphs)


def test_python_docx_can_save_it_again(tmp_path):
    import docx

    docs.write(tmp_path / "x.docx")
    docx.Document(str(tmp_path / "x.docx")).save(io.BytesIO())


def test_properties_longer_than_word_takes_are_cut(tmp_path):
    import docx

    docs.write(
        tmp_path / "x.docx", Document(Metadata(title=t("长" * 400), language="zh-Hans"), (p("文"),))
    )
    assert len(docx.Document(str(tmp_path / "x.docx")).core_properties.title) == 255


def test_a_target_that_cannot_be_written_is_left_to_the_caller(tmp_path):
    with pytest.raises(OSError, match=r"x\.docx"):
        docs.write(tmp_path / "no" / "folder" / "x.docx")


def test_pages_are_counted(tmp_path):
    made = docs.request(docs.document(store := ResourceStore()), store, tmp_path / "x.docx")
    assert DocxWriter().write(made).pages == len(made.laid_out.pages)


def test_a_file_without_a_layout_still_has_contents(written, tmp_path):
    made = docs.request(docs.document(store := ResourceStore()), store, tmp_path / "x.docx")
    DocxWriter().write(replace(made, laid_out=None))
    from tests.tools.docx_inspect import DocxFile

    file = DocxFile(tmp_path / "x.docx")
    assert file.faults() == []
    assert [file.shown(q) for q in file.paragraphs("TOC1")] == [
        "第一章　各种文字\t",
        "第二章　表格与图\t",
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a\x00b\x1f", "ab"), ("a\ud800b", "ab"), ("\ufffea\uffff", "a"), ("\t\n字𠮷", "\t\n字𠮷")],
)
def test_what_xml_cannot_hold_is_dropped(text, kept):
    assert to_bytes(text).decode() == kept
