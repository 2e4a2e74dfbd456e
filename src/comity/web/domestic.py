"""At home: where an agreement stands in a state's own procedure before it may consent, what is next, what may delay it, and the clock of its days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.domestic import (
    AtHome,
    HomeProcedure,
    HomeState,
    HomeStatus,
    NextStep,
    at_home,
    begun_at_home,
    home_procedures,
    home_status,
    home_to_plain,
    next_steps,
    procedure_in_force,
    procedure_to_plain,
    procedures_of,
)
from comity.standing import Standing
from comity.terms import BadInput, Verdict
from comity.web.asking import Asked, page, party_code, read_day
from comity.web.charts.chart import Chart, as_chart
from comity.web.charts.counted_days import counted_days, keys_of
from comity.web.feeds import Day, as_feed
from comity.web.forms import choices, filled_in, to_choose_from, with_form
from comity.web.guarding import for_a_page
from comity.web.home_clocks import COLUMNS, EXAMPLE, HomeClock, clock_in, clock_of, day_to_plain, read_sitting_days
from comity.web.linking import href
from comity.web.readers import reader_of
from comity.web.recording.ground import can_record
from comity.web.several_lists import List, as_one_of
from comity.web.telling import told

FIELDS = ("state", "agreement", "procedure", "sitting", "laid")
SHOWN = 60
"""So many instruments stand on the page; the files have all."""
DO: Mapping[HomeState, tuple[str, ...]] = {
    HomeState.RUNNING: ("resolve-against", "demand-approval", "extend-scrutiny"),
    HomeState.OBJECTED: ("state-reasons",),
    HomeState.AWAITING: ("approve-treaty",),
    HomeState.CLEAR: ("ratify",),
}
"""Which acts are in turn in a state of the procedure, beside the one that begins it."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """An agreement in a state; ``status`` None where nothing can be told, and ``problem`` says why."""

    agreement: str
    state: str
    short: str
    status: HomeStatus | None
    problem: str = ""

    @property
    def steps(self) -> list[NextStep]:
        """What is next, in each state that it can be in."""
        return [] if self.status is None else next_steps(self.status)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the procedure: ``way``: done, running, open (it may or has to be done now) or waiting; blank where that is not sure."""

    title: str
    says: str
    article: str
    way: str


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """In which state, which agreement, by which procedure, with which sitting days; laid on which day."""
    given = filled_in(request, *FIELDS)
    states = sorted({one.state for one in home_procedures()})
    of_state = [one for one in home_procedures() if one.state == given["state"]]
    return {
        "given": given,
        "states": sorted(((code, this.name(code)) for code in states), key=lambda one: one[1].casefold()),
        "agreements": to_choose_from(this, this.fold.wanted),
        "parties": choices(this)["parties"],
        "procedures": list({one.id: (one.id, one.title) for one in of_state}.values()),
        "example": EXAMPLE,
    }


# -- which instruments ------------------------------------------------------------------------------------------------


def instruments(this: Asked, state: str = "", agreement: str = "") -> list[Instrument]:
    """Where each stands at home, without knowing sitting days; kept."""

    def found(standing: Standing) -> list[Instrument]:
        return [_told(standing, one) for one in at_home(standing, state, agreement)]

    return this.ask(("at home", state, agreement), found)


def _told(standing: Standing, one: AtHome) -> Instrument:
    short = standing.record.agreement(one.agreement, standing.known).short
    return Instrument(one.agreement, one.state, short, one.status, "" if one.problem is None else for_a_page(one.problem))


def read_state(this: Asked, text: str) -> str:
    """The state whose procedure is known; NotOnRecord names those that there are."""
    state = party_code(this.record, text) if text else ""
    if state:
        procedures_of(state)
    return state


def alone(this: Asked, agreement: str, state: str, given: Mapping[str, str]) -> tuple[Instrument, HomeClock | None]:
    """Where one agreement stands, by the procedure and sitting days of the question, and its clock."""
    law = procedures_of(state)[0]
    since = this.ask(("begun at home", agreement, state), lambda standing: (begun_at_home(standing).get((agreement, state)),))[0]
    sittings = read_sitting_days(given["sitting"], law, since)
    key = ("home", agreement, state, given["procedure"], given["sitting"])
    status = this.ask(key, lambda standing: home_status(standing, agreement, state, sittings, given["procedure"] or None))
    short = this.record.agreement(agreement, this.known).short
    return Instrument(agreement, state, short, status), clock_in(status, sittings)


