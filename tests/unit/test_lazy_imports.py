"""Modules that only some sources need are not loaded for the others: a single article is mostly import time."""

import subprocess
import sys

import pytest

PROSE = "风从山那边来，我在桥上等了很久，没有人，也没有船。他说的话我都记得，只是不想再提。\n" * 8
PROBE = """
import sys
from publisher import api
from publisher.stages import transform
from publisher.settings import Settings
transform(api.read(sys.argv[1]).document, Settings(), lambda _: None)
print(' '.join(sorted(m for m in sys.modules if m.startswith('publisher.') or m == 'csv')))
"""
SELDOM = {
    "csv",
    "publisher.text.likeness",
    "publisher.text.redecode",
    "publisher.readers.aozora.reader",
    "publisher.readers.plain.outline",
    "publisher.readers.plain.adverts",
    "publisher.transforms.opencc",
    "publisher.transforms.punctuation",
    "publisher.text.punctuation",
}


def loaded(path):
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_healthy_article_loads_nothing_for_broken_ones(tmp_path, name):
    path = tmp_path / name
    path.write_text(f"《某书》与《另一本》、《第三本》，café 里\n\n{PROSE}", encoding="utf-8")
    assert not SELDOM & loaded(path)


def test_what_is_seldom_needed_is_loaded_when_it_is(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("驿路《えきろ》と宿場《しゅくば》と街道《かいどう》\n", encoding="utf-8")
    assert "publisher.readers.aozora.reader" in loaded(path)
    path.write_text(PROSE.encode().decode("gb18030", "replace"), encoding="utf-8")
    assert {"publisher.text.likeness", "publisher.text.redecode"} <= loaded(path)
