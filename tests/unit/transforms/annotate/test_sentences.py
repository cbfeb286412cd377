"""How well whole sentences are read: lists of them, and the places that are known to be wrong."""

import pytest

from tests.tools.reading_scores import reader, sentences, wrong

NEEDED = {"cantonese": "ToJyutping", "japanese": "fugashi"}
# Places that are read wrongly, of those asked for. Fewer are welcome: lower the number then.
WRONG = {
    "simplified": 1,
    "simplified-later": 0,
    "traditional": 1,
    "traditional-later": 0,
    "taiwan": 0,
    "taiwan-later": 0,
    "cantonese": 1,
    "japanese": 1,
    "japanese-later": 0,
}


@pytest.mark.parametrize("name", WRONG)
def test_sentences_are_read_as_people_read_them(name):
    pytest.importorskip(NEEDED.get(name.removesuffix("-later"), "pypinyin"))
    asked, faults = wrong(reader(name), sentences(name))
    assert asked > 25
    assert len(faults) <= WRONG[name], "\n".join(map(" | ".join, faults))
