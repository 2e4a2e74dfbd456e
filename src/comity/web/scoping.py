"""Which agreements a page that looks over many is about: one of them, those of a party, or the whole book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from comity.terms import BadInput
from comity.web.asking import Asked, party_code, yes
from comity.web.folds import Status
from comity.web.telling import told


@dataclass(frozen=True, slots=True)
class Scope:
    """One agreement, one party, a party under one agreement, or (neither given) the whole book."""

    agreement: str = ""
    party: str = ""


def read_scope(request: HttpRequest, this: Asked) -> Scope | None:
    """What the URL asks the page to be about; None if it does not say."""
    agreement, party = (request.GET.get(n, "").strip() for n in ("agreement", "party"))
    if agreement:
        this.record.agreement(agreement, this.known)
    if party:
        party = party_code(this.record, party)
    whole = yes(request.GET.get("whole", "").strip(), "whole")
    if whole and (agreement or party):
        raise BadInput(told(_("the whole book was asked for, and one agreement or party as well; leave one of them out")))
    return Scope(agreement, party) if agreement or party or whole else None


def statuses_of(this: Asked) -> tuple[Mapping[str, list[Status]], list[str]]:
    """The status of every agreement that could be derived within the page's patience, and which ones are missing."""
    this.pending(lambda a: this.fold.status(this.on, a))
    found = this.fold.statuses(this.on, this.held.patience)
    return found, [a for a in this.fold.wanted if a not in found]


def concerning(this: Asked, party: str) -> tuple[list[str], list[str]]:
    """The agreements under which a party ever stood somehow, and those that are still being derived and have to be left out for now."""
    statuses, pending = statuses_of(this)
    return this.ask("by party", lambda _: _by_party(statuses), pending=pending).get(party, []), pending


def _by_party(statuses: Mapping[str, list[Status]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for agreement, status in statuses.items():
        for code, _verdict, _mode in status:
            found.setdefault(code, []).append(agreement)
    return found


def agreements_in(this: Asked, scope: Scope) -> tuple[list[str], list[str]]:
    """The agreements to look at, and those that are still being derived and have to be left out for now."""
    if scope.agreement:
        return [scope.agreement], []
    if scope.party:
        return concerning(this, scope.party)
    statuses, pending = statuses_of(this)
    broken = this.fold.broken
    return [a for a in statuses if a not in broken], pending
