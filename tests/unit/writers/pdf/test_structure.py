"""The structure tree: notes at their calls, links and their areas, languages, artifacts, tables."""

import pikepdf

from publisher.layout.types import (
    FOOTER,
    HEADER,
    REPEATED,
    Element,
    Line,
    LinkOp,
    PictureItem,
    RuleItem,
    Slab,
)
from tests.tools import pdf_inspect as look
from tests.tools.pdf_marks import page_marks
from tests.tools.pdf_structure import elements
from tests.unit.writers.pdf.conftest import line, pieces, plain_pages


def row(*items, tag=0, **more):
    """A slab of one line with given items."""
    flat = tuple(item for group in items for item in group)
    return Slab(18.0, 13.0, 0.0, Line(0, 1, flat, 9, 3), tag=tag, **more)


def call(ident, x):
    return tuple(i._replace(tag="Note-call", link=f"#{ident}") for i in pieces("1", x=x))


def test_a_note_at_the_foot_stands_where_it_is_called(make_pdf):
    laid_out = plain_pages(
        [
            row(pieces("甲"), call("n", 10), tag=0),
            line("乙", tag=1),
            line("注", tag=3, anchors=("n",)),
        ]
    )
    laid_out.elements = [
        Element("P", -1),
        Element("P", -1),
        Element("Note", -1, (("Call", "n"),)),
        Element("P", 2),
    ]
    assert look.tags(make_pdf(laid_out)).splitlines() == [
        "Document",
        "  P [1]",
        "    Reference",
        "      Link [1 link]",
        "  Note",
        "    P [1]",
        "  P [1]",
    ]


def test_two_notes_of_one_paragraph_keep_the_order_of_their_calls(make_pdf):
    laid_out = plain_pages(
        [
            row(pieces("甲"), call("b", 10), pieces("乙", x=20), call("a", 30)),
            line("一", tag=2, anchors=("a",)),
            line("二三", tag=4, anchors=("b",)),
        ]
    )
    laid_out.elements = [
        Element("P", -1),
        Element("Note", -1, (("Call", "a"),)),
        Element("P", 1),
        Element("Note", -1, (("Call", "b"),)),
        Element("P", 3),
    ]
    shown = look.tags(make_pdf(laid_out)).splitlines()
    assert shown[-4:] == ["  Note", "    P [2]", "  Note", "    P [1]"]


def test_notes_that_call_each_other_are_not_lost(make_pdf):
    laid_out = plain_pages(
        [
            line("文", tag=0),
            row(pieces("一"), call("b", 10), tag=2, anchors=("a",)),
            row(pieces("二"), call("a", 10), tag=4, anchors=("b",)),
        ]
    )
    laid_out.elements = [
        Element("P", -1),
        Element("Note", -1, (("Call", "a"),)),
        Element("P", 1),
        Element("Note", -1, (("Call", "b"),)),
        Element("P", 3),
    ]
    shown = look.tags(make_pdf(laid_out))
    assert shown.count("Note") == 2
    assert shown.count("    P [1]") == 2


def test_a_note_called_in_a_label_stands_inside_it(make_pdf):
    laid_out = plain_pages(
        [
            row(pieces("詞"), call("n", 10), tag=2),
            line("義", tag=3),
            line("注", tag=5, anchors=("n",)),
        ]
    )
    laid_out.elements = [
        Element("L", -1, (("ListNumbering", "None"),)),
        Element("LI", 0),
        Element("Lbl", 1),
        Element("LBody", 1),
        Element("Note", -1, (("Call", "n"),)),
        Element("P", 4),
    ]
    assert look.tags(make_pdf(laid_out)).splitlines()[1:] == [
        "  L",
        "    LI",
        "      Lbl [1]",
        "        Reference",
        "          Link [1 link]",
        "        Note",
        "          P [1]",
        "      LBody [1]",
    ]


def test_a_figure_that_was_moved_stands_in_its_place_in_the_text(make_pdf):
    laid_out = plain_pages(
        [line("甲", tag=0), line("乙", tag=3)],
        [line("題", tag=2), line("續", tag=3), line("丙", tag=4)],
    )
    laid_out.elements = [
        Element("P", -1),
        Element("Div", -1),
        Element("P", 1),
        Element("P", -1),
        Element("P", -1),
    ]
    assert look.tags(make_pdf(laid_out)).splitlines() == [
        "Document",
        "  P [1]",
        "  Div",
        "    P [1]",
        "  P [1 1]",
        "  P [1]",
    ]


def test_the_contents_stay_where_they_are_though_they_are_made_last(make_pdf):
    laid_out = plain_pages([line("目", tag=3), line("甲", tag=0), line("乙", tag=1)])
    laid_out.elements = [
        Element("P", -1),
        Element("P", -1),
        Element("TOC", -1),
        Element("Caption", 2),
    ]
    shown = look.tags(make_pdf(laid_out)).splitlines()
    assert shown[1:] == ["  TOC", "    Caption [1]", "  P [1]", "  P [1]"]


def test_each_of_two_links_to_one_target_has_its_own_area(make_pdf):
    def linked(text, x):
        return tuple(i._replace(tag="Link", link="#a") for i in pieces(text, x=x))

    slab = row(linked("甲", 0), pieces("與", x=10), linked("乙丙", 20), anchors=("a",))
    path = make_pdf(plain_pages([slab]))
    assert look.tags(path) == "Document\n  P [1]\n    Link [1 link]\n    Link [2 link]"
    assert [fact[-1] for fact in look.links(path)] == ["甲", "乙丙"]


