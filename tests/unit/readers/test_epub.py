"""Books of other makers: EPUB 2 and 3, well made and badly."""

import io
import zipfile

import pytest

from publisher.environment import Environment, ResourceStore
from publisher.errors import MalformedSource, SourceError, SourceTooLarge
from publisher.events import Collector
from publisher.readers.base import ReadRequest
from publisher.readers.epub.metadata import GENERATOR
from publisher.readers.epub.reader import EpubReader
from publisher.settings import InputSettings
from publisher.tree.meta import WRITING_MODE
from publisher.tree.nodes import (
    EmphasisDots,
    Figure,
    Footnote,
    Image,
    Link,
    NoteRef,
    Paragraph,
    Ruby,
    Section,
    Strong,
)
from publisher.tree.walk import block_text, plain_text, query, walk_blocks, walk_inlines
from publisher.writers.epub import metadata as written
from tests.tools.every_node import png

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
DC = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf" '
    'xmlns="http://www.idpf.org/2007/opf"'
)
META = (
    "<dc:title>紅樓夢</dc:title><dc:language>zh-TW</dc:language>"
    '<dc:creator opf:role="aut" opf:file-as="Cao Xueqin">曹雪芹</dc:creator>'
    '<dc:identifier id="uid" opf:scheme="ISBN">9789570000000</dc:identifier>'
    '<dc:date opf:event="publication">1791-01-01</dc:date>'
    '<meta name="calibre:series" content="四大名著"/>'
    '<meta name="calibre:series_index" content="1.0"/>'
    '<dc:contributor opf:role="bkp">calibre (6.0)</dc:contributor>'
    "<dc:description>&lt;p&gt;一部&lt;b&gt;小說&lt;/b&gt;。&lt;/p&gt;</dc:description>"
)


def page(body, *, head="", xmlns="", doctype=""):
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{doctype}<html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"{xmlns}>'
        f"<head><title>x</title>{head}</head><body>{body}</body></html>"
    )


def book(pages, *, meta=META, extra=(), ncx="", nav="", files=None, spine="", guide=""):
    """An EPUB: `pages` is name -> XHTML, in spine order."""
    items = [
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(pages)
    ]
    refs = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    if ncx:
        items.append('<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>')
        members["OPS/toc.ncx"] = ncx
    if nav:
        items.append(
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        )
        members["OPS/nav.xhtml"] = nav
    members["OPS/book.opf"] = (
        f'<package version="2.0" unique-identifier="uid" {DC}><metadata>{meta}</metadata>'
        f"<manifest>{''.join(items)}{''.join(extra)}</manifest>"
        f'<spine toc="ncx"{spine}>{refs}</spine><guide>{guide}</guide></package>'
    )
    members |= {f"OPS/{name}": text for name, text in pages.items()}
    members |= files or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def ncx(*points):
    """Lines as (depth, text, address)."""
    found, open_ = [], 0
    for depth, text, src in points:
        while open_ >= depth:
            found.append("</navPoint>")
            open_ -= 1
        found.append(f"<navPoint><navLabel><text>{text}</text></navLabel><content src='{src}'/>")
        open_ += 1
    found.append("</navPoint>" * open_)
    return (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>'
        + "".join(found)
        + "</navMap></ncx>"
    )


def read(data, **settings):
    report = Collector()
    store = ResourceStore()
    request = ReadRequest(
        data, "b.epub", None, None, InputSettings(**settings), Environment(), store, report
    )
    return EpubReader().read(request), report.diagnostics, store


def outline(blocks):
    return [(b.level, plain_text(b.title)) for b in walk_blocks(blocks) if isinstance(b, Section)]


def test_metadata_of_an_old_book():
    document, _, _ = read(book({"a.xhtml": page("<h1>第一回</h1><p>話說。</p>")}))
    meta = document.meta
    assert plain_text(meta.title) == "紅樓夢"
    assert meta.language == "zh-Hant-TW"
    assert [(c.name, c.role, c.sort_as) for c in meta.contributors] == [
        ("曹雪芹", "author", "Cao Xueqin")
    ]
    assert (meta.identifier, meta.date) == ("9789570000000", "1791-01-01")
    assert (meta.series.name, meta.series.position) == ("四大名著", "1")
    assert meta.description == "一部 小說 。"


def test_refinements_of_epub_3():
    meta = (
        '<dc:title id="t2">副題</dc:title><meta refines="#t2" property="title-type">subtitle</meta>'
        '<dc:title id="t1">本題</dc:title><meta refines="#t1" property="title-type">main</meta>'
        '<dc:language>ja</dc:language><dc:creator id="c">訳者名</dc:creator>'
        '<meta refines="#c" property="role" scheme="marc:relators">trl</meta>'
        '<meta refines="#c" property="file-as">やくしゃめい</meta>'
        '<meta property="belongs-to-collection" id="s">全集</meta>'
        '<meta refines="#s" property="group-position">12</meta>'
    )
    document, _, _ = read(book({"a.xhtml": page("<p>文。</p>")}, meta=meta))
    found = document.meta
    assert (plain_text(found.title), plain_text(found.subtitle)) == ("本題", "副題")
    who = found.contributors[0]
    assert (who.name, who.role, who.sort_as) == ("訳者名", "translator", "やくしゃめい")
    assert (found.series.name, found.series.position) == ("全集", "12")


