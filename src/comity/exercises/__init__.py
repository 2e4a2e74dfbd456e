"""Exercises: one exercise from its initiation to its conduct: its design, the process that it goes through, where it stands, what has to be notified.

This room owns: the design and the rules that it must keep, the process, the notices that it needs as drafts, limits of a year.
It does not own: programmes of several (programmes), what is played (main_events), who may train where (permissions), what has to be notified
(duties), what is learned (lessons), or what those that were held come to (interoperability). Text: docs/explanation/how-exercises-are-planned.md.
"""

from comity.exercises.checking import DESIGN_RULES, Known, check_design
from comity.exercises.constraints import Constraint, ConstraintStatus, LimitState, constraints
from comity.exercises.covering import coverage_of, unsure_days
from comity.exercises.days import DesignDay, calendar_of, days_of, design_events
from comity.exercises.design import Design
from comity.exercises.knowing import known_of
from comity.exercises.letters import Letter, letter_of, letter_text
from comity.exercises.lives import Life, StepState, StepStatus, life_of
from comity.exercises.notices import Notice, Notices, drafts, notices_of
from comity.exercises.plain import day_to_plain, design_to_plain, flaw_to_plain, life_to_plain, notices_to_plain
from comity.exercises.processes import Process, ProcessStage, ProcessStep, process_of, processes
from comity.exercises.templates import design_text

__all__ = [
    "Constraint",
    "ConstraintStatus",
    "DESIGN_RULES",
    "Design",
    "DesignDay",
    "Known",
    "Letter",
    "Life",
    "LimitState",
    "Notice",
    "Notices",
    "Process",
    "ProcessStage",
    "ProcessStep",
    "StepState",
    "StepStatus",
    "calendar_of",
    "check_design",
    "constraints",
    "coverage_of",
    "day_to_plain",
    "days_of",
    "design_events",
    "design_text",
    "design_to_plain",
    "drafts",
    "flaw_to_plain",
    "known_of",
    "letter_of",
    "letter_text",
    "life_of",
    "life_to_plain",
    "notices_of",
    "notices_to_plain",
    "process_of",
    "processes",
    "unsure_days",
]
