"""Generated readings as whole runs: PDF, EPUB and Word have the same ones, over the same characters."""

import re
import zipfile

import pytest
from lxml import etree

from publisher.environment import ResourceStore
from publisher.events import ignore
from publisher.settings import AnnotateSettings, BookSettings, Settings
from publisher.stages import transform
from publisher.tree.meta import Document, Metadata
from publisher.tree.nodes import Paragraph, Ruby, Section, Text
from publisher.tree.walk import query
from tests.tools import cases, text_out

pytest.importorskip("pypinyin_dict")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTS = {
    "pinyin": ("zh-Hans", "孩子长大了，还没还书。他得去银行，跑得很快；睡着了。"),
    "zhuyin": ("zh-Hant-TW", "這個星期的垃圾很多，他得去銀行，女兒睡著了。一會兒再說。"),
    "jyutping": ("zh-Hant-HK", "我喺香港食飯，音樂好好聽。"),
    "furigana": ("ja", "今日は三本の手紙を書き、東京の学校へ行った。人々は一人で会議を行った。"),
}
KNOWN = {
    "pinyin": [("长", "zhǎng"), ("还", "hái"), ("还", "huán"), ("得", "děi"), ("得", "de"), ("着", "zháo")],
    "zhuyin": [("期", "ㄑㄧˊ"), ("垃", "ㄌㄜˋ"), ("圾", "ㄙㄜˋ"), ("得", "ㄉㄟˇ"), ("著", "ㄓㄠˊ"), ("了", "˙ㄌㄜ"), ("兒", "ㄦ")],
    "jyutping": [("樂", "ngok6")],
    "furigana": [("今日", "きょう"), ("本", "ぼん"), ("紙", "がみ"), ("京", "きょう"), ("行", "い"), ("々", "びと"), ("一人", "ひとり"), ("行", "おこな")],
}  # fmt: skip


def epub_pairs(path):
    """(base, reading) of all ruby of an EPUB's content documents, without the brackets around."""
    found = []
    with zipfile.ZipFile(path) as file:
        for name in sorted(n for n in file.namelist() if n.endswith(".xhtml") and "nav" not in n):
            for ruby in etree.fromstring(file.read(name)).iter("{*}ruby"):
                base = ruby.text or ""
                for child in ruby:
                    if etree.QName(child).localname == "rt":
                        found.append((base, "".join(child.itertext())))
                        base = ""
                    elif not base:
                        base = child.tail or ""
    return found


def docx_pairs(path):
    """(base, reading) of all ruby of a Word file."""
    with zipfile.ZipFile(path) as file:
        root = etree.fromstring(file.read("word/document.xml"))
    return [
        tuple("".join(ruby.find(W + part).itertext()) for part in ("rubyBase", "rt"))
        for ruby in root.iter(W + "ruby")
    ]


def joined(pairs):
    """Readings as one text; Word sets those of a compound over all of it."""
    return re.sub(r"\s", "", "".join(reading for _, reading in pairs))


@pytest.mark.parametrize("vertical", [False, True], ids=["horizontal", "vertical"])
@pytest.mark.parametrize("system", TEXTS)
def test_the_three_files_have_the_same_readings(system, vertical, tmp_path):
    pytest.importorskip({"jyutping": "ToJyutping", "furigana": "fugashi"}.get(system, "pypinyin"))
    language, text = TEXTS[system]
    mode = "vertical" if vertical else "horizontal"
    settings = Settings(book=BookSettings(writing_mode=mode), annotate=AnnotateSettings(system))
    meta = Metadata((Text("甲"),), language=language, identifier="urn:x")
    source = Document(meta, (Section(1, (Text("一"),), (Paragraph((Text(text),)),)),))
    document = transform(source, settings, ignore)
    wanted = [(p.base, p.text) for ruby in query(document, Ruby) for p in ruby.pairs]
    at = 0
    for pair in KNOWN[system]:
        at = wanted.index(pair, at) + 1
    cases.write_all(document, ResourceStore(), tmp_path / "book", settings)
    assert re.sub(r"\s", "", text_out.pdf_annotations(tmp_path / "book.pdf")) == joined(wanted)
    assert joined(epub_pairs(tmp_path / "book.epub")) == joined(wanted)
    assert joined(docx_pairs(tmp_path / "book.docx")) == joined(wanted)
    bases = "".join(base for base, _ in wanted)
    assert "".join(base for base, _ in epub_pairs(tmp_path / "book.epub")) == bases
    assert "".join(base for base, _ in docx_pairs(tmp_path / "book.docx")) == bases
