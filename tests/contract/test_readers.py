"""What every reader owes its caller: a document or a `SourceError`, whatever the bytes are."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.environment import Environment, ResourceStore
from publisher.errors import SourceError
from publisher.events import Collector
from publisher.readers.base import Reader, ReadRequest
from publisher.registry import READERS, reader
from publisher.settings import InputSettings
from publisher.tree.check import check
from publisher.tree.meta import Document
from tests.conftest import ROOT

every_reader = pytest.mark.parametrize("name", sorted(READERS))

# What readers look for: bytes that begin something, in encodings and in markup.
PIECES = [
    b"# ", b"\n\n", b"- ", b"> ", b"|a|b|\n|-|-|\n", b"[^1]: ", b"[^1]", b"```\n", b"---\n", b"![x](y.png)",
    b"[a](b)", b"**", b"_", b"`", b"{\xe6\xbc\xa2|\xe3\x81\x8b}", b"<ruby>", b"<rt>", b"</ruby>", b"<table>",
    b"<td rowspan=0 colspan=99999>", b"<p", b"<!--", b"-->", b"<![CDATA[", b"&#x110000;", b"&amp", b"<svg>",
    b"<meta charset=gbk>", b"<a id='#' href='#'>", b"<h1>", b"<li>", b"<dl><dt>", b"<math>", b"<script>",
    b"{", b"}", b"[", b"]", b'"body"', b'"t":"section"', b":", b",", b"null", b"1e999", b'"\\ud800"',
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00", b"\x1b$B", b"\xa4\xa4", b"\x81\x30\x81\x30", b"\x8e\xa2",
    b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\r", b"\x0c", b"\xe2\x80\xa8", b"\xe3\x80\x80",
    "第一章　標題\n".encode(), "——作者\n".encode(), "中文".encode("gb18030"), "日本語".encode("shift_jis"),
    "한국어".encode("euc_kr"), "繁體".encode("big5"),
]  # fmt: skip


def read(name, data, report):
    request = ReadRequest(
        data=data,
        name="source",
        path=None,
        root=None,
        settings=InputSettings(),
        environment=Environment(),
        resources=ResourceStore(),
        report=report,
    )
    return reader(name).read(request)


def is_kept(name, data):
    """The contract: a sound document, or a `SourceError` that names the source."""
    report = Collector()
    document, problem = None, None
    try:
        document = read(name, data, report)
    except SourceError as raised:
        problem = raised
    if problem is not None:
        assert problem.message
        assert problem.where.startswith("source")
        return
    assert isinstance(document, Document)
    assert check(document) == []
    assert all(diagnostic.code for diagnostic in report.diagnostics)


bounded = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@every_reader
@bounded
@given(data=st.binary(max_size=400))
def test_any_bytes(name, data):
    is_kept(name, data)


@every_reader
@bounded
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40))
def test_pieces_of_what_it_reads(name, pieces):
    is_kept(name, b"".join(pieces))


@every_reader
@bounded
@given(text=st.text(max_size=300))
def test_any_text(name, text):
    is_kept(name, text.encode("utf-8", "surrogatepass"))


@every_reader
def test_damaged_samples(name):
    """Samples with bytes changed, cut and doubled."""
    chance = random.Random(20251222)
    samples = [p for p in sorted((ROOT / "sources").iterdir()) if p.is_file()]
    for path in samples:
        data = bytearray(path.read_bytes())
        for _ in range(4):
            for _ in range(20):
                data[chance.randrange(len(data))] = chance.randrange(256)
            cut = chance.randrange(len(data))
            is_kept(name, bytes(data[:cut]))
            is_kept(name, bytes(data[cut:] + data[:cut]))


@every_reader
def test_it_keeps_the_protocol(name):
    found = reader(name)
    assert isinstance(found, Reader)
    assert found.name == name
    assert found.suffixes or name == "aozora"  # known by its text alone
    for data in (b"", b"\x00" * 64, b"<html>", b"# a", b"{", "中文".encode("gb18030")):
        assert 0.0 <= found.sniff(data) <= 1.0


@every_reader
def test_reading_twice_gives_the_same(name):
    for path in sorted((ROOT / "sources").iterdir()):
        if path.suffix in reader(name).suffixes:
            data = path.read_bytes()
            assert read(name, data, Collector()) == read(name, data, Collector())
