"""The file around the pages: fonts, outline, links, labels, metadata, tags, bytes."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from publisher.environment import ResourceStore
from publisher.errors import LayoutError
from publisher.layout.types import (
    AnchorOp,
    CircleOp,
    Element,
    ImageOp,
    LinkOp,
    OutlineEntry,
    Placed,
    RectOp,
    Slab,
    WaveOp,
)
from publisher.settings import OutputSettings, PdfSettings, Settings
from publisher.tree.meta import Metadata
from tests.tools import pdf_inspect as look
from tests.unit.writers.pdf.conftest import line, pieces, plain_pages


def test_every_font_is_an_embedded_subset_and_one_object_a_face(make_pdf):
    slab = line("天地 and 用Latin字母 ł")
    slab.line.items = (*slab.line.items, *pieces("黑體", x=200, role="sans"))
    path = make_pdf(plain_pages([slab, "第二行"], ["第二頁 łatin"]))
    facts = look.fonts(path)
    assert len(facts) == len({fact.base.partition("+")[2] for fact in facts}) == 3
    for fact in facts:
        assert fact.kind == "/Type0"
        assert fact.encoding == "/Identity-H"
        assert fact.embedded
        assert fact.to_unicode
        assert fact.base.partition("+")[0].isupper()


def test_there_is_no_helvetica(make_pdf):
    path = make_pdf(plain_pages(["天地"]))
    with pikepdf.open(path) as pdf:
        bare = BytesIO()
        pdf.save(bare, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    assert b"Helvetica" not in bare.getvalue()


def test_widths_are_those_of_the_font_program(make_pdf):
    path = make_pdf(plain_pages(["天地，——玄黃 fi 123 한글 ł"]))
    assert look.wrong_widths(path) == []
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            font.DescendantFonts[0].W = pikepdf.Array([1, pikepdf.Array([1])])
        pdf.save(path)
    assert look.wrong_widths(path)


def _book():
    slabs = [
        line("第一章", anchors=("one",)),
        "正文",
        line("第一節", anchors=("one-a",)),
    ]
    laid_out = plain_pages(slabs, ["空頁"], [line("第二章", anchors=("two",))])
    laid_out.outline = [
        OutlineEntry("one", "第一章 𠮷", 1, True, "chapter"),
        OutlineEntry("one-a", "第一節\n續", 2, True, "section"),
        OutlineEntry("hidden", "不列", 1, False, "extra"),
        OutlineEntry("two", "第二章", 1, True, "chapter"),
    ]
    return laid_out


def test_the_outline_nests_and_leads_to_the_headings(make_pdf):
    found = look.outline(make_pdf(_book()))
    assert found == [
        (1, "第一章 𠮷", 0, 600 - 50 + 6),
        (2, "第一節 續", 0, 600 - 86 + 6),
        (1, "第二章", 2, 600 - 50 + 6),
    ]


@pytest.mark.parametrize(
    ("x", "vertical", "left"),
    [
        (57.0, False, 0.0),  # the one column, or the first
        (220.0, False, 220.0 - 6),
        (57.0, True, 400.0 - 57 - 400 / 3),  # from the right: what follows is left of it
        (330.0, True, 0.0),
    ],
)
def test_a_narrow_window_shows_the_place_that_is_led_to(make_pdf, x, vertical, left):
    laid_out = plain_pages([line("章", anchors=("one",))])
    slab, _, y = laid_out.pages[0].placed[0]
    laid_out.pages[0].placed[0] = Placed(slab, y, x) if vertical else Placed(slab, x, y)
    laid_out.vertical = vertical
    with pikepdf.open(make_pdf(laid_out)) as pdf:
        where = pikepdf.NameTree(pdf.Root.Names.Dests)["one"]
        assert float(where[2]) == pytest.approx(left, abs=0.01)
        assert float(where[3]) == 600 - y + 6


def test_a_document_with_an_outline_opens_with_it(make_pdf):
    with pikepdf.open(make_pdf(_book())) as pdf:
        assert pdf.Root.PageMode == "/UseOutlines"
        assert pdf.Root.Outlines.Count == 3
    with pikepdf.open(make_pdf(plain_pages(["天"]))) as pdf:
        assert "/Outlines" not in pdf.Root
        assert "/PageMode" not in pdf.Root


def test_a_long_outline_opens_at_its_first_level(make_pdf):
    slabs = [line("章", anchors=(f"s{n}",)) for n in range(60)]
    laid_out = plain_pages(slabs[:30], slabs[30:])
    laid_out.outline = [
        OutlineEntry(f"s{n}", f"標題 {n}", 1 if n % 3 == 0 else 2, True, "chapter")
        for n in range(60)
    ]
    with pikepdf.open(make_pdf(laid_out)) as pdf:
        assert pdf.Root.Outlines.Count == 20
        assert pdf.Root.Outlines.First.Count == -2


def test_links_lead_to_the_page_and_height_of_their_target(make_pdf):
    laid_out = _book()
    op = LinkOp(0.0, 4.0, 30.0, 10.0, "#two", "見第二章")
    outside = LinkOp(0.0, 4.0, 30.0, 10.0, "https://example.org/路?q=a b%20c", "網站")
    laid_out.pages[1].placed[0].slab.draws = (op, outside)
    inner, outer = look.links(make_pdf(laid_out))
    assert inner == (1, (50.0, 536.0, 80.0, 546.0), (2, 556.0), "見第二章")
    assert outer.target == "https://example.org/%E8%B7%AF?q=a%20b%20c"
    assert not make_pdf.reports


def test_link_areas_have_no_border_and_print(make_pdf):
    laid_out = _book()
    laid_out.pages[0].placed[0].slab.draws = (LinkOp(0, 0, 9, 9, "#two", ""),)
    with pikepdf.open(make_pdf(laid_out)) as pdf:
        (annotation,) = pdf.pages[0].Annots
        assert list(annotation.Border) == [0, 0, 0]
        assert annotation.F == 4
        assert annotation.Contents == "#two"


def test_a_link_to_nowhere_is_reported_and_left_out(make_pdf):
    laid_out = _book()
    laid_out.pages[0].placed[0].slab.draws = (LinkOp(0, 0, 9, 9, "#gone", "見"),)
    assert look.links(make_pdf(laid_out)) == []
    (finding,) = make_pdf.reports
    assert finding.code == "pdf.link-nowhere"
    assert dict(finding.args) == {"target": "#gone", "text": "見"}


def test_page_labels(make_pdf):
    laid_out = plain_pages(*[["頁"]] * 8)
    laid_out.pagination.labels = ["i", "ii", "", "1", "2", "A-1", "7", "xlix"]
    path = make_pdf(laid_out)
    assert look.page_labels(path) == ["i", "ii", "", "1", "2", "A-1", "7", "xlix"]
    with pikepdf.open(path) as pdf:
        assert len(pdf.Root.PageLabels.Nums) == 2 * 6


def test_metadata_in_the_information_dictionary_and_in_xmp(make_pdf):
    with pikepdf.open(make_pdf(plain_pages(["天"]))) as pdf:
        info = pdf.docinfo
        assert info["/Title"] == "寫 & 讀"
        assert info["/Author"] == "王小明"
        assert info["/Subject"] == "一本<書>"
        assert info["/Keywords"] == "排版, 字型"
        assert str(info["/Creator"]).startswith("publisher ")
        assert info["/CreationDate"] == info["/ModDate"] == "D:20250101000000+00'00'"
        assert pdf.Root.Lang == "zh-Hant"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == "寫 & 讀"
            assert xmp["dc:creator"] == ["王小明"]
            assert xmp["dc:subject"] == {"排版", "字型"}
            assert xmp["dc:description"] == "一本<書>"
            assert xmp["dc:language"] == {"zh-Hant"}
            assert xmp["xmp:CreateDate"] == "2025-01-01T00:00:00Z"


def test_a_document_without_a_title_has_that_of_its_first_heading(make_pdf):
    with pikepdf.open(make_pdf(_book(), meta=Metadata(language="zh-Hans"))) as pdf:
        assert pdf.docinfo["/Title"] == "第一章 𠮷"
        assert "/Author" not in pdf.docinfo
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == "第一章 𠮷"
            assert "dc:creator" not in xmp


@pytest.mark.parametrize(("titles", "expected"), [((" ", "第二章\n"), "第二章"), ((" ",), "—")])
def test_a_heading_of_blanks_names_no_document(make_pdf, titles, expected):
    laid_out = plain_pages([line(title, anchors=(title,)) for title in titles])
    laid_out.outline = [OutlineEntry(title, title, 1, True, "chapter") for title in titles]
    with pikepdf.open(make_pdf(laid_out, meta=Metadata(language="zh-Hans"))) as pdf:
        assert pdf.docinfo["/Title"] == expected
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == expected


def _png(mode, **options):
    from PIL import Image

    image = Image.new(mode, (4, 3))
    out = BytesIO()
    if "A" in mode:
        image.putpixel((1, 1), (200, 10, 10, 128)[-len(mode) :])
    image.save(out, options.pop("kind", "PNG"), **options)
    return out.getvalue()


PICTURES = {
    "grey": (_png("L"), "/DeviceGray", "/FlateDecode", False),
    "bits": (_png("1"), "/DeviceGray", "/FlateDecode", False),
    "colour": (_png("RGB"), "/DeviceRGB", "/FlateDecode", False),
    "palette": (_png("P"), "/Indexed", "/FlateDecode", False),
    "alpha": (_png("RGBA"), "/DeviceRGB", "/FlateDecode", True),
    "jpeg": (_png("RGB", kind="JPEG"), "/DeviceRGB", "/DCTDecode", False),
    "grey jpeg": (_png("L", kind="JPEG"), "/DeviceGray", "/DCTDecode", False),
}


def _with_picture(data, alt="方塊"):
    resources = ResourceStore()
    key = resources.add_bytes(data)
    laid_out = plain_pages(["上", Slab(100.0, tag=1), "下"])
    laid_out.pages[0].placed[1].slab.draws = (ImageOp(10.0, 5.0, 80.0, 60.0, key, alt),) * 2
    laid_out.elements.append(Element("Figure", -1, (("Alt", alt),)))
    return laid_out, resources


@pytest.mark.parametrize("kind", PICTURES)
def test_pictures_are_embedded_once_and_keep_their_pixels(make_pdf, kind):
    from PIL import Image

    data, space, filter_name, masked = PICTURES[kind]
    laid_out, resources = _with_picture(data)
    with pikepdf.open(make_pdf(laid_out, resources=resources)) as pdf:
        (picture,) = pdf.pages[0].Resources.XObject.values()
        shown = picture.ColorSpace
        assert (shown if isinstance(shown, pikepdf.Name) else shown[0]) == space
        assert picture.Filter == filter_name
        assert ("/SMask" in picture) is masked
        with Image.open(BytesIO(data)) as original:
            back = pikepdf.PdfImage(picture).as_pil_image()
            assert back.convert("RGB").tobytes() == original.convert("RGB").tobytes()
            if masked:
                alpha = picture.SMask.read_bytes()
                assert alpha == original.getchannel("A").tobytes()


def test_a_picture_stands_where_it_was_placed(make_pdf):
    laid_out, resources = _with_picture(PICTURES["colour"][0])
    content = look.content(make_pdf(laid_out, resources=resources))
    assert "q 80 0 0 60 60 467 cm /Im1 Do Q" in content


TREE = """\
Document
  P [1]
  Figure [0]
  L
    LI
      LBody [1]
        Reference
          Link [1 link]
        Ruby
          RB [1]
          RT [2]
        Ruby
          RB [1]
          RT [1]"""


def test_a_picture_that_cannot_be_used_leaves_a_frame_and_is_reported(make_pdf):
    laid_out, resources = _with_picture(PICTURES["colour"][0][:40])
    content = look.content(make_pdf(laid_out, resources=resources))
    assert content.count("60 467 80 60 re S") == 2
    (finding,) = make_pdf.reports
    assert finding.code == "pdf.picture"
    laid_out, _ = _with_picture(PICTURES["colour"][0])
    make_pdf(laid_out, resources=ResourceStore())
    assert len(make_pdf.reports) == 2


SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40">
<text x="0" y="30" font-size="30">漢字</text></svg>"""


