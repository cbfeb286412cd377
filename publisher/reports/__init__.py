"""The files that ``--line-report``, ``--text-report`` and ``--glyph-report`` write."""
