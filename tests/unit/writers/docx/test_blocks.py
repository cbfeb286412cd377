"""Lists, tables, figures, boxes and the rest."""

import pytest

from publisher.environment import ResourceStore
from publisher.tree import nodes as n
from publisher.tree.labels import item_label
from publisher.tree.meta import Document, Metadata
from tests.tools.docx_documents import cell, listed, p, png, section, t
from tests.tools.docx_inspect import W, style_of

WORD_NUMBERS = {  # what Word shows for number 2 in each of its forms
    "decimal": "2",
    "chineseCountingThousand": "二",
    "japaneseCounting": "二",
    "decimalEnclosedCircle": "②",
    "lowerLetter": "b",
    "lowerRoman": "ii",
    "irohaFullWidth": "ロ",
    "aiueoFullWidth": "イ",
    "ganada": "나",
}


def body(*blocks, language="zh-Hans"):
    return Document(Metadata(language=language), blocks)


def level_of(file, paragraph):
    """The numbering level of a paragraph and the start of its list."""
    number = paragraph.find(f"{W}pPr/{W}numPr")
    wanted = number.find(f"{W}numId").get(f"{W}val")
    at = number.find(f"{W}ilvl").get(f"{W}val")
    root = file.tree("numbering")
    (instance,) = [x for x in root.iter(f"{W}num") if x.get(f"{W}numId") == wanted]
    abstract = instance.find(f"{W}abstractNumId").get(f"{W}val")
    (found,) = [x for x in root.iter(f"{W}abstractNum") if x.get(f"{W}abstractNumId") == abstract]
    start = instance.find(f"{W}lvlOverride/{W}startOverride")
    return (
        next(x for x in found.iter(f"{W}lvl") if x.get(f"{W}ilvl") == at),
        None if start is None else int(start.get(f"{W}val")),
    )


@pytest.mark.parametrize("delimiter", ["period", "paren", "parens", "ideographic", "none"])
@pytest.mark.parametrize(
    "style", ["decimal", "cjk", "cjk-paren", "circled", "alpha", "roman", "iroha", "kana", "hangul"]
)
@pytest.mark.parametrize("language", ["zh-Hans", "ja"])
def test_words_label_is_the_layouts_label(written, style, delimiter, language):
    node = listed(style, "甲", "乙", delimiter=delimiter)
    file = written(body(node, language=language))
    level, start = level_of(file, file.paragraphs("ListParagraph")[1])
    form = level.find(f"{W}numFmt").get(f"{W}val")
    text = level.find(f"{W}lvlText").get(f"{W}val")
    assert text.replace("%1", WORD_NUMBERS[form]) == item_label(node, 2, "")
    assert start == 1


def test_every_list_begins_where_it_says(written):
    file = written(body(listed("decimal", "甲", start=5), p("间"), listed("decimal", "乙")))
    first, second = file.paragraphs("ListParagraph")
    assert level_of(file, first)[1] == 5
    assert level_of(file, second)[1] == 1


def test_a_nested_list_is_a_level_down(written):
    inner = listed("alpha", "内")
    outer = n.ListBlock((n.ListItem((p("外"), inner, p("续"))),), ordered=True, style="decimal")
    file = written(body(outer))
    paragraphs = file.paragraphs("ListParagraph")
    levels = [q.find(f"{W}pPr/{W}numPr/{W}ilvl") for q in paragraphs]
    assert [None if at is None else at.get(f"{W}val") for at in levels] == ["0", "1", None]


def test_an_item_that_begins_with_a_list_still_has_its_label(written):
    outer = n.ListBlock(
        (n.ListItem((listed("bullet", "内", ordered=False),)),), ordered=True, style="decimal"
    )
    file = written(body(outer))
    assert len(file.paragraphs("ListParagraph")) == 2


def test_tasks_show_whether_they_are_done(written):
    tasks = n.ListBlock((n.ListItem((p("做完"),), True), n.ListItem((p("没做"),), False)))
    file = written(body(tasks))
    texts = [
        level_of(file, q)[0].find(f"{W}lvlText").get(f"{W}val")
        for q in file.paragraphs("ListParagraph")
    ]
    assert texts == ["☑", "☐"]


def table(**more):
    return n.Table(
        (n.Column("start"), n.Column("end")),
        head=(n.Row((cell("名"), cell("数"))),),
        body=(
            n.Row((cell("甲", rowspan=2), cell("1"))),
            n.Row((cell("2"),)),
            n.Row((cell("合并", colspan=2),)),
        ),
        **more,
    )


def test_head_rows_repeat_and_spans_are_on_the_grid(written):
    file = written(body(table()))
    (element,) = file.body.iter(f"{W}tbl")
    rows = element.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
        True,
        False,
        False,
        False,
    ]
    assert [m.get(f"{W}val") for m in element.iter(f"{W}vMerge")] == ["restart", None]
    assert [m.get(f"{W}val") for m in element.iter(f"{W}gridSpan")] == ["2"]
    assert file.texts() == ["名", "数", "甲", "1", "2", "合并"]


