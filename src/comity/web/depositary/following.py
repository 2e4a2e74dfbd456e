"""One instrument on record, followed through the procedure: a drawn line of steps, the same as a table, and its checklist."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.acts import kinds
from comity.terms import BadInput
from comity.web.acts import entries_of
from comity.web.asking import Asked, asked, json_page, page, wants_json
from comity.web.depositary.drawing import SHAPES, line_of
from comity.web.depositary.instruments import Check, is_lodged
from comity.web.depositary.onward import circulating, keeper_of, recording
from comity.web.depositary.procedure import Procedure, State, Step, procedure
from comity.web.documents.certified import certifier_of
from comity.web.duties import registering_duties
from comity.web.recording.ground import can_record
from comity.web.telling import told


def followed(this: Asked, ref: str) -> Procedure:
    """The procedure of an act; NotOnRecord where the reader sees none, BadInput where it is no instrument."""
    entry = entries_of(this, ref)[0]
    if entry.act.agreement is None or not is_lodged(entry.act.kind):
        raise BadInput(told(_("the act %(ref)s is no instrument that reaches a depositary; choose one under Depositary"), ref=repr(ref)))
    agreement = entry.act.agreement
    duties = registering_duties(this)
    return this.ask(("procedure", ref), lambda s: procedure(s, agreement, ref, entry.recorded, duties))


def index(request: HttpRequest, ref: str) -> HttpResponse:
    this = asked(request)
    found = followed(this, ref)
    if wants_json(request):
        return json_page(to_plain(found))
    act = found.act
    agreement = this.record.agreement(act.agreement or "", this.known)
    keeper = keeper_of(agreement)
    title = told(_("The steps of %(ref)s"), ref=ref)
    context = {
        "asked": this,
        "ref": ref,
        "act": act,
        "kind": kinds()[act.kind],
        "agreement": agreement,
        "procedure": found,
        "drawn": line_of(found.steps, title, "steps"),
        "steps": [(step, SHAPES[step.state]) for step in found.steps],
        "circulate": circulating(this, act, keeper) if _waits(found, "circulated") else None,
        "register": recording(this, "register", keeper, agreement=agreement.id) if _waits(found, "registered") else "",
        "certifies": certifier_of(request) is not None,
        "can_record": can_record(request),
    }
    return page(request, "depositary/act.html", context)


def _waits(found: Procedure, name: str) -> bool:
    return any(step.name == name and step.state is State.WAITS for step in found.steps)


def step_to_plain(step: Step) -> dict[str, Any]:
    """One step as plain data."""
    on = step.on and step.on.isoformat()
    return {"step": step.name, "state": str(step.state), "on": on, "says": step.says, "article": step.article, "acts": list(step.acts)}


def check_to_plain(check: Check) -> dict[str, Any]:
    """One line of a checklist as plain data."""
    return {"about": check.about, "outcome": str(check.outcome), "says": check.says, "article": check.article, "acts": list(check.acts)}


def to_plain(found: Procedure) -> dict[str, Any]:
    """The procedure as plain data."""
    return {
        "act": found.act.ref,
        "number": found.place.number if found.place else None,
        "series": found.place.name if found.place else None,
        "steps": [step_to_plain(step) for step in found.steps],
        "checks": [check_to_plain(check) for check in found.checks],
    }
