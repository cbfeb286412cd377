"""Chooses faces: by role, weight, slant and language; and for text that one face cannot draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from publisher.errors import FontError
from publisher.faces.catalog import nearest
from publisher.faces.plan import Plan, first_covering, has_apostrophe, has_narrow_quotes
from publisher.faces.regions import REGIONS, region
from publisher.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from re import Match

    from publisher.faces.catalog import Catalog, FontFile, Scripts, Slant
    from publisher.faces.face import Face
    from publisher.faces.store import FontStore

__all__ = ["FaceRun", "FaceSet", "Latin", "region"]

Latin: TypeAlias = Literal["auto", "companion"]

GETA = "\u3013"  # 〓, the printer's mark for a sort that is not in the case

# Other built-in roles that help out, and for roles without a file of their own.
_BUILT_IN = {"serif": "serif", "sans": "sans", "mono": "sans", "kai": "serif", "fangsong": "serif"}
_OTHER_STYLE = {"serif": "sans", "sans": "serif"}


class FaceRun(NamedTuple):
    """A stretch of text and the face that draws it.

    Attributes:
        start: First index into the text; `end` is one past the last.
        face: The face; for a missing cluster one that has 〓 (U+3013).
        missing: No face draws this cluster: draw 〓, and keep the text for copying.
    """

    start: int
    end: int
    face: Face
    missing: bool = False


def _none() -> None:
    return None


class FaceSet:
    """Resolves styles to faces and splits text into runs of one face.

    Args:
        store: Opens the files.
        catalog: The files, user fonts included.
        families: Family names by role that lead the built-in ones (settings ``[fonts]``). One
            with Han characters leads for CJK text, one without for Western text.
        language: Tag of the publication, for CJK characters in text of another language.
    """

    def __init__(
        self,
        store: FontStore,
        catalog: Catalog,
        *,
        families: Mapping[str, tuple[str, ...]] | None = None,
        language: str = "zh-Hans",
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._families = dict(families or {})
        self._region = region(language) or "zh-Hans"
        self._plans: dict[tuple[str, int, Slant, str, Latin], Plan] = {}
        self._narrows: dict[tuple[str, int, str], tuple[str, Face | None]] = {}
        self._resolved: dict[tuple[str, int, Slant, str], Face] = {}
        self._check_families()

    @property
    def own_families(self) -> bool:
        """Whether the settings name fonts that lead the built-in ones."""
        return bool(self._families)

    def own_family(self, role: str, *, han: bool) -> str:
        """The family of the settings' font for a role, with Han characters or without; or none."""
        return next((file.family for file in self._own(role, 400, "upright", han=han)), "")

    @property
    def found(self) -> int:
        """How many characters and words it remembers the face of."""
        return sum(len(plan.plain) + len(plan.chosen) for plan in self._plans.values())

    def _check_families(self) -> None:
        for role, names in self._families.items():
            for name in names:
                if not self._catalog.family(name):
                    raise FontError(
                        f"no font of the family {name!r} is known",
                        code="font.unknown-family",
                        where=f"fonts.{role}",
                        hint="name its file or folder in fonts.paths",
                    )

    # -------------------------------------------------------------------------------- resolve

    def resolve(self, role: str, weight: int, slant: Slant, lang: str) -> Face:
        """The face for plain text of a style in a language.

        For Chinese, Japanese and Korean the regional face, always upright; for other languages
        the Western companion; for ``mono`` the typewriter face.

        Raises:
            FontError: A font file is missing or damaged.
        """
        key = (role, weight, slant, lang)
        face = self._resolved.get(key)
        if face is None:
            where = region(lang)
            if role == "mono" or not where:
                face = self._companion(role, weight, slant)
            else:
                face = self._cjk(role, weight, where)
            self._resolved[key] = face
        return face

    def language_of_marks(self, role: str, weight: int, slant: Slant, lang: str) -> str:
        """The language in whose face Western quotes and dashes match the letters beside them.

        Letters are the CJK face's own: so are their quotes, of a regional face where they are
        narrow; or those of the Western companion, where no regional face has such.
        """
        if role != "mono" and slant == "upright" and (own := region(lang)):
            return self._narrow(role, weight, own)[0]
        return "en"

    def _narrow(self, role: str, weight: int, own: str) -> tuple[str, Face | None]:
        """A language whose CJK face has narrow quotes, its own if it can be; the face."""
        key = (role, weight, own)
        if key not in self._narrows:
            faces = ((where, self._cjk(role, weight, where)) for where in (own, "ja", "ko"))
            found = (pair for pair in faces if has_narrow_quotes(pair[1]))
            self._narrows[key] = next(found, ("en", None))
        return self._narrows[key]

    def _own(self, role: str, weight: int, slant: Slant, *, han: bool) -> Iterator[FontFile]:
        """The files that settings name for a role, with or without Han characters."""
        for name in self._families.get(role, ()):
            file = nearest(self._catalog.family(name), weight, slant)
            if file is not None and self._open(file).has_han is han:
                yield file

    def _open(self, file: FontFile, where: str = "") -> Face:
        return self._store.face(file, where if file.faces else "")

    def _built_in(self, role: str, scripts: Scripts, weight: int, slant: Slant) -> FontFile:
        file = self._catalog.pick(role, scripts, weight, slant)
        if file is None:
            raise FontError(
                f"no {scripts} font for the role {role!r} in the catalogue", code="font.unknown"
            )
        return file

    def _cjk(self, role: str, weight: int, where: str) -> Face:
        file = next(self._own(role, weight, "upright", han=True), None)
        if file is None:
            file = self._built_in(_BUILT_IN.get(role, "serif"), "cjk", weight, "upright")
        return self._open(file, where)

    def _companion(self, role: str, weight: int, slant: Slant) -> Face:
        file = next(self._own(role, weight, slant, han=False), None)
        if file is None:
            name = "mono" if role == "mono" else _BUILT_IN.get(role, "serif")
            file = self._built_in(name, "latin", weight, slant)
        return self._open(file)

    # ---------------------------------------------------------------------------------- chain

    def _plan(self, role: str, weight: int, slant: Slant, lang: str, latin: Latin) -> Plan:
        key = (role, weight, slant, lang, latin)
        plan = self._plans.get(key)
        if plan is None:
            main = self.resolve(role, weight, slant, lang)
            companion = None
            if main.has_han:
                companion = self._companion(role, weight, slant)
            files = self._chain(role, weight, slant, region(lang) or self._region)
            western = companion is not None and (
                latin == "companion"
                or slant == "italic"
                # Who names a font of Western letters wants those words in it.
                or any(True for _ in self._own(role, weight, slant, han=False))
            )
            where = region(lang)
            plan = self._plans[key] = Plan(
                main,
                companion,
                tuple(files),
                western=western,
                narrow=(lambda: self._narrow(role, weight, where)[1]) if where else _none,
            )
        return plan

    def _chain(
        self, role: str, weight: int, slant: Slant, where: str
    ) -> Iterator[Callable[[], Face]]:
        """What is tried after the style's own face, each opened only when it is asked."""
        style = _BUILT_IN.get(role, "serif")
        cjk = self._catalog.pick(style, "cjk", weight, "upright")
        other = self._catalog.pick(_OTHER_STYLE[style], "cjk", weight, "upright")
        for file in self._named(role, weight, slant):
            yield self._opener(file, where)
        if cjk is not None:
            for tag in (where, *(tag for tag in REGIONS if tag != where)):
                yield self._opener(cjk, tag)
        for name, scripts in (
            (style, "latin"),
            ("symbols", "symbols"),
            ("math", "symbols"),
        ):
            for file in self._styled(name, scripts, weight, slant):
                yield self._opener(file)
        if other is not None:
            yield self._opener(other, where)
        for file in self._styled("mono", "latin", weight, "upright"):
            yield self._opener(file)
        for file in self._catalog.files:
            if file.role == "user":
                yield self._opener(file, where)

    def _named(self, role: str, weight: int, slant: Slant) -> Iterator[FontFile]:
        for name in self._families.get(role, ()):
            file = nearest(self._catalog.family(name), weight, slant)
            if file is not None:
                yield file

    def _styled(self, role: str, scripts: str, weight: int, slant: Slant) -> list[FontFile]:
        """One file of each built-in family of a role, nearest to a style."""
        families: dict[str, list[FontFile]] = {}
        for file in self._catalog.files:
            if file.role == role and file.scripts == scripts:
                families.setdefault(file.family, []).append(file)
        picked = (nearest(files, weight, slant) for files in families.values())
        return [file for file in picked if file is not None]

    def _opener(self, file: FontFile, where: str = "") -> Callable[[], Face]:
        return lambda: self._open(file, where)

    # ---------------------------------------------------------------------------------- split

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
        """`text` as runs of one face each, without gaps, in order.

        A grapheme cluster is never split, nor a Western word: it goes to the companion when the
        main face lacks one of its letters, when the slant is italic, or always with
        ``latin="companion"`` (then with the ASCII punctuation, digits and spaces between words).
        Each cluster that no face draws is a run of its own with `missing` set. White space and
        default-ignorable characters stay with what stands before them.

        Raises:
            FontError: A font file is missing or damaged.
        """
        if not text:
            return ()
        plan = self._plan(role, weight, slant, lang, latin)
        known = plan.common is not None and plan.common.holds(text)
        if not known:
            self._learn(plan, text)
            known = plan.plain.issuperset(text)
        if known and not has_apostrophe(plan.main, text):
            return (FaceRun(0, len(text), plan.main),)
        return tuple(self._runs(plan, text))

    def draws(
        self, chars: Collection[str], role: str, weight: int, slant: Slant, lang: str
    ) -> bool:
        """Whether a style's own face is known to draw each character, whatever stands beside it.

        False may be over-careful: it is what `split` has not met yet, too.
        """
        return self._plan(role, weight, slant, lang, "auto").plain.issuperset(chars)

    def _learn(self, plan: Plan, text: str) -> None:
        """Adds to the plan's plain characters those of `text` that its main face draws alone."""
        from publisher.faces import clusters

        joins, invisible = clusters.joining().match, clusters.never_missing().match
        letter = clusters.letter().match if plan.western else None
        for char in set(text) - plan.plain:
            if joins(char) or (letter is not None and (letter(char) or "!" <= char <= "~")):
                continue
            if plan.main.gid(char) or invisible(char):
                plan.plain.add(char)

    def _runs(self, plan: Plan, text: str) -> Iterator[FaceRun]:
        """Joins neighbouring pieces of the same face."""
        start, end, face = 0, 0, plan.main
        for piece_end, piece_face in self._pieces(plan, text):
            if piece_face is not face and end > start:
                yield FaceRun(start, end, face)
                start = end
            if piece_face is None:
                yield FaceRun(end, piece_end, self._geta_face(plan), missing=True)
                start = piece_end
            else:
                face = piece_face
            end = piece_end
        if end > start:
            yield FaceRun(start, end, face)

    def _pieces(self, plan: Plan, text: str) -> Iterator[tuple[int, Face | None]]:
        """(end, face) of each piece, in order; None: no face draws it."""
        from publisher.faces import clusters

        joined = clusters.joining().search(text) is not None
        tokens = clusters.tokens(western=plan.western, joined=joined)
        invisible = clusters.never_missing().match
        before: Face | None = None
        for match in tokens.finditer(text):
            piece = match[0]
            kind = match.lastgroup
            if kind == "cluster":
                if all(map(invisible, piece)):
                    yield match.end(), before or plan.main
                    continue
                face = self._choose(plan, piece)
                yield match.end(), face
                before = face or before
            elif kind in ("plain", "digits") and plan.plain.issuperset(piece):
                before = plan.main
                yield match.end(), plan.main
            elif kind == "word" and (face := self._word_face(plan, piece)) is not None:
                before = face
                yield match.end(), face
            else:
                for end, face in self._each_cluster(plan, match):
                    before = face or before
                    yield end, face

    def _each_cluster(self, plan: Plan, match: Match[str]) -> Iterator[tuple[int, Face | None]]:
        from publisher.faces import clusters

        for cluster in clusters.cluster().finditer(match.string, match.start(), match.end()):
            yield cluster.end(), self._choose(plan, cluster[0])

    def _word_face(self, plan: Plan, word: str) -> Face | None:
        """The one face for a whole word; None when none has all of it."""
        main, companion = plan.main, plan.companion
        if companion is None:
            return main if main.covers(word) else self._choose(plan, word)
        if plan.western:
            return companion if companion.covers(word) else self._choose(plan, word)
        if main.covers(word):
            if not has_apostrophe(main, word):
                return main
            narrow = plan.narrow()
            if narrow is not None and narrow.covers(word):
                return narrow
        return companion if companion.covers(word) else self._choose(plan, word)

    def _choose(self, plan: Plan, cluster: str) -> Face | None:
        """The first face of the chain that covers a cluster, with its variation if possible."""
        chosen = plan.chosen
        if cluster in chosen:
            return chosen[cluster]
        face = first_covering(plan, cluster)
        chosen[cluster] = face
        return face

    def _geta_face(self, plan: Plan) -> Face:
        """The first face of a plan that has the geta mark."""
        return self._choose(plan, GETA) or plan.main
