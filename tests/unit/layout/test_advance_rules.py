"""Natural advances and gaps, worked out from cjk-typography 4, 5 and 7."""

import pytest

from publisher.layout.spacing import gap_positions, natural_advances

HANS, HANT, JA = "zh-Hans", "zh-Hant", "ja"
CHINESE, ALL = (HANS, HANT), (HANS, HANT, JA)

# A text, then its advances in halves of an em by language.
INSIDE = [
    ("字）」字", {ALL: "2122"}),
    ("字（「字", {ALL: "2212"}),
    ("字《〈字〉》字", {ALL: "2212122"}),
    ("字「「字」」字", {ALL: "2212122"}),
    ("字」「字", {ALL: "2212"}),
    ("字」　「字", {ALL: "21212"}),
    ("字　「字", {ALL: "2212"}),
    ("字）　字", {ALL: "2122"}),
    ("字）字", {ALL: "222"}),
    ("字（A）字", {ALL: "22122"}),
    ("字（1）、字", {ALL: "221122"}),
    ("字，。字", {(HANS, JA): "2122", (HANT,): "2222"}),
    ("字。、字", {(HANS, JA): "2122", (HANT,): "2222"}),
    ("字」，字", {ALL: "2122"}),
    ("字，」字", {(HANS, JA): "2122", (HANT,): "2222"}),
    ("字。（字", {ALL: "2212"}),
    ("字》、《字", {ALL: "21212"}),
    ("字；「字", {ALL: "2212"}),
    ("字」；字", {ALL: "2122"}),
    ("字：：字", {(HANS,): "2122", (HANT, JA): "2222"}),
    ("字，：字", {(HANS, JA): "2122", (HANT,): "2222"}),
    ("字！「字", {(HANS,): "2212", (HANT, JA): "2222"}),
    ("字？」字", {(HANS,): "2122", (HANT, JA): "2222"}),
    ("字」！字", {(HANS,): "2122", (HANT, JA): "2222"}),
    ("字。！字", {(HANS,): "2122", (HANT, JA): "2222"}),
    ("字！！字", {(HANS,): "2112"}),
    ("字⁉」字", {(HANS,): "2122", (HANT, JA): "2222"}),
    ("字」・字", {(JA,): "2122"}),
    ("字・「字", {(JA,): "2212"}),
    ("字、・字", {(JA,): "2122"}),
    ("字…」字", {ALL: "2222"}),
    ("字」…字", {ALL: "2222"}),
    ("字——（字", {ALL: "22222"}),
    ("字）——字", {ALL: "22222"}),
    ("字”“字", {CHINESE: "2212"}),
    ("字“‘字’”字", {CHINESE: "2212122"}),
    ("字％，字", {ALL: "2222"}),
    ("①⑩Ⅳⅷ→★■※×字", {ALL: "2222222222"}),
    ("字①，「字", {ALL: "22212"}),
    ("字½™²字", {ALL: "21112"}),
    ("字⸺字⸻字", {ALL: "24262"}),
    ("字。」（字", {(HANS, JA): "21212", (HANT,): "22212"}),
    ("字、『「字", {ALL: "22112"}),
    ("字」』）字", {ALL: "21122"}),
    ("字）：「字", {ALL: "21212"}),
    ("字？”“字", {(HANS,): "21212", (HANT, JA): "22212"}),
    ("字；　字", {(HANS,): "2122", (HANT, JA): "2222"}),
    ("字　）字", {ALL: "2222"}),
    ("字（　字", {ALL: "2222"}),
    ("字（・字", {ALL: "2222"}),
    ("字：・字", {(JA,): "2222"}),
    ("字、：字", {(HANS, JA): "2122", (HANT,): "2222"}),
    ("字！！！字", {(HANS,): "21122", (HANT, JA): "22222"}),
    ("字。〟字", {(HANS, JA): "2122"}),
    ("가）（나", {("ko",): "2212"}),
    ("가。」나", {("ko",): "2122"}),
    ("가“나”다", {("ko",): "21212"}),
    ("字·字", {(HANS,): "212", (HANT,): "222"}),
    ("字–字", {ALL: "212"}),
    ("字～字", {ALL: "222"}),
    ("字｢字｣字", {ALL: "21212"}),
    ("字ｱ字", {ALL: "212"}),
    ("e\u0301字", {ALL: "102"}),
    ("か\u3099字", {(JA,): "202"}),
    ("葛\U000e0100字", {(JA,): "202"}),
    ("字\u200b字", {ALL: "202"}),
    ("👍🏽字", {ALL: "202"}),
    ("👨\u200d👩\u200d👧字", {ALL: "200002"}),
    ("🇨🇳字", {ALL: "202"}),
    ("字，」字", {("zh-HK", "zh-Hant-HK", "zh-SG"): "2122", ("zh-MO", "zh-TW"): "2222"}),
    ("字。，字", {("zh-HK",): "2122"}),
]
EDGES = [
    ("（字", ALL, "12", "start"),
    ("《〈字", ALL, "112", "start"),
    ("“字", CHINESE, "12", "start"),
    ("……字", ALL, "222", "start"),
    ("字。", (HANS,), "21", "end"),
    ("字！", (HANS,), "21", "end"),
    ("字：", (HANS,), "21", "end"),
    ("字”", (HANS,), "21", "end"),
    ("字。”", (HANS,), "211", "end"),
    ("字？！", (HANS,), "211", "end"),
    ("字。", (HANT,), "22", "end"),
    ("字……", (HANS,), "222", "end"),
    ("字％", (HANS,), "22", "end"),
]
VERTICAL = [
    ("字：「字", (HANS,), "2222"),
    ("字」！字", (HANS,), "2222"),
    ("字。」字", (HANS,), "2122"),
    ("字！？字", (HANS,), "2222"),
    ("字：「字", (JA,), "2212"),
    ("字；「字", (JA,), "2222"),
    ("字」；字", (JA,), "2222"),
    ("字、「字", ALL, "2212"),
    ("字“字”字", (*ALL, "ko"), "22222"),
    ("字）：字", (HANS, HANT), "2222"),
    ("字）：字", (JA,), "2122"),
    ("字：）字", ALL, "2222"),
    ("字，“字”", (HANS,), "22122"),
    ("字·字", (HANS,), "212"),
]


