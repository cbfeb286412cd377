"""The vendored fonts for tests, opened through the user's cache as the program does."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from publisher.faces.catalog import load_catalog
from publisher.faces.fallback import FaceSet
from publisher.faces.store import FontStore, default_cache

if TYPE_CHECKING:
    from publisher.faces.face import Face


@cache
def built_in_store() -> FontStore:
    """One store for all tests of a process."""
    return FontStore(default_cache(os.environ))


def built_in_face(font_id: str, language: str = "") -> Face:
    """A vendored face, such as ``("NotoSerifCJK-Regular", "ja")``."""
    return built_in_store().face(load_catalog().get(font_id), language)


@cache
def built_in_set(language: str = "zh-Hans") -> FaceSet:
    """The faces of a default run."""
    return FaceSet(built_in_store(), load_catalog(), language=language)
