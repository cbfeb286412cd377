"""What an office goes on editing with: captions that count, comments, numbered headings, a grid."""

from dataclasses import replace

import pytest

from publisher.environment import ResourceStore
from publisher.settings import DocxSettings, OutputSettings, Settings
from publisher.tree import nodes as n
from publisher.tree.meta import Document, Metadata, Resource
from tests.tools.docx_documents import cell, p, png, section, t
from tests.tools.docx_inspect import W, style_of

META = Metadata(title=t("书名"), language="zh-Hans")


def settings(**more):
    return Settings(output=OutputSettings(docx=DocxSettings(**more)))


def instructions(element):
    return [code.text.strip() for code in element.iter(f"{W}instrText")]


def table(caption, name=""):
    rows = (n.Row((cell("甲"), cell("乙"))),)
    return n.Table(
        (n.Column(), n.Column()), rows, rows, caption=(p(caption),), attr=n.Attr(id=name)
    )


def captions(file):
    return [(file.shown(q), instructions(q)) for q in file.paragraphs("Caption")]


def test_the_number_of_a_caption_is_a_field_that_counts_to_it(written):
    blocks = (table("表 1　一"), p("文"), table("表 2　二"), p("文"), table("表 5　五"))
    file = written(Document(META, (section(1, "章", *blocks, id="a"),)))
    assert captions(file) == [
        ("表 1　一", ["SEQ 表 \\* ARABIC"]),
        ("表 2　二", ["SEQ 表 \\* ARABIC"]),
        ("表 5　五", ["SEQ 表 \\* ARABIC \\r 5"]),
    ]


def test_numbers_within_chapters_restart_with_them(written):
    chapters = [
        section(1, f"章{at}", table(f"表{at}-1 甲"), p("文"), table(f"表{at}-2 乙"), id=f"c{at}")
        for at in (1, 2)
    ]
    file = written(Document(META, tuple(chapters)))
    assert captions(file) == [
        (f"表{at}-{no} {name}", ["SEQ 表 \\* ARABIC \\s 1"])
        for at in (1, 2)
        for no, name in ((1, "甲"), (2, "乙"))
    ]


def test_a_caption_without_a_number_shows_none(written):
    file = written(Document(META, (table("没有编号"), p("文"), table("2024年的表"))))
    assert captions(file) == [("没有编号", []), ("2024年的表", [])]


def test_a_list_finds_captions_without_a_number_by_one_that_is_not_seen(written):
    doc = Document(META, (section(1, "章", table("没有编号"), id="a"), section(1, "二", id="b")))
    file = written(doc, settings=settings(list_of_tables=True))
    (caption,) = file.paragraphs("Caption")
    assert instructions(caption) == ["SEQ 表 \\* ARABIC"]
    unseen = [run for run in caption.iter(f"{W}r") if run.find(f"{W}rPr/{W}vanish") is not None]
    assert "".join(t.text for run in unseen for t in run.iter(f"{W}t")) == "1"
    assert file.shown(caption) == "1没有编号"


def test_lists_of_figures_and_tables_name_every_caption_with_its_page(written):
    resources = ResourceStore()
    data = png()
    key = resources.add_bytes(data)
    picture = n.Figure(
        (n.Paragraph((n.Image(key),)),), caption=(p("图 1　山"),), attr=n.Attr(id="fig")
    )
    doc = Document(
        META,
        (
            section(1, "章一", picture, table("表 1　水", "tab"), p("文"), id="a"),
            section(1, "章二", p("文"), id="b"),
        ),
        (Resource(key, "image/png", len(data), "p.png", 120, 60),),
    )
    asked = settings(list_of_figures=True, list_of_tables=True)
    file = written(doc, resources=resources, settings=asked)
    entries = file.document.findall(f".//{W}p")
    found = [q for q in entries if style_of(q) == "TableofFigures"]
    assert [file.shown(q).partition("\t")[0] for q in found] == ["图 1　山", "表 1　水"]
    assert [instructions(q)[0] for q in found] == ['TOC \\h \\z \\c "图"', 'TOC \\h \\z \\c "表"']
    assert [instructions(q)[1] for q in found] == ["PAGEREF fig \\h", "PAGEREF tab \\h"]
    assert [q for q in entries if "插图目录" in file.shown(q)]
    plain = written(doc, resources=resources)
    assert "插图目录" not in "".join(plain.document.itertext())


