"""Templates that were not filled in, paragraphs that stand twice, text decoded wrongly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.preflight.model import found
from publisher.text.mojibake import is_odd

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.preflight.model import Finding, Paragraph

_PLACEHOLDERS: Final = (
    r"关键[词字]\s?\d{1,3}(?!\d)",
    r"關鍵[詞字]\s?\d{1,3}(?!\d)",
    r"\{\{[^{}\n]{0,60}\}\}",
    r"\$\{[^{}\n]{1,60}\}",
    r"\{%[^%\n]{1,60}%\}",
    r"<%[^%\n]{1,60}%>",
    r"%(?:[A-Z][A-Z_]{2,30})%",
    r"\[(?:TODO|TBD|INSERT|PLACEHOLDER|待定|待[补補]|待填|姓名|公司名[称稱])[^\]\n]{0,20}\]",
    r"[【［〔](?:待[补補]|待定|待填|此[处處](?:插入|填[写寫]))[^】］〕\n]{0,20}[】］〕]",
    r"待[补補]充(?:[内內]容)?(?![完材资資了说說证證营營水能元给給兵])",
    r"[（(\[【〔](?:[请請])?在?(?:此[处處]|[这這][里裡裏])(?:填[写寫]|[输輸]入|插入)[^）)\]】〕\n]{0,16}[）)\]】〕]",
    (
        r"^(?:[请請])?在?(?:此[处處]|[这這][里裡裏])(?:填[写寫]|[输輸]入|插入)(?:[您你]的)?"
        r"(?:姓名|[标標][题題]|[内內]容|正文|文字|[图圖]片|日期)?[。…]*$"
    ),
    r"^[请請](?:在此)?(?:[输輸]入|填[写寫])(?:[您你]的)?(?:姓名|[标標][题題]|[内內]容|正文|文字|摘要|地址|[电電][话話])$",
    r"(?i:lorem ipsum)[^。\n]{0,40}",
    r"\b(?:TODO|TBD|FIXME|XXXX+|xxxx+)\b(?!号|號)",
    r"(?<![A-Za-z0-9])[Xx×＊*○〇□_]{5,}(?![A-Za-z0-9])",
    r"\[object Object\]",
    r"(?<=[:：])\s*(?:undefined|null|NaN)\s*(?=$|[\s，。])",
    r"(?<![A-Za-z])(?:undefined|NaN)(?=[\u3400-\u9fff年月日])",
    r"여기에\s?(?:입력|내용)[^.\n]{0,12}|(?:ここに|こちらに)[^。\n]{0,12}(?:入力|記入)(?:してください)?",
    r"サンプルテキスト|ダミーテキスト|示例文字|示例文本|占位符",
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
_REPEATED: Final = 30  # characters
# What UTF-8 turns into in other encodings, by its commonest first bytes.
_MOJIBAKE: Final = (
    "[鐨銆锛鈥鍦浜绗鏄涓鍜鏈闂]{2}|[縺繧譁螟蜷][薙ｌ｡-ﾟ縺繧鬘]|ã[\x80-\x83‚ƒ€]|"
    "[åæçèéä][\x80-\xbf€-™]{1,2}|"
    "â€|Ã[\x80-\xbf©¨¤]|ï¼|[ÖÐÎÄ¹úÏÂ]{4}|[嚙蝷頦]{2}|銝|隞|撠|嚗|鈭"
)
_LOST: Final = (
    "锟斤拷|(?:锟斤|斤拷|拷锟){2,}|(?:ï¿½){2,}|烫烫烫+|屯屯屯+|葺葺葺+|锘(?=[\u3400-\u9fff])"
)


def check_content(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """Findings about what the text says, or should not."""
    placeholder = re.compile("|".join(f"(?:{p})" for p in _PLACEHOLDERS))
    empty = re.compile(_EMPTY)
    seen: dict[str, Paragraph] = {}
    for paragraph in paragraphs:
        text = paragraph.text
        for match in placeholder.finditer(text):
            if not _is_meant(match[0]):
                yield found("placeholder", paragraph, match.start(), match.end())
        if len(text) < 200:
            for match in empty.finditer(text):
                yield found("empty-field", paragraph, match.start(), match.end())
        bare = text.strip()
        if len(bare) >= _REPEATED:
            first = seen.setdefault(bare, paragraph)
            if first is not paragraph:
                at = text.index(bare[0])
                detail = f"it stands on line {first.line} already" if first.line else ""
                end = at + min(len(bare), 12)
                yield found("repeated-paragraph", paragraph, at, end, detail)
        if not text.isascii():
            yield from _mojibake(paragraph)


def _is_meant(text: str) -> bool:
    """A row of signs that is no gap: stars and rules between scenes, roman numerals."""
    bare = text.strip()
    return len(set(bare)) == 1 and bare[0] in "*＊_○〇×□" and len(bare) < 5


def _mojibake(paragraph: Paragraph) -> Iterator[Finding]:
    text = paragraph.text
    lost = re.search(_LOST, text)
    if lost:
        yield found("mojibake", paragraph, lost.start(), lost.end(), "characters were lost before")
        return
    told = _in_part(text, 0) if is_odd(text) else None
    match = re.search(_MOJIBAKE, text)
    if told is None and match is not None:
        told = _in_part(text, 0) or _in_part(text, match.start())
    if told is not None:
        at, detail = told
        yield found("mojibake", paragraph, at, min(len(text), at + 12), detail)


def _in_part(text: str, start: int) -> tuple[int, str] | None:
    """Where and how a text, or what is beyond ASCII in it, was decoded wrongly from a place on."""
    from publisher.text.redecode import misread

    run = re.search(r"[^\x00-\x7f]+", text[start:])
    for part in (text[start:], run[0] if run else ""):
        told = misread(part)
        if told is not None:
            wrong, right, made = told
            at = start + next(n for n, char in enumerate(text[start:]) if ord(char) > 0x7F)
            return at, f"{right} read as {wrong}: {made.strip()[:20]}"
    return None


def placeholder_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of what looks like a place mark of a template."""
    pattern = "|".join(f"(?:{p})" for p in _PLACEHOLDERS)
    return [match.span() for match in re.finditer(pattern, text)]
