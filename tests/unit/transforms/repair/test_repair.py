"""Repair of over-converted text: what is found, what is mended, what is left alone."""

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.settings import RepairSettings
from publisher.text.words.lexicon import TO_CLASS
from publisher.transforms.repair import repair, safe_repair
from publisher.transforms.repair.detect import detect
from publisher.transforms.repair.passages import passages
from publisher.transforms.repair.plain import repair_text
from publisher.transforms.repair.suspect import is_suspect

# Written for these tests, as people in Taiwan, Hong Kong and on the mainland write.
TAIWAN = """
這座老麵粉廠停產以後，只有後面的倉庫還在使用。志工們每週六來整理雜誌和舊照片，系統地編號，再製成幻燈片。
廠長鍾先生說，當年一個工人每天要縫製三百只布袋，下班時頭髮上全是麵粉，眼睛裡也是。
牆上的鐘停在四點，沒有人知道是哪一年的四點。制度改了幾次，關係卻沒有斷，老同事一年聚會一次。
面對鏡頭，她只說了一句話：我們製造的不只是麵粉，還有一整個鎮的早晨。那一隻黑貓就睡在機器旁邊。
後來鎮公所徵求意見，要把廠房改成紀念館，方面很多，意見不一，最後決定保留磚窯和煙囪，拆除鐵皮屋頂。
複雜的是產權：土地屬於台糖，建築屬於公會，機器則由家屬繼承。恢復原貌需要一千萬元，複印資料也要錢。
春天時志願者在牆邊種了薑和向日葵，秋天收穫，冬天曬乾，乾淨的院子裡掛滿了一串一串的乾辣椒。
幹部們開會討論，理事長主張先修屋頂，幹事主張先清水溝，兩派都很有道理，於是先做了一張表，再買一支手錶送給老門房。
"""
MAINLAND = """
推進鄉村治理，要把制度建設擺在重要位置。各級幹部要面對面聽取意見，建立健全激勵約束機制，防止隻言片語、以偏概全。
有的同志只重視數量，不重視質量，關係沒有理順，系統沒有聯通，結果是報表越來越多，實際問題一個沒有解決。
必須堅持從實際出發，反覆調研，徵求群眾意見，制定切實可行的方案，並對執行情況全面檢查，乾乾淨淨做事。
志存高遠，還要腳踏實地。後勤部門要準備充足的麵粉、乾菜和藥品，運輸隊要查看里程，計算複雜路段的時間。
各單位編寫地方誌，既要記錄歷史，也要反映變化，重複的內容要刪去，複印件要歸檔，制約因素要寫清楚。
"""
DOCUMENTS = {"taiwan": TAIWAN * 2, "mainland": MAINLAND * 2}

# One Traditional form for each Simplified character, as three kinds of converters know them.
RARE = dict(zip("制面系只志后里发干复征准钟表松几丑谷卷冲了",
                "製麵係隻誌後裡發幹複徵準鍾錶鬆幾醜穀捲衝瞭", strict=True))  # fmt: skip
USUAL = dict(zip("制面系只志后里发干复征准钟表松几丑谷卷冲了",
                 "制面系只志後裡發幹復徵準鐘表松幾丑谷卷沖了", strict=True))  # fmt: skip
TABLES = {"rare": RARE, "usual": USUAL}


def same(a, b):
    return a.translate(TO_CLASS) == b.translate(TO_CLASS)


