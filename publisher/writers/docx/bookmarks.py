"""Bookmarks: a name that Word takes for every id, and numbers that are given once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.tree.ids import is_well_formed, link_targets, unique_id

if TYPE_CHECKING:
    from publisher.tree.meta import Document

_UNFIT: Final = re.compile(r"[^A-Za-z0-9_]+")


class Bookmarks:
    """Names and numbers of bookmarks.

    Word takes letters, digits and underscores, 40 at most, beginning with a letter or underscore,
    and does not tell cases apart: ids that differ in case alone get different names.
    """

    def __init__(self, document: Document) -> None:
        self._names: dict[str, str] = {}
        self._placed: set[str] = set()
        self._count = 0
        taken: set[str] = set()
        for target in link_targets(document):
            if target in self._names:
                continue
            wanted = target if is_well_formed(target) else f"id_{_UNFIT.sub('_', target)}"
            name = unique_id(wanted, lambda n: n.casefold() in taken)
            taken.add(name.casefold())
            self._names[target] = name

    def name(self, target: str) -> str:
        """The bookmark of an id, or an empty string for an id that is nowhere."""
        return self._names.get(target, "")

    def around(self, target: str, content: str) -> str:
        """The content inside the bookmark of an id; an id's second place gets none."""
        name = self._names.get(target)
        if name is None or name in self._placed:
            return content
        self._placed.add(name)
        number = self._count
        self._count += 1
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )
