import os
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.errors import FontError
from publisher.events import Collector
from publisher.faces import store as store_module
from publisher.faces.catalog import load_catalog
from publisher.faces.store import FontStore, default_cache, unpack, verify
from tests.tools.square_font import square_file

ROOT = Path(__file__).resolve().parents[3]


def test_a_font_is_unpacked_under_its_digest_and_found_again(tmp_path, monkeypatch):
    file = square_file()
    path = FontStore(tmp_path).path(file)
    assert path == tmp_path / "fonts" / f"{file.sha256}.ttf"
    assert path.stat().st_size == file.size
    monkeypatch.setattr(store_module, "_pieces", lambda _: pytest.fail("unpacked again"))
    assert FontStore(tmp_path).path(file) == path
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_faces_are_opened_once():
    store = FontStore(None)
    file = square_file()
    assert store.face(file, "ja") is store.face(file, "ja")
    assert store.face(file, "ja") is not store.face(file, "ko")


def test_a_damaged_cache_file_is_made_anew(tmp_path):
    file = square_file()
    path = FontStore(tmp_path).path(file)
    path.write_bytes(path.read_bytes()[:1000])
    assert FontStore(tmp_path).path(file).stat().st_size == file.size
    assert FontStore(tmp_path).face(file, "ja").gid("中")


def test_without_a_writable_cache_the_font_stays_in_memory(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    reported = Collector()
    store = FontStore(blocked, reported)
    assert store.path(square_file()) is None
    assert store.face(square_file(), "ja").widths["中"] == 1000
    assert [(d.code, d.severity) for d in reported.diagnostics] == [("font.no-cache", "info")]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_cache_is_no_error(tmp_path):
    tmp_path.chmod(0o500)
    assert FontStore(tmp_path / "cache").face(square_file(), "ja").gid("中")


def test_two_processes_at_once_agree(tmp_path):
    script = (
        "import sys; from pathlib import Path\n"
        "from publisher.faces.store import FontStore\n"
        "from tests.tools.square_font import square_file\n"
        "sys.stdin.readline()\n"
        "store = FontStore(Path(sys.argv[1]))\n"
        "print(store.path(square_file()), store.face(square_file(), 'ja').widths['中'])\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    runs = [
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for run in runs:
        run.stdin.write("go\n")
        run.stdin.flush()
    outputs = {run.communicate(timeout=60)[0] for run in runs}
    assert [run.returncode for run in runs] == [0, 0, 0]
    file = square_file()
    assert outputs == {f"{tmp_path / 'fonts' / file.sha256}.ttf 1000\n"}
    assert len(list((tmp_path / "fonts").iterdir())) == 1


def damaged(tmp_path, data):
    path = tmp_path / "Square.ttf.xz"
    path.write_bytes(data)
    return square_file()._replace(path=path)


def test_a_cut_package_file_is_named(tmp_path):
    file = damaged(tmp_path, square_file().path.read_bytes()[:-600])
    with pytest.raises(FontError, match="is damaged") as caught:
        unpack(file)
    assert caught.value.code == "font.damaged"
    assert caught.value.where == str(file.path)
    assert "install publisher again" in str(caught.value)


def test_a_wrong_digest_leaves_nothing_in_the_cache(tmp_path):
    file = square_file()._replace(sha256="0" * 64)
    with pytest.raises(FontError, match="digest is wrong"):
        FontStore(tmp_path).path(file)
    assert list((tmp_path / "fonts").iterdir()) == []
    with pytest.raises(FontError, match="digest is wrong"):
        verify(file)


def test_a_missing_package_file_is_named(tmp_path):
    file = square_file()._replace(path=tmp_path / "gone.ttf.xz")
    for action in (verify, FontStore(tmp_path).path, FontStore(None).blob):
        with pytest.raises(FontError, match="cannot be read") as caught:
            action(file)
        assert caught.value.code == "font.missing-data"


def test_the_cache_folder_follows_the_environment():
    assert default_cache({"PUBLISHER_CACHE_DIR": "/x/y"}) == Path("/x/y")
    assert default_cache({}).name == "publisher"
    assert default_cache({"XDG_CACHE_HOME": "/x"}).parts[-2:] == ("x", "publisher")
    assert default_cache({"XDG_CACHE_HOME": "relative"}) == default_cache({})


@pytest.mark.parametrize("file", load_catalog().files, ids=lambda f: f.id)
def test_vendored_fonts_unpack_to_their_digest(file):
    if file.size > 1_000_000 and "Bold" in file.id:
        pytest.skip("the packed digest is checked in test_catalog; unpacking two is enough")
    verify(file)
