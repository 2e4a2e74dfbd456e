"""Mails handed over to a relay, one for each person and day.

That a mail is begun is written down before it is sent, and that it was sent after: what falls between is sent again, under the same
Message-ID, so that a mail may come twice and is never lost. A mail that another run began a short while ago is left to that run.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage

from django.db import transaction

from comity.web.folds import Busy
from comity.web.holding import Held
from comity.web.watching.digests import Digest, digest_for, mark_told, recipients
from comity.web.watching.letters import letter_of, message_id
from comity.web.watching.models import Mailing
from comity.web.watching.news import begin

LEASE = timedelta(minutes=15)


Send = Callable[[EmailMessage], None]


@dataclass(frozen=True, slots=True)
class Told:
    """How it went with one person: *sent*, *failed* (why), *already*, *nothing*, *away*, *later*, or *would be sent*."""

    name: str
    how: str
    fresh: int = 0
    due: int = 0
    says: str = ""


def tell_all(held: Held, today: date, now: datetime, sender: str, pages: str, send: Send | None) -> list[Told]:
    """A mail to everybody who has something to be told; ``send`` None: only say what would be sent."""
    found = []
    for person in recipients():
        if Mailing.objects.filter(to=person, day=today, sent__isnull=False).exists():
            found.append(Told(person.name, "already"))
            continue
        try:
            digest = digest_for(held, person, today)
        except Busy:
            found.append(Told(person.name, "later", says="the record is still being derived; the next run tells it"))
            continue
        if digest is not None and send is not None:
            begin((part.news for part in digest.parts), today)
        if digest is None:
            found.append(Told(person.name, "away"))
        elif digest.empty:
            found.append(Told(person.name, "nothing"))
        elif send is None:
            found.append(Told(person.name, "would be sent", digest.fresh, digest.falling_due))
        else:
            found.append(_tell(digest, today, now, sender, pages, send))
    return found


def _tell(digest: Digest, today: date, now: datetime, sender: str, pages: str, send: Send) -> Told:
    mailing = _begun(digest, today, now, sender)
    if mailing is None:
        return Told(digest.to.name, "already", says="another run is sending it")
    try:
        send(letter_of(digest, today, sender, pages, mailing.message))
    except (OSError, smtplib.SMTPException) as problem:
        mailing.says, mailing.begun = _line(problem), now - LEASE
        mailing.save()
        return Told(digest.to.name, "failed", digest.fresh, digest.falling_due, mailing.says)
    with transaction.atomic():
        mailing.sent, mailing.says = now, ""
        mailing.save()
        mark_told(digest, today)
    return Told(digest.to.name, "sent", digest.fresh, digest.falling_due)


def _begun(digest: Digest, today: date, now: datetime, sender: str) -> Mailing | None:
    """The mail of the day, begun by this run; None where another has sent it, or is about to."""
    with transaction.atomic():
        fresh = {"message": message_id(sender), "begun": now - LEASE}
        Mailing.objects.get_or_create(to=digest.to, day=today, defaults=fresh)
        found = Mailing.objects.select_for_update().get(to=digest.to, day=today)
        if found.sent is not None or found.begun > now - LEASE:
            return None
        found.begun, found.tries = now, found.tries + 1
        found.fresh, found.due = digest.fresh, digest.falling_due
        found.save()
    return found


def _line(problem: Exception) -> str:
    """What went wrong, as one line."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return "the relay refuses the address"
    return " ".join(str(getattr(problem, "strerror", None) or problem).split())[:300] or type(problem).__name__
