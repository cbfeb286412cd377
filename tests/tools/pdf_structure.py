"""Checks a tagged PDF's structure and metadata, rule by rule, where outside judges do not look.

`check` gives one line a fault: the rule's name, a colon, what is wrong. The rules are those of
ISO 32000-1 (14.7, 14.8), ISO 14289-1 and ISO 19005-2 that can be told from the file alone.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from tests.tools import pdf_metadata
from tests.tools.pdf_marks import PageMarks, page_marks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GROUPING = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index",
    "NonStruct", "Private",
}  # fmt: skip
BLOCKS = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "LBody", "Table"}
PARTS = {"Lbl", "THead", "TBody", "TFoot", "TR", "TH", "TD"}
INLINE = {
    "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT",
    "RP", "Warichu", "WT", "WP",
}  # fmt: skip
STANDARD = GROUPING | BLOCKS | PARTS | INLINE | {"Figure", "Formula", "Form"}

# Roles that stand in certain others only.
PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "Lbl": {"LI", "Note", "TOCI", "Reference", "Link", "Caption"},
    "TOCI": {"TOC"},
    "RB": {"Ruby"},
    "RT": {"Ruby"},
    "RP": {"Ruby"},
    "WT": {"Warichu"},
    "WP": {"Warichu"},
    "Caption": {"Table", "L", "TOC", "Figure", "Formula"},
}
# Roles that hold certain others only, and no content of their own.
KIDS = {
    "Table": {"Caption", "TR", "THead", "TBody", "TFoot"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"Caption", "L", "LI"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"Caption", "TOC", "TOCI"},
    "TOCI": {"Lbl", "Reference", "NonStruct", "P", "TOC"},
    "Ruby": {"RB", "RT", "RP"},
    "Warichu": {"WT", "WP"},
}
# Block-level elements do not stand in these.
LINES = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Span", "Code", "Quote", "RB", "RT", "WT"}
NUMBERINGS = {
    "None", "Disc", "Circle", "Square", "Decimal", "UpperRoman", "LowerRoman", "UpperAlpha",
    "LowerAlpha",
}  # fmt: skip
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{2,8})*\Z")
OBJECT = -1  # in place of an MCID: an annotation


class Element:
    """A structure element with what the rules ask of it."""

    def __init__(self, obj: pikepdf.Object, parent: Element | None, page: tuple[int, int] | None):
        self.obj = obj
        self.parent = parent
        self.page = obj.Pg.objgen if "/Pg" in obj else page
        self.role = str(obj.S)[1:] if "/S" in obj else ""
        self.kids: list[Element] = []
        self.marks: list[tuple[tuple[int, int] | None, int]] = []
        self.objects: list[pikepdf.Object] = []
        # Kids, marks and pages of objects, in order.
        self.order: list[Element | tuple[tuple[int, int] | None, int]] = []

    def attribute(self, key: str) -> pikepdf.Object | None:
        """An attribute, whoever owns it."""
        held = self.obj.get("/A", pikepdf.Array())
        for entry in held if isinstance(held, pikepdf.Array) else [held]:
            if isinstance(entry, pikepdf.Dictionary) and key in entry:
                return entry[key]
        return None

    def above(self) -> Iterator[Element]:
        """The elements it stands in, innermost first."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent

    def number(self, key: str) -> int:
        """A whole-number attribute, 1 without."""
        value = self.attribute(key)
        return 1 if value is None else int(value)


class Cell(NamedTuple):
    """A table cell on its grid."""

    element: Element
    row: int
    column: int


def check(path: Path | str) -> list[str]:
    """Every fault found in a file."""
    with pikepdf.open(path) as pdf:
        return check_open(pdf)


def check_open(pdf: pikepdf.Pdf) -> list[str]:
    """Every fault found in an open file."""
    found = list(pdf_metadata.faults(pdf))
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return [*found, "tree: there is no StructTreeRoot"]
    return found + _Checker(pdf, root).run()


