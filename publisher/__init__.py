"""Turns source articles into PDF, EPUB and Word, in Chinese, Japanese and Korean."""

__version__ = "0.1.0"
