"""``<ruby>`` in all its forms to pairs of base and reading (HTML 4.5.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.tree.nodes import Ruby, RubyPair

if TYPE_CHECKING:
    from collections.abc import Iterator


def ruby_of(element: Any, *, own: bool = False) -> Ruby | None:
    """The ruby in an element, or None when it has no base.

    Readings go to bases in order, whether they alternate (漢<rt>かん</rt>字<rt>じ</rt>) or come
    in groups (<rb>漢<rb>字<rt>かん<rt>じ). A base left without reading keeps an empty one; readings
    left over, and those of a second row (``rtc``), join the last base's. In a book of ours (`own`)
    the class says what the readings are, and none that they are furigana.
    """
    bases: list[str] = []
    readings: list[str] = []
    fresh = True  # the next base text begins a new pair
    waiting = 0  # bases that stood before the first reading
    for kind, text in _parts(element):
        if kind == "base":
            if fresh or not bases or len(readings) >= len(bases):
                bases.append(text)
            else:
                bases[-1] += text
            fresh = False
        elif kind == "unit":
            fresh = True
        elif len(readings) < len(bases):
            waiting = waiting or len(bases)
            readings.append(text)
            fresh = True
        elif readings:
            readings[-1] = f"{readings[-1]} {text}".strip()
    if not bases:
        return None
    readings += [""] * (len(bases) - len(readings))
    if len(bases) == waiting > 1 and sum(map(bool, readings)) == 1:
        bases, readings = ["".join(bases)], [readings[0]]
    single = all(len(base) == 1 for base in bases)
    return Ruby(
        tuple(RubyPair(*pair) for pair in zip(bases, readings, strict=True)),
        "mono" if single else "group",
        _role(element, "" if own else "".join(readings)),
    )


def _role(element: Any, reading: str) -> Any:
    for name in element.get("class", "").split():
        if name in ("pinyin", "zhuyin", "gloss"):
            return name
    if any("\u3105" <= c <= "\u312f" for c in reading):
        return "zhuyin"
    if reading and all(c < "\u0250" or "\u1e00" <= c <= "\u1eff" for c in reading):
        return "pinyin"
    return "furigana"


def _parts(element: Any) -> Iterator[tuple[str, str]]:
    """Base texts, borders of bases and readings, in order; parentheses for poor browsers go."""
    from lxml import etree

    reading: list[str] | None = None
    skipped = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag in ("rp", "script", "style"):
                skipped += 1
            elif node.tag == "rt" and not skipped:
                if reading is not None:  # an rt that the source never closed
                    yield "reading", _squeezed(reading)
                reading = []
            elif node.tag == "rb":
                yield "unit", ""
            text = node.text
        else:
            if node.tag in ("rp", "script", "style"):
                skipped -= 1
            elif node.tag == "rt" and reading is not None:
                yield "reading", _squeezed(reading)
                reading = None
            text = None if node is element else node.tail
        if not text or skipped:
            continue
        if reading is not None:
            reading.append(text)
        elif text.strip():
            yield "base", "".join(text.split())


def _squeezed(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
