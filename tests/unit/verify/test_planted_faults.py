"""Faults planted in the bytes of finished files are found, and named for what they are."""

import pytest

from publisher.verify.proof import cross_check, prove
from tests.tools import proof_documents
from tests.tools.planted_faults import DOCX, EPUB, PDF, in_pdf, in_zip

ALL = [
    pytest.param(kind, name, id=f"{kind}: {name}")
    for kind, planted in (("pdf", PDF), ("epub", EPUB), ("docx", DOCX))
    for name in planted
]


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_a_planted_fault_is_found(kind, name, good_file):
    change, codes = {"pdf": PDF, "epub": EPUB, "docx": DOCX}[kind][name]
    data = (in_pdf if kind == "pdf" else in_zip)(good_file(kind), change)
    good, store = proof_documents.good()
    proof = prove(data, f"good.{kind}", good, store.open, ours=True)
    if kind != "pdf":
        cross_check([proof, prove(good_file("pdf").read_bytes(), "good.pdf", good, store.open)])
    assert {fault.code for fault in proof.faults} & set(codes), proof.faults


def test_there_are_enough():
    assert min(map(len, (PDF, EPUB, DOCX))) >= 30
