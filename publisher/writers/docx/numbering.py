"""Lists as Word's own numbering: an abstract list for each look, an instance for each list.

Every ordered list has its own instance with its own start, so that no list goes on where another
ended; all nine levels are defined, so that an item can be moved a level down in Word.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.tree.labels import CHECKED, UNCHECKED, item_label
from publisher.writers.docx.xml import attribute, part, twips

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.theme.model import StyleSheet
    from publisher.tree.nodes import ListBlock

LEVELS: Final = 9
_OUTLINE: Final = -1  # stands for the list of headings, which comes after all others
_OWN_SPACE: Final = ("、", "）")  # full-width marks bring their own space
_AFTER_LABEL: Final = 0.5  # em after other labels (cjk-typography 12)
_NARROW: Final = 0.56  # em: figures and Latin letters
_FORMATS: Final = {
    "decimal": "decimal",
    "cjk": "chineseCountingThousand",
    "cjk-paren": "chineseCountingThousand",
    "circled": "decimalEnclosedCircle",
    "alpha": "lowerLetter",
    "roman": "lowerRoman",
    "iroha": "irohaFullWidth",
    "kana": "aiueoFullWidth",
    "hangul": "ganada",
}
_HAN_FORMATS: Final = {"hant": "taiwaneseCountingThousand", "ja": "japaneseCounting"}


class ListShape(NamedTuple):
    """How the labels of a list look and where they stand, pt.

    `text` is Word's pattern (``%`` stands for the number) or the bullet itself. Labels end `gap`
    before the text, which stands `left` of the column's edge.
    """

    form: str
    text: str
    level: int
    left: float
    gap: float


class Numbering:
    """Collects the lists of a document."""

    def __init__(self, sheet: StyleSheet, first: tuple[int, int] = (0, 0)) -> None:
        """`first` are how many abstract lists and lists the file has besides."""
        self._sheet = sheet
        self._first = first
        self._shapes: dict[ListShape, int] = {}
        self._bullets: dict[ListShape, int] = {}
        self._instances: list[tuple[int, int | None, int]] = []
        self._outline: tuple[str, tuple[str, ...]] | None = None

    def field(self, node: ListBlock, key: str, depth: int) -> float:
        """Width of the field that the labels of a list stand in, pt.

        It is a whole number of ems, so that hanging text keeps to the grid.
        """
        style, look = self._sheet.text["list" if key == "body" else key], self._sheet.list
        bullet = look.bullets[min(depth, len(look.bullets) - 1)]
        numbers = (node.start, node.start + max(len(node.items) - 1, 0))
        texts = {item_label(node, number, bullet) for number in numbers}
        if any(item.checked is not None for item in node.items):
            texts.add(CHECKED)
        widest = max(_ems(text) + _gap(text) for text in texts)
        return max(look.step, ceil(widest - 0.01) * style.size)

    def shape(self, node: ListBlock, key: str, level: int, left: float) -> ListShape:
        """The shape of a list's labels whose text stands `left` of the column's edge."""
        size = self._sheet.text[key].size
        if not node.ordered:
            bullets = self._sheet.list.bullets
            bullet = bullets[min(level, len(bullets) - 1)]
            return ListShape("bullet", bullet, level, left, _AFTER_LABEL * size)
        form = _FORMATS.get(node.style, "decimal")
        if node.style in ("cjk", "cjk-paren"):
            form = _HAN_FORMATS.get(self._sheet.profile, form)
        text = _pattern(node)
        return ListShape(form, text, level, left, _gap(text) * size)

    def instance(self, shape: ListShape, start: int) -> int:
        """Number of an instance; lists of bullets share one."""
        if shape.form == "bullet":
            found = self._bullets.get(shape)
            if found is None:
                found = self._bullets[shape] = self._add(shape, None)
            return found
        return self._add(shape, start)

    def task(self, shape: ListShape, *, done: bool) -> int:
        """Number of the instance for tasks that are done or open."""
        box = CHECKED if done else UNCHECKED
        return self.instance(shape._replace(form="bullet", text=box), 1)

    def add_outline(self, suffix: str, levels: Sequence[str]) -> int:
        """Number of the list of headings; `levels` are the ids of their styles, outermost first.

        Labels are paths of figures (``1.2``) with `suffix`, in the line, before the title.
        """
        self._outline = (suffix, tuple(levels))
        self._instances.append((_OUTLINE, None, 0))
        return self._first[1] + len(self._instances)

    def _add(self, shape: ListShape, start: int | None) -> int:
        abstract = self._shapes.setdefault(shape, len(self._shapes))
        self._instances.append((abstract, start, shape.level))
        return self._first[1] + len(self._instances)

    def xml(self) -> bytes:
        """The numbering part; empty when there is no list."""
        if not self._instances:
            return b""
        step = self._sheet.list.step
        above, before = self._first
        found = [_abstract(above + at, shape, step) for shape, at in self._shapes.items()]
        outline = above + len(found)
        if self._outline is not None:
            found.append(_outline(outline, *self._outline))
        for number, (at, start, level) in enumerate(self._instances, before + 1):
            abstract = outline if at == _OUTLINE else above + at
            override = ""
            if start is not None:
                override = (
                    f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{max(start, 0)}"/>'
                    "</w:lvlOverride>"
                )
            found.append(
                f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
            )
        return part("w:numbering", "".join(found))


def _ems(text: str) -> float:
    return sum(1.0 if char > "\u2000" else _NARROW for char in text)


def _pattern(node: ListBlock) -> str:
    """The label of any number, with ``%`` for the number; as `item_label` writes it."""
    if node.style == "circled" or (node.delimiter == "none" and node.style != "cjk-paren"):
        return "%"
    if node.style == "cjk-paren":
        return "（%）"
    han = node.style == "cjk"
    if node.delimiter == "paren":
        return "%）" if han else "%)"
    if node.delimiter == "parens":
        return "（%）" if han else "(%)"
    return "%、" if han or node.delimiter == "ideographic" else "%."


def _gap(label: str) -> float:
    return 0.0 if label.endswith(_OWN_SPACE) else _AFTER_LABEL


def _abstract(number: int, shape: ListShape, step: float) -> str:
    """Labels end where the field does, so that figures of one and two digits stand flush."""
    levels = []
    suffix = "" if shape.gap else '<w:suff w:val="nothing"/>'
    # Bullets are drawn by the Western face, as in print; numbers and boxes by the East Asian one.
    western = shape.form == "bullet" and shape.text not in (CHECKED, UNCHECKED)
    face = "" if western else '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    for level in range(LEVELS):
        left = max(shape.left + (level - shape.level) * step, step)
        text = shape.text if shape.form == "bullet" else shape.text.replace("%", f"%{level + 1}")
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape.form}"/>'
            f'{suffix}<w:lvlText w:val="{attribute(text)}"/><w:lvlJc w:val="right"/><w:pPr>'
            f'<w:ind w:left="{twips(left)}" w:hanging="{twips(shape.gap)}"/></w:pPr>'
            f"{face}</w:lvl>"
        )
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{0x5A000001 + number:08X}"/>'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{"".join(levels)}</w:abstractNum>'
    )


def _outline(number: int, suffix: str, styles: Sequence[str]) -> str:
    """The list that headings are numbered by: each level is tied to a style (17.9.23)."""
    levels = []
    for level in range(LEVELS):
        path = ".".join(f"%{at + 1}" for at in range(level + 1))
        tied = f'<w:pStyle w:val="{styles[level]}"/>' if level < len(styles) else ""
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>{tied}'
            f'<w:suff w:val="nothing"/><w:lvlText w:val="{path}{suffix}"/>'
            '<w:lvlJc w:val="left"/></w:lvl>'
        )
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{0x5B000001:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
    )
