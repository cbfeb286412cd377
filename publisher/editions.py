"""Regional editions: one job of sources becomes one for each language tag."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.job import Job


def editions(job: Job, origins: Mapping[str, str]) -> Iterator[Job]:
    """The job, or one for each edition that its settings name, with the tag in its name.

    An edition has the words and the marks of its region, unless the settings say otherwise.

    Args:
        job: As the sources ask for it.
        origins: Names of the settings that are not defaults.

    Raises:
        ConfigError: An edition's tag names no Chinese script.
    """
    tags = job.settings.output.editions
    if not tags:
        yield job
        return
    from publisher.transforms.origins import target_language

    names = dict.fromkeys(target_language(tag) for tag in tags)
    for tag in names:
        settings = job.settings
        convert = replace(
            settings.convert,
            to=tag,
            phrases=settings.convert.phrases if "convert.phrases" in origins else True,
        )
        punctuation = settings.punctuation
        if "punctuation.mode" not in origins:
            punctuation = replace(punctuation, mode="safe")
        changed = replace(settings, convert=convert, punctuation=punctuation)
        yield replace(job, name=f"{job.name}.{tag}", settings=changed)
