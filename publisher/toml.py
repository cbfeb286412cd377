"""Reading TOML: what is wrong with a text, in one line."""

from __future__ import annotations

import tomllib
from typing import Any, Final

_BITS: Final = 64


class TomlError(ValueError):
    """A text is no TOML; the message says why."""


def parse_toml(text: str) -> dict[str, Any]:
    """The table of a TOML text.

    Raises:
        TomlError: It is none, is nested too deeply, or has a whole number of over 4,300 digits.
    """
    try:
        table = tomllib.loads(text)
        _check(table)
    except tomllib.TOMLDecodeError as problem:
        raise TomlError(f"bad TOML: {problem}") from problem
    except RecursionError as problem:
        raise TomlError("bad TOML: nested too deeply") from problem
    except ValueError as problem:
        raise TomlError("bad TOML: a number is too long") from problem
    return table


def _check(value: Any) -> None:
    """No whole number has more bits than TOML asks for: hexadecimal ones are read at any length."""
    if isinstance(value, dict):
        for each in value.values():
            _check(each)
    elif isinstance(value, list):
        for each in value:
            _check(each)
    elif isinstance(value, int) and value.bit_length() > _BITS:
        raise ValueError
