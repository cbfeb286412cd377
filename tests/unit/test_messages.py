"""Every finding has words."""

import re
import string
from pathlib import Path

import publisher
from publisher.events import Diagnostic
from publisher.messages import TEXTS, text_of

CODE = re.compile(r"Diagnostic\(\s*\n?\s*\"([a-z0-9-]+\.[a-z0-9.-]+)\"")


def test_every_code_in_the_sources_has_a_text():
    package = Path(publisher.__file__).parent
    codes = {
        code
        for path in package.rglob("*.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert len(codes) > 15
    assert sorted(codes - TEXTS.keys()) == []


def test_texts_are_one_line_with_plain_fields():
    for code, text in TEXTS.items():
        assert "\n" not in text, code
        assert not text.endswith("."), code
        for _, field, _, _ in string.Formatter().parse(text):
            assert field is None or field.isidentifier(), code


def test_text_of_falls_back_to_code_and_data():
    assert text_of(Diagnostic("no.such", args=(("a", "1"),))) == "no.such: a 1"
    assert text_of(Diagnostic("font.missing-glyph", args=())) == "font.missing-glyph"
    shown = text_of(Diagnostic("font.missing-glyph", args=(("char", "龘"), ("code", "U+9F98"))))
    assert shown == "no font draws 龘 (U+9F98); it is shown as 〓"
