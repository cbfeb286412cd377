import zipfile
from datetime import UTC, datetime

import deflate
import pytest

from publisher.writers.archive import FONT_LEVEL, STORED, FixedArchive

STAMP = datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC)
TEXT = "天地玄黃，宇宙洪荒。" * 500


def packed(path, name):
    """The bytes of an entry as they lie in the file."""
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(name)
    data = path.read_bytes()
    head = entry.header_offset
    start = head + 30 + sum(data[head + 26 : head + 30 : 2])
    return data[start : start + entry.compress_size]


def test_entries_are_deflated_by_libdeflate(tmp_path):
    """Where zipfile has changed inside, its own compressor would be taken, which is slower."""
    path = tmp_path / "a.zip"
    with FixedArchive(path, STAMP) as archive:
        archive.writestr("text", TEXT)
        archive.writestr("font", TEXT.encode(), level=FONT_LEVEL)
        archive.writestr("stored", TEXT, STORED)
    assert packed(path, "text") == deflate.deflate_compress(TEXT.encode(), 3)
    assert packed(path, "font") == deflate.deflate_compress(TEXT.encode(), 1)
    assert packed(path, "stored") == TEXT.encode()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert [archive.read(name).decode() for name in archive.namelist()] == [TEXT] * 3
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 2, 3, 4, 6)}


@pytest.mark.parametrize("content", ["", "a"])
def test_tiny_entries(tmp_path, content):
    path = tmp_path / "a.zip"
    with FixedArchive(path, STAMP) as archive:
        archive.writestr("a", content)
    with zipfile.ZipFile(path) as archive:
        assert archive.read("a").decode() == content


def test_an_error_while_writing_leaves_no_archive_open(tmp_path):
    archive = FixedArchive(tmp_path / "a.zip", STAMP)
    with pytest.raises(AttributeError):
        archive.writestr("a", None)
    assert archive._file.closed
