"""Personal names, in which words decide nothing: 丁鍾海 is no mistake for 鐘."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.text.words.lexicon import TO_CLASS

if TYPE_CHECKING:
    from publisher.transforms.repair.mend import Change

# Surnames, commonest first, in Traditional script.
_SURNAMES: Final = frozenset(
    "王李張劉陳楊黃趙吳周徐孫馬朱胡郭何高林羅鄭梁謝宋唐許韓馮鄧曹彭曾蕭肖田董袁潘於于蔣蔡余餘杜葉程"
    "蘇魏呂丁任沈姚盧姜崔鍾譚陸汪范範金石廖賈夏韋付方白鄒孟熊秦邱丘江尹薛閻段雷侯龍史陶黎賀顧毛郝龔"
    "邵萬錢嚴覃武戴莫孔向湯溫康施文牛樊葛邢安齊易喬伍龐顏倪莊聶章魯岳翟殷詹申歐耿關蘭焦俞左柳甘祝包"
    "寧尚符舒阮柯紀梅童凌畢單季裴霍涂成苗谷盛曲翁冉駱藍路游辛靳管柴蒙鮑華喻祁蒲房滕屈饒解牟艾尤陽時"
    "穆農司卓古吉繆簡車項連蘆麥褚婁竇戚岑景黨宮費卜冷晏席衛米柏宗瞿桂全佟應臧閔苟鄔邊卞姬師和仇欒隋"
    "商刁沙榮巫寇桑郎甄叢仲虞敖鞏明佘池查麻苑遲鄺官封談匡鞠惠荊樂冀郁胥南班儲原栗燕楚鄢勞諶奚皮粟冼"
    "藺樓盤滿聞位厲伊仝區郜海闞花權強帥屠豆朴蓋練廉禹井祖漆巴豐支卿國狄平計索宣晉相初門雲容敬來扈晁"
)
# What stands before a name, or after it.
_BEFORE: Final = frozenset(
    "，。、；：！？「」『』（）()《》“”‘’ \u3000\n—－·/:,;.對由為是和與跟叫請給"
)
_AFTER: Final = frozenset("，。、；：！？「」『』（）()《》“”‘’ \u3000\n—－·/:,;.說道的在和與是")
# Characters that names have where texts hardly ever do: what converters merge in them.
_NAME_ONLY: Final = frozenset("鍾余范沈姜葉于涂朴游岳蕭雲後杰昇")


_CLEAR: Final = 3.5  # nats: more than the two forms of a name's character are apart


def in_name(text: str, place: int, change: Change) -> bool:
    """Whether a character that is a word on its own seems to be part of a personal name."""
    if len(change.word) > 1 or change.nats >= _CLEAR:
        return False
    before = text[place - 1] if place else "\n"
    before2 = text[place - 2] if place > 1 else "\n"
    after = text[place + 1] if place + 1 < len(text) else "\n"
    after2 = text[place + 2] if place + 2 < len(text) else "\n"
    surname = change.before in _SURNAMES
    if surname and before in _BEFORE and after not in _AFTER:
        return True
    if before in _SURNAMES and before2 in _BEFORE and (after in _AFTER or after2 in _AFTER):
        return True
    if before2 in _SURNAMES and after in _AFTER:
        third = text[place - 3] if place > 2 else "\n"
        return third in _BEFORE
    return change.before.translate(TO_CLASS) in _NAME_ONLY and before in _SURNAMES
