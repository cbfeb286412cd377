"""Proof of one file: read it, compare it with its tree or with itself, say what came of it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from publisher.errors import UnsupportedFormat
from publisher.record import dataclass, field
from publisher.text.numerals import small_number
from publisher.verify.characters import doubtful, named
from publisher.verify.compare import compare
from publisher.verify.compare_marks import COVERING, Verdict
from publisher.verify.expected import HABITS, expected, title_lines
from publisher.verify.model import Fault, Reading, place_of
from publisher.verify.numbers import page_number, same_number
from publisher.verify.tells import FOREIGN

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.tree.meta import Document
from publisher.verify.model import Entry

MAKER = "publisher"
_OPENING = 8  # characters that a page is known by
_FEW = 5  # places of one doubtful character that are told


@dataclass(slots=True)
class Proof:
    """What was found of a file.

    Attributes:
        file: Its name.
        format: ``pdf``, ``epub`` or ``docx``.
        maker: The program that made it, as it says.
        against: What it was compared with, or empty.
        facts: Counts of the file.
        same: What is the same as in the tree, by count.
        lost: What the format or this file does not tell, by count.
        faults: What is wrong.
        contents: The lines of its contents, with the labels of the pages they lead to.
    """

    file: str
    format: str
    maker: str = ""
    against: str = ""
    facts: dict[str, int | str] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    numbers: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)


def read_file(data: bytes, name: str) -> Reading:
    """What a finished file says.

    Args:
        data: The file.
        name: Its name, for messages; the kind of file is told from its bytes.

    Raises:
        PublisherError: It is no PDF, EPUB or Word file, or damaged.
    """
    if b"%PDF-" in data[:1024]:
        from publisher.verify.pdf import read_pdf

        return read_pdf(data, name)
    if data.startswith(b"PK"):
        from publisher.readers.archive import Archive
        from publisher.verify.docx import LIMIT, read_docx
        from publisher.verify.epub import read_epub

        members = Archive(data, name, LIMIT)
        if "META-INF/container.xml" in members:
            return read_epub(data, name)
        if any(member.startswith("word/") for member in members):
            return read_docx(data, name)
    raise UnsupportedFormat(
        "is no PDF, EPUB or Word file",
        code="verify.format",
        where=name,
        hint="verify reads what build writes",
    )


def prove(  # noqa: PLR0913 - what a file is, and what it should be
    data: bytes,
    name: str,
    document: Document | None = None,
    picture: Callable[[str], bytes] | None = None,
    against: str = "",
    *,
    ours: bool = False,
    tagged: bool = True,
) -> Proof:
    """The proof of one file.

    Args:
        data: The file.
        name: Its name.
        document: The tree it was made from, after all transforms; None checks it against itself.
        picture: Gives the bytes of the tree's pictures.
        against: What the tree is called.
        tagged: A PDF is meant to have tags.
        ours: The file is known to be publisher's, whatever it says.

    Raises:
        PublisherError: The file cannot be read.
    """
    found = read_file(data, name)
    proof = Proof(name, found.format, found.maker, against, dict(found.facts))
    proof.facts["characters"] = len(found.stream)
    proof.faults += [f for f in found.faults if tagged or f.code != "tags.missing"]
    proof.faults += _doubtful(found, document)
    for entry in found.contents:
        title = "".join(entry.title.split())
        proof.numbers.setdefault(title, []).append(entry.number)
    proof.pages = {label: found.stream[at : at + _OPENING] for label, at in found.pages if at >= 0}
    if document is None:
        proof.faults += _entries(found)
        proof.faults += _numbers(found)
        proof.same = _counts(found)
        return proof
    if not ours and MAKER not in found.maker:
        found.tells &= FOREIGN
        if not any(mark.kind == "call" for mark in found.marks):
            found.tells -= {"call"}
    wanted = expected(document, HABITS[found.format], found.labels, picture)
    verdict: Verdict = compare(wanted, found, title_lines(document), _forms(found.format))
    proof.same = verdict.same
    proof.faults += verdict.faults + _numbers(found)
    if found.format == "docx":
        bare = [fault for fault in proof.faults if fault.code == "alt.missing"]
        if len(bare) <= sum(not picture.alt for picture in wanted.pictures):
            proof.faults = [fault for fault in proof.faults if fault not in bare]
    if "addresses" in found.tells and found.format == "pdf":
        proof.faults += _addresses(wanted, found)
    proof.lost = _lost(wanted, found)
    proof.faults = list(dict.fromkeys(proof.faults))
    return proof


def _forms(format_: str) -> dict[str, Callable[[Any], Any]]:
    if format_ != "docx":
        return {"lang": str.lower}
    return {"lang": _word_language, "meta.language": _word_language}


def _word_language(tag: str) -> str:
    """A language as far as Word tells it: Chinese by its script, all else without a region."""
    words = tag.lower().split("-")
    if words[0] == "zh":
        return "zh-hant" if {"hant", "tw", "hk", "mo"} & set(words) else "zh-hans"
    return words[0]


def _doubtful(found: Reading, document: Document | None) -> list[Fault]:
    """Characters that look like others; with a tree only those that it does not have."""
    faults: list[Fault] = []
    if document is not None:
        return faults  # the comparison names them, with what should stand there
    for char, code in sorted(doubtful(found.stream).items()):
        at, count = found.stream.find(char), 0
        while at >= 0 and count < _FEW:
            context = found.stream[max(0, at - 12) : at]
            faults.append(Fault(code, place_of(found, at), "", char, context, "", named(char)))
            at, count = found.stream.find(char, at + 1), count + 1
    return faults


def _entries(found: Reading) -> list[Fault]:
    """Lines of contents that lead elsewhere than to the heading they name."""
    faults: list[Fault] = []
    starts = {m.start: found.stream[m.start : m.end] for m in found.marks if m.kind == "heading"}
    titles = set(starts.values())
    for name, entries in (("outline", found.outline), ("contents", found.contents)):
        for entry in entries:
            title = "".join(entry.title.split())
            if entry.target < 0 or title not in titles:
                continue
            end = found.reach.get(entry.target, entry.target + 1)
            here = [text for at, text in starts.items() if entry.target <= at < end]
            if title not in here and not _within(found, entry, title):
                text = found.stream[entry.target : entry.target + 20]
                place = place_of(found, entry.target)
                faults.append(Fault(f"{name}.target", place, entry.title, text))
    return faults


def _within(found: Reading, entry: Entry, title: str) -> bool:
    """The heading ends where the line begins that the entry leads to (of several)."""
    return title in found.stream[entry.target : entry.target + len(title) + 2]


def _numbers(found: Reading) -> list[Fault]:
    """Page numbers of contents never fall, but where Roman ones end, nor exceed the pages."""
    faults: list[Fault] = []
    ours = found.format == "docx" and MAKER in found.maker  # others do not keep the count true
    most = int(found.facts.get("pages", 0)) if ours else 0
    most = most or sys.maxsize
    last = 0
    for entry in found.contents:
        number = small_number(entry.number)
        if number is None:
            if entry.number and page_number(entry.number) is None:
                faults.append(Fault("contents.number", entry.place, "", entry.number, entry.title))
            continue
        if number > most:
            faults.append(
                Fault("contents.number", entry.place, f"≤ {most}", str(number), entry.title)
            )
            continue
        if number < last:
            faults.append(
                Fault("contents.number", entry.place, f"≥ {last}", str(number), entry.title)
            )
        last = number
    return faults


def _addresses(wanted: Reading, found: Reading) -> list[Fault]:
    ours = {m.value for m in wanted.marks if m.kind == "link"}
    theirs = set(found.addresses)
    lost = [Fault("link.lost", "", wanted=address) for address in sorted(ours - theirs)]
    return lost + [Fault("link.extra", "", found=address) for address in sorted(theirs - ours)]


def _counts(found: Reading) -> dict[str, int]:
    marks = Counter(mark.kind for mark in found.marks)
    counts = {
        "characters": len(found.stream),
        "paragraphs": len(found.passages),
        "headings": marks["heading"],
        "links": marks["link"] + marks["goto"] + len(found.addresses),
        "notes": marks["call"],
        "pictures": len(found.pictures),
        "tables": len(found.tables),
        "ruby": marks["ruby"],
        "outline": len(found.outline),
        "contents": len(found.contents),
    }
    return {key: count for key, count in counts.items() if count}


def _lost(wanted: Reading, found: Reading) -> dict[str, int]:
    """What the tree says that the file has no way to say, or cannot be asked for."""
    lost: dict[str, int] = {}
    for kind in (*COVERING, "ruby", "call", "item"):
        if kind not in found.tells and not (kind == "dots" and found.dots):
            count = sum(1 for mark in wanted.marks if mark.kind == kind)
            if count and not (kind == "link" and "addresses" in found.tells):
                lost[kind] = count
    if "pictures" not in found.tells and wanted.pictures:
        lost["pictures"] = len(wanted.pictures)
    if "tables" not in found.tells and wanted.tables:
        lost["tables"] = len(wanted.tables)
    for key in ("subtitle", "people", "date", "publisher", "rights", "identifier"):
        if key not in found.tells and wanted.meta.get(key):
            lost[key] = len(wanted.meta[key])
    return lost


def cross_check(proofs: list[Proof]) -> None:
    """Compares page numbers of Word's contents and an EPUB's page list with a PDF of the same run.

    Only where both are of one name; vertical pages have numbers of their own. Those of Word's
    contents are counted with its own lines, so that they need only be near.
    """
    pages = {PurePath(p.file).stem: p for p in proofs if p.format == "pdf"}
    for proof in proofs:
        other = pages.get(PurePath(proof.file).stem)
        if other is None or other.facts.get("lines") == "vertical":
            continue
        if proof.format == "epub":
            proof.faults += _page_starts(proof, other)
        if proof.format != "docx":
            continue
        check_numbers(proof, other.numbers, PurePath(other.file).name, _near)


def check_numbers(
    proof: Proof,
    wanted: dict[str, list[str]],
    name: str,
    same: Callable[[str, str], bool] = same_number,
) -> None:
    """Adds a fault for each title in contents whose page numbers are not those of `wanted`.

    Args:
        proof: Of the file.
        wanted: Page labels by title without blanks, in order.
        name: What they come from.
        same: Whether a wanted label and one that was found agree.
    """
    for title, numbers in proof.numbers.items():
        theirs = wanted.get(title, [])
        if len(theirs) == len(numbers) and not all(map(same, theirs, numbers)):
            found = " ".join(numbers)
            proof.faults.append(
                Fault("contents.number", "contents", " ".join(theirs), found, "", name, title)
            )


def _near(printed: str, in_word: str) -> bool:
    """Whether a page of a PDF and one of a Word file may be the same place of the text.

    A word processor fills lines otherwise and moves whole tables and pictures on, so that it may
    need many pages more, or less where the PDF has columns: half or twice as many, and two.
    """
    one, other = small_number(printed), small_number(in_word)
    if one is None or other is None:
        return same_number(printed, in_word)
    return one / 2 - 2 <= other <= 2 * one + 2


def _page_starts(proof: Proof, other: Proof) -> list[Fault]:
    """Pages of an EPUB's page list that begin elsewhere than those of the PDF.

    The first one may begin behind a title that the page has above it.
    """
    name = PurePath(other.file).name
    return [
        Fault("page.begins", "page list", other.pages[label], text, "", name, label)
        for label, text in list(proof.pages.items())[1:]
        if label in other.pages and other.pages[label] != text
    ]
