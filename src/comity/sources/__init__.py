"""Sources: what registers and data sets say, as acts and agreements, and where they differ from one another and from the record.

This room owns: which party a register means, what each of its rows stands for, the books that come of it, and how claims are compared.
It does not own: what acts bring about (agreements, standing), how a book is read (book), or how it is kept (keeping).
Source: docs/explanation/how-panels-are-made.md.
"""

from comity.sources.conflicts import (
    ABOUT,
    CAUSES,
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
from comity.sources.registers.dcad import claims_of_dcad
from comity.sources.registers.folders import read_tables
from comity.sources.registers.matching import Match, claims_of_both, matched
from comity.sources.registers.naming import Meant, Namer
from comity.sources.registers.taking import NotTaken, Taken
from comity.sources.registers.uk_treaties import claims_of_uk_treaties
from comity.sources.registers.un_treaties import same_agreements
from comity.sources.registers.writing import REGISTERS, book_files, take_rows

__all__ = [
    "ABOUT",
    "CAUSES",
    "LikelyCause",
    "Claim",
    "Conflict",
    "Match",
    "Meant",
    "Namer",
    "REGISTERS",
    "NotTaken",
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
    "matched",
    "read_tables",
    "same_agreements",
    "take_rows",
]
