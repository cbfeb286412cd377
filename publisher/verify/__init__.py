"""Proof of finished files: what a PDF, an EPUB or a Word file says, compared with the tree."""
