"""A disk that fails (EIO) under a source, a picture, a font or an output: named, and nothing lost."""

import errno
import lzma
import os
import pathlib
import signal
import sys

import pytest

from publisher.cli.main import main

TEXT = "正文一段，足够长的文字用来成文。这里还有第二句话，说的是别的事。"
BROKEN = os.strerror(errno.EIO)


@pytest.fixture
def sources(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / f"{name}.md").write_text(f"# 题{name}\n\n{TEXT}\n", "utf-8")
    return tmp_path / "in"


def failing(real, which):
    """`real`, but that it fails as a broken disk does where `which` says so of its first argument."""

    def wrapped(first, *more, **named):
        if which(first):
            raise OSError(errno.EIO, BROKEN, str(first))
        return real(first, *more, **named)

    return wrapped


def build(*more, forms="epub,docx"):
    return main(["build", "--each", "in", "-o", "out", "-f", forms, "--jobs", "1", *more])


def made():
    return sorted(path.name for path in pathlib.Path("out").iterdir() if path.suffix != ".json")


def outputs(names):
    return sorted(f"{name}.{form}" for name in names for form in ("epub", "docx"))


def test_a_source_that_cannot_be_read_stops_only_itself(sources, monkeypatch, capsys):
    broken = failing(pathlib.Path.read_bytes, lambda path: path.name == "b.md")
    monkeypatch.setattr(pathlib.Path, "read_bytes", broken)
    assert build() != 0
    error = capsys.readouterr().err
    assert error.count(f"b.md: cannot be read: {BROKEN}") == 1
    assert "Traceback" not in error
    assert [n for n in made() if not n.startswith(".")] == outputs("ac")
    monkeypatch.undo()
    monkeypatch.chdir(sources.parent)
    assert build() == 0
    assert [n for n in made() if not n.startswith(".")] == outputs("abc")


@pytest.mark.parametrize("call", ["fsync", "write", "replace"])
def test_an_output_that_cannot_be_written_leaves_the_earlier_one(
    sources, monkeypatch, capsys, call
):
    assert build("-q") == 0
    before = {path.name: path.read_bytes() for path in pathlib.Path("out").iterdir()}
    for name in "abc":
        (sources / f"{name}.md").write_text(f"# 新题{name}\n\n{TEXT}{TEXT}\n", "utf-8")
    if call == "fsync":
        monkeypatch.setattr(os, "fsync", failing(os.fsync, lambda _: True))
    elif call == "replace":
        broken = failing(os.replace, lambda path: str(path).endswith(".tmp"))
        monkeypatch.setattr(os, "replace", broken)
    else:
        import zipfile

        broken = failing(zipfile._ZipWriteFile.write, lambda _: True)
        monkeypatch.setattr(zipfile._ZipWriteFile, "write", broken)
    assert build() != 0
    error = capsys.readouterr().err
    assert error.count(f"cannot be written: {BROKEN}") >= 3
    assert "Traceback" not in error
    assert ".tmp" not in error  # the name that the file would have had
    after = {path.name: path.read_bytes() for path in pathlib.Path("out").iterdir()}
    kept = {name: data for name, data in before.items() if name.endswith((".epub", ".docx"))}
    assert {name: after.get(name) for name in kept} == kept
    assert not [name for name in after if name.endswith(".tmp")]
    monkeypatch.undo()
    monkeypatch.chdir(sources.parent)
    assert build("-q") == 0
    now = {path.name: path.read_bytes() for path in pathlib.Path("out").iterdir()}
    assert all(now[name] != data for name, data in kept.items())


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="the system has no limit on files")
@pytest.mark.parametrize("form", ["pdf", "epub", "docx"])
def test_a_disk_without_room_is_named_with_the_file(sources, monkeypatch, capsys, form):
    import resource

    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # Python leaves half a file
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert build("-q", forms=form) == 0  # fonts are unpacked
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        code = build("--fresh", "-q", forms=form)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert code == 7
    lines = capsys.readouterr().err.splitlines()
    told = [line for line in lines if line.startswith("publisher: ")]
    assert [line.split(": ")[2] for line in told] == [f"out/{name}.{form}" for name in "abc"]
    assert all(os.strerror(errno.EFBIG) in line for line in told)
    assert not list(pathlib.Path("out").glob(".publisher-*.tmp"))


def test_a_picture_that_cannot_be_read_is_named_and_the_text_is_built(sources, monkeypatch, capsys):
    from tests.tools.docx_documents import png

    (sources / "p.png").write_bytes(png())
    (sources / "b.md").write_text(f"# 题\n\n{TEXT}\n\n![图](p.png)\n", "utf-8")
    for name in ("open", "read_bytes"):
        real = getattr(pathlib.Path, name)
        monkeypatch.setattr(pathlib.Path, name, failing(real, lambda path: path.name == "p.png"))
    assert build() == 0
    error = capsys.readouterr().err
    assert "p.png" in error
    assert "Traceback" not in error
    assert [n for n in made() if not n.startswith(".")] == outputs("abc")


@pytest.mark.parametrize("call", ["open", "read"])
def test_a_font_that_cannot_be_read_is_named(sources, monkeypatch, capsys, tmp_path, call):
    monkeypatch.setenv("PUBLISHER_CACHE_DIR", str(tmp_path / "cache"))
    if call == "open":
        real = pathlib.Path.open
        monkeypatch.setattr(pathlib.Path, "open", failing(real, lambda path: path.suffix == ".xz"))
    else:
        monkeypatch.setattr(lzma.LZMAFile, "read", failing(lzma.LZMAFile.read, lambda _: True))
    code = main(["build", "in/a.md", "-o", "out", "-f", "pdf"])
    error = capsys.readouterr().err
    assert code != 0
    assert BROKEN in error
    assert ".xz" in error
    assert "Traceback" not in error
    assert not list(pathlib.Path("out").glob("*.pdf"))
