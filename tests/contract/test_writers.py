"""What every writer owes its caller: a whole file from any document, and nothing after a failure."""

import errno

import pytest

from publisher.environment import ResourceStore
from publisher.errors import PublisherError
from publisher.events import Collector, ignore
from publisher.output import write_output
from publisher.registry import WRITERS, writer
from publisher.settings import Settings, ThemeSettings
from publisher.stages import lay_out, open_faces, sheet_for, transform
from publisher.tree.meta import Document, Metadata
from publisher.writers.base import WriteRequest
from tests.tools import cases
from tests.tools.four_languages import LANGUAGES, inl, par

every_writer = pytest.mark.parametrize("name", sorted(WRITERS))
HEADS = {"pdf": b"%PDF-1.7", "epub": b"PK\x03\x04", "docx": b"PK\x03\x04"}


def request_for(document, resources, target, *, report=ignore, settings=None):
    settings = settings or Settings()
    shop = cases.workshop()
    sheet = sheet_for(document, settings, None)
    faces = open_faces(shop, document, settings, report)
    laid_out = lay_out(document, sheet, faces, resources, settings, report, drawn=True)
    return WriteRequest(
        document, sheet, settings, faces, resources, laid_out, shop.environment, target, report
    )


@pytest.fixture(scope="module", params=LANGUAGES)
def everything(request):
    return cases.document_of(f"every-{request.param}")


@every_writer
@pytest.mark.parametrize("theme", ["article", "book"])
def test_it_takes_every_node(everything, name, theme, tmp_path):
    target = tmp_path / f"out.{name}"
    settings = Settings(theme=ThemeSettings(name=theme))
    report = Collector()
    info = writer(name).write(request_for(*everything, target, report=report, settings=settings))
    assert target.read_bytes().startswith(HEADS[name])
    assert (info.pages > 0) == (name != "epub")
    assert all(diagnostic.code for diagnostic in report.diagnostics)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@every_writer
@pytest.mark.parametrize(
    "document",
    [
        Document(Metadata(language="ja"), (par("文"),)),
        Document(Metadata(title=inl("題"), language="zh-Hant")),
        Document(Metadata(title=inl("Title"), language="en"), (par("Text."),)),
    ],
    ids=["no title", "no text", "English"],
)
def test_it_takes_small_documents(name, document, tmp_path):
    target = tmp_path / f"out.{name}"
    document = transform(document, Settings(), ignore)
    writer(name).write(request_for(document, ResourceStore(), target))
    assert target.read_bytes().startswith(HEADS[name])


@every_writer
def test_pictures_that_are_gone_are_reported(name, tmp_path):
    """A document whose pictures cannot be had is written without them."""
    document, _ = cases.document_of("every-ja")
    report = Collector()
    target = tmp_path / f"out.{name}"
    writer(name).write(request_for(document, ResourceStore(), target, report=report))
    assert target.read_bytes().startswith(HEADS[name])
    assert report.diagnostics


@every_writer
def test_a_failure_leaves_nothing(name, tmp_path, monkeypatch):
    """The target is not there, or as it was, and no temporary file is left beside it."""
    document, resources = cases.document_of("every-ja")
    target = tmp_path / f"out.{name}"
    target.write_bytes(b"earlier")
    request = request_for(document, resources, target)

    def fails(request):
        writer(name).write(request)
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(PublisherError):
        write_output(fails, request)
    assert target.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@every_writer
def test_it_says_what_it_is(name):
    found = writer(name)
    assert found.name == name
    assert found.suffix == f".{name}"
    assert isinstance(found.needs_pages, bool)
    assert isinstance(found.writes_vertical, bool)
