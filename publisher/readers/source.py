"""The text of a source: decoded, line ends made one kind, cleaned, within the limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from publisher.errors import EncodingError, SourceTooLarge
from publisher.events import Diagnostic
from publisher.text.encoding import decode
from publisher.text.mojibake import mend
from publisher.text.normalize import clean, unify_line_ends

if TYPE_CHECKING:
    from publisher.readers.base import ReadRequest


def source_text(request: ReadRequest, declared: str = "") -> tuple[str, str]:
    """The source as text with line feeds only, fit for the tree, and its encoding.

    Args:
        request: The source.
        declared: The encoding that the source names for itself; believed only when the bytes are
            not valid UTF-8 and fit it, since pages are often saved again without being changed.

    Raises:
        SourceError: The bytes are no text, in no known encoding, or not in the one required.
    """
    decoded = _decoded(request, declared)
    text = mend(unify_line_ends(decoded.text), request.report, request.name)
    cleaned = clean(text)
    if cleaned.removed:
        shown = " ".join(f"U+{ord(c):04X}" for c in sorted(set(cleaned.removed))[:8])
        line = _first_line(decoded.text, cleaned.removed[0])
        count = str(len(cleaned.removed))
        _warn(request, "text.control", line, characters=shown, count=count)
    if cleaned.surrogates:
        _warn(request, "text.surrogate", 0, count=str(cleaned.surrogates))
    return cleaned.text, decoded.encoding


def _decoded(request: ReadRequest, declared: str) -> Any:
    data, name = request.data, request.name
    told = request.settings.encoding
    if not told and declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return decode(data, declared, request.report, name)
            except EncodingError:
                pass  # what a page says of itself may be wrong; its bytes are not
    return decode(data, told, request.report, name)


def check_lines(text: str, request: ReadRequest) -> None:
    """Sees that no line is longer than the settings allow.

    Raises:
        SourceTooLarge: One is; such a file is a dump of data, not a text.
    """
    limit = request.settings.max_line
    if len(text) <= limit:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > limit:
            raise SourceTooLarge(
                f"has a line of {len(line):,} characters, over the limit of {limit:,}",
                code="source.line-too-long",
                where=f"{request.name}:{number}",
                hint="break it into paragraphs",
            )


def _first_line(text: str, character: str) -> int:
    at = text.find(character)
    return len(re.findall("\r\n?|\n", text[: max(at, 0)])) + 1


def _warn(request: ReadRequest, code: str, line: int, **args: str) -> None:
    pairs = tuple(sorted(args.items()))
    request.report(Diagnostic(code, "warning", pairs, source=request.name, line=line))
