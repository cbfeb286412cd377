"""Books for families of reading systems: what their pictures, fonts and colours keep to."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from publisher.pictures.inspect import inspect
from publisher.tree import nodes as n
from publisher.tree.meta import Document, Metadata
from publisher.writers.epub.css_values import legible
from publisher.writers.epub.pictures import fitting
from publisher.writers.epub.reading_systems import READING_SYSTEMS
from tests.tools.every_node import every_node, inl, par

OPTIONS = "META-INF/com.apple.ibooks.display-options.xml"


def picture(form, size=(60, 40), *, noisy=False, alpha=False):
    mode = "RGBA" if alpha else "RGB"
    image = Image.effect_noise(size, 80).convert(mode) if noisy else Image.new(mode, size)
    if alpha:
        image.putalpha(0)
    out = BytesIO()
    image.save(out, form)
    return out.getvalue()


def prepared(data, reader, most=0):
    return fitting(data, inspect(data, 10**9), READING_SYSTEMS[reader], most)


@pytest.mark.parametrize("reader", ["kindle", "kobo", "apple"])
def test_webp_is_for_new_reading_systems_only(reader):
    data = picture("WEBP")
    assert prepared(data, "generic").media_type == "image/webp"
    assert prepared(data, reader).media_type in ("image/png", "image/jpeg")


def test_pictures_keep_to_the_pixels_of_the_system():
    data = picture("PNG", (2560, 2000))
    assert prepared(data, "generic").width == 2560
    apple = prepared(data, "apple")
    assert apple.width * apple.height <= 4_000_000
    assert apple.width * apple.height > 3_900_000
    assert prepared(data, "kobo").width == 1950


def test_pictures_shrink_until_their_files_fit():
    data = picture("PNG", (900, 900), noisy=True)
    ready = prepared(data, "generic", most=len(data) // 2)
    assert len(ready.data) <= len(data) // 2
    assert ready.width < 900
    assert inspect(ready.data, 10**9).width == ready.width


def test_a_picture_is_not_shrunk_to_nothing():
    assert prepared(picture("PNG", (900, 900), noisy=True), "generic", most=1).width >= 400


def test_kobo_lays_transparent_pictures_on_white():
    data = picture("PNG", alpha=True)
    assert inspect(prepared(data, "generic").data, 10**9).has_alpha
    ready = Image.open(BytesIO(prepared(data, "kobo").data))
    assert (ready.mode, ready.getpixel((0, 0))) == ("RGB", (255, 255, 255))


@pytest.mark.parametrize(("reader", "told"), [("apple", True), ("generic", True), ("kobo", False)])
def test_apple_is_told_that_there_are_fonts(press, reader, told):
    book = press.book(every_node(press.picture), fonts=True, reader=reader)
    assert (OPTIONS in book.files) is told
    plain = press.book(every_node(press.picture), fonts=False, reader=reader)
    assert OPTIONS not in plain.files


def test_fonts_beyond_the_limit_are_left_out_and_told(press, monkeypatch):
    small = replace(READING_SYSTEMS["kobo"], fonts=1000)
    monkeypatch.setitem(READING_SYSTEMS, "kobo", small)
    book = press.book(every_node(press.picture), fonts=True, reader="kobo")
    assert not [name for name in book.files if "fonts/" in name]
    assert "@font-face" not in book.text("style.css")
    assert "epub.fonts-left-out" in press.codes


def test_electronic_paper_has_no_colours(press):
    document = Document(Metadata(language="ja"), (n.CodeBlock("x"), par("文")))
    generic = press.book(document).text("style.css")
    kindle = press.book(document, reader="kindle").text("style.css")
    assert "background:rgba(" in generic
    assert "background:rgba(" not in kindle
    assert "pre{border-left:1px solid;" in kindle


@pytest.mark.parametrize(
    ("color", "seen"),
    [("#000000", False), ("#1a4a7a", False), ("#bb2222", True), ("#777777", True),
     ("#ffffff", False)],
)  # fmt: skip
def test_a_colour_is_kept_where_it_shows_on_white_and_on_black(color, seen):
    assert legible(color) is seen


def test_nothing_that_is_dark_on_dark_is_set(press):
    """Every ground comes with its ink; links and rules have the reader's own colour."""
    css = press.book(every_node(press.picture)).text("style.css")
    for rule in css.replace("}", "}\n").splitlines():
        if "background:#" in rule:
            assert "color:#" in rule.replace("background:#", "")
    assert "a{color:inherit" in css


def test_the_cover_is_named_as_older_systems_read_it(press):
    meta = Metadata(title=inl("书"), language="zh-Hans", cover=press.picture)
    opf = press.book(Document(meta, (par("文"),))).text("content.opf")
    assert '<meta name="cover" content="image-001-png"' in opf


def test_a_series_is_named_as_calibre_reads_it(press):
    from publisher.tree.meta import Series

    meta = Metadata(title=inl("书"), language="zh-Hans", series=Series("丛书", "3"))
    opf = press.book(Document(meta, (par("文"),))).text("content.opf")
    assert 'name="calibre:series" content="丛书"' in opf
    assert 'name="calibre:series_index" content="3"' in opf
