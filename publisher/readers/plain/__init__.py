"""Plain text to a document: paragraphs, scraped articles, clear chapter headings."""
