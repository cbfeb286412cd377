"""`compose` with the real paragraph stages and the test font."""

from collections import Counter

from publisher.environment import ResourceStore
from publisher.events import Collector
from publisher.layout.compose import compose
from publisher.layout.display import display
from publisher.layout.dump import page_text
from publisher.layout.paragraph import Typesetter
from publisher.layout.types import ImageOp, TextOp
from publisher.settings import Settings
from publisher.tree.meta import Resource
from publisher.tree.nodes import (
    CrossRef,
    Figure,
    Footnote,
    Image,
    NoteRef,
    Paragraph,
    Quote,
    Stanza,
    Text,
    Verse,
)
from tests.tools.small_documents import document, grid, inl, par, row, sec, small_sheet
from tests.tools.square_font import square_set


def composed(doc, store=None, sheet=None):
    report = Collector()
    laid = compose(
        doc, sheet or small_sheet(), square_set(), store or ResourceStore(), Settings(), report
    )
    return laid, report.diagnostics


def book():
    return document(
        sec("一", par("一二三" * 40), grid(row("四", "五")), Quote((par("六七"),)), ident="c1"),
        sec("二", Verse((Stanza((inl("八九"), inl("十百"))),)), ident="c2"),
        title="书",
    )


def test_no_paragraph_is_set_twice(monkeypatch):
    counts = Counter()
    original = Typesetter.set_paragraph

    def counted(self, table, *args, **more):
        counts[table.text] += 1
        return original(self, table, *args, **more)

    monkeypatch.setattr(Typesetter, "set_paragraph", counted)
    composed(book())
    counts.subtract(["一", "二"])  # headings stand in the contents, too
    assert max(counts.values()) == 1
    assert counts["一二三" * 40] == 1


def test_text_comes_out_as_it_went_in():
    laid, _ = composed(book())
    text = "".join(page_text(laid, n) for n in range(laid.front_pages, len(laid.pages)))
    assert text.replace("\n", "") == "一" + "一二三" * 40 + "四五六七" + "二" + "八九十百"


def test_lines_of_a_full_page_end_at_its_foot():
    laid, _ = composed(document(par("一二三" * 600)))
    sheet = small_sheet()
    last = laid.pages[0].placed[-2]  # the folio comes after it
    assert last.y + last.slab.height <= sheet.page.height - sheet.page.bottom + 0.1
    assert last.y + 2 * last.slab.height > sheet.page.height - sheet.page.bottom


def test_a_note_call_shows_the_note_s_label():
    note = Footnote("n", (par("注"),))
    laid, _ = composed(document(Paragraph((Text("一"), NoteRef("n"))), note))
    shown = [o.item.text for o in display(laid, laid.pages[0]) if isinstance(o, TextOp)]
    assert "".join(shown[:-1]) == "一11注"


def test_a_reference_without_words_shows_the_title_or_the_page():
    doc = document(
        sec(
            "一",
            Paragraph((CrossRef("c2"),)),
            Paragraph((Text("见"), CrossRef("c2", show="page"), Text("页"))),
            ident="c1",
        ),
        sec("二二", par("三"), ident="c2"),
    )
    laid, _ = composed(doc)
    assert laid.pagination.label("c2") == "3"  # the contents come first
    assert page_text(laid, 1).replace("\n", "") == "一" + "二二" + "见3页"


def test_pictures_in_figures_and_lines():
    store = ResourceStore()
    key = store.add_bytes(b"picture")
    resource = Resource(key, "image/png", width=40, height=20)
    image = Image(key, "猫")
    doc = document(
        Figure((Paragraph((image,)),), caption=(par("图"),)),
        Paragraph((Text("一"), image, Text("二"))),
    )
    from dataclasses import replace

    laid, _ = composed(replace(doc, resources=(resource,)), store)
    images = [o for o in display(laid, laid.pages[0]) if isinstance(o, ImageOp)]
    assert [(o.width, o.height) for o in images] == [(30.0, 15.0)] * 2


def test_a_picture_that_is_not_in_the_store_is_told_and_described():
    doc = document(Figure((Paragraph((Image("0" * 32, "猫"),)),)))
    laid, found = composed(doc)
    assert page_text(laid, 0) == "猫"
    assert [d.code for d in found] == ["layout.picture-unknown"]
