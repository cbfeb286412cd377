import itertools

import pytest

from publisher.layout.hyphens import word_points
from publisher.layout.types import RuleItem
from publisher.tree.nodes import Attr, Code, Span, Text
from tests.tools.set_lines import SIZE, set_content, set_lines


@pytest.mark.parametrize(
    ("word", "language", "pieces"),
    [
        ("hyphenation", "en", "hy-phen-ation"),
        ("Hyphenation", "zh-Hans", "Hy-phen-ation"),
        ("typography", "ja", "ty-pog-ra-phy"),
        ("Silbentrennung", "de", "Sil-ben-tren-nung"),
        ("HYPHENATION", "en", "HYPHENATION"),
        ("OpenType", "en", "OpenType"),
        ("Größenordnung", "zh-Hans", "Größenordnung"),
        ("hyphenation", "tlh", "hyphenation"),
    ],
)
def test_words_are_cut_by_their_language(word, language, pieces):
    points = [0, *word_points(word, language), len(word)]
    found = "-".join(word[a:b] for a, b in itertools.pairwise(points))
    assert found == pieces
    assert all(2 <= point <= len(word) - 3 for point in points[1:-1])


def is_cut(line):
    """Whether a hyphen was added at the end of a line."""
    return any(isinstance(item, RuleItem) and item.hyphen for item in line.items)


TEXT = "国国国国internationalization国国国国国国国国国国国国"


def test_a_word_is_cut_where_lines_would_be_loose():
    first, second, *_ = set_lines(TEXT, 8)
    assert TEXT[: first.end].endswith(("inter", "interna", "in"))
    hyphen = first.items[-1]
    # A bar as long as the glyph's ink, which has equal bearings: no text that a reader could find.
    assert isinstance(hyphen, RuleItem)
    bearing = hyphen.x - (first.items[-2].x + first.items[-2].width)
    assert hyphen.x + hyphen.width + bearing == pytest.approx(8 * SIZE, abs=0.1)
    assert second.start == first.end


def test_no_word_is_cut_where_lines_are_good():
    for line in set_lines(TEXT, 30):
        assert not is_cut(line)


def test_no_word_is_cut_when_a_theme_says_so():
    lines = set_lines(TEXT, 8, hyphenate=False)
    assert not [line for line in lines if is_cut(line)]


@pytest.mark.parametrize(
    "content",
    [
        (Text("国国国国"), Code("internationalization"), Text("国国国国")),
        (Text("国国国国http://internationalization.example/国国国国"),),
        (Text("国国国国INTERNATIONALIZATION国国国国"),),
        (Text("国国国国internationalization@example.org国国国国"),),
    ],
)
def test_code_addresses_and_capitals_stay_whole(content):
    lines = set_content(content, 8).lines
    assert not [line for line in lines if is_cut(line)]


def test_a_run_is_cut_by_the_patterns_of_its_own_language():
    word = Span((Text("Donaudampfschifffahrt"),), Attr(lang="de"))
    lines = set_content((Text("国国国国"), word, Text("国国国国国")), 8).lines
    cut = [line for line in lines if is_cut(line)]
    shown = "".join(getattr(item, "text", "") for item in cut[0].items)
    assert shown.endswith(("Do", "Donau", "Donaudampf"))


def test_a_soft_hyphen_takes_the_room_of_what_is_drawn():
    lines = set_lines("国国国国inter\u00adnationalization国国国国国国国", 8, hyphenate=False)
    hyphen = lines[0].items[-1]
    assert isinstance(hyphen, RuleItem)
    bearing = hyphen.x - (lines[0].items[-2].x + lines[0].items[-2].width)
    assert hyphen.x + hyphen.width + bearing == pytest.approx(8 * SIZE, abs=0.1)
