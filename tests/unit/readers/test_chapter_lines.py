"""Lines of novels in four languages, each in the middle of a book: headings, and prose like them."""

import pytest

from publisher.readers.plain.chapters import find_chapters
from publisher.readers.plain.paragraphs import split_paragraphs
from publisher.readers.plain.rules import read_line
from publisher.text.numerals import to_chinese

PROSE = {
    "hans": "河水涨了三天，渡口的船都拴在柳树下，没有人敢过去，只有卖豆腐的老人每天照常出门。",
    "hant": "河水漲了三天，渡口的船都拴在柳樹下，沒有人敢過去，只有賣豆腐的老人每天照常出門。",
    "ja": "川の水は三日のあいだ増え続け、渡し場の舟はみな柳の木につながれていた。豆腐売りの老人だけが出かけて行く。",
    "ko": "강물이 사흘 동안 불어나 나루터의 배들은 모두 버드나무에 묶여 있었다. 두부 파는 노인만 길을 나섰다.",
}
SHAPES = {
    "hans": "第{}章 渡口",
    "hant": "第{}章 渡口",
    "ja": "第{}章　渡し場",
    "ko": "제{}장 나루터",
}

NUMBERED = {
    "hans": """
        第一章|第1章|第０２章 雨|第一百零二章 归途|第一百二章 归途|第两百章 归途|第十章：渡口|第十章、渡口|第十章-渡口|第十章.渡口
        第十一章 “好！”|第十二章 谁在敲门？|第十三章 完了……|第十四章 江湖（上）|第15章 江湖(二)|第十六章 他来了，又走了
        第十七章风雨夜归人|第十八章开门见山|第十九章我回来了|第二十章　|【第二十一章】 雪|【第二十二章 雪】|☆第二十三章 雪☆
        ★ 第二十四章 雪|＝＝＝第二十五章＝＝＝|《第二十六章 雪》|（第二十七章）|正文 第二十八章 雪|正文第二十九章 雪
        VIP章节 第三十章 雪|第 31 章 雪|第 三十二 章|第三十三节 雪|第三十四回 风雪山神庙　夜奔梁山泊|第三十五集 雪
        第三十六卷 雪|第三十七篇 雪|第三十八幕 雪|第三十九部分|第三十九部分 雪|第四十夜 雪|第四十一场 雪|第四十二折 雪|第Ⅳ章 雪
        第四章里程碑|第五章了无痕迹|Chapter 7 Snow|CHAPTER SEVEN|Chapter Seven: Snow|Episode 12|7章 雪|第八话 雪|第九章 第三个人""",
    "hant": """
        第一章|第壹章 風雪|第貳拾章 風雪|第廿五章 風雪|第卅一回 風雪|第一〇八回 風雪|第五節 風雪|第五話 風雪|第五冊 風雪|第五齣 風雪
        第十章後的雪|第十一章：「雪」|第十二章 雪!|〔第十三章〕雪|第十四章　雪　其一|卷五 風雪|卷之五|卷五：風雪|第五部 風雪|第五集
        第五編 風雪|Volume 3|Vol. 3 Snow|Part Three|第5章 2019年的雪""",
    "ja": """
        第一章|第１章|第一章　雪の夜|第一話「雪の夜」|第1話：雪の夜|第十二話　雪の夜|第百二十話　雪|第二幕　雪|第三夜|第四部　雪|第五巻　雪
        第六回　雪|第七節　雪|３話　雪の夜|４章　雪|五話|【第六話】雪の夜|■第七話　雪|第弐拾章　雪|エピソード|其の三|其の四　雪|巻の五　雪
        第八話 それは雪の夜に……|第九話　はじまり|第十話はじまりの雪|第１１話　が！|Episode 3 雪|第一二話　雪""",
    "ko": """
        제1장|제1장 눈|제 2 장 눈|제3장. 눈|제4장: 눈|제5화 눈 오는 밤|제6화|제7부 눈|제8권|제9회 눈|10화|11화 눈|12화. 눈 오는 밤|13장 눈|1부
        2부 눈|[14화] 눈|<제15화>|제16장 - 눈|017화 눈|제18절 눈|제19막 눈|제이장 눈""",
}  # fmt: skip
UNNUMBERED = {
    "hans": """
        序|序章|序言|自序|代序|楔子|引子|前言|引言|导言|开篇|作者序|总序|序一|卷首语|题记|人物介绍|出版说明|尾声|后记|跋|结语|终章|大结局
        最终章 归途|作者的话|完本感言|写在最后|番外|番外一|番外1 春天|番外篇（二）|番外之渡口|番外：渡口|外传 渡口|后传|间章 渡口|附录
        附录一 年表|【楔子】|☆番外☆|序章：雨|尾声（上）|特典""",
    "hant": "序章 雨|楔子|緣起|後記|跋|尾聲|結語|終章|大結局|作者的話|寫在最後|番外篇|外傳|附錄二|導讀|譯者序|譯後記|間章|前傳|題記",
    "ja": """
        プロローグ|序章|はじめに|まえがき|前書き|序|エピローグ|あとがき|後書き|おわりに|終章|終章　雪の夜|最終章　雪|最終話|番外編|外伝
        閑話　雪|幕間|間章|おまけ|付録|訳者あとがき|【プロローグ】|登場人物|挿話　雪""",
    "ko": """
        프롤로그|서장|서문|머리말|들어가며|여는 글|에필로그|후기|작가 후기|작가의 말|맺음말|마치며|외전|외전 1|번외편|부록|종장|옮긴이의 말
        외전: 눈|막간|등장인물|최종화|프롤로그: 눈""",
}  # fmt: skip
PROSE_LIKE = {
    "hans": """
        第三章我们已经讲过了。|第三章的标题是后来加的|第一章里他提到过这件事|第五章中他没有说|第一回合|第一回家就吵架|第二回合开始了|第三部队
        第四部门的人都走了|第二部分内容如下：|第五节课是语文|第六节目单|第八集团军|第九集中营|第十卷入了纷争|第七篇文章写得好|第二话题
        第三幕后英雄|第三次|第一个|第二天|第三名|十二点|1998年|二〇〇八年|2008|12:30|3.14|100%|第十三条军规|后记得带伞|序幕拉开了。
        跋山涉水|尾声渐近|前言不搭后语|结局如何呢？|引子弹上膛|番外的故事很多。|附录像带一盘|序列号|自序列开始|楔子钉进木头里
        第一章、第二章都写得很好。|第三章他写道：|第一部电影|第二部小说出版了|第一场比赛结束了|第一夜里下了雪|卷起袖子|卷一支烟|上篇大论
        三章|一回生，二回熟|第六回去的时候|前传来了脚步声|第二章程""",
    "hant": """
        第三話題|第一回合結束了|第二節目|第四集團|第五部隊|第三幕後|第十章裡他寫道|第一次見面時|後記得帶傘|跋涉|第三部門|第六回家
        第七篇幅太長|第二冊子|結語言學|尾聲音很輕|第一場面|第四章：|附錄音帶|導讀者入門|間章魚""",
    "ja": """
        第一章では次のように述べた|第二話題に移る|第三部隊が到着した|第一回目の会議|第四話は面白い|第五章を読む|第六章から始まる|三回も殴られた
        一話も見ていない|第七部長が来た|第八巻き返し|序章が終わった。|あとがきを読んだ。|終章まで読んだ|付録がついている|幕間に話した
        最終話だった。|第九章の終わり|二章ほど読んだ|第二回転|第一夜勤|番外地|外伝を読む|其の後""",
    "ko": """
        제1장은 어렵다|제2장에서 보았다|제3부대|제4회의|제5화면|제6장면|제7부터 시작한다|1부터 10까지|2회말 홈런|3장의 사진|4화를 보았다|5권을 샀다
        6부분|후기를 읽었다|후기를 읽었다.|서문이 길다|외전은 재미있다|프롤로그가 끝났다.|부록이다|제8장교|제9절반|제2차 대전|1장짜리""",
}  # fmt: skip