def test_columns_align_their_cells(written):
    file = written(body(table()))
    aligned = [q.find(f"{W}pPr/{W}jc") for q in file.paragraphs("TableText")]
    assert "right" in [a.get(f"{W}val") for a in aligned if a is not None]


def test_a_table_is_no_wider_than_the_text(written):
    wide = n.Table((), body=(n.Row(tuple(cell("很长的单元格文字" * 5) for _ in range(6))),))
    file = written(body(wide))
    (section_,) = file.sections()
    page, margins = section_.find(f"{W}pgSz"), section_.find(f"{W}pgMar")
    room = int(page.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    assert sum(int(c.get(f"{W}w")) for c in file.body.iter(f"{W}gridCol")) <= room + 6


def test_a_caption_stands_over_its_table_and_stays_with_it(written):
    file = written(body(table(caption=(p("表一"),))))
    (caption,) = file.paragraphs("Caption")
    assert caption.getnext().tag == f"{W}tbl"
    assert caption.find(f"{W}pPr/{W}keepNext") is not None


def test_the_caption_of_a_table_without_cells_stays(written):
    empty = n.Table((n.Column(), n.Column()), caption=(p("表一"),))
    assert written(body(empty)).texts() == ["表一"]


def test_tables_that_follow_one_another_stay_two(written):
    assert len(list(written(body(table(), table())).body.iter(f"{W}tbl"))) == 2


def test_ragged_rows_are_filled(written):
    ragged = n.Table(
        (), body=(n.Row((cell("一"), cell("二"), cell("三"))), n.Row((cell("四"),)), n.Row(()))
    )
    assert written(body(ragged)).texts() == ["一", "二", "三", "四"]


def test_a_figure_keeps_picture_and_caption_together(written):
    resources = ResourceStore()
    figure = n.Figure((n.Paragraph((n.Image(resources.add_bytes(png())),)),), caption=(p("图一"),))
    file = written(body(figure), resources=resources)
    (picture,) = file.paragraphs("Figure")
    assert picture.find(f"{W}pPr/{W}keepNext") is not None
    assert picture.find(".//{*}docPr").get("descr") == "图一"
    assert style_of(picture.getnext()) == "Caption"


def test_a_simple_box_is_paragraphs_and_a_full_one_a_table(written):
    simple = n.Box((p("甲"), p("乙")), title=t("题"))
    full = n.Box((p("丙"), listed("bullet", "丁", ordered=False), table()))
    file = written(body(simple, full))
    assert [file.shown(q) for q in file.paragraphs("BoxText")] == ["甲", "乙", "丙", "丁"]
    assert file.texts()[:3] == ["题", "甲", "乙"]
    assert len(list(file.body.iter(f"{W}tbl"))) == 2


def test_verse_lines_hang_and_stanzas_stay_together(written):
    verse = n.Verse((n.Stanza((t("一"), t("二"))), n.Stanza((t("三"),))), t("某"))
    file = written(body(verse))
    lines = file.paragraphs("Verse")
    assert [q.find(f"{W}pPr/{W}keepNext") is not None for q in lines] == [True, False, True]
    assert all(int(q.find(f"{W}pPr/{W}ind").get(f"{W}hanging")) > 0 for q in lines)
    assert int(lines[2].find(f"{W}pPr/{W}spacing").get(f"{W}before")) > 0


def test_a_quote_in_a_list_is_set_in_twice(written):
    items = n.ListBlock((n.ListItem((p("项"), n.Quote((p("引"),)))),))
    file = written(body(n.Quote((p("外"),)), items))
    outer, inner = file.paragraphs("Quote")
    assert outer.find(f"{W}pPr/{W}ind") is None
    own = int(file.style("Quote").find(f"{W}pPr/{W}ind").get(f"{W}left"))
    assert int(inner.find(f"{W}pPr/{W}ind").get(f"{W}left")) > own


def test_space_between_two_blocks_is_the_larger_of_both(written):
    file = written(body(p("文"), section(2, "上节", section(3, "下节", p("文")))))
    (upper,) = file.paragraphs("Heading2")
    (lower,) = file.paragraphs("Heading3")
    after = int(file.style("Heading2").find(f"{W}pPr/{W}spacing").get(f"{W}after"))
    before = int(file.style("Heading3").find(f"{W}pPr/{W}spacing").get(f"{W}before"))

    def own(paragraph, name, default):
        spacing = paragraph.find(f"{W}pPr/{W}spacing")
        set_ = None if spacing is None else spacing.get(W + name)
        return default if set_ is None else int(set_)

    assert own(upper, "after", after) + own(lower, "before", before) == max(after, before)


def test_bookmarks_that_word_would_confuse_are_told_apart(written):
    blocks = (
        section(1, "一", id="Sec_a"),
        section(1, "二", id="sec_A"),
        p("三", attr=n.Attr(id="x")),
    )
    file = written(body(*blocks))
    names = [b.get(f"{W}name") for b in file.body.iter(f"{W}bookmarkStart")]
    assert len(names) == len({name.casefold() for name in names}) == 3


def test_language_of_a_block_is_that_of_its_runs(written):
    file = written(body(p("直", attr=n.Attr(lang="ja"))))
    assert [x.get(f"{W}eastAsia") for x in file.body.iter(f"{W}lang")] == ["ja-JP"]


def test_a_table_with_more_columns_than_word_takes_keeps_its_text(written):
    cells = [str(at) for at in range(70)]
    wide = n.Table((), body=(n.Row(tuple(cell(text) for text in cells)),))
    file = written(body(wide, p("后")))
    assert list(file.body.iter(f"{W}tbl")) == []
    assert file.texts() == [*cells, "后"]


def test_lists_deeper_than_words_levels_stay_lists(written):
    node = listed("decimal", "底")
    for _ in range(12):
        node = n.ListBlock((n.ListItem((p("层"), node)),), ordered=True, style="decimal")
    levels = [x.get(f"{W}val") for x in written(body(node)).body.iter(f"{W}ilvl")]
    assert levels == [str(min(at, 8)) for at in range(13)]


@pytest.mark.parametrize("level", [0, 1, 6, 9])
def test_headings_beyond_words_six_levels_are_the_nearest(written, level):
    file = written(body(section(level, "题")))
    assert len(file.paragraphs(f"Heading{min(max(level, 1), 6)}")) == 1


def test_a_column_is_as_wide_as_its_longest_word_and_long_addresses_break(written):
    address = "https://example.com/very/long/address/that/no/line/of/a/table/holds/on/its/own"
    cells = ("项目名称10", "2024-01-01", "13800000000", address, "说明文字" * 30)
    file = written(body(n.Table((), body=(n.Row(tuple(map(cell, cells))),))), theme="article")
    size = int(file.style("TableText").find(f".//{W}sz").get(f"{W}val")) * 10  # twips
    name, date, phone, link, text = (int(c.get(f"{W}w")) for c in file.body.iter(f"{W}gridCol"))
    assert name >= 4 * size
    assert date >= 10 * 0.56 * size
    assert phone >= 11 * 0.56 * size
    assert link < 25 * size
    assert text > 4 * size


def test_in_a_crowded_table_addresses_give_way_to_numbers(written):
    address = "https://example.com/very/long/address/that/no/line/of/a/table/holds"
    cells = ("用于打印各种各样的文件", "12,345.67", "2024-01-01", "13800000000", address, "地址")
    row = n.Row(tuple(map(cell, (*cells, "很长的一列说明", "备注文字", "状态", "负责人"))))
    file = written(body(n.Table((), body=(row,))), theme="article")
    size = int(file.style("TableText").find(f".//{W}sz").get(f"{W}val")) * 10  # twips
    widths = [int(c.get(f"{W}w")) for c in file.body.iter(f"{W}gridCol")]
    assert all(
        width > len(text) * 0.56 * size
        for text, width in zip(cells, widths, strict=False)
        if text[0].isdigit()
    )


def test_rows_that_a_cell_joins_stay_on_one_page(written):
    rows = [n.Row((cell("甲"), cell(str(at)))) for at in range(8)]
    rows[2:5] = [n.Row((cell("合", rowspan=3), cell("2"))), *(n.Row((cell("丙"),)) for _ in "34")]
    file = written(body(n.Table((), body=tuple(rows))))
    kept = []
    for row in file.body.iter(f"{W}tr"):
        assert row.find(f"{W}trPr/{W}cantSplit") is not None
        paragraphs = list(row.iter(f"{W}p"))
        found = {q.find(f"{W}pPr/{W}keepNext") is not None for q in paragraphs}
        assert len(found) == 1
        kept += found
    assert kept == [False, False, True, True, False, False, False, False]


def test_a_small_table_stays_on_one_page_whatever_its_head(written):
    def kept(count):
        rows = tuple(n.Row((cell("甲"),)) for _ in range(count))
        file = written(body(n.Table((), head=(n.Row((cell("头"),)),) * 2, body=rows)))
        rows_ = list(file.body.iter(f"{W}tr"))
        return sum(row.find(f".//{W}keepNext") is not None for row in rows_)

    assert kept(6) == 7  # all but the last
    assert kept(7) == 2  # the head


def test_boxes_and_notes_are_in_the_language_around_them(written):
    items = n.ListBlock((n.ListItem((p("直"),)),))
    note = n.Footnote("f", (p("注"),))  # called by nothing: it stands where it is
    ja = n.Section(1, t("題"), (n.Box((items,)), note), attr=n.Attr(id="a", lang="ja"))
    file = written(Document(Metadata(title=t("书"), language="zh-Hans"), (ja,)))
    found = {
        "".join(x.text for x in run.iter(f"{W}t")): run.find(f"{W}rPr/{W}lang")
        for run in file.body.iter(f"{W}r")
    }
    for text in "題直注":
        assert found[text].get(f"{W}eastAsia") == "ja-JP"
