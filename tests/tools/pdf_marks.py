"""Marked content of a page: its numbers, its artifacts, what is drawn outside it, unreadable text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pikepdf

_TEXT = {"Tj", "TJ", "'", '"'}
_DRAWS = _TEXT | {
    "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "INLINE IMAGE",
}  # fmt: skip
_ARTIFACTS = {"/Pagination", "/Layout", "/Page", "/Background"}
_FURNITURE = {"/Header", "/Footer", "/Watermark"}
# Code points that say nothing (ISO 14289-1, 7.21.7), and private ones.
_NOTHING = {0x0000, 0xFEFF, 0xFFFE}


@dataclass(slots=True)
class PageMarks:
    """What a page's content stream marks.

    Attributes:
        numbers: (MCID, role) in order.
        artifacts: Type and subtype of each artifact in order, without slashes.
        texts: MCID -> what its glyphs read as, by ToUnicode alone.
        begun: The same up to the end of the first span inside.
        faults: Rule and fault.
    """

    numbers: list[tuple[int, str]] = field(default_factory=list)
    artifacts: list[tuple[str, str]] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    begun: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """An open marked-content sequence."""

    kind: str  # artifact, content or other
    actual: bool
    mcid: int = -1
    used: bool = False
    cut: bool = False


def page_marks(page: pikepdf.Page) -> PageMarks:
    """Reads a page."""
    found = PageMarks()
    stack: list[_Open] = []
    fonts = page.obj.get("/Resources", {}).get("/Font", {})
    known: dict[str, dict[int, str]] = {}
    font = ""
    loose = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            props = operands[1] if name == "BDC" else {}
            stack.append(_opened(found, str(operands[0]), props, stack))
        elif name == "EMC":
            _closed(found, stack)
        elif name == "Tf":
            font = str(operands[0])
        elif name in _DRAWS:
            for one in stack:
                one.used = True
            kinds = {one.kind for one in stack}
            loose += not kinds & {"artifact", "content"}
            if name in _TEXT:
                if font not in known:
                    known[font] = _meanings(fonts.get(font))
                codes = _codes(operands[-1])
                _read(found, codes, known[font], stack)
                if not any(one.actual for one in stack):
                    found.faults += _unread(codes, known[font], font)
    if stack:
        found.faults.append("content: a mark is left open")
    if loose:
        found.faults.append(f"content: {loose} operators draw outside marked content")
    return found


def _closed(found: PageMarks, stack: list[_Open]) -> None:
    if not stack:
        found.faults.append("content: EMC without BDC")
        return
    last = stack.pop()
    for one in stack:
        one.cut = True
    if last.kind == "content" and not last.used:
        found.faults.append("content: a mark holds nothing")


def _opened(found: PageMarks, tag: str, props: pikepdf.Object, stack: list[_Open]) -> _Open:
    kinds = {one.kind for one in stack}
    actual = "/ActualText" in props
    if tag == "/Artifact":
        kind, subtype = str(props.get("/Type", "")), str(props.get("/Subtype", ""))
        found.artifacts.append((kind[1:], subtype[1:]))
        if kind not in _ARTIFACTS:
            found.faults.append(f"artifact: its type is {kind or 'not told'}")
        if subtype and subtype not in _FURNITURE:
            found.faults.append(f"artifact: its subtype is {subtype}")
        if "content" in kinds:
            found.faults.append("artifact: stands inside content")
        return _Open("artifact", actual)
    if "/MCID" in props:
        found.numbers.append((int(props["/MCID"]), tag[1:]))
        if "artifact" in kinds:
            found.faults.append("artifact: has content inside")
        if "content" in kinds:
            found.faults.append("content: stands inside other content")
        return _Open("content", actual, int(props["/MCID"]))
    return _Open("other", actual)


def _codes(held: pikepdf.Object) -> list[int]:
    """The two-byte codes of an operand of a text operator."""
    parts = held if isinstance(held, pikepdf.Array) else [held]
    data = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
    return [int.from_bytes(d[at : at + 2], "big") for d in data for at in range(0, len(d), 2)]


def _read(found: PageMarks, codes: list[int], meanings: dict[int, str], stack: list[_Open]) -> None:
    held = next((one for one in reversed(stack) if one.mcid >= 0), None)
    if held is not None:
        text = "".join(meanings.get(code, "") for code in codes)
        found.texts[held.mcid] = found.texts.get(held.mcid, "") + text
        if not held.cut:
            found.begun[held.mcid] = found.begun.get(held.mcid, "") + text


def _unread(codes: list[int], meanings: dict[int, str], font: str) -> list[str]:
    """Codes shown that no reader can turn into text."""
    return [
        f"actual-text: code {code:04x} of {font} reads as {meanings.get(code)!r}"
        for code in codes
        if not _says_something(meanings.get(code, ""))
    ]


def _says_something(text: str) -> bool:
    return bool(text) and not any(ord(c) in _NOTHING or 0xE000 <= ord(c) <= 0xF8FF for c in text)


def _meanings(font: pikepdf.Object | None) -> dict[int, str]:
    """Code -> text by a font's ToUnicode."""
    if font is None or "/ToUnicode" not in font:
        return {}
    cmap = font.ToUnicode.read_bytes().decode("ascii", "replace")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = _text(text)
    pattern = r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[(.*?)\])"
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text, texts in re.findall(pattern, block, re.DOTALL):
            start, end = int(first, 16), int(last, 16)
            if texts:
                each = re.findall(r"<([0-9A-Fa-f]*)>", texts)
                found.update({start + at: _text(one) for at, one in enumerate(each)})
                continue
            head = _text(text)
            for code in range(start, end + 1):
                found[code] = head[:-1] + chr(ord(head[-1]) + code - start) if head else ""
    return found


def _text(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")
