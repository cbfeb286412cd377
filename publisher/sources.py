"""What the sources of a run are: files, folders, archives, lists of contents, addresses."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from publisher import registry
from publisher.config import FILE_NAME
from publisher.errors import SourceError
from publisher.readers.neighbours import scheme_of
from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.settings import Settings

_NUMBERS: Final = re.compile(r"(\d+)")
_MAX_FILES: Final = 100_000
_SUMMARY: Final = "summary.md"  # of mdBook and GitBook
_LISTS: Final = ("bullet_list_open", "ordered_list_open")
# How a report on lines, changes or faces begins; see `reports`.
_REPORT: Final = re.compile(
    rb'\{\s*"schema": "publisher-(?:lines|changes|glyphs)/|[^\n]+: [0-9,]+ '
    rb"(?:lines?, [0-9,]+ pages?|places|characters; other faces draw [0-9,]+, none draws [0-9,]+)\n"
)
_HEAD: Final = 1000  # bytes
# The file beside the outputs of a batch that says what is done; see `batch.ledger`.
LEDGER_NAME: Final = ".publisher-ledger.jsonl"
MAX_LEDGER: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A source.

    Attributes:
        path: The file, an archive that holds it, or the last part of its address.
        name: What the user knows it by.
        root: The folder that its pictures must lie in.
        member: Its name in the archive; empty for a file of its own.
        address: Where it is fetched from; empty for what is on disk.
        part: The part of a volume that a list of contents puts it in.
        depth: How deep that list sets it under the chapters before it.
    """

    path: Path
    name: str
    root: Path
    member: str = ""
    address: str = ""
    part: str = ""
    depth: int = 0

    @property
    def stem(self) -> str:
        """Its plain name without suffix, for outputs."""
        return Path(self.member or self.path).stem

    @property
    def suffix(self) -> str:
        """The suffix of its name."""
        return Path(self.member or self.path).suffix


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key under which 2 comes before 10 and full-width digits count as digits."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(
        (0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part)
        for part in _NUMBERS.split(folded)
        if part
    )


def find_sources(paths: Sequence[Path | str], settings: Settings) -> list[SourceFile]:
    """The sources that `paths` stand for: files, folders and archives in natural order, addresses.

    Raises:
        SourceError: A path does not exist, or a folder or an archive holds no source.
    """
    found: list[SourceFile] = []
    for given in paths:
        if isinstance(given, str) and scheme_of(given) in ("http", "https"):
            found.append(_at_address(given))
            continue
        path = Path(given)
        try:
            found += _on_disk(path, settings)
        except OSError as problem:
            raise SourceError(
                f"cannot be read: {problem.strerror or problem}",
                code="source.unreadable",
                where=problem.filename or str(path),
                hint="check its name, and who may read it",
            ) from problem
    return found


def _on_disk(path: Path, settings: Settings) -> list[SourceFile]:
    """The sources that a file or a folder is.

    Raises:
        OSError: It may not be looked at, or can have no such name.
    """
    if path.is_file() and path.suffix.lower() == ".zip":
        return _in_archive(path, settings)
    if path.is_file() and path.name.casefold() == _SUMMARY:
        return _by_summary(path, path.parent)
    if path.is_dir():
        return _in_folder(path, settings)
    if path.exists():
        return [SourceFile(path, str(path), path.parent)]
    if path.is_symlink():
        raise SourceError(
            "is a link that leads nowhere",
            code="source.missing",
            where=str(path),
            hint="mend the link",
        )
    if str(path) == "-":
        raise SourceError(
            "is no file; sources are not read from a pipe",
            code="source.missing",
            where="-",
            hint="save the text in a file",
        )
    raise SourceError(
        "does not exist",
        code="source.missing",
        where=str(path),
        hint=_near(path) or "check the path",
    )


def _at_address(address: str) -> SourceFile:
    try:
        parts = urlsplit(address)
    except ValueError as problem:
        raise SourceError(
            "is no valid address", code="source.address", where=address, hint="check it"
        ) from problem
    name = unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or "page"
    return SourceFile(Path(name), address, Path(), address=address)


