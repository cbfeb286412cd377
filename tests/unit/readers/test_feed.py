"""RSS and Atom: entries as chapters, with dates, authors, pictures, and all that feeds get wrong."""

import pytest

from publisher.environment import Environment, ResourceStore
from publisher.errors import SourceError
from publisher.events import Collector
from publisher.readers.base import ReadRequest
from publisher.readers.feed import FeedReader
from publisher.settings import InputSettings
from publisher.tree.nodes import Image, Link, Paragraph, Section, Strong
from publisher.tree.walk import block_text, plain_text, query, walk_blocks
from tests.tools.every_node import png


def rss(items, head="<title>集市</title><link>https://a.example/</link><language>zh-tw</language>"):
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel>{head}{items}</channel></rss>"
    )


ITEM = (
    "<item><title>早市 &amp;amp; 晚市</title><link>https://a.example/b/1.html</link>"
    "<description>摘要。</description><content:encoded><![CDATA[<p>清晨<b>五點</b>。</p><h2>豆腐</h2>"
    "<p>見<a href='2.html'>下</a>。</p>]]></content:encoded><dc:creator>王小明</dc:creator>"
    "<pubDate>Tue, 05 Mar 2024 23:10:00 +0800</pubDate></item>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>朝市だより</title><author><name>港花子</name></author>'
    '<entry><title type="html">朝市&lt;b&gt;の&lt;/b&gt;話</title><updated>2024-03-05T08:00:00+09:00</updated>'
    '<link href="https://a.example/1"/><summary>要約。</summary>'
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>朝五時に始まる。</p></div></content>'
    "</entry></feed>"
)


def read(text, root=None):
    report = Collector()
    data = text if isinstance(text, bytes) else text.encode()
    path = None if root is None else root / "f.xml"
    request = ReadRequest(
        data, "f.xml", path, root, InputSettings(), Environment(), ResourceStore(), report
    )
    return FeedReader().read(request), report.diagnostics


def test_an_entry_is_a_chapter_with_all_of_its_text():
    document, _ = read(rss(ITEM))
    (chapter,) = document.body
    assert plain_text(chapter.title) == "早市 & 晚市"
    roles = [b.role for b in chapter.blocks if isinstance(b, Paragraph)]
    assert roles == ["byline", "dateline", "body", "credit"]
    assert [(s.level, plain_text(s.title)) for s in query(chapter.blocks, Section)] == [(3, "豆腐")]
    assert [plain_text(n.content) for n in query(document, Strong)] == ["五點"]
    assert next(query(document, Link)).target == "https://a.example/b/2.html"
    assert "摘要" not in "".join(map(block_text, walk_blocks(document.body)))


def test_what_a_feed_says_of_itself():
    meta = read(rss(ITEM))[0].meta
    assert (plain_text(meta.title), meta.language, meta.date) == (
        "集市",
        "zh-Hant-TW",
        "2024-03-05",
    )
    assert meta.source_url == "https://a.example/"


def test_atom():
    document, _ = read(ATOM)
    assert plain_text(document.meta.title) == "朝市だより"
    assert document.meta.contributors[0].name == "港花子"
    assert plain_text(document.body[0].title) == "朝市の話"
    assert "朝五時に始まる。" in "".join(map(block_text, walk_blocks(document.body)))


def test_a_summary_where_there_is_no_more():
    document, _ = read(rss("<item><title>一</title><description>只有摘要。</description></item>"))
    assert block_text(document.body[0].blocks[0]) == "只有摘要。"


def test_the_order_of_the_feed_is_kept_and_empty_entries_go():
    items = "".join(f"<item><title>{n}</title></item>" for n in "丙乙甲") + "<item></item>"
    assert [plain_text(s.title) for s in read(rss(items))[0].body] == ["丙", "乙", "甲"]


def test_pictures_beside_the_feed(tmp_path):
    (tmp_path / "i.png").write_bytes(png())
    item = "<item><title>一</title><description>&lt;img src='i.png'&gt;</description></item>"
    document, _ = read(rss(item, "<title>x</title>"), tmp_path)
    assert list(query(document, Image))


@pytest.mark.parametrize(
    "text",
    [
        "", "<a/>", "<html><body>rss</body></html>", "<?xml version='1.0'?><opml/>", rss(""), "<rss>",
        "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'><channel><title>&a;</title></channel></rss>",
        ('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item>'
        "</channel></rss>"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused(text):
    with pytest.raises(SourceError):
        read(text)


def test_feeds_that_are_not_well_formed_are_read():
    document, _ = read(
        rss("<item><title>一 & 二</title><description>文<br>字</description></item>")
    )
    assert plain_text(document.body[0].title) == "一 & 二"


def test_the_name_of_a_file_is_no_feed(tmp_path):
    secret = tmp_path / "rss.xml"
    secret.write_text(rss(ITEM), "utf-8")
    with pytest.raises(SourceError):
        read(str(secret))


@pytest.mark.parametrize("said", ["a@b.example (阿宽)", "阿宽 (a@b.example)", "阿宽"])
def test_an_author_is_named_without_the_address(said):
    item = f"<item><title>一</title><description>文。</description><author>{said}</author></item>"
    report = Collector()
    request = ReadRequest(
        rss(item).encode(),
        "feed.xml",
        None,
        None,
        InputSettings(),
        Environment(),
        ResourceStore(),
        report,
    )
    document = FeedReader().read(request)
    bylines = [p for p in query(document.body, Paragraph) if p.role == "byline"]
    assert [plain_text(p.content) for p in bylines] == ["阿宽"]
