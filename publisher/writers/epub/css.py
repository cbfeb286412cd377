"""The style sheet of the theme as CSS for reading systems.

Lengths are em of the reader's own size: the theme's proportions stay, its point sizes do not.
Sides are physical (`margin-left`), because older reading systems know no logical ones; `Sides`
turns them for vertical text. Colours close to black are left to the reader, for night modes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.writers.epub import css_blocks, css_inlines
from publisher.writers.epub.css_inlines import dots_side
from publisher.writers.epub.css_values import HORIZONTAL, VERTICAL, em, legible, prefixed
from publisher.writers.epub.words import is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.theme.model import StyleSheet, TextStyle
    from publisher.writers.epub.css_values import Sides
    from publisher.writers.epub.fonts import FontPlan

# Selector of each text key that has an element or class of its own.
_SELECTORS: Final[dict[str, str]] = {
    **{key: f"p.{key}" for key in ("lead", "byline", "dateline", "signature", "epigraph")},
    "credit": "p.credit",
    "continuation": "p.continuation",
    **{f"heading.{level}": f"h{level},.h{level}" for level in range(1, 7)},
    "part": ".part",
    "subheading": ".subheading",
    "quote": "blockquote",
    "attribution": "p.attribution",
    "verse": ".verse",
    "list": "li",
    "term": "dt",
    "definition": "dd",
    "cell": "td",
    "cell-header": "th",
    "caption": "figcaption,caption",
    "code": "pre",
    "math": "div.math",
    "note": "aside",
    "box": ".box",
    "box-title": "p.box-title",
    "title": ".title",
    "subtitle": ".subtitle",
    "contributor": ".contributor",
    "imprint": ".imprint",
    "toc-title": ".toc-title",
}
# Boxes around paragraphs; their first-line indent is their paragraphs' (it is inherited).
_CONTAINERS: Final = frozenset(
    {"quote", "verse", "list", "definition", "cell", "cell-header", "caption", "note", "box"}
)
_ALIGN: Final = {"justify": "justify", "start": "left", "center": "center", "end": "right"}


# Levels of line breaking in CSS: its own names, those of CLREQ, and JLREQ's.
_STRICT: Final = {
    "none": "loose", "basic": "normal", "gb": "normal", "gb-strict": "strict",
    "loose": "loose", "normal": "normal", "strict": "strict", "jlreq": "strict",
}  # fmt: skip
_HANGING: Final = {"allow": "allow-end", "force": "force-end"}


def stylesheet(
    sheet: StyleSheet, fonts: FontPlan, languages: Iterable[str], *, greys: bool = False
) -> str:
    """The whole CSS file.

    Args:
        sheet: The resolved theme.
        fonts: Embedded fonts; an empty plan names system fonts.
        languages: Tags of text in other languages than the sheet's.
        greys: For electronic paper: no colours, and rules where there would be pale grounds.
    """
    sides = VERTICAL if sheet.vertical else HORIZONTAL
    rules: list[str] = ['@charset "utf-8";', *fonts.rules()]
    rules += _page(sheet, fonts)
    rules += _texts(sheet, fonts, sides, greys=greys)
    rules += css_blocks.blocks(sheet, sides, greys=greys)
    rules += css_blocks.tables(sheet, sides, greys=greys)
    rules += css_inlines.inlines(sheet, fonts, sides, greys=greys)
    rules += css_blocks.notes(sheet, sides)
    rules += css_blocks.front(sides)
    rules += _languages(sheet, fonts, languages)
    rules += _alignment()
    return "\n".join(rules) + "\n"


def _page(sheet: StyleSheet, fonts: FontPlan) -> Iterator[str]:
    body = sheet.text["body"]
    look = sheet.typography
    if sheet.vertical:
        yield f"html{{{prefixed('writing-mode', 'vertical-rl')}}}"
        yield f"html.level{{{prefixed('writing-mode', 'horizontal-tb')}}}"
    korean = sheet.profile == "ko" and is_cjk(sheet.language)
    by_words = korean and look.word_break != "syllable"
    strict = prefixed("line-break", _STRICT.get(look.strictness, "strict"))
    declared = [
        "margin:0" if sheet.vertical else "margin:0 4%",
        "padding:0",
        f"font-family:{fonts.css_family(body.family, sheet.language)}",
        f"line-height:{body.leading / body.size:.4g}",
        f"{strict}word-break:{'keep-all' if by_words else 'normal'}",
        "overflow-wrap:break-word",
        "hyphens:none" if is_cjk(sheet.language) or not look.hyphenate else "hyphens:auto",
    ]
    if not korean:
        declared.append(f"text-autospace:{'no-autospace' if look.gap == '0' else 'normal'}")
    declared.append(f"text-spacing-trim:{'space-first' if look.first == 'full' else 'trim-start'}")
    # Traditional Chinese centres its stops, which hang in vertical lines only.
    if look.hanging in _HANGING and (sheet.vertical or sheet.profile != "hant"):
        declared.append(f"hanging-punctuation:{_HANGING[look.hanging]}")
    yield f"body{{{';'.join(declared)};font-kerning:auto;font-synthesis:weight;widows:2;orphans:2}}"
    yield (f"p{{margin:0;text-indent:{em(body.indent)};text-align:{_ALIGN[body.align]}}}")


def _texts(sheet: StyleSheet, fonts: FontPlan, sides: Sides, *, greys: bool) -> Iterator[str]:
    for key, selector in _SELECTORS.items():
        style = sheet.text[key]
        found = "".join(_declarations(key, style, sheet, fonts, sides))
        if legible(style.color) and not greys:
            found += f"color:{style.color};"
        if found:
            yield f"{selector}{{{found.rstrip(';')}}}"
        if key in _CONTAINERS:
            inner = f"text-indent:{em(style.indent)};text-align:{_ALIGN[style.align]}"
            yield f"{_inside(selector)}{{{inner}}}"
            if key == "verse":
                yield f"{selector} p.line{{text-indent:-2em;padding-{sides.start}:2em}}"
    # Titles break at punctuation and spaces, in Japanese between phrases where the reading system
    # finds them; one that is too long for that breaks anywhere (overflow-wrap of the body).
    titles = "h1,h2,h3,h4,h5,h6,.title,.subtitle,nav li"
    phrases = ";word-break:keep-all" if is_cjk(sheet.language) else ""
    phrases += ";word-break:auto-phrase" if sheet.language.startswith("ja") else ""
    yield f"{titles}{{text-wrap:balance;hyphens:none{phrases}}}"
    drop = sheet.chapter.drop / sheet.text["heading.1"].size
    yield f"body>section:first-child>:first-child{{margin-{sides.before}:{em(drop)}}}"
    yield f".number{{margin-{sides.end}:.5em}}"


def _inside(selector: str) -> str:
    return ",".join(f"{part} p" for part in selector.split(","))


def _declarations(
    key: str, style: TextStyle, sheet: StyleSheet, fonts: FontPlan, sides: Sides
) -> Iterator[str]:
    body = sheet.text["body"]
    size = style.size
    if abs(size - body.size) > 0.01:
        yield f"font-size:{em(size / body.size)};"
    if style.family != body.family:
        yield f"font-family:{fonts.css_family(style.family, sheet.language)};"
    heading = key.startswith("heading") or key in ("part", "subheading", "cell-header")
    if style.weight != body.weight or heading:
        yield f"font-weight:{style.weight};"
    if style.italic:
        yield "font-style:italic;"
    if abs(style.leading / size - body.leading / body.size) > 0.005:
        yield f"line-height:{style.leading / size:.4g};"
    yield from _spaces(key, style, sides)
    yield f"text-indent:{em(style.indent)};text-align:{_ALIGN[style.align]};"
    if style.spacing:
        yield f"letter-spacing:{em(style.spacing)};"
    if style.keep_with_next:
        yield "page-break-after:avoid;break-after:avoid;"
    if style.keep_together:
        yield "page-break-inside:avoid;break-inside:avoid;"


def _spaces(key: str, style: TextStyle, sides: Sides) -> Iterator[str]:
    if key in ("cell", "cell-header"):
        return
    size = style.size
    for side, value in (
        (sides.before, style.before),
        (sides.after, style.after),
        (sides.start, style.start),
        (sides.end, style.end),
    ):
        yield f"margin-{side}:{em(value / size)};"


def _languages(sheet: StyleSheet, fonts: FontPlan, languages: Iterable[str]) -> Iterator[str]:
    """Fonts, and the rules of a line, for text in other languages than the book's."""
    body = sheet.text["body"].family
    styled = {
        role: [s for key, s in _SELECTORS.items() if sheet.text[key].family == role]
        for role in ("serif", "sans", "mono")
    }
    styled[sheet.inline.code_family].append("code")
    for tag in languages:
        if fonts.offers(body, tag):
            yield f":lang({tag}){{font-family:{fonts.css_family(body, tag)}}}"
        for role in ("serif", "sans", "mono"):
            selectors = ",".join(styled[role])
            if role == body or not selectors or not fonts.offers(role, tag):
                continue
            parts = [f"{s}:lang({tag}),{s} :lang({tag})" for s in selectors.split(",")]
            yield f"{','.join(parts)}{{font-family:{fonts.css_family(role, tag)}}}"
        breaking = "keep-all" if tag.startswith("ko") else "normal"
        if is_cjk(tag):
            yield f"em:lang({tag}){{{prefixed('text-emphasis-position', dots_side(tag))}}}"
            yield f":lang({tag}){{word-break:{breaking};hyphens:none}}"
            continue
        plain = prefixed("text-emphasis-style", "none")
        if fonts.offers(body, tag, "italic"):
            plain += f"font-family:{fonts.css_family(body, tag, 'italic')};"
        yield f"em:lang({tag}){{font-style:italic;{plain}}}"
        yield f":lang({tag}){{word-break:normal;hyphens:auto}}"


def _alignment() -> Iterator[str]:
    """What a block asks for itself goes before what its kind has."""
    for name, value in _ALIGN.items():
        yield f"p.align-{name},td.align-{name},th.align-{name}{{text-align:{value};text-indent:0}}"
        yield f"td.align-{name} p,th.align-{name} p{{text-align:{value}}}"
