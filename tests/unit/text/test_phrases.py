"""Phrase edges of titles."""

import itertools

import pytest

from publisher.text.phrases import EDGE, STRONG, phrase_edges


def pieces(text: str, lang: str) -> list[str]:
    cuts = [0, *phrase_edges(text, lang), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(cuts)]


@pytest.mark.parametrize(
    ("text", "lang", "whole"),
    [
        ("衡陽市機關加強對“關鍵少數”監督的實踐體悟", "zh-Hant", ("關鍵少數", "監督的", "實踐體悟")),
        ("国务院关于加强数字政府建设的指导意见", "zh-Hans", ("国务院", "关于", "指导意见")),
        ("活版印刷のはじまりと東京築地の歴史について", "ja", ("活版印刷の", "歴史に")),
        ("한글 활자의 역사", "ko", ("활자의 ",)),
    ],
)
def test_words_stay_whole(text: str, lang: str, whole: tuple[str, ...]):
    found = pieces(text, lang)
    assert "".join(found) == text
    for word in whole:
        at = text.index(word)
        assert not [e for e in phrase_edges(text, lang) if at < e < at + len(word.strip())]


def test_a_particle_begins_no_line_and_a_preposition_ends_none():
    edges = phrase_edges("加强和改进宣传思想工作的意见", "zh-Hans")
    assert 2 in edges  # before 和
    assert 3 not in edges  # after it
    assert 11 not in edges  # before 的


def test_spaces_and_stops_are_strong_brackets_are_not():
    edges = phrase_edges("第一回　梦幻识通灵：宝玉（上）", "zh-Hans")
    assert [at for at, strength in edges.items() if strength == STRONG] == [4, 10]
    assert edges[12] == EDGE
    assert EDGE < STRONG


def test_no_edge_at_the_ends():
    assert phrase_edges("（上）", "zh-Hans") == {}
    assert phrase_edges("", "ja") == {}
