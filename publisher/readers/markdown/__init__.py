"""Markdown to the tree: CommonMark with pandoc's common extensions and the habits of CJK text."""
