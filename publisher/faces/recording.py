"""A face set that remembers which face was chosen for each character."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from publisher.faces.fallback import FaceSet
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from publisher.faces.catalog import Slant
    from publisher.faces.fallback import FaceRun, Latin

How: TypeAlias = Literal["main", "western", "fallback", "none"]


class Choice(NamedTuple):
    """What draws a character in one style.

    Attributes:
        face: Stable name of the face; of a missing character, of the face that draws 〓 for it.
        family: The family's name.
        language: Tag of the region whose shapes the face has, or empty.
        role: serif, sans, mono ...; with `weight` and `slant` the style that was asked for.
        weight: 100 to 900.
        slant: upright or italic.
        text_language: Tag of the text.
        how: The style's own face, its Western companion, a face further down the chain, or none.
    """

    face: str
    family: str
    language: str
    role: str
    weight: int
    slant: str
    text_language: str
    how: How


class RecordingFaces(FaceSet):
    """A `FaceSet` that keeps, for each grapheme cluster, every choice that was made."""

    choices: dict[str, dict[Choice, None]]

    def remember(self) -> RecordingFaces:
        """Begins to remember: clusters in the order of first use, each with its choices."""
        self.choices = {}
        return self

    def split(
        self,
        text: str,
        role: str,
        weight: int,
        slant: Slant,
        lang: str,
        *,
        latin: Latin = "auto",
    ) -> tuple[FaceRun, ...]:
        """As `FaceSet.split`."""
        from publisher.faces import clusters

        runs = super().split(text, role, weight, slant, lang, latin=latin)
        plan = self._plan(role, weight, slant, lang, latin)
        western = (plan.companion, plan.narrow())
        for run in runs:
            face = run.face
            how: How = "fallback"
            if run.missing:
                how = "none"
            elif face is plan.main:
                how = "main"
            elif any(face is other for other in western):
                how = "western"
            asked = (role, weight, slant, lang)
            choice = Choice(face.id, face.family, face.language, *asked, how)
            for cluster in dict.fromkeys(clusters.cluster().findall(text[run.start : run.end])):
                if not cluster.isspace():
                    self.choices.setdefault(cluster, {})[choice] = None
        return runs
