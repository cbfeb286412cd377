"""Web pages as sites of five regions make them: an article, and all that stands around it.

Every page says `wanted` sentences in its article and `UNWANTED` words around it.
"""

from publisher.record import dataclass

UNWANTED = "站内杂项"

HANS = (
    "清晨的集市从五点开始热闹，卖菜的大嫂把露水未干的青菜码得整整齐齐，等着第一批街坊。",
    "老李在这里卖了三十年豆腐，他说水好豆子好，豆腐自然就好，别的话一句也不用多讲。",
    "到了九点，人群渐渐散去，扫街的师傅推着车走过，石板路又恢复了安静的样子。",
    "据介绍，集市将在明年春天搬进新楼，老街坊们听了有的高兴，有的舍不得，话题一直没有断。",
)
HANT = (
    "清晨的市集從五點開始熱鬧，賣菜的大嫂把露水未乾的青菜排得整整齊齊，等著第一批街坊。",
    "老李在這裡賣了三十年豆腐，他說水好豆子好，豆腐自然就好，別的話一句也不用多講。",
    "到了九點，人群漸漸散去，掃街的師傅推著車走過，石板路又恢復了安靜的樣子。",
    "據介紹，市集將在明年春天搬進新樓，老街坊們聽了有的高興，有的捨不得，話題一直沒有斷。",
)
JA = (
    "朝市は午前五時に始まり、野菜を並べる声とともに、通りは少しずつ人でいっぱいになっていく。",
    "豆腐屋の主人は三十年ここで店を出していて、水と豆さえ良ければ余計なことはいらないと笑う。",
    "九時を過ぎるころには人の波も引き、石畳の道はまた静かな顔を取り戻していた。",
    "市によると、市場は来年の春に新しい建物へ移る予定で、常連客からは惜しむ声も聞かれる。",
)
KO = (
    "새벽 다섯 시면 장터가 열리고, 채소를 가지런히 놓는 손길과 함께 골목이 조금씩 붐비기 시작한다.",
    "두부 가게 주인은 이 자리에서 삼십 년을 지켰는데, 물과 콩만 좋으면 다른 말은 필요 없다고 웃는다.",
    "아홉 시가 지나면 사람들의 물결이 빠지고 돌길은 다시 조용한 얼굴을 되찾는다.",
    "시에 따르면 장터는 내년 봄 새 건물로 옮길 예정이며, 단골들은 아쉬워하는 목소리를 냈다.",
)


@dataclass(slots=True)
class Page:
    """A page and what should be read of it."""

    html: str
    wanted: tuple
    title: str = ""
    authors: tuple = ()
    date: str = ""
    kept: tuple = ()


def ps(texts, tag="p"):
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def links(count, word=UNWANTED):
    return "".join(
        f'<li><a href="/n/{n}.html">{word}之{n}：另一篇文章的标题</a></li>' for n in range(count)
    )


def site(
    inner, head="", *, lang="zh-CN", foot="京ICP备00000000号 版权所有", menu="首页 新闻 体育 财经"
):
    items = "".join(f'<a href="/{n}/">{word}</a> ' for n, word in enumerate(menu.split()))
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>'
        f'<div class="topnav">{items}<a href="/login">登录</a></div>{inner}'
        f'<div class="footer"><p>{UNWANTED} {foot}</p><a href="/about">关于</a></div>'
        "<script>var x = 1;</script></body></html>"
    )


def mainland_news():
    inner = (
        '<div class="crumbs"><a href="/">首页</a> &gt; <a href="/s">社会</a> &gt; 正文</div>'
        '<div class="main"><h1>老街集市明春搬家</h1>'
        '<div class="info"><span>2024年03月05日 08:12</span> <span>来源：山城晚报</span>'
        "<span>作者：周明远</span></div>"
        f'<div class="article" id="artibody">{ps(HANS)}'
        '<p class="editor">责任编辑：吴芳</p></div>'
        f'<div class="share">分享到 <a href="#">微博</a> {UNWANTED}</div>'
        f'<div class="relatedNews"><h3>相关新闻</h3><ul>{links(8)}</ul></div>'
        f'<div class="comments"><p>{UNWANTED}：网友甲说这条消息早就听说了，希望新楼的摊位费不要太贵。</p></div></div>'
        f'<div class="sidebar"><h3>热门</h3><ul>{links(12)}</ul></div>'
    )
    head = "<title>老街集市明春搬家_社会_山城新闻网</title>"
    return Page(site(inner, head), HANS, "老街集市明春搬家", ("周明远",), "2024-03-05")


