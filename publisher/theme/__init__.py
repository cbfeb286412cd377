"""Looks as typed data: a theme is resolved once per document into flat styles in points."""
