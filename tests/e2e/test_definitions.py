"""Definition lists that lack a term or a definition: valid in EPUBs, and the same when read back."""

import pytest

import publisher
from publisher.tree.nodes import DefinitionList
from publisher.tree.walk import query
from tests.tools import judges

LISTS = {
    "a last term alone": "<dt>甲<dd>乙<dt>丙",
    "terms alone": "<dt>甲<dt>乙",
    "a definition first": "<dd>甲<dt>乙<dd>丙",
    "a definition alone": "<dd>甲",
    "one in another": "<dt>甲<dd><dl><dt>乙</dl>",
}


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("definitions")
    found = {}
    for at, (name, items) in enumerate(LISTS.items()):
        source = folder / f"{at}.html"
        page = f"<title>题</title><h1>题</h1><p>正文一段。</p><dl>{items}</dl><p>后来。</p>"
        source.write_text(page, "utf-8")
        result = publisher.convert([source], folder, formats=("epub",), output__verify=True)
        assert result.error is None
        found[name] = source, folder / f"{at}.epub"
    return found


@pytest.mark.parametrize("name", LISTS)
def test_they_come_back(books, name):
    source, book = (publisher.read(path).document for path in books[name])
    assert list(query(book, DefinitionList)) == list(query(source, DefinitionList))


def test_epubcheck_finds_nothing(books):
    found = judges.epubcheck([book for _, book in books.values()])
    assert {book.name: said for book, said in found.items() if said} == {}