def test_text_in_drawings_is_set_in_the_documents_fonts(make_pdf):
    laid_out, resources = _with_picture(SVG.encode())
    with pikepdf.open(make_pdf(laid_out, resources=resources)) as pdf:
        (picture,) = pdf.pages[0].Resources.XObject.values()
        dark = sum(value > 128 for value in picture.SMask.read_bytes())
        assert dark > 500
    assert not make_pdf.reports


def test_tags_follow_the_elements_in_reading_order(make_pdf):
    laid_out, resources = _with_picture(PICTURES["colour"][0])
    laid_out.elements += [Element("L", -1), Element("LI", 2), Element("LBody", 3)]
    call = tuple(i._replace(tag="Note-call", link="#n1") for i in pieces("1", x=20))
    ruby = (
        *(i._replace(tag="RB") for i in pieces("漢", x=40)),
        *(i._replace(tag="RT") for i in pieces("かん", x=40, size=5)),
        *(i._replace(tag="RB") for i in pieces("字", x=50)),
        *(i._replace(tag="RT") for i in pieces("じ", x=50, size=5)),
    )
    last = laid_out.pages[0].placed[2].slab
    last.tag = 4
    last.anchors = ("n1",)
    last.line.items = (*last.line.items, *call, *ruby)
    path = make_pdf(laid_out, resources=resources)
    assert look.tags(path) == TREE


