"""Writes `publisher/text/_tables.py` and `_properties.py` from the Unicode Character Database.

python tests/tools/make_tables.py FOLDER

FOLDER holds LineBreak.txt, EastAsianWidth.txt, VerticalOrientation.txt, GeneralCategory.txt
(DerivedGeneralCategory.txt) and emoji-data.txt (its Extended_Pictographic lines) of one version of
Unicode; the tables in the tree were made from version 17.0.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "publisher" / "text" / "_tables.py"
PROPERTIES = ROOT / "publisher" / "text" / "_properties.py"
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


# Names of values in alphabetical order, one letter each from these.
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
# Property: its file, what code points have that the file does not list.
NAMED = {
    "LINE_BREAK": ("LineBreak.txt", "XX"),
    "WIDTH": ("EastAsianWidth.txt", "N"),
    "ORIENTATION": ("VerticalOrientation.txt", "R"),
}


def ranges(values):
    """(first code points, values) of the stretches of equal values."""
    starts, found = [], []
    for code, value in enumerate(values):
        if not found or value != found[-1]:
            starts.append(code)
            found.append(value)
    return starts, found


def packed(starts, kinds):
    """The two constants of a table as lines of source."""
    steps = " ".join(f"{b - a:x}" for a, b in zip([0, *starts], starts, strict=False))
    step_lines = [f'    "{steps[at : at + 90]}"' for at in range(0, len(steps), 90)]
    kind_lines = [f'    "{kinds[at : at + 90]}"' for at in range(0, len(kinds), 90)]
    return step_lines, kind_lines


def constant(name, lines):
    return [f"{name} = {lines[0].strip()}"] if len(lines) == 1 else [f"{name} = (", *lines, ")"]


def main(folder):
    starts, kinds = ranges(letters(folder))
    step_lines, kind_lines = packed(starts, "".join(kinds))
    text = [
        f'"""Line breaking classes of Unicode {VERSION}; made by tests/tools/make_tables.py."""',
        "",
        "from __future__ import annotations",
        "",
        "# Hexadecimal steps from the start of one range to the start of the next.",
        *constant("STEPS", step_lines),
        "# The class of each range, a letter of `publisher.text.classes`.",
        *constant("KINDS", kind_lines),
        "",
    ]
    TARGET.write_text("\n".join(text), encoding="utf-8")
    text = [
        f'"""Properties of Unicode {VERSION} as published; made by tests/tools/make_tables.py.',
        "",
        "Each property has the names of its values, hexadecimal steps from the start of one range to",
        "the start of the next, and for each range the place of its value among the names: A is 0.",
        '"""',
        "",
        "from __future__ import annotations",
    ]
    for name, (file, default) in NAMED.items():
        values = read(folder / file)
        starts, found = ranges(values.get(code, default) for code in range(0x110000))
        names = sorted(set(found))
        step_lines, kind_lines = packed(starts, "".join(ALPHABET[names.index(f)] for f in found))
        joined = " ".join(names)
        name_lines = [f'    "{joined[at : at + 90]}"' for at in range(0, len(joined), 90)]
        text += ["", *constant(f"{name}_NAMES", name_lines)]
        text += constant(f"{name}_STEPS", step_lines) + constant(f"{name}_KINDS", kind_lines)
    PROPERTIES.write_text("\n".join([*text, ""]), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
