"""A first look at a document before it is built: what the checks would find most of, in moments.

A build is not slowed down for what `publisher check` lists in full: one look over the whole text
for each family, at the speed of regular expressions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.tree.walk import document_text

if TYPE_CHECKING:
    from publisher.tree.meta import Document

# A half-width stop that may stand between Han or kana. A set of ASCII alone is compiled in no time.
_STOP: Final = "[^\x00-\x7f][,;:!?](?=[^\x00-\x7f])"
# Characters of which none is rare, as (first, last); nearly all texts have no others.
_USUAL: Final = (
    ("\t", "\n"),
    (" ", "~"),
    ("\u3000", "\u9fff"),
    ("\uff01", "\uff5e"),
    ("\u2010", "\u2027"),
    ("\uac00", "\ud7a3"),
    ("\u00ae", "\u02ff"),
    ("\u2030", "\u205e"),
    ("\u2190", "\u27ff"),
)
_LOOKED_AT: Final = 400_000  # characters; a longer book is looked at up to there
# The commonest place marks of templates, by what they begin with. A pattern costs a millisecond to
# compile, so only those are that are asked for.
_PLACES: Final = {
    "关键词": r"关键词\s?\d{1,3}(?!\d)",
    "關键词": r"關键词\s?\d{1,3}(?!\d)",
    "關鍵詞": r"關鍵詞\s?\d{1,3}(?!\d)",
    "{{": r"\{\{[^{}\n]{0,60}\}\}",
    "${": r"\$\{[^{}\n]{1,60}\}",
    "TODO": r"\bTODO\b",
    "TBD": r"\bTBD\b",
    "XXXX": r"(?<![A-Za-z0-9])X{4,}(?![A-Za-z0-9])",
    "orem ipsum": "orem ipsum",
    "待补充": "待补充(?:[。，）】]|内容|$)",
    "待補充": "待補充(?:[。，）】]|內容|$)",
}


class Glance(NamedTuple):
    """A code and how often it seems to occur."""

    code: str
    times: int


def glance(document: Document) -> list[Glance]:
    """Codes that the checks of a document would report, with their counts as far as they are told.

    The counts are those of `publisher check` but for quotations, lists of names and the like, which
    only a closer look tells.
    """
    text = "\n".join(document_text(document))[:_LOOKED_AT]
    if text.isascii():
        return []
    found: dict[str, int] = {}
    letters = set(text)
    if not _are_usual(letters) or "\u3164" in letters:
        from publisher.preflight.characters import RARE, check_characters
        from publisher.preflight.model import Paragraph

        rare = re.compile(RARE)
        lines = [Paragraph(line) for line in text.split("\n") if rare.search(line)]
        for finding in check_characters(lines):
            found[finding.code] = found.get(finding.code, 0) + 1
    count = sum(_is_between(text[m.start()], text[m.end()]) for m in re.finditer(_STOP, text))
    if count:
        found["halfwidth-punct"] = count
    count = sum(len(re.findall(p, text)) for mark, p in _PLACES.items() if mark in text)
    if count:
        found["placeholder"] = count
    return [Glance(code, count) for code, count in sorted(found.items())]


# What has been found usual: texts of a batch have most of their characters in common.
_known: Final = set[str]()


def _are_usual(chars: set[str]) -> bool:
    new = chars - _known
    if not all(any(first <= char <= last for first, last in _USUAL) for char in new):
        return False
    _known.update(new)
    return True


def _is_between(before: str, after: str) -> bool:
    """Whether a stop has Han or kana before it, and those or a quotation after it."""
    return "\u3041" <= before <= "\u9fff" and ("\u300c" <= after <= "\u9fff" or after == "“")
