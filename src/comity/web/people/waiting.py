"""Wrong passwords, counted in the database of accounts, and how long nobody is let in after too many of them.

They are counted by name, or, where a browser in which the person has signed in before shows so, by that browser; and by address, where many may be
behind one. Waits grow, and end: nobody is locked out for ever, and whoever tries another's name does not keep that person out of their own browser.

Source: OWASP, Blocking Brute Force Attacks, Device Cookies; NIST SP 800-63B, 5.2.2.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from comity.web.people.accounts import note
from comity.web.people.models import Failed, Person

KNOWN = "comity_known"
_KNOWN_FOR = timedelta(days=180)
_FORGOTTEN = timedelta(days=1)
BY_NAME, BY_ADDRESS = 5, 50
"""So many wrong passwords in a row are no matter."""
_FIRST, _LONGEST, _LONGEST_OF_AN_ADDRESS = 15, 900, 60
"""Seconds."""


def wait_after(count: int, free: int, longest: int) -> timedelta:
    """How long nobody is let in after so many wrong passwords: doubled with each, up to the longest."""
    return timedelta(seconds=0 if count < free else min(longest, _FIRST * 2 ** min(count - free, 20)))


def seconds_left(request: HttpRequest, name: str) -> int:
    """How long it still is until somebody of that name is let in from there."""
    now = timezone.now()
    until = Failed.objects.filter(of__in=(_by_name(request, name), _by_address(request)), until__gt=now).order_by("-until").first()
    return 0 if until is None else int((until.until - now).total_seconds()) + 1


def failed(request: HttpRequest, name: str) -> None:
    """A wrong password."""
    count = _count(_by_name(request, name), BY_NAME, _LONGEST)
    _count(_by_address(request), BY_ADDRESS, _LONGEST_OF_AN_ADDRESS)
    if count % BY_NAME == 0 and Person.objects.filter(user__username__iexact=name).exists():
        note(Person.objects.get(user__username__iexact=name).name, "somebody", f"{count} wrong passwords in a row", request)


def _count(of: str, free: int, longest: int) -> int:
    now = timezone.now()
    with transaction.atomic():
        Failed.objects.filter(last__lt=now - _FORGOTTEN).delete()
        Failed.objects.get_or_create(of=of)
        Failed.objects.filter(of=of).update(count=F("count") + 1, last=now)
        count = Failed.objects.get(of=of).count
        Failed.objects.filter(of=of).update(until=now + wait_after(count, free, longest))
    return count


def forget(request: HttpRequest, name: str) -> None:
    """The right password: what was counted of this name in this browser is no matter any more."""
    Failed.objects.filter(of=_by_name(request, name)).delete()


def forget_all(name: str) -> None:
    """What was counted of this name, whoever tried."""
    Failed.objects.filter(of=_digest("name", name.casefold())).delete()


def signed_in(request: HttpRequest, user: Any, response: HttpResponseBase | None = None, **_: object) -> None:
    """They are let in: this browser is known from now on."""
    name = user.get_username()
    forget(request, name)
    note(name, name, "signed in", request)
    if response is not None:
        told = signing.dumps([name.casefold(), secrets.token_hex(8)], salt=KNOWN)
        response.set_cookie(KNOWN, told, max_age=_KNOWN_FOR, httponly=True, samesite="Lax", path="/sign-in")


def _by_name(request: HttpRequest, name: str) -> str:
    """The browser, if it is one in which they have signed in before; else the name alone."""
    try:
        whose, browser = signing.loads(request.COOKIES.get(KNOWN, ""), salt=KNOWN, max_age=_KNOWN_FOR)
    except (signing.BadSignature, ValueError):
        whose, browser = "", ""
    return _digest("browser", name.casefold(), browser) if whose == name.casefold() else _digest("name", name.casefold())


def _by_address(request: HttpRequest) -> str:
    return _digest("address", request.META.get("REMOTE_ADDR", ""))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()
