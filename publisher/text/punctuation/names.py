"""Characters that foreign names are written with in Chinese: between them a dot parts two names."""

from __future__ import annotations

from typing import Final

TRANSLITERATED: Final = frozenset(
    "阿埃艾爱愛安奥奧巴贝貝本比彼宾賓波伯布查达達戴丹当當德迪蒂杜多恩尔爾法菲费費夫弗福盖蓋戈格古哈海汉漢赫亨胡怀"
    "懷霍基吉加杰傑卡凯凱坎科克肯库庫拉莱萊兰蘭劳勞勒雷里利列林刘劉隆卢盧鲁魯伦倫罗羅洛马馬玛瑪麦麥曼梅米莫穆"
    "纳納娜内內尼诺諾欧歐帕佩皮普奇乔喬琼瓊萨薩塞森沙山史斯司丝絲苏蘇索塔泰坦特提托瓦威维維韦韋温溫沃乌烏伍西希"
    "谢謝辛休雅亚亞扬揚伊因约約泽澤扎詹珍朱佐茨图圖姆翰逊遜密顿頓丁华華盛伟偉瑟珊妮妲黛茜蕾薇琳露易莎玫"
)
