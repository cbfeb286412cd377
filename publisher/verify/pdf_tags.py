"""The structure tree of a PDF read as text with marks (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from publisher.verify.model import Entry, Fault, Mark, Picture, Reading, Recorder, place_of
from publisher.verify.numbers import page_number, same_number
from publisher.verify.pdf_places import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.verify.pdf_places import Dest, Places

_DEPTH = 200
_LINK_DEPTH = 6
_WALL = 10_000  # marks of one label
_PIXELS = 50_000_000
_INLINE_ROLES = (
    "Span Link Reference Ruby RB RT RP Code Quote Warichu WT WP Annot Em Strong Sub BibEntry"
)
_INLINE = frozenset(_INLINE_ROLES.split())
_GROUPS = frozenset(("NonStruct", "Private", "Div"))
# A picture straight in these stands among their words.
_WITH_PICTURES = _INLINE | {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl"}
_LINES = _WITH_PICTURES - _INLINE | {"Caption", "TD", "TH", "Link"}
_HEADING = re.compile(r"H([1-6])?$")


def read_tags(places: Places, reading: Reading) -> None:
    """Fills a reading with what the structure tree says."""
    _Tags(places, reading).read()


class _Tags:
    def __init__(self, places: Places, reading: Reading) -> None:
        self.places, self.reading = places, reading
        self.pages, self.numbers = places.pages, places.numbers
        self.out = Recorder(reading)
        self.roles: dict[str, str] = {}
        self.notes: list[_Note] = []
        self.calls: list[tuple[str, Dest | None]] = []
        self.seen: set[tuple[int, int]] = set()
        self.hidden = 0
        self.entry: list[str] | None = None
        self.toc = 0
        self.alone = False
        self.entries: list[tuple[str, int, Any, str, str]] = []
        self.rows: list[list[tuple[int, int]]] = []

    def read(self) -> None:
        """Reads the body, then the notes, then resolves what leads where."""
        import pikepdf

        root = self.places.pdf.Root.StructTreeRoot
        reading, out = self.reading, self.out
        for custom, standard in (root.get("/RoleMap") or {}).items():
            self.roles[str(custom)[1:]] = str(standard)[1:]
        kids = root.K
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                self._element(kid, -1, (), 0)
        self._close()
        reading.body_end = out.pos
        out.note = True
        done = 0
        while done < len(self.calls):
            self._note(self._called(*self.calls[done]))
            done += 1
        for note in self.notes:
            if note.start < 0:
                self._fault("note.uncalled", self.places.name(note.page), found=note.label)
                self._note(note)
        out.done()
        self._decorations()
        self._resolve()

    def _resolve(self) -> None:
        reading, places = self.reading, self.places
        reading.marks = [self._led(mark) for mark in reading.marks]
        for title, depth, dest, number, place in self.entries:
            start = self._reach(dest)
            if start < 0:
                self._fault("link.broken", place, found=title)
            elif number and not same_number(number, places.labels[dest.page]):
                label = places.labels[dest.page]
                self._fault("contents.number", place, wanted=label, found=number, hint=title)
            reading.contents.append(Entry(title, depth, start, number, place))
        for name, value in places.named.items():
            found = places.dest(value)
            if found is not None:
                reading.labels[name] = places.labels[found.page]

    def _led(self, mark: Mark) -> Mark:
        """A link or call with the place that it leads to."""
        reading = self.reading
        if mark.kind == "call":
            note = self._called(*mark.value)
            if note is None:
                self._fault("note.lost", place_of(reading, mark.start), found=mark.value[0])
            return mark._replace(value=-1 if note is None else note.start)
        if mark.kind == "goto":
            start = self._reach(mark.value)
            if start < 0:
                text = reading.stream[mark.start : mark.end]
                self._fault("link.broken", place_of(reading, mark.start), found=text)
            return mark._replace(value=start)
        return mark

    def _reach(self, dest: Dest | None) -> int:
        """Where a destination leads; the reading learns how exact that is."""
        start, end = self.places.position(dest)
        if start >= 0:
            self.reading.reach[start] = max(end, self.reading.reach.get(start, 0))
        return start

    def _note(self, note: _Note | None) -> None:
        """Reads a note, once."""
        if note is not None and note.start < 0:
            note.start = self.out.pos
            self._kids(note.element, note.page, ("Note",), 1)
            self._close()

    def _called(self, label: str, dest: Dest | None) -> _Note | None:
        """The note that a call leads to."""
        if dest is None:
            return None
        here = [n for n in self.notes if n.page == dest.page]
        fitting = [n for n in here if n.label == label] or here
        return min(fitting, key=lambda n: abs(dest.top - n.y)) if fitting else None

    def _known(self, element: Any) -> bool:
        """True where an element was read before; a sound tree has none in two places."""
        if not element.is_indirect:
            return False
        before = element.objgen in self.seen
        self.seen.add(element.objgen)
        return before

    def _role(self, element: Any) -> str:
        role = str(element.get("/S", "/NonStruct"))[1:]
        seen = 0
        while role in self.roles and seen < 8:
            role = self.roles[role]
            seen += 1
        return role

    def _element(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:
        if depth > _DEPTH or (self._role(element) != "TOC" and self._known(element)):
            return
        role = self._role(element)
        own = element.get("/Pg")
        if own is not None:
            page = self.numbers.get(own.objgen, page)
        out = self.out
        inline = role in _INLINE or (
            (role in _GROUPS or (role == "Figure" and path[-1:] and path[-1] in _WITH_PICTURES))
            and bool(_LINES.intersection(path))
        )
        if not inline:
            self._close()
        start = out.pos
        act = getattr(self, f"_on_{role}", None)
        if act is not None:
            act(element, page, path, depth)
        elif "/ActualText" in element and not self.hidden:
            self._say(str(element.ActualText))
        else:
            self._kids(element, page, (*path, role), depth)
        if out.pos > start:
            lang = element.get("/Lang")
            if lang is not None:
                out.mark("lang", start, str(lang))
            heading = _HEADING.fullmatch(role)
            if heading:
                out.kind = "heading"
                out.mark("heading", start, int(heading[1] or 1))
        if not inline:
            self._close("heading" if _HEADING.fullmatch(role) else "")

    def _close(self, kind: str = "") -> None:
        out = self.out
        if self.alone and not kind:
            kind = "code"
        out.kind = kind or "text"
        self.alone = False
        out.close()

    def _kids(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:
        import pikepdf

        kids = element.get("/K")
        if kids is None:
            return
        for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
            if isinstance(kid, int):
                self._content(page, kid)
            elif isinstance(kid, pikepdf.Dictionary):
                kind = str(kid.get("/Type", ""))
                if kind == "/MCR":
                    own = kid.get("/Pg")
                    where = page if own is None else self.numbers.get(own.objgen, page)
                    self._content(where, int(kid.get("/MCID", -3)))
                elif kind != "/OBJR":
                    self._element(kid, page, path, depth + 1)

    def _content(self, page: int, mcid: int) -> None:
        """What is drawn in a mark."""
        if not 0 <= page < len(self.pages):
            return
        pieces = self.pages[page].pieces.pop(mcid, None)
        if pieces is None:
            return
        if self.entry is not None:
            self.entry += [p.text.replace("\n", " ") for p in pieces]
            return
        if self.hidden:
            return
        out = self.out
        if not out.is_open():
            out.place = self.places.name(page)
        else:
            out.text("\n")
        for piece in pieces:
            start = out.pos
            out.text(piece.text)
            if out.pos > start:
                self.places.lines.append(Line(page, piece.y, start, out.pos))

    def _say(self, text: str) -> None:
        if self.entry is not None:
            self.entry.append(text)
        elif not self.hidden:
            self.out.text(text)

    def _on_Note(self, element: Any, page: int, _: tuple[str, ...], __: int) -> None:  # noqa: N802
        label, first = self._peek(element, page)
        where, y = first
        self.notes.append(_Note(element, where, y, label))

    def _peek(self, element: Any, page: int) -> tuple[str, tuple[int, float]]:
        """The label of a note, and where that stands."""
        for kid in _dictionaries(element):
            if self._role(kid) == "Lbl":
                held: list[tuple[int, int]] = []
                self._marks_in(kid, page, held)
                pieces = [
                    (where, p)
                    for where, mcid in held
                    if 0 <= where < len(self.pages)
                    for p in self.pages[where].pieces.get(mcid, ())
                ]
                if pieces:
                    where, piece = pieces[0]
                    text = "".join(p.text for _, p in pieces)
                    return "".join(text.split()), (where, piece.y)
        return "", (page, 0.0)

    def _marks_in(
        self,
        element: Any,
        page: int,
        held: list[tuple[int, int]],
        seen: set[tuple[int, int]] | None = None,
    ) -> None:
        """All content of an element, each element once."""
        import pikepdf

        seen = set() if seen is None else seen
        if len(held) > _WALL or element.objgen in seen:
            return
        if element.is_indirect:
            seen.add(element.objgen)
        own = element.get("/Pg")
        if own is not None:
            page = self.numbers.get(own.objgen, page)
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
            if isinstance(kid, int):
                held.append((page, kid))
            elif isinstance(kid, pikepdf.Dictionary):
                kind = str(kid.get("/Type", ""))
                if kind == "/MCR":
                    where = kid.get("/Pg")
                    number = page if where is None else self.numbers.get(where.objgen, page)
                    held.append((number, int(kid.get("/MCID", -3))))
                elif kind != "/OBJR":
                    self._marks_in(kid, page, held, seen)

    def _on_Lbl(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        if path[-1:] == ("Term",):
            self._close()
            self._kids(element, page, (*path, "Lbl"), depth)
            self._close()
            return
        self.hidden += 1
        self._kids(element, page, (*path, "Lbl"), depth)
        self.hidden -= 1

    def _on_L(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        terms = any(str(a.get("/ListNumbering", "")) == "/None" for a in _attributes(element))
        self._kids(element, page, (*path, "Terms" if terms else "L"), depth)

    def _on_LI(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        terms = path[-1:] == ("Terms",)
        if not terms and not self.hidden and self.entry is None:
            self.out.point("item", value=False)
        self._kids(element, page, (*path, "Term" if terms else "LI"), depth)

    def _on_Reference(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        if self.entry is not None:
            self._kids(element, page, (*path, "Reference"), depth)
            return
        kind, target = self._annotation(element)
        held: list[tuple[int, int]] = []
        self._marks_in(element, page, held)
        label = "".join(
            p.text
            for where, mcid in held
            if 0 <= where < len(self.pages)
            for p in self.pages[where].pieces.get(mcid, ())
        )
        self.hidden += 1
        self._kids(element, page, (*path, "Reference"), depth)
        self.hidden -= 1
        if kind == "goto":
            call = ("".join(label.split()), target)
            self.calls.append(call)
            self.out.point("call", call)

    def _annotation(self, element: Any, depth: int = 0) -> tuple[str, Any]:
        """What the link inside an element leads to; it is never deep."""
        if depth > _LINK_DEPTH:
            return "", None
        for kid in _dictionaries(element):
            if str(kid.get("/Type", "")) == "/OBJR" and "/Obj" in kid:
                return self.places.target(kid.Obj)
            if self._role(kid) in ("Link", "Reference", "Span", "P"):
                found = self._annotation(kid, depth + 1)
                if found[0]:
                    return found
        return "", None

    def _on_Link(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        start = self.out.pos
        self._kids(element, page, (*path, "Link"), depth)
        if self.out.pos > start and not self.hidden and self.entry is None:
            kind, target = self._annotation(element)
            if kind:
                self.out.mark(kind, start, target)

    def _on_Ruby(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        out = self.out
        base: tuple[int, int] | None = None
        for kid in _dictionaries(element):
            role = self._role(kid)
            if role == "RT":
                text = self._aside(kid, page, depth)
                if base is not None and base[1] > base[0] and text and not self.hidden:
                    self.reading.marks.append(Mark("ruby", *base, text))
                base = None
            elif role != "RP":
                start = out.pos
                self._element(kid, page, (*path, "Ruby"), depth + 1)
                base = (start, out.pos)

    def _aside(self, element: Any, page: int, depth: int) -> str:
        """The text of an element, kept out of the stream."""
        kept, self.entry = self.entry, []
        self._kids(element, page, (), depth + 1)
        own = element.get("/Pg")
        if own is not None and not self.entry:
            self._kids(element, self.numbers.get(own.objgen, page), (), depth + 1)
        text = "".join("".join(self.entry).split())
        self.entry = kept
        return text

    def _on_RT(self, element: Any, page: int, _: tuple[str, ...], depth: int) -> None:  # noqa: N802
        self._aside(element, page, depth)

    _on_RP = _on_RT  # noqa: N815

    _on_WP = _on_RT  # noqa: N815

    def _on_WT(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        start = self.out.pos
        self._kids(element, page, (*path, "WT"), depth)
        if self.out.pos > start:
            self.out.mark("warichu", start, value=True)

    def _on_Code(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        out = self.out
        self.alone = not out.is_open()
        start = out.pos
        self._kids(element, page, (*path, "Code"), depth)
        if out.pos > start:
            out.mark("code", start, value=True)

    def _decorations(self) -> None:
        """Pictures that are artifacts."""
        for number, page in enumerate(self.pages):
            for image in page.pictures.get(-1, ()):
                form = str(image.get("/Subtype", "")) == "/Form"
                data = None if form else _pixels(image)
                self.reading.decorations.append(Picture(-1, "", self.places.name(number), data))

    def _on_Figure(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        alt = element.get("/Alt")
        held: list[tuple[int, int]] = []
        self._marks_in(element, page, held)
        drawn = [
            image
            for where, mcid in held
            if 0 <= where < len(self.pages)
            for image in self.pages[where].pictures.get(mcid, ())
        ]
        images = [i for i in drawn if str(i.get("/Subtype", "")) == "/Image"]
        place = self.places.name(held[0][0] if held else page)
        if alt is None and "/ActualText" not in element:
            self._fault("alt.missing", place)
        data = _pixels(images[0]) if len(images) == 1 else None
        text = "" if alt is None else str(alt)
        self.reading.pictures.append(Picture(self.out.pos, text, place, data))
        self._kids(element, page, (*path, "Figure"), depth)

    def _on_Table(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        kept, self.rows = self.rows, []
        self._kids(element, page, (*path, "Table"), depth)
        self._close()
        rows, self.rows = self.rows, kept
        stream = self.out.so_far()
        self.reading.tables.append([[stream[a:b] for a, b in row] for row in rows])

    def _on_TR(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        self.rows.append([])
        self._kids(element, page, (*path, "TR"), depth)

    def _on_TD(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        start = self.out.pos
        rows = self.rows
        self._kids(element, page, (*path, "TD"), depth)
        self._close()
        if rows:
            rows[-1].append((start, self.out.pos))

    _on_TH = _on_TD  # noqa: N815

    def _on_TOC(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:  # noqa: N802
        if self._known(element):
            return
        self.toc += 1
        for kid in _dictionaries(element):
            role = self._role(kid)
            if role == "TOC":
                self._on_TOC(kid, page, path, depth + 1)
            elif role == "TOCI":
                self._entry(kid, page, path, depth)
            else:
                self._aside(kid, page, depth)
        self.toc -= 1

    def _entry(self, element: Any, page: int, path: tuple[str, ...], depth: int) -> None:
        """A line of the contents: its title, and its number, which is the last to be drawn."""
        own = element.get("/Pg")
        if own is not None:
            page = self.numbers.get(own.objgen, page)
        kept, self.entry = self.entry, []
        for kid in _dictionaries(element):
            if self._role(kid) != "TOC":
                self._element(kid, page, (*path, "TOCI"), depth + 1)
        parts, self.entry = self.entry, kept
        number = "".join(parts[-1].split()) if len(parts) > 1 else ""
        if page_number(number) is None:
            number = ""
        title = "".join(parts[:-1] if number else parts).strip()
        _, dest = self._annotation(element)
        held: list[tuple[int, int]] = []
        self._marks_in(element, page, held)
        place = self.places.name(held[0][0] if held else page)
        self.entries.append((title, self.toc, dest, number, place))
        for kid in _dictionaries(element):
            if self._role(kid) == "TOC":
                self._on_TOC(kid, page, path, depth + 1)

    def _fault(self, code: str, place: str, **more: str) -> None:
        self.reading.faults.append(Fault(code, place, **more))


class _Note:
    def __init__(self, element: Any, page: int, y: float, label: str) -> None:
        self.element, self.page, self.y, self.label = element, page, y, label
        self.start = -1


def _dictionaries(element: Any) -> Iterator[Any]:
    import pikepdf

    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
        if isinstance(kid, pikepdf.Dictionary):
            yield kid


def _attributes(element: Any) -> Iterator[Any]:
    import pikepdf

    given = element.get("/A")
    for entry in given if isinstance(given, pikepdf.Array) else (given,):
        if isinstance(entry, pikepdf.Dictionary):
            yield entry


def _pixels(image: Any) -> Callable[[], bytes] | None:
    """Gives the pixels of an image as a PNG; read now, because the file is closed later."""
    import pikepdf

    if int(image.get("/Width", 0)) * int(image.get("/Height", 0)) > _PIXELS:
        return None
    try:
        bitmap: Any = pikepdf.PdfImage(image).as_pil_image()
        mask = image.get("/SMask")
        if mask is not None:
            alpha = pikepdf.PdfImage(mask).as_pil_image().convert("L")
            if alpha.size == bitmap.size:
                bitmap = bitmap.convert("RGB")
                bitmap.putalpha(alpha)
        out = BytesIO()
        bitmap.save(out, "PNG", compress_level=1)
    except Exception:  # noqa: BLE001 - any filter of any maker
        return None
    data = out.getvalue()
    return lambda: data
