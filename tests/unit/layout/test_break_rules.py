"""Where lines may end, class by class and level by level, worked out from cjk-typography 3."""

import pytest

from publisher.layout.breaks import line_breaks

# Class -> members. Connectors are waves and hyphens, which have rules of their own.
CLASSES = {
    "opening": "“‘（［｛｟〈《「『【〔〖〘〚〝«｢",
    "closing": "”’）］｝｠〉》」』】〕〗〙〛〞〟»｣",
    "stop": "。．｡",
    "comma": "、，､﹐﹑﹒",
    "colon": "：；﹔﹕",
    "dividing": "！？‼⁇⁈⁉",
    "dot": "・·‧•･",
    "leader": "…‥⋯︙",
    "dash": "―⸺⸻",
    "single dash": "—",
    "wave": "〜゠～",
    "hyphen": "‐–",
    "solidus": "／",
    "iteration": "々〻ヽヾゝゞ",
    "small": "ぁぃぅっゃゎゕゖァッャㇰㇿーｧｯｰ",
    "suffix": "％‰°′″℃℉￠",
    "prefix": "￥＄￡＃№±",
}
LEVELS = {
    "none": ("zh-Hant", "none"),
    "basic": ("zh-Hant", None),
    "gb": ("zh-Hans", None),
    "gb-strict": ("zh-Hans", "gb-strict"),
    "loose": ("ja", "loose"),
    "normal": ("ja", "normal"),
    "strict": ("ja", None),
    "ko": ("ko", None),
}
# Class -> what a line may start with, in the order of the levels: . yes, x no, ~ rather not.
STARTS = {
    "opening": "........",
    "closing": ".xxxxxxx",
    "stop": ".xxxxxxx",
    "comma": ".xxxxxxx",
    "colon": ".xxx.xxx",
    "dividing": ".xxx.xxx",
    "dot": ".xxx.xxx",
    "leader": ".~~x.xxx",
    "dash": "...x...~",
    "single dash": ".~~x...~",  # a connector in Chinese
    "wave": ".xxx..xx",
    "hyphen": ".xxx.xxx",
    "solidus": "..xx....",
    "iteration": ".xxx.xxx",
    "small": "..xx..xx",
    "suffix": ".xxx.xxx",
    "prefix": "........",
}
ENDS = {"opening": ".xxxxxxx", "prefix": ".xxx.xxx", "solidus": "..xx...."}
# CSS Text 3 names the characters that its levels free; these are not among them.
NOT_IN_CSS = {"loose": "·‧•﹔﹕﹑", "normal": "﹑＃"}


def answer(found, at):
    return "~" if at in found.soft else "." if at in found.allowed else "x"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", CLASSES)
def test_line_starts_and_ends_by_class(kind, level):
    lang, strictness = LEVELS[level]
    column = list(LEVELS).index(level)
    expected = STARTS[kind][column], ENDS.get(kind, "........")[column]
    wrong = {}
    for char in CLASSES[kind]:
        found = line_breaks(f"字{char}字", lang, strictness)
        answers = answer(found, 1), answer(found, 2)
        if answers != expected and char not in NOT_IN_CSS.get(level, ""):
            wrong[char] = answers
    assert wrong == {}


CHINESE_AND_JAPANESE = ("zh-Hans", "zh-Hant", "ja")
ALL = (*CHINESE_AND_JAPANESE, "ko")

