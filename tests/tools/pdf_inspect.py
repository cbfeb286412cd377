"""Reads finished PDFs: text with font and place, fonts, outline, links, tags.

Text by PDFium and poppler, objects by pikepdf: none of them shares code with the writer.
"""

from __future__ import annotations

import shutil
import subprocess
from array import array
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Character(NamedTuple):
    """A character as PDFium reads it; its origin in pt from the foot left corner."""

    page: int
    text: str
    font: str
    size: float
    x: float
    y: float


class FontFact(NamedTuple):
    """A font object."""

    base: str
    kind: str
    encoding: str
    embedded: str
    to_unicode: bool


class OutlineLine(NamedTuple):
    level: int
    title: str
    page: int
    top: float


class LinkFact(NamedTuple):
    """A link area; `target` is a URI or (page, top)."""

    page: int
    rect: tuple[float, ...]
    target: str | tuple[int, float]
    contents: str


def pdfium_text(path: Path) -> list[str]:
    """The text of each page by PDFium, lines ended by line feeds."""
    with pypdfium2.PdfDocument(path) as document:
        texts = []
        for page in document:
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range().replace("\r\n", "\n"))
            textpage.close()
            page.close()
        return texts


def poppler_text(path: Path, *options: str) -> list[str] | None:
    """The text of each page by poppler; None where it is not installed."""
    if shutil.which("pdftotext") is None:
        return None
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", *options, str(path), "-"], capture_output=True, check=True
    )
    return done.stdout.decode("utf-8").split("\f")[:-1]


def characters(path: Path) -> list[Character]:
    """Every character that PDFium sees, in content order."""
    found = []
    with pypdfium2.PdfDocument(path) as document:
        for index, page in enumerate(document):
            textpage = page.get_textpage()
            found += _characters(index, textpage)
            textpage.close()
            page.close()
    return found


def _characters(index: int, textpage: pypdfium2.PdfTextPage) -> Iterator[Character]:
    import ctypes

    name = ctypes.create_string_buffer(200)
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, at)
        size = pdfium.FPDFText_GetFontSize(textpage, at)
        length = pdfium.FPDFText_GetFontInfo(textpage, at, name, 200, None)
        pdfium.FPDFText_GetCharOrigin(textpage, at, x, y)
        font = name.raw[: max(0, length - 1)].decode()
        yield Character(index, chr(code), font, size, x.value, y.value)


@lru_cache(maxsize=2)
def baselines(path: Path) -> list[tuple[str, array[float]]]:
    """Each page's text as PDFium sees it, and where each of its characters stands upright."""
    import ctypes

    found = []
    x, y = ctypes.c_double(), ctypes.c_double()
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            textpage = page.get_textpage()
            text, heights = [], array("d")
            for at in range(textpage.count_chars()):
                text.append(chr(pdfium.FPDFText_GetUnicode(textpage, at)))
                pdfium.FPDFText_GetCharOrigin(textpage, at, x, y)
                heights.append(y.value)
            found.append(("".join(text), heights))
            textpage.close()
            page.close()
    return found


def fonts(path: Path) -> list[FontFact]:
    """Every font object of the file that a page can use, in object order."""
    found = []
    with pikepdf.open(path) as pdf:
        for value in pdf.objects:
            if not isinstance(value, pikepdf.Dictionary) or value.get("/Type") != "/Font":
                continue
            kind = str(value.Subtype)
            if kind in ("/CIDFontType0", "/CIDFontType2"):
                continue
            descendant = value.DescendantFonts[0] if kind == "/Type0" else value
            descriptor = descendant.get("/FontDescriptor", pikepdf.Dictionary())
            files = [k for k in ("/FontFile", "/FontFile2", "/FontFile3") if k in descriptor]
            found.append(
                FontFact(
                    str(value.BaseFont)[1:],
                    kind,
                    str(value.get("/Encoding", "")),
                    files[0] if files else "",
                    "/ToUnicode" in value,
                )
            )
    return found


