"""Stable ids for all that a link may lead to, and inner links made to lead somewhere.

An id depends on the titles above it, not on its place, so a new chapter renames no other; and it
is given before script conversion, so the Simplified and Traditional editions share it.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b32encode
from dataclasses import replace
from hashlib import blake2b
from operator import is_
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from publisher.events import Diagnostic, ignore
from publisher.record import dataclass, field
from publisher.tree.ids import is_well_formed, link_targets, target_id, unique_id
from publisher.tree.nodes import (
    NO_ATTR,
    Attr,
    CrossRef,
    Figure,
    Footnote,
    Link,
    NoteRef,
    Section,
    Span,
    Table,
    Text,
)
from publisher.tree.shape import rebuild, replaced
from publisher.tree.walk import block_text, map_blocks, map_run, plain_text, query, walk_blocks

if TYPE_CHECKING:
    from publisher.events import Report
    from publisher.tree.meta import Document
    from publisher.tree.nodes import Block, Blocks, Inline, Inlines, Pos

_BLANK: Final = re.compile(r"\s+")
_UNFIT: Final = re.compile(r"[^A-Za-z0-9_]+")
_PREFIXES: Final[dict[type, str]] = {Section: "s_", Figure: "f_", Table: "t_", Footnote: "n_"}


def stable_id(prefix: str, parent: str, text: str) -> str:
    """`prefix` and 8 base32 characters of a hash of the parent's id and the normalised text."""
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", text)).casefold()
    digest = blake2b(f"{parent}\0{plain}".encode("utf-8", "replace"), digest_size=5).digest()
    return prefix + b32encode(digest).decode("ascii").lower()


def assign_ids(document: Document, report: Report = ignore) -> Document:
    """The document with a unique, well-formed id on every section, figure, table and note.

    Well-formed ids that the source gave are kept; others are changed, and links follow them.
    Links and cross references that lead nowhere become their text.
    """
    given = [name for name in link_targets(document) if is_well_formed(name)]
    work = _Assigner(report, reserved={name.lower() for name in given})
    body = work.blocks(document.body, "")
    if body is not document.body:
        document = replace(document, body=body)
    return repair_refs(document, report, work.aliases)


@dataclass(slots=True)
class _Assigner:
    """Ids in lower case, since Word takes bookmarks that differ in case only for the same."""

    report: Report
    reserved: set[str]
    taken: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)

    def blocks(self, blocks: Blocks, parent: str) -> Blocks:
        made = tuple([self.block(block, parent) for block in blocks])
        return blocks if all(map(is_, made, blocks)) else made

    def block(self, block: Block, parent: str) -> Block:
        name = ""
        if isinstance(block, Section | Figure | Table | Footnote) or block.attr is not NO_ATTR:
            block, name = self.named(block, parent)
        inner = name if isinstance(block, Section) else parent
        return rebuild(block, self.inlines, lambda blocks: self.blocks(blocks, inner))

    def named(self, block: Block, parent: str) -> tuple[Block, str]:
        """The block under its final id, and that id."""
        prefix = _PREFIXES.get(type(block), "a_")
        if isinstance(block, Footnote):
            name = self.own(block.id, prefix, block.pos) or self.new(block, prefix, parent)
            if block.attr.id and block.attr.id != block.id:
                self.aliases.setdefault(block.attr.id, name)
            attr = replace(block.attr, id="") if block.attr.id else block.attr
            same = name == block.id and attr is block.attr
            return (block if same else replace(block, id=name, attr=attr)), name
        name = self.own(block.attr.id, prefix, block.pos)
        if not name and type(block) in _PREFIXES:
            name = self.new(block, prefix, parent)
        if name == block.attr.id:
            return block, name
        return replace(block, attr=_with_id(block.attr, name)), name

    def own(self, given: str, prefix: str, pos: Pos | None) -> str:
        """The id for one that the source gives: itself, made fit, or made unique."""
        if not given:
            return ""
        if is_well_formed(given):
            name = given
            if given.lower() in self.taken:
                name = unique_id(given, self.is_taken)
                args = (("id", given), ("renamed", name))
                self.report(_diagnostic("id.duplicate", pos, args))
        else:
            fit = _UNFIT.sub("_", given).strip("_")
            if not fit.strip("_"):
                fit = stable_id(prefix, "", given)
            if not is_well_formed(fit[:1]) or not is_well_formed(fit[:40]):
                fit = prefix + fit
            name = unique_id(fit, self.is_taken)
        self.taken.add(name.lower())
        self.aliases.setdefault(given, name)
        return name

    def new(self, block: Block, prefix: str, parent: str) -> str:
        name = unique_id(stable_id(prefix, parent, _substance(block)), self.is_taken)
        self.taken.add(name.lower())
        return name

    def is_taken(self, name: str) -> bool:
        return name.lower() in self.taken or name.lower() in self.reserved

    def inlines(self, run: Inlines) -> Inlines:
        if len(run) == 1 and isinstance(run[0], Text):
            return run
        return map_run(run, self.inline)

    def inline(self, inline: Inline) -> Inline:
        if not isinstance(inline, Span) or not inline.attr.id:
            return inline
        name = self.own(inline.attr.id, "a_", None)
        same = name == inline.attr.id
        return inline if same else replace(inline, attr=_with_id(inline.attr, name))


