"""The structure and metadata of finished PDFs, by the project's own checker; its eyes are tested.

What page-validation misses is what the checker is for: each damage below is done to a sound file
and must be seen by the rule named with it.
"""

import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.e2e.conftest import some
from tests.tools import cases
from tests.tools.pdf_structure import check, check_open, elements

QUICK = (*cases.EVERY, *cases.SAMPLES, cases.SEED, *cases.UPRIGHT)
SLOW = (*cases.BATCH, cases.NOVEL, cases.NOVEL_HANT)


@pytest.mark.parametrize("case", some(*QUICK, slow=SLOW), indirect=True)
def test_nothing_is_wrong(case):
    assert check(case.pdf) == []


# ------------------------------------------------------------------------------- the damages


def first(pdf, role, wanted=lambda element: True):
    return next(e for e in elements(pdf) if e.role == role and wanted(e)).obj


def rewritten(pdf, page, change):
    """Puts a page's content stream through a change of its text."""
    contents = pdf.pages[page].obj.Contents
    text = contents.read_bytes()
    changed = change(text)
    assert changed != text
    pdf.pages[page].obj.Contents = pdf.make_stream(changed)


def page_with(pdf, what):
    return next(n for n, page in enumerate(pdf.pages) if what in page.obj.Contents.read_bytes())


def annotation(pdf):
    return next(page.obj.Annots[0] for page in pdf.pages if "/Annots" in page.obj)


def attribute(obj, key):
    return next(entry for entry in obj.A if key in entry)


def swap_parent_tree_row(pdf):
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    row = next(row for row in list(nums)[1::2] if isinstance(row, Array) and len(row) > 5)
    row[0], row[-1] = row[-1], row[0]


def drop_parent_tree(pdf):
    del pdf.Root.StructTreeRoot.ParentTree


def drop_struct_parents(pdf):
    del pdf.pages[2].obj.StructParents


def repeat_mcid(pdf):
    rewritten(pdf, 4, lambda text: text.replace(b"/MCID 1>>", b"/MCID 0>>", 1))


def dangle_mcid(pdf):
    held = first(pdf, "P", lambda e: len(e.marks) == 1)
    held.K = Array([*held.K, 9999])


def own_mcid_twice(pdf):
    found = [e for e in elements(pdf) if e.role == "P" and e.marks]
    found[1].obj.K, found[1].obj.Pg = found[0].obj.K, found[0].obj.Pg


def draw_loosely(pdf):
    rewritten(pdf, 2, lambda text: text + b"\n0 0 9 9 re f\n")


def leave_open(pdf):
    rewritten(pdf, 2, lambda text: text[: text.rindex(b"EMC")])


def untype_artifact(pdf):
    page = page_with(pdf, b"/Artifact<</Type/Pagination")
    rewritten(pdf, page, lambda t: t.replace(b"/Type/Pagination/Subtype", b"/Kind", 1))


def nest_artifact(pdf):
    page = page_with(pdf, b"/P<</MCID")
    held = re.compile(rb"(/P<</MCID \d+>>BDC\n)(BT\n.*?ET\n)", re.DOTALL)
    inside = rb"\1/Artifact<</Type/Layout>>BDC\n\2EMC\n"
    rewritten(pdf, page, lambda text: held.sub(inside, text, count=1))


def make_th_td(pdf):
    for element in elements(pdf):
        if element.role == "TH":
            element.obj.S = Name.TD


def drop_scope(pdf):
    del attribute(first(pdf, "TH"), "/Scope")["/Scope"]


def widen_cell(pdf):
    first(pdf, "TD").A = Array([Dictionary(O=Name.Table, ColSpan=7)])


def name_no_header(pdf):
    held = first(pdf, "TD", lambda e: e.attribute("/Headers") is not None)
    attribute(held, "/Headers").Headers = Array([String("nothing")])


def move_rows_out(pdf):
    table = first(pdf, "Table", lambda e: any(kid.role == "TBody" for kid in e.kids))
    body = next(kid for kid in table.K if kid.S == "/TBody")
    row = body.K[0]
    body.K = Array(list(body.K)[1:])
    row.P = table
    table.K.append(row)


def move_rt_out(pdf):
    ruby = first(pdf, "Ruby")
    parent = ruby.P
    at = next(n for n, kid in enumerate(parent.K) if not isinstance(kid, int) and kid == ruby)
    reading = ruby.K[1]
    ruby.K = Array([ruby.K[0]])
    reading.P = parent
    parent.K.insert(at + 1, reading)


def turn_ruby(pdf):
    ruby = first(pdf, "Ruby")
    ruby.K = Array([ruby.K[1], ruby.K[0]])


def tear_warichu(pdf):
    held = first(pdf, "Warichu")
    held.K = Array(list(held.K)[:2])


def body_before_label(pdf):
    item = first(pdf, "LI", lambda e: [k.role for k in e.kids] == ["Lbl", "LBody"])
    item.K = Array([item.K[1], item.K[0]])


def misnumber_list(pdf):
    attribute(first(pdf, "L"), "/ListNumbering").ListNumbering = Name.Fancy