def test_tables_notes_and_calls_in_the_tree(make_pdf):
    laid_out = plain_pages(
        [line("頭", tag=2), line("格", tag=3), line("正文", tag=4), line("注", tag=6)]
    )
    laid_out.elements = [
        Element("Document", -1, (("Lang", "zh-Hans"),)),
        Element("Table", 0),
        Element("TH", 1, (("Scope", "Column"), ("ColSpan", "2"))),
        Element("TD", 1, (("Lang", "ja"),)),
        Element("P", 0),
        Element("Note", 0, (("Call", "n1"),)),
        Element("P", 5),
    ]
    body = laid_out.pages[0].placed[2].slab
    call = tuple(i._replace(tag="Note-call") for i in pieces("1", x=20))
    code = tuple(i._replace(tag="Code") for i in pieces("x", x=30))
    odd = tuple(i._replace(tag="vendor:x") for i in pieces("y", x=40))
    body.line.items = (*body.line.items, *call, *code, *odd)
    path = make_pdf(laid_out)
    assert look.tags(path).splitlines() == [
        "Document",
        "  Table",
        "    TH [1]",
        "    TD [1]",
        "  P [2]",
        "    Reference [1]",
        "    Code [1]",
        "    Span [1]",
        "  Note",
        "    P [1]",
    ]
    with pikepdf.open(path) as pdf:
        root = pdf.Root.StructTreeRoot
        table, _, note = root.K.K
        header, cell = table.K
        assert root.K.Lang == "zh-Hans"
        assert dict(header.A[0]) == {"/O": "/Table", "/Scope": "/Column", "/ColSpan": 2}
        assert cell.Lang == "ja"
        assert root.IDTree.Kids[0].Names[1].objgen == note.objgen
        assert root.IDTree.Kids[0].Names[0] == note.ID


