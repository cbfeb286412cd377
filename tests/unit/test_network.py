"""Pages and pictures from a real server on loopback: redirects, limits, faults, private hosts, cache."""

import gzip
import http.server
import socket
import threading
import time
from typing import ClassVar

import pytest

from publisher import intake
from publisher.cli.main import main
from publisher.environment import Environment, ResourceStore
from publisher.errors import ResourceError, SourceError, SourceTooLarge, UnsupportedFormat
from publisher.events import Collector
from publisher.network import FetchError, Network, WebNeighbours, _is_public
from publisher.settings import NetworkSettings, Settings
from publisher.sources import find_sources
from publisher.tree.nodes import Image
from publisher.tree.walk import block_text, plain_text, query, walk_blocks
from tests.tools.every_node import png
from tests.tools.web_pages import HANS, PAGES, UNWANTED, ps

PAGE = f"<html lang=zh-CN><head><title>集市</title></head><body><h1>集市</h1>{ps(HANS)}"


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves `pages`: path -> (status, headers, body), or a function of the handler."""

    pages: ClassVar[dict] = {}
    asked: ClassVar[list] = []
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.asked.append((self.path, dict(self.headers)))
        found = self.pages.get(self.path, (404, {}, b"none"))
        if callable(found):
            found(self)
            return
        status, headers, body = found
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Nothing."""


@pytest.fixture
def server():
    handler = type("Own", (Handler,), {"pages": {}, "asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        handler.root = f"http://127.0.0.1:{running.server_address[1]}"
        yield handler
        running.shutdown()


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    folder = tmp_path / "cache"
    monkeypatch.setattr(intake, "_picture_cache", lambda: folder)
    return folder


def html(body, **headers):
    data = body.encode() if isinstance(body, str) else body
    return 200, {"Content-Type": "text/html; charset=utf-8", **headers}, data


def network(**settings):
    return Network(NetworkSettings(**{"allow_private": True, "timeout": 5, **settings}))


def read(address, **settings):
    wanted = Settings(network=NetworkSettings(**{"allow_private": True, "timeout": 5, **settings}))
    report = Collector()
    (source,) = find_sources([address], wanted)
    document = intake.read_source(source, wanted, Environment(), ResourceStore(), report)
    return document, report.diagnostics


def said(document):
    return "".join(map(block_text, walk_blocks(document.body)))


# ---------------------------------------------------------------------------------------- pages


def test_an_address_is_a_source(server):
    server.pages["/a.html"] = html(PAGE)
    document, _ = read(server.root + "/a.html")
    assert plain_text(document.meta.title) == "集市"
    assert document.meta.source_url == server.root + "/a.html"
    assert HANS[0] in said(document)


@pytest.mark.parametrize("name", ["mainland news", "japanese blog", "korean news"])
def test_the_article_of_a_page_is_found(server, name):
    page = PAGES[name]()
    server.pages["/"] = html(page.html)
    document, _ = read(server.root)
    assert UNWANTED not in said(document)
    assert plain_text(document.meta.title) == page.title


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "shift_jis", "euc_kr"])
def test_the_charset_of_the_answer_counts(server, encoding):
    words = {"shift_jis": "朝市です", "euc_kr": "장터입니다", "big5hkscs": "市集開了"}.get(
        encoding, "集市开了"
    )
    server.pages["/"] = html(
        f"<p>{words}</p>".encode(encoding), **{"Content-Type": f"text/html; charset={encoding}"}
    )
    assert words in said(read(server.root)[0])


def test_a_query_and_han_in_the_path(server):
    server.pages["/%E9%9B%86?q=%E5%B8%82"] = html(PAGE)
    document, _ = read(server.root + "/集?q=市")
    assert HANS[1] in said(document)


@pytest.mark.parametrize("compress", ["gzip", "deflate"])
def test_compressed_pages(server, compress):
    import zlib

    data = gzip.compress(PAGE.encode()) if compress == "gzip" else zlib.compress(PAGE.encode())
    server.pages["/"] = html(data, **{"Content-Encoding": compress})
    assert HANS[2] in said(read(server.root)[0])


@pytest.mark.parametrize("kind", ["text/plain", "text/markdown"])
def test_other_texts(server, kind):
    server.pages["/a"] = (200, {"Content-Type": kind}, "# 题\n\n文。".encode())
    assert "文。" in said(read(server.root + "/a")[0])


