"""Rule sets inside one paragraph: each stretch of text follows the language it is in.

A paragraph in one language has one region. Runs in another of the CJK languages have their own
line-break level, compression, gaps and quotes; what belongs to the paragraph (what a line's end
drops) follows the paragraph's. Runs in other languages follow it throughout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from publisher.layout.breaks import break_penalties
from publisher.layout.measure import compressed
from publisher.layout.quotes import resolve_shared_marks
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from publisher.layout.profiles import Profile
    from publisher.layout.types import RunTable

_CJK: Final = frozenset(("zh", "ja", "ko", "cmn", "yue", "lzh", "nan", "hak", "wuu", "gan", "hsn"))


class Region(NamedTuple):
    """A stretch that follows one rule set: first index, one past the last, the rules."""

    start: int
    end: int
    profile: Profile


class Regions(NamedTuple):
    """The rule sets of a paragraph: its own, and the regions that cover its text in order."""

    own: Profile
    spans: tuple[Region, ...]

    def at(self, index: int) -> Profile:
        """The rules of the character at an index."""
        if len(self.spans) == 1:
            return self.spans[0].profile
        return next(region.profile for region in self.spans if index < region.end)

    def resolved(self, text: str, classes: str) -> tuple[str, frozenset[int]]:
        """Spacing classes with shared marks decided, and the marks set as Latin."""
        if len(self.spans) == 1:
            return resolve_shared_marks(text, classes, self.spans[0].profile)
        by_profile = {
            profile: resolve_shared_marks(text, classes, profile) for profile in self._profiles()
        }
        western = frozenset(
            at
            for start, end, profile in self.spans
            for at in by_profile[profile][1]
            if start <= at < end
        )
        return self._joined({p: letters for p, (letters, _) in by_profile.items()}), western

    def penalties(self, text: str, classes: str) -> list[int]:
        """`break_penalties`; between two regions a line may end where both let it."""
        if len(self.spans) == 1:
            return break_penalties(text, self.spans[0].profile, quotes=classes)
        by_profile = {
            profile: break_penalties(text, profile, quotes=classes) for profile in self._profiles()
        }
        found = list(by_profile[self.spans[0].profile])
        before = self.spans[0].profile
        for start, end, profile in self.spans:
            own = by_profile[profile]
            found[start + 1 : end + 1] = own[start + 1 : end + 1]
            if start and own[start] >= 0:
                found[start] = max(own[start], by_profile[before][start])
            before = profile
        return found

    def compressed(self, classes: str) -> str:
        """Spacing classes with marks that lose their blank beside others in that state."""
        if len(self.spans) == 1:
            return compressed(classes, self.spans[0].profile)
        return self._joined({p: compressed(classes, p) for p in self._profiles()})

    def _profiles(self) -> set[Profile]:
        return {region.profile for region in self.spans}

    def _joined(self, by_profile: dict[Profile, str]) -> str:
        return "".join([by_profile[profile][start:end] for start, end, profile in self.spans])


def regions_of(table: RunTable, lang: str, profile_of: Callable[[str], Profile]) -> Regions:
    """The regions of a paragraph in a language."""
    own, size = profile_of(lang), len(table.text)
    spans: list[Region] = []
    for run in table.runs:
        profile = own
        if run.lang != lang and _is_cjk(run.lang):
            profile = profile_of(run.lang)
        if spans and spans[-1].profile == profile:
            spans[-1] = spans[-1]._replace(end=run.end)
        else:
            spans.append(Region(run.start, run.end, profile))
    return Regions(own, tuple(spans) or (Region(0, size, own),))


def is_one(table: RunTable, lang: str, profile_of: Callable[[str], Profile]) -> bool:
    """Whether a paragraph of one run follows the rules of its block's language."""
    run_lang = table.runs[0].lang
    return run_lang == lang or not _is_cjk(run_lang) or profile_of(run_lang) == profile_of(lang)


def _is_cjk(lang: str) -> bool:
    return lang.split("-", maxsplit=1)[0].casefold() in _CJK
