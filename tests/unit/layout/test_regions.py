"""Rule sets that change inside a paragraph."""

import pytest

from publisher.layout.breaks import BAN
from publisher.layout.itemize import itemize
from publisher.layout.profiles import profile_for
from publisher.layout.regions import is_one, regions_of
from publisher.theme.model import TextStyle
from publisher.tree.nodes import Attr, Span, Text
from tests.tools.set_lines import SIZE, context, set_content


def table_of(*parts, lang="zh-Hans"):
    content = tuple(
        Text(part) if isinstance(part, str) else Span((Text(part[1]),), Attr(lang=part[0]))
        for part in parts
    )
    return itemize(content, TextStyle(size=SIZE), context(lang))


def regions(*parts, lang="zh-Hans"):
    return regions_of(table_of(*parts, lang=lang), lang, profile_for)


def test_runs_of_other_cjk_languages_are_regions():
    found = regions("国国", ("ja", "あっ"), "国", ("en", "abc"))
    assert [(r.start, r.end, r.profile.name) for r in found.spans] == [
        (0, 2, "hans"),
        (2, 4, "ja"),
        (4, 8, "hans"),
    ]


def test_a_run_in_another_tag_of_the_same_rules_is_no_region():
    assert len(regions("国国", ("zh-CN", "国国")).spans) == 1
    assert is_one(table_of(("zh-CN", "国国")), "zh-Hans", profile_for)
    assert not is_one(table_of(("ja", "国国")), "zh-Hans", profile_for)


def test_each_region_breaks_by_its_own_level():
    # A small kana may start a line in Traditional, not in Japanese text.
    parts = ("國國っ國", ("ja", "国国っ国"))
    table = table_of(*parts, lang="zh-Hant")
    found = regions_of(table, "zh-Hant", profile_for).penalties(table.text, "HHKHHHKH")
    assert (found[2], found[6]) == (0, BAN)


def test_a_ban_holds_over_the_edge_of_a_region():
    found = regions("国国", ("ja", "。国")).penalties("国国。国", "HHSH")
    assert found[2] == BAN


def compressed(classes, *parts, lang):
    return regions(*parts, lang=lang).compressed(classes)


def test_each_region_compresses_by_its_own_rules():
    # 。 loses its blank before 」 in Japanese and keeps it in Traditional text.
    assert compressed("HSCHSC", "國。」", ("ja", "国。」"), lang="zh-Hant") == "HSCH3C"


def natural_width(content, lang):
    (line,) = set_content(content, 40, lang, align="start").lines
    last = line.items[-1]
    return (last.x + last.width) / SIZE


def test_each_region_has_its_own_gaps():
    # Two quarters in the Japanese part, none in the Korean one and where it ends.
    words = {"ko": "한a", "ja": "国a国"}
    for lang, inner in (("ko", "ja"), ("ja", "ko")):
        content = (Text(words[lang]), Span((Text(words[inner]),), Attr(lang=inner)))
        assert natural_width(content, lang) == pytest.approx(4.5)


def test_middle_dots_follow_their_region():
    content = (Text("国·国"), Span((Text("國·國"),), Attr(lang="zh-Hant")))
    assert natural_width(content, "zh-Hans") == pytest.approx(2.5 + 3.0)


def test_line_ends_follow_the_paragraph():
    japanese = Span((Text("国国国国、国国国国国"),), Attr(lang="ja"))
    first = set_content((Text("国"), japanese), 5.5, "zh-Hans").lines[0]
    # A Japanese comma at the end of a Simplified line is half an em, always.
    assert first.end == 6
    assert (first.stage, first.overfull) == (0, False)
