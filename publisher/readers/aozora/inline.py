"""One line of the notation to inlines: ruby, marks by note, ranges, what the line is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.aozora.gaiji import described
from publisher.record import NamedTuple, dataclass, field
from publisher.tree.nodes import (
    Emphasis,
    EmphasisDots,
    Image,
    Mark,
    Ruby,
    RubyPair,
    Span,
    Strong,
    Text,
    Warichu,
)
from publisher.tree.shape import merge_text
from publisher.tree.walk import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.tree.nodes import Inline, Inlines

_TOKEN: Final = re.compile(r"(※?)［＃((?:「[^」]*」|[^］「])*)］|《([^《》\n]{1,60})》|｜")
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆〇ヶ仝ヵ"
_BASES: Final = tuple(
    re.compile(f"{kind}\\Z")
    for kind in (
        f"[{_HAN}]+",
        "[ぁ-ゖゝゞ][ぁ-ゖゝゞー]*",
        "[ァ-ヺヽヾ][ァ-ヺヽヾー]*",
        "[A-Za-z\u00c0-\u024f'’-]+",
        "[Ａ-Ｚａ-ｚ]+",
        "[0-9０-９]+",
    )
)
_QUOTED: Final = re.compile(r"「(.*)」(に|は|の|を)(.*)")
_DOTS: Final = {
    "傍点": "sesame", "白ゴマ傍点": "sesame", "丸傍点": "dot", "白丸傍点": "open-dot",
    "黒三角傍点": "dot", "白三角傍点": "open-dot", "二重丸傍点": "circle", "蛇の目傍点": "circle",
    "ばつ傍点": "dot", "×傍点": "dot",
}  # fmt: skip
_LINES: Final = frozenset(["傍線", "二重傍線", "鎖線", "破線", "波線"])
_LEVELS: Final = {"大見出し": 1, "中見出し": 2, "小見出し": 3}
_RETURNS: Final = re.compile(r"[一二三四上中下甲乙丙丁天地人レ]{1,2}")
_KANA_NOTE: Final = re.compile(r"（([ァ-ヺー]{1,6})）")
_PICTURE: Final = re.compile(
    r"(?:「(?P<caption>[^」]*)」のキャプション付きの)?(?P<alt>[^（]*)（(?P<file>[^、）]+?\.\w{3,4})"
    r"(?:、横(?P<width>\d+)[×x]縦(?P<height>\d+))?[^）]*）入る"
)
_EDITORIAL: Final = re.compile(
    r"は底本では|は底本のまま|「ママ(?:）|\)|？)?」の注記|^ルビは|^ルビの|は底本で|^本文終わり$|^改行$"
)
# 「言葉」に「よみ」の注記, 「言葉」の左に「よみ」のルビ; the same about a range.
_SIDE: Final = re.compile(r"「([^」]*)」(?:の左)?に「([^」]*)」の(?:ルビ|注記)")
_SIDE_BEGINS: Final = frozenset(["左にルビ付き", "注記付き", "左に注記付き"])
_SIDE_ENDS: Final = re.compile(r"(?:左に)?「([^」]*)」の(?:ルビ|注記)付き終わり")
_STEPS: Final = re.compile(r"^[0-9０-９一二三四五六七八九]+段階(?=(?:大き|小さ)な文字)")
_SILENT: Final = frozenset(
    [
        "縦中横",
        "縦中横終わり",
        "横組み",
        "横組み終わり",
        "罫囲み",
        "罫囲み終わり",
        "ページの左右中央",
        "天付き",
    ]
)
_PIXEL: Final = 0.75  # pt


class Picture(NamedTuple):
    """A picture that a note asks for."""

    file: str
    alt: str
    caption: str


@dataclass(slots=True)
class Line:
    """What a line holds.

    Attributes:
        content: Its inlines.
        level: Its level as a heading, or 0.
        end: It stands at the end of the line.
        tail: What stands apart at its end: text behind a heading, or moved to the line's end.
        tail_end: The latter.
        notes: Notes about the line or lines that begin here, as written.
        pictures: Pictures that stand here.
        unknown: Notes that are not understood, which stay in the text.
        editorial: How many notes only say what was changed in the typing.
    """

    content: Inlines = ()
    level: int = 0
    end: bool = False
    tail: Inlines = ()
    tail_end: bool = False
    notes: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    editorial: int = 0


class LineReader:
    """Reads a line; `begun` are ranges open from earlier lines, kept for the next."""

    def __init__(self, begun: list[str] | None = None) -> None:
        self.begun = begun if begun is not None else []
        self.line = Line()
        self._run: list[Inline] = []
        self._open: list[tuple[str, int]] = [(name, 0) for name in self.begun]
        self._bar: int | None = None  # where the base of a ruby was said to begin
        self._tail: int | None = None  # where the line's tail begins
        self._text = ""

    def read(self, text: str) -> Line:
        """The line."""
        at = 0
        self._text = text
        for match in _TOKEN.finditer(text):
            self._add(text[at : match.start()])
            at = match.end()
            if match[3] is not None:
                self._ruby(match[3])
            elif match[2] is not None:
                self._note(match[2], gaiji=bool(match[1]), written=match[0])
            else:
                self._bar = len(self._run)
        self._add(text[at:])
        self.begun[:] = [name for name, _ in self._open if name in _RANGES]
        for name, start in reversed(self._open):
            if name in _RANGES:
                self._close(name, start)
        cut = len(self._run) if self._tail is None else self._tail
        self.line.content = merge_text(self._run[:cut])
        self.line.tail = merge_text(self._run[cut:])
        return self.line

    def _floor(self) -> int:
        """The first place in the run that may still be changed: later ones are kept by index."""
        return max([start for _, start in self._open] + [self._tail or 0])

    def _add(self, text: str) -> None:
        if text:
            self._run.append(Text(text))

    # ------------------------------------------------------------------------------------- ruby

    def _ruby(self, reading: str) -> None:
        base = self._base()
        if not base:
            self._add(f"《{reading}》")
            return
        kind: Any = "mono" if len(base) == 1 else "group"
        self._run.append(Ruby((RubyPair(base, reading),), kind))

    def _base(self) -> str:
        """Takes off the base of a ruby: after a bar, or the last characters of one kind."""
        if self._bar is not None and self._bar < len(self._run):
            base = plain_text(tuple(self._run[self._bar :]))
            del self._run[self._bar :]
            self._bar = None
            return base
        self._bar = None
        floor = self._floor()
        self._run[floor:] = merge_text(self._run[floor:])
        last = self._run[-1] if len(self._run) > floor else None
        if not isinstance(last, Text):
            return ""
        for kind in _BASES:
            found = kind.search(last.text)
            if found:
                self._run.pop()
                self._add(last.text[: found.start()])
                return found[0]
        return ""

    # ------------------------------------------------------------------------------------ notes

    def _note(self, note: str, *, gaiji: bool, written: str) -> None:
        sign = described(note) if gaiji or note.startswith("「") else ""
        if gaiji and sign:
            self._add(sign)
        elif gaiji:
            self._keep(written)
        elif _EDITORIAL.search(note):
            self.line.editorial += 1
        elif not (self._side(note, written) or self._quoted(note) or self._alone(note)):
            if note.startswith(("ここ", "改", "地")) or "字下げ" in note or "段階" in note:
                self.line.notes.append(note)
            else:
                self._keep(written)

    def _keep(self, written: str) -> None:
        self.line.unknown.append(written)
        self._add(written)

    def _alone(self, note: str) -> bool:
        """Notes that say all by themselves: ranges, pictures, marks of reading order."""
        picture = _PICTURE.fullmatch(note)
        kana = _KANA_NOTE.fullmatch(note)
        if picture is not None:
            caption = picture["caption"] or ""
            self.line.pictures.append(Picture(picture["file"], picture["alt"] or caption, caption))
        elif _RETURNS.fullmatch(note):
            self._run.append(Mark("sub", (Text(note),)))
        elif kana is not None:
            self._run.append(Mark("sup", (Text(kana[1]),)))
        elif note in _SILENT:
            pass
        elif note.startswith(("地付き", "地から", "地より")):
            if self._run:
                self._tail, self.line.tail_end = len(self._run), True
            else:
                self.line.end = True
        else:
            return self._range(_STEPS.sub("", note.removeprefix("左に")), note)
        return True

    def _range(self, name: str, note: str) -> bool:
        """The beginning or the end of a range."""
        if name.endswith("終わり") and any(n == name[:-3] for n, _ in self._open):
            at = max(i for i, (opened, _) in enumerate(self._open) if opened == name[:-3])
            self._close(*self._open.pop(at))
        elif name in _SIZES and f"{name}終わり" not in self._text:
            return False  # of the whole line
        elif name in _RANGES or name in _LEVELS or note in _SIDE_BEGINS:
            self._open.append((_SIDE_RANGE if note in _SIDE_BEGINS else name, len(self._run)))
        else:
            return False
        return True

    def _side(self, note: str, written: str) -> bool:
        """A reading beside words that stand before it, or beside a range that ends here."""
        lost: list[str] = []

        def make(inside: Inlines) -> Inline:
            if all(isinstance(node, Text) for node in inside):
                return Ruby((RubyPair(plain_text(inside), reading),), "group", "gloss")
            lost.append(written)  # there is a reading on the other side
            return inside[0] if len(inside) == 1 else Span(inside)

        if match := _SIDE.fullmatch(note):
            words, reading = match.groups()
            done = self._mark_words(words, make)
        elif (match := _SIDE_ENDS.fullmatch(note)) and any(
            name == _SIDE_RANGE for name, _ in self._open
        ):
            reading = match[1]
            at = max(i for i, (name, _) in enumerate(self._open) if name == _SIDE_RANGE)
            _, start = self._open.pop(at)
            inside = merge_text(self._run[start:])
            self._run[start:] = [make(inside)] if inside else []
            done = True
        else:
            return False
        self.line.unknown += lost
        return done

    def _close(self, name: str, start: int) -> None:
        if name in _LEVELS:
            self.line.level = _LEVELS[name]
            return
        inside = merge_text(self._run[start:])
        if inside:
            self._run[start:] = [_RANGES[name](inside)]

    def _quoted(self, note: str) -> bool:
        """Notes about words that stand before them: ``「言葉」に傍点``."""
        found = _QUOTED.fullmatch(note)
        if found is None:
            return False
        words, _, what = found.groups()
        what = _STEPS.sub("", what.removeprefix("左に"))
        if what.startswith(("同行", "窓")) and plain_text(tuple(self._run)).strip() == words:
            self._tail = len(self._run)  # the text goes on behind the heading
        if what in _LEVELS or what.removeprefix("同行").removeprefix("窓") in _LEVELS:
            self.line.level = _LEVELS[what.removeprefix("同行").removeprefix("窓")]
            return True
        make = _RANGES.get(what)
        if what in _SILENT:
            return True
        return make is not None and self._mark_words(words, make)

    def _mark_words(self, words: str, make: Callable[[Inlines], Inline]) -> bool:
        """Marks the last place where words stand in the line so far."""
        floor = self._floor()
        plain = "".join(_said(node) for node in self._run[floor:])
        wanted = "".join(_said(node) for node in LineReader().read(words).content)
        start = plain.rfind(wanted)
        if not wanted or start < 0:
            return False
        before, rest = _split(self._run[floor:], start)
        inside, after = _split(rest, len(wanted))
        self._run[floor:] = [*before, make(merge_text(inside)), *after]
        return True


def _said(node: Inline) -> str:
    if isinstance(node, Ruby):
        return "".join(pair.base for pair in node.pairs)
    return "" if isinstance(node, Image) else plain_text((node,))


def _split(run: list[Inline], at: int) -> tuple[list[Inline], list[Inline]]:
    """A run before and after a place in its text; nodes that are no text stay whole."""
    before: list[Inline] = []
    for place, node in enumerate(run):
        size = len(_said(node))
        if at <= 0 and size:
            return before, run[place:]
        if isinstance(node, Text) and at < size:
            return [*before, Text(node.text[:at])], [Text(node.text[at:]), *run[place + 1 :]]
        before.append(node)
        at -= size
    return before, []


def _dots(mark: Any) -> Callable[[Inlines], Inline]:
    return lambda inner: EmphasisDots(inner, mark)


def _marked(kind: Any) -> Callable[[Inlines], Inline]:
    return lambda inner: Mark(kind, inner)


_RANGES: Final[dict[str, Callable[[Inlines], Inline]]] = {
    **{name: _dots(mark) for name, mark in _DOTS.items()},
    **{name: _marked("underline") for name in _LINES},
    "太字": Strong,
    "斜体": Emphasis,
    "割り注": Warichu,
    "割書": Warichu,
    "上付き小文字": _marked("sup"),
    "下付き小文字": _marked("sub"),
    "行右小書き": _marked("sup"),
    "行左小書き": _marked("sub"),
    "小書き": _marked("small"),
    "小さな文字": _marked("small"),
    "大きな文字": Strong,
    "取消線": _marked("strike"),
}


_SIZES: Final = frozenset(["小さな文字", "大きな文字"])
_SIDE_RANGE: Final = "ルビ付き"


def range_of(note: str) -> Callable[[Inlines], Inline] | None:
    """What a note about a range of lines (``１段階小さな文字``) makes of it, if anything."""
    return _RANGES.get(_STEPS.sub("", note.removeprefix("左に")))


def known_notes() -> Iterator[str]:
    """Words that only this notation has in its notes."""
    yield from (
        *_DOTS,
        *_LINES,
        *_LEVELS,
        "字下げ",
        "改ページ",
        "改丁",
        "地付き",
        "字上げ",
        "縦中横",
    )
    yield from ("水準", "U+", "太字", "割り注", "入る", "底本では")