def test_headings_skip_no_level(make_pdf):
    levels = (2, 4, 4, 3, 6, 1, 2)
    laid_out = plain_pages([line("章", tag=n) for n in range(len(levels))])
    laid_out.elements = [Element(f"H{level}", -1) for level in levels]
    found = look.tags(make_pdf(laid_out)).split()[1::2]
    assert found == ["H1", "H2", "H2", "H2", "H3", "H1", "H2"]


def test_an_entry_of_a_contents_is_a_link_as_a_whole(make_pdf):
    laid_out = plain_pages([line("目錄", tag=2), "正文"])
    laid_out.elements += [Element("TOC", -1), Element("TOCI", 1)]
    first, second = (placed.slab for placed in laid_out.pages[0].placed)
    first.draws = (LinkOp(0, 0, 90, 18, "#a", "正文 1"),)
    second.anchors = ("a",)
    path = make_pdf(laid_out)
    assert look.tags(path).splitlines()[1:] == [
        "  TOC",
        "    TOCI",
        "      Reference",
        "        Link [link 2]",
        "  P [2]",
    ]


def test_a_link_that_was_not_made_is_not_in_the_tree(make_pdf):
    laid_out = plain_pages(["正文"])
    laid_out.pages[0].placed[0].slab.draws = (LinkOp(0, 0, 9, 9, "#gone", "見"),)
    path = make_pdf(laid_out)
    assert "link" not in look.tags(path)
    with pikepdf.open(path) as pdf:
        assert len(pdf.Root.StructTreeRoot.ParentTree.Nums) == 2


