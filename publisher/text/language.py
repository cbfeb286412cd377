"""Which language a text is in, told by its characters alone. A guess for sources that name none."""

from __future__ import annotations

import re

# A guess needs no more than the beginning: a novel and a page cost the same.
_SAMPLE = 20_000

# Patterns stay text until a guess is asked for: `re` compiles and keeps them then.
_KANA = "[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]+"
_HANGUL = "[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+"
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
_WORD = "[A-Za-z]+"

# Common characters of running text that exist in one of the two Chinese scripts only. Characters
# that both use (后 系 只 干 面 里 台), however unevenly, are left out.
_SIMPLIFIED = (
    "们个来时说国对会这为学经过还开没点问题发进实现动关应该样员间体机从处设长万业产东车"
    "书见话语请认让论记许调谁谈谢读课试该详误证识评讲议训许诉词译诗话钱铁银错针钟门闻"
    "闭闪阅队阳阴陆际险随难顾须颜风飞饭饮马驶鱼鸟鸡龙龟齐齿义乐乡买乱争亚亲亿仅仪价众"
    "优传伤伟伦侧侨俭债倾偿储党兰兴养兽冈军农决况冻净凉减凤凭击划刘则刚创删别剂剧劝办务"
    "劳势华协单卖卢卫历厉压厌县参双变号叶吗听启员咏响哑唤园围图圆圣场坏块坚坛坟垒报"
)
_TRADITIONAL = (
    "們個來時說國對會這為學經過還開沒點問題發進實現動關應該樣員間體機從處設長萬業產東車"
    "書見話語請認讓論記許調誰談謝讀課試該詳誤證識評講議訓許訴詞譯詩話錢鐵銀錯針鐘門聞"
    "閉閃閱隊陽陰陸際險隨難顧須顏風飛飯飲馬駛魚鳥雞龍龜齊齒義樂鄉買亂爭亞親億僅儀價眾"
    "優傳傷偉倫側僑儉債傾償儲黨蘭興養獸岡軍農決況凍淨涼減鳳憑擊劃劉則剛創刪別劑劇勸辦務"
    "勞勢華協單賣盧衛歷厲壓厭縣參雙變號葉嗎聽啟員詠響啞喚園圍圖圓聖場壞塊堅壇墳壘報"
)
_ONLY_SIMPLIFIED = f"[{''.join(sorted(set(_SIMPLIFIED) - set(_TRADITIONAL)))}]"
_ONLY_TRADITIONAL = f"[{''.join(sorted(set(_TRADITIONAL) - set(_SIMPLIFIED)))}]"

_ENGLISH = frozenset(["the", "of", "and", "to", "in", "is", "that", "for", "with", "was", "it"])

_REGIONS = {
    "cn": "zh-Hans",
    "sg": "zh-Hans",
    "my": "zh-Hans",
    "tw": "zh-Hant-TW",
    "hk": "zh-Hant-HK",
    "mo": "zh-Hant-MO",
}
# Names people write where a tag should stand.
_NAMES = {
    "cn": "zh-Hans",
    "chs": "zh-Hans",
    "tw": "zh-Hant-TW",
    "cht": "zh-Hant",
    "jp": "ja",
    "jpn": "ja",
    "kr": "ko",
    "kor": "ko",
    "japanese": "ja",
    "korean": "ko",
    "english": "en",
    "日本語": "ja",
    "한국어": "ko",
    "简体中文": "zh-Hans",
    "繁體中文": "zh-Hant",
    "繁体中文": "zh-Hant",
}
_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")


def language_tag(written: str, text: str = "") -> str:
    """The BCP 47 tag for what a source says its language is, Chinese with its script.

    ``zh-CN`` is ``zh-Hans``, ``zh_TW`` is ``zh-Hant-TW``, ``ja-JP`` is ``ja``; a bare ``zh``
    takes the script that `text` is written in. What is no tag at all is answered from `text` alone.
    """
    lowered = written.strip().lower().replace("_", "-")
    named = _NAMES.get(lowered)
    if named:
        return named
    if not _TAG.fullmatch(lowered):
        return guess_language(text)
    primary, *rest = lowered.split("-")
    if primary in ("ja", "ko"):
        return primary
    if primary == "zh":
        return _chinese(rest, text)
    return "-".join([primary, *(_cased(part) for part in rest)])


def _chinese(subtags: list[str], text: str) -> str:
    region = next((part for part in subtags if part in _REGIONS), "")
    if "hans" in subtags:
        return "zh-Hans"  # its regions differ in nothing that is printed
    if "hant" in subtags:
        return f"zh-Hant-{region.upper()}" if region in ("tw", "hk", "mo") else "zh-Hant"
    if region:
        return _REGIONS[region]
    guessed = guess_language(text)
    return guessed if guessed.startswith("zh") else "zh-Hans"


def _cased(subtag: str) -> str:
    """A subtag by the convention of BCP 47 2.1.1: Script, REGION, everything else lower."""
    if len(subtag) == 4 and subtag.isalpha():
        return subtag.title()
    return subtag.upper() if len(subtag) == 2 else subtag


def guess_language(text: str) -> str:
    """The BCP 47 tag a text looks like: ``ja``, ``ko``, ``zh-Hans``, ``zh-Hant``, ``en`` or empty.

    Kana makes Japanese and Hangul Korean when they are a fair share of the CJK letters, since a
    Chinese text may quote either. Chinese is split by characters that only one script has; a
    tie, as in a title of two characters, is taken as Simplified. English needs its small words.
    """
    sample = text[:_SAMPLE]
    kana = sum(map(len, re.findall(_KANA, sample)))
    hangul = sum(map(len, re.findall(_HANGUL, sample)))
    han = sum(map(len, re.findall(_HAN, sample)))
    letters = kana + hangul + han
    words = [word.lower() for word in re.findall(_WORD, sample)]
    if letters and letters * 4 >= len(words):
        # Mixed-script legal Korean still has one Hangul particle or ending in six letters.
        if hangul * 12 >= letters and hangul >= kana:
            return "ko"
        # Annotated Chinese stays under 1 in 7; the stiffest Japanese prose is over 1 in 5.
        if kana * 7 >= letters:
            return "ja"
        simplified, traditional = chinese_evidence(sample)
        return "zh-Hant" if traditional > simplified else "zh-Hans"
    if words and sum(map(_ENGLISH.__contains__, words)) * 20 >= len(words):
        return "en"
    return ""


def holds_script(text: str, *, traditional: bool) -> bool:
    """Whether a text has any common character that only Traditional or Simplified script has."""
    return re.search(_ONLY_TRADITIONAL if traditional else _ONLY_SIMPLIFIED, text) is not None


def chinese_evidence(text: str) -> tuple[int, int]:
    """How many characters of the beginning of `text` only Simplified, only Traditional has."""
    sample = text[:_SAMPLE]
    return len(re.findall(_ONLY_SIMPLIFIED, sample)), len(re.findall(_ONLY_TRADITIONAL, sample))
