"""Damages good sources, themes, configurations and finished files and gives them to who reads them.

    python tests/tools/fuzz_readers.py --tries 200000 --seed 1

What comes of it is a document, settings, a style sheet, a proof or a PublisherError of the right
kind, no more. Each try has ten seconds and the whole run 1 GiB, and is told by its seed alone, so that a
failure is found again with ``--seed N --tries 1 --reader NAME``.
"""

import argparse
import io
import random
import re
import resource
import signal
import sys
import time
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from publisher import config, registry
from publisher.environment import Environment, ResourceStore
from publisher.errors import ConfigError, LayoutError, PublisherError, SourceError
from publisher.events import ignore
from publisher.readers.base import ReadRequest
from publisher.registry import reader
from publisher.settings import InputSettings, ThemeSettings
from publisher.theme.resolve import resolve_theme
from publisher.tree.json import to_data
from tests.tools import word_files as word
from tests.tools.every_node import png
from tests.tools.web_pages import HANS, HANT, JA, KO, PAGES

THEMES = Path(registry.__file__).parent / "theme" / "builtin"
SECONDS = 10
BYTES = 1 << 30
CONFIGURATION = """schema = 1
strict = true

[book]
title = "题"
contributors = ["甲", { name = "乙", role = "translator" }]
language = "zh-Hant-HK"
date = 2025-12-22
subjects = ["a", "b"]

[input]
files = ["*.md"]
parts = [{ title = "上", files = ["1.md"] }]
max-pixels = 1000

[transform.convert]
to = "zh-TW"
phrases = true

[transform.repair]
mode = "safe"

[theme]
name = "book"

[theme.page]
size = "a5"
top = "20mm"

[theme.text.heading.1]
size = "1.5"

[output]
formats = ["pdf"]
editions = ["zh-HK"]

[output.pdf]
standard = "none"

[batch]
jobs = 3
"""

# What breaks parsers: ends of range, separators, markup and escapes of every format here.
TOKENS = [
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\x0b", b"\x1b$B", b"~{", b"~}", b"\xe2\x80\xa8",
    "　".encode(), "第一章 ".encode(), "《》".encode(), "［＃".encode(), "］".encode(), "｜".encode(), b"<", b">", b"</p>",
    b"<table>", b"<tr><td colspan=9>", b"<ruby>a<rt>", b"<svg>", b"<![CDATA[", b"<!--", b"-->", b"&#x0;", b"&#xD800;",
    b"&amp;", b"]]>", b"<a href='#x'>", b" id='x'", b"```", b"***", b"[^1]", b"[^1]: x", b"|-|-|", b"---\n", b"$$", b"> ",
    b"1. ", b"- [x] ", b"{|", b"\\", b"%00", b"..//", b"{}", b"[]", b'"', b"null", b"1e999", b"-1", b"99999999999999999999",
    b"= ", b"[[", b"]]\n", b"[page]\n", b"extends = 'book'\n", b"inf", b"nan", b"'''", b"1979-05-27", b"-1e308", b"mm", b"zw",
    b"0x7fffffffffffffff", b"<w:p>", b"</w:p>", b'w:val="-1"', b'w:val=""', b"<w:r><w:t>", b'<w:fldChar w:fldCharType="begin"/>',
    b'<w:numPr><w:numId w:val="9"/></w:numPr>', b"<spine/>", b"<itemref idref='x'/>", b"xmlns='x'", b"<!DOCTYPE x>",
]  # fmt: skip


