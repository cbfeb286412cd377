"""Rebuilds the vendored font files, `catalog.toml` and `FONTS.md` from Debian's Noto packages.

    python fonts/build_fonts.py [--fonts DIR]... [--only ID]... [--jobs N]

Needs Debian's ``fonts-noto-cjk``, ``fonts-noto-core`` and ``fonts-noto-mono`` (installed, or
unpacked with ``dpkg -x`` and named with ``--fonts DIR``) and the extra ``build-fonts``. The same
packages and the same versions of uharfbuzz and fontTools give the same bytes.

What is changed, and why:

* Hints are dropped: a third of the size, of no use in print or on to-day's screens.
* CFF subroutines are expanded: xz finds the repetitions better, and cutting a subset gets quicker.
* Of the ten faces of Noto Sans CJK the five proportional ones stay (JP KR SC TC HK). The faces of a
  collection share one CFF table, so five cost hardly more than one.
* The map of each regional face gives a character the glyph that `locl` would put in its place for
  the face's own language: about 30 punctuation marks and spaces (the dash of Chinese is one em
  wide, that of the map was the Latin one). Without this, fonts cut for EPUB would need `locl`,
  and that drags in the forms of all languages.
* Glyph ids, layout features and names stay as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import lzma
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import fontTools
import uharfbuzz as hb
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent

CJK_PACKAGE = "fonts-noto-cjk 1:20220127+repack1-1"
CORE_PACKAGE = "fonts-noto-core 20201225-1"
MONO_PACKAGE = "fonts-noto-mono 20201225-1"

# Language of each regional face, by the two letters that end its family name.
FACE_LANGUAGES = {"JP": "ja", "KR": "ko", "SC": "zh-Hans", "TC": "zh-Hant", "HK": "zh-Hant-HK"}


@dataclass(frozen=True)
class Source:
    """One font file to be vendored."""

    id: str
    family: str
    role: str
    weight: int
    slant: str
    package: str
    scripts: str = "latin"

    @property
    def is_collection(self) -> bool:
        """Whether the file holds the five regional faces."""
        return self.scripts == "cjk"

    @property
    def file_name(self) -> str:
        """Name of the source file, and of ours without ``.xz``."""
        return f"{self.id}.ttc" if self.is_collection else f"{self.id}.ttf"


def _styles(stem: str, family: str, role: str) -> list[Source]:
    styles = (
        ("Regular", 400, "upright"),
        ("Bold", 700, "upright"),
        ("Italic", 400, "italic"),
        ("BoldItalic", 700, "italic"),
    )
    return [Source(f"{stem}-{n}", family, role, w, s, CORE_PACKAGE) for n, w, s in styles]


SOURCES = (
    Source("NotoSerifCJK-Regular", "Noto Serif CJK", "serif", 400, "upright", CJK_PACKAGE, "cjk"),
    Source("NotoSerifCJK-Bold", "Noto Serif CJK", "serif", 700, "upright", CJK_PACKAGE, "cjk"),
    Source("NotoSansCJK-Regular", "Noto Sans CJK", "sans", 400, "upright", CJK_PACKAGE, "cjk"),
    Source("NotoSansCJK-Bold", "Noto Sans CJK", "sans", 700, "upright", CJK_PACKAGE, "cjk"),
    *_styles("NotoSerif", "Noto Serif", "serif"),
    *_styles("NotoSans", "Noto Sans", "sans"),
    Source("NotoSansMono-Regular", "Noto Sans Mono", "mono", 400, "upright", MONO_PACKAGE),
    Source("NotoSansMono-Bold", "Noto Sans Mono", "mono", 700, "upright", MONO_PACKAGE),
    Source(
        "NotoSansSymbols-Regular",
        "Noto Sans Symbols",
        "symbols",
        400,
        "upright",
        CORE_PACKAGE,
        "symbols",
    ),
    Source(
        "NotoSansSymbols2-Regular",
        "Noto Sans Symbols 2",
        "symbols",
        400,
        "upright",
        CORE_PACKAGE,
        "symbols",
    ),
    Source(
        "NotoSansMath-Regular", "Noto Sans Math", "math", 400, "upright", CORE_PACKAGE, "symbols"
    ),
)


def find(name: str, folders: list[Path]) -> Path:
    """The one file called `name` below `folders`; the first folder that has it wins."""
    for folder in folders:
        hits = sorted(folder.rglob(name))
        if hits:
            return hits[0]
    raise SystemExit(f"{name} is in none of: {', '.join(map(str, folders))}")


def strip(path: Path, index: int, *, cff: bool) -> bytes:
    """One face without hints, glyph ids kept, CFF subroutines expanded."""
    flags = hb.SubsetFlags
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    wanted.flags = flags.NO_HINTING | flags.RETAIN_GIDS | flags.PASSTHROUGH_UNRECOGNIZED
    wanted.flags |= flags.NAME_LEGACY | (flags.DESUBROUTINIZE if cff else 0)
    face = hb.Face(hb.Blob.from_file_path(str(path)), index)
    return bytes(hb.subset(face, wanted).blob.data)


def localized(data: bytes, language: str) -> dict[int, int]:
    """Characters whose glyph `locl` changes in the face's own language, with the glyph it gives."""
    face = hb.Face(hb.Blob(data))
    font = hb.Font(face)
    off = dict.fromkeys(("ccmp", "calt", "liga", "clig", "kern"), False)
    changed: dict[int, int] = {}
    for code in sorted(set(face.unicodes)):
        buffer = hb.Buffer()
        buffer.add_codepoints([code])
        buffer.direction, buffer.script, buffer.language = "ltr", "Hani", language
        buffer.flags = hb.BufferFlags.PRESERVE_DEFAULT_IGNORABLES
        hb.shape(font, buffer, off)
        glyphs = [info.codepoint for info in buffer.glyph_infos]
        if len(glyphs) == 1 and glyphs[0] != font.get_nominal_glyph(code):
            changed[code] = glyphs[0]
    return changed


