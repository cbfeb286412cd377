"""A picture of the document in the form that a writer's format takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from publisher.pictures.inspect import PictureInfo
    from publisher.pictures.prepare import Prepared
    from publisher.writers.base import WriteRequest


def prepared_picture(
    request: WriteRequest, resource: str, target: Literal["pdf", "docx"], most: int
) -> tuple[PictureInfo, Prepared]:
    """A picture ready to embed, at most `most` pixels long, and what it was before.

    Text in drawings is set in the document's own fonts.

    Raises:
        ResourceError: It cannot be used.
    """
    from publisher.pictures.inspect import SVG, inspect
    from publisher.pictures.prepare import prepare

    data = request.resources.open(resource)
    info = inspect(data, request.settings.input.max_pixels)
    fonts, families = _drawing_fonts(request) if info.media_type == SVG else ((), ())
    ready = prepare(data, info, target=target, max_px=most, fonts=fonts, families=families)
    return info, ready


def _drawing_fonts(request: WriteRequest) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Files and families for text in drawings: the document's own sans-serif and serif."""
    language = request.document.meta.language or request.sheet.language
    faces = [request.faces.resolve(role, 400, "upright", language) for role in ("sans", "serif")]
    files = tuple(str(face.path) for face in faces if face.path is not None)
    if len(files) < len(faces):  # fonts in memory have no files to name
        return (), ()
    return files, tuple(face.hb_face.get_name(1) or face.family for face in faces)
