from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from publisher.errors import ResourceError
from publisher.pictures.inspect import inspect
from publisher.pictures.prepare import prepare

LIMIT = 120_000_000
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    b'width="40" height="20"><rect width="40" height="20" fill="#ff0000"/></svg>'
)


def gradient(mode: str = "RGB", size: tuple[int, int] = (64, 32)) -> Image.Image:
    grey = Image.linear_gradient("L").resize(size)
    return grey if mode == "L" else Image.merge("RGB", (grey, grey, grey)).convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def reopened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def with_orientation(value: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = value
    exif[0x010F] = "Camera of a person"
    return saved(gradient(), "JPEG", exif=exif)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("AVIF", "image/avif"),
        ("TIFF", "image/tiff"),
        ("BMP", "image/bmp"),
    ],
)
def test_the_media_type_comes_from_the_content(kind: str, media_type: str) -> None:
    info = inspect(saved(gradient(), kind), LIMIT)
    assert (info.media_type, info.width, info.height) == (media_type, 64, 32)


def test_rotation_is_counted_in_and_applied_and_the_camera_forgotten() -> None:
    data = with_orientation(6)
    info = inspect(data, LIMIT)
    assert (info.width, info.height) == (32, 64)
    for target in ("pdf", "epub", "docx"):
        made = prepare(data, info, target=target, max_px=4000)
        image = reopened(made.data)
        assert image.size == (made.width, made.height) == (32, 64)
        assert b"Camera" not in made.data
        # The gradient is dark at its top; turned right by 90 degrees the dark side is right.
        assert image.convert("L").getpixel((30, 32)) < image.convert("L").getpixel((1, 32))


def test_an_upright_jpeg_keeps_its_pixels_and_loses_its_metadata() -> None:
    data = with_orientation(1)
    made = prepare(data, inspect(data, LIMIT), target="pdf", max_px=4000)
    assert made.media_type == "image/jpeg"
    assert b"Camera" in data
    assert b"Camera" not in made.data
    assert reopened(made.data).tobytes() == reopened(data).tobytes()
    assert made.data.endswith(b"\xff\xd9")


def test_a_progressive_jpeg_survives_the_stripping() -> None:
    data = saved(gradient(size=(300, 200)), "JPEG", progressive=True, comment=b"secret")
    made = prepare(data, inspect(data, LIMIT), target="epub", max_px=4000)
    assert b"secret" not in made.data
    assert reopened(made.data).tobytes() == reopened(data).tobytes()


def test_cmyk_becomes_srgb() -> None:
    data = saved(Image.new("CMYK", (8, 8), (255, 0, 0, 0)), "JPEG")
    info = inspect(data, LIMIT)
    assert info.mode == "CMYK"
    made = reopened(prepare(data, info, target="pdf", max_px=4000).data)
    red, green, blue = made.convert("RGB").getpixel((4, 4))
    assert made.mode == "RGB"
    assert red < 60 < green
    assert blue > 150


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_form_of_pixel_reaches_the_page(mode: str) -> None:
    source = gradient("L").convert("I").point(lambda v: v * 257) if mode == "I;16" else gradient()
    source = source.convert(mode)
    data = saved(source, "PNG")
    info = inspect(data, LIMIT)
    for target in ("pdf", "epub", "docx"):
        image = reopened(prepare(data, info, target=target, max_px=4000).data)
        assert image.size == (64, 32)
        if target == "pdf":
            assert image.mode in ("1", "L", "LA", "P", "RGB", "RGBA")
            grey = image.convert("RGBA").convert("L")
            assert grey.getpixel((5, 1)) < 40
            assert grey.getpixel((5, 30)) > 200


