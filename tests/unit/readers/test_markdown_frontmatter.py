from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from PIL import Image

from publisher.errors import MalformedSource
from publisher.readers.markdown.frontmatter import _flat_yaml, people, split_front_matter
from publisher.readers.markdown.reader import MarkdownReader
from publisher.tree.meta import WRITING_MODE, Contributor, Series
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def meta(request_for: Any) -> Any:
    def run(front: str, **options: Any) -> Any:
        request, _ = request_for(f"---\n{front}\n---\n\n正文。\n", **options)
        return MarkdownReader().read(request).meta

    return run


def test_the_keys_people_know(meta: Any) -> None:
    made = meta(
        "title: 书名：*上*\nsubtitle: 副题\nauthor: [甲, 乙]\ntranslator: 丙\ndate: 2025-12-22\n"
        "lang: zh-CN\npublisher: 社\nabstract: |\n  一行\n  二行\nkeywords: 子，丑\ntags: [丑, 寅]\n"
        "isbn: 978-7-02-000220-7\nrights: 版权\nseries: {name: 丛书, position: 3}\n"
        "url: https://a.b/c\nsource: 某报"
    )
    assert plain_text(made.title) == "书名：上"
    assert plain_text(made.subtitle) == "副题"
    assert made.contributors == (
        Contributor("甲"),
        Contributor("乙"),
        Contributor("丙", "translator"),
        Contributor("某报", "source"),
    )
    assert (made.date, made.language, made.publisher) == ("2025-12-22", "zh-Hans", "社")
    assert (made.description, made.subjects) == ("一行 二行", ("子", "丑", "寅"))
    assert (made.identifier, made.rights) == ("urn:isbn:9787020002207", "版权")
    assert (made.series, made.source_url) == (Series("丛书", "3"), "https://a.b/c")


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("标题: 甲", "甲"),
        ("タイトル: 甲", "甲"),
        ("제목: 甲", "甲"),
        ("title:\n- {type: main, text: 甲}\n- {type: subtitle, text: 乙}", "甲"),
        ("title: '{漢字|かんじ}'", "漢字"),
        ("title: 2025", "2025"),
        ("title: 是 # 注释", "是"),
    ],
)
def test_titles(front: str, title: str, meta: Any) -> None:
    assert plain_text(meta(front).title) == title


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("曹雪芹、高鹗", ["曹雪芹", "高鹗"]),
        ("张三，李四", ["张三", "李四"]),
        ("Doe, John", ["Doe, John"]),
        (
            ["甲", {"name": "乙"}, {"given": "John", "family": "Doe"}, {"x": "y"}],
            ["甲", "乙", "John Doe"],
        ),
        ("", []),
    ],
)
def test_names(value: Any, names: list[str]) -> None:
    assert [person.name for person in people(value, "author")] == names


def test_a_person_may_bring_a_role_and_an_order() -> None:
    value = {"name": "夏目漱石", "role": "ill", "file-as": "なつめそうせき", "lang": "ja"}
    assert people(value, "author") == [
        Contributor("夏目漱石", "illustrator", "なつめそうせき", "ja")
    ]


def test_values_stay_as_they_are_written(meta: Any) -> None:
    made = meta("id: 007\nno: no\nver: 1.10\nempty:\nnull: ~")
    assert made.identifier == "007"
    assert made.extra == (("no", "no"), ("ver", "1.10"))


@pytest.mark.parametrize(
    "line",
    [
        "title: 红楼梦",
        "title: 《红楼梦》，一百二十回  ",
        'title: "红 楼: 梦"',
        "title: '红楼 # 梦'",
        "title:",
        "version: 1.10",
        "title: no",
        "作者: 曹雪芹、高鹗",
    ],
)
def test_simple_lines_are_read_as_yaml_reads_them(line: str) -> None:
    for body in (f"{line}\n", f"lang: ja\n\n{line}\nother: 1\ntitle: 3\n"):
        assert _flat_yaml(body) == yaml.load(body, Loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    "line",
    ["a: b # c", "a: b: c", "a: ~", "a: [b, c]", 'a: "b\\n"', "a: it's", "a: |\n  b", "a: b\n  c"]
    + ["a: -1", "- a", "a: &b c", "a:\tb", "a: b\u3000c", "? a", "a", "a: >\n b", "a: %b"],
)
def test_other_lines_are_left_to_yaml(line: str) -> None:
    assert _flat_yaml(f"title: b\n{line}\n") is None


