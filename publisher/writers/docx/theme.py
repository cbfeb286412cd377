"""The theme part: colours and fonts that Word offers in its menus. No style refers to it.

Word adds one on first saving and validators ask for it, so there is a small one from the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.writers.docx.xml import A, attribute, part

if TYPE_CHECKING:
    from publisher.writers.docx.fonts import FontTable

_COLORS: Final = (
    ("dk1", "000000"),
    ("lt1", "FFFFFF"),
    ("dk2", "333333"),
    ("lt2", "F4F4F2"),
    ("accent1", "1A4A7A"),
    ("accent2", "8A3B2E"),
    ("accent3", "8A7A5C"),
    ("accent4", "4F6F52"),
    ("accent5", "5B4B7A"),
    ("accent6", "B07D2B"),
    ("hlink", "1A4A7A"),
    ("folHlink", "5B4B7A"),
)
_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE: Final = f'<a:ln w="6350">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT: Final = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme_part(fonts: FontTable) -> bytes:
    """The part, with the document's own fonts as headings and body."""
    colors = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLORS)
    schemes = []
    for element, role in (("majorFont", "sans"), ("minorFont", "serif")):
        names = fonts.names(role)  # type: ignore[arg-type]
        schemes.append(
            f'<a:{element}><a:latin typeface="{attribute(names.latin)}"/>'
            f'<a:ea typeface="{attribute(names.east_asian)}"/><a:cs typeface=""/></a:{element}>'
        )
    formats = "".join(
        f"<a:{name}>{item * 3}</a:{name}>"
        for name, item in (
            ("fillStyleLst", _FILL),
            ("lnStyleLst", _LINE),
            ("effectStyleLst", _EFFECT),
            ("bgFillStyleLst", _FILL),
        )
    )
    content = (
        f'<a:themeElements><a:clrScheme name="publisher">{colors}</a:clrScheme>'
        f'<a:fontScheme name="publisher">{"".join(schemes)}</a:fontScheme>'
        f'<a:fmtScheme name="publisher">{formats}</a:fmtScheme></a:themeElements>'
    )
    return part("a:theme", content, f'xmlns:a="{A}"', ' name="publisher"')
