"""Lines in which papers name their reporters: ``記者王小明／台北報導``, ``김철수 기자``."""

from __future__ import annotations

import re
from typing import Final

from publisher.readers.plain.fields import split_names

_KOREAN: Final = re.compile(
    r"(?:[\[(（【]?[^\s\[\]()=]{0,12}\s*=\s*)?([\uac00-\ud7a3]{2,4})\s*(?:선임|수습|전문)?\s*"
    r"(?:기자|특파원|논설위원|앵커|칼럼니스트|에디터)"
    r"(?:\s*=?\s*[\])）】])?(?:\s+[\w.+-]+@[\w.-]+)?"
)
_CHINESE: Final = re.compile(
    r"[（(【\[]?\s*(?:[\u3400-\u9fff]{1,8}(?:网|網|社|报|報|日報|日报|谈|周刊))?\s*"
    r"(?:本报|本報|本刊|本网|本網|特约|特約|实习|實習)?(?:记者|記者)\s*[:：/／]?\s*"
    r"((?:[\u3400-\u9fff]{2,4})(?:[\s、，]+[\u3400-\u9fff]{2,4}){0,4})\s*"
    r"(?:[／/╱]?\s*(?:[\u3400-\u9fff]{2,6}(?:報導|报道|報道)|攝影|摄影))?\s*[)）】\]]?"
)
_PARTED: Final = re.compile("[／/╱:：@)）】\\]]|(?:记者|記者)[\\s　]|기자|특파원|논설위원")
_BLANK: Final = " \t\u00a0\u3000"


def reporter_line(line: str) -> tuple[str, ...]:
    """The reporters that a line names which holds nothing else."""
    text = line.strip(_BLANK)
    korean = _KOREAN.fullmatch(text)
    if korean:
        return (korean[1],)
    chinese = _CHINESE.fullmatch(text)
    return split_names(chinese[1]) if chinese else ()


def signed_line(line: str) -> tuple[str, ...]:
    """The same, of lines that nothing but a reporter's name can be: 记者手记 is a heading."""
    return reporter_line(line) if _PARTED.search(line.strip(_BLANK)) else ()
