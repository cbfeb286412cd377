"""The part of the style sheet for blocks: lists, figures, tables, notes, pages before the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.writers.epub.css_values import HORIZONTAL, RULE, TINT, em

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.theme.model import StyleSheet
    from publisher.writers.epub.css_values import Sides

# Stands upright in vertical text. How wide it may be is not known where lines run down, and some
# reading systems take the least that it can be: it is as wide as it wants to be, up to a limit.
_LEVEL: Final = "writing-mode:horizontal-tb;width:max-content;"
_COVER_GROUND: Final = "#24405c"
_COVER_INK: Final = "#fbf7ee"


def blocks(sheet: StyleSheet, sides: Sides, *, greys: bool = False) -> Iterator[str]:
    """The rules for lists, figures, code, boxes, breaks."""
    body, look = sheet.text["body"], sheet.list
    step = em(look.step / body.size)
    yield f"ul,ol{{{sides.apart('.5em')};padding:0;padding-{sides.start}:{step}}}"
    yield "li ul,li ol{margin:0}"
    yield f".loose>li{{margin-{sides.after}:{em(look.gap / body.size or 0.5)}}}"
    first, *deeper = look.bullets
    for selector, bullet in zip(("ul", "ul ul", "ul ul ul"), (first, *deeper), strict=False):
        # Reading systems that know no string here draw their own discs.
        shown = "disc" if bullet == "•" else f'disc;list-style-type:"{bullet}\\2002"'
        yield f"{selector}{{list-style-type:{shown}}}"
    yield "ol.decimal{list-style-type:decimal}ol.lower-alpha{list-style-type:lower-alpha}"
    yield "ol.lower-roman{list-style-type:lower-roman}ul.tasks{list-style-type:none}"
    yield f"ol.labelled{{padding-{sides.start}:{em(max(look.step / body.size, 2.5))}}}"
    yield f"dl{{{sides.apart('.5em')}}}dd+dt{{margin-{sides.before}:.5em}}"
    figure = sheet.figure
    yield (
        f"figure{{margin:0;margin-{sides.before}:{em(figure.before / body.size)};"
        f"margin-{sides.after}:{em(figure.after / body.size)};text-align:center;"
        "page-break-inside:avoid;break-inside:avoid}"
    )
    if not sheet.vertical:
        # Text runs beside a figure; nothing else does, nor text between two, nor another section.
        yield "h1,h2,h3,h4,h5,h6,figure,table,pre,hr,aside,.box{clear:both}"
        for side, other in (("left", "right"), ("right", "left")):
            yield (
                f"figure.{side}{{float:{side};max-width:45%;margin:.3em 0 .5em;margin-{other}:1em}}"
            )
    yield "p.plate{text-indent:0;text-align:center}"
    gap = em(figure.gap / body.size)
    yield f"figure p{{text-indent:0}}figcaption{{margin-{sides.before}:{gap}}}"
    yield f"img{{max-width:{figure.max_width * 100:.4g}%;height:auto}}"
    yield "img.plate{display:block;margin:0 auto;max-height:95vh;object-fit:contain}"
    yield "img.inline{max-height:100%;vertical-align:middle}"
    pad = em(sheet.code.pad / sheet.text["code"].size)
    ground = _ground(sheet.code.fill, sides, greys=greys)
    if sheet.vertical:
        yield f"pre.level{{{_LEVEL}max-width:30em}}"
    yield (
        f"pre{{{ground}padding:{pad};white-space:pre-wrap;overflow-wrap:anywhere;"
        "word-break:normal;hyphens:none;text-spacing-trim:space-all;text-autospace:no-autospace}"
    )
    yield "pre code{font-size:1em;font-family:inherit}"
    box = sheet.box
    ground = _ground(box.fill, sides, greys=greys)
    rule = f"border-{sides.start}:{box.rule:g}px solid {RULE};" if box.rule else ""
    yield f".box{{{ground}{rule}padding:{em(box.pad / sheet.text['box'].size)}}}"
    yield f".stanza+.stanza,.stanza+.attribution{{margin-{sides.before}:1em}}"
    yield ".stanza{page-break-inside:avoid;break-inside:avoid}"
    thin = "width:0;margin:auto 1.5em" if sheet.vertical else "height:0;margin:1.5em auto"
    yield (
        f"hr{{border:0;border-{sides.before}:1px solid;opacity:.5;{sides.width}:33%;{thin}}}"
        "hr.blank{visibility:hidden}"
        f"hr.asterism{{{sides.width}:auto;opacity:1;border:0;text-align:center;overflow:visible}}"
        'hr.asterism::before{content:"＊　＊　＊"}'
    )
    yield ".page-break{page-break-before:always;break-before:page}"


def tables(sheet: StyleSheet, sides: Sides, *, greys: bool = False) -> Iterator[str]:
    """The rules for tables; small ones stand upright in vertical text, as all do in print."""
    look, body = sheet.table, sheet.text["body"]

    def line(width: float, color: str = "") -> str:
        return f"{width * 4 / 3:.3g}px solid{color and ' '}{color}" if width else "0"

    before, after = em(look.before / body.size), em(look.after / body.size)
    size = sheet.text["cell"].size
    pads = em(look.pad_y / size), em(look.pad_x / size)
    ground = _ground(look.head_fill, sides, greys=greys)

    def ruled(of: Sides, table: str) -> Iterator[str]:
        """The rules about rows and columns, which are on other sides of what stands upright."""
        yield (
            f"{table}{{border-{of.before}:{line(look.outer)};border-{of.after}:{line(look.outer)}}}"
        )
        yield (
            f"{table} td,{table} th{{padding-{of.before}:{pads[0]};padding-{of.after}:{pads[0]};"
            f"padding-{of.start}:{pads[1]};padding-{of.end}:{pads[1]};"
            f"border-{of.after}:{line(look.inner, RULE)}}}"
        )
        if look.columns:
            beside = ",".join(f"{table} {a}+{b}" for a in ("td", "th") for b in ("td", "th"))
            yield f"{beside}{{border-{of.start}:{line(look.columns)}}}"
        yield f"{table} thead th,{table} thead td{{border-{of.after}:{line(look.head)}}}"

    yield (
        "table{border-collapse:collapse;max-width:100%;"
        f"{_apart(sides, before, after)}}}td,th{{vertical-align:top;word-break:normal}}"
    )
    yield f"thead th,thead td{{{ground}vertical-align:bottom}}"
    yield from ruled(sides, "table")
    if sides != HORIZONTAL:
        yield f"table.level{{{_LEVEL}max-width:24em;border-left:0;border-right:0}}"
        yield "table.level td,table.level th{border-left:0;border-right:0}"
        yield from ruled(HORIZONTAL, "table.level")
    yield ".scroll{overflow-x:auto;max-width:100%}.scroll table{max-width:none;font-size:.9em}"
    yield f".scroll td,.scroll th{{min-{sides.width}:3em}}"
    yield f"table.wide{{{sides.width}:100%}}"
    yield f"caption{{caption-side:top;padding-{sides.after}:.3em}}"


def _apart(sides: Sides, before: str, after: str) -> str:
    """Space around a block that stands in the middle of its lines."""
    if sides == HORIZONTAL:
        return f"margin:{before} auto {after}"
    return f"margin:auto {before} auto {after}"


def _ground(fill: str, sides: Sides, *, greys: bool) -> str:
    """What sets a block off where the theme fills it: a tint that suits any page, or a rule.

    Electronic paper draws pale tints as dots.
    """
    if not fill:
        return ""
    return f"border-{sides.start}:1px solid;" if greys else f"background:{TINT};"


def notes(sheet: StyleSheet, sides: Sides) -> Iterator[str]:
    """The rules for calls and notes."""
    look = sheet.note
    note = sheet.text["note"]
    yield f"sup.call{{font-size:{em(look.call_scale)}}}"
    yield f"sup.next{{margin-{sides.start}:.4em}}"
    yield (
        f".notes{{margin-{sides.before}:2em}}"
        f'.notes::before{{content:"";display:block;{sides.width}:{look.rule * 100:.4g}%;'
        f"border-{sides.before}:1px solid;opacity:.5;margin-{sides.after}:"
        f"{em(look.inside / note.size)}}}"
    )
    yield f"aside p{{padding-{sides.start}:1.5em}}aside p:first-child{{text-indent:-1.5em}}"
    yield f"aside>ul,aside>ol{{margin-{sides.start}:1.5em}}"
    yield (
        f"aside .label{{display:inline-block;min-{sides.width}:1em;margin-{sides.end}:.5em;"
        "text-indent:0}"
    )
    yield (
        f"aside .more{{display:inline-block;margin-{sides.start}:.5em;text-indent:0;"
        "text-decoration:none}"
    )
    yield f".task{{margin-{sides.end}:.5em}}"


def front(sides: Sides) -> Iterator[str]:
    """The rules for cover, title page and contents."""
    yield "body.cover{margin:0;padding:0;text-align:center}"
    yield "body.cover img{max-width:100%;max-height:100vh;margin:0 auto}"
    yield "body.cover img{width:auto;height:auto;object-fit:contain}"
    # A cover in type: ground and ink go together, so that a dark mode leaves them.
    yield (
        f".cover-plate{{background:{_COVER_GROUND};color:{_COVER_INK};box-sizing:border-box;"
        f"min-height:98vh;margin:0;padding:0 8%;padding-{sides.before}:24vh;text-align:center;"
        f"border:.6em solid {_COVER_GROUND};outline:1px solid {_COVER_INK};outline-offset:-1.2em}}"
    )
    yield f".cover-plate .title{{font-size:2.4em;line-height:1.4;margin:0;color:{_COVER_INK}}}"
    yield f".cover-plate .subtitle{{margin-{sides.before}:1em;color:{_COVER_INK}}}"
    yield (
        f".cover-rule{{{sides.width}:4em;border-{sides.before}:2px solid {_COVER_INK};"
        f"margin:auto;margin-{sides.before}:2.5em;margin-{sides.after}:2.5em}}"
    )
    yield f".cover-plate .contributor{{font-size:1.15em;color:{_COVER_INK}}}"
    level = sides.width == "width"  # a screen is less wide than it is high
    yield f".title-page{{text-align:center;padding-{sides.before}:{'20%' if level else '8%'}}}"
    yield f".title-page .contributor{{margin-{sides.before}:{'2em' if level else '1em'}}}"
    yield f".title-page .contributor+.contributor{{margin-{sides.before}:.3em}}"
    yield f".title-page .imprint{{margin-{sides.before}:{'5em' if level else '2em'}}}"
    yield f".title-page .imprint+.imprint{{margin-{sides.before}:.2em}}"
    yield f"nav ol{{list-style:none;margin:0;padding:0}}nav ol ol{{padding-{sides.start}:1em}}"
    yield f"nav li{{margin-{sides.before}:.3em;text-align:left;text-indent:0}}"
