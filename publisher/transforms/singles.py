"""Characters that are words of their own, and what stands around them says which form they have.

A phrase book knows words of several characters; for one alone it has its first choice, though 云
before a colon says something (诗云：), and 只 behind a number counts (十几只).
"""

from __future__ import annotations

import re
from typing import Final

from publisher.text.words.lattice import read_run
from publisher.transforms.surnames import surnames

_HAN_BEFORE: Final = re.compile("[\u3400-\u9fff]*$")
_SAYS: Final = re.compile(
    "云(?=[：:]|，[“‘「『])|(?<=》)云(?=[“「，])|(?<=自)云(?=[，\u3400-\u9fff])"
)
# What is counted by 只 stands behind it, or nothing does: behind a number 只 can be an adverb, too
# (一百只要付九十).
_COUNTED: Final = (
    "羊狗猫鸡鸭鹅鸟兔鼠虎狮狼猴牛猪鹰燕蝴蝶蜜蜂蚊蝇虫蚂蚁鱼虾螃蟹龟蛙熊豹狐鹿鹤雁鸽麻雀鹦孔鹭鸥象猩狸貂蝙蝉蛐蜻"
    "手脚眼耳鞋袜靴箱船舰艇碗杯瓶盒桶罐股基钟"
)
_COUNTS: Final = re.compile(
    f"(?:(?<=[几十百千万数])|(?<=[几十百千万][余多]))只(?=[{_COUNTED}]|(?![\u3400-\u9fff]))"
)


def singles(text: str) -> dict[int, str]:
    """By place in a Simplified text, the Traditional form of a character that is a word alone."""
    found = surnames(text)
    if "云" in text:
        found.update(dict.fromkeys(_says(text), "云"))
    if "只" in text:
        found.update({match.start(): "隻" for match in _COUNTS.finditer(text)})
    return found


def _says(text: str) -> list[int]:
    """Places of 云 that says something, and is no cloud: 白云： is a word."""
    found = []
    for match in _SAYS.finditer(text):
        run = _HAN_BEFORE.findall(text[: match.end()])[0]
        start, word = read_run(run, lambda _: 0.0).words[-1]
        if len(word) == 1 and start == len(run) - 1:
            found.append(match.start())
    return found
