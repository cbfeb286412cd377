"""Marks that the language of the text has otherwise; the rules are those of `text.punctuation`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.preflight.model import found
from publisher.text.punctuation import edits
from publisher.text.scripts import profile_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.preflight.model import Finding, Paragraph
    from publisher.text.punctuation.model import Edit

_CJK: Final = "[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
# Spaces stand between names in lists; they are a fault when they are many, or several in a row.
_SPACES_IN_ROW: Final = f"{_CJK} {_CJK} {_CJK} {_CJK}"
_SPACES_IN_THOUSAND: Final = 2.0
# Two stops of which only one can be meant; an ellipsis of stops is another fault.
_DOUBLED: Final = "[，、；：。](?=[，、；：])|[，、；：！？](?=。)|(?<![.．])。(?=。(?!。))"
# A stop for a full stop or for the dot in a name. A number before it makes it a list's.
_DOT: Final = f"(?<={_CJK})(?<![一二三四五六七八九十])[.](?={_CJK})"
_LATIN_PHRASE: Final = re.compile(r"[A-Za-z]+[,'’]? [A-Za-z0-9]+$")
_SINGLE_WORDS: Final = 3  # of one character, by which words set apart are no list of names


def check_marks(paragraphs: Sequence[Paragraph], language: str) -> Iterator[Finding]:
    """Findings about stops, brackets, quotation marks, dashes, spaces and widths."""
    size = sum(len(p.text) for p in paragraphs) or 1
    spaces = sum(len(re.findall(f"(?<={_CJK}) (?={_CJK})", p.text)) for p in paragraphs)
    many = spaces > 2 and spaces * 1000 / size > _SPACES_IN_THOUSAND
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if text.isascii():
            continue
        profile = profile_of(paragraph.language or language, text)
        following = paragraphs[number + 1].text[:8] if number + 1 < len(paragraphs) else ""
        row = re.search(_SPACES_IN_ROW, text) is not None
        taken: list[tuple[int, int]] = []
        for edit in edits(text, profile, following=following):
            if edit.kind == "stray-space" and not (many or row):
                continue
            if not edit.sure and _ends_latin(text, edit):
                continue
            taken.append((edit.start, edit.end))
            fix = edit.after if edit.sure else None
            detail = f"{edit.before} → {edit.after}" if edit.after else ""
            yield found(edit.kind, paragraph, edit.start, edit.end, detail, fix)
        yield from _of_our_own(paragraph, profile, taken)


def _of_our_own(
    paragraph: Paragraph, profile: str, taken: Sequence[tuple[int, int]]
) -> Iterator[Finding]:
    """What cannot be mended, because two marks could be meant, but is a fault all the same."""
    text = paragraph.text
    for code, pattern in (("doubled-punct", _DOUBLED), ("halfwidth-punct", _DOT)):
        if profile == "ko":
            continue
        for match in re.finditer(pattern, text):
            end = match.end() + (code == "doubled-punct")
            if not any(a < end and match.start() < b for a, b in taken):
                yield found(code, paragraph, match.start(), end)
    if _are_words(text):
        for match in re.finditer(f"(?<={_CJK}) (?={_CJK})", text):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                yield found("stray-space", paragraph, match.start(), match.end())


def _ends_latin(text: str, edit: Edit) -> bool:
    """Whether a stop ends a phrase of Latin words, whose marks are its own."""
    if edit.kind != "halfwidth-punct" or text[edit.end : edit.end + 1] not in ("", " "):
        return False
    return _LATIN_PHRASE.search(text[max(0, edit.start - 60) : edit.start]) is not None


def _are_words(text: str) -> bool:
    """Whether a Chinese text is set in words, as no list of names is."""
    if text.count(" ") < _SINGLE_WORDS or re.search("[\u3041-\u30fa\uac00-\ud7a3]", text):
        return False
    return len(re.findall(f"(?<={_CJK} ){_CJK}(?= {_CJK}|$)", text)) >= _SINGLE_WORDS
