"""Container, package document, metadata, navigation."""

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest

from publisher.tree.meta import Contributor, Document, Metadata
from publisher.tree.nodes import Attr, Footnote, Image, NoteRef, Section
from publisher.tree.walk import document_text
from publisher.writers.epub.metadata import identifier
from tests.tools.epub_inspect import OPF, OPS, XHTML, XML
from tests.tools.every_node import every_node, inl, par


def _simple(**meta):
    given = {"title": inl("书"), "language": "zh-Hans", **meta}
    chapters = tuple(
        Section(1, inl(f"第{n}章"), (par("文。"),), kind="chapter", attr=Attr(id=f"c{n}"))
        for n in range(1, 4)
    )
    return Document(Metadata(**given), chapters)


def test_the_zip_is_fixed(press):
    document = every_node(press.picture)
    first, second = press.write(document, fonts=True), press.write(document, fonts=True)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as container:
        infos = container.infolist()
    assert infos[0].filename == "mimetype"
    assert infos[0].compress_type == zipfile.ZIP_STORED
    assert {info.date_time for info in infos} == {(2025, 1, 1, 0, 0, 0)}
    assert first.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"


def test_dates_before_the_zip_format_are_moved_to_its_beginning(press):
    with zipfile.ZipFile(press.write(_simple(), epoch=0)) as container:
        assert container.infolist()[0].date_time[0] == 1980


