"""Interoperability: which nations have trained what together, when last, and what of it has faded; which standards they share; the gaps.

Law: none of its own; legal cover of exercises that were held comes from the permissions of the record. Text:
docs/explanation/how-interoperability-is-told.md.
"""
