"""Blocks to slabs: what each kind of block puts on the page, and what is kept together."""

import pytest

from publisher.layout.code import fold
from publisher.layout.display import display
from publisher.layout.dump import page_text
from publisher.layout.types import CircleOp, ImageOp, RectOp, TextOp
from publisher.tree.labels import item_label
from publisher.tree.meta import Resource
from publisher.tree.nodes import (
    Box,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Figure,
    Heading,
    Image,
    LineBreak,
    ListBlock,
    ListItem,
    MathBlock,
    PageBreak,
    Paragraph,
    Quote,
    Stanza,
    Strong,
    Text,
    ThematicBreak,
    Verse,
)
from tests.tools.plain_setting import plain_job
from tests.tools.small_documents import document, inl, pages_of, par, sec, small_sheet


def texts(laid, index=0):
    """(x, y, text) of the text on a page, from the type area's corner."""
    edge = 40.0
    return [
        (round(op.x - edge, 2), round(op.y - edge, 2), op.item.text)
        for op in display(laid, laid.pages[index])
        if isinstance(op, TextOp)
    ]


def all_text(laid):
    return "".join(page_text(laid, n) for n in range(len(laid.pages))).replace("\n", "")


class TestParagraphs:
    def test_are_indented_and_stand_on_their_leading(self):
        laid, _ = pages_of(par("文" * 30))
        assert texts(laid)[:2] == [(20.0, 11.8, "文" * 18), (0.0, 27.8, "文" * 12)]

    def test_a_continuation_is_not_indented(self):
        laid, _ = pages_of(par("文", role="continuation"))
        assert texts(laid)[0][0] == 0.0

    def test_lines_broken_by_hand_all_begin_alike(self):
        broken = (Text("床前明月光"), Strong((LineBreak(),)), Text("疑是地上霜"))
        laid, _ = pages_of(Paragraph(broken))
        assert {x for x, _, text in texts(laid) if len(text) > 1} == {0.0}

    def test_two_lines_at_least_stand_at_the_foot_and_head(self):
        laid, _ = pages_of(*[par("行")] * 19, par("文" * 60))  # 4 lines from the last line on
        assert page_text(laid, 0).count("文") == 0
        laid, _ = pages_of(*[par("行")] * 17, par("文" * 60))  # 3 would stand here, 1 there
        assert page_text(laid, 0).count("文") == 38
        assert page_text(laid, 1).count("文") == 22

    def test_three_lines_are_not_broken(self):
        laid, _ = pages_of(*[par("行")] * 18, par("文" * 50))
        assert page_text(laid, 0).count("文") == 0

    def test_a_line_break_begins_a_line(self):
        laid, _ = pages_of(Paragraph((Text("上"), LineBreak(), Text("下"))))
        assert [t for _, _, t in texts(laid)][:2] == ["上", "下"]


class TestSections:
    def test_a_heading_is_kept_with_two_lines(self):
        laid, _ = pages_of(*[par("行")] * 17, sec("题", par("文" * 60), level=3, ident="a"))
        assert "题" in page_text(laid, 1)

    def test_a_paragraph_of_one_line_is_enough_below_a_heading(self):
        first = sec("甲", par("文"), level=3, ident="a")
        second = sec("乙", par("字"), level=3, ident="b")
        laid, _ = pages_of(*[par("行")] * 16, first, second, sheet=small_sheet("article"))
        assert page_text(laid, 0).split()[-2:] == ["甲", "文"]
        assert page_text(laid, 1).split()[:2] == ["乙", "字"]

    def test_a_heading_is_kept_with_a_following_heading(self):
        inner = sec("小题", par("文"), par("又"), level=4, ident="b")
        laid, _ = pages_of(
            *[par("行")] * 16, sec("题", inner, level=3, ident="a"), sheet=small_sheet("article")
        )
        for index in range(len(laid.pages)):
            lines = page_text(laid, index).split("\n")
            assert lines[-1] not in ("题", "小题")

    def test_chapters_begin_a_page_in_a_book_and_not_in_an_article(self):
        blocks = [sec("一", par("文"), ident="a"), sec("二", par("文"), ident="b")]
        assert len(pages_of(*blocks)[0].pages) == 2
        assert len(pages_of(*blocks, sheet=small_sheet("article"))[0].pages) == 1

    def test_a_part_has_a_page_of_its_own_and_its_sections_are_chapters(self):
        part = sec(
            "上编",
            sec("一", par("文"), level=2, ident="a"),
            sec("二", par("文"), level=2, ident="b"),
            kind="part",
            ident="p",
        )
        laid, _ = pages_of(part, sheet=small_sheet(facing=False))
        assert [page_text(laid, n).split()[0] for n in range(3)] == ["上编", "一", "二"]
        assert [entry.level for entry in laid.outline] == [1, 2, 2]

    def test_a_recto_part_waits_for_a_right_hand_page(self):
        blocks = [sec("一", par("文"), ident="a"), sec("上编", kind="part", ident="p")]
        laid, _ = pages_of(*blocks, sheet=small_sheet(facing=True))
        assert [plan.blank for plan in laid.pages] == [False, True, False]

    def test_nothing_below_an_unlisted_section_is_listed(self):
        laid, _ = pages_of(sec("甲", sec("乙", level=2, ident="b"), listed=False, ident="a"))
        assert [entry.listed for entry in laid.outline] == [False, False]

    def test_a_section_without_a_title_keeps_its_text(self):
        from publisher.tree.nodes import Section

        laid, _ = pages_of(Section(1, (), (par("文"),)))
        assert all_text(laid) == "文"
        assert laid.outline == []


