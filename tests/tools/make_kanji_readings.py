"""Writes `publisher/transforms/annotate/kanji.txt` from the Unihan database.

python tests/tools/make_kanji_readings.py FOLDER

FOLDER holds Unihan_Readings.txt and Unihan_OtherMappings.txt of one version of Unicode; the file in
the tree was made from version 14.0. It has the kanji of JIS X 0208, each with its readings: those of
Chinese origin, a comma, those of Japanese origin, in hiragana.
"""

import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "publisher" / "transforms" / "annotate" / "kanji.txt"
ROWS = {
    "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さしすせそ", "z": "ざじずぜぞ",
    "t": "たちつてと", "d": "だぢづでど", "n": "なにぬねの", "h": "はひふへほ", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ", "m": "まみむめも", "r": "らりるれろ", "y": "や ゆ よ", "w": "わゐ ゑを",
}  # fmt: skip
SYLLABLES = {
    consonant + vowel: row[n]
    for consonant, row in ROWS.items()
    for n, vowel in enumerate("aiueo")
    if row[n] != " "
}
SYLLABLES |= {"shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ", "ji": "じ", "n": "ん", "n'": "ん"}
for start, kana in {
    "k": "き",
    "g": "ぎ",
    "n": "に",
    "h": "ひ",
    "b": "び",
    "p": "ぴ",
    "m": "み",
    "r": "り",
}.items():
    for vowel, small in zip("auo", "ゃゅょ", strict=True):
        SYLLABLES[f"{start}y{vowel}"] = kana + small
for start, kana in {"sh": "し", "ch": "ち", "j": "じ"}.items():
    for vowel, small in zip("auo", "ゃゅょ", strict=True):
        SYLLABLES[start + vowel] = kana + small
TOKEN = re.compile(
    "|".join(sorted(map(re.escape, SYLLABLES), key=len, reverse=True))
    + "|(?P<double>[kstpcgdbz])(?=.)"
)


def kana(letters):
    """Kana of a reading in Hepburn's letters; empty where they are none."""
    made, at, letters = "", 0, letters.lower()
    while at < len(letters):
        match = TOKEN.match(letters, at)
        if match is None:
            return ""
        made += "っ" if match["double"] else SYLLABLES[match[0]]
        at = match.end()
    return made


def main(folder):
    """Writes the file."""
    wanted = {
        chr(int(line[2:].split("\t")[0], 16))
        for line in (folder / "Unihan_OtherMappings.txt").read_text(encoding="utf-8").splitlines()
        if "\tkJis0\t" in line
    }
    found = {}
    for line in (folder / "Unihan_Readings.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or line.count("\t") != 2:
            continue
        code, field, value = line[2:].split("\t")
        char = chr(int(code, 16))
        if field in ("kJapaneseOn", "kJapaneseKun") and char in wanted:
            readings = [made for made in map(kana, value.split()) if made]
            found.setdefault(char, {})[field] = list(dict.fromkeys(readings))
    lines = [
        f"{char}{' '.join(each.get('kJapaneseOn', ()))},{' '.join(each.get('kJapaneseKun', ()))}"
        for char, each in sorted(found.items())
    ]
    head = (
        "# Readings of kanji, from the Unihan database of Unicode 14.0 (NOTICE.txt), by\n"
        "# tests/tools/make_kanji_readings.py: kanji, of Chinese origin, of Japanese origin.\n"
    )
    TARGET.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
