"""What outputs show beside the text of the tree. The one list of it, for all formats.

Everything that a test takes away before it compares text out with text in is named here:

=====================  ================================  ====================  ====================
what                   PDF                               EPUB                  DOCX
=====================  ================================  ====================  ====================
running heads, folios  artifacts (in no tag)             none                  headers, footers
title page or block    `title_lines`, first tags         a file of its own     `DOCX_STYLES`
contents               ``TOC`` tag                       ``nav``               ``w:sdt``
list labels            ``Lbl`` tag                       list style            numbering
signs of tasks         ``Lbl`` tag                       class ``task``        numbering
calls of notes         ``Reference`` tag                 class ``call``        reference styles
labels of notes        ``Lbl`` tag                       class ``label``       reference styles
ruby annotations       ``RT`` tag (compared apart)       ``rt``                ``w:rt``
brackets of warichu    ``WP`` tag                        none                  ``combineBrackets``
repeated table heads   artifacts                         none                  none
asterisms              artifacts                         ``hr``                style ``SceneBreak``
page references        compared with the page's label    their fallback        as in PDF
=====================  ================================  ====================  ====================

What readers themselves do to text stands in `tests.tools.text_out` (`as_pdfium_reads`,
`as_poppler_reads`). EPUB's classes and elements stand in `tests.tools.epub_inspect`, Word's styles in
`tests.tools.docx_inspect`.
"""

from __future__ import annotations

from publisher.verify.expected import title_lines

__all__ = ["PDF_ROLES", "title_lines"]

PDF_ROLES = frozenset({"Lbl", "Reference", "RT", "RP", "WP", "TOC"})