def test_a_paragraph_over_two_pages_is_one_element(make_pdf):
    path = make_pdf(plain_pages(["天地", "玄黃"], ["宇宙"]))
    assert look.tags(path) == "Document\n  P [4 2]"


def test_figures_have_their_alternative_text_and_box(make_pdf):
    laid_out, resources = _with_picture(PICTURES["colour"][0])
    with pikepdf.open(make_pdf(laid_out, resources=resources)) as pdf:
        figure = pdf.Root.StructTreeRoot.K.K[1]
        assert figure.S == "/Figure"
        assert figure.Alt == "方塊"
        assert [float(v) for v in figure.A[0].BBox] == [60, 467, 140, 527]


def test_rules_and_marks_are_artifacts_outside_elements(make_pdf):
    laid_out = plain_pages(["天"])
    slab = laid_out.pages[0].placed[0].slab
    slab.behind = (RectOp(0, 0, 100, 0.5, "#808080"),)
    slab.draws = (
        CircleOp(5, -3, 1, "dot", "#000000"),
        CircleOp(15, -3, 1, "open-dot", "#000000"),
        CircleOp(25, -3, 1, "sesame", "#ff0000"),
        WaveOp(0, 12, 40, 1, "#000000"),
    )
    path = make_pdf(laid_out)
    content = look.content(path)
    assert content.startswith("/Artifact<</Type/Layout>>BDC\n0.502 g\n50 549.5 100 0.5 re f\n")
    assert "EMC\n/P<</MCID 0>>BDC\nBT" in content
    assert look.tags(path) == "Document\n  P [1]"
    assert content.count(" f\n") == 3
    assert content.count(" S") == 2


