"""Whether a job would give what it gave before: a digest of all that it depends on.

That is the content of its sources, of every file that its settings name, the settings themselves,
the program and the libraries that make the outputs, and the fixed date. The files that a source
pulls in are only known when it has been read; the ledger keeps them with their digests.
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.batch.work import file_digest
from publisher.config import FILES, setting
from publisher.settings import BatchSettings
from publisher.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.environment import Environment
    from publisher.job import Job
    from publisher.settings import Settings

# What has a say in the bytes of an output, or in its text.
_LIBRARIES = (
    "reportlab", "EbookLib", "python-docx", "opencc", "uharfbuzz", "lxml", "Pillow", "resvg-py",
    "pikepdf", "markdown-it-py", "mdit-py-plugins", "charset-normalizer", "budoux", "pyphen",
    "trafilatura", "pypinyin", "ToJyutping", "fugashi", "unidic-lite",
)  # fmt: skip


class Fingerprints:
    """Fingerprints of the jobs of a run; each file is looked at once.

    Args:
        environment: Whose fixed date counts.
    """

    def __init__(self, environment: Environment) -> None:
        self._fixed = repr((_program(), environment.epoch, environment.epoch_given))
        self._digests: dict[str, str] = {}
        self._settings: dict[int, tuple[Settings, str]] = {}

    def of(self, job: Job) -> str:
        """The job's fingerprint: 64 hexadecimal digits."""
        forced = sorted(name for name in job.forced if name.startswith("book."))
        parts = [self._fixed, job.name, job.title, repr(forced), str(job.base or "")]
        parts.append(self._of_settings(job))
        for group in job.groups:
            parts.append(group.title)
            for file in group.files:
                parts += [file.name, file.member, file.address, file.part, str(file.depth)]
                parts.append(file.address or self.digest(str(file.path)))
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def digest(self, path: str) -> str:
        """The digest of a file as it is now, or as it was when it was first asked for."""
        known = self._digests.get(path)
        if known is None:
            known = self._digests[path] = file_digest(path)
        return known

    def unchanged(self, reads: Mapping[str, str]) -> bool:
        """True when files still have the digests that they were read with."""
        return all(self.digest(path) == digest for path, digest in reads.items())

    def _of_settings(self, job: Job) -> str:
        """The settings that reach an output, with the content of the files they name."""
        known = self._settings.get(id(job.settings))
        if known is None:
            settings = job.settings
            output = replace(settings.output, folder="", overwrite=True, text_report="")
            told = repr(replace(settings, batch=BatchSettings(), output=output))
            files = [f"{name}={self.digest(name)}" for name in named_files(settings, job.base)]
            # Kept with the settings, so that no others get their number.
            known = self._settings[id(settings)] = settings, "\0".join([told, *files])
        return known[1]


def is_volatile(job: Job) -> bool:
    """True for a job whose outcome hangs on what the network gives on the day."""
    addressed = any(file.address for group in job.groups for file in group.files)
    return addressed or job.settings.network.fetch_images


def named_files(settings: Settings, base: Path | None, *, fonts: bool = True) -> Iterator[str]:
    """The files that settings name: lists of words, outlines, themes, and with `fonts` those."""
    for name in FILES:
        if value := setting(settings, name):
            yield value
    if settings.theme.file:
        from publisher.theme.load import theme_files

        file = Path(settings.theme.file)
        yield from map(str, theme_files(base / file if base is not None else file))
    for place in settings.fonts.paths if fonts else ():
        if os.path.isdir(place):  # noqa: PTH112 - strings all along
            yield from sorted(str(p) for p in Path(place).rglob("*") if p.is_file())
        else:
            yield place


@cache
def _program() -> tuple[str, ...]:
    """This program's version, Python's and the libraries'."""
    from importlib.metadata import PackageNotFoundError, version

    def of(name: str) -> str:
        try:
            return f"{name} {version(name)}"
        except PackageNotFoundError:
            return name

    python = ".".join(map(str, sys.version_info[:3]))
    return (__version__, python, *(of(name) for name in _LIBRARIES))