def taiwan_news():
    data = (
        '{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"島嶼新聞"},'
        '{"@type":"NewsArticle","headline":"老街市集明春遷新樓","datePublished":'
        '"2024-03-04T23:10:00Z","author":{"@type":"Person","name":"林雅文"},'
        '"publisher":{"@type":"Organization","name":"島嶼新聞"}}]}'
    )
    inner = (
        '<main><article><header><h1>老街市集明春遷新樓</h1><p class="byline">記者 林雅文／台北報導</p>'
        "</header>"
        f'<figure><img src="a.png" alt="市集"><figcaption>清晨的市集。（資料照）</figcaption></figure>'
        f"{ps(HANT)}</article><aside><h2>熱門新聞</h2><ul>{links(10)}</ul></aside></main>"
    )
    head = (
        "<title>老街市集明春遷新樓 | 生活 | 島嶼新聞</title>"
        f'<script type="application/ld+json">{data}</script>'
    )
    return Page(
        site(inner, head, lang="zh-TW"), HANT, "老街市集明春遷新樓", ("林雅文",), "2024-03-05",
        kept=("清晨的市集。（資料照）",),
    )  # fmt: skip


def hong_kong_blog():
    inner = (
        '<div id="wrapper"><div id="content"><div class="post"><h2 class="entry-title">街市三十年</h2>'
        '<div class="meta">Posted by <a rel="author" href="/a">陳大文</a> on '
        '<time datetime="2023-11-20T10:00:00+08:00">20 Nov 2023</time></div>'
        f'<div class="entry-content">{ps(HANT)}<blockquote><p>豆腐自然就好。</p></blockquote></div>'
        f'<div class="sharedaddy">{UNWANTED} <a href="#">Facebook</a> <a href="#">X</a></div></div>'
        f'<div id="respond"><h3>{UNWANTED}</h3><form><textarea></textarea><button>送出</button></form>'
        f'</div></div><div id="sidebar"><ul>{links(15)}</ul></div></div>'
    )
    head = "<title>街市三十年 – 陳大文的博客</title><meta property='og:title' content='街市三十年'>"
    return Page(
        site(inner, head, lang="zh-HK"), HANT, "街市三十年", ("陳大文",), "2023-11-20",
        kept=("豆腐自然就好。",),
    )  # fmt: skip


def japanese_news():
    inner = (
        '<div class="breadcrumb"><a href="/">トップ</a> &gt; <a href="/l">地域</a></div>'
        '<article class="article"><h1>朝市、来春に移転へ</h1>'
        '<p class="date">公開日：2024年3月5日 6時30分</p><p>ライター：山田太郎</p>'
        f"<div class='body'>{ps(JA[:2])}<h2>常連客の声</h2>{ps(JA[2:])}</div>"
        f'<div class="sns-share"><a href="#">シェアする</a>{UNWANTED}</div>'
        f'<div class="related-articles"><h3>関連記事</h3><ul>{links(6)}</ul></div></article>'
        f'<div class="ranking"><ol>{links(10)}</ol></div>'
    )
    head = "<title>朝市、来春に移転へ｜地域｜みなとニュース</title>"
    return Page(
        site(inner, head, lang="ja", menu="トップ 地域 社会", foot="無断転載を禁じます"), JA,
        "朝市、来春に移転へ", ("山田太郎",), "2024-03-05", kept=("常連客の声",),
    )  # fmt: skip


def japanese_blog():
    notes = (
        '<section class="footnotes"><ol><li id="fn1"><p>市の広報による。<a href="#r1">↩</a></p></li>'
        "</ol></section>"
    )
    body = JA[0] + '<sup id="r1"><a href="#fn1">1</a></sup>'
    inner = (
        '<div id="blog-title"><h1><a href="/">みなと日記</a></h1></div><div class="entry">'
        '<h2 class="entry-title"><a href="/e/1">朝市のこと</a></h2>'
        f"<p>{body}</p>{ps(JA[1:])}<p>これは<ruby>豆腐<rt>とうふ</rt></ruby>の話。</p>{notes}"
        f'<p class="entry-footer">{UNWANTED} <a href="/c">コメント</a></p></div>'
        f'<div class="side"><ul>{links(20)}</ul></div>'
    )
    head = (
        "<title>朝市のこと - みなと日記</title><meta name='author' content='港 花子'>"
        "<meta property='article:published_time' content='2022-07-01T09:00:00+09:00'>"
    )
    return Page(
        site(inner, head, lang="ja", menu="ホーム 記事 写真"), JA, "朝市のこと", ("港 花子",), "2022-07-01",
        kept=("市の広報による。", "豆腐"),
    )  # fmt: skip


