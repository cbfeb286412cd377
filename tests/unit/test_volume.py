"""Finding sources and joining their trees."""

from pathlib import Path

import pytest

from publisher import sources, volume
from publisher.errors import SourceError
from publisher.settings import BookSettings, InputSettings, PartSettings, Settings
from publisher.tree.meta import Contributor, Document, Metadata
from publisher.tree.nodes import (
    Attr,
    Footnote,
    Link,
    NoteRef,
    Paragraph,
    Section,
    Text,
)


def text(value):
    return (Text(value),)


def document(title="", body=(), **meta):
    return Document(Metadata(title=text(title) if title else (), **meta), tuple(body))


def join(*documents, book=None, parts=None, forced=()):
    groups = parts or [("", list(documents))]
    return volume.assemble(
        groups,
        Settings(book=book or BookSettings()),
        forced=frozenset(forced),
        fallback_title="folder",
    )


def test_natural_order():
    names = ["10.md", "2.md", "１.md", "b.md", "a10", "a9"]
    assert sorted(names, key=sources.natural_key) == ["１.md", "2.md", "10.md", "a9", "a10", "b.md"]


def test_a_folder_gives_its_sources_in_natural_order(tmp_path):
    for name in ("10.txt", "2.md", "README.md", ".hidden.md", "x.png", "sub/1.html", "_d/2.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = sources.find_sources([tmp_path], Settings())
    assert [f.path.relative_to(tmp_path).as_posix() for f in found] == [
        "2.md",
        "10.txt",
        "sub/1.html",
    ]
    assert {f.root for f in found} == {tmp_path}


def test_listed_files_keep_their_order(tmp_path):
    for name in ("a.md", "b1.md", "b2.md"):
        (tmp_path / name).write_text("x")
    settings = Settings(input=InputSettings(files=("b*.md", "a.md")))
    found = sources.find_sources([tmp_path], settings)
    assert [f.path.name for f in found] == ["b1.md", "b2.md", "a.md"]
    for pattern in ("../*.md", "/etc/*", "none.md"):
        with pytest.raises(SourceError):
            sources.find_sources([tmp_path], Settings(input=InputSettings(files=(pattern,))))


def test_missing_paths_and_empty_folders_are_named(tmp_path):
    (tmp_path / "article.txt").write_text("x")
    with pytest.raises(SourceError, match=r"did you mean .*article\.txt"):
        sources.find_sources([tmp_path / "artcle.txt"], Settings())
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="holds no source") as caught:
        sources.find_sources([tmp_path / "empty"], Settings())
    assert caught.value.exit_code == 3


def test_a_single_document_stays_as_it_is():
    only = document("題", [Paragraph(text("文"))], language="zh-Hant")
    assert join(only) == only


def test_front_matter_wins_over_the_file_and_the_command_line_over_both():
    only = document("題", language="zh-Hant", date="2020")
    book = BookSettings(title="書", date="2025", publisher="社")
    kept = join(only, book=book)
    assert (kept.meta.title, kept.meta.date, kept.meta.publisher) == (text("題"), "2020", "社")
    assert join(only, book=book, forced=["book.title"]).meta.title == text("書")


def test_a_volume_has_a_chapter_for_each_article():
    first = document(
        "甲",
        [Paragraph(text("一")), Section(1, text("節"), (Section(2, text("小節")),))],
        language="zh-Hans",
        contributors=(Contributor("張三"), Contributor("日報", "source")),
        date="2024-01-02",
    )
    second = document("", [Section(1, text("乙"), (Paragraph(text("二")),))], language="zh-Hans")
    made = join(first, second, book=BookSettings(title="卷"))
    assert made.meta.title == text("卷")
    assert made.meta.language == "zh-Hans"
    assert made.meta.date == "2024-01-02"
    assert [c.name for c in made.meta.contributors] == ["張三"]
    one, two = made.body
    assert (one.title, one.level, one.kind, one.attr.lang) == (text("甲"), 1, "chapter", "zh-Hans")
    assert [type(b).__name__ for b in one.blocks] == [
        "Paragraph", "Paragraph", "Paragraph", "Section",
    ]  # fmt: skip
    assert [b.role for b in one.blocks[:2]] == ["byline", "dateline"]
    assert (one.blocks[3].level, one.blocks[3].blocks[0].level) == (2, 3)
    assert (two.title, two.kind) == (text("乙"), "chapter")


def test_parts_stand_above_chapters():
    made = join(parts=[("", [document("序")]), ("上卷", [document("甲"), document("乙")])])
    assert [(b.level, b.kind) for b in made.body] == [(1, "chapter"), (1, "part")]
    assert [(c.level, c.title) for c in made.body[1].blocks] == [(2, text("甲")), (2, text("乙"))]


def test_ids_that_clash_are_renamed_with_their_links():
    def article(name):
        body = (
            Paragraph((Text("x"), NoteRef("fn1"), Link(text("y"), "#sec"))),
            Section(1, text("s"), (), attr=Attr(id="sec")),
            Footnote("fn1", (Paragraph(text("note")),)),
        )
        return document(name, body, language="ja")

    first, second = join(article("a"), article("b")).body
    assert first.blocks[0].content[1].note == "fn1"
    paragraph, section, note = second.blocks
    assert paragraph.content[1].note == note.id == "fn1_2"
    assert paragraph.content[2].target == "#" + section.attr.id == "#sec_2"


def test_files_fall_to_their_parts():
    files = [
        sources.SourceFile(Path("f") / name, name, Path("f")) for name in ("0.md", "1.md", "2.md")
    ]
    groups = volume.group_parts(files, [PartSettings("上", ("1.md",)), PartSettings("下", ("2*",))])
    assert [(g.title, [f.name for f in g.files]) for g in groups] == [
        ("", ["0.md"]), ("上", ["1.md"]), ("下", ["2.md"]),
    ]  # fmt: skip
    with pytest.raises(SourceError, match=r"9\.md"):
        volume.group_parts(files, [PartSettings("上", ("9.md",))])


def test_writing_modes_of_documents_and_settings():
    def mode(*documents, **more):
        return dict(join(*documents, **more).meta.extra).get("writing-mode", "")

    up, flat = (("writing-mode", "vertical"),), (("writing-mode", "horizontal"),)
    vertical, horizontal = (BookSettings(writing_mode=m) for m in ("vertical", "horizontal"))
    assert mode(document("甲", extra=up)) == "vertical"
    assert mode(document("甲"), book=vertical) == "vertical"
    assert mode(document("甲", extra=flat), book=vertical) == "horizontal"
    forced = ["book.writing_mode"]
    assert mode(document("甲", extra=up), book=horizontal, forced=forced) == "horizontal"
    # A volume has what its documents agree on, and the settings go before them.
    assert mode(document("甲", extra=up), document("乙")) == "vertical"
    assert mode(document("甲", extra=up), document("乙", extra=flat)) == ""
    assert mode(document("甲", extra=up), document("乙"), book=horizontal) == "horizontal"
