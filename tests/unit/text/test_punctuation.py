"""Marks by language: what is mended, what only perhaps, and what has to stay as it is.

A line of a table is a paragraph and what becomes of it; ⍽ stands for a no-break space.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.text.punctuation import KINDS, apply, edits, unbalanced_quotes

# What safe mode mends as well.
SURE = {
    "hans": """
他来了,我走了。 => 他来了，我走了。
他来了, 我走了。 => 他来了，我走了。
他来了 ,我走了。 => 他来了，我走了。
他来了 , 我走了。 => 他来了，我走了。
天黑了. => 天黑了。
天黑了. 雨停了. => 天黑了。雨停了。
他走了.她来了. => 他走了。她来了。
你去吗? => 你去吗？
你去吗?我不去! => 你去吗？我不去！
快跑!! => 快跑！！
真的吗?! => 真的吗？！
为什么??? => 为什么？？？
姓名:王小明 => 姓名：王小明
时间: 12:30 => 时间：12:30
时间:12:30开会 => 时间：12:30开会
地点:三号楼;时间:九点 => 地点：三号楼；时间：九点
风停了;雨也停了。 => 风停了；雨也停了。
我用Python,他用Java。 => 我用Python，他用Java。
共有3,他拿了两个。 => 共有3，他拿了两个。
产品有苹果,Apple公司造。 => 产品有苹果，Apple公司造。
增长了50%,超过预期。 => 增长了50%，超过预期。
第一,2023年开始。 => 第一，2023年开始。
《论语》,孔子的书。 => 《论语》，孔子的书。
他说(小声地):好。 => 他说（小声地）：好。
我们(我和他)去,你们来。 => 我们（我和他）去，你们来。
(一)总则,适用于本法。 => （一）总则，适用于本法。
他用(Python)写,很快。 => 他用(Python)写，很快。
混用（全角) => 混用（全角）
混用(全角） => 混用（全角）
混用（Python) => 混用（Python）
他说"好"。 => 他说“好”。
"好",他说。 => “好”，他说。
"你好,世界"是第一句。 => “你好，世界”是第一句。
他说:"你来,我走。" => 他说：“你来，我走。”
他说"甲"又说"乙"。 => 他说“甲”又说“乙”。
他说:"她说'好'就走了。" => 他说：“她说‘好’就走了。”
他买了27"显示器和"新"键盘。 => 他买了27"显示器和“新”键盘。
等等...然后 => 等等……然后
等等.... => 等等……
好吧...... => 好吧……
他说。。。然后走了。 => 他说……然后走了。
我想……算了…… => 我想……算了……
我想…算了。 => 我想……算了。
算了⋯ => 算了⋯⋯
“我……”他说...“算了。” => “我……”他说……“算了。”
他来了--她走了。 => 他来了——她走了。
他来了---她走了。 => 他来了——她走了。
他来了 -- 她走了。 => 他来了——她走了。
他来了 —— 她走了。 => 他来了——她走了。
他来了――她走了。 => 他来了——她走了。
他来了––她走了。 => 他来了——她走了。
他来了－－她走了。 => 他来了——她走了。
好,,好 => 好，好
好，，好 => 好，好
甲、、乙 => 甲、乙
甲；；乙 => 甲；乙
这是从文件里复制的 文字，中间有一个空格。 => 这是从文件里复制的文字，中间有一个空格。
这是从网页里复制的⍽文字，中间有一个空格。 => 这是从网页里复制的文字，中间有一个空格。
你好， 世界。 => 你好，世界。
你好 ，世界。 => 你好，世界。
他走了。 她来了。 => 他走了。她来了。
他走了。⍽她来了。 => 他走了。她来了。
他走了！ 她来了？ 是的。 => 他走了！她来了？是的。
（ 甲乙 ）丙 => （甲乙）丙
《 红楼梦 》是名著。 => 《红楼梦》是名著。
“ 你好 ”，他说。 => “你好”，他说。
他 说 着 说 着，就走了。 => 他说着说着，就走了。
你好，⍽Peter。 => 你好，Peter。
２０２４年的ＡＰＩ => 2024年的API
圆周率３．１４ => 圆周率3.14
在１２：３０开会 => 在12:30开会
一共１，２３４元 => 一共1,234元
电话０１０－８８８８ => 电话010-8888
他说:你见过https://example.com/a,b吗? => 他说：你见过https://example.com/a,b吗？
见https://example.com,然后回来。 => 见https://example.com，然后回来。
发信到li@example.com,等他回。 => 发信到li@example.com，等他回。
好的:)我来了,你呢? => 好的:)我来了，你呢？
版本1.4.2,已经发布。 => 版本1.4.2，已经发布。
他问:"真的?" => 他问：“真的？”
“甲”,“乙”,“丙” => “甲”，“乙”，“丙”
《甲》,《乙》 => 《甲》，《乙》
他说,“好。”我也说:“好!” => 他说，“好。”我也说：“好！”
①甲;②乙;③丙。 => ①甲；②乙；③丙。
男,汉族,1970年生。 => 男，汉族，1970年生。
他(王小明)来了,她没来。 => 他（王小明）来了，她没来。
1)甲,乙;2)丙,丁。 => 1)甲，乙；2)丙，丁。
用code￼,然后看。 => 用code￼，然后看。
用￼,然后看。 => 用￼，然后看。
共5个:甲、乙、丙。 => 共5个：甲、乙、丙。
他说: 好 => 他说：好
您好!今天是 => 您好！今天是
""",
    "hant": """
