"""Texts for diagnostic codes. One line each; `{name}` takes a value from the diagnostic's args."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.events import Diagnostic

TEXTS: dict[str, str] = {
    "batch.ledger": "the ledger cannot be written ({reason}); another run makes all of this again",
    "source.passed-over": "holds no text; it is passed over",
    "epub.chapter-lost": "{file} in the book is left out: it {problem}",
    "epub.left-out": "{file} in the book is left out: it is its {kind}, which is made anew",
    "annotate.done": "{count} words have their readings now ({system})",
    "annotate.guessed": "{count} readings are the usual one of several: {words}",
    "annotate.none": "no word has a reading set: nothing is in a language of {system}",
    "aozora.unknown": "{count} of Aozora Bunko's notes are not understood and stay; first: {text}",
    "docx.changes": "{count} tracked changes are taken as accepted",
    "docx.comments": "{count} comments; see input.keep-comments",
    "docx.formulas": "{count} formulas become lines of text",
    "docx.headings": "{count} paragraphs that only look like headings become some; first: {text}",
    "docx.hidden": "hidden text is left out ({count} places)",
    "docx.objects": "{count} embedded objects, charts or files are left out",
    "docx.running": "{count} running heads and feet are left out; the first: {text}",
    "html.article": "the article is {place}, {share} % of the page's text ({voice})",
    "html.dropped": "left out as part of the site ({place}): {text}",
    "html.dropped-more": "{count} more pieces of the site are left out",
    "html.headings": "{count} paragraphs that only look like headings become some; first: {text}",
    "html.whole": "no article is found; the whole page is read",
    "id.duplicate": "the id {id} stands twice; the later one becomes {renamed}",
    "id.malformed": "the id {id} is not made of letters, digits and underscores",
    "link.nowhere": "the link to {target} leads nowhere; its text stays",
    "note.empty": "note {note} has no text; it is left out with its calls",
    "note.missing": "there is no note {note}; its call is left out",
    "note.uncalled": "note {note} is never called; it stands as ordinary text in its place",
    "network.page-lost": "the article's next page {address} {problem}; the text ends before it",
    "outline.lost": "the outline's heading on line {line} is not in the text: {text}",
    "verify.fault": "the finished file is not what it should be: {what}",
    "preflight.found": "{counts}; publisher check lists them",
    "punct.changed": "{family}: {count} mended ({kind}); the first: {text}",
    "punct.suggested": "{family}: {count} to look at ({kind}); the first: {text}",
    "punct.unbalanced": "quotation marks without a partner stay, in {count} paragraphs: {text}",
    "plain.advertisement": "looks like an advertisement, but stays: {text}",
    "plain.dropped": "left out as part of the web page ({kind}): {text}",
    "plain.maybe-headings": "{count} lines look like headings but stay text; the first: {text}",
    "resource.lost": "picture {file} is left out: {problem}",
    "resource.unknown": "picture {resource} is not among the document's resources",
    "repair.mended": "{count} characters that a machine had converted wrongly are mended: {words}",
    "repair.suspect": "seems converted by a machine, character by character: {words}",
    "repair.suggested": "{count} characters look wrongly converted by a machine: {words}",
    "script.ambiguous": "{count} characters have several forms and no word decides: {words}",
    "script.one-way": "{count} places come back otherwise when they are converted back: {words}",
    "script.parted": "{count} times the words of the text overrule OpenCC's phrases: {words}",
    "script.not-chinese": "nothing is converted to {to}: the text is not Chinese but {language}",
    "source.encoding-cut": "the last character is cut off ({encoding}, byte {offset})",
    "source.encoding-damaged": "{count} bytes are damaged, the first at {offset} ({encoding})",
    "source.encoding-unsure": "read as {encoding}, though it may be {other}",
    "table.grid": "{cells} cells of a table reach beyond their place; their spans are cut",
    "text.control": "{count} control characters were taken out ({characters})",
    "text.line-feed": "a text holds a line feed",
    "text.entities": "numeric entities of HTML are read as their characters ({text})",
    "text.mojibake": "looks like UTF-8 read as {wrong}, with characters lost ({text})",
    "text.mojibake-lost": "{count} places hold {text}: characters were lost before",
    "text.mojibake-mended": "{count} lines were {right} read as {wrong}; they are mended ({text})",
    "text.not-nfc": "a text is not in Unicode's composed form (NFC)",
    "text.surrogate": "{count} halves of surrogate pairs were replaced",
    "tree.depth": "what is nested deeper than {limit} levels was made flat",
    "tree.empty": "a {type} holds nothing",
    "tree.level": "a section of level {level} does not fit where it stands",
    "tree.section-inside": "a section of level {level} stands inside another block",
    "tree.unknown-field": "the field {field} of {type} is not known and left out",
    "picture.broken": "picture {file} {problem}",
    "picture.empty": "picture {file} {problem}",
    "picture.no-folder": "picture {file} {problem}",
    "picture.no-name": "a picture {problem}",
    "picture.not-fetched": "picture {file} {problem}",
    "picture.remote": "picture {file} {problem}",
    "picture.too-large": "picture {file} {problem}",
    "picture.unknown": "picture {file} {problem}",
    "picture.unsafe": "picture {file} {problem}",
    "resource.missing": "picture {file} {problem}",
    "resource.not-file": "picture {file} {problem}",
    "resource.outside": "picture {file} {problem}",
    "resource.too-large": "picture {file} {problem}",
    "resource.unreadable": "picture {file} {problem}",
    "link.relative": "the link to {target} leads out of the publication; its text stays",
    "markdown.html-tag": "the HTML tag <{tag}> has no meaning here; the text in it is kept",
    "markdown.note-empty": "footnote [^{label}] has no text; it is left out",
    "markdown.note-twice": "footnote [^{label}] is defined again; the first text counts",
    "markdown.note-undefined": "footnote [^{label}] is called but not defined; it stays as written",
    "markdown.note-unused": "footnote [^{label}] is never called; it is left out",
    "markdown.row-long": "a row has {cells} cells for {columns} columns; the rest is left out",
    "markdown.row-short": "a row has {cells} cells for {columns} columns; it is filled up",
    "front-matter.date": "the date {value!r} is not understood; write it like 2025-12-22",
    "front-matter.writing-mode": "{value!r} is no writing mode; write horizontal or vertical",
    "front-matter.unknown-key": "the key {key!r} in the front matter is kept but not used",
    "layout.forced-break": "a line is broken where it must not be, since nothing else fits: {text}",
    "layout.marks-fixed": "{face} draws some marks over their whole square; they keep it: {marks}",
    "layout.overfull-line": "a line is longer than its column: {text}",
    "layout.table-tight": "the {columns} columns of a table do not fit; words in them are broken",
    "layout.too-tall": "{height} pt tall, more than the {room} pt of a page; it runs off the page",
    "layout.long-note": "a note is longer than a page and goes on over the next ones: {text}",
    "layout.picture-reduced": "picture {picture} is higher than a page; drawn at {percent} %",
    "layout.picture-unknown": "picture {picture} cannot be shown; its description stands instead",
    "font.missing-glyph": "no font draws {char} ({code}); it is shown as 〓",
    "font.no-cache": "the font cache {folder} cannot be written ({reason}); fonts stay in memory",
    "font.skipped": "a font file was left out: {reason}",
    "epub.link": "the link to {target} leads nowhere in the book; its text stands without it",
    "epub.note": "there is no note {note} for this call",
    "epub.fonts-left-out": (
        "fonts of {size} MB are more than the {most} MB that these reading systems take; "
        "they are left out"
    ),
    "epub.picture": "the picture {file} {problem}; its description stands instead",
    "epub.character": "{count} control characters that XML cannot hold were left out",
    "docx.columns": "a table of {columns} columns: Word takes 63; its cells follow one another",
    "docx.font": "the font {font} is not embedded: its licence bits allow that for reading only",
    "docx.picture": "the picture {picture} {problem}; its description stands instead",
    "output.horizontal": "the {format} file stays horizontal; its lines cannot run down",
    "pdf.picture": "the picture {file} {problem}; an empty frame stands instead",
    "pdf.link-nowhere": "the link {text!r} leads to {target}, which is nowhere in the pages",
}


def text_of(diagnostic: Diagnostic) -> str:
    """The diagnostic's message in plain words; the bare code and data when it has no text."""
    template = TEXTS.get(diagnostic.code)
    values = dict(diagnostic.args)
    if template is not None:
        try:
            return template.format_map(values)
        except KeyError:
            pass
    listed = ", ".join(f"{name} {value}" for name, value in diagnostic.args)
    return f"{diagnostic.code}: {listed}" if listed else diagnostic.code
