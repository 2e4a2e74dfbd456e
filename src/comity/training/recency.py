"""Who was trained with whom, in what, and when last: rows for whoever asks how well two states work together.

Source: how-training-is-counted.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from comity.acts import Act
from comity.procedures import KeptAct
from comity.standing import Standing
from comity.terms import Moment, parse_moment
from comity.training.acts import ATTEND, CERTIFY, COURSE, POST, Begun, begun, persons, surely, whose
from comity.training.posts import sure_stay


@dataclass(frozen=True, slots=True)
class TrainedTogether:
    """Two parties, by their codes in order, that were trained together in a capability: when last, and by which act that is known."""

    parties: tuple[str, str]
    capability: str
    last: Moment
    act: Act


def last_trained(standing: Standing) -> list[TrainedTogether]:
    """For each two and each capability when they were last trained together in it, as known and seen, up to the day asked about."""
    latest: dict[tuple[tuple[str, str], str], TrainedTogether] = {}
    for row in [*_on_courses(standing), *_in_posts(standing)]:
        key = row.parties, row.capability.casefold()
        if key not in latest or _later(row, latest[key]):
            latest[key] = row
    return [latest[key] for key in sorted(latest)]


def _later(row: TrainedTogether, than: TrainedTogether) -> bool:
    return (row.last.last, row.act.ref, row.act.hash) > (than.last.last, than.act.ref, than.act.hash)


def _on_courses(standing: Standing) -> Iterator[TrainedTogether]:
    for course in begun(standing, COURSE):
        details = course.act.act.details
        if "capability" in details and surely([course.act], standing.on):
            ended = parse_moment(details["ends"]) if "ends" in details else None
            yield from _pairs(course, details["capability"], None if ended is None or ended.last > standing.on else ended, standing.on)


def _pairs(course: Begun, capability: str, ended: Moment | None, on: date) -> Iterator[TrainedTogether]:
    there: dict[str, KeptAct] = {}
    for one in sorted(surely(course.of(ATTEND, CERTIFY), on), key=_place):
        if persons(one) > 0:
            there[whose(one)] = one
    there.pop(course.act.by, None)
    pairs = [*((course.act.by, nation, act) for nation, act in there.items())]
    pairs += [(a, b, max(there[a], there[b], key=_place)) for a, b in combinations(there, 2)]
    for a, b, act in pairs:
        done = act.act.done
        assert done is not None, "no act without a day counts"
        yield TrainedTogether((min(a, b), max(a, b)), capability, done if ended is None else ended, act.act)


def _place(one: KeptAct) -> tuple[date, str, str]:
    return one.last, one.act.ref, one.act.hash


def _in_posts(standing: Standing) -> Iterator[TrainedTogether]:
    for post in begun(standing, POST):
        act = post.act.act
        stay = sure_stay(post, standing.on)
        if stay is not None and "capability" in act.details and act.counterparty[0] != post.act.by:
            pair = sorted((post.act.by, act.counterparty[0]))
            yield TrainedTogether((pair[0], pair[1]), act.details["capability"], parse_moment(stay[1].isoformat()), act)
