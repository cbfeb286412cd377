"""A merged theme table and a language to a `StyleSheet`: every value checked, in points."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from publisher.errors import LayoutError, ThemeError
from publisher.text.scripts import profile_of
from publisher.theme.load import LOOKS, Table, flatten_text, load_theme, merge
from publisher.theme.model import TEXT_KEYS, PageGeometry, StyleSheet, TextStyle
from publisher.theme.units import length, page_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.settings import ThemeSettings

_COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_LENGTHS = ("before", "after", "start", "end", "leading")
_LOOK_LENGTHS = frozenset(
    {
        "step",
        "gap",
        "before",
        "after",
        "pad",
        "pad_x",
        "pad_y",
        "drop",
        "head_gap",
        "foot_gap",
        "inside",
        "outer",
        "head",
        "inner",
        "columns",
        "rule_width",
    }
)
# In TocLook the step is in em, in TypographyLook the gap is a choice, and in RunningLook and
# NoteLook `rule` keeps its own meaning.
_EM_FIELDS = frozenset({("toc", "step"), ("toc", "clearance"), ("typography", "gap")})
_CHOICES: dict[str, tuple[str, ...]] = {
    "family": ("serif", "sans", "mono"),
    "code_family": ("serif", "sans", "mono"),
    "align": ("justify", "start", "center", "end"),
    "begin": ("flow", "page", "recto"),
    "numbering": ("circled", "decimal", "paren"),
    "restart": ("chapter", "page", "document"),
    "verso": ("", "title", "chapter", "section"),
    "recto": ("", "title", "chapter", "section"),
    "folio": ("", "foot-center", "foot-outer", "head-outer"),
    "front": ("roman", "decimal"),
    "placement": ("float", "here"),
    "emphasis": ("dots", "sans", "none"),
    "strictness": (
        "", "none", "basic", "gb", "gb-strict", "loose", "normal", "strict", "jlreq", "uax14"
    ),
    "word_break": ("", "keep-all", "syllable"),
    "ruby_align": ("center", "start"),
    "hanging": ("none", "allow", "force"),
    "gap": ("", "0", "1/8", "1/4", "fixed"),
    "first": ("trim", "full"),
    "numbers": ("figures", "han"),
}  # fmt: skip
_NUMBER_CHOICES: dict[str, tuple[float, ...]] = {
    "weight": (400, 700),
    "depth": (1, 2, 3, 4, 5, 6),
    "dialog_indent": (0, 0.5, 1),
    "tate_chu_yoko": (0, 2, 3, 4),
    "upright_letters": (0, 1, 2, 3),
}
# The word for "contents" over the table of contents.
TOC_TITLES = {"hans": "目录", "hant": "目錄", "ja": "目次", "ko": "차례"}
_MIN_LINES, _MIN_CHARACTERS = 4, 3
_MOST_COLUMNS = 6
_NARROW = 15  # characters; in Chinese a narrower measure has an indent of one (CLREQ 3.1.5)
_Look = TypeVar("_Look")


def resolve_theme(
    settings: ThemeSettings, language: str, *, base: Path | None, writing_mode: str = ""
) -> StyleSheet:
    """The style sheet of a theme for a language.

    Args:
        settings: Name, file and overrides; an empty name is ``article``.
        language: BCP 47 tag of the document.
        base: Folder that a theme file's path is relative to.
        writing_mode: ``horizontal`` or ``vertical``, in place of the theme's own.

    Raises:
        ThemeError: Unknown theme, key or value.
        LayoutError: The type area has no room for text.
    """
    if not settings.file and not settings.overrides:
        return _built_in(settings, language, writing_mode)
    file = None
    if settings.file:
        file = (base / settings.file) if base is not None else Path(settings.file)
    try:
        return _resolved(settings, file, language, writing_mode)
    except (ThemeError, LayoutError) as problem:
        # With settings of one's own over it, the file may not be what is wrong.
        if file is not None and not settings.overrides and not problem.where:
            problem.where = str(file)
        raise


@lru_cache(maxsize=32)
def _built_in(settings: ThemeSettings, language: str, writing_mode: str) -> StyleSheet:
    """A built-in theme as it is; the articles of a batch mostly share one."""
    return _resolved(settings, None, language, writing_mode)


def _resolved(
    settings: ThemeSettings, file: Path | None, language: str, writing_mode: str
) -> StyleSheet:
    table = load_theme(settings.name or "article", file=file, overrides=dict(settings.overrides))
    if writing_mode:
        table["writing-mode"] = writing_mode
        for profile in table.get("profile", {}).values():
            profile.pop("writing-mode", None)
    return resolve(table, language)


def resolve(table: Table, language: str) -> StyleSheet:
    """The style sheet of a merged theme table for a language; see `resolve_theme`."""
    profile = profile_of(language)
    table = merge(table, table.get("profile", {}).get(profile, {}))
    mode = table.get("writing-mode", "horizontal")
    vertical = _choice("writing-mode", mode, ("horizontal", "vertical")) == "vertical"
    styles = flatten_text(table.get("text", {}))
    body = _body(styles.get("body", {}))
    text = {
        key: body if key == "body" else _style(key, styles.get(key, {}), body) for key in TEXT_KEYS
    }
    page = _page(table.get("page", {}), body, vertical=vertical)
    if profile in ("hans", "hant") and page.column_measure < _NARROW * body.size:
        text = {key: replace(s, indent=min(s.indent, 1.0)) for key, s in text.items()}
    looks = {name: _look(kind, name, table.get(name, {}), body) for name, kind in LOOKS.items()}
    if "title" not in table.get("toc", {}):
        looks["toc"] = _look(
            LOOKS["toc"], "toc", {**table.get("toc", {}), "title": TOC_TITLES[profile]}, body
        )
    return StyleSheet(
        name=str(table.get("name", "")),
        language=language,
        profile=profile,
        vertical=vertical,
        page=page,
        text=MappingProxyType(text),
        title_page=_boolean("title-page", table.get("title-page", True)),
        numbers=_boolean("numbers", table.get("numbers", False)),
        **looks,
    )


def _body(given: Mapping[str, Any]) -> TextStyle:
    size = length(given.get("size", 10.5), key="text.body.size", size=10.5, leading=18.0)
    if not 4.0 <= size <= 72.0:
        raise ThemeError(
            f"text.body.size = {size:g} pt is not between 4 and 72 pt", code="theme.size"
        )
    leading = length(given.get("leading", "1.7em"), key="text.body.leading", size=size, leading=0)
    if leading < size:
        raise ThemeError(
            f"text.body.leading = {leading:g} pt is less than the size, {size:g} pt",
            code="theme.leading",
            hint="lines would overlap; 1.5em to 2em is usual",
        )
    start = TextStyle(size=size, leading=leading)
    return _style("body", given, start)


def _style(key: str, given: Mapping[str, Any], body: TextStyle) -> TextStyle:
    values: dict[str, Any] = {}
    if key != "body":
        values = {
            "family": body.family,
            "color": body.color,
            "align": body.align,
            "indent": body.indent,
            "size": body.size,
            "leading": body.leading,
        }
    path = f"text.{key}"
    size = body.size
    if "size" in given:
        size = length(given["size"], key=f"{path}.size", size=body.size, leading=body.leading)
        if not 2.0 <= size <= 300.0:
            raise ThemeError(f"{path}.size = {size:g} pt is not 2 to 300 pt", code="theme.size")
    values["size"] = size
    for name, value in given.items():
        if name == "size":
            continue
        where = f"{path}.{name}"
        if name in _LENGTHS:
            values[name] = length(value, key=where, size=size, leading=body.leading)
        else:
            values[name] = _scalar(TextStyle, name, value, where)
    if key == "body":
        values.setdefault("leading", body.leading)
    style = TextStyle(**values)
    if style.leading < style.size * 0.9:
        raise ThemeError(
            f"{path}.leading = {style.leading:g} pt is less than the size, {style.size:g} pt",
            code="theme.leading",
        )
    return style


def _look(kind: type[_Look], table_name: str, given: Mapping[str, Any], body: TextStyle) -> _Look:
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        where = f"{table_name}.{field.name}"
        if field.name in given:
            value = given[field.name]
            if field.name in _LOOK_LENGTHS and (table_name, field.name) not in _EM_FIELDS:
                value = length(value, key=where, size=body.size, leading=body.leading)
            else:
                value = _scalar(kind, field.name, value, where)
            values[field.name] = value
        elif field.default is MISSING:
            raise ThemeError(f"{where} is missing", code="theme.missing")
    return kind(**values)


def _scalar(kind: type[Any], name: str, value: object, where: str) -> object:
    """A value of a field that is not a length, checked against its default's type and choices."""
    default = next(f.default for f in fields(kind) if f.name == name)
    if name in _CHOICES or name in _NUMBER_CHOICES:
        choices: tuple[object, ...] = _CHOICES.get(name) or _NUMBER_CHOICES[name]
        good = value in choices and not isinstance(value, bool)  # True is 1 to `in`
        wanted = f"one of {', '.join(map(repr, choices))}"
    elif name.endswith(("color", "fill", "highlight")):
        good = value == "" or (isinstance(value, str) and bool(_COLOR.match(value)))
        wanted = "a colour such as #1a4a7a"
    elif isinstance(default, bool):
        good, wanted = isinstance(value, bool), "true or false"
    elif isinstance(default, float):
        good = isinstance(value, int | float) and not isinstance(value, bool)
        good, wanted = good and abs(float(str(value))) <= 1000, "a number"
    elif isinstance(default, tuple):
        good = isinstance(value, list) and bool(value)
        good = good and all(isinstance(v, str) and v for v in value)  # type: ignore[attr-defined]
        wanted = "a list of strings"
    else:
        good, wanted = isinstance(value, str), "a string"
    if not good:
        raise ThemeError(f"{where} = {value!r} is not {wanted}", code="theme.value")
    if isinstance(default, float):
        return float(str(value))
    return tuple(value) if isinstance(value, list) else value