def halves(text, lang, **more):
    return "".join(f"{width * 2:g}" for width in natural_advances(text, lang, **more))


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (text, lang, expected)
        for text, by_language in INSIDE
        for languages, expected in by_language.items()
        for lang in languages
    ],
)
def test_inside_a_line(text, lang, expected):
    assert halves(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected", "edge"),
    [(text, lang, *rest) for text, languages, *rest in EDGES for lang in languages],
)
def test_at_the_edges_of_a_line(text, lang, expected, edge):
    assert halves(text, lang, **{f"line_{edge}": True}) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [(text, lang, expected) for text, languages, expected in VERTICAL for lang in languages],
)
def test_in_vertical_writing(text, lang, expected):
    assert halves(text, lang, vertical=True) == expected


# A text with its gaps, | inserted.
GAPS = [
    ("字|a|字", ALL),
    ("字|1|字", ALL),
    ("字|я|字", ALL),
    ("か|a", ALL),
    ("カ|a", ALL),
    ("ー|1", ALL),
    ("々|a", ALL),
    ("ㄅ|a", ALL),
    ("〇|1", ALL),
    ("𠮷|a", ALL),
    ("가|1|나", ALL),
    ("가1나", ("ko",)),
    ("字A字", ("ko",)),
    ("字|3.5|字", ALL),
    ("字|a-b|字", ALL),
    ("字|x²|字", ALL),
    ("字\u0301|a", ALL),
    ("字\ufe00|a", ALL),
    ("字\u2060|a", ALL),
    ("a\u0301|字", ALL),
    ("字，a|字", ALL),
    ("字（a）字", ALL),
    ("字“a”字", ALL),
    ("字…a", ALL),
    ("字——a", ALL),
    ("字(a)字", ALL),
    ("字'a'字", ALL),
    ('字"a"字', ALL),
    ("字/字", ALL),
    ("字 a 字", ALL),
    ("字\u00a0a", ALL),
    ("Ａ字", ALL),
    ("字①a", ALL),
    ("字|$100|字", CHINESE),
    ("字$100|字", (JA,)),
    ("字|#1|字", CHINESE),
    ("字.a|字", ALL),
    ("字|a,字", ALL),
    ("字_a|字", CHINESE),
    ("30°字", ALL),
    ("25℃字", ALL),
    ("25|度", ALL),
    ("字½字", ALL),
    ("字|é|字", ALL),
    ("字|e\u0301|字", ALL),
    ("字|ไ|字", ALL),
    ("ㇰ|a", ALL),
    ("字\u3000a", ALL),
    ("字\u2009a", ALL),
    ("字㎡a", ALL),
    ("字ﾊa", ALL),
    ("字🙂a", ALL),
    ("字|1%|字", CHINESE),
    ("字|1%字", (JA,)),
    ("字|@a", CHINESE),
    ("字@a", (JA,)),
    ("字|&|字", CHINESE),
]


@pytest.mark.parametrize(
    ("case", "lang"), [(case, lang) for case, languages in GAPS for lang in languages]
)
def test_gaps(case, lang):
    text = case.replace("|", "")
    found = gap_positions(text, lang)
    shown = "".join("|" * (at in found) + char for at, char in enumerate(text))
    assert shown == case
