"""Exercises: those on record, and what the design of one comes to on the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from comity.web.api import shapes_of_exercises as shapes
from comity.web.api.cursors import part_of
from comity.web.api.parameters import Axes, Listed, begin, text
from comity.web.exercises import listing, one, records
from comity.web.exercises.designs import Recorded
from comity.web.exercises.looking import Looked, looked_at

router = Router(by_alias=True)
Plain = dict[str, Any]


class ExercisesAsked(Listed):
    """Whose, of which year and kind, with which words."""

    party: str = text("Of one party only, by code or name.", "DEU")
    year: str = text("Held in one year only.", "2028")
    kind: str = text("Of one domain, purpose, scenario or capability only.", "land")
    q: str = text("With these words in its name or place.", "heather")


@router.get("/exercises", response=shapes.Exercises, tags=["Record"], summary="List exercises")
def list_exercises(request: HttpRequest, query: Query[ExercisesAsked]) -> Plain:
    """Exercises that are designed, planned, notified or held, as far as the record tells it on the day."""
    this = begin(request, query)
    given = {name: getattr(query, name).strip() for name in ("party", "year", "kind", "q")}
    wanted = listing.read_wanted(this, given, listing.kinds_of(this))
    found = records.chosen(records.lines_of(this), wanted)
    part = part_of(request, this, (*found.coming, *found.over), _place, query.limit)
    return {"exercises": [records.line_to_plain(line) for line in part.items], "next": part.next, "total": part.total}


def _place(line: records.Line) -> tuple[str, ...]:
    return ((line.first or date.max).isoformat(), line.activity, *line.acts[:1])


@router.get("/exercises/{path:exercise}", response=shapes.ExerciseAlone, tags=["Record"], summary="One exercise")
def one_exercise(request: HttpRequest, exercise: str, query: Query[Axes]) -> Plain:
    """What acts say of it; and of its design, if one is on record: where it stands, its days, flaws, legal bases, and what has to be notified."""
    this = begin(request, query)
    activity, recorded = one.read(this, exercise)
    looked = looked_at(this, recorded.read) if recorded is not None and recorded.read is not None else None
    return {
        "activity": activity,
        "held": [records.line_to_plain(line) for line in one.lines_about(this, activity)],
        "acts": [act.ref for act in one.acts_about(this, activity)],
        "design": _design(one.to_plain(recorded, looked), recorded, looked) if recorded is not None and looked is not None else None,
    }


def _design(plain: Plain, recorded: Recorded, looked: Looked) -> Plain:
    life = plain["life"]
    return {
        **{name: plain[name] for name in ("acts", "days", "flaws", "coverage", "notices")},
        "sha256": looked.read.sha256,
        "process": looked.design.process,
        "form": looked.design.form,
        "stands": life["stands"],
        "stages": [{name: stage[name] for name in ("id", "title", "steps")} for stage in life["stages"]],
    }