他來了,我走了。 => 他來了，我走了。
臺北,高雄,臺中。 => 臺北，高雄，臺中。
「你好,」他說。 => 「你好，」他說。
他說:「你好!」 => 他說：「你好！」
他說“你好”。 => 他說「你好」。
他說:“她說‘好’就走了。” => 他說：「她說『好』就走了。」
他說"你好"。 => 他說「你好」。
他說:"她說'好'就走了。" => 他說：「她說『好』就走了。」
加強對“關鍵少數”監督,防止“一把手”越權。 => 加強對「關鍵少數」監督，防止「一把手」越權。
推動落實黨委(黨組)責任,做好工作。 => 推動落實黨委（黨組）責任，做好工作。
(文/王雅婧,攝/李明 => （文/王雅婧，攝/李明
等等...然後 => 等等……然後
等等…然後 => 等等……然後
等等⋯然後 => 等等⋯⋯然後
他來了--她走了。 => 他來了——她走了。
他走了。 她來了。 => 他走了。她來了。
這是從網頁裡複製的⍽文字，中間有空格。 => 這是從網頁裡複製的文字，中間有空格。
２０２５年６月 => 2025年６月
您好!今天是星期一。 => 您好！今天是星期一。
發布時間: 2025-12-22 15:49:46 => 發布時間：2025-12-22 15:49:46
第六條明確規定:“黨內監督的對象。” => 第六條明確規定：「黨內監督的對象。」
“甲”和“乙”這兩個詞 => 「甲」和「乙」這兩個詞
“他說‘走’，她說‘留’。” => 「他說『走』，她說『留』。」
是嗎?我不知道;你呢? => 是嗎？我不知道；你呢？
喺度,唔好走! => 喺度，唔好走！
「甲」,「乙」 => 「甲」，「乙」
『甲』,他說 => 『甲』，他說
好,,好 => 好，好
價錢是HK$1,200,不貴。 => 價錢是HK$1,200，不貴。
“It's 好的”，他說。 => 「It's 好的」，他說。
""",
    "ja": """
今日は,雨です. => 今日は、雨です。
今日は, 雨です. 明日は晴れです. => 今日は、雨です。明日は晴れです。
今日は，晴れ，明日は,雨。 => 今日は，晴れ，明日は，雨。
雨です.傘を持つ. => 雨です。傘を持つ。
行きますか? => 行きますか？
すごい! => すごい！
時間:12:30 => 時間：12:30
彼は"本"を読んだ。 => 彼は「本」を読んだ。
「はい,」と言った。 => 「はい、」と言った。
これは(本当に)です,ね。 => これは（本当に）です、ね。
混在（例) => 混在（例）
そうです...でも => そうです……でも
そうです…でも => そうです……でも
そうです・・・でも => そうです……でも
そうです。。。でも => そうです……でも
彼は--そう言った。 => 彼は——そう言った。
はい｡行きます､ね。 => はい。行きます、ね。
｢はい｣と言った。 => 「はい」と言った。
東京 、大阪。 => 東京、大阪。
東京、 大阪。 => 東京、大阪。
東京です。 大阪です。 => 東京です。大阪です。
Pythonは速い,と思う。 => Pythonは速い、と思う。
1つ目:本;2つ目:紙。 => 1つ目：本；2つ目：紙。
本当に?! => 本当に？！
""",
    "ko": """
２０２４년 => 2024년
ＡＰＩ 문서 => API 문서
""",
}
# What apply mode mends, and safe mode leaves.
SOFT = {
    "hans": """
