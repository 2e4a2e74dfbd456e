"""Exercises: the programme of those that are to be held over years; each one from its initiation to its conduct, what is played in it and learned
from it; what those that were held come to; and training besides.

This room owns: the rules that a plan of exercises must keep, what a plan costs, their plain checker, and what cover a programme has on record; an
exercise's design, the rules that it must keep, the process that it goes through, where it stands, the notices that it needs as drafts; main events
lists and their checker; where lessons stand; the accounts of courses, posts, visits, needs and offers of training; who has trained what together,
when last, which standards nations share, and the gaps.
It does not own: who may train where (permissions), what has to be notified (duties), or the search for plans (planning).
"""

from comity.exercises.covering import Basis, as_if_invited, bases, lacks, visits
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
from comity.exercises.interoperability.exercises_held import acts_without_day, exercises_held
from comity.exercises.interoperability.gaps import TrainingGap, training_gaps, training_targets
from comity.exercises.interoperability.hosting import GuestCover, HeldCover, held_covers, stationing_lacks, stationing_rests_on
from comity.exercises.interoperability.maps import TrainingMap
from comity.exercises.interoperability.places import Places, Whereabouts
from comity.exercises.interoperability.plain import (
    cover_to_plain,
    edition_to_plain,
    exercise_to_plain,
    gap_to_plain,
    position_to_plain,
    shared_to_plain,
    training_to_plain,
)
from comity.exercises.interoperability.standards import Edition, Position, SharedStandard, Standards
from comity.exercises.interoperability.training import (
    ANY_CAPABILITY,
    CAPABILITIES,
    HALF_LIFE,
    DayWindow,
    ExercisePart,
    JointExercise,
    Training,
    TrainingRow,
)
from comity.exercises.interoperability.yearly import Lull, lulls, yearly
from comity.exercises.lessons.boards import BOARD_COLUMNS, lesson_board, lesson_strays, lessons_of, observed_through
from comity.exercises.lessons.stages import LESSON_KINDS, NEXT_STEPS, Lesson, LessonStage, LessonState
from comity.exercises.lessons.tables import lesson_to_plain, lessons_table, states_of
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
from comity.exercises.sheets import csv_bytes, workbook_bytes
from comity.exercises.training.acts import TRAINING_KINDS, training_strays
from comity.exercises.training.courses import Count, CourseAccount, TrainingCourse, courses_of
from comity.exercises.training.matching import MetNeed, TrainingSide, match_needs, met_needs, needs_of, offers_of
from comity.exercises.training.plain import course_to_plain, met_to_plain, post_to_plain, side_to_plain, trained_to_plain, visit_to_plain
from comity.exercises.training.posts import Post, posts_of
from comity.exercises.training.recency import TrainedTogether, last_trained
from comity.exercises.training.visits import Visit, visits_of

__all__ = [
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
    "ProcessStep",
    "ProcessStage",
    "process_of",
    "processes",
    "design_text",
    "Basis",
    "as_if_invited",
    "bases",
    "lacks",
    "visits",
    "Broken",
    "Budget",
    "Cover",
    "Exercise",
    "HeldExercise",
    "Lock",
    "Order",
    "Plan",
    "Pool",
    "Problem",
    "RULES",
    "Cost",
    "Slots",
    "Target",
    "Unit",
    "Way",
    "moved",
    "check_plan",
    "missed",
    "remarks",
    "cost_of",
    "spending",
    "unsound",
    "BOARD_COLUMNS",
    "LESSON_KINDS",
    "Lesson",
    "LessonStage",
    "LessonState",
    "NEXT_STEPS",
    "lesson_board",
    "lesson_strays",
    "lessons_of",
    "observed_through",
    "csv_bytes",
    "lesson_to_plain",
    "lessons_table",
    "states_of",
    "workbook_bytes",
    "course_to_plain",
    "met_to_plain",
    "post_to_plain",
    "side_to_plain",
    "trained_to_plain",
    "visit_to_plain",
    "CourseAccount",
    "Count",
    "TrainingCourse",
    "MetNeed",
    "Post",
    "TrainingSide",
    "TRAINING_KINDS",
    "TrainedTogether",
    "Visit",
    "courses_of",
    "last_trained",
    "match_needs",
    "met_needs",
    "needs_of",
    "offers_of",
    "posts_of",
    "training_strays",
    "visits_of",
    "EVENT_RULES",
    "EventsList",
    "Frame",
    "Inject",
    "WhenPlayed",
    "TimeLine",
    "check_events",
    "draw_time_line",
    "events_file",
    "events_in",
    "frame_between",
    "read_frame",
    "read_zone",
    "time_line",
    "acts_without_day",
    "ANY_CAPABILITY",
    "CAPABILITIES",
    "DayWindow",
    "Lull",
    "cover_to_plain",
    "exercise_to_plain",
    "lulls",
    "yearly",
    "Edition",
    "edition_to_plain",
    "ExercisePart",
    "exercises_held",
    "gap_to_plain",
    "GuestCover",
    "HALF_LIFE",
    "held_covers",
    "HeldCover",
    "JointExercise",
    "Places",
    "Position",
    "position_to_plain",
    "shared_to_plain",
    "SharedStandard",
    "Standards",
    "stationing_lacks",
    "stationing_rests_on",
    "Training",
    "training_gaps",
    "training_targets",
    "training_to_plain",
    "TrainingGap",
    "TrainingMap",
    "TrainingRow",
    "Whereabouts",
]
