"""TOML that `tomllib` reads or refuses in ways of its own is an error with a reason."""

import pytest

from publisher.toml import TomlError, parse_toml


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a = ", "bad TOML: "),
        ("a = " + "[" * 5000, "nested too deeply"),
        ("a = " + "9" * 5000, "a number is too long"),
        ("a = 0x" + "f" * 5000, "a number is too long"),
        ("[b]\nc = [1, {d = 0xfffffffffffffffffff}]", "a number is too long"),
    ],
)
def test_what_is_wrong_is_said(text, reason):
    with pytest.raises(TomlError, match=reason):
        parse_toml(text)


def test_what_is_right_is_read():
    assert parse_toml("a = -9223372036854775808\nb = ['x', 1.5]") == {
        "a": -(2**63),
        "b": ["x", 1.5],
    }
