"""A document tree to a Word file. `package` is the only module that knows python-docx."""
