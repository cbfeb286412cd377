"""Captions: the number in each as a field that Word counts (SEQ), and what a list of them names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.tree.nodes import Figure, Paragraph, Table, Text
from publisher.tree.walk import plain_text, query
from publisher.writers.docx.fields import field, text_run
from publisher.writers.docx.fonts import is_east_asian

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.theme.model import StyleSheet
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Blocks

# A label, chapter numbers before the number itself, the number: 图 1, 表2-1, Figure 3.
_LABEL: Final = re.compile(
    r"((?:附?[图圖図表]表?|照片|写真|그림|사진|표|Figure|Fig\.|Table|Photo)\s*)"
    r"((?:[0-9]+\s*[-\u2010-\u2013.．\u00b7]\s*)*)([0-9]{1,4})(?![0-9.])"
)
_UNSEEN: Final = "<w:r><w:rPr><w:vanish/></w:rPr>"
_NAMES: Final = {
    "hans": ("图", "表"),
    "hant": ("圖", "表"),
    "ja": ("図", "表"),
    "ko": ("그림", "표"),
}


class Numbered(NamedTuple):
    """A caption for Word: runs with its label and number, and the blocks without them."""

    runs: str
    caption: Blocks


class Captions:
    """Counts the captions of a document as Word will when its fields are updated."""

    def __init__(self, sheet: StyleSheet, listed: frozenset[type]) -> None:
        """`listed` are the kinds that the file has a list of."""
        self._listed = listed
        wide = is_east_asian(sheet.language)
        names = _NAMES[sheet.profile] if wide else ("Figure", "Table")
        self.names = dict(zip((Figure, Table), names, strict=True))
        self._counts: dict[type, int] = {}
        self._in_chapter: dict[type, int] = {}

    def chapter(self) -> None:
        r"""A heading of the first level: numbers that restart with it begin anew (SEQ \\s 1)."""
        self._in_chapter.clear()

    def numbered(self, node: Figure | Table, look: Callable[[str], str]) -> Numbered:
        r"""The caption of a figure or table, its number as a field.

        A number that Word would not count to is set (``\\r``). A caption without a number is
        counted unseen where there is a list of captions, which finds no others. `look` gives the
        run properties of a number.
        """
        kind = type(node)
        name, caption = self.names[kind], node.caption
        first = caption[0] if caption else None
        lead = first.content[0] if isinstance(first, Paragraph) and first.content else None
        found = _LABEL.match(lead.text) if isinstance(lead, Text) else None
        if found is None or not isinstance(first, Paragraph) or not isinstance(lead, Text):
            if kind not in self._listed:
                return Numbered("", caption)
            self._counts[kind] = number = self._counts.get(kind, 0) + 1
            unseen = field(f"SEQ {name} \\* ARABIC", text_run(str(number)))
            return Numbered(unseen.replace("<w:r>", _UNSEEN), caption)
        label, chapters, shown = found[1], found[2], int(found[3])
        counts = self._in_chapter if chapters else self._counts
        due = counts.get(kind, 0) + 1
        counts[kind] = shown
        restart = " \\s 1" if chapters else ""
        reset = f" \\r {shown}" if shown != due else ""
        instruction = f"SEQ {name} \\* ARABIC{restart}{reset}"
        counted = field(instruction, text_run(found[3]))
        # All runs of the field alike: LibreOffice takes its look from the first.
        runs = text_run(label + chapters) + counted.replace("<w:r>", f"<w:r>{look(found[3])}")
        rest = lead.text[found.end() :]
        content = (*((Text(rest),) if rest else ()), *first.content[1:])
        return Numbered(runs, (replace(first, content=content), *caption[1:]))


def captioned(document: Document, kind: type[Figure | Table]) -> Iterator[tuple[str, str]]:
    """Id and caption of every figure or table that has one, in reading order."""
    for node in query(document, kind):
        text = " ".join(
            plain_text(block.content, line_break=" ")
            for block in node.caption
            if isinstance(block, Paragraph)
        )
        if text.strip():
            yield node.attr.id, text
