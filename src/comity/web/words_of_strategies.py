"""The pages' words for what the rooms of strategies and allocations name. See ``wording``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

Table = Mapping[str, str | Promise]

PROGRESS: Table = {
    "met": _of("target", "met"),
    "not met": _of("target", "not met"),
    "on course": _of("target", "on course"),
    "behind": _of("target", "behind"),
    "unknown": _of("verdict", "unknown"),
}
PARTS: Table = {
    "strategy": _of("part of a strategy", "strategy"),
    "interest": _of("part of a strategy", "interest"),
    "objective": _of("part of a strategy", "objective"),
    "outcome": _of("part of a strategy", "outcome"),
    "initiative": _of("part of a strategy", "initiative"),
    "output": _of("part of a strategy", "output"),
    "indicator": _of("part of a strategy", "indicator"),
    "assumption": _of("part of a strategy", "assumption"),
    "risk": _of("part of a strategy", "risk"),
    "stakeholder": _of("part of a strategy", "stakeholder"),
}
DONE: Table = {
    "added": _of("part of a strategy", "added"),
    "removed": _of("part of a strategy", "removed"),
    "altered": _of("part of a strategy", "altered"),
}
SOURCES: Table = {
    "judgement": _of("source of an effect", "judgement"),
    "estimate": _of("source of an effect", "estimate"),
    "indicator": _of("source of an effect", "indicator"),
}
TABLES_OF_STRATEGIES: Mapping[str, Table] = {"target-progress": PROGRESS, "strategy-part": PARTS, "strategy-change": DONE, "effect-source": SOURCES}
