"""The slow reading of docs/explanation/how-interoperability-is-told.md, section 9: who was trained together on courses and by posts.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from comity.terms import Moment, parse_moment
from oracles.kept_acts import KeptAct
from oracles.training import effect, first_day, last_day, of, stated, whose

Span = tuple[int, int]
TRAINS = {"exchange", "instructor", "mobile-team"}


@dataclass(frozen=True)
class Session:
    """A sighting on a course or by a post, with the references of its acts."""

    root: KeptAct
    kind: str
    title: str
    start: Span
    end: Span
    capability: str
    doubtful: bool
    acts: tuple[str, ...]


@dataclass(frozen=True)
class Persons:
    """What is asked of the parties: is a code of one of these persons; which are organisations; the last days that follow a day without a gap."""

    is_of: Callable[[str, set[str]], bool]
    is_organisation: Callable[[set[str]], bool]
    last_covered: Callable[[int], int | None]
    last_existing: Callable[[int], int | None]


def sessions(acts: Sequence[KeptAct], persons: Sequence[set[str]], about: Persons) -> Iterator[Session]:
    """What these persons, all of them, were trained in together."""
    if any(about.is_organisation(person) for person in persons):
        return
    for act in acts:
        if act.kind == "offer-course":
            yield from on_course(act, acts, persons, about)
        if act.kind == "fill-post" and len(persons) == 2:
            yield from by_post(act, acts, persons, about)


def capability(act: KeptAct) -> str:
    return " ".join(word for word in act.act.details.get("capability", "").split()).lower() or "any"


# 9.2, 9.3


def on_course(offer: KeptAct, acts: Sequence[KeptAct], persons: Sequence[set[str]], about: Persons) -> Iterator[Session]:
    came = [act for act in of(offer, acts, "attend-course", "certify-course") if int(act.act.details["persons"]) >= 1]
    others = [person for person in persons if not about.is_of(offer.who, person)]
    for chosen in itertools.product(*([act for act in came if about.is_of(whose(act), person)] for person in others)):
        spans = [course_days(offer, act) for act in chosen]
        start = max(s[0] for s, _ in spans), max(s[1] for s, _ in spans)
        end = max(e[0] for _, e in spans), max(e[1] for _, e in spans)
        doubtful = offer.doubtful or any(act.doubtful for act in chosen)
        refs = {act.act.ref for act in chosen} | ({offer.act.ref} if len(others) < len(persons) else set())
        yield Session(offer, "course", offer.act.details["course"], start, end, capability(offer), doubtful, tuple(sorted(refs)))


def course_days(offer: KeptAct, act: KeptAct) -> tuple[Span, Span]:
    told = act.first.toordinal(), act.last.toordinal()
    offered = {name: span(parse_moment(offer.act.details[name])) for name in ("starts", "ends") if name in offer.act.details}
    start = offered.get("starts")
    if start is None:
        start = told
        if "ends" in offered and offered["ends"][1] < told[0]:
            start = offered["ends"]
    end = offered.get("ends")
    if end is None:
        end = start[0], told[1] if told[1] > start[1] else start[1]
    if end[1] < start[0]:
        end = start
    return in_order(start, end)


def span(moment: Moment) -> Span:
    return moment.first.toordinal(), moment.last.toordinal()


def in_order(start: Span, end: Span) -> tuple[Span, Span]:
    """1.3, the last sentence."""
    return (start[0], min(start[1], end[1])), (max(end[0], start[0]), end[1])


# 9.4, 9.5, 9.7


def by_post(post: KeptAct, acts: Sequence[KeptAct], persons: Sequence[set[str]], about: Persons) -> Iterator[Session]:
    host = post.act.counterparty[0]
    if not any(about.is_of(post.who, a) and about.is_of(host, b) for a, b in itertools.permutations(persons)):
        return
    trains = "capability" in post.act.details or post.act.details["role"] in TRAINS
    if int(post.act.details.get("persons", "1")) < 1 or not trains:
        return
    begins = [(stated(post, "from") or effect(post, day, last)).toordinal() for day, last in ((first_day, False), (last_day, True))]
    ends = of(post, acts, "end-post")
    until = stated(post, "until")
    by_all = [filled_to(until, ends, False)]
    by_sure = filled_to(until, [end for end in ends if not end.doubtful], True)
    if by_sure is None:
        by_sure = max(about.last_existing(begins[0]) or begins[0], begins[1])
        by_all.append(about.last_covered(begins[0]) or begins[0])
    if by_sure < begins[0]:
        return
    earliest = min(day for day in by_all if day is not None)
    start, end = in_order((begins[0], begins[1]), (earliest, by_sure))
    doubtful = post.doubtful
    for one in ends:
        last = filled_to(None, [one], False)
        if one.doubtful and last is not None and last < start[1]:
            doubtful = True
    yield Session(post, "post", post.act.details["post"], start, end, capability(post), doubtful, (post.act.ref,))


def filled_to(until: date | None, ends: Sequence[KeptAct], last: bool) -> int | None:
    """The last day on which it is filled, with days of acts taken at their first or last; None: nothing says."""
    day = last_day if last else first_day
    stops = [(stated(end, "until") or effect(end, day, last)).toordinal() for end in ends] + ([until.toordinal()] if until else [])
    return min(stops) - 1 if stops else None
