"""Which stretches of text stand in one cell of vertical text."""

import pytest

from publisher.text.cells import cells


def found(text, *, digits=2, letters=3, label=""):
    each = cells(text, 0, len(text), digits=digits, letters=letters, label=label)
    return [(text[cell.start : cell.end], cell.kind) for cell in each]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("第12回、3人、100円", [("12", "level"), ("3", "level")]),
        ("何!?　え!　あ!!!", [("!?", "level"), ("!", "level")]),
        ("日本のNHKとNATO", [("NHK", "upright")]),
        ("the 12 of May", []),
        ("「第“7”号」", [("7", "level")]),
        ("约10”高，90’年代", []),  # inches, and what is left out
        ("“甲乙10”号，共7”。", [("10", "level"), ("7", "level")]),
        ("甲A\u20dd乙", [("A\u20dd", "level")]),
    ],
)
def test_what_stands_alone_between_han_is_a_cell(text, wanted):
    assert found(text) == wanted


def test_a_theme_may_want_none():
    assert found("第12回!?NHK", digits=0, letters=0) == []


def test_a_label_is_a_cell():
    assert found("(1)", label="whole") == [("(1)", "level")]
    assert found("(1)") == []
    assert found("甲(1)", label="whole") == []
    assert found("甲(1)", label="any") == [("(1)", "level")]
