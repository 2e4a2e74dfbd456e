"""Whose deputy somebody is, and which of that person's lines they are told of: never one that they may not see themselves."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from comity.web.holding import Held
from comity.web.people.models import Person
from comity.web.watching.kinds import Line
from comity.web.watching.models import Telling
from comity.web.watching.news import acknowledged, acting, alerts_of, due_in, news_of, reads


class InPlace(NamedTuple):
    """Lines of somebody for whom one stands in."""

    whose: Person
    away: bool
    lines: tuple[Line, ...]


def for_whom(held: Held, deputy: Person, today: date) -> list[InPlace]:
    """``held``: all that is held. Everybody whose deputy this is, with what is due soon and not acknowledged, or all that is due while away."""
    found = []
    for telling in Telling.objects.filter(deputy=deputy).select_related("person__user", "deputy__user").order_by("person__user__username"):
        whose = telling.person
        if whose == deputy or not reads(whose) or whose.party != deputy.party:
            continue
        away = acting(telling, today) == deputy
        lines = _open(held, telling, today, telling.lead if away else min(telling.lead, telling.before))
        seen = {line.key: line for line in _as_seen_by(held, deputy, whose, telling, today)}
        found.append(InPlace(whose, away, tuple(seen[line.key] for line in lines if line.key in seen)))
    return [one for one in found if one.lines]


def _open(held: Held, telling: Telling, today: date, lead: int) -> list[Line]:
    whose = telling.person
    news = news_of(held.for_reader(whose.reader), whose.reader, alerts_of(whose))
    done = acknowledged(whose)
    return [line for line in due_in(news, today, lead) if line.key not in done]


def _as_seen_by(held: Held, deputy: Person, whose: Person, telling: Telling, today: date) -> list[Line]:
    news = news_of(held.for_reader(deputy.reader), deputy.reader, alerts_of(whose))
    return due_in(news, today, telling.lead)
