"""Options that several commands share: how sources are read and what is done to the text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.readers.neighbours import scheme_of

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
    "terms": "convert.words",
    "ruby": "annotate.ruby",
    "ruby_scope": "annotate.scope",
    "ruby_known": "annotate.known",
    "ruby_corrections": "annotate.corrections",
    "repair": "repair.mode",
    "repair_words": "repair.words",
    "punctuation": "punctuation.mode",
    "outline": "input.outline",
}


_SWITCHES = {
    "phrases": "convert.phrases",
    "fetch_images": "network.fetch_images",
    "join_pages": "network.join_pages",
    "allow_private_addresses": "network.allow_private",
    "offline": "network.offline",
}


def source_place(given: str) -> Path | str:
    """A source as it is given: an address as it is, anything else as a path."""
    return given if scheme_of(given) in ("http", "https") else Path(given)


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
    add("--fetch-images", action="store_true", help="fetch pictures that are on the network")
    add(
        "--join-pages", action="store_true", help="read the pages that follow a web article's first"
    )
    add(
        "--allow-private-addresses",
        action="store_true",
        help="let addresses lead to hosts of your own network",
    )
    add(
        "--offline", action="store_true", help="ask nothing of the network; pictures from the cache"
    )
    add(
        "--repair",
        metavar="MODE",
        help="Traditional text that a machine converted wrongly: off, suggest, safe or apply",
    )
    add("--repair-words", metavar="FILE", help="words that overrule the program's, one a line")
    add("--to", metavar="TAG", help="convert Chinese to zh-Hans, zh-Hant, zh-TW or zh-HK")
    add("--phrases", action="store_true", help="with --to: regional words too")
    add(
        "--punctuation",
        metavar="MODE",
        help="marks as the language has them: suggest, safe (what is certain), apply, or off",
    )
    add("--terms", metavar="FILE", help="with --to: terms and their forms, 软件 = 軟體 a line")
    add("--ruby", metavar="KIND", help="set readings: pinyin, zhuyin, jyutping or furigana")
    add("--ruby-scope", metavar="SCOPE", help="all, first (occurrences) or unknown (words)")
    add("--ruby-known", metavar="FILE", help="words that need no reading, one a line")
    add("--ruby-corrections", metavar="FILE", help="readings of your own, 重慶 = chóng qìng a line")
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
    for name, setting in _SWITCHES.items():
        if getattr(options, name):
            values[setting] = True
    if options.chapter_pattern:
        values["input.chapter_patterns"] = tuple(options.chapter_pattern)
    return values
