"""Putting a record right, for programs: what is on record stays, and a new act says how it is to be read, or that it did not happen.

Source: docs/how-to/record-acts.md, Putting a record right; RFC 9110, 13.1.1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router
from pydantic import BaseModel, ConfigDict, Field

from comity.book import COLUMNS
from comity.standing import entry_to_plain
from comity.terms import BadInput
from comity.web.api.describing import Act
from comity.web.api.parameters import refuse_unknown
from comity.web.api.problems import Refused, faulty
from comity.web.api.recording import ANSWERS, DryRun, begin_writing, previewed, recorded
from comity.web.api.sending import may_record
from comity.web.api.shapes import told
from comity.web.api.writing import answered, demand_match
from comity.web.recording.amending import Target, filled_from, target_of
from comity.web.recording.correcting import Form, Stale, corrected_by, entry_in, look_again, stated_for
from comity.web.recording.fields import DETAIL, NAMES, Filled, new_token
from comity.web.recording.ground import Ground, ground_of
from comity.web.recording.states import Stated

router = Router(by_alias=True, tags=["Recording"], auth=may_record)
_KEPT = frozenset({"agreement", "nonce", "recorded", "signature"})
"""Columns that no correction changes."""
EXAMPLE: dict[str, Any] = {"do": "replace", "where": "Depositary, note 12 of 2024", "why": "a wrong day", "reads": {"received": "2023-04-05"}}


class Correctable(BaseModel):
    """An act as it was first recorded, and as it is to be read."""

    act: str = told("Its hash.")
    first: dict[str, str] = told("As it was first recorded, by the columns of a table of acts.")
    reads: dict[str, str] = told("As it is to be read now.")
    retracted: bool = told("Is it read as if it had not been recorded?")
    corrections: list[Act] = told("What put it right, the one that counts last.")


class Correction(BaseModel):
    """How an act ought to read."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"example": EXAMPLE})

    do: Literal["replace", "retract", "undo"] = Field(description="Read it so; it did not happen; or read it as it was first recorded.")
    where: str = Field(description="Where it was found that the record is wrong.")
    where_basis: str = Field(default="official", description="How good that is.")
    why: str = Field(default="", description="Why, in a few words.")
    reads: dict[str, str | dict[str, str]] = Field(
        default={}, description="The columns that ought to read otherwise; details as an object or a text."
    )


@router.get("/corrections/{act}", response=Correctable, summary="What can be corrected")
def correctable(request: HttpRequest, act: str) -> HttpResponse:
    """An act, by its hash, with the corrections that it has had; its ETag is what a correction sends as `If-Match`."""
    refuse_unknown(request)
    target = _target(ground_of(request), act)
    return answered(200, _plain(target), {"ETag": _tag(target)})


@router.post("/corrections/{act}", response=ANSWERS, summary="Correct an act")
def correct(request: HttpRequest, act: str, query: Query[DryRun], body: Body[Correction]) -> HttpResponse:
    """Record what puts an act right. Needs `If-Match` with the ETag of what was read, and an `Idempotency-Key`; with `dry-run` neither."""
    dry = begin_writing(request, query)
    ground = ground_of(request)
    target = _target(ground, act)
    form = _form(target, body)
    if dry:
        found = stated_for(ground, target, form)
        return previewed(request, found, "", _pointers(form.faults) if not found else {})
    if not request.headers.get("If-Match"):
        demand_match(request, _tag(target))

    def look(now: Ground) -> Sequence[Stated]:
        demand_match(request, _tag(current := target_of(now, target.entry)), {"current": _plain(current), "sent": body.model_dump()})
        form.told["base"] = current.base
        try:
            return look_again(now, form, target)
        except BadInput:
            raise faulty(_pointers(form.faults)) from None
        except Stale as stale:
            raise Refused(412, "it was corrected since you read it", {"ETag": _tag(stale.target)}, {"current": _plain(stale.target)}) from None

    return recorded(request, look)


def _target(ground: Ground, act: str) -> Target:
    entry = entry_in(ground, act)
    if (other := corrected_by(ground, entry)) is not None:
        raise BadInput(f"act: this is a correction of {other.act.hash}; correct that one again")
    return target_of(ground, entry)


def _form(target: Target, body: Correction) -> Form:
    """The form as it would be filled in."""
    reads = body.reads
    if stray := sorted(set(reads) - {*COLUMNS} | set(reads) & _KEPT):
        raise faulty({f"/reads/{stray[0][:60]}": "no correction changes this; it takes the columns of an act, but for agreement and nonce"})
    filled = filled_from(target, new_token())
    values = {**filled.values, **{name: said.strip() for name, said in reads.items() if name in NAMES and isinstance(said, str)}}
    if "details" in reads:
        values = {name: said for name, said in values.items() if not name.startswith(DETAIL)} | _details(reads["details"])
    kind = reads.get("kind", target.reads["kind"])
    told = {"why": body.why.strip(), "where": body.where.strip(), "where_basis": body.where_basis.strip(), "base": target.base, "size": ""}
    kept: Filled = replace(filled, values={**values, "kind": target.entry.act.kind})
    return Form(kept, str(kind).strip(), told, body.do, attachments=str(reads.get("attachments", "")))


def _details(given: str | dict[str, str]) -> dict[str, str]:
    pairs = (
        given.items() if isinstance(given, dict) else ((name.strip(), said) for name, _, said in (part.partition("=") for part in given.split(";")))
    )
    return {f"{DETAIL}{name}": said.strip() for name, said in pairs if name}


def _pointers(faults: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the form, by the pointer into what was sent."""
    own = {"where": "/where", "kind_now": "/reads/kind", "": ""}
    return {
        own.get(name, f"/reads/{name.replace(DETAIL, 'details/', 1) if name.startswith(DETAIL) else name}"): says for name, says in faults.items()
    }


def _tag(target: Target) -> str:
    return f'"{target.base[:32]}"'


def _plain(target: Target) -> dict[str, Any]:
    first, reads = ({name: said for name, said in row.items() if said} for row in (target.row, target.reads))
    corrections = [entry_to_plain(entry, None) for entry in target.corrections]
    return {"act": target.entry.act.hash, "first": first, "reads": reads, "retracted": target.retracted, "corrections": corrections}
