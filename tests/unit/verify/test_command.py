"""``publisher verify`` and ``build --verify``: reports, schema, exit codes."""

import json

import jsonschema
import pytest

from publisher.cli.main import main
from publisher.verify import report
from publisher.verify.model import Fault
from publisher.verify.proof import Proof
from tests.conftest import ROOT

SOURCE = "# 山城\n\n排字房里有四个人，方师傅年纪最大。\n\n## 机器\n\n机器是从上海运来的。\n"


@pytest.fixture
def built(tmp_path):
    """A source and the files made of it."""
    source = tmp_path / "a.md"
    source.write_text(SOURCE, "utf-8")
    assert main(["build", str(source), "-o", str(tmp_path), "-q", "--verify"]) == 0
    return tmp_path


def files(folder):
    return [str(folder / f"a.{kind}") for kind in ("pdf", "epub", "docx")]


def test_what_build_wrote_is_sound(built, capsys):
    assert main(["verify", *files(built), "--against", str(built / "a.md")]) == 0
    shown = capsys.readouterr().out
    assert shown.count("wrong   nothing") == 3
    assert "PDF by publisher" in shown


def test_a_file_alone_is_checked_against_itself(built, capsys):
    assert main(["verify", *files(built)]) == 0
    assert capsys.readouterr().out.count("wrong   nothing") == 3


def test_a_difference_is_a_failure_and_has_its_place(built, capsys):
    (built / "a.md").write_text(SOURCE.replace("四个人", "五个人"), "utf-8")
    assert main(["verify", *files(built), "--against", str(built / "a.md"), "--json"]) == 1
    table = json.loads(capsys.readouterr().out)
    jsonschema.validate(table, json.loads((ROOT / "docs/proof.schema.json").read_text("utf-8")))
    assert not table["sound"]
    for file in table["files"]:
        (fault,) = file["faults"]
        assert (fault["code"], fault["wanted"], fault["found"]) == ("text.changed", "五", "四")
        assert fault["context"].endswith("排字房里有")
        assert fault["source"].endswith("a.md:3")
    places = [file["faults"][0]["place"] for file in table["files"]]
    assert places[0] == "page 1"
    assert places[1].startswith("chapter-001.xhtml, paragraph ")
    assert places[2].startswith("paragraph ")


def test_a_tree_serves_as_well(built, tmp_path, capsys):
    main(["tree", str(built / "a.md")])
    tree = tmp_path / "tree.json"
    tree.write_text(capsys.readouterr().out, "utf-8")
    assert main(["verify", *files(built), "--against", str(tree)]) == 0


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"%PDF-1.7\nnothing", b"hello", b"\xff" * 500]
)
def test_what_is_no_file_of_ours_is_an_error(data, tmp_path, capsys):
    path = tmp_path / "b.pdf"
    path.write_bytes(data)
    assert main(["verify", str(path)]) == 3
    assert "b.pdf" in capsys.readouterr().err


def test_build_fails_where_files_differ(tmp_path, monkeypatch, capsys):
    from publisher.verify import proof

    wrong = Proof("a.pdf", "pdf", faults=[Fault("text.lost", "page 1", "字", "")])
    monkeypatch.setattr(proof, "prove", lambda *_, **__: wrong)
    source = tmp_path / "a.md"
    source.write_text(SOURCE, "utf-8")
    options = ["-o", str(tmp_path / "out"), "--format", "epub", "--verify"]
    assert main(["build", str(source), *options]) == 1
    shown = capsys.readouterr().err
    assert "text is missing" in shown
    assert (tmp_path / "out" / "a.epub").is_file()


def test_the_report_is_cut_after_so_many_faults():
    many = [Fault("text.lost", f"page {n}", "字") for n in range(60)]
    shown = report.as_text([Proof("a.pdf", "pdf", facts={"characters": 9}, faults=many)])
    assert shown.count("text is missing") == report.FIRST
    assert "and 20 more" in shown
    assert report.as_text(
        [Proof("a.pdf", "pdf", facts={"characters": 9}, faults=many)], everything=True
    ).count("text is missing") == len(many)


def test_what_cannot_be_seen_is_shown_by_its_number():
    proof = Proof(
        "a.pdf", "pdf", facts={"characters": 9}, faults=[Fault("text.lost", "", "\u200b")]
    )
    assert "[<U+200B>] → [nothing]" in report.as_text([proof])
