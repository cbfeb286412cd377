"""Quotations that are poems."""

from publisher.readers.verse import as_verse
from publisher.tree.nodes import Emphasis, LineBreak, Paragraph, Quote, Stanza, Text, Verse


def paragraph(*lines):
    content = []
    for line in lines:
        content += [Text(line), LineBreak()]
    return Paragraph(tuple(content[:-1]))


def test_short_broken_lines_are_verse():
    quote = Quote((paragraph("白日依山盡", "黃河入海流"), paragraph("欲窮千里目", "更上一層樓")))
    verse = as_verse(quote)
    assert isinstance(verse, Verse)
    assert verse.stanzas[1] == Stanza(((Text("欲窮千里目"),), (Text("更上一層樓"),)))


def test_the_attribution_and_marks_stay():
    broken = Paragraph((Text("一"), LineBreak(), Emphasis((Text("二"),)), LineBreak(), Text("三")))
    verse = as_verse(Quote((broken,), (Text("某人"),)))
    assert verse.attribution == (Text("某人"),)
    assert verse.stanzas[0].lines[1] == (Emphasis((Text("二"),)),)


def test_prose_stays_a_quotation():
    long = "這是一行相當長的話，長到一首詩裡不會有這樣的句子出現"
    for blocks in (
        (Paragraph((Text("只有一行"),)),),
        (paragraph("台北市某路一號", "二樓"),),
        (paragraph("短", "短", long),),
        (paragraph("短", "短", "短"), Paragraph((Text("散文"),))),
        (),
    ):
        quote = Quote(blocks)
        assert as_verse(quote) is quote
