"""One act: the form for its kind, what it would change, and putting it on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comity.acts import Entry
from comity.book import COLUMNS
from comity.keeping import Previewed
from comity.terms import BadInput, ComityError, NotOnRecord
from comity.web.asking import Asked, asked_today, page
from comity.web.guarding import for_a_page, written_to
from comity.web.recording.approvals import Proposed
from comity.web.recording.beside import Beside, beside, taken
from comity.web.recording.documents import brought_with
from comity.web.recording.drafts import Draft
from comity.web.recording.effects import Effect, effect_of
from comity.web.recording.fields import Filled, filled_in, from_json, new_token, sections_of, suggested_ref
from comity.web.recording.ground import Ground, ground_of
from comity.web.recording.pages import is_part, sent_before, shared, to_act, to_proposal
from comity.web.recording.putting import Recorded, put_on_record, recorded_before, token_in
from comity.web.recording.states import State, Stated, state_rows

TAKEN = "an act with this reference is on record already; give another, or correct that one from its page"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was filled in, as it would be recorded: what is wrong with it, by field; else the entry, its row and what it would change."""

    faults: Mapping[str, str]
    entry: Entry | None = None
    row: tuple[tuple[str, str], ...] = ()
    effect: Effect | None = None
    beside: Beside | None = None
    to_approve: bool = False


def faults_in(stated: Stated, filled: Filled) -> dict[str, str]:
    """What is wrong with a form, by field."""
    found = {_field(column): says for column, says in stated.faults} | filled.broken_details()
    if stated.state in (State.DIFFERS, State.THERE):
        found["ref"] = TAKEN
    return found


def _field(column: str) -> str:
    return f"d.{column.removeprefix('details.')}" if column.startswith("details.") else column


def look_at(this: Asked, ground: Ground, filled: Filled, attachments: str = "", shown: Beside | None = None) -> Looked:
    """What was filled in, as it would be recorded now."""
    (stated,) = state_rows(ground, [filled.to_row(attachments)])
    if faults := faults_in(stated, filled):
        return Looked(faults, beside=shown)
    assert stated.entry is not None
    row = tuple((name, stated.row[name]) for name in COLUMNS if stated.row[name])
    return Looked({}, stated.entry, row, effect_of(this, [stated.entry]), shown, ground.to_approve([stated.previewed]))


@written_to
def act(request: HttpRequest) -> HttpResponse:
    """The form; what it would come to; or, once it is sent, on to the act's page."""
    ground, this = ground_of(request), asked_today(request)
    if request.method != "POST":
        begun = _begun(request, ground)
        brought = ground.held.waiting.get(ground.reader.name, begun.token)
        return _form(request, this, ground, begun, Looked({}, beside=beside(this, ground, begun, *brought)))
    filled = filled_in(request.POST, token_in(request.POST.get("token", "")))
    do = request.POST.get("do", "preview")
    if (before := sent_before(ground, filled.token)) is not None:
        return before
    if is_part(request):
        return _part(request, this, ground, filled)
    try:
        return _sent(request, this, ground, filled, do)
    except Recorded as recorded:
        gone_to = to_act(ground, recorded.acts[0])
    except Proposed as proposed:
        gone_to = to_proposal(proposed.number)
    ground.held.waiting.drop(ground.reader.name, filled.token)
    return gone_to


def _begun(request: HttpRequest, ground: Ground) -> Filled:
    """A draft that is gone on with, or a new form for what the address says."""
    if wanted := request.GET.get("draft", ""):
        draft = ground.drafts.get(ground.reader.name, wanted)
        if draft is None or draft.kind != "act" or draft.recorded:
            raise NotOnRecord("this draft is not there any more; begin anew under Record")
        return from_json(draft.id, draft.content)
    filled = filled_in(request.GET, new_token())
    if not filled.of("actor"):
        raise BadInput("whose act is it? Choose a party under Record")
    return filled if filled.of("ref") else filled.with_values(ref=suggested_ref(filled, lambda ref: bool(ground.found(ref))))


def _sent(request: HttpRequest, this: Asked, ground: Ground, filled: Filled, do: str) -> HttpResponse:
    try:
        document, attachments = brought_with(request, ground, filled.token)
    except BadInput as problem:
        return _form(request, this, ground, filled, Looked({"document": str(problem)}), 400)
    filled = taken(request.POST, filled)
    shown = beside(this, ground, filled, document, attachments) if do != "record" else None
    looked = look_at(this, ground, filled, attachments, shown)
    if before := recorded_before(ground, filled.token):  # sent again meanwhile
        raise Recorded(before)
    if do != "record" or looked.faults:
        keep(ground, filled)
        looked = replace(looked, beside=shown or beside(this, ground, filled, document, attachments))
        return _form(request, this, ground, filled, looked, 400 if do == "record" else 200)

    def look(now: Ground) -> list[Previewed]:
        (stated,) = state_rows(now, [filled.to_row(attachments)])
        if faults := faults_in(stated, filled):
            raise BadInput("; ".join(faults.values()))
        return [stated.previewed]

    try:
        done = put_on_record(ground, filled.token, look, [document] if document is not None else [])
    except BadInput as problem:
        keep(ground, filled)
        return _form(request, this, ground.again(), filled, Looked({"": for_a_page(problem)}), 409)
    ground.held.waiting.drop(ground.reader.name, filled.token)
    return to_act(ground, done)


def keep(ground: Ground, filled: Filled) -> None:
    """Keep what was filled in as a draft."""
    title = " ".join(part for part in (filled.of("kind"), filled.of("actor"), filled.of("agreement")) if part)
    ground.drafts.put(ground.reader.name, Draft(filled.token, "act", title, filled.to_json()))


def _part(request: HttpRequest, this: Asked, ground: Ground, filled: Filled) -> HttpResponse:
    """What changes while one types: what it would come to; kept as a draft besides."""
    context: dict[str, Any] = {"asked": this, "ground": ground}
    try:
        looked = look_at(this, ground, filled, ground.held.waiting.get(ground.reader.name, filled.token)[1])
        keep(ground, filled)
        context |= {"looked": looked, "kept": True}
    except ComityError as problem:
        context["unkept"] = for_a_page(problem)
    return render(request, "recording/_preview.html", context)


def _form(request: HttpRequest, this: Asked, ground: Ground, filled: Filled, looked: Looked, status: int = 200) -> HttpResponse:
    sections = sections_of(filled, looked.faults)
    shown = {field.name: field.title for section in sections for field in section.fields}
    summary = [(name if name in shown or name == "document" else "", shown.get(name, name), says) for name, says in looked.faults.items()]
    context = {**shared(this, ground), "filled": filled, "kind": filled.kind, "sections": sections, "summary": summary, "looked": looked}
    return page(request, "recording/act.html", context, status)
