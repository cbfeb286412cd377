"""Text decoded wrongly once before: mended where both ways lead back, named where they do not."""

import pytest

from publisher.events import Collector
from publisher.text.mojibake import mend
from tests.tools.web_pages import HANS, HANT, JA, KO


def mended(text, **how):
    report = Collector()
    return mend(text, report, "x.txt", **how), report.diagnostics


def western(data):
    """As browsers read bytes in the Western code page, control characters and all."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


WAYS = [
    (HANS, "utf-8", "cp1252"), (HANS, "gb18030", "cp1252"), (HANT, "utf-8", "cp1252"),
    (HANT, "big5hkscs", "cp1252"), (HANT, "big5hkscs", "gb18030"), (JA, "utf-8", "cp1252"),
    (JA, "cp932", "cp1252"), (JA, "cp932", "gb18030"), (JA, "euc_jp", "cp1252"),
    (KO, "utf-8", "cp1252"), (KO, "cp949", "cp1252"), (KO, "cp949", "gb18030"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "right", "wrong"), WAYS)
def test_what_was_read_wrongly_is_mended(texts, right, wrong):
    data = [text.encode(right) for text in texts]
    seen = [western(d) if wrong == "cp1252" else d.decode(wrong) for d in data]
    text, reports = mended("\n".join(["plain ASCII", *seen]))
    assert text.split("\n") == ["plain ASCII", *texts]
    (told,) = reports
    assert (told.code, told.line) == ("text.mojibake-mended", 2)
    assert (dict(told.args)["right"], dict(told.args)["wrong"]) == (right, wrong)


@pytest.mark.parametrize(
    ("texts", "right"),
    [(HANS, "utf-8"), (HANT, "big5hkscs"), (JA, "utf-8"), (JA, "cp932"), (KO, "utf-8")],
)
def test_bytes_read_as_latin_1_keep_their_controls(texts, right):
    seen = "\n".join(text.encode(right).decode("latin-1") for text in texts)
    text, reports = mended(seen)
    assert text == "\n".join(texts)
    assert [d.code for d in reports] == ["text.mojibake-mended"]


def test_rare_characters_are_mended_where_other_lines_show_the_way():
    lines = [*HANS, "第六十回　茉莉蔷薇硝　玫瑰茯苓霜", "龘靐齉爩"]
    text, _ = mended("\n".join(western(line.encode()) for line in lines))
    assert text.split("\n")[:-1] == lines[:-1]


def test_short_words_of_the_kind_that_everybody_knows():
    seen = "鏂囧瓧緙栫爜"
    back = seen.encode("gb18030").decode("utf-8", "ignore")
    assert back.startswith("文字")
    text, reports = mended("鏂囧瓧鏂囧瓧鏂囧瓧")
    assert text == "文字文字文字"
    assert [d.code for d in reports] == ["text.mojibake-mended"]


def test_only_the_broken_lines_are_changed():
    broken = western(HANS[0].encode())
    text, _ = mended("\n".join([HANS[1], broken, HANS[2], "café"]))
    assert text.split("\n") == [HANS[1], HANS[0], HANS[2], "café"]


@pytest.mark.parametrize(
    "text",
    [
        *HANS, *HANT, *JA, *KO, "café crème, naïve façade, Ærø, Đặng Thị", "Ÿ ÀÉÈ", "…——“”‘’", "ﾊﾛｰﾜｰﾙﾄﾞ",
        "龘靐齉爩", "㐀㐁㐂", "Привет, мир! Как дела?", "สวัสดีชาวโลก", "مرحبا بالعالم", "𠀋𪚲", "①②③", "αβγδεζ",
        "〇〇〇", "鱻犇猋骉", "ﾃｽﾄ中ﾃｽﾄ", "魑魅魍魎", "彳亍踟蹰",
    ],
)  # fmt: skip
def test_right_text_is_left_alone(text):
    assert mended(text) == (text, [])
    assert mended((text + "\n") * 30) == ((text + "\n") * 30, [])


@pytest.mark.parametrize("name", ["novel-hans.txt", "novel-hant.md", "article.md"])
def test_whole_books_are_left_alone(shared, name):
    path = shared / "corpus" / name
    if not path.exists():
        pytest.skip(f"{name} is not there")
    text = path.read_text("utf-8")
    assert mended(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("文锟斤拷锟斤拷字", "锟斤拷"),
        ("烫烫烫烫", "烫烫烫"),
        ("屯屯屯", "屯屯屯"),
        ("中ï¿½ï¿½文", "ï¿½"),
    ],
)
def test_what_is_lost_is_named_with_its_line(text, shown):
    same, reports = mended(f"一行\n{text}")
    assert same == f"一行\n{text}"
    assert [(d.code, d.line, dict(d.args)["text"]) for d in reports] == [
        ("text.mojibake-lost", 2, shown)
    ]


def test_a_way_that_loses_characters_is_named_and_not_taken():
    seen = "\n".join(text.encode().decode("gb18030", "replace") for text in HANS)
    same, reports = mended(seen)
    assert same == seen
    assert [(d.code, dict(d.args)["wrong"]) for d in reports] == [("text.mojibake", "gb18030")]


def test_entities_are_characters_in_plain_text_only():
    seen = "".join(f"&#{ord(c)};" for c in HANS[0])
    text, reports = mended(seen, entities=True)
    assert text == HANS[0]
    assert [d.code for d in reports] == ["text.entities"]
    assert mended(seen)[0] == seen
    few = "an entity: &#20013; in a text about entities"
    assert mended(few, entities=True) == (few, [])