# -- the page ---------------------------------------------------------------------------------------------------------


@with_form("domestic.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    given = form["given"]
    state = read_state(this, given["state"])
    agreement = this.record.agreement(given["agreement"], this.known).id if given["agreement"] else ""
    one, own = alone(this, agreement, state, given) if state and agreement else (None, None)
    status = None if one is None else one.status
    clock = laid_clock(this, state, given) if given["laid"] or one is None else own
    found = instruments(this, state, agreement) if one is None else [one]
    laws = procedures_of(state) if state else home_procedures()
    charts = {"days": partial(chart, this, clock)} if clock is not None else {}
    lists = [
        List("instruments", _("Agreements at home"), lambda: [_row(one) for one in found]),
        List("procedures", _("Procedures"), lambda: [_law_row(one) for one in laws]),
        *([List("days", _("Days of the scrutiny"), lambda: [day_to_plain(one) for one in clock.days])] if clock is not None else []),
    ]
    if request.GET.get("format") == "ics":
        return as_feed([day for one in found for day in _days(one)], _("At home"), "at-home")
    if file := as_chart(request, this, charts) or as_one_of(request, this, lists):
        return file
    made = charts["days"]() if charts else None
    context = {
        **form,
        "state": state,
        "state_name": this.name(state) if state else "",
        "found": found[:SHOWN],
        "left": max(0, len(found) - SHOWN),
        "one": one,
        "status": status,
        "stages": stages_of(status) if status is not None else [],
        "notes": notes_of(status) if status is not None else [],
        "clock": clock,
        "drawing": made.drawing if made is not None else None,
        "keys": made.keys if made is not None else (),
        "laws": laws,
        "lists": lists,
        "records": _onward(request, status) if status is not None else [],
        "asks": bool(state or agreement),
    }
    return page(request, "domestic.html", context)


def laid_clock(this: Asked, state: str, given: Mapping[str, str]) -> HomeClock | None:
    """The clock of what were laid on a day, without any act; None where no day is asked about."""
    if not given["laid"]:
        return None
    if not state:
        raise BadInput(told(_("this question needs %(field)s; fill it in"), field=told(_("the state"))))
    laid = read_day(_("laid on"), given["laid"])
    law = procedure_in_force(state, given["procedure"] or None, laid)
    found = clock_of(law, read_sitting_days(given["sitting"], law, laid), laid)
    if found is None:
        message = _("the procedure %(procedure)s of %(state)s has no time in which the legislature may object; choose another")
        raise BadInput(told(message, procedure=repr(law.id), state=state))
    return found


def chart(this: Asked, clock: HomeClock) -> Chart:
    """The days of a scrutiny, to be taken elsewhere."""
    title = told(_("Days of the scrutiny of what was laid on %(day)s in %(state)s"), day=clock.laid, state=clock.procedure.state)
    return Chart(
        "days",
        _("Each line is a month. A day that counts has its number; the day of laying does not count."),
        _("Days"),
        _("From the law of the procedure, the acts on record, and the sitting days that were given with the question."),
        counted_days(clock, title, this.on, "days"),
        lambda: [day_to_plain(one) for one in clock.days],
        COLUMNS,
        keys_of(clock, this.on),
    )


def stages_of(status: HomeStatus) -> list[Stage]:
    """The stages of the procedure in their order, each with how far it is, where that is sure."""
    law, stands = status.procedure, status.stands
    begun = any(act.kind == law.begins for act in status.acts)
    first = told(_("laid before the legislature") if law.begins == "lay-treaty" else _("legislature notified"))
    says = f"{law.who}: {law.beginning}"
    found = [Stage(first, says, "", "done" if begun else "open" if stands is HomeState.NOT_LAID else "")]
    if law.scrutiny is not None:
        way = "running" if stands is HomeState.RUNNING else "done" if begun and stands in (HomeState.CLEAR, HomeState.AWAITING) else "waiting"
        title = told(_("%(number)s sitting days") if law.scrutiny.counted == "sitting" else _("%(number)s calendar days"), number=law.scrutiny.days)
        found.append(Stage(title, law.scrutiny.says, law.scrutiny.article, way if stands is not None else ""))
    for one in law.approvals:
        way = "waiting" if one.house in status.lacking else "done"
        found.append(Stage(law.houses[one.house], one.says, one.article, "open" if way == "waiting" and stands is HomeState.AWAITING else way))
    way = "done" if status.consents else "open" if stands is HomeState.CLEAR else "waiting"
    found.append(Stage(told(_("consent to be bound")), "", "", way if stands is not None or status.consents else ""))
    if law.report is not None and status.report is not None:
        states = {str(one) for one in status.report.states}
        way = "done" if states <= {"done", "done late"} else "open" if states & {"open", "overdue", "not known"} else "waiting"
        found.append(Stage(told(_("report to the legislature")), law.report.says, law.report.article, way))
    return found


def notes_of(status: HomeStatus) -> list[str]:
    """What has to be borne in mind with the answer."""
    notes = list[str]()
    if not status.named:
        notes.append(told(_("No act says which procedure it goes through: told is the usual one; choose another above.")))
    if status.may_consent is Verdict.UNKNOWN and status.verdict is Verdict.YES:
        notes.append(told(_("The record is not declared complete for the acts of the legislature on which that rests.")))
    return notes


def _onward(request: HttpRequest, status: HomeStatus) -> list[tuple[str, str]]:
    """The forms of what can be recorded next of it, for who may record for the state."""
    if not can_record(request) or reader_of(request).party not in (None, status.state):
        return []
    law = status.procedure
    kinds = [kind for one in status.states for kind in ((law.begins,) if one in (HomeState.NOT_LAID, HomeState.REFUSED) else DO.get(one, ()))]
    if HomeState.RUNNING in status.states:
        follows = {one.follows for one in law.objections}
        kinds = [kind for kind in kinds if kind != "demand-approval" or "express-approval" in follows]
        kinds = [kind for kind in kinds if kind != "extend-scrutiny" or law.extension is not None]
    given = {"actor": status.state, "agreement": status.agreement, "on": "", "known": "", "as_": "", "strict": ""}
    return [
        (kind, href({}, "record-act", kind=kind, **({**given, "d.procedure": law.id} if kind == law.begins else given)))
        for kind in dict.fromkeys(kinds)
        if kind != "ratify" or not status.consents
    ]


# -- to be taken elsewhere --------------------------------------------------------------------------------------------


def _row(one: Instrument) -> dict[str, Any]:
    """An instrument as plain data, in one row."""
    if one.status is None:
        return {"agreement": one.agreement, "state": one.state, "problem": one.problem}
    plainly = home_to_plain(one.status)
    ends, report = plainly.pop("ends"), plainly.pop("report")
    steps = plainly.pop("next")
    return {
        **{name: value for name, value in plainly.items() if name != "findings"},
        "ends": ends and ends["exact"],
        "ends_earliest": ends and ends["earliest"],
        "ends_latest": ends and ends["latest"],
        "next": [step["what"] for step in steps],
        "whose": [who for step in steps for who in step["whose"]],
        "may_delay": [what for step in steps for what in step["may_delay"]],
        "report": report and report["states"],
        "report_due": report and report["due"],
        "findings": [found["says"] for found in plainly["findings"]],
    }


def _law_row(one: HomeProcedure) -> dict[str, Any]:
    """A procedure as plain data, in one row."""
    plainly = procedure_to_plain(one)
    scrutiny = plainly["scrutiny"] or {}
    head = {name: plainly[name] for name in ("state", "id", "title", "for", "usual", "from", "until", "law", "read", "source", "who", "beginning")}
    approvals = [f"{plainly['houses'][rule['house']]}: {rule['says']}" for rule in plainly["approvals"]]
    return {**head, "days": scrutiny.get("days"), "counted": scrutiny.get("counted"), "approvals": approvals}


def _days(one: Instrument) -> list[Day]:
    """The last day of a scrutiny that runs (the earliest that it can be), and that by which the legislature has to be told."""
    status, found = one.status, list[Day]()
    if status is None:
        return found
    labels = [act.label for act in (*status.acts, *status.consents)]
    label = next((each for each in labels if not each.public), labels[0]) if labels else None
    if status.ends is not None and label is not None:
        says = f"{status.procedure.title}; {'exact' if status.ends.exact else 'the earliest that it can be'}"
        found.append(
            Day(f"home-{one.agreement}-{one.state}", status.ends.earliest, f"{one.agreement} ({one.state}): {_('the last day')}", says, label)
        )
    return found
