"""Pages saved in one file with their pictures."""

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from publisher.environment import Environment, ResourceStore
from publisher.errors import SourceError
from publisher.events import Collector
from publisher.readers.base import ReadRequest
from publisher.readers.mhtml import MhtmlReader
from publisher.settings import InputSettings
from publisher.tree.nodes import Image
from publisher.tree.walk import block_text, query, walk_blocks
from tests.tools.every_node import png

ADDRESS = "https://shan.example/a/1.html"


def saved(page, *, charset="utf-8", location=ADDRESS, picture="https://shan.example/a/b.png"):
    message = MIMEMultipart("related")
    message["Snapshot-Content-Location"] = location
    part = MIMEText(page, "html", charset)
    part["Content-Location"] = location
    message.attach(part)
    image = MIMEImage(png(), "png")
    image["Content-Location"] = picture
    image["Content-ID"] = "<pic@x>"
    message.attach(image)
    return message.as_bytes()


def read(data):
    report = Collector()
    request = ReadRequest(
        data, "p.mhtml", None, None, InputSettings(), Environment(), ResourceStore(), report
    )
    return MhtmlReader().read(request), report.diagnostics


@pytest.mark.parametrize(
    "address", ["b.png", "/a/b.png", "https://shan.example/a/b.png", "cid:pic@x"]
)
def test_pictures_are_found_by_address_and_by_id(address):
    document, reports = read(saved(f"<p>集市。<img src='{address}'></p>"))
    assert len(list(query(document, Image))) == 1
    assert reports == []


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "shift_jis", "euc-kr"])
def test_the_part_says_its_charset(charset):
    words = {"euc-kr": "장터", "shift_jis": "朝市です"}.get(charset, "集市")
    page = f"<html><head><meta charset='iso-8859-1'></head><body><p>{words}</p></body></html>"
    document, _ = read(saved(page, charset=charset))
    assert words in "".join(map(block_text, walk_blocks(document.body)))
    assert document.meta.source_url == ADDRESS


def test_it_is_known_by_its_head():
    assert MhtmlReader().sniff(saved("<p>x</p>")) > 0.9
    assert MhtmlReader().sniff(b"<html><body>multipart/related</body></html>") == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"From: x\r\n\r\nno page",
        saved("<p>x</p>")[:200],
        b"Content-Type: multipart/related\n\n",
    ],
)
def test_damaged_files_are_refused(data):
    with pytest.raises(SourceError):
        read(data)


def test_a_missing_part_is_reported():
    document, reports = read(saved("<p>集市。<img src='none.png' alt='图'></p>"))
    assert [d.code for d in reports] == ["resource.missing"]
    assert "图" in "".join(map(block_text, walk_blocks(document.body)))
