"""Correct this record: the form filled in with an act that is on record; what puts it right is recorded as a new act, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comity.acts import BASES, Entry, kinds
from comity.keeping import Document
from comity.standing import CORRECTIONS
from comity.terms import BadInput, NotOnRecord
from comity.web.asking import Asked, asked_today, page
from comity.web.guarding import for_a_page, written_to
from comity.web.linking import href
from comity.web.recording.amending import Row, Target, beside, correction, filled_from, retraction, target_of, undoing
from comity.web.recording.apart import APART
from comity.web.recording.approvals import Proposed
from comity.web.recording.documents import document_in
from comity.web.recording.effects import Effect, effect_of
from comity.web.recording.fields import Filled, filled_in, new_token, sections_of
from comity.web.recording.ground import Ground, ground_of
from comity.web.recording.one import faults_in
from comity.web.recording.pages import sent_before, shared, to_act, to_proposal
from comity.web.recording.putting import Recorded, put_on_record, recorded_before, token_in
from comity.web.recording.states import Stated, previewed_of, state_rows


class Stale(Exception):
    """Somebody else corrected the act since the form was opened."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        self.target = target


@dataclass
class Form:
    """What was filled in: the act as it ought to read, its kind, why and on what it rests; which of the buttons was pressed."""

    filled: Filled
    kind: str
    told: dict[str, str]
    do: str = "preview"
    document: Document | None = None
    attachments: str = ""
    faults: dict[str, str] = field(default_factory=dict)


def correct(request: HttpRequest, act: str) -> HttpResponse:
    """The form; what it would come to; or, once it is sent, on to the page of the act that corrects."""
    ground, this = ground_of(request), asked_today(request)
    entry = entry_in(ground, f"sha256:{act}")
    if (other := corrected_by(ground, entry)) is not None:
        return HttpResponseRedirect(href({}, "record-correct", other.act.hash.removeprefix("sha256:")))
    target = target_of(ground, entry)
    if request.method != "POST":
        told = {"why": "", "where": "", "where_basis": "official", "base": target.base}
        return _form(request, this, target, Form(filled_from(target, new_token()), target.reads["kind"], told))
    return _sent(request, this, ground, target)


written_to(correct)


def entry_in(ground: Ground, act: str) -> Entry:
    """The act that is to be corrected; NotOnRecord if none is there that the reader may put right, BadInput if it is corrected elsewhere."""
    entry = ground.entry(act)
    if entry is None or not ground.is_theirs(entry):
        raise NotOnRecord(f"no act {act[:71]} is on record; look it up under Acts")
    if entry.act.kind in APART:
        raise BadInput(f"an act of kind {entry.act.kind!r} is not corrected through the pages; use: {APART[entry.act.kind]}")
    return entry


def corrected_by(ground: Ground, entry: Entry) -> Entry | None:
    """The act that this one corrects, if it is a correction: that one is to be corrected again."""
    act = entry.act
    return ground.entry(act.replies_to) if act.kind in CORRECTIONS and act.replies_to else None


def _sent(request: HttpRequest, this: Asked, ground: Ground, target: Target) -> HttpResponse:
    given = {name: request.POST.get(name, "").strip() for name in ("why", "where", "where_basis", "base", "size")}
    token = token_in(request.POST.get("token", ""))
    filled = filled_in({**request.POST.dict(), "kind": target.entry.act.kind, "agreement": target.row["agreement"]}, token)
    form = Form(filled, request.POST.get("kind_now", "").strip() or target.entry.act.kind, given, request.POST.get("do", "preview"))
    if (before := sent_before(ground, token)) is not None:
        return before
    try:
        form.document, form.attachments = document_in(request)
        if form.do == "preview" or not _is_sound(ground, target, form):
            return _previewed(request, this, ground, target, form)
        done = put_on_record(ground, token, lambda now: previewed_of(look_again(now, form, target)), [form.document] if form.document else [])
    except Recorded as recorded:
        return to_act(ground, recorded.acts[0])
    except Proposed as proposed:
        return to_proposal(proposed.number)
    except Stale as stale:
        form.told["base"] = stale.target.base
        return _form(request, this, stale.target, form, status=409, stale=True)
    except BadInput as problem:
        form.faults = form.faults or {"": for_a_page(problem)}
        return _form(request, this, target, form, status=400)
    return to_act(ground, done)


