"""Archives and XML from strangers."""

import io
import struct
import zipfile

import pytest

from publisher.errors import MalformedSource, ResourceError, SourceTooLarge
from publisher.readers.archive import Archive
from publisher.readers.neighbours import ArchiveNeighbours
from publisher.readers.xml import parse_xml

LIMIT = 64 * 1024 * 1024


def packed(members, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_reads_members():
    archive = Archive(packed({"a.txt": b"one", "b/c.txt": b"two"}), "x.zip", LIMIT)
    assert list(archive) == ["a.txt", "b/c.txt"]
    assert archive.read("b/c.txt") == b"two"
    assert archive.size("a.txt") == 3


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/x", "C:/x", "C:\\x", "..\\x"])
def test_refuses_names_that_climb_out(name):
    with pytest.raises(MalformedSource, match="outside"):
        Archive(packed({name: b"x"}), "x.zip", LIMIT)


def test_refuses_a_bomb_by_ratio_and_by_size():
    bomb = packed({"a": bytes(30_000_000)})
    with pytest.raises(SourceTooLarge, match="expands to 30 MB"):
        Archive(bomb, "x.zip", LIMIT)
    with pytest.raises(SourceTooLarge, match="max-bytes"):
        Archive(packed({"a": b"x" * 2000}), "x.zip", 1000)


def test_refuses_a_member_that_is_larger_than_the_list_says():
    data = bytearray(packed({"a": b"x" * 5000}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 100)
    archive = Archive(bytes(data), "x.zip", LIMIT)
    with pytest.raises(MalformedSource, match="damaged"):
        archive.read("a")


@pytest.mark.parametrize("cut", [0, 4, 30, 60, -1])
def test_a_cut_archive_is_damaged(cut):
    whole = packed({"a": b"x" * 500})
    with pytest.raises(MalformedSource, match="whole zip"):
        Archive(whole[:cut], "x.zip", LIMIT)


def test_a_damaged_member_is_named():
    data = bytearray(packed({"a": bytes(range(256)) * 20}))
    data[40:60] = bytes(20)
    with pytest.raises(MalformedSource, match=r"x\.zip:a: is damaged"):
        Archive(bytes(data), "x.zip", LIMIT).read("a")


def test_a_locked_member_is_named():
    data = bytearray(packed({"a": b"secret"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(MalformedSource, match="password"):
        Archive(bytes(data), "x.zip", LIMIT).read("a")


def test_links_are_left_out():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a", b"x")
    assert list(Archive(out.getvalue(), "x.zip", LIMIT)) == ["a"]


@pytest.mark.parametrize(
    ("encoding", "name"), [("gb18030", "第一章 红楼梦的文章"), ("cp932", "こころの文章です")]
)
def test_names_in_a_code_page(encoding, name):
    raw = name.encode(encoding)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x" * len(raw), b"text")
    data = out.getvalue().replace(b"x" * len(raw), raw)
    assert list(Archive(data, "x.zip", LIMIT)) == [name]


def test_neighbours_cannot_leave_the_archive():
    archive = Archive(packed({"OPS/a.xhtml": b"", "OPS/i/p.png": b"p", "top": b"t"}), "x", LIMIT)
    beside = ArchiveNeighbours(archive, "OPS/a.xhtml")
    assert beside.read("i/p.png", 10).data == b"p"
    assert beside.read("../top", 10).data == b"t"
    assert beside.read("../../../../top", 10).data == b"t"
    assert beside.read("i%2Fp.png?v=3", 10).name == "p.png"
    for address, code in (("none", "resource.missing"), ("http://x/y", "picture.remote")):
        with pytest.raises(ResourceError) as caught:
            beside.read(address, 10)
        assert caught.value.code == code


BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (c, c - 1, c - 1, c - 1, c - 1)
        for c in range(ord("b"), ord("p"))
    )
    + b"]><a>&o;</a>"
)


@pytest.mark.parametrize(
    "data", [BOMB, b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>']
)
@pytest.mark.parametrize("doctype", [False, True])
def test_entities_are_refused(data, doctype):
    with pytest.raises(MalformedSource):
        parse_xml(data, "x.xml", doctype=doctype)


def test_malformed_xml_names_the_line():
    with pytest.raises(MalformedSource, match=r"x\.xml:2: is not well-formed XML"):
        parse_xml(b"<a>\n<b></a>", "x.xml")
    with pytest.raises(MalformedSource):
        parse_xml(b"<a>" * 100_000, "x.xml")


def test_a_doctype_is_allowed_where_asked():
    data = (
        b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://x/y.dtd"><html><p>a</p></html>'
    )
    assert parse_xml(data, "x", doctype=True).tag == "html"
    with pytest.raises(MalformedSource):
        parse_xml(data, "x")


def test_a_member_without_a_name_is_left_out():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("x", b"1")
        made.writestr("y", b"2")
    # The name of one is emptied in the list at the end and where it stands.
    raw = bytearray(data.getvalue())
    at = raw.index(b"PK\x01\x02")
    raw[at + 28 : at + 30] = b"\0\0"
    del raw[at + 46]
    end = raw.rindex(b"PK\x05\x06")
    size = int.from_bytes(raw[end + 12 : end + 16], "little") - 1
    raw[end + 12 : end + 16] = size.to_bytes(4, "little")
    assert list(Archive(bytes(raw), "a.zip", 10_000)) == ["y"]
