"""Courses and posts as they trained parties together: who was in each, by which acts, and on which days that can have been.

Source: how-interoperability-is-told.md, section 9; how-training-is-counted.md, sections 1 to 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from comity.procedures import KeptAct
from comity.standing import Standing
from comity.terms import parse_moment
from comity.training.acts import ATTEND, CERTIFY, COURSE, END_POST, POST, Begun, begun, day_in, persons, whose
from comity.training.posts import post_begins, post_ended

TEACHING = ("exchange", "instructor", "mobile-team")
"""The roles of posts that train, whatever it is; one of another role does if it names what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPart:
    """A party in a course, or with whom a post was filled, as one act tells it.

    ``starts`` and ``ends``: the first and the last day that each can be; an end of None is not told.
    """

    party: str
    starts: tuple[date, date]
    ends: tuple[date | None, date | None]
    doubtful: bool
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTraining:
    """A course or a post: ``by`` whom it is offered or filled, with ``act``; who else was in it; ``capability``: blank where it is not said."""

    kind: Literal["course", "post"]
    title: str
    capability: str
    by: str
    act: str
    doubtful: bool
    parts: tuple[HeldPart, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """Of whom it was, each once."""
        return tuple(dict.fromkeys(part.party for part in self.parts))


def trainings_held(standing: Standing) -> tuple[HeldTraining, ...]:
    """The courses and posts on record, whatever their day, by reference; a course that nobody attended has no parts."""
    courses = (_held("course", one, _attended(one)) for one in begun(standing, COURSE))
    posts = (_held("post", one, _filled(one)) for one in begun(standing, POST))
    return (*courses, *posts)


def _held(kind: Literal["course", "post"], one: Begun, parts: Iterator[HeldPart]) -> HeldTraining:
    act = one.act.act
    capability = " ".join(act.details.get("capability", "").split()).casefold()
    return HeldTraining(
        kind=kind,
        title=act.details.get(kind, ""),
        capability=capability,
        by=one.act.by,
        act=act.ref,
        doubtful=one.act.doubtful,
        parts=tuple(parts),
    )


# -- courses


def _attended(course: Begun) -> Iterator[HeldPart]:
    for one in course.of(ATTEND, CERTIFY):
        if persons(one) > 0:
            starts, ends = _days(course.act, one)
            yield HeldPart(party=whose(one), starts=starts, ends=ends, doubtful=one.doubtful, act=one.act.ref)


def _days(offer: KeptAct, told: KeptAct) -> tuple[tuple[date, date], tuple[date, date]]:
    """When it started and ended, by the offer, and by an act of attending where that does not say."""
    starts, ends = _stated(offer, "starts"), _stated(offer, "ends")
    act = told.first, told.last
    start = starts or (ends if ends is not None and ends[1] < act[0] else act)
    if ends is None:
        end = start[0], max(start[1], act[1])
    else:
        end = start if ends[1] < start[0] else ends
    return (start[0], min(start[1], end[1])), (max(end[0], start[0]), end[1])


def _stated(offer: KeptAct, name: str) -> tuple[date, date] | None:
    moment = parse_moment(offer.act.details[name]) if name in offer.act.details else None
    return None if moment is None else (moment.first, moment.last)


# -- posts


def _filled(post: Begun) -> Iterator[HeldPart]:
    act = post.act.act
    if persons(post.act) < 1 or not ("capability" in act.details or act.details.get("role") in TEACHING):
        return
    start = post_begins(post.act, False), post_begins(post.act, True)
    until = day_in(post.act, "until")
    stops = [(until, until, False)] if until is not None else []
    stops += [(post_ended(one, False), post_ended(one, True), one.doubtful) for one in post.of(END_POST)]
    first = min((_before(stop) for stop, _, _ in stops), default=None)
    last = min((_before(stop) for _, stop, doubtful in stops if not doubtful), default=None)
    if last is not None:
        if last < start[0]:
            return
        start = start[0], min(start[1], last)
    in_doubt = any(doubtful and stop <= start[1] for stop, _, doubtful in stops)
    ends = None if first is None else max(first, start[0]), last
    yield HeldPart(party=act.counterparty[0], starts=start, ends=ends, doubtful=in_doubt, act=act.ref)


def _before(day: date) -> date:
    return day if day == date.min else day - timedelta(days=1)
