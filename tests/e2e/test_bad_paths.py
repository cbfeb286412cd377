"""Paths that the system refuses to look at: each is a mistake with a name, wherever it is given."""

import os
import pathlib
import stat

import pytest

from publisher.cli.main import main

LONG = "長" * 120  # 360 bytes; no file has so many
LINES = {
    ("build", "{long}"): 3,
    ("build", "{long}/a.md"): 3,
    ("build", "a.md", "-o", "{long}"): 7,
    ("build", "a.md", "-o", "{long}/out"): 7,
    ("build", "a.md", "--each", "-o", "{long}"): 7,
    ("build", "a.md", "--line-report", "{long}.txt"): 7,
    ("build", "a.md", "--text-report", "{long}/r.txt"): 7,
    ("build", "a.md", "--glyph-report", "{long}.txt"): 7,
    ("build", "a.md", "--config", "{long}"): 2,
    ("build", "a.md", "--watch", "--config", "{long}"): 2,
    ("build", "a.md", "--theme", "{long}/t.toml"): 2,
    ("check", "{long}.md"): 3,
    ("verify", "{long}"): 3,
    ("verify", "a.md", "--against", "{long}"): 3,
    ("tree", "{long}"): 3,
    ("outline", "{long}.txt"): 3,
    ("repair", "{long}"): 3,
    ("repair", "a.md", "-o", "{long}"): 7,
}


@pytest.fixture(autouse=True)
def source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# 題\n\n正文一段。\n", "utf-8")


@pytest.mark.parametrize(("line", "code"), LINES.items(), ids=map(" ".join, LINES))
def test_names_that_no_file_can_have(line, code, capsys):
    assert main([part.format(long=LONG) for part in line]) == code
    error = capsys.readouterr().err
    assert LONG in error
    assert os.strerror(36) in error
    assert "internal error" not in error


def test_a_long_name_in_fonts_paths(tmp_path, capsys):
    (tmp_path / "publisher.toml").write_text(f'[fonts]\npaths = ["{LONG}"]\n', "utf-8")
    assert main(["build", "a.md", "-q"]) == 5
    assert f"{LONG}: cannot be read" in capsys.readouterr().err


@pytest.fixture
def closed(tmp_path, monkeypatch):
    """A folder into which nobody may look, whoever runs the tests."""
    folder = tmp_path / "closed"
    folder.mkdir()
    real = pathlib.Path.stat

    def refused(path, **named):
        if path.parent == pathlib.Path("closed"):
            raise PermissionError(13, os.strerror(13), str(path))
        return real(path, **named)

    if os.geteuid() == 0:
        monkeypatch.setattr(pathlib.Path, "stat", refused)
        yield folder
        return
    folder.chmod(0)
    yield folder
    folder.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("command", ["build", "check", "tree", "repair"])
def test_a_source_in_a_folder_that_is_closed(closed, command, capsys):
    assert main([command, "closed/a.md"]) == 3
    error = capsys.readouterr().err
    assert error.startswith(f"publisher: closed/a.md: cannot be read: {os.strerror(13)} (")
    assert error.count("\n") == 1


@pytest.mark.parametrize("option", ["--line-report", "--text-report", "--glyph-report"])
def test_a_report_in_a_folder_that_is_closed(closed, option, capsys):
    if os.geteuid() == 0:
        closed.rmdir()
        closed.touch()
    assert main(["build", "a.md", option, "closed/r.txt"]) == 7
    assert "internal error" not in capsys.readouterr().err


def test_a_list_of_contents_with_a_name_that_no_file_has(tmp_path, capsys):
    (tmp_path / "SUMMARY.md").write_text("- [甲](a%00b.md)\n", "utf-8")
    assert main(["build", "SUMMARY.md"]) == 3
    assert "SUMMARY.md:1: names 'a\\x00b.md', which is not there" in capsys.readouterr().err
