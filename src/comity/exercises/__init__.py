"""Exercises: the programme of those that are to be held over years; what those that were held come to.

This room owns: the rules that a plan of exercises must keep, what a plan costs, their plain checker, and what cover a programme has on record;
who has trained what together, when last, which standards nations share, and the gaps.
It does not own: who may train where (permissions), what has to be notified (duties), or the search for plans (planning).
"""

from comity.exercises.covering import Basis, as_if_invited, bases, lacks, visits
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
