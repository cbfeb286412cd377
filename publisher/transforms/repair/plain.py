"""Repair of a text that is no tree: a source as it stands, markup and all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.text.language import chinese_evidence
from publisher.transforms.changes import Change
from publisher.transforms.repair.detect import Evidence, detect
from publisher.transforms.repair.mend import changes
from publisher.transforms.repair.own_words import read_words

if TYPE_CHECKING:
    from publisher.settings import RepairSettings

KIND: Final = "over-converted"
_AROUND: Final = 8  # characters


class Repaired(NamedTuple):
    """A text mended as the mode says, every change that was found, and the evidence."""

    text: str
    changes: tuple[Change, ...]
    evidence: Evidence


def repair_text(text: str, settings: RepairSettings, source: str = "") -> Repaired:
    """The text mended; its length stays, and nothing but Han characters changes.

    Markup of Markdown, HTML and the like is ASCII and stays. Where the evidence says that the text
    is as people wrote it, there are no changes at all, and none in Simplified text.

    Args:
        text: The source, with any line ends.
        settings: Mode (``suggest`` changes nothing, but finds the changes) and file of words.
        source: The source's name, for the records.

    Raises:
        ConfigError: The file of words cannot be read.
    """
    own = read_words(settings.words)
    simplified, traditional = chinese_evidence(text)
    evidence = detect("" if simplified > traditional else text)
    if not evidence.damaged or settings.mode == "off":
        return Repaired(text, (), evidence)
    made = list(text)
    records: list[Change] = []
    line, begins, scanned = 1, 0, 0
    for change in changes(text, evidence, own):
        line += text.count("\n", scanned, change.start)
        begins = text.rfind("\n", 0, change.start) + 1
        scanned = change.start
        around = text[max(begins, change.start - _AROUND) : change.start + _AROUND + 1]
        records.append(
            Change(
                KIND,
                change.before,
                change.after,
                source=source,
                line=line,
                column=change.start - begins + 1,
                context=around.partition("\n")[0].rstrip("\r"),
                sure=change.sure,
                reason=change.word,
            )
        )
        if settings.mode == "apply" or (settings.mode == "safe" and change.sure):
            made[change.start] = change.after
    return Repaired("".join(made), tuple(records), evidence)
