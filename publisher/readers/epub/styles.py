"""What a book's style sheets say that is meaning: dots, weight, lines, what is hidden.

Only selectors of one element name, one class or both are followed; books made by programs have
hardly any others for these properties. What is found becomes part of the element's ``style``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from publisher.readers.html.parse import fit
from publisher.record import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEPT: Final = frozenset(
    [
        "font-weight", "font-style", "text-decoration", "text-decoration-line", "vertical-align",
        "text-emphasis", "text-emphasis-style", "-epub-text-emphasis-style",
        "-epub-text-emphasis", "-webkit-text-emphasis", "-webkit-text-emphasis-style", "display",
        "visibility", "text-align",
    ]
)  # fmt: skip
# Weight and slant mean something on these; on a paragraph or heading they are its look.
_INLINE: Final = frozenset(["span", "font", "em", "i", "b", "strong", "a", "sup", "sub"])
_FOR_BLOCKS: Final = frozenset(["display", "visibility", "text-align"])
_SELECTOR: Final = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?", re.IGNORECASE)
_MODES: Final = ("writing-mode", "-epub-writing-mode", "-webkit-writing-mode")
_LONG_NUMBER: Final = re.compile("[0-9]{400,}")
_MAX_SHEET: Final = 2_000_000  # characters; larger ones are no style sheets of a book


@dataclass(slots=True)
class Styles:
    """Declarations by (element name, class); either may be empty.

    Attributes:
        vertical: The sheets set ``body``, ``html`` or everything in vertical lines.
    """

    rules: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    vertical: bool = False

    def add(self, css: str) -> None:
        """Takes the rules of a style sheet, in order; broken ones are passed over."""
        if len(css) > _MAX_SHEET or not css.strip():
            return
        import tinycss2

        if _LONG_NUMBER.search(css):  # tinycss2 knows no limit, Python does
            css = _LONG_NUMBER.sub("0", css)
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            selectors = tinycss2.serialize(rule.prelude)
            declared = {
                each.lower_name: tinycss2.serialize(each.value).strip().lower()
                for each in tinycss2.parse_declaration_list(
                    rule.content, skip_comments=True, skip_whitespace=True
                )
                if each.type == "declaration"
            }
            for selector in selectors.split(","):
                self._take(selector.strip(), declared)

    def _take(self, selector: str, declared: dict[str, str]) -> None:
        mode = next((declared[name] for name in _MODES if name in declared), "")
        if mode.startswith(("vertical", "tb")) and selector in ("body", "html", "*", ":root"):
            self.vertical = True
        kept = {name: value for name, value in declared.items() if name in _KEPT}
        found = _SELECTOR.fullmatch(selector)
        if kept and found and selector:
            key = ((found[1] or "").lower(), found[2] or "")
            self.rules.setdefault(key, {}).update(kept)

    def apply(self, root: Any) -> None:
        """Writes what applies to each element into its ``style``, before what is there."""
        classed = {name for _, name in self.rules if name}
        bare = {tag for tag, name in self.rules if tag and not name}
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            names = element.get("class", "").split()
            if element.tag not in bare and not classed.intersection(names):
                continue
            found = self._of(element.tag, names)
            if found:
                own = element.get("style", "")
                written = ";".join(f"{name}:{value}" for name, value in found.items())
                element.set("style", fit(f"{written};{own}"))

    def _of(self, tag: str, names: Iterable[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for key in ((tag, ""), *(("", n) for n in names), *((tag, n) for n in names)):
            if key == (tag, "") and tag in _INLINE:
                continue  # that strong is bold is no news
            rule = self.rules.get(key, {})
            found |= {n: v for n, v in rule.items() if tag in _INLINE or n in _FOR_BLOCKS}
        return found


def sets_vertical(root: Any) -> bool:
    """Whether the document itself asks for vertical lines, on ``html`` or ``body``."""
    for element in (root, root.find("body")):
        style = "" if element is None else element.get("style", "").lower()
        if re.search(r"writing-mode\s*:\s*(?:vertical|tb)", style):
            return True
    return False