def _with_id(attr: Attr, name: str) -> Attr:
    return replace(attr, id=name)


def _substance(block: Block) -> str:
    """What a generated id hangs on: a title, a caption, the text, the pictures."""
    if isinstance(block, Section):
        return plain_text(block.title)
    if isinstance(block, Figure | Table) and block.caption:
        return "".join(block_text(b) for b in walk_blocks(block.caption))
    texts = [block_text(b) for b in walk_blocks((block,))]
    if isinstance(block, Figure):
        from publisher.tree.nodes import Image

        texts += [image.resource for image in query((block,), Image)]
    return "".join(texts)[:500]


def _diagnostic(code: str, pos: Pos | None, args: tuple[tuple[str, str], ...]) -> Diagnostic:
    source, line = (pos.source, pos.start) if pos else ("", 0)
    return Diagnostic(code, "warning", args, source=source, line=line)


# ------------------------------------------------------------------------------- references


def repair_refs(
    document: Document, report: Report = ignore, aliases: dict[str, str] | None = None
) -> Document:
    """The document with inner links and cross references that lead to an id that is there.

    `aliases` are old ids with their new ones. What leads nowhere becomes its text, with a
    warning. A cross reference by title or number gets the words it will show as its `fallback`,
    so that every output and `plain_text` agree on them.
    """
    known = set(link_targets(document))
    sections = {s.attr.id: s for s in query(document, Section) if s.attr.id}
    fixer = _RefFixer(report, known, sections, aliases or {})
    meta = document.meta
    meta = replaced(meta, title=fixer.run(meta.title), subtitle=fixer.run(meta.subtitle))
    return map_blocks(replaced(document, meta=meta), fixer.block)


@dataclass(slots=True)
class _RefFixer:
    report: Report
    known: set[str]
    sections: dict[str, Section]
    aliases: dict[str, str]
    pos: Pos | None = None

    def block(self, block: Block) -> Block:
        self.pos = block.pos or self.pos
        return rebuild(block, self.run, _keep)

    def run(self, run: Inlines) -> Inlines:
        if len(run) == 1 and isinstance(run[0], Text):
            return run
        return map_run(run, self.inline)

    def inline(self, inline: Inline) -> Inline | Inlines:
        if isinstance(inline, NoteRef):
            name = self.aliases.get(inline.note, inline.note)
            return inline if name == inline.note else NoteRef(name)
        if isinstance(inline, Link):
            return self.link(inline)
        if isinstance(inline, CrossRef):
            return self.cross_ref(inline)
        return inline

    def find(self, target: str) -> str:
        """The id that `target` means, or an empty string."""
        for name in (target, unquote(target)):
            found = self.aliases.get(name, name)
            if found in self.known:
                return found
        return ""

    def link(self, link: Link) -> Inline | Inlines:
        if not link.target.startswith("#"):
            return link
        name = self.find(target_id(link.target))
        if name:
            return link if link.target == f"#{name}" else replace(link, target=f"#{name}")
        if link.target not in ("#", "#top"):
            self.report(_diagnostic("link.nowhere", self.pos, (("target", link.target),)))
        return link.content

    def cross_ref(self, ref: CrossRef) -> Inline | Inlines:
        name = self.find(ref.target)
        if not name:
            self.report(_diagnostic("link.nowhere", self.pos, (("target", ref.target),)))
            return ref.fallback
        section = self.sections.get(name)
        shown = ref.fallback
        if section is not None and ref.show != "page":
            numbered = ref.show == "number" and section.number
            words = ".".join(map(str, numbered)) if numbered else plain_text(section.title)
            shown = (Text(words),) if words else shown
        if name == ref.target and shown == ref.fallback:
            return ref
        return replace(ref, target=name, fallback=shown)


def _keep(blocks: Blocks) -> Blocks:
    return blocks