def test_sixteen_bit_colour_is_reduced_for_print() -> None:
    rows = b"".join(b"\0" + b"\x80\x01" * 3 * 4 for _ in range(4))
    header = struct.pack(">IIBBBBB", 4, 4, 16, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    made = prepare(data, inspect(data, LIMIT), target="pdf", max_px=4000)
    assert made.data[24] == 8
    assert reopened(made.data).getpixel((0, 0)) == (128, 128, 128)


def test_transparency_survives() -> None:
    image = gradient("RGBA")
    image.putalpha(100)
    for kind in ("PNG", "WEBP", "TIFF"):
        data = saved(image, kind, **({"lossless": True} if kind == "WEBP" else {}))
        info = inspect(data, LIMIT)
        made = prepare(data, info, target="docx", max_px=4000)
        assert info.has_alpha
        assert made.media_type == "image/png"
        assert reopened(made.data).getpixel((3, 3))[3] == 100


def test_large_pictures_are_scaled_down_in_proportion() -> None:
    data = saved(gradient(size=(2000, 1000)), "PNG")
    made = prepare(data, inspect(data, LIMIT), target="epub", max_px=500)
    assert (made.width, made.height) == (500, 250) == reopened(made.data).size


def test_an_animation_stays_in_epub_and_stands_still_on_paper() -> None:
    frames = [gradient(), gradient().transpose(Image.Transpose.FLIP_TOP_BOTTOM)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    info = inspect(data, LIMIT)
    assert info.animated
    assert prepare(data, info, target="epub", max_px=4000).data == data
    still = prepare(data, info, target="pdf", max_px=4000)
    assert still.media_type == "image/png"
    assert reopened(still.data).convert("L").getpixel((3, 1)) < 60


def test_webp_stays_for_epub_without_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of a person"
    data = saved(gradient(), "WEBP", exif=exif)
    info = inspect(data, LIMIT)
    made = prepare(data, info, target="epub", max_px=4000)
    assert made.media_type == "image/webp"
    assert b"Camera" in data
    assert b"Camera" not in made.data
    assert reopened(made.data).tobytes() == reopened(data).tobytes()
    assert prepare(data, info, target="docx", max_px=4000).media_type == "image/jpeg"


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = with_orientation(8)
    info = inspect(data, LIMIT)
    once, again = (prepare(data, info, target="pdf", max_px=40) for _ in range(2))
    assert once == again


def bomb(side: int) -> bytes:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    idat = b"IDAT" + zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in (chunk, idat, b"IEND")
    )


@pytest.mark.parametrize("side", [12_000, 30_000])
def test_a_decompression_bomb_is_refused_unopened(side: int) -> None:
    with pytest.raises(ResourceError, match="too large") as caught:
        inspect(bomb(side), LIMIT)
    assert caught.value.code == "picture.too-large"
    assert caught.value.hint


def test_a_broken_picture_is_broken_only_while_there_is_memory(monkeypatch) -> None:
    """Decoders without memory say that too; the probe is for what such a picture takes."""
    broken = saved(Image.new("RGB", (64, 48)), "JPEG")[:300]
    with pytest.raises(ResourceError):
        inspect(broken, LIMIT)

    def probe(size: int) -> None:
        assert (16 << 20) < size < (17 << 20)
        raise MemoryError

    monkeypatch.setattr("publisher.pictures.inspect.bytearray", probe, raising=False)
    with pytest.raises(MemoryError):
        inspect(broken, LIMIT)
    with pytest.raises(MemoryError):
        inspect(b"<svg", LIMIT)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "TIFF", "BMP"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_cut_off_picture_is_told_as_such(kind: str, share: float) -> None:
    data = saved(Image.effect_noise((200, 200), 80).convert("RGB"), kind)
    with pytest.raises(ResourceError) as caught:
        inspect(data[: int(len(data) * share)], LIMIT)
    assert caught.value.code in ("picture.broken", "picture.unknown")


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"\x00" * 100, b"<html></html>"])
def test_what_is_no_picture_is_told_as_such(data: bytes) -> None:
    with pytest.raises(ResourceError):
        inspect(data, LIMIT)


