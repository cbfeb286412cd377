"""Headings of plain texts: in context, as an outline to edit, by patterns of one's own, by file name."""

import csv
import re

import pytest

import publisher
from publisher.cli.main import main
from publisher.errors import ConfigError
from publisher.events import Collector
from publisher.readers.plain.names import named
from publisher.readers.plain.outline import (
    find_hits,
    match_patterns,
    parse_outline,
    place_headings,
    write_outline,
)
from publisher.readers.plain.paragraphs import split_paragraphs
from publisher.readers.plain.series import find_series
from publisher.text.numerals import parse_number, to_chinese
from publisher.tree.nodes import Section
from publisher.tree.walk import plain_text, query

PROSE = {
    "zh": (
        "夜色漸漸深了，城裡的燈一盞一盞地亮起來，遠處傳來更鼓的聲音，聽得人心裡發慌。",
        "他沒有回頭，只是慢慢地走過那座石橋，橋下的水聲很輕，像有人在說話。",
    ),
    "hans": (
        "夜色渐渐深了，城里的灯一盏一盏地亮起来，远处传来更鼓的声音，听得人心里发慌。",
        "他没有回头，只是慢慢地走过那座石桥，桥下的水声很轻，像有人在说话。",
    ),
    "ja": (
        "夜が深くなり、町の灯がひとつずつともっていく。遠くで鐘の音が聞こえた。",
        "彼は振り返らず、ゆっくりと石の橋を渡っていった。",
    ),
    "ko": (
        "밤이 깊어 가고 마을의 등불이 하나씩 켜졌다. 멀리서 종소리가 들려왔다.",
        "그는 뒤돌아보지 않고 천천히 돌다리를 건너갔다.",
    ),
}
SERIES = {"zh": "第{}章 某某", "hans": "第{}章 某某", "ja": "第{}章　某某", "ko": "제{}장 아무개"}
LATE = ("後記", "后记", "跋", "尾聲", "尾声", "終章", "エピローグ", "あとがき", "에필로그", "番外", "外傳", "附錄", "후기",
        "完本感言", "おわりに", "作者后记")  # fmt: skip

HEADINGS = [
    ("hans", "第一章"), ("hans", "第1章 开端"), ("hans", "第１章　开端"), ("hans", "第一百二十三章 归来"),
    ("hans", "第二百零八回 大闹酒楼"), ("hans", "第十二节 河边"), ("hans", "第〇〇三章 数字"),
    ("hans", "正文 第七章 夜行"), ("zh", "第廿一章 舊雨"), ("zh", "第卅回 重逢"), ("zh", "第壹章 起"),
    ("zh", "第五集 遠行"), ("zh", "第三話 雨夜"), ("zh", "第二幕 廳堂"), ("zh", "第 九 章　空格"),
    ("ja", "第一話　出会い"), ("ja", "第12話 夜明け"), ("ja", "第二章"), ("ja", "第三幕　別れ"),
    ("ko", "제3장 만남"), ("ko", "제 4 장 이별"), ("ko", "제12화 새벽"), ("ko", "제2부 겨울"),
]  # fmt: skip
SPECIAL = [
    ("hans", "楔子"), ("hans", "引子"), ("hans", "序章 黎明"), ("hans", "前言"), ("hans", "尾声"), ("hans", "后记"),
    ("hans", "番外一 旧事"), ("hans", "番外 春天"), ("zh", "自序"), ("zh", "緣起"), ("zh", "尾聲"), ("zh", "跋"),
    ("zh", "附錄一"), ("ja", "プロローグ"), ("ja", "エピローグ"), ("ja", "はじめに"), ("ja", "あとがき"), ("ko", "프롤로그"),
    ("ko", "에필로그"), ("ko", "머리말"), ("hans", "完本感言"), ("zh", "外傳　山中"),
]  # fmt: skip
TEXT = [
    ("hans", "第二天早上，他又来了。"), ("hans", "第三部队正在集结"), ("hans", "第一次见面的时候"), ("hans", "第一回合结束"),
    ("hans", "第五章的内容很难懂"), ("hans", "第十章里他写道"), ("hans", "第三节目很好看"), ("hans", "第二部分的说明"),
    ("hans", "后记得带伞"), ("hans", "序幕拉开了。"), ("hans", "跋山涉水"), ("hans", "一九九八年"), ("hans", "1998"),
    ("hans", "12:30"), ("zh", "第三話題是天氣"), ("zh", "第一回合結束了"), ("zh", "第二章程草案"), ("zh", "第四集團軍"),
    ("zh", "後記憶時代"), ("zh", "第三幕後人員"), ("zh", "第七節目單"), ("ja", "第一章では次のように述べた"),
    ("ja", "第二話題に移る"), ("ja", "第三部隊が到着"), ("ja", "序章が終わった。"), ("ko", "제1장은 어렵다"),
    ("ko", "제2부대가 도착했다"), ("ko", "제3회의에서 말했다"), ("ko", "후기를 읽었다."), ("ja", "あとがきを読んだ。"),
]  # fmt: skip


