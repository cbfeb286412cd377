"""Sentences with their readings, and how many of them a reader gets right.

The lists were written before the rules. Odd lines (the first, the third ...) were looked at while the
rules were made; the even ones were held back until the end. The later lists were written when the rules
were there, and tried once before anything was changed for them: in Simplified text 119 of 127 places
were right then (101 before the rules), in Traditional 78 of 79 (60), in Taiwan's 36 of 36 (26), in
Japanese 207 of 218 (92).
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).parents[1] / "unit" / "transforms" / "annotate" / "sentences"
MARKED = {
    "pinyin": r"(.)\[([^]]*)\]",
    "furigana": r"([\u3005\u3007\u4e00-\u9fff]+)\[([^]]*)\]",
}


def sentences(name):
    """(text, {(start, end): reading}) of each line of a list; furigana is marked by groups."""
    pattern = MARKED["furigana" if name.startswith("japanese") else "pinyin"]
    found = []
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        wanted, text, at = {}, "", 0
        for match in re.finditer(pattern, line):
            text += line[at : match.start()]
            wanted[len(text), len(text) + len(match[1])] = match[2]
            text += match[1]
            at = match.end()
        found.append((text + line[at:], wanted))
    return found


def wrong(reader, listed):
    """(how many are asked for, [(text, characters, wanted, given) ...]) of sentences."""
    asked, faults = 0, []
    for text, wanted in listed:
        given = {
            (word.start + a, word.start + b): reading
            for word in reader.words(text)
            for a, b, reading in word.parts
        }
        for place, reading in wanted.items():
            asked += 1
            got = unicodedata.normalize("NFC", given.get(place, "-"))
            if got != unicodedata.normalize("NFC", reading):
                if got == "-":
                    got = str({k: v for k, v in given.items() if k[0] <= place[0] < k[1]})
                faults.append((text, text[slice(*place)], reading, got))
    return asked, faults


def reader(name):
    """The reader that a list is for."""
    name = name.removesuffix("-later")
    if name == "japanese":
        from publisher.transforms.annotate.japanese import JapaneseReader

        return JapaneseReader()
    if name == "cantonese":
        from publisher.transforms.annotate.cantonese import CantoneseReader

        return CantoneseReader()
    from publisher.transforms.annotate.chinese import MandarinReader

    taiwan = name == "taiwan"
    return MandarinReader(bopomofo=taiwan, taiwan=taiwan)


if __name__ == "__main__":
    for listed in sys.argv[1:] or ("simplified", "traditional", "taiwan", "cantonese", "japanese"):
        whole, reads = sentences(listed), reader(listed)
        for half in (0, 1):
            asked, faults = wrong(reads, whole[half::2])
            right = asked - len(faults)
            print(f"{listed} {('odd', 'even')[half]}: {right} of {asked}, {right / asked:.1%}")
            if half == 0:
                print(*("   " + " | ".join(fault) for fault in faults), sep="\n")
