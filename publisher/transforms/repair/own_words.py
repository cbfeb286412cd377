"""The user's own words, which overrule the program's: a text file, a word a line."""

from __future__ import annotations

from publisher.text.words.lexicon import TO_CLASS, TO_KEY
from publisher.transforms.terms import read_list


def read_words(file: str) -> dict[str, str]:
    """The words of a file by their Simplified form, in classes; blank lines and # are passed over.

    A word stands as it should be in the text: 鍾書 keeps 鍾 there, 製樂 makes 制樂 into 製樂.

    Raises:
        ConfigError: The file cannot be read, or is no text in UTF-8.
    """
    if not file:
        return {}
    words = [line for _, line in read_list(file, "transform.repair.words")]
    return {word.translate(TO_KEY): word.translate(TO_CLASS) for word in words}