def _near(path: Path) -> str:
    import difflib

    try:
        names = [p.name for p in path.parent.iterdir()]
    except (OSError, ValueError):
        return ""
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.7)
    return f"did you mean {path.parent / near[0]}?" if near else ""


def _in_folder(folder: Path, settings: Settings) -> list[SourceFile]:
    patterns = settings.input.files
    if patterns:
        files = [match for pattern in patterns for match in _matches(folder, pattern)]
    elif (summary := _summary_of(folder)) is not None:
        return _by_summary(summary, folder)
    else:
        outputs = Path(settings.output.folder)
        # A configuration's own folder is where its outputs start from.
        own = (folder / FILE_NAME).is_file()
        files = _walk(folder, {outputs.resolve(), (folder / outputs if own else outputs).resolve()})
        reports = _reports(folder, settings)
        files = [file for file in files if not reports or file.resolve() not in reports]
    if not files:
        suffixes = ", ".join(sorted(registry.source_suffixes()))
        raise SourceError(
            "the folder holds no source",
            code="source.empty-folder",
            where=str(folder),
            hint=f"publisher looks for {suffixes}",
        )
    real = folder.resolve()
    for file in files:
        if file.is_symlink() and not file.resolve().is_relative_to(real):
            raise SourceError(
                "is a link out of the folder",
                code="source.outside",
                where=str(file),
                hint="give the file itself as a source, or copy it",
            )
    return [SourceFile(file, str(file), folder) for file in files]


def _walk(folder: Path, outputs: set[Path]) -> list[Path]:
    """The sources in a folder and below; what was made there before is none.

    Those are files that a ledger names, and the folder that outputs go to.
    """
    suffixes = registry.source_suffixes()
    away = {path.name for path in outputs}
    files: list[Path] = []
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        folders[:] = sorted(
            (
                f
                for f in folders
                if not f.startswith((".", "_"))
                and not (here / f / LEDGER_NAME).exists()
                and (f not in away or (here / f).resolve() not in outputs)
            ),
            key=natural_key,
        )
        made = _made(here / LEDGER_NAME) if LEDGER_NAME in names else frozenset()
        files += [
            here / name
            for name in sorted(names, key=natural_key)
            if not name.startswith((".", "_"))
            and name not in made
            and Path(name).suffix.lower() in suffixes
            and Path(name).stem.casefold() != "readme"
        ]
        if len(files) > _MAX_FILES:
            raise SourceError(
                f"holds more than {_MAX_FILES} sources", where=str(folder), hint="split the folder"
            )
    return files


def _made(ledger: Path) -> frozenset[str]:
    """The names of the outputs that a ledger has; of a ledger that is none of ours, none."""
    import json

    found: set[str] = set()
    try:
        if not ledger.is_file() or ledger.stat().st_size > MAX_LEDGER:
            return frozenset()
        for line in ledger.read_bytes().splitlines():
            with contextlib.suppress(ValueError, TypeError, KeyError, IndexError, RecursionError):
                found |= {row[1] for row in json.loads(line)["outputs"]}
    except OSError:
        pass
    return frozenset(found)


def _reports(folder: Path, settings: Settings) -> set[Path]:
    """Files of reports that a run before has left where this one is to write them."""
    output = settings.output
    found = set()
    for name in (output.pdf.line_report, output.text_report, output.glyph_report):
        for base in (Path(), folder) if name else ():
            with contextlib.suppress(OSError), (base / name).open("rb") as file:
                if _REPORT.match(file.read(_HEAD)):
                    found.add((base / name).resolve())
    return found


def _matches(folder: Path, pattern: str) -> list[Path]:
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        raise SourceError(
            f"{pattern!r} leads out of the folder", code="source.outside", where=str(folder)
        )
    found = [p for p in folder.glob(pattern) if p.is_file()]
    if not found:
        raise SourceError(
            f"no file matches {pattern!r}",
            code="source.missing",
            where=str(folder),
            hint="check input.files in publisher.toml",
        )
    return sorted(found, key=lambda p: natural_key(p.as_posix()))


