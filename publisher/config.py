"""``publisher.toml`` and the command line merged into one `Settings`, each value with its origin.

The file's tables mirror the records of `settings`; a key that no record has is an error that
names the nearest one. Order: defaults < file < command line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from publisher.errors import ConfigError
from publisher.record import dataclass
from publisher.settings import PartSettings, Settings
from publisher.toml import TomlError, parse_toml

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "publisher.toml"
SCHEMA = 1
_MAX_BYTES = 1_000_000

# Values with a form of their own: dates by ISO 8601, languages by BCP 47 (the usual shapes).
_FORMS = {
    "book.date": (
        r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?",
        "a date such as 2025, 2025-12 or 2025-12-22",
    ),
    "book.language": (
        r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*",
        "a language tag such as zh-Hans, zh-Hant-HK, ja or ko",
    ),
    "book.writing_mode": ("horizontal|vertical", "horizontal or vertical"),
}
# Controls but for blanks, surrogates (bytes of a command line that are no text), noncharacters.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_NULL = re.compile("\x00")
# Values out of a few.
_MODES = ("off", "suggest", "safe", "apply")
_CHOICES = {
    "output.docx.embed_fonts": ("", "subset", "whole"),
    "output.pdf.standard": ("archival", "none"),
    "output.epub.reader": ("generic", "kindle", "kobo", "apple"),
    "output.epub.page_list": ("auto", "always", "never"),
    "repair.mode": _MODES,
    "punctuation.mode": _MODES,
    "annotate.ruby": ("", "pinyin", "zhuyin", "jyutping", "furigana"),
    "annotate.scope": ("all", "first", "unknown"),
    "batch.executor": ("process", "dask"),
}
# Numbers beyond which no one can mean it.
_MOST = {"batch.jobs": 1024, "batch.time_limit": 10_000_000, "batch.memory_limit": 100_000_000}
# Records whose tables stand under ``[transform]``.
_STEPS = frozenset(["repair", "punctuation", "convert", "annotate"])
# Files, which are relative to the configuration that names them.
FILES = (
    "input.outline",
    "repair.words",
    "convert.words",
    "annotate.known",
    "annotate.corrections",
    "output.docx.reference",
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Merged settings, and where each value that is not a default came from."""

    settings: Settings
    origins: Mapping[str, str]
    folder: Path | None


def load(file: Path | None, options: Mapping[str, Any]) -> Loaded:
    """Settings from a file (or none) with command-line options laid over them.

    Args:
        file: The configuration file, or None.
        options: Values by dotted name of `Settings`, such as ``output.folder``.

    Raises:
        ConfigError: The file cannot be read, or a key or value is wrong.
    """
    settings, origins = Settings(), {}
    if file is not None:
        for path, value in _leaves(_read(file), str(file)):
            settings = _set(settings, path, value, str(file))
            origins[".".join(path)] = str(file)
    for name, value in options.items():
        settings = _set(settings, tuple(name.split(".")), value, "command line")
        origins[name] = "command line"
    for name in FILES:
        path = tuple(name.split("."))
        value = _at(settings, path)
        if value and file is not None and origins[name] != "command line":
            settings = _set(settings, path, str(file.parent / value), str(file))
    if settings.convert.phrases and not settings.convert.to:
        where = origins["convert.phrases"]
        raise ConfigError(
            "phrases are set without a script to convert to", where=where, hint="--to"
        )
    return Loaded(settings, origins, file.parent if file is not None else None)


def find(sources: Sequence[Path | str]) -> Path | None:
    """The configuration file of a run: in the one folder given, or beside the one file given."""
    if len(sources) != 1 or isinstance(sources[0], str):
        return None
    try:
        folder = sources[0] if sources[0].is_dir() else sources[0].parent
        candidate = folder / FILE_NAME
        return candidate if candidate.is_file() else None
    except OSError:  # whoever reads the source says what is wrong
        return None


def setting(settings: Settings, name: str) -> Any:
    """The value of a setting by its dotted name."""
    return _at(settings, tuple(name.split(".")))


def with_setting(settings: Settings, name: str, value: Any) -> Settings:
    """The settings with one more value.

    Raises:
        ConfigError: It is not of the setting's kind.
    """
    return _set(settings, tuple(name.split(".")), value, name)


