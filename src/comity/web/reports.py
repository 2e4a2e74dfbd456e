"""Reports: what a party did in a quarter or a year, beside the one before; and the scorecard of a strategy. On the page, and as files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity import reports
from comity.reports import Section, Wanted
from comity.standing import Standing
from comity.terms import BadInput
from comity.web import scorecards
from comity.web.asking import AXES, Asked, party_code
from comity.web.asking import asked as asked_of
from comity.web.forms import choices, filled_in, with_form
from comity.web.guarding import written_to
from comity.web.kept_reports import Made, book_of, kept_of, noted, refuse_strict
from comity.web.linking import href
from comity.web.narrowing import Narrowed
from comity.web.report_answers import answered
from comity.web.telling import told
from comity.web.training_maps import named
from comity.web.world_tables import WorldTables, imported

FIELDS = ("party", "period", "partners", "stability")
MOST_PARTNERS = 8
"""Towards so many partners a report is made here."""


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """Of whom, when, towards whom; ``stability``: with how quiet it was between the party and each partner."""

    wanted: Wanted
    stability: bool = False


# -- what is asked ----------------------------------------------------------------------------------------------------


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Of whom and when; periods that can be chosen, and strategies that ship with the pages."""
    given, recent = filled_in(request, *FIELDS, *AXES), periods_before(this.on)
    return {
        "parties": choices(this)["parties"],
        "given": given,
        "examples": scorecards.offered(),
        "periods": offered(this, given),
        "recent": recent,
        "last": recent[0],
        "example": {"FIN", "DEU", "FRA", "POL"} <= this.record.register.parties.keys() and not given["party"],
    }


def periods_before(on: date) -> list[str]:
    """The year and the four quarters that were over last, then the year and the quarter in which the day is."""
    quarters, first = [], date(on.year, 3 * ((on.month + 2) // 3) - 2, 1)
    for _number in range(5):
        quarters.append(f"{first.year}-Q{(first.month + 2) // 3}")
        first = first - timedelta(days=1)
        first = date(first.year, 3 * ((first.month + 2) // 3) - 2, 1)
    return [f"{on.year - 1}", *quarters[1:], f"{on.year}", quarters[0]]


def offered(this: Asked, given: Mapping[str, str]) -> list[tuple[str, str]]:
    """Periods of the party that is named, each with the address of its report."""
    kept = {name: given[name] for name in FIELDS}
    return [(one, href(this.carried, "reports", **{**kept, "period": one})) for one in periods_before(this.on)] if given["party"] else []


def read(this: Asked, given: Mapping[str, str]) -> ReportQuestion | None:
    """What is asked; None while it is not said of whom and when; BadInput and NotOnRecord say what is wrong."""
    if not given["party"]:
        if any(given[name] for name in FIELDS):
            raise BadInput(told(_("this question needs %(field)s; fill it in"), field=told(_("the party"))))
        return None
    party = party_code(this.record, given["party"])
    partners = tuple(dict.fromkeys(named(this, given["partners"])))
    if party in partners:
        raise BadInput(told(_("%(party)s is the party itself; name others as its partners"), party=party))
    if len(partners) > MOST_PARTNERS:
        message = _("%(number)s partners; a report is made here towards %(most)s, towards more by: comity report")
        raise BadInput(told(message, number=len(partners), most=MOST_PARTNERS))
    if given["stability"] not in ("", "1"):
        raise BadInput(told(_("%(given)s; write %(right)s, or leave it out"), given=f"stability={given['stability'][:20]!r}", right="stability=1"))
    if given["stability"] and not partners:
        raise BadInput(_("stability is told towards partners; name one at the least"))
    if not given["period"]:
        return None
    kind, written = _period(this, given["period"])
    refuse_strict(this)
    return ReportQuestion(Wanted(kind, party, written, partners, book_of(this)), bool(given["stability"]))


def _period(this: Asked, text: str) -> tuple[str, str]:
    """Quarter or year, as the room has it; one that has begun."""
    written = text.upper().replace(" ", "")
    kind = "year" if re.fullmatch(r"[0-9]{4}", written) else "quarter" if re.fullmatch(r"[0-9]{4}-Q[1-4]", written) else ""
    if not kind:
        message = _("%(given)s is neither a year nor a quarter; write it as %(year)s or %(quarter)s")
        raise BadInput(told(message, given=f"period={text[:20]!r}", year=f"{this.on.year}", quarter=f"{this.on.year}-Q1"))
    first, _last = reports.period_of(kind, written)
    for day, says in (
        (this.on, _("%(period)s begins after %(day)s, the day asked about; choose one that has begun, or a later day")),
        (this.known, _("%(period)s begins after %(day)s, by which it is asked what was known; choose an earlier one, or a later day")),
    ):
        if first > day:
            raise BadInput(told(says, period=written, day=day))
    return kind, written


def answer(this: Asked, asked: ReportQuestion) -> Made:
    """The report, kept until anything is added to the record, or another table is imported where it rests on tables."""
    waiting = {*this.pending()}
    looked_at = [one for one in this.fold.wanted if one not in waiting and one not in this.fold.broken]
    kept, key = kept_of(this), (this.on, asked, imported() if asked.stability else ())

    def make(standing: Standing) -> Made:
        found = None if waiting else kept.found(key)  # another page may have made it while this one waited for its turn
        if found is None:
            found = replace(_made(Narrowed(standing, looked_at), asked), pending=tuple(sorted(waiting)))
            if not waiting:
                kept.keep(key, found)
        return found

    found = None if waiting else kept.found(key)
    return found or this.fold.ask(this.on, ("a report", key), make, record=this.record, keep=False)


def _made(standing: Standing, asked: ReportQuestion) -> Made:
    wanted = asked.wanted
    if not asked.stability:
        return Made(noted(reports.periodic_report(standing, wanted), wanted.book))
    from comity.web.stability import room

    shelf, last = WorldTables(), reports.period_of(wanted.kind, wanted.written)[1]
    then = standing.on_day(min(last, standing.on))
    found = tuple(room().stability(then, [wanted.party, partner], shelf) for partner in wanted.partners)
    section: Section = reports.stability_section(then, found, wanted.book)
    report = reports.periodic_report(standing, wanted, [section])
    return Made(noted(report, wanted.book), stabilities=found, missing=tuple(dict.fromkeys(shelf.missing)))


# -- what is shown ----------------------------------------------------------------------------------------------------


@with_form("reports.html", fields)
def _of_a_party(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    asked = read(this, form["given"])
    made = None if asked is None else answer(this, asked)
    name = "" if asked is None else f"report-{asked.wanted.party}-{asked.wanted.written}"
    return answered(request, this, made, form, name, asked.wanted.partners if asked else ())


@written_to
def index(request: HttpRequest) -> HttpResponse:
    """The forms; the report of a party that the address names; the scorecard of a strategy that was sent, or of an example."""
    if request.method == "POST" or request.GET.get("example", ""):
        this = asked_of(request)
        return scorecards.index(request, this, {"asked": this, **fields(request, this)})
    return _of_a_party(request)
