"""The documents that whole runs are judged by, and their outputs, each made once a test session."""

from __future__ import annotations

import fcntl
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import publisher
from publisher.environment import Environment, ResourceStore
from publisher.events import ignore
from publisher.job import Workshop
from publisher.output import write_output
from publisher.registry import writer
from publisher.settings import Settings, ThemeSettings
from publisher.stages import lay_out, open_faces, sheet_for, transform
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Attr, Section
from publisher.writers.base import WriteRequest
from tests.conftest import ROOT, SHARED
from tests.tools.four_languages import LANGUAGES, WORDS, everything, inl, par

if TYPE_CHECKING:
    from pathlib import Path

EPOCH = 1_735_689_600  # 2025-01-01T00:00:00Z
FORMATS = ("pdf", "epub", "docx")
SUFFIXES = (".txt", ".md", ".html")

SEED = "seed"
NOVEL = "novel"
NOVEL_HANT = "novel-hant"
HEADINGS = "headings"
EVERY = tuple(f"every-{language}" for language in LANGUAGES)
# The same in vertical lines.
UPRIGHT = tuple(f"upright-{language}" for language in ("zh-Hant", "ja"))
SAMPLES = tuple(sorted(p.stem for p in (ROOT / "sources").iterdir() if p.suffix in SUFFIXES))
BATCH = tuple(f"batch-{number:03}" for number in range(20))
SHARED_FILES = {
    SEED: "sources/000_36e689250a359071.txt",
    NOVEL: "corpus/novel-hans.md",
    NOVEL_HANT: "corpus/novel-hant.md",
    **{name: f"corpus/batch/{name[6:]}-hans.md" for name in BATCH},
}


class Made(NamedTuple):
    """A document after all transforms, and the files made of it."""

    name: str
    document: Document
    pdf: Path
    epub: Path
    docx: Path


def is_there(name):
    """False for a case whose source is not beside this checkout, or that cannot be set."""
    if name in UPRIGHT:
        document, _ = document_of(name)
        return sheet_for(document, settings_of(name), None).vertical
    return name not in SHARED_FILES or (SHARED / SHARED_FILES[name]).is_file()


@cache
def workshop():
    """One font store for all documents of a process."""
    return Workshop(Environment(epoch=EPOCH))


@cache
def document_of(name):
    """The document of a case after all transforms, and its pictures."""
    if name in (*EVERY, *UPRIGHT):
        document, resources = everything(name.partition("-")[2])
        return transform(document, Settings(), ignore), resources
    if name == HEADINGS:
        return transform(many_headings(), Settings(), ignore), ResourceStore()
    if name in SHARED_FILES:
        path = SHARED / SHARED_FILES[name]
    else:
        path = next(p for p in (ROOT / "sources").iterdir() if p.stem == name)
    reading = publisher.read(path)
    return reading.document, reading.resources


def settings_of(name):
    """The settings that a case is made with."""
    if name in UPRIGHT:
        return Settings(theme=ThemeSettings(overrides=(("writing-mode", "vertical"),)))
    return Settings()


def many_headings(count=300):
    """Sections of three levels and uneven length, so that headings stand anywhere on a page."""
    words = WORDS["zh-Hans"]

    def leaf(number, level, *blocks):
        texts = (par(words.prose[:60]),) * (1 + number * 7 % 5)
        ident = f"h{number}"
        return Section(
            level, inl(f"{words.term}第{number}节"), (*texts, *blocks), attr=Attr(id=ident)
        )

    chapters = []
    for first in range(0, count, 10):
        inner = [
            leaf(first + 5 * n, 2, *(leaf(first + 5 * n + k, 3) for k in range(1, 5)))
            for n in (0, 1)
        ]
        head, *others = inner
        chapters.append(leaf(first, 1, *head.blocks[1:], *others))
    return Document(Metadata(title=inl(words.title), language="zh-Hans"), tuple(chapters))


def word_labels(name):
    """The label of the page of the Word file on which each id stands, by the layout made for it."""
    document, resources = document_of(name)
    settings = settings_of(name) or Settings()
    sheet = writer("docx").sheet(sheet_for(document, settings, None), settings)
    faces = open_faces(workshop(), document, settings, ignore)
    made = lay_out(document, sheet, faces, resources, settings, ignore, drawn=False).pagination
    return {name: made.labels[page] for name, page in made.page_of.items()}


def make(name, folder):
    """All files of a case in `folder`, made by the first who asks, in any process."""
    document, resources = document_of(name)
    made = Made(name, document, *(folder / f"{name}.{kind}" for kind in FORMATS))
    folder.mkdir(exist_ok=True)
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / f"{name}.done"
        if not done.exists():
            write_all(document, resources, folder / name, settings_of(name))
            done.touch()
    return made


def write_all(document, resources, stem, settings=None, kinds=FORMATS, report=ignore):
    """Writes a document in several formats, with one layout for each sheet, as a run does."""
    settings = settings or Settings()
    shop = workshop()
    sheet = sheet_for(document, settings, None)
    faces = open_faces(shop, document, settings, report)
    printed = lay_out(document, sheet, faces, resources, settings, report, drawn=True)
    for kind in kinds:
        target = stem.with_name(f"{stem.name}.{kind}")
        own = writer(kind).sheet(sheet, settings)
        laid_out = printed
        if own is not sheet:
            laid_out = lay_out(document, own, faces, resources, settings, ignore, drawn=False)
        request = WriteRequest(
            document, own, settings, faces, resources, laid_out, shop.environment, target, report
        )
        write_output(writer(kind).write, request)
