"""The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).

Pages tell which structure element each stretch of marked content belongs to; elements appear in
the tree in the order in which their content is first painted, so one without content is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from publisher.writers.pdf import syntax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.layout.types import Element
    from publisher.writers.pdf.reportlab_shim import PdfFile, Ref

ARTIFACT = "/Artifact BMC"

# Attributes that stand in the element itself, as text strings.
_OWN = {"Alt": "Alt", "ActualText": "ActualText", "Title": "T", "Lang": "Lang"}
# Attributes with an owner (14.8.5): owner, and whether the value is a name or a number.
_OWNED = {
    "Scope": ("Table", "name"),
    "ColSpan": ("Table", "number"),
    "RowSpan": ("Table", "number"),
    "Headers": ("Table", "ids"),
    "ListNumbering": ("List", "name"),
    "Placement": ("Layout", "name"),
    "WritingMode": ("Layout", "name"),
}


_HEADINGS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})

# What pieces of a line are called in layout -> standard structure types (14.8.4).
_ROLES = {
    "Note-call": "Reference",
    "Span": "Span",
    "RB": "RB",
    "RT": "RT",
    "Lbl": "Lbl",
    "Code": "Code",
    "Quote": "Quote",
    "Link": "Link",
    "Reference": "Reference",
    # A formula in a line is shown in words or in TeX: text, with nothing for an /Alt to add.
    "Formula": "Span",
    "Figure": "Figure",
}


_TABLE_PARTS = frozenset({"TR", "TH", "TD"})


class Mark(NamedTuple):
    """What a stretch of marked content is.

    Attributes:
        element: Index of the layout's structure element; -1 is an artifact.
        tag: Its own role inside the element, or empty.
        link: Target of the link it belongs to, or empty.
        lang: Its language where it differs, or empty.
    """

    element: int
    tag: str = ""
    link: str = ""
    lang: str = ""


class _Content(NamedTuple):
    """A stretch of marked content: page index and MCID."""

    page: int
    mcid: int


class _Annotation(NamedTuple):
    """An annotation on a page, by its place in the document's parent tree."""

    page: int
    key: int


@dataclass(slots=True, eq=False)
class _Node:
    """An element in the tree."""

    role: str
    parent: _Node | None
    attributes: tuple[tuple[str, str], ...] = ()
    kids: list[_Node | _Content | _Annotation] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None


def _child(node: _Node, role: str) -> _Node:
    kid = _Node(role, node)
    node.kids.append(kid)
    return kid


def _ruby(mark: Mark, node: _Node) -> _Node:
    """The Ruby element for a base (a new one) or its annotation (the last one) (14.8.4.4.3)."""
    last = node.kids[-1] if node.kids else None
    if mark.tag == "RT" and isinstance(last, _Node) and last.role == "Ruby":
        return last
    return _child(node, "Ruby")


def _warichu(mark: Mark, node: _Node) -> _Node:
    """The Warichu element for text (WT) or for the parentheses around it (WP) (14.8.4.4.3)."""
    last = node.kids[-1] if node.kids else None
    if isinstance(last, _Node) and last.role == "Warichu":
        marks = [kid.role for kid in last.kids if isinstance(kid, _Node)]
        if mark.tag == "WT" or marks.count("WP") < 2:
            return last
    return _child(node, "Warichu")


