"""What one line says of itself: which rule of chapter headings it fits, its unit, its number.

A line alone proves nothing; `chapters` weighs the lines of a text against one another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from publisher.readers.plain.paragraphs import display_width
from publisher.record import NamedTuple
from publisher.text.numerals import NUMERAL_CLASS, parse_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.readers.plain.paragraphs import Piece
    from publisher.tree.nodes import SectionKind

# Columns, full-width characters counting two; titles of old novels are couplets of up to 2 x 9.
MAX_HEADING: Final = 72

# Patterns that few lines come to are strings: `re` compiles them once, when they are first asked
# for, which for most articles is never.
_NUMBER: Final = f"[{NUMERAL_CLASS}Ⅰ-Ⅻ]"
_BLANK: Final = r"[\s　]*"
# Signs that people set about headings: ☆第一章☆, ☆、第一章, 【第一章】, === 第一章 ===.
_SIGNS: Final = "☆★◆◇■□●○▲△▼▽※＊*#＃=＝~～–—─━·・•§◎♦♠-"
_MARKS: Final = f" \t　【[［〔<＜《〈（({_SIGNS}"
_OPEN: Final = rf"(?:[{_SIGNS}]{{1,12}}、?{_BLANK})?[【\[［〔<＜《〈（(]?{_BLANK}"
_CLOSE: Final = rf"(?:{_BLANK}[】\]］〕>＞》〉）)])?"
_CLOSING: Final = "】]］〕>＞》〉）)"
_TRAIL: Final = re.compile(rf"[\s　】\]］〔〕>＞》〉{_SIGNS}]+$")
_LEAD: Final = r"(?:(?:正文|最新章[节節]|VIP(?:章[节節])?)[\s　:：]*)?"
# Units that a title may follow directly (第一章風起), and those that it hardly ever does.
_UNITS: Final = "章回节節卷巻部篇集編编幕折話话册冊場场出齣夜장화권부회절막편"
_NUMBERED: Final = (
    "(?s)"
    rf"{_OPEN}{_LEAD}(?:第|제){_BLANK}(?P<number>{_NUMBER}{{1,12}}|[ivxlcIVXLC]{{1,8}})"
    rf"{_BLANK}(?P<unit>部分|樂章|乐章|[{_UNITS}])(?P<rest>.*)"
)
# The same after a book's or a volume's name: 長夜行 第一章 風起, 第一卷 少年 第一章 風起.
_PREFIXED: Final = (
    "(?s)"
    rf"(?P<lead>[^。！？!?，,：:“”「」]{{1,30}}?)[\s　]+第{_BLANK}(?P<number>{_NUMBER}{{1,12}})"
    rf"{_BLANK}(?P<unit>[章回节節話话])(?P<rest>(?:[\s　:：].*)?)"
)
_ENGLISH_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen", "twenty"),
        1,
    )
}  # fmt: skip
_ENGLISH_NUMBER: Final = "|".join(sorted(_ENGLISH_NUMBERS, key=len, reverse=True))
_ENGLISH: Final = (
    "(?is)"
    rf"{_OPEN}(?P<unit>chapter|part|book|volume|vol|episode|section|act)\b\.?[\s　]*"
    rf"(?P<number>\d{{1,4}}|[ivxlc]{{1,8}}|{_ENGLISH_NUMBER})\b"
    rf"{_CLOSE}(?P<rest>(?:\s*[.:：—–-]\s*|\s+)\S.*|[.:]?)"
)
_AFTER: Final = r"(?P<rest>(?:[\s　:：.．、\-–—「『【《(（].*)?)"
_BARE_VOLUME: Final = (
    "(?s)"
    rf"{_OPEN}(?P<unit>[卷巻])(?:[之のノ]|第)?{_BLANK}(?P<number>{_NUMBER}{{1,12}}){_CLOSE}{_AFTER}"
)
_HALVES: Final = (
    "(?s)"
    rf"{_OPEN}(?P<number>[上中下])(?P<unit>[卷巻部篇集編编册冊]){_CLOSE}{_AFTER}"
)
_SONO: Final = (
    "(?s)"
    rf"(?:[其そ]の|其之?)(?P<number>{_NUMBER}{{1,4}})(?P<rest>(?:[\s　:：].*)?)"
)
# 1章, ３話, 12화: no 第 before the number, so nothing but a blank or a stop may follow.
_BARE_UNIT: Final = (
    "(?s)"
    rf"{_OPEN}(?P<number>{_NUMBER}{{1,8}}){_BLANK}(?P<unit>[章話话回幕巻卷部節节夜장화권부회막편절])"
    rf"{_CLOSE}(?P<rest>(?:[\s　:：.．、\-–—「『【《].*)?)"
)
_RULES: Final = (
    ("numbered", _NUMBERED),
    ("bare", _BARE_UNIT),
    ("english", _ENGLISH),
    ("volume", _BARE_VOLUME),
    ("half", _HALVES),
    ("sono", _SONO),
    ("prefixed", _PREFIXED),
)
# What follows the unit directly when the line is no heading: 第一回合, 第三部隊, 第二節目 ...
_PART_OF_WORD: Final = (
    "(?:回[合家头頭來来报報答顾顧忆憶去想到信国國收归歸应應过過戦転答路り目]|"
    "部[隊队門门下位件落署族曲屋長长員员類类]|[節节][目課课日能约約点點拍奏省电電食度分庆慶]|"
    "[卷巻][子入宗轴軸积積曲烟起き]|章[程法句鱼魚]|集[团團合体體会會中市结結成装裝训訓まめ]|"
    "幕[后後僚府布]|篇[幅章文论論小日报報]|[話话][題题語语劇剧費费音术術筒]|[册冊][子封立数數]|"
    "折[扣叠疊騰腾磨返线線]|[場场][面合景地比]|出[租口去来來现現色発发發]|夜[里裡晚間间空市目勤行]|"
    "[編编][集辑輯号號成者]|회[의사원차장전복]|부[대문분터모품]|화[면재요가]|장[면소관군교마]|"
    "편[지의집]|절[반대차]|권[리력총투]|막[걸내])"
)
# A particle that ties the number to a sentence: 第十章裡他寫道, 第一章では, 제1장은.
_TIED: Final = (
    "[裡里](?!程|斯|昂|约|約|海)|[的](?!的)|了(?!断|斷|结|結|解|无|無|却|卻|凡)|[中上]他|"
    "から|まで|では|には|とは|は(?!じ)|[がをの]|[은는이가을를의에](?![가-힣])|(?:에서|부터|까지|에는)"
)
_NOT_TITLE: Final = "[。；;，,、：:]$|。."
_OPEN_ENDED: Final = "(?:…|——)$"
_SENTENCE: Final = re.compile("[。；;，,、：:]$|[。…].")
# Words that begin more sentences than titles.
_DOUBTFUL: Final = (
    "[是在和与與及或跟对對就都也还還才讲講说說写寫我你他她它这這那有没沒不让讓把被从從到至为為"
    "開开结結中最后後比見见打做給给]|以[后後前]"
)
_LONG_TITLE: Final = 16  # characters; a longer one directly after the unit is rather a sentence

# The higher a unit, the lower its rank. 話 under 章, as in Japanese novels.
RANKS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("部", "部分", "권", "part", "book"), 1),
    **dict.fromkeys((*"卷巻册冊集篇編编편부", "volume", "vol"), 2),
    **dict.fromkeys((*"章回幕折出齣장막회", "樂章", "乐章", "chapter", "act"), 3),
    **dict.fromkeys((*"話话화夜場场", "其", "episode"), 4),
    **dict.fromkeys((*"节節절", "section"), 5),
}
_ONE_UNIT: Final[Mapping[str, str]] = {
    "节": "節", "话": "話", "册": "冊", "场": "場", "编": "編", "巻": "卷", "乐章": "樂章",
    "vol": "volume",
}  # fmt: skip

Doubt = Literal[0, 1, 2]


class Line(NamedTuple):
    """A line that is numbered like a heading.

    Attributes:
        rule: ``numbered``, ``prefixed``, ``english``, ``volume``, ``half``, ``sono``, ``bare``,
            ``of volume`` (a chapter after its volume).
        unit: 章, 回, chapter ...
        number: Its number.
        doubt: 0 for a clear heading, 1 and 2 where it may be a sentence.
        title: What stands after the number; `prefix` what stands before it.
    """

    rule: str
    unit: str
    number: int
    doubt: Doubt = 0
    title: str = ""
    prefix: str = ""


# What most lines fail, at little cost.
_MAY_BE_NUMBERED: Final = re.compile(
    rf"{_OPEN}(?:{_LEAD}[第제]|[{NUMERAL_CLASS}Ⅰ-Ⅻ卷巻上中下其そ]|"
    r"(?:chapter|part|book|vol(?:ume)?|episode|section|act)\b)",
    re.IGNORECASE,
)


def read_line(piece: Piece) -> Line | None:
    """What a piece says as a numbered heading; None for any other."""
    text = piece.text
    if len(text) > MAX_HEADING or piece.end != piece.start:
        return None
    likely = _MAY_BE_NUMBERED.match(text)
    if (not likely and "第" not in text) or display_width(text) > MAX_HEADING:
        return None
    if not likely:
        match = re.fullmatch(_PREFIXED, text)
        return _line("prefixed", match) if match else None
    for rule, pattern in _RULES:
        if match := re.fullmatch(pattern, text):
            return _of_volume(text) or _line(rule, match)
    return None


def _of_volume(text: str) -> Line | None:
    """``第一卷 少年 第一章 風起`` is a chapter, whose volume stands before it."""
    match = re.fullmatch(_PREFIXED, text)
    volume = re.fullmatch(_NUMBERED, match["lead"]) if match else None
    if match is None or volume is None or RANKS[volume["unit"]] >= RANKS[match["unit"]]:
        return None
    return _line("of volume", match)


def _line(rule: str, match: re.Match[str]) -> Line | None:
    groups = match.groupdict()
    digits, unit = groups["number"], groups.get("unit") or "其"
    rest = groups["rest"]
    half = "上中下".find(digits) + 1 if rule == "half" else 0
    number = half or _ENGLISH_NUMBERS.get(digits.lower()) or parse_number(digits)
    if number is None:
        return None
    title = _TRAIL.sub("", rest)
    if title.startswith(("(", "（")) and not title.endswith((")", "）")):
        title = rest
    doubt = None if re.search(_NOT_TITLE, title) else _doubt(unit, rest, title)
    if doubt is None:
        return None
    name = unit.lower()
    return Line(rule, _ONE_UNIT.get(name, name), number, doubt, title, groups.get("lead") or "")


def _doubt(unit: str, rest: str, title: str) -> Doubt | None:
    """How doubtful it is that `title` is one; None for a sentence, or a word of another kind."""
    if not title:
        return 0
    if rest[0] in _CLOSING + " \t　\u00a0:：.．、-–—·・「『【《（(]］】）)？！?!":
        return 1 if len(title) > 2 * _LONG_TITLE and "，" in title else 0
    if (
        re.match(_PART_OF_WORD, unit[-1] + rest[:1])
        or re.match(_TIED, rest)
        or re.search(_OPEN_ENDED, title)
    ):
        return None
    if unit == "部分":
        return None
    marks = len(title) > _LONG_TITLE or "，" in title
    points = (unit not in "章장") + bool(re.match(_DOUBTFUL, rest)) + marks
    return None if points > 2 else points  # type: ignore[return-value]


# ------------------------------------------------------------------------------ unnumbered parts

_REST: Final = r"[\s　:：—\-（(【《「].{0,24}"


def _special(words: str, rest: str = _REST) -> str:
    return f"(?i){_OPEN}(?:{'|'.join(words.split())}){_CLOSE}(?:{rest})?"


_COUNTED: Final = r"[\s　:：—\-（(【《「之の其\d０-９①-⑳一二三四五六七八九十上下].{0,24}"
_SPECIAL: Final[tuple[tuple[SectionKind, str], ...]] = (
    (
        "preface",
        _special(r"""
            序[章幕曲言文詞词論论话話]? [自代總总原他推][薦荐]?序 [譯译]者?序 作者自?序
            (?:再版|新版|初版)序言?
            序[一二三四五] 前言 引子 引言 引章 楔子 緣起 缘起 [開开](?:篇|場白|场白) 卷首[語语]?
            [導导][言讀读語语論论]
            題記 题记 [緒绪][言論论] 出版[說说]明 凡例 [獻献][詞词] 致[讀读]者 [編编]者按
            [人登][物場场](?:介紹|介绍|人物)
            主要人物 [译譯]者前言 プロローグ はじめに まえがき 前書き 前がき 序にかえて
            프롤로그 머리말 서문 서장 서론 들어가며 여는\s?글 들어가는\s?(?:글|말) 책머리에
            등장\s?인물 작가\s?서문 prologue preface foreword introduction"""),
    ),
    (
        "afterword",
        _special(r"""
            [後后][記记序語语] 跋 跋文 尾[聲声] [終终][章曲幕] [結结][語语] [卷編编]後[記记]
            [編编][後后] 完[本結结]感言 上架感言 作者的?[話话] 作者[後后][記记] 作者有[話话][說说]
            [寫写]在最?[後后]面? [譯译]者?[後后][記记] エピローグ あとがき 後書き おわりに 終わりに
            むすび 結び [訳解]者?あとがき 에필로그 맺음말 후기 작가\s?후기 작가의\s?말
            옮긴이의\s?말 마치며 나오며 닫는\s?(?:글|말) 나가며 종장
            epilogue afterword postscript"""),
    ),
    ("chapter", _special("最終[章話話回] 最终[章话回] 大[結结]局 結局 结局 최종[장화]")),
    (
        "extra",
        _special(
            r"""番外[篇編编章]? 外[傳传伝] 前[傳传] [後后][傳传] [後后]日[談谈譚] 特典
            [間间][章幕] 幕[間间]劇? [閑閒闲間]話 插[話曲] 挿話 おまけ 외전 번외편? 특별편 막간
            side\s?story interlude""",
            _COUNTED,
        ),
    ),
    (
        "appendix",
        _special("附[錄录] 付録 補遺 补遗 부록 appendix", rf"{_COUNTED}|\s?[A-Z]\b.{{0,24}}"),
    ),
)


_FIRST: Final = frozenset(
    "序自代总總原他推譯译作再新初前引楔緣缘開开卷導导題题緒绪出凡獻献致編编人登主プはま프머서들"
    "여책등後后跋尾終终結结完上寫写エあおむ訳解에맺후작옮마나닫종最大局최番外特間间幕閑閒闲插挿외번특막附付補补부pPfFiIeEaAsS"
)


def special_kind(text: str) -> SectionKind | Literal[""]:
    """What a line that names an unnumbered part of a book begins; empty for any other."""
    if text[:1] not in _FIRST and text.lstrip(_MARKS)[:1] not in _FIRST:
        return ""
    bare = _TRAIL.sub("", text) if text[-1] in _SIGNS else text
    if len(text) > MAX_HEADING or _SENTENCE.search(bare):
        return ""
    return next((kind for kind, pattern in _SPECIAL if re.fullmatch(pattern, bare)), "")