def test_svg_is_measured_drawn_and_kept() -> None:
    info = inspect(SVG, LIMIT)
    assert (info.media_type, info.width, info.height) == ("image/svg+xml", 40, 20)
    made = prepare(SVG, info, target="pdf", max_px=4000)
    image = reopened(made.data)
    assert image.size == (120, 60) == (made.width, made.height)
    assert image.convert("RGB").getpixel((60, 30)) == (255, 0, 0)
    kept = prepare(SVG, info, target="epub", max_px=4000)
    assert kept.media_type == "image/svg+xml"
    assert b"<rect" in kept.data


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        (b'viewBox="0 0 300 100"', (300, 100)),
        (b'viewBox="0 0 300 100" width="60"', (60, 20)),
        (b'width="1in" height="25.4mm"', (96, 96)),
        (b'width="100%" height="100%" viewBox="0,0,8,4"', (8, 4)),
        (b"", (300, 150)),
    ],
)
def test_the_size_of_svg_follows_css(attributes: bytes, size: tuple[int, int]) -> None:
    info = inspect(b'<svg xmlns="http://www.w3.org/2000/svg" ' + attributes + b"/>", LIMIT)
    assert (info.width, info.height) == size


def test_svg_in_utf16_is_svg() -> None:
    source = '<?xml version="1.0" encoding="UTF-16"?>' + SVG.decode()
    assert inspect(source.encode("utf-16"), LIMIT).width == 40


def test_a_drawing_without_size_is_drawn_at_the_size_of_css() -> None:
    data = SVG.replace(b'width="40" height="20"><', b'width="0" height="0"><')
    info = inspect(data, LIMIT)
    made = prepare(data, info, target="docx", max_px=4000)
    assert (made.width, made.height) == (900, 450)


@pytest.mark.parametrize(
    "failure", [ValueError("no"), type("PanicException", (BaseException,), {})]
)
def test_a_failing_renderer_is_one_clear_error(
    failure: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: Any) -> bytes:
        raise failure

    monkeypatch.setattr("resvg_py.svg_to_bytes", fails)
    with pytest.raises(ResourceError, match="cannot be drawn"):
        prepare(SVG, inspect(SVG, LIMIT), target="pdf", max_px=100)


def test_svg_for_epub_carries_nothing_active_and_nothing_from_outside() -> None:
    dirty = (
        b'<?xml version="1.0"?><!-- c --><svg xmlns="http://www.w3.org/2000/svg" '
        b'xmlns:xlink="http://www.w3.org/1999/xlink" onload="x()" width="10" height="10">'
        b"<script>evil()</script><foreignObject><p>x</p></foreignObject>"
        b'<a xlink:href="javascript:evil()"><text>kept</text></a>'
        b'<image href="http://evil.example/a.png"/><use href="http://evil.example/a.svg#x"/>'
        b'<image href="data:image/svg+xml;base64,AAAA"/>'
        b'<image xlink:href="data:image/png;base64,AAAA"/><use href="#here"/>'
        b'<style>@import "http://evil.example/a.css"; rect{fill:url(#g)}'
        b"circle{fill:url(http://evil.example/b)}</style>"
        b'<rect id="here" fill="url(http://evil.example/c)" stroke="url(#g)" ONCLICK="x()"/></svg>'
    )
    clean = prepare(dirty, inspect(dirty, LIMIT), target="epub", max_px=4000).data
    lowered = clean.lower()
    for banned in (b"evil", b"script", b"onload", b"onclick", b"foreignobject", b"svg+xml"):
        assert banned not in lowered
    for kept in (b"kept", b"data:image/png", b'href="#here"', b"url(#g)"):
        assert kept in clean


def test_svg_bombs_are_refused() -> None:
    laughs = (
        b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
    )
    with pytest.raises(ResourceError, match="entities"):
        inspect(laughs, LIMIT)
    groups = b"".join(
        b'<g id="g%d">%s</g>' % (level, b'<use href="#g%d"/>' % (level - 1) * 10)
        for level in range(1, 12)
    )
    uses = b'<svg xmlns="http://www.w3.org/2000/svg"><g id="g0"/>' + groups + b"</svg>"
    with pytest.raises(ResourceError, match="repeats"):
        inspect(uses, LIMIT)


def test_importing_pictures_loads_no_picture_library() -> None:
    import subprocess
    import sys

    code = (
        "import sys, publisher.pictures.inspect, publisher.pictures.prepare; "
        "print([m for m in ('PIL', 'lxml', 'resvg_py') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
