"""What each inline becomes."""

import pytest

from publisher.environment import ResourceStore
from publisher.tree import nodes as n
from publisher.tree.meta import Document, Metadata
from publisher.writers.docx.relations import clean_address
from tests.tools.docx_documents import p, png, section, t
from tests.tools.docx_inspect import WP, R, W


@pytest.fixture
def runs(written):
    """(text, property names with values) of each run of one paragraph."""

    def make(*content, language="zh-Hans", **more):
        file = written(Document(Metadata(language=language), (n.Paragraph(content),)), **more)
        (paragraph,) = file.paragraphs("BodyText")
        found = []
        for run in paragraph.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            looks = {} if properties is None else {e.tag.removeprefix(W): e for e in properties}
            found.append(("".join(run.itertext()), looks))
        return found

    return make


def value(looks, name, attribute="val"):
    return looks[name].get(W + attribute)


def test_emphasis_dots_stand_at_letters_and_not_at_marks(runs):
    found = runs(n.EmphasisDots(t("着重，点")))
    assert [(text, "em" in looks) for text, looks in found] == [
        ("着重", True),
        ("，", False),
        ("点", True),
    ]
    assert value(found[0][1], "em") == "underDot"


def test_emphasis_slants_western_words_only(runs):
    found = runs(n.Emphasis(t("强调 word 字")))
    assert [(text, value(looks, "rStyle")) for text, looks in found] == [
        ("强调", "Emphasis"),
        (" word ", "LatinEmphasis"),
        ("字", "Emphasis"),
    ]


def test_emphasis_within_strong_keeps_both(runs):
    ((_, looks),) = runs(n.Strong((n.Emphasis(t("又")),)))
    assert value(looks, "rStyle") == "Strong"
    assert "em" in looks


@pytest.mark.parametrize(
    ("kind", "name", "wanted"),
    [
        ("proper-name", "u", "single"),
        ("book-title", "u", "wave"),
        ("underline", "u", "single"),
        ("strike", "strike", None),
        ("sub", "vertAlign", "subscript"),
        ("sup", "vertAlign", "superscript"),
    ],
)
def test_marks_have_words_own_looks(runs, kind, name, wanted):
    ((_, looks),) = runs(n.Mark(kind, t("字")))
    assert value(looks, name) == wanted


def test_small_is_smaller_than_the_text_around(runs):
    ((_, looks),) = runs(n.Mark("small", t("字")))
    assert int(value(looks, "sz")) < 21


def test_quotes_in_chinese_are_east_asian_and_apostrophes_are_not(runs):
    found = runs(n.Text("“好”，don’t"))
    assert [(text, "rFonts" in looks) for text, looks in found] == [
        ("“好”，", True),
        ("don’t", False),
    ]
    assert value(found[0][1], "rFonts", "hint") == "eastAsia"


def test_a_language_brings_its_own_fonts(runs):
    ((_, looks),) = runs(n.Span(t("直す"), n.Attr(lang="ja")))
    assert value(looks, "lang", "eastAsia") == "ja-JP"
    assert value(looks, "rFonts", "eastAsia") == "Noto Serif CJK JP"


def test_western_language_is_marked(runs):
    ((_, looks),) = runs(n.Span(t("mot"), n.Attr(lang="fr")))
    assert value(looks, "lang") == "fr"


def test_ruby_is_whole(written):
    ruby = n.Ruby((n.RubyPair("漢", "かん"), n.RubyPair("字", "")))
    file = written(Document(Metadata(language="ja"), (n.Paragraph((ruby,)),)))
    (element,) = file.body.iter(f"{W}ruby")
    names = [e.tag.removeprefix(W) for e in element.find(f"{W}rubyPr")]
    assert names == ["rubyAlign", "hps", "hpsRaise", "hpsBaseText", "lid"]
    assert file.texts() == ["漢字"]
    assert "".join(element.find(f"{W}rt").itertext()) == "かん"


