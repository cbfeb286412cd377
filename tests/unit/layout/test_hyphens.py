import itertools

import pytest

from publisher.layout.hyphens import word_points
from publisher.layout.types import TextItem
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


TEXT = "国国国国internationalization国国国国国国国国国国国国"


def test_a_word_is_cut_where_lines_would_be_loose():
    first, second, *_ = set_lines(TEXT, 8)
    assert TEXT[: first.end].endswith(("inter", "interna", "in"))
    hyphen = first.items[-1]
    assert (hyphen.text, hyphen.actual) == ("-", "")
    assert hyphen.x + hyphen.width == pytest.approx(8 * SIZE, abs=1e-3)
    assert second.start == first.end


def test_no_word_is_cut_where_lines_are_good():
    for line in set_lines(TEXT, 30):
        assert all(item.actual != "" for item in line.items)


def test_no_word_is_cut_when_a_theme_says_so():
    lines = set_lines(TEXT, 8, hyphenate=False)
    assert all(item.actual != "" for line in lines for item in line.items)


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
    assert all(
        item.actual != "" for line in lines for item in line.items if isinstance(item, TextItem)
    )


def test_a_run_is_cut_by_the_patterns_of_its_own_language():
    word = Span((Text("Donaudampfschifffahrt"),), Attr(lang="de"))
    lines = set_content((Text("国国国国"), word, Text("国国国国国")), 8).lines
    cut = [line for line in lines if line.items[-1].actual == ""]
    assert cut
    assert "".join(i.text for i in cut[0].items[:-1]).endswith(("Do", "Donau", "Donaudampf"))


def test_a_soft_hyphen_takes_the_room_of_what_is_drawn():
    lines = set_lines("国国国国inter\u00adnationalization国国国国国国国", 8, hyphenate=False)
    hyphen = lines[0].items[-1]
    assert hyphen.text == "-"
    assert hyphen.x + hyphen.width == pytest.approx(8 * SIZE, abs=1e-3)
