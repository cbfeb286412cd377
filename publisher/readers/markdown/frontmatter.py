"""Front matter: the YAML (or TOML) block before a Markdown text, to metadata.

Keys are those that pandoc and the common site generators use, and their Chinese, Japanese and
Korean names. Every value is read as text (a date stays as written, an ISBN keeps its zeros).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from publisher.errors import MalformedSource
from publisher.events import Diagnostic
from publisher.record import dataclass, field
from publisher.tree.meta import WRITING_MODE, Contributor, ContributorRole, Metadata, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from publisher.events import Report
    from publisher.tree.nodes import Inlines

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

_MAX_CHARACTERS: Final = 64 * 1024
_MAX_VALUES: Final = 2_000
_MAX_ALIASES: Final = 100
_BLOCK: Final = re.compile(
    r"(?:(?P<yaml>---)|\+\+\+)[ \t]*\n(?P<body>.*?)"
    r"^(?(yaml)(?:---|\.\.\.)|\+\+\+)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
# What a first line of metadata looks like; a rule, a paragraph and a rule are ordinary text.
_KEY_LINE: Final = re.compile(r"""\s*(?:#.*|\{.*|['"]?[^\W\d_][^:=\n]{0,60}\s*[:=](?:\s.*)?)""")

_ROLES: Final[dict[str, ContributorRole]] = {
    "author": "author", "authors": "author", "aut": "author", "by": "author", "creator": "author",
    "作者": "author", "著者": "author", "저자": "author", "文": "author", "著": "author",
    "translator": "translator", "translators": "translator", "trl": "translator",
    "译者": "translator", "譯者": "translator", "訳者": "translator", "옮긴이": "translator",
    "editor": "editor", "editors": "editor", "edt": "editor", "编辑": "editor", "編輯": "editor",
    "編集": "editor", "編者": "editor", "编者": "editor", "편집": "editor",
    "illustrator": "illustrator", "ill": "illustrator", "插画": "illustrator",
    "插畫": "illustrator",
    "compiler": "compiler", "com": "compiler", "photographer": "photographer",
    "pht": "photographer", "摄影": "photographer", "攝影": "photographer", "撮影": "photographer",
    "contributor": "other", "contributors": "other", "ctb": "other",
    "来源": "source", "來源": "source", "出典": "source", "출처": "source",
}  # fmt: skip
_KEYS: Final[dict[str, str]] = {
    "title": "title", "标题": "title", "標題": "title", "书名": "title", "書名": "title",
    "題名": "title", "タイトル": "title", "제목": "title",
    "subtitle": "subtitle", "副标题": "subtitle", "副標題": "subtitle", "副題": "subtitle",
    "サブタイトル": "subtitle", "부제": "subtitle",
    "lang": "language", "language": "language", "locale": "language", "语言": "language",
    "語言": "language", "言語": "language", "언어": "language",
    "date": "date", "pubdate": "date", "published": "date", "日期": "date", "日付": "date",
    "发布时间": "date", "發布時間": "date", "날짜": "date",
    "publisher": "publisher", "出版社": "publisher", "出版者": "publisher", "출판사": "publisher",
    "description": "description", "abstract": "description", "summary": "description",
    "摘要": "description", "简介": "description", "簡介": "description", "概要": "description",
    "요약": "description",
    "keywords": "subjects", "keyword": "subjects", "subject": "subjects", "subjects": "subjects",
    "tags": "subjects", "categories": "subjects", "标签": "subjects", "標籤": "subjects",
    "关键词": "subjects", "關鍵詞": "subjects", "タグ": "subjects", "키워드": "subjects",
    "cover-image": "cover", "cover": "cover", "封面": "cover", "表紙": "cover", "표지": "cover",
    "identifier": "identifier", "id": "identifier", "uuid": "identifier", "doi": "identifier",
    "isbn": "isbn",
    "rights": "rights", "copyright": "rights", "license": "rights", "版权": "rights",
    "版權": "rights", "著作権": "rights", "저작권": "rights",
    "series": "series", "belongs-to-collection": "series", "系列": "series", "シリーズ": "series",
    "시리즈": "series",
    "group-position": "position", "series-position": "position", "volume": "position",
    "url": "source_url", "source-url": "source_url", "original-url": "source_url",
    "canonical": "source_url", "canonical-url": "source_url", "link": "source_url",
    "source": "source",
    "writing-mode": "writing-mode", "排版方向": "writing-mode", "書字方向": "writing-mode",
    "文字方向": "writing-mode", "組方向": "writing-mode",
}  # fmt: skip

_WRITING_MODES: Final[dict[str, str]] = {
    "horizontal": "horizontal", "horizontal-tb": "horizontal", "横排": "horizontal",
    "橫排": "horizontal", "横書き": "horizontal", "가로쓰기": "horizontal",
    "vertical": "vertical", "vertical-rl": "vertical", "竖排": "vertical", "直排": "vertical",
    "豎排": "vertical", "縦書き": "vertical", "縦組み": "vertical", "세로쓰기": "vertical",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The block before the text: its values, the lines it takes, and the line of each key."""

    values: Mapping[str, Value]
    line_count: int = 0
    key_lines: Mapping[str, int] = field(default_factory=dict)


def split_front_matter(text: str, name: str) -> tuple[FrontMatter, str]:
    """The front matter and the text after it.

    Raises:
        MalformedSource: The block is broken; with its line.
    """
    nothing = FrontMatter({})
    if not text.startswith(("---", "+++")):
        return nothing, text
    # Metadata is short; a rule at the start of a book is not followed to its end.
    match = _BLOCK.match(text[:_MAX_CHARACTERS])
    if match is None:
        return nothing, text
    body = match["body"]
    first = next((line for line in body.split("\n", 200) if line.strip()), "")
    if first and not _KEY_LINE.fullmatch(first):
        return nothing, text
    loaded = _load_yaml(body, name) if match["yaml"] else _load_toml(body, name)
    if loaded is None:
        return nothing, text
    rest = text[match.end() :]
    lines = {
        found[1].strip().lower(): number
        for number, line in enumerate(body.split("\n"), start=2)
        if (found := re.match(r"['\"]?([^\s#][^:='\"]*)['\"]?\s*[:=]", line))
    }
    return FrontMatter(loaded, text[: match.end()].count("\n"), lines), rest


# A key and a plain or quoted value on one line, in which nothing has a meaning of its own in YAML.
_FLAT_LINE: Final = re.compile(
    r"""([^\W\d][\w-]*):(?:[ ]+(?:"([^"\\]*)"|'([^']*)'|([\w/（《「『“(.][^#:"'\[\]{}]*)))?[ ]*"""
)


def _flat_yaml(body: str) -> dict[str, str] | None:
    """The mapping of a block of `_FLAT_LINE`s; None for any other, which YAML has to read.

    Loading YAML takes as long as reading a short article.
    """
    found: dict[str, str] = {}
    for line in body.split("\n"):
        if not line:
            continue
        match = _FLAT_LINE.fullmatch(line)
        if match is None or not line.isprintable():
            return None
        key, double, single, plain = match.groups()
        found[key] = double or single or (plain or "").rstrip()
    return found


def _load_yaml(body: str, name: str) -> dict[str, Value] | None:
    """The mapping, every scalar as text; None when the block is no mapping."""
    flat = _flat_yaml(body)
    if flat is not None:
        return _plain(flat)
    import yaml

    if body.count("*") > _MAX_ALIASES and len(re.findall(r"(?<!\S)\*\w", body)) > _MAX_ALIASES:
        raise MalformedSource(
            "the front matter has too many aliases", where=f"{name}:1", hint="write the values out"
        )
    try:
        # BaseLoader makes nothing but str, list and dict: no objects, no dates, no booleans.
        loaded = yaml.load(body, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader is safe
    except (yaml.YAMLError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = (mark.line + 2) if mark is not None else 1
        what = getattr(problem, "problem", None) or str(problem).split("\n", 1)[0]
        raise MalformedSource(
            f"the front matter is not valid YAML: {what}",
            code="source.front-matter",
            where=f"{name}:{line}",
            hint="put values with colons, quotes or brackets into quotes",
        ) from problem
    except RecursionError as problem:
        raise MalformedSource(
            "the front matter is nested too deeply", where=f"{name}:1", hint="make it flat"
        ) from problem
    if loaded in (None, ""):
        return {}
    return _plain(loaded) if isinstance(loaded, dict) else None


def _load_toml(body: str, name: str) -> dict[str, Value]:
    from publisher.toml import TomlError, parse_toml

    try:
        return _plain(parse_toml(body))
    except TomlError as problem:
        found = re.search(r"line (\d+)", str(problem))
        raise MalformedSource(
            f"the front matter has {problem}",
            code="source.front-matter",
            where=f"{name}:{int(found[1]) + 1 if found else 1}",
        ) from problem


def _plain(loaded: dict[Any, Any]) -> dict[str, Value]:
    """The values as text, lists and mappings, at most four deep and `_MAX_VALUES` in all."""
    left = [_MAX_VALUES]

    def plain(value: Any, depth: int) -> Value:
        left[0] -= 1
        if left[0] < 0 or depth > 4:
            return ""
        if isinstance(value, dict):
            return {_text(key): plain(inner, depth + 1) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [plain(inner, depth + 1) for inner in value]
        return _text(value)

    return {_text(key).lower(): plain(value, 1) for key, value in loaded.items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else str(value)
    return "" if text in ("~", "null") else " ".join(text.split())


@dataclass(slots=True)
class MetadataReader:
    """Turns front matter into `Metadata`.

    Attributes:
        front: The block.
        name: The source's name, for reports.
        report: Takes a diagnostic for each key or value that is not understood.
        inlines: Parses a title, which may hold marks and ruby.
        picture: Takes a cover's file name and line, gives its resource id or an empty string.
    """

    front: FrontMatter
    name: str
    report: Report
    inlines: Callable[[str], Inlines]
    picture: Callable[[str, int], str]
    _found: dict[str, Any] = field(default_factory=dict)
    _people: list[Contributor] = field(default_factory=list)
    _extra: dict[str, str] = field(default_factory=dict)
    _series: list[str] = field(default_factory=lambda: ["", ""])

    def read(self) -> Metadata:
        """The metadata; `language` as written, to be made a tag with the text at hand."""
        for key, value in self.front.values.items():
            if not value:
                continue
            role = _ROLES.get(key)
            if role is not None:
                self._people.extend(people(value, role))
            elif (target := _KEYS.get(key)) is not None:
                self._take(key, target, value)
            else:
                self._extra[key] = _flat(value)[:1000]
                self._tell("front-matter.unknown-key", "info", key, _flat(value))
        series = Series(*self._series) if self._series[0] else None
        return Metadata(
            contributors=tuple(dict.fromkeys(self._people)),
            series=series,
            extra=tuple(sorted(self._extra.items())),
            **self._found,
        )

    def _take(self, key: str, target: str, value: Value) -> None:
        found = self._found
        match target:
            case "title" | "subtitle":
                self._title(target, value)
            case "date":
                from publisher.text.dates import iso_date

                found["date"] = iso_date(_flat(value))
                if not found["date"]:
                    self._extra[key] = _flat(value)
                    self._tell("front-matter.date", "warning", key, _flat(value))
            case "subjects":
                words = [*found.get("subjects", ()), *_words(value)]
                found["subjects"] = tuple(dict.fromkeys(words))
            case "cover":
                found["cover"] = self.picture(_flat(value), self._line(key))
            case "isbn":
                found["identifier"] = f"urn:isbn:{re.sub(r'[^0-9Xx]', '', _flat(value))}"
            case "identifier":
                found.setdefault("identifier", _identifier(key, value))
            case "series":
                self._take_series(value)
            case "position":
                self._series[1] = _flat(value)
            case "source":
                self._source(value)
            case "writing-mode":
                self._writing_mode(key, _flat(value))
            case _:
                found[target] = _flat(value)

    def _title(self, target: str, value: Value) -> None:
        """A title is a string, or pandoc's list of ``type`` and ``text``."""
        parts = value if isinstance(value, list) else [value]
        for part in parts:
            kind = _flat(part.get("type", "")) if isinstance(part, dict) else ""
            text = _flat(part.get("text", "")) if isinstance(part, dict) else _flat(part)
            name = "subtitle" if kind == "subtitle" else target
            if text:
                self._found.setdefault(name, self.inlines(text))

    def _take_series(self, value: Value) -> None:
        if isinstance(value, dict):
            self._series[0] = _flat(value.get("name", value.get("title", "")))
            position = _flat(value.get("position", value.get("number", "")))
            self._series[1] = position or self._series[1]
        else:
            self._series[0] = _flat(value)

    def _source(self, value: Value) -> None:
        text = _flat(value)
        if re.match(r"https?://", text):
            self._found["source_url"] = text
        else:
            self._people.extend(people(value, "source"))

    def _writing_mode(self, key: str, value: str) -> None:
        mode = _WRITING_MODES.get(value.casefold(), "")
        if mode:
            self._extra[WRITING_MODE] = mode
        else:
            self._tell("front-matter.writing-mode", "warning", key, value)

    def _line(self, key: str) -> int:
        return self.front.key_lines.get(key, 1)

    def _tell(self, code: str, severity: Any, key: str, value: str) -> None:
        args = (("key", key), ("value", value[:80]))
        self.report(Diagnostic(code, severity, args, source=self.name, line=self._line(key)))


def people(value: Value, role: ContributorRole) -> list[Contributor]:
    """The persons in a value: a name, names parted by 、 or ;, a list, or mappings with a name."""
    if isinstance(value, list):
        return [person for part in value for person in people(part, role)]
    if isinstance(value, dict):
        name = _flat(value.get("name", value.get("text", value.get("literal", ""))))
        if not name:
            given, family = _flat(value.get("given", "")), _flat(value.get("family", ""))
            name = f"{given} {family}".strip()
        own_role = _ROLES.get(_flat(value.get("role", "")).lower(), role)
        sort_as = _flat(value.get("sort-as", value.get("file-as", value.get("sort", ""))))
        lang = _flat(value.get("lang", ""))
        return [Contributor(name, own_role, sort_as, lang)] if name else []
    names = re.split(r"\s*[、；;]\s*", value)
    if len(names) == 1:
        # A comma parts names only where none of them is "Family, Given".
        parts = re.split(r"\s*[,，/]\s*", value)
        if all(len(part) <= 6 and part and not part.isascii() for part in parts):
            names = parts
    return [Contributor(name, role) for name in names if name]


def _identifier(key: str, value: Value) -> str:
    if isinstance(value, list):
        return _identifier(key, value[0]) if value else ""
    if isinstance(value, dict):
        scheme, text = _flat(value.get("scheme", "")).lower(), _flat(value.get("text", ""))
        if scheme.startswith("isbn"):
            return f"urn:isbn:{re.sub(r'[^0-9Xx]', '', text)}"
        return _identifier(scheme, text)
    if key in ("uuid", "doi") and ":" not in value:
        return f"urn:uuid:{value}" if key == "uuid" else f"doi:{value}"
    return value


def _words(value: Value) -> list[str]:
    if isinstance(value, list):
        return [
            word for part in value for word in ([part] if isinstance(part, str) else _words(part))
        ]
    return [word for word in re.split(r"\s*[,，、;；]\s*", _flat(value)) if word]


def _flat(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(filter(None, map(_flat, value)))
    if isinstance(value.get("text"), str):
        return _flat(value["text"])
    return ", ".join(f"{key}: {_flat(inner)}" for key, inner in value.items())
