"""The same sources give the same bytes: again, elsewhere, with other hash seeds and other times."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import ROOT
from tests.tools import cases
from tests.tools.cases import FORMATS

SOURCES = [ROOT / "sources" / p.name for p in sorted((ROOT / "sources").iterdir())]
EPOCH = 1_735_689_600  # 2025-01-01T00:00:00Z
LATER = 1_767_225_600  # 2026-01-01T00:00:00Z


def run(folder, arguments, *, seed, epoch=None):
    """Builds in a process of its own, with `folder` as its working folder."""
    variables = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    variables["PYTHONHASHSEED"] = str(seed)
    variables["PYTHONPATH"] = os.pathsep.join(sys.path)
    if epoch is not None:
        variables["SOURCE_DATE_EPOCH"] = str(epoch)
    done = subprocess.run(
        [sys.executable, "-m", "publisher", "build", *arguments, "-o", "out"],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in sorted((folder / "out").glob("[!.]*"))}


def copied(folder, sources):
    """A folder of its own with the sources in it."""
    (folder / "in").mkdir(parents=True)
    for path in sources:
        if path.is_dir():
            shutil.copytree(path, folder / "in" / path.name)
        else:
            shutil.copy(path, folder / "in" / path.name)
    return folder


def write_every(target, language, seed):
    """Writes the document with everything in a process of its own."""
    code = (
        "import sys; sys.path[:0] = [sys.argv[1]]\n"
        "import runpy, pathlib\n"
        "runpy.run_path(sys.argv[1] + '/tests/conftest.py')\n"
        "from tests.tools import cases\n"
        "document, resources = cases.document_of('every-' + sys.argv[3])\n"
        "cases.write_all(document, resources, pathlib.Path(sys.argv[2]))\n"
    )
    variables = {**os.environ, "PYTHONHASHSEED": str(seed)}
    variables["PYTHONPATH"] = os.pathsep.join(sys.path)
    subprocess.run(
        [sys.executable, "-c", code, str(ROOT), str(target), language], env=variables, check=True
    )
    return {kind: target.with_name(f"{target.name}.{kind}").read_bytes() for kind in FORMATS}


def test_samples(tmp_path):
    """The whole sample folder as users build it, from two places."""
    one = run(copied(tmp_path / "a", SOURCES), ["in"], seed=0)
    other = run(copied(tmp_path / "another" / "place", SOURCES), ["in"], seed=4711)
    assert sorted(one) == sorted(other)
    assert len(one) == len(cases.SAMPLES) * len(FORMATS)
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.parametrize("language", ["zh-Hans", "ja"])
def test_every_node(tmp_path, language):
    one = write_every(tmp_path / "one", language, 1)
    (tmp_path / "b").mkdir()
    other = write_every(tmp_path / "b" / "two", language, 2)
    assert [kind for kind in FORMATS if one[kind] != other[kind]] == []


def test_seed(tmp_path, shared):
    source = shared / cases.SHARED_FILES[cases.SEED]
    one = run(copied(tmp_path / "a", [source]), ["in"], seed=0)
    other = run(copied(tmp_path / "b", [source]), ["in"], seed=99)
    assert len(one) == len(FORMATS)
    assert one == other


@pytest.mark.slow
def test_novel(tmp_path, shared):
    source = shared / cases.SHARED_FILES[cases.NOVEL]
    one = run(copied(tmp_path / "a", [source]), ["in"], seed=0)
    other = run(copied(tmp_path / "b", [source]), ["in"], seed=99)
    assert one == other


def test_source_date_epoch(tmp_path):
    """Dates follow SOURCE_DATE_EPOCH and nothing else does; without it they are fixed."""
    source = ROOT / "sources" / "1-山城老報館.txt"
    plain = run(copied(tmp_path / "plain", [source]), ["in"], seed=0)
    dated = run(copied(tmp_path / "dated", [source]), ["in"], seed=0, epoch=EPOCH)
    again = run(copied(tmp_path / "again", [source]), ["in"], seed=5, epoch=EPOCH)
    later = run(copied(tmp_path / "later", [source]), ["in"], seed=0, epoch=LATER)
    assert dated == again
    for name, data in dated.items():
        assert data != later[name]
        assert data != plain[name]
    pdf = next(path for path in (tmp_path / "later" / "out").iterdir() if path.suffix == ".pdf")
    with pikepdf.open(pdf) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20260101000000")
    epub = pdf.with_suffix(".epub")
    with zipfile.ZipFile(epub) as book:
        opf = next(name for name in book.namelist() if name.endswith(".opf"))
        assert b"2026-01-01T00:00:00Z" in book.read(opf)
        assert {info.date_time[:3] for info in book.infolist()} == {(2026, 1, 1)}
    with zipfile.ZipFile(pdf.with_suffix(".docx")) as word:
        assert b"2026-01-01T00:00:00Z" in word.read("docProps/core.xml")


def test_paths_do_not_leak(tmp_path):
    """No output names the folder that it was made in."""
    place = tmp_path / "a-very-particular-place"
    made = run(copied(place, SOURCES), ["in"], seed=0)
    for name, data in made.items():
        parts = [data]
        if not name.endswith(".pdf"):
            path = Path(place / "out" / name)
            with zipfile.ZipFile(path) as archive:
                parts += [archive.read(info) for info in archive.infolist()]
        assert not any(b"particular-place" in part for part in parts), name
