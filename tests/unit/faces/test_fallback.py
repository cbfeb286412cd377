import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.errors import FontError
from publisher.events import Collector
from publisher.faces.catalog import Catalog, load_catalog, with_user_fonts
from publisher.faces.clusters import cluster
from publisher.faces.fallback import FaceSet
from publisher.faces.regions import region
from publisher.faces.store import FontStore, unpack
from tests.tools.built_in_fonts import built_in_set, built_in_store
from tests.tools.square_font import square_file, square_set

SERIF = ("serif", 400, "upright", "zh-Hans")


def split(text, *style, latin="auto", faces=None):
    """Runs as (text, face id without index or MISSING)."""
    faces = faces or built_in_set()
    runs = faces.split(text, *(style or SERIF), latin=latin)
    assert [run.start for run in runs] == [0, *(run.end for run in runs[:-1])]
    assert runs[-1].end == len(text)
    return [
        (text[r.start : r.end], "MISSING" if r.missing else r.face.id.partition(":")[0])
        for r in runs
    ]


CJK, LATIN, JA = "NotoSerifCJK-Regular", "NotoSerif-Regular", "NotoSerifCJK-Regular"


# ---------------------------------------------------------------------------------- resolve


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hans", "zh-Hans"),
        ("zh_Hans_HK", "zh-Hans"),
        ("zh-Hant", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant-HK"),
        ("zh-Hant-HK", "zh-Hant-HK"),
        ("zh-MO", "zh-Hant-HK"),
        ("yue", "zh-Hant-HK"),
        ("lzh", "zh-Hans"),
        ("lzh-Hant", "zh-Hant"),
        ("ja", "ja"),
        ("ja-JP", "ja"),
        ("ko-KR", "ko"),
        ("en", ""),
        ("", ""),
    ],
)
def test_regions(tag, expected):
    assert region(tag) == expected


def test_each_language_has_its_regional_face():
    faces = built_in_set()
    found = {
        tag: faces.resolve("serif", 400, "upright", tag).postscript_name
        for tag in ("ja", "ko", "zh-Hans", "zh-TW", "zh-HK")
    }
    assert found == {
        "ja": "NotoSerifCJKjp-Regular",
        "ko": "NotoSerifCJKkr-Regular",
        "zh-Hans": "NotoSerifCJKsc-Regular",
        "zh-TW": "NotoSerifCJKtc-Regular",
        "zh-HK": "NotoSerifCJKhk-Regular",
    }


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (("sans", 700, "upright", "zh-Hans"), "NotoSansCJK-Bold:2"),
        (("serif", 600, "italic", "zh-Hans"), "NotoSerifCJK-Bold:2"),
        (("serif", 400, "italic", "en"), "NotoSerif-Italic:0"),
        (("sans", 900, "italic", "de"), "NotoSans-BoldItalic:0"),
        (("mono", 400, "upright", "zh-Hans"), "NotoSansMono-Regular:0"),
        (("kai", 400, "upright", "ja"), "NotoSerifCJK-Regular:0"),
    ],
)
def test_styles(style, expected):
    assert built_in_set().resolve(*style).id == expected


def test_an_empty_catalogue_is_an_error():
    with pytest.raises(FontError, match="no cjk font for the role 'serif'"):
        FaceSet(FontStore(None), Catalog(())).resolve(*SERIF)


# ------------------------------------------------------------------------------------ split


def test_plain_text_is_one_run():
    text = "人类社会的发展，“离不开”出版——2024 年 PDF。"
    assert split(text) == [(text, CJK)]
    assert built_in_set().split("", *SERIF) == ()


def test_a_western_word_goes_whole_to_the_companion():
    assert split("在łódź看2łódź了ok") == [
        ("在", CJK),
        ("łódź", LATIN),
        ("看", CJK),
        ("2łódź", LATIN),
        ("了ok", CJK),
    ]
    assert split("Ἀριστοτέλης说α粒子") == [("Ἀριστοτέλης", LATIN), ("说α粒子", CJK)]
    assert split("中x\u0303\u0330y文") == [("中", CJK), ("x\u0303\u0330y", LATIN), ("文", CJK)]


def test_an_apostrophe_in_a_word_is_not_a_full_width_quote():
    runs = built_in_set().split("他说don’t，“好’的”", *SERIF)
    assert [(r.end, r.face.language) for r in runs] == [(2, "zh-Hans"), (7, "ja"), (13, "zh-Hans")]
    # The Japanese face of the same family has narrow quotes.
    text = "don’tと"
    assert split(text, "serif", 400, "upright", "ja") == [(text, CJK)]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (("serif", 400, "upright", "zh-Hans"), "ja"),
        (("sans", 700, "upright", "zh-Hant-TW"), "ja"),
        (("serif", 400, "upright", "ja"), "ja"),
        (("serif", 400, "upright", "ko"), "ko"),
        (("serif", 400, "italic", "zh-Hans"), "en"),
        (("mono", 400, "upright", "zh-Hans"), "en"),
        (("serif", 400, "upright", "fr"), "en"),
    ],
)
def test_western_marks_match_the_letters_beside_them(style, expected):
    faces = built_in_set()
    language = faces.language_of_marks(*style)
    assert language == expected
    face = faces.split("”", *style[:3], language)[0].face
    letters = faces.split("word", *style)[0].face
    assert face.family == letters.family
    assert face.widths["”"] < 600 or style[0] == "mono"