def test_unknown_keys_and_dates_are_kept_and_told(request_for: Any) -> None:
    request, report = request_for("---\nfoo: {a: 1}\ndate: 某日\n---\n文")
    made = MarkdownReader().read(request).meta
    assert made.date == ""
    assert made.extra == (("date", "某日"), ("foo", "a: 1"))
    assert [(d.code, d.line) for d in report.diagnostics] == [
        ("front-matter.unknown-key", 2),
        ("front-matter.date", 3),
    ]


@pytest.mark.parametrize(
    ("front", "mode"),
    [
        ("writing-mode: vertical", "vertical"),
        ("Writing-Mode: Vertical-RL", "vertical"),
        ("排版方向: 直排", "vertical"),
        ("組方向: 縦組み", "vertical"),
        ("writing-mode: horizontal-tb", "horizontal"),
    ],
)
def test_the_writing_mode(front: str, mode: str, meta: Any) -> None:
    assert meta(front).extra == ((WRITING_MODE, mode),)


def test_an_unknown_writing_mode_is_told(request_for: Any) -> None:
    request, report = request_for("---\nwriting-mode: diagonal\n---\n文")
    assert MarkdownReader().read(request).meta.extra == ()
    assert [(d.code, d.line) for d in report.diagnostics] == [("front-matter.writing-mode", 2)]


def test_the_cover_is_taken_from_beside_the_source(meta: Any, tmp_path: Path) -> None:
    Image.new("RGB", (4, 6)).save(tmp_path / "c.png")
    made = meta("cover-image: c.png", folder=tmp_path)
    assert len(made.cover) == 32
    assert meta("cover-image: none.png", folder=tmp_path).cover == ""


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: 甲\nauthor: [乙", 4),
        ("title: 甲\n\tauthor: 乙", 3),
        ("title: 'a\nb: c", 4),
        ("a: " + "[" * 2000, 1),
        ("a: &a x\nb: [" + ", ".join(["*a"] * 200) + "]", 1),
    ],
)
def test_broken_yaml_is_one_clear_error_with_its_line(front: str, line: int) -> None:
    with pytest.raises(MalformedSource) as caught:
        split_front_matter(f"---\n{front}\n---\n", "t.md")
    assert caught.value.where == f"t.md:{line}"


def test_aliases_do_not_multiply(meta: Any) -> None:
    lines = ["a0: &a0 [x, x, x]", *(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40))]
    assert sum(len(value) for _, value in meta("\n".join(lines)).extra) < 50_000


@pytest.mark.parametrize(
    "text",
    [
        "---\n一段文字\n---\n二",
        "----\n",
        "---\n",
        "---\ntitle: x\n没有结尾",
        "文\n---\na: b\n---\n",
    ],
)
def test_rules_are_not_front_matter(text: str) -> None:
    front, rest = split_front_matter(text, "t.md")
    assert (dict(front.values), rest) == ({}, text)


def test_toml_between_plus_signs() -> None:
    front, rest = split_front_matter("+++\ntitle = '甲'\ndate = 2025-12-22\n+++\n文", "t.md")
    assert (front.values["title"], front.values["date"], rest) == ("甲", "2025-12-22", "文")
    with pytest.raises(MalformedSource) as caught:
        split_front_matter("+++\na = 1\nb = \n+++\n", "t.md")
    with pytest.raises(MalformedSource, match="a number is too long"):
        split_front_matter(f"+++\na = {'9' * 5000}\n+++\n", "t.md")
    assert caught.value.where == "t.md:3"


def test_the_language_is_told_by_the_text_when_nothing_says_it(request_for: Any) -> None:
    for text, tag in (
        ("これは本です。", "ja"),
        ("這是書，說話。", "zh-Hant"),
        ("책을 읽는다.", "ko"),
    ):
        assert MarkdownReader().read(request_for(text)[0]).meta.language == tag