def elements(pdf: pikepdf.Pdf) -> list[Element]:
    """The structure elements of a file in order."""
    return _elements(pdf.Root.StructTreeRoot)[0]


def _elements(root: pikepdf.Object) -> tuple[list[Element], list[str]]:
    found: list[Element] = []
    faults: list[str] = []
    top = root.get("/K", pikepdf.Array())
    tops = list(top) if isinstance(top, pikepdf.Array) else [top]
    stack = [Element(obj, None, None) for obj in reversed(tops)]
    for element in stack:
        if element.obj.get("/P", root).objgen != root.objgen:
            faults.append(f"tree: the /P of a top {element.role} is not the root")
    while stack:
        element = stack.pop()
        found.append(element)
        held = element.obj.get("/K", pikepdf.Array())
        for kid in list(held) if isinstance(held, pikepdf.Array) else [held]:
            if isinstance(kid, int):
                element.marks.append((element.page, kid))
                element.order.append(element.marks[-1])
            elif kid.get("/Type") == "/MCR":
                page = kid.Pg.objgen if "/Pg" in kid else element.page
                element.marks.append((page, int(kid.MCID)))
                element.order.append(element.marks[-1])
            elif kid.get("/Type") == "/OBJR":
                element.objects.append(kid.Obj)
                element.order.append((kid.Pg.objgen if "/Pg" in kid else element.page, OBJECT))
            else:
                below = Element(kid, element, element.page)
                element.kids.append(below)
                element.order.append(below)
                if "/P" not in kid or kid.P.objgen != element.obj.objgen:
                    faults.append(f"tree: the /P of a {below.role} is not its {element.role}")
        stack.extend(reversed(element.kids))
    return found, faults


