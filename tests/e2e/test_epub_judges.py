"""EPUBCheck (warnings count as failures) and Ace on books with everything in them."""

import pytest

from tests.tools import ace_runner, epubcheck_runner
from tests.tools.every_node import every_node
from tests.unit.writers.epub.conftest import Press

pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    press = Press(tmp_path_factory.mktemp("books"))
    return press.write(every_node(press.picture), fonts=True)


def test_epubcheck_finds_nothing(book):
    assert epubcheck_runner.check(book) == []


def test_ace_finds_nothing(book):
    assert ace_runner.check(book) == []


def test_epubcheck_sees_a_wrong_book(tmp_path):
    """The judge itself: a book without its package document is refused."""
    import zipfile

    path = tmp_path / "wrong.epub"
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("mimetype", "application/epub+zip")
        container.writestr("META-INF/container.xml", "<container/>")
    assert epubcheck_runner.check(path)
