"""The codes of the checks: what each means, how serious it is, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.events import Severity


class Code(NamedTuple):
    """A kind of finding: its level, what it means, the remedy, and an example."""

    severity: Severity
    meaning: str
    remedy: str
    example: str = ""


CODES: Final[Mapping[str, Code]] = {
    "over-converted": Code(
        "warning",
        "a machine converted Traditional text character by character from Simplified",
        "mend it with publisher repair, or build with --repair apply",
        "全麵從嚴，隻有製度",
    ),
    "script-mix": Code(
        "warning",
        "characters of the other Chinese script",
        "replace them, or mark a quotation with its language",
        "這裡有很多內容。发现了問題。",
    ),
    "placeholder": Code(
        "warning",
        "a place mark of a template was never filled in",
        "put in what belongs there",
        "親愛的{{name}}，关键词2",
    ),
    "empty-field": Code(
        "info",
        "a field of a web page's template is empty",
        "fill it in or take the label out",
        "訪問數：",
    ),
    "unbalanced": Code(
        "warning",
        "a bracket or quotation mark has no partner, or pairs cross",
        "close it where it belongs",
        "（文/王某",
    ),
    "mojibake": Code(
        "error",
        "text was decoded wrongly before it was saved",
        "go back to the source, or try --encoding",
        "锟斤拷，鏂囧瓧",
    ),
    "replacement-char": Code(
        "error",
        "a character was lost and U+FFFD stands in its place",
        "put in the character from another copy",
        "你\ufffd好",
    ),
    "halfwidth-punct": Code(
        "warning",
        "a half-width stop between Han or kana",
        "build with --punctuation apply, or publisher check --fix",
        "你好,世界",
    ),
    "halfwidth-bracket": Code(
        "info",
        "half-width brackets round Han or kana",
        "build with --punctuation apply",
        "委員會(小組)",
    ),
    "straight-quote": Code(
        "info",
        "straight quotation marks in Chinese or Japanese text",
        "build with --punctuation apply",
        '他說"好"',
    ),
    "quote-form": Code(
        "info",
        "quotation marks of another region",
        "build with --punctuation apply",
        "zh-TW: “好”",
    ),
    "ellipsis": Code(
        "warning",
        "an ellipsis that is not six dots in two characters",
        "build with --punctuation apply, or publisher check --fix",
        "等等...",
    ),
    "dash": Code(
        "warning",
        "a dash that is not two ems long",
        "build with --punctuation apply, or publisher check --fix",
        "他走了--走了",
    ),
    "doubled-punct": Code(
        "warning",
        "a stop stands twice",
        "take one out, or publisher check --fix",
        "好,,好",
    ),
    "stray-space": Code(
        "warning",
        "spaces between Han or kana",
        "take them out, or publisher check --fix",
        "中 文 之 間",
    ),
    "fullwidth-alnum": Code(
        "info",
        "full-width Latin letters or digits",
        "build with --punctuation apply",
        "ＡＢＣ１２３",
    ),
    "no-break-space": Code(
        "info",
        "a no-break space in text that needs none",
        "take it out, or publisher check --fix",
        "中\u00a0文",
    ),
    "invisible": Code(
        "warning",
        "a character that cannot be seen and means nothing here",
        "take it out, or publisher check --fix",
        "零\u200b寬",
    ),
    "bidi-control": Code(
        "warning",
        "a control for text from right to left, of which there is none here",
        "take it out, or publisher check --fix",
        "中\u202e文",
    ),
    "control-char": Code(
        "warning",
        "a control character",
        "take it out, or publisher check --fix",
        "中\x07文",
    ),
    "private-use": Code(
        "warning",
        "a private-use character, which only one font can draw",
        "find the character's place in Unicode, or name that font in fonts.paths",
        "\ue863",
    ),
    "unassigned": Code(
        "warning",
        "a code point that is no character",
        "put in the right character",
        "\u0378",
    ),
    "compat-ideograph": Code(
        "info",
        "a compatibility ideograph, which search and fonts treat apart",
        "replace it by the unified one, or publisher check --fix",
        "\uf9d1",
    ),
    "radical-as-ideograph": Code(
        "warning",
        "a radical stands for the ideograph, as copies from PDF files have it",
        "replace it by the ideograph, or publisher check --fix",
        "⽅⽬",
    ),
    "not-nfc": Code(
        "info",
        "letters and marks that Unicode composes stand apart",
        "compose them, or publisher check --fix",
        "か\u3099",
    ),
    "repeated-paragraph": Code(
        "warning",
        "a paragraph stands twice",
        "take one out",
        "",
    ),
    "missing-glyph": Code(
        "warning",
        "no font draws a character",
        "name a font that has it in fonts.paths",
        "",
    ),
    "link-nowhere": Code(
        "warning",
        "a link leads to a place that is not there",
        "mend the link's target",
        "[見](#nirgends)",
    ),
    "note-nowhere": Code(
        "warning",
        "a note is called and not there",
        "write the note, or take the call out",
        "[^1]",
    ),
    "note-uncalled": Code(
        "info",
        "a note is there and never called",
        "call it, or make it text",
        "[^1]: …",
    ),
    "image-resolution": Code(
        "info",
        "a picture is too coarse for print",
        "use a larger picture, or show it smaller",
        "",
    ),
    "image-alt": Code(
        "info",
        "a picture has no description for those who cannot see it",
        "describe it: ![描述](a.png)",
        "![](a.png)",
    ),
    "image-lost": Code(
        "warning",
        "a picture is not there or cannot be read",
        "put the file where the source looks for it",
        "![圖](nowhere.png)",
    ),
    "empty-heading": Code(
        "warning",
        "a heading without text",
        "give it a title, or take it out",
        "##",
    ),
    "doubled-heading": Code(
        "info",
        "two headings of the same text follow one another",
        "take one out, or tell them apart",
        "",
    ),
    "heading-skipped": Code(
        "info",
        "a level of headings is skipped",
        "use the level below the one before",
        "# 一 ### 二",
    ),
    "table-too-wide": Code(
        "warning",
        "a table is too wide for the page",
        "split it, or turn it",
        "",
    ),
    "no-title": Code(
        "info",
        "the document has no title",
        "give it one: --title, or title in the front matter",
        "",
    ),
    "no-author": Code(
        "info",
        "the document names no author",
        "give it one: --author, or author in the front matter",
        "",
    ),
    "no-date": Code(
        "info",
        "the document has no date",
        "give it one: --date, or date in the front matter",
        "",
    ),
    "no-language": Code(
        "info",
        "the document's language is not given and had to be guessed",
        "give it: --lang, or lang in the front matter",
        "",
    ),
}
