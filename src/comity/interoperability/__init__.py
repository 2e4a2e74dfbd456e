"""Interoperability: which nations have trained which capability together, when last, how much of it has faded; standards; what is missing.

This room owns: exercises that were held as acts of taking part tell them, the map of who trained what with whom in them, on courses and in posts,
gaps and the targets that they make for a programme, the legal cover of held exercises, editions of standards and who has ratified and implemented
them.
It does not own: the programme (exercises), which acts are of a course or a post (training), or who may be where (permissions).
Text: docs/explanation/how-interoperability-is-told.md.
"""

from comity.interoperability.courses_and_posts import MAP_KINDS
from comity.interoperability.exercises_held import acts_without_day, exercises_held
from comity.interoperability.gaps import TrainingGap, training_gaps, training_targets
from comity.interoperability.hosting import GuestCover, HeldCover, held_covers, stationing_rests_on
from comity.interoperability.maps import TrainingMap
from comity.interoperability.places import Places, Whereabouts
from comity.interoperability.plain import (
    cover_to_plain,
    edition_to_plain,
    exercise_to_plain,
    gap_to_plain,
    held_to_plain,
    position_to_plain,
    shared_to_plain,
    training_to_plain,
)
from comity.interoperability.standards import Edition, Position, SharedStandard, Standards
from comity.interoperability.training import (
    ANY_CAPABILITY,
    CAPABILITIES,
    HALF_LIFE,
    DayWindow,
    ExercisePart,
    JointExercise,
    Training,
    TrainingKind,
    TrainingRow,
)
from comity.interoperability.yearly import Lull, lulls, yearly

__all__ = [
    "ANY_CAPABILITY",
    "CAPABILITIES",
    "DayWindow",
    "Edition",
    "ExercisePart",
    "GuestCover",
    "HALF_LIFE",
    "HeldCover",
    "JointExercise",
    "Lull",
    "MAP_KINDS",
    "Places",
    "Position",
    "SharedStandard",
    "Standards",
    "Training",
    "TrainingGap",
    "TrainingKind",
    "TrainingMap",
    "TrainingRow",
    "Whereabouts",
    "acts_without_day",
    "cover_to_plain",
    "edition_to_plain",
    "exercise_to_plain",
    "exercises_held",
    "gap_to_plain",
    "held_covers",
    "held_to_plain",
    "lulls",
    "position_to_plain",
    "shared_to_plain",
    "stationing_rests_on",
    "training_gaps",
    "training_targets",
    "training_to_plain",
    "yearly",
]