我喜欢「红楼梦」。 => 我喜欢“红楼梦”。
他说「她说『好』就走了。」 => 他说“她说‘好’就走了。”
我们(我和他)去。 => 我们（我和他）去。
IBM(国际商业机器)很大。 => IBM（国际商业机器）很大。
他说'好'就走。 => 他说“好”就走。
他说"Hello"就走。 => 他说“Hello”就走。
我读<<红楼梦>>。 => 我读《红楼梦》。
他来了—她走了。 => 他来了——她走了。
他来了―她走了。 => 他来了——她走了。
他来了———她走了。 => 他来了——她走了。
他来了──她走了。 => 他来了——她走了。
他来了。。她走了。 => 他来了。她走了。
他来了，。她走了。 => 他来了。她走了。
我想………算了。 => 我想……算了。
我想，，，算了。 => 我想……算了。
........好吧 => ……好吧
Hmm...他说。 => Hmm……他说。
目 录 => 目录
张 三 => 张三
中 文 之 間 有 空 格 => 中文之間有空格
Yes!他说。 => Yes！他说。
我最喜欢的语言是Python. => 我最喜欢的语言是Python。
这句话他用Java.然后走了。 => 这句话他用Java。然后走了。
他说：“[笑]好。” => 他说：“［笑］好。”
《论语》 是孔子的书，很好。 => 《论语》是孔子的书，很好。
“论语” 是孔子的书，很好。 => “论语”是孔子的书，很好。
--王小明 => ——王小明
北京的春天很短.夏天很长。 => 北京的春天很短。夏天很长。
""",
    "hant": """
他說“Hello”就走。 => 他說「Hello」就走。
「甲」和“乙”不同。 => 「甲」和「乙」不同。
他說‘好’就走。 => 他說「好」就走。
我們(我和他)去。 => 我們（我和他）去。
「她說‘好’就走。」 => 「她說『好』就走。」
他來了―她走了。 => 他來了——她走了。
""",
    "ja": """
彼は“本”を読んだ。 => 彼は「本」を読んだ。
２０２４年 => 2024年
ＡＰＩの説明 => APIの説明
彼は—そう言った。 => 彼は——そう言った。
彼は―そう言った。 => 彼は――そう言った。
そう、、、でも => そう、、、でも
これは(本)です。 => これは（本）です。
待って、、行く。 => 待って、行く。
""",
    "ko": "",
}
# What stays in every mode.
KEPT = {
    "hans": """
