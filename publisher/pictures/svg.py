"""SVG: size, cleaning for EPUB, and pixels for formats that cannot show it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.errors import ResourceError
from publisher.pictures.inspect import SVG, PictureInfo, need_memory

if TYPE_CHECKING:
    from collections.abc import Sequence

_SVG_NAMESPACE: Final = "{http://www.w3.org/2000/svg}"
_XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_REMOVED: Final = frozenset(
    ["script", "foreignObject", "handler", "listener", "iframe", "audio", "video", "metadata"]
)
_ANIMATION: Final = frozenset(["set", "animate", "animateTransform", "animateMotion"])
# Raster data may stay inside a drawing; another SVG inside a data URI may hold what was removed.
_INLINE_DATA: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
_OUTER_URL: Final = re.compile(
    r"url\(\s*['\"]?\s*(?!#|['\"]?#)[^)]*\)|@import[^;]*;?", re.IGNORECASE
)
_LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*([a-z%]*)\s*")
_PX: Final = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
}
# CSS 2.1 10.3.2: a replaced element without any size is 300 by 150.
_DEFAULT_SIZE: Final = (300.0, 150.0)
_MAX_EXPANDED = 200_000
_TREE: Final = 8  # a tree's size in memory for the size of its text


def parse(data: bytes) -> Any:
    """The root element, with no entity resolved and nothing fetched.

    Raises:
        ResourceError: Not well-formed, not SVG, declares entities, or expands to too much.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        need_memory(len(data) * _TREE)
        raise ResourceError(
            f"is not well-formed SVG: {problem}", code="picture.broken", hint="save it again"
        ) from problem
    if root.tag not in (f"{_SVG_NAMESPACE}svg", "svg"):
        raise ResourceError("is XML but not SVG", code="picture.unknown")
    document_type: Any = root.getroottree().docinfo.internalDTD
    if document_type is not None and any(True for _ in document_type.iterentities()):
        raise ResourceError(
            "declares XML entities", code="picture.unsafe", hint="save it as plain SVG"
        )
    _check_expansion(root)
    return root


def inspect_svg(data: bytes) -> PictureInfo:
    """The drawing's size in CSS pixels; raises `ResourceError` as `parse` does."""
    width, height = _size(parse(data))
    return PictureInfo(SVG, max(1, round(width)), max(1, round(height)), has_alpha=True)


def sanitise(data: bytes) -> bytes:
    """The drawing without scripts, event handlers, outside references and metadata."""
    from lxml import etree

    root = parse(data)
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            _remove(element)
            continue
        name = etree.QName(element).localname
        if name in _REMOVED or (name in _ANIMATION and _targets_link(element)):
            _remove(element)
            continue
        for key, value in list(element.attrib.items()):
            local = etree.QName(key).localname
            if local.lower().startswith("on") or (
                local in ("href", "src") and not _inner_reference(name, value)
            ):
                del element.attrib[key]
            elif "url(" in value or "@import" in value:
                element.set(key, _OUTER_URL.sub("none", value))
        if name == "style" and element.text:
            element.text = _OUTER_URL.sub("", element.text)
    width, height = _size(root)
    if not root.get("viewBox"):
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    etree.cleanup_namespaces(root)
    cleaned: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return cleaned


def rasterise(
    data: bytes, *, max_px: int, fonts: Sequence[str] = (), families: Sequence[str] = ()
) -> tuple[bytes, int, int]:
    """The drawing as PNG at three pixels to the CSS pixel, its longer side at most `max_px`.

    Three to one is 288 dpi, close to what print wants. With `fonts` (files) text is set in
    those only, so that the same drawing gives the same pixels on every machine. `families` are
    the names of the sans-serif and the serif among them; text that names neither is set in the
    first. Without them the renderer leaves out text whose family it does not have.

    Raises:
        ResourceError: The drawing cannot be rendered.
    """
    import resvg_py

    clean = sanitise(data)
    width, height = _size(parse(clean))
    scale = min(3.0, max_px / max(width, height))
    pixels = (max(1, round(width * scale)), max(1, round(height * scale)))
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=clean.decode(),
            width=pixels[0],
            height=pixels[1],
            font_files=list(fonts) or None,
            skip_system_fonts=bool(fonts),
            font_family=families[0] if families else None,
            sans_serif_family=families[0] if families else None,
            monospace_family=families[0] if families else None,
            serif_family=families[-1] if families else None,
        )
    except BaseException as problem:
        if isinstance(problem, MemoryError):
            raise
        # A panic in the Rust library is no `Exception`, and its class cannot be imported.
        if not isinstance(problem, Exception) and type(problem).__name__ != "PanicException":
            raise
        need_memory(len(data) * _TREE, pixels[0] * pixels[1])
        raise ResourceError(
            f"cannot be drawn: {problem}", code="picture.broken", hint="export it as PNG"
        ) from problem
    return bytes(png), *pixels


def _size(root: Any) -> tuple[float, float]:
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = _view_box(root)
    if box is not None:
        if width and not height:
            height = width * box[1] / box[0]
        elif height and not width:
            width = height * box[0] / box[1]
        elif not width:
            width, height = box
    shown = (width or _DEFAULT_SIZE[0], height or _DEFAULT_SIZE[1])
    if max(shown) > 1_000_000:
        raise ResourceError(
            f"is too large: {shown[0]:g} by {shown[1]:g} px",
            code="picture.too-large",
            hint="scale the drawing down",
        )
    return shown


def _view_box(root: Any) -> tuple[float, float] | None:
    parts = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    if len(numbers) != 4 or not (0 < numbers[2] < 1e9 and 0 < numbers[3] < 1e9):
        return None
    return numbers[2], numbers[3]


def _length(value: str | None) -> float:
    """CSS pixels; 0 for a share of the container or nothing usable."""
    match = _LENGTH.fullmatch(value or "")
    return float(match[1]) * _PX.get(match[2], 0.0) if match else 0.0


def _inner_reference(element: str, value: str) -> bool:
    target = value.strip()
    if target.startswith("#"):
        return True
    return element in ("image", "feImage") and _INLINE_DATA.match(target) is not None


def _targets_link(element: Any) -> bool:
    return element.get("attributeName", "").rpartition(":")[2] in ("href", "src")


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _check_expansion(root: Any) -> None:
    """Refuses drawings whose ``use`` elements multiply (ten uses of ten uses of ...)."""
    targets = {element.get("id"): element for element in root.iter() if element.get("id")}
    costs: dict[Any, int] = {}

    def cost(element: Any, trail: frozenset[Any]) -> int:
        if element in costs:
            return costs[element]
        if element in trail or len(trail) > 40:
            return _MAX_EXPANDED + 1
        total = 0
        for inner in element.iter():
            total += 1
            if isinstance(inner.tag, str) and inner.tag.rpartition("}")[2] == "use":
                href = inner.get("href") or inner.get(_XLINK_HREF) or ""
                target = targets.get(href[1:]) if href.startswith("#") else None
                if target is not None:
                    total += cost(target, trail | {element})
            if total > _MAX_EXPANDED:
                break
        costs[element] = total
        return total

    if cost(root, frozenset()) > _MAX_EXPANDED:
        raise ResourceError(
            "repeats its parts too often", code="picture.too-large", hint="export it as PNG"
        )
