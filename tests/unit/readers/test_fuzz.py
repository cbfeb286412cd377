"""A little of what ``tests/tools/fuzz_readers.py`` does at length, and what it once found."""

import pytest

from tests.tools.fuzz_readers import attempt, seeds

TRIES = 60
FOUND = [
    ("docx", 508_696),  # a member of an archive without a name
    ("epub", 2_003_868),  # a heading's class on another element
    ("epub", 509_084),  # a control character behind the link back from a note
]


@pytest.mark.parametrize("name", sorted(seeds()))
def test_damaged_sources_are_documents_or_errors_of_the_source(name):
    outcomes = {attempt(name, seed) for seed in range(TRIES)}
    assert "document" in outcomes
    assert len(outcomes) > 1


@pytest.mark.parametrize(("name", "seed"), FOUND)
def test_what_was_found_once(name, seed):
    assert attempt(name, seed)