def test_links_lead_out_or_to_a_bookmark(written):
    doc = Document(
        Metadata(language="zh-Hans"),
        (
            n.Paragraph(
                (
                    n.Link(t("外"), "https://example.org/路?a=1&b=2"),
                    n.Link(t("内"), "#two"),
                    n.Link(t("无"), "#nowhere"),
                    n.Link(t("险"), "javascript:alert(1)"),
                )
            ),
            section(1, "二", id="two"),
        ),
    )
    file = written(doc)
    outer, inner = file.body.iter(f"{W}hyperlink")
    target = file.relations()[outer.get(f"{R}id")]
    assert target.get("Target") == "https://example.org/%E8%B7%AF?a=1&b=2"
    assert target.get("TargetMode") == "External"
    assert inner.get(f"{W}anchor") == "two"
    assert file.texts()[0] == "外内无险"


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://例子.中国/a b", "https://xn--fsqu00a.xn--fiqs8s/a%20b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://example.org/%E4", "https://example.org/%E4"),
        ("data:text/html,x", ""),
        ("chapter.md", ""),
        ("http://[::1", ""),
        ("https://", ""),
    ],
)
def test_addresses_are_made_fit_or_refused(address, wanted):
    assert clean_address(address) == wanted


def test_a_reference_to_a_page_shows_the_layouts_label(written):
    doc = Document(
        Metadata(language="zh-Hans"),
        (
            section(1, "一", n.Paragraph((n.CrossRef("two", "page", t("？")),)), id="one"),
            section(1, "二", id="two"),
        ),
    )
    file = written(doc)
    assert "2" in file.texts()
    codes = [code.text.split() for code in file.body.iter(f"{W}instrText")]
    assert ["PAGEREF", "two", "\\h"] in codes


def test_a_reference_to_a_title_is_a_field_only_when_it_says_the_title(written):
    doc = Document(
        Metadata(language="zh-Hans"),
        (
            n.Paragraph(
                (n.CrossRef("two", "title", t("二")), n.CrossRef("two", "title", t("别处")))
            ),
            section(1, "二", id="two"),
        ),
    )
    file = written(doc)
    codes = [code.text.split()[0] for code in file.body.iter(f"{W}instrText")]
    assert codes.count("REF") == 1
    assert file.texts()[0] == "二别处"


def test_long_inline_notes_fall_back_to_brackets(written):
    short = n.Warichu(t("短注"))
    long = n.Warichu(t("长" * 60))
    file = written(Document(Metadata(language="zh-Hans"), (n.Paragraph((short, long)),)))
    assert len(list(file.body.iter(f"{W}eastAsianLayout"))) == 1
    assert file.texts() == [f"短注（{'长' * 60}）"]


def test_a_picture_has_its_description_and_fits(written):
    resources = ResourceStore()
    key = resources.add_bytes(png(4000, 100))
    image = n.Image(key, alt='蓝 "条" <1>')
    file = written(
        Document(Metadata(language="zh-Hans"), (n.Paragraph((image, image)),)), resources=resources
    )
    drawings = list(file.body.iter(f"{WP}docPr"))
    assert [d.get("descr") for d in drawings] == ['蓝 "条" <1>'] * 2
    (size, _) = file.body.iter(f"{WP}extent")
    (section_,) = file.sections()
    page, margins = section_.find(f"{W}pgSz"), section_.find(f"{W}pgMar")
    room = int(page.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    assert int(size.get("cx")) <= room * 635
    assert len([name for name in file.data if "media" in name]) == 1


def test_a_picture_that_is_missing_leaves_its_words_and_is_told(tmp_path):
    from tests.tools.docx_documents import write
    from tests.tools.docx_inspect import DocxFile

    figure = n.Figure((n.Paragraph((n.Image("f" * 32, alt="丢失的图"),)),))
    made = write(tmp_path / "x.docx", Document(Metadata(language="zh-Hans"), (figure, p("文"))))
    assert [d.code for d in made.report.diagnostics] == ["docx.picture"]
    assert DocxFile(tmp_path / "x.docx").texts() == ["丢失的图", "文"]


def test_dots_and_stress_stay_on_a_base_with_a_reading(written):
    ruby = n.Ruby((n.RubyPair("漢", "かん"),))
    marked = (n.EmphasisDots((ruby, n.Text("字"))), n.Emphasis((ruby,)))
    file = written(Document(Metadata(language="ja"), (n.Paragraph(marked),)))
    bases = list(file.body.iter(f"{W}rubyBase"))
    assert len(bases) == 2
    for base in bases:
        run = base.find(f"{W}r/{W}rPr")
        assert run.find(f"{W}em") is not None or run.find(f"{W}rStyle") is not None
        assert base.getparent().find(f"{W}rt/{W}r/{W}rPr/{W}em") is None
