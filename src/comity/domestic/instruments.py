"""Which agreements stand in a procedure at home, of which states; and where each stands, the acts of the record being read once.

Source: how-domestic-procedure-is-followed.md, 5.7.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from comity.acts import CONSENT
from comity.agreements.clauses import Consent
from comity.domestic.courses import HOME_KINDS
from comity.domestic.procedures_of_states import home_procedures
from comity.domestic.statuses import HomeStatus, acts_at_home, home_status
from comity.standing import Standing
from comity.terms import BadInput, ComityError, NotOnRecord

Pair = tuple[str, str]
"""An agreement and a state."""


@dataclass(frozen=True, slots=True)
class AtHome:
    """An agreement in a state; ``status`` None where nothing can be told, and ``problem`` says why."""

    agreement: str
    state: str
    status: HomeStatus | None
    problem: ComityError | None = None


def at_home(standing: Standing, state: str = "", agreement: str = "") -> Iterator[AtHome]:
    """Where each of ``pairs_at_home`` stands, no sitting days being known."""
    acts = acts_at_home(standing)
    for under, of in pairs_at_home(standing, state, agreement):
        try:
            yield AtHome(under, of, home_status(standing, under, of, acts=acts))
        except (BadInput, NotOnRecord) as problem:
            yield AtHome(under, of, None, problem)


def pairs_at_home(standing: Standing, state: str = "", agreement: str = "") -> list[Pair]:
    """Agreements with acts of procedure at home, each with its state; of a state or an agreement also those signed and not consented to.

    Only states whose procedures are known; what was begun comes first, the latest first.
    """
    states = {one.state for one in home_procedures()}
    begun = begun_at_home(standing)
    found = dict(begun)
    if state or agreement:
        consented = _by_pair(standing, CONSENT)
        found |= {pair: day for pair, day in _by_pair(standing, ("sign",)).items() if pair not in consented and pair not in begun}
    wanted = {
        pair: day
        for pair, day in found.items()
        if pair[1] in states
        and (not state or pair[1] == state)
        and (not agreement or pair[0] == agreement)
        and (pair in begun or not _binds_by_signature(standing, pair[0]))
    }
    return sorted(wanted, key=lambda pair: (pair not in begun, -wanted[pair].toordinal(), pair))


def begun_at_home(standing: Standing) -> dict[Pair, date]:
    """The agreements and states in which something was done at home by the day, with its first day."""
    return _by_pair(standing, HOME_KINDS)


def _by_pair(standing: Standing, kinds: Collection[str]) -> dict[Pair, date]:
    found: dict[Pair, date] = {}
    for act, _undisputed in standing.acts_of(kinds):
        done, known = act.done, act.agreement is not None and standing.record.has_agreement(act.agreement, standing.known)
        if done is not None and done.first <= standing.on and act.agreement is not None and known:
            found.setdefault((act.agreement, act.attributed_to), done.first)
    return found


def _binds_by_signature(standing: Standing, agreement: str) -> bool:
    clauses = standing.record.agreement(agreement, standing.known).clauses
    return any(isinstance(one, Consent) and one.signature_binds for one in clauses)
