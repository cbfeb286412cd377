"""What the checks share: a paragraph with its place, a finding, the levels of the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.preflight.codes import CODES
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.events import Severity
    from publisher.settings import PreflightSettings

_AROUND: Final = 10  # characters of context on either side


class Paragraph(NamedTuple):
    """A text that belongs together, and where it begins.

    Attributes:
        text: The text.
        source: Name of the source.
        line: Its line, 1-based; 0 when unknown.
        last: The line it ends in; 0 when it is the same.
        language: BCP 47 tag of an element of its own; empty for the document's.
        whole: Whether the line of the source is the text, so that columns are known.
    """

    text: str
    source: str = ""
    line: int = 0
    last: int = 0
    language: str = ""
    whole: bool = True


class Finding(NamedTuple):
    """Something to look at.

    Attributes:
        code: Its permanent name, see `codes.CODES`.
        severity: ``info``, ``warning`` or ``error``.
        source: Name of the source; empty when unknown.
        line: 1-based line; 0 when unknown.
        column: 1-based character in the line; 0 when unknown.
        text: What is found, as it stands.
        context: The text around it on one line, what is found between » and «.
        detail: More about it, for people.
        fix: What it should be, where that is certain; None where it is not.
    """

    code: str
    severity: Severity
    source: str = ""
    line: int = 0
    column: int = 0
    text: str = ""
    context: str = ""
    detail: str = ""
    fix: str | None = None

    @property
    def where(self) -> str:
        """``file:line:column`` as far as it is known."""
        parts = [self.source, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(part for part in parts if part)

    @property
    def remedy(self) -> str:
        """What to do about it."""
        code = CODES.get(self.code)
        return code.remedy if code else ""


def found(
    code: str, paragraph: Paragraph, start: int, end: int, detail: str = "", fix: str | None = None
) -> Finding:
    """A finding at characters `start` to `end` of a paragraph."""
    text = paragraph.text
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    context = f"{before}»{text[start:end]}«{after}".replace("\n", " ")
    return Finding(
        code,
        CODES[code].severity,
        paragraph.source,
        paragraph.line,
        start + 1 if paragraph.whole and paragraph.line else 0,
        text[start:end],
        context,
        detail,
        fix,
    )


def levelled(findings: Iterable[Finding], settings: PreflightSettings) -> list[Finding]:
    """The findings at the levels that the settings give their codes; ignored ones are left out."""
    levels: dict[str, Severity] = {
        **dict.fromkeys(settings.warn, "warning"),
        **dict.fromkeys(settings.fail, "error"),
    }
    ignored = frozenset(settings.ignore) - frozenset(levels)
    return [
        f._replace(severity=levels.get(f.code, f.severity))
        for f in findings
        if f.code not in ignored
    ]
