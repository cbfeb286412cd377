"""EPUBCheck (warnings count as failures) and Ace on books made to go wrong."""

import zipfile
from dataclasses import replace

import pytest

from publisher.settings import ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree.meta import Contributor, Document, Metadata
from publisher.tree.nodes import Attr, Image, Link, Section, Span, Text
from tests.tools import judges
from tests.tools.every_node import every_node, inl, par
from tests.unit.writers.epub.conftest import Press

pytestmark = pytest.mark.judge


@pytest.fixture
def press(tmp_path):
    return Press(tmp_path)


def wrong_values():
    """Ids, tags, addresses, dates, characters that should not be there."""
    wrong = (
        Section(1, inl("\x01"), (), attr=Attr(id="1 2")),
        Section(
            9,
            inl("题\x00目\ud800"),
            (
                par("甲", attr=Attr(id="同 一", lang="no such tag")),
                par("乙", attr=Attr(id="同 一")),
                par(Link(inl("丙"), "#同 一"), Link(inl("丁"), 'http://a b.example/<>"`')),
                par(
                    Link((Link(inl("戊"), "#1 2"),), "https://a.example/\x07\n%zz"), Link((), "#x")
                ),
                par(Image("gone", "画"), Span((), Attr(id="空"))),
            ),
            attr=Attr(id="a"),
        ),
    )
    meta = Metadata(
        title=(Text("\x02书\ufffe"),),
        contributors=(Contributor("某\x03", lang="??"), Contributor(" ")),
        language="not a tag",
        identifier="\x04 x y ",
        date="2025-13-45",
        description="a\x0bb\nc",
        source_url="<no url>",
    )
    return Document(meta, wrong)


def test_epubcheck_finds_nothing(press, tmp_path):
    """All in one Java machine; the last, without its package document, shows that it sees."""
    sheet = resolve_theme(ThemeSettings(name="book"), "ja", base=None)
    sheet = replace(sheet, vertical=True, numbers=True)
    books = {
        "every node": press.write(every_node(press.picture), fonts=True),
        "split deep and vertical": press.write(
            every_node(press.picture, "ja"), sheet=sheet, split_level=3
        ),
        "wrong values": press.write(wrong_values()),
        **{
            reader: press.write(
                every_node(press.picture, language),
                sheet=resolve_theme(ThemeSettings(name="book-vertical"), language, base=None),
                fonts=True,
                reader=reader,
            )
            for reader, language in (("kindle", "ja"), ("kobo", "zh-Hant"), ("apple", "zh-Hant"))
        },
        "nothing": press.write(Document(Metadata())),
    }
    bad = tmp_path / "bad.epub"
    with zipfile.ZipFile(bad, "w") as container:
        container.writestr("mimetype", "application/epub+zip")
        container.writestr("META-INF/container.xml", "<container/>")
    found = judges.epubcheck([*books.values(), bad])
    assert {name: found[book] for name, book in books.items() if found[book]} == {}
    assert found[bad]


def test_ace_finds_nothing(press):
    assert judges.ace(press.write(every_node(press.picture), fonts=True)) == []


def test_ace_finds_nothing_in_a_vertical_book(press):
    sheet = resolve_theme(ThemeSettings(name="book-vertical"), "ja", base=None)
    book = press.write(every_node(press.picture, "ja"), sheet=sheet, reader="kindle")
    assert judges.ace(book) == []
