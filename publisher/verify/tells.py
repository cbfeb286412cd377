"""What each format tells of a tree; only that is compared."""

from __future__ import annotations

_PDF = (
    "passages blanks headings levels code warichu lang ruby link goto call item pictures tables "
    "contents outline title authors language description subjects alt"
)
_EPUB = (
    "passages blanks headings levels emphasis strong code sub sup small highlight strike underline "
    "proper-name book-title dots warichu lang ruby link goto call item pictures tables outline "
    "contents title subtitle authors people language date publisher description subjects rights "
    "identifier alt"
)
_DOCX = (
    "passages blanks headings levels stress strong code sub sup highlight strike underline "
    "book-title warichu lang ruby link goto call item pictures tables contents title authors "
    "people language subjects description alt"
)
_FOREIGN = (
    "passages headings ruby link goto call pictures alt tables outline title language addresses"
)

TELLS = {
    "pdf": frozenset(_PDF.split()),
    "epub": frozenset(_EPUB.split()),
    "docx": frozenset(_DOCX.split()),
}
# A PDF without tags, and files of other makers.
PLAIN = frozenset(("outline", "title", "authors", "language", "addresses"))
FOREIGN = frozenset(_FOREIGN.split())
