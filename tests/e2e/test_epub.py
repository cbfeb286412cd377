"""Articles carried all the way to EPUB, read back by a parser that shares no code with the writer."""

from functools import cache

import pytest

import publisher
from publisher.environment import Environment
from publisher.events import ignore
from publisher.pipeline import Workshop, open_faces, sheet_for, transform
from publisher.settings import Settings
from publisher.tree.walk import document_text, plain_text
from publisher.writers.base import WriteRequest
from publisher.writers.epub.writer import EpubWriter
from tests.conftest import ROOT, SHARED
from tests.tools import ace_runner, epubcheck_runner
from tests.tools.epub_inspect import EpubFile
from tests.tools.four_languages import LANGUAGES, everything

SAMPLES = sorted(p for p in (ROOT / "sources").iterdir() if p.suffix in (".txt", ".md", ".html"))
SEED = SHARED / "sources" / "000_36e689250a359071.txt"
NOVEL = SHARED / "corpus" / "novel-hans.md"


def _shared(path, name):
    missing = pytest.mark.skipif(not path.is_file(), reason=f"{name} is not beside this checkout")
    return pytest.param(path, id=name, marks=missing)


def sources():
    samples = [pytest.param(path, id=path.stem) for path in SAMPLES]
    every = [pytest.param(language, id=f"every-{language}") for language in LANGUAGES]
    return [*samples, *every, _shared(SEED, "seed"), _shared(NOVEL, "novel")]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Source (a path, or a language for the document with everything) -> (document, book)."""
    folder = tmp_path_factory.mktemp("epub")
    workshop = Workshop(Environment())

    @cache
    def make(source):
        if isinstance(source, str):
            document, resources = everything(source)
            document = transform(document, Settings(), ignore)
        else:
            reading = publisher.read(source)
            document, resources = reading.document, reading.resources
        settings = Settings()
        target = folder / f"{getattr(source, 'stem', source)}.epub"
        EpubWriter().write(
            WriteRequest(
                document=document,
                sheet=sheet_for(document, settings, None),
                settings=settings,
                faces=open_faces(workshop, document, settings, ignore),
                resources=resources,
                laid_out=None,
                environment=workshop.environment,
                target=target,
                report=ignore,
            )
        )
        return document, target

    return make


@pytest.mark.parametrize("source", sources())
def test_text_out_is_text_in(made, source):
    document, path = made(source)
    assert EpubFile(path).lines() == document_text(document)


@pytest.mark.parametrize("source", sources())
def test_title_and_links(made, source):
    document, path = made(source)
    book = EpubFile(path)
    assert book.dc("title")[0] == plain_text(document.meta.title)
    assert {target for _, target in book.links()} <= book.targets()


@pytest.mark.judge
@pytest.mark.parametrize("source", sources())
def test_epubcheck_finds_nothing(made, source):
    assert epubcheck_runner.check(made(source)[1]) == []


@pytest.mark.judge
@pytest.mark.parametrize("source", sources())
def test_ace_finds_nothing(made, source):
    assert ace_runner.check(made(source)[1]) == []
