"""Receiving an instrument: a form that is all in the address, answered by a checklist with reasons and articles, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.acts import kinds
from comity.terms import BadInput, ComityError, NotOnRecord
from comity.web.asking import Asked, asked, asked_today, json_page, page, party_code, read_day, wants_json, yes
from comity.web.depositary.checklist import Checklist, checklist
from comity.web.depositary.following import check_to_plain
from comity.web.depositary.instruments import RECEIVED, Instrument, Outcome
from comity.web.depositary.onward import circulation, keeper_of, lodged, recording
from comity.web.depositary.powers import TITLES
from comity.web.documents.certified import certifier_of
from comity.web.documents.kinds_of_drafts import RECEIVED as CIRCULATED
from comity.web.duties import registering_duties
from comity.web.forms import choices, filled_in
from comity.web.guarding import STATUS, for_a_page
from comity.web.linking import href
from comity.web.recording.desk import why_not
from comity.web.telling import told

T = TypeVar("T")
FIELDS = ("agreement", "by", "kind", "on", "person", "title", "articles", "reservation", "closes", "confirmed")
NEEDED = ("agreement", "by", "kind")
SHAPES = {Outcome.PASSES: "v-yes", Outcome.OPEN: "v-unknown", Outcome.FAIL: "v-no"}
_MISSING = {
    "agreement": gettext_lazy("choose the agreement that it is about"),
    "by": gettext_lazy("say whose instrument it is: a code or a name, such as FIN"),
    "kind": gettext_lazy("choose what it is"),
}


class Faulty(ComityError):
    """The form cannot be read; ``faults``: what is wrong, by field; ``status``: 404 where something is not on record."""

    def __init__(self, faults: dict[str, str], status: int) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults, self.status = faults, status


def read(request: HttpRequest, this: Asked) -> Instrument | None:
    """The instrument in the address; None where nothing was filled in; Faulty says what is wrong with which field."""
    given = filled_in(request, *FIELDS)
    if not any(given[name] for name in FIELDS if name != "on"):
        return None
    fields = _Fields(given)
    agreement = fields.look("agreement", lambda text: this.record.agreement(text, this.known).id)
    party = fields.look("by", lambda text: party_code(this.record, text))
    kind = fields.look("kind", lambda text: _one_of(text, RECEIVED))
    title = fields.look("title", lambda text: _one_of(text, TITLES))
    closes = fields.look("closes", lambda text: read_day(_("closes"), text))
    confirmed = fields.look("confirmed", lambda text: yes(text, "confirmed"))
    if fields.faults or agreement is None or party is None or kind is None:
        raise Faulty(fields.faults, 404 if fields.unknown else 400)
    articles = tuple(part for part in (" ".join(one.split()).replace(" (", "(") for one in given["articles"].split(",")) if part)
    words = {"person": given["person"], "title": title or "", "reservation": given["reservation"]}
    return Instrument(agreement, party, kind, this.on, articles=articles, closes=closes, confirmed=bool(confirmed), **words)


class _Fields:
    """What was filled in, as it is looked at; what is wrong is kept by field. ``unknown``: is something not on record?"""

    def __init__(self, given: dict[str, str]) -> None:
        self.given, self.unknown = given, False
        self.faults = {name: str(_MISSING[name]) for name in NEEDED if not given[name]}

    def look(self, name: str, look: Callable[[str], T]) -> T | None:
        """What a field comes to; None where it is blank or wrong."""
        if not self.given[name]:
            return None
        try:
            return look(self.given[name])
        except (BadInput, NotOnRecord) as problem:
            self.unknown = self.unknown or isinstance(problem, NotOnRecord)
            self.faults[name] = for_a_page(problem)
            return None


def _one_of(text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=repr(text), known=", ".join(known)))
    return text


def received(this: Asked, instrument: Instrument) -> Checklist:
    """How it comes out, as the record is."""
    duties = registering_duties(this)
    return this.ask(("receive", instrument), lambda s: checklist(s, instrument, duties))


def index(request: HttpRequest) -> HttpResponse:
    """The form; and the checklist, once it is filled in."""
    try:
        this, instrument = begin(request)
    except Faulty as problem:
        return _refused(request, problem)
    form = _form(request, this, {})
    if instrument is None:
        return page(request, "depositary/receive.html", form)
    found = received(this, instrument)
    if wants_json(request):
        return json_page(to_plain(found))
    context = {
        **form,
        "instrument": instrument,
        "agreement": this.record.agreement(instrument.agreement, this.known),
        "found": found,
        "shape": SHAPES[found.outcome],
        "groups": [(title, [(check, SHAPES[check.outcome]) for check in checks]) for title, checks in _groups(found)],
        "next": _next(request, this, found),
        "refused": why_not(request),
    }
    return page(request, "depositary/receive.html", context)


def begin(request: HttpRequest) -> tuple[Asked, Instrument | None]:
    """What is asked, and the instrument, if there is one yet; Faulty says what is wrong with which field, the day and the axes among them."""
    today, faults = asked_today(request), dict[str, str]()
    try:
        if on := request.GET.get("on", "").strip():
            read_day(_("received on"), on)
    except BadInput as problem:
        faults["on"] = for_a_page(problem)
    try:
        this = today if faults else asked(request)
    except (BadInput, NotOnRecord) as problem:
        raise Faulty({"": for_a_page(problem)}, STATUS[type(problem)]) from None
    try:
        instrument = read(request, this)
    except Faulty as problem:
        raise Faulty(problem.faults | faults, problem.status) from None
    if faults:
        raise Faulty(faults, 400)
    return this, instrument


def _refused(request: HttpRequest, problem: Faulty) -> HttpResponse:
    if request.GET.get("format") == "json":
        return json_page({"error": str(problem), "fields": problem.faults}, status=problem.status)
    return page(request, "depositary/receive.html", _form(request, asked_today(request), problem.faults), problem.status)


def _form(request: HttpRequest, this: Asked, faults: dict[str, str]) -> dict[str, Any]:
    """What the form offers, what was filled in, and what is wrong with it."""
    given = filled_in(request, *FIELDS)
    axes = {name: value for name, value in this.carried.items() if name != "on"}
    offered = {"kinds": [kinds()[name] for name in RECEIVED], "titles": TITLES}
    return {"asked": this, **choices(this), **offered, "given": given, "faults": faults, "axes": axes, "problem": faults.get("", "")}


def _groups(found: Checklist) -> list[tuple[str, tuple[Any, ...]]]:
    return [(_("Is it in due form?"), found.checks), (_("What the deposit would do"), found.effect)]


def _next(request: HttpRequest, this: Asked, found: Checklist) -> dict[str, Any]:
    """What comes next: the forms that record it, the notification, the certified copy, the registration."""
    instrument = found.instrument
    agreement = this.record.agreement(instrument.agreement, this.known)
    draft = circulation(this, agreement.id, "", instrument.kind) if instrument.kind in CIRCULATED else ""
    return {
        "record": lodged(this, instrument),
        "draft": f"{draft}&party={instrument.party}&day={instrument.on.isoformat()}" if draft else "",
        "certified": href(this.carried, "certified", agreement.id) if certifier_of(request) is not None else "",
        "register": recording(this, "register", keeper_of(agreement), agreement=agreement.id) if found.register else "",
        "registers": found.would.registration.asked.cited if found.would.registration is not None else "",
    }


def to_plain(found: Checklist) -> dict[str, Any]:
    """The checklist as plain data."""
    instrument, would = found.instrument, found.would
    return {
        "agreement": instrument.agreement,
        "by": instrument.party,
        "kind": instrument.kind,
        "on": instrument.on.isoformat(),
        "outcome": str(found.outcome),
        "series": found.place.name,
        "number": found.place.number,
        "entry": would.entry and would.entry.isoformat(),
        "bound_from": would.start and would.start.isoformat(),
        "free_from": would.end and would.end.isoformat(),
        "register": found.register,
        "checks": [check_to_plain(check) for check in (*found.checks, *found.effect)],
    }