class _Checker:
    """One look at a file."""

    def __init__(self, pdf: pikepdf.Pdf, root: pikepdf.Object) -> None:
        self.pdf = pdf
        self.root = root
        self.elements, self.found = _elements(root)
        self.role_map = {str(k)[1:]: str(v)[1:] for k, v in root.get("/RoleMap", {}).items()}

    def say(self, rule: str, what: str) -> None:
        self.found.append(f"{rule}: {what}")

    def run(self) -> list[str]:
        rows = dict(_numbers(self.root.ParentTree)) if "/ParentTree" in self.root else {}
        if not rows and any(element.marks or element.objects for element in self.elements):
            self.say("parent-tree", "is missing or empty")
        self.pages(rows)
        self.annotations(rows)
        self.ids()
        self.headings()
        if [e.role for e in self.elements if e.parent is None] != ["Document"]:
            self.say("tree", "does not begin with one Document")
        for element in self.elements:
            self.place(element)
            self.holds(element)
            self.language(element)
            rule = getattr(self, f"is_{element.role.lower()}", None)
            if rule is not None:
                rule(element)
        return self.found

    # ------------------------------------------------------------------------------- content

    def pages(self, rows: dict[int, pikepdf.Object]) -> None:
        owners: dict[tuple[tuple[int, int] | None, int], list[Element]] = {}
        for element in self.elements:
            for mark in element.marks:
                owners.setdefault(mark, []).append(element)
        for (_, mcid), held in owners.items():
            if len(held) > 1:
                self.say("mcid", f"{mcid} belongs to {' and '.join(e.role for e in held)}")
        seen = set()
        for number, page in enumerate(self.pdf.pages, 1):
            marks = page_marks(page)
            self.found += [f"{fault} on page {number}" for fault in marks.faults]
            mine = {key: held[0] for key, held in owners.items() if key[0] == page.obj.objgen}
            self.page(number, page.obj, marks, ({k[1]: e for k, e in mine.items()}, rows))
            seen |= {(page.obj.objgen, mcid) for mcid, _ in marks.numbers}
        for page_key, mcid in owners.keys() - seen:
            self.say("mcid", f"{mcid} is in the tree but not on page object {page_key}")

    def page(
        self,
        number: int,
        page: pikepdf.Object,
        marks: PageMarks,
        known: tuple[dict[int, Element], dict[int, pikepdf.Object]],
    ) -> None:
        owners, rows = known
        counts = Counter(mcid for mcid, _ in marks.numbers)
        for mcid, count in counts.items():
            if count > 1:
                self.say("mcid", f"{mcid} is there {count} times on page {number}")
        if not marks.numbers:
            return
        if "/StructParents" not in page:
            self.say("struct-parents", f"page {number} has none")
            return
        row = rows.get(int(page.StructParents))
        if row is None or not isinstance(row, pikepdf.Array) or len(row) != len(counts):
            self.say("parent-tree", f"the row of page {number} is not as long as its marks")
            return
        for mcid, role in marks.numbers:
            owner = owners.get(mcid)
            if owner is None:
                self.say("mcid", f"{mcid} on page {number} is not in the tree")
            elif owner.role != role and (role, owner.role) != ("Link", "Span"):
                # A link that leads nowhere, as is known when its text has been painted already.
                self.say("mcid", f"{mcid} on page {number} is marked {role}, not {owner.role}")
            elif mcid >= len(row) or row[mcid].objgen != owner.obj.objgen:
                self.say("parent-tree", f"mark {mcid} of page {number} has another owner")

    def annotations(self, rows: dict[int, pikepdf.Object]) -> None:
        owner = {o.objgen: e for e in self.elements for o in e.objects}
        found = set()
        for number, page in enumerate(self.pdf.pages, 1):
            held = page.obj.get("/Annots", pikepdf.Array())
            if len(held) and page.obj.get("/Tabs") != "/S":
                self.say("tabs", f"page {number} does not go by structure")
            for one in held:
                found.add(one.objgen)
                self.annotation(number, one, (owner.get(one.objgen), rows))
        for objgen in owner.keys() - found:
            self.say("objr", f"leads to {objgen}, which is on no page")

    def annotation(
        self,
        number: int,
        one: pikepdf.Object,
        known: tuple[Element | None, dict[int, pikepdf.Object]],
    ) -> None:
        owner, rows = known
        if owner is None:
            self.say("objr", f"an annotation of page {number} is not in the tree")
            return
        if one.get("/Subtype") == "/Link" and owner.role != "Link":
            self.say("objr", f"a link of page {number} is in a {owner.role}")
        row = rows.get(int(one.get("/StructParent", -1)))
        if row is None or row.objgen != owner.obj.objgen:
            self.say("struct-parent", f"of an annotation of page {number} is not its element's key")
        if not str(one.get("/Contents", "")).strip():
            self.say("contents", f"an annotation of page {number} has none")
        flags = int(one.get("/F", 0))
        if not flags & 4 or flags & (1 | 2 | 32 | 256):
            self.say("annotation-flag", f"{flags} on page {number}: must print and be visible")
        if "/Dest" not in one and "/A" not in one:
            self.say("link", f"of page {number} leads nowhere")

    # --------------------------------------------------------------------------------- tree

    def ids(self) -> None:
        tree = self.root.get("/IDTree")
        named = dict(_names(tree)) if tree is not None else {}
        own = [(bytes(e.obj.ID), e) for e in self.elements if "/ID" in e.obj]
        for ident, count in Counter(i for i, _ in own).items():
            if count > 1:
                self.say("id", f"{ident!r} is there {count} times")
        for ident, element in own:
            if ident not in named or named[ident].objgen != element.obj.objgen:
                self.say("id", f"{ident!r} is not in the IDTree")
        keys = [key for key, _ in _names(tree)] if tree is not None else []
        if keys != sorted(keys):
            self.say("id", "the IDTree is not sorted")

    def headings(self) -> None:
        last = 0
        for element in self.elements:
            match = re.fullmatch(r"H([1-6])", element.role)
            if match is None:
                continue
            if int(match[1]) > last + 1:
                self.say("heading", f"H{match[1]} after {f'H{last}' if last else 'none'}")
            last = int(match[1])

    def place(self, element: Element) -> None:
        role, parent = element.role, element.parent
        if role not in STANDARD:
            if self.role_map.get(role) not in STANDARD:
                self.say("role", f"{role} is neither standard nor mapped")
            return
        if role in self.role_map:
            self.say("role", f"the standard role {role} is mapped")
        over = parent.role if parent is not None else ""
        if role in PARENTS and over not in PARENTS[role]:
            self.say("place", f"{role} in {over or 'no element'}")
        if role in BLOCKS and over in LINES:
            self.say("place", f"{role} in {over}")

    def holds(self, element: Element) -> None:
        wanted = KIDS.get(element.role)
        if wanted is not None:
            odd = [kid.role for kid in element.kids if kid.role not in wanted]
            if odd:
                self.say("place", f"{', '.join(odd)} in {element.role}")
            if element.marks:
                self.say("place", f"content of its own in {element.role}")
        captions = [
            at
            for at, kid in enumerate(element.order)
            if isinstance(kid, Element) and kid.role == "Caption"
        ]
        if captions and (len(captions) > 1 or captions[0] not in (0, len(element.order) - 1)):
            self.say("caption", f"is neither first nor last in {element.role}")

    def language(self, element: Element) -> None:
        if "/Lang" in element.obj and not LANGUAGE.match(str(element.obj.Lang)):
            self.say("lang", f"{str(element.obj.Lang)!r} is no language")

    # -------------------------------------------------------------------- rules of one role

    def is_figure(self, element: Element) -> None:
        if not any(str(element.obj.get(k, "")).strip() for k in ("/Alt", "/ActualText")):
            self.say("alt", "a Figure has none")
        box = element.attribute("/BBox")
        if box is None or len(box) != 4 or not (box[0] < box[2] and box[1] < box[3]):
            self.say("bbox", "a Figure has none")

    def is_formula(self, element: Element) -> None:
        if not any(str(element.obj.get(k, "")).strip() for k in ("/Alt", "/ActualText")):
            self.say("alt", "a Formula has none")

    def is_note(self, element: Element) -> None:
        if "/ID" not in element.obj:
            self.say("id", "a Note has none")

    def is_link(self, element: Element) -> None:
        if not element.objects:
            self.say("objr", "a Link has no annotation")
        if not element.marks and not element.kids:
            self.say("link", "has no content")

    def is_ruby(self, element: Element) -> None:
        roles = [kid.role for kid in element.kids]
        if roles not in (["RB", "RT"], ["RB", "RP", "RT", "RP"]):
            self.say("ruby", f"holds {' '.join(roles) or 'nothing'}")

    def is_warichu(self, element: Element) -> None:
        roles = [kid.role for kid in element.kids]
        if roles not in (["WT"], ["WP", "WT", "WP"]):
            self.say("warichu", f"holds {' '.join(roles) or 'nothing'}")

    def is_l(self, element: Element) -> None:
        value = element.attribute("/ListNumbering")
        if value is None or str(value)[1:] not in NUMBERINGS:
            self.say("list", f"has the numbering {value}")
        if not any(kid.role in ("LI", "L") for kid in element.kids):
            self.say("list", "has no items")

    def is_li(self, element: Element) -> None:
        roles = [kid.role for kid in element.kids]
        if not roles or "Lbl" in roles[roles.index("LBody") if "LBody" in roles else len(roles) :]:
            self.say("list", f"an item holds {' '.join(roles) or 'nothing'}")

    def is_toci(self, element: Element) -> None:
        inside = [kid for kid in element.kids if kid.role == "Reference"]
        if not inside or not any(kid.role == "Link" for kid in inside[0].kids):
            self.say("toc", "an entry is no Reference with a Link")

    def is_th(self, element: Element) -> None:
        if str(element.attribute("/Scope")) not in ("/Row", "/Column", "/Both"):
            self.say("scope", f"of a TH is {element.attribute('/Scope')}")

    def is_table(self, element: Element) -> None:
        groups = [kid.role for kid in element.kids if kid.role != "Caption"]
        if "TR" in groups and len(set(groups)) > 1:
            self.say("table", "has rows outside its groups")
        order = [role for role in groups if role != "TR"]
        if order != sorted(order, key=("THead", "TBody", "TFoot").index):
            self.say("table", f"has its groups as {' '.join(order)}")
        if order and ("TBody" not in order or order.count("THead") > 1 or order.count("TFoot") > 1):
            self.say("table", f"has the groups {' '.join(order)}")
        cells = self.grid(element)
        self.headers(cells)

    def grid(self, table: Element) -> list[Cell]:
        """The cells on the grid that their spans make; says where it has holes or overlaps."""
        parts = [kid for kid in table.kids if kid.role in ("THead", "TBody", "TFoot")] or [table]
        cells: list[Cell] = []
        taken: dict[tuple[int, int], Element] = {}
        first = 0
        for part in parts:
            rows = [kid for kid in part.kids if kid.role == "TR"]
            for at, row in enumerate(rows, first):
                column = 0
                for cell in row.kids:
                    while (at, column) in taken:
                        column += 1
                    wide, tall = cell.number("/ColSpan"), cell.number("/RowSpan")
                    if tall > first + len(rows) - at:
                        self.say("table", "a cell spans more rows than there are")
                    for below in range(tall):
                        for beside in range(wide):
                            if taken.setdefault((at + below, column + beside), cell) is not cell:
                                self.say("table", "cells overlap")
                    cells.append(Cell(cell, at, column))
                    column += wide
            first += len(rows)
        width = max((column for _, column in taken), default=-1) + 1
        holes = [(r, c) for r in range(first) for c in range(width) if (r, c) not in taken]
        if holes:
            self.say("table", f"has no cell at row and column {holes[0]}")
        return cells

    def headers(self, cells: list[Cell]) -> None:
        heads = {bytes(c.element.obj.ID): c for c in cells if "/ID" in c.element.obj}
        scoped = [c for c in cells if c.element.role == "TH"]
        headed = any(above.role == "THead" for c in scoped for above in c.element.above())
        for cell in cells:
            named = cell.element.attribute("/Headers")
            for ident in named or ():
                head = heads.get(bytes(ident))
                if head is None or head.element.role != "TH" or head.element is cell.element:
                    self.say("headers", f"{bytes(ident)!r} is no TH of the table")
            alone = headed and cell.element.role == "TD" and not named
            if alone and not any(_heads(head, cell) for head in scoped):
                self.say("headers", f"no TH heads row {cell.row}, column {cell.column}")


def _heads(head: Cell, cell: Cell) -> bool:
    """Whether a TH heads a cell by its Scope."""
    scope = str(head.element.attribute("/Scope"))
    wide, tall = head.element.number("/ColSpan"), head.element.number("/RowSpan")
    across, deep = cell.element.number("/ColSpan"), cell.element.number("/RowSpan")
    above = head.column < cell.column + across and cell.column < head.column + wide
    beside = head.row < cell.row + deep and cell.row < head.row + tall
    return (scope in ("/Column", "/Both") and above) or (scope in ("/Row", "/Both") and beside)


def _numbers(node: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    values = list(node.get("/Nums", []))
    yield from zip(map(int, values[::2]), values[1::2], strict=True)
    for kid in node.get("/Kids", []):
        yield from _numbers(kid)


def _names(node: pikepdf.Object) -> Iterator[tuple[bytes, pikepdf.Object]]:
    values = list(node.get("/Names", []))
    yield from zip(map(bytes, values[::2]), values[1::2], strict=True)
    for kid in node.get("/Kids", []):
        yield from _names(kid)
