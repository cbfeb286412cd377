"""Title, author, date and the paper an article comes from reach the metadata of every format."""

import re
import zipfile

import pikepdf
import pytest

from publisher.cli.main import main

TEXT = """您好!今天是
您當前所在位置:  山城文史網 / 舊聞新讀 /

老碼頭的茶館

發布時間: 2025-10-18 09:32:07
來源:山城日報  訪問數:
作者:陸明遠

碼頭上方的斜坡上有一間茶館,開了六十年。每天清早,挑夫們在這裡喝第一碗茶,然後下到江邊去。

茶館的主人姓周,話不多,記性卻很好。誰欠了幾碗茶錢,他從來不寫在紙上,年底一個一個說出來,沒有人說不對。
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("metadata")
    source = folder / "scraped.txt"
    source.write_text(TEXT, encoding="utf-8")
    assert main(["build", str(source), "-o", str(folder), "-q"]) == 0
    return folder


def test_epub(outputs):
    archive = zipfile.ZipFile(outputs / "scraped.epub")
    package = next(archive.read(n).decode() for n in archive.namelist() if n.endswith(".opf"))
    assert re.search(r"<dc:title[^>]*>老碼頭的茶館</dc:title>", package)
    assert re.search(r"<dc:creator[^>]*>陸明遠</dc:creator>", package)
    assert re.search(r"<dc:source[^>]*>山城日報</dc:source>", package)
    assert "<dc:date>2025-10-18</dc:date>" in package


def test_pdf(outputs):
    with pikepdf.open(outputs / "scraped.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]) == "老碼頭的茶館"
        assert str(pdf.docinfo["/Author"]) == "陸明遠"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20251018")
        with pdf.open_metadata() as meta:
            assert meta["dc:source"] == "山城日報"
            assert list(meta["dc:date"]) == ["2025-10-18"]


def test_docx(outputs):
    import docx

    document = docx.Document(str(outputs / "scraped.docx"))
    properties = document.core_properties
    assert properties.title == "老碼頭的茶館"
    assert properties.author == "陸明遠"
    assert properties.created.date().isoformat() == "2025-10-18"
    archive = zipfile.ZipFile(outputs / "scraped.docx")
    custom = archive.read("docProps/custom.xml").decode()
    assert 'name="Source"' in custom
    assert "山城日報" in custom
    assert 'name="Date"' in custom
    assert "2025-10-18" in custom
