"""Laid-out pages to a PDF file. The only package that knows ReportLab."""
