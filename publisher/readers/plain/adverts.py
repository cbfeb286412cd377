"""Lines that sites put between the lines of a novel: who made the file, where to read on.

Any place in a book may hold them. One such line is no evidence, since a book may tell of sites; two
are, or one that repeats.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from publisher.events import Diagnostic
from publisher.readers.plain.fields import furniture_kind

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from publisher.events import Report
    from publisher.readers.plain.paragraphs import Piece

_LONGEST: Final = 120
_SHOWN: Final = 60


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_ADDRESS: Final = (
    r"(?:https?[:：]//\S+|[wｗ]{3}[.．。]\S+|"
    r"[a-z0-9-]{2,}[.．](?:com|net|org|cc|info|la|me|tw|cn|kr|jp)\b)"
)
_MADE: Final = _any(r"""
    整理 制作 製作 上[传傳] 提供 掃[校描] 扫[校描] 校[对對] 首[发發] [发發][布佈] 分享 [录錄]入
    [收搜]集 [转轉][载載]""")
_READ_ON: Final = _any(r"""
    最快更新 更新最快 最新章[节節] 全文[阅閱][读讀] [无無][弹彈]窗 在[线線][阅閱][读讀]
    免[费費][阅閱][读讀] 手[机機][阅閱][读讀] 手[机機]版 首[发發] 小[说說][网網] 文[学學][网網]
    中文[网網] 下[载載] 收藏 [访訪][问問] 登[录錄陆陸] [书書][库庫吧] 章[节節][错錯][误誤] 域名
    [网網]址""")
_SITE_NAME: Final = (
    r"[\w·]{1,12}(?:小[说說][网網]?|文[学學]?[网網]|中文[网網]?|"
    r"[书書][网網院屋吧库庫]|[论論][坛壇])"
)
_BOOK: Final = "[【（(\\[]?(?:本(?:[书書站文章]|作品|小[说說]|[电電]子[书書])|此[书書文]|全[书書])"
_ASK: Final = "(?:[请請]|[阅閱][读讀]|[访訪][问問]|[浏瀏][览覽])"
_LINES: Final = (
    rf"{_BOOK}[^。]{{0,16}}[由自][^。]{{1,40}}{_MADE}[^。]{{0,40}}",
    rf"[^。]{{0,60}}{_ADDRESS}[^。]{{0,20}}{_READ_ON}.{{0,50}}",
    rf"[^。]{{0,60}}{_READ_ON}[^。]{{0,30}}{_ADDRESS}.{{0,50}}",
    rf"[\W_]*{_ADDRESS}[\W_]*",
    rf"手[机機](?:用[户戶]|版|站|端)?{_ASK}[^。]{{0,60}}。?",
    (
        r"(?:(?:天才|你)?一秒(?:[钟鐘])?[记記]住|[请請]牢?[记記]住)"
        rf"(?:本[站书書网網小]|我[们們]的?[网網站]|【|[^。，]{{0,8}}{_ADDRESS})[^。]{{0,60}}"
    ),
    (
        r"(?:最新(?:最快|最全)?的?)(?:章[节節]|小[说說]|更新)"
        r"(?:[请請尽盡]|在|[:：！!]|就上|[阅閱][读讀])[^。]{0,50}"
    ),
    r"[^。]{0,20}本章(?:未完|[节節]未完|尚未完[结結])[，,！!\s]{0,3}[请請]?[点點][击擊][^。]{0,30}",
    r"[请請]?(?:[点點][击擊]|按)(?:下一[页頁章]|此[处處]|加入[书書]架)[^。]{0,30}",
    r"喜[欢歡][^。]{1,30}[请請](?:大家)?(?:收藏|[关關]注)[:：（(][^。]{0,60}",
    r"[^。]{1,30}(?:最快更新|更新速度(?:全[网網])?最快|首[发發]更新)[^。]{0,20}",
    (
        r"(?:[欢歡]迎|[感謝谢]{2})[^。]{0,16}(?:[书書]友|[读讀]者|[访訪][问問]|光[临臨])"
        rf"[^。]{{0,30}}(?:{_SITE_NAME}|{_ADDRESS}|本站)[^。]{{0,30}}"
    ),
    (
        r"(?:声明|聲明)[:：][^。]{0,30}(?:本[书書站]|所有)[^。]{0,60}"
        r"(?:[网網]友|[网網][络絡]|互[联聯][网網])[^。]{0,60}。?"
    ),
    r"[^。]{0,40}(?:下[载載][后後]|[于於])(?:[请請][于於])?24小[时時](?:[内內])?[删刪]除[^。]{0,40}。?",
    rf"(?:더\s?많은|최신)\s?(?:소설|연재|텍본)[^.]{{0,40}}{_ADDRESS}.{{0,20}}",
    (
        r"(?:본|이)\s?(?:파일|텍본|작품|소설)은\s?[^.]{0,40}"
        r"(?:에서|이|가)\s?(?:제작|공유|배포|업로드)[^.]{0,30}\.?"
    ),
    rf"[^。]{{0,30}}(?:小説投稿サイト|無料小説|小説サイト)[^。]{{0,30}}{_ADDRESS}.{{0,20}}",
)
_PATTERN: Final = re.compile("|".join(_LINES), re.IGNORECASE)
# What every such line holds some of.
_HINT: Final = re.compile(
    # The first letters of all, so that most places are passed over at once.
    r"(?=[wWｗhH.更请請整制製校手一记記最本点點收搜欢歡感声聲2上轉转分提首发發录錄掃扫下파텍작소連小])"
    r"(?:www|ｗｗｗ|http|更多|[请請]|\.(?:com|net|org|cc|info|la|me|tw|cn|kr|jp)|[整制製校][理作对對]|手[机機]|一秒|[记記]住|最[新快]|本章|"
    r"[点點][击擊]|收藏|[欢歡]迎|感[谢謝]|[声聲]明[:：]|24小[时時]|[上轉转分][传傳载載享]|提供|首[发發]|[发發][布佈]|"
    r"[录錄]入|[收搜]集|掃|扫|下[载載]|파일|텍본|작품|소설|連載|小説)",
    re.IGNORECASE,
)


def is_advertisement(text: str) -> bool:
    """Whether a line, whole, says what sites say for themselves."""
    if len(text) > _LONGEST or not _HINT.search(text):
        return False
    return _PATTERN.fullmatch(text) is not None or furniture_kind(text) == "advertisement"


def advertisements(
    pieces: Sequence[Piece], headings: Container[int], source: str, report: Report, *, drop: bool
) -> set[int]:
    """Indexes of a novel site's lines that go; every text of one is reported once, with its count.

    Args:
        pieces: The book.
        headings: Indexes of lines that are headings, whatever they look like.
        source: The book's name.
        report: Takes the lines that go (``plain.dropped``) and that stay.
        drop: Whether they may go.
    """
    found = [
        n for n, piece in enumerate(pieces) if n not in headings and is_advertisement(piece.text)
    ]
    goes = drop and len(found) > 1
    texts: dict[str, list[int]] = {}
    for place in found:
        texts.setdefault(" ".join(pieces[place].text.split()), []).append(place)
    for text, places in texts.items():
        shown = text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")
        times = f" ({len(places)} times)" if len(places) > 1 else ""
        code = "plain.dropped" if goes else "plain.advertisement"
        kind = (("kind", "advertisement"),) if goes else ()
        line = pieces[places[0]].start
        report(Diagnostic(code, "info", (*kind, ("text", shown + times)), source=source, line=line))
    return set(found) if goes else set()
