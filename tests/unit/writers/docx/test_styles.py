"""The style sheet as Word styles."""

import pytest

from publisher.theme.model import TEXT_KEYS
from publisher.tree.meta import Document, Metadata
from publisher.writers.docx.fonts import FontTable, word_language
from publisher.writers.docx.styles import style_id
from tests.tools.docx_documents import p, request
from tests.tools.docx_inspect import W

SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")


@pytest.fixture
def styles(written):
    def make(language="zh-Hans", **more):
        return written(Document(Metadata(language=language), (p("文"),)), **more)

    return make


def test_every_text_key_has_a_style_with_all_four_fonts(styles):
    file = styles()
    for key in TEXT_KEYS:
        fonts = file.style(style_id(key)).find(f"{W}rPr/{W}rFonts")
        assert all(fonts.get(W + slot) for slot in SLOTS), key


def test_word_knows_its_own_styles_by_name(styles):
    names = {
        s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val")
        for s in styles().tree("styles").iter(f"{W}style")
    }
    wanted = {
        "Title": "Title", "Heading1": "heading 1", "Heading6": "heading 6", "BodyText": "Body Text",
        "Quote": "Quote", "ListParagraph": "List Paragraph", "Caption": "caption", "TOC3": "toc 3",
        "FootnoteText": "footnote text", "FootnoteReference": "footnote reference",
        "Header": "header", "Footer": "footer", "Hyperlink": "Hyperlink", "TOCHeading": "TOC Heading",
    }  # fmt: skip
    assert wanted.items() <= names.items()


def test_headings_have_their_outline_level(styles):
    file = styles()
    levels = [
        file.style(f"Heading{at}").find(f"{W}pPr/{W}outlineLvl").get(f"{W}val")
        for at in range(1, 7)
    ]
    assert levels == list("012345")
    assert file.style("BodyText").find(f"{W}pPr/{W}outlineLvl") is None


@pytest.mark.parametrize(
    ("language", "indent"), [("zh-Hans", "200"), ("zh-Hant", "200"), ("ja", "100"), ("ko", "100")]
)
def test_first_lines_are_set_in_by_characters(styles, language, indent):
    found = styles(language).style("BodyText").find(f"{W}pPr/{W}ind")
    assert found.get(f"{W}firstLineChars") == indent
    assert int(found.get(f"{W}firstLine")) > 0


@pytest.mark.parametrize(
    ("language", "tag", "font", "instead"),
    [
        ("zh-Hans", "zh-CN", "Noto Serif CJK SC", "SimSun,宋体"),
        ("zh-Hant-TW", "zh-TW", "Noto Serif CJK TC", "PMingLiU,新細明體"),
        ("zh-Hant-HK", "zh-HK", "Noto Serif CJK HK", "PMingLiU,新細明體"),
        ("ja", "ja-JP", "Noto Serif CJK JP", "Yu Mincho,MS Mincho"),
        ("ko", "ko-KR", "Noto Serif CJK KR", "Batang,바탕"),
    ],
)
def test_each_language_has_its_fonts_and_tag(styles, language, tag, font, instead):
    file = styles(language)
    defaults = file.tree("styles").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert defaults.find(f"{W}lang").get(f"{W}eastAsia") == tag
    assert defaults.find(f"{W}rFonts").get(f"{W}eastAsia") == font
    (entry,) = [f for f in file.tree("fontTable") if f.get(f"{W}name") == font]
    assert entry.find(f"{W}altName").get(f"{W}val") == instead
    assert file.tree("settings").find(f"{W}themeFontLang").get(f"{W}eastAsia") == tag


def test_every_font_that_is_used_is_in_the_table(styles):
    file = styles()
    listed = {font.get(f"{W}name") for font in file.tree("fontTable")}
    used = {f.get(W + s) for f in file.tree("styles").iter(f"{W}rFonts") for s in SLOTS} - {None}
    assert used <= listed


class Named:
    """Faces of which only the names are asked."""

    def __init__(self, wide="", latin=""):
        self.own = {True: wide, False: latin}

    def own_family(self, role, *, han):
        return self.own[han] if role == "serif" else ""


def test_fonts_of_the_settings_lead():
    table = FontTable(Named("My Song"), "zh-Hans")
    assert table.names("serif") == ("My Song", "My Song")
    assert table.names("sans").east_asian == "Noto Sans CJK SC"


def test_a_font_without_han_leads_western_text_only():
    assert FontTable(Named(latin="My Roman"), "ja").names("serif") == (
        "My Roman",
        "Noto Serif CJK JP",
    )
    both = FontTable(Named("My Song", "My Roman"), "ja")
    assert both.names("serif") == ("My Roman", "My Song")


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("zh", "zh-CN"),
        ("zh-Hant-MO", "zh-MO"),
        ("zh-SG", "zh-SG"),
        ("ja-JP", "ja-JP"),
        ("en", "en-US"),
        ("fr-CH", "fr-CH"),
    ],
)
def test_language_tags_are_words(tag, wanted):
    assert word_language(tag) == wanted


def test_leading_is_exact_and_off_the_grid(styles):
    file = styles()
    sheet = request(Document(Metadata(language="zh-Hans")), None).sheet
    spacing = file.style("BodyText").find(f"{W}pPr/{W}spacing")
    assert spacing.get(f"{W}lineRule") == "exact"
    assert int(spacing.get(f"{W}line")) == round(sheet.text["body"].leading * 20)
    defaults = file.tree("styles").find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
    assert defaults.find(f"{W}snapToGrid").get(f"{W}val") == "0"
    assert defaults.find(f"{W}widowControl") is not None


def test_settings_are_those_of_a_new_east_asian_document(styles):
    settings = styles().tree("settings")
    assert settings.find(f"{W}characterSpacingControl").get(f"{W}val") == "compressPunctuation"
    modes = {c.get(f"{W}name"): c.get(f"{W}val") for c in settings.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"
    assert "。" in settings.find(f"{W}noLineBreaksBefore").get(f"{W}val")
    assert "《" in settings.find(f"{W}noLineBreaksAfter").get(f"{W}val")


def test_a_western_document_has_no_east_asian_rules(styles):
    settings = styles("en").tree("settings")
    assert settings.find(f"{W}noLineBreaksBefore") is None


@pytest.mark.parametrize(("language", "gap"), [("zh-Hans", "1"), ("ja", "1"), ("ko", "0")])
def test_lines_keep_the_layouts_rules(styles, language, gap):
    """Gaps beside Latin but in Korean (KLREQ), and no hanging punctuation."""
    defaults = styles(language).tree("styles").find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
    assert defaults.find(f"{W}autoSpaceDE").get(f"{W}val") == gap
    assert defaults.find(f"{W}autoSpaceDN").get(f"{W}val") == gap
    assert defaults.find(f"{W}overflowPunct").get(f"{W}val") is None
