"""Differences: whose standing differs between two days, in law or only in our knowledge of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.questions import show
from comity.standing import Difference
from comity.standing.plain import difference_to_plain
from comity.terms import BadInput, Verdict
from comity.web.asking import AXES, Asked, page, read_day
from comity.web.folds import Fold
from comity.web.forms import choices, filled_in, with_form
from comity.web.scoping import Scope, agreements_in, read_scope
from comity.web.tables import as_file
from comity.web.telling import told


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """The two days, each with its day of knowledge (the later one is the page's own *as of* and *as known on*), and about what."""
    given = filled_in(request, "from", "knew", "agreement", "party", *AXES)
    return {**choices(this), "given": given, "year_before": _year_before(this.today)}


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28))


def standings(fold: Fold, agreement: str, on: date) -> dict[str, str]:
    """The standing on ``on`` of everyone who has one, and under "" of the agreement itself."""
    if agreement not in fold.wanted:
        return {}
    found = {
        code: mode if verdict in (Verdict.YES, Verdict.NO) else str(verdict)
        for code, verdict, mode in fold.status(on, agreement)
        if mode != "none" or verdict is not Verdict.NO
    }
    force = fold.ask(on, ("force", agreement), lambda s: s.verdict_in_force(agreement))
    if force is not Verdict.NO:
        found[""] = "in force" if force is Verdict.YES else str(force)
    return found


def differences_under(agreement: str, before: dict[str, str], crossed: dict[str, str], now: dict[str, str]) -> list[Difference]:
    """What differs; ``crossed`` is the earlier day as known later, which tells a change in law from one in knowledge."""
    found = []
    for who in sorted({*before, *crossed, *now}):
        old, same_day, new = (table.get(who, "none") for table in (before, crossed, now))
        if old != new or old != same_day:
            found.append(Difference(agreement, who or None, old, new, same_day != new, old != same_day))
    return found


def differences_in(this: Asked, earlier: Asked, agreements: Iterable[str], party: str) -> list[Difference]:
    """What differs between two askings under these agreements, of everyone or of one party."""
    found = []
    for agreement in agreements:
        tables = [standings(fold, agreement, on) for fold, on in ((earlier.fold, earlier.on), (this.fold, earlier.on), (this.fold, this.on))]
        found += [show(d, this.viewer) for d in differences_under(agreement, *tables) if not party or d.party == party]
    return found


def before(this: Asked, start: str, knew: str) -> Asked:
    """The same asked of the day to compare from, as known on another day (blank: today)."""
    if not start:
        message = _("from: the day to compare from is blank; write it as YYYY-MM-DD, for example %(day)s")
        raise BadInput(told(message, day=date(2024, 3, 7)))
    day, known = read_day(_("from"), start), read_day(_("before, as known on"), knew) if knew else this.today
    return replace(this, on=day, known=known, fold=this.held.fold(known, this.viewer, this.strict))


def compared(this: Asked, earlier: Asked, scope: Scope) -> tuple[list[Difference], list[str]]:
    """What differs, and the agreements that are still being derived and have to be left out for now."""
    agreements, pending = ([scope.agreement], list[str]()) if scope.agreement else _ready(this, earlier, scope)
    return differences_in(this, earlier, agreements, scope.party), pending


@with_form("differences.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    scope, given = read_scope(request, this), filled_in(request, "from", "knew")
    if not given["from"] and not given["knew"]:
        return page(request, "differences.html", form)
    if scope is None and given["from"]:
        raise BadInput(told(_("choose an agreement or a party, or take the whole book")))
    earlier = before(this, given["from"], given["knew"])
    found, pending = compared(this, earlier, scope or Scope())
    if file := as_file(request, this, "differences", lambda: [difference_to_plain(d) for d in found], pending):
        return file
    context = {
        **form,
        "earlier": earlier,
        "scope": scope,
        "found": found,
        "pending": pending,
        "law": sum(d.law for d in found),
        "knowledge": sum(d.knowledge and not d.law for d in found),
    }
    return page(request, "differences.html", context)


def _ready(this: Asked, earlier: Asked, scope: Scope) -> tuple[list[str], list[str]]:
    """The agreements that have been derived for both days of knowledge, and those that have not."""
    (later, pending), (sooner, unready) = agreements_in(this, scope), agreements_in(earlier, scope)
    waiting = {*pending, *unready}
    return sorted({*later, *sooner} - waiting), sorted(waiting)
