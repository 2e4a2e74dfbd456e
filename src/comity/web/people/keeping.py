"""Accounts as the keeper of the machine sees to them, at the command line."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from comity.terms import BadInput
from comity.web.people import accounts
from comity.web.people.granting import Grant
from comity.web.people.models import Person
from comity.web.readers import Right


class Keeper:
    """What the commands do."""

    def add(self, name: str, grant: Grant, password: str | None) -> None:
        accounts.add(name, grant, password, by=None)

    def password(self, name: str, password: str) -> None:
        accounts.set_password(name, password)

    def dismiss(self, name: str) -> None:
        accounts.dismiss(name, by=None)

    def listed(self) -> list[dict[str, Any]]:
        """Everybody, by name: what is granted to them, and when they last signed in."""
        people = Person.objects.select_related("user").annotate(last=Max("user__last_login")).order_by("user__username")
        return [{"name": p.name, **p.grant.plain(), "signed_in": p.last and p.last.isoformat(timespec="seconds")} for p in people]

    def check(self) -> None:
        """BadInput where nobody could ever get in."""
        if not any(grant.may(Right.ADMINISTER) for grant in accounts.office().values()):
            raise BadInput("nobody administers accounts yet; make the first with: comity people add NAME --role administrator")
