"""Formulas of Word (OMML) as a line of text: ``(a+b)/c``, ``x^2``, ``√(y)``."""

from __future__ import annotations

from typing import Any, Final

from publisher.text.normalize import clean

_DEEPEST: Final = 40


def linear(element: Any) -> str:
    """The formula in one line, as one would type it; empty when there is nothing in it."""
    return clean("".join(_parts(element, 0)).strip()).text


def _parts(element: Any, depth: int) -> list[str]:
    if depth > _DEEPEST:
        return ["".join(t.text or "" for t in element.iter("m.t"))]
    found: list[str] = []
    for child in element:
        name = str(child.tag).removeprefix("m.")
        if name == "t":
            found.append(child.text or "")
        elif name == "f":
            found.append(f"{_grouped(child, 'num', depth)}/{_grouped(child, 'den', depth)}")
        elif name in ("sSup", "sSub", "sSubSup", "nary"):
            found += _scripted(child, name, depth)
        elif name == "rad":
            degree = _inner(child, "deg", depth)
            found.append(f"{'' if not degree else f'[{degree}]'}√({_inner(child, 'e', depth)})")
        elif name == "d":
            found += _fenced(child, depth)
        elif name == "m":
            rows = [
                ", ".join("".join(_parts(cell, depth + 1)) for cell in row.iterchildren("m.e"))
                for row in child.iterchildren("m.mr")
            ]
            found.append(f"[{'; '.join(rows)}]")
        elif not name.endswith("Pr"):
            found += _parts(child, depth + 1)
    return found


def _inner(element: Any, name: str, depth: int) -> str:
    part = element.find(f"m.{name}")
    return "" if part is None else "".join(_parts(part, depth + 1)).strip()


def _grouped(element: Any, name: str, depth: int) -> str:
    text = _inner(element, name, depth)
    return text if len(text) == 1 or text.isalnum() else f"({text})"


def _scripted(element: Any, name: str, depth: int) -> list[str]:
    found = []
    if name == "nary":
        sign = element.find("m.naryPr/m.chr")
        found.append("∫" if sign is None else sign.get("val") or "∫")
    else:
        found.append(_inner(element, "e", depth))
    for part, mark in (("sub", "_"), ("sup", "^")):
        if _inner(element, part, depth):
            found.append(f"{mark}{_grouped(element, part, depth)}")
    if name == "nary":
        found.append(f" {_inner(element, 'e', depth)}")
    return found


def _fenced(element: Any, depth: int) -> list[str]:
    signs = {}
    for name, default in (("begChr", "("), ("endChr", ")"), ("sepChr", "|")):
        found = element.find(f"m.dPr/m.{name}")
        signs[name] = default if found is None else found.get("val") or ""
    inner = signs["sepChr"].join(
        "".join(_parts(part, depth + 1)) for part in element.iterchildren("m.e")
    )
    return [signs["begChr"], inner, signs["endChr"]]