def wrong_widths(path: Path) -> list[str]:
    """Glyphs whose /W is not the width in the embedded program, read by fontTools."""
    found = []
    with pikepdf.open(path) as pdf:
        fonts_of_file = {
            value.DescendantFonts[0].objgen: value.DescendantFonts[0]
            for value in pdf.objects
            if isinstance(value, pikepdf.Dictionary) and value.get("/Subtype") == "/Type0"
        }
        for font in fonts_of_file.values():
            stated = _stated_widths(font)
            descriptor = font.FontDescriptor
            if "/FontFile3" in descriptor:
                real = _cff_widths(descriptor.FontFile3.read_bytes())
            else:
                real = _true_type_widths(descriptor.FontFile2.read_bytes())
                real = {code: real[code] for code in stated}
            default = float(font.get("/DW", 1000))
            found += [
                f"{font.BaseFont} {code}: {stated.get(code, default)}, really {width}"
                for code, width in real.items()
                if abs(stated.get(code, default) - width) > 0.5
            ]
    return found


def _stated_widths(font: pikepdf.Dictionary) -> dict[int, float]:
    stated: dict[int, float] = {}
    items = list(font.W)
    for first, widths in zip(items[::2], items[1::2], strict=True):
        stated.update({int(first) + at: float(width) for at, width in enumerate(widths)})
    return stated


def _cff_widths(program: bytes) -> dict[int, float]:
    from fontTools.cffLib import CFFFontSet
    from fontTools.misc.psCharStrings import T2WidthExtractor

    cff = CFFFontSet()
    cff.decompile(BytesIO(program), None)
    top = cff[0]
    real = {}
    for name in top.charset:
        charstring, select = top.CharStrings.getItemAndSelector(name)
        private = top.FDArray[select].Private
        extractor = T2WidthExtractor(
            getattr(private, "Subrs", []),
            top.GlobalSubrs,
            private.nominalWidthX,
            private.defaultWidthX,
            private,
        )
        extractor.execute(charstring)
        if name != ".notdef":
            real[int(name[3:])] = float(extractor.width)
    return real


def _true_type_widths(program: bytes) -> dict[int, float]:
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(program))
    scale = 1000 / font["head"].unitsPerEm
    metrics = font["hmtx"].metrics
    return {gid: metrics[name][0] * scale for gid, name in enumerate(font.getGlyphOrder())}


def _pages(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: index for index, page in enumerate(pdf.pages)}


def outline(path: Path) -> list[OutlineLine]:
    """The outline's lines in order, with the page and height that each leads to."""
    found: list[OutlineLine] = []
    with pikepdf.open(path) as pdf:
        if "/Outlines" not in pdf.Root:
            return found
        pages = _pages(pdf)

        def walk(item: pikepdf.Dictionary, level: int) -> None:
            kid = item.get("/First")
            while kid is not None:
                dest = kid.Dest
                found.append(
                    OutlineLine(level, str(kid.Title), pages[dest[0].objgen], float(dest[3]))
                )
                walk(kid, level + 1)
                kid = kid.get("/Next")

        walk(pdf.Root.Outlines, 1)
    return found


def destinations(path: Path) -> dict[str, tuple[int, float]]:
    """Named destinations: page index and height."""
    with pikepdf.open(path) as pdf:
        if "/Names" not in pdf.Root:
            return {}
        pages = _pages(pdf)
        tree = pikepdf.NameTree(pdf.Root.Names.Dests)
        return {name: (pages[d[0].objgen], float(d[3])) for name, d in tree.items()}


def links(path: Path) -> list[LinkFact]:
    """Every link annotation in page order."""
    named = destinations(path)
    found = []
    with pikepdf.open(path) as pdf:
        for index, page in enumerate(pdf.pages):
            for annotation in page.obj.get("/Annots", []):
                rect = tuple(float(value) for value in annotation.Rect)
                if "/Dest" in annotation:
                    target: str | tuple[int, float] = named[str(annotation.Dest)]
                else:
                    target = str(annotation.A.URI)
                found.append(LinkFact(index, rect, target, str(annotation.Contents)))
    return found


def page_labels(path: Path) -> list[str]:
    """The label of each page as a viewer shows it."""
    with pikepdf.open(path) as pdf:
        return [page.label for page in pdf.pages]


