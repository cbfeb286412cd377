"""The commands beside build."""

import json

import pytest

from publisher.cli.main import main, make_parser


def run(capsys, *arguments):
    code = main([str(a) for a in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: 標題\nlang: zh-Hant\n---\n\n# 一\n\n正文[這裡](#none)。\n", encoding="utf-8"
    )
    return path


def test_version_and_help(capsys):
    from publisher import __version__

    code, out, _ = run(capsys, "--version")
    assert (code, out.split()) == (0, ["publisher", __version__])
    for command in ("build", "tree", "formats", "fonts", "themes", "config", "completion"):
        code, out, _ = run(capsys, command, "--help")
        assert code == 0
        assert "usage: publisher " + command in out


def test_no_command_is_a_usage_error(capsys):
    code, _, error = run(capsys)
    assert code == 2
    assert error.count("\n") == 1
    assert "publisher --help" in error


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--jobs", "x"], "publisher build: --jobs: 'x' is not a whole number"),
        (["--jobs", "-3"], "publisher: command line: batch.jobs = -3 is not zero or more"),
        (["--frmat", "x"], "unrecognized arguments: --frmat x"),
        (["--address", "tcp://a.example:1"], "publisher: --address is for a cluster"),
        (["--send-files"], "publisher: --send-files is for a cluster"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options_that_cannot_be_meant_are_named_in_one_line(capsys, article, options, said):
    code, _, error = run(capsys, "build", article, "-o", article.parent / "out", *options)
    assert code == 2
    assert said in error
    assert error.count("\n") == 1
    assert not (article.parent / "out").exists()


def test_a_configuration_may_name_a_cluster_that_is_not_used(capsys, article):
    config = article.parent / "publisher.toml"
    config.write_text('schema = 1\n[batch]\naddress = "tcp://a.example:1"\nsend-files = true\n')
    assert run(capsys, "build", article, "-o", article.parent, "-f", "epub")[0] == 0


def test_tree_prints_json(capsys, article):
    code, out, error = run(capsys, "tree", article)
    tree = json.loads(out)
    assert code == 0
    assert tree["schema"] == "publisher-tree/1"
    assert "a.md:8" in error
    assert tree["body"][0]["attr"]["id"].startswith("s_")
    code, out, _ = run(capsys, "tree", article, "--raw")
    assert "id" not in json.loads(out)["body"][0].get("attr", {})
    code, out, _ = run(capsys, "tree", article, "--lines")
    assert next(json.loads(line) for line in out.splitlines())["schema"].startswith(
        "publisher-tree"
    )


def test_tree_converts_the_script(capsys, article):
    code, out, _ = run(capsys, "tree", article, "--to", "zh-Hans")
    assert code == 0
    assert json.loads(out)["meta"]["title"][0]["text"] == "标题"


def test_tree_mends_marks(capsys, tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\nlang: zh-Hans\n---\n\n# 一\n\n他说:“好。”\n", encoding="utf-8")
    code, out, error = run(capsys, "tree", path, "--punctuation", "apply")
    assert code == 0
    assert "他说：“好。”" in out
    assert "a.md:7:3: info: half-width stops beside Han or kana: 1 mended" in error
    code, out, error = run(capsys, "tree", path, "--punctuation", "suggest")
    assert "他说:“好。”" in out
    assert "to look at" in error
    code, out, error = run(capsys, "tree", path)
    assert "他说:“好。”" in out
    assert error == ""
    code, _, error = run(capsys, "tree", path, "--punctuation", "all")
    assert code == 2
    assert "apply" in error


def test_tree_check(capsys, article):
    assert run(capsys, "tree", article, "--check")[0] == 0
    code, out, error = run(capsys, "tree", article, "--check", "--raw")
    assert (code, out) == (1, "")
    assert "none" in error


def test_formats_may_be_listed_or_named_one_by_one(article, tmp_path):
    out = tmp_path / "out"
    assert main(["build", str(article), "-q", "-o", str(out), "-f", "docx", "-f", "epub,docx"]) == 0
    assert sorted(path.suffix for path in out.iterdir()) == [".docx", ".epub"]


def test_formats_and_themes(capsys):
    code, out, _ = run(capsys, "formats")
    assert code == 0
    assert all(name in out for name in ("markdown", "text", "html", "pdf", "epub", "docx"))
    code, out, _ = run(capsys, "themes")
    assert code == 0
    assert "book" in out
    assert "A5" in out
    code, out, _ = run(capsys, "themes", "book", "--lang", "ja")
    assert "text.body family=serif" in out
    assert run(capsys, "themes", "nope")[0] == 2


def test_fonts(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("PUBLISHER_CACHE_DIR", str(tmp_path))
    code, out, _ = run(capsys, "fonts")
    assert code == 0
    assert f"cache: {tmp_path}" in out
    assert "Noto Serif CJK" in out
    assert list(tmp_path.iterdir()) == []


def test_config_shows_origins(capsys, article):
    (article.parent / "publisher.toml").write_text('[output]\nformats = ["epub"]\n')
    code, out, _ = run(capsys, "config", article, "--title", "新題")
    assert code == 0
    assert 'book.title = "新題"  # command line' in out
    assert any(
        line.startswith('output.formats = ["epub"]') and line.endswith("publisher.toml")
        for line in out.splitlines()
    )
    assert 'transform.convert.to = ""  # default' in out
    for options in (["--vertical"], ["--writing-mode", "vertical"]):
        out = run(capsys, "config", article, *options)[1]
        assert 'book.writing-mode = "vertical"  # command line' in out
    assert run(capsys, "config", article, "--writing-mode", "up")[0] == 2
    (article.parent / "publisher.toml").write_text(
        '[output]\nformats = ["epub"]\n[theme.page]\nsize = "A5"\n'
    )
    assert 'theme.page.size = "A5"' in run(capsys, "config", article)[1]
    code, out, _ = run(capsys, "config", article, "--json")
    table = json.loads(out)
    assert table["output.formats"]["value"] == ["epub"]
    assert table["strict"] == {"value": False, "origin": "default"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion(capsys, shell):
    code, out, _ = run(capsys, "completion", shell)
    assert code == 0
    assert "publisher" in out
    assert "--format" in out or shell == "tcsh"  # shtab gives tcsh the commands only


def test_a_bug_is_one_line_without_debug(capsys, article, monkeypatch):
    from publisher.cli.commands import build

    def broken(_):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(build, "_settings", broken)
    code, _, error = run(capsys, "build", article)
    assert code == 1
    assert error.count("\n") == 1
    assert "internal error: ZeroDivisionError: oops" in error
    assert "Traceback" in run(capsys, "build", article, "--debug")[2]


def test_every_option_has_help():
    for command in make_parser()._subparsers._group_actions[0].choices.values():
        assert all(action.help for action in command._actions)
