"""The user's own terms of a conversion: a text file, ``term = its form in the target`` a line."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from publisher.errors import ConfigError

_MAX_BYTES: Final = 5_000_000


def read_list(file: str, setting: str) -> list[tuple[int, str]]:
    """(number, text) of the lines of a list; blank lines and what follows a # are passed over.

    Raises:
        ConfigError: The file cannot be read, is very large, or is no text in UTF-8.
    """
    try:
        path = Path(file)
        if path.stat().st_size > _MAX_BYTES:
            raise ConfigError("is larger than 5 MB", where=file, hint="it should be a short list")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ConfigError(
            "is not UTF-8 text", where=file, code="config.encoding", hint="save it as UTF-8"
        ) from problem
    except OSError as problem:
        raise ConfigError(
            f"cannot be read: {problem.strerror}",
            where=file,
            code="config.file",
            hint=f"{setting} names a text file with an entry a line",
        ) from problem
    lines = ((n, line.partition("#")[0].strip()) for n, line in enumerate(text.splitlines(), 1))
    return [(n, line) for n, line in lines if line]


def own_terms(file: str) -> dict[str, str]:
    """Terms and what they become; a term alone in its line stays as it is.

    Raises:
        ConfigError: The file cannot be read, or a line has no term.
    """
    if not file:
        return {}
    terms: dict[str, str] = {}
    for number, line in read_list(file, "transform.convert.words"):
        term, sign, made = (part.strip() for part in line.partition("="))
        if not term or (sign and not made):
            raise ConfigError(
                "is no term and its form",
                where=f"{file}:{number}",
                code="config.words",
                hint="write them as 软件 = 軟體, or a term that stays alone",
            )
        terms[term] = made or term
    return terms
