"""Finished files of every case are proved: nothing is wrong with any of them."""

import pytest

import publisher
from publisher.cli.main import main
from publisher.verify.proof import cross_check, prove
from tests.conftest import SHARED
from tests.e2e.conftest import some
from tests.tools import cases

CASES = some(
    *cases.EVERY,
    *cases.UPRIGHT,
    *cases.SAMPLES,
    cases.HEADINGS,
    cases.SEED,
    *cases.BATCH[:4],
    slow=(*cases.BATCH[4:], cases.NOVEL, cases.NOVEL_HANT),
)
every_case = pytest.mark.parametrize("case", CASES, indirect=True)


@every_case
def test_nothing_is_wrong(case):
    _, resources = cases.document_of(case.name)
    proofs = [
        prove(path.read_bytes(), path.name, case.document, resources.open)
        for path in (case.pdf, case.epub, case.docx)
    ]
    cross_check(proofs)
    assert [(p.format, p.faults) for p in proofs if p.faults] == []
    assert all("publisher" in proof.maker for proof in proofs)


@every_case
def test_nothing_is_wrong_with_a_file_alone(case):
    found = {p.suffix: prove(p.read_bytes(), p.name).faults for p in case[2:]}
    assert {kind: faults for kind, faults in found.items() if not _meant(faults)} == {}


def _meant(faults):
    """The documents of every node hold compatibility forms and private characters on purpose."""
    return all(fault.code.startswith("char.") for fault in faults)


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ("2-排版手册.md", ["--edition", "zh-TW", "--edition", "zh-HK", "--edition", "zh-Hans"]),
        ("2-排版手册.md", ["--to", "zh-TW", "--phrases", "--ruby", "zhuyin"]),
        ("2-排版手册.md", ["--ruby", "pinyin"]),
        ("5-渡し舟.md", ["--ruby", "furigana"]),
        ("1-山城老報館.txt", ["--to", "zh-Hans"]),
        ("4-한글과활자.md", ["--pdf-standard", "none"]),
    ],
)
def test_what_build_makes_proves_itself(source, options, samples, tmp_path):
    out = ["-o", str(tmp_path), "-q", "--verify"]
    assert main(["build", str(samples / source), *out, *options]) == 0


def test_a_volume_of_four_languages(samples, tmp_path):
    names = (
        "1-山城老報館.txt",
        "2-排版手册.md",
        "3-活版印刷.html",
        "4-한글과활자.md",
        "5-渡し舟.md",
    )
    sources = [str(samples / name) for name in names]
    assert main(["build", *sources, "-o", str(tmp_path), "-q", "--verify", "--name", "vol"]) == 0


@pytest.mark.slow
def test_a_novel_is_proved_fast(made):
    import time

    if not SHARED.is_dir():
        pytest.skip("the shared material is not beside this checkout")
    case = made(cases.NOVEL)
    document = publisher.read(SHARED / cases.SHARED_FILES[cases.NOVEL]).document
    began = time.process_time()
    for path in (case.pdf, case.epub, case.docx):
        assert prove(path.read_bytes(), path.name, document).faults == []
    assert time.process_time() - began < 5


def test_tables_that_move_on_in_word_are_no_fault(tmp_path):
    """Where the PDF lets text go before tables, the Word file has half as many pages again."""
    row = (
        "| 編集部のサーバーは入れ替えられた | 37 | 速度は上がったが、値段は半分になったという話 |\n"
    )
    table = "| A | B | C |\n|---|---|---|\n" + row * 6
    text = "表の前後に短い文がある。" * 3
    chapters = (f"# 第{n}章\n\n" + f"{text}\n\n{table}\n" * 5 for n in range(1, 12))
    source = tmp_path / "a.md"
    source.write_text("---\ntitle: 表\nlang: ja\n---\n\n" + "\n".join(chapters), "utf-8")
    result = publisher.convert([source], tmp_path, theme__name="book", output__verify=True)
    assert result.error is None
    pages = {output.format: output.pages for output in result.outputs}
    assert pages["docx"] > 1.1 * pages["pdf"]
    assert main(["verify", *(str(tmp_path / f"a.{kind}") for kind in pages)]) == 0


