"""`publisher.toml` and options to settings."""

import pytest

from publisher import config
from publisher.errors import ConfigError, ThemeError
from publisher.theme.load import load_theme


def loaded(tmp_path, text, **options):
    file = tmp_path / "publisher.toml"
    file.write_text(text, encoding="utf-8")
    return config.load(file, {name.replace("__", "."): value for name, value in options.items()})


def test_every_table_reaches_its_record(tmp_path):
    settings = loaded(
        tmp_path,
        """
schema = 1
strict = true
[book]
title = "山居記"
contributors = ["甲", { name = "乙", role = "editor" }]
date = 2025-11-03
[input]
files = ["*.md"]
max-line = 10
parts = [{ title = "上", files = ["1.md"] }]
[transform.convert]
to = "zh-TW"
phrases = true
[output]
formats = ["pdf"]
[output.pdf]
toc-depth = 2
[theme]
name = "book"
[theme.page]
size = "A6"
[batch]
jobs = 3
""",
    ).settings
    assert settings.book.title == "山居記"
    assert settings.book.contributors == (("甲", "author"), ("乙", "editor"))
    assert settings.book.date == "2025-11-03"
    assert settings.input.files == ("*.md",)
    assert settings.input.max_line == 10
    assert settings.input.parts[0].title == "上"
    assert (settings.convert.to, settings.convert.phrases) == ("zh-TW", True)
    assert settings.output.formats == ("pdf",)
    assert settings.output.pdf.toc_depth == 2
    assert settings.theme.name == "book"
    assert dict(settings.theme.overrides) == {"page": {"size": "A6"}}
    assert (settings.batch.jobs, settings.strict) == (3, True)


def test_a_value_out_of_a_few(tmp_path):
    assert loaded(tmp_path, "").settings.output.pdf.standard == "archival"
    options = {"output__pdf__standard": "none"}
    assert loaded(tmp_path, "", **options).settings.output.pdf.standard == "none"
    for text, given in (
        ('[output.pdf]\nstandard = "a4"', {}),
        ("", {"output__pdf__standard": "a4"}),
    ):
        with pytest.raises(ConfigError, match="archival or none") as caught:
            loaded(tmp_path, text, **given)
        assert "output.pdf.standard = 'a4'" in str(caught.value)


def test_options_win_and_origins_say_so(tmp_path):
    result = loaded(tmp_path, '[book]\ntitle = "file"\ndate = "2024"', book__title="option")
    assert result.settings.book.title == "option"
    assert result.origins["book.title"] == "command line"
    assert result.origins["book.date"].endswith("publisher.toml")
    assert "book.publisher" not in result.origins


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[boko]\ntitle = 1", "did you mean book?"),
        ("[book]\ntilte = 'x'", "did you mean book.title?"),
        ("[output.pdf]\ntocdepth = 1", "did you mean output.pdf.toc-depth?"),
        ("[transform.repairs]\nx = 1", "unknown key transform.repairs"),
        ("book = 3", "book must be a table"),
        ("[book]\ntitle = 3", "book.title = 3 is not a string"),
        ("[output]\nformats = [1]", "output.formats = [1] is not a list of strings"),
        ("[output]\noverwrite = 'yes'", "not true or false"),
        ("[batch]\njobs = -1", "is not zero or more"),
        ("[batch]\njobs = 1.5", "is not a whole number"),
        ("[book]\ncontributors = [3]", "neither a name nor"),
        ("[[input.parts]]\nname = 'x'", "is not {title, files}"),
        ("schema = 9", "schema is not 1"),
        ("[convert]\nto = 'zh-TW'", "did you mean transform.convert?"),
        ("[book]\ndate = '2025-02-40'", "is not a date such as"),
        ("[book]\nlanguage = 'zh_TW'", "is not a language tag"),
        ("[transform.convert]\nphrases = true", "without a script to convert to"),
        ("= 3", "bad TOML"),
        ('[book]\nwriting-mode = "up"', "is not horizontal or vertical"),
        ('[book]\nidentifier = "a\\u0001"', "book.identifier has the character U+0001"),
        (
            '[book]\ncontributors = [{name = "\\uFFFE"}]',
            "book.contributors.name has the character U+FFFE",
        ),
        ('[fonts]\npaths = ["a\\u0000"]', "fonts.paths has the character U+0000"),
        ('[transform.convert]\nwords = "\\u0000"', "transform.convert.words has the character"),
        ('[theme.text.body]\nsize = "\\u0000"', "theme.text.body.size has the character U+0000"),
    ],
)
def test_mistakes_name_the_file_and_the_remedy(tmp_path, text, part):
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, text)
    assert part in str(caught.value)
    assert "publisher.toml" in str(caught.value)
    assert caught.value.exit_code == 2


def test_the_file_beside_the_only_source_is_found(tmp_path):
    (tmp_path / "publisher.toml").write_text("")
    source = tmp_path / "a.txt"
    source.write_text("x")
    assert config.find([source]) == tmp_path / "publisher.toml"
    assert config.find([tmp_path]) == tmp_path / "publisher.toml"
    assert config.find([source, source]) is None
    assert config.find([tmp_path / "other" / "b.txt"]) is None


@pytest.mark.parametrize(
    ("value", "part"),
    [("9" * 5000, "too long"), ("[" * 3000, "too deeply"), ("{b=" * 3000, "too deeply")],
)
def test_toml_that_its_parser_gives_up_on_is_a_mistake_of_the_file(tmp_path, value, part):
    file = tmp_path / "x.toml"
    file.write_text(f"a = {value}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=part) as caught:
        config.load(file, {})
    assert caught.value.code == "config.toml"
    with pytest.raises(ThemeError, match=part):
        load_theme("", file=file, overrides={})


def test_merged_lists_every_setting_once():
    names = [name for name, _ in config.merged(config.load(None, {}).settings)]
    assert len(names) == len(set(names))
    assert {"book.title", "output.pdf.toc", "convert.to", "strict"} <= set(names)


def test_unreadable_files_are_config_errors(tmp_path):
    (tmp_path / "publisher.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        config.load(tmp_path / "publisher.toml", {})
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(tmp_path / "none.toml", {})
