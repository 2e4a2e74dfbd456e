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
KINDS: Table = {
    "live": _of("kind of exercise", "live"),
    "command-post": _of("kind of exercise", "command-post"),
    "computer-assisted": _of("kind of exercise", "computer-assisted"),
    "table-top": _of("kind of exercise", "table-top"),
    "combat": _of("kind of exercise", "combat"),
    "peacekeeping": _of("kind of exercise", "peacekeeping"),
    "disaster-response": _of("kind of exercise", "disaster-response"),
    "humanitarian-demining": _of("kind of exercise", "humanitarian-demining"),
    "maritime": _of("kind of exercise", "maritime"),
    "air": _of("kind of exercise", "air"),
    "cyber": _of("kind of exercise", "cyber"),
    "counter-terrorism": _of("kind of exercise", "counter-terrorism"),
    "military-medicine": _of("kind of exercise", "military-medicine"),
    "search-and-rescue": _of("kind of exercise", "search-and-rescue"),
    "evacuation": _of("kind of exercise", "evacuation"),
    "logistics": _of("kind of exercise", "logistics"),
    "land": _of("kind of exercise", "land"),
    "sea": _of("kind of exercise", "sea"),
    "amphibious": _of("kind of exercise", "amphibious"),
    "warfighting": _of("kind of exercise", "warfighting"),
    "humanitarian": _of("kind of exercise", "humanitarian"),
}
"""Forms, scenarios, domains and purposes."""
BASES: Table = {
    "entry": _of("legal basis", "entry"),
    "status": _of("legal basis", "status"),
    "release": _of("legal basis", "release"),
    "supply": _of("legal basis", "supply"),
    "transfer": _of("legal basis", "transfer"),
    "train": _of("legal basis", "train"),
    "overfly": _of("legal basis", "overfly"),
}
TABLES: Mapping[str, Table] = {
    "exercise-step": STEPS, "limit": LIMITS, "exercise-day": DAYS, "exercise": STANDS, "exercise-kind": KINDS, "legal-basis": BASES,
}  # fmt: skip
