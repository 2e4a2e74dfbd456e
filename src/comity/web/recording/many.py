"""Many acts at once: a table pasted or in a file, looked at row by row, and recorded once somebody has seen what would be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comity.keeping import Previewed
from comity.terms import BadInput, NotOnRecord
from comity.web.asking import asked_today, page
from comity.web.guarding import for_a_page, written_to
from comity.web.linking import href
from comity.web.recording.approvals import Proposed
from comity.web.recording.drafts import Draft
from comity.web.recording.fields import new_token
from comity.web.recording.ground import Ground, ground_of
from comity.web.recording.pages import sent_before, shared, to_act, to_proposal
from comity.web.recording.putting import Recorded, put_on_record
from comity.web.recording.sheets import Sheet, read_sheet, read_text
from comity.web.recording.states import State, Stated, seal_of, state_rows

SHOWN = 200


class Moved(Exception):
    """What was shown is not what would be recorded any more."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown to who pressed: the state of each row, and how far the ledger went."""

    states: Sequence[State | None]
    size: str

    @classmethod
    def of(cls, request: HttpRequest) -> Shown:
        by_letter = {state.name[0]: state for state in State}
        return cls([by_letter.get(letter) for letter in request.POST.get("states", "")], request.POST.get("size", ""))


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one state: the first of them, and how many there are."""

    state: State
    rows: Sequence[Stated]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@written_to
def bring(request: HttpRequest) -> HttpResponse:
    """A table that is brought: kept as a draft, and looked at next."""
    ground = ground_of(request)
    if request.method != "POST":
        return HttpResponseRedirect(href({}, "record"))
    try:
        sheet = _sheet_in(request)
    except BadInput as problem:
        context = {**shared(asked_today(request), ground), "problem": for_a_page(problem), "pasted": request.POST.get("pasted", "")[:200_000]}
        return page(request, "recording/bring.html", context, 400)
    token, content = new_token(), json.dumps({"rows": sheet.rows, "lines": sheet.lines}, ensure_ascii=False)
    ground.drafts.put(ground.reader.name, Draft(token, "rows", f"{len(sheet.rows)}", content))
    return HttpResponseRedirect(href({}, "record-rows", token))


def _sheet_in(request: HttpRequest) -> Sheet:
    sent = request.FILES.get("table")
    if sent is not None:
        return read_sheet(sent.read())
    if pasted := request.POST.get("pasted", "").strip("\r\n"):
        return read_text(pasted)
    raise BadInput("no table was brought; choose a file, or paste one")


@written_to
def rows(request: HttpRequest, draft: str) -> HttpResponse:
    """The rows with their states; once it is pressed, those that are new go on record, if they still are what was shown."""
    ground = ground_of(request)
    if (before := sent_before(ground, draft)) is not None:
        return before
    sheet = _sheet_of(ground, draft)
    if request.method != "POST":
        return _preview(request, ground, draft, state_rows(ground, sheet.rows), sheet)
    seal, also = request.POST.get("seal", ""), request.POST.get("also") == "yes"

    def look(now: Ground) -> list[Previewed]:
        found = state_rows(now, sheet.rows)
        if seal_of(found) != seal:
            raise Moved
        return [one.previewed for one in found if one.state is State.NEW or (also and one.state is State.DIFFERS)]

    try:
        return to_act(ground, put_on_record(ground, draft, look))
    except Recorded as recorded:
        return to_act(ground, recorded.acts[0])
    except Proposed as proposed:
        return to_proposal(proposed.number)
    except Moved:
        now = ground.again()
        return _preview(request, now, draft, state_rows(now, sheet.rows), sheet, stale=Shown.of(request))
    except BadInput as problem:
        return _preview(request, ground, draft, state_rows(ground, sheet.rows), sheet, problem=for_a_page(problem))


def _sheet_of(ground: Ground, draft: str) -> Sheet:
    found = ground.drafts.get(ground.reader.name, draft)
    if found is None or found.kind != "rows" or not found.content:
        raise NotOnRecord("this table is not there any more; bring it again under Record")
    return Sheet(**json.loads(found.content))


def _preview(
    request: HttpRequest, ground: Ground, draft: str, found: Sequence[Stated], sheet: Sheet, stale: Shown | None = None, problem: str = ""
) -> HttpResponse:
    count = Counter(one.state for one in found)
    order = (State.UNREADABLE, State.DIFFERS, State.NEW, State.REPEATED, State.THERE)
    groups = [Group(state, [one for one in found if one.state is state][:SHOWN], count[state]) for state in order if count[state]]
    moved = [(one, was) for one, was in zip(found, stale.states if stale else (), strict=False) if was not in (None, one.state)][:SHOWN]
    context: dict[str, Any] = {
        **shared(asked_today(request), ground),
        "draft": draft,
        "groups": groups,
        "new": count[State.NEW],
        "to_approve": ground.to_approve([one.previewed for one in found if one.state in (State.NEW, State.DIFFERS)]),
        "differ": count[State.DIFFERS],
        "all": len(found),
        "seal": seal_of(found),
        "states": "".join(one.state.name[0] for one in found),
        "size": ground.size,
        "stale": stale is not None,
        "was_size": stale.size if stale else "",
        "moved": moved,
        "problem": problem,
        "lines": dict(zip((one.number for one in found), sheet.lines, strict=True)),
    }
    return page(request, "recording/rows.html", context, 409 if stale is not None else 400 if problem else 200)
