"""Which legal bases does the exercise need, and are they there on each of its days? The matrix of its coverage, made from its design.

Source: how-exercises-are-planned.md, section 7; how-permissions-are-derived.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.exercises.design import Design, Participant
from comity.permissions import Activity, Matrix, coverage
from comity.standing import Standing
from comity.terms import Moment


def coverage_of(design: Design, standing: Standing) -> Matrix:
    """The coverage of the exercise: each guest on its own days with what it brings, then what is exchanged and provided."""
    whole = _activity(design, design.from_, design.until, participants=design.nations)
    shared = Activity(
        title=design.title, from_=whole.from_, until=whole.until, purpose=design.purpose, exchange=design.exchange, support=design.support
    )
    guests = [coverage(guest, standing).needs for guest in _guests(design)]
    return Matrix(whole, (*(need for needs in guests for need in needs), *coverage(shared, standing).needs))


def _guests(design: Design) -> Iterator[Activity]:
    for one in design.participant:
        if one.nation != design.host:
            yield _activity(design, one.from_ or design.from_, one.until or design.until, (design.host, one.nation), _brought(one))


def _activity(design: Design, start: Moment, end: Moment, participants: tuple[str, ...], brings: tuple[str, ...] = ()) -> Activity:
    """The exercise on every day on which it can be."""
    return Activity(
        title=design.title,
        from_=start.first,
        until=max(end.last, start.first),
        host=design.host,
        territory=None if design.territory == design.host else design.territory,
        participants=participants,
        purpose=design.purpose,
        brings=brings,
    )


def _brought(one: Participant) -> tuple[str, ...]:
    """What a participant brings, and what its forces do, each once."""
    return tuple(dict.fromkeys([*one.brings, *(thing for force in one.force for thing in force.brings)]))


def unsure_days(design: Design) -> tuple[str, ...]:
    """Which of its days are not known yet, in words."""
    days = (("from", design.from_), ("until", design.until), ("startex", design.startex), ("endex", design.endex))
    return tuple(f"{name} is {day}: which day is not known yet" for name, day in days if day is not None and not day.certain)
