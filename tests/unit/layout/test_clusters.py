"""Stretched lines never cut a cluster: a pair of dashes, a base with its variation selector."""

import itertools

import pytest

from publisher.layout.paragraph import Typesetter
from publisher.layout.types import Run, RunTable, TextItem
from publisher.theme.model import TextStyle
from tests.tools.built_in_fonts import built_in_set
from tests.tools.set_lines import sheet

EM = 10.0


def first_line(text, em, lang="zh-Hans"):
    style = TextStyle(size=EM, leading=18.0)
    run = Run(0, len(text), "serif", 400, False, lang, EM)
    setter = Typesetter(sheet(lang), built_in_set(lang))
    return setter.set_paragraph(RunTable(text, (run,), {}), style, em * EM, lang=lang).lines[0]


@pytest.mark.parametrize("cluster", ["——", "葛\U000e0100", "⸺"])
@pytest.mark.parametrize("before", range(2, 7))
def test_a_cluster_stays_in_one_item(cluster, before):
    text = "字" * before + cluster + "字" * 30
    measure = 10.4
    line = first_line(text, measure, "ja")
    items = [i for i in line.items if isinstance(i, TextItem)]
    assert line.stage > 0
    assert any(cluster in item.text for item in items)
    last = items[-1]
    # The last character has no gap behind it.
    assert last.x + last.width == pytest.approx(measure * EM, abs=0.001)
    for left, right in itertools.pairwise(items):
        gap = right.x - (left.x + left.width)
        assert gap == pytest.approx(0, abs=1e-6) or gap == pytest.approx(line.amount * EM, abs=1e-6)


def test_a_pair_of_dashes_is_one_glyph_two_em_wide():
    line = first_line("字字字——字字字字字字字字字字字字字字", 10.4)
    (pair,) = [i for i in line.items if "——" in i.text and i.glyphs]
    assert len(pair.glyphs) == 1
    assert pair.glyphs[0].x_advance == 2000


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("dashes", ["————", "——————", "―――――――"])
def test_a_row_of_dashes_is_one_rule(dashes, upright):
    face = built_in_set("zh-Hans").split("字", "serif", 400, "upright", "zh-Hans")[0].face
    glyphs = face.shape(dashes, direction="ttb" if upright else "ltr")
    pen, ends = 0.0, []
    for glyph in glyphs:
        left, bottom, right, top = face.ink(glyph.gid)
        if upright:
            ends.append((pen - top - glyph.y_offset, pen - bottom - glyph.y_offset))
            pen -= glyph.y_advance
        else:
            ends.append((pen + left + glyph.x_offset, pen + right + glyph.x_offset))
            pen += glyph.x_advance
    assert len(glyphs) > 1
    assert pen == 1000 * len(dashes)
    assert all(after[0] < before[1] for before, after in itertools.pairwise(ends))
    assert ends[0][0] == pytest.approx(pen - ends[-1][1], abs=20)  # in the middle of its room
