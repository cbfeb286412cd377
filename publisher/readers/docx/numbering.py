"""Word's automatic numbers: what each paragraph's label is, and what kind of list it makes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.docx.package import inset, number, value
from publisher.record import NamedTuple, dataclass, field
from publisher.text.numerals import counter, to_chinese, to_roman

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.tree.nodes import ListStyle

_STYLES: Final[dict[str, ListStyle]] = {
    "chineseCounting": "cjk", "chineseCountingThousand": "cjk", "taiwaneseCounting": "cjk",
    "taiwaneseCountingThousand": "cjk", "japaneseCounting": "cjk", "koreanCounting": "cjk",
    "ideographDigital": "cjk", "japaneseDigitalTenThousand": "cjk", "koreanDigital": "cjk",
    "chineseLegalSimplified": "cjk", "ideographLegalTraditional": "cjk", "japaneseLegal": "cjk",
    "taiwaneseDigital": "cjk",
    "decimalEnclosedCircle": "circled", "decimalEnclosedCircleChinese": "circled",
    "lowerLetter": "alpha", "upperLetter": "alpha", "lowerRoman": "roman", "upperRoman": "roman",
    "iroha": "iroha", "irohaFullWidth": "iroha", "aiueo": "kana", "aiueoFullWidth": "kana",
    "ganada": "hangul", "chosung": "hangul",
}  # fmt: skip
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_SHAPES: Final = (
    (re.compile(r"[(（\[［〔【].*%\d.*[)）\]］〕】]"), "parens"),
    (re.compile(r".*%\d\s*[)）]"), "paren"),
    (re.compile(r".*%\d\s*、"), "ideographic"),
    (re.compile(r".*%\d\s*[.．]"), "period"),
)
_PLAIN: Final = re.compile(r"[(（\[［〔【]?\s*%\d\s*[)）\]］〕】]?\s*[.．、]?\s*")
_LEVELS: Final = 9


class Level(NamedTuple):
    """A level of a list: number format, pattern (``第%1章``), first number, text inset in pt."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    left: float = 0.0


class Label(NamedTuple):
    """The label of one paragraph.

    Attributes:
        list_id: Word's number of the list; `level` is its depth from 0.
        form: Word's number format; ``bullet`` for none.
        number: The paragraph's number.
        text: The label as Word shows it; for bullets the bullet.
        pattern: The pattern the label is made by.
        left: Inset of the text beside the label, pt.
    """

    list_id: str
    level: int
    form: str
    number: int
    text: str
    pattern: str
    left: float = 0.0

    @property
    def ordered(self) -> bool:
        """False for bullets."""
        return self.form not in ("bullet", "none", "")

    @property
    def style(self) -> ListStyle:
        """The tree's name of the numbers."""
        if not self.ordered:
            return "bullet"
        style = _STYLES.get(self.form, "decimal")
        return "cjk-paren" if style == "cjk" and self.delimiter == "parens" else style

    @property
    def delimiter(self) -> Any:
        """The tree's name of what stands around the number."""
        return next((name for shape, name in _SHAPES if shape.fullmatch(self.pattern)), "none")

    @property
    def listed(self) -> bool:
        """A list says all that the label says: it has no other words and no outer numbers."""
        if not self.ordered:
            return self.form == "bullet"
        return _PLAIN.fullmatch(self.pattern) is not None


@dataclass(slots=True)
class Numbering:
    """The lists of a file and how far each has counted."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    changed: dict[tuple[str, int], Level] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> Label | None:
        """Counts one paragraph of a list; None when the file does not know the list."""
        if list_id not in self.lists or not 0 <= level < _LEVELS:
            return None
        abstract = self.lists[list_id]
        shape = self._level(list_id, level)
        if (list_id, level) in self.overrides and (list_id, level) not in self.used:
            self.counts[abstract, level] = self.overrides[list_id, level] - 1
        self.used.add((list_id, level))
        count = self.counts.get((abstract, level), shape.start - 1) + 1
        self.counts[abstract, level] = count
        for deeper in range(level + 1, _LEVELS):
            self.counts.pop((abstract, deeper), None)
        text = shape.text if shape.form == "bullet" else self._text(list_id, shape)
        return Label(list_id, level, shape.form, count, text, shape.text, shape.left)

    def _level(self, list_id: str, level: int) -> Level:
        changed = self.changed.get((list_id, level))
        return changed or self.abstract.get(self.lists[list_id], {}).get(level, Level())

    def _text(self, list_id: str, shape: Level) -> str:
        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = self._level(list_id, at)
            key = (self.lists[list_id], at)
            return figures(self.counts.get(key, other.start), other.form)

        return re.sub(r"%([1-9])", written, shape.text)


def figures(count: int, form: str) -> str:
    """A number in one of Word's formats (17.18.59); decimal for those that are not known."""
    if form in ("upperLetter", "upperRoman"):
        return figures(count, "lower" + form.removeprefix("upper")).upper()
    made = _MADE.get(form)
    style = _STYLES.get(form)
    if made is not None and count > 0:
        text = made(count)
    elif style == "cjk" and 0 <= count <= 9999:
        text = to_chinese(count)
    else:
        text = counter(count, style) if style else str(count)
    return text


_MADE: Final[dict[str, Callable[[int], str]]] = {
    "lowerRoman": lambda n: to_roman(n).lower() if n < 4000 else str(n),
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "ideographTraditional": lambda n: _STEMS[(n - 1) % len(_STEMS)],
    "ideographZodiac": lambda n: _BRANCHES[(n - 1) % len(_BRANCHES)],
    "none": lambda _: "",
}


def read_numbering(root: Any) -> Numbering:
    """The lists of the numbering part, which may be None."""
    found = Numbering()
    if root is None:
        return found
    linked: dict[str, str] = {}
    for element in root.iterchildren("abstractNum"):
        key = element.get("abstractNumId") or ""
        found.abstract[key] = {
            number(each.get("ilvl") or "0"): _level_of(each) for each in element.iterchildren("lvl")
        }
        for name in ("styleLink", "numStyleLink"):
            if value(element, name):
                linked[f"{name}:{value(element, name)}"] = key
                if name == "numStyleLink" and not found.abstract[key]:
                    linked[key] = value(element, name)
    for element in root.iterchildren("num"):
        list_id, abstract = element.get("numId") or "", value(element, "abstractNumId")
        if abstract in linked:
            abstract = linked.get(f"styleLink:{linked[abstract]}", abstract)
        found.lists[list_id] = abstract
        for change in element.iterchildren("lvlOverride"):
            at = number(change.get("ilvl") or "0")
            if change.find("lvl") is not None:
                found.changed[list_id, at] = _level_of(change.find("lvl"))
            start = value(change, "startOverride")
            if start:
                found.overrides[list_id, at] = number(start, 1)
    return found


def _level_of(element: Any) -> Level:
    return Level(
        value(element, "numFmt") or "decimal",
        value(element, "lvlText"),
        number(value(element, "start"), 1),
        inset(element.find("pPr")) or 0.0,
    )
