"""What sites for novels write between the lines: found anywhere in a book, never in prose."""

import pytest

from publisher.readers.plain.adverts import is_advertisement
from publisher.readers.plain.reader import PlainReader
from publisher.tree.walk import document_text

LONG = "河水涨了三天，渡口的船都拴在柳树下，没有人敢过去，只有卖豆腐的老人每天照常出门。"

ADVERTS = """
本书由豆腐小说网整理制作
本書由豆腐論壇整理，僅供試閱
【本书由网友渡口上传，更多好书请访问www.example.com】
www.example.com
http://www.example.com/book/12
手机用户请访问m.example.com
手机用户请浏览阅读，更优质的阅读体验。
手機用戶請到m.example.com閱讀
请记住本书首发域名：www.example.com
天才一秒记住本站地址：www.example.com
一秒记住【豆腐小说网】，精彩小说无弹窗免费阅读！
最新章节请到www.example.com
最新章节！
本章未完，请点击下一页继续阅读
喜欢渡口请大家收藏：(www.example.com)渡口豆腐小说网更新速度最快
豆腐小说网 www.example.com 最快更新渡口最新章节
欢迎广大书友光临豆腐中文网阅读，最新、最快、最火的连载作品尽在豆腐中文网
声明：本书为豆腐小说网网友上传，版权归作者所有
本资料来自互联网，请于下载后24小时内删除
더 많은 소설은 www.example.com 에서
본 파일은 두부 카페에서 공유되었습니다
無料小説サイト豆腐 https://example.jp/n12
"""
PROSE = """
他打开手机，看了一眼时间。
手机用户越来越多了。
本书由三部分组成
本章讲的是渡口的来历
请记住我说的话
他记住了本站的名字
最新的消息还没有来
最新章节写完了，他松了一口气。
她点击下一页，屏幕黑了。
欢迎光临！
欢迎大家到我家来做客
声明：我没有说过这句话
他在 www.example.com 上看到了那条消息，心里很不是滋味。
喜欢的话请收藏起来
由他整理的书放在架上
소설은 끝났다.
小説を書いていた
本站下一站是渡口
"""


@pytest.mark.parametrize("line", ADVERTS.split("\n")[1:-1])
def test_lines_of_sites(line):
    assert is_advertisement(line)


@pytest.mark.parametrize("line", PROSE.split("\n")[1:-1])
def test_lines_of_prose(line):
    assert not is_advertisement(line)


def book(*lines):
    parts = [f"第{n}章 雪\n\n{LONG}\n\n{LONG}" for n in "一二三"]
    return "\n\n".join([parts[0], *lines, parts[1], *lines[:1], parts[2]])


@pytest.mark.parametrize("drop", [True, False])
def test_lines_within_a_book_are_listed_and_go_when_they_may(request_for, drop):
    site, mobile = "最新章节请到www.example.com", "手机用户请访问m.example.com"
    request, report = request_for(book(site, mobile), "b.txt", drop_furniture=drop)
    texts = document_text(PlainReader().read(request))
    code = "plain.dropped" if drop else "plain.advertisement"
    told = [(d.code, dict(d.args)["text"], d.line) for d in report.diagnostics]
    assert told == [(code, f"{site} (2 times)", 7), (code, mobile, 9)]
    assert (site in texts, mobile in texts) == (not drop, not drop)


def test_a_novel_loses_nothing(shared, request_for):
    request, report = request_for((shared / "corpus/novel-hans.txt").read_bytes(), "b.txt")
    PlainReader().read(request)
    assert [
        d for d in report.diagnostics if d.code in ("plain.dropped", "plain.advertisement")
    ] == []
