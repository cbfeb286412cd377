"""The container: EbookLib's package document around our own files, in a zip with fixed bytes.

The only module that knows EbookLib, which is imported when a book is written. Its content classes
parse every chapter as HTML (entities and white space change, control characters become U+FFFD);
therefore every file goes in as a plain `EpubItem` with its bytes, and only once: it is written to
the zip when it is added, and the package document last, so that no more than one file is in memory.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self

from publisher.writers.archive import DEFLATED, FONT_LEVEL, LEVEL, STORED, FixedArchive

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from publisher.writers.epub.metadata import Entry

MIMETYPE: Final = b"application/epub+zip"
NCX: Final = "application/x-dtbncx+xml"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# Compressed already; deflating them again costs time and gains nothing.
_PACKED: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
# Apple Books shows embedded fonts only to those who say so.
_OPTIONS_FILE: Final = "META-INF/com.apple.ibooks.display-options.xml"
_OPTIONS: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n<display_options>\n<platform name="*">\n'
    '<option name="specified-fonts">true</option>\n</platform>\n</display_options>\n'
)
_IBOOKS: Final = "http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"


class Package:
    """An EPUB file being written; a context manager that closes the zip.

    Args:
        target: The file to write.
        modified: Time stamp of the book and of the zip's entries, UTC.
        uid: The book's identifier.
        language: BCP 47 tag of the package document.
        page_progression: ``ltr`` or ``rtl``.
    """

    def __init__(
        self,
        target: Path,
        modified: datetime,
        *,
        uid: str,
        language: str,
        page_progression: str,
    ) -> None:
        from ebooklib import epub

        self._epub = epub
        self._book: Any = epub.EpubBook()
        self._book.metadata = {}  # drops EbookLib's own name and its random identifier
        self._book.set_identifier(uid)
        self._book.set_direction(page_progression)
        self._language = language
        self._zip = FixedArchive(target, modified)
        self._writer = _writer(epub)(
            None,
            self._book,
            {
                "epub3_pages": False,  # EbookLib would list every note as a page
                "epub3_landmark": False,
                "epub2_guide": False,
                "raise_exceptions": True,
                "mtime": modified,
            },
        )
        self._writer.out = self._zip
        self._writer.package_language = language
        self._zip.writestr("mimetype", MIMETYPE, STORED)
        self._writer._write_container()  # noqa: SLF001 - EbookLib writes all at once or by parts

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.__exit__(kind, problem, trace)

    def metadata(self, entries: Iterable[Entry]) -> None:
        """Adds metadata elements, in this order within each element name."""
        for entry in entries:
            attributes = {
                _XML_LANG if name == "xml:lang" else name: value for name, value in entry.attributes
            }
            space = None if entry.name == "meta" else "DC"
            self._book.add_metadata(space, entry.name, entry.value, attributes)

    def specified_fonts(self, *, options_file: bool) -> None:
        """Says that the book brings its fonts; some versions of Apple Books read the file only."""
        if options_file:
            self._zip.writestr(_OPTIONS_FILE, _OPTIONS)
        self._book.add_prefix("ibooks", _IBOOKS)
        attributes = {"property": "ibooks:specified-fonts"}
        self._book.add_metadata(None, "meta", "true", attributes)

    def add(
        self,
        name: str,
        media_type: str,
        content: bytes,
        *,
        properties: Iterable[str] = (),
        in_spine: bool = False,
    ) -> None:
        """Writes a file of the book and lists it.

        Args:
            name: Path under the package document, ASCII.
            media_type: By content.
            content: Its bytes.
            properties: Manifest properties, such as ``nav``.
            in_spine: It is read in the order in which such files are added.
        """
        # EbookLib's spine asks for the NCX by this id.
        uid = "ncx" if media_type == NCX else item_id(name)
        item: Any = self._epub.EpubItem(uid, name, media_type)
        item.properties = list(properties)
        self._book.add_item(item)
        if in_spine:
            self._book.spine.append(item)
        packed = STORED if media_type in _PACKED else DEFLATED
        level = FONT_LEVEL if media_type.startswith("font/") else LEVEL
        self._zip.writestr(f"{self._book.FOLDER_NAME}/{name}", content, packed, level)

    def finish(self) -> None:
        """Writes the package document; nothing can be added after it."""
        self._writer._write_opf()  # noqa: SLF001


def item_id(name: str) -> str:
    """The manifest id of a file."""
    return name.rpartition("/")[2].replace(".", "-")


@cache
def _writer(epub: Any) -> Any:
    class Writer(epub.EpubWriter):  # type: ignore[misc]
        """EbookLib's writer with the language on the package element, which it leaves out."""

        package_language = ""

        def _write_opf_file(self, root: Any) -> None:
            if self.package_language:
                root.set(_XML_LANG, self.package_language)
            super()._write_opf_file(root)

    return Writer
