"""``publisher check``: formats, levels, exit codes, fixes."""

import json

import pytest

from publisher.cli.main import main

TEXT = "题\n\n你好,世界，这里说的是关键词2。\n\n（文/王某\n"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_findings_for_people(source, capsys):
    assert main(["check", str(source)]) == 0
    out = capsys.readouterr().out
    assert f"{source}:3:3: warning: halfwidth-punct: 你好»,«世界" in out
    assert f"{source}:3:12: warning: placeholder" in out
    assert f"{source}:5:1: warning: unbalanced" in out
    assert "placeholder: a place mark of a template was never filled in" in out
    assert out.rstrip().endswith("notes")
    assert "3 warnings" in out


def test_levels_and_exit_codes(source, capsys):
    assert main(["check", str(source), "--fail", "placeholder"]) == 4
    assert "error: placeholder" in capsys.readouterr().out
    assert main(["check", str(source), "--strict"]) == 4
    quiet = ["--ignore", "placeholder", "--ignore", "unbalanced", "--ignore", "halfwidth-punct"]
    assert main(["check", str(source), "--strict", *quiet]) == 0


def test_levels_from_the_configuration(source):
    (source.parent / "publisher.toml").write_text('[preflight]\nfail = ["placeholder"]\n', "utf-8")
    assert main(["check", str(source)]) == 4
    assert main(["build", str(source), "-f", "docx", "-q", "-o", str(source.parent / "o")]) == 4
    assert not list((source.parent / "o").glob("*.docx"))


def test_an_unknown_code_is_refused(source, capsys):
    assert main(["check", str(source), "--fail", "placeholders"]) == 2
    assert "did you mean placeholder?" in capsys.readouterr().err


def test_json(source, capsys):
    assert main(["check", str(source), "--format", "json"]) == 0
    table = json.loads(capsys.readouterr().out)
    assert table["schema"] == "publisher-findings/1"
    placeholder = next(f for f in table["findings"] if f["code"] == "placeholder")
    assert placeholder["line"] == 3
    assert placeholder["column"] == 12
    assert placeholder["remedy"]


def test_sarif(source, capsys):
    assert main(["check", str(source), "--format", "sarif"]) == 0
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"]
        region = place.get("region", {"startLine": 1})
        assert region["startLine"] >= 1
        if "startColumn" in region:
            assert region["endColumn"] > region["startColumn"]


def test_github(source, capsys):
    assert main(["check", str(source), "--format", "github"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"::warning file={source},line=3,col=12,title=placeholder::" in "\n".join(lines)
    assert all(line.startswith(("::warning ", "::notice ", "::error ")) for line in lines)


def test_fixes_go_where_they_are_told(source, tmp_path, capsys):
    assert main(["check", str(source), "--fix"]) == 2
    target = tmp_path / "b.txt"
    assert main(["check", str(source), "--fix", "-o", str(target)]) == 0
    assert source.read_text(encoding="utf-8") == TEXT
    assert target.read_text(encoding="utf-8") == TEXT.replace(",", "，")
    err = capsys.readouterr().err
    assert "mended: " in err
    assert "1 places are mended" in err
    assert main(["check", str(source), "--fix", "--in-place"]) == 0
    assert source.read_text(encoding="utf-8") == TEXT.replace(",", "，")


def test_what_is_no_text_is_not_mended(source, tmp_path, capsys):
    assert main(["build", str(source), "-f", "docx", "-q", "-o", str(tmp_path)]) == 0
    file = tmp_path / "a.docx"
    before = file.read_bytes()
    assert main(["check", str(file), "--fix", "--in-place"]) == 0
    assert "not mended" in capsys.readouterr().err
    assert main(["check", str(file), "--fix", "-o", str(tmp_path / "b.docx")]) == 2
    assert file.read_bytes() == before
    assert not (tmp_path / "b.docx").exists()


def test_fixes_in_markdown_leave_code_and_markup(tmp_path):
    source = tmp_path / "a.md"
    text = "# 題\n\n**粗**字,和`a,中,b`，[鏈,接](https://a.example/中,文)。\n\n```\n中,文\n```\n"
    source.write_text(text, encoding="utf-8")
    assert main(["check", str(source), "--fix", "--in-place"]) == 0
    assert source.read_text(encoding="utf-8") == text.replace("字,", "字，").replace("鏈,", "鏈，")


def test_the_encoding_of_a_source_stays(tmp_path):
    source = tmp_path / "a.txt"
    source.write_bytes(TEXT.encode("gb18030"))
    assert main(["check", str(source), "--fix", "--in-place"]) == 0
    assert source.read_bytes().decode("gb18030") == TEXT.replace(",", "，")


def test_links_notes_and_pictures_that_lead_nowhere(tmp_path, capsys):
    source = tmp_path / "a.md"
    source.write_text(
        "# 題\n\n[見](#nirgends)，注[^1]。\n\n![](nowhere.png)\n\n[^2]: 沒有人\n", "utf-8"
    )
    main(["check", str(source)])
    out = capsys.readouterr().out
    for code in ("link-nowhere", "note-nowhere", "note-uncalled", "image-lost"):
        assert f": {code}" in out, code


def test_a_character_without_a_font_is_named(tmp_path, capsys):
    source = tmp_path / "a.txt"
    source.write_text("題\n\n這個字：\U00013000。\n", "utf-8")
    main(["check", str(source)])
    assert "missing-glyph" in capsys.readouterr().out


def test_sources_that_cannot_be_read_do_not_hide_the_others(source, tmp_path, capsys):
    bad = tmp_path / "b.pdf"
    bad.write_bytes(b"%PDF-1.4\n%\xe2\xe3")
    assert main(["check", str(bad), str(source)]) == 3
    out, err = capsys.readouterr()
    assert "placeholder" in out
    assert "b.pdf" in err
