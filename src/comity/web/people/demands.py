"""What has to be approved: which acts, recorded by whom, need how many of which role; and whether these demands are themselves changed so only.

A demand says nothing where it leaves something empty: all who record, all kinds, all agreements, whatever the level. Where several fit, the one that
wants the most people counts, and of those that want as many, the one that was made first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.acts import Act, kinds
from comity.standing import CORRECTIONS
from comity.terms import BadInput, Ladder, NotOnRecord
from comity.web.confining import covers
from comity.web.holding import Held
from comity.web.people.accounts import note, office
from comity.web.people.models import Demand, Person, Proposal
from comity.web.people.proposals import KINDS, Kind, Terms, propose
from comity.web.readers import RIGHTS, Reader, Right, Role

ACTS, DEMANDS = "acts", "demands"
CHANGE = "change what has to be approved"
MOST = 9


def fits(demand: Demand, reader: Reader, act: Act, ladders: Sequence[Ladder]) -> bool:
    """Does this demand want the act approved, or what puts it right, recorded by this reader? It has the kind that it has, or says another has."""
    label, named = act.label, {act.kind, *([act.details.get("kind", act.kind)] if act.kind in CORRECTIONS else ())}
    whose = not demand.whose or any(role.value in demand.whose for role in reader.roles)
    what = not demand.kinds or named & {*demand.kinds}
    under = not demand.agreements or act.agreement in demand.agreements
    mine = [f"{policy}: {label.classification}" for policy in label.policy.split("+")]
    level = not demand.levels or any(covers(mine, one.partition(": ")[0], one.partition(": ")[2], ladders) for one in demand.levels)
    return bool(demand.party in ("", reader.party or "") and whose and what and under and level)


def strictest(demands: Sequence[Demand]) -> Demand | None:
    """The one that counts, of those that fit."""
    return max(demands, key=lambda one: (one.needed, -one.pk), default=None)


def written(record: Any, given: Mapping[str, Any], side: str | None = None) -> dict[str, Any]:
    """A demand as it was written by somebody of this side, read against the record; BadInput or NotOnRecord says what is wrong with it."""
    about, role = given.get("about", ACTS), next((one for one in Role if one.value == given.get("role")), None)
    whose = [one.value for one in Role if one.value in given.get("whose", ()) and Right.RECORD in RIGHTS[one]]
    needed = str(given.get("needed", ""))
    if about not in (ACTS, DEMANDS) or role is None:
        raise BadInput("say what has to be approved, and by which role")
    if (Right.APPROVE if about == ACTS else Right.ADMINISTER) not in RIGHTS[role]:
        raise BadInput(f"a {role.value} does not approve this; choose another role")
    if not needed.isdecimal() or len(needed) > len(str(MOST)) or not 1 <= int(needed) <= MOST:
        raise BadInput(f"by how many? write a number from 1 to {MOST}")
    if (there := sum(grant.in_use and grant.party == side and role in grant.roles for grant in office().values())) < int(needed):
        raise BadInput(f"{needed} of the role {role.value} would have to approve, and there are {there}; make more accounts first")
    for kind in (named := given.get("kinds", [])):
        if kind not in kinds():
            raise BadInput(f"{kind[:60]!r} is no kind of act; look it up in the list")
    for agreement in (under := given.get("agreements", [])):
        record.agreement(agreement)
    levels = []
    for one in given.get("levels", []):
        policy, colon, level = one.partition(":")
        if not colon:
            raise BadInput(f"level {one!r}: write POLICY:LEVEL, such as NATO:SECRET")
        ladder = record.ladder(policy.strip())
        levels.append(f"{ladder.policy}: {ladder.level(level.strip()).name}")
    if about == DEMANDS:
        whose, named, under, levels = [], [], [], []
    return {
        "about": about, "whose": whose, "kinds": list(named), "agreements": list(under), "levels": levels, "needed": int(needed), "role": role.value,
    }  # fmt: skip


def change(add: Mapping[str, Any] | None, remove: int | None, by: Person) -> Proposal | None:
    """Make a demand of one's side, or take one away; where that has to be approved itself, it is proposed: the proposal. NotOnRecord if there is none
    of one's side to take away.
    """
    speaks = (add["agreements"] if add else _of_ones_side(remove or 0, by).agreements) or [""]
    guard = strictest(list(Demand.objects.filter(about=DEMANDS, party=by.party)))
    payload = {"add": dict(add) if add else None, "remove": remove}
    if guard is None:
        _do(payload, by)
        return None
    title = "A new demand for approval" if add else f"Take away the demand for approval {remove}"
    return propose(CHANGE, title, payload, by, Terms(guard.needed, Role(guard.role), speaks))


def _of_ones_side(number: int, by: Person) -> Demand:
    found = Demand.objects.filter(pk=number, party=by.party).first()
    if found is None:
        raise NotOnRecord("no such demand for approval is yours to take away; look at the list again")
    return found


def _do(payload: Mapping[str, Any], by: Person) -> str:
    if payload["add"] is not None:
        made = Demand.objects.create(made_by=by.name, party=by.party, **payload["add"])
        note(by.name, by.name, f"demand for approval {made.pk} made")
        return f"demand {made.pk} was made"
    _of_ones_side(payload["remove"], by).delete()
    note(by.name, by.name, f"demand for approval {payload['remove']} taken away")
    return f"demand {payload['remove']} was taken away"


def _carry_out(held: Held, proposal: Proposal) -> str:
    if proposal.by.party != proposal.party:
        raise BadInput(f"{proposal.by.name}, who proposed it, is of another side by now; propose it anew")
    return _do(proposal.payload, proposal.by)


KINDS[CHANGE] = Kind("A change of what has to be approved", 1, Role.ADMINISTRATOR, _carry_out)