class Tagger:
    """Numbers marked content while pages are painted; builds the tree when they are.

    Args:
        elements: The layout's structure elements; parents stand before their children.
    """

    def __init__(self, elements: Sequence[Element]) -> None:
        self._elements = elements
        self._root = _Node("Document", None)
        self._nodes: dict[int, _Node] = {}
        # What was marked last, and the node that took it.
        self._last: tuple[Mark, _Node] | None = None
        # The last link of an element to a target.
        self._links: dict[tuple[int, str], _Node] = {}
        # Entries of a contents are links as a whole: their content goes inside.
        self._inside: dict[int, _Node] = {}
        # Levels of the headings that the next one may stand below.
        self._levels: list[str] = []
        self._page = -1
        self._owners: list[list[_Node]] = []
        self._annotations: list[tuple[_Node, Ref | None]] = []

    # ------------------------------------------------------------------------ while painting

    def start_page(self) -> None:
        """Starts the next page; MCIDs count from 0 on each."""
        self._page += 1
        self._owners.append([])

    def open(self, mark: Mark) -> str:
        """The operator that begins marked content."""
        if mark.element < 0:
            return ARTIFACT
        node = self._holder(mark)
        owners = self._owners[self._page]
        mcid = len(owners)
        owners.append(node)
        node.kids.append(_Content(self._page, mcid))
        return f"/{node.role}<</MCID {mcid}>>BDC"

    def box(self, mark: Mark, box: tuple[float, float, float, float]) -> None:
        """Notes where the picture of an element stands (/BBox, required of a Figure)."""
        if mark.element >= 0:
            node = self._holder(mark)
            while node.parent is not None and node.role != "Figure":
                node = node.parent
            if node.role == "Figure" and node.box is None:
                node.box = box

    def link(self, mark: Mark, target: str) -> int:
        """Takes a link annotation into the tree: below the text that was marked for its target.

        In an entry of a contents what follows is the link's text (14.8.4.2: TOCI, Reference).

        Returns:
            Its key in the parent tree, counted from 0 after the pages.
        """
        key = len(self._annotations)
        link = self._links.get((mark.element, target))
        if link is None:
            node = self._root if mark.element < 0 else self._node(mark.element)
            if node.role == "TOCI":
                link = self._inside[mark.element] = _child(_child(node, "Reference"), "Link")
            else:
                link = _child(node, "Link")
            self._links[mark.element, target] = link
        link.kids.append(_Annotation(self._page, key))
        self._annotations.append((link, None))
        return key

    def annotate(self, key: int, annotation: Ref) -> None:
        """Tells which object an annotation became."""
        self._annotations[key] = (self._annotations[key][0], annotation)

    def _holder(self, mark: Mark) -> _Node:
        """The node that content under a mark belongs to."""
        last = self._last
        if last is not None and last[0] == mark:
            return last[1]
        node = self._inside.get(mark.element) or self._node(mark.element)
        call = mark.tag == "Note-call"
        if mark.link:
            node = self._link_node(mark, node, last[0] if last is not None else None)
        elif call:
            node = _child(node, "Reference")
        if mark.tag in ("RB", "RT"):
            node = _child(_ruby(mark, node), mark.tag)
        elif mark.tag in ("WT", "WP"):
            node = _child(_warichu(mark, node), mark.tag)
        elif mark.tag and not call:
            role = _ROLES.get(mark.tag, "Span")
            if role != node.role:
                node = _child(node, role)
        if mark.lang and not node.attributes:
            node.attributes = (("Lang", mark.lang),)
        self._last = (mark, node)
        return node

    def _link_node(self, mark: Mark, node: _Node, last: Mark | None) -> _Node:
        """The Link for content: the open one if the last content had the same target."""
        key = (mark.element, mark.link)
        if last is not None and (last.element, last.link) == key:
            return self._links[key]
        if mark.tag == "Note-call":
            node = _child(node, "Reference")
        link = self._links[key] = _child(node, "Link")
        return link

    def _node(self, index: int) -> _Node:
        node = self._nodes.get(index)
        if node is None:
            element = self._elements[index]
            parent = self._root if element.parent < 0 else self._node(element.parent)
            if element.parent < 0 and element.role == "Document":
                node = self._root
                node.attributes = element.attributes
            else:
                role = element.role
                node = _child(parent, self._heading(role) if role in _HEADINGS else role)
                node.attributes = element.attributes
            self._nodes[index] = node
        return node

    def _heading(self, role: str) -> str:
        """A heading's role without skipped levels (ISO 14289-1, 7.4.2): its depth below others."""
        while self._levels and self._levels[-1] >= role:
            self._levels.pop()
        self._levels.append(role)
        return f"H{len(self._levels)}"

    # ------------------------------------------------------------------------ afterwards

    def _complete_tables(self) -> None:
        """Takes in the empty cells and rows of tables, which nothing was painted for.

        Without them the rows of a table have different numbers of columns (14.8.4.3.4).
        """
        grown: set[int] = set()
        for index, element in enumerate(self._elements):
            if element.role not in _TABLE_PARTS or index in self._nodes:
                continue
            if element.parent in self._nodes:
                self._node(index)
                grown.add(element.parent)
        if not grown:
            return
        places = {node: index for index, node in self._nodes.items()}
        for index in grown:
            kids = self._nodes[index].kids
            if all(isinstance(kid, _Node) and kid in places for kid in kids):
                kids.sort(key=lambda kid: places[kid])  # type: ignore[index]  # all are nodes

    def struct_parent(self, key: int) -> int:
        """/StructParent of an annotation; pages have the keys before it."""
        return len(self._owners) + key

    def build(self, file: PdfFile, pages: Sequence[Ref]) -> Ref:
        """Adds the structure tree; the root goes into the catalogue."""
        self._complete_tables()
        return _Builder(file, pages, self._annotations).build(self._root, self._owners)


