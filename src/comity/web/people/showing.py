"""Which proposals somebody may see, and what each comes to, for the pages and for programs alike."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from comity.web.asking import whole
from comity.web.people.approving import Proposed, State
from comity.web.people.models import Proposal
from comity.web.people.proposals import one, seen_by
from comity.web.readers import Role, reader_of

MOST = 200


def visible(request: HttpRequest) -> list[Proposal]:
    """The newest proposals that one may see, those to be decided first."""
    reader, ladders = reader_of(request), whole(request).opened.book.record.ladders
    kept = [p for p in Proposal.objects.select_related("by__user")[: MOST * 5] if seen_by(reader, p, ladders)]
    return sorted(kept, key=lambda p: p.state not in (State.OPEN, State.APPROVED))[:MOST]


def proposal_of(request: HttpRequest, number: int) -> Proposal:
    """The proposal of that number, if one may see it."""
    return one(number, reader_of(request), whole(request).opened.book.record.ladders)


def line(found: Proposal) -> dict[str, Any]:
    """A proposal in a list."""
    return {"number": found.pk, "kind": found.kind, "title": found.title, "by": found.by.name, "state": found.state}


def left(looked: Proposed) -> int:
    """How many more have to approve it."""
    return max(0, looked.needed - len({w.by for w in looked.words if w.approves and w.seen == looked.now and Role(looked.role) in w.roles}))


def voted(found: Proposal, looked: Proposed) -> list[dict[str, Any]]:
    """Who said what, when, and whether it still counts."""
    open_yet = found.state in (State.OPEN, State.APPROVED)
    votes = found.votes.select_related("by__user")
    return [
        {"by": v.by.name, "approves": v.approves, "at": v.at, "reason": v.reason, "lapsed": open_yet and v.approves and v.seen != looked.now}
        for v in votes
    ]
