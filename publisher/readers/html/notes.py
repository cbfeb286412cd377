"""Footnotes of a page: which elements are notes, which links call them, which lead back."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import unquote

from publisher.readers.html.parse import fit, roles, whole_text
from publisher.record import dataclass, field

_NOTE_ROLES: Final = frozenset(["footnote", "endnote", "rearnote"])
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_LIST_ROLES: Final = frozenset(
    ["footnotes", "endnotes", "rearnotes", "references", "footnote-list", "notes"]
)
_BACK_ROLES: Final = frozenset(
    ["backlink", "footnote-back", "footnote-backref", "reversefootnote", "footnote-return"]
)
# Headings that announce notes; they go when the notes have gone to their pages.
_NOTE_HEADING: Final = re.compile(
    r"(?i)\s*(?:[注註][释釋記记]?|[脚腳][注註]|尾[注註]|参考注|각주|주석|주|(?:foot|end)?notes)\s*[:：]?\s*"
)
# What a call looks like when nothing says that it is one: 1, [1], (1), ①, *, 注1, 註1, †.
_CALL_TEXT: Final = re.compile(
    r"\s*[\[(（〔【［]?\s*(?:[注註]|※)?\s*(?:\d{1,4}|[①-⑳]|[*†‡§]{1,3}|[a-z]|[ivx]{1,5})\s*[\])）〕】］]?\s*"
)
_LABEL_END: Final = re.compile(r"\A[\])）〕】］]?[.．:：、]?\s*")
_NOTE_BLOCKS: Final = ("p", "div", "li", "dd", "aside")
_NOTE_ID: Final = re.compile(
    r"(?i)(?:fn|footnote|note|cite_note|endnote|zhu|chu)[\w:.-]*\d[\w:.-]*"
)


@dataclass(slots=True)
class PageNotes:
    """The notes of a page, by element.

    Attributes:
        ids: The tree id of each element that is a note and is called.
        calls: The tree id of the note that each calling link calls.
        back: Links that lead from a note back to its call, and headings left without any note
            under them; they print nothing.
        emptied: Lists and sections that hold called notes and nothing else.
    """

    ids: dict[Any, str] = field(default_factory=dict)
    calls: dict[Any, str] = field(default_factory=dict)
    back: set[Any] = field(default_factory=set)
    emptied: set[Any] = field(default_factory=set)


def find_notes(top: Any) -> PageNotes:
    """The notes inside `top`. A note that nothing calls is left to be read as ordinary text."""
    found = PageNotes()
    links = [link for link in top.iter("a") if (link.get("href") or "").startswith("#")]
    if not links:
        return found
    by_id: dict[str, Any] = {}
    for element in top.iter():
        for name in ("id", "name"):
            if element.get(name):
                by_id.setdefault(element.get(name), element)
    homes: dict[Any, Any] = {}
    calling: set[Any] = set()
    for link in links:
        target = by_id.get(unquote(link.get("href")[1:]))
        note = _note_of(target) if target is not None else None
        if note is not None and not _within(link, note) and _is_call(link, note):
            homes[link] = note
        elif target is not None and note is None:
            mutual = _mutual_note(link, target, by_id)
            if mutual is not None and mutual not in calling:
                homes[link] = mutual
                calling.update(_around(link))
    for link, note in homes.items():
        key = found.ids.setdefault(note, f"note_{len(found.ids) + 1}")
        found.calls[link] = key
    _find_back_links(links, found, by_id)
    _find_emptied(found)
    return found


def _note_of(target: Any) -> Any:
    """The note that a link's target is or lies in, or None."""
    element = target
    for _ in range(4):
        if element is None or element.tag in ("body", "article", "main", "html"):
            return None
        if _NOTE_ROLES & roles(element):
            return element
        if element.tag in ("li", "dd", "p", "div", "tr"):
            parent = element.getparent()
            for _ in range(3):
                if parent is None:
                    break
                if _LIST_ROLES & roles(parent):
                    return element if element.tag != "tr" else None
                parent = parent.getparent()
            own_id = element.get("id") or target.get("id") or target.get("name") or ""
            if element.tag in ("li", "p", "div") and _NOTE_ID.fullmatch(own_id):
                return element
        element = element.getparent()
    return None


