"""Whether a text is worth weighing: the word list takes 0.3 s to load, this takes milliseconds."""

from __future__ import annotations

from functools import cache
from operator import add
from pathlib import Path

from publisher.text import words

_SAMPLE = 200_000  # characters


def is_suspect(text: str) -> bool:
    """Whether a text holds a common word as a machine misspells it (全麵, 係統, 復雜).

    A few right texts do, by accident or in quotation; of texts that a machine damaged nearly all.
    """
    sample = text[:_SAMPLE]
    return not _misspelled().isdisjoint(map(add, sample, sample[1:]))


@cache
def _misspelled() -> frozenset[str]:
    file = Path(words.__file__).parent / "misspelled.txt"
    return frozenset(file.read_text(encoding="utf-8").split())
