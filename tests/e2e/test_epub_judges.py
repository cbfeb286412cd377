"""EPUBCheck (warnings count as failures) and Ace on books made to go wrong."""

import zipfile
from dataclasses import replace

import pytest

from publisher.settings import ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree.meta import Contributor, Document, Metadata
from publisher.tree.nodes import Attr, Image, Link, Section, Span, Text
from tests.tools import ace_runner, epubcheck_runner
from tests.tools.every_node import every_node, inl, par
from tests.unit.writers.epub.conftest import Press

pytestmark = pytest.mark.judge


@pytest.fixture
def press(tmp_path):
    return Press(tmp_path)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    press = Press(tmp_path_factory.mktemp("books"))
    return press.write(every_node(press.picture), fonts=True)


def test_epubcheck_finds_nothing(book):
    assert epubcheck_runner.check(book) == []


def test_ace_finds_nothing(book):
    assert ace_runner.check(book) == []


def test_a_book_split_deep_and_set_vertically(press):
    sheet = resolve_theme(ThemeSettings(name="book"), "ja", base=None)
    sheet = replace(sheet, vertical=True, numbers=True)
    document = every_node(press.picture, "ja")
    assert epubcheck_runner.check(press.write(document, sheet=sheet, split_level=3)) == []


def test_a_book_of_wrong_values(press):
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
    assert epubcheck_runner.check(press.write(Document(meta, wrong))) == []


def test_a_book_of_nothing(press):
    assert epubcheck_runner.check(press.write(Document(Metadata()))) == []


def test_epubcheck_sees_a_wrong_book(tmp_path):
    """The judge itself: a book without its package document is refused."""
    path = tmp_path / "wrong.epub"
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("mimetype", "application/epub+zip")
        container.writestr("META-INF/container.xml", "<container/>")
    assert epubcheck_runner.check(path)