def lines_of(table):
    return [
        (lang, line.strip())
        for lang, text in table.items()
        for line in text.replace("\n", "|").split("|")
        if line.strip()
    ]


def book(lang, count=6, shape=""):
    lines = []
    for number in range(1, count + 1):
        figure = number if lang == "ko" else to_chinese(number)
        lines += [(shape or SHAPES[lang]).format(figure), *(f"　　{PROSE[lang]}" for _ in range(5))]
    return lines


def headings(lines, blank):
    pieces = split_paragraphs(("\n\n" if blank else "\n").join(lines).split("\n"))
    found = find_chapters(pieces)
    return {pieces[place].raw.strip(" 　"): found[place] for place in sorted(found)}


def in_series(lang, line):
    """The line with its neighbours, numbered in its own way, as many as its number allows."""
    known = read_line(split_paragraphs([line])[0])
    assert known, line
    unit, number = known.unit, known.number
    first = max(1, number - 2)
    lines = []
    for at in range(first, number + 3):
        other = {
            "english": f"{unit} {at}",
            "volume": f"卷{to_chinese(at)}",
            "sono": f"其の{to_chinese(at)}",
            "bare": f"{at}{unit}",
        }.get(known.rule, f"제{at}{unit}" if lang == "ko" else f"第{to_chinese(at)}{unit}")
        lines += [line if at == number else other, *(f"　　{PROSE[lang]}" for _ in range(5))]
    return lines


@pytest.mark.parametrize("blank", [True, False])
@pytest.mark.parametrize(
    ("lang", "line"), [c for c in lines_of(NUMBERED) if c[1] not in ("エピソード", "제이장 눈")]
)
def test_numbered_headings(lang, line, blank):
    lines = in_series(lang, line)
    found = headings(lines, blank)
    assert line in found
    assert len(found) * 6 == len(lines)


@pytest.mark.parametrize("blank", [True, False])
@pytest.mark.parametrize("place", [0, 12, 36])
@pytest.mark.parametrize(("lang", "line"), lines_of(UNNUMBERED))
def test_unnumbered_parts(lang, line, place, blank):
    lines = book(lang)
    lines[place:place] = [line, f"　　{PROSE[lang]}"]
    found = headings(lines, blank)
    assert line in found
    assert len(found) == 7


@pytest.mark.parametrize("blank", [True, False])
@pytest.mark.parametrize("indent", ["　　", ""])
@pytest.mark.parametrize(("lang", "line"), lines_of(PROSE_LIKE))
def test_prose(lang, line, indent, blank):
    lines = [text.replace("　　", indent) for text in book(lang)]
    lines[15:15] = [indent + line]
    found = headings(lines, blank)
    assert line not in found
    assert len(found) == 6