def test_the_contents_give_headings_their_levels():
    pages = {
        "p1.xhtml": page("<h2>上卷</h2>"),
        "c1.xhtml": page("<h2>第一章</h2><p>甲。</p><h3>一</h3><p>乙。</p>"),
        "c2.xhtml": page("<h2>第二章</h2><p>丙。</p>"),
        "p2.xhtml": page("<h2>下卷</h2><p>丁。</p>"),
    }
    contents = ncx(
        (1, "上卷", "p1.xhtml"),
        (2, "第一章", "c1.xhtml"),
        (2, "第二章", "c2.xhtml"),
        (1, "下卷", "p2.xhtml"),
    )
    document, _, _ = read(book(pages, ncx=contents))
    assert outline(document.body) == [
        (1, "上卷"), (2, "第一章"), (3, "一"), (2, "第二章"), (1, "下卷"),
    ]  # fmt: skip
    assert len(document.body) == 2


def test_paragraphs_that_are_headings_in_the_contents():
    pages = {
        "a.xhtml": page('<div><p class="t">第一章　風</p><p>風吹。</p></div>'),
        "b.xhtml": page("<p>雨落。</p>"),
        "c.xhtml": page('<p>前の文。</p><p id="x">第三章</p><p>雪降る。</p>'),
    }
    contents = ncx(
        (1, "第一章 風", "a.xhtml"), (1, "第二章 雨", "b.xhtml"), (1, "第三章", "c.xhtml#x")
    )
    document, _, _ = read(book(pages, ncx=contents))
    assert outline(document.body) == [(1, "第一章　風"), (1, "第二章 雨"), (1, "第三章")]
    assert [block_text(b) for b in walk_blocks(document.body) if isinstance(b, Paragraph)] == [
        "風吹。", "雨落。", "前の文。", "雪降る。",
    ]  # fmt: skip


def test_several_chapters_in_one_file_and_files_without_a_line():
    pages = {
        "a.xhtml": page('<h1 id="x">一</h1><p>甲</p><h1 id="y">二</h1><p>乙</p>'),
        "a2.xhtml": page("<p>丙</p>"),
    }
    contents = ncx((1, "一", "a.xhtml#x"), (1, "二", "a.xhtml#y"))
    document, _, _ = read(book(pages, ncx=contents))
    assert outline(document.body) == [(1, "一"), (1, "二")]
    assert [block_text(b) for b in document.body[1].blocks] == ["乙", "丙"]


def test_notes_in_another_file_and_of_other_makers():
    pages = {
        "a.xhtml": page(
            '<h1>章</h1><p>文<a id="r1" href="notes.xhtml#n1"><sup>[1]</sup></a>字'
            '<sup><a epub:type="noteref" href="#n2">2</a></sup>。</p>'
            '<aside epub:type="footnote" id="n2"><p>注二。</p></aside>'
        ),
        "notes.xhtml": page('<h1>注釋</h1><p id="n1"><a href="a.xhtml#r1">[1]</a> 注一。</p>'),
    }
    document, _, _ = read(book(pages))
    notes = {n.id: "".join(map(block_text, n.blocks)) for n in query(document, Footnote)}
    calls = [n.note for n in walk_inlines(document) if isinstance(n, NoteRef)]
    assert [notes[c].strip() for c in calls] == ["注一。", "注二。"]


def test_links_between_files_lead_to_headings():
    pages = {
        "a.xhtml": page(
            '<h1>一</h1><p>見<a href="b.xhtml">下</a>與<a href="b.xhtml#q">q</a>。</p>'
        ),
        "b.xhtml": page('<h1>二</h1><p><a id="q"/>文。</p>'),
    }
    document, _, _ = read(book(pages))
    links = [n.target for n in walk_inlines(document) if isinstance(n, Link)]
    second = next(b for b in query(document, Section) if plain_text(b.title) == "二")
    assert links[0] == f"#{second.attr.id}"
    assert links[1] == "#q"
    assert "文。" in block_text(second.blocks[0])  # nothing was swallowed by the empty anchor


