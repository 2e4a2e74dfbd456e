"""Who asks for a page: for whom they act, in which roles, and what these allow; the one place that says so.

Without accounts everybody is whoever sits at this machine: the record's keeper, who reads all and records nothing. With accounts the
reader is put into the request by ``people``.

Source: docs/adr/0013-pages.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import pgettext_lazy as _of

from comity.terms import ComityError
from comity.web.telling import told

READER = "comity.reader"


class Role(StrEnum):
    """What somebody is in an office."""

    VIEWER = "viewer"
    DESK_OFFICER = "desk officer"
    LEGAL_ADVISER = "legal adviser"
    RELEASE_AUTHORITY = "release authority"
    PLANNER = "planner"
    EVALUATOR = "evaluator"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What is done through the pages."""

    READ = "read"
    RECORD = "record acts"
    APPROVE = "approve what others record"
    RELEASE = "release information"
    PLAN = "plan exercises and missions"
    EVALUATE = "evaluate"
    ADMINISTER = "administer accounts"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.DESK_OFFICER: frozenset({Right.READ, Right.RECORD}),
    Role.LEGAL_ADVISER: frozenset({Right.READ, Right.RECORD, Right.APPROVE}),
    Role.RELEASE_AUTHORITY: frozenset({Right.READ, Right.RELEASE, Right.APPROVE}),
    Role.PLANNER: frozenset({Right.READ, Right.PLAN}),
    Role.EVALUATOR: frozenset({Right.READ, Right.EVALUATE}),
    Role.ADMINISTRATOR: frozenset({Right.READ, Right.ADMINISTER}),
}
"""An administrator of accounts records nothing, and whoever records gives nobody a role: two persons for the two."""


ROLES = {
    Role.VIEWER: _of("role", "viewer"),
    Role.DESK_OFFICER: _of("role", "desk officer"),
    Role.LEGAL_ADVISER: _of("role", "legal adviser"),
    Role.RELEASE_AUTHORITY: _of("role", "release authority"),
    Role.PLANNER: _of("role", "planner"),
    Role.EVALUATOR: _of("role", "evaluator"),
    Role.ADMINISTRATOR: _of("role", "administrator"),
}
DONE = {
    Right.READ: _of("right", "read"),
    Right.RECORD: _of("right", "record acts"),
    Right.APPROVE: _of("right", "approve what others record"),
    Right.RELEASE: _of("right", "release information"),
    Right.PLAN: _of("right", "plan exercises and missions"),
    Right.EVALUATE: _of("right", "evaluate"),
    Right.ADMINISTER: _of("right", "administer accounts"),
}
"""Roles and rights in the reader's language."""


class NotAllowed(ComityError):
    """A reader who may see a page asks it for what their roles don't allow."""


@dataclass(frozen=True, slots=True)
class Reader:
    """``party``: for which they act, and as which they see; None: the record's keeper's people, who see all. ``agreements``: to which they are
    confined; None: to none in particular. ``cleared``: up to which level of which policy (``NATO: SECRET``), beside what is public.
    """

    name: str
    party: str | None = None
    roles: frozenset[Role] = frozenset({Role.VIEWER})
    agreements: frozenset[str] | None = None
    cleared: tuple[str, ...] = ()

    def may(self, right: Right) -> bool:
        """Does one of their roles allow it?"""
        return any(right in RIGHTS[role] for role in self.roles)

    def ask_for(self, right: Right) -> None:
        """NotAllowed, in one line, unless one of their roles allows it."""
        if not self.may(right):
            able = gettext(" or ").join(str(ROLES[role]) for role in Role if right in RIGHTS[role])
            message = gettext("%(name)s may not %(right)s; ask somebody who is %(roles)s")
            raise NotAllowed(told(message, name=self.name, right=told(DONE[right]), roles=told(able)))


AT_THIS_MACHINE = Reader("whoever is at this machine")
NOBODY = Reader("nobody", "public", frozenset(), frozenset())
"""Who has not signed in, where there are accounts."""


def reader_of(request: HttpRequest) -> Reader:
    """Who asks for the page."""
    found: Reader = request.META.get(READER, AT_THIS_MACHINE)
    return found
