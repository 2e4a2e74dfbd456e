"""Filters saved, changed, shared and taken away: whose they are, and who sees them.

A shared filter is seen by the people of the same party who may see the agreements that it names; it is answered with the rights of whoever
opens it, never with its owner's.
"""

from __future__ import annotations

import secrets
from datetime import date
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.utils.translation import gettext as _

from comity.standing import Record
from comity.terms import BadInput, NotOnRecord
from comity.web.asking import read_number
from comity.web.people.models import Person
from comity.web.readers import Reader
from comity.web.telling import told
from comity.web.watching.kinds import question
from comity.web.watching.models import NAME, Saved

MOST = 200
"""So many filters are one person's."""


def name_from(text: str) -> str:
    """A filter's name; BadInput if it is none."""
    found = " ".join(text.split())
    if not found or len(found) > NAME or not found.isprintable():
        raise BadInput(told(_("the name is blank or longer than %(most)s letters; write a shorter one"), most=NAME))
    return found


def save(owner: Person, name: str, path: str, query: str, *, shared: bool = False, alert: bool = False) -> Saved:
    """A new filter; the same again where one of theirs asks the same."""
    where, asked = question(path, query)
    named = name_from(name)
    mine = Saved.objects.filter(owner=owner)
    if found := mine.filter(path=where, query=asked).first():
        found.name, found.shared, found.alert = named, found.shared or shared, found.alert or alert
        found.save()
        return found
    if mine.count() >= MOST:
        raise BadInput(told(_("you have %(most)s saved filters; delete one that you no longer need"), most=MOST))
    return Saved.objects.create(owner=owner, name=named, path=where, query=asked, shared=shared, alert=alert)


def own(owner: Person, number: int) -> Saved:
    """One of somebody's own; NotOnRecord otherwise."""
    found = Saved.objects.filter(owner=owner, pk=number).first()
    if found is None:
        raise NotOnRecord(told(_("no saved filter %(number)s; look at the list of yours"), number=number))
    return found


def shared_with(person: Person, reader: Reader, record: Record) -> list[Saved]:
    """What others have shared, and this reader may see."""
    others = Saved.objects.filter(shared=True, owner__user__is_active=True, owner__party=person.party).exclude(owner=person)
    return [one for one in others.select_related("owner__user") if may_see(reader, record, one)]


def may_see(reader: Reader, record: Record, saved: Saved) -> bool:
    """Is everything that the question names there for the reader?"""
    given = dict(parse_qsl(saved.query))
    if (agreement := given.get("agreement")) and agreement not in record.ids:
        return False
    if (activity := given.get("activity")) and not _is_told_of(record, activity, reader.party):
        return False
    return given.get("as") in (None, "public", reader.party) or reader.party is None


def _is_told_of(record: Record, activity: str, viewer: str | None) -> bool:
    """Does an act that the reader may see name this exercise?"""
    wanted = activity.casefold()
    naming = (entry for entry in record.entries if entry.act.details.get("activity", "").casefold() == wanted)
    return bool(record.visible(naming, date.max, viewer))


def read_key(text: str) -> int:
    """The number of a filter as a form has it; 0, which none has, where it is none."""
    return read_number(text, 2**63 - 1) or 0


def seen_by(person: Person, reader: Reader, record: Record, number: int) -> Saved:
    """A filter that somebody shares with them; NotOnRecord unless one may see it."""
    found = next((one for one in shared_with(person, reader, record) if one.pk == number), None)
    if found is None:
        raise NotOnRecord(told(_("no saved filter %(number)s; look at the list of yours"), number=number))
    return found


def subscribe(person: Person, about: str, code: str, name: str) -> list[Saved]:
    """The acts and the deadlines of an agreement or a party (``about`` which), followed: both, or neither where one cannot be."""
    room, query = NAME - 40, urlencode({about: code})
    titles = (("/acts", _("Acts: %(name)s")), ("/calendar", _("Deadlines: %(name)s")))
    with transaction.atomic():
        return [save(person, told(title, name=name[:room]), path, query, alert=True) for path, title in titles]


def subscribed(person: Person, about: str, code: str) -> bool:
    """Are both followed already?"""
    return Saved.objects.filter(owner=person, path__in=("/acts", "/calendar"), query=urlencode({about: code}), alert=True).count() == 2


def new_token(saved: Saved) -> str:
    """The token of its feed, which is told once; the one before leads nowhere from now on."""
    token = secrets.token_urlsafe(32)
    saved.feed = hash_of(token)
    saved.save(update_fields=["feed"])
    return token


def hash_of(token: str) -> str:
    """As which a token is kept."""
    return sha256(token.encode()).hexdigest()
