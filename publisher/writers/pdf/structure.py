"""The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).

Pages tell which structure element each stretch of marked content belongs to; elements appear in
the tree in the order in which their content is first painted, so one without content is left out.
Figures and tables that were moved to a later page take their place in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.layout.types import FOOTER, HEADER, REPEATED
from publisher.record import NamedTuple
from publisher.writers.pdf import syntax
from publisher.writers.pdf.struct_tree import (
    Annotation,
    Content,
    Node,
    drop_links,
    missing_parts,
    place_floats,
    place_notes,
    preorder,
    sort_tables,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.layout.types import Element
    from publisher.writers.pdf.reportlab_shim import PdfFile, Ref

# What begins an artifact (14.8.2.2): decoration unless it is one of these.
_LAYOUT = "/Artifact<</Type/Layout>>BDC"
_ARTIFACTS = {
    HEADER: "/Artifact<</Type/Pagination/Subtype/Header>>BDC",
    FOOTER: "/Artifact<</Type/Pagination/Subtype/Footer>>BDC",
    REPEATED: "/Artifact<</Type/Pagination>>BDC",
}

# Attributes that stand in the element itself, as text strings.
_OWN = {"Alt": "Alt", "ActualText": "ActualText", "Title": "T", "Lang": "Lang"}
# Attributes with an owner (14.8.5): owner, and whether the value is a name, a
# number or the indices of other elements.
_OWNED = {
    "Scope": ("Table", "name"),
    "ColSpan": ("Table", "number"),
    "RowSpan": ("Table", "number"),
    "Headers": ("Table", "cells"),
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


# What may be painted later than its place in the text, and what may be painted earlier.
_MOVED = frozenset({"Figure", "Table", "Div"})
_EARLIER = frozenset({"Note", "TOC", "Reference"})


class Mark(NamedTuple):
    """What a stretch of marked content is.

    Attributes:
        element: Index of the layout's structure element; below 0 an artifact.
        tag: Its own role inside the element, or empty.
        link: Target of the link it belongs to, or empty.
        lang: Its language where it differs, or empty.
        alt: What a picture in a line shows, or empty.
    """

    element: int
    tag: str = ""
    link: str = ""
    lang: str = ""
    alt: str = ""


def _ruby(mark: Mark, node: Node) -> Node:
    """The Ruby element for a base (a new one) or its annotation (the last one) (14.8.4.4.3)."""
    last = node.kids[-1] if node.kids else None
    if mark.tag == "RT" and isinstance(last, Node) and last.role == "Ruby":
        return last
    return node.child("Ruby")


def _warichu(mark: Mark, node: Node) -> Node:
    """The element for an inline note's text (WT) or a parenthesis around it (WP) (14.8.4.4.3).

    A Warichu begins with its opening parenthesis or, where it has none of its own, with its text.
    """
    last = node.kids[-1] if node.kids else None
    if mark.tag != "WP" and isinstance(last, Node) and last.role == "Warichu":
        end = last.kids[-1]
        if isinstance(end, Node) and end.role == mark.tag == "WT":
            return end
        if mark.tag == "WP-end" or len(last.kids) == 1:
            return last.child(mark.tag[:2])
    return node.child("Warichu").child(mark.tag[:2])


class Tagger:
    """Numbers marked content while pages are painted; builds the tree when they are.

    Args:
        elements: The layout's structure elements; parents stand before their children.
    """

    def __init__(self, elements: Sequence[Element]) -> None:
        self._elements = elements
        self._root = Node("Document", None)
        self._nodes: dict[int, Node] = {}
        self._places: dict[Node, int] = {}
        # What was marked last, and the node that took it.
        self._last: tuple[Mark, Node] | None = None
        # The last link of an element to a target, and which of them the last content was in.
        self._links: dict[tuple[int, str], Node] = {}
        self._linked: tuple[int, str] | None = None
        # Entries of a contents are links as a whole: their content goes inside.
        self._inside: dict[int, Node] = {}
        # Levels of the headings that the next one may stand below.
        self._levels: list[str] = []
        self._page = -1
        self._owners: list[list[Node]] = []
        self._annotations: list[tuple[Node, Ref | None]] = []
        # The block of the first call of each note.
        self._calls: dict[str, Node] = {}

    # ------------------------------------------------------------------------ while painting

    def start_page(self) -> None:
        """Starts the next page; MCIDs count from 0 on each."""
        self._page += 1
        self._owners.append([])

    def open(self, mark: Mark) -> str:
        """The operator that begins marked content."""
        if mark.element < 0:
            return _ARTIFACTS.get(mark.element, _LAYOUT)
        node = self._holder(mark)
        owners = self._owners[self._page]
        mcid = len(owners)
        owners.append(node)
        node.kids.append(Content(self._page, mcid))
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
            node = self._node(mark.element)
            if node.role == "TOCI":
                link = self._inside[mark.element] = node.child("Reference").child("Link")
            else:
                link = node.child("Link")
            self._links[mark.element, target] = link
        link.kids.append(Annotation(self._page, key))
        self._annotations.append((link, None))
        return key

    def annotate(self, key: int, annotation: Ref) -> None:
        """Tells which object an annotation became."""
        self._annotations[key] = (self._annotations[key][0], annotation)

    def picture(self, mark: Mark) -> None:
        """Begins a picture in a line: two with one description are two elements."""
        if self._last is not None and self._last[0] == mark:
            self._last = None

    def _holder(self, mark: Mark) -> Node:
        """The node that content under a mark belongs to."""
        last = self._last
        if last is not None and last[0] == mark:
            return last[1]
        block = self._node(mark.element)
        node = outer = self._inside.get(mark.element) or block
        call = mark.tag == "Note-call"
        if call and mark.link:
            self._calls.setdefault(mark.link[1:], block)
        if mark.link:
            node = outer = self._link_node(mark, node)
        elif call:
            node = outer = node.child("Reference")
        if mark.tag in ("RB", "RT"):
            node = _ruby(mark, node).child(mark.tag)
        elif mark.tag in ("WT", "WP", "WP-end"):
            node = _warichu(mark, node)
        elif mark.tag and not call:
            role = _ROLES.get(mark.tag, "Span")
            if role != node.role:
                node = node.child(role)
        if mark.lang:
            if node is outer:
                node = node.child("Span")
            node.attributes = (("Lang", mark.lang),)
        if mark.alt:
            node.attributes = (("Alt", mark.alt),)
        self._last = (mark, node)
        self._linked = (mark.element, mark.link) if mark.link else None
        return node

    def _link_node(self, mark: Mark, node: Node) -> Node:
        """The Link for content: the open one if the last content had the same target."""
        key = (mark.element, mark.link)
        if self._linked == key:
            return self._links[key]
        if mark.tag == "Note-call":
            node = node.child("Reference")
        link = self._links[key] = node.child("Link")
        return link

    def _node(self, index: int) -> Node:
        node = self._nodes.get(index)
        if node is None:
            element = self._elements[index]
            parent = self._root if element.parent < 0 else self._node(element.parent)
            if element.parent < 0 and element.role == "Document":
                node = self._root
                node.attributes = element.attributes
            else:
                role = element.role
                node = parent.child(self._heading(role) if role in _HEADINGS else role)
                node.attributes = element.attributes
                if role in _MOVED:
                    self._settle(node, index)
            self._nodes[index] = node
            self._places[node] = index
        return node

    def _settle(self, node: Node, index: int) -> None:
        """Moves a new node back before the text that stands after it in the source."""
        assert node.parent is not None
        kids = node.parent.kids
        at = place = len(kids) - 1
        while at > 0:
            at -= 1
            before = kids[at]
            if isinstance(before, Node) and before.role in _EARLIER:
                continue
            if not isinstance(before, Node) or self._places.get(before, -1) < index:
                break
            place = at
        if place < len(kids) - 1:
            kids.insert(place, kids.pop())

    def _heading(self, role: str) -> str:
        """A heading's role without skipped levels (ISO 14289-1, 7.4.2): its depth below others."""
        while self._levels and self._levels[-1] >= role:
            self._levels.pop()
        self._levels.append(role)
        return f"H{len(self._levels)}"

    # ------------------------------------------------------------------------ afterwards

    def struct_parent(self, key: int) -> int:
        """/StructParent of an annotation; pages have the keys before it."""
        return len(self._owners) + key

    def _notes(self) -> dict[str, Node]:
        """The notes that were set away from their calls, by id."""
        return {
            value: node
            for index, node in self._nodes.items()
            if node.role == "Note"
            for key, value in self._elements[index].attributes
            if key == "Call"
        }

    def build(self, file: PdfFile, pages: Sequence[Ref]) -> Ref:
        """Adds the structure tree; the root goes into the catalogue."""
        elements, nodes = self._elements, self._nodes
        for index in missing_parts(elements, nodes):
            self._node(index)
        sort_tables(elements, nodes)
        place_floats(nodes)
        place_notes(self._notes(), self._calls)
        dropped = {key: node for key, (node, ref) in enumerate(self._annotations) if ref is None}
        drop_links(dict.fromkeys(dropped.values()), dropped)
        return _Builder(file, pages, self._annotations, nodes).build(self._root, self._owners)


