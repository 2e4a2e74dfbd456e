"""Training and capacity building: courses, posts abroad, visits with their clearances, needs of training and offers to meet them.

This room owns: the accounts of places, which posts are filled, which clearance came in time, which need can be met by whom, who was last trained with
whom, the days of each course and post as they trained parties together. It does not own: which acts count (procedures, standing), what of such
training has faded (interoperability), or who may be where (permissions).
Text: docs/explanation/how-training-is-counted.md.
"""

from comity.training.acts import TRAINING_KINDS, training_strays
from comity.training.courses import Count, CourseAccount, TrainingCourse, courses_of
from comity.training.matching import MetNeed, TrainingSide, match_needs, met_needs, needs_of, offers_of
from comity.training.plain import course_to_plain, met_to_plain, post_to_plain, side_to_plain, trained_to_plain, visit_to_plain
from comity.training.posts import Post, posts_of
from comity.training.recency import TrainedTogether, last_trained
from comity.training.trainings_held import HeldPart, HeldTraining, trainings_held
from comity.training.visits import Visit, visits_of

__all__ = [
    "Count",
    "CourseAccount",
    "HeldPart",
    "HeldTraining",
    "MetNeed",
    "Post",
    "TRAINING_KINDS",
    "TrainedTogether",
    "TrainingCourse",
    "TrainingSide",
    "Visit",
    "course_to_plain",
    "courses_of",
    "last_trained",
    "match_needs",
    "met_needs",
    "met_to_plain",
    "needs_of",
    "offers_of",
    "post_to_plain",
    "posts_of",
    "side_to_plain",
    "trained_to_plain",
    "training_strays",
    "trainings_held",
    "visit_to_plain",
    "visits_of",
]
