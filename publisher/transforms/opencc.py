"""OpenCC behind one door: the right package, converters made once, phrases aligned."""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

# Configurations that change words, and so lengths, with those that change characters alone.
_CHARACTERS_ONLY: Final = {"s2twp": "s2tw", "tw2sp": "tw2s", "s2hkp": "s2hk", "hk2sp": "hk2s"}


def convert_text(text: str, configs: Sequence[str]) -> str:
    """`text` through the OpenCC configurations (``s2tw`` ...), one after the other.

    Raises:
        ConfigError: The opencc package is missing or another one has taken its place.
    """
    for config in configs:
        text = _converter(config).convert(text)
    return text


def convert_with_cuts(
    texts: Sequence[str], configs: Sequence[str], cuts: Sequence[Sequence[int]]
) -> list[list[str]]:
    """Texts converted as wholes, each given back in the pieces that its `cuts` make.

    No text may hold a line feed.
    """
    if not texts:
        return []
    lines = convert_text("\n".join(texts), configs).split("\n")
    return cut_lines(texts, lines, configs, cuts)


def characters_only(configs: Sequence[str]) -> list[str]:
    """The configurations that change characters as `configs` do, and no words."""
    return [_CHARACTERS_ONLY.get(config, config) for config in configs]


def cut_lines(
    texts: Sequence[str],
    lines: Sequence[str],
    configs: Sequence[str],
    cuts: Sequence[Sequence[int]],
) -> list[list[str]]:
    """Converted texts in the pieces that the `cuts` of their sources make.

    A cut inside a word that became longer or shorter falls inside the new word as far from its
    beginning as before.
    """
    plain = characters_only(configs)
    return [
        _pieces(text, line, cut, plain) for text, line, cut in zip(texts, lines, cuts, strict=True)
    ]


def _pieces(text: str, converted: str, cuts: Sequence[int], plain: Sequence[str]) -> list[str]:
    if not cuts:
        return [converted]
    places = list(cuts)
    same = convert_text(text, plain)
    if same != converted:
        # Both are in the target script, so they differ only where words were changed.
        places = moved(same, converted, places)
    edges = [0, *places, len(converted)]
    return [converted[a:b] for a, b in pairwise(edges)]


def moved(before: str, after: str, places: list[int]) -> list[int]:
    """Where `places` in `before`, in order, are in `after`, which has other words."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    blocks = matcher.get_opcodes()
    starts = [block[1] for block in blocks]
    found: list[int] = []
    for place in places:
        if place >= len(before):
            found.append(len(after))
            continue
        tag, i1, _, j1, j2 = blocks[bisect_right(starts, place) - 1]
        inside = place - i1
        if tag == "equal" or inside == 0:
            found.append(j1 + inside)
        else:
            found.append(j1 + min(inside, j2 - j1))
    # A run that had text keeps some, as long as there is enough for all.
    last, before_place = 0, 0
    for number, place in enumerate(places):
        if place > before_place:
            found[number] = min(max(found[number], last + 1), len(after))
        last, before_place = max(found[number], last), place
    return found


@cache
def _converter(config: str) -> Any:
    return _library().OpenCC(config)


@cache
def _library() -> Any:
    """The official opencc package.

    opencc-python-reimplemented installs the same import name, knows fewer phrases, and the two
    overwrite each other.
    """
    remedy = "pip uninstall -y opencc-python-reimplemented; pip install --force-reinstall opencc"
    try:
        import opencc
    except ImportError as problem:
        raise ConfigError(
            "script conversion needs the package opencc, which is missing or damaged",
            code="config.opencc",
            hint=remedy,
        ) from problem
    version = str(getattr(opencc, "__version__", ""))
    parts = tuple(int(p) for p in version.split(".")[:2] if p.isdigit())
    if not hasattr(opencc, "CONFIGS") or parts < (1, 1):
        raise ConfigError(
            "the package installed as opencc is not the official one"
            if not version
            else f"opencc {version} is too old or not the official one",
            code="config.opencc",
            hint=remedy,
        )
    return opencc