def damaged(text, table):
    """The text through Simplified script and back, one form for each character."""
    simplified = opencc.OpenCC("t2s").convert(text)
    back = opencc.OpenCC("s2tw")
    one_to_one = {c: table.get(c) or back.convert(c) for c in set(simplified)}
    assert len(simplified) == len(text)
    return "".join(one_to_one[c] for c in simplified)


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("kind", TABLES)
def test_a_damaged_text_comes_back(name, kind):
    gold = DOCUMENTS[name]
    text = damaged(gold, TABLES[kind])
    wrong = [n for n, (a, b) in enumerate(zip(gold, text, strict=True)) if not same(a, b)]
    assert len(wrong) > 10
    made = repair(text)
    assert len(made) == len(text)
    left = [gold[n - 3 : n + 4] for n in range(len(gold)) if not same(made[n], gold[n])]
    assert len(left) <= len(wrong) // 6, left


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_text_as_people_wrote_it_stays(name):
    assert repair(DOCUMENTS[name]) == DOCUMENTS[name]
    assert not detect(DOCUMENTS[name]).damaged


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_safe_mends_is_right(name, kind):
    gold, text = DOCUMENTS[name], damaged(DOCUMENTS[name], TABLES[kind])
    made = safe_repair(text)
    changed = [n for n in range(len(text)) if made[n] != text[n]]
    assert changed
    assert all(same(made[n], gold[n]) for n in changed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain text, no Han at all",
        "从实际出发，制定切实可行的方案，面对面听取意见，只有这样才能把制度落实。" * 30,
        "彼は制度について話した。隻眼の男が製造した時計を見る。面白い係の人が来た。" * 30,
        "제도를 만들고 面對 하였다. 制度와 製造를 구별한다." * 30,
        "佢哋話呢隻錶係瑞士製嘅，唔係假嘢，面嗰度冇花，我哋睇咗好耐先買。" * 30,
        "風從山那邊來，我在橋上等了很久，沒有人，也沒有船。" * 30,
        "臺北市政府綠線通車後，衛生局啟用新址，群眾排隊參觀，說是為了裡面的冷氣。" * 30,
        "臺灣、檯面、颱風各有其字；頭髮、發現各有其字；皇后、以後各有其字；面孔、麵包各有其字。"
        * 9,
    ],
)
def test_text_that_is_not_damaged_stays(text):
    assert repair(text) == text


BAD = damaged(TAIWAN, RARE)


@pytest.mark.parametrize(
    ("passage", "kept"),
    [
        # Placeholders and Simplified quotations are not converted.
        ("关键词2推動全麵工作。", "关键词2"),
        ("他引用原文：发展才是硬道理，这里没有问题。", "发展才是硬道理，这里没有问题"),
        # Shapes of the same character, and spellings that pass for one another.
        ("為了裡面的群眾，台灣發布週刊，周期不變，借口很多。", "為了裡面的群眾，台灣發布週刊，周期不變，借口很多"),
        # Names.
        ("，丁鍾海說。", "丁鍾海"),
        ("監委代主任 鍾理和，", "鍾理和"),
        # Right words with the converter's form.
        ("領導幹部、骨幹、幹勁、繪製、雜誌、新征程、紮牢", "領導幹部、骨幹、幹勁、繪製、雜誌、新征程、紮牢"),
        # Written Cantonese beside the damage.
        ("佢係我哋嘅朋友，呢隻貓唔係佢嘅。", "佢係我哋嘅朋友，呢隻貓唔係佢嘅"),
        # Latin, numbers, addresses.
        ("https://example.org/製度?a=1 ABC 12:30", "https://example.org/"),
        # Japanese.
        ("彼はこの製度と隻眼について話しています。", "彼はこの製度と隻眼について話しています"),
    ],
)  # fmt: skip
def test_what_stays_in_a_damaged_text(passage, kept):
    made = repair(f"{BAD}\n{passage}\n{BAD}")
    assert kept in made


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("全麵從嚴", "全面從嚴"), ("隻有如此", "只有如此"), ("製約因素", "制約因素"), ("同誌們好", "同志們好"),
        ("一係列行動", "一系列行動"), ("幹淨的水", "乾淨的水"), ("插手幹預", "插手干預"), ("典型特征", "典型特徵"),
        ("反複說明", "反覆說明"), ("建章立製", "建章立制"), ("麵對麵談", "面對面談"), ("規章製度", "規章制度"),
        ("一隻黑貓", "一隻黑貓"), ("製造工廠", "製造工廠"), ("麵粉和麵包", "麵粉和麵包"), ("頭發太長", "頭髮太長"),
        ("公裡數很大", "公里數很大"), ("皇後駕到", "皇后駕到"), ("瞭不起的人", "了不起的人"), ("手錶和錶格", "手錶和表格"),
        ("鍾錶店", "鐘錶店"), ("鬆樹林", "松樹林"), ("山穀裡", "山谷裡"), ("試捲答案", "試卷答案"),
    ],
)  # fmt: skip
def test_words_in_a_damaged_text(wrong, right):
    bad = damaged(TAIWAN, RARE).replace("面粉", "麵粉")
    assert f"，{right}，" in repair(f"{bad}\n他們說，{wrong}，再說一遍。\n")


