"""The good files that faults are planted in."""

from functools import cache

import pytest

from tests.tools import cases, proof_documents


@pytest.fixture(scope="session")
def good_file(tmp_path_factory):
    """Gives the path of the good file of a format, all written once."""
    folder = tmp_path_factory.mktemp("good")

    @cache
    def written():
        document, store = proof_documents.good()
        cases.write_all(document, store, folder / "good")
        return folder

    return lambda kind: written() / f"good.{kind}"
