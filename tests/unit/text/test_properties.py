import unicodedata

import pytest

from publisher.text.properties import (
    line_break_class,
    orientations,
    vertical_orientation,
    width_class,
)
from tests.tools.typography_cases import cases


def test_properties_are_those_published():
    wrong = []
    for case in cases("uax50_uax14_uax11_props.json"):
        char = case["char"]
        found = vertical_orientation(char), line_break_class(char), width_class(char)
        if found != (case["vo"], case["lb"], case["ea"]):
            wrong.append((case["id"], found))
    assert wrong == []


@pytest.mark.parametrize(
    ("char", "vo", "lb", "ea"),
    [
        ("一", "U", "ID", "W"),
        ("、", "Tu", "CL", "W"),
        ("ー", "Tr", "CJ", "W"),
        ("“", "Tr", "QU", "A"),
        ("—", "R", "B2", "A"),
        ("가", "U", "H2", "W"),
        ("\U00020000", "U", "ID", "W"),
        ("\u0378", "R", "XX", "N"),
        ("\U0010ffff", "R", "XX", "N"),
        ("\x00", "R", "CM", "N"),
    ],
)
def test_properties_of_characters_from_every_corner(char, vo, lb, ea):
    assert (vertical_orientation(char), line_break_class(char), width_class(char)) == (vo, lb, ea)


def test_a_text_has_one_letter_a_character():
    assert orientations("字a、ー\U00020000") == "URtrU"


def test_widths_agree_with_an_older_unicode_where_that_knows_the_character():
    # Unicode has changed the width of a few signs since the version that Python carries.
    changed = {
        code
        for code in range(0x110000)
        if unicodedata.category(chr(code)) not in ("Cn", "Cs")
        and width_class(chr(code)) != unicodedata.east_asian_width(chr(code))
    }
    assert len(changed) < 250
