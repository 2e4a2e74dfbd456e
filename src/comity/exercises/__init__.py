"""Exercises: the programme of those that are to be held over years, what is played in each, what is learned from it, and training besides.

This room owns: the rules that a plan of exercises must keep, what a plan costs, their plain checker, and what cover a programme has on record;
main events lists and their checker; where lessons stand; the accounts of courses, posts, visits, needs and offers of training.
It does not own: who may train where (permissions), what has to be notified (duties), or the search for plans (planning).
"""

from comity.exercises.covering import Basis, as_if_invited, bases, lacks, visits
from comity.exercises.events.checking import EVENT_RULES, check_events
from comity.exercises.events.drawing import TimeLine, draw_time_line, time_line
from comity.exercises.events.files import events_file, events_in
from comity.exercises.events.frames import frame_between, read_frame, read_zone
from comity.exercises.events.injects import EventsList, Frame, Inject, WhenPlayed
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
]
