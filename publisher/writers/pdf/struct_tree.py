"""Elements of the structure tree, and what is put in order when every page has been painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.record import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from publisher.layout.types import Element

_TABLE_PARTS = frozenset({"THead", "TBody", "TFoot", "TR", "TH", "TD"})
# Elements whose order among others is not that of the text.
_ANYWHERE = frozenset({"TOC", "Note"}) | _TABLE_PARTS
# Elements that take certain others only, and no note among them.
_STRICT = frozenset({"LI", "TOC", "TOCI", "Table", "TR"})


class Content(NamedTuple):
    """A stretch of marked content: page index and MCID."""

    page: int
    mcid: int


class Annotation(NamedTuple):
    """An annotation on a page, by its place in the document's parent tree."""

    page: int
    key: int


@dataclass(slots=True, eq=False)
class Node:
    """An element in the tree."""

    role: str
    parent: Node | None
    attributes: tuple[tuple[str, str], ...] = ()
    kids: list[Node | Content | Annotation] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None

    def child(self, role: str) -> Node:
        """A new element at its end."""
        kid = Node(role, self)
        self.kids.append(kid)
        return kid


def missing_parts(elements: Sequence[Element], nodes: Mapping[int, Node]) -> list[int]:
    """Empty cells and rows of tables that are in the tree; nothing was painted for them.

    Without them the rows of a table have different numbers of columns (14.8.4.3.4).
    """
    found: list[int] = []
    known = set(nodes)
    for index, element in enumerate(elements):
        if element.role in _TABLE_PARTS and index not in known and element.parent in known:
            known.add(index)
            found.append(index)
    return found


def sort_tables(elements: Sequence[Element], nodes: Mapping[int, Node]) -> None:
    """Puts the parts of tables in the order of their grid.

    A tall row is painted cell by cell on each page, so that its cells come in another order.
    """
    places = {node: index for index, node in nodes.items()}
    parents = {
        nodes[element.parent]
        for index, element in enumerate(elements)
        if element.role in _TABLE_PARTS and index in nodes
    }
    for parent in parents:
        kids = parent.kids
        if all(isinstance(kid, Node) and kid in places for kid in kids):
            kids.sort(key=lambda kid: places[kid])  # type: ignore[index]  # all are nodes


def place_floats(nodes: Mapping[int, Node]) -> None:
    """Puts figures and tables that were moved to a later page back to their place in the text.

    Elements have the order of the text; what is painted after a later one was moved. The contents
    are made last and notes stand at the foot: both stay where they are.
    """
    places = {node: index for index, node in nodes.items() if node.role not in _ANYWHERE}
    last: dict[Node, int] = {}
    late: dict[Node, list[Node]] = {}
    for node, index in places.items():  # in the order in which they were painted
        if node.parent is None:
            continue
        if index < last.setdefault(node.parent, index):
            late.setdefault(node.parent, []).append(node)
        else:
            last[node.parent] = index
    for parent, moved in late.items():
        gone = set(moved)
        kids = [kid for kid in parent.kids if kid not in gone]
        for node in moved:
            index = places[node]
            at = next(
                n
                for n, kid in enumerate(kids)
                if isinstance(kid, Node) and places.get(kid, -1) > index
            )
            kids.insert(at, node)
        parent.kids = kids


def place_notes(notes: Mapping[str, Node], calls: Mapping[str, Node]) -> None:
    """Puts each note that is set at a foot behind the block that first calls it.

    A page shows notes below its text; who listens wants them where they are called (14.8.4.4.1).

    Args:
        notes: The element of each such note, by the note's id.
        calls: The block of the first call of each note, by the note's id, in reading order.
    """
    moved: set[Node] = set()
    changed: set[Node] = set()
    behind: dict[Node, list[Node]] = {}
    inside: list[tuple[Node, Node]] = []
    for ident, block in calls.items():
        note = notes.get(ident)
        if note is None or note.parent is None or block.parent is None or _holds(note, block):
            continue
        moved.add(note)
        changed.add(note.parent)
        if block.parent.role in _STRICT:  # the term of a definition, say: at its own end
            inside.append((block, note))
            note.parent = block
        else:
            changed.add(block.parent)
            behind.setdefault(block, []).append(note)
            note.parent = block.parent
    for parent in changed:
        kids, parent.kids = parent.kids, []
        for kid in kids:
            if not isinstance(kid, Node):
                parent.kids.append(kid)
                continue
            if kid not in moved:
                parent.kids.append(kid)
            parent.kids += behind.get(kid, ())
    for block, note in inside:
        block.kids.append(note)


def drop_links(links: Iterable[Node], dropped: Container[int]) -> None:
    """Takes annotations that were not made out of their links.

    A link that has none left is what it shows: text, or nothing.
    """
    for link in links:
        link.kids = [k for k in link.kids if not (isinstance(k, Annotation) and k.key in dropped)]
        if not link.kids and link.parent is not None:
            link.parent.kids.remove(link)
        elif not any(isinstance(kid, Annotation) for kid in link.kids):
            link.role = "Span"


def _holds(note: Node, block: Node) -> bool:
    """Whether a block stands in a note, which may call itself or the note that calls it."""
    at: Node | None = block
    while at is not None:
        if at is note:
            return True
        at = at.parent
    return False


def preorder(root: Node) -> list[Node]:
    """Every node, parents before children, without recursion: trees may be deep."""
    order: list[Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(kid for kid in reversed(node.kids) if isinstance(kid, Node))
    return order
