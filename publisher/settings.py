"""Settings as frozen records, one for each table of ``publisher.toml`` (schema 1). No I/O here.

Field names are the TOML keys with underscores for hyphens; the defaults here are the program's
defaults. Merging order: defaults < theme < file < source front matter < command line.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from publisher.record import Record, dataclass

Toml: TypeAlias = "str | int | float | bool | list[Toml] | dict[str, Toml]"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BookSettings(Record):
    """``[book]``: metadata of the publication; empty values leave what the sources say.

    `contributors` are (name, role) pairs. `cover` is a picture file beside the configuration.
    `writing_mode` is ``horizontal`` or ``vertical``; empty leaves it to the theme.
    """

    title: str = ""
    subtitle: str = ""
    contributors: tuple[tuple[str, str], ...] = ()
    language: str = ""
    identifier: str = ""
    date: str = ""
    publisher: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    series: str = ""
    series_position: str = ""
    rights: str = ""
    cover: str = ""
    writing_mode: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PartSettings(Record):
    """One ``[[book.parts]]``: a titled group of source files, in order."""

    title: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class InputSettings(Record):
    """``[input]``: which sources, in which order, and how they are read.

    `max_bytes` is the largest source read; `max_line` the longest line (characters) that plain
    text and Markdown may hold; `max_pixels` the largest picture decoded. `keep_comments` makes
    notes of the comments in Word files. `outline` is a file with the headings of a plain text (see
    ``publisher outline``); `chapter_patterns` are regular expressions of its headings, by level.
    """

    files: tuple[str, ...] = ()
    format: str = ""
    encoding: str = ""
    parts: tuple[PartSettings, ...] = ()
    drop_furniture: bool = True
    keep_comments: bool = True
    outline: str = ""
    chapter_patterns: tuple[str, ...] = ()
    max_bytes: int = 256 * 1024 * 1024
    max_line: int = 4_000_000
    max_pixels: int = 120_000_000


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NetworkSettings(Record):
    """``[network]``: what is fetched, and how far.

    Nothing is, unless a source is an address or `fetch_images` is on. `join_pages` reads the pages
    that follow an article's first as well. `allow_private` lets addresses lead to hosts of the own
    network. `offline` takes pictures from the cache only. `timeout` is in seconds, for a page or
    picture with all its redirects; `max_bytes` is their size, expanded.
    """

    fetch_images: bool = False
    join_pages: bool = False
    allow_private: bool = False
    offline: bool = False
    timeout: int = 30
    max_bytes: int = 50 * 1024 * 1024
    max_redirects: int = 8
    max_pages: int = 30


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ConvertSettings(Record):
    """``[transform.convert]``: Chinese script conversion; an empty `to` means none.

    `to` is ``zh-Hans``, ``zh-Hant``, ``zh-TW`` or ``zh-HK``. `phrases` also changes regional
    words (软件 to 軟體). `protect` are strings that stay as they are; `words` is a file of terms
    with their forms in the target.
    """

    to: str = ""
    phrases: bool = False
    protect: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RepairSettings(Record):
    """``[transform.repair]``: Traditional text that a machine converted wrongly.

    `mode` is ``off``, ``suggest`` (report only), ``safe`` (mend what is certain) or ``apply``.
    `words` is a file of words that overrule the program's own.
    """

    mode: str = "suggest"
    words: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PunctuationSettings(Record):
    """``[transform.punctuation]``: marks as the language of the text has them.

    `mode` is ``off``, ``suggest`` (report only), ``safe`` (mend what is certain) or ``apply``.
    """

    mode: str = "off"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AnnotateSettings(Record):
    """``[transform.annotate]``: readings as ruby; an empty `ruby` means none.

    `ruby` is ``pinyin``, ``zhuyin``, ``jyutping`` or ``furigana``. `scope` is ``all``, ``first``
    (the first occurrence of a word in the document) or ``unknown`` (words beyond `known`).
    `known` is a file of words that need no reading, `corrections` one of words and their readings.
    """

    ruby: str = ""
    scope: str = "all"
    known: str = ""
    corrections: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PreflightSettings(Record):
    """``[preflight]``: codes of checks by the level they are given here; others keep their own.

    `fail` are errors, which stop a build; `warn` are warnings; `ignore` are not reported.
    """

    fail: tuple[str, ...] = ()
    warn: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FontSettings(Record):
    """``[fonts]``: extra font files or folders, and family names that lead the built-in ones."""

    paths: tuple[str, ...] = ()
    serif: tuple[str, ...] = ()
    sans: tuple[str, ...] = ()
    mono: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PdfSettings(Record):
    """``[output.pdf]``.

    `standard` is ``archival`` (PDF/UA-1 and PDF/A-2a in one file) or ``none``: no tags, no claims.
    `line_report` is a file that takes a report on how lines were set; empty for none.
    With `right_to_left` the file of a book bound at the right tells viewers so, for spreads; but
    Chrome then copies its text in the wrong order.
    """

    toc: bool = True
    toc_depth: int = 3
    title_page: bool = True
    compress: bool = True
    standard: str = "archival"
    line_report: str = ""
    right_to_left: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EpubSettings(Record):
    """``[output.epub]``: `fonts` embeds subset fonts; `split_level` is the deepest file level.

    `reader` is ``generic``, ``kindle``, ``kobo`` or ``apple``: what the book's pictures, fonts and
    colours keep to. `page_list` marks where the printed pages begin: ``auto`` when a PDF is made in
    the same run, ``always`` or ``never``. `drawn_cover` draws one from title and authors where
    there is none. `conforms_to` and `certified_by` claim accessibility: the standard that was met
    ("EPUB Accessibility 1.1 - WCAG 2.1 Level AA"), and who evaluated the book.
    """

    fonts: bool = True
    split_level: int = 1
    toc_depth: int = 3
    reader: str = "generic"
    page_list: str = "auto"
    drawn_cover: bool = True
    conforms_to: str = ""
    certified_by: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DocxSettings(Record):
    """``[output.docx]``.

    `reference` is a Word file that lends its styles, page, heads and feet, and numbering.
    `embed_fonts` is ``subset`` (the characters of the text), ``whole``, or empty for no fonts.
    `list_of_figures` and `list_of_tables` stand after the contents and name every caption.
    """

    toc: bool = True
    toc_depth: int = 3
    title_page: bool = True
    reference: str = ""
    embed_fonts: str = ""
    list_of_figures: bool = False
    list_of_tables: bool = False


FormatName: TypeAlias = Literal["pdf", "epub", "docx"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OutputSettings(Record):
    """``[output]``: where files go and what they are called (without suffix).

    `each` gives every source its own files instead of one volume. `editions` are language tags:
    a set of files for each, the tag in their names. `text_report` is a file that takes every change
    of the text that was made or proposed; empty for none. `glyph_report` is a file that takes the
    face of each character. `verify` reads finished files back and compares them with the tree.
    """

    folder: str = "output"
    name: str = ""
    each: bool = False
    formats: tuple[str, ...] = ("pdf", "epub", "docx")
    overwrite: bool = True
    editions: tuple[str, ...] = ()
    text_report: str = ""
    glyph_report: str = ""
    verify: bool = False
    pdf: PdfSettings = PdfSettings()
    epub: EpubSettings = EpubSettings()
    docx: DocxSettings = DocxSettings()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ThemeSettings(Record):
    """``[theme]``: a built-in name or a file, and overrides with the theme's own keys."""

    name: str = ""
    file: str = ""
    overrides: tuple[tuple[str, Toml], ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BatchSettings(Record):
    """``[batch]``: how many publications are made in one run (``--each``).

    `jobs` is the number of worker processes; 0 takes one a core, and none for a few articles.
    `executor` is ``process``, or ``dask`` for the cluster at `address`; with `send_files` sources
    go there with the jobs. A job may take `time_limit` seconds and `memory_limit` MiB; 0 sets no
    limit. `fail_fast` ends the run at the first failure, `fresh` makes again what stands already,
    `wait` is in seconds for another run that writes to the same folder.
    """

    jobs: int = 0
    executor: str = "process"
    address: str = ""
    send_files: bool = False
    time_limit: int = 600
    memory_limit: int = 4096
    fail_fast: bool = False
    fresh: bool = False
    wait: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Settings(Record):
    """Everything a job needs to know, merged."""

    book: BookSettings = BookSettings()
    input: InputSettings = InputSettings()
    network: NetworkSettings = NetworkSettings()
    repair: RepairSettings = RepairSettings()
    punctuation: PunctuationSettings = PunctuationSettings()
    convert: ConvertSettings = ConvertSettings()
    annotate: AnnotateSettings = AnnotateSettings()
    preflight: PreflightSettings = PreflightSettings()
    fonts: FontSettings = FontSettings()
    output: OutputSettings = OutputSettings()
    theme: ThemeSettings = ThemeSettings()
    batch: BatchSettings = BatchSettings()
    strict: bool = False