def test_western_text_in_the_companion_when_asked():
    assert split("见 “Noto Sans, 2.0” (OFL) 一文", latin="companion") == [
        ("见 “", CJK),
        ("Noto Sans, 2.0", LATIN),
        ("” ", CJK),
        ("(OFL) ", LATIN),
        ("一文", CJK),
    ]
    assert split("it’s 5 o’clock。", latin="companion") == [("it’s 5 o’clock", LATIN), ("。", CJK)]


def test_italic_is_for_western_text_only():
    assert split("书名 Hamlet, 王子", "serif", 400, "italic", "zh-Hans") == [
        ("书名 ", CJK),
        ("Hamlet, ", "NotoSerif-Italic"),
        ("王子", CJK),
    ]


def test_code_is_in_the_typewriter_face():
    assert split('x = "中" # ok', "mono", 700, "upright", "zh-Hans") == [
        ('x = "', "NotoSansMono-Bold"),
        ("中", "NotoSansCJK-Bold"),
        ('" # ok', "NotoSansMono-Bold"),
    ]


def test_han_in_western_text_takes_the_publications_language():
    faces = built_in_set("ja")
    runs = faces.split("The 骨 character", "serif", 400, "upright", "en")
    assert [run.face.postscript_name for run in runs] == [
        "NotoSerif-Regular",
        "NotoSerifCJKjp-Regular",
        "NotoSerif-Regular",
    ]


def test_extension_b_is_drawn_or_missing_character_by_character():
    assert split("吉\U00020bb7野\U00020001\U00020002家") == [
        ("吉\U00020bb7野", CJK),
        ("\U00020001", "MISSING"),
        ("\U00020002", "MISSING"),
        ("家", CJK),
    ]


def test_a_missing_run_carries_a_face_that_has_the_geta_mark():
    for style in (SERIF, ("mono", 400, "upright", "zh-Hans"), ("serif", 400, "italic", "en")):
        (run,) = built_in_set().split("\U00020001", *style)
        assert run.missing
        assert run.face.gid("〓")


def test_a_variation_sequence_goes_to_the_face_that_knows_it():
    runs = built_in_set().split("把葛\U000e0100城", *SERIF)
    assert [run.face.postscript_name for run in runs] == [
        "NotoSerifCJKsc-Regular",
        "NotoSerifCJKjp-Regular",
        "NotoSerifCJKsc-Regular",
    ]
    # None knows this one: the base is drawn.
    assert split("中\U000e01ef文") == [("中\U000e01ef文", CJK)]


def test_a_variation_opens_no_font_of_another_family():
    store = FontStore(built_in_store()._cache)
    faces = FaceSet(store, load_catalog())
    faces.split("☎\ufe0f中\U000e01ef文", *SERIF)
    families = {key[0] for key in store._faces}
    assert families == {CJK, LATIN}


def test_emoji_sequences_are_missing_as_a_whole():
    assert split("甲👨\u200d👩\u200d👧乙🇯🇵丙👍🏽") == [
        ("甲", CJK),
        ("👨\u200d👩\u200d👧", "MISSING"),
        ("乙", CJK),
        ("🇯🇵", "MISSING"),
        ("丙", CJK),
        ("👍🏽", "MISSING"),
    ]


def test_compatibility_ideographs_and_radicals_stay_themselves():
    assert split("\u2f00\uf900\ufa0e一豈") == [("\u2f00\uf900\ufa0e一豈", CJK)]


def test_symbols_and_other_style():
    assert split("⚀") == [("⚀", "NotoSansSymbols2-Regular")]
    assert split("𝔄") == [("𝔄", "NotoSansMath-Regular")]
    assert split("\u9feb") == [("\u9feb", "NotoSansCJK-Regular")]


def test_invisible_characters_are_never_missing():
    assert split("a\u200b\u2060中\ufe0f\ufeff\u2028文") == [
        ("a\u200b\u2060中\ufe0f\ufeff\u2028文", CJK)
    ]
    assert split("\U00020001\ufe0f\u2003中") == [("\U00020001\ufe0f", "MISSING"), ("\u2003中", CJK)]


@pytest.mark.parametrize("blank", ["\u3000", "\u3000\ufe00", "\u3164", "\u115f\u1160"])
def test_blanks_with_a_width_go_to_a_face_that_has_them(blank):
    assert split(f"a{blank}", "serif", 400, "upright", "en")[-1] == (blank, CJK)
    assert split(f"a{blank}", "mono", 400, "upright", "ja")[-1][0] == blank


def test_jamo_and_voicing_marks_stay_with_their_base():
    assert split("\u1112\u1161\u11ab글", "serif", 400, "upright", "ko") == [
        ("\u1112\u1161\u11ab글", CJK)
    ]
    assert split("か\u309aとカ\u3099", "serif", 400, "upright", "ja") == [
        ("か\u309aとカ\u3099", CJK)
    ]


