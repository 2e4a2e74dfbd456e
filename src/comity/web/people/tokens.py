"""Tokens by which programs act for somebody: made under *Me*, shown once, kept as a digest, for reading or for recording too, a year at most.

A token is 256 random bits, so that its SHA-256 says nothing of it and is not to be guessed.

Source: RFC 6750, 2.1 and 3; NIST SP 800-63B, 5.1.1.2 (what is guessed is slowed; what cannot be guessed need not be).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from comity.terms import BadInput, NotOnRecord
from comity.web.people.models import Person, Token

READ, RECORD = "read", "record"
SCOPES = (READ, RECORD)
BEGINS = "comity_"
MOST = 20
LONGEST = timedelta(days=366)
_USED_EVERY = timedelta(minutes=1)
"""When a token was used last is kept so exactly."""


def make_token(person: Person, name: str, ends: date, scopes: Collection[str]) -> str:
    """A new token, which is told this once; BadInput says what is wrong."""
    name, today = " ".join(name.split())[:100], timezone.now().date()
    if not name:
        raise BadInput("the token has no name; say which program has it")
    if not today <= ends <= today + LONGEST:
        raise BadInput(f"until {ends.isoformat()}: choose a day from today on, at most a year ahead")
    chosen = [scope for scope in SCOPES if scope in scopes or scope == READ]
    if sum(one.alive for one in person.tokens.all()) >= MOST:
        raise BadInput(f"you have {MOST} tokens; take one back first")
    text = BEGINS + secrets.token_urlsafe(32)
    Token.objects.create(person=person, name=name, digest=digest_of(text), scopes=chosen, ends=ends)
    return text


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def token_with(text: str) -> Token | None:
    """The token, if it is one that may be used now: looked up by its digest, which says nothing of how near a wrong one is."""
    found = Token.objects.select_related("person__user").filter(digest=digest_of(text)).first()
    if found is None or not found.alive or not found.person.user.is_active or found.person.must_choose:
        return None
    now = timezone.now()
    Token.objects.filter(Q(used=None) | Q(used__lt=now - _USED_EVERY), pk=found.pk).update(used=now)
    return found


def take_back(person: Person, number: int) -> Token:
    """From now on this token is refused; NotOnRecord if it is none of theirs."""
    found = person.tokens.filter(pk=number, ended=None).first()
    if found is None:
        raise NotOnRecord("no token of yours is called so; look at the list again")
    found.ended = timezone.now()
    found.save()
    return found


def take_back_all(person: Person) -> None:
    """From now on every token of theirs is refused."""
    person.tokens.filter(ended=None).update(ended=timezone.now())
