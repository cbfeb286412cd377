"""Writes a document as EPUB 3.3: plans the files, then streams them into the container."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.errors import ResourceError
from publisher.events import Diagnostic
from publisher.record import dataclass
from publisher.tree.ids import outline
from publisher.tree.imprint import title_credits, title_series
from publisher.tree.notes import note_labels
from publisher.writers.base import WriteInfo
from publisher.writers.epub import blocks, css, fonts, front, metadata, nav
from publisher.writers.epub.package import NCX, Package, item_id
from publisher.writers.epub.page_list import Mark, with_pages
from publisher.writers.epub.plan import Piece, pieces
from publisher.writers.epub.reading_systems import READING_SYSTEMS
from publisher.writers.epub.survey import Survey
from publisher.writers.epub.upright import with_cells
from publisher.writers.epub.words import Words, clean_tag, direction, is_cjk, words_for
from publisher.writers.epub.xhtml import Book, Page, Picture, clean, document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.events import Report
    from publisher.settings import Settings
    from publisher.theme.model import StyleSheet
    from publisher.tree.meta import Document
    from publisher.writers.base import WriteRequest

XHTML: Final = "application/xhtml+xml"
# Calls side by side would read as one number: 4 and 5 as 45.
_CALL_AFTER_CALL: Final = '</sup><sup class="call">'
_CALL_SET_OFF: Final = '</sup><sup class="call next">'
# File name of a cover that is made anew for each book; `readers.epub` knows it.
DRAWN_COVER: Final = "drawn-cover"
_SUFFIXES: Final = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}


class EpubWriter:
    """The ``epub`` output format."""

    name = "epub"
    suffix = ".epub"
    needs_pages = False
    paints_pages = False
    writes_vertical = True

    def sheet(self, sheet: StyleSheet, settings: Settings) -> StyleSheet:
        """The given sheet: books are as the theme has them."""
        del settings
        return sheet

    def write(self, request: WriteRequest) -> WriteInfo:
        """Writes the book to ``request.target``.

        An `OSError` while writing goes to the caller, who knows the name the file will have.

        Raises:
            FontError: A font file is missing or damaged.
        """
        _Edition(request).write()
        return WriteInfo()


@dataclass(slots=True)
class _Plan:
    """What is known of the book before the first file is written."""

    pieces: list[Piece]
    survey: Survey
    lines: tuple[nav.Entry, ...]
    labels: dict[str, str]
    fonts: fonts.FontPlan
    title: str
    subtitle: str


class _Edition:
    """One book being written."""

    def __init__(self, request: WriteRequest) -> None:
        self._request = request
        self._document: Document = request.document
        self._marks: list[Mark] = []
        if request.laid_out is not None and request.laid_out.starts:
            self._document, self._marks = with_pages(request.document, request.laid_out.starts)
        if request.sheet.vertical:
            self._document = with_cells(self._document, request.sheet.inline)
        meta = request.document.meta
        self._language = clean_tag(meta.language) or clean_tag(request.sheet.language) or "und"
        self._words: Words = words_for(self._language)
        self._system = READING_SYSTEMS[request.settings.output.epub.reader]
        self._lost = 0

    # ----------------------------------------------------------------------------------- plan

    def _plan(self) -> _Plan:
        request, document_ = self._request, self._document
        meta, sheet = document_.meta, request.sheet
        settings = request.settings.output.epub
        title = clean(blocks.title_text(meta.title))[0] or self._words.untitled
        subtitle = clean(blocks.title_text(meta.subtitle))[0]
        cut = pieces(document_.body, settings.split_level)
        survey = Survey(sheet, self._language)
        for piece in cut:
            survey.file(piece.file, piece.blocks, clean_tag(piece.lang))
        survey.place_notes()
        listed = outline(document_, settings.toc_depth)
        lines = nav.entries(listed, survey, self._words.untitled, numbers=sheet.numbers)
        if not lines:
            first = cut[0].file if cut else "cover.xhtml"
            lines = (nav.Entry(title, first, "", ()),)
        labels: dict[str, str] = {}
        if survey.notes:
            labels = note_labels(document_, sheet.note.restart, sheet.note.numbering)
        plan = _Plan(cut, survey, lines, labels, fonts.FontPlan(), title, subtitle)
        if settings.fonts:
            self._add_furniture(plan)
            plan.fonts = fonts.plan_fonts(survey.text, request.faces)
        return plan

    def _add_furniture(self, plan: _Plan) -> None:
        """Characters that stand in the files but not in the body of the tree."""
        survey, sheet = plan.survey, self._request.sheet
        shown = front.shown_text(plan.title, plan.subtitle, self._document, sheet)
        for key, text in shown.items():
            survey.add(key, text)
        survey.add("toc-title", self._contents_title())
        survey.add("body", self._words.landmarks + "＊　0123456789.")
        # Titles stand in the contents and in cross references, in the type of the text.
        for name, title in survey.titles.items():
            style = survey.style("body", survey.languages.get(name, ""))
            survey.text[style].update(blocks.title_text(title))
        labels = {char for label in plan.labels.values() for char in label}
        for style in survey.call_styles:
            survey.text[style].update(labels, "*↩")

    def _contents_title(self) -> str:
        """The theme's word for the contents; its default is Chinese and fits no other language."""
        return self._request.sheet.toc.title if is_cjk(self._language) else self._words.contents

    def _book(self, plan: _Plan, pictures: Mapping[str, Picture]) -> Book:
        request, survey = self._request, plan.survey
        return Book(
            language=self._language,
            sheet=request.sheet,
            words=self._words,
            places=survey.places,
            labels=plan.labels,
            notes=survey.notes,
            calls=survey.calls,
            called=frozenset(name for names in survey.calls.values() for name in names),
            titles=survey.titles,
            numbers=survey.numbers,
            pictures=pictures,
            contents={
                depth: nav.ordered_list(plan.lines, depth, request.sheet)
                for depth in sorted(survey.contents)
            },
            report=request.report,
        )

    # ---------------------------------------------------------------------------------- write

    def write(self) -> None:
        request, meta = self._request, self._document.meta
        plan = self._plan()
        uid = metadata.identifier(self._document)
        turned = "rtl" if request.sheet.vertical else direction(self._language)
        with Package(
            request.target,
            request.environment.now,
            uid=uid,
            language=self._language,
            page_progression=turned,
        ) as package:
            package.metadata(
                metadata.dublin_core(self._document, plan.title, plan.subtitle, self._language)
            )
            settings = request.settings.output.epub
            claims = ("conforms-to", settings.conforms_to), ("certified-by", settings.certified_by)
            package.metadata(
                metadata.accessibility(
                    self._document, plan.survey, self._words, claims, pages=bool(self._marks)
                )
            )
            if self._marks:
                package.metadata((metadata.page_source(f"{plan.title} (PDF)"),))
            if request.sheet.vertical:
                package.metadata((metadata.vertical(),))
            cut = self._fonts(plan)
            if cut:
                package.specified_fonts(options_file=self._system.display_options)
            pictures = self._pictures(package, plan.survey)
            cover = pictures.get(meta.cover)
            drawn = cover is None and settings.drawn_cover
            if drawn:
                cover = self._drawn_cover(package, plan)
            landmarks = self._front(package, plan, cover, drawn=drawn)
            self._chapters(package, plan, self._book(plan, pictures))
            if plan.pieces:
                landmarks.append(nav.Landmark("bodymatter", plan.pieces[0].file, self._words.body))
            self._styles(package, plan, cut)
            if not self._nav_in_spine(plan):
                self._nav(package, plan, landmarks)
            pages = self._pages(plan)
            ncx = clean(nav.ncx(plan.title, uid, plan.lines, self._language, pages))[0]
            package.add("toc.ncx", NCX, ncx.encode())
            package.finish()
        if self._lost:
            request.report(Diagnostic("epub.character", args=(("count", str(self._lost)),)))

    def _pictures(self, package: Package, survey: Survey) -> dict[str, Picture]:
        """Writes every picture once; those that cannot be shown are reported and left out."""
        cover = self._document.meta.cover
        wanted = ([cover] if cover else []) + [key for key in survey.pictures if key != cover]
        found: dict[str, Picture] = {}
        for key in wanted:
            prepared = self._prepared(key, is_cover=key == cover)
            if prepared is None:
                continue
            data, media_type, width, height = prepared
            name = f"images/image-{len(found) + 1:03d}.{_SUFFIXES[media_type]}"
            properties = ("cover-image",) if key == cover else ()
            package.add(name, media_type, data, properties=properties)
            if key == cover:
                package.metadata((metadata.cover(item_id(name)),))
            found[key] = Picture(name, width, height)
        return found

    def _prepared(self, key: str, *, is_cover: bool) -> tuple[bytes, str, int, int] | None:
        from publisher.pictures.inspect import inspect
        from publisher.writers.epub.pictures import fitting

        request = self._request
        name = next((r.name for r in self._document.resources if r.id == key), "") or key
        try:
            data = request.resources.open(key)
            info = inspect(data, request.settings.input.max_pixels)
            most = self._system.cover if is_cover else self._system.picture
            ready = fitting(data, info, self._system, most)
        except ResourceError as problem:
            _report_picture(request.report, name, problem)
            return None
        return ready.data, ready.media_type, ready.width, ready.height

    def _drawn_cover(self, package: Package, plan: _Plan) -> Picture:
        """Writes a cover made from the metadata, and says that it is the cover."""
        from publisher.writers.epub.cover import HEIGHT, WIDTH, CoverText, drawn_cover

        request, document_ = self._request, self._document
        text = CoverText(
            plan.title,
            plan.subtitle,
            tuple(title_credits(document_, request.sheet.profile)),
            next(title_series(document_), ""),
            document_.meta.publisher,
        )
        vertical = request.sheet.vertical
        svg = drawn_cover(text, request.faces, self._language, vertical=vertical)
        data, media_type = svg.encode(), "image/svg+xml"
        if self._system.raster_cover:
            from publisher.pictures.svg import rasterise

            data, media_type = rasterise(data, max_px=HEIGHT)[0], "image/png"
        name = f"images/{DRAWN_COVER}.{_SUFFIXES[media_type]}"
        package.add(name, media_type, data, properties=("cover-image",))
        package.metadata((metadata.cover(item_id(name)),))
        return Picture(name, WIDTH, HEIGHT)

    def _front(
        self, package: Package, plan: _Plan, cover: Picture | None, *, drawn: bool
    ) -> list[nav.Landmark]:
        """Cover, title page and list of contents, and the landmarks that lead to them.

        What a drawn cover says stands on the title page as text.
        """
        meta, words, sheet = self._document.meta, self._words, self._request.sheet
        landmarks = [nav.Landmark("cover", "cover.xhtml", words.cover)]
        body = front.cover_page(plan.title, plan.subtitle, meta, cover, sheet)
        self._page(package, "cover", plan.title, body, level=cover is not None)
        if drawn or (sheet.title_page and (cover is not None or front.says_more(meta))):
            body = front.title_page(plan.title, plan.subtitle, self._document, sheet)
            self._page(package, "title", plan.title, body)
            landmarks.append(nav.Landmark("titlepage", "title.xhtml", words.title_page))
        if self._nav_in_spine(plan):
            landmarks.append(nav.Landmark("toc", "nav.xhtml", self._contents_title()))
            text = [*landmarks, nav.Landmark("bodymatter", plan.pieces[0].file, words.body)]
            self._nav(package, plan, text)
        return landmarks

    def _nav_in_spine(self, plan: _Plan) -> bool:
        """A list of contents is read with the book when it leads somewhere and stands alone."""
        several = len(plan.lines) > 1 or any(line.below for line in plan.lines)
        return several and bool(plan.pieces) and not plan.survey.contents

    def _nav(self, package: Package, plan: _Plan, landmarks: list[nav.Landmark]) -> None:
        sheet = self._request.sheet
        body = nav.nav_body(
            self._contents_title(),
            nav.ordered_list(plan.lines, 99, sheet),
            landmarks,
            self._words.landmarks,
            (nav.ordered_list(self._pages(plan), 1, sheet), self._words.pages),
        )
        in_spine = self._nav_in_spine(plan)
        self._page(package, "nav", plan.title, body, in_spine=in_spine)

    def _pages(self, plan: _Plan) -> tuple[nav.Entry, ...]:
        """The pages of the printed book by label, where they begin here."""
        return tuple(
            nav.Entry(mark.label, plan.survey.places[mark.id].href(""), "", ())
            for mark in self._marks
            if mark.id in plan.survey.places
        )

    def _chapters(self, package: Package, plan: _Plan, book: Book) -> None:
        for piece in plan.pieces:
            page = Page(piece.file, book, clean_tag(piece.lang) or self._language)
            body = blocks.blocks(piece.blocks, page, piece.depth) + blocks.notes(page)
            body = body.replace(_CALL_AFTER_CALL, _CALL_SET_OFF)
            title = blocks.title_text(piece.title) or plan.title
            self._content(package, piece.file, document(title, body, page.language))

    def _fonts(self, plan: _Plan) -> dict[str, bytes]:
        """The font files by face, cut to their characters; none where they are too large."""
        vertical = self._request.sheet.vertical
        cut = {k: fonts.subset(f, vertical=vertical) for k, f in plan.fonts.files.items()}
        size, most = sum(map(len, cut.values())), self._system.fonts
        if most and size > most:
            plan.fonts = fonts.FontPlan()
            args = (("most", f"{most // 1_000_000}"), ("size", f"{size / 1_000_000:.1f}"))
            self._request.report(Diagnostic("epub.fonts-left-out", "warning", args))
            return {}
        return cut

    def _styles(self, package: Package, plan: _Plan, cut: dict[str, bytes]) -> None:
        sheet = self._request.sheet
        others = {style.lang for style in plan.survey.text if clean_tag(style.lang)}
        others.discard(self._language)
        text = css.stylesheet(sheet, plan.fonts, sorted(others), greys=self._system.greys)
        package.add("style.css", "text/css", text.encode())
        for key, file in plan.fonts.files.items():
            package.add(file.href, file.media_type, cut[key])

    def _page(
        self,
        package: Package,
        name: str,
        title: str,
        body: str,
        *,
        in_spine: bool = True,
        level: bool = False,
    ) -> None:
        """Writes a page of the book's own: cover, title page, navigation.

        A picture that is the whole page stands `level`: upright pages know its room.
        """
        attributes = ' class="cover"' if name == "cover" else ""
        root = ' class="level"' if level and self._request.sheet.vertical else ""
        text = document(title, body, self._language, attributes=attributes, root=root)
        self._content(package, f"{name}.xhtml", text, in_spine=in_spine)

    def _content(self, package: Package, name: str, text: str, *, in_spine: bool = True) -> None:
        text, lost = clean(text)
        self._lost += lost
        properties = ("nav",) if name == "nav.xhtml" else ()
        package.add(name, XHTML, text.encode(), properties=properties, in_spine=in_spine)


def _report_picture(report: Report, name: str, problem: ResourceError) -> None:
    report(
        Diagnostic(
            "epub.picture",
            args=(("file", name), ("problem", problem.message)),
            hint=problem.hint,
        )
    )
