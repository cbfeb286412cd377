"""Files that other programs made of ours are proved against the same source: text is all there."""

import shutil
import subprocess
import zipfile

import pytest

from publisher.verify.proof import prove
from tests.tools import judges, proof_documents

LOOKS = {"meta.changed", "tags.missing", "alt.missing", "alt.lost", "passage.split"}


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The files of the good document."""
    from tests.tools import cases

    folder = tmp_path_factory.mktemp("others")
    document, store = proof_documents.good()
    cases.write_all(document, store, folder / "good")
    return folder


def faults(path):
    """What is wrong with another maker's file, looks and metadata apart."""
    document, store = proof_documents.good()
    proof = prove(path.read_bytes(), path.name, document, store.open)
    assert "publisher" not in proof.maker
    assert proof.same["characters"] > 300
    return [fault for fault in proof.faults if fault.code not in LOOKS]


def saved(good, kind, folder):
    """The Word file as LibreOffice saves it."""
    judges.need(shutil.which("soffice"), "soffice")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    target = "docx:MS Word 2007 XML" if kind == "docx" else kind
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(folder)]
    subprocess.run(
        [*command, str(good / "good.docx")], check=True, capture_output=True, timeout=180
    )
    return folder / f"good.{kind}"


@pytest.mark.judge
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_libreoffice_keeps_the_text(kind, good, tmp_path):
    assert faults(saved(good, kind, tmp_path)) == []


@pytest.mark.judge
def test_a_word_file_changed_elsewhere_is_found(good, tmp_path):
    path = saved(good, "docx", tmp_path)
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    body = members["word/document.xml"].decode()
    members["word/document.xml"] = body.replace("三十年", "四十年").encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    found = [(fault.code, fault.wanted, fault.found) for fault in faults(path)]
    assert ("text.changed", "三", "四") in found


@pytest.mark.judge
def test_a_browsers_print_has_the_text_of_its_chapter(good, tmp_path):
    judges.need(shutil.which("chromium"), "chromium")
    with zipfile.ZipFile(good / "good.epub") as archive:
        archive.extractall(tmp_path / "book")
    printed = tmp_path / "print.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/user"]
    page = f"file://{tmp_path}/book/EPUB/chapter-002.xhtml"
    command = ["chromium", *options, f"--print-to-pdf={printed}", page]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document, store = proof_documents.good()
    proof = prove(printed.read_bytes(), "print.pdf", document, store.open)
    lost = [fault for fault in proof.faults if fault.code == "text.lost"]
    assert lost, "the first chapter is not there"
    chapter = "渡口的人都认得报童"
    assert not any(chapter in fault.wanted for fault in lost)
    assert proof.same["characters"] > 100