def merged(settings: Settings) -> Iterator[tuple[str, Any]]:
    """(dotted name, value) of every setting, in order of declaration."""
    yield from _walk(settings, ())


def file_key(name: str) -> str:
    """The key by which a setting stands in the file: ``convert.to`` is ``transform.convert.to``."""
    inside = f"transform.{name}" if name.partition(".")[0] in _STEPS else name
    return inside.replace("_", "-")


def _walk(record: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for field in fields(record):
        value = getattr(record, field.name)
        if is_dataclass(value):
            yield from _walk(value, (*path, field.name))
        else:
            yield ".".join((*path, field.name)), value


def _read(file: Path) -> dict[str, Any]:
    where = str(file)
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise ConfigError("is larger than 1 MB", where=where, hint="it should be a short file")
        table = parse_toml(file.read_text(encoding="utf-8"))
    except TomlError as problem:
        raise ConfigError(str(problem), code="config.toml", where=where) from problem
    except UnicodeDecodeError as problem:
        raise ConfigError("is not UTF-8 text", code="config.encoding", where=where) from problem
    except OSError as problem:
        raise ConfigError(
            f"cannot be read: {problem.strerror}", code="config.file", where=where
        ) from problem
    if table.pop("schema", SCHEMA) != SCHEMA:
        raise ConfigError(
            f"schema is not {SCHEMA}", where=where, hint="it was made for another version"
        )
    return table


def _leaves(table: Mapping[str, Any], where: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(path in `Settings`, value) of every value of the file."""
    known = ({f.name for f in fields(Settings)} | {"transform"}) - _STEPS
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            shown = known | {f"transform.{step}" for step in _STEPS}
            raise _unknown(key, {k.replace("_", "-") for k in shown}, where)
        if name == "transform":
            for step, inner in _table(value, key, where).items():
                if step not in _STEPS:
                    steps = {f"transform.{known}" for known in _STEPS}
                    raise _unknown(f"transform.{step}", steps, where)
                yield from _record((step,), _table(inner, f"transform.{step}", where), where)
        elif name == "theme":
            yield from _theme(_table(value, key, where))
        elif is_dataclass(getattr(Settings(), name)):
            yield from _record((name,), _table(value, key, where), where)
        else:
            yield (name,), value


def _theme(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Name and file of the theme; every other key belongs to the theme itself."""
    overrides = []
    for key, value in table.items():
        if key in ("name", "file"):
            yield ("theme", key), value
        else:
            overrides.append((key, value))
    if overrides:
        yield ("theme", "overrides"), tuple(overrides)


def _record(
    path: tuple[str, ...], table: Mapping[str, Any], where: str
) -> Iterator[tuple[tuple[str, ...], Any]]:
    record = _at(Settings(), path)
    known = {f.name for f in fields(record)}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            shown = {".".join((*path, k.replace("_", "-"))) for k in known}
            raise _unknown(".".join((*path, key)), shown, where)
        if is_dataclass(getattr(record, name)):
            yield from _record((*path, name), _table(value, key, where), where)
        else:
            yield (*path, name), value


def _table(value: object, key: str, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"{key} must be a table", code="config.type", where=where)
    return value


def _unknown(key: str, known: set[str], where: str) -> ConfigError:
    import difflib

    near = [k for k in sorted(known) if k.endswith(f".{key}")]
    near = near or difflib.get_close_matches(key, sorted(known), n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}"
    return ConfigError(f"unknown key {key}", code="config.key", where=where, hint=hint)


def _at(record: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        record = getattr(record, name)
    return record


def _set(settings: Settings, path: tuple[str, ...], value: Any, where: str) -> Settings:
    *parents, name = path
    records = [settings]
    for parent in parents:
        records.append(getattr(records[-1], parent))
    checked = _checked(getattr(records[-1], name), value, path, where)
    changed: Any = replace(records[-1], **{name: checked})
    for record, parent in zip(reversed(records[:-1]), reversed(parents), strict=True):
        changed = replace(record, **{parent: changed})
    return changed  # type: ignore[no-any-return]


def _checked(default: Any, value: Any, path: tuple[str, ...], where: str) -> Any:
    """`value` as the type that the setting has, or a ConfigError."""
    dotted = ".".join(path)
    if dotted == "theme.overrides":
        _check_characters("theme", dict(value), where)
        return value
    _check_characters(dotted, value, where)
    if dotted == "book.contributors":
        return _contributors(value, where)
    if dotted == "input.parts":
        return _parts(value, where)
    if isinstance(default, bool):
        good = isinstance(value, bool)
    elif isinstance(default, int):
        good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    elif isinstance(default, tuple):
        if isinstance(value, str):
            value = (value,)
        good = isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)
        value = tuple(value) if good else value
    else:
        if hasattr(value, "isoformat"):
            value = value.isoformat()  # TOML dates are dates, settings keep text
        good = isinstance(value, str)
    if not good:
        kind = {bool: "true or false", int: "a whole number", tuple: "a list of strings"}
        wanted = kind.get(type(default), "a string")
        if isinstance(value, int) and isinstance(default, int) and not isinstance(default, bool):
            wanted = "a whole number" if isinstance(value, bool) else "zero or more"
        raise ConfigError(f"{dotted} = {value!r} is not {wanted}", code="config.type", where=where)
    _check_form(dotted, value, where)
    return value


def _check_characters(dotted: str, value: Any, where: str) -> None:
    """Raises a ConfigError for a text with characters that cannot be meant.

    Names of files may hold anything but a null; what goes into books is text.
    """
    if isinstance(value, str):
        bad = _NO_TEXT.search(value) if dotted.startswith("book.") else _NULL.search(value)
        if bad is not None:
            raise ConfigError(
                f"{file_key(dotted)} has the character U+{ord(bad[0]):04X}, which is no text",
                code="config.characters",
                where=where,
                hint="take it out",
            )
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            _check_characters(f"{dotted}.{name}", inner, where)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check_characters(dotted, inner, where)


def _check_form(dotted: str, value: Any, where: str) -> None:
    """Raises a ConfigError for a value that is not of the form its setting asks for."""
    if dotted in _MOST and value > _MOST[dotted]:
        raise ConfigError(
            f"{file_key(dotted)} = {value} is more than {_MOST[dotted]}",
            code="config.range",
            where=where,
        )
    if value not in _CHOICES.get(dotted, (value,)):
        raise ConfigError(
            f"{file_key(dotted)} = {value!r} is not known",
            where=where,
            hint=f"choose {' or '.join(filter(None, _CHOICES[dotted]))}",
        )
    if value and dotted in _FORMS:
        pattern, wanted = _FORMS[dotted]
        if not re.fullmatch(pattern, value):
            raise ConfigError(f"{dotted} = {value!r} is not {wanted}", where=where)


def _contributors(value: Any, where: str) -> tuple[tuple[str, str], ...]:
    """``["Name", {name = "...", role = "translator"}]`` or one name."""
    items = [value] if isinstance(value, str | Mapping) else value
    pairs: list[tuple[str, str]] = []
    for item in items if isinstance(items, list | tuple) else [None]:
        if isinstance(item, str):
            pairs.append((item, "author"))
        elif isinstance(item, Mapping) and isinstance(item.get("name"), str):
            pairs.append((item["name"], str(item.get("role", "author"))))
        elif isinstance(item, tuple) and len(item) == 2:
            pairs.append((str(item[0]), str(item[1])))
        else:
            raise ConfigError(
                f"book.contributors: {item!r} is neither a name nor {{name, role}}",
                code="config.type",
                where=where,
            )
    return tuple(pairs)


def _parts(value: Any, where: str) -> tuple[PartSettings, ...]:
    parts: list[PartSettings] = []
    for item in value if isinstance(value, list | tuple) else [None]:
        files = item.get("files", []) if isinstance(item, Mapping) else None
        if (
            not isinstance(item, Mapping)
            or not isinstance(item.get("title"), str)
            or not isinstance(files, list)
            or not all(isinstance(f, str) for f in files)
            or set(item) - {"title", "files"}
        ):
            raise ConfigError(
                f"input.parts: {item!r} is not {{title, files}}", code="config.type", where=where
            )
        parts.append(PartSettings(item["title"], tuple(files)))
    return tuple(parts)
