"""Turns source articles into PDF, EPUB and Word, in Chinese, Japanese and Korean.

    import publisher

    document = publisher.read("article.txt")
    publisher.write(document, "article.pdf")
    publisher.convert(["chapter1.md", "chapter2.md"], "output", formats=("pdf", "epub"))

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.version import __version__

if TYPE_CHECKING:
    from publisher.api import convert, read, write

__all__ = ["__version__", "convert", "read", "write"]


def __getattr__(name: str) -> Any:
    """`read`, `write` and `convert`, imported on first use."""
    if name in ("convert", "read", "write"):
        from publisher import api

        return getattr(api, name)
    raise AttributeError(f"module 'publisher' has no attribute {name!r}")
