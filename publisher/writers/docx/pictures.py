"""Pictures: parts with their bytes, and inline drawings with a description."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from publisher.errors import ResourceError
from publisher.events import Diagnostic
from publisher.record import NamedTuple
from publisher.writers.docx.package import Part
from publisher.writers.docx.xml import attribute, emu

if TYPE_CHECKING:
    from publisher.tree.nodes import Image
    from publisher.writers.base import WriteRequest
    from publisher.writers.docx.relations import Relations

_PIXEL: Final = 72 / 96  # pt of a pixel where no size is given, as in CSS
_DPI: Final = 300  # more than print shows is not kept
_SUFFIX: Final = {"image/png": "png", "image/jpeg": "jpeg"}
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"


class _Stored(NamedTuple):
    """A picture's part name and natural size, pt."""

    name: str
    width: float
    height: float


class Pictures:
    """Prepares each picture once and draws it wherever it stands."""

    def __init__(self, request: WriteRequest) -> None:
        self.parts: list[Part] = []
        self.height = 0.0  # of the last drawing, pt
        self._request = request
        self._sheet = request.sheet
        self._report = request.report
        self._stored: dict[str, _Stored | None] = {}
        # Drawings in the heads of a reference document have the numbers before.
        self._drawn = 1000 if request.settings.output.docx.reference else 0

    def drawing(
        self, image: Image, relations: Relations, width: float, *, fallback: str = ""
    ) -> str:
        """``w:drawing`` for a picture in a column of `width` pt; empty when it cannot be shown.

        `fallback` describes a picture that has no text of its own.
        """
        stored = self._get(image)
        if stored is None:
            return ""
        shown = self._fitted(image, stored, width)
        if shown is None:
            return ""
        self._drawn += 1
        self.height = shown[1]
        number = self._drawn
        cx, cy = (max(emu(side), 1) for side in shown)
        alt = image.alt or fallback
        described = f' descr="{attribute(alt)}"' if alt else ""
        titled = f' title="{attribute(image.title)}"' if image.title else ""
        relation = relations.to("image", stored.name)
        return (
            '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{cx}" cy="{cy}"/>'
            f'<wp:docPr id="{number}" name="Picture {number}"{described}{titled}/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
            f'</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"{described}/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )

    def _fitted(self, image: Image, stored: _Stored, room: float) -> tuple[float, float] | None:
        """Width and height as asked for or natural, at most what fits."""
        width, height = stored.width, stored.height
        if image.width and image.height:
            width, height = image.width, image.height
        elif image.width:
            width, height = image.width, height * image.width / width
        elif image.height:
            width, height = width * image.height / height, image.height
        look, page = self._sheet.figure, self._sheet.page
        most = room * look.max_width, page.height_of_type * look.max_height
        if self._sheet.vertical:  # pictures do not turn with the text: lines run down beside them
            most = page.height_of_type * look.max_width, room * look.max_height
        scale = min(1.0, most[0] / width, most[1] / height)
        return width * scale, height * scale

    def _get(self, image: Image) -> _Stored | None:
        if image.resource not in self._stored:
            self._stored[image.resource] = self._store_picture(image)
        return self._stored[image.resource]

    def _store_picture(self, image: Image) -> _Stored | None:
        from publisher.writers.drawings import prepared_picture

        page = self._sheet.page
        most = ceil(max(page.measure, page.height_of_type) / 72 * _DPI)
        try:
            info, ready = prepared_picture(self._request, image.resource, "docx", most)
        except ResourceError as problem:
            shown = image.alt or image.resource
            self._report(
                Diagnostic(
                    "docx.picture",
                    args=(("picture", shown), ("problem", problem.message)),
                    hint=problem.hint,
                )
            )
            return None
        if not (info.width and info.height):
            return None
        suffix = _SUFFIX[ready.media_type]
        name = f"/word/media/image{len(self.parts) + 1}.{suffix}"
        self.parts.append(Part(name, "image", ready.data, ready.media_type))
        return _Stored(name, info.width * _PIXEL, info.height * _PIXEL)