def _mutual_note(link: Any, target: Any, by_id: dict[str, Any]) -> Any:
    """The block that a sign leads to and that begins with a link back to the sign, or None.

    So books mark notes for whose kind they have no word; call and note look alike but for the
    note's link being the first thing in its block, and the call's not.
    """
    if not _CALL_TEXT.fullmatch(whole_text(link)):
        return None
    block = next((e for e in (target, *target.iterancestors()) if e.tag in _NOTE_BLOCKS), None)
    if block is None or _within(link, block):
        return None
    links = (e for e in block.iter("a") if (e.get("href") or "").startswith("#"))
    back = next(links, None)
    if back is None:
        return None
    leads = by_id.get(unquote(back.get("href")[1:]))
    if leads is None or leads not in _around(link) or not _CALL_TEXT.fullmatch(whole_text(back)):
        return None
    return block if _text_before(block, back) == "" else None


def _around(link: Any) -> set[Any]:
    """The link, what is in it, and the marks it stands in."""
    found = set(link.iter())
    parent = link.getparent()
    while parent is not None and parent.tag in ("sup", "span", "small", "b", "i", "em", "strong"):
        found.add(parent)
        parent = parent.getparent()
    return found


def _text_before(block: Any, inner: Any) -> str:
    """The text of a block before an element in it."""
    pieces = [block.text or ""]
    for element in block.iterdescendants():
        if element is inner:
            break
        pieces.append(element.text or "")
        inside = any(e is element for e in inner.iterancestors())
        pieces.append("" if inside else element.tail or "")
    return "".join(pieces).strip()


def _is_call(link: Any, note: Any) -> bool:
    if _BACK_ROLES & roles(link):
        return False  # of a note that another note calls
    if {"noteref", "footnote-ref", "footnote-reference"} & roles(link):
        return True
    if _NOTE_ROLES & roles(note) or _CALL_TEXT.fullmatch(whole_text(link)):
        parent = link.getparent()
        raised = parent is not None and parent.tag == "sup"
        raised = raised or any(child.tag == "sup" for child in link)
        return raised or bool(_CALL_TEXT.fullmatch(whole_text(link)))
    return False


def _find_back_links(links: list[Any], found: PageNotes, by_id: dict[str, Any]) -> None:
    places = set()
    for call in found.calls:
        element = call
        for _ in range(3):
            if element is None:
                break
            places.add(element)
            element = element.getparent()
        places.update(call.iter())
    for link in links:
        if link in found.calls:
            continue
        note = next((e for e in (link, *link.iterancestors()) if e in found.ids), None)
        if note is None:
            continue
        target = by_id.get(unquote(link.get("href")[1:]))
        if _BACK_ROLES & roles(link) or target in places:
            found.back.add(link)
            block = next((e for e in link.iterancestors() if e.tag in _NOTE_BLOCKS), note)
            if link.tail and not _text_before(block, link):
                link.tail = fit(_LABEL_END.sub("", link.tail))  # of a label: "1." or "[1]"


def _find_emptied(found: PageNotes) -> None:
    """Marks what holds notes only; a rule or a heading inside it goes with it."""
    for note in found.ids:
        parent = note.getparent()
        while parent is not None and parent.tag in ("ol", "ul", "dl", "section", "div", "aside"):
            alone = all(
                child in found.ids or child in found.emptied or child.tag in ("hr", *_HEADINGS)
                for child in parent
            )
            bare = not (parent.text or "").strip() and not any(
                (child.tail or "").strip() for child in parent
            )
            if not (alone and bare) or (parent.tag == "div" and not (_LIST_ROLES & roles(parent))):
                break
            found.emptied.add(parent)
            _find_heading(parent, found)
            parent = parent.getparent()


def _find_heading(emptied: Any, found: PageNotes) -> None:
    heading, following = emptied.getprevious(), emptied.getnext()
    if heading is None or heading.tag not in _HEADINGS:
        return
    ends = following is None or following.tag in _HEADINGS
    if ends and _NOTE_HEADING.fullmatch(whole_text(heading)):
        found.back.add(heading)


def _within(element: Any, ancestor: Any) -> bool:
    return element is ancestor or any(a is ancestor for a in element.iterancestors())