def test_a_feed_at_an_address(server):
    feed = "<rss version='2.0'><channel><title>集市</title><item><title>一</title></item></channel></rss>"
    server.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed.encode())
    document, _ = read(server.root + "/feed")
    assert plain_text(document.body[0].title) == "一"


def test_what_is_no_text_is_named(server):
    server.pages["/a"] = (200, {"Content-Type": "application/zip"}, b"PK\x03\x04")
    with pytest.raises(UnsupportedFormat, match="application/zip"):
        read(server.root + "/a")
    server.pages["/b.pdf"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7 x")
    with pytest.raises(SourceError, match="pdf"):
        read(server.root + "/b.pdf")


# ------------------------------------------------------------------------------------ redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server, status):
    server.pages["/a"] = (status, {"Location": "/b/c.html"}, b"")
    server.pages["/b/c.html"] = html(PAGE + '<p><a href="d.html">旧</a></p>')
    document, _ = read(server.root + "/a")
    assert document.meta.source_url.endswith("/b/c.html")


def test_endless_redirects_end(server):
    server.pages["/a"] = (302, {"Location": "/a"}, b"")
    with pytest.raises(FetchError, match="leads on more than 8 times"):
        read(server.root + "/a")
    assert len(server.asked) == 9


def test_redirects_to_other_schemes_are_refused(server):
    for target in ("file:///etc/passwd", "ftp://a.example/x", "gopher://x", "javascript:alert(1)"):
        server.pages["/a"] = (302, {"Location": target}, b"")
        with pytest.raises(FetchError, match="no web address"):
            read(server.root + "/a")


# ---------------------------------------------------------------------------------- private hosts


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/",
     "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://2130706433/"],
)  # fmt: skip
def test_private_hosts_are_refused(address):
    with pytest.raises(FetchError) as problem:
        read(address, allow_private=False)
    assert problem.value.code in ("network.private", "network.failed")


def test_a_redirect_to_a_private_host_is_refused(server, monkeypatch):
    """The first hop is taken for public; where it leads is judged anew."""
    server.pages["/a"] = (302, {"Location": "http://localhost:9/x"}, b"")
    web = network(allow_private=False)
    port = int(server.root.rpartition(":")[2])
    web._resolved["public.example", port] = "127.0.0.1"
    with pytest.raises(FetchError) as problem:
        web.page(f"http://public.example:{port}/a")
    assert problem.value.code == "network.private"


def test_a_name_is_looked_up_once(server, monkeypatch):
    """So that it cannot be public when judged and private when asked."""
    server.pages["/a"] = html(PAGE)
    port = int(server.root.rpartition(":")[2])
    asked = []

    def lookup(host, port, *_, **__):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    web = network()
    for _ in range(3):
        web._fetch(f"http://rebind.example:{port}/a", "*/*")
    assert asked.count("rebind.example") == 1
    assert server.asked[0][1]["Host"] == f"rebind.example:{port}"


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("::1", False), ("10.1.2.3", False),
     ("172.16.0.1", False), ("192.168.0.1", False), ("169.254.1.1", False), ("100.64.0.1", False), ("fe80::1%eth0", False),
     ("::ffff:10.0.0.1", False), ("224.0.0.1", False), ("0.0.0.0", False), ("x", False), ("fd00::1", False)],
)  # fmt: skip
def test_which_addresses_are_public(address, public):
    assert _is_public(address) == public


# --------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 451, 500, 503])
def test_answers_that_are_no_page(server, status):
    server.pages["/a"] = (status, {}, b"sorry")
    with pytest.raises(FetchError) as problem:
        read(server.root + "/a")
    assert server.root in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_host_that_is_not_there():
    with pytest.raises(FetchError, match="no host"):
        read("http://no-such-host.invalid/")


def test_a_port_where_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match="does not answer"):
        read(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("address", ["http://", "https:///x", "http://a:99999/", "http://[x/"])
def test_addresses_that_are_none(address):
    with pytest.raises(SourceError):
        read(address)


def test_a_server_that_is_slow(server):
    server.pages["/a"] = lambda handler: time.sleep(3)
    with pytest.raises(FetchError, match="longer than 1 seconds"):
        read(server.root + "/a", timeout=1)


def test_a_server_that_drips(server):
    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b"x" * 100)
            handler.wfile.flush()
            time.sleep(0.1)

    server.pages["/a"] = drip
    start = time.monotonic()
    with pytest.raises(SourceError):
        read(server.root + "/a", timeout=1)
    assert time.monotonic() - start < 3


