"""Selftest: the program put to the test by itself, with a score that anyone can run again.

This room owns: harnesses that do to the program what the world does (kill it, take its power, fail its disk) and count what was lost.
It does not own: what is tested, or how the score is printed (doors).
Source: docs/explanation/how-the-ledger-is-kept.md, section 7.
"""

from comity.selftest.crashing import Score, kill_writers
from comity.selftest.faults import FaultScore, break_disk
from comity.selftest.power import PowerScore, lose_power
from comity.selftest.recording import cannot_trace

__all__ = ["FaultScore", "PowerScore", "Score", "break_disk", "cannot_trace", "kill_writers", "lose_power"]
