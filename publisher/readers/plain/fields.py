"""Lines of a web article that are data, not text: labelled fields, and the site's furniture."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from publisher.record import dataclass
from publisher.text import dates

FieldKind: TypeAlias = Literal["date", "source", "author", "editor", "counter", "tool"]

_LABELS: Final[dict[FieldKind, str]] = {
    "date": """
        發布時間 发布时间 發佈時間 發布日期 发布日期 發佈日期 發表時間 发表时间 發表於 发表于
        發佈於 更新時間 更新时间 更新日期 更新 成文日期 刊登日期 日期 時間
        时间 公開日時 公開日 掲載日 수정 投稿日 最終更新日 更新日 登録日 公表日
        配信日時 등록일시 등록일 입력 작성일 게시일 발행일 승인""",
    "source": """
        文章來源 文章来源 信息來源 信息来源 資料來源 资料来源 新聞來源 新闻来源 稿源 來源 来源
        出典 提供元 출처""",
    "author": """
        作者 撰文 取材・文 文・写真 写真・文 文・構成 文字 記者 记者 本報記者
        本报记者 通訊員 通讯员 著者 執筆者 執筆 筆者 ライター 글쓴이 글 기자 저자 작성자""",
    "editor": "責任編輯 责任编辑 責編 责编 編輯 编辑 編集 편집",
    "counter": """
        訪問數 访问数 訪問量 访问量 訪問次數 访问次数 瀏覽次數 浏览次数 瀏覽量 浏览量 瀏覽數
        浏览数 瀏覽 浏览 點擊次數 点击次数 點擊數 点击数 點擊率 点击率 點擊量 点击量 點擊 点击
        點閱次數 点阅次数 點閱數 点阅数 點閱 点阅 瀏覽人次 浏览人次
        閱讀次數 阅读次数 閱讀量 阅读量 閱讀數 阅读数 閱讀 阅读 人氣 人气 評論數 评论数 評論
        评论 閲覧数 アクセス数 조회수 조회 댓글""",
    "tool": """
        字級 字级 文字大小 字體大小 字体大小 字號 字号 字體 字体 文字サイズ 分享到 分享 シェア
        글자크기 공유""",
}
_KIND_OF: Final = {label: kind for kind, labels in _LABELS.items() for label in labels.split()}
_ALL_LABELS: Final = "|".join(sorted(_KIND_OF, key=len, reverse=True))
_FIELD: Final = re.compile(rf"(?:^|(?<=[\s　|｜【\[(（]))({_ALL_LABELS})[ 　]*[:：][ \u00a0　]*")
_LONGEST: Final = 160  # characters of a line that may be furniture or fields
_TRIM: Final = " \t\u00a0　|｜【】[]()（）"


def _any(words: str) -> str:
    """An alternation of the words (patterns) in `words`, which spaces part."""
    return f"(?:{'|'.join(words.split())})"


_GREETING: Final = _any("""
    您好 你好 歡迎您 欢迎您 歡迎光臨 欢迎光临 歡迎訪問 欢迎访问 ようこそ 환영합니다""")
_PLACE: Final = _any(r"""
    (?:您|你)?(?:當前|当前|現在|现在)(?:所在)?(?:的)?位置\s*(?:是)?[:：]
    (?:您|你)(?:的|所在的|現在的|现在的)位置\s*[:：] 現在(?:の位置|地)\s*[:：]
    현재\s?위치\s*[:：] (?:首頁|首页|主頁|主页|ホーム|トップ|홈|Home)\s*(?:[>＞»›/／→]|&gt;)""")
_TOOL: Final = _any(r"""
    發表評論 发表评论 我要評論 我要评论 [推轉转][荐薦寄发發]給?给?(?:好友|朋友|友人)
    設為(?:首頁|主頁) 设为(?:首页|主页) 聯[系繫絡络]我們 联系我们 網站地圖 网站地图 關於我們
    关于我们 列印本頁 打印(?:本頁|本页|此頁|此页)? 列印 印刷(?:する)? 關閉(?:本頁|窗口)?
    关闭(?:本页|窗口)? 返回頂部 返回顶部 返回首頁 返回首页 返回列表 回到頂部 回到顶部
    收藏(?:本頁|本页)? 加入收藏 轉寄 转寄 回首頁 回首页 分享(?:到.{0,12})? 轉發 转发 複製鏈接
    复制链接 字體 字体 字號 字号 大 中 小 微信 微博 QQ空間 QQ空间 推薦 推荐 糾錯 纠错
    ページトップへ シェアする ツイート Tweet (?:この記事の)?URLをコピー いいね！?(?:\s?\d+)? 인쇄
    좋아요(?:\s?\d+)? 스크랩하기 讚好(?:\s?\d+)? 留言(?:\s?\d+)? [讚赞]\s?\d+
    分享(?:至|到)(?:\s*[A-Za-z]{2,12}){1,5} 스크랩 공유하기 목록 맨위로""")
_NEIGHBOUR: Final = _any(r"""
    上一篇 下一篇 上一則 下一則 上一则 下一则
    上一條 上一条 下一條 下一条 上一頁 上一页 下一頁 下一页 前一篇 後一篇 后一篇
    前の記事 次の記事 이전\s?글 다음\s?글""")
_RIGHTS: Final = _any(r"""
    版權所有 版权所有 版權聲明 版权声明 著作權所有 [-–※]?\s?Copyrights?\s*[©ⓒⒸ(（]
    .{0,30}(?:版权所有|版權所有|著作權所有)(?=.{0,60}$) Copyright(?=\s\d) © \(c\)\s*\d{4}
    All\s[Rr]ights\s[Rr]eserved 無断転載 무단\s?전재 저작권자 技術支持 技术支持 主辦單位
    主办单位 主辦[:：] 主办[:：] 承辦[:：] 承办[:：] 網站備案 网站备案 備案號 备案号
    網站標識碼 网站标识码 地址[:：].{0,40}(?:郵編|邮编|電話|电话)
    [京津滬沪渝冀豫雲云遼辽黑湘皖魯鲁新蘇苏浙贛赣鄂桂甘晉晋蒙陝陕吉閩闽貴贵粵粤青藏川寧宁瓊琼](?:ICP|公網安備|公网安备)""")
_RELATED: Final = _any(r"""
    (?:相關|相关)(?:文章|新聞|新闻|報導|报道|閱讀|阅读|鏈接|链接|鏈結|推薦|推荐|主題|主题|专题|專題)
    延伸[閱阅][讀读]
    (?:熱門|热门|精彩|編輯|编辑|更多|猜你喜欢的)(?:推薦|推荐|文章|新聞|新闻|閱讀|阅读)
    (?:推薦|推荐)(?:閱讀|阅读|文章|新聞|新闻) 往期(?:推荐|推薦|精选|精選|回顾|回顧|文章|内容)
    猜你喜[欢歡] 你(?:可能|也许|也許)(?:还|還|也)?(?:喜欢|喜歡|感兴趣|感興趣|想看)(?:的.{0,6})?
    関連(?:記事|ニュース|リンク|コンテンツ|タグ|キーワード) (?:人気|新着|最新|おすすめの?)記事
    あわせて読みたい(?:記事)? こちらもおすすめ こんな記事も.{0,10} (?:記事|アクセス)ランキング
    관련\s?(?:기사|뉴스|글|태그|키워드) (?:추천|인기|최신|주요)\s?(?:기사|뉴스|글)
    많이\s?본\s?(?:뉴스|기사|글) 이\s?시각\s?(?:주요|핫)\s?뉴스 함께\s?(?:보면|볼)\s?.{0,8}""")
_SITE: Final = _any(r"""
    TXT 下载 下載 www\. https?:// \.(?:com|net|org|cc)\b 论坛 論壇 首发 首發 本站 网址 網址""")
# What sites for novels write above and below the text.
_ADVERTISEMENT: Final = (
    rf"(?:本[书書文站]|小[说說]|[电電]子[书書]).{{0,12}}[由自].{{0,40}}{_SITE}.{{0,60}}|"
    r"更多(?:精彩|好[书書]|免[费費]|[电電]子|全本|完本|小[说說]|最新).{0,30}"
    rf"(?:{_SITE}|[请請]|[尽盡]在|[访訪][问問]).{{0,60}}|"
    rf"(?:请|請|敬请|敬請)(?:记住|記住|收藏|访问|訪問|登录|登錄|关注|關注).{{0,30}}{_SITE}.{{0,60}}"
)
_FURNITURE: Final = (
    (
        "greeting",
        re.compile(
            # A greeting that is a sentence is a letter's.
            rf"(?!.*[。，,].*)(?:{_GREETING}[!！ 　]*.{{0,24}}|"
            r"今天是[:：]?.{0,24}|(?:今日は|오늘은).{0,20}[日일])(?<![。！？!?])"
        ),
    ),
    ("breadcrumb", re.compile(rf"{_PLACE}.{{0,120}}")),
    ("tools", re.compile(rf"(?:[【\[(（]?{_TOOL}[】\])）]?[\s　|｜:：]*){{1,14}}")),
    ("neighbours", re.compile(rf"{_NEIGHBOUR}(?:[\s　]*[:：].{{0,80}}|[\s　]*)")),
    (
        "copyright",
        re.compile(rf"[<＜〈]?\s?{_RIGHTS}(?![的了在是]).{{0,120}}", re.IGNORECASE | re.DOTALL),
    ),
    ("advertisement", re.compile(rf"(?!.*。.)(?:{_ADVERTISEMENT})", re.IGNORECASE)),
    ("related", re.compile(rf"[<＜〈【■◆]?\s?{_RELATED}[\s　]*[>＞〉】]?[:：]?")),
)
_DAY: Final = re.compile(
    r"(?<!\d)(\d{4})\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})(?:\s?日)?(?!\d)|"
    r"(?<!\d)(\d{4})\s?년\s?(\d{1,2})\s?월\s?(\d{1,2})\s?일"
)
_MONTH: Final = re.compile(r"(?<!\d)(\d{4})\s?[-./年년]\s?(\d{1,2})(?:\s?[月월])?(?!\d)")
_CLOCK: Final = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")  # of the day named before
_DATE_LINE: Final = re.compile(
    r"[(（\[]?\s*(?:\d{4}\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,2}\s?[日일]?\.?)"
    r"[\s　,，]*(?:[(（]?(?:星期|週|周|礼拜)?"
    r"[一二三四五六日天月火水木金土월화수목금토일](?:曜日|요일)?[)）]?)?"
    r"[\s　]*(?:\d{1,2}[:：时時]\d{1,2}(?:[:：分]\d{0,2}秒?)?)?\s*[)）\]]?"
)


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled field: its kind, label and value (empty in a template nobody filled in)."""

    kind: FieldKind
    label: str
    value: str


def furniture_kind(line: str) -> str:
    """Which piece of a site's furniture a line is: ``greeting``, ``breadcrumb`` ...; or empty."""
    if len(line) > _LONGEST:
        return ""
    text = line.strip(" \t\u00a0　")
    for kind, pattern in _FURNITURE:
        if pattern.fullmatch(text):
            return kind
    return ""


def parse_fields(line: str) -> list[Field]:
    """The fields of a line that holds nothing else; an empty list for any other line.

    ``發布時間: 2025-12-22 15:49:46`` or ``來源:中國紀檢監察報  訪問數:``.
    """
    if len(line) > _LONGEST:
        return []
    text = line.strip(" \t\u00a0　")
    matches = list(_FIELD.finditer(text))
    if not matches or text[: matches[0].start()].strip(_TRIM):
        return _with_leading_date(text, matches)
    fields: list[Field] = []
    for place, match in enumerate(matches):
        stop = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        value = text[match.end() : stop].strip(_TRIM)
        kind = _KIND_OF[match.group(1)]
        if not _is_value(kind, value):
            return []
        fields.append(Field(kind, match.group(1), value))
    return fields


def _with_leading_date(text: str, matches: list[re.Match[str]]) -> list[Field]:
    """``2025-12-22 10:00  來源:新華網``: a bare date before the first field."""
    if not matches:
        return []
    lead = text[: matches[0].start()].strip(_TRIM)
    if not _DATE_LINE.fullmatch(lead):
        return []
    rest = parse_fields(text[matches[0].start() :])
    return [Field("date", "", lead), *rest] if rest else []


def _is_value(kind: FieldKind, value: str) -> bool:
    if not value:
        return True
    if kind == "date":
        return bool(iso_date(value) or _CLOCK.fullmatch(value)) and len(value) <= 40
    if kind == "counter":
        return len(value) <= 12 and bool(re.fullmatch(r"[\d,，.\s万萬次回人+]*", value))
    if kind in ("author", "editor", "source"):
        return len(value) <= 60 and not re.search("[。！？；]", value)
    return len(value) <= 40


def dated_byline(line: str) -> list[Field]:
    """The fields of ``2024/05/12 聯合副刊 記者 王小明``: day, source if any, author."""
    match = _DATED.fullmatch(line.strip(" \t\u00a0　"))
    if not match or not iso_date(match.group(1)):
        return []
    day, source, byline = match.groups()
    authors = byline_author(byline)
    if not authors:
        return []
    fields = [Field("date", "", day), Field("author", "", "、".join(authors))]
    return [*fields, Field("source", "", source)] if source else fields


def is_date_line(line: str) -> bool:
    """True for a line that is a date, with weekday and time or without."""
    return _DATE_LINE.fullmatch(line.strip(" \t\u00a0　")) is not None


def iso_date(text: str) -> str:
    """The first date in `text` as ISO 8601 (day, or month), or an empty string."""
    match = _DAY.search(text) or _MONTH.search(text)
    return dates.iso_date(match.group() if match else text)


# ---------------------------------------------------------------------------------- people

_NAME: Final = (
    "[\u3400-\u9fff·•‧]{2,12}|[\uac00-\ud7a3]{2,5}|[A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+){0,3}"
)
_ROLES: Final = (
    "文字|文|作者|撰文|撰稿|本報記者|本报记者|本刊記者|本刊记者|本網記者|本网记者|記者|记者|"
    "通訊員|通讯员|글쓴이|지은이|저자|글"
)
_NAMES: Final = rf"((?:{_NAME})(?:[、,，;； 　]+(?:{_NAME})){{0,5}})"
_CLOSING: Final = re.compile(rf"[(（]\s*(?:{_ROLES})\s*[/／:：| 　]\s*{_NAMES}\s*[)）]?\s*$")
_BYLINE: Final = re.compile(rf"[(（【]?\s*(?:{_ROLES})\s*[/／| 　]\s*{_NAMES}\s*[)）】]?")
_DATED: Final = re.compile(
    r"(\d{4}\s?[-./年]\s?\d{1,2}\s?[-./月]\s?\d{1,2}日?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?)"
    rf"[\s　|｜]+(?:([^\s　。，：:]{{2,16}})[\s　|｜]+)?((?:{_ROLES})[\s　/／]*\S.{{0,40}})"
)
# 曹雪芹 著, 김영희 지음: a name and what he or she did.
_WRITTEN_BY: Final = re.compile(
    rf"(?:[\[［〔(（][\u3400-\u9fff]{{1,3}}[\]］〕)）][\s　]*)?"
    rf"((?:{_NAME})(?:[、,，](?:{_NAME}))*)"
    r"(?:[\s　]*(?<![名原土显顯专專论論巨拙遺遗])[编編]?(?:著|撰)|[\s　]*지음|[\s　]저)"
)
_SEVERAL_NAMES: Final = "[\u3400-\u9fff·•‧]{2,6}(?:[、，, 　]+[\u3400-\u9fff·•‧]{2,6}){0,4}"
_OPENING: Final = re.compile(
    rf"[^（(。]{{0,24}}[讯訊電电][（(](?:本报|本報)?(?:记者|記者)[:： 　]?({_SEVERAL_NAMES})"
    r"[^）)]{0,24}[)）]|"
    r"[（(〔【［\[](?:[\u3400-\u9fff]{2,4}社)?(?:特派)?(?:記者|记者)([\u3400-\u9fff]{4,8}?)\d{1,2}日"
    r".{0,4}[電电][)）〕】］\]]|"
    rf"[（(〔【［\[](?:本報|本报|特派)?(?:記者|记者)[ 　]?({_SEVERAL_NAMES})\s*[／/╱]?\s*"
    r"[\u3400-\u9fff]{0,6}(?:綜合)?(?:報導|报道|報道|电|電)[)）〕】］\]]|"
    r"[(（\[【][^)）\]】]{1,20}=[^)）\]】]{1,12}[)）\]】]\s*([\uac00-\ud7a3]{2,4})\s*기자\s*="
)
_CITIES: Final = """
    台北 臺北 新北 桃園 台中 臺中 台南 臺南 高雄 基隆 新竹 苗栗 彰化 南投 雲林 嘉義 屏東 宜蘭 花蓮
    台東 臺東 澎湖 金門 馬祖 香港 北京 上海 東京 首爾 華盛頓 紐約 倫敦 巴黎 洛杉磯 曼谷 綜合"""
_CITY: Final = re.compile(rf"(?<=[\u3400-\u9fff]{{2}})(?:{'|'.join(_CITIES.split())})[縣市]?$")
_BETWEEN: Final = re.compile("[、,，;；/／ 　]+")
_ROLE_WORDS: Final = frozenset(_ROLES.split("|")) | {"攝影", "摄影", "圖", "图", "編輯", "编辑"}


def closing_author(text: str) -> tuple[str, ...]:
    """The author in a bracket at the very end of a paragraph: ``(文/王雅婧``, closed or not."""
    match = _CLOSING.search(text[-80:])
    return split_names(match.group(1)) if match else ()


def opening_author(text: str) -> tuple[str, ...]:
    """The reporter that the first words of a report name: ``江城晚报讯（记者周岚）``.

    Also of agencies and papers: ``（中央社記者張三台北8日電）``, ``〔記者李四／高雄報導〕``,
    ``(서울=바다뉴스) 김철수 기자 =``.
    """
    match = _OPENING.match(text.lstrip(" 　"))
    if match is None:
        return ()
    names = next(group for group in match.groups() if group)
    return tuple(_CITY.sub("", name) or name for name in split_names(names))


def byline_author(text: str) -> tuple[str, ...]:
    """The author of a byline that is a whole line: ``文/王雅婧``, ``曹雪芹 著``."""
    match = _BYLINE.fullmatch(text) or _WRITTEN_BY.fullmatch(text)
    return split_names(match.group(1)) if match else ()


def split_names(value: str) -> tuple[str, ...]:
    """The names in a field's value; role words between them left out.

    A value in Latin letters is split at commas only, so that a name keeps its spaces.
    """
    parts = re.split("[,;、]+", value) if value.isascii() else _BETWEEN.split(value)
    return tuple(n for p in parts if (n := p.strip()) and n not in _ROLE_WORDS)
