"""Records about a document as a whole: metadata, resources, sources.

Inlines are used for titles, so this module stands on `nodes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from publisher.record import dataclass
from publisher.tree.base import Node

if TYPE_CHECKING:
    from publisher.tree.nodes import Blocks, Inlines

# Key of `Metadata.extra` under which a document asks for ``horizontal`` or ``vertical`` lines.
WRITING_MODE = "writing-mode"

ContributorRole: TypeAlias = Literal[
    "author", "translator", "editor", "illustrator", "compiler", "photographer", "source", "other"
]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Contributor(Node):
    """A person or body with a part in the work."""

    name: str
    role: ContributorRole = "author"
    sort_as: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Series(Node):
    """The series a work belongs to; `position` is free text such as "3"."""

    name: str
    position: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Metadata(Node):
    """What a title page, a catalogue and the files' own metadata say.

    `language` is BCP 47 with a script subtag for Chinese (``zh-Hans``, ``zh-Hant-HK``).
    `date` is ISO 8601 as far as known (``2025``, ``2025-12``, ``2025-12-22``).
    `cover` is a resource id or empty. `extra` are sorted pairs.
    """

    title: Inlines = ()
    subtitle: Inlines = ()
    contributors: tuple[Contributor, ...] = ()
    language: str = ""
    identifier: str = ""
    date: str = ""
    publisher: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    series: Series | None = None
    rights: str = ""
    source_url: str = ""
    cover: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Resource(Node):
    """A picture or other file beside the text; its bytes live in a resource store.

    `id` is the lowercase hex SHA-256 of the content, first 32 digits. `width` and `height` are
    pixels as shown (after EXIF rotation), 0 when unknown.
    """

    id: str
    media_type: str
    size: int = 0
    name: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SourceInfo(Node):
    """Where a document came from. `digest` is SHA-256 hex of the bytes read."""

    uri: str
    format: str = ""
    encoding: str = ""
    digest: str = ""
    reader: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Document(Node):
    """The root: metadata, body, and what the body refers to."""

    meta: Metadata
    body: Blocks = ()
    resources: tuple[Resource, ...] = ()
    sources: tuple[SourceInfo, ...] = ()
    schema: int = 1
