"""Accounts made, changed and ended: each in one transaction, under the rules of ``granting``, with a line in the log of changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from comity.terms import BadInput, Ladder, NotOnRecord
from comity.web.people.granting import Grant, Office, Step, allow
from comity.web.people.models import NAME, Change, Expected, Person
from comity.web.people.tokens import take_back_all

AT_THE_COMMAND_LINE = "the keeper, at the command line"


def person_of(name: str) -> Person:
    """The account of that name; NotOnRecord if there is none."""
    found = Person.objects.select_related("user").filter(user__username=name).first()
    if found is None:
        raise NotOnRecord(f"no account {name!r}; look at the list of accounts")
    return found


def office() -> Office:
    """Everybody's grant, by name."""
    return {person.name: person.grant for person in Person.objects.select_related("user")}


def add(name: str, grant: Grant, password: str | None, by: str | None, ladders: Sequence[Ladder] = ()) -> Person:
    """A new account; without a password, for somebody who signs in elsewhere."""
    _check_name(name)
    there = BadInput(f"there is an account {name!r}; choose another name")
    with _changing(there) as everybody:
        if any(name.casefold() == other.casefold() for other in everybody):
            raise there
        allow(everybody, Step(by, name, grant), ladders)
        user = get_user_model()(username=name)
        if password is None:
            user.set_unusable_password()
        else:
            _set_password(user, password)
        user.save()
        person = Person(user=user, made_by=by or AT_THE_COMMAND_LINE)
        _write(person, grant)
        _log(name, by, "account made", None, grant)
    return person


def change(name: str, grant: Grant, by: str | None, ladders: Sequence[Ladder] = ()) -> Person:
    """Grant something else; where the account is no longer in use, its sessions end."""
    with _changing() as everybody:
        person = person_of(name)
        before = person.grant
        allow(everybody, Step(by, name, grant), ladders)
        if grant != before:
            _write(person, grant)
            _log(name, by, _what(before, grant), before, grant)
        if not grant.in_use:
            end_sessions(person)
    return person


def dismiss(name: str, by: str | None) -> None:
    """The account is no longer in use, and its sessions end."""
    change(name, replace(person_of(name).grant, in_use=False), by)


def set_password(name: str, password: str) -> None:
    """Another password, as the keeper of the machine sets one; every session of the account ends."""
    with _changing():
        choose_password(person_of(name), password)
        _log(name, None, "password set", None, None)


def choose_password(person: Person, password: str) -> None:
    """This password from now on; every session of the account ends."""
    _set_password(person.user, password)
    person.user.save()
    person.must_choose = False
    person.save()
    end_sessions(person)


def chose_a_password(request: HttpRequest, user: Any, **_: object) -> None:
    """They have a password of their own."""
    Person.objects.filter(user=user).update(must_choose=False)
    _log(user.get_username(), user.get_username(), "password chosen", None, None)


def note_factor_added(request: HttpRequest, user: Any, **_: object) -> None:
    note(user.get_username(), user.get_username(), "second factor added", request)


def note_factor_removed(request: HttpRequest, user: Any, **_: object) -> None:
    note(user.get_username(), user.get_username(), "second factor taken away", request)


def link(name: str, provider: str, said: str, by: str | None) -> None:
    """From now on this identity of a provider signs in to the account: named by its subject, or by an address until it first does."""
    address = said.casefold()
    there = BadInput(f"{said} of {provider} is linked with an account; unlink it first")
    with _changing(there) as everybody:
        person = person_of(name)
        allow(everybody, Step(by, name, person.grant), ())
        if SocialAccount.objects.filter(provider=provider, uid=said).exists() or Expected.objects.filter(provider=provider, email=address).exists():
            raise there
        if "@" in said:
            Expected.objects.create(person=person, provider=provider, email=address)
        else:
            SocialAccount.objects.create(user=person.user, provider=provider, uid=said)
        _log(name, by, f"linked with {said} of {provider}"[:100], None, None)


def unlink(name: str, provider: str, said: str, by: str | None) -> None:
    """This identity no longer signs in to the account, and the account's sessions end."""
    with _changing() as everybody:
        person = person_of(name)
        allow(everybody, Step(by, name, person.grant), ())
        gone, _ = SocialAccount.objects.filter(user=person.user, provider=provider, uid=said).delete()
        gone += Expected.objects.filter(person=person, provider=provider, email=said.casefold()).delete()[0]
        if not gone:
            raise NotOnRecord(f"{name} is not linked with {said} of {provider}")
        end_sessions(person)
        _log(name, by, f"unlinked from {said} of {provider}"[:100], None, None)


def end_sessions(person: Person) -> None:
    """Every session of the account ends, and so do its tokens."""
    take_back_all(person)
    for session in UserSession.objects.filter(user=person.user):
        session.end()


@contextmanager
def _changing(there: BadInput | None = None) -> Iterator[Office]:
    """Everybody's grant, which nobody else changes meanwhile. ``there``: what is raised if somebody else made the same at the same time."""
    try:
        with transaction.atomic():
            everybody = Person.objects.select_for_update().select_related("user").order_by("pk")
            yield {person.name: person.grant for person in everybody}
    except IntegrityError:
        if there is None:
            raise
        raise there from None


def _check_name(name: str) -> None:
    if not name or len(name) > NAME or not all(c.isalnum() or c in "@.+-_" for c in name):
        raise BadInput(f"{name!r} is no name of an account; write letters, digits and @ . + - _ only, at most {NAME}")


def _set_password(user: Any, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise BadInput(f"the password cannot be taken: {' '.join(problem.messages)}") from None
    user.set_password(password)


def _write(person: Person, grant: Grant) -> None:
    person.roles = sorted(role.value for role in grant.roles)
    person.party = grant.party or ""
    person.agreements = None if grant.agreements is None else sorted(grant.agreements)
    person.cleared = list(grant.cleared)
    person.save()
    if person.user.is_active != grant.in_use:
        person.user.is_active = grant.in_use
        person.user.save()


def _what(before: Grant, after: Grant) -> str:
    if before.in_use != after.in_use:
        return "taken back" if after.in_use else "dismissed"
    return "rights changed"


def note(whose: str, by: str, what: str, request: HttpRequest | None = None) -> None:
    """Keep that this happened to an account, with the address from which it was asked."""
    address = "" if request is None else request.META.get("REMOTE_ADDR", "")[:60]
    Change.objects.create(whose=whose[:NAME], by=by[:NAME], what=what[:100], address=address)


def _log(whose: str, by: str | None, what: str, before: Grant | None, after: Grant | None) -> None:
    told = [None if one is None else one.plain() for one in (before, after)]
    Change.objects.create(whose=whose, by=by or AT_THE_COMMAND_LINE, what=what, before=told[0], after=told[1])
