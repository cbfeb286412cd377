"""What a transform is, and the order they may stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from publisher.errors import ConfigError
from publisher.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from publisher.events import Report
    from publisher.settings import Settings
    from publisher.transforms.changes import Keep
    from publisher.tree.meta import Document


@dataclass(frozen=True, slots=True)
class Transform:
    """A step from document to document.

    Attributes:
        name: Its name in settings and messages.
        run: The step itself.
        after: Names of transforms that must have run before, where both are used.
        scope: Whether it needs the whole document or only one chapter at a time.
    """

    name: str
    run: Callable[[Document, Settings, Report], Document]
    after: tuple[str, ...] = ()
    scope: Literal["chapter", "document"] = "document"


def check_order(transforms: Sequence[Transform]) -> None:
    """Sees that every transform stands after those it builds on.

    Raises:
        ConfigError: Two stand the wrong way round, or one stands twice.
    """
    names = [transform.name for transform in transforms]
    for place, transform in enumerate(transforms):
        if transform.name in names[:place]:
            raise ConfigError(
                f"transform {transform.name!r} stands twice", code="config.transform-order"
            )
        for earlier in transform.after:
            if earlier in names[place + 1 :]:
                raise ConfigError(
                    f"transform {transform.name!r} must come after {earlier!r}",
                    code="config.transform-order",
                    hint=f"put {earlier!r} first",
                )


def run_transforms(
    document: Document, transforms: Sequence[Transform], settings: Settings, report: Report
) -> Document:
    """The document after all `transforms`, in their order; raises like `check_order`."""
    check_order(transforms)
    for transform in transforms:
        document = transform.run(document, settings, report)
    return document


def built_in_transforms(settings: Settings, keep: Keep | None = None) -> tuple[Transform, ...]:
    """The transforms that `settings` ask for, in the order that gives editions the same ids.

    Args:
        settings: The job's.
        keep: Takes every change of the text that is made or proposed, where somebody wants them.
    """
    from publisher.transforms.ids import assign_ids
    from publisher.transforms.notes import place_notes

    steps = [
        Transform("ids", lambda document, _, report: assign_ids(document, report)),
        Transform("notes", lambda document, _, report: place_notes(document, report), ("ids",)),
    ]
    if settings.repair.mode != "off":
        from publisher.transforms.repair.document import repair_document

        steps.append(
            Transform(
                "repair",
                lambda document, all_, report: repair_document(document, all_.repair, report, keep),
                ("ids", "notes"),
            )
        )
    if settings.punctuation.mode != "off":
        from publisher.transforms.punctuation import mend_punctuation

        steps.append(
            Transform(
                "punctuation",
                lambda document, all_, report: mend_punctuation(
                    document, all_.punctuation, report, keep, to=all_.convert.to
                ),
                ("ids", "notes"),
            )
        )
    if settings.convert.to:
        from publisher.transforms.script import convert_script

        steps.append(
            Transform(
                "script",
                lambda document, all_, report: convert_script(document, all_.convert, report, keep),
                ("ids", "notes", "repair", "punctuation"),
            )
        )
    if settings.annotate.ruby:
        from publisher.transforms.annotate.document import annotate

        steps.append(
            Transform(
                "annotate",
                lambda document, all_, report: annotate(document, all_.annotate, report, keep),
                ("ids", "notes", "repair", "punctuation", "script"),
            )
        )
    return tuple(steps)
