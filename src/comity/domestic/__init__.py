"""Domestic procedure: where an instrument stands at home before a state may express its consent, what is next, what may delay it.

This room owns: the steps of each state's own procedure and their clocks of sitting days. It does not own: the expression of consent (agreements).
Text: docs/explanation/how-domestic-procedure-is-followed.md.
"""

from comity.domestic.clocks import ClockEnd, clock_end
from comity.domestic.courses import HOME_KINDS, HomeState
from comity.domestic.instruments import AtHome, at_home, begun_at_home, pairs_at_home
from comity.domestic.next_steps import NextStep, next_steps
from comity.domestic.plain import clock_to_plain, home_to_plain, procedure_to_plain
from comity.domestic.procedures_of_states import HomeProcedure, home_procedures, procedure_in_force, procedures_of
from comity.domestic.reports import HomeReport, ReportState
from comity.domestic.sittings import NOTHING_KNOWN, SittingDays, read_sittings
from comity.domestic.statuses import HomeStatus, home_status

__all__ = [
    "AtHome",
    "at_home",
    "begun_at_home",
    "pairs_at_home",
    "HOME_KINDS",
    "NOTHING_KNOWN",
    "ClockEnd",
    "HomeProcedure",
    "HomeReport",
    "HomeState",
    "HomeStatus",
    "NextStep",
    "ReportState",
    "SittingDays",
    "clock_end",
    "clock_to_plain",
    "home_procedures",
    "home_status",
    "home_to_plain",
    "next_steps",
    "procedure_in_force",
    "procedure_to_plain",
    "procedures_of",
    "read_sittings",
]
