"""Faults planted in the bytes of finished files are found, and named for what they are."""

from functools import cache

import pytest

from publisher.verify.proof import cross_check, prove
from tests.tools import cases, proof_documents
from tests.tools.planted_faults import DOCX, EPUB, PDF, in_pdf, in_zip

ALL = [
    pytest.param(kind, name, id=f"{kind}: {name}")
    for kind, planted in (("pdf", PDF), ("epub", EPUB), ("docx", DOCX))
    for name in planted
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The good files, written once."""
    folder = tmp_path_factory.mktemp("good")

    @cache
    def written():
        document, store = proof_documents.good()
        cases.write_all(document, store, folder / "good")
        return folder

    return lambda kind: written() / f"good.{kind}"


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_a_planted_fault_is_found(kind, name, files):
    change, codes = {"pdf": PDF, "epub": EPUB, "docx": DOCX}[kind][name]
    data = (in_pdf if kind == "pdf" else in_zip)(files(kind), change)
    good, store = proof_documents.good()
    proof = prove(data, f"good.{kind}", good, store.open, ours=True)
    if kind == "docx":
        cross_check([proof, prove(files("pdf").read_bytes(), "good.pdf", good, store.open)])
    assert {fault.code for fault in proof.faults} & set(codes), proof.faults


def test_there_are_enough():
    assert min(map(len, (PDF, EPUB, DOCX))) >= 30
