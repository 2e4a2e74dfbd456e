"""What one person's recording has to wait for, and what they say on what others propose, as the rooms of recording ask it."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from comity.acts import Entry
from comity.keeping import Previewed
from comity.standing import CORRECTIONS
from comity.terms import BadInput
from comity.web.asking import whole
from comity.web.holding import Held
from comity.web.people.demands import ACTS, fits, strictest
from comity.web.people.models import Approved, Demand, Person, Proposal
from comity.web.people.proposals import Terms, base_of, propose, proposed, seen_by, vote
from comity.web.people.recording import CORRECT, RECORD
from comity.web.people.showing import line, proposal_of, visible, voted
from comity.web.readers import Role
from comity.web.recording.approvals import Wanted
from comity.web.recording.drafts import LARGEST
from comity.web.recording.pages import told_of


@dataclass(frozen=True)
class Approving:
    """What one person's recording has to wait for."""

    person: Person
    held: Held

    def needed(self, rows: Sequence[Previewed], answered: Sequence[Entry]) -> bool:
        return self._demand([one.entry for one in rows if one.entry is not None], answered) is not None

    def _demand(self, entries: Sequence[Entry], answered: Sequence[Entry]) -> Demand | None:
        """The one that counts, of those that fit one of these, or what one of these puts right."""
        reader, ladders = self.person.reader, self.held.opened.book.record.ladders
        right = {entry.act.replies_to for entry in (*entries, *answered) if entry.act.kind in CORRECTIONS}
        acts = [entry.act for entry in (*entries, *(e for e in answered if e.act.hash in right or e.act.kind in CORRECTIONS))]
        asked = Demand.objects.filter(about=ACTS)
        return strictest([demand for demand in asked if any(fits(demand, reader, act, ladders) for act in acts)])

    def propose(self, wanted: Wanted) -> int:
        entries = [one.entry for one in wanted.rows if one.entry is not None]
        demand = self._demand(entries, wanted.answered)
        if demand is None or not entries:
            raise BadInput("there is nothing here that has to be approved; record it")
        today = self.held.today().isoformat()
        under = sorted({entry.act.agreement for entry in entries if entry.act.agreement})
        payload = {
            "rows": [{**one.row, "recorded": "" if one.row["recorded"] == today else one.row["recorded"]} for one in wanted.rows],
            "documents": [{"content": base64.b85encode(d.content).decode(), "media_type": d.media_type} for d in wanted.documents],
        }  # fmt: skip
        if len(json.dumps(payload)) > 2 * LARGEST:
            raise BadInput("too much is recorded at once to be approved; record it in parts")
        title = told_of(entries[0]) if len(entries) == 1 else f"{len(entries)} acts under {', '.join(under) or 'no agreement'}"
        spoken = [entry.act for entry in (*entries, *wanted.answered)]
        terms = Terms(demand.needed, Role(demand.role), [act.agreement or "" for act in spoken], [act.label for act in spoken], wanted.token)
        kind = CORRECT if any(entry.act.kind in CORRECTIONS for entry in entries) else RECORD
        return propose(kind, title, payload, self.person, terms).pk

    def proposed_before(self, token: str) -> int | None:
        return Proposal.objects.filter(by=self.person, token=token).values_list("pk", flat=True).first()

    def listed(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [line(p) for p in visible(request)]

    def told(self, request: HttpRequest, number: int) -> tuple[dict[str, Any], str]:
        found = proposal_of(request, number)
        now, looked = base_of(found, whole(request), self.person.reader), proposed(found, whole(request))
        acts = [{name: said for name, said in row.items() if said} for row in found.payload.get("rows", ())]
        words = [{name: one[name] for name in ("by", "approves", "reason", "lapsed")} for one in voted(found, looked)]
        decided = {"needed": found.needed, "role": found.role, "left": looked.left, "outcome": found.outcome}
        return {**line(found), **decided, "acts": acts, "words": words}, now

    def say(self, request: HttpRequest, number: int, approves: bool, reason: str, seen: str) -> None:
        vote(proposal_of(request, number).pk, self.person, approves, reason, whole(request), seen)

    def approved(self, act: str) -> dict[str, Any] | None:
        found = Approved.objects.select_related("proposal__by__user").defer("proposal__payload").filter(act=act).first()
        if found is None or not seen_by(self.person.reader, found.proposal, self.held):
            return None
        by = [one.by.name for one in found.proposal.votes.select_related("by__user") if one.approves]
        return {"number": found.proposal.pk, "by": found.proposal.by.name, "approved_by": by}
