"""Registers: what registers and data sets of agreements say, as acts and agreements; where they differ from one another and from the record.

This room owns: which party a register means, what each of its rows stands for, the books that come of it, and how claims are compared.
It does not own: getting and reading sources (sources), what acts bring about (agreements, standing), how a book is read (book) or kept (keeping).
Source: docs/explanation/how-panels-are-made.md, section 3; docs/explanation/how-registers-are-compared.md.
"""

from comity.registers.conflicts import (
    ABOUT,
    CAUSES,
    COMPARED,
    Claim,
    Conflict,
    LikelyCause,
    before_signature,
    by_cause,
    claims_on_record,
    conflicts_between,
    conflicts_on_record,
    derived_claims,
)
from comity.registers.dcad import claims_of_dcad
from comity.registers.matching import Match, claims_of_both, matched
from comity.registers.naming import Meant, Namer
from comity.registers.reading import read_tables
from comity.registers.roll_calls import NotNamed, RollCallsRead, read_roll_calls, roll_calls_of
from comity.registers.taking import NotTaken, Taken
from comity.registers.uk_treaties import claims_of_uk_treaties
from comity.registers.un_treaties import same_agreements
from comity.registers.writing import REGISTERS, book_files, files_of, take_rows

__all__ = [
    "ABOUT",
    "CAUSES",
    "LikelyCause",
    "Claim",
    "Conflict",
    "Match",
    "Meant",
    "Namer",
    "COMPARED",
    "REGISTERS",
    "NotNamed",
    "NotTaken",
    "RollCallsRead",
    "Taken",
    "before_signature",
    "book_files",
    "by_cause",
    "claims_of_both",
    "claims_of_dcad",
    "claims_of_uk_treaties",
    "claims_on_record",
    "conflicts_between",
    "conflicts_on_record",
    "derived_claims",
    "files_of",
    "matched",
    "read_roll_calls",
    "read_tables",
    "roll_calls_of",
    "same_agreements",
    "take_rows",
]
