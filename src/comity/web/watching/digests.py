"""Digests: who is told what today. One for each person; what was acknowledged is not told again; a deputy is told what they may see themselves.

Whoever is away is told nothing that their deputy can be told: what falls due goes to the deputy, what is new waits until they are back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.web.holding import Held
from comity.web.people.models import Person
from comity.web.readers import Right
from comity.web.watching.kinds import Line
from comity.web.watching.models import Telling, Webhook
from comity.web.watching.news import News, acknowledged, acting, alerts_of, due_in, mark, news_of, reads, telling_of
from comity.web.watching.outward import Open, open_in
from comity.web.watching.standing_in import InPlace, for_whom


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person is told. ``off``: webhooks of theirs that were turned off, as nobody answered; ``in_the_open``: what a mail may say."""

    to: Person
    telling: Telling
    news: tuple[News, ...]
    due: tuple[Line, ...]
    in_place: tuple[InPlace, ...]
    off: tuple[Webhook, ...]
    in_the_open: Open

    @property
    def fresh(self) -> int:
        """How many lines are new."""
        return sum(len(one.fresh) for one in self.news)

    @property
    def falling_due(self) -> int:
        """How many are due, those of others included."""
        return len(self.due) + sum(len(one.lines) for one in self.in_place)

    @property
    def empty(self) -> bool:
        """Is there nothing to tell?"""
        return not (self.fresh or self.falling_due or self.off)


def recipients() -> list[Person]:
    """Everybody in use who gave an address."""
    found = Person.objects.filter(telling__isnull=False).exclude(telling__address="").select_related("user").order_by("user__username")
    return [person for person in found if reads(person)]


def digest_for(held: Held, person: Person, today: date) -> Digest | None:
    """What they are told today; None while they are away and somebody is told in their place."""
    telling, reader = telling_of(person), person.reader
    if acting(telling, today) is not None:
        return None
    news = news_of(held.for_reader(reader), reader, alerts_of(person), mailed=True)
    done = acknowledged(person)
    due = tuple(line for line in due_in(news, today, telling.lead) if line.key not in done)
    off = Webhook.objects.filter(saved__owner=person, off__isnull=False, off_told=False).select_related("saved")
    mine = tuple(off) if reader.may(Right.ADMINISTER) else ()
    in_place = for_whom(held, person, today)
    asked = [one.saved for one in news] + [saved for one in in_place for saved in alerts_of(one.whose)]
    return Digest(person, telling, tuple(news), due, tuple(in_place), mine, open_in(held, asked))


def mark_told(digest: Digest, today: date) -> None:
    """All of it was told: it is new no longer."""
    for one in digest.news:
        if one.answered.whole:
            mark(one.saved, one.answered, today, seen=False)
    for webhook in digest.off:
        webhook.off_told = True
        webhook.save(update_fields=["off_told"])
