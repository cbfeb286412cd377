"""A little of what ``tests/tools/fuzz_readers.py`` does at length, and what it once found."""

import pytest

from tests.tools.fuzz_readers import attempt, seeds

TRIES = 60
# Named here, since making the seeds takes a second in every process that collects tests.
READERS = (
    "aozora",
    "config",
    "docx",
    "epub",
    "feed",
    "html",
    "markdown",
    "mhtml",
    "text",
    "theme",
    "tree",
)
FOUND = [
    ("docx", 508_696),  # a member of an archive without a name
    ("epub", 2_003_868),  # a heading's class on another element
    ("theme", 14_004_021),  # a margin of 1e308 points
    ("epub", 509_084),  # a control character behind the link back from a note
]


def test_every_reader_is_tried():
    assert set(READERS) == set(seeds())


@pytest.mark.parametrize("name", READERS)
def test_damaged_sources_are_documents_or_errors_of_the_source(name):
    tries = TRIES * 20 if name == "config" else TRIES  # few survive, and each is quick
    outcomes = {attempt(name, seed) for seed in range(tries)}
    assert "document" in outcomes
    assert len(outcomes) > 1


@pytest.mark.parametrize(("name", "seed"), FOUND)
def test_what_was_found_once(name, seed):
    assert attempt(name, seed)


@pytest.mark.parametrize("name", READERS)
def test_numbers_of_thousands_of_digits(name):
    """`int` refuses them, so that whoever reads a number has to ask how long it is."""
    assert {attempt(name, seed, numbers=True) for seed in range(TRIES)}
