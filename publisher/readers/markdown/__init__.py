"""Markdown: parser set-up with CJK delimiter rule, front matter, tokens to tree."""
