"""One or many sources to one publication: groups of files to parts, trees joined to one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.errors import SourceError
from publisher.record import dataclass
from publisher.text.language import guess_language
from publisher.tree import walk
from publisher.tree.meta import WRITING_MODE, Contributor, Document, Metadata, Series
from publisher.tree.nesting import nest_sections
from publisher.tree.nodes import (
    Attr,
    Block,
    Blocks,
    CrossRef,
    Footnote,
    Inline,
    Inlines,
    Link,
    NoteRef,
    Paragraph,
    Section,
    Span,
    Text,
)
from publisher.tree.sound import sound_metadata, sound_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.settings import BookSettings, PartSettings, Settings
    from publisher.sources import SourceFile

# Key of `Metadata.extra` for the depth of a chapter in a list of contents.
CHAPTER_DEPTH = "publisher-depth"


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """Sources under one title (a part), or under none."""

    title: str
    files: tuple[SourceFile, ...]


def _place(file: SourceFile) -> Path:
    """Where a source is in its folder or archive."""
    if file.member:
        return Path(file.member)
    return file.path.relative_to(file.root) if file.path.is_relative_to(file.root) else file.path


def group_parts(files: Sequence[SourceFile], parts: Sequence[PartSettings]) -> list[SourceGroup]:
    """`files` under the parts that name them; the rest stand before the first part.

    Raises:
        SourceError: A part names a file that is not among the sources.
    """
    if not parts:
        return [
            SourceGroup(title, tuple(group))
            for title, group in groupby(files, key=lambda file: file.part)
        ]
    left = list(files)
    groups: list[SourceGroup] = []
    for part in parts:
        taken: list[SourceFile] = []
        for wanted in part.files:
            match = [f for f in left if _place(f).match(wanted)]
            if not match:
                raise SourceError(
                    f"part {part.title!r} names {wanted!r}, which is not among the sources",
                    code="source.missing",
                    hint="check input.parts in publisher.toml",
                )
            taken += match
            left = [f for f in left if f not in match]
        groups.append(SourceGroup(part.title, tuple(taken)))
    return [SourceGroup("", tuple(left)), *groups] if left else groups


# ------------------------------------------------------------------------- joining the trees


def assemble(
    groups: Sequence[tuple[str, Sequence[Document]]],
    settings: Settings,
    *,
    forced: frozenset[str],
    fallback_title: str,
) -> Document:
    """One publication from documents in groups: (part title or empty, documents).

    A single document stays as it is, apart from metadata. Of several, each becomes a chapter.
    `forced` are the ``book.`` settings of the command line, which win over front matter.
    """
    documents = [d for _, group in groups for d in group]
    book = settings.book
    if len(documents) == 1 and len(groups) == 1 and not groups[0][0]:
        document = documents[0]
        meta = document.meta
        if not meta.title:
            meta = replace(meta, title=_text(fallback_title))
        if not meta.language:
            meta = replace(meta, language=_language([document]))
        meta = sound_metadata(_with_book(meta, book, forced, volume=False))
        return replace(document, meta=meta)
    return _join(groups, documents, book, fallback_title)


def _join(
    groups: Sequence[tuple[str, Sequence[Document]]],
    documents: list[Document],
    book: BookSettings,
    fallback_title: str,
) -> Document:
    taken: set[str] = set()
    body: list[Block] = []
    for title, group in groups:
        level = 2 if title else 1
        chapters = nest_sections(
            tuple(_chapter(_distinct(d, taken), level + _depth(d)) for d in group)
        )
        if title:
            body.append(Section(1, _text(title), chapters, kind="part"))
        else:
            body += chapters
    # A name keeps the language of its article, so that no conversion of the volume touches it.
    people = dict.fromkeys(
        c if c.lang else replace(c, lang=d.meta.language)
        for d in documents
        for c in d.meta.contributors
        if c.role != "source"
    )
    meta = Metadata(
        title=_text(fallback_title),
        contributors=tuple(people),
        language=_language(documents),
        date=max((d.meta.date for d in documents), default=""),
        extra=_writing_mode(documents),
    )
    resources = {r.id: r for d in documents for r in d.resources}
    return Document(
        sound_metadata(_with_book(meta, book, frozenset(), volume=True)),
        tuple(body),
        tuple(resources.values()),
        tuple(s for d in documents for s in d.sources),
    )


def _depth(document: Document) -> int:
    """How deep a list of contents sets a document under the chapters before it."""
    return min(int(dict(document.meta.extra).get(CHAPTER_DEPTH, "0")), 4)


def _language(documents: Iterable[Document]) -> str:
    """The language most of the documents have; guessed from their text when none says."""
    listed = list(documents)
    counts = Counter(d.meta.language for d in listed if d.meta.language)
    if counts:
        return counts.most_common(1)[0][0]
    return guess_language("".join(text for d in listed for text in walk.document_text(d)[:200]))


def _writing_mode(documents: Iterable[Document]) -> tuple[tuple[str, str], ...]:
    """The writing mode of a volume: what its documents ask for, when they agree."""
    wanted = {dict(d.meta.extra).get(WRITING_MODE, "") for d in documents} - {""}
    return ((WRITING_MODE, wanted.pop()),) if len(wanted) == 1 else ()


def _with_book(
    meta: Metadata, book: BookSettings, forced: frozenset[str], *, volume: bool
) -> Metadata:
    """Metadata completed by ``[book]``; its values win in a volume or when forced."""

    def wins(name: str, current: object) -> bool:
        given = getattr(book, name)
        return bool(given) and (volume or not current or f"book.{name}" in forced)

    changes: dict[str, object] = {}
    for name in ("title", "subtitle"):
        if wins(name, getattr(meta, name)):
            changes[name] = _text(getattr(book, name))
    for name in (
        "language",
        "identifier",
        "date",
        "publisher",
        "description",
        "subjects",
        "rights",
    ):
        if wins(name, getattr(meta, name)):
            changes[name] = getattr(book, name)
    if wins("contributors", meta.contributors):
        changes["contributors"] = tuple(
            Contributor(name, role)  # type: ignore[arg-type]
            for name, role in book.contributors
        )
    if wins("series", meta.series):
        changes["series"] = Series(book.series, book.series_position)
    extra = dict(meta.extra)
    if wins("writing_mode", extra.get(WRITING_MODE)):
        extra[WRITING_MODE] = book.writing_mode
        changes["extra"] = tuple(sorted(extra.items()))
    return replace(meta, **changes) if changes else meta  # type: ignore[arg-type]


def _chapter(document: Document, level: int) -> Section:
    """A document as a chapter: its title heads it, its sections go down by `level`."""
    meta, body = document.meta, document.body
    if not meta.title and len(body) == 1 and isinstance(body[0], Section):
        only = body[0]
        lowered = _lower(only, level - only.level)
        return replace(lowered, kind="chapter", attr=replace(lowered.attr, lang=meta.language))
    name = document.sources[0].uri if document.sources else ""
    title = meta.title or _text(Path(name).stem) or _text("—")
    blocks = tuple(_lower(b, level) if isinstance(b, Section) else b for b in body)
    return Section(
        level,
        title,
        (*_credits(meta), *blocks),
        kind="chapter",
        attr=Attr(id="", lang=meta.language),
        pos=body[0].pos if body else None,
    )


def _credits(meta: Metadata) -> Blocks:
    """Author and date of an article, which a volume's title page cannot show."""
    people = [c.name for c in meta.contributors if c.role != "source"]
    places = [c.name for c in meta.contributors if c.role == "source"]
    comma = "・" if meta.language.startswith("ja") else "、"
    if meta.language.startswith("ko"):
        comma = ", "
    lines: list[Block] = []
    if people:
        lines.append(Paragraph(_text(comma.join(people)), role="byline"))
    facts = [f for f in (*places, meta.date) if f]
    if facts:
        lines.append(Paragraph(_text("　".join(facts)), role="dateline"))
    return tuple(lines)


