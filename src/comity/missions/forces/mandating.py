"""Which acts give a mission its mandate, on which days, and which end it before its time?

Source: how-forces-are-generated.md, 9.14; how-permissions-are-derived.md, 5.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.acts import Act
from comity.missions.counting import CountedAct
from comity.missions.forces.answering import MANDATE, ActsOfMission
from comity.missions.forces.lasting import between, bounds, ending, lasting, until
from comity.missions.forces.missions import Mandate
from comity.terms import Moment


@dataclass(frozen=True, slots=True)
class MandateGiven:
    """An act that gives a mandate, the act that ends it before its time (None: none does), and on which days there is one by it."""

    act: Act
    revoked: Act | None
    days: tuple[Mandate, ...]


def mandates(own: ActsOfMission) -> Iterator[MandateGiven]:
    """The mandates of a mission, in the order of their acts."""
    given = {one.act.hash: one for one in own.opened(MANDATE)}
    replies = own.by_party("revoke-activity", given)
    general = [one for one in own.acts if one.kind == "revoke-activity" and one.act.replies_to is None]
    for hash_, one in given.items():
        back = own.in_order([*replies.get(hash_, ()), *(other for other in general if other.by == one.by)])
        yield _given(one, [other for other in back if _is_no_earlier(from_when(other.act), from_when(one.act))])


def _given(one: CountedAct, back: list[CountedAct]) -> MandateGiven:
    stated = until(one.act)
    ends = [ending(other, from_when(other.act)) for other in back]
    in_time = [(when.when.first, n) for n, when in enumerate(ends) if when.when.first < bounds(stated).first]
    revoked = back[min(in_time)[1]].act if in_time else None
    spans = lasting(between(one.act, from_when(one.act)), one.sure, [*stated, *ends])
    ref = "" if revoked is None else revoked.ref
    return MandateGiven(one.act, revoked, tuple(Mandate(days, sure, one.act.ref, ref) for days, sure in spans))


def from_when(act: Act) -> Moment | None:
    """From when a mandate, or its revocation, is meant to be: its effect, else when it was received, made or notified."""
    return act.effect or act.received or act.made or act.notified


def _is_no_earlier(moment: Moment | None, other: Moment | None) -> bool:
    """Can the one be no earlier than the other? Where a day is not on record, it can."""
    return moment is None or other is None or moment.last >= other.first
