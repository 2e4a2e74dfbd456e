"""Which proposals somebody may see, and what each comes to, for the pages and for programs alike."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.db.models import Case, Value, When
from django.http import HttpRequest

from comity.web.asking import whole
from comity.web.people.approving import Proposed
from comity.web.people.models import Proposal
from comity.web.people.proposals import OPEN_YET, one, seen_by
from comity.web.readers import reader_of

MOST = 200


def visible(request: HttpRequest) -> list[Proposal]:
    """The newest proposals that one may see, those to be decided first; without what they hold."""
    reader, held = reader_of(request), whole(request)
    decided = Case(When(state__in=OPEN_YET, then=Value(0)), default=Value(1))
    mine = Proposal.objects.filter(party=reader.party or "").order_by(decided, "-made", "-pk")
    kept = mine.select_related("by__user").defer("payload").iterator(chunk_size=MOST)
    return list(islice((proposal for proposal in kept if seen_by(reader, proposal, held)), MOST))


def proposal_of(request: HttpRequest, number: int) -> Proposal:
    """The proposal of that number, if one may see it."""
    return one(number, reader_of(request), whole(request))


def line(found: Proposal) -> dict[str, Any]:
    """A proposal in a list."""
    return {"number": found.pk, "kind": found.kind, "title": found.title, "by": found.by.name, "state": found.state}


def voted(found: Proposal, looked: Proposed) -> list[dict[str, Any]]:
    """Who said what, when, and whether it still counts."""
    lapsed = {word.by for word in looked.lapsed}
    votes = found.votes.select_related("by__user")
    return [{"by": v.by.name, "approves": v.approves, "at": v.at, "reason": v.reason, "lapsed": v.by.name in lapsed} for v in votes]