def _lower(section: Section, by: int) -> Section:
    blocks = tuple(_lower(b, by) if isinstance(b, Section) else b for b in section.blocks)
    return replace(section, level=max(1, min(6, section.level + by)), blocks=blocks)


def _distinct(document: Document, taken: set[str]) -> Document:
    """`document` with the ids that earlier documents have taken renamed, links included."""
    own = _ids(document)
    renamed: dict[str, str] = {}
    for name in own:
        if name in taken:
            number = 2
            while f"{name[:36]}_{number}" in taken or f"{name[:36]}_{number}" in own:
                number += 1
            renamed[name] = f"{name[:36]}_{number}"
        taken.add(renamed.get(name, name))
    return _rename(document, renamed) if renamed else document


def _ids(document: Document) -> list[str]:
    names: dict[str, None] = {}
    for block in walk.walk_blocks(document.body):
        if block.attr.id:
            names[block.attr.id] = None
        if isinstance(block, Footnote):
            names[block.id] = None
    for inline in walk.walk_inlines(document.body):
        if isinstance(inline, Span) and inline.attr.id:
            names[inline.attr.id] = None
    return list(names)


def _rename(document: Document, names: dict[str, str]) -> Document:
    def block(node: Block) -> Block:
        if node.attr.id in names:
            node = replace(node, attr=replace(node.attr, id=names[node.attr.id]))
        if isinstance(node, Footnote) and node.id in names:
            node = replace(node, id=names[node.id])
        return node

    def inline(node: Inline) -> Inline:
        match node:
            case NoteRef(note) if note in names:
                return replace(node, note=names[note])
            case Link(target=target) if target[:1] == "#" and target[1:] in names:
                return replace(node, target="#" + names[target[1:]])
            case CrossRef(target) if target in names:
                return replace(node, target=names[target])
            case Span() if node.attr.id in names:
                return replace(node, attr=replace(node.attr, id=names[node.attr.id]))
            case _:
                return node

    return walk.map_inlines(walk.map_blocks(document, block), inline)


def _text(text: str) -> Inlines:
    text = sound_text(text)
    return (Text(text),) if text else ()
