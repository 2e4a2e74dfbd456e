"""Whose deputy somebody is, and which of that person's lines they are told of: never one that they may not see themselves."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from comity.web.holding import Held
from comity.web.people.models import Person
from comity.web.watching.lines import Line
from comity.web.watching.models import Telling
from comity.web.watching.news import acknowledged, acting, alerts_of, due_in, news_of, reads


class InPlace(NamedTuple):
    """Lines of somebody for whom one stands in; ``pending``: some are still to come."""

    whose: Person
    away: bool
    lines: tuple[Line, ...]
    pending: bool = False


def for_whom(held: Held, deputy: Person, today: date) -> list[InPlace]:
    """``held``: all that is held. Everybody whose deputy this is, with what is due soon and not acknowledged, or all that is due while away."""
    found = []
    for telling in Telling.objects.filter(deputy=deputy).select_related("person__user", "deputy__user").order_by("person__user__username"):
        whose = telling.person
        if whose == deputy or not reads(whose) or whose.party != deputy.party:
            continue
        away = acting(telling, today) == deputy
        theirs, ours = (news_of(held.for_reader(one.reader), one.reader, alerts_of(whose)) for one in (whose, deputy))
        done = acknowledged(whose)
        lines = due_in(theirs, today, telling.lead if away else min(telling.lead, telling.before))
        seen = {line.key: line for line in due_in(ours, today, telling.lead)}
        told = tuple(seen[line.key] for line in lines if line.key not in done and line.key in seen)
        found.append(InPlace(whose, away, told, any(one.answered.pending for one in (*theirs, *ours))))
    return [one for one in found if one.lines or one.pending]