def test_a_link_over_two_lines_is_one_element_though_rules_are_drawn_between(make_pdf):
    def linked(text):
        return tuple(i._replace(tag="Link", link="#a") for i in pieces(text))

    under = (RuleItem(0.0, -2.0, 10.0, 0.5, "#000000"),)
    slabs = [row(linked("甲"), under, anchors=("a",)), row(linked("乙"))]
    assert look.tags(make_pdf(plain_pages(slabs))) == "Document\n  P\n    Link [1 link 1 link]"


def test_a_link_that_was_not_made_leaves_its_text(make_pdf):
    gone = tuple(i._replace(tag="Link", link="#gone") for i in pieces("甲"))
    assert look.tags(make_pdf(plain_pages([row(gone)]))) == "Document\n  P\n    Span [1]"


def test_what_stands_in_an_entry_that_leads_nowhere_is_kept(make_pdf):
    laid_out = plain_pages([line("目", tag=2)])
    laid_out.elements += [Element("TOC", -1), Element("TOCI", 1)]
    laid_out.pages[0].placed[0].slab.draws = (LinkOp(0, 0, 90, 18, "#gone", "目"),)
    shown = look.tags(make_pdf(laid_out)).splitlines()[1:]
    assert shown == ["  TOC", "    TOCI", "      Reference", "        Span [1]"]


def test_inline_notes_that_touch_are_two_elements(make_pdf):
    def marked(text, tag, x):
        return tuple(i._replace(tag=tag) for i in pieces(text, x=x))

    def note(x):
        return marked("（", "WP", x), marked("注", "WT", x + 10), marked("）", "WP-end", x + 20)

    whole = ["    Warichu", "      WP [1]", "      WT [1]", "      WP [1]"]
    path = make_pdf(plain_pages([row(*note(0), *note(30))]))
    assert look.tags(path).splitlines()[2:] == whole * 2
    over_two_lines = [row(*note(0)[:2]), row(*note(0)[1:])]
    shown = look.tags(make_pdf(plain_pages(over_two_lines))).splitlines()[2:]
    assert shown == ["    Warichu", "      WP [1]", "      WT [2]", "      WP [1]"]


def test_a_picture_in_a_line_is_a_figure_with_words(make_pdf):
    pictures = [
        PictureItem(x, 0.0, 10.0, 10.0, "none", alt)
        for x, alt in ((10, "猫"), (20, "猫"), (30, ""))
    ]
    path = make_pdf(plain_pages([row(pieces("見"), pictures, pieces("也", x=40))]))
    assert look.tags(path) == "Document\n  P [1 1]\n    Figure [0]\n    Figure [0]"
    with pikepdf.open(path) as pdf:
        figures = [e for e in elements(pdf) if e.role == "Figure"]
        assert [str(e.obj.Alt) for e in figures] == ["猫", "猫"]
        boxes = [[float(v) for v in e.attribute("/BBox")] for e in figures]
        assert [box[0] for box in boxes] == [60.0, 70.0]


def test_artifacts_say_what_they_are(make_pdf):
    tags = (0, HEADER, FOOTER, REPEATED, -1)
    path = make_pdf(plain_pages([line("字", tag=tag) for tag in tags]))
    with pikepdf.open(path) as pdf:
        assert page_marks(pdf.pages[0]).artifacts == [
            ("Pagination", "Header"),
            ("Pagination", "Footer"),
            ("Pagination", ""),
            ("Layout", ""),
        ]


def test_what_is_shown_again_has_no_links(make_pdf):
    laid_out = plain_pages(
        [
            row(pieces("頭"), call("n", 10), tag=0),
            row(pieces("頭"), call("n", 10), tag=REPEATED),
            line("注", tag=1, anchors=("n",)),
        ]
    )
    laid_out.elements = [Element("P", -1), Element("P", -1)]
    path = make_pdf(laid_out)
    assert "Link [link]" not in look.tags(path)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages[0].Annots) == 1


def test_header_cells_that_others_name_have_an_id(make_pdf):
    laid_out = plain_pages([line("頭", tag=2), line("格", tag=3)])
    laid_out.elements = [
        Element("Table", -1),
        Element("TR", 0),
        Element("TH", 1, (("Scope", "Row"),)),
        Element("TD", 1, (("Headers", "2"),)),
    ]
    with pikepdf.open(make_pdf(laid_out)) as pdf:
        root = pdf.Root.StructTreeRoot
        header, cell = root.K.K[0].K[0].K
        assert list(cell.A[0].Headers) == [header.ID]
        assert root.IDTree.Kids[0].Names[1].objgen == header.objgen


def test_cells_painted_in_another_order_stand_in_the_order_of_the_grid(make_pdf):
    laid_out = plain_pages([line("乙", tag=3), line("甲", tag=2)])
    laid_out.elements = [
        Element("Table", -1),
        Element("TR", 0),
        Element("TD", 1),
        Element("TD", 1),
        Element("TR", 0),
        Element("TD", 4),
    ]
    assert look.tags(make_pdf(laid_out)).splitlines()[2:] == [
        "    TR",
        "      TD [1]",
        "      TD [1]",
        "    TR",
        "      TD",
    ]
