"""Metadata of the package document: what the tree says, as Dublin Core and refinements."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.writers.epub.blocks import title_text
from publisher.writers.epub.words import clean_tag
from publisher.writers.epub.xhtml import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.tree.meta import ContributorRole, Document, Series
    from publisher.writers.epub.survey import Survey
    from publisher.writers.epub.words import Words

# MARC relator codes (id.loc.gov/vocabulary/relators).
_RELATORS: Final[dict[ContributorRole, str]] = {
    "author": "aut",
    "translator": "trl",
    "editor": "edt",
    "illustrator": "ill",
    "compiler": "com",
    "photographer": "pht",
    "source": "isb",  # issuing body; foliate-js stumbles over a second publisher
    "other": "ctb",
}
GENERATOR: Final = "publisher"
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")
# Statements of conformance are the publisher's to make, after an evaluation by people: these keys
# of the metadata's extra pairs are passed on, and nothing is claimed without them.
_STATED: Final = {
    "conforms-to": "dcterms:conformsTo",
    "certified-by": "a11y:certifiedBy",
    "certifier-credential": "a11y:certifierCredential",
    "certifier-report": "a11y:certifierReport",
}


class Entry(NamedTuple):
    """A metadata element: Dublin Core `name`, or ``meta`` for a property with attributes."""

    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()


def identifier(document: Document) -> str:
    """The book's own identifier as a URI where its kind is known, else one made from the title.

    A made one depends on title, language, contributors and sources only, so that a corrected
    book stays the same book to a reading system.
    """
    meta = document.meta
    given = clean(meta.identifier)[0].strip()
    if given:
        digits = re.sub(r"[\s-]", "", given.lower().removeprefix("isbn").lstrip(": "))
        if _is_isbn(digits.upper()):
            return f"urn:isbn:{digits.upper()}"
        try:
            return uuid.UUID(given).urn
        except ValueError:
            return given
    facts = [
        title_text(meta.title),
        title_text(meta.subtitle),
        meta.language,
        [[c.name, c.role] for c in meta.contributors],
        [source.digest for source in document.sources],
    ]
    name = json.dumps(facts, ensure_ascii=True, separators=(",", ":"))
    return uuid.uuid5(uuid.NAMESPACE_URL, f"publisher:{name}").urn


def _is_isbn(digits: str) -> bool:
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if d == "X" else int(d) for d in digits]
        return sum(value * (10 - at) for at, value in enumerate(values)) % 11 == 0
    return False


def dublin_core(document: Document, title: str, subtitle: str, tag: str) -> Iterator[Entry]:
    """Title, contributors, dates and the rest, each with its refinements behind it."""
    meta = document.meta
    yield Entry("title", title, (("id", "title"),))
    yield _refine("title", "title-type", "main")
    if subtitle:
        yield Entry("title", subtitle, (("id", "subtitle"),))
        yield _refine("subtitle", "title-type", "subtitle")
    yield Entry("language", tag or "und")
    for number, who in enumerate((c for c in meta.contributors if _one_line(c.name)), 1):
        name = f"creator-{number}"
        kind = "creator" if who.role == "author" else "contributor"
        tag_of_name = clean_tag(who.lang)
        lang = (("xml:lang", tag_of_name),) if tag_of_name else ()
        yield Entry(kind, _one_line(who.name), (("id", name), *lang))
        yield _refine(name, "role", _RELATORS[who.role], scheme="marc:relators")
        if who.sort_as:
            yield _refine(name, "file-as", _one_line(who.sort_as))
    if _DATE.match(meta.date):
        yield Entry("date", meta.date)
    for kind, value in (
        ("publisher", meta.publisher),
        ("description", meta.description),
        ("rights", meta.rights),
        *(("source", c.name) for c in meta.contributors if c.role == "source"),
        ("source", meta.source_url),
    ):
        if _one_line(value):
            yield Entry(kind, _one_line(value))
    for subject in meta.subjects:
        if _one_line(subject):
            yield Entry("subject", _one_line(subject))
    if meta.series is not None and _one_line(meta.series.name):
        yield Entry(
            "meta",
            _one_line(meta.series.name),
            (("property", "belongs-to-collection"), ("id", "series")),
        )
        yield _refine("series", "collection-type", "series")
        if re.fullmatch(r"\d+(\.\d+)*", meta.series.position):
            yield _refine("series", "group-position", meta.series.position)
        yield from _calibre_series(meta.series)
    # Which classes mean what is known to whoever wrote them: `readers.epub` asks for this.
    yield _named("generator", GENERATOR)


def _calibre_series(series: Series) -> Iterator[Entry]:
    """The series as Calibre, and the programs that follow it, read it; it knows numbers only."""
    yield _named("calibre:series", _one_line(series.name))
    if re.fullmatch(r"\d+(\.\d+)?", series.position):
        yield _named("calibre:series_index", series.position)


def cover(uid: str) -> Entry:
    """The cover's manifest id as EPUB 2 has it: Kindle and Kobo show this one in libraries."""
    return _named("cover", uid)