def _zip(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def seeds():
    """Good sources, by reader: bytes, or the members of an archive."""
    from publisher.pipeline import write_document
    from publisher.settings import OutputSettings, Settings
    from publisher.stages import transform
    from tests.tools import cases
    from tests.tools.every_node import every_node

    store = ResourceStore()
    document = transform(every_node(store.add_bytes(png())), Settings(), ignore)
    made = {}
    with TemporaryDirectory() as folder:
        for form in ("epub", "docx"):
            target = Path(folder) / f"fuzz.{form}"
            settings = Settings(output=OutputSettings(formats=(form,)))
            write_document(document, store, settings, target, cases.workshop(), ignore)
            made[form] = _members(target.read_bytes())
    plain = {n: d for n, d in made["epub"].items() if not n.endswith((".otf", ".ttf"))}
    foreign = word.word_file(
        word.p("章", "1") + word.p(word.r("文", "<w:b/>")) + word.table(word.row("甲", "乙")),
        styles=word.style("1", "heading 1"),
    )
    tree = (
        __import__("json")
        .dumps({"schema": "publisher-tree/1", **to_data(document)}, ensure_ascii=False)
        .encode()
    )
    chapters = "\n\n".join(f"第{n}章 某\n\n　　{t}" for n, t in zip("一二三四", HANS, strict=True))
    markdown = (
        "---\ntitle: 题\n---\n\n# 一\n\n**粗**与*斜*，`码`[链](https://a.example)[^1]。\n\n[^1]: 注。\n\n"
        "> 引\n\n1. 甲\n   - 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx\n```\n\n![图](a.png)\n"
    )
    aozora = (
        "題\n著者\n\n" + "-" * 40 + "\n【テキスト中に現れる記号について】\n" + "-" * 40
        + "\n豆腐《とうふ》［＃「豆腐」に傍点］※［＃「木＋吶のつくり」、第3水準1-85-54］\n［＃ここから２字下げ］\n文\n底本：x\n"
    )  # fmt: skip
    mhtml = (
        "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\nContent-Location: a\n\n"
        "<p>文<img src=c></p>\n--b\nContent-Type: image/png\nContent-Location: c\n\nx\n--b--\n"
    )
    feed = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>集市</title><link>https://a.example/</link>'
        "<item><title>一</title><description>&lt;p&gt;文&lt;b&gt;粗&lt;/b&gt;&lt;/p&gt;</description>"
        "<pubDate>Tue, 05 Mar 2024 08:00:00 +0800</pubDate></item></channel></rss>"
    )
    return {
        "feed": [feed.encode()],
        "text": [chapters.encode(), *("\n".join(t).encode(e) for t, e in (
            (HANS, "gb18030"), (HANT, "big5hkscs"), (JA, "cp932"), (KO, "cp949"), (JA, "iso2022_jp"), (HANS, "hz"),
            (HANT, "utf-16")))],
        "aozora": [aozora.encode(), aozora.encode("cp932")],
        "markdown": [markdown.encode()],
        "html": [PAGES[name]().html.encode() for name in PAGES],
        "mhtml": [mhtml.encode()],
        "tree": [tree],
        "config": [CONFIGURATION.encode()],
        "theme": [p.read_bytes() for p in sorted(THEMES.glob("*.toml"))],
        "epub": [plain],
        "docx": [made["docx"], _members(foreign)],
    }  # fmt: skip


PROOFS = ("verify-pdf", "verify-epub", "verify-docx")
_SMALL = """---
title: 渡口
author: 某
lang: zh-Hans
---

# 江边

老渡口[只有]{.dots}一句话，{漢字|かんじ}，见[桥](#桥)与[站](https://a.example/)。[^1]

![图](a.png)

| 甲 | 乙 |
|---|---|
| 1 | 2 |

# 桥

- 一
- 二

> 引文。

[^1]: 注。
"""


@cache
def finished():
    """Finished files by kind, and the tree they were made of; a PDF also with its streams open."""
    import pikepdf

    import publisher

    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "a.png").write_bytes(png())
        (place / "a.md").write_text(_SMALL, "utf-8")
        result = publisher.convert([place / "a.md"], place)
        assert result.error is None
        with pikepdf.open(place / "a.pdf") as pdf:
            pdf.save(
                place / "open.pdf",
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                compress_streams=False,
            )
        document = publisher.read(place / "a.md").document
        files = {kind: [(place / f"a.{kind}").read_bytes()] for kind in ("pdf", "epub", "docx")}
        files["pdf"].append((place / "open.pdf").read_bytes())
    return document, files


@cache
def good_members(data):
    """The members of a finished file."""
    return _members(data)