def test_pictures_that_nobody_describes_are_proved(tmp_path):
    """They are decoration in a PDF, and without words in an EPUB and a Word file."""
    from tests.tools.docx_documents import png

    (tmp_path / "a.png").write_bytes(png(120, 160))
    (tmp_path / "b.png").write_bytes(png(160, 100, (190, 130, 80)))
    source = tmp_path / "a.md"
    pictures = "![](a.png)\n\n![船](b.png)\n\n![](b.png)\n\n字里![](a.png)行间。\n\n"
    source.write_text(f"# 题\n\n正文一段。\n\n{pictures}后来。\n", "utf-8")
    result = publisher.convert([source], tmp_path / "out", output__verify=True)
    assert result.error is None
    assert [proof.same["pictures"] for proof in result.proofs] == [4, 4, 4]


def test_a_picture_without_a_description_that_is_gone_is_missed(tmp_path):
    from tests.tools.docx_documents import png

    (tmp_path / "a.png").write_bytes(png(120, 160))
    (tmp_path / "b.png").write_bytes(png(160, 100, (190, 130, 80)))
    for name, text in (("old", "![](a.png)"), ("new", "![](a.png)\n\n![](b.png)")):
        (tmp_path / f"{name}.md").write_text(f"# 题\n\n正文一段。\n\n{text}\n\n后来。\n", "utf-8")
    publisher.convert([tmp_path / "old.md"], tmp_path)
    reading = publisher.read(tmp_path / "new.md")
    for form in cases.FORMATS:
        file = tmp_path / f"old.{form}"
        proof = prove(file.read_bytes(), file.name, reading.document, reading.resources.open)
        assert [fault.code for fault in proof.faults] == ["picture.lost"], form


def test_a_table_of_one_cell_is_proved(tmp_path):
    source = tmp_path / "a.html"
    cells = "<table><tr><td>格子</td></tr></table><p>中</p><table><tr><td>甲<td>乙</tr></table>"
    source.write_text(f"<title>题</title><h1>题</h1><p>正文一段。</p>{cells}<p>后来。</p>", "utf-8")
    result = publisher.convert([source], tmp_path / "out", output__verify=True)
    assert result.error is None


_PICTURE = "<img src='a.png' alt='图' width='12'>"


@pytest.mark.parametrize(
    "body",
    [
        "<blockquote><h2>引题</h2><p>文</p></blockquote><h4>节</h4>",
        "<h5>节</h5><table><tr><td><h6>格中题</h6><p>文</p></td></tr></table><h4>大节</h4><p>文</p>",
        f"<h2>甲{_PICTURE}乙</h2>",
        f"<h2><b>甲</b>{_PICTURE}<em>乙{_PICTURE}丙</em></h2>",
        "<figure><img src='a.png'><figcaption>图说</figcaption></figure>",
        "<ul><li><ul><li>甲<table><tr></tr></table></li></ul></li></ul>",
        "<h2>Graphite and light</h2><p>Words that are turned in vertical lines.</p>",
        "<p><b>粗<code>a</code></b><i>斜<code>码 b</code><b><code>c</code></b></i></p>",
        "<p><a href='https://a.example/'>链<code>d</code></a><code>e</code></p>",
        "<table><tr><td><span class=warichu>割注</span><tr><th><h2 id=h><a href='#h'>回</a></h2></table>",
        "<p>甲</p><p id=h>乙</p><p><a href='#h'>丙</a></p>",
        f"<p id=h>{_PICTURE}</p><p><a href='#h'>图</a></p>",
        f"<dl><dt>甲{_PICTURE}乙<dd>文</dl>",
        "<p><span lang=zh-TW>直</span></p><p><span lang=en>直</span></p>",
        f"<p><span style='text-emphasis:dot'>字㎏㎏㎏</span></p>{'<p>文</p>' * 60}<p><i>斜<span class=warichu>割注</span></i></p>",
        "<ul><li><p lang=zh-Hant><span lang=ja>直</span></p></li></ul>",
        "<p>中<span lang=ja>山<ruby>川<rt>かわ</rt></ruby><span class=warichu>割注</span></span></p>",
    ],
    ids=[
        "heading in a quotation before all sections",
        "heading in a cell of a deep section",
        "picture in a heading",
        "picture among marked words of a heading",
        "caption of a picture without a description",
        "table without cells",
        "words that are turned",
        "code in other marks",
        "code in a link",
        "link to a cell below a low line",
        "link to a paragraph close below another",
        "link to a picture",
        "picture in a term",
        "paragraph in another language with the rules of its own",
        "inline note in emphasised words",
        "languages of one stretch",
        "ruby and inline notes in another language",
    ],
)
@pytest.mark.parametrize("mode", ["horizontal", "vertical"])
def test_rare_structures_are_proved(tmp_path, body, mode):
    from tests.tools.docx_documents import png

    (tmp_path / "a.png").write_bytes(png(120, 160))
    source = tmp_path / "a.html"
    page = f"<title>题</title><article><h1>题</h1><p>正文一段。</p>{body}<p>后来。</p><h4>末</h4></article>"
    source.write_text(page, "utf-8")
    result = publisher.convert(
        [source], tmp_path / "out", output__verify=True, book__writing_mode=mode
    )
    assert result.error is None, [dict(d.args) for d in result.diagnostics]


