from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.events import Collector
from publisher.messages import text_of
from publisher.settings import ConvertSettings, PunctuationSettings, Settings
from publisher.text.punctuation import apply, edits
from publisher.transforms.base import built_in_transforms, run_transforms
from publisher.transforms.punctuation import mend, mend_punctuation
from publisher.tree import nodes as n
from publisher.tree.meta import WRITING_MODE, Contributor, Document, Metadata, Series
from publisher.tree.nodes import Attr, Paragraph, Pos, Section, Text
from publisher.tree.walk import document_text, plain_text


def p(*content, **fields):
    return Paragraph(tuple(Text(c) if isinstance(c, str) else c for c in content), **fields)


def mended(*blocks, language="zh-Hans", mode="apply", to="", **meta):
    document = Document(Metadata(language=language, **meta), blocks)
    return mend(document, PunctuationSettings(mode), to=to)


def texts(*blocks, **options):
    return document_text(mended(*blocks, **options).document)


def content(block, **options):
    return mended(block, **options).document.body[0].content


def test_marks_take_the_form_of_the_language():
    assert texts(p('他说:"好,走..."')) == ["他说：“好，走……”"]
    assert texts(p('他說:"好,走..."'), language="zh-Hant") == ["他說：「好，走……」"]
    assert texts(p('彼は"はい,そう."と言う.'), language="ja") == ["彼は「はい、そう。」と言う。"]
    assert texts(p('그는 "네, 그래..." 했다.'), language="ko") == ['그는 "네, 그래..." 했다.']
    assert texts(p("He said 你好,再见"), language="en") == ["He said 你好,再见"]


def test_a_pair_across_inlines_is_a_pair():
    block = p('他说"', n.Strong((Text("好"),)), '",', n.Emphasis((Text("走"),)), "吧.")
    assert content(block) == (
        Text("他说“"),
        n.Strong((Text("好"),)),
        Text("”，"),
        n.Emphasis((Text("走"),)),
        Text("吧。"),
    )


def test_a_mark_in_an_inline_of_its_own_has_the_side_of_its_neighbours():
    block = p("好", n.Strong((Text(","),)), "走", n.NoteRef("x"), ".")
    assert content(block) == (
        Text("好"), n.Strong((Text("，"),)), Text("走"), n.NoteRef("x"), Text("。"),
    )  # fmt: skip


def test_marks_that_become_fewer_go_back_into_their_runs():
    assert content(p("走。", n.Strong((Text("。。好"),)))) == (
        Text("走……"),
        n.Strong((Text("好"),)),
    )
    assert content(p("他来了-", n.Strong((Text("-"),)), "她走了")) == (Text("他来了——她走了"),)
    assert content(p("好，", n.Strong((Text(" "),)), "走")) == (Text("好，走"),)


@given(st.lists(st.text(st.sampled_from('中文,.。-" ')), min_size=1, max_size=6))
def test_runs_together_are_what_their_join_becomes(pieces):
    texts = [piece for piece in pieces if piece]
    block = p("中", *(n.Strong((Text(t),)) if at % 2 else t for at, t in enumerate(texts)), "文")
    joined = "中" + "".join(texts) + "文"
    assert plain_text(content(block)) == apply(joined, edits(joined, "hans"))


def test_what_is_no_text_stays():
    block = p(
        "见", n.Code("a,b 甲,乙"), ",看", n.Math("甲,乙", "甲,乙"), ",",
        n.Link((Text("好,走"),), "http://x/甲,乙", "题,目"), n.LineBreak(),
        n.Image("r", "图,一"), n.Span((Text("그는 왔다, 나는"),), Attr(lang="ko")),
        n.Ruby((n.RubyPair("汉", "han,"),)), "?",
    )  # fmt: skip
    assert content(block) == (
        Text("见"), n.Code("a,b 甲,乙"), Text("，看"), n.Math("甲,乙", "甲,乙"), Text("，"),
        n.Link((Text("好，走"),), "http://x/甲,乙", "题，目"), n.LineBreak(),
        n.Image("r", "图，一"), n.Span((Text("그는 왔다, 나는"),), Attr(lang="ko")),
        n.Ruby((n.RubyPair("汉", "han,"),)), Text("？"),
    )  # fmt: skip
    code = n.CodeBlock("甲,乙")
    assert mended(code).document.body == (code,)


def test_another_language_inside_has_its_own_marks():
    block = p("他说“", n.Span((Text('彼は"はい"と言う,ね.'),), Attr(lang="ja")), "”.")
    assert content(block)[1].content == (Text("彼は「はい」と言う、ね。"),)
    assert texts(p("好,走", attr=Attr(lang="en")), p("好,走")) == ["好,走", "好，走"]
    assert texts(p("私は“本”を読んだ,ね。これはペンです")) == [
        "私は「本」を読んだ、ね。これはペンです"
    ]


def test_each_chapter_is_told_by_its_own_characters():
    hans = Section(1, (Text("一"),), (p('这个国家的历史说来话长,他说"好"'),))
    hant = Section(1, (Text("二"),), (p('這個國家的歷史說來話長,他說"好"'),))
    assert texts(hans, hant) == [
        "一", "这个国家的历史说来话长，他说“好”",
        "二", "這個國家的歷史說來話長，他說「好」",
    ]  # fmt: skip


def test_conversion_takes_the_quotes_of_its_target():
    settings = Settings(punctuation=PunctuationSettings("apply"), convert=ConvertSettings("zh-TW"))
    document = Document(Metadata(language="zh-Hans"), (p("这个国家,他说“头发”。"),))
    steps = built_in_transforms(settings)
    assert [step.name for step in steps] == ["ids", "notes", "repair", "punctuation", "script"]
    made = run_transforms(document, steps, settings, Collector())
    assert document_text(made) == ["這個國家，他說「頭髮」。"]


