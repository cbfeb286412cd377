"""What stands before the text: title page or title block, and the contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.tree.ids import flat_outline, outline
from publisher.tree.imprint import has_byline, title_credits, title_imprint, title_series
from publisher.tree.nodes import Figure, Section, Table, Text
from publisher.tree.walk import plain_text
from publisher.writers.docx.blocks import rule_look
from publisher.writers.docx.captions import captioned
from publisher.writers.docx.fields import END, opening, page_reference, text_run
from publisher.writers.docx.fonts import is_east_asian
from publisher.writers.docx.paragraphs import ParagraphLook
from publisher.writers.docx.runs import PLAIN
from publisher.writers.docx.styles import LIST_ENTRY, SCENE_BREAK, style_id
from publisher.writers.docx.xml import attribute, twips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.tree.nodes import Blocks, Inlines
    from publisher.writers.docx.job import DocxJob
    from publisher.writers.docx.story import Story

_TITLE_AT: Final = 0.30  # share of the type area over the title, as on the printed page
_RULE_SHARE: Final = 0.18  # of the measure
_DEEPEST: Final = 6
LIST_TAG: Final = "publisher-list"  # of the content control around a list of captions
_LEAST_ENTRIES: Final = 2  # contents of one line say nothing


def title_page(story: Story) -> None:
    """Title and subtitle above the middle, names under them, imprint at the foot of the page."""
    job, sheet = story.job, story.sheet
    body = sheet.text["body"].leading
    names = title_credits(job.document, sheet.profile)
    lines = [*title_series(job.document), *title_imprint(job.document, sheet.profile)]
    story.unmet = sheet.page.height_of_type * _TITLE_AT
    if sheet.vertical:  # all of it stands in the text: what is over the title must leave room
        story.unmet = min(story.unmet, max(_room(story, len(names), len(lines)), 0.0))
    _titles(story)
    if names:
        look = rule_look(ParagraphLook(SCENE_BREAK), story.place.width, _RULE_SHARE, body)
        story.emit(look._replace(before=1.5 * body), "")
        story.unmet = body
        _lines(story, names, "contributor")
    frame = (
        f'<w:framePr w:w="{twips(sheet.page.measure)}" w:wrap="around" w:vAnchor="margin"'
        ' w:hAnchor="margin" w:xAlign="center" w:yAlign="bottom"/>'
    )
    if sheet.vertical:  # frames do not turn with the text
        frame, story.unmet = "", body
    if lines:
        _lines(story, lines, "imprint", frame)
        if frame:  # it hangs on a paragraph of text
            story.emit(ParagraphLook(style_id("contributor")), "")


def _room(story: Story, names: int, lines: int) -> float:
    """What a page has beside the lines of a title page, pt; a title may take two lines."""
    text, page = story.sheet.text, story.sheet.page
    kinds = (("title", 2), ("subtitle", 1), ("contributor", names), ("imprint", lines), ("body", 5))
    return page.height_of_type - sum(text[key].leading * count for key, count in kinds)


def title_block(story: Story) -> None:
    """The title over an article; names and date too, unless the text begins with them."""
    job, sheet = story.job, story.sheet
    body = sheet.text["body"].leading
    _titles(story)
    if not has_byline(job.document):
        facts = title_credits(job.document, sheet.profile)
        facts += title_imprint(job.document, sheet.profile)
        story.unmet = max(story.unmet, body / 2)
        _lines(story, facts, "contributor" if len(facts) < 3 else "imprint")
    story.unmet = 1.5 * body
    story.amend(keep_next=True)


def _titles(story: Story) -> None:
    meta = story.job.document.meta
    story.styled(meta.title, "title")
    if meta.subtitle:
        story.amend(keep_next=True)
        story.unmet = story.sheet.text["body"].leading / 2
        story.styled(meta.subtitle, "subtitle")


def _lines(story: Story, texts: list[str], key: str, frame: str = "") -> None:
    for text in texts:
        story.styled((Text(text),), key, ParagraphLook(style_id(key), frame=frame))


# --------------------------------------------------------------------------------- contents


def wants_contents(job: DocxJob) -> bool:
    """Contents are asked for and have something to say."""
    settings = job.request.settings.output.docx
    if not settings.toc:
        return False
    entries = flat_outline(outline(job.document, contents_depth(job)))
    return sum(1 for _ in entries) >= _LEAST_ENTRIES


def contents_depth(job: DocxJob) -> int:
    """How many levels the contents show where the text does not say."""
    return min(job.request.settings.output.docx.toc_depth, job.sheet.toc.depth)


def write_contents(story: Story, depth: int, title: Inlines) -> None:
    """The contents as a field in a content control, its entries already filled in.

    Each entry leads to its section and shows the page label that the layout found; Word can
    update the field, but need not, so that it asks nothing on opening.
    """
    job = story.job
    entries = list(_entries(job, depth))
    instruction = f'TOC \\o "1-{max(min(depth, 9), 1)}" \\h \\z \\u'
    heading = story.runs(title or (Text(job.sheet.toc.title),), job.sheet.text["toc-title"])
    look = ParagraphLook(style_id("toc-title"), page_break=bool(story.page))
    if story.unmet:
        before = max(story.unmet, job.sheet.text["toc-title"].before)
        look = look._replace(before=before)
    story.page, story.unmet = "", 0.0
    parts = [
        (
            "<w:sdt><w:sdtPr><w:docPartObj>"
            '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            "</w:docPartObj></w:sdtPr><w:sdtContent>"
        ),
        f"<w:p>{look.xml()}{heading}</w:p>",
    ]
    styled = [(i, t, style_id(f"toc.{min(level, _DEEPEST)}")) for i, t, level in entries]
    parts += _field_of_entries(job, instruction, styled)
    parts.append("</w:sdtContent></w:sdt>")
    story.raw("".join(parts))


def _field_of_entries(
    job: DocxJob, instruction: str, entries: list[tuple[str, str, str]]
) -> Iterator[str]:
    """Paragraphs of one TOC field: id, text and style of each entry, with its page label."""
    last = len(entries) - 1
    for at, (target, text, style) in enumerate(entries):
        begin = opening(instruction) if at == 0 else ""
        end = END if at == last else ""
        name = job.bookmarks.name(target)
        shown = job.page_label(target)
        look = job.properties.xml(job.level(PLAIN, shown), 10.5)
        label = page_reference(name, shown, look) if name else ""
        line = f"{text_run(text)}<w:r><w:tab/></w:r>{label}"
        if name:
            line = f'<w:hyperlink w:anchor="{name}" w:history="1">{line}</w:hyperlink>'
        yield f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{begin}{line}{end}</w:p>'


_LISTS: Final = {
    "hans": ("插图目录", "表格目录"),
    "hant": ("插圖目錄", "表格目錄"),
    "ja": ("図一覧", "表一覧"),
    "ko": ("그림 목차", "표 목차"),
}


def write_lists(story: Story) -> None:
    """The lists of figures and of tables that are asked for, after the contents."""
    job, settings = story.job, story.job.request.settings.output.docx
    wide = is_east_asian(job.sheet.language)
    titles = _LISTS[job.sheet.profile] if wide else ("Figures", "Tables")
    for kind, title in zip((Figure, Table), titles, strict=True):
        wanted = settings.list_of_figures if kind is Figure else settings.list_of_tables
        entries = list(captioned(job.document, kind)) if wanted else []
        if not entries:
            continue
        heading = story.runs((Text(title),), job.sheet.text["toc-title"])
        look = ParagraphLook(style_id("toc-title"), before=job.sheet.text["body"].leading)
        found = [(i, text, LIST_ENTRY) for i, text in entries]
        instruction = f'TOC \\h \\z \\c "{job.captions.names[kind]}"'
        story.raw(
            f'<w:sdt><w:sdtPr><w:alias w:val="{attribute(title)}"/><w:tag w:val="{LIST_TAG}"/>'
            f"</w:sdtPr><w:sdtContent><w:p>{look.xml()}{heading}</w:p>"
            f"{''.join(_field_of_entries(job, instruction, found))}</w:sdtContent></w:sdt>"
        )


def _entries(job: DocxJob, depth: int) -> Iterator[tuple[str, str, int]]:
    """Id, title and depth of each section that the contents list, as the layout lists them."""
    laid_out = job.request.laid_out
    if laid_out is None:
        yield from _sections(job.document.body, 1, depth)
        return
    for entry in laid_out.outline:
        if entry.listed and entry.level <= depth and entry.title:
            yield entry.id, " ".join(entry.title.split("\n")), entry.level


def _sections(blocks: Blocks, level: int, depth: int) -> Iterator[tuple[str, str, int]]:
    for block in blocks:
        if isinstance(block, Section) and level <= depth and block.listed:
            if block.title:
                yield block.attr.id, plain_text(block.title, line_break=" "), level
            yield from _sections(block.blocks, level + 1, depth)