def _check(path):
    done = subprocess.run(
        ["qpdf", "--check", str(path)], check=False, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.judge
@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_a_tagged_file_keeps_what_it_declares(make_pdf, profile):
    page = pytest.importorskip("page")
    laid_out, resources = _with_picture(PICTURES["alpha"][0])
    laid_out.elements += [Element("H1", -1)]
    laid_out.pages[0].placed[0].slab.tag = 2
    laid_out.pages[0].placed[0].slab.anchors = ("a",)
    last = laid_out.pages[0].placed[2].slab
    last.draws = (LinkOp(0, 0, 9, 9, "#a", "上"),)
    laid_out.outline = [OutlineEntry("a", "上", 1, True, "chapter")]
    path = make_pdf(laid_out, resources=resources)
    report = page.validate_pdf(str(path), profile=getattr(page.ValidationProfile, profile))
    assert [f"{f.rule_id}: {f.message}" for f in report.failures] == []


@pytest.mark.judge
def test_qpdf_finds_nothing(make_pdf):
    import shutil

    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    laid_out, resources = _with_picture(PICTURES["alpha"][0])
    laid_out.outline = [OutlineEntry("a", "章", 1, True, "chapter")]
    laid_out.pages[0].placed[0].slab.draws = (AnchorOp("a", 0, 0), LinkOp(0, 0, 9, 9, "#a", ""))
    code, said = _check(make_pdf(laid_out, resources=resources))
    assert code == 0, said
    plain = Settings(output=OutputSettings(pdf=PdfSettings(compress=False)))
    code, said = _check(make_pdf(laid_out, "plain.pdf", resources=resources, settings=plain))
    assert code == 0, said


def test_streams_end_with_an_end_of_line(make_pdf):
    data = make_pdf(_book()).read_bytes()
    assert data.count(b"\r\nendstream\nendobj") == data.count(b"endstream") > 3


def test_the_same_pages_give_the_same_bytes(make_pdf):
    one, two = make_pdf(_book(), "a.pdf"), make_pdf(_book(), "b.pdf")
    assert one.read_bytes() == two.read_bytes()
    later = make_pdf(_book(), "c.pdf", epoch=1735689601)
    assert later.read_bytes() != one.read_bytes()


def test_an_uncompressed_file_says_the_same(make_pdf):
    plain = Settings(output=OutputSettings(pdf=PdfSettings(compress=False)))
    path = make_pdf(_book(), settings=plain)
    assert b"Tf\n" in path.read_bytes()
    assert look.pdfium_text(path) == look.pdfium_text(make_pdf(_book(), "b.pdf"))


def test_a_plain_file_has_no_tags_and_claims_nothing(make_pdf):
    plain = Settings(output=OutputSettings(pdf=PdfSettings(standard="none")))
    path, tagged = make_pdf(_book(), settings=plain), make_pdf(_book(), "b.pdf")
    assert path.stat().st_size < tagged.stat().st_size - 1000
    assert look.pdfium_text(path) == look.pdfium_text(tagged)
    assert look.outline(path) == look.outline(tagged) != []
    assert look.links(path) == look.links(tagged)
    assert look.page_labels(path) == look.page_labels(tagged)
    with pikepdf.open(path) as pdf:
        kept = {"/Type", "/Pages", "/Lang", "/Metadata", "/ViewerPreferences", "/PageLabels"}
        assert set(pdf.Root.keys()) == kept | {"/Names", "/Outlines", "/PageMode"}
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        said = pdf.Root.Metadata.read_bytes().decode()
        assert "寫 &amp; 讀" in said
        assert str(pdf.docinfo["/Title"]) == "寫 & 讀"
        assert "pdfa" not in said
        assert "pdfuaid" not in said
        for page in pdf.pages:
            assert not {"/StructParents", "/Tabs"} & set(page.obj.keys())
            content = page.obj.Contents.read_bytes()
            assert b"MCID" not in content
            assert b"Artifact" not in content
            assert all("/StructParent" not in one for one in page.obj.get("/Annots", ()))


def test_no_pages_is_an_error(make_pdf):
    with pytest.raises(LayoutError):
        make_pdf(plain_pages())


def test_a_target_that_cannot_be_written(make_pdf):
    with pytest.raises(FileNotFoundError, match=r"folder\.pdf"):  # the caller knows its last name
        make_pdf(plain_pages(["天"]), "no/folder.pdf")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk(make_pdf):
    with pytest.raises(OSError, match="No space left"):
        make_pdf(plain_pages(["天"]), "/dev/full")


def test_the_private_names_of_reportlab_are_there():
    """Fails when a ReportLab release moves what the shim stands on."""
    from reportlab.pdfbase import pdfdoc

    from publisher.writers.pdf.reportlab_shim import PRIVATE_NAMES

    document = pdfdoc.PDFDocument(compression=0, invariant=1)
    assert [name for name in PRIVATE_NAMES if not hasattr(document, name)] == []


def test_reportlab_is_imported_only_when_a_file_is_written():
    code = "import sys, publisher.writers.pdf.writer; print('reportlab' in sys.modules)"
    root = Path(__file__).resolve().parents[4]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout.strip() == "False"


def test_pages_are_let_go_when_nobody_asks_for_them_again(make_pdf):
    kept, once = plain_pages(["天", "地"], ["人"]), plain_pages(["天", "地"], ["人"])
    once.once = True
    assert make_pdf(kept, "kept.pdf").read_bytes() == make_pdf(once, "once.pdf").read_bytes()
    assert [len(plan.placed) for plan in kept.pages] == [2, 1]
    assert [len(plan.placed) for plan in once.pages] == [0, 0]
