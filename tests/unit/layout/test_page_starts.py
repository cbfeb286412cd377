"""Places of a run table in the count of the tree's text."""

from publisher.layout.page_starts import plain_offsets
from publisher.layout.types import OBJECT, BoxedText, BreakObject, RubyObject, Run, RunTable


def run(start, end, **more):
    return Run(start, end, "serif", 400, False, "ja", 10.0, **more)


def test_objects_count_as_their_text_and_labels_as_nothing():
    # 甲 [漢字 with a reading] 乙 [a line end] [12 in a cell] (1: a call) 丙
    text = f"甲{OBJECT}乙{OBJECT}{OBJECT}1丙"
    objects = {1: RubyObject("漢字", "かんじ", "furigana", "group"), 3: BreakObject(),
               4: BoxedText("12")}  # fmt: skip
    table = RunTable(text, (run(0, 5), run(5, 6, note="n"), run(6, 7)), objects)
    #       甲 漢字 乙 ↵ 12 call 丙
    assert plain_offsets(table, range(8)) == [0, 1, 3, 4, 5, 7, 7, 8]


def test_a_call_in_a_cell_counts_as_nothing():
    table = RunTable(f"甲{OBJECT}乙", (run(0, 1), run(1, 2, note="n"), run(2, 3)),
                     {1: BoxedText("10")})  # fmt: skip
    assert plain_offsets(table, [1, 2, 3]) == [1, 1, 2]
