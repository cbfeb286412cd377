import hashlib
import io
import lzma

import pytest
from fontTools.ttLib import TTFont

from publisher.errors import FontError
from publisher.events import Collector
from publisher.faces import catalog as catalog_module
from publisher.faces.catalog import Catalog, font_folder, load_catalog, nearest, with_user_fonts
from publisher.faces.fallback import FaceSet
from publisher.faces.store import FontStore
from tests.tools.make_font import build
from tests.tools.square_font import ASSET, square_file

CATALOG = load_catalog()


@pytest.fixture(scope="module")
def square():
    return lzma.decompress(ASSET.read_bytes())


def changed(data, **os2):
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    for name, value in os2.items():
        setattr(font["OS/2"], name, value)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def test_every_vendored_file_is_there_whole():
    for file in CATALOG.files:
        packed = file.path.read_bytes()
        assert len(packed) == file.packed_size, file.id
        assert hashlib.sha256(packed).hexdigest() == file.packed_sha256, file.id
        assert file.licence == "OFL-1.1"


def test_fonts_stay_under_their_limit_with_licence_and_notes():
    folder = font_folder()
    assert sum(p.stat().st_size for p in folder.iterdir() if p.is_file()) <= 45_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text()
    notes = (folder / "FONTS.md").read_text()
    assert all(file.sha256 in notes and file.packed_sha256 in notes for file in CATALOG.files)
    assert {p.name for p in folder.glob("*.xz")} == {file.path.name for file in CATALOG.files}


def test_regional_faces_have_their_indexes():
    file = CATALOG.get("NotoSerifCJK-Bold")
    indexes = [file.index_for(tag) for tag in ("ja", "ko", "zh-Hans", "zh-Hant", "zh-Hant-HK")]
    assert indexes == [0, 1, 2, 3, 4]
    assert file.index_for("en") == 0


def test_unknown_id_is_an_error():
    with pytest.raises(FontError, match="no font 'Comic'"):
        CATALOG.get("Comic")


def test_pick_takes_the_nearest_style():
    assert CATALOG.pick("serif", "cjk", 600, "italic").id == "NotoSerifCJK-Bold"
    assert CATALOG.pick("serif", "latin", 400, "italic").id == "NotoSerif-Italic"
    assert CATALOG.pick("mono", "latin", 700, "italic").id == "NotoSansMono-Bold"
    assert CATALOG.pick("kai", "cjk", 400, "upright") is None
    assert nearest([], 400, "upright") is None


def test_fonts_are_found_in_the_package_and_in_a_checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(catalog_module, "__file__", str(tmp_path / "publisher/faces/catalog.py"))
    with pytest.raises(FontError, match="built-in fonts are missing"):
        font_folder()
    for folder in (tmp_path / "fonts", tmp_path / "publisher" / "_fontdata"):
        folder.mkdir(parents=True)
        (folder / "catalog.toml").touch()
        assert font_folder() == folder


def test_a_broken_catalogue_is_named(tmp_path):
    (tmp_path / "catalog.toml").write_text("[[font]]\nid = 'x'\n")
    with pytest.raises(FontError, match="catalogue cannot be read") as caught:
        load_catalog(tmp_path)
    assert caught.value.where.endswith("catalog.toml")


def test_user_fonts_stand_behind_the_built_in_ones(tmp_path, square):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.ttf").write_bytes(changed(square, usWeightClass=900, fsSelection=1))
    (tmp_path / "notes.txt").write_text("no font")
    found = with_user_fonts(CATALOG, [tmp_path], Collector())
    added = found.files[len(CATALOG.files) :]
    assert [(f.id, f.family, f.weight, f.slant) for f in added] == [
        ("user:Square-Regular", "Square", 900, "italic")
    ]
    assert found.family("square") == added


def test_a_bad_file_in_a_folder_is_reported_and_left_out(tmp_path):
    (tmp_path / "bad.otf").write_text("this is not a font")
    reported = Collector()
    assert with_user_fonts(CATALOG, [tmp_path], reported) is CATALOG
    assert [d.code for d in reported.diagnostics] == ["font.skipped"]
    assert reported.diagnostics[0].source.endswith("bad.otf")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "font.unreadable"),
        (b"plain text", "font.format"),
        (b"\0\1\0\0 cut short", "font.format"),
        (b"ttcf", "font.format"),
    ],
)
def test_a_named_bad_file_is_an_error(tmp_path, content, code):
    path = tmp_path / "x.ttf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FontError) as caught:
        with_user_fonts(Catalog(()), [path], Collector())
    assert caught.value.code == code
    assert caught.value.where == str(path)


@pytest.mark.parametrize("bits", [2, 0x100])
def test_a_font_that_may_not_be_embedded_is_refused(tmp_path, square, bits):
    path = tmp_path / "x.ttf"
    path.write_bytes(changed(square, fsType=bits))
    with pytest.raises(FontError, match="forbid embedding"):
        with_user_fonts(Catalog(()), [path], Collector())


def test_two_fonts_of_one_name_stay_apart(tmp_path, square):
    (tmp_path / "a.ttf").write_bytes(square)
    (tmp_path / "b.ttf").write_bytes(square)
    found = with_user_fonts(Catalog(()), [tmp_path], Collector())
    assert [f.id for f in found.files] == ["user:Square-Regular", "user:Square-Regular#2"]


def test_a_family_of_the_settings_leads(tmp_path, square):
    path = tmp_path / "x.ttf"
    path.write_bytes(square)
    catalog = with_user_fonts(CATALOG, [path], Collector())
    faces = FaceSet(FontStore(None), catalog, families={"serif": ("square",)})
    assert faces.resolve("serif", 400, "upright", "zh-Hans").id == "user:Square-Regular:0"
    assert faces.resolve("serif", 400, "upright", "en").id == "NotoSerif-Regular:0"


def test_an_unknown_family_is_a_clear_error():
    with pytest.raises(FontError, match="no font of the family 'Songti'") as caught:
        FaceSet(FontStore(None), CATALOG, families={"sans": ("Songti",)})
    assert caught.value.where == "fonts.sans"


def test_the_test_font_is_what_its_script_builds():
    assert build() == lzma.decompress(ASSET.read_bytes())
    assert square_file().packed_size < 20_000
