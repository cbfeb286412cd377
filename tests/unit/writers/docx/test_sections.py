"""Page set-up, numbering of pages, running heads, contents."""

from dataclasses import replace

import pytest

from publisher.settings import DocxSettings, OutputSettings, Settings
from publisher.tree import nodes as n
from publisher.tree.meta import Document, Metadata
from tests.tools.docx_documents import p, request, section, t
from tests.tools.docx_inspect import R, W, style_of

TITLE = Metadata(title=t("书名"), language="zh-Hans")


def book(*extra):
    chapters = (
        section(1, "第一章", p("文"), section(2, "一节", p("文"), id="s"), id="a"),
        section(1, "第二章", p("文"), id="b"),
    )
    return Document(TITLE, (*extra, *chapters))


def kinds(file):
    return [s.find(f"{W}type").get(f"{W}val") for s in file.sections()]


def numbers(file):
    found = [s.find(f"{W}pgNumType") for s in file.sections()]
    return [(x.get(f"{W}fmt"), x.get(f"{W}start")) for x in found]


def heads(file, section_):
    """What a section itself names as heads and feet: kind to shown text."""
    found = {}
    for name in ("header", "footer"):
        for reference in section_.iter(f"{W}{name}Reference"):
            target = file.relations()[reference.get(f"{R}id")].get("Target")
            root = file.trees["word/" + target.removeprefix("/word/")]
            shown = "".join(file.shown(q) for q in root.iter(f"{W}p"))
            found[name, reference.get(f"{W}type")] = shown
    return found


def test_a_book_has_title_page_contents_and_chapters_in_sections_of_their_own(written):
    file = written(book())
    assert kinds(file) == ["nextPage", "oddPage", "oddPage", "nextPage"]
    assert numbers(file) == [
        ("lowerRoman", "1"),
        ("lowerRoman", None),
        ("decimal", "1"),
        ("decimal", None),
    ]


def test_text_before_the_first_chapter_begins_the_numbering(written):
    file = written(book(p("卷首")))
    assert kinds(file) == ["nextPage", "oddPage", "oddPage", "nextPage", "nextPage"]
    assert numbers(file)[2:] == [("decimal", "1"), ("decimal", None), ("decimal", None)]


def test_the_title_page_is_bare_and_chapters_open_without_a_head(written):
    file = written(book())
    title, contents, one, two = file.sections()
    assert heads(file, title) == {}
    assert heads(file, contents)["header", "default"] == "书名"
    assert heads(file, one)["header", "default"] == "第一章"
    assert heads(file, two)["header", "default"] == "第二章"
    assert ("header", "first") not in heads(file, one)
    assert [s.find(f"{W}titlePg") is not None for s in file.sections()] == [
        False,
        False,
        True,
        True,
    ]
    assert heads(file, one)["footer", "first"] == "1"
    assert heads(file, two).get(("footer", "first")) is None  # goes on from the section before


def test_running_heads_are_fields_with_the_right_words_in_place(written):
    file = written(book())
    codes = [
        code.text.strip()
        for name, tree in file.trees.items()
        if name.startswith("word/header")
        for code in tree.iter(f"{W}instrText")
    ]
    assert codes == ["STYLEREF 1", "STYLEREF 1"]


def test_an_article_is_one_section_after_its_front_matter(written):
    file = written(book(), theme="article")
    assert kinds(file) == ["nextPage", "nextPage", "nextPage"]
    assert numbers(file) == [("decimal", "1"), ("decimal", None), ("decimal", None)]


def test_an_article_without_title_page_has_its_title_over_the_text(written):
    file = written(book(), theme="article", title_page=False)
    assert len(file.sections()) == 1
    assert style_of(file.body[0]) == "Title"
    assert file.body[1].tag == f"{W}sdt"
    assert file.sections()[0].find(f"{W}titlePg") is not None


def test_a_title_with_nothing_else_to_say_stands_over_the_text(written):
    meta = Metadata(title=TITLE.title, language=TITLE.language)
    file = written(Document(meta, (section(1, "第一章", p("文"), id="a"),)))
    assert len(file.sections()) == 1
    assert style_of(file.body[0]) == "Title"


def test_parts_stand_on_pages_of_their_own(written):
    part = section(1, "上卷", section(2, "第一回", p("文"), id="a"), id="v", kind="volume")
    file = written(Document(TITLE, (part,)))
    (title,) = file.paragraphs("PartTitle")
    assert title.find(f"{W}pPr/{W}sectPr") is not None
    assert kinds(file)[-2:] == ["oddPage", "nextPage"]


def test_chapters_on_rectos(written):
    chapter = replace(request(book(), None).sheet.chapter, begin="recto")
    assert kinds(written(book(), chapter=chapter))[-2:] == ["oddPage", "oddPage"]