# ------------------------------------------------------------------------------------ archives


def _in_archive(path: Path, settings: Settings) -> list[SourceFile]:
    """The articles in a zip archive, in natural order.

    Raises:
        SourceError: It is damaged or a threat, or holds no article.
    """
    from publisher.readers.archive import Archive

    limit = settings.input.max_bytes
    try:
        if path.stat().st_size > limit:
            raise SourceError("is too large", code="source.too-large", where=str(path))
        archive = Archive(path.read_bytes(), str(path), limit)
    except OSError as problem:
        raise SourceError(
            f"cannot be read: {problem.strerror}", code="source.unreadable", where=str(path)
        ) from problem
    suffixes = registry.source_suffixes()
    members = [
        member
        for member in archive
        if Path(member).suffix.lower() in suffixes
        and not any(part.startswith((".", "_")) for part in Path(member).parts)
        and Path(member).stem.casefold() != "readme"
    ]
    if not members:
        nested = any(member.lower().endswith(".zip") for member in archive)
        hint = f"publisher looks for {', '.join(sorted(suffixes))}"
        raise SourceError(
            "holds no article",
            code="source.empty-archive",
            where=str(path),
            hint="unpack the archives in it first" if nested else hint,
        )
    members.sort(key=lambda member: [natural_key(part) for part in Path(member).parts])
    return [SourceFile(path, f"{path}:{member}", path.parent, member) for member in members]


# --------------------------------------------------------------------------- lists of contents


def _summary_of(folder: Path) -> Path | None:
    """The list of contents in a folder of Markdown, or in its ``src``."""
    for place in (folder, folder / "src"):
        try:
            names = sorted(place.iterdir()) if place.is_dir() else []
        except OSError:
            continue
        found = next((p for p in names if p.name.casefold() == _SUMMARY and p.is_file()), None)
        if found is not None:
            return found
    return None


def _by_summary(summary: Path, root: Path) -> list[SourceFile]:
    """The files that a list of contents names, in its order, with their parts and depths.

    Entries without a file (drafts) are passed over; headings are parts (mdBook's manual).

    Raises:
        SourceError: It names a file that is not there or outside, or none at all.
    """
    from markdown_it import MarkdownIt

    try:
        text = summary.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or "it is not UTF-8"
        raise SourceError(f"cannot be read: {reason}", where=str(summary)) from problem
    found: list[SourceFile] = []
    seen: set[Path] = set()
    part, depth, heads = "", 0, 0
    tokens = MarkdownIt("commonmark").parse(text)
    for at, token in enumerate(tokens):
        if token.type in _LISTS:
            depth += 1
        elif token.type.endswith("list_close"):
            depth -= 1
        elif token.type == "heading_open":
            heads += 1
            title = (tokens[at + 1].content or "").strip()
            part = "" if heads == 1 and not found else title
        for child in token.children or ():
            address = str(child.attrGet("href") or "") if child.type == "link_open" else ""
            address = unquote(address).partition("#")[0]
            if not address or scheme_of(address):
                continue
            line = token.map[0] + 1 if token.map else 0
            path = _named(summary, root, address, line)
            if path not in seen:
                seen.add(path)
                place = SourceFile(path, str(path), root, part=part, depth=max(depth - 1, 0))
                found.append(place)
    if not found:
        raise SourceError(
            "names no file",
            code="source.empty-folder",
            where=str(summary),
            hint="list the chapters",
        )
    return found


def _named(summary: Path, root: Path, address: str, line: int) -> Path:
    path = summary.parent / address
    where = f"{summary}:{line}"
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except (OSError, ValueError):  # no file can have such a name
        inside = True
    if not inside:
        raise SourceError(
            f"{address!r} leads out of the folder", code="source.outside", where=where
        )
    if not os.path.isfile(path):  # noqa: PTH113 - False for any name
        raise SourceError(
            f"names {address!r}, which is not there",
            code="source.missing",
            where=where,
            hint=_near(path) or "check the list",
        )
    return path
