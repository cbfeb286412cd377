"""Bytes or text to a document tree, one module or folder a format. Knows no output format."""