他来了，我走了。
圆周率是3.14，约等于22/7。
共1,234,567元。
现在12:30，比分3:2。
比例是1:3:5。
版本 1.4.2, 2025
版本1.4.2已发布。
温度是-3.5到4.5度。
范围是1990—2000年。
一九九〇—二〇〇〇年
三月—五月的天气。
第一章—第三章
京沪线（北京—上海）全长千里。
北京—上海高铁很快。
从1990-2000年。
请看https://example.com/a?b=c:d,e。
请看https://zh.wikipedia.org/wiki/北京?action=raw的页面。
邮箱是li.ming@example.com。
打开C:\\用户\\文档\\报告.docx。
打开/home/用户/文件.txt。
文件名是报告.docx和data.csv。
使用--help选项。
运行ls -l命令。
代码`print("你好, 世界")`如此。
调用print("你好, 世界")即可。
变量${姓名,年龄}如此。
模板{{姓名:值}}如此。
数据{"name": "张三", "age": 3}如此。
标签<a title="你好,世界">如此。
属性name="张三"如此。
实体&nbsp;中文&#20013;如此。
他说“Hello, world!”然后走了。
他说“It's fine, isn't it?”然后走了。
他引用了To be, or not to be: that is the question这句话。
这句We visited 北京, then left是英文。
莎士比亚的Much Ado, About Nothing很好。
U.S.政府和Mr.李在场。
他在Apple Inc.工作。
苹果、梨等(etc.)水果。
爱因斯坦(Albert Einstein)说过。
公式f(x)和(a+b)不变。
函数sin(x)是周期的。
参见[1]和[2,3]。
1）甲 2）乙 3）丙
1)甲
a)甲
(1)甲和(2)乙
1.引言
A.选项甲
一.总则
第一章.总则
图一.构造
Q:你好
卡尔.马克思写了资本论。
他笑了^_^然后走了。
他笑了:D
他哭了T_T。
好的:)
好的;)
好的:-)我来
好的(^_^)我来
好的(´・ω・`)我来
摊手¯\\_(ツ)_/¯
好!=坏
Node.js很好
Yahoo!公司
27"显示器
他身高5'11"。
他在'90s出生。
它是O'Reilly的书。
它是O’Reilly的书。
他说“好”。
他说：“她说‘好’就走了。”
好…………好
我想……算了。
——鲁迅
他来了——她走了。
他来了————她走了。
AB型和Ｃ型
Ａ班和Ｂ班
３人和５人
第一章 总则
第一回 甄士隐梦幻识通灵
王小明 李大同 张三
姓名  单位  电话
姓名　单位
床前明月光 疑是地上霜
记者 王小明，摄影 李四。
新华社记者 王小明 摄，昨日。
我有 3 本书，5 支笔。
他说 Hello 就走了。
第一章......1
第一章 ...... 12
第一章……… 12
c++::方法
王小明. 深度学习方法[J]. 计算机学报, 2019, 42(3): 1-10.
张三,李四. 数据库原理[M]. 北京: 科学出版社, 2001.
这是￼,
甲，乙；丙：丁！
真的？！太好了！！
Hello, world.
"Hello," he said...
It's 5 o'clock -- really?
12,345.67
---
...
“你好
《你好》 《再见》
【甲】 【乙】
[链接](地址)
![图片](地址)
`代码,中文`
中国:smile:好
比率为1：3，时间为１：３。
他说"甲"乙"丙。
”甲“乙
“甲‘乙”丙’
""",
    "hant": """
他來了，我走了。
他說：「她說『好』就走了。」
『書名』是名著。
他說「It's fine, isn't it?」就走。
價錢是HK$1,200。
臺北—高雄
等等⋯⋯然後
等等……然後
他來了──她走了。
他來了——她走了。
“甲
甲”
「甲『乙」丙』
約翰.甘迺迪
第一章 總則
民國一一四年，一月。
O'Brien說
""",
    "ja": """
今日は、雨です。
本当？ はい。
本当！ はい。
ジョン.スミス
ジョン・スミス
３人で１つ
ｶﾞｷﾞ｡ﾊﾟﾋﾟ
彼は「本」を読んだ。
『書名』は名著です。
彼は――そう言った。
そうです……でも
きょうは よい てんき です。あしたも よい てんき です。
第一章 はじめに
そう………でも
Ver.1.0
午後3:30に
1,000円です
http://example.jp/本?q=1
(^o^)です
ヽ(´ー`)ノです
東京—大阪
1990—2000年
三つ、四つ
これは “A” です
""",
    "ko": """
