"""The file of a line report: JSON, table, replaced whole."""

import json

import pikepdf
import pytest

from publisher.cli.main import main
from publisher.errors import WriteError
from publisher.layout.line_report import REASONS, FoundLine, LineReport
from publisher.reports.lines import as_json, as_text, write_line_report


def report(name="山居記", found=()):
    counts = tuple((reason, sum(reason in one.reasons for one in found)) for reason in REASONS)
    return LineReport(name, 12, 200, 3, 1, 4, counts, ("5", "9"), tuple(found))


LOOSE = FoundLine("稿.md", 7, "iv", 3, "床前明月光", ("stretched", "widow"), 3, 0.2)
TIGHT = FoundLine("", 0, "10", 12, "疑是", ("shrunk",), -6, 0.5)
EDGE = FoundLine("b.txt", 1, "11", 1, "霜", ("lone",), 0, 0.0)


def test_json():
    table = json.loads(as_json([report(found=[LOOSE]), report("b")]))
    assert table["schema"] == "publisher-lines/1"
    first, second = table["documents"]
    assert (first["document"], second["document"], second["lines"]) == ("山居記", "b", [])
    assert first["summary"]["lines"] == 200
    assert first["summary"]["stretched-over-1/8"] == {"lines": 3, "share": 0.015}
    assert first["summary"]["widow"]["lines"] == 1
    assert first["summary"]["short-pages"] == ["5", "9"]
    assert first["lines"] == [
        {
            "source": "稿.md", "source-line": 7, "page": "iv", "line": 3, "text": "床前明月光",
            "reasons": ["stretched", "widow"], "step": 3, "amount": 0.2,
        }
    ]  # fmt: skip


def test_text():
    lines = as_text([report(found=[LOOSE, TIGHT, EDGE])]).splitlines()
    assert lines[0] == "山居記: 200 lines, 12 pages"
    assert lines[1] == "       3    1.50%  stretched by more than 1/8 em a gap"
    assert "pages that end short: 5, 9" in lines[11]
    assert lines[13].startswith("Steps of shrink: -1 blank at the end")
    assert lines[-4:] == [
        "page  line  step    amount  why              place    text",
        "  iv     3    +3  0.200 em  stretched widow  稿.md:7  床前明月光",
        "  10    12    -6       50%  shrunk                    疑是",
        "  11     1                  lone             b.txt:1  霜",
    ]


def test_one_line_on_one_page():
    made = LineReport("霜", 1, 1, 0, 0, 0, tuple((reason, 0) for reason in REASONS), (), ())
    assert as_text([made]).splitlines()[0] == "霜: 1 line, 1 page"


def test_documents_follow_one_another_in_order():
    text = as_text([report("甲"), report("乙")])
    assert text.index("甲: ") < text.index("乙: ")


def test_the_suffix_chooses_the_form(tmp_path):
    for name in ("a.json", "a.JSON"):
        write_line_report(tmp_path / name, [report()])
        assert json.loads((tmp_path / name).read_text(encoding="utf-8"))["documents"]
    write_line_report(tmp_path / "a.txt", [report()])
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("山居記")


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    target = tmp_path / "lines.txt"
    target.write_text("old", encoding="utf-8")

    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(WriteError, match=r"lines\.txt"):
        write_line_report(target, [report()])
    assert [path.name for path in tmp_path.iterdir()] == ["lines.txt"]
    assert target.read_text(encoding="utf-8") == "old"


# ------------------------------------------------------------------------------- whole runs

# Numbers are not broken, so that lines between them are loose.
NUMBERS = "排版12345678901234567890与23456789012345678901混排34567890123456789012之难," * 8


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "2.md").write_text(
        f"---\nlang: zh-Hans\n---\n\n# 乙\n\n短文。\n\n{NUMBERS}\n", "utf-8"
    )
    (folder / "1.txt").write_text("标题甲\n\n" + "正文一段，" * 60 + "。\n", "utf-8")
    return folder


def build(*arguments):
    return main(["build", *map(str, arguments), "-q"])


@pytest.mark.parametrize("formats", ["pdf", "docx", "epub"])
def test_a_run_reports_on_its_lines_whatever_it_makes(sources, tmp_path, formats):
    target = tmp_path / "new" / "lines.json"
    out = tmp_path / "out"
    assert build(sources, "--each", "-f", formats, "-o", out, "--line-report", target) == 0
    documents = json.loads(target.read_text(encoding="utf-8"))["documents"]
    assert [d["document"] for d in documents] == ["1", "2"]
    found = documents[1]["lines"]
    assert found
    assert all(one["source"].endswith("2.md") and one["source-line"] == 9 for one in found)
    assert any("stretched" in one["reasons"] for one in found)
    assert documents[1]["summary"]["stretched-over-1/8"]["lines"] > 0
    assert documents[0]["summary"]["lines"] > 8


def test_the_report_is_the_same_from_several_processes(sources, tmp_path):
    made = []
    for jobs in (1, 2):
        target = tmp_path / f"{jobs}.json"
        assert build(
            sources, "--each", "-f", "pdf", "-o", tmp_path / "out", "--jobs", jobs,
            "--line-report", target,
        ) == 0  # fmt: skip
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_a_run_that_fails_leaves_the_old_report(tmp_path, capsys):
    target = tmp_path / "lines.txt"
    target.write_text("old", encoding="utf-8")
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    assert build(empty, "-f", "pdf", "-o", tmp_path / "out", "--line-report", target) != 0
    assert target.read_text(encoding="utf-8") == "old"
    assert build(empty, "-f", "pdf", "--line-report", tmp_path) == 7
    assert "is a folder" in capsys.readouterr().err


def test_a_report_named_in_the_configuration_stands_beside_it(sources, tmp_path):
    (sources / "publisher.toml").write_text('[output.pdf]\nline-report = "lines.txt"\n', "utf-8")
    assert build(sources, "-f", "pdf", "-o", tmp_path / "out") == 0
    assert (sources / "lines.txt").is_file()


def test_plain_files_on_request(sources, tmp_path, capsys):
    for name in ("archival", "none"):
        assert build(sources, "-f", "pdf", "-o", tmp_path / name, "--pdf-standard", name) == 0
    archival, plain = (tmp_path / name / "in.pdf" for name in ("archival", "none"))
    assert plain.stat().st_size < archival.stat().st_size
    with pikepdf.open(archival) as tagged, pikepdf.open(plain) as untagged:
        assert "/StructTreeRoot" in tagged.Root
        assert "/StructTreeRoot" not in untagged.Root
    assert build(sources, "-f", "pdf", "-o", tmp_path, "--pdf-standard", "a4") == 2
    assert "archival or none" in capsys.readouterr().err
