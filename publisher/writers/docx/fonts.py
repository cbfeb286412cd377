"""Font names for Word, by role and language, and the font table that says what may replace them.

Nothing is embedded unless it is asked for: a document that is meant to be edited needs whole fonts.
Each Noto name has an
alternative (``w:altName``) that Word or its country's edition of Windows brings along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.faces.fallback import region
from publisher.record import NamedTuple
from publisher.writers.docx.xml import attribute, part

if TYPE_CHECKING:
    from publisher.faces.fallback import FaceSet
    from publisher.theme.model import FamilyRole


class _Region(NamedTuple):
    """What Word calls a regional edition: names' suffix, language, charset, replacements."""

    suffix: str
    tag: str
    charset: str
    serif: str
    sans: str


# Charsets: ECMA-376 part 1, 17.8.3.2 (86 GB 2312, 88 Big 5, 80 Shift-JIS, 81 Hangul).
_REGIONS: Final = {
    "zh-Hans": _Region("SC", "zh-CN", "86", "SimSun", "Microsoft YaHei"),
    "zh-Hant": _Region("TC", "zh-TW", "88", "PMingLiU", "Microsoft JhengHei"),
    "zh-Hant-HK": _Region("HK", "zh-HK", "88", "PMingLiU", "Microsoft JhengHei"),
    "ja": _Region("JP", "ja-JP", "80", "Yu Mincho", "Yu Gothic"),
    "ko": _Region("KR", "ko-KR", "81", "Batang", "Malgun Gothic"),
}
# The names that Word's own localised editions list besides.
_LOCAL: Final = {
    "SimSun": "宋体",
    "Microsoft YaHei": "微软雅黑",
    "PMingLiU": "新細明體",
    "Microsoft JhengHei": "微軟正黑體",
    "Yu Mincho": "MS Mincho",
    "Yu Gothic": "MS Gothic",
    "Batang": "바탕",
    "Malgun Gothic": "맑은 고딕",
}
_FAMILIES: Final = {"serif": "roman", "sans": "swiss", "mono": "modern"}
# PANOSE numbers (family kind, serif style, weight, proportion ...) of a Ming, a Gothic, a mono.
_PANOSE: Final = {
    "serif": "02020400000000000000",
    "sans": "020B0500000000000000",
    "mono": "020B0509000000000000",
}
_MONO: Final = "Noto Sans Mono"
_MONO_ELSE: Final = "Consolas"
_LATIN: Final = {
    "serif": ("Noto Serif", "Times New Roman"),
    "sans": ("Noto Sans", "Arial"),
    "mono": (_MONO, _MONO_ELSE),
}


class FontNames(NamedTuple):
    """The names in the four slots of ``w:rFonts``: Latin (ascii, hAnsi, cs) and East Asian."""

    latin: str
    east_asian: str

    def xml(self, hint: str = "") -> str:
        """The ``w:rFonts`` element."""
        latin, wide = attribute(self.latin), attribute(self.east_asian)
        hinted = f' w:hint="{hint}"' if hint else ""
        return (
            f'<w:rFonts{hinted} w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{wide}"'
            f' w:cs="{latin}"/>'
        )


def word_language(tag: str) -> str:
    """The language tag that Word knows: ``zh-CN`` for ``zh-Hans``, ``ja-JP`` for ``ja``.

    Word's proofing tools go by language and region; script subtags are unknown to them.
    """
    where = region(tag)
    if not where:
        return "en-US" if tag.casefold() in ("", "en") else tag
    if tag.casefold().endswith(("-sg", "-mo")):
        return f"zh-{tag[-2:].upper()}"
    return _REGIONS[where].tag


def is_east_asian(tag: str) -> bool:
    """True for a language that Word keeps in its East Asian slot."""
    return bool(region(tag))


class FontTable:
    """Names for runs, and every name that was asked for."""

    def __init__(self, faces: FaceSet, language: str) -> None:
        self._faces = faces
        self._home = region(language) or "zh-Hans"
        self._used: dict[str, tuple[str, FamilyRole]] = {}

    def names(self, role: FamilyRole, language: str = "") -> FontNames:
        """The fonts of a role for text in a language; for the document's own when it is empty.

        Western text has a Western face: CJK faces draw its apostrophes and quotes full width, and
        what stands in for them on machines without Noto (SimSun, MS Mincho) has no Latin letters
        fit for reading. A family that the settings name leads in every slot, one without Han in
        that of Western text.
        """
        where = region(language) if language else self._home
        base = "Serif" if role == "serif" else "Sans"
        chosen = self._faces.own_family(role, han=True)
        wide = chosen or f"Noto {base} CJK {_REGIONS[where or self._home].suffix}"
        latin = self._faces.own_family(role, han=False) or chosen or _LATIN[role][0]
        for name in (latin, wide):
            self._used.setdefault(name, (where or self._home, role))
        return FontNames(latin, wide)

    @property
    def used(self) -> dict[str, tuple[str, FamilyRole]]:
        """Every name that was asked for, with its region and role."""
        return self._used

    def xml(self) -> bytes:
        """The font table part, in the order of names."""
        entries = (_entry(name, *what) for name, what in sorted(self._used.items()))
        return part("w:fonts", "".join(entries))


def _entry(name: str, where: str, role: FamilyRole) -> str:
    place = _REGIONS[where]
    western = name in (entry[0] for entry in _LATIN.values())
    instead = _LATIN[role][1] if western else place.serif if role == "serif" else place.sans
    known = f"{instead},{_LOCAL[instead]}" if instead in _LOCAL else instead
    pitch = "fixed" if role == "mono" and western else "variable"
    return (
        f'<w:font w:name="{attribute(name)}"><w:altName w:val="{attribute(known)}"/>'
        f'<w:panose1 w:val="{_PANOSE[role]}"/>'
        f'<w:charset w:val="{"00" if western else place.charset}"/>'
        f'<w:family w:val="{_FAMILIES[role]}"/><w:pitch w:val="{pitch}"/></w:font>'
    )