# A text with its line ends: | allowed, ~ rather not; none elsewhere. By languages.
NUMBERS = [
    ("甲|3.14|乙", ALL),
    ("甲|1,234,567|乙", ALL),
    ("甲|12:30|乙", ALL),
    ("甲|1/2|乙", ALL),
    ("甲|$100|乙", ALL),
    ("甲|￥100|乙", ALL),
    ("甲|50％|乙", ALL),
    ("甲|50%|乙", ALL),
    ("甲|25℃|乙", ALL),
    ("甲|45°|乙", ALL),
    ("甲|10°C|乙", ALL),
    ("甲|3km|乙", ALL),
    ("甲|3 km|乙", ALL),
    ("甲|90km/h|乙", ALL),
    ("甲|5 mg/m³|乙", ALL),
    ("甲|and/|or|乙", ALL),
    ("甲|50㎡|乙", ALL),
    ("甲|−5|乙", ALL),
    ("甲|±5|乙", ALL),
    ("甲|№5|乙", ALL),
    ("甲|2024-05-06|乙", ALL),
    ("共|100~元|整", CHINESE_AND_JAPANESE),
    ("第~3~回|の", ("ja",)),
    ("￥三|千|元", CHINESE_AND_JAPANESE),
    ("二|三、|四", CHINESE_AND_JAPANESE),
    ("三・|五|割", ("ja",)),
    ("二|〇|二|四|年", CHINESE_AND_JAPANESE),
    ("在|１~２~３~月", CHINESE_AND_JAPANESE),
    ("＃1~号", ALL),
    ("字|3.5％|字", ("zh-Hant-none",)),
    ("字|￥3|字", ("zh-Hant-none",)),
]
WORDS = [
    ("甲|word|乙", ALL),
    ("甲|don't|乙", ALL),
    ("甲|don’t|乙", ALL),
    ("甲|well-|known|乙", ALL),
    ("甲|AT&T|乙", ALL),
    ("甲|a@b.org|乙", ALL),
    ("甲|someone@~example.org|乙", ALL),
    ("甲|U.S.A.|乙", ALL),
    ("甲|a |b|乙", ALL),
    ("甲|naïve|乙", ALL),
    ("甲|e\u0301a|乙", ALL),
    ("甲|Ωμέγα|乙", ALL),
    ("甲|слово|乙", ALL),
    ("字|(a)|字", CHINESE_AND_JAPANESE),
    ("字|（a）|字", CHINESE_AND_JAPANESE),
    ("字|「Word」|字", CHINESE_AND_JAPANESE),
    ("和/或", ("zh-Hans",)),
    ("和/|或", ("zh-Hant", "ja")),
    ("甲|①|乙", CHINESE_AND_JAPANESE),
    ("甲|→|乙", CHINESE_AND_JAPANESE),
]
CLUSTERS = [
    ("葛\U000e0100|字", CHINESE_AND_JAPANESE),
    ("字\ufe00|字", CHINESE_AND_JAPANESE),
    ("か\u3099|き", CHINESE_AND_JAPANESE),
    ("👨\u200d👩\u200d👧|字", CHINESE_AND_JAPANESE),
    ("👍🏽|字", CHINESE_AND_JAPANESE),
    ("🇨🇳|🇯🇵|字", CHINESE_AND_JAPANESE),
    ("1️⃣|字", CHINESE_AND_JAPANESE),
    ("字\u2060字", CHINESE_AND_JAPANESE),
    ("字\u00a0字", CHINESE_AND_JAPANESE),
    ("字\u202f字", CHINESE_AND_JAPANESE),
    ("字\ufeff字", CHINESE_AND_JAPANESE),
    ("字 |字", CHINESE_AND_JAPANESE),
    ("字  |字", CHINESE_AND_JAPANESE),
    ("字\u200b|，|字", CHINESE_AND_JAPANESE),
]
MARKS = [
    ("他|说|——|不", CHINESE_AND_JAPANESE),
    ("字|———|字", CHINESE_AND_JAPANESE),
    ("字|——，|字", CHINESE_AND_JAPANESE),
    ("字~……。|字", ("zh-Hans", "zh-Hant")),
    ("字……。|字", ("ja",)),
    ("字~……~……|字", ("zh-Hans", "zh-Hant")),
    ("字‥‥|字", ("ja",)),
    ("「……|字", CHINESE_AND_JAPANESE),
    ("“——|字", CHINESE_AND_JAPANESE),
    ("「『字』」|字", CHINESE_AND_JAPANESE),
    ("字|（（字", CHINESE_AND_JAPANESE),
    ("字。」』|字", CHINESE_AND_JAPANESE),
    ("字！？|字", CHINESE_AND_JAPANESE),
    ("（字） |（字", CHINESE_AND_JAPANESE),
    ("字：|「字", CHINESE_AND_JAPANESE),
    ("字々々|字", CHINESE_AND_JAPANESE),
    ("字，|“字", CHINESE_AND_JAPANESE),
    ("“字”|“字”", CHINESE_AND_JAPANESE),
    ("字|“字”|字", CHINESE_AND_JAPANESE),
    ("字，|“Hi”|字", ("zh-Hans",)),
    ("说|“word”。|字", ("zh-Hans",)),
    ("say |“Hi” |now", ("zh-Hans",)),
    ("上|海–|北|京", CHINESE_AND_JAPANESE),
    ("三～|五|天", CHINESE_AND_JAPANESE),
    ("1990—|2000~年", ("zh-Hans", "zh-Hant")),
    ("1990~年—|2000~年", ("zh-Hans", "zh-Hant")),
    ("10%—|20%|的", ("zh-Hans", "zh-Hant")),
    ("五—|七|月", ("zh-Hans", "zh-Hant")),
    ("北|京~—|上|海", ("zh-Hans", "zh-Hant")),
    ("北|京|—|上|海", ("ja", "zh-Hant-none")),
    ("字|————|字", CHINESE_AND_JAPANESE),
]
KANA = [
    ("キャ|ラ|メ|ル", ("ja",)),
    ("サー|バー", ("ja",)),
    ("まっ|て", ("ja",)),
    ("ま|っ|て", ("ja-normal",)),
    ("ｷｬ|ﾗ", ("ja",)),
    ("こゝ|ろ", ("ja",)),
    ("彼|〳〵|字", ("ja",)),
    ("ア・|イ", ("ja",)),
    ("１ヵ|月", ("ja",)),
    ("字|……|字", ("ja-jlreq",)),
    ("字|　|字", ("ja-jlreq",)),
    ("字|％|字", ("ja-jlreq",)),
    ("3％|字", ("ja-jlreq",)),
    ("A|￥3", ("ja-jlreq",)),
    ("字！　|字", ("ja-jlreq",)),
    ("字|―|…|字", ("ja-jlreq",)),
    ("字ー|字", ("ja-jlreq",)),
]
KOREAN = [
    ("그는 |“안녕”~이라고 |말했다.", ("ko",)),
    ("3월 |1일", ("ko",)),
    ("제1장 |서론", ("ko",)),
    ("漢|字|와", ("ko",)),
    ("서울~—|부산", ("ko",)),
    ("가나다라", ("ko",)),
    ("가, |나", ("ko",)),
    ("가.|나", ("ko",)),
    ('"가나" |다', ("ko",)),
    ("「가나」 |다", ("ko",)),
    ("A는 |B", ("ko",)),
    ("10%를 |더", ("ko",)),
    ("25℃의 |물", ("ko",)),
    ("50㎡를 |더", ("ko",)),
    ("가-|나", ("ko",)),
    ("가·|나", ("ko",)),
    ("ㄱㄴ |ㅋㅋㅋ", ("ko",)),
]


def parted(case):
    """The text of a case and its line ends: allowed, soft."""
    text, ends = "", ([], [])
    for char in case:
        if char in "|~":
            ends[char == "~"].append(len(text))
        else:
            text += char
    return text, *ends


@pytest.mark.parametrize(
    ("case", "language"),
    [
        (case, language)
        for case, languages in NUMBERS + WORDS + CLUSTERS + MARKS + KANA + KOREAN
        for language in languages
    ],
)
def test_sequences(case, language):
    text, free, soft = parted(case)
    lang, strictness = language, None
    for name in ("none", "normal", "jlreq"):
        if language.endswith(f"-{name}"):
            lang, strictness = language.removesuffix(f"-{name}"), name
    found = line_breaks(text, lang, strictness)
    shown = "".join(
        {".": "|", "~": "~", "x": ""}[answer(found, at)] * (at > 0) + char
        for at, char in enumerate(text)
    )
    assert shown == case
    assert found.soft == tuple(soft)
    assert sorted(free + soft) == list(found.allowed)


def test_korean_between_syllables_when_asked():
    assert line_breaks("가나다라", "ko", word_break="normal").allowed == (1, 2, 3)
