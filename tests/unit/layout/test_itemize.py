import pytest

from publisher.layout.itemize import itemize
from publisher.layout.types import OBJECT, BreakObject, PictureObject, RubyObject, WarichuObject
from publisher.theme.model import TextStyle
from publisher.tree.nodes import (
    Attr,
    Code,
    CrossRef,
    Emphasis,
    EmphasisDots,
    Image,
    LineBreak,
    Link,
    Mark,
    Math,
    NoteRef,
    Ruby,
    RubyPair,
    Span,
    Strong,
    Text,
    Warichu,
)
from tests.tools.set_lines import context

STYLE = TextStyle(size=10.0)


def table(*content, **more):
    return itemize(content, STYLE, context(**more))


def test_a_lone_text_is_one_run():
    made = table(Text("国字"))
    assert (made.text, len(made.runs)) == ("国字", 1)
    assert (made.runs[0].start, made.runs[0].end, made.runs[0].lang) == (0, 2, "zh-Hans")


def test_runs_cover_the_text_in_order():
    made = table(Text("a"), Strong((Text("b"), Emphasis((Text("c"),)))), Text("d"))
    assert made.text == "abcd"
    assert [(r.start, r.end) for r in made.runs] == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert [r.weight for r in made.runs] == [400, 700, 700, 400]
    assert [r.italic for r in made.runs] == [False, False, True, False]


def test_neighbours_of_one_look_are_one_run_but_for_line_marks():
    assert len(table(Text("a"), Span((Text("b"),))).runs) == 1
    marks = table(Mark("proper-name", (Text("甲"),)), Mark("proper-name", (Text("乙"),)))
    assert len(marks.runs) == 2


def test_emphasis_dots_and_marks_are_kept_for_drawing():
    made = table(
        EmphasisDots((Text("甲"),), "sesame"),
        Mark("book-title", (Text("乙"),)),
        Mark("highlight", (Text("丙"),)),
    )
    assert [r.marks for r in made.runs] == [("dots:sesame",), ("book-title:1",), ("highlight:2",)]


def test_raised_and_lowered_text_is_smaller_and_moved():
    made = table(Mark("sup", (Text("2"),)), Mark("sub", (Text("3"),)), Mark("small", (Text("c"),)))
    up, down, small = made.runs
    assert (up.size, up.rise) == (6.0, pytest.approx(3.6))
    assert (down.size, down.rise) == (6.0, pytest.approx(-1.2))
    assert (small.size, small.rise) == (8.5, 0.0)


def test_links_code_and_formulas():
    made = table(Link((Text("x"),), "https://e.org"), Code("c"), Math("E=mc^2"), Math("t", "alt"))
    link, code, tex, alt = made.runs
    assert (link.link, link.tag, link.color) == ("https://e.org", "Link", "#1a4a7a")
    assert (code.role, code.marks) == ("mono", ("code",))
    assert (tex.role, tex.tag) == ("mono", "Formula")
    assert (alt.role, alt.tag) == ("serif", "Formula")
    assert made.text == "xcE=mc^2alt"


def test_note_calls_show_their_label():
    made = table(Text("字"), NoteRef("n12"), Text("后"))
    call = made.runs[1]
    assert (made.text, call.note, call.link, call.tag) == ("字12后", "n12", "#n12", "Note-call")
    assert call.rise > 0


def test_cross_references_show_what_they_are_told_or_their_fallback():
    ref = CrossRef("s1", "title", (Text("旧"),))
    assert table(ref, cross_ref=lambda node: "题").text == "题"
    assert table(ref).text == "旧"
    page = table(CrossRef("s1", "page"), Text("页"))
    assert page.text == "000页"
    assert page.runs[0].page_of == "s1"


def test_objects_stand_at_their_places():
    made = table(
        Ruby((RubyPair("漢", "かん"), RubyPair("々", ""))),
        Ruby((RubyPair("東", "とう"), RubyPair("京", "きょう")), "group"),
        Warichu((Text("注"),)),
        LineBreak(),
        Image("r", "alt"),
        picture=lambda node: PictureObject(node.resource, 5.0, 5.0, node.alt),
    )
    assert made.text == OBJECT + "々" + OBJECT + "（" + OBJECT + "）" + OBJECT * 2
    assert made.objects == {
        0: RubyObject("漢", "かん"),
        2: RubyObject("東京", "とうきょう", "furigana", "group"),
        4: WarichuObject("注"),
        6: BreakObject(),
        7: PictureObject("r", 5.0, 5.0, "alt"),
    }


def test_a_picture_that_is_not_there_shows_its_text():
    assert table(Image("r", "alt")).text == "alt"


def test_ids_stand_before_what_they_mark():
    made = table(Text("a"), Span((), Attr(id="x")), Text("b"), Span((), Attr(id="end")))
    assert [r.anchor for r in made.runs] == [(), ("x", "end")] or [r.anchor for r in made.runs] == [
        (),
        ("x",),
        ("end",),
    ]
    assert itemize((), STYLE, context()).runs[0].end == 0


def test_a_language_change_is_a_run():
    made = table(Text("字"), Span((Text("直"),), Attr(lang="ja")))
    assert [r.lang for r in made.runs] == ["zh-Hans", "ja"]


def test_emphasis_in_a_sans_face_takes_latin_along_in_italics():
    import dataclasses

    from tests.tools.set_lines import sheet

    given = context()
    look = dataclasses.replace(sheet().inline, emphasis="sans")
    given = dataclasses.replace(given, sheet=dataclasses.replace(sheet(), inline=look))
    made = itemize(
        (
            Text("前"),
            Emphasis((Text("强调abc"),)),
        ),
        STYLE,
        given,
    )
    assert [(made.text[r.start : r.end], r.role, r.italic) for r in made.runs] == [
        ("前", "serif", False),
        ("强调", "sans", True),
        ("abc", "serif", True),
    ]
