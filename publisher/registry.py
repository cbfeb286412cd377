"""Formats by name: a built-in table of strings, entry points for names that are not in it.

Nothing is imported until it is used, and listing formats imports nothing at all.
"""

from __future__ import annotations

import difflib
import importlib
from typing import TYPE_CHECKING, Any, cast

from publisher.errors import ConfigError, PluginError, UnsupportedFormat
from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.readers.base import Reader
    from publisher.writers.base import Writer


@dataclass(frozen=True, slots=True)
class ReaderEntry:
    """A reader that can be had: where it is and which suffixes it takes."""

    name: str
    place: str
    suffixes: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class WriterEntry:
    """A writer that can be had."""

    name: str
    place: str
    suffix: str
    about: str


READERS: Mapping[str, ReaderEntry] = {
    entry.name: entry
    for entry in (
        ReaderEntry(
            "text",
            "publisher.readers.plain.reader:PlainReader",
            (".txt", ".text"),
            "plain text in any East Asian encoding; scraped articles",
        ),
        ReaderEntry(
            "aozora",
            "publisher.readers.aozora.reader:AozoraReader",
            (),
            "Japanese text in Aozora Bunko's notation",
        ),
        ReaderEntry(
            "markdown",
            "publisher.readers.markdown.reader:MarkdownReader",
            (".md", ".markdown", ".mkd"),
            "Markdown with front matter, tables, notes, ruby",
        ),
        ReaderEntry(
            "html",
            "publisher.readers.html.reader:HtmlReader",
            (".html", ".htm", ".xhtml"),
            "HTML files; the article of a saved web page",
        ),
        ReaderEntry(
            "mhtml",
            "publisher.readers.mhtml:MhtmlReader",
            (".mhtml", ".mht"),
            "web pages saved in one file",
        ),
        ReaderEntry(
            "epub",
            "publisher.readers.epub.reader:EpubReader",
            (".epub",),
            "EPUB 2 and 3 without DRM",
        ),
        ReaderEntry(
            "feed",
            "publisher.readers.feed:FeedReader",
            (".rss", ".atom", ".xml"),
            "RSS and Atom feeds, an entry a chapter",
        ),
        ReaderEntry(
            "docx",
            "publisher.readers.docx.reader:DocxReader",
            (".docx", ".docm"),
            "Word files (.docx)",
        ),
        ReaderEntry(
            "tree",
            "publisher.readers.tree_json:TreeReader",
            (".json", ".jsonl"),
            "publisher's own tree as JSON or JSON Lines",
        ),
    )
}
WRITERS: Mapping[str, WriterEntry] = {
    entry.name: entry
    for entry in (
        WriterEntry(
            "pdf", "publisher.writers.pdf.writer:PdfWriter", ".pdf", "printable, fonts embedded"
        ),
        WriterEntry(
            "epub", "publisher.writers.epub.writer:EpubWriter", ".epub", "EPUB 3.3 for e-readers"
        ),
        WriterEntry(
            "docx", "publisher.writers.docx.writer:DocxWriter", ".docx", "Word, to go on editing"
        ),
    )
}
READER_GROUP, WRITER_GROUP = "publisher.readers", "publisher.writers"

# What a file may be that no reader takes, and what to do about it.
_KNOWN_OTHERS = {
    ".pdf": "PDF files are not read; give the text, Markdown or HTML it was made from",
    ".doc": "save it as .docx first",
}


def reader_for_suffix(suffix: str) -> str:
    """The name of the reader that takes files with this suffix, or an empty string."""
    lowered = suffix.lower()
    for entry in READERS.values():
        if lowered in entry.suffixes:
            return entry.name
    for name, point in _entry_points(READER_GROUP).items():
        reader = _load(point, name)
        if lowered in getattr(reader, "suffixes", ()):
            return name
    return ""


def reader_for_media_type(media_type: str) -> str:
    """The name of the built-in reader for a media type that says it plainly; empty for others."""
    plain = {"text/html": "html", "application/xhtml+xml": "html", "application/epub+zip": "epub"}
    plain["text/markdown"] = "markdown"
    feeds = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")
    plain |= dict.fromkeys(feeds, "feed")
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {**plain, word: "docx"}.get(media_type, "")


def source_suffixes() -> frozenset[str]:
    """Suffixes of all built-in readers that a folder is searched for.

    JSON and XML are left out: a folder holds all sorts of them, so a tree or feed has to be named.
    """
    others = frozenset(["tree", "feed"])
    return frozenset(s for e in READERS.values() if e.name not in others for s in e.suffixes)


def reader(name: str) -> Reader:
    """The reader of this name, ready to use.

    Raises:
        ConfigError: There is none.
        PluginError: A plug-in of that name cannot be loaded.
    """
    entry = READERS.get(name)
    if entry is not None:
        return cast("Reader", _built_in(entry.place))
    return cast("Reader", _plugin(READER_GROUP, name, READERS, "source format"))


def writer(name: str) -> Writer:
    """The writer of this name, ready to use; raises like `reader`."""
    entry = WRITERS.get(name)
    if entry is not None:
        return cast("Writer", _built_in(entry.place))
    return cast("Writer", _plugin(WRITER_GROUP, name, WRITERS, "output format"))


def unsupported(suffix: str, where: str) -> UnsupportedFormat:
    """The error for a file that no reader takes."""
    hint = _KNOWN_OTHERS.get(suffix.lower(), "")
    if not hint:
        known = ", ".join(s for e in READERS.values() for s in e.suffixes)
        hint = f"publisher reads {known}; --from text reads it as plain text all the same"
    shown = f"{suffix} files" if suffix else "files without a suffix"
    return UnsupportedFormat(f"no reader takes {shown}", where=where, hint=hint)


def plugin_names() -> list[tuple[str, str]]:
    """(name, kind) of the plug-ins installed, found without importing them."""
    groups = ((READER_GROUP, "source format"), (WRITER_GROUP, "output format"))
    return [(name, kind) for group, kind in groups for name in _entry_points(group)]


def _built_in(place: str) -> Any:
    module, _, attribute = place.partition(":")
    return getattr(importlib.import_module(module), attribute)()


def _entry_points(group: str) -> dict[str, Any]:
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group=group)}


def _plugin(group: str, name: str, table: Mapping[str, object], kind: str) -> Any:
    points = _entry_points(group)
    if name not in points:
        known = [*table, *points]
        near = difflib.get_close_matches(name, known, n=1)
        raise ConfigError(
            f"there is no {kind} {name!r}",
            code="config.format",
            hint=f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}",
        )
    return _load(points[name], name)


def _load(point: Any, name: str) -> Any:
    try:
        return point.load()()
    except Exception as problem:  # a plug-in may fail in any way; the user needs its name
        distribution = point.dist.name if point.dist is not None else "unknown"
        raise PluginError(
            f"plug-in {name!r} of package {distribution} cannot be loaded: {problem}",
            hint=f"update or uninstall {distribution}",
        ) from problem