def test_the_page_is_the_layouts_page(written):
    sheet = request(book(), None).sheet
    for section_ in written(book()).sections():
        size, margins = section_.find(f"{W}pgSz"), section_.find(f"{W}pgMar")
        width = (
            int(size.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
        )
        assert 0 <= width / 20 - sheet.page.measure < 0.15
        assert int(size.get(f"{W}h")) == round(sheet.page.height * 20)
        assert section_.find(f"{W}docGrid").get(f"{W}type") is None


def test_facing_pages_mirror_their_margins(written):
    assert written(book()).tree("settings").find(f"{W}mirrorMargins") is not None
    article = written(book(), theme="article").tree("settings")
    assert article.find(f"{W}mirrorMargins") is None
    assert article.find(f"{W}evenAndOddHeaders") is None


def test_vertical_books_have_vertical_lines(written):
    file = written(book(), vertical=True)
    assert {s.find(f"{W}textDirection").get(f"{W}val") for s in file.sections()} == {"tbRl"}


def test_contents_list_titles_with_the_layouts_labels(written):
    file = written(book())
    entries = [
        (style_of(q), file.shown(q))
        for q in file.body.iter(f"{W}p")
        if style_of(q).startswith("TOC")
    ]
    assert entries == [
        ("TOCHeading", "目录"),
        ("TOC1", "第一章\t1"),
        ("TOC2", "一节\t2"),
        ("TOC1", "第二章\t3"),
    ]
    gallery = file.body.find(f"{W}sdt/{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    assert gallery.get(f"{W}val") == "Table of Contents"


def test_contents_stand_where_the_tree_marks_their_place(written):
    mark = n.TableOfContents(depth=1, title=t("章目"))
    file = written(Document(TITLE, (p("先"), mark, *book().body)))
    assert style_of(file.body.find(f"{W}sdt").getprevious()) == "BodyText"
    shown = [file.shown(q) for q in file.body.find(f"{W}sdt").iter(f"{W}p")]
    assert shown == ["章目", "第一章\t1", "第二章\t3"]


@pytest.mark.parametrize("settings", [DocxSettings(toc=False), DocxSettings(toc_depth=0)])
def test_contents_can_be_left_out(written, settings):
    settings = Settings(output=OutputSettings(docx=settings))
    assert written(book(), settings=settings).body.find(f"{W}sdt") is None


def test_unlisted_sections_are_in_no_outline(written):
    hidden = section(1, "隐", section(2, "内", p("文"), id="h2"), id="h", listed=False)
    file = written(Document(TITLE, (*book().body, hidden)))
    (top,) = file.paragraphs("Heading1Unlisted")
    assert file.shown(top) == "隐"
    assert [file.shown(q) for q in file.paragraphs("Heading2Unlisted")] == ["内"]
    twin = file.style("Heading1Unlisted")
    assert twin.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "9"


def test_a_page_break_goes_to_the_next_paragraph(written):
    file = written(Document(Metadata(language="zh-Hans"), (p("一"), n.PageBreak(), p("二"))))
    breaks = [q.find(f"{W}pPr/{W}pageBreakBefore") is not None for q in file.paragraphs("BodyText")]
    assert breaks == [False, True]


def test_a_chapter_that_ends_with_a_table_ends_its_section_too(written):
    table = n.Table((), body=(n.Row((n.Cell((p("格"),)),)),))
    doc = Document(TITLE, (section(1, "一", table, id="a"), section(1, "二", p("文"), id="b")))
    assert len(written(doc).sections()) == 4


def test_numbers_stand_before_titles_when_the_style_sheet_shows_them(written):
    doc = Document(
        TITLE,
        (section(1, "章", section(2, "节", p("文"), id="b", number=(1, 2)), id="a", number=(1,)),),
    )
    file = written(doc, numbers=True)
    assert [file.shown(q) for q in file.paragraphs("Heading2")] == ["1.2\u2002节"]


def opening_feet(file):
    """Frame's and text's alignment in the foot of the first page of each section that has one."""
    found = []
    for setup in file.sections():
        for reference in setup.iter(f"{W}footerReference"):
            if reference.get(f"{W}type") == "first":
                target = file.relations()[reference.get(f"{R}id")].get("Target")
                root = file.trees["word/" + target.removeprefix("/word/")]
                first = next(root.iter(f"{W}p"))
                frame = first.find(f"{W}pPr/{W}framePr")
                align = first.find(f"{W}pPr/{W}jc").get(f"{W}val")
                found.append("" if frame is None else frame.get(f"{W}xAlign"))
                found.append(align)
    return found


def test_the_folio_of_an_opening_page_stands_at_the_outer_edge_of_odd_and_even_pages(written):
    chapters = (section(1, f"第{at}章", p("文"), id=f"c{at}") for at in range(3))
    file = written(Document(TITLE, tuple(chapters)))
    assert opening_feet(file) == ["", "right", "outside", "left", "", "right"]
