"""Documents that are legal and awkward come out whole, tagged, and the same each time."""

import pytest

from publisher.events import ignore
from publisher.pipeline import transform, write_document
from tests.tools import cases, judges, pdf_structure
from tests.tools.awkward_documents import AWKWARD, awkward

NAMES = sorted(AWKWARD)


def made(name, folder, stem="out"):
    document, store, settings = awkward(name)
    target = folder / f"{stem}.pdf"
    write_document(
        transform(document, settings, ignore), store, settings, target, cases.workshop(), ignore
    )
    return target


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("awkward")
    return {name: made(name, folder, f"n{at}") for at, name in enumerate(NAMES)}


@pytest.mark.parametrize("name", NAMES)
def test_the_structure_is_sound(name, written):
    assert pdf_structure.check(written[name]) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_file_keeps_to_what_it_declares(name, profile, written):
    assert judges.page_validation(written[name], profile) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_the_same_each_time(name, written, tmp_path):
    assert made(name, tmp_path).read_bytes() == written[name].read_bytes()
