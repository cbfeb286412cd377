"""Writes laid-out pages as a tagged PDF."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from publisher.errors import LayoutError, ResourceError
from publisher.events import Diagnostic
from publisher.layout.display import display
from publisher.writers.base import WriteInfo
from publisher.writers.pdf import colour_profile, links, metadata, outline, syntax
from publisher.writers.pdf.fonts import FontTable
from publisher.writers.pdf.images import ImageTable
from publisher.writers.pdf.paint import Painter
from publisher.writers.pdf.structure import Tagger

if TYPE_CHECKING:
    from publisher.layout.types import LaidOut, LinkOp
    from publisher.pictures.prepare import Prepared
    from publisher.settings import Settings
    from publisher.theme.model import StyleSheet
    from publisher.writers.base import WriteRequest
    from publisher.writers.pdf.paint import Painted
    from publisher.writers.pdf.reportlab_shim import PdfFile, Ref

# Pixels an inch that a picture as large as the page still has; print needs no more.
_RESOLUTION = 300
_BUFFER = 1 << 18
_UNKNOWN = "und"  # BCP 47 for a language that nobody told


class PdfWriter:
    """PDF 1.7: fonts embedded as subsets, with outline, links and page labels; tagged if asked."""

    name = "pdf"
    suffix = ".pdf"
    needs_pages = True
    paints_pages = True
    writes_vertical = True

    def sheet(self, sheet: StyleSheet, settings: Settings) -> StyleSheet:
        """The given sheet: pages are as the theme has them."""
        del settings
        return sheet

    def write(self, request: WriteRequest) -> WriteInfo:
        """Writes the whole file to ``request.target``.

        An `OSError` while writing goes to the caller, who knows the name the file will have.

        Raises:
            LayoutError: There are no pages to write.
            FontError: A font cannot be cut to the text.
        """
        laid_out = request.laid_out
        if laid_out is None or not laid_out.pages:
            raise LayoutError("there are no pages to write", code="layout.no-pages")
        book = _Book(request, laid_out)
        root, info = book.build()
        with request.target.open("wb", buffering=_BUFFER) as out:
            book.file.write(out, root, info)
        return WriteInfo(pages=len(laid_out.pages))


class _Book:
    """One file being built: pages first, then what refers to them, fonts last."""

    def __init__(self, request: WriteRequest, laid_out: LaidOut) -> None:
        from publisher.writers.pdf.reportlab_shim import PdfFile

        self.request = request
        self.laid_out = laid_out
        self.file: PdfFile = PdfFile(compress=request.settings.output.pdf.compress)
        self.fonts = FontTable(request.document.meta.language)
        longest = max(laid_out.width, laid_out.height)
        self.images = ImageTable(self.file, partial(_picture, request, longest))
        plain = request.settings.output.pdf.standard == "none"
        self.tagger = None if plain else Tagger(laid_out.elements)
        self.painter = Painter(self.fonts, self.images, laid_out.height, tagger=self.tagger)
        self.pages = [self.file.reserve() for _ in laid_out.pages]
        self.resources = self.file.reserve()
        self.destinations: dict[str, str] = {}

    def build(self) -> tuple[Ref, Ref]:
        """Adds every object; gives the catalogue and the information dictionary."""
        file, laid_out = self.file, self.laid_out
        tree = file.reserve()
        painted = [self._paint(index) for index in range(len(laid_out.pages))]
        for index, (contents, areas) in enumerate(painted):
            self._page(index, tree, contents, areas)
        self.fonts.embed(file)
        file.put(self.resources, self._resources())
        file.put(tree, self._page_tree())
        known = self._facts()
        information = file.add_dictionary(metadata.information(known))
        return self._catalogue(tree, known), information

    def _facts(self) -> metadata.Facts:
        """The metadata. A file needs a title (ISO 14289-1, 7.1): else its first heading's."""
        known = metadata.facts(self.request.document.meta, self.request.environment.now)
        if not known.title:
            titles = (" ".join(entry.title.split()) for entry in self.laid_out.outline)
            known = replace(known, title=next(filter(None, titles), "—"))
        return known

    def _paint(self, index: int) -> tuple[Ref, list[tuple[LinkOp, int]]]:
        """Paints a page; its content stream is compressed at once and only that is kept."""
        if self.tagger is not None:
            self.tagger.start_page()
        plan = self.laid_out.pages[index]
        painted: Painted = self.painter.page(display(self.laid_out, plan))
        if self.laid_out.once:
            plan.placed = []
        for key, place in painted.anchors.items():
            size = self.laid_out.width, self.laid_out.height
            vertical = self.laid_out.vertical
            where = links.destination(self.pages[index], place, size, vertical=vertical)
            self.destinations.setdefault(key, where)
        contents = self.file.add_stream({}, painted.content.encode("ascii"))
        return contents, painted.links

    def _page(self, index: int, tree: Ref, contents: Ref, areas: list[tuple[LinkOp, int]]) -> None:
        entries = {
            "Type": "/Page",
            "Parent": tree,
            "Resources": self.resources,
            "Contents": contents,
        }
        if self.tagger is not None:
            entries["StructParents"] = str(index)
        annotations = [ref for op, key in areas if (ref := self._link(op, key)) is not None]
        if annotations:
            entries["Annots"] = syntax.array(annotations)
            if self.tagger is not None:
                entries["Tabs"] = "/S"
        self.file.put(self.pages[index], syntax.dictionary(entries))

    def _link(self, op: LinkOp, key: int) -> Ref | None:
        """A link annotation; None and a diagnostic when it leads nowhere."""
        if op.target.startswith("#") and op.target[1:] not in self.destinations:
            args = (("target", op.target), ("text", op.text))
            self.request.report(Diagnostic("pdf.link-nowhere", "warning", args))
            return None
        height, tagger = self.laid_out.height, self.tagger
        if tagger is None:
            return self.file.add(links.annotation(op, height))
        parent = tagger.struct_parent(key)
        ref = self.file.add(links.annotation(op, height, struct_parent=parent))
        tagger.annotate(key, ref)
        return ref

    def _resources(self) -> str:
        """Fonts and pictures, one dictionary for every page."""
        resources = {"Font": str(self.file.fonts)}
        if self.images.refs:
            pictures = {name: str(ref) for name, ref in self.images.refs.items()}
            resources["XObject"] = syntax.dictionary(pictures)
        return syntax.dictionary(resources)

    def _page_tree(self) -> str:
        """All pages have one size."""
        size = syntax.numbers((self.laid_out.width, self.laid_out.height))
        return syntax.dictionary(
            {
                "Type": "/Pages",
                "Kids": syntax.array(self.pages),
                "Count": str(len(self.pages)),
                "MediaBox": f"[0 0 {size}]",
            }
        )

    def _output_intent(self) -> str:
        """Plain grey and RGB values are sRGB."""
        profile = self.file.add_stream({"N": "3"}, colour_profile.srgb())
        name = "(sRGB IEC61966-2.1)"
        return (
            f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier{name}"
            f"/Info{name}/DestOutputProfile {profile}>>"
        )

    def _catalogue(self, tree: Ref, known: metadata.Facts) -> Ref:
        file, laid_out = self.file, self.laid_out
        tagger = self.tagger
        packet = file.add_stream(
            {"Type": "/Metadata", "Subtype": "/XML"},
            metadata.xmp(known, claims=tagger is not None),
            encoded=True,
        )
        entries = {
            "Type": "/Catalog",
            "Pages": tree,
            "Lang": syntax.text_string(known.language or self.request.sheet.language or _UNKNOWN),
            "Metadata": packet,
            "ViewerPreferences": self._preferences(),
            "PageLabels": outline.page_labels(laid_out.pagination.labels),
        }
        if tagger is not None:
            entries["MarkInfo"] = "<</Marked true>>"
            entries["StructTreeRoot"] = tagger.build(file, self.pages)
            entries["OutputIntents"] = f"[{self._output_intent()}]"
        if self.destinations:
            names = outline.build_names(file, self.destinations)
            entries["Names"] = syntax.dictionary({"Dests": names})
        if self._turns_right() and laid_out.facing:  # the first page is a left one
            entries["PageLayout"] = "/TwoPageRight"
        lines = outline.build_outline(file, laid_out.outline, self.destinations)
        if lines is not None:
            entries["Outlines"] = lines
            entries["PageMode"] = "/UseOutlines"
        return file.add_dictionary(entries)

    def _turns_right(self) -> bool:
        """Whether the file says that its pages are turned from the right (12.2, Direction).

        Only when asked: PDFium, and with it Chrome, takes the direction of pages for that of text
        and reads each line of such a file from its end.
        """
        pdf = self.request.settings.output.pdf
        return pdf.right_to_left and self.laid_out.binding == "right"

    def _preferences(self) -> str:
        return f"<</DisplayDocTitle true{'/Direction/R2L' if self._turns_right() else ''}>>"


def _picture(request: WriteRequest, longest: float, resource: str) -> Prepared | None:
    """A picture ready to embed; None and a diagnostic when it cannot be used."""
    from publisher.writers.drawings import prepared_picture

    try:
        most = round(longest / 72 * _RESOLUTION)
        return prepared_picture(request, resource, "pdf", most)[1]
    except ResourceError as problem:
        named = (r.name for r in request.document.resources if r.id == resource)
        shown = next(filter(None, named), resource)
        args = (("file", shown), ("problem", problem.message))
        request.report(Diagnostic("pdf.picture", "warning", args, hint=problem.hint))
        return None
