"""The glyph ledger: which face draws each character, and what none draws."""

import json

from publisher.cli.main import main
from publisher.reports.glyphs import SCHEMA

SOURCE = "# 标题\n\n正文 English 𠮷野家。\n\n没有的字：𲎯，又是𲎯。\n\n还有 ♘ 。\n"


def made(folder, name, *more):
    source = folder / "a.md"
    source.write_text(SOURCE, "utf-8")
    report = folder / name
    options = ["-o", str(folder), "-q", "--format", "epub", *more]
    assert main(["build", str(source), *options, "--glyph-report", str(report)]) == 0
    return report.read_text("utf-8")


def test_json(tmp_path):
    table = json.loads(made(tmp_path, "g.json"))
    assert table["schema"] == SCHEMA
    (document,) = table["documents"]
    found = {one["text"]: one for one in document["characters"]}
    assert found["正"]["drawn"][0]["face"].startswith("NotoSerifCJK")
    assert {one["how"] for one in found["正"]["drawn"]} == {"main"}
    assert found["𠮷"]["code"] == "U+20BB7"
    missing = found["𲎯"]
    assert missing["drawn"][0]["how"] == "none"
    assert missing["count"] == 2
    assert missing["places"] == [f"{tmp_path / 'a.md'}:5"]
    assert found["♘"]["drawn"][0]["how"] == "fallback"
    assert found["♘"]["places"] == [f"{tmp_path / 'a.md'}:7"]


def test_text(tmp_path):
    shown = made(tmp_path, "g.txt")
    assert "none draws 1" in shown
    line = next(line for line in shown.splitlines() if line.startswith("𲎯"))
    assert "U+323AF  2×" in line
    assert line.endswith("a.md:5")
    assert any(line.startswith("♘  U+2658  1×") for line in shown.splitlines())


def test_files_are_the_same_with_a_report(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    source = tmp_path / "a.md"
    source.write_text(SOURCE, "utf-8")
    formats = ["-q", "--format", "pdf,epub,docx"]
    report = ["--glyph-report", str(tmp_path / "g.txt")]
    assert main(["build", str(source), "-o", str(one), *formats]) == 0
    assert main(["build", str(source), "-o", str(other), *formats, *report]) == 0
    for kind in ("epub", "docx", "pdf"):
        assert (one / f"a.{kind}").read_bytes() == (other / f"a.{kind}").read_bytes()