def _boolean(where: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ThemeError(f"{where} = {value!r} is not true or false", code="theme.type")


def _page(given: Mapping[str, Any], body: TextStyle, *, vertical: bool) -> PageGeometry:
    """The page with its margins widened until the type area holds whole characters and lines.

    CLREQ 3.6.2: the measure (of each column) is a whole number of characters, the type area a
    whole number of lines; margins absorb the rest. A vertical book is bound at the right.
    """
    name = given.get("size", "A4")
    width, height = page_size(name)
    sides = {}
    for side in ("top", "bottom", "inner", "outer"):
        sides[side] = length(
            given.get(side, "20mm"), key=f"page.{side}", size=body.size, leading=body.leading
        )
        if sides[side] < 0:
            raise ThemeError(f"page.{side} is negative", code="theme.margin")
    # Lines lie between `start` and `end` and follow from `head` to `foot`.
    start, end, head, foot = "inner", "outer", "top", "bottom"
    room, depth = width - sides[start] - sides[end], height - sides[head] - sides[foot]
    if vertical:
        start, end, head, foot = "top", "bottom", "inner", "outer"
        room, depth = depth, room
    columns, gap = _columns(given, body)
    characters = int((room - (columns - 1) * gap) / columns / body.size + 1e-6)
    lines = int((depth - body.size) / body.leading + 1e-6) + 1
    if characters < _MIN_CHARACTERS or lines < _MIN_LINES:
        raise LayoutError(
            f"the type area holds {max(characters, 0)} characters by {max(lines, 0)} lines"
            + (f" in each of {columns} columns" if columns > 1 else ""),
            code="layout.no-room",
            hint="make the page larger, or the margins or the type smaller"
            + (", or the columns fewer" if columns > 1 else ""),
        )
    rest_along = room - columns * characters * body.size - (columns - 1) * gap
    rest_across = depth - (lines * body.leading)
    sides[head] += max(rest_across, 0.0) / 2
    sides[foot] += rest_across - max(rest_across, 0.0) / 2
    sides[start] += rest_along / 2
    sides[end] += rest_along / 2
    return PageGeometry(
        width=width,
        height=height,
        **sides,
        facing=_boolean("page.facing", given.get("facing", False)),
        binding=_binding(given.get("binding", "right" if vertical else "left")),
        name=name if isinstance(name, str) else "",
        columns=columns,
        column_gap=gap,
        grid=_choice("page.grid", given.get("grid", ""), ("", "lines", "characters")),
        foot=_choice("page.foot", given.get("foot", "displays"), ("displays", "feather", "ragged")),
        vertical=vertical,
    )


def _columns(given: Mapping[str, Any], body: TextStyle) -> tuple[int, float]:
    """Number of columns, and the gap between them, pt: two characters where none is given."""
    columns = given.get("columns", 1)
    if isinstance(columns, bool) or columns not in range(1, _MOST_COLUMNS + 1):
        raise ThemeError(
            f"page.columns = {columns!r} is not a number from 1 to {_MOST_COLUMNS}",
            code="theme.columns",
        )
    gap = length(
        given.get("column_gap", "2em"), key="page.column_gap", size=body.size, leading=body.leading
    )
    if gap < 0:
        raise ThemeError("page.column_gap is negative", code="theme.margin")
    return int(columns), gap if columns > 1 else 0.0


def _choice(where: str, value: object, choices: tuple[str, ...]) -> Any:
    if value in choices:
        return value
    wanted = ", ".join(map(repr, choices))
    raise ThemeError(f"{where} = {value!r} is not one of {wanted}", code="theme.choice")


def _binding(value: object) -> Literal["left", "right"]:
    if value == "left":
        return "left"
    if value == "right":
        return "right"
    raise ThemeError(f"page.binding = {value!r} is not left or right", code="theme.choice")
