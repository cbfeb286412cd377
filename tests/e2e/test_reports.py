"""Reports of a run: of every job, and in nobody's place."""

import json

import pytest

import publisher
from publisher.cli.main import main
from publisher.errors import WriteError

OPTIONS = ("--line-report", "--text-report", "--glyph-report")


@pytest.fixture(autouse=True)
def sources(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in "ab":
        (tmp_path / "in" / f"{name}.md").write_text(f"# 題{name}\n\n正文一段。\n", "utf-8")
    return tmp_path / "in"


def build(*more):
    return main(["build", "in", "-o", "out", "-f", "pdf", "-q", *more])


@pytest.mark.parametrize("option", OPTIONS)
def test_a_second_run_reports_on_what_has_not_changed_too(option):
    for _ in range(2):
        assert build("--each", option, "r.json") == 0
        with open("r.json", encoding="utf-8") as file:
            assert [d["document"] for d in json.load(file)["documents"]] == ["a", "b"]


@pytest.mark.parametrize("more", [(), ("--each",)])
@pytest.mark.parametrize("option", OPTIONS)
def test_no_report_takes_the_place_of_a_source(sources, option, more, capsys):
    before = (sources / "b.md").read_bytes()
    assert build(*more, option, "in/b.md") == 7
    assert "in/b.md: would replace the source in/b.md" in capsys.readouterr().err
    assert (sources / "b.md").read_bytes() == before
    assert not (sources.parent / "out").exists()


@pytest.mark.parametrize("option", OPTIONS)
def test_no_report_takes_the_place_of_an_output(option, capsys):
    assert build("--each", option, "out/../out/b.pdf") == 7
    assert "b.pdf: would be written twice" in capsys.readouterr().err


def test_no_report_takes_the_place_of_another(capsys):
    assert build("--line-report", "r.txt", "--glyph-report", "./r.txt") == 7
    assert "r.txt: would be written twice" in capsys.readouterr().err


def test_nor_from_python(sources):
    with pytest.raises(WriteError, match="would replace the source"):
        publisher.convert([sources / "a.md"], "out", output__text_report=str(sources / "a.md"))


@pytest.mark.parametrize("suffix", ["txt", "json"])
@pytest.mark.parametrize("option", OPTIONS)
def test_a_report_beside_the_sources_is_no_source_of_the_next_run(sources, option, suffix):
    made = []
    for _ in range(2):
        assert build(option, f"in/r.{suffix}") == 0
        made.append((sources.parent / "out" / "in.pdf").read_bytes())
    assert made[0] == made[1]


def test_an_outline_does_not_take_the_place_of_its_text(tmp_path, capsys):
    text = tmp_path / "a.txt"
    text.write_text("第一章 山\n\n正文。\n", "utf-8")
    assert main(["outline", "a.txt", "-o", "./a.txt"]) == 7
    assert "would replace the source" in capsys.readouterr().err
    assert text.read_text("utf-8").startswith("第一章")