class TestLists:
    @pytest.mark.parametrize(
        ("style", "delimiter", "number", "label"),
        [
            ("decimal", "period", 3, "3."),
            ("decimal", "paren", 3, "3)"),
            ("decimal", "parens", 3, "(3)"),
            ("decimal", "ideographic", 3, "3、"),
            ("decimal", "none", 3, "3"),
            ("cjk", "period", 12, "十二、"),
            ("cjk", "parens", 2, "（二）"),
            ("cjk-paren", "period", 2, "（二）"),
            ("circled", "period", 20, "⑳"),
            ("circled", "period", 51, "(51)"),
            ("alpha", "period", 27, "aa."),
            ("roman", "period", 4, "iv."),
            ("iroha", "period", 2, "ロ."),
            ("kana", "paren", 2, "イ)"),
            ("hangul", "period", 1, "가."),
            ("decimal", "period", 0, "0."),
        ],
    )
    def test_labels(self, style, delimiter, number, label):
        node = ListBlock((), ordered=True, style=style, delimiter=delimiter)
        assert item_label(node, number, "•") == label

    def test_text_hangs_from_a_field_of_whole_ems(self):
        items = (ListItem((par("文" * 30),)), ListItem((par("又"),)))
        laid, _ = pages_of(ListBlock(items, ordered=True))
        shown = texts(laid)
        assert [t for _, _, t in shown[:4]] == ["1.", "文" * 18, "文" * 12, "2."]
        assert [x for x, _, _ in shown[:4]] == [5.0, 20.0, 20.0, 5.0]
        assert shown[0][1] == shown[1][1]

    def test_a_wide_label_widens_the_field_for_all(self):
        items = tuple(ListItem((par("文"),)) for _ in range(12))
        laid, _ = pages_of(ListBlock(items, ordered=True, style="cjk"))
        xs = {x for x, _, text in texts(laid) if text == "文"}
        assert xs == {30.0}  # 十二、 is three ems

    def test_tasks_and_bullets_by_depth(self):
        inner = ListBlock((ListItem((par("内"),)),))
        items = (ListItem((par("做"),), checked=True), ListItem((par("未"), inner), checked=False))
        laid, _ = pages_of(ListBlock(items))
        assert [t for _, _, t in texts(laid)][:6] == ["☑", "做", "☐", "未", "–", "内"]

    def test_an_empty_item_keeps_its_label(self):
        laid, _ = pages_of(ListBlock((ListItem(()), ListItem((par("文"),))), ordered=True))
        assert [t for _, _, t in texts(laid)][:3] == ["1.", "2.", "文"]

    def test_labels_of_hopelessly_deep_lists_stand_over_their_text(self):
        node = ListBlock((ListItem((par("底"),)),))
        for _ in range(12):
            node = ListBlock((ListItem((par("层"), node)),))
        laid, _ = pages_of(node)
        shown = [t for n in range(len(laid.pages)) for t in texts(laid, n)]
        assert sum(text == "层" for _, _, text in shown) == 12
        places = [(x, y) for x, y, _ in shown]
        assert len(places) == len(set(places)) or len(laid.pages) > 1
        assert all(x >= 0 for x, _, _ in shown)

    def test_loose_items_have_space_between(self):
        items = (ListItem((par("一"),)), ListItem((par("二"),)))
        tight = texts(pages_of(ListBlock(items))[0])
        loose = texts(pages_of(ListBlock(items, tight=False))[0])
        assert loose[3][1] - tight[3][1] == small_sheet().list.gap

    def test_terms_are_kept_with_their_definitions(self):
        entry = DefinitionItem((inl("词"),), ((par("释义"),),))
        laid, _ = pages_of(*[par("行")] * 19, DefinitionList((entry,)))
        assert page_text(laid, 1).split() == ["词", "释义"]

    def test_terms_stay_with_their_definitions_where_text_goes_back_to_the_grid(self):
        """The space for that is over the first term or under the last definition."""
        entries = [DefinitionItem((inl(f"词{n}"),), ((par(f"释义{n}"),),)) for n in "一二"]
        laid, _ = pages_of(par("前"), DefinitionList(tuple(entries)), CodeBlock("x"), par("后"))
        places = {text: y for _, y, text in texts(laid)}
        step = places["释义一"] - places["词一"]
        assert places["词二"] - places["释义一"] == places["释义二"] - places["词二"] == step

    def test_structure(self):
        laid, _ = pages_of(ListBlock((ListItem((par("文"),)),), ordered=True))
        assert [e.role for e in laid.elements][1:] == ["L", "LI", "Lbl", "LBody", "P"]