def read(text, tmp_path, name="book.txt", **settings):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return publisher.read(path, **settings).document


def titles(document):
    return [plain_text(s.title) for s in query(document, Section)]


def written(lines, tight):
    return ("\n" if tight else "\n\n").join(lines)


def series(lang, count=6, shape=""):
    shape = shape or SERIES[lang]
    lines = []
    for number in range(1, count + 1):
        figure = number if lang == "ko" else to_chinese(number)
        lines += [shape.format(figure), *(f"　　{text}" for text in PROSE[lang] * 3)]
    return lines


@pytest.mark.parametrize("tight", [False, True])
@pytest.mark.parametrize(("lang", "line"), HEADINGS)
def test_numbered_lines_in_their_series(lang, line, tight, tmp_path):
    from publisher.readers.plain.rules import _NUMBERED

    digits, unit, _ = re.fullmatch(_NUMBERED, line).groups()
    number = parse_number(digits)
    lead = "제{}" if lang == "ko" else "第{}"
    first = max(number - 2, 1)
    lines = []
    for at in range(first, first + 5):
        figure = at if lang == "ko" else to_chinese(at)
        lines.append(line if at == number else f"{lead.format(figure)}{unit} 某某")
        lines += [f"　　{text}" for text in PROSE[lang] * 3]
    found = titles(read(written(lines, tight), tmp_path))
    assert len(found) == 5
    assert (
        found[number - first] == " ".join(line.split()).replace("　", " ")
        or found[number - first] == line
    )


@pytest.mark.parametrize("tight", [False, True])
@pytest.mark.parametrize(("lang", "line"), SPECIAL)
def test_prefaces_extras_and_afterwords(lang, line, tight, tmp_path):
    lines = series(lang)
    at = len(lines) if line.startswith(LATE) else 0
    lines[at:at] = [line, *(f"　　{text}" for text in PROSE[lang])]
    found = titles(read(written(lines, tight), tmp_path))
    assert len(found) == 7
    assert line in (found[0], found[-1])


@pytest.mark.parametrize("tight", [False, True])
@pytest.mark.parametrize(("lang", "line"), TEXT)
def test_lines_that_only_begin_like_headings(lang, line, tight, tmp_path):
    lines = series(lang)
    lines[10:10] = [f"　　{line}"]
    assert line not in titles(read(written(lines, tight), tmp_path))