def vertical() -> Entry:
    """The writing mode of a vertical book, as Kindle reads it."""
    return _named("primary-writing-mode", "vertical-rl")


def page_source(value: str) -> Entry:
    """What the page list counts the pages of (EPUB Accessibility 1.1, 4.1)."""
    return Entry("meta", value, (("property", "pageBreakSource"),))


def _named(name: str, content: str) -> Entry:
    return Entry("meta", "", (("name", name), ("content", content)))


def accessibility(
    document: Document,
    survey: Survey,
    words: Words,
    claims: tuple[tuple[str, str], ...] = (),
    *,
    pages: bool = False,
) -> Iterator[Entry]:
    """What EPUB Accessibility 1.1 (2.2) asks for, told from what the book holds.

    Args:
        document: Its extra metadata may claim more, by the keys of `claims`.
        survey: What the book holds.
        words: Words of the summary.
        claims: Statements of conformance, which go before those of the document.
        pages: The printed pages are marked.
    """

    def schema(name: str, value: str) -> Entry:
        return Entry("meta", value, (("property", f"schema:{name}"),))

    pictures = survey.pictures or document.meta.cover
    yield schema("accessMode", "textual")
    if survey.pictures:
        yield schema("accessMode", "visual")
    # Without descriptions of its pictures a book cannot be read by text alone.
    if survey.undescribed:
        yield schema("accessModeSufficient", "textual,visual")
    else:
        yield schema("accessModeSufficient", "textual")
    features = [
        "structuralNavigation",
        "tableOfContents",
        "readingOrder",
        "displayTransformability",
    ]
    if pictures and not survey.undescribed:
        features.append("alternativeText")
    if survey.has_ruby:
        features.append("rubyAnnotations")
    if survey.has_math:
        features.append("latex")
    if pages:
        features += ["pageBreakMarkers", "pageNavigation"]
    for feature in features:
        yield schema("accessibilityFeature", feature)
    yield schema("accessibilityHazard", "none")
    summary = words.summary
    if survey.pictures:
        summary += ("" if ord(summary[-1]) > 0x2E80 else " ") + (
            words.undescribed if survey.undescribed else words.described
        )
    yield schema("accessibilitySummary", summary)
    stated = {k: v for k, v in document.meta.extra if k in _STATED}
    stated |= {key: value for key, value in claims if value}
    claim = "conformance" if _one_line(stated.get("conforms-to", "")) else ""
    for key, kind in _STATED.items():
        value = _one_line(stated.get(key, ""))
        if not value:
            continue
        # Who certified it, and how, is said of the claim (EPUB Accessibility 1.1, 2.4).
        of = ("id", claim) if key == "conforms-to" else ("refines", f"#{claim}")
        yield Entry("meta", value, (("property", kind), *((of,) if claim else ())))


def _refine(target: str, kind: str, value: str, scheme: str = "") -> Entry:
    attributes = [("refines", f"#{target}"), ("property", kind)]
    if scheme:
        attributes.append(("scheme", scheme))
    return Entry("meta", value, tuple(attributes))


def _one_line(value: str) -> str:
    return " ".join(clean(value)[0].split())