def korean_news():
    inner = (
        '<table class="layout"><tr><td class="left"><ul>' + links(8) + "</ul></td><td>"
        '<h3 class="headline">장터, 내년 봄 새 건물로 이전</h3>'
        "<div>입력 : 2024.03.05 07:40</div>"
        f'<div id="articleBody">{"<br><br>".join(KO)}<br><br>김철수 기자</div>'
        f'<div class="copyright">{UNWANTED} 무단 전재 및 재배포 금지</div></td></tr></table>'
    )
    head = (
        "<title>장터, 내년 봄 새 건물로 이전 - 바다일보</title>"
        '<meta property="og:site_name" content="바다일보">'
    )
    return Page(
        site(inner, head, lang="ko", menu="홈 정치 사회 문화"), KO, "장터, 내년 봄 새 건물로 이전",
        ("김철수",), "2024-03-05",
    )  # fmt: skip


def wechat():
    sections = "".join(f"<section><p><span>{text}</span></p></section>" for text in HANS)
    inner = (
        '<div id="js_article" class="rich_media"><div id="page-content"><div id="img-content">'
        '<h1 class="rich_media_title" id="activity-name">集市搬家记</h1>'
        '<div id="meta_content" class="rich_media_meta_list">'
        '<span class="rich_media_meta rich_media_meta_text">原创</span>'
        '<span id="js_author_name" class="rich_media_meta_text">苏小溪</span>'
        '<em id="publish_time">2024-02-18 21:00</em></div>'
        '<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">'
        f'{sections}<p><img data-src="a.png" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="'
        ' alt="老街"></p></div></div></div>'
        f'<div class="qr_code_pc"><p>{UNWANTED}：微信扫一扫关注该公众号</p></div></div>'
    )
    head = "<title>集市搬家记</title><meta property='og:site_name' content='微信公众平台'>"
    return Page(site(inner, head), HANS, "集市搬家记", ("苏小溪",), "2024-02-18")


def encyclopedia():
    table = (
        '<table class="infobox"><caption>集市</caption><tr><th colspan="2">概况</th></tr>'
        "<tr><th>开设</th><td>清末</td></tr></table>"
    )
    refs = (
        '<h2>参考资料</h2><ol class="references"><li id="cite_note-1"><a href="#cite_ref-1">↑</a> '
        "《山城志》卷三。</li></ol>"
    )
    inner = (
        '<div id="content"><h1 id="firstHeading">老街集市</h1><div id="bodyContent">'
        f'{table}<p>{HANS[0]}<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup></p>'
        f'<div id="toc" class="toc"><h2>目录</h2><ul>{links(5)}</ul></div>'
        f"<h2>历史</h2>{ps(HANS[1:3])}<h2>现状</h2><ul><li>{HANS[3]}</li></ul>{refs}</div></div>"
        f'<div id="mw-navigation"><ul>{links(25)}</ul></div>'
    )
    head = "<title>老街集市 - 山城百科</title>"
    return Page(
        site(inner, head), HANS, "老街集市", kept=("历史", "现状", "开设", "《山城志》卷三。")
    )


def government():
    indented = "<br>".join("　　" + text for text in HANS)
    inner = (
        '<div class="BreadcrumbNav">您当前的位置：<a href="/">首页</a> &gt; <a href="/tz">通知</a></div>'
        '<div class="xxgk"><h1>关于老街集市迁移的通知</h1>'
        '<div class="pages-date">发布时间：2024-03-01 来源：市政府办公室 浏览次数：128 '
        "【字体：大 中 小】 打印</div>"
        f'<div class="TRS_Editor"><p>{indented}</p><p style="text-align:right">市政府办公室</p></div>'
        f'<div class="xgwj">相关链接：<ul>{links(4)}</ul></div></div>'
    )
    head = "<title>关于老街集市迁移的通知_通知公告_山城市人民政府</title>"
    return Page(
        site(inner, head, foot="网站标识码：0000000000"), HANS, "关于老街集市迁移的通知", (), "2024-03-01",
        kept=("市政府办公室",),
    )  # fmt: skip


