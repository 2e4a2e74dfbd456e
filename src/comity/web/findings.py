"""Findings: what the law finds odd in the acts on record, and what is odd about their signatures; recorded all the same."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from comity.questions import show
from comity.standing.plain import finding_to_plain
from comity.terms import Finding
from comity.web.asking import Asked, page
from comity.web.forms import choices, filled_in, with_form
from comity.web.paging import part_of
from comity.web.scoping import Scope, agreements_in, read_scope
from comity.web.tables import as_file


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """About what."""
    return {**choices(this), "given": filled_in(request, "agreement", "party")}


def findings_under(this: Asked, agreement: str) -> list[Finding]:
    """What was found under one agreement."""
    return this.ask(("findings", agreement), lambda s: [show(f, s.viewer) for f in s.findings(agreement)])


def findings_beside(this: Asked) -> list[Finding]:
    """What is odd about acts under no agreement, such as those about keys."""
    return this.ask(("findings", None), lambda s: [show(f, s.viewer) for f in s.signers.findings if f.agreement is None])


def _by(this: Asked, finding: Finding, party: str) -> bool:
    """Is the finding about an act of the party?"""
    return any(party in (e.act.actor, e.act.on_behalf_of) for e in this.held.entries(finding.where))


def found_in(this: Asked, scope: Scope) -> tuple[list[Finding], list[str]]:
    """What was found, and the agreements that are still being derived and have to be left out for now."""
    agreements, pending = agreements_in(this, scope)
    under = this.ask(("findings", tuple(agreements)), lambda _: [f for a in agreements for f in findings_under(this, a)])
    every = [*([] if scope.agreement else findings_beside(this)), *under]
    return [f for f in every if not scope.party or _by(this, f, scope.party)], pending


@with_form("findings.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form, scope = {"asked": this, **fields(request, this)}, read_scope(request, this)
    if scope is None:
        return page(request, "findings.html", form)
    found, pending = found_in(this, scope)
    if file := as_file(request, this, "findings", lambda: [finding_to_plain(f) for f in found], pending):
        return file
    return page(request, "findings.html", {**form, "scope": scope, "found": found, "part": part_of(request, found), "pending": pending})