def tags(path: Path) -> str:
    """The structure tree, one element a line, indented; the text marked for it in brackets."""
    with pikepdf.open(path) as pdf:
        texts = _marked_counts(pdf)
        lines: list[str] = []

        def walk(element: pikepdf.Object, depth: int, page: tuple[int, int] | None) -> None:
            page = element.Pg.objgen if "/Pg" in element else page
            kids = element.get("/K", pikepdf.Array())
            kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            shown = []
            for kid in kids:
                if isinstance(kid, int):
                    shown.append(f"{texts[page][kid]}")
                elif kid.get("/Type") == "/MCR":
                    shown.append(f"{texts[kid.Pg.objgen][int(kid.MCID)]}")
                elif kid.get("/Type") == "/OBJR":
                    shown.append("link")
            extra = f" [{' '.join(shown)}]" if shown else ""
            lines.append("  " * depth + str(element.S)[1:] + extra)
            for kid in kids:
                if not isinstance(kid, int) and kid.get("/Type") not in ("/MCR", "/OBJR"):
                    walk(kid, depth + 1, page)

        walk(pdf.Root.StructTreeRoot.K, 0, None)
        return "\n".join(lines)


def _marked_counts(pdf: pikepdf.Pdf) -> dict[tuple[int, int], dict[int, int]]:
    """Page -> MCID -> number of glyphs drawn in it."""
    counts: dict[tuple[int, int], dict[int, int]] = {}
    for page in pdf.pages:
        here = counts.setdefault(page.obj.objgen, {})
        stack: list[int | None] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            kind = str(operator)
            if kind in ("BDC", "BMC"):
                props = operands[1] if kind == "BDC" else {}
                mcid = int(props["/MCID"]) if "/MCID" in props else None
                stack.append(mcid)
                if mcid is not None:
                    here[mcid] = 0
            elif kind == "EMC":
                stack.pop()
            elif kind == "TJ":
                open_marks = [mcid for mcid in stack if mcid is not None]
                assert stack, "text outside marked content"
                if open_marks:
                    here[open_marks[-1]] += sum(
                        len(bytes(part)) // 2
                        for part in operands[0]
                        if isinstance(part, pikepdf.String)
                    )
        assert not stack, "marked content is left open"
    return counts


class TaggedText(NamedTuple):
    """The text of one structure element, inner elements included; `path` are the roles above.

    Lines, and the parts on different pages, are parted by line feeds. `page` is where it begins.
    """

    path: tuple[str, ...]
    text: str
    page: int


# Elements inside a paragraph; every other element begins a text of its own.
INLINE = {
    "Span",
    "Link",
    "Reference",
    "Ruby",
    "RB",
    "RT",
    "Code",
    "Quote",
    "Warichu",
    "WT",
    "WP",
    "Lbl",
    "Term",
}


def tagged_text(path: Path, leave_out: frozenset[str] = frozenset()) -> list[TaggedText]:
    """The document read by its structure tree: PDFium says which characters a mark holds.

    `leave_out` are roles whose text is not wanted, such as the ``RT`` of ruby. The term of a
    definition, a label in a list without numbering, counts as ``Term``.
    """
    marked = _marked_texts(path)
    found: list[TaggedText] = []
    with pikepdf.open(path) as pdf:
        pages = _pages(pdf)

        def close(path: tuple[str, ...], held: list[tuple[int, str]]) -> None:
            texts = [
                "\n" * (at > 0 and held[at - 1][0] != page) + text
                for at, (page, text) in enumerate(held)
            ]
            found.append(TaggedText(path, "".join(texts), held[0][0]))
            held.clear()

        def walk(
            element: pikepdf.Object, roles: tuple[str, ...], page: int, held: list[tuple[int, str]]
        ) -> None:
            role = str(element.S)[1:]
            if role == "Lbl" and roles[-1:] == ("LI",) and _is_term(element):
                role = "Term"
            if role in leave_out:
                return
            page = pages[element.Pg.objgen] if "/Pg" in element else page
            inside = held if role in INLINE else []
            kids = element.get("/K", pikepdf.Array())
            for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    inside.append((page, marked.get((page, kid), "")))
                elif kid.get("/Type") == "/MCR":
                    at = pages[kid.Pg.objgen]
                    inside.append((at, marked.get((at, int(kid.MCID)), "")))
                elif kid.get("/Type") != "/OBJR":
                    if role not in INLINE and str(kid.S)[1:] not in INLINE and inside:
                        close((*roles, role), inside)
                    walk(kid, (*roles, role), page, inside)
            if role not in INLINE and inside:
                close((*roles, role), inside)

        walk(pdf.Root.StructTreeRoot.K, (), 0, [])
    return found


