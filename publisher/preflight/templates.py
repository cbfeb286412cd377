"""What a template left behind: place marks that nobody filled in, labels without a value."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from publisher.preflight.model import found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.preflight.model import Finding, Paragraph

# The last word of what a form asks for, and what an editor's template asks to be put in.
_FIELD_NAME: Final = (
    "(?:姓名|名[称稱字]|日期|[时時][间間]|地址|[电電][话話]|[标標][题題]|[内內]容|公司|[编編][号號]|金[额額]|"
    "作者|[单單]位|[职職][务務]|称呼|稱呼|氏名|日付|이름|날짜)"
)
_PIECE: Final = (
    "(?:[图圖]片|照片|表格|[内內]容|文字|正文|[标標][题題]|[链鏈連][接結]|姓名|日期|[样樣]式)"
)
_DUMMY: Final = "サンプルテキスト|ダミーテキスト|示例文字|示例文本|占位符|佔位符"
_PLACEHOLDERS: Final = (
    r"[关關][键鍵][词詞字](?:\d{1,3}(?![\d次年])|\s\d{1,3}(?!\d|\s?[个個次年种種条條]))",
    r"\{\{[^{}\n]{0,60}\}\}",
    r"\$\{[^{}\n]{1,60}\}",
    r"\{%[^%\n]{1,60}%\}",
    r"<%[^%\n]{1,60}%>",
    r"待[补補]充(?:[内內]容)?(?![完材资資了说說证證营營水能元给給兵])",
    r"(?i:lorem ipsum)[^。\n]{0,40}",
    r"\b(?:TODO|TBD|FIXME)\b",
    # XXXX, but no size of clothes and no Roman number, which has three at most.
    r"(?<![A-Za-z0-9])(?:X{4,}|x{4,}|Ｘ{4,}|ｘ{4,})(?![A-Za-z0-9])",
    r"\[object Object\]",
    r"#\{[^{}\n]{1,60}\}",
    rf"(?<![\\A-Za-z0-9}}^_|])\{{(?:[A-Za-z]+_?[A-Za-z_.]{{2,30}}|[^{{}}|\n]{{0,6}}{_FIELD_NAME})\}}(?![\[({{])",
    rf"[<＜][^<>＜＞/\n]{{0,6}}{_FIELD_NAME}[>＞]|<<[A-Z][A-Z_ ]{{1,30}}>>",
    r"(?<![A-Za-z0-9_])(?:__[A-Z][A-Z_]{1,30}__|@@[A-Z][A-Z_]{1,30}@@)",
    r"(?<=亲爱的|親愛的|尊敬的)[【\[（(][^】\]）)\n]{1,8}[】\]）)]",
    r"%(?:[A-Z][A-Z_]{2,30})%",
    r"\[(?:TODO|TBD|INSERT|PLACEHOLDER|待定|待[补補]|待填|姓名|公司名[称稱])[^\]\n]{0,20}\]",
    r"[【［〔](?:待[补補]|待定|待填|此[处處](?:插入|填[写寫]))[^】］〕\n]{0,20}[】］〕]",
    r"[（(\[【〔](?:[请請])?在?(?:此[处處]|[这這][里裡裏])(?:填[写寫]|[输輸]入|插入)[^）)\]】〕\n]{0,16}[）)\]】〕]",
    (
        r"^(?:[请請])?在?(?:此[处處]|[这這][里裡裏])(?:填[写寫]|[输輸]入|插入)(?:[您你]的)?"
        r"(?:姓名|[标標][题題]|[内內]容|正文|文字|[图圖]片|日期)?[。…]*$"
    ),
    r"^(?:[请請]|[点點单單][击擊按])(?:在此)?(?:[输輸]入|填[写寫])(?:[您你]的)?(?:姓名|[标標][题題]|[内內]容|正文|文字|摘要|地址|[电電][话話])$",
    r"(?:[内內]容|[资資]料|[图圖]片|文字|正文|[标標][题題])待[补補](?![充完贴貼选選发發办辦给給])",
    r"[（(](?:略，)?待(?:[补補]充?|填)[）)]",
    rf"[\[【〔（(](?:插入|添加|[请請]插入|此[处處])(?:{_PIECE})[\]】〕）)]",
    r"\[(?:[图圖]片|照片|表情|[视視][频頻]|影片)(?:[说說]明)?\]",
    rf"(?:[点點单單][击擊按]|[请請]?在)此[处處]?(?:[添新][加增]|[编編][辑輯]|[输輸]入|插入)[^。，\n]{{0,8}}{_PIECE}(?=\W|样式|樣式|$)",
    r"(?i:\[(?:your|insert|enter|add) [^\]\n]{1,30}\])",
    r"(?i:\b(?:your|enter|insert|add) (?:text|title|name|content|image) here\b)",
    r"[XxＸｘ×〇○]{2,4}\s?年\s?[XxＸｘ×○]{1,2}\s?月(?:\s?[XxＸｘ×○]{1,2}\s?[日号號])?",
    r"(?<![A-Za-z0-9])[Xx×＊*○〇□_]{5,}(?![A-Za-z0-9])",
    r"(?<=[:：])\s*(?:undefined|null|NaN|None)\s*(?=$|[\s，。])",
    r"^\s*(?:undefined|null|NaN|None)\s*$",
    r"(?<![A-Za-z])(?:undefined|NaN)(?=[\u3400-\u9fff年月日])",
    r"여기에[^.\n]{0,12}(?:입력|내용)[^.\n]{0,12}|(?:제목|내용|이름)을 입력하(?:세요|십시오)",
    r"[（(\[【](?:図|画像|写真|表)を?挿入[^）)\]】\n]{0,6}[）)\]】]",
    r"(?:ここに|こちらに)[^。\n]{0,12}(?:入力|記入)(?:してください)?",
    rf"^\s*(?:(?:{_DUMMY})[\d。．.]*)+\s*$|[【\[（(](?:{_DUMMY})\d*[】\]）)]|(?:{_DUMMY})(?:{_DUMMY})+",
    r"(?:これは|この文章は)(?:サンプル|ダミー)(?:テキスト|です)",
)
_FIELD: Final = (
    r"(?:作者|來源|来源|出[处處]|[访訪][问問](?:[数數量]|次[数數])|[点點][击擊](?:[数數量]|次[数數]|率)?|"
    r"[浏瀏][览覽](?:[数數量]|次[数數])?|"
    r"[阅閱][读讀](?:[数數量]|次[数數])|[编編][辑輯]|[责責]任[编編][辑輯]|[责責][编編]|[发發][布佈](?:[时時][间間]|日期|人)|"
    r"更新(?:[时時][间間]|日期)|日期|[时時][间間]|字[号號]|[电電][话話]|地址|[标標][签籤]|[关關][键鍵][词詞]|分[类類]|[记記]者|"
    r"供稿|[摄攝]影|[审審]核|出典|投稿者|閲覧数|カテゴリー?|タグ|작성자|출처|조회수?|분류|기자|등록일)"
)
_EMPTY: Final = (
    rf"(?:^|(?<=[\s　|｜／/])){_FIELD}\s?[:：][\s　]*(?=$|[|｜／/]|{_FIELD}\s?[:：])|"
    "今天是[\\s　]*(?=$|[。，,!！])"
)
# Without one of these there is none; most paragraphs have none.
_HINT: Final = (
    r"[\[{<＜【〔%@_XxＸｘ×＊*○〇□]|[关關][键鍵]|待[补補填定]|[此这這][处處里裡裏]|"
    r"[亲親尊][爱愛敬]的|"
    r"ここに|こちらに|入力|[输輸]入|填[写寫]|여기에|입력|挿入|"
    r"undefined|null|NaN|None|(?i:lorem|todo|tbd|fixme| here)|"
    r"テキスト|ダミー|サンプル|示例文|[占佔]位符"
)
_SHORT: Final = 200  # characters; a longer text is no line of a page's head


def check_templates(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Findings about place marks and empty fields."""
    empty = re.compile(_EMPTY)
    for paragraph in paragraphs:
        text = paragraph.text
        for start, end in placeholder_spans(text):
            yield found("placeholder", paragraph, start, end)
        if len(text) < _SHORT:
            for match in empty.finditer(text):
                yield found("empty-field", paragraph, match.start(), match.end())


def placeholder_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of what looks like a place mark of a template."""
    if not _hint().search(text):
        return []
    return [match.span() for match in _pattern().finditer(text) if not _is_meant(match[0])]


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in _PLACEHOLDERS))


@cache
def _hint() -> re.Pattern[str]:
    return re.compile(_HINT)


def _is_meant(text: str) -> bool:
    """A row of signs that is no gap: stars and rules between scenes."""
    bare = text.strip()
    return len(set(bare)) == 1 and bare[0] in "*＊_○〇×□" and len(bare) < 5
