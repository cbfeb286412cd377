"""Embedded fonts: which faces the text needs, cut to its characters, and how CSS names them.

One file a face: the regional face of each language, cut to the characters that any style of that
face uses. Western letters that the CJK face lacks come from its companion, so a word is never
drawn by two fonts. The fonts are under the OFL, which needs no obfuscation.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from publisher.record import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from publisher.faces.face import Face
    from publisher.faces.fallback import FaceSet
    from publisher.writers.epub.survey import Slant, Style

GENERIC: Final = {"serif": "serif", "sans": "sans-serif", "mono": "monospace"}

# Names of the fonts that systems bring along, for books without embedded fonts.
_SYSTEM: Final[dict[tuple[str, str], str]] = {
    ("serif", "zh-Hans"): '"Noto Serif CJK SC","Source Han Serif SC","Songti SC",SimSun',
    ("serif", "zh-Hant"): '"Noto Serif CJK TC","Source Han Serif TC","Songti TC",PMingLiU',
    ("serif", "zh-Hant-HK"): '"Noto Serif CJK HK","Source Han Serif HC","Songti TC",MingLiU_HKSCS',
    ("serif", "ja"): '"Noto Serif CJK JP","Hiragino Mincho ProN","Yu Mincho"',
    ("serif", "ko"): '"Noto Serif CJK KR","Source Han Serif K","AppleMyungjo",Batang',
    ("sans", "zh-Hans"): '"Noto Sans CJK SC","PingFang SC","Microsoft YaHei"',
    ("sans", "zh-Hant"): '"Noto Sans CJK TC","PingFang TC","Microsoft JhengHei"',
    ("sans", "zh-Hant-HK"): '"Noto Sans CJK HK","PingFang HK","Microsoft JhengHei"',
    ("sans", "ja"): '"Noto Sans CJK JP","Hiragino Sans","Yu Gothic"',
    ("sans", "ko"): '"Noto Sans CJK KR","Apple SD Gothic Neo","Malgun Gothic"',
}


@dataclass(slots=True)
class FontFile:
    """A face to embed: its file name, the characters, and the CSS descriptors it stands for."""

    face: Face
    href: str
    chars: set[str] = field(default_factory=set)
    looks: dict[tuple[int, Slant], None] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The family's name in CSS: the language keeps regional faces apart."""
        return f"{self.face.family} {self.face.language}".strip().replace('"', "")

    @property
    def media_type(self) -> str:
        """Core media type (EPUB 3.3, 3.2)."""
        return "font/otf" if self.face.outlines == "cff" else "font/ttf"


@dataclass(slots=True)
class FontPlan:
    """The files to embed and the order in which CSS asks them.

    Attributes:
        files: By face id, in order of first use.
        chains: (role, language, slant) -> CSS families.
    """

    files: dict[str, FontFile] = field(default_factory=dict)
    chains: dict[tuple[str, str, Slant], dict[str, None]] = field(default_factory=dict)

    def offers(self, role: str, lang: str, slant: Slant = "upright") -> bool:
        """Whether the book says which fonts to use: it has some, or names the system's."""
        return not self.files or (role, lang, slant) in self.chains

    def css_family(self, role: str, lang: str, slant: Slant = "upright") -> str:
        """The value of ``font-family`` for a role in a language."""
        names = [f'"{name}"' for name in self.chains.get((role, lang, slant), ())]
        if not names:
            from publisher.faces.fallback import region

            system = _SYSTEM.get((role, region(lang)))
            names = [system] if system else []
        return ",".join([*names, GENERIC[role]])

    def rules(self) -> Iterator[str]:
        """The ``@font-face`` rules."""
        for file in self.files.values():
            for weight, slant in file.looks:
                style = "italic" if slant == "italic" else "normal"
                yield (
                    f'@font-face{{font-family:"{file.family}";font-weight:{weight};'
                    f"font-style:{style};src:url({file.href})}}"
                )


def plan_fonts(text: Mapping[Style, set[str]], faces: FaceSet) -> FontPlan:
    """The fonts for these characters.

    Raises:
        FontError: A font file is missing or damaged.
    """
    plan = FontPlan()
    for style, chars in text.items():
        if not chars:
            continue
        chain = plan.chains.setdefault((style.family, style.lang, style.slant), {})
        for face, used in _faces(style, chars, faces).items():
            file = plan.files.get(face.id)
            if file is None:
                suffix = "otf" if face.outlines == "cff" else "ttf"
                href = f"fonts/font-{len(plan.files) + 1:02d}.{suffix}"
                file = plan.files[face.id] = FontFile(face, href)
            file.chars |= used
            file.looks.setdefault((700 if style.weight >= 600 else 400, style.slant))
            chain.setdefault(file.family)
    return plan


def _faces(style: Style, chars: Collection[str], faces: FaceSet) -> dict[Face, set[str]]:
    """The characters of a style by the face that draws them, the leading face first."""
    # What a face draws alone needs no second look, but for words that its quotes would spoil.
    if "\u2019" not in chars and faces.draws(chars, *style):
        return {faces.resolve(*style): set(chars)}
    kinds: dict[str, list[str]] = {kind: [] for kind in ("letter", "unseen", "joining", "other")}
    for char in sorted(chars):
        kinds[_kind(char)].append(char)
    word, rest, unseen = kinds["letter"], kinds["other"], kinds["unseen"]
    # Alone on a line each: a mark must not take the character before it along.
    rest += (f"\n{char}\n" for char in kinds["joining"])
    main = faces.resolve(style.family, style.weight, style.slant, style.lang)
    found: dict[Face, set[str]] = {} if style.slant == "italic" else {main: set()}
    # All letters as one word go to one face that has them all.
    for part in ("".join(word), "".join(rest)):
        if not part:
            continue
        for run in faces.split(part, *style):
            if not run.missing:
                found.setdefault(run.face, set()).update(part[run.start : run.end])
    for used in found.values():
        used.discard("\n")
    found.setdefault(main, set()).update(unseen)
    return {face: used for face, used in found.items() if used}


@lru_cache(maxsize=1 << 16)
def _kind(char: str) -> str:
    from publisher.faces import clusters

    if clusters.letter().match(char):
        return "letter"
    if clusters.never_missing().match(char):
        return "unseen"
    return "joining" if clusters.joining().match(char) else "other"


def subset(file: FontFile, *, vertical: bool) -> bytes:
    """The font file cut to its characters.

    Raises:
        FontError: HarfBuzz cannot cut it.
    """
    from publisher.faces.subset import web_subset

    return web_subset(file.face, file.chars, vertical=vertical)