def test_the_given_lines_in_context(shared, tmp_path):
    with (shared / "cases" / "chapter-lines.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for row in rows:
        line, lang = row["line"], row["lang"].replace("en", "hans")
        lines = series(lang)
        if row["kind"] == "none":
            lines[10:10] = [f"　　{line}"]
        elif row["kind"] == "chapter":
            continue  # in a series of their own above
        elif row["kind"] == "section-if-in-sequence":
            lines = [t for n in (line, "2. 方法", "3. 結論") for t in (n, *PROSE[lang] * 2)]
        else:
            at = len(lines) if line.startswith(LATE) else 0
            lines[at:at] = [line, *PROSE[lang]] if row["kind"] == "special" else [line]
        found = titles(read(written(lines, tight=False), tmp_path))
        assert (line in found) == (row["kind"] != "none"), line


def test_volumes_hold_chapters_that_begin_anew(tmp_path):
    lines = ["第一卷 少年", *series("hans", 4), "第二卷 远行", *series("hans", 4)]
    document = read(written(lines, tight=False), tmp_path)
    assert [(s.kind, len([b for b in s.blocks if isinstance(b, Section)])) for s in document.body] == [
        ("part", 4), ("part", 4),
    ]  # fmt: skip


# -------------------------------------------------------------------------------- numbered only


@pytest.mark.parametrize(
    "heads",
    [("一、起", "二、承", "三、转"), ("（一）起", "（二）承", "（三）转"), ("1. 起", "2. 承", "3. 转"),
     ("(1)起", "(2)承", "(3)转"), ("一", "二", "三"), ("１", "２", "３", "４")],
)  # fmt: skip
def test_numbers_alone_head_an_article(heads, tmp_path):
    lines = [text for head in heads for text in (head, *PROSE["hans"] * 2)]
    assert titles(read(written(lines, tight=False), tmp_path)) == list(heads)


def test_numbers_nest():
    lines = ["一、总", "（一）甲", *PROSE["hans"], "（二）乙", *PROSE["hans"], "（三）丙", *PROSE["hans"],
             "二、分", "（一）丁", *PROSE["hans"], "三、合", *PROSE["hans"] * 2]  # fmt: skip
    found = find_series(split_paragraphs([part for line in lines for part in (line, "")]))
    assert sorted(found.values()) == [1, 1, 1, 2, 2, 2, 2]


@pytest.mark.parametrize(
    "lines",
    [
        ["一、起", "二、承", "三、转", *PROSE["hans"]],  # a list
        ["一、起", *PROSE["hans"], "二、承", *PROSE["hans"]],  # two only
        ["二、起", *PROSE["hans"], "三、承", *PROSE["hans"], "四、转", *PROSE["hans"]],
        [
            "一、他说，好。",
            *PROSE["hans"],
            "二、她说，好。",
            *PROSE["hans"],
            "三、走了。",
            *PROSE["hans"],
        ],
        ["1.5 米", *PROSE["hans"], "2.5 米", *PROSE["hans"], "3.5 米", *PROSE["hans"]],
    ],
)
def test_lists_and_measures_head_nothing(lines, tmp_path):
    assert titles(read(written(lines, tight=False), tmp_path)) == []


# -------------------------------------------------------------------------------------- outline


def pieces_of(lines):
    return split_paragraphs([part for line in lines for part in (line, "")])


def test_gaps_and_repeats_are_noted():
    lines = series("hans", 8)
    del lines[14:21]  # the third chapter
    lines[28] = "第五章 再来"  # was the sixth
    hits = find_hits(pieces_of(lines))
    notes = [(hit.text, hit.note) for hit in hits if hit.note]
    assert notes == [
        ("第四章 某某", "3 missing"),
        ("第五章 再来", "repeats 5"),
        ("第七章 某某", "6 missing"),
    ]


def test_an_outline_is_read_back_as_it_was_written(tmp_path):
    pieces = pieces_of(series("hans"))
    hits = find_hits(pieces)
    again = parse_outline(write_outline(hits), "o.tsv")
    assert [(h.line, h.level, h.kind, h.text) for h in again] == [
        (h.line, h.level, h.kind, h.text) for h in hits
    ]


def test_an_edited_outline_decides(tmp_path, capsys):
    text = tmp_path / "book.txt"
    text.write_text(written(series("hans"), tight=False), "utf-8")
    table = tmp_path / "o.tsv"
    assert main(["outline", str(text), "-o", str(table)]) == 0
    assert "6 headings" in capsys.readouterr().err
    rows = table.read_text("utf-8").split("\n")
    rows[1] = rows[1].replace("yes", "no", 1)
    rows[2] = rows[2].replace("某某", "改名")
    table.write_text("\n".join(rows), "utf-8")
    text.write_text("新加的一行。\n\n" + text.read_text("utf-8"), "utf-8")
    out = tmp_path / "out"
    code = main(["build", str(text), "--outline", str(table), "-f", "epub", "-q", "-o", str(out)])
    assert code == 0
    found = titles(publisher.read(out / "book.epub").document)
    assert "第一章 某某" not in found
    assert "第三章 某某" in found


def test_titles_mended_in_an_outline_are_taken():
    pieces = pieces_of(series("hans"))
    hits = [
        h._replace(text="第二章 改名") if n == 1 else h for n, h in enumerate(find_hits(pieces))
    ]
    placed = place_headings(pieces, hits, "b.txt", Collector())
    assert [h.text for h in placed][:3] == ["第一章 某某", "第二章 改名", "第三章 某某"]


def test_headings_that_are_gone_are_reported():
    pieces = pieces_of(series("hans"))
    hits = [h._replace(line=h.line + 9001, text=h.text + "没有") for h in find_hits(pieces)[:1]]
    report = Collector()
    assert place_headings(pieces, hits, "b.txt", report) == []
    assert [d.code for d in report.diagnostics] == ["outline.lost"]


@pytest.mark.parametrize(
    "table",
    ["", "use\tline\n", "use\tline\tlevel\ttext\nyes\tx\t1\ta\n", "use\tline\tlevel\ttext\nyes\t1\t9\ta\n",
     "use\tline\tlevel\tkind\ttext\nyes\t1\t1\tnone\ta\n"],
)  # fmt: skip
def test_bad_outlines_are_refused_with_their_line(table):
    with pytest.raises(ConfigError) as problem:
        parse_outline(table, "o.tsv")
    assert "o.tsv:" in str(problem.value)


def test_an_outline_belongs_to_one_text(tmp_path, capsys):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("文。", "utf-8")
    table = tmp_path / "o.tsv"
    table.write_text(write_outline([]), "utf-8")
    code = main(
        ["build", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--outline", str(table)]
    )
    assert code == 2
    assert "one text" in capsys.readouterr().err


def test_an_outline_is_of_plain_text(tmp_path, capsys):
    (tmp_path / "a.md").write_text("# 题", "utf-8")
    assert main(["outline", str(tmp_path / "a.md")]) == 3
    assert "no plain text" in capsys.readouterr().err


# ------------------------------------------------------------------------------------- patterns


def test_patterns_of_ones_own():
    lines = ["【甲】", *PROSE["hans"], "◇一", *PROSE["hans"], "◇二", *PROSE["hans"]]
    found = match_patterns(pieces_of(lines), ["【.】", "◇."])
    assert [(h.level, h.kind) for h in found.values()] == [
        (1, "part"), (2, "chapter"), (2, "chapter"),
    ]  # fmt: skip


@pytest.mark.parametrize("pattern", ["(", "[a", "(?P<x", "a{2,1}"])
def test_bad_patterns_are_refused(pattern):
    with pytest.raises(ConfigError, match="no regular expression"):
        match_patterns(pieces_of(["x"]), [pattern])


def test_patterns_that_never_end_are_stopped():
    with pytest.raises(ConfigError, match="too long"):
        match_patterns(pieces_of(["x" * 60_000 + "y"]), [r"(?:x+x+)+z|(x|x?)+$(?<=z)"])


def test_patterns_that_are_slow_on_many_lines_are_stopped(monkeypatch):
    monkeypatch.setattr("publisher.readers.plain.outline._ALL_LINES", 0.3)
    lines = [f"{n}" + "x" * 5_000 + "y" for n in range(4_000)]
    with pytest.raises(ConfigError, match="too long"):
        match_patterns(pieces_of(lines), [r"(?:.*x){3}z"])


def test_a_pattern_on_the_command_line(tmp_path):
    text = tmp_path / "b.txt"
    text.write_text(written(["◇一", *PROSE["hans"], "◇二", *PROSE["hans"]], tight=False), "utf-8")
    out = tmp_path / "o"
    assert (
        main(["build", str(text), "--chapter-pattern", "◇.", "-f", "epub", "-q", "-o", str(out)])
        == 0
    )
    assert titles(publisher.read(out / "b.epub").document) == ["◇一", "◇二"]


# ---------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("stem", "title", "author"),
    [
        ("《老街旧事》作者：周明远", "老街旧事", "周明远"),
        ("《老街旧事》（精校版全本）作者：周明远", "老街旧事", "周明远"),
        ("《老街舊事》周明遠 著", "老街舊事", "周明遠"),
        ("《老街旧事》", "老街旧事", ""),
        ("老街旧事_周明远", "老街旧事", "周明远"),
        ("[周明远]老街旧事", "老街旧事", "周明远"),
        ("老街旧事 作者：周明远【完结】", "老街旧事", "周明远"),
        ("老街旧事 by 周明远", "老街旧事", "周明远"),
        ("朝市 - 山田太郎", "朝市", "山田太郎"),
        ("【散文】老街旧事 - 周明远", "老街旧事", "周明远"),
        ("周明远《老街旧事》", "老街旧事", "周明远"), ("重读《老街旧事》", "", ""),
        ("老街旧事（周明远著）", "老街旧事", "周明远"), ("老街旧事(精校版)", "老街旧事", ""),
        ("《老街旧事》全集", "老街旧事", ""), ("《老街旧事》第二部", "老街旧事 第二部", ""),
        ("novel", "", ""), ("chapter_01", "", ""), ("2024-01-02", "", ""), ("老街旧事", "", ""),
        ("第一章_集市", "", ""), ("报告_最终版", "", ""), ("note - draft", "", ""), ("a_b", "", ""),
    ],
)  # fmt: skip
def test_names_in_file_names(stem, title, author):
    assert named(stem) == (title, author)


def test_a_file_name_says_what_the_text_does_not(tmp_path):
    text = written(series("hans"), tight=False)
    meta = read(text, tmp_path, "《老街旧事》作者：周明远.txt").meta
    assert (plain_text(meta.title), meta.contributors[0].name) == ("老街旧事", "周明远")
    meta = read(f"城中记\n\n作者：苏小溪\n\n{text}", tmp_path, "《老街旧事》作者：周明远.txt").meta
    assert (plain_text(meta.title), meta.contributors[0].name) == ("城中记", "苏小溪")
