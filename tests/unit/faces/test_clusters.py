import re
import sys
import unicodedata

import pytest

from publisher.faces.clusters import EXTENDERS, MARKS, cluster, never_missing, tokens


def test_marks_are_all_marks_of_unicode():
    mark = re.compile(f"[{MARKS}]")
    assigned = [chr(c) for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c)) != "Cn"]
    found = {char for char in assigned if mark.match(char)}
    expected = {char for char in assigned if unicodedata.category(char).startswith("M")}
    assert found <= expected
    # Marks newer than the table (made with Unicode 14) are few, and in scripts we have no font for.
    assert len(expected - found) < 100
    if unicodedata.unidata_version.startswith("14."):
        assert found == expected


@pytest.mark.parametrize(
    "whole",
    [
        "e\u0301\u0323",
        "葛\U000e0100",
        "\u1112\u1161\u11ab",
        "가\u11ab",
        "👨\u200d👩\u200d👧\u200d👦",
        "👍🏽",
        "🇨🇳",
        "🏴\U000e0067\U000e0062\U000e007f",
        "1\ufe0f\u20e3",
        "ﾊ\uff9f",
        "か\u309a",
    ],
)
def test_one_cluster(whole):
    assert [m[0] for m in cluster().finditer(whole + "中" + whole)] == [whole, "中", whole]


def test_flags_pair_up():
    assert [m[0] for m in cluster().finditer("🇨🇳🇯🇵")] == ["🇨🇳", "🇯🇵"]


@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("western", [False, True])
def test_tokens_leave_nothing_out(western, joined):
    text = "中文 x2’s，\n（y）\U00020001é-ф \ufffc。" + ("葛\U000e0100か\u309a" if joined else "")
    pattern = tokens(western=western, joined=joined)
    assert "".join(m[0] for m in pattern.finditer(text)) == text


def test_extenders_do_not_stand_in_a_plain_run():
    pieces = [m[0] for m in tokens(western=False, joined=True).finditer("山か\u309a川")]
    assert pieces == ["山", "か\u309a", "川"]
    assert re.match(f"[{EXTENDERS}]", "\u200d")


@pytest.mark.parametrize("char", [" ", "\n", "\u2003", "\u200b", "\ufe0f", "\u2060"])
def test_what_cannot_be_missing(char):
    assert never_missing().match(char)


@pytest.mark.parametrize(
    "char", ["中", "a", "\u0301", "〓", "\u3000", "\u3164", "\ufffc", "\U00020000"]
)
def test_what_can_be_missing(char):
    assert not never_missing().match(char)