def _is_term(label: pikepdf.Object) -> bool:
    attributes = label.P.P.get("/A", pikepdf.Array())
    return any(entry.get("/ListNumbering") == "/None" for entry in attributes)


MADE_UP = "\x1f"  # white space to Python


def marked_pieces(path: Path, leave_out: str = "") -> dict[int, tuple[list[str], str]]:
    """Page -> the lines of each stretch of tagged content, and the text of artifacts.

    Content of elements of the role `leave_out` is not there.
    """
    hidden = set(_marks_of_role(path, leave_out)) if leave_out else set()
    found: dict[int, tuple[list[str], str]] = {}
    for (page, mcid), text in _marked_texts(path).items():
        lines, artifacts = found.get(page, ([], ""))
        if mcid < 0:
            artifacts += text
        elif (page, mcid) not in hidden:
            lines += text.split("\n")
        found[page] = (lines, artifacts)
    return found


def _marked_texts(path: Path) -> dict[tuple[int, int], str]:
    """(page, MCID) -> the characters PDFium reads in it; line ends are line feeds.

    A blank that PDFium makes up for a gap in a line is `MADE_UP`: it may stand for one in the file.
    """
    return _read_marks(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read_marks(path: Path, written: int) -> dict[tuple[int, int], str]:
    """Reads a file once for several questions; `written` tells files of one name apart."""
    del written
    parts: dict[tuple[int, int], list[str]] = {}
    with pypdfium2.PdfDocument(path) as document:
        for index, page in enumerate(document):
            textpage = page.get_textpage()
            last: list[str] = []
            for at in range(textpage.count_chars()):
                # PDFium gives a hyphen at a line's end as U+0002, be it the text's own or not.
                char = chr(pdfium.FPDFText_GetUnicode(textpage, at)).replace("\x02", "-")
                if char == "\n":
                    last.append(char)
                    continue
                if pdfium.FPDFText_IsGenerated(textpage, at):
                    if char == " ":
                        last.append(MADE_UP)
                    continue
                holder = pdfium.FPDFText_GetTextObject(textpage, at)
                if holder:
                    mcid = pdfium.FPDFPageObj_GetMarkedContentID(holder)
                    last = parts.setdefault((index, mcid), [])
                    last.append(char)
            textpage.close()
            page.close()
    return {key: _joined("".join(chars)) for key, chars in parts.items()}


def _joined(text: str) -> str:
    """PDFium gives UTF-16: halves of a character above U+FFFF find each other."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def content(path: Path, page: int = 0) -> str:
    """A page's content stream."""
    with pikepdf.open(path) as pdf:
        return pdf.pages[page].Contents.read_bytes().decode("ascii")


def texts_of_role(path: Path, wanted: str) -> list[str]:
    """The text of every element of one role, in the order of the tree."""
    marked = _marked_texts(path)
    return [marked.get(mark, "").replace("\n", "") for mark in _marks_of_role(path, wanted)]


def _marks_of_role(path: Path, wanted: str) -> list[tuple[int, int]]:
    """(page, MCID) of the content of every element of one role, in the order of the tree."""
    found: list[tuple[int, int]] = []
    with pikepdf.open(path) as pdf:
        pages = _pages(pdf)

        def walk(element: pikepdf.Object, page: int, *, inside: bool) -> None:
            inside = inside or str(element.S) == f"/{wanted}"
            page = pages[element.Pg.objgen] if "/Pg" in element else page
            kids = element.get("/K", pikepdf.Array())
            for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    found.extend([(page, kid)] * inside)
                elif kid.get("/Type") == "/MCR":
                    found.extend([(pages[kid.Pg.objgen], int(kid.MCID))] * inside)
                elif kid.get("/Type") != "/OBJR":
                    walk(kid, page, inside=inside)

        walk(pdf.Root.StructTreeRoot.K, 0, inside=False)
    return found
