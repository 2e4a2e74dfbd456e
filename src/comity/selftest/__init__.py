"""Selftest: the program put to the test by itself, with a score that anyone can run again.

This room owns: harnesses that do to the program what the world does (kill it, so far) and count what was lost.
It does not own: what is tested, or how the score is printed (doors).
Source: docs/explanation/how-the-ledger-is-kept.md, section 7.
"""

from comity.selftest.crashing import Score, kill_writers

__all__ = ["Score", "kill_writers"]
