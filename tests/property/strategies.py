"""Hypothesis strategies: CJK text, inlines, blocks, whole documents, all node types."""

from __future__ import annotations

import unicodedata

from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from publisher.tree import nodes as n
from publisher.tree.meta import Contributor, Document, Metadata, Resource, Series, SourceInfo
from publisher.tree.shape import merge_text

# Settings of a test that writes a file an example. What fails is shown as it was found: to shrink it
# takes minutes.
FILES = {
    "max_examples": 20,
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.explicit, Phase.generate),
}

_SAMPLES = "漢字汉语かなカナ한글ABab12 ，。「」『』（）…—“”ー々〇\u3000ｶ\u00e9𠀀𪛖葛\U000e0100"
words = (
    st.text(alphabet=_SAMPLES, min_size=1, max_size=12)
    .map(lambda s: unicodedata.normalize("NFC", s))
    .filter(lambda s: s.strip(" \u3000") == s)
)
ids = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True)
langs = st.sampled_from(["", "", "zh-Hans", "zh-Hant-TW", "ja", "ko", "en"])
pairs = st.lists(st.tuples(ids, words), max_size=2, unique_by=lambda p: p[0]).map(
    lambda p: tuple(sorted(p))
)
attrs = st.one_of(
    st.just(n.NO_ATTR),
    st.builds(
        n.Attr, st.one_of(st.just(""), ids), langs, st.lists(ids, max_size=2).map(tuple), pairs
    ),
)
positions = st.one_of(st.none(), st.builds(n.Pos, words, st.integers(1, 999), st.integers(0, 999)))
lengths = st.floats(0, 500, allow_nan=False, width=32)
aligns = st.sampled_from(["", "start", "center", "end", "justify"])


def run(inline, low=0, high=4):
    """A run: adjacent texts are one, as every producer leaves them."""
    return st.lists(inline, min_size=low, max_size=high).map(tuple).map(merge_text)


def _inlines():
    leaf = st.one_of(
        words.map(n.Text),
        words.map(n.Code),
        st.builds(n.Math, words, st.one_of(st.just(""), words)),
        ids.map(n.NoteRef),
        st.builds(n.Image, ids, words, words, lengths, lengths),
        st.just(n.LineBreak()),
        st.builds(
            n.Ruby,
            st.lists(st.builds(n.RubyPair, words, words), min_size=1, max_size=3).map(tuple),
            st.sampled_from(["mono", "group", "jukugo"]),
            st.sampled_from(["furigana", "pinyin", "zhuyin", "gloss"]),
            st.sampled_from(["source", "generated"]),
        ),
    )

    def deeper(inner):
        content = run(inner, 1, 3)
        return st.one_of(
            content.map(n.Emphasis),
            content.map(n.Strong),
            st.builds(
                n.EmphasisDots, content, st.sampled_from(["dot", "open-dot", "sesame", "circle"])
            ),
            st.builds(n.Mark, st.sampled_from(["underline", "proper-name", "sup"]), content),
            content.map(n.Warichu),
            st.builds(n.Link, content, st.one_of(ids.map("#{}".format), words), words),
            st.builds(n.CrossRef, ids, st.sampled_from(["title", "number", "page"]), content),
            st.builds(n.Span, content, attrs),
        )

    return st.recursive(leaf, deeper, max_leaves=3)


inlines = _inlines()
runs = run(inlines)
titles = run(inlines, 1)


def _common(**fields):
    return {**fields, "attr": attrs, "pos": positions}


def _leaf_blocks():
    return st.one_of(
        st.builds(
            n.Paragraph,
            **_common(
                content=titles, role=st.sampled_from(["body", "lead", "signature"]), align=aligns
            ),
        ),
        st.builds(n.Heading, **_common(level=st.integers(1, 6), content=titles)),
        st.builds(
            n.Verse,
            **_common(
                stanzas=st.lists(
                    st.builds(n.Stanza, st.lists(titles, min_size=1, max_size=3).map(tuple)),
                    min_size=1,
                    max_size=2,
                ).map(tuple),
                attribution=runs,
            ),
        ),
        st.builds(n.CodeBlock, **_common(text=words, language=st.sampled_from(["", "python"]))),
        st.builds(n.MathBlock, **_common(tex=words, alt=words)),
        st.builds(n.ThematicBreak, **_common(style=st.sampled_from(["rule", "asterism", "blank"]))),
        st.builds(n.PageBreak, **_common(side=st.sampled_from(["any", "recto"]))),
        st.builds(n.TableOfContents, **_common(depth=st.integers(1, 6), title=runs)),
    )


