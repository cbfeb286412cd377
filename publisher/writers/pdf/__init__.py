"""Laid-out pages to a PDF file."""
