"""Misuse and broken input. Each error is one line a person can act on: what is wrong, where, what to do.

Bad law and bad data inside a well-formed record are not errors: they are findings (values, collected). A denial is an answer.
"""

from __future__ import annotations


class ComityError(Exception):
    """Something the caller has to put right; ``str(error)`` is the one line that says what."""


class BadInput(ComityError):
    """A value that cannot be read; the message says which, where, and what would be read."""


class NotOnRecord(ComityError):
    """A party, agreement or act was named that the record does not hold; the message offers what is near."""