class _Builder:
    """Writes the tree as objects."""

    def __init__(
        self,
        file: PdfFile,
        pages: Sequence[Ref],
        annotations: list[tuple[Node, Ref | None]],
        nodes: Mapping[int, Node],
    ) -> None:
        self._file = file
        self._pages = pages
        self._annotations = annotations
        self._nodes = nodes
        self._refs: dict[Node, Ref] = {}
        self._ids: dict[Node, str] = {}

    def build(self, root: Node, owners: list[list[Node]]) -> Ref:
        file = self._file
        tree = file.reserve()
        order = preorder(root)
        refs = self._refs
        for node in order:
            refs[node] = file.reserve()
        self._name(order)
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
        if self._ids:
            named = sorted((ident, refs[node]) for node, ident in self._ids.items())
            limits = f"[{named[0][0]} {named[-1][0]}]"
            pairs = (f"{ident} {ref}" for ident, ref in named)
            leaf = file.add(syntax.dictionary({"Limits": limits, "Names": syntax.array(pairs)}))
            content["IDTree"] = syntax.dictionary({"Kids": f"[{leaf}]"})
        file.put(tree, syntax.dictionary(content))
        return tree

    def _name(self, order: Sequence[Node]) -> None:
        """Gives an /ID to each note (ISO 14289-1, 7.9) and to header cells that others name."""
        notes = [node for node in order if node.role == "Note"]
        heads = {
            int(index): self._nodes[int(index)]
            for node in order
            for key, value in node.attributes
            if key == "Headers"
            for index in value.split()
        }
        for at, node in enumerate(notes):
            self._ids[node] = syntax.byte_string(b"n%06d" % at)
        for index, node in heads.items():
            self._ids[node] = syntax.byte_string(b"h%06d" % index)

    def _element(self, node: Node, parent: Ref) -> str:
        kids = node.kids
        entries = {"Type": "/StructElem", "S": syntax.name(node.role), "P": parent}
        page = next((kid.page for kid in kids if not isinstance(kid, Node)), None)
        if page is not None:
            entries["Pg"] = self._pages[page]
        if node in self._ids:
            entries["ID"] = self._ids[node]
        owned: dict[str, list[str]] = {}
        for key, value in node.attributes:
            if key in _OWN:
                entries[_OWN[key]] = syntax.text_string(value)
            elif key in _OWNED:
                owner, kind = _OWNED[key]
                shown = value
                if kind == "name":
                    shown = syntax.name(value)
                elif kind == "cells":
                    cells = (self._nodes[int(index)] for index in value.split())
                    shown = syntax.array(self._ids[cell] for cell in cells)
                owned.setdefault(owner, []).append(f"/{key} {shown}")
        if node.box is not None:
            owned.setdefault("Layout", []).append(f"/BBox[{syntax.numbers(node.box)}]")
        if owned:
            entries["A"] = syntax.array(
                f"<</O/{owner}{''.join(values)}>>" for owner, values in owned.items()
            )
        entries["K"] = syntax.array(self._kid(kid, page) for kid in kids)
        return syntax.dictionary(entries)

    def _kid(self, kid: Node | Content | Annotation, page: int | None) -> str:
        if isinstance(kid, Node):
            return self._refs[kid]
        if isinstance(kid, Annotation):
            target = self._annotations[kid.key][1]
            return f"<</Type/OBJR/Pg {self._pages[kid.page]}/Obj {target}>>"
        if kid.page == page:
            return str(kid.mcid)
        return f"<</Type/MCR/Pg {self._pages[kid.page]}/MCID {kid.mcid}>>"
