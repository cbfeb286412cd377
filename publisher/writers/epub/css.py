"""The style sheet of the theme as CSS for reading systems.

Lengths are em of the reader's own size: the theme's proportions stay, its point sizes do not.
Sides are physical (`margin-left`), because older reading systems know no logical ones; `_Sides`
turns them for vertical text. Colours close to black are left to the reader, for night modes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.record import dataclass
from publisher.writers.epub.words import is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.theme.model import StyleSheet, TextStyle
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
_DOTS: Final = {
    "dot": "filled dot",
    "open-dot": "open dot",
    "sesame": "filled sesame",
    "circle": "open circle",
}
# What a reader cannot tell from black; left to the reading system's own colours.
_NEAR_BLACK: Final = 0x50
_COVER_GROUND: Final = "#24405c"
_COVER_INK: Final = "#fbf7ee"


@dataclass(frozen=True, slots=True)
class _Sides:
    """Physical names of the sides of a block."""

    before: str
    after: str
    start: str
    end: str
    width: str


_HORIZONTAL = _Sides("top", "bottom", "left", "right", "width")
_VERTICAL = _Sides("right", "left", "top", "bottom", "height")


def stylesheet(sheet: StyleSheet, fonts: FontPlan, languages: Iterable[str]) -> str:
    """The whole CSS file.

    Args:
        sheet: The resolved theme.
        fonts: Embedded fonts; an empty plan names system fonts.
        languages: Tags of text in other languages than the sheet's.
    """
    sides = _VERTICAL if sheet.vertical else _HORIZONTAL
    rules: list[str] = ['@charset "utf-8";', *fonts.rules()]
    rules += _page(sheet, fonts)
    rules += _texts(sheet, fonts, sides)
    rules += _blocks(sheet, sides)
    rules += _tables(sheet)
    rules += _inlines(sheet, fonts)
    rules += _notes(sheet, sides)
    rules += _front(sides)
    rules += _languages(sheet, fonts, languages)
    rules += _alignment()
    return "\n".join(rules) + "\n"


def _em(value: float) -> str:
    return f"{value:.4g}em" if abs(value) >= 0.0005 else "0"


def _page(sheet: StyleSheet, fonts: FontPlan) -> Iterator[str]:
    body = sheet.text["body"]
    writing = ""
    if sheet.vertical:
        writing = "".join(f"{p}writing-mode:vertical-rl;" for p in ("-epub-", "-webkit-", ""))
        yield f"html{{{writing}}}"
    korean = sheet.profile == "ko" and is_cjk(sheet.language)
    breaking = "word-break:keep-all" if korean else "word-break:normal"
    strict = "".join(f"{p}line-break:strict;" for p in ("-epub-", "-webkit-", ""))
    hyphens = "hyphens:none" if is_cjk(sheet.language) else "hyphens:auto"
    spacing = "" if korean else "text-autospace:normal;"
    yield (
        f"body{{margin:0 4%;padding:0;font-family:{fonts.css_family(body.family, sheet.language)};"
        f"line-height:{body.leading / body.size:.4g};{strict}{breaking};overflow-wrap:break-word;"
        f"{hyphens};{spacing}text-spacing-trim:trim-start;font-kerning:auto;font-synthesis:weight;"
        "widows:2;orphans:2}"
    )
    yield (f"p{{margin:0;text-indent:{_em(body.indent)};text-align:{_ALIGN[body.align]}}}")


def _texts(sheet: StyleSheet, fonts: FontPlan, sides: _Sides) -> Iterator[str]:
    for key, selector in _SELECTORS.items():
        style = sheet.text[key]
        found = "".join(_declarations(key, style, sheet, fonts, sides))
        if found:
            yield f"{selector}{{{found.rstrip(';')}}}"
        if key in _CONTAINERS:
            inner = f"text-indent:{_em(style.indent)};text-align:{_ALIGN[style.align]}"
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
    yield f"body>section:first-child>:first-child{{margin-{sides.before}:{_em(drop)}}}"
    yield ".number{margin-right:.5em}"


def _inside(selector: str) -> str:
    return ",".join(f"{part} p" for part in selector.split(","))


def _declarations(
    key: str, style: TextStyle, sheet: StyleSheet, fonts: FontPlan, sides: _Sides
) -> Iterator[str]:
    body = sheet.text["body"]
    size = style.size
    if abs(size - body.size) > 0.01:
        yield f"font-size:{_em(size / body.size)};"
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
    yield f"text-indent:{_em(style.indent)};text-align:{_ALIGN[style.align]};"
    if _is_coloured(style.color):
        yield f"color:{style.color};"
    if style.spacing:
        yield f"letter-spacing:{_em(style.spacing)};"
    if style.keep_with_next:
        yield "page-break-after:avoid;break-after:avoid;"
    if style.keep_together:
        yield "page-break-inside:avoid;break-inside:avoid;"


def _spaces(key: str, style: TextStyle, sides: _Sides) -> Iterator[str]:
    if key in ("cell", "cell-header"):
        return
    size = style.size
    for side, value in (
        (sides.before, style.before),
        (sides.after, style.after),
        (sides.start, style.start),
        (sides.end, style.end),
    ):
        yield f"margin-{side}:{_em(value / size)};"


def _is_coloured(color: str) -> bool:
    return max(int(color[at : at + 2], 16) for at in (1, 3, 5)) > _NEAR_BLACK


def _blocks(sheet: StyleSheet, sides: _Sides) -> Iterator[str]:
    body, look = sheet.text["body"], sheet.list
    step = _em(look.step / body.size)
    yield f"ul,ol{{margin:.5em 0;padding:0;padding-{sides.start}:{step}}}"
    yield "li ul,li ol{margin:0}"
    yield f".loose>li{{margin-{sides.after}:{_em(look.gap / body.size or 0.5)}}}"
    first, *deeper = look.bullets
    for selector, bullet in zip(("ul", "ul ul", "ul ul ul"), (first, *deeper), strict=False):
        # Reading systems that know no string here draw their own discs.
        shown = "disc" if bullet == "•" else f'disc;list-style-type:"{bullet}\\2002"'
        yield f"{selector}{{list-style-type:{shown}}}"
    yield "ol.decimal{list-style-type:decimal}ol.lower-alpha{list-style-type:lower-alpha}"
    yield "ol.lower-roman{list-style-type:lower-roman}ul.tasks{list-style-type:none}"
    yield f"ol.labelled{{padding-{sides.start}:{_em(max(look.step / body.size, 2.5))}}}"
    yield f"dl{{margin:.5em 0}}dd+dt{{margin-{sides.before}:.5em}}"
    figure = sheet.figure
    yield (
        f"figure{{margin:0;margin-{sides.before}:{_em(figure.before / body.size)};"
        f"margin-{sides.after}:{_em(figure.after / body.size)};text-align:center;"
        "page-break-inside:avoid;break-inside:avoid}"
    )
    yield "p.plate{text-indent:0;text-align:center}"
    gap = _em(figure.gap / body.size)
    yield f"figure p{{text-indent:0}}figcaption{{margin-{sides.before}:{gap}}}"
    yield f"img{{max-width:{figure.max_width * 100:.4g}%;height:auto}}"
    yield "img.plate{display:block;margin:0 auto;max-height:95vh;object-fit:contain}"
    yield "img.inline{max-height:100%;vertical-align:middle}"
    fill, pad = sheet.code.fill, _em(sheet.code.pad / sheet.text["code"].size)
    ground = f"background:{fill};color:#1a1a1a;" if fill else ""
    yield (
        f"pre{{{ground}padding:{pad};white-space:pre-wrap;overflow-wrap:anywhere;"
        "word-break:normal;hyphens:none;text-spacing-trim:space-all;text-autospace:no-autospace}"
    )
    yield "pre code{font-size:1em;font-family:inherit}"
    box = sheet.box
    ground = f"background:{box.fill};color:#1a1a1a;" if box.fill else ""
    rule = f"border-{sides.start}:{box.rule:g}px solid {box.rule_color};" if box.rule else ""
    yield f".box{{{ground}{rule}padding:{_em(box.pad / sheet.text['box'].size)}}}"
    yield f".stanza+.stanza,.stanza+.attribution{{margin-{sides.before}:1em}}"
    yield ".stanza{page-break-inside:avoid;break-inside:avoid}"
    yield (
        "hr{border:0;border-top:1px solid;opacity:.5;margin:1.5em auto;width:33%}"
        "hr.blank{visibility:hidden}"
        "hr.asterism{width:auto;opacity:1;border:0;text-align:center;overflow:visible}"
        'hr.asterism::before{content:"＊　＊　＊"}'
    )
    yield ".page-break{page-break-before:always;break-before:page}"


def _tables(sheet: StyleSheet) -> Iterator[str]:
    look, body = sheet.table, sheet.text["body"]

    def line(width: float, color: str = look.color) -> str:
        return f"{width * 4 / 3:.3g}px solid {color}" if width else "0"

    before, after = _em(look.before / body.size), _em(look.after / body.size)
    size = sheet.text["cell"].size
    yield (
        f"table{{border-collapse:collapse;margin:{before} auto {after};max-width:100%;"
        f"border-top:{line(look.outer)};border-bottom:{line(look.outer)}}}"
    )
    yield (
        f"td,th{{padding:{_em(look.pad_y / size)} {_em(look.pad_x / size)};vertical-align:top;"
        f"border-bottom:{line(look.inner, _lighter(look.color))};word-break:normal}}"
    )
    if look.columns:
        yield f"td+td,th+th,td+th,th+td{{border-left:{line(look.columns)}}}"
    ground = f"background:{look.head_fill};color:#1a1a1a;" if look.head_fill else ""
    yield f"thead th,thead td{{{ground}border-bottom:{line(look.head)};vertical-align:bottom}}"
    yield ".scroll{overflow-x:auto;max-width:100%}.scroll table{max-width:none;font-size:.9em}"
    yield ".scroll td,.scroll th{min-width:3em}"
    yield "table.wide{width:100%}caption{caption-side:top;padding-bottom:.3em}"


def _lighter(color: str) -> str:
    """Half-way to white: screens draw no rule thinner than a pixel, so thin ones are paler."""
    return "#" + "".join(f"{(int(color[at : at + 2], 16) + 255) // 2:02x}" for at in (1, 3, 5))


def _inlines(sheet: StyleSheet, fonts: FontPlan) -> Iterator[str]:
    look, tag = sheet.inline, sheet.language
    yield "strong,b{font-weight:700}"
    yield from _emphasis(sheet, fonts)
    yield (
        f"code{{font-family:{fonts.css_family(look.code_family, tag)};"
        f"font-size:{_em(look.code_scale)};white-space:pre-wrap;hyphens:none;"
        "text-spacing-trim:space-all;text-autospace:no-autospace}"
    )
    yield "u.proper-name{text-decoration:underline;text-underline-offset:.2em}"
    yield "u.book-title{text-decoration:underline wavy;text-underline-offset:.2em}"
    yield "u+u.proper-name,u+u.book-title{margin-left:.1em}"
    yield f"mark{{background:{look.highlight};color:#1a1a1a}}"
    yield f"sup,sub{{font-size:{_em(look.sup_scale)};line-height:0}}"
    yield f"sup{{vertical-align:{_em(look.sup_rise / look.sup_scale)}}}"
    yield f"sub{{vertical-align:{_em(look.sub_rise / look.sup_scale)}}}"
    yield f"small{{font-size:{_em(look.small_scale)}}}"
    yield f"rt{{font-size:{_em(look.ruby_scale)};text-emphasis:none;line-height:1.2}}"
    yield "ruby{ruby-position:over}ruby.zhuyin{ruby-position:inter-character}"
    yield "ruby.pinyin rt{padding:0 .2em}"
    yield ".warichu{font-size:.8em}.warichu::before{content:'（'}.warichu::after{content:'）'}"
    yield f"a{{color:{look.link_color}}}a.label,.call a,nav a{{text-decoration:none}}"
    yield "a{overflow-wrap:anywhere}"
    yield "@media (prefers-color-scheme:dark){a{color:#8ab4f8}}"
    yield "span.missing{opacity:.75}"


def _emphasis(sheet: StyleSheet, fonts: FontPlan) -> Iterator[str]:
    """Dots beside CJK characters, slanted letters for Western words (CLREQ 3.4.1, JLREQ 3.3.9)."""
    tag = sheet.language
    position = _prefixed("text-emphasis-position", _dots_side(tag))
    if not is_cjk(tag):
        yield "em{font-style:italic}"
    elif sheet.inline.emphasis == "dots":
        dot = _prefixed("text-emphasis-style", _dot(fonts, "dot"))
        yield f"em{{font-style:normal;{dot}{position}}}"
    elif sheet.inline.emphasis == "sans":
        yield f"em{{font-style:normal;font-family:{fonts.css_family('sans', tag)}}}"
    else:
        yield "em{font-style:normal}"
    italic = fonts.css_family(sheet.text["body"].family, tag, "italic")
    plain = _prefixed("text-emphasis-style", "none")
    yield f"em .western{{font-style:italic;font-family:{italic};{plain}}}"
    yield f"em.dots{{font-style:normal;{position}}}"
    for name in _DOTS:
        yield f"em.{name}{{{_prefixed('text-emphasis-style', _dot(fonts, name))}}}"


def _dot(fonts: FontPlan, name: str) -> str:
    """The shape of an emphasis mark.

    The filled dot of CSS is U+2022, which the CJK faces draw with a tenth of the width it should
    have (CLREQ 3.4.1: a quarter em); U+2219 comes closer, where we know that the font has it.
    """
    return '"\u2219"' if name == "dot" and fonts.files else _DOTS[name]


def _prefixed(name: str, value: str) -> str:
    return "".join(f"{prefix}{name}:{value};" for prefix in ("-epub-", "-webkit-", ""))


def _notes(sheet: StyleSheet, sides: _Sides) -> Iterator[str]:
    look = sheet.note
    note = sheet.text["note"]
    yield f"sup.call{{font-size:{_em(look.call_scale)}}}"
    yield f"sup.next{{margin-{sides.start}:.4em}}"
    yield (
        f".notes{{margin-{sides.before}:2em}}"
        f'.notes::before{{content:"";display:block;{sides.width}:{look.rule * 100:.4g}%;'
        f"border-{sides.before}:1px solid;opacity:.5;margin-{sides.after}:"
        f"{_em(look.inside / note.size)}}}"
    )
    yield f"aside p{{padding-{sides.start}:1.5em}}aside p:first-child{{text-indent:-1.5em}}"
    yield f"aside>ul,aside>ol{{margin-{sides.start}:1.5em}}"
    yield "aside .label{display:inline-block;min-width:1em;margin-right:.5em;text-indent:0}"
    yield "aside .more{display:inline-block;margin-left:.5em;text-indent:0;text-decoration:none}"
    yield ".task{margin-right:.5em}"


def _front(sides: _Sides) -> Iterator[str]:
    yield "body.cover{margin:0;padding:0;text-align:center}"
    yield "body.cover img{max-width:100%;max-height:100vh;height:auto;margin:0 auto}"
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
    yield f".title-page{{text-align:center;padding-{sides.before}:20%}}"
    yield f".title-page .contributor{{margin-{sides.before}:2em}}"
    yield f".title-page .contributor+.contributor{{margin-{sides.before}:.3em}}"
    yield f".title-page .imprint{{margin-{sides.before}:5em}}"
    yield f".title-page .imprint+.imprint{{margin-{sides.before}:.2em}}"
    yield f"nav ol{{list-style:none;margin:0;padding:0}}nav ol ol{{padding-{sides.start}:1em}}"
    yield f"nav li{{margin-{sides.before}:.3em;text-align:left;text-indent:0}}"


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
            yield f"em:lang({tag}){{{_prefixed('text-emphasis-position', _dots_side(tag))}}}"
            yield f":lang({tag}){{word-break:{breaking};hyphens:none}}"
            continue
        plain = _prefixed("text-emphasis-style", "none")
        if fonts.offers(body, tag, "italic"):
            plain += f"font-family:{fonts.css_family(body, tag, 'italic')};"
        yield f"em:lang({tag}){{font-style:italic;{plain}}}"
        yield f":lang({tag}){{word-break:normal;hyphens:auto}}"


def _dots_side(tag: str) -> str:
    """Emphasis dots stand under Chinese and over Japanese and Korean (CLREQ 3.4.1, JLREQ 3.3.9)."""
    return "over right" if tag.casefold().startswith(("ja", "ko")) else "under right"


def _alignment() -> Iterator[str]:
    """What a block asks for itself goes before what its kind has."""
    for name, value in _ALIGN.items():
        yield f"p.align-{name},td.align-{name},th.align-{name}{{text-align:{value};text-indent:0}}"
        yield f"td.align-{name} p,th.align-{name} p{{text-align:{value}}}"
