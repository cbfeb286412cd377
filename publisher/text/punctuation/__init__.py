"""Marks as the language of a text has them: what would have to change, and the changed text.

`edits` says what; nothing is changed before `apply`. Rules are those of GB/T 15834, the handbook of
the Taiwan Ministry of Education and JLREQ, by profile names of `text.scripts`: ``hans``, ``hant``,
``ja``; in ``ko`` marks are Latin ones and stay. Each family of marks has a module.
"""

from __future__ import annotations

from publisher.text.punctuation.engine import apply, edits
from publisher.text.punctuation.model import KINDS, Edit, Kind
from publisher.text.punctuation.quotes import unbalanced_quotes

__all__ = ["KINDS", "Edit", "Kind", "apply", "edits", "unbalanced_quotes"]
