"""What a stranger does to the tool: one clear line, the right exit code, nothing half-written."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import types
from pathlib import Path

import pytest

from publisher.cli.main import main
from publisher.sources import LEDGER_NAME

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f00010101001bb6ee560000000049454e44ae426082"
)


def run(capsys, *arguments):
    code = main([str(a) for a in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def build(capsys, tmp_path, source, *options):
    return run(capsys, "build", source, "-o", tmp_path / "out", *options)


def written(tmp_path):
    folder = tmp_path / "out"
    return sorted(n for n in os.listdir(folder) if n != LEDGER_NAME) if folder.is_dir() else []


def one_line(error):
    """The last line is the message; no traceback anywhere."""
    assert "Traceback" not in error
    lines = [line for line in error.splitlines() if line.startswith("publisher: ")]
    assert len(lines) == 1, error
    return lines[0]


def source(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content", "code", "part"),
    [
        ("empty.txt", b"", 3, "holds no text"),
        ("blank.md", b" \n\n\t", 3, "holds no text"),
        ("binary.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40, 3, "binary.txt"),
        ("picture.txt", PIXEL, 3, "picture.txt"),
        ("archive.txt", b"PK\x03\x04" + b"\0" * 200, 3, "archive.txt"),
        ("real.pdf", b"%PDF-1.7\n", 3, "PDF files are not read"),
        ("word.docx", b"PK\x03\x04", 3, "is not a whole zip archive"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 3, "Word 97-2003"),
        ("old.doc", b"\xd0\xcf\x11\xe0", 3, "save it as .docx first"),
        ("data.xyz", b"text", 3, "no reader takes .xyz files"),
        ("bad.json", b"{", 3, "bad.json"),
        ("list.json", b"[1, 2]", 3, "list.json"),
        ("other.json", b'{"schema": "publisher-tree/99", "body": []}', 3, "99"),
        ("front.md", b"---\ntitle: [a\n---\ntext\n", 3, "front.md"),
    ],
)
def test_sources_that_cannot_be_read(capsys, tmp_path, name, content, code, part):
    path = source(tmp_path, name, content)
    got, _, error = build(capsys, tmp_path, path)
    line = one_line(error)
    assert got == code, error
    assert part in line
    assert name in line
    assert written(tmp_path) == []


def test_missing_path_and_empty_folder(capsys, tmp_path):
    code, _, error = build(capsys, tmp_path, tmp_path / "none.txt")
    assert code == 3
    assert "does not exist" in one_line(error)
    (tmp_path / "empty").mkdir()
    code, _, error = build(capsys, tmp_path, tmp_path / "empty")
    assert code == 3
    assert "holds no source" in one_line(error)


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--to", "zh-XX"], "zh-XX"),
        (["-f", "pdf,odt"], "odt"),
        (["-f", ""], "no output format"),
        (["--theme", "nope"], "nope"),
        (["--theme", "nope.toml"], "nope.toml"),
        (["--from", "rtf"], "rtf"),
        (["--jobs", "-3"], "batch.jobs"),
        (["--date", "2025-13-45"], "2025-13-45"),
        (["--lang", "klingon"], "klingon"),
        (["--phrases"], "phrases"),
        (["--config", "nope.toml"], "nope.toml"),
    ],
)
def test_wrong_options(capsys, tmp_path, options, part):
    path = source(tmp_path, "a.md", "# 標題\n\n正文。\n")
    code, _, error = build(capsys, tmp_path, path, *options)
    assert code == 2, error
    assert part in one_line(error)


def test_wrong_encoding_is_named_with_its_place(capsys, tmp_path):
    path = source(tmp_path, "a.txt", "標題\n\n正文。".encode("big5") + b"\xff\xff")
    code, _, error = build(capsys, tmp_path, path, "--encoding", "utf-8")
    assert code == 3
    line = one_line(error)
    assert "a.txt" in line
    assert "utf-8" in line.lower()
    code, _, error = build(capsys, tmp_path, path, "--encoding", "klingon")
    assert code in (2, 3)
    assert "klingon" in one_line(error)


def test_one_line_of_100_mb(capsys, tmp_path):
    path = source(tmp_path, "long.txt", "字" * 34_000_000)
    began = time.monotonic()
    code, _, error = build(capsys, tmp_path, path)
    assert code == 3
    assert "long.txt" in one_line(error)
    assert time.monotonic() - began < 20


def test_html_nested_100_000_deep(capsys, tmp_path):
    path = source(tmp_path, "deep.html", "<div>" * 100_000 + "深處的字" + "</div>" * 100_000)
    code, _, error = build(capsys, tmp_path, path, "-f", "epub")
    assert "Traceback" not in error
    assert code in (0, 3)
    assert "deep.html" in error


def test_markdown_nested_deep(capsys, tmp_path):
    path = source(tmp_path, "deep.md", ">" * 5_000 + " 字\n\n" + "[" * 5_000 + "\n")
    code, _, error = build(capsys, tmp_path, path, "-f", "epub")
    assert "Traceback" not in error
    assert code in (0, 3)


def test_pictures_missing_broken_and_lying(capsys, tmp_path):
    (tmp_path / "broken.png").write_bytes(PIXEL[:30])
    (tmp_path / "lie.png").write_bytes(b"<html>not a picture</html>")
    path = source(
        tmp_path,
        "a.md",
        "# 題\n\n![缺圖](none.png)\n\n![壞圖](broken.png)\n\n![假圖](lie.png)\n\n![外](../../x.png)\n",
    )
    code, _, error = build(capsys, tmp_path, path)
    assert code == 0, error
    assert written(tmp_path) == ["a.docx", "a.epub", "a.pdf"]
    for name, line in (("none.png", 3), ("broken.png", 5), ("lie.png", 7), ("x.png", 9)):
        assert any(name in said and f"a.md:{line}" in said for said in error.splitlines()), name


def test_links_and_notes_that_lead_nowhere(capsys, tmp_path):
    path = source(tmp_path, "a.md", "# 題\n\n看[這裡](#nowhere)。[^1]\n\n[^1]:\n\n再[^9]。\n")
    code, _, error = build(capsys, tmp_path, path)
    assert code == 0, error
    assert "nowhere" in error
    assert "Traceback" not in error


def test_control_characters_and_surrogates(capsys, tmp_path):
    path = source(tmp_path, "a.txt", b"\xe6\xa8\x99\xe9\xa1\x8c\n\nA\x08B\x1bC\xed\xa0\x80D\n")
    code, _, error = build(capsys, tmp_path, path)
    assert code in (0, 3), error
    assert "Traceback" not in error


def test_the_rest_of_a_batch_is_done(capsys, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    source(folder, "1.md", "# 一\n\n正文。\n")
    source(folder, "2.md", b"")
    source(folder, "3.md", "# 三\n\n正文。\n")
    code, out, error = build(capsys, tmp_path, folder, "--each", "-f", "epub")
    assert code == 3
    assert written(tmp_path) == ["1.epub", "3.epub"]
    assert "2.md" in one_line(error)
    assert "1 of 3 failed" in out


def test_output_folder_that_cannot_be_made(capsys, tmp_path):
    path = source(tmp_path, "a.md", "# 題\n\n正文。\n")
    (tmp_path / "out").write_text("a file")
    code, _, error = build(capsys, tmp_path, path)
    assert code == 7
    assert "is a file, not a folder" in one_line(error)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_keeps_the_earlier_file(capsys, tmp_path, monkeypatch):
    path = source(tmp_path, "a.md", "# 題\n\n正文。\n")
    assert build(capsys, tmp_path, path, "-f", "epub")[0] == 0
    before = (tmp_path / "out" / "a.epub").read_bytes()
    from publisher import output

    def full(**keywords):
        handle, name = tempfile.mkstemp(**keywords)
        os.unlink(name)
        os.symlink("/dev/full", name)
        return handle, name

    files = types.SimpleNamespace(mkstemp=full, NamedTemporaryFile=tempfile.NamedTemporaryFile)
    monkeypatch.setattr(output, "tempfile", files)
    for kind in ("pdf", "epub", "docx"):
        code, _, error = build(capsys, tmp_path, path, "-f", kind)
        assert code == 7, kind
        assert "No space left" in one_line(error)
    monkeypatch.undo()
    assert (tmp_path / "out" / "a.epub").read_bytes() == before
    assert written(tmp_path) == ["a.epub"]


def test_a_character_without_a_font(capsys, tmp_path):
    path = source(tmp_path, "a.md", "# 題\n\n正文\U0002f7e2與\U000e2345。\n")
    code, _, error = build(capsys, tmp_path, path)
    assert code == 0
    assert "a.md:3" in error
    assert "U+E2345" in error
    code, _, error = build(capsys, tmp_path, path, "--strict", "-o", tmp_path / "strict")
    assert code == 5
    assert "a.md:3" in one_line(error)
    assert not list((tmp_path / "strict").glob("*"))


def test_an_empty_source_does_not_stop_a_volume(capsys, tmp_path):
    one = source(tmp_path, "1.md", "# 一\n\n正文。\n")
    empty = source(tmp_path, "2.md", b"")
    code, out, error = run(capsys, "build", one, empty, "-f", "epub", "-o", tmp_path / "out")
    assert code == 0
    assert "2.md: warning: holds no text; it is passed over" in error
    code, _, error = run(capsys, "build", empty, empty, "-f", "epub", "-o", tmp_path / "out")
    assert code == 3
    assert "no source holds any text" in one_line(error)


def test_json_events_are_lines(capsys, tmp_path):
    path = source(tmp_path, "a.md", "# 題\n\n正文。\n")
    code, out, _ = build(capsys, tmp_path, path, "--json", "-f", "epub")
    events = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [e["event"] for e in events if e["event"] in ("JobStarted", "JobFinished")] == [
        "JobStarted",
        "JobFinished",
    ]
    assert any(e["event"] == "OutputWritten" and e["format"] == "epub" for e in events)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_with_workers(tmp_path):
    text = "# 章\n\n" + ("這是一段很長的正文，一直寫下去。" * 200 + "\n\n") * 600
    sources = [str(source(tmp_path, f"{n}.md", text)) for n in range(3)]
    process = subprocess.Popen(
        [sys.executable, "-m", "publisher", "build", *sources, "--each", "--jobs", "2"]
        + ["-o", str(tmp_path / "out")],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )
    time.sleep(2.5)
    os.killpg(process.pid, signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert process.returncode == 130, error.decode()
    assert b"Traceback" not in error
    assert not [n for n in written(tmp_path) if n.startswith(".")]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c(tmp_path):
    text = "# 章\n\n" + ("這是一段很長的正文，一直寫下去。" * 200 + "\n\n") * 600
    path = source(tmp_path, "long.md", text)
    process = subprocess.Popen(
        [sys.executable, "-m", "publisher", "build", str(path), "-o", str(tmp_path / "out")],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert process.returncode == 130, error.decode()
    assert b"Traceback" not in error
    assert b"interrupted" in error
    assert not [n for n in written(tmp_path) if n.startswith(".")]
