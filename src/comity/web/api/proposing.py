"""Proposals for programs: what others have to approve, what it would put on record, and one's word on it.

Source: docs/how-to/accounts.md, Several agree.
"""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router
from pydantic import BaseModel, ConfigDict, Field

from comity.terms import NotOnRecord
from comity.web.api.parameters import refuse_unknown
from comity.web.api.sending import may_write
from comity.web.api.shapes import told
from comity.web.api.writing import answered, demand_match
from comity.web.recording.approvals import APPROVALS, Approvals

router = Router(by_alias=True, tags=["Proposals"])
Plain = dict[str, Any]


class ProposalLine(BaseModel):
    """One proposal in the list."""

    number: int = told("Its number.", ge=1)
    kind: str = told("What is proposed.")
    title: str = told("In a few words.")
    by: str = told("Who proposed it.")
    state: Literal["open", "refused", "approved", "carried out"] = told("How far it has come.")


class Proposals(BaseModel):
    """Proposals that you may see."""

    proposals: list[ProposalLine] = told("Those to be decided first.")


class Said(BaseModel):
    """What one person said."""

    by: str = told("Who.")
    approves: bool = told("Do they approve it?")
    reason: str = told("Why.")
    lapsed: bool = told("Was it said of what has changed since?")


class Proposal(ProposalLine):
    """One proposal."""

    needed: int = told("How many have to approve it.", ge=1)
    role: str = told("Of which role.")
    left: int = told("How many more.", ge=0)
    outcome: str = told("What came of it; blank: nothing yet.")
    acts: list[dict[str, str]] = told("What it would put on record, by the columns of a table of acts.")
    words: list[Said] = told("What was said.")


class WordSent(BaseModel):
    """Your word on it."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"example": {"approves": True, "reason": "checked against the note"}})

    approves: bool = Field(description="Do you approve it? One refusal ends it.")
    reason: str = Field(min_length=1, max_length=2000, description="Why.")


@router.get("/proposals", response=Proposals, summary="List proposals")
def proposals(request: HttpRequest) -> Plain:
    """What was proposed, as far as you may see it."""
    refuse_unknown(request)
    return {"proposals": _approvals(request).listed(request)}


@router.get("/proposals/{int:proposal}", response=Proposal, summary="One proposal")
def one_proposal(request: HttpRequest, proposal: int) -> HttpResponse:
    """A proposal, with what it would put on record; its ETag is of the state of the record that it rests on."""
    refuse_unknown(request)
    plain, seen = _approvals(request).told(request, proposal)
    return answered(200, plain, {"ETag": _tag(seen)})


@router.post("/proposals/{int:proposal}/words", response=Proposal, summary="Approve or refuse", auth=may_write)
def say(request: HttpRequest, proposal: int, body: Body[WordSent]) -> HttpResponse:
    """Say that you approve or refuse it, with `If-Match`: what you saw. It is carried out at once if yours is the last word needed."""
    refuse_unknown(request)
    approvals = _approvals(request)
    plain, seen = approvals.told(request, proposal)
    demand_match(request, _tag(seen), {"current": plain})
    approvals.say(request, proposal, body.approves, body.reason, seen)
    plain, seen = approvals.told(request, proposal)
    return answered(200, plain, {"ETag": _tag(seen)})


def _approvals(request: HttpRequest) -> Approvals:
    found: Approvals | None = request.META.get(APPROVALS)
    if found is None:
        raise NotOnRecord("there are no accounts here, and no proposals; serve with --people")
    return found


def _tag(seen: str) -> str:
    return f'"{seen[:32] or "decided"}"'
