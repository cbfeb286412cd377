"""Plain text to a document: paragraphs, scraped articles, clear chapter headings."""

from publisher.readers.plain.reader import PlainReader

__all__ = ["PlainReader"]