def test_the_records_tell_place_word_and_certainty():
    text = f"第一行\r\n{BAD}"
    made = repair_text(text, RepairSettings("suggest"), "a.txt")
    assert made.text == text
    assert made.changes
    lines = text.split("\n")
    for change in made.changes:
        assert lines[change.line - 1][change.column - 1] == change.before
        assert change.context in text
        assert change.after in change.reason
        assert change.source == "a.txt"
        assert change.kind == "over-converted"


def test_safe_mends_the_sure_ones_only():
    found = repair_text(BAD, RepairSettings("safe"))
    sure = sum(c.sure for c in found.changes)
    changed = sum(a != b for a, b in zip(BAD, found.text, strict=True))
    assert changed == sure


def test_own_words_overrule(tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("# names\n製度樂團\n隻有\n", encoding="utf-8")
    text = f"{BAD}\n製度樂團今晚演出，隻有三首歌，全麵更新。\n"
    plain = repair_text(text, RepairSettings("apply")).text
    assert "制度樂團今晚演出，只有三首歌，全面更新" in plain
    own = repair_text(text, RepairSettings("apply", str(words))).text
    assert "製度樂團今晚演出，隻有三首歌，全面更新" in own


def test_own_words_that_are_not_there(tmp_path):
    from publisher.errors import ConfigError

    with pytest.raises(ConfigError, match=r"none\.txt"):
        repair_text(BAD, RepairSettings("apply", str(tmp_path / "none.txt")))
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(ConfigError, match="UTF-8"):
        repair_text(BAD, RepairSettings("apply", str(bad)))


def test_suspicion_is_cheap_and_right_on_these():
    assert is_suspect(BAD)
    assert is_suspect(damaged(MAINLAND, USUAL))
    assert not is_suspect("風從山那邊來，我在橋上等了很久，沒有人，也沒有船。")
    assert not is_suspect("")


def test_passages_leave_out_foreign_text():
    text = "中文段落\nこれは日本語の段落です\n佢哋嘅嘢\nこの一段のの\n最後一段"
    assert [p.text for p in passages(text)] == ["中文段落", "最後一段"]
    for passage in passages(text):
        assert text[passage.start : passage.start + len(passage.text)] == passage.text


HAN = st.text(
    st.sampled_from("制製面麵系係繫只隻志誌後后里裡發髮乾幹干復複的一是我不在人。，\n关键词2A "),
    max_size=300,
)


@given(HAN)
def test_length_and_other_characters_stay(text):
    made = repair(BAD + text)
    assert len(made) == len(BAD + text)
    for before, after in zip(BAD + text, made, strict=True):
        if before != after:
            assert "\u3400" <= before <= "\u9fff"
            assert "\u3400" <= after <= "\u9fff"


@given(HAN)
def test_repaired_text_is_right_for_good(text):
    once = repair(BAD + text)
    assert repair(once) == once


def test_simplified_text_is_no_conversion():
    text = (
        "这里、里程、公里、里弄；复杂、复兴、重复；干部、干净、干涉；后来、皇后；面包、面子；系统、关系；发展、头发；"
        * 3
    )
    made = repair_text(text, RepairSettings("apply"))
    assert (made.text, made.changes, made.evidence.damaged) == (text, (), False)
