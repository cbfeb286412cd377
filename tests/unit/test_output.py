"""Finished files: names, checks, and that no output is ever half there."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from publisher.errors import OutputExists, WriteError
from publisher.output import check_targets, safe_name, write_output
from publisher.writers.base import WriteInfo


@dataclass(frozen=True)
class Request:
    target: Path


def test_a_finished_file_takes_its_place(tmp_path):
    def write(request):
        assert request.target.parent == tmp_path
        request.target.write_bytes(b"new")
        return WriteInfo(3)

    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    assert write_output(write, Request(target)).pages == 3
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.pdf"]
    assert target.stat().st_mode & 0o444 == 0o444


@pytest.mark.parametrize("problem", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failed_write_leaves_the_earlier_file_whole(tmp_path, problem):
    def write(request):
        request.target.write_bytes(b"half")
        raise problem

    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    expected = WriteError if isinstance(problem, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        write_output(write, Request(target))
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.pdf"]


def test_targets_are_checked_before_any_work(tmp_path):
    target = tmp_path / "deep" / "folder" / "a.pdf"
    check_targets([target], overwrite=True)
    assert list(target.parent.iterdir()) == []
    target.write_bytes(b"")
    check_targets([target], overwrite=True)
    with pytest.raises(OutputExists, match="exists already"):
        check_targets([target], overwrite=False)
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(WriteError, match="is a folder"):
        check_targets([tmp_path / "b.pdf"], overwrite=True)
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="is a file"):
        check_targets([tmp_path / "file" / "a.pdf"], overwrite=True)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("山居記", "山居記"),
        ("a/b\\c:d", "a_b_c_d"),
        ("..", "publication"),
        ("con", "_con"),
        ("  x. ", "x"),
        ("", "publication"),
        ("a\nb", "a_b"),
        ("a\u2028b", "a_b"),
        ("cod\u202efdp", "cod_fdp"),  # would be shown as codpdf
        ("\u2066a\u2069", "_a_"),
        ("com¹.a", "_com¹.a"),
        ("nul .a", "_nul .a"),
        ("CONOUT$", "_CONOUT$"),
        ("字" * 100, "字" * 66),
    ],
)
def test_names_suit_every_file_system(name, safe):
    assert safe_name(name) == safe
