"""Whether a text is worth weighing: the word list takes 0.3 s to load, this takes milliseconds."""

from __future__ import annotations

from functools import cache
from operator import add
from pathlib import Path

from publisher.text import words

_SAMPLE = 200_000  # characters


def misspelled(text: str) -> frozenset[str]:
    """Common words that stand in a text as a machine misspells them (全麵, 係統, 復雜)."""
    sample = text[:_SAMPLE]
    return _misspelled().intersection(map(add, sample, sample[1:]))


def is_suspect(text: str) -> bool:
    """Whether a text holds any word as a machine misspells it.

    A few right texts do, by accident or in quotation; of texts that a machine damaged nearly all.
    """
    return bool(misspelled(text))


@cache
def _misspelled() -> frozenset[str]:
    file = Path(words.__file__).parent / "misspelled.txt"
    return frozenset(file.read_text(encoding="utf-8").split())
