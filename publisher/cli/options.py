"""Options that several commands share: how sources are read and what is done to the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

_PLAIN = {
    "title": "book.title",
    "subtitle": "book.subtitle",
    "lang": "book.language",
    "date": "book.date",
    "cover": "book.cover",
    "writing_mode": "book.writing_mode",
    "theme": "theme.name",
    "encoding": "input.encoding",
    "from_format": "input.format",
    "to": "convert.to",
    "outline": "input.outline",
}


def add_source_arguments(parser: argparse.ArgumentParser) -> None:
    """Options about sources, metadata, theme and script."""
    add = parser.add_argument
    add("--config", metavar="FILE", help="configuration file (publisher.toml beside the source)")
    add("--from", dest="from_format", metavar="FORMAT", help="source format; see formats")
    add("--encoding", metavar="NAME", help="encoding of text sources, such as gb18030")
    add(
        "--chapter-pattern",
        action="append",
        metavar="REGEX",
        help="what chapter headings of a text look like; a second one for the level below",
    )
    add("--outline", metavar="FILE", help="headings of a text, as publisher outline writes them")
    add("--to", metavar="TAG", help="convert Chinese to zh-Hans, zh-Hant, zh-TW or zh-HK")
    add("--phrases", action="store_true", help="with --to: regional words too")
    add("--theme", metavar="NAME", help="name of a theme (see themes), or the path of a .toml file")
    add("--title", metavar="TEXT", help="title of the publication")
    add("--subtitle", metavar="TEXT", help="subtitle")
    add("--author", action="append", metavar="NAME", help="author; may be given again")
    add("--lang", metavar="TAG", help="language, such as zh-Hant, ja, ko")
    add("--date", metavar="DATE", help="date, such as 2025-12-22")
    add("--cover", metavar="FILE", help="cover picture")
    add("--writing-mode", metavar="MODE", help="horizontal, or vertical: columns right to left")
    add(
        "--vertical",
        dest="writing_mode",
        action="store_const",
        const="vertical",
        help="same as --writing-mode vertical",
    )


def source_options(options: argparse.Namespace) -> dict[str, Any]:
    """The options as values by dotted setting name; those not given are left out."""
    values: dict[str, Any] = {
        setting: value
        for name, setting in _PLAIN.items()
        if (value := getattr(options, name)) is not None
    }
    if str(values.get("theme.name", "")).endswith(".toml"):
        values["theme.file"] = values.pop("theme.name")
    if options.author:
        values["book.contributors"] = tuple((name, "author") for name in options.author)
    if options.chapter_pattern:
        values["input.chapter_patterns"] = tuple(options.chapter_pattern)
    if options.phrases:
        values["convert.phrases"] = True
    return values