def build_collection(path: Path) -> tuple[bytes, dict[str, int]]:
    """The regional proportional faces of a collection, tables shared, and their indexes."""
    collection = TTCollection()
    collection.fonts = []
    indexes: dict[str, int] = {}
    with TTCollection(str(path), lazy=True) as original:
        families = [font["name"].getDebugName(1) for font in original.fonts]
    for index, family in enumerate(families):
        language = FACE_LANGUAGES.get(family.rpartition(" ")[2])
        if language is None or "Mono" in family:
            continue
        data = strip(path, index, cff=True)
        font = TTFont(io.BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
        order = font.getGlyphOrder()
        names = {code: order[gid] for code, gid in localized(data, language).items()}
        for table in font["cmap"].tables:
            if table.isUnicode() and table.format != 14:
                table.cmap.update({c: n for c, n in names.items() if c in table.cmap})
        print(path.name, language, "localized:", "".join(map(chr, names)), flush=True)
        indexes[language] = len(collection.fonts)
        collection.fonts.append(font)
    if sorted(indexes) != sorted(FACE_LANGUAGES.values()):
        raise SystemExit(f"{path}: expected five regional faces, found {indexes}")
    out = io.BytesIO()
    collection.save(out, shareTables=True)
    return out.getvalue(), indexes


def build(source: Source, path: Path) -> str:
    """Writes one vendored file and returns its entry for the catalogue."""
    if source.is_collection:
        data, indexes = build_collection(path)
    else:
        data, indexes = strip(path, 0, cff=False), {}
    packed = lzma.compress(data, preset=9 | lzma.PRESET_EXTREME)
    (HERE / f"{source.file_name}.xz").write_bytes(packed)
    font = TTFont(io.BytesIO(data), fontNumber=0 if indexes else -1, lazy=True)
    version = font["name"].getDebugName(5).removeprefix("Version ").partition(";")[0]
    lines = [
        "[[font]]",
        f'id = "{source.id}"',
        f'family = "{source.family}"',
        f'role = "{source.role}"',
        f'scripts = "{source.scripts}"',
        f"weight = {source.weight}",
        f'slant = "{source.slant}"',
        f'file = "{source.file_name}.xz"',
        f"packed_size = {len(packed)}",
        f'packed_sha256 = "{hashlib.sha256(packed).hexdigest()}"',
        f"size = {len(data)}",
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"',
        f"units = {font['head'].unitsPerEm}",
        f'version = "{version}"',
        'licence = "OFL-1.1"',
        f'package = "{source.package}"',
    ]
    if indexes:
        pairs = ", ".join(f'"{tag}" = {index}' for tag, index in indexes.items())
        lines.append(f"faces = {{ {pairs} }}")
    return "\n".join(lines) + "\n"


def entries_of(catalog: Path) -> dict[str, str]:
    """The entries that stand in the catalogue now, by id."""
    if not catalog.exists():
        return {}
    parts = catalog.read_text(encoding="utf-8").split("[[font]]\n")[1:]
    return {part.split('"')[1]: "[[font]]\n" + part.strip() + "\n" for part in parts}


def write_notes(entries: list[str]) -> None:
    """Writes `FONTS.md` from the catalogue's entries."""
    fonts = [tomllib.loads(entry)["font"][0] for entry in entries]
    rows = [
        f"| {f['file']} | {f['family']} | {f['version']} | {f['package']} | {f['packed_size']:,} "
        f"| {f['size']:,} | `{f['packed_sha256']}` | `{f['sha256']}` |"
        for f in fonts
    ]
    total = sum(f["packed_size"] for f in fonts)
    text = (HERE / "FONTS.md.in").read_text(encoding="utf-8")
    text = text.replace("@ROWS@", "\n".join(rows)).replace("@TOTAL@", f"{total / 1e6:.1f}")
    text = text.replace("@UHARFBUZZ@", f"{hb.__version__} (HarfBuzz {hb.version_string()})")
    text = text.replace("@FONTTOOLS@", fontTools.version)
    (HERE / "FONTS.md").write_text(text, encoding="utf-8")


def main() -> int:
    """Builds what is asked for; the other entries of the catalogue stay."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--fonts", action="append", type=Path, metavar="DIR", default=[])
    parser.add_argument("--only", action="append", metavar="ID", default=[])
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    folders = [*options.fonts, Path("/usr/share/fonts")]
    catalog = HERE / "catalog.toml"
    known = entries_of(catalog)
    chosen = [s for s in SOURCES if not options.only or s.id in options.only]
    paths = [find(source.file_name, folders) for source in chosen]
    with ProcessPoolExecutor(options.jobs) as pool:
        for source, entry in zip(chosen, pool.map(build, chosen, paths), strict=True):
            known[source.id] = entry
            print(entry, flush=True)
    entries = [known[source.id] for source in SOURCES if source.id in known]
    head = (
        "# Written by build_fonts.py; what the keys mean stands in publisher/faces/catalog.py.\n\n"
    )
    catalog.write_text(head + "\n".join(entries), encoding="utf-8")
    write_notes(entries)
    return 0


if __name__ == "__main__":
    sys.exit(main())
