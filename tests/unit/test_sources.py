"""What sources are: zip archives of articles, folders with a list of contents, links out of them."""

import zipfile
from pathlib import Path

import pytest

import publisher
from publisher.cli.main import main
from publisher.errors import SourceError
from publisher.settings import Settings
from publisher.sources import find_sources
from publisher.tree.nodes import Image, Section
from publisher.tree.walk import plain_text, query
from tests.tools.every_node import png


def archive(path, members):
    with zipfile.ZipFile(path, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def outline(blocks):
    return [(plain_text(b.title), outline(b.blocks)) for b in blocks if isinstance(b, Section)]


def built(source, folder, *more):
    assert main(["build", str(source), "-f", "epub", "-q", "-o", str(folder), *more]) == 0
    return {
        path.name: publisher.read(path).document
        for path in folder.iterdir()
        if path.suffix != ".jsonl"
    }


def test_articles_in_a_zip_in_natural_order(tmp_path):
    members = {
        "b/10.md": "# 十", "b/2.md": "# 二", "a.txt": "甲。", "__MACOSX/x.md": "x", ".hidden.md": "x",
        "README.md": "x", "b/i.png": png(),
    }  # fmt: skip
    path = archive(tmp_path / "z.zip", members)
    found = [source.member for source in find_sources([path], Settings())]
    assert found == ["a.txt", "b/2.md", "b/10.md"]


def test_a_zip_becomes_a_volume_with_its_pictures(tmp_path):
    text = "# 一\n\n文。\n\n![图](../img/i.png)\n"
    path = archive(
        tmp_path / "书.zip", {"ch/1.md": text, "ch/2.md": "# 二\n\n文。", "img/i.png": png()}
    )
    (document,) = built(path, tmp_path / "o").values()
    assert [title for title, _ in outline(document.body)] == ["一", "二"]
    assert len(list(query(document, Image))) == 1


def test_each_article_of_a_zip_by_itself(tmp_path):
    path = archive(tmp_path / "z.zip", {"x/一.md": "文。", "二.txt": "文。"})
    assert sorted(built(path, tmp_path / "o", "--each")) == ["一.epub", "二.epub"]


@pytest.mark.parametrize(
    "members", [{}, {"a.bin": b"x"}, {"inner.zip": b"PK\x05\x06" + bytes(18)}, {"../a.md": "x"}]
)
def test_zips_without_articles_or_with_threats_are_refused(tmp_path, capsys, members):
    path = archive(tmp_path / "z.zip", members)
    assert main(["build", str(path), "-o", str(tmp_path / "o")]) == 3
    assert "z.zip" in capsys.readouterr().err
    assert not (tmp_path / "a.md").exists()


def test_a_truncated_zip_is_refused(tmp_path):
    path = archive(tmp_path / "z.zip", {"a.md": "文" * 999})
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(SourceError, match="zip"):
        find_sources([path], Settings())


# --------------------------------------------------------------------------- lists of contents


@pytest.fixture
def book(tmp_path):
    folder = tmp_path / "book"
    (folder / "src").mkdir(parents=True)
    for name in ("z", "a", "a1", "b"):
        (folder / "src" / f"{name}.md").write_text(f"# {name}\n\n文。\n", "utf-8")
    return folder


def summary(folder, text):
    (folder / "src" / "SUMMARY.md").write_text(text, "utf-8")
    return folder


def test_a_list_of_contents_gives_order_and_nesting(book, tmp_path):
    summary(
        book, "# 目录\n\n[z](z.md)\n\n- [a](a.md)\n  - [a1](./a1.md)\n- [b](b.md#x)\n- [草稿]()\n"
    )
    (document,) = built(book, tmp_path / "o").values()
    assert outline(document.body) == [("z", []), ("a", [("a1", [])]), ("b", [])]


def test_headings_in_it_are_parts(book, tmp_path):
    summary(book, "# Summary\n\n# 上编\n\n- [z](z.md)\n\n# 下编\n\n- [b](b.md)\n")
    (document,) = built(book, tmp_path / "o").values()
    assert outline(document.body) == [("上编", [("z", [])]), ("下编", [("b", [])])]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("- [x](none.md)\n", "none.md"),
        ("- [x](../../out.md)\n", "out of the folder"),
        ("文\n", "no file"),
    ],
)
def test_lists_that_name_what_is_not_there(book, text, part):
    with pytest.raises(SourceError, match=part) as problem:
        find_sources([summary(book, text)], Settings())
    assert "SUMMARY.md" in str(problem.value)


# -------------------------------------------------------------------------------------- symlinks


def test_articles_behind_links_out_of_the_folder_are_refused(tmp_path):
    (tmp_path / "secret.md").write_text("密。", "utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text("文。", "utf-8")
    (folder / "inner.md").symlink_to(folder / "a.md")
    assert len(find_sources([folder], Settings())) == 2
    (folder / "b.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(SourceError, match="link out of the folder"):
        find_sources([folder], Settings())


def test_pictures_behind_links_out_of_the_folder_are_not_read(tmp_path):
    outside = tmp_path / "outside.png"
    outside.write_bytes(png())
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "i.png").symlink_to(outside)
    (folder / "a.md").write_text("文。![](i.png)", "utf-8")
    reading = publisher.read(folder / "a.md")
    assert [d.code for d in reading.diagnostics] == ["resource.outside"]
    assert reading.document.resources == ()


def test_a_large_page_is_read_within_the_limits(tmp_path):
    page = tmp_path / "a.html"
    page.write_text("<p>" + "文。" * 50 + "</p>\n" + "<p>句。</p>\n" * 200_000, "utf-8")
    assert publisher.read(page).document.body
    with pytest.raises(SourceError, match="limit"):
        publisher.read(page, input__max_bytes=1_000_000)


def test_a_link_that_leads_nowhere_and_a_pipe_are_named_as_such(tmp_path):
    (tmp_path / "a.md").symlink_to(tmp_path / "gone.md")
    with pytest.raises(SourceError, match="a link that leads nowhere"):
        find_sources([tmp_path / "a.md"], Settings())
    with pytest.raises(SourceError, match="not read from a pipe"):
        find_sources([Path("-")], Settings())