def test_a_page_that_breaks_off(server):
    def half(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(PAGE.encode())
        handler.close_connection = True

    server.pages["/a"] = half
    with pytest.raises(FetchError, match="breaks off"):
        read(server.root + "/a")


def test_too_large_by_its_own_word_and_by_what_comes(server):
    server.pages["/a"] = html(PAGE, **{"Content-Length": "99999999"})
    with pytest.raises(SourceTooLarge):
        read(server.root + "/a", max_bytes=10_000)

    def endless(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        try:
            for _ in range(1000):
                handler.wfile.write(b"x" * 65536)
        except OSError:
            pass
        handler.close_connection = True

    server.pages["/b"] = endless
    with pytest.raises(SourceTooLarge):
        read(server.root + "/b", max_bytes=1_000_000)


def test_a_gzip_bomb_is_stopped(server):
    server.pages["/a"] = html(gzip.compress(b"x" * 200_000_000), **{"Content-Encoding": "gzip"})
    with pytest.raises(SourceTooLarge):
        read(server.root + "/a", max_bytes=1_000_000)


def test_broken_gzip(server):
    server.pages["/a"] = html(b"\x1f\x8bnot gzip at all", **{"Content-Encoding": "gzip"})
    with pytest.raises(FetchError):
        read(server.root + "/a")


def test_an_empty_page(server):
    server.pages["/a"] = html("")
    with pytest.raises(SourceError, match="no text"):
        read(server.root + "/a")


# ------------------------------------------------------------------------------------- pictures


def test_pictures_are_fetched_only_when_asked_for(server):
    server.pages["/a/b.html"] = html(PAGE + '<p><img src="../i.png" alt="图"></p>')
    server.pages["/i.png"] = (200, {"Content-Type": "image/png"}, png())
    document, reports = read(server.root + "/a/b.html")
    assert [d.code for d in reports] == ["picture.remote"]
    assert len(server.asked) == 1
    document, reports = read(server.root + "/a/b.html", fetch_images=True)
    assert len(list(query(document, Image))) == 1
    assert reports == []


def test_pictures_come_from_the_cache_the_second_time(server, cache):
    server.pages["/a"] = html(PAGE + '<p><img src="/i.png"></p>')
    server.pages["/i.png"] = (200, {"Content-Type": "image/png"}, png())
    for _ in range(3):
        read(server.root + "/a", fetch_images=True)
    assert [path for path, _ in server.asked].count("/i.png") == 1
    assert len(list(cache.iterdir())) == 1


def test_offline_takes_pictures_from_the_cache_alone(server, tmp_path):
    server.pages["/i.png"] = (200, {"Content-Type": "image/png"}, png())
    page = tmp_path / "page.html"
    page.write_text(
        f'{ps(HANS)}<p><img src="{server.root}/i.png"><img src="{server.root}/j.png"></p>', "utf-8"
    )
    document, _ = read(page, fetch_images=True)
    assert len(document.resources) == 1
    before = len(server.asked)
    document, reports = read(page, fetch_images=True, offline=True)
    assert len(document.resources) == 1
    assert len(server.asked) == before
    assert [d.code for d in reports] == ["picture.not-fetched"]
    with pytest.raises(FetchError, match="no network"):
        read(server.root + "/a", offline=True)


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_local_files_with_pictures_on_the_network(server, tmp_path, suffix):
    server.pages["/i.png"] = (200, {"Content-Type": "image/png"}, png())
    (tmp_path / "near.png").write_bytes(png(5, 5))
    tags = {
        ".html": f'<p>文<img src="{server.root}/i.png"><img src="near.png"></p>',
        ".md": f"文![]({server.root}/i.png)![](near.png)",
    }
    page = tmp_path / f"page{suffix}"
    page.write_text(tags[suffix], "utf-8")
    document, reports = read(page, fetch_images=True)
    assert len(document.resources) == 2
    assert reports == []
    document, reports = read(page)
    assert [d.code for d in reports] == ["picture.remote"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((404, {}, b""), "picture.not-fetched"),
        ((200, {"Content-Type": "image/png"}, b"<html>no picture</html>"), "picture.unknown"),
        ((200, {"Content-Type": "image/png"}, b""), "picture.empty"),
        ((302, {"Location": "/i.png"}, b""), "picture.not-fetched"),
    ],
)
def test_pictures_that_are_none(server, answer, code):
    server.pages["/a"] = html(PAGE + '<p><img src="/i.png" alt="图"></p>')
    server.pages["/i.png"] = answer
    document, reports = read(server.root + "/a", fetch_images=True)
    assert "图" in said(document)
    assert [d.code for d in reports] == [code]


def test_a_picture_with_a_lying_type_is_what_it_is(server):
    server.pages["/a"] = html(PAGE + '<p><img src="/i.gif"></p>')
    server.pages["/i.gif"] = (200, {"Content-Type": "text/html"}, png())
    document, _ = read(server.root + "/a", fetch_images=True)
    assert document.resources[0].media_type == "image/png"


def test_pictures_keep_their_own_limit(server):
    server.pages["/i.png"] = (200, {}, png() + bytes(5000))
    with pytest.raises(ResourceError):
        WebNeighbours(network(), server.root).read("/i.png", 1000)


# --------------------------------------------------------------------------------- several pages


def test_the_pages_of_an_article_are_joined_when_asked(server):
    for number, text in enumerate(HANS[:3], 1):
        link = f'<a href="/a?page={number + 1}">下一页</a>' if number < 3 else ""
        path = "/a" if number == 1 else f"/a?page={number}"
        server.pages[path] = html(
            f"<html><head><title>集市</title></head><body><h1>集市</h1><p>{text}</p>{link}"
        )
    document, _ = read(server.root + "/a", join_pages=True)
    assert [text for text in HANS[:3] if text in said(document)] == list(HANS[:3])
    document, _ = read(server.root + "/a")
    assert HANS[1] not in said(document)


@pytest.mark.parametrize(
    "link",
    ['<link rel="next" href="/b">', '<a href="/b" rel="next">x</a>', '<a href="/b">次のページ</a>'],
)
def test_ways_to_say_which_page_is_next(server, link):
    server.pages["/a"] = html(f"<p>{HANS[0]}</p>{link}")
    server.pages["/b"] = html(f"<p>{HANS[1]}</p><a href='/a'>下一页</a>")
    document, _ = read(server.root + "/a", join_pages=True)
    assert HANS[1] in said(document)
    assert len(server.asked) == 2


def test_a_next_page_that_is_lost_or_elsewhere(server):
    server.pages["/a"] = html(f"<p>{HANS[0]}</p><a href='/none'>下一页</a>")
    document, reports = read(server.root + "/a", join_pages=True)
    assert "network.page-lost" in [d.code for d in reports]
    server.pages["/a"] = html(f"<p>{HANS[0]}</p><a href='http://other.example/'>下一页</a>")
    document, reports = read(server.root + "/a", join_pages=True)
    assert HANS[0] in said(document)


def test_pages_without_end_are_cut_off(server):
    def endless(number):
        return html(f"<p>第{number}页。</p><a rel=next href='/p{number + 1}'>下一页</a>")

    for number in range(1, 60):
        server.pages[f"/p{number}"] = endless(number)
    read(server.root + "/p1", join_pages=True, max_pages=5)
    assert len(server.asked) == 5


# --------------------------------------------------------------------------------- command line


def test_from_the_command_line(server, tmp_path, capsys):
    server.pages["/news/1.html"] = html(PAGE)
    out = tmp_path / "out"
    command = ["build", server.root + "/news/1.html", "-f", "epub", "-q", "-o", str(out)]
    assert main(command) == 3
    assert "private" in capsys.readouterr().err
    assert main([*command, "--allow-private-addresses"]) == 0
    assert [p.name for p in out.iterdir()] == ["1.epub"]


def test_nothing_is_asked_of_the_network_for_files(tmp_path, monkeypatch):
    def never(*_args, **_more):
        raise AssertionError("a lookup")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    page = tmp_path / "a.html"
    page.write_text(f'{ps(HANS)}<img src="http://a.example/i.png">', "utf-8")
    assert main(["build", str(page), "-f", "epub", "-q", "-o", str(tmp_path / "o")]) == 0
