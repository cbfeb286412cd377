"""What all text readers share: decoding with limits, and the shelf of pictures."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from publisher.readers.pictures import PictureShelf
from publisher.readers.source import source_text

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding"),
    [
        ("一\r\n二\r三".encode(), "", "一\n二\n三", "utf-8"),
        (b"\xef\xbb\xbf" + "字".encode(), "", "字", "utf-8"),
        (
            "我们说中国话，这是一个句子。".encode("gb18030"),
            "",
            "我们说中国话，这是一个句子。",
            "gb18030",
        ),
        ("日本語の文章です".encode("cp932"), "shift_jis", "日本語の文章です", "cp932"),
        ("日本語の文章です".encode(), "shift_jis", "日本語の文章です", "utf-8"),
        ("e\u0301".encode(), "", "é", "utf-8"),
    ],
)
def test_text_comes_out_clean(
    data: bytes, declared: str, text: str, encoding: str, request_for: Any
) -> None:
    assert source_text(request_for(data)[0], declared) == (text, encoding)


def test_removed_characters_are_told_with_their_line(request_for: Any) -> None:
    request, report = request_for("一\r\n二\x0b\x07三\x08" + "字" * 100)
    assert "\x07" not in source_text(request)[0]
    (found,) = report.diagnostics
    assert (found.code, found.line) == ("text.control", 2)
    assert dict(found.args) == {"characters": "U+0007 U+0008", "count": "2"}


@pytest.fixture
def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (3, 2)).save(out, "PNG")
    return out.getvalue()


def test_the_shelf_finds_a_file_however_it_is_named(
    png: bytes, tmp_path: Path, request_for: Any
) -> None:
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "図#1.png").write_bytes(png)
    (tmp_path / "100%.png").write_bytes(png)
    request, report = request_for("x", folder=tmp_path)
    shelf = PictureShelf(request)
    names = [
        "a b/図#1.png",
        "a%20b/%E5%9B%B3%231.png",
        "a b\\図#1.png",
        "./100%.png",
        "100%.png?v=2",
    ]
    keys = {shelf.take(name) for name in names}
    assert len(keys) == 1
    assert "" not in keys
    assert len(shelf.resources) == 1
    assert not report.diagnostics


def test_the_shelf_takes_data_addresses(png: bytes, request_for: Any) -> None:
    request, report = request_for("x")
    shelf = PictureShelf(request)
    key = shelf.take("data:image/png;base64," + base64.b64encode(png).decode())
    assert request.resources.open(key) == png
    svg = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='2' height='1'/%3E"
    assert shelf.take(svg)
    assert [r.media_type for r in shelf.resources] == ["image/png", "image/svg+xml"]
    assert not report.diagnostics


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.png", "picture.no-folder"),
        ("", "picture.no-name"),
        ("http://a.b/c.png", "picture.remote"),
        ("//a.b/c.png", "picture.remote"),
        ("data:image/png", "picture.broken"),
        ("data:image/png;base64,####", "picture.empty"),
    ],
)
def test_what_the_shelf_cannot_take_is_told_once(name: str, code: str, request_for: Any) -> None:
    request, report = request_for("x")
    shelf = PictureShelf(request)
    assert [shelf.take(name, 7), shelf.take(name, 9)] == ["", ""]
    assert [(d.code, d.line) for d in report.diagnostics] == [(code, 7)]


def test_a_picture_over_the_limit_is_refused(png: bytes, tmp_path: Path, request_for: Any) -> None:
    (tmp_path / "a.png").write_bytes(png)
    request, report = request_for("x", folder=tmp_path, max_pixels=5)
    assert PictureShelf(request).take("a.png") == ""
    assert [d.code for d in report.diagnostics] == ["picture.too-large"]
