"""Words for the values that the room of exercises names: steps, limits, sorts of days, forms, stages of lessons."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

Table = Mapping[str, str | Promise]

STEPS: Table = {
    "done": _of("step of an exercise", "done"),
    "done late": _of("step of an exercise", "done late"),
    "contested": _of("verdict", "contested"),
    "not known": _of("step of an exercise", "not known"),
    "not on record": _of("step of an exercise", "not on record"),
    "open": _of("step of an exercise", "open"),
}
LIMITS: Table = {
    "kept": _of("limit", "kept"),
    "exceeded": _of("limit", "exceeded"),
    "not known": _of("limit", "not known"),
}
DAYS: Table = {
    "forces": _of("days of an exercise", "forces there"),
    "conduct": _of("days of an exercise", "conduct"),
    "conference": _of("days of an exercise", "conference"),
    "document": _of("days of an exercise", "document due"),
    "notice": _of("days of an exercise", "notice due"),
    "public": _of("days of an exercise", "for the public"),
    "planned": _of("days of an exercise", "planned days"),
}
STANDS: Table = {
    "designed": _of("exercise", "designed"),
    "planned": _of("exercise", "planned"),
    "notified": _of("exercise", "notified"),
    "held": _of("exercise", "held"),
}
HOLDING: Table = {
    "live": _of("form of an exercise", "live"),
    "command-post": _of("form of an exercise", "command-post"),
    "computer-assisted": _of("form of an exercise", "computer-assisted"),
    "table-top": _of("form of an exercise", "table-top"),
}
CAPABILITIES: Table = {
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
BASES: Table = {
    "entry": _of("legal basis", "entry"),
    "status": _of("legal basis", "status"),
    "release": _of("legal basis", "release"),
    "supply": _of("legal basis", "supply"),
    "transfer": _of("legal basis", "transfer"),
    "train": _of("legal basis", "train"),
    "overfly": _of("legal basis", "overfly"),
}
LESSONS: Table = {
    "submitted": _of("lesson", "submitted"),
    "in analysis": _of("lesson", "in analysis"),
    "identified": _of("lesson", "identified"),
    "action under way": _of("lesson", "action under way"),
    "learned": _of("lesson", "learned"),
    "rejected": _of("lesson", "rejected"),
}
TABLES: Mapping[str, Table] = {
    "exercise-step": STEPS, "limit": LIMITS, "exercise-day": DAYS, "exercise": STANDS, "exercise-form": HOLDING, "capability": CAPABILITIES,
    "legal-basis": BASES, "lesson": LESSONS,
}  # fmt: skip
