"""A document tree to an EPUB 3.3 file. `package` is the only module that knows EbookLib."""
