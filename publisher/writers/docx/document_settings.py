"""Settings of the document (``w:settings``), elements in schema order (CT_Settings)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.writers.docx.fonts import is_east_asian, word_language
from publisher.writers.docx.notes import NOTE_KINDS
from publisher.writers.docx.xml import attribute, part, twips

if TYPE_CHECKING:
    from publisher.writers.docx.job import DocxJob

# What may not begin and what may not end a line (kinsoku), by Word's language tag; the sets of
# CLREQ 3.1.3, JLREQ cl-01 to cl-11, KLREQ. Word takes them in place of its own.
_CLOSING: Final = (
    "!%),.:;?]}°·’”‰′″℃、。々〉》」』】〕〗〞︰︱︳﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞！＂％＇），．：；？］｝～￠"
)
_OPENING: Final = "$(£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
_SMALL_KANA: Final = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーゝゞヽヾ・"
_BEGIN: Final = {
    "zh-CN": _CLOSING + "—…",
    "zh-TW": _CLOSING,
    "zh-HK": _CLOSING,
    "ja-JP": _CLOSING + _SMALL_KANA,
    "ko-KR": "!%),.:;?]}¢°’”′″℃〉》」』】〕！％），．：；？］｝￠",
}
_END: Final = {
    "ja-JP": "$(¥‘“〈《「『【〔〖〝＄（［｛￥",
    "ko-KR": "$([\\{£¥‘“〈《「『【〔＄（［｛￡￥￦",
}
# Word 2013 and later; each setting as Word itself writes it for a new document.
_COMPATIBILITY: Final = (
    ("compatibilityMode", "15"),
    ("overrideTableStyleFontSizeAndJustification", "1"),
    ("enableOpenTypeFeatures", "1"),
    ("doNotFlipMirrorIndents", "1"),
    ("differentiateMultirowTableHeaders", "1"),
)
_COLORS: Final = (
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"'
    ' w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4"'
    ' w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"'
    ' w:followedHyperlink="followedHyperlink"/>'
)
_EAST_ASIAN_LAYOUT: Final = (
    "spaceForUL",
    "balanceSingleByteDoubleByteWidth",
    "doNotLeaveBackslashAlone",
    "ulTrailSpace",
    "doNotExpandShiftReturn",
    "adjustLineHeightInTable",
    "useFELayout",
)


def settings_part(job: DocxJob) -> bytes:
    """The settings part."""
    sheet = job.sheet
    tag = word_language(sheet.language)
    wide = is_east_asian(sheet.language)
    parts = ['<w:zoom w:percent="100"/>']
    if embed := job.request.settings.output.docx.embed_fonts:
        parts.append("<w:embedTrueTypeFonts/>")
        parts.append("<w:saveSubsetFonts/>" if embed == "subset" else "")
    given = job.reference.reference if job.reference is not None else None
    if sheet.page.facing if given is None else given.facing:
        parts.append("<w:mirrorMargins/>")
    parts.append(f'<w:defaultTabStop w:val="{twips(sheet.text["body"].size * 2)}"/>')
    if sheet.page.facing if given is None else given.even:
        parts.append("<w:evenAndOddHeaders/>")
    parts.append('<w:characterSpacingControl w:val="compressPunctuation"/>')
    if wide:
        after = _END.get(tag, _OPENING)
        before = _BEGIN.get(tag, _CLOSING)
        parts.append(f'<w:noLineBreaksAfter w:lang="{tag}" w:val="{attribute(after)}"/>')
        parts.append(f'<w:noLineBreaksBefore w:lang="{tag}" w:val="{attribute(before)}"/>')
    parts += [
        job.notes.properties(kind, separators=True)
        for kind in NOTE_KINDS
        if job.notes.of_kind(kind)
    ]
    layout = "".join(f"<w:{name}/>" for name in _EAST_ASIAN_LAYOUT) if wide else ""
    uri = "http://schemas.microsoft.com/office/word"
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>'
        for name, value in _COMPATIBILITY
    )
    parts.append(f"<w:compat>{layout}{modes}</w:compat>")
    slots = f'w:val="en-US" w:eastAsia="{tag}"' if wide else f'w:val="{tag}"'
    parts.append(f"<w:themeFontLang {slots}/>")
    parts.append(_COLORS)
    parts.append('<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>')
    return part("w:settings", "".join(parts))
