"""Faults planted in finished files: bytes of an EPUB or Word file, objects of a PDF.

Each is a function that changes an open file, and the codes of which one at least must be found.
"""

from __future__ import annotations

import io
import re
import zipfile

import pikepdf

from tests.tools.proof_documents import bitmap

# --------------------------------------------------------------------- EPUB and Word: members


def in_zip(path, change):
    """The bytes of an archive after `change` of its members (a dict of names and bytes)."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    before = dict(members)
    change(members)
    assert members != before, "nothing was planted"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def put(old, new, member="", count=1):
    """Puts `new` for `old` (a text, or a pattern that is compiled) in the members so named."""

    def change(members):
        for name, data in members.items():
            if not name.endswith((".xml", ".xhtml", ".opf", ".rels")) or member not in name:
                continue
            text = data.decode()
            if isinstance(old, str):
                changed = text.replace(old, new, count)
            else:
                changed = old.sub(new, text, count=count)
            members[name] = changed.encode()
            if changed != text and count:
                return

    return change


def gone(ending):
    """Takes members out."""

    def change(members):
        for name in [name for name in members if name.endswith(ending)]:
            del members[name]

    return change


def other_picture(members):
    for name in members:
        if name.endswith(".png"):
            members[name] = bitmap((200, 30, 30))


def p_of(words, tag="p"):
    """A pattern for the whole element that holds these words and no other of its kind."""
    return re.compile(rf"<{tag}(?: [^>]*)?>(?:(?!</{tag}>).)*?{words}.*?</{tag}>", re.DOTALL)


def twice(match):
    return match[0] * 2


def swap(first, second, tag="p", member=""):
    """Changes two elements round."""

    def change(members):
        for name, data in members.items():
            text = data.decode() if name.endswith(("xml", "xhtml")) and member in name else ""
            one, other = p_of(first, tag).search(text), p_of(second, tag).search(text)
            if one and other:
                text = text.replace(one[0], "\0").replace(other[0], one[0])
                members[name] = text.replace("\0", other[0]).encode()
                return

    return change


CHAPTER = "chapter-"


def _page_moved(members):
    """The mark of a page that is not the first stands one paragraph on."""
    for name in sorted(members, reverse=True):
        text = members[name].decode() if CHAPTER in name else ""
        marks = list(re.finditer(r"<(span|div)[^>]*pagebreak[^>]*(?:/>|></\1>)", text))
        if marks:
            mark = marks[-1]
            rest = text[mark.end() :].replace("</p>", f"</p>{mark[0]}", 1)
            members[name] = (text[: mark.start()] + rest).encode()
            return


EPUB = {
    "paragraph lost": (put(p_of("这座城"), ""), ("text.lost",)),
    "paragraph twice": (put(p_of("这座城"), twice), ("text.twice",)),
    "paragraphs changed round": (swap("这座城", "排字房"), ("text.moved",)),
    "character": (put("三十年没有", "四十年没有"), ("text.changed",)),
    "characters changed round": (put("半山腰上", "半山上腰"), ("text.changed", "text.moved", "text.extra")),
    "radical": (put("方师傅", "⽅师傅"), ("char.radical",)),
    "beyond U+FFFF": (put("𠮷野家", "\ufffd野家"), ("char.beyond-bmp",)),
    "variation selector": (put("葛\U000e0100城", "葛城"), ("char.selector",)),
    "half width": (put("（全角标点）", "(全角标点)"), ("char.width",)),
    "reading": (put("qiān", "yán", CHAPTER), ("ruby.changed",)),
    "reading lost": (put(re.compile("<rt>qiān</rt>"), "", CHAPTER), ("ruby.lost", "ruby.changed")),
    "dots": (put(re.compile('<em class="dots[^"]*">'), "<em>", CHAPTER), ("dots.lost",)),
    "inner link": (put('href="chapter-002.xhtml#ch2"', 'href="chapter-002.xhtml#fare"', CHAPTER),
                   ("link.changed",)),
    "address": (put("https://example.org/old", "https://example.org/new", CHAPTER),
                ("link.changed",)),
    "link lost": (put(re.compile('<a href="https[^>]*>(.*?)</a>'), r"\1", CHAPTER),
                  ("link.lost",)),
    "broken link": (put('href="#n1"', 'href="#n9"', CHAPTER), ("note.lost",)),
    "description": (put('alt="渡口的旧照片"', 'alt="照片"', CHAPTER), ("alt.changed",)),
    "no description": (put('alt="渡口的旧照片"', "", CHAPTER), ("alt.missing",)),
    "picture": (other_picture, ("picture.changed",)),
    "picture gone": (gone(".png"), ("file.missing", "picture.missing")),
    "language": (put('lang="ja" xml:lang="ja"', 'lang="ko" xml:lang="ko"', CHAPTER),
                 ("lang.changed",)),
    "language of a file": (put(re.compile(' lang="zh-Hans" xml:lang="zh-Hans"'), "", CHAPTER),
                           ("lang.missing",)),
    "level": (put(re.compile("<h2( [^>]*)?>船票</h2>"), r"<h3\1>船票</h3>", CHAPTER),
              ("heading.level",)),
    "heading as text": (put(re.compile("<h2( [^>]*)?>船票</h2>"), r"<p\1>船票</p>", CHAPTER),
                        ("heading.lost",)),
    "cells": (swap("三千", "五千", "td"), ("table.cell", "text.changed", "text.moved")),
    "row": (put(p_of("七千", "tr"), ""), ("table.shape", "text.lost")),
    "item": (put(p_of("裁纸刀", "li"), ""), ("text.lost",)),
    "items joined": (put(re.compile("</li>\\s*<li[^>]*>裁纸刀"), "裁纸刀"), ("item.lost",)),
    "caption": (put(p_of("图一", "figcaption"), ""), ("text.lost",)),
    "call": (put(re.compile('<sup class="call">.*?</sup>'), "", CHAPTER), ("note.lost",)),
    "note": (put("馆史第三卷，手抄本。", "", CHAPTER), ("text.lost",)),
    "wrong note": (put('href="#n2"', 'href="#n1"', CHAPTER), ("note.changed", "note.moved", "text.moved", "note.extra")),
    "title of the work": (put("山城报馆</dc:title>", "水城报馆</dc:title>"), ("meta.changed",)),
    "author": (put(re.compile("<dc:creator.*?</dc:creator>"), ""), ("meta.lost",)),
    "language of the work": (put("<dc:language>zh-Hans", "<dc:language>zh-Hant"),
                             ("meta.changed",)),
    "contents": (put("机器</a>", "机械</a>", "nav"), ("outline.lost",)),
    "target of contents": (put("#machines", "", "nav"), ("outline.target",)),
    "line of contents": (
        put(re.compile("<li><a[^>]*>船票</a></li>"), "", "nav"), ("outline.lost",)),
    "spine": (put(re.compile('(<itemref idref="chapter-001[^>]*>)(\\s*)(<itemref[^>]*>)'), r"\3\2\1"),
              ("text.moved", "text.lost")),
    "file not in the spine": (put(re.compile('<itemref idref="chapter-002[^>]*>'), ""),
                              ("text.lost",)),
    "page": (_page_moved, ("page.begins",)),
    "id": (put('id="fare"', 'id="end"', CHAPTER), ("id.twice", "link.broken")),
    "not well-formed": (put("</section>", "", CHAPTER), ("file.malformed",)),
}  # fmt: skip

BODY = "document.xml"
DOCX = {
    "paragraph lost": (put(p_of("这座城", "w:p"), "", BODY), ("text.lost",)),
    "paragraph twice": (put(p_of("这座城", "w:p"), twice, BODY), ("text.twice",)),
    "paragraphs changed round": (swap("这座城", "排字房", "w:p", BODY), ("text.moved",)),
    "runs changed round": (put("他说</w:t>", "还在，见</w:t>", BODY), ("text.changed", "text.extra")),
    "character": (put("三十年没有", "四十年没有", BODY), ("text.changed",)),
    "radical": (put("方师傅", "⽅师傅", BODY), ("char.radical",)),
    "beyond U+FFFF": (put("𠮷野家", "□野家", BODY), ("char.beyond-bmp",)),
    "variation selector": (put("葛\U000e0100城", "葛城", BODY), ("char.selector",)),
    "half width": (put("（全角标点）", "(全角标点)", BODY), ("char.width",)),
    "reading": (put("qiān", "yán", BODY), ("ruby.changed",)),
    "reading lost": (
        put(re.compile("<w:rt>(?:(?!</w:rt>).)*qiān.*?</w:rt>"), "<w:rt/>", BODY), ("ruby.lost",)),
    "dots": (put(re.compile('<w:em w:val="[^"]*"/>'), "", BODY), ("stress.lost",)),
    "inner link": (put('<w:hyperlink w:anchor="ch2" w:history="1"><w:r><w:rPr>',
                       '<w:hyperlink w:anchor="fare" w:history="1"><w:r><w:rPr>', BODY),
                   ("link.changed",)),
    "address": (put("https://example.org/old", "https://example.org/new", ".rels"),
                ("link.changed",)),
    "broken link": (put(re.compile('<w:bookmarkStart w:id="[0-9]*" w:name="fare"/>'), "", BODY),
                    ("link.broken",)),
    "relation lost": (put(re.compile("<Relationship [^>]*media/image1[^>]*/>"), "", "document.xml.rels"),
                      ("picture.missing",)),
    "description": (put('descr="渡口的旧照片"', 'descr="照片"', BODY), ("alt.changed",)),
    "no description": (put('descr="渡口的旧照片"', "", BODY), ("alt.missing",)),
    "picture": (other_picture, ("picture.changed",)),
    "picture gone": (gone(".png"), ("file.missing",)),
    "language": (put('<w:lang w:eastAsia="ja-JP"/>', '<w:lang w:eastAsia="ko-KR"/>', BODY),
                 ("lang.changed",)),
    "language lost": (put('<w:lang w:eastAsia="ja-JP"/>', "", BODY), ("lang.lost",)),
    "level": (
        put(re.compile('Heading2("/>(?:(?!</w:p>).)*船票)'), r"Heading3\1", BODY), ("heading.level",)),
    "heading as text": (
        put(re.compile('Heading2("/>(?:(?!</w:p>).)*船票)'), r"BodyText\1", BODY), ("heading.lost",)),
    "cells": (swap("三千", "五千", "w:tc", BODY), ("table.cell", "text.changed", "text.moved")),
    "row": (put(p_of("七千", "w:tr"), "", BODY), ("table.shape", "text.lost")),
    "item": (put(p_of("裁纸刀", "w:p"), "", BODY), ("text.lost",)),
    "item as text": (
        put(re.compile("<w:numPr>(?:(?!</w:numPr>).)*</w:numPr>"), "", BODY), ("item.lost",)),
    "caption": (put(p_of("渡口的旧照片.*?", "w:drawing"), "", BODY), ("picture.lost",)),
    "words of a caption": (put("图一　渡口</w:t>", "图一</w:t>", BODY), ("text.lost",)),
    "call": (put(re.compile('<w:footnoteReference w:id="1"/>'), "", BODY), ("note.lost",)),
    "note": (put("馆史第三卷，手抄本。", "", "footnotes"), ("text.lost",)),
    "wrong note": (put('<w:footnoteReference w:id="2"/>', '<w:footnoteReference w:id="1"/>', BODY),
                   ("note.changed", "note.extra", "note.moved")),
    "title of the work": (put("山城报馆</dc:title>", "水城报馆</dc:title>"), ("meta.changed",)),
    "author": (put(re.compile("<dc:creator>.*?</dc:creator>"), ""), ("meta.lost",)),
    "language of the work": (put("<dc:language>zh-Hans", "<dc:language>zh-Hant"),
                             ("meta.changed",)),
    "contents": (put("机器</w:t></w:r><w:r><w:tab/>", "机械</w:t></w:r><w:r><w:tab/>", BODY),
                 ("contents.lost",)),
    "target of contents": (put('w:anchor="machines"', 'w:anchor="fare"', BODY),
                           ("contents.target",)),
    "page number": (put(re.compile(r"( PAGEREF ch1 .*?<w:t[^>]*>)[^<]*"), r"\g<1>99", BODY),
                    ("contents.number",)),
    "field left open": (put('<w:fldChar w:fldCharType="end"/>', "", BODY),
                        ("field.open", "text.lost")),
    "title page": (put("山城报馆</w:t>", "水城报馆</w:t>", BODY), ("text.extra", "text.changed")),
}  # fmt: skip


# ---------------------------------------------------------------------------- PDF: objects


def in_pdf(path, change):
    """The bytes of a PDF after `change` of its objects."""
    with pikepdf.open(path) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def elements(pdf, role):
    """The structure elements of a role, in order."""
    found = []

    def walk(element):
        if str(element.get("/S")) == f"/{role}":
            found.append(element)
        for kid in kids_of(element):
            walk(kid)

    walk(pdf.Root.StructTreeRoot.K)
    return found


def kids_of(element):
    kids = element.get("/K", pikepdf.Array())
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def without(role, index=0):
    """Takes an element out of the tree."""

    def change(pdf):
        element = elements(pdf, role)[index]
        parent = element.P
        kids = parent.K
        if not isinstance(kids, pikepdf.Array):
            del parent.K
            return
        at = next(n for n, kid in enumerate(kids) if same(kid, element))
        del kids[at]

    return change


def same(one, other):
    return isinstance(one, pikepdf.Dictionary) and one.objgen == other.objgen


def as_role(role, index, other):
    """Makes an element another one."""

    def change(pdf):
        elements(pdf, role)[index].S = pikepdf.Name(f"/{other}")

    return change


def exchanged(role, first, second):
    """Changes two children of one parent round, or of two parents."""

    def change(pdf):
        one, other = elements(pdf, role)[first], elements(pdf, role)[second]
        places = [
            (e.P.K, next(n for n, kid in enumerate(e.P.K) if same(kid, e))) for e in (one, other)
        ]
        (kids, at), (others, there) = places
        kids[at], others[there] = other, one

    return change


def with_key(role, index, key, value=None):
    """Sets a key of an element, or takes it away."""

    def change(pdf):
        element = elements(pdf, role)[index]
        if value is None:
            del element[key]
        else:
            element[key] = value

    return change


def mapped(char, other):
    """A font says that its glyph for one character is another."""

    def change(pdf):
        found = 0
        code = char.encode("utf-16-be").hex().upper()
        new = other.encode("utf-16-be").hex().upper()
        for value in pdf.objects:
            if isinstance(value, pikepdf.Dictionary) and "/ToUnicode" in value:
                data = value.ToUnicode.read_bytes()
                pattern = rb"(<[0-9A-F]{4}> )<%s>" % code.encode()
                data, times = re.subn(pattern, rb"\g<1><%s>" % new.encode(), data)
                found += times
                value.ToUnicode = pdf.make_stream(data)
        assert found, "nothing was planted"

    return change


def stream(pattern, new, page=None, count=1):
    """Changes the content of pages."""

    def change(pdf):
        found = 0
        for number, one in enumerate(pdf.pages):
            if page not in (None, number):
                continue
            data, times = re.subn(
                pattern, new, one.Contents.read_bytes(), count=count, flags=re.DOTALL
            )
            if times:
                one.Contents = pdf.make_stream(data)
                found += times
                if count:
                    return
        assert found, "nothing was planted"

    return change


def links(pdf, key):
    """The link annotations that have a key."""
    return [a for page in pdf.pages for a in page.obj.get("/Annots", ()) if key in a]


def _address(pdf):
    links(pdf, "/A")[0].A.URI = pikepdf.String("https://example.org/new")


def _leads(name):
    def change(pdf):
        link = next(a for a in links(pdf, "/Dest") if "第二章的开头" in str(a.Contents))
        link.Dest = pikepdf.String(name)

    return change


def _destination_moved(pdf):
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    names["ch2"] = names["machines"]


def _picture(pdf):
    for value in pdf.objects:
        if isinstance(value, pikepdf.Stream) and value.get("/Subtype") == "/Image":
            width, height = int(value.Width), int(value.Height)
            value.write(bytes([200, 30, 30]) * width * height)
            value.ColorSpace = pikepdf.Name.DeviceRGB


def _labels(pdf):
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D, St=7)])


def _xmp(pdf):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = "水城报馆"


def _no_authors(pdf):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        del meta["dc:creator"]
    del pdf.docinfo["/Author"]


def _unembedded(pdf):
    for value in pdf.objects:
        if isinstance(value, pikepdf.Dictionary) and "/FontFile3" in value:
            del value["/FontFile3"]


def _outline_title(pdf):
    pdf.Root.Outlines.First.Title = pikepdf.String("第一章　水城")


def _outline_target(pdf):
    pdf.Root.Outlines.First.Dest = pdf.Root.Outlines.Last.Dest


def _outline_short(pdf):
    first = pdf.Root.Outlines.First
    del first["/First"]


def _language(pdf):
    pdf.Root.Lang = pikepdf.String("zh-Hant")


def _page_lost(pdf):
    del pdf.pages[-1]


def _no_tags(pdf):
    del pdf.Root["/StructTreeRoot"]


def _unlinked(pdf):
    """The first link in a paragraph is one no more."""
    link = next(e for e in elements(pdf, "Link") if str(e.P.S) == "/P")
    link.S = pikepdf.Name("/Span")


def _running(pdf):
    """Paragraphs of running text."""
    return [e for e in elements(pdf, "P") if str(e.P.get("/S")) == "/Document"]


def _without_paragraph(pdf):
    paragraph = _running(pdf)[-4]
    kids = paragraph.P.K
    del kids[next(n for n, kid in enumerate(kids) if same(kid, paragraph))]


def _order(pdf):
    """The first two paragraphs of running text, changed round in the tree."""
    one, other = _running(pdf)[-4:-2]
    kids = one.P.K
    at = [n for n, kid in enumerate(kids) if same(kid, one) or same(kid, other)]
    kids[at[0]], kids[at[1]] = other, one


PDF = {
    "paragraph lost": (_without_paragraph, ("text.lost",)),
    "reading order": (_order, ("text.moved",)),
    "radical": (mapped("方", "⽅"), ("char.radical",)),
    "compatibility ideograph": (mapped("山", "\uf9d4"), ("text.changed",)),
    "character": (mapped("腰", "要"), ("text.changed",)),
    "beyond U+FFFF": (mapped("𠮷", "□"), ("char.beyond-bmp",)),
    "variation selector": (mapped("葛\U000e0100", "葛"), ("char.selector",)),
    "half width": (mapped("（", "("), ("char.width",)),
    "no name": (mapped("腰", "\ufffd"), ("char.unknown", "text.changed")),
    "line not drawn": (stream(rb"\[<[0-9a-f]{24,}[^\]]*\]TJ", b"", None), ("text.lost", "contents.lost")),
    "reading lost": (without("RT"), ("ruby.lost", "ruby.changed")),
    "readings changed round": (exchanged("RT", 0, 1), ("ruby.changed",)),
    "dots": (stream(rb"[\d.]+ [\d.]+ m( [\d.]+){6} c( [\d.]+){6} c( [\d.]+){6} c[^h]*h f", b"", None, 0),
             ("dots.lost",)),
    "link lost": (_unlinked, ("link.lost",)),
    "address": (_address, ("link.changed",)),
    "inner link": (_leads("fare"), ("link.changed",)),
    "broken link": (_leads("nowhere"), ("link.broken",)),
    "destination": (_destination_moved, ("link.changed", "contents.target")),
    "description": (with_key("Figure", 0, "/Alt", pikepdf.String("照片")), ("alt.changed",)),
    "no description": (with_key("Figure", 0, "/Alt"), ("alt.missing",)),
    "picture": (_picture, ("picture.changed",)),
    "picture lost": (without("Figure"), ("picture.lost",)),
    "language": (with_key("Span", 0, "/Lang", pikepdf.String("ko")), ("lang.changed",)),
    "language lost": (with_key("Span", 0, "/Lang"), ("lang.lost",)),
    "language of the work": (_language, ("meta.changed",)),
    "level": (as_role("H2", 1, "H3"), ("heading.level",)),
    "heading as text": (as_role("H2", 1, "P"), ("heading.lost",)),
    "cells": (exchanged("TD", 1, 3), ("table.cell", "text.moved", "text.changed")),
    "row": (without("TR", 2), ("table.shape", "text.lost")),
    "table": (as_role("Table", 0, "Div"), ("table.count",)),
    "item": (without("LI", 1), ("text.lost",)),
    "caption": (without("Caption", -1), ("text.lost",)),
    "note": (without("Note", 0), ("text.lost", "note.lost")),
    "call": (without("Reference", -1), ("note.lost",)),
    "code": (as_role("Code", 0, "Span"), ("code.lost",)),
    "two-line note": (as_role("WT", 0, "Span"), ("warichu.lost",)),
    "labels": (_labels, ("page.label", "contents.number")),
    "title of the work": (_xmp, ("meta.changed",)),
    "author": (_no_authors, ("meta.lost",)),
    "outline": (_outline_title, ("outline.lost",)),
    "target of the outline": (_outline_target, ("outline.target",)),
    "outline cut": (_outline_short, ("outline.lost",)),
    "line of contents": (without("TOCI", 1), ("contents.lost",)),
    "font not embedded": (_unembedded, ("font.not-embedded",)),
    "page lost": (_page_lost, ("text.lost",)),
    "tags": (_no_tags, ("tags.missing",)),
}  # fmt: skip