def test_hash_seeds_do_not_show(tmp_path):
    program = (
        "import sys, pathlib; sys.path[:0] = [sys.argv[1]];"
        "import tests.unit.writers.epub.conftest as c;"
        "from tests.tools.every_node import every_node;"
        "p = c.Press(pathlib.Path(sys.argv[2]));"
        "print(p.write(every_node(p.picture), fonts=True))"
    )
    root = str(__import__("pathlib").Path(__file__).resolve().parents[4])
    digests = set()
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        path = subprocess.run(
            [sys.executable, "-c", program, root, str(folder)],
            env={**__import__("os").environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        digests.add(hashlib.sha256(__import__("pathlib").Path(path).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_metadata(press):
    book = press.book(every_node(press.picture))
    assert book.opf.get(f"{XML}lang") == "zh-Hans"
    assert book.opf.get("version") == "3.0"
    assert book.dc("title") == ["出版全书", "副题"]
    assert book.dc("language") == ["zh-Hans"]
    assert book.dc("creator") == ["王小明"]
    assert book.dc("contributor") == ["John"]
    assert book.meta("role", "#creator-1") == ["aut"]
    assert book.meta("file-as", "#creator-1") == ["Wang, Xiaoming"]
    assert book.meta("role", "#creator-2") == ["trl"]
    assert book.dc("date") == ["2025-12-22"]
    assert book.dc("publisher") == ["某社"]
    assert book.dc("description") == ["说明"]
    assert book.dc("subject") == ["文学", "出版"]
    assert book.dc("rights") == ["版权"]
    assert book.dc("source") == ["https://example.org/a"]
    assert book.meta("belongs-to-collection") == ["丛书"]
    assert book.meta("group-position", "#series") == ["3"]
    assert book.meta("dcterms:modified") == ["2025-01-01T00:00:00Z"]
    assert book.opf.find(f".//{OPF}spine").get("page-progression-direction") == "ltr"


def test_accessibility_metadata_tells_what_is_there(press):
    book = press.book(every_node(press.picture))
    assert book.meta("schema:accessMode") == ["textual", "visual"]
    assert book.meta("schema:accessModeSufficient") == ["textual"]
    assert "alternativeText" in book.meta("schema:accessibilityFeature")
    assert book.meta("schema:accessibilityHazard") == ["none"]
    assert "图片均有文字说明" in book.meta("schema:accessibilitySummary")[0]
    assert book.meta("dcterms:conformsTo") == []


def test_a_picture_without_description_is_not_called_accessible(press):
    document = replace(_simple(), body=(par("见", Image(press.picture)),))
    book = press.book(document)
    assert book.meta("schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in book.meta("schema:accessibilityFeature")


def test_a_statement_of_conformance_is_the_publishers(press):
    stated = (
        ("certified-by", "某社"),
        ("conforms-to", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"),
    )
    book = press.book(_simple(extra=stated))
    assert book.meta("dcterms:conformsTo") == [stated[1][1]]
    assert book.meta("a11y:certifiedBy", "#conformance") == ["某社"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("978-7-02-000220-7", "urn:isbn:9787020002207"),
        ("ISBN 7-02-000220-X", "urn:isbn:702000220X"),
        ("978-7-02-000220-8", "978-7-02-000220-8"),
        ("8c4da3f8-4b78-5390-b541-77243680f57c", "urn:uuid:8c4da3f8-4b78-5390-b541-77243680f57c"),
        ("https://example.org/1", "https://example.org/1"),
    ],
)
def test_given_identifiers(given, expected):
    assert identifier(_simple(identifier=given)) == expected


def test_made_identifiers_follow_the_title_and_not_the_text():
    made = identifier(_simple())
    assert made.startswith("urn:uuid:")
    assert identifier(replace(_simple(), body=(par("别的"),))) == made
    assert identifier(_simple(contributors=(Contributor("某"),))) != made


def test_a_date_in_words_is_no_date(press):
    assert press.book(_simple(date="去年")).dc("date") == []


def test_navigation_in_both_forms(press):
    book = press.book(_simple())
    nav = book.document("nav.xhtml")
    toc, landmarks = nav.iter(f"{XHTML}nav")
    assert toc.get(f"{OPS}type") == "toc"
    lines = [(a.text, a.get("href")) for a in toc.iter(f"{XHTML}a")]
    assert lines == [(f"第{n}章", f"chapter-00{n}.xhtml#c{n}") for n in (1, 2, 3)]
    assert toc.find(f"{XHTML}h1").text == "目录"
    kinds = [a.get(f"{OPS}type") for a in landmarks.iter(f"{XHTML}a")]
    assert kinds == ["cover", "titlepage", "toc", "bodymatter"]
    ncx = book.document("toc.ncx")
    assert [p.findtext("{*}navLabel/{*}text") for p in ncx.iter("{*}navPoint")] == [
        t for t, _ in lines
    ]
    assert [p.find("{*}content").get("src") for p in ncx.iter("{*}navPoint")] == [
        h for _, h in lines
    ]
    assert book.opf.find(f".//{OPF}spine").get("toc") == "ncx"
    assert book.spine[:3] == ["cover.xhtml", "title.xhtml", "nav.xhtml"]


@pytest.mark.parametrize(
    ("language", "word"),
    [("zh-Hant", "目錄"), ("ja", "目次"), ("ko", "차례"), ("en", "Contents"), ("zh-HK", "目錄")],
)
def test_labels_are_in_the_books_language(press, language, word):
    assert f">{word}</h1>" in press.book(_simple(language=language)).text("nav.xhtml")


def test_depth_of_the_contents(press):
    inner = Section(2, inl("节"), (par("文"),), attr=Attr(id="s"))
    document = replace(_simple(), body=(Section(1, inl("章"), (inner,), attr=Attr(id="c")),))
    assert "节" in press.book(document, toc_depth=2).text("nav.xhtml")
    assert "节" not in press.book(document, toc_depth=1).text("nav.xhtml")


def test_every_inner_link_arrives(press):
    book = press.book(every_node(press.picture), split_level=3)
    links = [target for _, target in book.links()]
    assert links
    assert set(links) <= book.targets()


def test_every_file_is_in_the_manifest_and_the_other_way_round(press):
    book = press.book(every_node(press.picture), fonts=True)
    listed = {f"EPUB/{item.get('href')}" for item in book.manifest.values()}
    assert listed == set(book.files) - {
        "mimetype",
        "META-INF/container.xml",
        "META-INF/com.apple.ibooks.display-options.xml",
        book.opf_name,
    }


def test_cover_picture(press):
    book = press.book(every_node(press.picture))
    (item,) = [i for i in book.manifest.values() if i.get("properties") == "cover-image"]
    assert item.get("media-type") == "image/png"
    assert f'<img src="{item.get("href")}" alt="出版全书"' in book.text("cover.xhtml")
    assert "John" in book.text("title.xhtml")


def test_a_cover_in_type_where_there_is_no_picture(press):
    book = press.book(_simple(contributors=(Contributor("某"),)), drawn_cover=False)
    assert '<h1 class="title">书</h1>' in book.text("cover.xhtml")
    assert "某" in book.text("cover.xhtml")
    assert "title.xhtml" not in book.spine


def test_a_cover_in_type_looks_like_a_cover(press):
    book = press.book(
        _simple(contributors=(Contributor("某"),), date="2025-11-03"), drawn_cover=False
    )
    cover, css = book.text("cover.xhtml"), book.text("style.css")
    assert 'epub:type="cover" class="cover-plate"' in cover
    assert '<div class="cover-rule"></div>' in cover
    assert "2025" not in cover
    assert "2025" in book.text("title.xhtml")
    assert ".cover-plate{background:#" in css


@pytest.mark.parametrize(
    ("language", "breaks"),
    [
        ("zh-Hans", "word-break:keep-all}"),
        ("ja", "word-break:keep-all;word-break:auto-phrase}"),
        ("ko", "word-break:keep-all}"),
        ("en", "hyphens:none}"),
    ],
)
def test_titles_break_between_words(press, language, breaks):
    css = press.book(_simple(language=language)).text("style.css")
    (rule,) = [line for line in css.splitlines() if line.startswith("h1,h2,h3,h4,h5,h6,.title")]
    assert rule.endswith(breaks)
    assert "text-wrap:balance" in rule


def test_the_title_page_says_what_the_printed_one_says(press):
    people = (Contributor("林知夏"), Contributor("John Smith", "translator", lang="en"))
    page = press.book(_simple(contributors=people, date="2025-11-03")).text("title.xhtml")
    assert '<p class="contributor">林知夏　著</p>' in page
    assert '<span lang="en" xml:lang="en">John Smith</span>　译</p>' in page
    assert '<p class="imprint">2025年11月3日</p>' in page


def test_many_chapters_keep_their_order(press):
    chapters = tuple(
        Section(1, inl(f"{n}"), (par("文"),), attr=Attr(id=f"c{n}")) for n in range(1001)
    )
    book = press.book(replace(_simple(), body=chapters))
    assert book.chapters[0] == "chapter-0001.xhtml"
    assert book.chapters == sorted(book.chapters)
    assert len(book.chapters) == 1001


def test_a_part_opens_a_file_and_its_chapters_do(press):
    part = Section(1, inl("部"), _simple().body, kind="part", attr=Attr(id="p"))
    book = press.book(replace(_simple(), body=(part,)))
    assert len(book.chapters) == 4
    assert '<h1 id="p" class="part">部</h1>' in book.text("chapter-001.xhtml")
    assert 'role="doc-part"' in book.text("chapter-001.xhtml")
    assert '<h1 id="c1">第1章</h1>' in book.text("chapter-002.xhtml")


def test_text_after_a_section_with_a_file_keeps_its_place(press):
    inner = Section(2, inl("节"), (par("中"),), attr=Attr(id="s"))
    chapter = Section(1, inl("章"), (par("前"), inner, par("后")), attr=Attr(id="c"))
    book = press.book(replace(_simple(), body=(chapter,)), split_level=2)
    assert book.lines() == ["章", "前", "节", "中", "后"]


def test_a_target_that_cannot_be_written_is_the_callers_to_name(press):
    press.folder = press.folder / "missing"
    with pytest.raises(OSError):
        press.write(_simple())


def test_a_long_chapter_goes_on_in_another_file(press):
    long = tuple(par("字" * 30_000) for _ in range(8))
    body = (Section(1, inl("章"), long, attr=Attr(id="c")), _simple().body[1])
    document = replace(_simple(), body=body)
    book = press.book(document)
    assert len(book.chapters) == 4
    assert book.lines() == document_text(document)
    assert all(len(book.text(name)) < 100_000 for name in book.chapters)


def test_a_chapter_in_another_language_says_so_for_its_whole_file(press):
    inner = Section(
        2, inl("節"), (par("文", NoteRef("n")), Footnote("n", (par("注"),))), attr=Attr(id="s")
    )
    chapter = Section(1, inl("章"), (par("前"), inner), attr=Attr(id="c", lang="ja"))
    book = press.book(replace(_simple(), body=(chapter,)), split_level=2, fonts=True)
    for name in book.chapters:
        assert book.document(name).get("lang") == "ja"
    assert '"Noto Serif CJK ja";font-weight:400' in book.text("style.css")
