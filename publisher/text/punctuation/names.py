"""Foreign names in Chinese and Japanese, which a dot parts: 卡尔·马克思, ジョン・スミス.

The dot is often typed as another mark, or lost to ``?`` in a wrong encoding.
"""

from __future__ import annotations

from typing import Final

# Characters that foreign names are written with.
_SYLLABLES: Final = frozenset(
    "阿埃艾爱愛安奥奧巴贝貝本比彼宾賓波伯布查达達戴丹当當德迪蒂杜多恩尔爾法菲费費夫弗福盖蓋戈格古哈海汉漢"
    "赫亨胡怀懷霍基吉加杰傑卡凯凱坎科克肯库庫拉莱萊兰蘭劳勞勒雷里利列林刘劉隆卢盧鲁魯伦倫罗羅洛马馬玛瑪麦"
    "麥曼梅米莫穆纳納娜内內尼诺諾欧歐帕佩皮普奇乔喬琼瓊萨薩塞森沙山史斯司丝絲苏蘇索塔泰坦特提托瓦威维維韦"
    "韋温溫沃乌烏伍西希谢謝辛休雅亚亞扬揚伊因约約泽澤扎詹珍朱佐茨图圖姆翰逊遜密顿頓丁华華盛伟偉瑟珊妮妲黛"
    "茜蕾薇琳露易莎玫甘迺葛狄柯贺賀葉笛席兹茲蒙昂厄吕呂巧雨果契诃訶策叔本哥涅夏施芬登堡洪堪培琴坡宁寧"
)


def parts_a_name(text: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` parts two names written in Han."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return len(before) == len(after) == 2 and {*before, *after} <= _SYLLABLES


def parts_katakana(text: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` has katakana on both sides."""
    around = text[max(0, start - 1) : start], text[end : end + 1]
    return all("\u30a1" <= char <= "\u30ff" for char in around)
