"""The first day on which each step of a dispute could be asked for, if each before it is asked for on its first day and nobody answers.

Source: how-disputes-are-followed.md, section 11.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from comity.agreements import EVER
from comity.agreements.requirements import Lead
from comity.disputes.stages import Dispute, MeansState, StepStanding
from comity.duties import following
from comity.terms import Verdict

StepPlace = tuple[str, int]
"""A step by its clause and its number in it."""


def first_days(dispute: Dispute, on: date, zone: str | None) -> Mapping[StepPlace, date]:
    """For each step that is not ruled out the day on which it was asked for, else the first from ``on`` on which it could be, where one follows."""
    found: dict[StepPlace, date] = {}
    for one in dispute.steps:
        if one.states != (MeansState.NOT_BEGUN,):
            day = one.asked or one.since
        else:
            day = max(one.opens, on) if one.opens is not None else _after_others(dispute, one, found, zone)
        if day is not None and one.law is not Verdict.NO:
            found[place_of(one)] = day
    return found


def _after_others(dispute: Dispute, one: StepStanding, found: Mapping[StepPlace, date], zone: str | None) -> date | None:
    """The day after the earliest time that runs out of the steps of which one has to be tried first."""
    days = []
    for other in dispute.steps:
        begun, step = found.get(place_of(other)), other.place.step
        if begun is not None and other.place.clause.id == one.place.clause.id and other.place.number in one.place.step.follows:
            lead = one.place.step.after or step.within or step.answer or step.organised
            if lead is not None and (end := day_after(begun, lead, zone)) is not None:
                days.append(end + timedelta(days=1))
    return min(days, default=None)


def place_of(one: StepStanding) -> StepPlace:
    """Where the step stands."""
    return one.place.clause.id, one.place.number


def day_after(day: date, lead: Lead, zone: str | None) -> date | None:
    """The day to which so long after a day leads; None: beyond the calendar."""
    end = following(day.toordinal(), None, lead, zone).day
    return date.fromordinal(end) if end < EVER else None