def test_user_fonts_come_last_and_families_first(tmp_path):
    path = tmp_path / "x.ttf"
    path.write_bytes(_square_with_extension_b())
    catalog = with_user_fonts(load_catalog(), [path], Collector())
    last = FaceSet(built_in_store(), catalog)
    assert split("中\U00020001", faces=last) == [("中", CJK), ("\U00020001", "user")]
    first = FaceSet(built_in_store(), catalog, families={"serif": ("Square",)})
    assert split("中\U00020001ł", faces=first) == [("中\U00020001", "user"), ("ł", LATIN)]


def test_a_font_of_western_letters_draws_the_western_words_of_chinese(tmp_path):
    path = tmp_path / "own.ttf"
    path.write_bytes(unpack(load_catalog().get("NotoSansMono-Regular")))
    catalog = with_user_fonts(load_catalog(), [path], Collector())
    own = FaceSet(built_in_store(), catalog, families={"serif": ("Noto Sans Mono",)})
    runs = own.split("中文abc，12。", *SERIF)
    shown = [("中文abc，12。"[r.start : r.end], r.face.has_han, r.face.role) for r in runs]
    assert [(text, han) for text, han, _ in shown] == [
        ("中文", True), ("abc", False), ("，", True), ("12", False), ("。", True),
    ]  # fmt: skip
    assert [role for _, han, role in shown if not han] == [runs[1].face.role] * 2
    assert runs[1].face.family == "Noto Sans Mono"
    plain = FaceSet(built_in_store(), catalog).split("中文abc，12。", *SERIF)
    assert len(plain) == 1


@pytest.mark.parametrize(("width", "expected"), [(300, "zh-Hans"), (1000, "en")])
def test_western_marks_of_a_font_without_regions(tmp_path, width, expected):
    path = tmp_path / "x.ttf"
    path.write_bytes(_square_with_quotes_of(width))
    catalog = with_user_fonts(load_catalog(), [path], Collector())
    faces = FaceSet(built_in_store(), catalog, families={"serif": ("Square",)})
    assert faces.language_of_marks(*SERIF) == expected
    own = faces.split("a’b", *SERIF)[0].face.family == "Square"
    assert own is (expected == "zh-Hans")


def _square_with_quotes_of(width):
    import io

    from fontTools.ttLib import TTFont

    from publisher.faces.store import unpack

    font = TTFont(io.BytesIO(unpack(square_file())), recalcTimestamp=False)
    name = font.getBestCmap()[0x2019]
    font["hmtx"][name] = (width * font["head"].unitsPerEm // 1000, 0)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _square_with_extension_b():
    import io

    from fontTools.ttLib import TTFont

    from publisher.faces.store import unpack

    font = TTFont(io.BytesIO(unpack(square_file())), recalcTimestamp=False)
    for table in font["cmap"].tables:
        if table.format == 12 or table.platEncID == 10:
            break
    else:
        from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = dict(font.getBestCmap())
        font["cmap"].tables.append(table)
    table.cmap[0x20001] = table.cmap[0x4E00]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.sampled_from(
            "中文。a’ł2 -\u0301\ufe00\U000e0100\u200d👩か\u309a\u1100\u1161\U00020001\u200b“"
        ),
        max_size=12,
    ),
    st.sampled_from(["auto", "companion"]),
    st.sampled_from(["upright", "italic"]),
)
def test_runs_cover_the_text_and_never_split_a_cluster(text, latin, slant):
    runs = built_in_set().split(text, "serif", 400, slant, "zh-Hans", latin=latin)
    assert "".join(text[r.start : r.end] for r in runs) == text
    ends = {match.end() for match in cluster().finditer(text)}
    assert {run.end for run in runs} <= ends
    for one, other in itertools.pairwise(runs):
        assert one.face is not other.face or one.missing or other.missing
    for run in runs:
        if not run.missing:
            assert all(map(run.face.covers, _clusters(text[run.start : run.end])))


def _clusters(text):
    return [
        m[0] for m in cluster().finditer(text) if m[0].strip("\u0301\u309a\u1161\ufe00\U000e0100")
    ]


@pytest.mark.parametrize(
    "unit",
    ["1", "a", " ", "-", "1-", "a’", "か", "\u0301", "\u200d", "👩\u200d", "é ł", "\U00020001"],
)
@pytest.mark.parametrize("latin", ["auto", "companion"])
def test_time_is_linear_whatever_the_text(unit, latin):
    faces = built_in_set()
    began = time.process_time()
    faces.split("\U00020001" + unit * 20_000, *SERIF, latin=latin)
    assert time.process_time() - began < 2


def test_plain_paragraphs_are_one_run():
    paragraphs = [f"第{n}段，他说：“今天’好’吗？”——" + "山高水长，" * 40 for n in range(3400)]
    faces = square_set()
    faces.split("山a", *SERIF)
    assert all(len(faces.split(p, *SERIF)) == 1 for p in paragraphs)
