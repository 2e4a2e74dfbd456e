"""Recording for programs: an act, many acts, and what puts a record right, by the same steps as through the pages.

Whether it is looked at (``dry-run``) or recorded, the answer says of each act how it stands. What is recorded is recorded once for each
``Idempotency-Key``, all of it or nothing. Where others have to approve, nothing is recorded and 202 says under which proposal that is asked.

Source: docs/how-to/record-acts.md; RFC 9110, 15.3.2, 15.3.3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router
from pydantic import BaseModel, ConfigDict, Field

from comity.acts import Entry
from comity.keeping import Document, Previewed
from comity.standing import entry_to_plain
from comity.web.acts import signed_of
from comity.web.api import records, rows
from comity.web.api.parameters import Axes, refuse_unknown
from comity.web.api.problems import Refused, faulty
from comity.web.api.sending import forget, may_record, named_by, sent_ahead
from comity.web.api.shapes import ActsOfOne
from comity.web.api.writing import answered, done_once
from comity.web.asking import asked_today, yes
from comity.web.recording.approvals import Proposed
from comity.web.recording.effects import effect_of
from comity.web.recording.ground import Ground, ground_of
from comity.web.recording.one import TAKEN
from comity.web.recording.putting import Recorded, put_on_record
from comity.web.recording.states import State, Stated, previewed_of, seal_of, state_rows

router = Router(by_alias=True, tags=["Recording"], auth=may_record)
Plain = dict[str, Any]
ANSWERS: Any = {200: rows.Preview, 201: rows.RecordedActs, 202: rows.ToApprove}
MOST_IN_EFFECT = 200


class DryRun(BaseModel):
    """Only looked at?"""

    model_config = ConfigDict(populate_by_name=True)

    dry_run: str = Field(
        default="", alias="dry-run", description="`1`: say what it would come to, and record nothing.", json_schema_extra={"example": "1"},
    )  # fmt: skip


@records.router.post("/acts", response=ANSWERS, summary="Record an act", tags=["Recording"], auth=may_record)  # where acts are read, by one path
def record_act(request: HttpRequest, query: Query[DryRun], body: Body[rows.ActSent]) -> HttpResponse:
    """Put one act on record: 201 with its place. With `dry-run`: what it would change, and what is wrong with it. Needs an `Idempotency-Key`."""
    dry = begin_writing(request, query)
    row, faults = body.to_row()

    def look(now: Ground) -> list[Stated]:
        (stated,) = state_rows(now, [row])
        found = faults | rows.faults_by_pointer(stated, "") | ({"/ref": TAKEN} if rows.taken(stated) else {})
        if found:
            raise faulty(found)
        return [stated]

    if dry:
        return previewed(request, state_rows(ground_of(request), [row]), "", faults)
    return recorded(request, look)


@router.get("/acts/batch", response=ActsOfOne, tags=["Record"], summary="The act called batch", auth=None)
def act_called_batch(request: HttpRequest, query: Query[Axes]) -> Any:
    """Every entry with that reference, if there is one: as any other act."""
    return records.one_act(request, "batch", query)


@router.post("/acts/batch", response=ANSWERS, summary="Record many acts")
def record_acts(request: HttpRequest, query: Query[DryRun], body: Body[rows.ActsSent]) -> HttpResponse:
    """Put all acts of a table on record, or none. Those that are there already are left out: sent again, a table changes nothing.

    One that cannot be read, or differs from what is on record under its reference, has all refused; `also_differing` records these beside.
    """
    dry = begin_writing(request, query)
    table, faults = list[rows.Row](), dict[str, str]()
    for number, sent in enumerate(body.acts):
        row, wrong = sent.to_row()
        table.append(row)
        faults |= {f"/acts/{number}{pointer}": says for pointer, says in wrong.items()}

    def look(now: Ground) -> list[Stated]:
        found = state_rows(now, table)
        if body.seal and seal_of(found) != body.seal:
            raise Refused(
                412, "the record changed since the preview with this seal; look again", {}, {"current": _preview(request, found, "/acts/{}")}
            )
        wrong = dict(faults)
        for one in found:
            wrong |= rows.faults_by_pointer(one, "/acts/{}")
            if one.state is State.DIFFERS and not body.also_differing:
                wrong[f"/acts/{one.number - 1}/ref"] = "an act with this reference is on record and says something else; correct that one"
        if wrong:
            raise faulty(wrong)
        return found

    if dry:
        return previewed(request, state_rows(ground_of(request), table), "/acts/{}", faults)
    return recorded(request, look, table)


def begin_writing(request: HttpRequest, query: DryRun) -> bool:
    """Is it only to be looked at?"""
    refuse_unknown(request, query)
    return yes(query.dry_run, "dry-run")


def previewed(request: HttpRequest, found: Sequence[Stated], prefix: str, faults: Mapping[str, str]) -> HttpResponse:
    """What would be recorded; ``faults`` that are no row's are told with the act in whose part of the body they are."""
    if faults and not found:
        raise faulty(faults)
    plain, parts = _preview(request, list(found), prefix), prefix.count("/") + 1
    within: dict[str, list[Plain]] = {}
    for pointer, says in faults.items():
        within.setdefault("/".join(pointer.split("/")[:parts]), []).append({"pointer": f"#{pointer}", "detail": says})
    for one in plain["acts"]:
        one["faults"] += within.get(prefix.replace("{}", str(one["number"] - 1)), [])
    return answered(200, plain)


