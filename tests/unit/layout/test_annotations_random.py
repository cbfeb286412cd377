"""Properties of lines with any annotations and notes, in both directions."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.layout.itemize import itemize
from publisher.layout.types import GENERATED, OBJECT, PictureItem, TextItem
from publisher.theme.model import TextStyle
from publisher.tree.nodes import EmphasisDots, Mark, Ruby, RubyPair, Text, Warichu
from tests.tools.set_lines import SIZE, context, set_marked

kana = st.text("かきくけこしょう", min_size=1, max_size=6)
pinyin = st.sampled_from(("yi", "shuang", "zhong", "er"))
zhuyin = st.text("ㄅㄆㄇㄧㄨㄚ", min_size=1, max_size=3)


def rubies(role, readings):
    def pairs(kinds, bases):
        made = st.tuples(bases, readings).map(lambda pair: RubyPair(*pair))
        return st.builds(
            Ruby, st.lists(made, min_size=1, max_size=3).map(tuple), kinds, st.just(role)
        )

    one = st.sampled_from("国字木林")
    return st.one_of(
        pairs(st.sampled_from(("mono", "jukugo")), one),
        pairs(st.just("group"), st.sampled_from(("東京", "国", "三文字"))),
    )


texts = st.text("国字のをっカー、。（）「」・abc 12", min_size=1, max_size=8).map(Text)
leaves = st.one_of(
    texts,
    rubies("furigana", kana),
    rubies("pinyin", pinyin),
    rubies("zhuyin", zhuyin),
    st.text("一二三四、。", min_size=1, max_size=30).map(lambda text: Warichu((Text(text),))),
)
inlines = st.one_of(
    leaves,
    st.lists(leaves, min_size=1, max_size=3).map(lambda c: EmphasisDots(tuple(c))),
    st.lists(leaves, min_size=1, max_size=3).map(lambda c: Mark("proper-name", tuple(c))),
)
paragraphs = st.lists(inlines, min_size=1, max_size=8).map(tuple)
settings_of = {"max_examples": 80, "deadline": None}
anywhere = (paragraphs, st.integers(6, 20), st.sampled_from(("ja", "zh-Hans", "zh-Hant")))


def told(line, *tags):
    return [i for i in line.items if isinstance(i, TextItem) and i.tag in tags]


@settings(**settings_of)
@given(*anywhere, st.booleans())
def test_every_base_reading_and_note_is_shown_once_and_in_order(content, em, lang, vertical):
    table = itemize(content, TextStyle(size=SIZE), context(lang))
    texts, readings = [], []
    generated = {run.start for run in table.runs if GENERATED in run.marks}
    for at, char in enumerate(table.text):
        thing = table.objects.get(at)
        if char != OBJECT or thing is None:
            texts += [] if at in generated else [char]
        elif hasattr(thing, "base"):
            texts.append(thing.base)
            readings.append(thing.text)
        else:
            texts.append(thing.text[thing.index])
    lines = set_marked(*content, em=em, lang=lang, vertical=vertical)
    shown = "".join(
        item.text if item.actual is None else item.actual
        for line in lines
        for item in told(line, "", "RB", "WT", "WP", "WP-end")
    )
    assert shown == "".join(texts)
    notes = [i.text if i.actual is None else i.actual for line in lines for i in told(line, "RT")]
    assert "".join(notes) == "".join(readings)


@settings(**settings_of)
@given(*anywhere)
def test_no_two_annotations_of_a_line_overlap(content, em, lang):
    for line in set_marked(*content, em=em, lang=lang):
        over = [i for i in told(line, "RT") if i.dy > 0.8 * SIZE and i.size == SIZE / 2]
        for first, second in pairwise(over):
            assert first.x + first.width - first.spacing <= second.x + 1e-6


@settings(**settings_of)
@given(*anywhere)
def test_no_two_characters_of_a_line_overlap(content, em, lang):
    """But for blanks: marks are half as wide as their squares."""
    for line in set_marked(*content, em=em, lang=lang):
        bases = [i for i in told(line, "", "RB") if i.dy == 0 and i.text.strip()]
        for first, second in pairwise(bases):
            blank = 0.5 * SIZE * (first.text[-1] in "、。）」・") + 0.5 * SIZE * (
                second.text[0] in "（「・"
            )
            end = first.x + first.width - first.spacing
            assert end <= second.x + blank + 1e-6


@settings(**settings_of)
@given(*anywhere)
def test_no_line_is_longer_than_its_measure(content, em, lang):
    for line in set_marked(*content, em=em, lang=lang):
        shown = [i for i in line.items if isinstance(i, TextItem | PictureItem) and i.text.strip()]
        if line.overfull or not shown:
            continue
        ends = [
            i.x
            + i.width
            - i.spacing
            - 0.5 * SIZE * (i.text.rstrip()[-1] in "、。）」")
            - 0.25 * SIZE * (len(i.text) - len(i.text.rstrip()))
            - 0.25 * SIZE * (i.text.rstrip()[-1] == "・")
            for i in shown
        ]
        assert max(ends) <= em * SIZE + 1e-3
        assert min(i.x + 0.5 * SIZE * (i.text[0] in "（「・") for i in shown) >= -1e-6