def _rows(ground: Ground, target: Target, form: Form) -> list[Row]:
    """The rows that the pressed button makes of the form."""
    if form.do == "retract":
        return [retraction(ground, target, form.told)]
    if form.do == "undo":
        return [undoing(ground, target, form.told)]
    return correction(ground, target, form.filled, form.kind, form.told, form.attachments)


def stated_for(ground: Ground, target: Target, form: Form) -> list[Stated]:
    """The rows with their states; notes in the form what is wrong."""
    form.faults = {} if form.kind in kinds() else {"kind_now": f"{form.kind[:60]!r} is no kind of act; choose one from the list"}
    if not form.told["where"]:
        form.faults["where"] = "fill this in: where it was found that the record is wrong"
    if form.faults:
        return []
    rows = _rows(ground, target, form)
    if not rows:
        form.faults[""] = "the form says what is on record already; change what is wrong, and send it again"
    found = state_rows(ground, rows) if rows else []
    for one in found:
        form.faults |= faults_in(one, form.filled)
    return found


def _is_sound(ground: Ground, target: Target, form: Form) -> bool:
    """Nothing is wrong with it, or the record moved on, which is told first."""
    return form.told["base"] != target.base or (bool(stated_for(ground, target, form)) and not form.faults)


def look_again(now: Ground, form: Form, target: Target) -> list[Stated]:
    """The rows with their states as the ledger is now; Stale if the act was corrected meanwhile, BadInput if something is wrong with the form."""
    current = target_of(now, target.entry)
    if now.entry(target.entry.act.hash) is None or current.base != form.told["base"]:
        raise Stale(current)
    found = stated_for(now, current, form)
    if form.faults:
        raise BadInput("; ".join(form.faults.values()))
    return found


def _previewed(request: HttpRequest, this: Asked, ground: Ground, target: Target, form: Form) -> HttpResponse:
    asked_to, form.do = form.do, "replace" if form.do == "preview" else form.do
    found = stated_for(ground, target, form)
    if before := recorded_before(ground, form.filled.token):  # sent again meanwhile
        raise Recorded(before)
    entries = [one.entry for one in found if one.entry is not None]
    effect = effect_of(this, entries) if entries and not form.faults else None
    status = 200 if asked_to == "preview" else 400
    return _form(request, this, target, form, status=status, rows=[] if form.faults else found, effect=effect)


def _form(
    request: HttpRequest,
    this: Asked,
    target: Target,
    form: Form,
    status: int = 200,
    stale: bool = False,
    rows: Sequence[Stated] = (),
    effect: Effect | None = None,
) -> HttpResponse:
    sections = sections_of(form.filled, form.faults)
    shown = {field.name: field.title for section in sections for field in section.fields}
    mine = {**form.filled.to_row(target.row["attachments"]), "kind": form.kind}
    context: dict[str, Any] = {
        **shared(this, ground_of(request)),
        "target": target,
        "act": target.entry.act,
        "form": form,
        "filled": form.filled,
        "sections": sections,
        "kinds": sorted(kinds()),
        "bases": BASES,
        "summary": [
            (name if name in shown or name in ("where", "kind_now") else "", shown.get(name, name), says) for name, says in form.faults.items()
        ],
        "stale": stale,
        "beside": beside(target.row, target.reads, mine),
        "rows": rows,
        "to_approve": ground_of(request).to_approve(previewed_of(rows)),
        "effect": effect,
    }
    return page(request, "recording/correct.html", context, status)
