"""Builds hostile sources, and looks into every part of what is made of them."""

import re
import zipfile

import pikepdf
from lxml import etree

import publisher
from publisher.errors import PublisherError

TEXT = "正文一段，足够长的文字用来成文。这里还有第二句话，说的是别的事。"
SECRET = "root:x:0:0:top-secret"


def built(folder, name, data):
    """The outputs of a source, or None when it is refused with an error of the source."""
    place = folder / "in"
    place.mkdir()
    (folder / "secret.txt").write_text(SECRET)
    source = place / name
    source.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    try:
        result = publisher.convert([source], folder / "out", formats=("pdf", "epub", "docx"))
        error = result.error
    except PublisherError as problem:  # refused before anything is read
        error = problem
    if error is not None:
        assert error.message
        assert list((folder / "out").glob("*")) == []
        return None
    return [output.path for output in result.outputs]


def assert_harmless(paths):
    for path in paths:
        data = path.read_bytes()
        assert SECRET.encode() not in data
        if path.suffix == ".pdf":
            assert_no_actions(path)
            continue
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                assert ".." not in name
                assert_inert(name, archive.read(name))


def assert_no_actions(path):
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert not {"/JS", "/Launch", "/AA", "/EmbeddedFile", "/SubmitForm"} & set(
                    thing.keys()
                )
                if "/URI" in thing:
                    assert re.match(r"https?:|mailto:", str(thing.URI))


def assert_inert(name, data):
    assert SECRET.encode() not in data
    if name.endswith(".css"):
        assert b"@import" not in data
        assert b"evil.example" not in data
    if not name.endswith((".xhtml", ".svg", ".xml", ".opf", ".rels", ".ncx")):
        return
    for element in etree.fromstring(data).iter():
        if not isinstance(element.tag, str):
            continue
        kind = etree.QName(element).localname.lower()
        assert kind not in (
            "script",
            "iframe",
            "object",
            "embed",
            "form",
            "applet",
            "foreignobject",
        ), name
        for key, value in element.attrib.items():
            where = etree.QName(key).localname.lower()
            if name.endswith((".xhtml", ".svg")):
                assert not where.startswith("on"), (name, key)
                assert where != "style" or "url(" not in value
            if where in ("href", "src", "target", "xlink"):
                said = "".join(value.split()).lower()
                assert not said.startswith(("javascript:", "vbscript:", "data:text", "file:")), (
                    value
                )
                remote = said.startswith(("http:", "https:", "//"))
                assert not remote or kind in ("a", "relationship", "reference"), (name, value)