def lift_item(pdf):
    first(pdf, "LI").S = Name.P


def unlink_entry(pdf):
    first(pdf, "TOCI").K[0].S = Name.Span


def bare_link(pdf):
    link = first(pdf, "Link", lambda e: e.marks and e.objects)
    link.K = Array([kid for kid in link.K if isinstance(kid, int)])


def repeat_note_id(pdf):
    notes = [e.obj for e in elements(pdf) if e.role == "Note"]
    notes[1].ID = notes[0].ID


def drop_note_id(pdf):
    del first(pdf, "Note")["/ID"]


def forget_struct_parent(pdf):
    del annotation(pdf)["/StructParent"]


def empty_contents(pdf):
    annotation(pdf).Contents = String("")


def hide_annotation(pdf):
    annotation(pdf).F = 6


def tab_anyhow(pdf):
    page = next(page for page in pdf.pages if "/Annots" in page.obj)
    del page.obj["/Tabs"]


def drop_alt(pdf):
    del first(pdf, "Figure")["/Alt"]


def drop_formula_alt(pdf):
    del first(pdf, "Formula")["/Alt"]


def drop_box(pdf):
    del attribute(first(pdf, "Figure"), "/BBox")["/BBox"]


def caption_in_the_middle(pdf):
    table = first(pdf, "Table", lambda e: e.kids[0].role == "Caption")
    table.K = Array([table.K[1], table.K[0], *list(table.K)[2:]])


def skip_heading(pdf):
    first(pdf, "H2").S = Name.H4


def invalid_lang(pdf):
    first(pdf, "Span", lambda e: "/Lang" in e.obj).Lang = String("日本語")


def unknown_role(pdf):
    first(pdf, "P").S = Name.Absatz


def paragraph_in_paragraph(pdf):
    inner = first(pdf, "Span")
    inner.S = Name.P


def other_title(pdf):
    pdf.docinfo["/Title"] = "別"


def other_author(pdf):
    pdf.docinfo["/Author"] = "別"


def other_date(pdf):
    pdf.docinfo["/ModDate"] = "D:20200101000000+00'00'"


def other_claims(pdf):
    packet = pdf.Root.Metadata.read_bytes()
    changed = packet.replace(b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<")
    pdf.Root.Metadata = pdf.make_stream(changed, Type=Name.Metadata, Subtype=Name.XML)


def drop_intent(pdf):
    del pdf.Root.OutputIntents


def hide_title(pdf):
    del pdf.Root.ViewerPreferences


def unmark(pdf):
    del pdf.Root.MarkInfo


def drop_lang(pdf):
    del pdf.Root.Lang


def drop_tree(pdf):
    del pdf.Root.StructTreeRoot


def drop_font(pdf):
    values = (o for o in pdf.objects if isinstance(o, Dictionary))
    del next(value for value in values if "/FontFile3" in value)["/FontFile3"]


def blank_to_unicode(pdf):
    values = (o for o in pdf.objects if isinstance(o, Dictionary))
    font = next(value for value in values if "/ToUnicode" in value)
    font.ToUnicode = pdf.make_stream(b"0 beginbfchar endbfchar")


DAMAGES = {
    swap_parent_tree_row: "parent-tree",
    drop_parent_tree: "parent-tree",
    drop_struct_parents: "struct-parents",
    repeat_mcid: "mcid",
    dangle_mcid: "mcid",
    own_mcid_twice: "mcid",
    draw_loosely: "content",
    leave_open: "content",
    untype_artifact: "artifact",
    nest_artifact: "artifact",
    make_th_td: "headers",
    drop_scope: "scope",
    widen_cell: "table",
    name_no_header: "headers",
    move_rows_out: "table",
    move_rt_out: "place",
    turn_ruby: "ruby",
    tear_warichu: "warichu",
    body_before_label: "list",
    misnumber_list: "list",
    lift_item: "place",
    unlink_entry: "toc",
    bare_link: "objr",
    repeat_note_id: "id",
    drop_note_id: "id",
    forget_struct_parent: "struct-parent",
    empty_contents: "contents",
    hide_annotation: "annotation-flag",
    tab_anyhow: "tabs",
    drop_alt: "alt",
    drop_formula_alt: "alt",
    drop_box: "bbox",
    caption_in_the_middle: "caption",
    skip_heading: "heading",
    invalid_lang: "lang",
    unknown_role: "role",
    paragraph_in_paragraph: "place",
    other_title: "title",
    other_author: "author",
    other_date: "date",
    other_claims: "claims",
    drop_intent: "output-intent",
    hide_title: "display-title",
    unmark: "mark-info",
    drop_lang: "lang",
    drop_tree: "tree",
    drop_font: "font",
    blank_to_unicode: "actual-text",
}


@pytest.mark.xdist_group("every-zh-Hant")
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_each_damage_is_seen(made, damage):
    with pikepdf.open(made("every-zh-Hant").pdf) as pdf:
        damage(pdf)
        found = check_open(pdf)
    assert any(line.startswith(f"{DAMAGES[damage]}:") for line in found), found[:5]
