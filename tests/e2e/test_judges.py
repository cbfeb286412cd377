"""Outside judges find nothing in what whole runs write; and each judge is seen to find something."""

import zipfile

import pikepdf
import pytest

from tests.e2e.conftest import some
from tests.tools import cases, judges

pytestmark = pytest.mark.judge

QUICK = (*cases.EVERY, *cases.SAMPLES, cases.SEED)
SLOW = (*cases.BATCH, cases.NOVEL)
quick_case = pytest.mark.parametrize("case", some(*QUICK), indirect=True)
# Files that only the judges of PDF look at.
PDF_ONLY = (*QUICK, *cases.UPRIGHT)
pdf_case = pytest.mark.parametrize(
    "case", some(*PDF_ONLY, slow=(*SLOW, cases.NOVEL_HANT)), indirect=True
)
every_case = pytest.mark.parametrize("case", some(*QUICK, slow=SLOW), indirect=True)


# Judges that take long to start look at all files at once; the first test that asks lets them.


@pytest.fixture(scope="session")
def epubcheck_says(made, once):
    """Book -> EPUBCheck's messages, for the quick cases or (`slow`) the others."""

    def say(name):
        group = "slow" if name in SLOW else "quick"
        names = [n for n in (SLOW if group == "slow" else QUICK) if cases.is_there(n)]

        def run():
            found = judges.epubcheck([made(n).epub for n in names])
            return {n: found[made(n).epub] for n in names}

        return once(f"epubcheck-{group}", run)[name]

    return say


@pytest.fixture(scope="session")
def libreoffice_says(made, once, tmp_path_factory):
    """Case -> pages that LibreOffice makes of the DOCX."""
    names = [n for n in QUICK if cases.is_there(n)]

    def run():
        folder = tmp_path_factory.mktemp("libreoffice")
        found = judges.libreoffice([made(n).docx for n in names], folder)
        return {n: found[made(n).docx] for n in names}

    return lambda name: once("libreoffice", run)[name]


@every_case
def test_epubcheck_finds_nothing(case, epubcheck_says):
    assert epubcheck_says(case.name) == []


@quick_case
def test_ace_finds_nothing(case):
    assert judges.ace(case.epub) == []


@quick_case
def test_open_xml_sdk_finds_nothing(case):
    assert judges.open_xml_sdk(case.docx) == []


@every_case
def test_openxml_audit_finds_nothing(case):
    assert judges.openxml_audit(case.docx) == []


@quick_case
def test_libreoffice_converts(case, libreoffice_says):
    assert libreoffice_says(case.name) > 0


@pdf_case
def test_qpdf_finds_nothing(case):
    assert judges.qpdf(case.pdf) == []


@pdf_case
def test_fonts_are_embedded_once(case):
    assert judges.poppler_fonts(case.pdf) == []


@pdf_case
@pytest.mark.parametrize("profile", ["2a", "ua1"])
def test_pdf_keeps_to_what_it_declares(case, profile):
    assert judges.page_validation(case.pdf, profile) == []


# --------------------------------------------------------------------------- judges at work


@pytest.fixture
def broken(made, tmp_path):
    """The Japanese document's files, each with a fault."""
    good = made("every-ja")
    epub, docx, pdf = (tmp_path / f"broken.{kind}" for kind in ("epub", "docx", "pdf"))
    _rezip(good.epub, epub, "EPUB/chapter-003.xhtml", b' alt="', b' alt_="')
    _rezip(good.docx, docx, "word/document.xml", b"<w:body>", b"<w:body><w:x/>")
    with pikepdf.open(good.pdf) as document:
        del document.Root.MarkInfo
        document.save(pdf)
    return epub, docx, pdf


@pytest.fixture
def without_a_font(made, tmp_path):
    """The Japanese document's PDF with one font that is not embedded."""
    path = tmp_path / "fonts.pdf"
    with pikepdf.open(made("every-ja").pdf) as document:
        values = (o for o in document.objects if isinstance(o, pikepdf.Dictionary))
        del next(value for value in values if "/FontFile3" in value)["/FontFile3"]
        document.save(path)
    return path


def _rezip(source, target, name, old, new):
    with zipfile.ZipFile(source) as container, zipfile.ZipFile(target, "w") as changed:
        for info in container.infolist():
            data = container.read(info)
            if info.filename == name:
                assert old in data
                data = data.replace(old, new)
            changed.writestr(info, data)


def test_each_judge_sees_a_fault(broken, without_a_font, tmp_path):
    epub, docx, pdf = broken
    assert judges.epubcheck([epub])[epub]
    assert judges.ace(epub)
    assert judges.open_xml_sdk(docx)
    assert judges.openxml_audit(docx)
    assert judges.page_validation(pdf, "2a")
    assert judges.page_validation(pdf, "ua1")
    assert judges.poppler_fonts(without_a_font)
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(pdf.read_bytes()[:5000])
    assert judges.qpdf(cut)
    text = tmp_path / "text.docx"
    text.write_bytes(b"PK\x03\x04 no archive")
    assert judges.libreoffice([text], tmp_path / "converted") == {text: 0}