def _containers(inner):
    blocks = st.lists(inner, max_size=3).map(tuple)
    cells = st.builds(n.Cell, blocks, header=st.booleans(), align=aligns)
    rows = st.builds(n.Row, st.tuples(cells, cells), attrs)
    group = st.lists(rows, max_size=2).map(tuple)
    columns = st.builds(n.Column, aligns, st.floats(0, 1, width=32))
    return st.one_of(
        st.builds(n.Quote, **_common(blocks=blocks, attribution=runs)),
        st.builds(
            n.ListBlock,
            **_common(
                items=st.lists(
                    st.builds(n.ListItem, blocks, st.sampled_from([None, True, False])), max_size=3
                ).map(tuple),
                ordered=st.booleans(),
                start=st.integers(0, 99),
                style=st.sampled_from(["bullet", "decimal", "cjk", "circled"]),
                delimiter=st.sampled_from(["period", "paren", "none"]),
                tight=st.booleans(),
            ),
        ),
        st.builds(
            n.DefinitionList,
            **_common(
                items=st.lists(
                    st.builds(
                        n.DefinitionItem,
                        st.lists(titles, max_size=2).map(tuple),
                        st.lists(blocks, max_size=2).map(tuple),
                    ),
                    max_size=2,
                ).map(tuple)
            ),
        ),
        st.builds(
            n.Table,
            **_common(
                columns=st.tuples(columns, columns),
                head=group,
                body=group,
                foot=group,
                caption=blocks,
            ),
        ),
        st.builds(n.Figure, **_common(blocks=blocks, caption=blocks)),
        st.builds(n.Footnote, **_common(id=ids, blocks=blocks)),
        st.builds(n.Box, **_common(blocks=blocks, role=ids, title=runs)),
    )


blocks = st.recursive(_leaf_blocks(), _containers, max_leaves=4)
kinds = st.sampled_from(["volume", "part", "chapter", "section", "preface", "appendix"])


def _section(level):
    held = st.lists(blocks, max_size=3)
    if level < 3:
        held = st.builds(
            lambda a, b: [*a, *b],
            held,
            st.lists(st.deferred(lambda: _section(level + 1)), max_size=2),
        )
    return st.builds(
        n.Section,
        level=st.just(level),
        title=titles,
        blocks=held.map(tuple),
        kind=kinds,
        number=st.one_of(st.none(), st.lists(st.integers(1, 99), max_size=3).map(tuple)),
        listed=st.booleans(),
        attr=attrs,
        pos=positions,
    )


metadata = st.builds(
    Metadata,
    title=runs,
    subtitle=runs,
    contributors=st.lists(
        st.builds(
            Contributor, words, st.sampled_from(["author", "source", "editor"]), words, langs
        ),
        max_size=2,
    ).map(tuple),
    language=langs,
    date=st.sampled_from(["", "2025", "2025-12", "2025-12-22"]),
    publisher=words,
    subjects=st.lists(words, max_size=2).map(tuple),
    series=st.one_of(st.none(), st.builds(Series, words, words)),
    extra=pairs,
)
documents = st.builds(
    Document,
    meta=metadata,
    body=st.builds(
        lambda a, b: (*a, *b), st.lists(blocks, max_size=3), st.lists(_section(1), max_size=2)
    ),
    resources=st.lists(
        st.builds(Resource, ids, st.just("image/png"), st.integers(0, 99), words), max_size=2
    ).map(tuple),
    sources=st.lists(st.builds(SourceInfo, words, ids, ids, ids, ids), max_size=1).map(tuple),
)
