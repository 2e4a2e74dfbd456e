"""Exercises: the programme of those that are to be held over years, and each one from its initiation to its conduct.

This room owns: the rules that a plan of exercises must keep, what a plan costs, their plain checker, and what cover a programme has on record; an
exercise's design, the rules that it must keep, the process that it goes through, where it stands, the notices that it needs as drafts; main events
lists and their checker.
It does not own: who may train where (permissions), what has to be notified (duties), what is learned (lessons), what those that were held come to
(interoperability), or the search for plans (planning).
"""

from comity.exercises.covering import Basis, as_if_invited, bases, visits
from comity.exercises.designs.checking import DESIGN_RULES, Flaw, Known, check_design
from comity.exercises.designs.constraints import Constraint, ConstraintStatus, LimitState, constraints
from comity.exercises.designs.covering import coverage_of, unsure_days
from comity.exercises.designs.days import DesignDay, calendar_of, days_of
from comity.exercises.designs.design import Design
from comity.exercises.designs.knowing import known_of
from comity.exercises.designs.letters import Letter, letter_of, letter_text
from comity.exercises.designs.lives import Life, StepState, StepStatus, life_of
from comity.exercises.designs.notices import Notice, Notices, drafts, notices_of
from comity.exercises.designs.plain import day_to_plain, design_to_plain, flaw_to_plain, life_to_plain, notices_to_plain
from comity.exercises.designs.processes import Process, ProcessStage, ProcessStep, process_of, processes
from comity.exercises.designs.templates import design_text
from comity.exercises.events.checking import EVENT_RULES, check_events
from comity.exercises.events.drawing import TimeLine, draw_time_line, time_line
from comity.exercises.events.files import events_file, events_in
from comity.exercises.events.frames import frame_between, read_frame, read_zone
from comity.exercises.events.injects import EventsList, Frame, Inject, WhenPlayed
from comity.exercises.programmes.checking import RULES, Broken, check_plan
from comity.exercises.programmes.costing import cost_of, missed, moved, spending
from comity.exercises.programmes.problems import (
    Budget,
    Cost,
    Cover,
    Exercise,
    HeldExercise,
    Lock,
    Order,
    Plan,
    Pool,
    Problem,
    Slots,
    Target,
    Unit,
    Way,
)
from comity.exercises.programmes.soundness import remarks, unsound

__all__ = [
    "Basis",
    "as_if_invited",
    "bases",
    "visits",
    "DESIGN_RULES",
    "Flaw",
    "Known",
    "check_design",
    "Constraint",
    "ConstraintStatus",
    "LimitState",
    "constraints",
    "coverage_of",
    "unsure_days",
    "DesignDay",
    "calendar_of",
    "days_of",
    "Design",
    "known_of",
    "Letter",
    "letter_of",
    "letter_text",
    "Life",
    "StepState",
    "StepStatus",
    "life_of",
    "Notice",
    "Notices",
    "drafts",
    "notices_of",
    "day_to_plain",
    "design_to_plain",
    "flaw_to_plain",
    "life_to_plain",
    "notices_to_plain",
    "Process",
    "ProcessStage",
    "ProcessStep",
    "process_of",
    "processes",
    "design_text",
    "EVENT_RULES",
    "check_events",
    "TimeLine",
    "draw_time_line",
    "time_line",
    "events_file",
    "events_in",
    "frame_between",
    "read_frame",
    "read_zone",
    "EventsList",
    "Frame",
    "Inject",
    "WhenPlayed",
    "RULES",
    "Broken",
    "check_plan",
    "cost_of",
    "missed",
    "moved",
    "spending",
    "Budget",
    "Cost",
    "Cover",
    "Exercise",
    "HeldExercise",
    "Lock",
    "Order",
    "Plan",
    "Pool",
    "Problem",
    "Slots",
    "Target",
    "Unit",
    "Way",
    "remarks",
    "unsound",
]