def test_pictures_covers_and_lists_of_contents():
    pages = {
        "cover.xhtml": page(
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
            '<image xlink:href="img/c.png"/></svg>'
        ),
        "toc.xhtml": page(
            '<h2>目錄</h2><p><a href="a.xhtml">第一章</a></p><p><a href="b.xhtml">第二章</a></p>'
            '<p><a href="a.xhtml#p">第三章</a></p>'
        ),
        "a.xhtml": page(
            '<h1 id="p">第一章</h1><p>文。</p><p><img src="IMG/p%20q.png" alt="圖"/></p>'
        ),
        "b.xhtml": page("<h1>第二章</h1><p>文。</p>"),
    }
    files = {"OPS/img/c.png": png(8, 8), "OPS/img/p q.png": png()}
    extra = ['<item id="cov" href="img/c.png" media-type="image/png"/>']
    data = book(pages, files=files, extra=extra, meta=META + '<meta name="cover" content="cov"/>')
    document, reports, store = read(data)
    assert store.open(document.meta.cover) == png(8, 8)
    figure = next(query(document, Figure))
    image = next(n for n in walk_inlines((figure,)) if isinstance(n, Image))
    assert store.open(image.resource) == png()
    assert outline(document.body) == [(1, "第一章"), (1, "第二章")]
    assert [dict(d.args)["kind"] for d in reports if d.code == "epub.left-out"] == [
        "cover", "contents",
    ]  # fmt: skip
    everything, _, _ = read(data, drop_furniture=False)
    assert "目錄" in [t for _, t in outline(everything.body)]


def test_classes_with_a_meaning():
    css = (
        ".d{-epub-text-emphasis-style: filled sesame} .b{font-weight:bold} p.b2{font-weight:bold}"
        "html{writing-mode:vertical-rl} .no{display:none} @media x{.b{color:red}} }broken{"
    )
    head = '<link rel="stylesheet" href="s.css" type="text/css"/>'
    body = (
        '<p class="b2">あ<span class="d">傍点</span><span class="b">太</span>'
        '<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby><span class="no">隠</span></p>'
    )
    data = book({"a.xhtml": page(body, head=head)}, files={"OPS/s.css": css})
    document, _, _ = read(data)
    nodes = list(walk_inlines(document))
    assert next(n for n in nodes if isinstance(n, EmphasisDots)).mark == "sesame"
    assert [plain_text(n.content) for n in nodes if isinstance(n, Strong)] == ["太"]
    assert next(n for n in nodes if isinstance(n, Ruby)).pairs[1].text == "じ"
    assert "隠" not in block_text(document.body[0])
    assert dict(document.meta.extra)[WRITING_MODE] == "vertical"


def test_sloppy_files_are_read_all_the_same():
    pages = {
        "a.xhtml": page("<h1>甲</h1><p>文&nbsp;&copy;<br>斷<p>未閉", doctype="<!DOCTYPE html>"),
        "b.xhtml": page("<h1>乙</h1><p>二&hellip;</p>"),
        "c.xhtml": "%PDF-1.7 is no chapter",
    }
    document, reports, _ = read(book(pages))
    assert outline(document.body) == [(1, "甲"), (1, "乙")]
    text = "".join(map(block_text, walk_blocks(document.body)))
    assert "©" in text
    assert "…" in text
    assert [d.code for d in reports if d.severity == "warning"] == ["epub.chapter-lost"]


def test_names_that_differ_in_case_and_escapes():
    pages = {"Text/A%20b.xhtml": page("<p>文。</p>")}
    data = book(pages, files={"OPS/text/a b.xhtml": page("<p>真。</p>")})
    document, _, _ = read(data)
    assert block_text(document.body[0]) == "真。"


@pytest.mark.parametrize(
    ("algorithm", "refused"),
    [
        ("http://www.idpf.org/2008/embedding", False),
        ("http://ns.adobe.com/pdf/enc#RC", False),
        ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True),
    ],
)
def test_locked_books_are_refused_and_obfuscated_fonts_are_not(algorithm, refused):
    locked = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">'
        f'<EncryptionMethod Algorithm="{algorithm}"/></EncryptedData></encryption>'
    )
    data = book({"a.xhtml": page("<p>文。</p>")}, files={"META-INF/encryption.xml": locked})
    if refused:
        with pytest.raises(MalformedSource, match="DRM"):
            read(data)
    else:
        assert read(data)[0].body


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        book({}),
        book({"a.xhtml": page("")}),
        book({"a.xhtml": page("<p>x</p>")})[:400],
        book({"a.xhtml": "no <<< markup"}, files={"META-INF/container.xml": "<broken"}),
    ],
)
def test_what_is_no_book_is_said_so(data):
    with pytest.raises(SourceError) as caught:
        read(data)
    assert "\n" not in str(caught.value)
    assert caught.value.where.startswith("b.epub")


def test_a_bomb_is_not_opened():
    bomb = book({"a.xhtml": page("<p>" + "零" * 30_000_000 + "</p>")})
    with pytest.raises(SourceTooLarge):
        read(bomb)


def test_deep_nesting_is_survived():
    deep = "<div>" * 5000 + "<p>底</p>" + "</div>" * 5000
    try:
        document, _, _ = read(book({"a.xhtml": page(deep)}))
    except SourceError:
        return
    assert "底" in "".join(map(block_text, document.body))


def test_the_reader_knows_the_writer():
    assert GENERATOR == written.GENERATOR
