"""The pages' words for what the room of exercises names: capabilities, states of lessons, standards, posts and visits. See ``wording``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

from comity.lessons import LessonState

Table = Mapping[str, str | Promise]

CAPABILITIES: Table = {
    "any": _of("capability", "any"),
    "land": _of("capability", "land"),
    "air": _of("capability", "air"),
    "sea": _of("capability", "sea"),
    "amphibious": _of("capability", "amphibious"),
    "cyber": _of("capability", "cyber"),
    "command-post": _of("capability", "command-post"),
    "warfighting": _of("capability", "warfighting"),
    "peacekeeping": _of("capability", "peacekeeping"),
    "humanitarian": _of("capability", "humanitarian"),
}
"""*any*: whatever it was. What else acts name stands as they say it."""
TRAININGS: Table = {
    "exercise": _of("training", "exercise"),
    "course": _of("training", "course"),
    "post": _of("training", "post"),
    "other": _of("training", "other"),
}
"""In what nations trained together."""
EDITIONS: Table = {
    "current": _of("edition", "current"),
    "superseded": _of("edition", "superseded"),
    "to come": _of("edition", "to come"),
    "not promulgated": _of("edition", "not promulgated"),
}
COLUMNS: Table = {
    "submitted": _of("lessons", "submitted"),
    "in analysis": _of("lessons", "in analysis"),
    "identified": _of("lessons", "identified"),
    "action under way": _of("lessons", "action under way"),
    "learned": _of("lessons", "learned"),
    "rejected": _of("lessons", "rejected"),
}
"""Of the board of lessons."""
LESSONS: Table = {
    "submitted": _of("lesson", "submitted"),
    "accepted": _of("lesson", "accepted"),
    "identified": _of("lesson", "identified"),
    "planned": _of("lesson", "planned"),
    "completed": _of("lesson", "completed"),
    "learned": _of("lesson", "learned"),
    "rejected": _of("lesson", "rejected"),
}
NEXT_ACTS: Table = {
    LessonState.SUBMITTED: _of("lesson", "accept or reject it"),
    LessonState.ACCEPTED: _of("lesson", "analyse it and identify the lesson"),
    LessonState.IDENTIFIED: _of("lesson", "plan the remedial action"),
    LessonState.PLANNED: _of("lesson", "complete the remedial action"),
    LessonState.COMPLETED: _of("lesson", "validate it"),
}
"""What has to be done next with a lesson, by its state."""
POSTS: Table = {
    "exchange": _of("post", "exchange"),
    "attache": _of("post", "attaché"),
    "liaison": _of("post", "liaison"),
    "instructor": _of("post", "instructor"),
    "mobile-team": _of("post", "mobile team"),
}
VISITS: Table = {
    "visit": _of("visit", "visit"),
    "port-call": _of("visit", "port call"),
    "staff-talks": _of("visit", "staff talks"),
}
LEAVES: Table = {
    "requested": _of("leave", "requested"),
    "granted": _of("leave", "granted"),
    "refused": _of("leave", "refused"),
    "not requested": _of("leave", "not requested"),
    "contested": _of("verdict", "contested"),
    "unknown": _of("verdict", "unknown"),
}
"""How far the leave for a visit is."""
ANSWERED: Table = {
    "yes": _of("verdict", "yes"),
    "no": _of("verdict", "no"),
    "open": _of("duty", "open"),
    "contested": _of("verdict", "contested"),
    "unknown": _of("verdict", "unknown"),
}
TABLES_OF_EXERCISES: Mapping[str, Table] = {
    "capability": CAPABILITIES, "training": TRAININGS, "edition": EDITIONS, "lesson column": COLUMNS, "lesson": LESSONS, "post": POSTS,
    "visit": VISITS, "leave": LEAVES, "answered": ANSWERED,
}  # fmt: skip