def commented():
    return n.Paragraph((n.Text("甲"), n.NoteRef("m"), n.Text("乙"), n.NoteRef("f")))


def test_notes_in_the_margin_are_comments_and_take_no_number(written):
    notes = (
        n.Footnote("m", (p("张编辑：这里要改。"),), kind="margin"),
        n.Footnote("f", (p("脚注。"),)),
    )
    file = written(Document(META, (commented(), *notes)))
    (comment,) = file.tree("comments")
    assert comment.get(f"{W}author") == "张编辑"
    assert "".join(comment.itertext()) == "这里要改。"
    assert len(list(file.body.iter(f"{W}commentReference"))) == 1
    assert list(file.notes().values()) == [["脚注。"]]
    # The foot note is the first that Word counts: it has no mark of its own.
    (call,) = file.body.iter(f"{W}footnoteReference")
    assert call.get(f"{W}customMarkFollows") is None


def test_a_comment_that_names_nobody_is_whole(written):
    note = n.Footnote("m", (p("这里要改：第三行。"),), kind="margin")
    doc = Document(META, (n.Paragraph((n.Text("甲"), n.NoteRef("m"))), note))
    (comment,) = written(doc).tree("comments")
    # Whatever stands before the colon, nothing of the text is lost.
    assert comment.get(f"{W}author") + "：" + "".join(comment.itertext()) == "这里要改：第三行。"


@pytest.mark.parametrize("text", ["他说：“不对。”", "问题如下：第三行。", "老师说：好。"])
def test_what_somebody_says_in_a_comment_is_not_its_author(written, text):
    note = n.Footnote("m", (p(text),), kind="margin")
    doc = Document(META, (n.Paragraph((n.Text("甲"), n.NoteRef("m"))), note))
    (comment,) = written(doc).tree("comments")
    assert (comment.get(f"{W}author"), "".join(comment.itertext())) == ("", text)


def numbered():
    return Document(
        META,
        (
            section(1, "前言", p("文"), id="p"),
            section(
                1,
                "章",
                section(2, "节", p("文"), id="b", number=(1, 1)),
                section(2, "节二", p("文"), id="c", number=(1, 2)),
                id="a",
                number=(1,),
            ),
            section(1, "附", section(2, "节", p("文"), id="e", number=(7, 1)), id="d", number=(7,)),
        ),
    )


def test_word_numbers_headings_where_it_counts_as_the_tree_does(written):
    file = written(numbered(), numbers=True)
    style = file.style("Heading2").find(f"{W}pPr/{W}numPr")
    assert style.find(f"{W}ilvl").get(f"{W}val") == "1"
    shown = {
        file.shown(q): [x.get(f"{W}val") for x in q.iterfind(f"{W}pPr/{W}numPr/{W}numId")]
        for name in ("Heading1", "Heading2")
        for q in file.paragraphs(name)
    }
    assert shown == {
        "前言": ["0"],
        "章": [],
        "节": [],
        "节二": [],
        "7\u2002附": ["0"],
        "7.1\u2002节": ["0"],
    }


def test_headings_are_in_no_list_where_no_numbers_are_shown(written):
    file = written(numbered())
    assert file.style("Heading1").find(f"{W}pPr/{W}numPr") is None


def test_head_rows_look_so_by_the_style_of_the_table(written):
    file = written(Document(META, (table("题"),)))
    first = file.style("TextTable").find(f"{W}tblStylePr")
    assert first.get(f"{W}type") == "firstRow"
    assert first.find(f"{W}tcPr/{W}tcBorders/{W}bottom") is not None
    assert file.body.find(f".//{W}tc/{W}tcPr/{W}tcBorders") is None


@pytest.mark.parametrize(
    ("grid", "form", "snaps"),
    [("", None, "0"), ("lines", "lines", None), ("characters", "linesAndChars", None)],
)
def test_the_document_grid_is_that_of_the_theme(written, grid, form, snaps):
    doc = Document(META, (p("文"),))
    from tests.tools.docx_documents import request

    page = replace(request(doc, None).sheet.page, grid=grid)
    file = written(doc, page=page)
    found = file.sections()[0].find(f"{W}docGrid")
    assert found.get(f"{W}type") == form
    default = file.tree("styles").find(f".//{W}pPrDefault/{W}pPr/{W}snapToGrid")
    assert (None if default is None else default.get(f"{W}val")) == snaps
