"""Clock, files and resources."""

import pytest

from publisher.environment import Environment, ResourceStore, source_date_epoch, system_environment
from publisher.errors import ConfigError, ResourceError


def test_epoch_comes_from_the_variable_or_the_publication(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    plain = system_environment()
    assert plain.now.year == 1980
    assert plain.stamped("2025-12-22").now.isoformat() == "2025-12-22T00:00:00+00:00"
    assert plain.stamped("2025").now.month == 1
    for odd in ("", "2025-13-01", "yesterday", "1969-01-01"):
        assert plain.stamped(odd).now.year == 1980
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    assert system_environment().stamped("2020").now.year == 2025


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "9" * 20])
def test_a_wrong_epoch_is_named(value):
    with pytest.raises(ConfigError, match="SOURCE_DATE_EPOCH"):
        source_date_epoch({"SOURCE_DATE_EPOCH": value})


def test_files_are_read_inside_the_folder_only(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.png").write_bytes(b"abc")
    (tmp_path / "b.png").write_bytes(b"abc")
    (inside / "link.png").symlink_to(tmp_path / "b.png")
    environment = Environment()
    assert environment.read_file(inside / "a.png", within=inside, limit=3) == b"abc"
    for path, code in (
        (inside / "none.png", "resource.missing"),
        (inside / ".." / "b.png", "resource.outside"),
        (inside / "link.png", "resource.outside"),
        (inside, "resource.not-file"),
        (inside / "a\0b", "resource.unreadable"),
    ):
        with pytest.raises(ResourceError) as caught:
            environment.read_file(path, within=inside, limit=3)
        assert caught.value.code == code
    with pytest.raises(ResourceError, match="larger"):
        environment.read_file(inside / "a.png", within=inside, limit=2)


def test_resources_are_kept_by_content(tmp_path):
    store = ResourceStore()
    path = tmp_path / "a.png"
    path.write_bytes(b"abc")
    key = store.add_file(path, b"abc")
    assert store.add_bytes(b"abc") == key
    assert key in store
    assert store.open(key) == b"abc"
    path.write_bytes(b"other")
    with pytest.raises(ResourceError, match="changed"):
        store.open(key)
    path.unlink()
    with pytest.raises(ResourceError, match="cannot be read again"):
        store.open(key)
    with pytest.raises(ResourceError, match="no resource"):
        store.open("0" * 32)