def rearranged(data, rng):
    """Well-formed XML with one to four elements or attributes taken away, moved or changed."""
    from lxml import etree

    root = etree.fromstring(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        everything = [e for e in root.iter() if isinstance(e.tag, str)]
        element, other = rng.choice(everything), rng.choice(everything)
        parent = element.getparent()
        match rng.randrange(7):
            case 0 if parent is not None:
                parent.remove(element)
            case 1 if parent is not None:
                parent.insert(
                    rng.randrange(len(parent) + 1),
                    etree.fromstring(etree.tostring(element, with_tail=False)),
                )
            case 2 if (
                parent is not None and element not in other.iterancestors() and other is not element
            ):
                other.append(element)
            case 3 if element.attrib:
                del element.attrib[rng.choice(sorted(element.attrib))]
            case 4 if element.attrib:
                values = ["", "-1", "x", "99999999999", "#", "../..", "auto", "\u3000", "1e9"]
                element.attrib[rng.choice(sorted(element.attrib))] = rng.choice(values)
            case 5:
                element.text = rng.choice(
                    [
                        "",
                        "0",
                        "\u2f45",
                        "\U00020bb7",
                        other.text,
                    ]
                )
            case 6:
                element.tag = other.tag
    return etree.tostring(root)


def rewired(data, rng):
    """A PDF with one to four entries of its objects taken away or made something else."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        things = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary | pikepdf.Stream) and list(o.keys())
        ]
        for _ in range(rng.choice((1, 1, 2, 4)) if things else 0):
            thing, other = rng.choice(things), rng.choice(things)
            key = rng.choice([*sorted(thing.keys()), "/Made"])
            value = rng.choice(
                (None, 0, -1, 1 << 40, "x", pikepdf.Name("/Span"), pikepdf.Array([]), pikepdf.Array([other]),
                 pikepdf.Dictionary(), other, pikepdf.String("\ufeff"), True)
            )  # fmt: skip
            if isinstance(thing, pikepdf.Stream) and key in ("/Length", "/Filter"):
                continue
            if value is None and key in thing:
                del thing[key]
            elif value is not None:
                thing[key] = value
        out = io.BytesIO()
        try:
            pdf.save(out)
        except pikepdf.PdfError:  # it cannot be written any more
            return data
    return out.getvalue()


def proved(name, rng, *, numbers=False):
    """A damaged finished file proved against its tree, or against itself."""
    from publisher.verify.proof import cross_check, prove
    from publisher.verify.report import text_of

    document, files = finished()
    kind = name.removeprefix("verify-")
    good = rng.choice(files[kind])
    data = damaged(good, rng)
    if numbers:
        data = numbered(name, rng)
    elif kind != "pdf" and rng.random() < 0.9:
        members = _members(good)
        texts = (".xml", ".xhtml", ".opf", ".rels", ".ncx")
        for _ in range(rng.choice((1, 1, 2, 4))):
            member = rng.choice([n for n in sorted(members) if not n.endswith((".otf", ".ttf"))])
            if member.endswith(texts) and rng.random() < 0.7:
                members[member] = rearranged(good_members(good)[member], rng)
            else:
                members[member] = damaged(members[member], rng)
        data = _zip(members)
    elif kind == "pdf" and rng.random() < 0.5:
        data = rewired(good, rng)
    try:
        against = rng.choice((document, None))
        proof = prove(data, f"a.{kind}", against, lambda _: None, ours=rng.random() < 0.5)
    except PublisherError as problem:
        return problem.code
    cross_check([proof, proof])
    for fault in proof.faults:
        text_of(fault)
    return "faults" if proof.faults else "right"


def damaged(data, rng):
    """The bytes with one to eight wounds."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at = rng.randrange(len(made) + 1)
        match rng.randrange(7):
            case 0 if made:
                made[min(at, len(made) - 1)] = rng.randrange(256)
            case 1:
                del made[at : at + rng.choice((1, 2, 9, 100))]
            case 2:
                made[at:at] = made[at : at + rng.choice((1, 9, 300))] * rng.choice((1, 2, 20))
            case 3 | 4:
                made[at:at] = rng.choice(TOKENS) * rng.choice((1, 1, 1, 40))
            case 5:
                del made[at:]
            case 6:
                other = rng.randrange(len(made) + 1)
                made[at:at] = made[other : other + 60]
    return bytes(made)


def source(name, rng):
    """A damaged source for a reader."""
    good = rng.choice(seeds()[name])
    if isinstance(good, bytes):
        return damaged(good, rng)
    members = dict(good)
    if rng.random() < 0.1:
        return damaged(_zip(members), rng)
    for _ in range(rng.choice((1, 1, 2))):
        member = rng.choice(sorted(members))
        if rng.random() < 0.1:
            del members[member]
        else:
            members[member] = damaged(members[member], rng)
        if not members:
            break
    return _zip(members)


def overgrown(data, rng):
    """The bytes with one to five numbers of thousands of digits, which `int` refuses to read."""
    spots = [match.span() for match in re.finditer(rb"\d+", data)]
    vast = [
        b"9" * 5000,
        b"-" + b"1" * 5000,
        "９".encode() * 5000,
        b"0x" + b"f" * 5000,
        "²".encode(),
        b"1" * 5000 + b".5",
    ]
    for start, end in sorted(
        rng.sample(spots, min(len(spots), rng.choice((1, 1, 2, 5)))), reverse=True
    ):
        data = data[:start] + rng.choice(vast) + data[end:]
    return data


def numbered(name, rng):
    """A good source or finished file with overgrown numbers."""
    kind = name.removeprefix("verify-")
    good = rng.choice(finished()[1][kind] if name in PROOFS else seeds()[name])
    if isinstance(good, bytes) and kind not in ("epub", "docx"):
        return overgrown(good, rng)
    members = _members(good) if isinstance(good, bytes) else dict(good)
    texts = (".xml", ".xhtml", ".opf", ".rels", ".ncx", ".css")
    member = rng.choice([each for each in sorted(members) if each.endswith(texts)])
    members[member] = overgrown(members[member], rng)
    return _zip(members)


def attempt(name, seed, *, numbers=False):
    """One try; gives ``document`` or the code of the error, and raises what must not be raised."""
    rng = random.Random(f"{name} {seed}")
    if name in PROOFS:
        return proved(name, rng, numbers=numbers)
    data = numbered(name, rng) if numbers else source(name, rng)
    if name in ("config", "theme"):
        return loaded(name, data)
    request = ReadRequest(
        data, f"source.{name}", None, None, InputSettings(max_bytes=4_000_000),
        Environment(), ResourceStore(), ignore,
    )  # fmt: skip
    try:
        document = reader(name).read(request)
    except SourceError as problem:
        return problem.code
    to_data(document)
    return "document"


_KEPT = []


@cache
def _folder():
    """A folder for the files of this run; it goes with the process."""
    _KEPT.append(TemporaryDirectory())
    return Path(_KEPT[0].name)


def loaded(name, data):
    """A damaged configuration or theme read from its file."""
    file = _folder() / f"{name}.toml"
    file.write_bytes(data)
    try:
        if name == "config":
            settings = config.load(file, {}).settings
            if settings.theme.overrides:
                resolve_theme(settings.theme, settings.book.language, base=None)
            return "document"
        for language in ("zh-Hans", "zh-Hant", "ja", "ko"):
            resolve_theme(ThemeSettings(file=str(file)), language, base=None)
    except (ConfigError, LayoutError) as problem:
        return problem.code
    return "document"


def _too_long(_, __):
    raise TimeoutError(f"took more than {SECONDS} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tries", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reader", action="append", choices=[*sorted(seeds()), *PROOFS])
    parser.add_argument("--numbers", action="store_true", help="only numbers of many digits")
    options = parser.parse_args()
    names = options.reader or [*sorted(seeds()), *PROOFS]
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    signal.signal(signal.SIGALRM, _too_long)
    each = max(options.tries // len(names), 1)
    failures = 0
    for name in names:
        start, seen = time.process_time(), Counter()
        for seed in range(options.seed, options.seed + each):
            signal.alarm(SECONDS)
            try:
                seen[attempt(name, seed, numbers=options.numbers)] += 1
            except Exception as problem:
                failures += 1
                print(
                    f"{name} --seed {seed}: {type(problem).__name__}: {problem}"[:300], flush=True
                )
        signal.alarm(0)
        spent = time.process_time() - start
        shown = ", ".join(f"{code} {count}" for code, count in seen.most_common(6))
        print(f"{name}: {each} tries, {spent:.0f} s: {shown}", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
