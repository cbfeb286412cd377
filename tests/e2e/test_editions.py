"""Regional editions and readings as whole runs make them: judged, and alike where they must be."""

import re
import zipfile

import pytest

from publisher.cli.main import main
from tests.tools import judges

SOURCES = {"manual": "2-排版手册.md", "paper": "1-山城老報館.txt"}
TAGS = ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK")


@pytest.fixture(scope="module")
def made(samples, tmp_path_factory):
    """(source, tag) -> path without suffix."""
    folder = tmp_path_factory.mktemp("editions")
    config = folder / "publisher.toml"
    config.write_text("schema = 1\n")
    files = {}
    for name, source in SOURCES.items():
        tags = [part for tag in TAGS for part in ("--edition", tag)]
        ruby = ["--ruby", "pinyin", "--ruby-scope", "first"] if name == "paper" else []
        done = main(["build", str(samples / source), "-q", "--config", str(config), "-o", str(folder),
                     "--name", name, "--repair", "apply", *tags, *ruby])  # fmt: skip
        assert done == 0
        files |= {(name, tag): folder / f"{name}.{tag}" for tag in TAGS}
    return files


@pytest.mark.judge
def test_epubs_are_valid(made):
    books = [path.parent / f"{path.name}.epub" for path in made.values()]
    found = judges.epubcheck(books)
    assert all(messages == [] for messages in found.values()), found


@pytest.mark.judge
@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("tag", TAGS)
def test_word_files_are_valid(made, name, tag):
    path = made[name, tag].parent / f"{name}.{tag}.docx"
    assert judges.openxml_audit(path) == []
    assert judges.open_xml_sdk(path) == []


@pytest.mark.judge
@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("tag", TAGS)
def test_pdfs_keep_to_what_they_declare(made, name, tag):
    path = made[name, tag].parent / f"{name}.{tag}.pdf"
    assert judges.page_validation(path, "ua1") == []
    assert judges.page_validation(path, "2a") == []


def pages(path):
    with zipfile.ZipFile(path) as book:
        return {n: book.read(n).decode() for n in sorted(book.namelist()) if n.endswith(".xhtml")}


@pytest.mark.parametrize("name", SOURCES)
def test_editions_share_files_and_ids(made, name):
    books = [pages(made[name, tag].parent / f"{name}.{tag}.epub") for tag in TAGS]
    assert list(books[0]) == list(books[1]) == list(books[2])
    ids = [re.findall(r'\sid="([^"]+)"', "".join(book.values())) for book in books]
    assert ids[0] == ids[1] == ids[2]
    assert ids[0]


@pytest.mark.parametrize("name", SOURCES)
def test_each_edition_has_its_region_s_script_quotes_and_faces(made, name):
    import pypdfium2

    texts = {}
    for tag in TAGS:
        document = pypdfium2.PdfDocument(str(made[name, tag].parent / f"{name}.{tag}.pdf"))
        texts[tag] = "".join(page.get_textpage().get_text_range() for page in document)
        fonts = judges.poppler_fonts(made[name, tag].parent / f"{name}.{tag}.pdf")
        assert fonts == []
    assert "「" not in texts["zh-Hans"]
    assert "“" not in texts["zh-Hant-TW"]
    assert len({re.sub(r"\s", "", text) for text in texts.values()}) == 3
