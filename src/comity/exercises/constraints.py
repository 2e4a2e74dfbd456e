"""How many large activities may a state hold in so many years, or at once, and does this exercise keep to that beside the others on record?

Source: how-exercises-are-planned.md, section 6; each constraint cites its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from comity.acts import Act
from comity.exercises.design import MEASURES
from comity.terms import Moment, parse_moment


@dataclass(frozen=True, slots=True)
class Constraint:
    """At most ``most`` activities above these sizes, in so many calendar ``years`` (0: at once), for activities from ``from_`` on."""

    id: str
    agreement: str
    article: str
    says: str
    read: str
    source: str
    from_: Moment
    most: int
    years: int
    above: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Large:
    """An activity as it counts for a constraint: its name, when it starts and ends, and the numbers that it gives."""

    activity: str
    starts: Moment
    ends: Moment
    numbers: Mapping[str, int]


class LimitState(StrEnum):
    """Whether a constraint is kept."""

    KEPT = "kept"
    EXCEEDED = "exceeded"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class ConstraintStatus:
    """A constraint beside a design: kept or not; how many count with the design, for sure and possibly; and which others do."""

    constraint: Constraint
    state: LimitState
    surely: int
    possibly: int
    others: tuple[str, ...]


@cache
def constraints() -> tuple[Constraint, ...]:
    """Every constraint that there is."""
    text = files("comity.exercises").joinpath("constraints.toml").read_text(encoding="utf-8")
    found = []
    for one in tomllib.loads(text)["constraint"]:
        from_ = parse_moment(one.pop("from"))
        found.append(Constraint(**one, from_=from_))
    return tuple(found)


def activity_of(act: Act) -> Large | None:
    """The activity that an act of kind *plan* is of; None: it says not when it starts, or is of something else."""
    details = act.details
    if details.get("what") != "exercise" or "starts" not in details:
        return None
    starts = parse_moment(details["starts"])
    ends = parse_moment(details["ends"]) if "ends" in details else starts
    return Large(details.get("activity", act.ref), starts, ends, {name: int(details[name]) for name in MEASURES if name in details})


def held_by(acts: Iterable[Act], state: str) -> list[Large]:
    """The activities of a state out of acts in the order of their recording: each once, as last recorded."""
    found: dict[str, Large] = {}
    for act in acts:
        activity = activity_of(act)
        if activity is not None and state in (act.territory or (act.attributed_to,)):
            found[activity.activity] = activity
    return list(found.values())


def weigh(constraint: Constraint, design: Large, others: Sequence[Large]) -> ConstraintStatus:
    """Does the design keep the constraint, beside the others?"""
    sure, possible = is_above(constraint, design)
    if not possible or design.starts.last < constraint.from_.first:
        return ConstraintStatus(constraint, LimitState.KEPT, 0, 0, ())
    counted = [(one, *_counts(constraint, design, one)) for one in others if one.activity != design.activity]
    if constraint.years:
        surely, possibly = _most(constraint, design, [(one, is_sure) for one, is_sure, may_be in counted if may_be])
    else:
        surely, possibly = 1 + sum(is_sure for _, is_sure, _ in counted), 1 + sum(may_be for _, _, may_be in counted)
    state = LimitState.EXCEEDED if sure and surely > constraint.most else LimitState.NOT_KNOWN if possibly > constraint.most else LimitState.KEPT
    return ConstraintStatus(constraint, state, surely if sure else 0, possibly, tuple(one.activity for one, _, may_be in counted if may_be))


def is_above(constraint: Constraint, activity: Large) -> tuple[bool, bool]:
    """Is the activity above the sizes: surely, and possibly?"""
    given = [(activity.numbers[name], most) for name, most in constraint.above.items() if name in activity.numbers]
    surely = any(number > most for number, most in given)
    return surely, surely or not given


def _counts(constraint: Constraint, design: Large, other: Large) -> tuple[bool, bool]:
    """Does the other activity count beside the design: surely, and possibly? In years: in whichever window holds it."""
    sure, possible = is_above(constraint, other)
    if constraint.years:
        near = range(design.starts.first.year - constraint.years + 1, design.starts.last.year + constraint.years)
        return sure, possible and any(year in near for year in range(other.starts.first.year, other.starts.last.year + 1))
    meet = other.starts.last <= design.ends.first and design.starts.last <= other.ends.first
    may_meet = other.starts.first <= design.ends.last and design.starts.first <= other.ends.last
    return sure and meet, possible and may_meet


def _most(constraint: Constraint, design: Large, others: Sequence[tuple[Large, bool]]) -> tuple[int, int]:
    """Of the windows of years with the design's start, the most that count with it in one: in whichever year that is, and in some year."""
    surely, possibly = list[int](), list[int]()
    for year in range(design.starts.first.year, design.starts.last.year + 1):
        windows = [(first, first + constraint.years - 1) for first in range(year - constraint.years + 1, year + 1)]
        surely.append(
            max(sum(sure and first <= one.starts.first.year and one.starts.last.year <= last for one, sure in others) for first, last in windows)
        )
        possibly.append(max(sum(one.starts.first.year <= last and first <= one.starts.last.year for one, _ in others) for first, last in windows))
    return 1 + min(surely), 1 + max(possibly)
