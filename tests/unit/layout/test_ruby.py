import pytest

from publisher.layout.types import TextItem
from publisher.tree.nodes import Ruby, RubyPair, Text
from tests.tools.set_lines import SIZE, set_content


def line_of(*content):
    (line,) = set_content(content, 40, "ja").lines
    return line


def parts(line, tag):
    return [i for i in line.items if isinstance(i, TextItem) and i.tag == tag]


def test_short_ruby_is_centred_over_its_base():
    line = line_of(Text("国"), Ruby((RubyPair("木", "き"),)), Text("国"))
    (base,), (ruby,) = parts(line, "RB"), parts(line, "RT")
    assert (base.text, base.x, ruby.size) == ("木", SIZE, SIZE / 2)
    assert ruby.x == pytest.approx(SIZE + SIZE / 4)
    assert ruby.dy > 0.8 * SIZE
    assert line.items[-1].x == pytest.approx(2 * SIZE)


def test_base_and_annotation_follow_one_another():
    line = line_of(Ruby((RubyPair("漢", "かん"), RubyPair("字", "じ"))))
    assert [i.tag for i in line.items] == ["RB", "RT", "RB", "RT"]


def test_long_ruby_widens_beside_han_and_hangs_over_kana():
    wide = line_of(Text("国"), Ruby((RubyPair("志", "こころざし"),)), Text("国"))
    assert wide.items[-1].x == pytest.approx(SIZE * 3.5)
    hung = line_of(Text("の"), Ruby((RubyPair("志", "こころざし"),)), Text("を"))
    assert parts(hung, "RT")[0].x == pytest.approx(SIZE * 0.5)
    assert hung.items[-1].x == pytest.approx(SIZE * 2.5)


def test_no_ruby_hangs_out_of_the_line():
    line = line_of(Ruby((RubyPair("志", "こころざし"),)), Text("を"))
    assert parts(line, "RT")[0].x == pytest.approx(0.0)


def test_group_ruby_is_spread_one_two_one():
    line = line_of(Ruby((RubyPair("境界面", "まく"),), "group"))
    (ruby,) = parts(line, "RT")
    # Three em of base, one em of ruby: the ends take at most one ruby character.
    assert ruby.x == pytest.approx(SIZE / 2)
    assert ruby.spacing == pytest.approx(SIZE)


def test_a_group_with_long_ruby_spreads_its_base():
    line = line_of(Ruby((RubyPair("山川", "やまかわのみち"),), "group"))
    (base,) = parts(line, "RB")
    assert base.spacing == pytest.approx(SIZE * 0.75)
    assert base.x == pytest.approx(SIZE * 0.375)


def test_ruby_asks_for_room_above():
    assert line_of(Ruby((RubyPair("木", "き"),))).ascent > 1.3 * SIZE
