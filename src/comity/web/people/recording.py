"""Recording that others have to approve: kept as a proposal with exactly what would come on record, and recorded once enough people approved that.

What an approval is of is a digest: of the acts, of how they stand to what is on record, and of what is on record under the same agreements, as far as
whoever approves it may see it. Where one of these changes, that approval lapses.
"""

from __future__ import annotations

import base64
import hashlib

from comity.keeping import Document, Previewed
from comity.terms import BadInput
from comity.web.holding import Held
from comity.web.people.models import Approved, Person, Proposal
from comity.web.people.proposals import KINDS, OPEN_YET, GoneBack, Kind
from comity.web.readers import Reader, Right, Role
from comity.web.recording.ground import NO_LEDGER, Ground
from comity.web.recording.putting import Recorded, put_on_record, recorded_before
from comity.web.recording.states import State, Stated, seal_of, state_rows

RECORD, CORRECT = "record acts", "correct an act"


def ground_of(held: Held, person: Person) -> Ground:
    """On what somebody records who proposed it; GoneBack if they may not any more."""
    if not person.grant.in_use:
        raise GoneBack(f"the account of {person.name}, who proposed it, was dismissed; propose it anew")
    if not person.reader.may(Right.RECORD):
        raise GoneBack(f"{person.name}, who proposed it, may record no more; propose it anew")
    return _seen_by(held, person.reader)


def _seen_by(held: Held, reader: Reader) -> Ground:
    if held.ledger is None:
        raise BadInput(NO_LEDGER)
    return Ground(reader, held.for_reader(reader), held.ledger, held.ledger.head().size)


def looked_at(held: Held, proposal: Proposal, reader: Reader) -> list[Stated]:
    """What was proposed, as it stands to what is on record now, as far as the reader may see that; GoneBack as ``ground_of``."""
    if proposal.state in OPEN_YET:
        ground_of(held, proposal.by)
    return state_rows(_seen_by(held, reader), proposal.payload["rows"])


def base(held: Held, proposal: Proposal, reader: Reader) -> str:
    """A digest of what is proposed, and of what is on record as far as it matters for that and the reader may see it; GoneBack as ``ground_of``."""
    ground_of(held, proposal.by)
    return _base(_seen_by(held, reader), proposal)


def _base(ground: Ground, proposal: Proposal) -> str:
    told = [seal_of(state_rows(ground, proposal.payload["rows"]))]
    for agreement in proposal.names["agreements"]:
        acts = ground.record.acts_under(agreement) if agreement in ground.agreements else ()
        seen = [entry.act.hash for entry in acts if ground.entry(entry.act.hash) is not None]
        told.append(f"{agreement}: {' '.join(sorted(seen))}")
    told += sorted(document["content"] for document in proposal.payload["documents"])
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def is_done(held: Held, proposal: Proposal) -> bool:
    """Is it on record already?"""
    return bool(recorded_before(_seen_by(held, proposal.by.reader), proposal.token or ""))


def carry_out(held: Held, proposal: Proposal) -> str:
    """Put it on record, if it is still what was approved."""
    ground = ground_of(held, proposal.by)
    approved, acts = _base(ground, proposal), list[str]()
    documents = [Document(base64.b85decode(one["content"]), one["media_type"]) for one in proposal.payload["documents"]]

    def look(now: Ground) -> list[Previewed]:
        if _base(now, proposal) != approved:
            raise BadInput("the record changed while it was carried out; look at it again")
        stated = state_rows(now, proposal.payload["rows"])
        if wrong := [f"{one.row['ref']}: {says}" for one in stated for _, says in one.faults]:
            raise BadInput(f"{wrong[0]} (as {proposal.by.name}, who proposed it, would record it)")
        found = [one.previewed for one in stated if one.state in (State.NEW, State.DIFFERS)]
        acts[:] = [one.entry.act.hash for one in found if one.entry is not None]
        return found

    try:
        put_on_record(ground, proposal.token or "", look, documents)
    except Recorded as before:
        acts[:] = before.acts
    for act in acts:
        Approved.objects.get_or_create(act=act, defaults={"proposal": proposal})
    by = ", ".join(one.by.name for one in proposal.votes.select_related("by__user") if one.approves)
    return f"recorded, as {proposal.by.name} proposed and {by} approved"


KINDS[RECORD] = Kind("Acts to be recorded", 1, Role.LEGAL_ADVISER, carry_out, base, is_done)
KINDS[CORRECT] = Kind("A record to be put right", 1, Role.LEGAL_ADVISER, carry_out, base, is_done)
