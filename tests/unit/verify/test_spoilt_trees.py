"""Files written from spoilt trees are found wrong when they are proved against the good tree."""

import pytest

from publisher.verify.proof import prove
from tests.tools import cases, proof_documents
from tests.tools.proof_documents import EVERY, SPOILT


def proved(document, folder, kind):
    """The proof of a document's file against the good tree."""
    good, store = proof_documents.good()
    path = folder / f"proof.{kind}"
    if not path.exists():
        cases.write_all(document, store, folder / "proof")
    return prove(path.read_bytes(), path.name, good, store.open, ours=True)


@pytest.mark.parametrize("kind", EVERY)
def test_nothing_is_wrong_with_the_good_one(kind, tmp_path):
    proof = proved(proof_documents.good()[0], tmp_path, kind)
    assert proof.faults == []
    assert proof.same["characters"] > 300
    assert {"headings", "notes", "ruby", "pictures", "table cells", "list items"} <= set(proof.same)


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_spoilt_is_found(name, tmp_path):
    spoil, codes = SPOILT[name]
    good, _ = proof_documents.good()
    bad = spoil(good)
    assert bad != good
    for kind in EVERY:
        wanted = codes[kind] if isinstance(codes, dict) else codes
        found = {fault.code for fault in proved(bad, tmp_path, kind).faults}
        assert found & set(wanted), (kind, found)