def test_headings_are_found_where_upright_tables_have_most_of_the_text(tmp_path):
    """A page is vertical though most of its characters stand in a table's level lines."""
    row = "| 很长的单元格，要在单元格里折行，看看会不会压到旁边的列 | 内容 | 1234 |\n"
    table = "| 左 | 中 | 右 |\n|---|---|---|\n" + row * 4
    chapters = (f"# 第{n}章\n\n{'正文在表的前面。' * 6}\n\n{table}" for n in "一二三")
    source = tmp_path / "a.md"
    source.write_text("---\ntitle: 表\nlang: zh-Hans\n---\n\n" + "\n".join(chapters), "utf-8")
    theme = tmp_path / "small.toml"
    theme.write_text('schema = 1\nextends = "bunko"\n[page]\nsize = ["130mm", "170mm"]\n', "utf-8")
    options = {"theme__file": str(theme), "output__verify": True}
    result = publisher.convert([source], tmp_path, **options)
    assert result.error is None


def test_headings_are_found_beside_other_columns(tmp_path):
    """At the height of a heading, a line of the next column may stand higher than its baseline."""
    table = "| 左 | 右 |\n|---|---|\n" + "| 内容 | 1234 |\n" * 38
    sections = "\n\n".join(f"## 第{n}节的标题很长很长很长，要折行\n\n正文。" for n in "一二三四")
    source = tmp_path / "a.md"
    head = "---\ntitle: 栏\nlang: zh-Hans\n---\n\n# 章"
    source.write_text(f"{head}\n\n{table}\n\n{sections}\n", "utf-8")
    theme = tmp_path / "columns.toml"
    size = 'size = ["150mm", "190mm"]\ncolumns = 2\n'
    theme.write_text(f'schema = 1\nextends = "article"\n[page]\n{size}', "utf-8")
    options = {"theme__file": str(theme), "output__verify": True}
    result = publisher.convert([source], tmp_path, **options)
    assert result.error is None


def test_a_vertical_book_of_pictures_is_vertical(tmp_path):
    """Its page numbers in Word's contents are not compared, though few of its pages have text."""
    from publisher.verify.pdf import read_pdf
    from tests.tools.docx_documents import png

    (tmp_path / "a.png").write_bytes(png(600, 900))
    source = tmp_path / "a.html"
    figures = "<figure><img src='a.png' alt='圖'></figure>" * 6
    source.write_text(
        f"<html lang=zh-Hant><title>題</title><article><pre>中</pre>{figures}<p>字</p>"
    )
    result = publisher.convert(
        [source], tmp_path, output__verify=True, book__writing_mode="vertical"
    )
    assert result.error is None
    assert read_pdf((tmp_path / "a.pdf").read_bytes(), "a.pdf").facts["lines"] == "vertical"
