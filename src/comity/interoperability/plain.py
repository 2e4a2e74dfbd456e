"""What is told of training, gaps, standards and cover, as plain data for programs."""

from __future__ import annotations

from datetime import date

from comity.interoperability.gaps import TrainingGap
from comity.interoperability.hosting import GuestCover, HeldCover, stationing_rests_on
from comity.interoperability.standards import Edition, Position, SharedStandard
from comity.interoperability.training import ANY_CAPABILITY, DayWindow, JointExercise, Training, TrainingKind
from comity.terms import Verdict
from comity.training import HeldTraining

Plain = dict[str, object]
_TIMES: tuple[tuple[str, TrainingKind], ...] = (("exercises", "exercise"), ("courses", "course"), ("posts", "post"), ("other", "other"))


def training_to_plain(of: Training) -> Plain:
    """One answer about training."""
    return {
        "nations": list(of.nations),
        "capability": of.capability,
        "on": of.on.isoformat(),
        "state": of.state,
        "last": _window(of.last),
        "first": _window(of.first),
        "times": {name: _count(of.counts.get(kind, (0, 0))) for name, kind in _TIMES},
        "recency": {"low": round(of.recency[0], 6), "high": round(of.recency[1], 6)},
        "half_life": of.half_life,
        "since": _day(of.since),
        "complete": of.complete,
        "courses_complete": of.courses_complete,
        "kind": of.kind,
        "what": of.what or None,
        "acts": list(of.acts),
        "covered_by": list(of.covered_by),
    }


def gap_to_plain(of: TrainingGap) -> Plain:
    """One gap of training."""
    return {"fresh": str(of.verdict), "within": of.within, "stale_from": _day(of.stale_from), "training": training_to_plain(of.training)}


def edition_to_plain(of: Edition) -> Plain:
    """One edition of a standard."""
    return {
        "standard": of.standard,
        "edition": of.edition,
        "title": of.title or None,
        "capabilities": sorted(of.capabilities),
        "promulgated": None if of.promulgated is None else _window(of.promulgated),
        "status": of.status,
    }


def position_to_plain(of: Position) -> Plain:
    """What one nation said of one edition, and whether it uses it."""
    return {
        "nation": of.nation,
        "standard": of.standard,
        "edition": of.edition,
        "answer": of.answer or None,
        "uses": str(of.uses),
        "services": list(of.services),
        "reservation": of.reservation or None,
        "acts": list(of.acts),
    }


def shared_to_plain(of: SharedStandard) -> Plain:
    """Whether two nations share one standard."""
    return {
        "nations": list(of.nations),
        "standard": of.standard,
        "shared": str(of.verdict),
        "editions": list(of.editions),
        "superseded": list(of.superseded),
        "reservations": list(of.reservations),
    }


def exercise_to_plain(of: JointExercise) -> Plain:
    """One exercise that was held."""
    named = frozenset.intersection(*(part.named for part in of.parts)) - {ANY_CAPABILITY}
    return {
        "exercise": of.activity or None,
        "starts": of.starts,
        "place": of.place or None,
        "nations": sorted(of.nations),
        "capabilities": sorted(named),
        "acts": [part.act for part in of.parts],
    }


def cover_to_plain(of: HeldCover) -> Plain:
    """One exercise that was held, with the legal basis of its guests."""
    return {
        **exercise_to_plain(of.exercise),
        "during": _window(of.during),
        "where": of.whereabouts.where,
        "why": of.whereabouts.why or None,
        "hosts": [{"party": party, "territory": territory} for party, territory in of.whereabouts.hosts],
        "guests": [_guest(one) for one in of.guests],
        "verdict": None if of.verdict is None else str(of.verdict),
    }


def _guest(of: GuestCover) -> Plain:
    found = of.stationing
    return {
        "guest": of.guest,
        "host": of.host,
        "entry": None if found is None else str(found.entry.verdict),
        "status": None if found is None else str(found.status.verdict),
        "lacks": None if found is None else found.decided_by if found.verdict is not Verdict.YES else None,
        "rests_on": [] if found is None else list(stationing_rests_on(found)),
    }


def _count(times: tuple[int, int]) -> Plain:
    return {"least": times[0], "most": times[1]}


def held_to_plain(of: HeldTraining, starts: DayWindow) -> Plain:
    """One course or post in which nations were together."""
    return {
        "kind": of.kind,
        "what": of.title or None,
        "capability": of.capability or None,
        "starts": _window(starts),
        "by": of.by,
        "with": list(of.parties),
        "acts": list(dict.fromkeys((of.act, *(part.act for part in of.parts)))),
    }


def _window(days: tuple[date | None, date | None]) -> Plain:
    return {"from": _day(days[0]), "to": _day(days[1])}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
