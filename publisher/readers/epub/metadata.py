"""Metadata of a package document: Dublin Core with the refinements of EPUB 2 and 3."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.epub.package import attribute, child, local
from publisher.text.dates import iso_date
from publisher.text.normalize import clean
from publisher.tree.meta import Contributor, Metadata, Series
from publisher.tree.nodes import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.tree.nodes import Inlines

GENERATOR: Final = "publisher"  # what our own EPUB writer says of itself
# MARC relator codes (id.loc.gov/vocabulary/relators).
_ROLES: Final[dict[str, str]] = {
    "aut": "author", "cre": "author", "trl": "translator", "edt": "editor", "ill": "illustrator",
    "art": "illustrator", "com": "compiler", "pht": "photographer", "isb": "source",
    "pbl": "source",
}  # fmt: skip
_TAGS: Final = re.compile(r"<[A-Za-z/][^>]{0,200}>")


class _Facts:
    """The elements of ``<metadata>`` and what refines them."""

    def __init__(self, root: Any) -> None:
        metadata = child(root, "metadata")
        # OPF 1.2 and many EPUB 2 books wrap the elements once more.
        self.elements = [] if metadata is None else [e for e in metadata.iter() if local(e)]
        self.refined: dict[str, dict[str, str]] = {}
        for element in self.elements:
            target = (element.get("refines") or "").lstrip("#")
            if target and element.get("property"):
                self.refined.setdefault(target, {}).setdefault(
                    element.get("property"), _said(element)
                )

    def named(self, name: str) -> Iterator[Any]:
        """The Dublin Core elements of this name that say something."""
        return (e for e in self.elements if local(e) == name and _said(e))

    def of(self, element: Any, kind: str) -> str:
        """What refines an element: by ``refines``, or as an attribute in EPUB 2."""
        found = self.refined.get(element.get("id") or "", {}).get(kind, "")
        return found or attribute(element, kind)

    def meta(self, name: str) -> str:
        """The first ``meta`` with this property or EPUB 2 name."""
        for element in self.elements:
            if local(element) != "meta" or element.get("refines"):
                continue
            if element.get("property") == name and _said(element):
                return _said(element)
            if element.get("name") == name and element.get("content"):
                return _one_line(element.get("content"))
        return ""


def book_metadata(root: Any) -> tuple[Metadata, str]:
    """What the package says, and the language as it is written there; no cover."""
    facts = _Facts(root)
    title, subtitle = _titles(facts)
    language = next((_said(e) for e in facts.named("language")), "")
    sources = [_said(e) for e in facts.named("source")]
    meta = Metadata(
        title=title,
        subtitle=subtitle,
        contributors=tuple(dict.fromkeys(_people(facts))),
        identifier=_identifier(facts, root),
        date=_date(facts),
        publisher=next((_said(e) for e in facts.named("publisher")), ""),
        description=_description(facts),
        subjects=tuple(dict.fromkeys(_said(e) for e in facts.named("subject"))),
        series=_series(facts),
        rights=next((_said(e) for e in facts.named("rights")), ""),
        source_url=next((s for s in sources if s.startswith(("http://", "https://"))), ""),
    )
    return meta, language if language != "und" else ""


def generator(root: Any) -> str:
    """The program that made the book, as it says itself; empty if it does not."""
    return _Facts(root).meta("generator")


def _titles(facts: _Facts) -> tuple[Inlines, Inlines]:
    titles = list(facts.named("title"))
    kinds = [facts.of(e, "title-type") for e in titles]
    main = next((e for e, k in zip(titles, kinds, strict=True) if k == "main"), None)
    if main is None:
        main = next((e for e, k in zip(titles, kinds, strict=True) if k != "subtitle"), None)
    sub = next((e for e, k in zip(titles, kinds, strict=True) if k == "subtitle"), None)
    return _run(main), _run(sub)


def _run(element: Any) -> Inlines:
    text = "" if element is None else _said(element)
    return (Text(text),) if text else ()


def _people(facts: _Facts) -> Iterator[Contributor]:
    for element in facts.elements:
        name = local(element)
        if name not in ("creator", "contributor") or not _said(element):
            continue
        code = facts.of(element, "role").lower()
        if name == "contributor" and code in ("bkp", "bkd"):
            continue  # the program that made the file
        role = _ROLES.get(code, "author" if name == "creator" else "other")
        sort_as = _one_line(facts.of(element, "file-as"))
        lang = attribute(element, "lang")
        yield Contributor(
            _said(element),
            role,  # type: ignore[arg-type]
            sort_as if sort_as != _said(element) else "",
            lang,
        )


def _identifier(facts: _Facts, root: Any) -> str:
    unique = root.get("unique-identifier") or ""
    found = list(facts.named("identifier"))
    isbn = next((e for e in found if "isbn" in (_said(e) + attribute(e, "scheme")).lower()), None)
    chosen = isbn
    if chosen is None:
        chosen = next((e for e in found if e.get("id") == unique), found[0] if found else None)
    return "" if chosen is None else _said(chosen)


def _date(facts: _Facts) -> str:
    dates = list(facts.named("date"))
    kinds = {attribute(e, "event").lower(): e for e in reversed(dates)}
    chosen = next(
        (kinds[k] for k in ("publication", "original-publication", "", "creation") if k in kinds),
        None,
    )
    if chosen is None:
        return ""
    written = iso_date(_said(chosen))
    return "" if written.startswith("0101") else written  # Calibre's "unknown"


def _description(facts: _Facts) -> str:
    """Sellers put marked-up text here, escaped once more."""
    written = next((_said(e) for e in facts.named("description")), "")
    return " ".join(_TAGS.sub(" ", written).split())


def _series(facts: _Facts) -> Series | None:
    for element in facts.elements:
        if element.get("property") != "belongs-to-collection" or not _said(element):
            continue
        if facts.of(element, "collection-type") in ("", "series"):
            return Series(_said(element), facts.of(element, "group-position"))
    name = facts.meta("calibre:series")
    return Series(name, facts.meta("calibre:series_index").removesuffix(".0")) if name else None


def _said(element: Any) -> str:
    return _one_line("".join(str(t) for t in element.itertext()))


def _one_line(written: str) -> str:
    return " ".join(clean(written).text.split())
