"""A document that fills pages: sections, notes, quotations, figures and tables between text."""

import random

from publisher.environment import ResourceStore
from publisher.tree.meta import Contributor, Document, Metadata, Resource
from publisher.tree.nodes import (
    Attr,
    Column,
    Figure,
    Footnote,
    Image,
    NoteRef,
    Paragraph,
    Quote,
    Section,
    Table,
    Text,
)
from tests.tools.every_node import png
from tests.tools.small_documents import inl, par, row

_WORDS = (
    "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
    "金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔龙师火帝鸟官人皇"
)
SIZES = ((600, 400), (400, 520), (900, 300), (240, 160))


def sentence(rng, length):
    """Text of about `length` characters, the same for the same generator."""
    parts = []
    while length > 0:
        count = rng.randint(4, 16)
        parts.append("".join(rng.choice(_WORDS) for _ in range(count)))
        length -= count + 1
    return "，".join(parts) + "。"


def pictures(store):
    """Pictures of several shapes: their records."""
    return [Resource(store.add_bytes(png(*s)), "image/png", 0, "", *s) for s in SIZES]


def flowing(*, chapters=2, seed=3, language="zh-Hans", wide=False, title="栏与页"):
    """The document and its pictures.

    With `wide` some figures and tables stand across all columns.
    """
    rng = random.Random(seed)
    store = ResourceStore()
    records = pictures(store)
    across = Attr(classes=("wide",)) if wide else Attr()
    made = 0
    found = []
    for chapter in range(chapters):
        sections = []
        for number in range(3):
            blocks = []
            for at in range(4):
                made += 1
                text = (Text(sentence(rng, rng.randint(60, 220))),)
                if rng.random() < 0.4:
                    note = f"n{made}"
                    blocks.append(Paragraph((*text, NoteRef(note))))
                    blocks.append(Footnote(note, (par(sentence(rng, rng.randint(20, 60))),)))
                else:
                    blocks.append(Paragraph(text))
                if at == 1 and number != 1:
                    record = records[made // 4 % len(records)]
                    image = Image(record.id, f"图{made}")
                    attr = across if made % 4 else Attr()
                    caption = (par(f"图{made}　{sentence(rng, 8)}"),)
                    blocks.append(Figure((Paragraph((image,)),), caption, attr=attr))
                if at == 2 and number == 1:
                    rows = [row(sentence(rng, 4), str(rng.randint(1, 999)), "克") for _ in range(7)]
                    head = (row("项目", "数量", "单位"),)
                    table = Table((Column(),) * 3, head, tuple(rows), attr=across)
                    blocks.append(table)
                if at == 2 and number == 0:
                    blocks.append(Quote((par(sentence(rng, 70)),)))
            ident = f"s{chapter}{number}"
            sections.append(
                Section(2, inl(f"第{number + 1}节"), tuple(blocks), attr=Attr(id=ident))
            )
        opening = par(sentence(rng, 90))
        ident = f"c{chapter}"
        found.append(
            Section(1, inl(f"第{chapter + 1}章"), (opening, *sections), attr=Attr(id=ident))
        )
    meta = Metadata(title=inl(title), contributors=(Contributor("张三"),), language=language)
    return Document(meta, tuple(found), tuple(records)), store