class _Builder:
    """Writes the tree as objects."""

    def __init__(
        self,
        file: PdfFile,
        pages: Sequence[Ref],
        annotations: list[tuple[_Node, Ref | None]],
    ) -> None:
        self._file = file
        self._pages = pages
        self._annotations = annotations
        self._refs: dict[_Node, Ref] = {}
        self._notes: list[Ref] = []

    def build(self, root: _Node, owners: list[list[_Node]]) -> Ref:
        file = self._file
        tree = file.reserve()
        order = _preorder(root)
        refs = self._refs
        for node in order:
            refs[node] = file.reserve()
        for node in order:
            parent = tree if node.parent is None else refs[node.parent]
            file.put(refs[node], self._element(node, parent))
        entries = [
            f"{page} {file.add(syntax.array(refs[node] for node in nodes))}"
            for page, nodes in enumerate(owners)
            if nodes
        ]
        first = len(owners)
        entries += [
            f"{first + key} {refs[node]}"
            for key, (node, annotation) in enumerate(self._annotations)
            if annotation is not None
        ]
        content = {
            "Type": "/StructTreeRoot",
            "K": refs[root],
            "ParentTree": file.add(syntax.dictionary({"Nums": syntax.array(entries)})),
            "ParentTreeNextKey": str(first + len(self._annotations)),
        }
        if self._notes:
            named = (f"{self._note_id(at)} {ref}" for at, ref in enumerate(self._notes))
            limits = f"[{self._note_id(0)} {self._note_id(len(self._notes) - 1)}]"
            leaf = file.add(syntax.dictionary({"Limits": limits, "Names": syntax.array(named)}))
            content["IDTree"] = syntax.dictionary({"Kids": f"[{leaf}]"})
        file.put(tree, syntax.dictionary(content))
        return tree

    def _element(self, node: _Node, parent: Ref) -> str:
        kids = [kid for kid in node.kids if not self._is_dropped(kid)]
        entries = {"Type": "/StructElem", "S": syntax.name(node.role), "P": parent}
        page = next((kid.page for kid in kids if not isinstance(kid, _Node)), None)
        if page is not None:
            entries["Pg"] = self._pages[page]
        if node.role == "Note":  # each needs an /ID of its own (ISO 14289-1, 7.9)
            entries["ID"] = self._note_id(len(self._notes))
            self._notes.append(self._refs[node])
        owned: dict[str, list[str]] = {}
        for key, value in node.attributes:
            if key in _OWN:
                entries[_OWN[key]] = syntax.text_string(value)
            elif key in _OWNED:
                owner, kind = _OWNED[key]
                shown = syntax.name(value) if kind == "name" else value
                owned.setdefault(owner, []).append(f"/{key} {shown}")
        if node.box is not None:
            owned.setdefault("Layout", []).append(f"/BBox[{syntax.numbers(node.box)}]")
        if owned:
            entries["A"] = syntax.array(
                f"<</O/{owner}{''.join(values)}>>" for owner, values in owned.items()
            )
        entries["K"] = syntax.array(self._kid(kid, page) for kid in kids)
        return syntax.dictionary(entries)

    def _is_dropped(self, kid: _Node | _Content | _Annotation) -> bool:
        """Whether it is a link that led nowhere and was not made."""
        return isinstance(kid, _Annotation) and self._annotations[kid.key][1] is None

    def _kid(self, kid: _Node | _Content | _Annotation, page: int | None) -> str:
        if isinstance(kid, _Node):
            return self._refs[kid]
        if isinstance(kid, _Annotation):
            target = self._annotations[kid.key][1]
            return f"<</Type/OBJR/Pg {self._pages[kid.page]}/Obj {target}>>"
        if kid.page == page:
            return str(kid.mcid)
        return f"<</Type/MCR/Pg {self._pages[kid.page]}/MCID {kid.mcid}>>"

    @staticmethod
    def _note_id(index: int) -> str:
        return syntax.byte_string(b"n%06d" % index)


def _preorder(root: _Node) -> list[_Node]:
    """Every node, parents before children, without recursion: trees may be deep."""
    order: list[_Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(kid for kid in reversed(node.kids) if isinstance(kid, _Node))
    return order
