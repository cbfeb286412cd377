"""All rules over a text, each seeing what those before it made, as edits of the text as it was."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.record import Record, dataclass
from publisher.text.punctuation import brackets, doubled, quotes, spaces, stops, strokes, width
from publisher.text.punctuation.kept import kept_spans
from publisher.text.punctuation.model import LETTER, Edit, foreign, view_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from publisher.text.punctuation.model import Kind, View
    from publisher.text.scripts import ProfileName

# In this order each rule finds the marks it looks at in the form the ones before it give them. One
# round does all there is to do nearly always, and a second one finds nothing.
_RULES: Final[tuple[Callable[[View], Iterable[Edit]], ...]] = (
    strokes.strokes,
    stops.stops,
    brackets.brackets,
    quotes.quotes,
    doubled.doubled,
    spaces.spaces,
)
_ROUNDS: Final = 6
# What makes a text one of these languages; 「…」 is one without a letter.
_OWN: Final = f"{LETTER}|[\u3002\u300c-\u300f]"
# A text without one of these needs nothing.
_TRIGGERS: Final = (
    "[ \u00a0\u2002-\u200a\u202f\"'()<,.;:!?\\[\\-\u00b7\u2010-\u201f\u2026\u22ef\u2500"
    "\u3002\u300c\u300e\u30fb\uff0d\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61-\uff65]"
    "|[\uff0c\u3001\uff1a\uff1b\uff0e][\uff0c\u3001\uff1a\uff1b\uff0e\u3002]"
)


def edits(
    text: str,
    profile: ProfileName,
    *,
    sure_only: bool = False,
    following: str = "",
    regional: bool = False,
    leave: Collection[Kind] = (),
) -> list[Edit]:
    """What the marks of a paragraph need, in order, none overlapping another.

    A text of another script, or with more of its words than of CJK characters, needs nothing but
    narrow letters and digits. Applied, the edits leave a text that needs nothing more.

    Args:
        text: A paragraph; U+FFFC stands where something that is no text parts it.
        profile: Whose marks it should have.
        sure_only: Leave out what is not certain, and what would only follow from it.
        following: The next paragraph, or its beginning: it may go on with an open quotation.
        regional: The text is set for another region than its author's, whose quotation marks are
            then no matter of taste.
        leave: Families of faults that are none here.
    """
    if not _pattern(_TRIGGERS).search(text):
        return []
    task = _Task(text, profile, following, regional=regional, leave=leave)
    found = task.edits(sure_only=sure_only)
    if sure_only or all(edit.sure for edit in found):
        return found
    # What follows only from a change that is not certain is not certain either.
    certain = {edit[:4] for edit in task.edits(sure_only=True)}
    return [edit._replace(sure=edit[:4] in certain) for edit in found]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Task(Record):
    """A paragraph and what is known of it; see `edits`."""

    text: str
    profile: ProfileName
    following: str
    regional: bool
    leave: Collection[Kind]

    def seen(self, text: str, *, damaged: bool = False) -> View:
        """The paragraph, or what has become of it so far."""
        return view_of(
            text,
            self.profile,
            kept_spans(text),
            self.following,
            damaged=damaged,
            regional=self.regional,
        )

    def edits(self, *, sure_only: bool) -> list[Edit]:
        """All edits, or those that are certain where nothing else is done."""

        def wanted(found: Iterable[Edit], view: View) -> list[Edit]:
            return [
                edit
                for edit in found
                if (edit.sure or not sure_only)
                and edit.kind not in self.leave
                and view.free(edit.start, edit.end)
            ]

        view = self.seen(self.text)
        found = wanted(width.width(view), view)
        now = apply(self.text, found)
        if self.profile == "ko" or not _pattern(_OWN).search(self.text):
            return found
        view = self.seen(now) if found else view
        damaged = False
        for _ in range(_ROUNDS):
            if foreign(view.classes):
                break
            changed = False
            for rule in _RULES:
                fresh = wanted(rule(view), view)
                if fresh:
                    changed = True
                    damaged = damaged or any(e.kind == "halfwidth-punct" for e in fresh)
                    found = _composed(self.text, found, fresh)
                    now = apply(now, fresh)
                    view = self.seen(now, damaged=damaged)
            if not changed:
                break
        return found


def apply(text: str, changes: Sequence[Edit]) -> str:
    """`text` with `changes`, which are in order, made."""
    pieces: list[str] = []
    at = 0
    for edit in changes:
        pieces += (text[at : edit.start], edit.after)
        at = edit.end
    return "".join([*pieces, text[at:]])


def _composed(text: str, first: list[Edit], then: list[Edit]) -> list[Edit]:
    """Edits of `text` that do what `first` does and then what `then` does to its outcome.

    Where two touch the same characters they become one, of the later one's kind.
    """
    if not first:
        return then
    # Each edit of `first` with its place in the outcome.
    placed: list[tuple[int, int, Edit]] = []
    shift = 0
    for edit in first:
        start = edit.start + shift
        placed.append((start, start + len(edit.after), edit))
        shift += len(edit.after) - (edit.end - edit.start)
    made: list[Edit] = []
    shift = at = 0  # what `first` moved by so far, and how many of it are done
    for late in then:
        while at < len(placed) and placed[at][1] <= late.start:
            made.append(placed[at][2])
            shift += len(placed[at][2].after) - len(placed[at][2].before)
            at += 1
        start, end, after = late.start - shift, late.end, late.after
        sure = late.sure
        while at < len(placed) and placed[at][0] < late.end:
            low, high, early = placed[at]
            if low < late.start:  # the head of what was put there stays
                start, after = early.start, early.after[: late.start - low] + after
            elif low == late.start:
                start = early.start
            if high > late.end:
                after += early.after[late.end - high :]
                end = high
            sure = sure and early.sure
            shift += len(early.after) - len(early.before)
            at += 1
        stop = end - shift
        if text[start:stop] != after:
            made.append(Edit(start, stop, text[start:stop], after, late.kind, sure))
    made += [edit for _, _, edit in placed[at:]]
    return made


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
