"""Writes `publisher/text/_tables.py` from files of the Unicode Character Database.

python tests/tools/make_tables.py FOLDER

FOLDER holds LineBreak.txt, EastAsianWidth.txt, GeneralCategory.txt (DerivedGeneralCategory.txt) and
emoji-data.txt of one version of Unicode; the table in the tree was made from version 17.0.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "publisher" / "text" / "_tables.py"
VERSION = "17.0"

# One letter for each class of UAX #14, as `publisher.text.classes` lists them. Unknown, surrogate
# and South East Asian characters are resolved by LB1.
LETTERS = {
    "AI": "i", "AK": "k", "AL": "a", "AP": "q", "AS": "s", "B2": "d", "BA": "B", "BB": "b",
    "BK": "K", "CB": "J", "CJ": "j", "CL": "C", "CM": "m", "CP": ")", "CR": "R", "EB": "e",
    "EM": "E", "EX": "!", "GL": "G", "H2": "S", "H3": "S", "HH": "h", "HL": "H", "HY": "-",
    "ID": "I", "IN": ".", "IS": ",", "JL": "l", "JT": "t", "JV": "v", "LF": "L", "NL": "K",
    "NS": "N", "NU": "0", "OP": "(", "PO": "%", "PR": "$", "QU": "Q", "RI": "r", "SG": "a",
    "SP": " ", "SY": "/", "VF": "f", "VI": "u", "WJ": "w", "XX": "a", "ZW": "z", "ZWJ": "Z",
}  # fmt: skip


def read(path):
    """Values by code point, from lines ``0041..005A ; value # comment``."""
    values = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("#")[0].split(";")
        if len(fields) < 2:
            continue
        first, _, last = fields[0].strip().partition("..")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            values[code] = fields[1].strip()
    return values


def letters(folder):
    """The letter of each code point."""
    classes = read(folder / "LineBreak.txt")
    widths = read(folder / "EastAsianWidth.txt")
    categories = read(folder / "GeneralCategory.txt")
    pictures = read(folder / "emoji-data.txt")
    for code in range(0x110000):
        name = classes.get(code, "XX")
        category = categories.get(code, "Cn")
        if name == "SA":
            letter = "m" if category in ("Mn", "Mc") else "a"
        elif name == "OP" and widths.get(code) in ("F", "W", "H"):
            letter = "O"
        elif name == "QU" and category in ("Pi", "Pf"):
            letter = "<" if category == "Pi" else ">"
        elif category == "Cn" and code in pictures:
            letter = "P" if name == "ID" else "y"
        elif code == 0x25CC:
            letter = "o"
        else:
            letter = LETTERS[name]
        yield letter


def main(folder):
    starts, found, before = [], [], ""
    for code, letter in enumerate(letters(folder)):
        if letter != before:
            starts.append(code)
            found.append(letter)
            before = letter
    steps = [b - a for a, b in zip([0, *starts], starts, strict=False)]
    packed = " ".join(f"{step:x}" for step in steps)
    lines = [f'    "{packed[at : at + 90]}"' for at in range(0, len(packed), 90)]
    kinds = "".join(found)
    kind_lines = [f"    {kinds[at : at + 90]!r}" for at in range(0, len(kinds), 90)]
    text = "\n".join(
        [
            f'"""Line breaking classes of Unicode {VERSION}; made by tests/tools/make_tables.py."""',
            "",
            "from __future__ import annotations",
            "",
            "# Hexadecimal steps from the start of one range to the start of the next.",
            "STEPS = (",
            *lines,
            ")",
            "# The class of each range, a letter of `publisher.text.classes`.",
            "KINDS = (",
            *kind_lines,
            ")",
            "",
        ]
    ).replace("'", '"')
    TARGET.write_text(text, encoding="utf-8")
    print(f"{len(starts)} ranges")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
