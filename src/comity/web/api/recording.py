"""Recording for programs: an act, many acts, and what puts a record right, by the same steps as through the pages.

Whether it is looked at (``dry-run``) or recorded, the answer says of each act how it stands. What is recorded is recorded once for each
``Idempotency-Key``, all of it or nothing. Where others have to approve, nothing is recorded and 202 says under which proposal that is asked.

Source: docs/how-to/record-acts.md; RFC 9110, 15.3.2, 15.3.3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router
from pydantic import BaseModel, ConfigDict, Field

from comity.acts import Entry
from comity.keeping import Previewed
from comity.standing import entry_to_plain
from comity.web.acts import signed_of
from comity.web.api import records, rows
from comity.web.api.parameters import Axes, refuse_unknown
from comity.web.api.problems import Refused, faulty
from comity.web.api.sending import forget, may_record, sent_ahead
from comity.web.api.shapes import ActsOfOne
from comity.web.api.writing import answered, done_once
from comity.web.asking import asked_today, yes
from comity.web.recording.approvals import Proposed
from comity.web.recording.effects import effect_of
from comity.web.recording.ground import Ground, ground_of
from comity.web.recording.one import TAKEN
from comity.web.recording.putting import Look, Recorded, put_on_record
from comity.web.recording.states import State, Stated, seal_of, state_rows

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

    def look(now: Ground) -> list[Previewed]:
        (stated,) = state_rows(now, [row])
        found = faults | rows.faults_by_pointer(stated, "") | ({"/ref": TAKEN} if rows.taken(stated) else {})
        if found:
            raise faulty(found)
        return [stated.previewed]

    if dry:
        return previewed(request, state_rows(ground_of(request), [row]), "", faults)
    return recorded(request, look, [row])


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

    def look(now: Ground) -> list[Previewed]:
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
        return [one.previewed for one in found if one.state in (State.NEW, State.DIFFERS)]

    if dry:
        return previewed(request, state_rows(ground_of(request), table), "/acts/{}", faults)
    return recorded(request, look, table)


def begin_writing(request: HttpRequest, query: DryRun) -> bool:
    """Is it only to be looked at?"""
    refuse_unknown(request, query)
    return yes(query.dry_run, "dry-run")


def previewed(request: HttpRequest, found: Sequence[Stated], prefix: str, faults: Mapping[str, str]) -> HttpResponse:
    """What would be recorded."""
    plain = _preview(request, list(found), prefix)
    if faults and not found:
        raise faulty(faults)
    for one in plain["acts"][:1]:
        one["faults"] += [{"pointer": f"#{pointer}", "detail": says} for pointer, says in faults.items()]
    return answered(200, plain)


def _preview(request: HttpRequest, found: list[Stated], prefix: str) -> Plain:
    new = [one.entry for one in found if one.entry is not None and one.state in (State.NEW, State.DIFFERS)]
    effect = effect_of(asked_today(request), new) if 0 < len(new) <= MOST_IN_EFFECT else None
    return {"acts": rows.looked_at(found, prefix), "seal": seal_of(found), "effect": rows.effect_to_plain(effect)}


def recorded(request: HttpRequest, look: Look, table: Sequence[rows.Row]) -> HttpResponse:
    """Record what ``look`` finds, once for the key that was sent: 201, or 202 where others have to approve it, or 200 where all is there already."""

    def do(token: str) -> HttpResponse:
        ground, chosen = ground_of(request), list[Previewed]()

        def looked(now: Ground) -> Sequence[Previewed]:
            chosen[:] = look(now)
            if not chosen:
                raise _NothingNew
            return chosen

        try:
            put_on_record(ground, token, looked, sent_ahead(ground, _named(table)))
        except _NothingNew:
            return previewed(request, state_rows(ground, table), "/acts/{}", {})
        except Proposed as proposed:
            path = f"/api/v1/proposals/{proposed.number}"
            return answered(202, {"proposal": proposed.number, "path": path}, {"Location": path})
        except Recorded as before:
            entry = ground.again().entry(before.act)
            return _told(request, [] if entry is None else [entry], [])
        forget(ground, _named(table))
        entries = [one.entry for one in chosen if one.entry is not None]
        there = {entry.act.ref for entry in entries}
        return _told(request, entries, [row["ref"] for row in table if row["ref"] not in there])

    return done_once(request, do)


class _NothingNew(Exception):
    """Every act is on record already."""


def _named(table: Sequence[rows.Row]) -> set[str]:
    """The documents that the rows name, by their hashes."""
    return {word for row in table for word in row["attachments"].split() if word.startswith("sha256:")}


def _told(request: HttpRequest, entries: Sequence[Entry], left_out: list[str]) -> HttpResponse:
    this = asked_today(request)
    plain = {"acts": [entry_to_plain(entry, signed_of(this, entry)) for entry in entries], "left_out": left_out}
    where = {"Location": f"/api/v1/acts/{quote(entries[0].act.ref, safe='/')}"} if entries else {}
    return answered(201, plain, where)