class TestDisplays:
    def test_a_quotation_is_set_in_with_its_source(self):
        laid, _ = pages_of(Quote((par("引文"),), inl("——出处")))
        assert [t for _, _, t in texts(laid)][:2] == ["引文", "——出处"]
        assert texts(laid)[0][0] > 20.0

    def test_lines_of_verse_are_not_joined_and_turnovers_hang(self):
        verse = Verse((Stanza((inl("床前明月光"), inl("疑" * 20))),), ())
        laid, _ = pages_of(verse)
        first, second, turn = texts(laid)[:3]
        assert (first[2], second[2][0]) == ("床前明月光", "疑")
        assert turn[0] - second[0] == pytest.approx(20.0)

    def test_code_keeps_its_lines_and_blanks(self):
        laid, _ = pages_of(CodeBlock("a:\n\tb\n\nc"))
        assert [t for _, _, t in texts(laid)][:3] == ["a:", "    b", "c"]
        ys = [y for _, y, _ in texts(laid)][:3]
        assert ys[2] - ys[1] == pytest.approx(2 * (ys[1] - ys[0]))

    def test_the_fill_of_code_goes_on_over_pages(self):
        laid, _ = pages_of(CodeBlock("\n".join("x" * 3 for _ in range(60))))
        fill = small_sheet().code.fill
        for plan in laid.pages:
            fills = [o for o in display(laid, plan) if isinstance(o, RectOp) and o.color == fill]
            assert len(fills) == 1

    def test_a_box_has_its_title_fill_and_rule(self):
        laid, _ = pages_of(Box((par("内"),), title=inl("提示")))
        rects = [o for o in display(laid, laid.pages[0]) if isinstance(o, RectOp)]
        assert [r.color for r in rects] == [small_sheet().box.fill, small_sheet().box.rule_color]
        assert all_text(laid) == "提示内"

    def test_code_in_a_box_has_both_fills_outer_first(self):
        laid, _ = pages_of(Box((CodeBlock("x"),)))
        colors = [o.color for o in display(laid, laid.pages[0]) if isinstance(o, RectOp)]
        assert colors == [
            small_sheet().box.fill,
            small_sheet().box.rule_color,
            small_sheet().code.fill,
        ]

    def test_breaks_between_scenes(self):
        laid, _ = pages_of(par("一"), ThematicBreak("asterism"), par("二"), ThematicBreak())
        ops = display(laid, laid.pages[0])
        assert len([o for o in ops if isinstance(o, CircleOp)]) == 3
        assert len([o for o in ops if isinstance(o, RectOp)]) == 1
        assert all_text(laid) == "一二"

    def test_a_page_break(self):
        laid, _ = pages_of(par("一"), PageBreak(), par("二"))
        assert [page_text(laid, n) for n in range(2)] == ["一", "二"]

    def test_a_formula_shows_its_words(self):
        laid, _ = pages_of(MathBlock("E=mc^2", "E 等于 mc²"))
        assert all_text(laid) == "E 等于 mc²"

    def test_a_heading_in_a_quotation_is_kept_with_text(self):
        laid, _ = pages_of(*[par("行")] * 17, Quote((Heading(3, inl("题")), par("文"), par("又"))))
        assert page_text(laid, 1).split()[0] == "题"


