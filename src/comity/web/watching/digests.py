"""Digests: who is told what today. One for each person; what was acknowledged is not told again; a deputy is told what they may see themselves.

Whoever is away is told nothing that their deputy can be told: what falls due goes to the deputy, what is new waits until they are back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.web.folds import Busy
from comity.web.holding import Held
from comity.web.people.models import Person
from comity.web.readers import Right
from comity.web.watching.lines import Line
from comity.web.watching.models import Telling, Webhook
from comity.web.watching.news import News, acknowledged, acting, alerts_of, due_in, mark, news_of, reads, telling_of
from comity.web.watching.outward import Open, open_in
from comity.web.watching.standing_in import InPlace, for_whom


@dataclass(frozen=True, slots=True)
class Part:
    """Of one filter: its news, and ``lines`` of those that a mail may tell. ``problem``: why it has no answer, if that is to be told."""

    news: News
    lines: tuple[Line, ...]
    problem: str

    @property
    def untold(self) -> set[str]:
        """What is new and not told, as not everybody may see it; by its key."""
        return {line.key for line in self.news.fresh}.difference(line.key for line in self.lines)


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person is told by mail: what anybody may see. ``off``: webhooks of theirs that were turned off, as nobody answered."""

    to: Person
    telling: Telling
    parts: tuple[Part, ...]
    due: tuple[Line, ...]
    in_place: tuple[InPlace, ...]
    off: tuple[Webhook, ...]

    @property
    def fresh(self) -> int:
        """How many lines are new."""
        return sum(len(one.lines) for one in self.parts)

    @property
    def falling_due(self) -> int:
        """How many are due, those of others included."""
        return len(self.due) + sum(len(one.lines) for one in self.in_place)

    @property
    def empty(self) -> bool:
        """Is there nothing to tell?"""
        return not (self.fresh or self.falling_due or self.off or any(one.problem for one in self.parts))


def recipients() -> list[Person]:
    """Everybody in use who gave an address."""
    found = Person.objects.filter(telling__isnull=False).exclude(telling__address="").select_related("user").order_by("user__username")
    return [person for person in found if reads(person)]


def digest_for(held: Held, person: Person, today: date) -> Digest | None:
    """What they are told today; None while they are away and somebody is told in their place; Busy while some of it is still to come."""
    telling, reader = telling_of(person), person.reader
    if acting(telling, today) is not None:
        return None
    news = news_of(held.for_reader(reader), reader, alerts_of(person), mailed=True)
    in_place = for_whom(held, person, today)
    if any(one.answered.pending for one in news) or any(one.pending for one in in_place):
        raise Busy
    in_the_open = open_in(held, [one.saved for one in news] + [saved for one in in_place for saved in alerts_of(one.whose)])
    done = acknowledged(person)
    due = in_the_open.may_go(line for line in due_in(news, today, telling.lead) if line.key not in done)
    theirs = [one._replace(lines=in_the_open.may_go(one.lines)) for one in in_place]
    off = Webhook.objects.filter(saved__owner=person, off__isnull=False, off_told=False).select_related("saved")
    mine = tuple(off) if reader.may(Right.ADMINISTER) else ()
    return Digest(person, telling, tuple(_part(one, in_the_open) for one in news), due, tuple(one for one in theirs if one.lines), mine)


def _part(news: News, in_the_open: Open) -> Part:
    problem = news.answered.problem
    says = problem if problem in in_the_open.problems and not news.saved.problem_told else ""
    return Part(news, in_the_open.may_go(news.fresh), says)


def mark_told(digest: Digest, today: date) -> None:
    """All of it was told: it is new no longer. What not everybody may see stays new, and is told once anybody may."""
    for part in digest.parts:
        saved = part.news.saved
        if part.news.answered.whole:
            mark(saved, part.news.answered, today, seen=False, untold=part.untold)
        elif part.problem:
            saved.problem_told = True
            saved.save(update_fields=["problem_told"])
    for webhook in digest.off:
        webhook.off_told = True
        webhook.save(update_fields=["off_told"])
