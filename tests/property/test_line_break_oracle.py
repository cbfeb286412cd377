"""ICU as oracle for line breaks on random text: untailored UAX #14, and the levels of CSS.

Left out of untailored text are only South East Asian letters, which ICU cuts by dictionary, and code
points without a character. Of the levels, what ICU has otherwise on purpose is named below.
"""

import re
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from publisher.layout.breaks import line_breaks
from publisher.text.properties import line_break_class

icu4py = pytest.importorskip("icu4py")
if int(icu4py.icu_version.split(".")[0]) < 78:
    pytest.skip("this ICU has rules older than Unicode 17", allow_module_level=True)

NO_CHARACTER = ("SA", "SG", "XX")
PLANES = (*range(0x3200), *range(0xA000, 0xA100), *range(0xAC00, 0xAC80), *range(0xD7B0, 0xD800),
          *range(0xF900, 0xFA00), *range(0xFE00, 0x10000), *range(0x10A00, 0x10B00),
          *range(0x11000, 0x11400), *range(0x16000, 0x16FFF), *range(0x1F000, 0x1FA00))  # fmt: skip

# CSS frees leaders at `loose` in every language, ICU in none; ICU frees all hyphens of class HH
# there, CSS ‐ and –. Middle dots, bullets and « » are marks of CJK text here (cjk-typography 2).
OWN_WAY = set("·•«»\u2024\u2025\u2026\u22ef\ufe19")


@cache
def characters():
    """Class -> characters, a few planes of them."""
    found = {}
    for code in PLANES:
        name = line_break_class(chr(code))
        if name not in NO_CHARACTER:
            found.setdefault(name, []).append(chr(code))
    return found


def any_text():
    by_class = characters()
    return st.lists(
        st.sampled_from(sorted(by_class)).flatmap(lambda name: st.sampled_from(by_class[name])),
        min_size=1,
        max_size=9,
    ).map("".join)


def icu(text, locale):
    from icu4py.breakers import LineBreaker

    found, at = [], 0
    for part in LineBreaker(text, locale=locale):
        at += len(part)
        found.append(at)
    return [at for at in found if at < len(text)]


def test_the_oracle_knows_all_classes_but_those_named():
    assert len(characters()) == 46


@settings(max_examples=800, deadline=None)
@given(any_text())
def test_untailored_breaks_are_those_of_icu(text):
    assert list(line_breaks(text, "und", "uax14").allowed) == icu(text, "en@lb=strict")


# At `loose` ICU parts wide prefixes from numbers and words; here these stay whole at every level.
PRICE = re.compile("[￥№±][^字国文あアっッー]|[^字国文あアっッー][％℃°￥№±]")
CJK = "字国文あアっッーゝ々〜゠・：；！？‼。、（）「」％￥℃№±°‐–—〉ﾞ가a1 "


@settings(max_examples=400, deadline=None)
@given(
    st.text(CJK, min_size=2, max_size=9),
    st.sampled_from(("ja", "zh", "en", "de")),
    st.sampled_from(("strict", "normal", "loose")),
)
def test_css_levels_are_those_of_icu(text, lang, strictness):
    assert OWN_WAY.isdisjoint(text)
    assume("1 ℃" not in text)  # a number and its unit, one thing at every level here
    assume(strictness != "loose" or not PRICE.search(text))
    found = list(line_breaks(text, lang, strictness, "normal").allowed)
    assert found == icu(text, f"{lang}@lb={strictness}")
