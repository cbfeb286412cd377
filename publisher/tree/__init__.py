"""The document tree, the one form between readers and writers. Knows no format and no looks."""
