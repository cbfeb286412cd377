"""The user's own words, which overrule the program's: a text file, a word a line."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from publisher.errors import ConfigError
from publisher.text.words.lexicon import TO_CLASS, TO_KEY

_MAX_BYTES: Final = 5_000_000


def read_words(file: str) -> dict[str, str]:
    """The words of a file by their Simplified form, in classes; blank lines and # are passed over.

    A word stands as it should be in the text: 鍾書 keeps 鍾 there, 製樂 makes 制樂 into 製樂.

    Raises:
        ConfigError: The file cannot be read, or is no text in UTF-8.
    """
    if not file:
        return {}
    try:
        path = Path(file)
        if path.stat().st_size > _MAX_BYTES:
            raise ConfigError(
                "is larger than 5 MB", where=file, hint="it should be a list of words"
            )
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
            hint="transform.repair.words names a text file with a word a line",
        ) from problem
    words = (line.partition("#")[0].strip() for line in text.splitlines())
    return {word.translate(TO_KEY): word.translate(TO_CLASS) for word in words if word}