그는 왔다, 나는 갔다.
그는 "안녕"이라고 말했다.
그는 “안녕”이라고 말했다.
정말?! 좋아!
그래서... 갔다.
그래서… 갔다.
그는—그렇게—말했다.
大韓民國, 제1조: 民主.
제1조(목적) 이 법은
서울 - 부산
그는 갔다 .
한글, 漢字, 日本
가 나 다 라 마 바 사
'작은따옴표'
그 사람--누구?
""",
}


def table(block: str) -> list[tuple[str, str]]:
    """Pairs of before and after; the same twice where no arrow stands."""
    lines = [line.replace("⍽", "\u00a0") for line in block.strip("\n").split("\n") if line]
    return [(line.partition(" => ")[0], line.rpartition(" => ")[2]) for line in lines]


def cases(tables: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(name, *case) for name, block in tables.items() for case in table(block)]


def made(text: str, profile: str, **options: object) -> str:
    return apply(text, edits(text, profile, **options))


@pytest.mark.parametrize(("profile", "text", "after"), cases(SURE))
def test_certain_faults(profile, text, after):
    assert made(text, profile) == after
    assert made(text, profile, sure_only=True) == after


@pytest.mark.parametrize(("profile", "text", "after"), cases(SOFT))
def test_likely_faults_are_left_in_safe_mode(profile, text, after):
    assert made(text, profile) == after
    assert made(text, profile, sure_only=True) == text
    assert not any(edit.sure for edit in edits(text, profile))


@pytest.mark.parametrize(("profile", "text", "same"), cases(KEPT))
def test_what_is_no_fault(profile, text, same):
    assert edits(text, profile) == []
    assert text == same


def test_there_are_many_cases():
    assert len(cases(SURE)) + len(cases(SOFT)) + len(cases(KEPT)) >= 250


def test_edits_are_in_order_and_say_what_stands_there():
    text = '他说:"我来了,"然后。。。  走 了--'
    found = edits(text, "hans")
    assert len(found) > 5
    for edit, later in zip(found, [*found[1:], None], strict=True):
        assert edit.before == text[edit.start : edit.end] != edit.after
        assert edit.kind in KINDS
        assert later is None or edit.end <= later.start


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("甲,乙", "halfwidth-punct"),
        ("好,,好", "doubled-punct"),
        ("等等...然後", "ellipsis"),
        ("他来了--她走了", "dash"),
        ("他说“好”， 走了", "stray-space"),
        ('他说"好"', "straight-quote"),
        ("他说「好」", "quote-form"),
        ("我们(我和他)去", "halfwidth-bracket"),
        ("２０２４年", "fullwidth-alnum"),
    ],
)
def test_each_family_has_its_name(text, kind):
    assert {edit.kind for edit in edits(text, "hans")} == {kind}


def test_brackets_are_certain_beside_half_width_stops_only():
    alone, beside = edits("各级党委(党组)要做好", "hans"), edits("党委(党组)要做好,做细", "hans")
    assert [edit.sure for edit in alone] == [False, False]
    assert [edit.sure for edit in beside] == [True, True, True]


def test_a_quotation_that_the_next_paragraph_goes_on_with():
    first = "他說:“第一段。"
    assert made(first, "hant", following="“第二段。”") == "他說：「第一段。"
    assert made(first, "hant", following="第二段。") == "他說：“第一段。"
    assert unbalanced_quotes(first, "hant", "“第二段。”") == []
    assert unbalanced_quotes(first, "hant", "第二段。") == [3]


@pytest.mark.parametrize(
    ("text", "profile", "places"),
    [
        ("「甲『乙」丙』", "hant", [0, 4]),
        ("他说“好”。", "hans", []),
        ("他说”好“。", "hans", [2, 4]),
        ('他说"甲"乙"。', "hans", [6]),
        ("O’Reilly的students’书", "hans", []),
        ("他身高5'11\"，体重。", "hans", []),
        ("「그", "ko", []),
        ('He said "yes.', "hans", []),
    ],
)
def test_marks_without_a_partner(text, profile, places):
    assert unbalanced_quotes(text, profile) == places


# Pieces that the rules look at, so that they meet in every order.
PIECES = st.sampled_from(
    [
        *"中文字我了漢かなタ한",
        *",.;:!?，。；：！？、",
        *"\"'“”‘’「」『』()（）[]［］《》",
        *"…⋯—―-·・ \u00a0\u3000",
    ]
    + [
        "...",
        "。。。",
        "--",
        "——",
        "……",
        "Python",
        "a",
        "1",
        "23",
        "１２",
        "Ａ",
        "３．１４",
        "\ufffc",
        ":)",
    ]
    + [
        "http://a.b/c",
        "第一章",
        "卡尔",
        "马克思",
        " ",
        "\n",
        "１，２３４",
        "<<",
        ">>",
        "=",
        "{",
        "}",
        "`",
    ]
)
TEXTS = st.lists(PIECES, max_size=24).map("".join)
PROFILES = st.sampled_from(["hans", "hant", "ja", "ko"])


@given(TEXTS, PROFILES, st.booleans())
def test_twice_is_once(text, profile, sure_only):
    once = made(text, profile, sure_only=sure_only)
    assert edits(once, profile, sure_only=sure_only) == []


@given(TEXTS, PROFILES)
def test_edits_fit_the_text(text, profile):
    at = 0
    for edit in edits(text, profile):
        assert at <= edit.start <= edit.end <= len(text)
        assert edit.before == text[edit.start : edit.end] != edit.after
        at = edit.end


@given(TEXTS, PROFILES)
def test_no_letter_is_lost(text, profile):
    after = made(text, profile)

    def letters(value: str) -> str:
        return "".join(filter(str.isalnum, value)).translate(
            {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
        )

    assert letters(after) == letters(text)


@given(st.text(st.characters(max_codepoint=0x17F)), PROFILES)
def test_latin_text_stays(text, profile):
    assert edits(text, profile) == []


@given(st.text(st.sampled_from([*"가나다라마바사한글 ,.;:!?\"'()-—…“”‘’·AB12"])))
def test_korean_text_stays(text):
    assert edits(text, "ko") == []
    if not any(char in text for char in "漢"):
        assert edits(text, "hans") == []


def test_a_long_text_takes_little_time():
    text = "".join(f"领导干部(第{n}组)要加强“监督”,做到位;他说:这很好.\n" for n in range(3600))
    began = time.process_time()
    found = [edits(line, "hans") for line in text.split("\n")]
    assert sum(map(len, found)) == 3600 * 6
    assert time.process_time() - began < 2.0  # 0.3 s on a slow machine
