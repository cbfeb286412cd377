"""Metadata that every writer can take, whatever sources and settings spell."""

import json

import pytest

import publisher
from publisher.cli.main import main
from publisher.tree.meta import Contributor, Metadata, Series
from publisher.tree.nodes import Emphasis, Text
from publisher.tree.sound import sound_metadata

# As escapes, which front matter and JSON-LD may hold where a plain text holds none.
BAD = {
    "control": r"甲\u0001乙",
    "null": r"甲\u0000乙",
    "noncharacter": r"甲\uFFFE乙",
    "next line": r"甲\u0085乙",
    "blank": "  ",
    "ideographic blank": r"\u3000",
    "empty": "",
}
KEYS = ("title", "subtitle", "author", "identifier", "publisher", "description", "subjects", "rights")  # fmt: skip


def test_sound_metadata_stays_the_same_object():
    meta = Metadata(title=(Text("題"),), contributors=(Contributor("甲"),), language="zh-Hans")
    assert sound_metadata(meta) is meta


def test_what_is_left_without_a_name_goes():
    meta = Metadata(
        title=(Emphasis((Text("題\x01"),)), Text("\ufffe")),
        subtitle=(Text(" \x02"),),
        contributors=(Contributor(" "), Contributor("甲\x00", lang="no tag at all")),
        language="javascript:alert(1)",
        publisher="\x7f",
        subjects=("", "書"),
        series=Series(" ", "1"),
        extra=(("a", "b\x03"),),
    )
    assert sound_metadata(meta) == Metadata(
        title=(Emphasis((Text("題"),)),),
        contributors=(Contributor("甲"),),
        subjects=("書",),
        extra=(("a", "b"),),
    )


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_front_matter(tmp_path, bad):
    for form in ('{}: "{}"', '{}: ["{}", "{}"]'):
        lines = "\n".join(form.format(key, bad, bad) for key in KEYS)
        source = tmp_path / "a.md"
        source.write_text(f"---\n{lines}\n---\n# 章\n\n正文一段。\n", "utf-8")
        result = publisher.convert([source], tmp_path / "out", output__verify=True)
        assert result.error is None, form


def test_facts_in_a_page(tmp_path):
    facts = json.dumps({"@type": "Article", "headline": "題\x01目", "author": {"name": "\ufffe"}})
    page = f"<script type='application/ld+json'>{facts}</script><p>{'正文一段，足夠長。' * 20}</p>"
    source = tmp_path / "a.html"
    source.write_text(page, "utf-8")
    result = publisher.convert([source], tmp_path / "out", output__verify=True)
    assert result.error is None


@pytest.mark.parametrize("name", ["甲\udcff", "甲\x01", "甲\udce4\udcb8"])
def test_a_file_name_that_is_no_text_heads_a_chapter(tmp_path, name):
    folder = tmp_path / "in"
    folder.mkdir()
    for each in (name, "乙"):
        (folder / f"{each}.txt").write_text("正文一段。", "utf-8")
    result = publisher.convert([folder], tmp_path / "out", output__verify=True)
    assert result.error is None


@pytest.mark.parametrize("option", ["--title", "--subtitle", "--author"])
@pytest.mark.parametrize("text", ["a\x01", "a\udcff", "a\ufffe"])
def test_options_with_characters_that_are_no_text(tmp_path, option, text, capsys):
    source = tmp_path / "a.md"
    source.write_text("# 題\n\n正文。\n", "utf-8")
    assert main(["build", str(source), "-o", str(tmp_path / "out"), option, text]) == 2
    error = capsys.readouterr().err
    assert f"has the character U+{ord(text[1]):04X}" in error
    assert not (tmp_path / "out").exists()