class TestFigures:
    def picture(self, pixels_wide, pixels_high, **more):
        doc = document(Figure((Paragraph((Image("r", **more),)),), caption=(par("图一"),)))
        resources = {"r": Resource("r", "image/png", width=pixels_wide, height=pixels_high)}
        from publisher.layout.compose import lay_out
        from publisher.settings import Settings

        laid = lay_out(doc, plain_job(small_sheet(), resources=resources), Settings())
        found = [o for o in display(laid, laid.pages[0]) if isinstance(o, ImageOp)]
        return laid, found[0] if found else None

    def test_a_small_picture_has_its_own_size_and_is_centred(self):
        _, image = self.picture(100, 40, alt="猫")
        assert (image.width, image.height, image.x) == (75.0, 30.0, 40.0 + 62.5)

    def test_a_large_one_is_fitted_into_the_measure(self):
        _, image = self.picture(4000, 1000, alt="猫")
        assert (image.width, image.height) == (200.0, 50.0)

    def test_a_high_one_is_fitted_into_the_page(self):
        _, image = self.picture(1000, 9000, alt="猫")
        sheet = small_sheet()
        assert image.height == pytest.approx(sheet.page.height_of_type * sheet.figure.max_height)

    def test_the_size_asked_for_counts(self):
        _, image = self.picture(100, 50, alt="猫", width=60.0)
        assert (image.width, image.height) == (60.0, 30.0)

    def test_the_caption_describes_a_picture_without_words(self):
        laid, image = self.picture(100, 50)
        assert image.alt == "图一"
        assert [dict(e.attributes) for e in laid.elements if e.role == "Figure"] == [
            {"Alt": "图一"}
        ]

    def test_a_picture_that_is_not_there_leaves_its_description(self):
        laid, _ = pages_of(Paragraph((Image("none", alt="一只猫"),)))
        assert all_text(laid) == "一只猫"

    def test_a_caption_belongs_to_its_figure(self):
        laid, _ = self.picture(100, 50, alt="猫")
        roles = [e.role for e in laid.elements]
        caption = laid.elements[roles.index("Caption")]
        assert caption.parent == roles.index("Figure")

    def test_the_caption_stays_with_the_picture(self):
        laid, _ = self.picture(100, 400, alt="猫")
        assert page_text(laid, 0).split() == ["图一"]


class TestFolding:
    def test_a_short_line_is_left(self):
        assert list(fold("abc", 100, 5, 10)) == ["abc"]

    def test_nothing_is_added_or_dropped(self):
        line = "call(中文, " + "x" * 50 + " y)" * 9
        pieces = list(fold(line, 100, 5, 10))
        assert "".join(pieces) == line
        assert len(pieces) > 3

    @pytest.mark.parametrize(
        ("line", "room", "first"),
        [
            ("x  # 中文中文中文", 60, "x  # 中文中"),
            ("中文中文中文。", 60, "中文中文中"),
            ("aa（中文中）中", 55, "aa（中文"),
            ("call(signal_a)", 65, "call("),
            ("double_tap(signal_a)", 95, "double_tap("),
            ("x = foo(bar, 1.25, quux)", 85, "x = foo(bar, "),
            ("some_very_long_identifier", 100, "some_very_long_"),
            ("curl -X POST --data-binary", 120, "curl -X POST "),
            ("aaaaaaaaaaaaaaaa()", 85, "aaaaaaaaaaaaaaaa("),
            ("abcdefghijklmn", 50, "abcdefghij"),
        ],
    )
    def test_it_folds_where_code_may_be_parted(self, line, room, first):
        assert next(iter(fold(line, room, 5, 10))) == first

    def test_it_folds_after_a_space_near_the_end(self):
        assert next(iter(fold("aaaa bbbb cccc", 60, 5, 10))) == "aaaa bbbb "

    def test_a_measure_narrower_than_a_character_still_ends(self):
        assert "".join(fold("中文字", 5, 5, 10)) == "中文字"
