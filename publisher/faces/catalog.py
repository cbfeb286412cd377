"""Which font files there are: the vendored ones from `catalog.toml`, and the user's own.

Keys of a ``[[font]]`` table: `id`, `family`, `role` (serif, sans, mono, symbols, math), `scripts`
(cjk, latin, symbols), `weight`, `slant`, `file`, `packed_size`, `packed_sha256`, `size`, `sha256`
(of the unpacked file), `units` (per em), `version`, `licence`, `package` (where it was made from)
and, for collections, `faces`: the face index by language tag.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from publisher.errors import FontError
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.events import Report

Slant: TypeAlias = Literal["upright", "italic"]
Scripts: TypeAlias = Literal["cjk", "latin", "symbols", "any"]

FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})


class FontFile(NamedTuple):
    """One font file, or one face of a user's collection.

    Attributes:
        id: Stable name, such as ``NotoSerifCJK-Regular``.
        family: Family name that settings may use.
        role: serif, sans, mono, symbols or math; ``user`` for a user's own.
        scripts: What it is meant for; ``any`` for a user's own (asked of the face itself).
        weight: 100 to 900.
        slant: ``upright`` or ``italic``.
        path: The file, packed when `packed_sha256` is set.
        faces: (language tag, face index) pairs of a regional collection; else empty.
        face_index: Face index when `faces` is empty.
        size: Bytes, unpacked; 0 when not catalogued. `sha256` is that of these bytes.
    """

    id: str
    family: str
    role: str
    scripts: Scripts
    weight: int
    slant: Slant
    path: Path
    faces: tuple[tuple[str, int], ...] = ()
    face_index: int = 0
    size: int = 0
    sha256: str = ""
    packed_size: int = 0
    packed_sha256: str = ""
    version: str = ""
    licence: str = ""
    package: str = ""

    def index_for(self, language: str) -> int:
        """Face index for a language tag of `faces`; the first face when it has none for it."""
        for tag, index in self.faces:
            if tag == language:
                return index
        return self.faces[0][1] if self.faces else self.face_index


class Catalog(NamedTuple):
    """All font files known to a run, in order of preference within a role."""

    files: tuple[FontFile, ...]

    def get(self, font_id: str) -> FontFile:
        """The file with this id.

        Raises:
            FontError: There is none.
        """
        for file in self.files:
            if file.id == font_id:
                return file
        raise FontError(f"no font {font_id!r} in the catalogue", code="font.unknown")

    def family(self, name: str) -> tuple[FontFile, ...]:
        """The files of a family; case does not matter."""
        wanted = name.casefold()
        return tuple(file for file in self.files if file.family.casefold() == wanted)

    def pick(self, role: str, scripts: Scripts, weight: int, slant: Slant) -> FontFile | None:
        """The built-in file of a role nearest in slant, then in weight; None when there is none."""
        fitting = [f for f in self.files if f.role == role and f.scripts == scripts]
        return nearest(fitting, weight, slant)


def nearest(files: Iterable[FontFile], weight: int, slant: Slant) -> FontFile | None:
    """The file nearest to a slant, then to a weight (the lighter of two equally near)."""
    return min(
        files, key=lambda f: (f.slant != slant, abs(f.weight - weight), f.weight), default=None
    )


def font_folder() -> Path:
    """The folder of the vendored fonts: package data, or `fonts/` of a checkout.

    Raises:
        FontError: Neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_fontdata", package.parent / "fonts"):
        if (folder / "catalog.toml").is_file():
            return folder
    raise FontError(
        "the built-in fonts are missing", code="font.missing-data", hint="install publisher again"
    )


@cache
def load_catalog(folder: Path | None = None) -> Catalog:
    """The vendored fonts of `folder` (default: `font_folder()`).

    Raises:
        FontError: The catalogue cannot be read.
    """
    import tomllib

    folder = folder or font_folder()
    path = folder / "catalog.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["font"]
        return Catalog(tuple(_entry(table, folder) for table in tables))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise FontError(
            f"the font catalogue cannot be read: {problem}",
            code="font.catalog",
            where=str(path),
            hint="install publisher again",
        ) from problem


def _entry(table: dict[str, object], folder: Path) -> FontFile:
    values = dict(table)
    values.pop("units")
    faces = values.pop("faces", {})
    if not isinstance(faces, dict):
        raise TypeError("faces is not a table")
    path = folder / str(values.pop("file"))
    return FontFile(path=path, faces=tuple(faces.items()), **values)  # type: ignore[arg-type]


def with_user_fonts(catalog: Catalog, paths: Iterable[str | Path], report: Report) -> Catalog:
    """The catalogue with a user's font files, or the font files of a user's folders, behind.

    A file that is named must be good; a bad file met in a folder is reported and left out.

    Raises:
        FontError: A path does not exist, or a named file is no font or may not be embedded.
    """
    from publisher.events import Diagnostic
    from publisher.faces.userfonts import read_font_file

    found: list[FontFile] = []
    for given in paths:
        path = Path(given).expanduser()
        if os.path.isdir(path):  # noqa: PTH112 - False for what may not be looked at
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in FONT_SUFFIXES)
            for file in inside:
                try:
                    found += read_font_file(file)
                except FontError as problem:
                    report(
                        Diagnostic(
                            "font.skipped",
                            "warning",
                            args=(("reason", problem.message),),
                            source=str(file),
                        )
                    )
        else:
            found += read_font_file(path)
    return Catalog(catalog.files + tuple(_distinct(found))) if found else catalog


def _distinct(files: list[FontFile]) -> list[FontFile]:
    """Files with the same PostScript name get a number, so that ids stay unique."""
    counts: dict[str, int] = {}
    named: list[FontFile] = []
    for file in files:
        number = counts[file.id] = counts.get(file.id, 0) + 1
        named.append(file if number == 1 else file._replace(id=f"{file.id}#{number}"))
    return named
