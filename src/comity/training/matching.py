"""Needs of training and who could meet them: persons given to offers so that the needs, in their order, each get as many as they can.

Source: how-training-is-counted.md, section 5; J. Edmonds and R. M. Karp, Journal of the ACM 19 (1972), for augmenting along shortest paths.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from comity.acts import Act
from comity.procedures import agreed
from comity.standing import Standing
from comity.terms import Verdict, parse_moment
from comity.training.acts import CLOSE, COURSE, NEED, OFFER, Begun, begun, day_in, persons, surely
from comity.training.courses import course_places, most_nominated


@dataclass(frozen=True, slots=True)
class TrainingSide:
    """A need or an offer: of whom, in what, for how many persons, from a day until another (None: for ever), and whether it stands on the day."""

    act: Act
    party: str
    capability: str
    persons: int
    from_: date
    until: date | None
    stands: Verdict
    open_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetNeed:
    """A need with the offers that could meet it, how many persons by each; and how many are left over, and why."""

    need: TrainingSide
    by: tuple[tuple[TrainingSide, int], ...]
    unmet: int
    why: str


def needs_of(standing: Standing) -> list[TrainingSide]:
    """Every need that stands, or of which that is in doubt, in the order in which they are met."""
    found = [_side(one, standing.on) for one in begun(standing, NEED)]
    told = [one for one in found if one.stands is not Verdict.NO]
    return sorted(told, key=lambda one: (one.until is None, one.until or date.max, one.act.ref, one.act.hash))


def offers_of(standing: Standing) -> list[TrainingSide]:
    """Every offer to train that stands, or of which that is in doubt, and every course with places left, by reference."""
    on = standing.on
    found = [_side(one, on) for one in begun(standing, OFFER)]
    found += [side for one in begun(standing, COURSE) for side in _of_course(one, on)]
    return sorted((one for one in found if one.stands is not Verdict.NO), key=lambda one: (one.act.ref, one.act.hash))


def met_needs(standing: Standing) -> list[MetNeed]:
    """How the needs that stand can be met by the offers that do."""
    needs = [one for one in needs_of(standing) if one.stands is Verdict.YES]
    offers = [one for one in offers_of(standing) if one.stands is Verdict.YES]
    given = match_needs([one.persons for one in needs], [one.persons for one in offers], [[_fits(n, o) for o in offers] for n in needs])
    found = []
    for number, need in enumerate(needs):
        by = tuple((offer, given[number][at]) for at, offer in enumerate(offers) if given[number][at])
        unmet = need.persons - sum(given[number])
        found.append(MetNeed(need, by, unmet, _why(need, offers) if unmet else ""))
    return found


def match_needs(needs: Sequence[int], offers: Sequence[int], fits: Sequence[Sequence[bool]]) -> list[list[int]]:
    """Of each need (row) how many each offer (column) takes; the needs in their order get as many as they can, none of which is taken back."""
    given = [[0] * len(offers) for _ in needs]
    for need, wanted in enumerate(needs):
        while sum(given[need]) < wanted:
            path = _path(need, offers, fits, given)
            if path is None:
                break
            spare = offers[path[-1][1]] - sum(row[path[-1][1]] for row in given)
            back = [given[after[0]][before[1]] for before, after in pairwise(path)]
            more = min([wanted - sum(given[need]), spare, *back])
            for before, after in pairwise(path):
                given[after[0]][before[1]] -= more
            for row, column in path:
                given[row][column] += more
    return given


def _path(start: int, offers: Sequence[int], fits: Sequence[Sequence[bool]], given: Sequence[Sequence[int]]) -> list[tuple[int, int]] | None:
    """The shortest way from a need to an offer with room, over offers whose other needs can go elsewhere: (need, offer) at each step."""
    todo, seen = deque[list[tuple[int, int]]]([[]]), set[int]()
    while todo:
        path = todo.popleft()
        for need in [start] if not path else [row for row in range(len(given)) if given[row][path[-1][1]]]:
            for offer in range(len(offers)):
                if fits[need][offer] and offer not in seen:
                    seen.add(offer)
                    longer = [*path, (need, offer)]
                    if sum(row[offer] for row in given) < offers[offer]:
                        return longer
                    todo.append(longer)
    return None


def _side(one: Begun, on: date) -> TrainingSide:
    until, act = day_in(one.act, "until"), one.act
    ways = [_stands(one, on, last) for last in (False, True)]
    same = agreed(ways)
    stands = same if same is not Verdict.YES else Verdict.YES if True in ways[0] else Verdict.NO
    open_to = act.act.counterparty if act.kind == OFFER else ()
    return TrainingSide(
        act.act, act.by, act.act.details.get("capability", ""), persons(act), day_in(act, "from") or act.first, until, stands, open_to
    )


def _stands(one: Begun, on: date, last: bool) -> set[bool]:
    until = day_in(one.act, "until")
    there = one.act.day(last) <= on and (until is None or on < until)
    found = {there, False} if one.act.doubtful else {there}
    for closing in one.of(CLOSE):
        if closing.day(last) <= on:
            found = found | {False} if closing.doubtful else {False}
    return found


def _of_course(course: Begun, on: date) -> Iterator[TrainingSide]:
    details = course.act.act.details
    if "capability" not in details or "starts" not in details or not surely([course.act], on):
        return
    starts = parse_moment(details["starts"]).first
    left = course_places(course.act) - most_nominated(course, None, on)
    if on < starts and left > 0:
        until = starts + timedelta(days=1)
        act = course.act
        yield TrainingSide(act.act, act.by, details["capability"], left, starts, until, Verdict.YES, act.act.counterparty)


def _fits(need: TrainingSide, offer: TrainingSide) -> bool:
    return _alike(need, offer) and _open(need, offer) and _at_the_time(need, offer)


def _alike(need: TrainingSide, offer: TrainingSide) -> bool:
    return need.party != offer.party and need.capability.casefold() == offer.capability.casefold()


def _open(need: TrainingSide, offer: TrainingSide) -> bool:
    return not offer.open_to or need.party in offer.open_to


def _at_the_time(need: TrainingSide, offer: TrainingSide) -> bool:
    start = max(need.from_, offer.from_)
    return all(until is None or start < until for until in (need.until, offer.until))


def _why(need: TrainingSide, offers: Sequence[TrainingSide]) -> str:
    there = [offer for offer in offers if _alike(need, offer)]
    if not there:
        return "nobody offers it"
    there = [offer for offer in there if _open(need, offer)]
    if not there:
        return f"it is not offered to {need.party}"
    return "all that is offered is taken" if any(_at_the_time(need, offer) for offer in there) else "it is not offered at the time"
