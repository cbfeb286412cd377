"""``publisher repair``: the list, the mended file, what is refused."""

import json

import pytest

from publisher.cli.main import main
from tests.unit.transforms.repair.test_repair_document import BAD


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(f"題\r\n\r\n{BAD}\r\n".encode("big5hkscs", "ignore"))
    return path


def test_the_list_is_printed_and_nothing_changed(source, capsys):
    before = source.read_bytes()
    assert main(["repair", str(source)]) == 0
    out, err = capsys.readouterr()
    assert "麵 → 面  全面" in out
    assert out.startswith(f"{source}:3:2: ")
    assert "-o FILE" in err
    assert source.read_bytes() == before


def test_the_mended_text_keeps_encoding_and_line_ends(source, tmp_path):
    target = tmp_path / "b.txt"
    assert main(["repair", str(source), "-o", str(target)]) == 0
    made = target.read_bytes().decode("big5hkscs")
    assert made.startswith("題\r\n\r\n全面從嚴治黨，只有堅持制度")
    assert len(made) == len(source.read_bytes().decode("big5hkscs"))


def test_json(source, capsys):
    assert main(["repair", str(source), "--json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert records[0]["before"] == "麵"
    assert set(records[0]) >= {"line", "column", "after", "reason", "sure", "context"}


def test_a_clean_text_is_copied_byte_for_byte(tmp_path, capsys):
    source, target = tmp_path / "a.md", tmp_path / "b.md"
    source.write_bytes("# 題\r\n\r\n風從山那邊來。".encode("utf-8-sig"))
    assert main(["repair", str(source), "-o", str(target)]) == 0
    assert target.read_bytes() == source.read_bytes()
    assert "no sign" in capsys.readouterr().err


def test_markup_stays(tmp_path):
    source, target = tmp_path / "a.html", tmp_path / "b.html"
    page = f'<!DOCTYPE html><meta charset="utf-8"><title>製度</title><p class="x">{BAD}</p><p>{BAD}</p>'
    source.write_text(page, encoding="utf-8")
    assert main(["repair", str(source), "-o", str(target)]) == 0
    made = target.read_text(encoding="utf-8")
    assert made.startswith(
        '<!DOCTYPE html><meta charset="utf-8"><title>制度</title><p class="x">全面從嚴'
    )


def test_other_formats_are_listed_but_not_written(tmp_path, capsys):
    source = tmp_path / "a.txt"
    source.write_text(f"題\n\n{BAD}", encoding="utf-8")
    assert main(["build", str(source), "-f", "docx", "-o", str(tmp_path), "-q"]) == 0
    word = tmp_path / "a.docx"
    capsys.readouterr()
    assert main(["repair", str(word)]) == 0
    assert "麵 → 面  全面" in capsys.readouterr().out
    assert main(["repair", str(word), "-o", str(tmp_path / "b.docx")]) == 2
    assert "publisher build --repair apply" in capsys.readouterr().err
    assert not (tmp_path / "b.docx").exists()


def test_a_missing_list_of_words_is_named(source, tmp_path, capsys):
    assert main(["repair", str(source), "--words", str(tmp_path / "none.txt")]) == 2
    assert "none.txt" in capsys.readouterr().err


def test_modes_from_the_configuration(source, tmp_path):
    (tmp_path / "publisher.toml").write_text(
        '[transform.repair]\nmode = "safe"\n', encoding="utf-8"
    )
    target = tmp_path / "b.txt"
    assert main(["repair", str(source), "--mode", "suggest", "-o", str(target)]) == 0
    assert target.read_bytes() == source.read_bytes()


def test_an_unknown_mode_is_refused(source, tmp_path, capsys):
    (tmp_path / "publisher.toml").write_text('[transform.repair]\nmode = "all"\n', encoding="utf-8")
    assert main(["repair", str(source)]) == 2
    assert "transform.repair.mode" in capsys.readouterr().err


def test_a_folder_of_several_is_refused(source, capsys):
    (source.parent / "b.txt").write_text("另一篇", encoding="utf-8")
    assert main(["repair", str(source.parent)]) == 2
    assert "holds 2 sources" in capsys.readouterr().err
