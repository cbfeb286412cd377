"""The report on finished files, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.verify.model import Fault
    from publisher.verify.proof import Proof

SCHEMA = "publisher-proof/1"
FIRST = 40  # faults of a file that are told unless all are asked for
_NAMES = {"pdf": "PDF", "epub": "EPUB", "docx": "Word"}

# Permanent codes, and what each says.
TEXTS = {
    "text.lost": "text is missing",
    "text.extra": "text that the source does not have",
    "text.twice": "text stands twice",
    "text.moved": "text stands in another place",
    "text.changed": "text is changed",
    "text.blank": "white space differs",
    "char.radical": "a radical stands for the ideograph that looks like it",
    "char.compatibility": "a compatibility ideograph and the ordinary one are mixed up",
    "char.width": "a character has another width",
    "char.lookalike": "a character that looks alike",
    "char.selector": "a variation selector is lost",
    "char.beyond-bmp": "a character beyond U+FFFF is lost",
    "char.unknown": "a character that the file cannot name",
    "char.private": "a private character, which no other font knows",
    "passage.joined": "two paragraphs are one",
    "passage.split": "one paragraph is two",
    "heading.lost": "a heading is no heading",
    "heading.extra": "a heading that the source does not have",
    "heading.level": "a heading is on another level",
    "note.lost": "the call of a note is missing",
    "note.extra": "a call of a note that the source does not have",
    "note.moved": "the call of a note stands in another place",
    "note.changed": "a call leads to another note",
    "note.uncalled": "a note that nothing calls",
    "item.lost": "an item of a list is none",
    "item.extra": "an item of a list that the source does not have",
    "picture.lost": "a picture is missing",
    "picture.extra": "a picture that the source does not have",
    "picture.moved": "a picture stands in another place",
    "picture.changed": "another picture",
    "picture.missing": "the file of a picture is missing",
    "alt.lost": "the description of a picture is missing",
    "alt.changed": "the description of a picture is another",
    "alt.missing": "a picture has no description",
    "table.count": "the number of tables differs",
    "table.shape": "a table has other rows or cells",
    "table.cell": "a cell of a table holds something else",
    "outline.lost": "a heading is missing in the outline",
    "outline.extra": "a line of the outline that is no heading",
    "outline.order": "the outline is in another order",
    "outline.target": "a line of the outline leads elsewhere",
    "outline.missing": "there is no outline",
    "contents.lost": "a heading is missing in the contents",
    "contents.extra": "a line of the contents that is no heading",
    "contents.order": "the contents are in another order",
    "contents.target": "a line of the contents leads elsewhere",
    "contents.number": "a page number in the contents is wrong",
    "contents.missing": "there is no list of contents",
    "page.begins": "a page begins elsewhere than in the PDF",
    "page.label": "a page is labelled otherwise than it is numbered",
    "meta.lost": "metadata is missing",
    "meta.changed": "metadata differs",
    "meta.missing": "metadata is missing",
    "meta.damaged": "the metadata cannot be read",
    "lang.missing": "the language is not given",
    "link.broken": "a link leads nowhere",
    "file.missing": "a file inside is missing",
    "file.malformed": "a file inside is damaged",
    "id.twice": "an id stands twice",
    "field.open": "a field is not closed",
    "font.not-embedded": "a font is not embedded",
    "tags.missing": "it has no tags: text and addresses only are compared",
}
_MARKS = {
    "ruby": "a reading",
    "lang": "a language",
    "link": "a link",
    "dots": "emphasis dots",
    "stress": "emphasis",
    "emphasis": "emphasis",
    "strong": "strong text",
    "code": "code",
    "sub": "a subscript",
    "sup": "a superscript",
    "small": "small text",
    "highlight": "a highlight",
    "strike": "struck text",
    "underline": "an underline",
    "proper-name": "a proper-name line",
    "book-title": "a book-title line",
    "warichu": "a two-line note",
}
_CHANGES = {"lost": "is missing", "extra": "is not in the source", "changed": "is another"}
_COUNTED = {
    "goto": "characters of inner links",
    "link": "characters of links",
    "lang": "characters in other languages",
    "dots": "dotted characters",
    "stress": "stressed characters",
    "emphasis": "emphasized characters",
    "strong": "strong characters",
    "code": "characters of code",
    "sub": "subscripts",
    "sup": "superscripts",
    "small": "small characters",
    "highlight": "highlighted characters",
    "strike": "struck characters",
    "underline": "underlined characters",
    "proper-name": "characters of proper names",
    "book-title": "characters of book titles",
    "warichu": "characters in two-line notes",
    "ruby": "readings",
    "notes": "calls of notes",
    "outline": "lines of the outline",
    "contents": "lines of contents",
    "metadata": "facts about the work",
    "call": "calls of notes",
    "item": "list items",
}


def text_of(fault: Fault) -> str:
    """What a code says, in words."""
    known = TEXTS.get(fault.code)
    if known is not None:
        return known
    kind, _, change = fault.code.rpartition(".")
    return f"{_MARKS.get(kind, kind)} {_CHANGES.get(change, change)}"


def as_text(proofs: Sequence[Proof], *, everything: bool = False) -> str:
    """The report to read: file by file, what is the same, what is not told, what is wrong."""
    return "\n".join("\n".join(_file(proof, everything=everything)) + "\n" for proof in proofs)


def _file(proof: Proof, *, everything: bool) -> Iterator[str]:
    facts = dict(proof.facts)
    maker = f" by {proof.maker}" if proof.maker else ""
    yield f"{proof.file}: {_NAMES[proof.format]}{maker}"
    shown = [f"{facts[k]:,} {k}" for k in ("pages", "documents", "fonts") if k in facts]
    shown += [f"{facts['characters']:,} characters"]
    yield f"  holds   {', '.join(shown)}"
    same = [f"{n:,} {_COUNTED.get(k, k)}" for k, n in proof.same.items() if n]
    yield from _wrapped("  same    " if proof.against else "  read    ", same)
    if proof.lost:
        lost = [f"{_COUNTED.get(k, k)} ({n:,})" for k, n in proof.lost.items()]
        yield from _wrapped("  untold  ", lost)
    if not proof.faults:
        yield "  wrong   nothing"
        return
    yield f"  wrong   {len(proof.faults):,}"
    faults = proof.faults if everything else proof.faults[:FIRST]
    for fault in faults:
        yield from _fault(fault)
    if len(faults) < len(proof.faults):
        yield f"    … and {len(proof.faults) - len(faults):,} more (--all)"


def _wrapped(head: str, parts: Sequence[str], width: int = 100) -> Iterator[str]:
    line = head
    for number, part in enumerate(parts):
        more = part + ("," if number < len(parts) - 1 else "")
        if len(line) + len(more) > width and line.strip():
            yield line.rstrip()
            line = " " * len(head)
        line += more + " "
    if line.strip():
        yield line.rstrip()


def _fault(fault: Fault) -> Iterator[str]:
    place = f"{fault.place}: " if fault.place else ""
    yield f"    {place}{text_of(fault)} [{fault.code}]"
    change = ""
    if fault.wanted or fault.found:
        wanted, found = _shown(fault.wanted), _shown(fault.found)
        change = f"{wanted} → {found}"
    context = f"…{fault.context} " if fault.context else ""
    hint = f"  ({fault.hint})" if fault.hint else ""
    source = f"  from {fault.source}" if fault.source else ""
    if change or context or hint:
        yield f"        {context}{change}{hint}{source}".rstrip()


def _shown(text: str) -> str:
    visible = "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)
    return f"[{visible}]" if text else "[nothing]"


def as_json(proofs: Sequence[Proof]) -> str:
    """The report as one JSON object; its schema is ``docs/proof.schema.json``."""
    import json

    files = [_table(proof) for proof in proofs]
    sound = all(not proof.faults for proof in proofs)
    table = {"schema": SCHEMA, "sound": sound, "files": files}
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _table(proof: Proof) -> dict[str, Any]:
    return {
        "file": proof.file,
        "format": proof.format,
        "maker": proof.maker,
        "against": proof.against,
        "facts": proof.facts,
        "same": proof.same,
        "untold": proof.lost,
        "faults": [{**fault._asdict(), "text": text_of(fault)} for fault in proof.faults],
    }
