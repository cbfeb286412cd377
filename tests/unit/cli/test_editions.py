"""Editions: one source, a set of files for each region, with the same ids."""

import json
import zipfile

import pytest

from publisher.cli.main import main

TEXT = (
    "---\ntitle: 软件与头发\nlang: zh-Hans\n---\n\n# 第一章 里面\n\n他说：“少数组织被发明了，这里有‘软件’。”\n\n"
    "# 第二章 后来\n\n见[上文](#里面)，骨直置。\n"
)


@pytest.fixture
def made(tmp_path):
    source = tmp_path / "a.md"
    source.write_text(TEXT, encoding="utf-8")
    target = tmp_path / "out"
    tags = ["--edition", "zh-Hans", "--edition", "zh-TW", "--edition", "zh-HK"]
    report = tmp_path / "changes.json"
    assert main(["build", str(source), "-f", "epub", "-o", str(target), "-q", *tags,
                 "--text-report", str(report)]) == 0  # fmt: skip
    return target, report


def pages(path):
    with zipfile.ZipFile(path) as book:
        return {n: book.read(n).decode() for n in book.namelist() if n.endswith((".xhtml", ".opf"))}


def test_each_edition_has_the_words_marks_and_language_of_its_region(made):
    target, _ = made
    names = sorted(path.name for path in target.iterdir())
    assert names == ["a.zh-Hans.epub", "a.zh-Hant-HK.epub", "a.zh-Hant-TW.epub"]
    hans, hk, tw = ("".join(pages(target / name).values()) for name in names)
    assert "他说：“少数组织被发明了，这里有‘软件’。”" in hans
    assert "他說：「少數組織被發明了，這裡有『軟體』。」" in tw
    assert "他説：「少數組織被發明了，這裏有『軟件』。」" in hk
    assert "軟體與頭髮" in tw
    assert "軟件與頭髮" in hk
    for text, tag in ((hans, "zh-Hans"), (tw, "zh-Hant-TW"), (hk, "zh-Hant-HK")):
        assert f'xml:lang="{tag}"' in text
        assert f"<dc:language>{tag}</dc:language>" in text


def test_ids_are_the_same(made):
    target, _ = made
    files = [sorted(pages(path)) for path in sorted(target.iterdir())]
    assert files[0] == files[1] == files[2]
    import re

    ids = [re.findall(r'\bid="([^"]+)"', "".join(v for n, v in sorted(pages(p).items()) if n.endswith("xhtml")))
           for p in sorted(target.iterdir())]  # fmt: skip
    assert ids[0] == ids[1] == ids[2]


def test_the_report_lists_the_changes_of_each(made):
    _, report = made
    table = json.loads(report.read_text(encoding="utf-8"))
    assert [d["document"] for d in table["documents"]] == [
        "a.zh-Hans",
        "a.zh-Hant-TW",
        "a.zh-Hant-HK",
    ]
    kinds = {change["kind"] for change in table["documents"][1]["changes"]}
    assert {"quote-form", "parted"} <= kinds


def test_what_the_settings_say_goes_before_what_editions_do(tmp_path):
    source = tmp_path / "a.md"
    source.write_text(TEXT, encoding="utf-8")
    (tmp_path / "publisher.toml").write_text(
        '[transform.convert]\nphrases = false\n[transform.punctuation]\nmode = "off"\n'
        '[output]\neditions = ["zh-TW"]\n', encoding="utf-8"
    )  # fmt: skip
    assert main(["build", str(source), "-f", "epub", "-o", str(tmp_path / "o"), "-q"]) == 0
    text = "".join(pages(tmp_path / "o" / "a.zh-Hant-TW.epub").values())
    assert "這裡有‘軟件’" in text


def test_an_edition_that_is_no_chinese_is_refused(tmp_path, capsys):
    source = tmp_path / "a.md"
    source.write_text(TEXT, encoding="utf-8")
    assert main(["build", str(source), "--edition", "ja"]) == 2
    assert "zh-TW" in capsys.readouterr().err
