"""Theme files to one merged table: TOML, ``extends``, overrides, key check with suggestions."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeAlias

from publisher.errors import ThemeError
from publisher.theme.model import (
    TEXT_KEYS,
    BoxLook,
    ChapterLook,
    CodeLook,
    FigureLook,
    InlineLook,
    ListLook,
    NoteLook,
    RunningLook,
    TableLook,
    TextStyle,
    TocLook,
    TypographyLook,
)
from publisher.toml import TomlError, parse_toml

Table: TypeAlias = dict[str, Any]

SCHEMA = 1
_FOLDER = Path(__file__).parent / "builtin"
BUILTIN = ("article", "book", "book-vertical", "bunko")
LOOKS: dict[str, type[Any]] = {
    "list": ListLook,
    "table": TableLook,
    "figure": FigureLook,
    "note": NoteLook,
    "code": CodeLook,
    "box": BoxLook,
    "toc": TocLook,
    "running": RunningLook,
    "inline": InlineLook,
    "chapter": ChapterLook,
    "typography": TypographyLook,
}
PAGE_KEYS = (
    "size",
    "top",
    "bottom",
    "inner",
    "outer",
    "facing",
    "binding",
    "columns",
    "column_gap",
    "grid",
    "foot",
)
TOP_KEYS = (
    "schema",
    "name",
    "extends",
    "page",
    "text",
    "profile",
    "writing-mode",
    "title-page",
    "numbers",
    *LOOKS,
)
PROFILES = ("hans", "hant", "ja", "ko")
_MAX_CHAIN = 8


def load_theme(name: str, *, file: Path | None = None, overrides: Mapping[str, Any]) -> Table:
    """The merged table of a theme and everything it extends, with `overrides` laid over it.

    Args:
        name: A built-in theme; ignored when `file` is given.
        file: A theme file of the user's own.
        overrides: Tables with the theme's own keys, from ``[theme]`` of the configuration.

    Raises:
        ThemeError: No such theme, bad TOML, unknown key, or a theme that extends itself.
    """
    table: Table = {}
    for layer, where, own in reversed(list(_chain(name, file))):
        check_keys(layer, where)
        table = _over(table, layer) if own else merge(table, layer)
    check_keys(dict(overrides), "[theme]")
    return _over(table, overrides)


def theme_files(file: Path) -> list[Path]:
    """A theme file and those that it extends, as far as they can be read."""
    found = [file]
    with contextlib.suppress(ThemeError):  # who builds with it is told
        found += [Path(label) for _, label, own in _chain("", file) if own and label != str(file)]
    return found


def _over(under: Table, layer: Mapping[str, Any]) -> Table:
    """A theme under what its user says: that goes before what the theme says for a language."""
    profiles = under.get("profile", {})
    kept = {name: _without(profile, layer) for name, profile in profiles.items()}
    return merge({**under, "profile": kept}, layer)


def _without(table: Mapping[str, Any], layer: Mapping[str, Any]) -> Table:
    """The keys of a table that a layer does not set."""
    kept: Table = {}
    for key, value in table.items():
        above = layer.get(key)
        if isinstance(value, Mapping) and isinstance(above, Mapping):
            kept[key] = _without(value, above)
        elif key not in layer:
            kept[key] = value
    return kept


def merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> Table:
    """Table by table: keys of `over` win, nested tables are merged the same way."""
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(below, Mapping)
        merged[key] = merge(below, value) if both else value  # type: ignore[arg-type]
    return merged


def _chain(name: str, file: Path | None) -> Iterable[tuple[Table, str, bool]]:
    """A theme and those it extends: table, label, and whether it is the user's own."""
    seen: list[str] = []
    while True:
        if file is not None:
            label, text = str(file), _read(file)
        else:
            label, text = name, _read_builtin(name)
        if label in seen or len(seen) >= _MAX_CHAIN:
            raise ThemeError(
                f"themes extend one another in a circle: {' > '.join([*seen, label])}",
                code="theme.circle",
                hint="take one `extends` away",
            )
        seen.append(label)
        table = _parse(text, label)
        yield table, label, file is not None
        parent = table.get("extends", "base" if label != "base" else "")
        if not parent:
            return
        if not isinstance(parent, str):
            raise ThemeError("extends must be a name", code="theme.extends", where=label)
        file = file.parent / parent if file is not None and parent.endswith(".toml") else None
        name = parent


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or "not UTF-8 text"
        raise ThemeError(
            f"the theme file cannot be read: {reason}", code="theme.file", where=str(file)
        ) from problem


def _read_builtin(name: str) -> str:
    if name != "base" and name not in BUILTIN:
        raise ThemeError(
            f"there is no theme {name!r}",
            code="theme.unknown",
            hint=_suggest(name, BUILTIN) or "give a name or the path of a .toml file",
        )
    return (_FOLDER / f"{name}.toml").read_text("utf-8")


def _parse(text: str, where: str) -> Table:
    try:
        table = parse_toml(text)
    except TomlError as problem:
        raise ThemeError(str(problem), code="theme.toml", where=where) from problem
    if table.get("schema", SCHEMA) != SCHEMA:
        raise ThemeError(
            f"schema {table['schema']!r} is not {SCHEMA}",
            code="theme.schema",
            where=where,
            hint="this theme was made for another version of publisher",
        )
    return table


def flatten_text(table: Mapping[str, Any]) -> dict[str, Table]:
    """``text.heading.1`` and ``text.body`` tables as one flat mapping from style key to fields."""
    flat: dict[str, Table] = {}
    for key, value in table.items():
        if not isinstance(value, Mapping):
            flat[key] = {"": value}
        elif key in ("heading", "toc"):
            for level, style in value.items():
                flat[f"{key}.{level}"] = dict(style) if isinstance(style, Mapping) else {"": style}
        else:
            flat[key] = dict(value)
    return flat


def check_keys(table: Table, where: str) -> None:
    """Every key is known.

    Raises:
        ThemeError: One is not; the message names the nearest known key.
    """
    _check(table, TOP_KEYS, "", where)
    _check(_sub(table, "page", where), PAGE_KEYS, "page.", where)
    styles = flatten_text(_sub(table, "text", where))
    _check(styles, TEXT_KEYS, "text.", where)
    style_keys = tuple(f.name for f in fields(TextStyle))
    for key, style in styles.items():
        _check(style, style_keys, f"text.{key}.", where)
    for name, look in LOOKS.items():
        known = tuple(f.name for f in fields(look))
        _check(_sub(table, name, where), known, f"{name}.", where)
    profiles = _sub(table, "profile", where)
    _check(profiles, PROFILES, "profile.", where)
    for profile in profiles.values():
        check_keys(profile, where)


def _sub(table: Table, key: str, where: str) -> Table:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise ThemeError(f"{key} must be a table", code="theme.type", where=where)
    return value


def _check(table: Mapping[str, Any], known: Iterable[str], prefix: str, where: str) -> None:
    for key in table:
        if key not in known:
            raise ThemeError(
                f"unknown key {prefix}{key}",
                code="theme.key",
                where=where,
                hint=_suggest(key, known),
            )


def _suggest(key: str, known: Iterable[str]) -> str:
    import difflib

    if key == "theme" and "page" in known:
        return "a theme file has [page] where publisher.toml has [theme.page]"
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