def old_novel_site():
    text = "<br />\r\n<br />\r\n".join("&nbsp;&nbsp;&nbsp;&nbsp;" + t for t in HANS)
    inner = (
        '<table width="100%"><tr><td><a href="/">首页</a> | <a href="/b">书架</a> | '
        '<a href="/c">目录</a></td></tr></table><div class="bookname"><h1>第三章 集市</h1></div>'
        '<div class="bottem"><a href="2.html">上一章</a> <a href="./">目录</a> <a href="4.html">下一章</a></div>'
        f'<div id="content">{text}</div>'
        f'<div class="bottem"><a href="2.html">上一章</a> {UNWANTED} <a href="4.html">下一章</a></div>'
    )
    return Page(site(inner, "<title>第三章 集市_老街旧事_小说网</title>"), HANS, "第三章 集市")


def forum():
    posts = "".join(
        f'<div class="post" id="p{n}"><div class="postauthor"><a href="/u/{n}">用户{n}</a></div>'
        f'<div class="postmessage">{ps(texts)}</div></div>'
        for n, texts in enumerate((HANS, (HANS[0][::-1],)))
    )
    inner = (
        f'<div id="threadlist"><h1>聊聊老街集市</h1>{posts}</div><div class="pager"><a href="?p=2">下一页</a>'
        f'</div><div class="sidebar"><ul>{links(9)}</ul></div>'
    )
    return Page(site(inner, "<title>聊聊老街集市 - 山城论坛</title>"), HANS, "聊聊老街集市")


def short_wechat():
    """A short text of an account: no menus, hardly a link; bold numbers and names for headings."""
    heads = "".join(
        f"<section><p><strong><span>0{n}</span></strong></p><p><strong><span>{name}</span></strong>"
        f"</p></section><p>{text}</p>"
        for n, name, text in ((1, "天没亮", HANS[0]), (2, "三十年", HANS[1]))
    )
    inner = (
        '<div id="js_article"><div id="img-content"><h1 id="activity-name">集市搬家记</h1>'
        '<div id="meta_content"><span class="rich_media_meta_text">苏小溪</span>'
        '<a id="js_name">山城札记</a><em id="publish_time">2024年2月18日 21:00</em></div>'
        f'<div class="rich_media_content" id="js_content"><p>点击上方<strong>蓝字</strong>关注我们</p>{heads}'
        "<p>—— END ——</p><p>往期推荐</p>"
        f'<p><a href="https://mp.weixin.qq.com/s/1">{UNWANTED}里的诗人</a></p></div></div></div>'
    )
    head = '<meta charset="utf-8"><title></title><meta property="og:title" content="集市搬家记">'
    page = f"<html><head>{head}</head><body>{inner}<script>var x = 1;</script></body></html>"
    kept = ("01　天没亮", "02　三十年")
    return Page(page, HANS[:2], "集市搬家记", ("苏小溪",), "2024-02-18", kept)


def short_korean():
    """An article of line breaks in one box, its date and reporter above, rights below."""
    text = f"{KO[0]}<br><br><b>■ 삼십 년</b><br><br>{KO[1]}<br><br>Copyright ⓒ {UNWANTED}. 무단전재 금지"
    inner = (
        '<div class="top"><a href="#">정치</a></div><div id="content"><h3 class="tit">장터 이전 소식</h3>'
        '<div class="info">입력 2024.03.12 09:30 | 수정 2024.03.12 11:02 | 박서연 기자 s@bada.example</div>'
        f'<div class="share">공유하기 글자크기 {UNWANTED}</div><div class="article_txt">{text}</div></div>'
        f'<div class="rel"><h4>관련기사</h4><a href="#">{UNWANTED}의 골목</a></div>'
    )
    head = '<meta charset="utf-8"><title>장터 이전 소식 : 바다일보</title>'
    head += '<meta property="article:published_time" content="2024-03-12T09:30:00+09:00">'
    page = f'<html lang="ko"><head>{head}</head><body>{inner}</body></html>'
    return Page(page, KO[:2], "장터 이전 소식", ("박서연",), "2024-03-12", ("■ 삼십 년",))


PAGES = {
    "short wechat": short_wechat,
    "short korean": short_korean,
    "mainland news": mainland_news,
    "taiwan news": taiwan_news,
    "hong kong blog": hong_kong_blog,
    "japanese news": japanese_news,
    "japanese blog": japanese_blog,
    "korean news": korean_news,
    "wechat": wechat,
    "encyclopedia": encyclopedia,
    "government": government,
    "old novel site": old_novel_site,
    "forum": forum,
}
