"""Selftest: the program put to the test by itself, with a score that anyone can run again.

This room owns: harnesses that do to the program what the world does (kill it, interrupt its work, take its power, fail its disk, tamper with what
it keeps) and count what was lost or missed.
It does not own: what is tested, or how the score is printed (doors).
Source: docs/explanation/how-the-ledger-is-kept.md, section 7.
"""

from comity.selftest.crashing import Score, kill_writers
from comity.selftest.faults import FaultScore, break_disk
from comity.selftest.interrupting import Interruptions, interrupt
from comity.selftest.judging import Mutations
from comity.selftest.places import fresh_place
from comity.selftest.power import PowerScore, lose_power
from comity.selftest.recording import cannot_trace
from comity.selftest.tampering import tamper

__all__ = [
    "FaultScore",
    "Interruptions",
    "Mutations",
    "PowerScore",
    "Score",
    "break_disk",
    "cannot_trace",
    "fresh_place",
    "interrupt",
    "kill_writers",
    "lose_power",
    "tamper",
]
