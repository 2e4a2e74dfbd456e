"""What is new in what somebody follows, and what falls due in it, and which of that was acknowledged; for pages and mails alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from comity.web.holding import Held
from comity.web.people.models import Person
from comity.web.readers import Reader, Right
from comity.web.watching.asking_again import Answered, ask, due, horizon
from comity.web.watching.lines import Line
from comity.web.watching.models import Acknowledged, Saved, Telling


@dataclass(frozen=True, slots=True)
class News:
    """Of one filter: its answer, and the lines that were not there when it was looked at last."""

    saved: Saved
    answered: Answered
    fresh: tuple[Line, ...]


def reads(person: Person) -> bool:
    """Is the account in use, and may it read?"""
    return bool(person.user.is_active) and person.reader.may(Right.READ)


def telling_of(person: Person) -> Telling:
    """How they are told; as it is at first, where they said nothing."""
    return Telling.objects.filter(person=person).select_related("deputy__user").first() or Telling(person=person)


def news_of(held: Held, reader: Reader, filters: Iterable[Saved], *, mailed: bool = False) -> list[News]:
    """Of each filter. ``mailed``: what no mail has told yet, rather than what was not looked at."""
    found = []
    for saved in filters:
        answered = ask(held, reader, saved.path, saved.query)
        known = {*(saved.told or ()), *(saved.seen or ())} if mailed else set(saved.seen or ())
        first = saved.told is None if mailed else saved.seen is None
        fresh = () if first else tuple(line for line in answered.lines if line.key not in known and not beyond(saved.horizon, line))
        found.append(News(saved, answered, fresh))
    return found


def beyond(seen_to: date | None, line: Line) -> bool:
    """Is it there only because time went on: something ahead that was too far ahead to be seen?"""
    return line.open and not line.late and line.on is not None and seen_to is not None and line.on > seen_to


def mark(saved: Saved, answered: Answered, today: date, *, seen: bool, told: bool = True, untold: Collection[str] = ()) -> None:
    """All of this was looked at, or was told by mail; but for what is ``untold``."""
    keys = sorted(answered.keys)
    came = {line.key for line in answered.lines if beyond(saved.horizon, line)}
    saved.seen = keys if seen else sorted({*(saved.seen or ()), *came})
    saved.told = sorted(answered.keys.difference(untold)) if told else saved.told
    saved.horizon, saved.problem_told = horizon(saved.path, saved.query, today), False
    saved.save(update_fields=["seen", "told", "horizon", "problem_told"])


def begin(news: Iterable[News], today: date) -> None:
    """What stands in a filter when it is first asked is new to nobody."""
    for one in news:
        if one.saved.seen is None and one.answered.whole:
            mark(one.saved, one.answered, today, seen=True, told=one.saved.told is None)


def due_in(news: Iterable[News], today: date, lead: int) -> list[Line]:
    """What falls due in any of them, each line once."""
    found = {line.key: line for one in news for line in due(one.answered, today, lead)}
    return sorted(found.values(), key=lambda line: (line.on or today, line.agreement, line.says))


def acknowledged(person: Person) -> dict[str, Acknowledged]:
    """What somebody has acknowledged of this person's, by its key."""
    return {one.key: one for one in Acknowledged.objects.filter(whose=person).select_related("by__user")}


def alerts_of(person: Person) -> list[Saved]:
    """The filters that they are told about."""
    return list(Saved.objects.filter(owner=person, alert=True))


def acting(telling: Telling, today: date) -> Person | None:
    """Who is told in their place while they are away: their deputy, if there is one who is not away as well and can be reached."""
    deputy = telling.deputy
    if deputy is None or not telling.is_away(today) or not reads(deputy):
        return None
    other = telling_of(deputy)
    return deputy if other.address and not other.is_away(today) else None
