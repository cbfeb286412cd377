from __future__ import annotations

import pytest

from publisher.text.language import guess_language, language_tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("这是一个用简体中文写成的句子，说明问题。", "zh-Hans"),
        ("這是一個用繁體中文寫成的句子，說明問題。", "zh-Hant"),
        ("吾輩は猫である。名前はまだ無い。", "ja"),
        ("日本国憲法前文。日本国民は、正当に選挙された国会における代表者を通じて行動し", "ja"),
        ("옛날 옛적에 호랑이가 살았습니다.", "ko"),
        ("大韓民國憲法 第1條 大韓民國은 民主共和國이다.", "ko"),
        ("It was the best of times, it was the worst of times.", "en"),
        ("山水", "zh-Hans"),
        ("", ""),
        ("12345 !?", ""),
        ("Zażółć gęślą jaźń", ""),
    ],
)
def test_the_characters_tell_the_language(text: str, tag: str) -> None:
    assert guess_language(text) == tag


def test_a_quoted_kana_phrase_does_not_make_chinese_japanese() -> None:
    text = (
        "他在日本住了十年，學會了說「ありがとう」這個詞，並且寫了一本關於東京的書，書裡談到許多人。"
        * 3
    )
    assert guess_language(text) == "zh-Hant"


def test_a_few_han_characters_do_not_make_english_chinese() -> None:
    text = "The word 道 is the first of the book and it was written for the court. " * 20
    assert guess_language(text) == "en"


@pytest.mark.parametrize(
    ("written", "text", "tag"),
    [
        ("zh-CN", "", "zh-Hans"),
        ("zh_TW", "", "zh-Hant-TW"),
        ("zh-hk", "", "zh-Hant-HK"),
        ("zh-Hans-CN", "", "zh-Hans"),
        ("zh-hant-hk", "", "zh-Hant-HK"),
        ("zh", "這是中國的學問", "zh-Hant"),
        ("zh", "这是中国的学问", "zh-Hans"),
        ("ja-JP", "", "ja"),
        ("ko_KR", "", "ko"),
        ("en-us", "", "en-US"),
        ("sr-latn", "", "sr-Latn"),
        ("日本語", "", "ja"),
        ("jp", "", "ja"),
        ("no such tag!", "한국어 글", "ko"),
        ("", "これは日本語です", "ja"),
    ],
)
def test_written_languages_become_tags_with_a_script(written: str, text: str, tag: str) -> None:
    assert language_tag(written, text) == tag
