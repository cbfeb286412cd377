"""A stream of paragraphs: where the next one stands, and what the last one was.

Nothing is final until the next paragraph comes: the space between two paragraphs is the larger of
what both ask for (as in our own layout), and a section's properties belong into its last paragraph.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple
from publisher.tree.walk import broken_by_hand
from publisher.writers.docx.inline import Inlines
from publisher.writers.docx.paragraphs import ParagraphLook, closing
from publisher.writers.docx.runs import PLAIN, RunLook
from publisher.writers.docx.styles import GROUPS, own_insets, style_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.theme.model import TextStyle
    from publisher.tree.nodes import Align, Attr
    from publisher.tree.nodes import Inlines as Content
    from publisher.writers.docx.job import DocxJob
    from publisher.writers.docx.relations import Relations

_NARROWEST: Final = 6.0  # em that insets always leave for text
_NONE: Final = ()


class Place(NamedTuple):
    """Where plain paragraphs stand.

    Attributes:
        key: Text key of plain paragraphs here.
        left: Inset from the start edge of the column, pt; `right` from its end edge.
        right: See `left`.
        width: What is left between them, pt.
        lang: Language here where it is not the document's, or empty.
        align: Alignment of plain paragraphs, or empty for their style's.
        depth: Depth of lists.
        look: Look of a plain paragraph.
        run: Look of its runs.
    """

    key: str
    left: float
    right: float
    width: float
    lang: str
    align: Align
    depth: int
    look: ParagraphLook
    run: RunLook


class Story:
    """The paragraphs of the body, or of the notes."""

    def __init__(self, job: DocxJob, relations: Relations, *, notes: bool = False) -> None:
        self.job = job
        self.sheet = job.sheet
        self.relations = relations
        self.inlines = Inlines(job, relations, notes=notes)
        self.out: list[str] = []
        self.part = not notes  # a section here is a chapter
        self.page = ""  # page break wanted before the next paragraph
        self.prefix = ""  # runs that stand before the next paragraph's own
        self.number: tuple[int, int] | None = None  # numbering of the next paragraph
        self.keep = False  # paragraphs stay on the page of the next
        self.unmet = 0.0  # space wanted that no paragraph has yet
        self.frames: dict[str, str] = {}  # borders and fills in place of those of styles, by key
        self._fresh = True  # the next paragraph is the first of its page
        self._anchors: tuple[str, ...] = _NONE
        self._last: tuple[ParagraphLook, str] | None = None
        self._after = 0.0  # space after the last paragraph
        self._heads: dict[ParagraphLook, str] = {}
        self.place = self.place_of("body", 0.0, 0.0, job.sheet.page.measure)

    # --------------------------------------------------------------------------------- places

    def place_of(  # noqa: PLR0913 - the parts of a place
        self,
        key: str,
        left: float,
        right: float,
        width: float,
        *,
        lang: str = "",
        align: Align = "",
        depth: int = 0,
    ) -> Place:
        """A place with the looks that follow from it."""
        own_left, own_right = own_insets(key, self.sheet)
        look = ParagraphLook(
            style_id(key),
            left=None if abs(left - own_left) < 0.05 else left,
            right=None if abs(right - own_right) < 0.05 else right,
            first=0.0 if key == "note" else None,
            frame=self.frames.get(key, ""),
            align=align if align and align != self.sheet.text[key].align else "",
        )
        run = PLAIN._replace(lang=lang) if lang else PLAIN
        return Place(key, left, right, width, lang, align, depth, look, run)

    @contextmanager
    def inside(
        self, key: str, start: float = 0.0, end: float = 0.0, *, deeper: int = 0
    ) -> Iterator[None]:
        """Writes a container's blocks: set in, with their own plain style."""
        kept, part = self.place, self.part
        room = max(kept.width - _NARROWEST * self.sheet.text[key].size, 0.0)
        start = min(start, room)
        end = min(end, room - start)
        self.place = self.place_of(
            key,
            kept.left + start,
            kept.right + end,
            kept.width - start - end,
            lang=kept.lang,
            align=kept.align,
            depth=kept.depth + deeper,
        )
        self.part = False
        try:
            yield
        finally:
            self.place, self.part = kept, part

    @contextmanager
    def column(self, key: str, width: float, align: Align = "") -> Iterator[list[str]]:
        """Writes into a column of its own (a cell, a note), which ends with a paragraph."""
        kept = (self.out, self.place, self.part, self._last, self._after, self.unmet)
        out: list[str] = []
        self.out, self.part, self._last, self._after, self.unmet = out, False, None, 0.0, 0.0
        left, right = own_insets(key, self.sheet)
        self.place = self.place_of(
            key, left, right, width - left - right, lang=kept[1].lang, align=align
        )
        try:
            yield out
            if self._last is None:
                out.append(closing())
        finally:
            self.out, self.place, self.part, self._last, self._after, self.unmet = kept

    @contextmanager
    def attributed(self, attr: Attr) -> Iterator[None]:
        """Takes a block's id as a bookmark and its language for what it holds."""
        if attr.id:
            self._anchors += (attr.id,)
        kept = self.place
        if attr.lang and attr.lang != (kept.lang or self.sheet.language):
            lang = "" if attr.lang == self.sheet.language else attr.lang
            run = PLAIN._replace(lang=lang) if lang else PLAIN
            self.place = kept._replace(lang=lang, run=run)
        try:
            yield
        finally:
            self.place = kept

    # ------------------------------------------------------------------------------ paragraphs

    def runs(self, content: Content, style: TextStyle) -> str:
        """The runs of a paragraph of a style here."""
        inlines = self.inlines
        inlines.size, inlines.family, inlines.width = style.size, style.family, self.place.width
        inlines.has_picture = False
        return inlines.runs(content, self.place.run)

    def plain(self, content: Content, align: Align = "") -> None:
        """A plain paragraph of this place."""
        place = self.place
        style = self.sheet.text[place.key]
        inner = self.runs(content, style)
        look = place.look
        if style.indent and broken_by_hand(content):
            look = look._replace(first=0.0)
        if align and align != (place.align or style.align):
            look = look._replace(align=align)
        if self.inlines.has_picture:
            look = look._replace(least=style.leading)
        self.emit(look, inner, style)

    def styled(self, content: Content, key: str, look: ParagraphLook | None = None) -> None:
        """A paragraph in the style of a key, set in from this place; `look` adds to it."""
        style = self.sheet.text[key]
        inner = self.runs(content, style)
        look = look or ParagraphLook(style_id(key))
        if self.place.left or self.place.right:
            own_left, own_right = own_insets(key, self.sheet)
            if look.left is None and self.place.left:
                look = look._replace(left=self.place.left + own_left)
            if look.right is None and self.place.right:
                look = look._replace(right=self.place.right + own_right)
        if self.inlines.has_picture:
            look = look._replace(least=style.leading)
        self.emit(look, inner, style)

    def emit(self, look: ParagraphLook, inner: str, style: TextStyle | None = None) -> None:
        """Appends a paragraph; `style` says which space its Word style has before and after."""
        if self._anchors:
            for anchor in reversed(self._anchors):
                inner = self.job.bookmarks.around(anchor, inner)
            self._anchors = _NONE
        if self.prefix or self.number is not None or self.page or self.keep:
            look, inner = self._with_pending(look, inner)
        if self._fresh or look.page_break:
            # Space before is dropped at the head of a page, unless it was asked for.
            self._fresh = False
            if look.before is None and not self.unmet and style is not None and style.before:
                look = look._replace(before=0.0)
        before = look.before if look.before is not None else (style.before if style else 0.0)
        if self.unmet or (before and self._after):
            look = self._spaced(look, before)
        head = self._heads.get(look)
        if head is None:
            head = self._heads[look] = f"<w:p>{look.xml()}"
        self.out.append(f"{head}{inner}</w:p>")
        self._last = (look, inner)
        self._after = look.after if look.after is not None else (style.after if style else 0.0)

    def _with_pending(self, look: ParagraphLook, inner: str) -> tuple[ParagraphLook, str]:
        if self.prefix:
            inner, self.prefix = self.prefix + inner, ""
            look = look._replace(first=None)
        if self.number is not None:
            look = look._replace(number=self.number, left=None, first=None)
            self.number = None
        if self.page:
            look = look._replace(page_break=True)
            self.page = ""
        if self.keep:
            look = look._replace(keep_next=True)
        return look, inner

    def _spaced(self, look: ParagraphLook, before: float) -> ParagraphLook:
        """Lets the larger space between the last paragraph and this one hold, once."""
        unmet, self.unmet = self.unmet, 0.0
        grouped = self._last is not None and self._last[0].style == look.style in _GROUPED
        if grouped and not unmet:
            return look  # contextual spacing: none between paragraphs of one group
        wanted = max(before, unmet)
        if self._after >= wanted:
            return look._replace(before=0.0) if before else look
        if self._after:
            self.amend(after=0.0)
        return look._replace(before=wanted) if wanted != before else look

    def amend(self, section: str = "", **changes: object) -> bool:
        """Changes the last paragraph; False when the last thing was not a paragraph."""
        if self._last is None:
            return False
        look, inner = self._last
        look = look._replace(**changes)  # type: ignore[arg-type]
        self.out[-1] = f"<w:p>{look.xml(section)}{inner}</w:p>"
        self._last = (look, inner)
        if look.after is not None:
            self._after = look.after
        return True

    def raw(self, xml: str) -> None:
        """Appends something that is not a paragraph: a table, the contents."""
        self.out.append(xml)
        self._fresh = False
        self._last = None
        self._after = 0.0

    def space_after(self, amount: float) -> None:
        """Asks the last paragraph for space after it, if it has less."""
        if self._last is not None and amount > self._after:
            self.amend(after=amount)

    def space_taken(self) -> None:
        """The next paragraph follows the last one closely, whatever its style asks for."""
        self._after = max(self._after, 1000.0)

    @property
    def after_table(self) -> bool:
        """The last thing was not a paragraph."""
        return bool(self.out) and self._last is None

    def end_section(self, section: str) -> None:
        """Ends a section: its properties go into its last paragraph."""
        if not self.amend(section):
            self.out.append(closing(section))
        self._last = None
        self._after = self.unmet = 0.0
        self.page = ""
        self._fresh = True


_GROUPED: Final = frozenset(style_id(key) for key in GROUPS)