def _preview(request: HttpRequest, found: list[Stated], prefix: str) -> Plain:
    new = [one.entry for one in found if one.entry is not None and one.state in (State.NEW, State.DIFFERS)]
    effect = effect_of(asked_today(request), new) if 0 < len(new) <= MOST_IN_EFFECT else None
    return {"acts": rows.looked_at(found, prefix), "seal": seal_of(found), "effect": rows.effect_to_plain(effect)}


def recorded(request: HttpRequest, look: Callable[[Ground], Sequence[Stated]], table: Sequence[rows.Row] = ()) -> HttpResponse:
    """Record what is new of what ``look`` finds, with the documents that were sent ahead, once for the key that was sent: 201, or 202 where others
    have to approve it, or 200 where all is there already. ``table``: what was sent, of which what is there already is left out.
    """

    def do(token: str) -> HttpResponse:
        ground, chosen, left_out, documents = ground_of(request), list[Entry](), list[str](), list[Document]()

        def looked(now: Ground) -> Sequence[Previewed]:
            found = look(now)
            new = [one for one in found if one.state in (State.NEW, State.DIFFERS)]
            if not new:
                raise _NothingNew
            left_out[:] = [one.row["ref"] for one in found if one.state is State.THERE]
            chosen[:] = [one.entry for one in new if one.entry is not None]
            documents[:] = sent_ahead(now, named_by(chosen))
            return previewed_of(new)

        try:
            put_on_record(ground, token, looked, documents)
        except _NothingNew:
            return previewed(request, state_rows(ground, table), "/acts/{}", {})
        except Proposed as proposed:
            forget(ground, named_by(chosen))
            path = f"/api/v1/proposals/{proposed.number}"
            return answered(202, {"proposal": proposed.number, "path": path}, {"Location": path})
        except Recorded as before:
            now = ground.again()
            chosen[:] = [entry for act in before.acts if (entry := now.entry(act)) is not None]
            there = [one for one in state_rows(now, table) if one.state is State.THERE and one.entry is not None]
            left_out[:] = [one.row["ref"] for one in there if one.entry not in chosen]
        forget(ground, named_by(chosen))
        return _told(request, chosen, left_out)

    return done_once(request, do)


class _NothingNew(Exception):
    """Every act is on record already."""


def _told(request: HttpRequest, entries: Sequence[Entry], left_out: list[str]) -> HttpResponse:
    this = asked_today(request)
    plain = {"acts": [entry_to_plain(entry, signed_of(this, entry)) for entry in entries], "left_out": left_out}
    where = {"Location": f"/api/v1/acts/{quote(entries[0].act.ref, safe='/')}"} if entries else {}
    return answered(201, plain, where)
