from __future__ import annotations

import contextlib
import csv
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import EncodingError, UnsupportedFormat
from publisher.events import Collector
from publisher.text.encoding import decode
from tests.tools import web_pages

HANS = "这是一段普通的中文，用来看看编码能不能认出来。我们没有问题，时间还早。\n"
HANT = "這是一段普通的中文，用來看看編碼能不能認出來。我們沒有問題，時間還早。\n"
JA = "これは文字コードを見分けるための普通の日本語の文章です。東京の時間は早い。\n"
KO = "이것은 문자 인코딩을 알아보기 위한 한국어 문장입니다. 시간이 있습니다.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (HANS, "gb18030"),
        (HANT, "gb18030"),
        (HANT, "big5hkscs"),
        (JA, "cp932"),
        (JA, "euc_jp"),
        (KO, "cp949"),
        (HANS, "utf-8"),
        (HANT, "utf-16-le"),
        (JA, "utf-16-be"),
        ("Latin text, only ASCII.\n", "utf-16-le"),
        ("Le café naïve résumé été.\n", "cp1252"),
        (JA, "iso2022_jp_2"),
        (KO, "iso2022_kr"),
        (HANS, "hz"),
    ],
)
def test_text_is_read_back_without_being_told_the_encoding(text, encoding):
    report = Collector()
    found = decode(text.encode(encoding), "", report)
    assert found.text == text
    assert found.encoding == encoding
    assert report.diagnostics == []


def test_stored_files_are_read_in_their_encoding(shared):
    folder = shared / "cases" / "encoding"
    with (folder / "index.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    assert rows
    for row in rows:
        name, _, damage = row["encoding"].partition(" ")
        data = (folder / row["file"]).read_bytes()
        wanted = data.decode("utf-8-sig" if name == "utf-8" else name, "replace")
        assert decode(data).text == wanted, (row["file"], damage)


ENCODINGS = {
    "hans": (web_pages.HANS, "gb2312 gbk gb18030 utf-8 utf-16-le utf-16-be utf-32 hz"),
    "hant": (web_pages.HANT, "big5 big5hkscs cp950 gbk gb18030 utf-8 utf-16-le utf-16-be"),
    "ja": (web_pages.JA, "cp932 shift_jis euc_jp iso2022_jp utf-8 utf-16-le utf-16-be"),
    "ko": (web_pages.KO, "cp949 euc_kr iso2022_kr utf-8 utf-16-le utf-16-be"),
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [(language, name) for language, (_, names) in ENCODINGS.items() for name in names.split()],
)
def test_texts_of_every_encoding_are_always_right(language, encoding):
    pool = "\n".join(ENCODINGS[language][0] * 40).encode(encoding, "ignore").decode(encoding)
    chance = random.Random(f"{language} {encoding}")
    for size, count in ((40, 20), (100, 20), (400, 40), (2000, 10)):
        for _ in range(count):
            start = chance.randrange(len(pool) - size)
            text = pool[start : start + size]
            report = Collector()
            assert decode(text.encode(encoding), "", report).text == text, (size, text[:20])
            assert report.diagnostics == []


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_it_and_goes(mark):
    assert decode(HANT.encode(mark)).text == HANT


def test_a_cut_last_character_is_told_with_its_offset():
    report = Collector()
    data = (HANS * 3).encode("gb18030")[:-2]
    found = decode(data, "", report, "a.txt")
    assert found.text.startswith(HANS)
    assert found.text.endswith("\ufffd")
    [told] = report.diagnostics
    assert (told.code, dict(told.args)["offset"]) == ("source.encoding-cut", str(len(data) - 1))


def test_one_bad_byte_is_told_with_its_offset_and_line():
    report = Collector()
    good = HANT.encode()
    found = decode(good * 3 + b"\xff" + good, "", report, "a.txt")
    assert found.text.count("\ufffd") == 1
    [told] = report.diagnostics
    assert told.code == "source.encoding-damaged"
    assert dict(told.args)["offset"] == str(len(good) * 3)
    assert (told.source, told.line) == ("a.txt", 4)


def test_surrogates_written_as_utf8_are_left_for_cleaning():
    assert decode("中\ud800文".encode("utf-8", "surrogatepass")).text == "中\ud800文"


@pytest.mark.parametrize(("label", "text"), [("gb2312", HANS), ("Big5", HANT), ("Shift_JIS", JA)])
def test_a_given_label_is_read_as_its_superset(label, text):
    codec = {"gb2312": "gb18030", "Big5": "big5hkscs", "Shift_JIS": "cp932"}[label]
    assert decode(text.encode(codec), label).text == text


def test_a_wrong_given_encoding_names_the_byte():
    with pytest.raises(EncodingError, match=r"byte 4 \(0xD5") as caught:
        decode(b"abcd\xd5\xe2", "utf-8", source="a.txt")
    assert caught.value.where == "a.txt"


@pytest.mark.parametrize("name", ["klingon", "rot13", "base64"])
def test_what_is_no_text_encoding_is_refused(name):
    with pytest.raises(EncodingError):
        decode(b"abc", name)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04\x14", "zip"),
        (b"MZ\x90\x00\x03", "Windows program"),
        (bytes(range(256)) * 8, "binary"),
    ],
)
def test_binary_data_is_named(data, what):
    with pytest.raises(UnsupportedFormat, match=what):
        decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_clear_error(data):
    with contextlib.suppress(EncodingError, UnsupportedFormat):
        assert isinstance(decode(data).text, str)


def test_half_width_kana_is_read_as_japanese():
    assert decode("ﾃｽﾄです".encode("cp932")).encoding == "cp932"


def test_a_second_voice_that_hears_something_else_is_told(monkeypatch):
    import charset_normalizer

    class Heard:
        encoding = "koi8_r"

        def best(self):
            return self

    monkeypatch.setattr(charset_normalizer, "from_bytes", lambda data: Heard())
    report = Collector()
    decode("ﾃｽﾄです".encode("cp932"), "", report, "a.txt")
    [told] = report.diagnostics
    assert (told.code, dict(told.args)) == (
        "source.encoding-unsure",
        {"encoding": "cp932", "other": "koi8_r"},
    )


def test_thirty_megabytes_are_decoded_fast():
    data = (HANS * 200_000).encode("gb18030")
    began = time.process_time()
    assert decode(data).encoding == "gb18030"
    assert time.process_time() - began < 2.5