def test_quotes_of_another_region_are_certain_faults_in_its_edition():
    blocks = (p("他说「头发」。"),)
    assert texts(*blocks, mode="safe") == ["他说「头发」。"]
    assert texts(*blocks, mode="safe", to="zh-Hans") == ["他说“头发”。"]


def test_the_transform_is_there_when_it_is_asked_for():
    names = [step.name for step in built_in_transforms(Settings())]
    assert "punctuation" not in names


def test_titles_are_mended_and_names_are_not():
    meta = mended(
        p("好"),
        title=(Text("山,水"),),
        subtitle=(Text("他说"), n.Strong((Text('"好"'),))),
        contributors=(Contributor("王,李"),),
        description="好,走",
        series=Series("一,二"),
        publisher="甲,乙",
    ).document.meta
    assert plain_text(meta.title) == "山，水"
    assert plain_text(meta.subtitle) == "他说“好”"
    assert (meta.description, meta.series.name) == ("好，走", "一，二")
    assert (meta.contributors[0].name, meta.publisher) == ("王,李", "甲,乙")


def test_vertical_pages_keep_their_wide_letters():
    extra = ((WRITING_MODE, "vertical"),)
    assert texts(p("２０２４年,ＡＢＣ"), extra=extra) == ["２０２４年，ＡＢＣ"]
    assert texts(p("２０２４年,ＡＢＣ")) == ["2024年，ABC"]


def test_a_quotation_goes_on_in_the_next_paragraph():
    quoted = (p("他說:“第一段。"), p("“第二段。”"))
    assert texts(*quoted, language="zh-Hant") == ["他說：「第一段。", "「第二段。」"]
    found = mended(p("他說:“第一段。"), p("第二段。”"), language="zh-Hant")
    assert document_text(found.document) == ["他說：“第一段。", "第二段。”"]
    assert len(found.unbalanced) == 2


def test_suggest_changes_nothing_and_says_what_it_would():
    document = Document(Metadata(language="zh-Hans"), (p("好,走"), p("我读「红楼梦」")))
    found = mend(document, PunctuationSettings("suggest"))
    assert found.document is document
    assert found.made == ()
    assert [(c.kind, c.before, c.after, c.sure) for c in found.suggested] == [
        ("halfwidth-punct", ",", "，", True),
        ("quote-form", "「", "“", False),
        ("quote-form", "」", "”", False),
    ]


def test_safe_mends_what_is_certain_and_suggests_the_rest():
    found = mended(p("我读「红楼梦」,走吧"), mode="safe")
    assert document_text(found.document) == ["我读「红楼梦」，走吧"]
    assert [c.kind for c in found.made] == ["halfwidth-punct"]
    assert [c.kind for c in found.suggested] == ["quote-form", "quote-form"]


def test_a_change_says_where_it_is():
    blocks = (
        p("好,走", pos=Pos("a.md", 3)),
        p("上一行的话还没有说完,下一行", pos=Pos("a.md", 5, 6)),
    )
    first, second = mended(*blocks).made
    assert (first.source, first.line, first.column, first.context) == ("a.md", 3, 2, "好,走")
    assert (second.line, second.column) == (5, 0)
    assert second.context == "行的话还没有说完,下一行"


def test_a_list_item_without_a_place_has_that_of_its_list():
    item = n.ListItem((p("好,走"),))
    (change,) = mended(n.ListBlock((item,), pos=Pos("a.md", 9))).made
    assert change.line == 9


@pytest.mark.parametrize(
    ("mode", "code", "done"),
    [("apply", "punct.changed", "mended"), ("suggest", "punct.suggested", "to look at")],
)
def test_many_changes_make_one_line_a_family(mode, code, done):
    blocks = [p("好,走,来", pos=Pos("a.md", line)) for line in range(1, 60)]
    report = Collector()
    meta = Metadata(language="zh-Hans", title=(Text("山,水"),))  # a place is better than none
    document = Document(meta, (*blocks, p("他说”好")))
    mend_punctuation(document, PunctuationSettings(mode), report)
    many, odd = report.diagnostics
    assert (many.code, many.severity, many.where) == (code, "info", "a.md:1:2")
    assert text_of(many).startswith(f"half-width stops beside Han or kana: 119 {done}")
    assert "好,走,来 (, → ，)" in text_of(many)
    assert (odd.code, odd.severity) == ("punct.unbalanced", "warning")
    assert "他说”好" in text_of(odd)


def test_twice_is_once_on_a_tree():
    document = Document(
        Metadata(language="zh-Hans"),
        (p('他说"', n.Strong((Text("好,"),)), '"走 。 。。', n.Code(","), "走(吧)"),),
    )
    for mode in ("safe", "apply"):
        settings = PunctuationSettings(mode)
        once = mend(document, settings).document
        again = mend(once, settings)
        assert again.document is once
        assert again.made == ()


def test_the_sample_article(shared):
    from publisher import api

    (path,) = (shared / "sources").glob("000_*.txt")
    document = api.read(path).document
    found = mend(document, PunctuationSettings("safe"))
    kinds = [change.kind for change in found.made]
    assert kinds.count("halfwidth-punct") >= 188
    assert kinds.count("halfwidth-bracket") >= 13
    text = "".join(document_text(found.document))
    assert not {*"()”“"} & {*text}
    assert "《推進黨的自我革命要做到「五個進一步到位」》。文章指出，「規範" in text
