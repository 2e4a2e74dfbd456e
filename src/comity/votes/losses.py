"""Who does not count on a proposal, or has no vote on it, and why: as the proposal says it, and facts and suspensions on record.

Source: how-decisions-are-counted.md, section 3.5.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from comity.acts import Act
from comity.agreements.decision_rules import Without
from comity.procedures import KeptAct, kept_acts
from comity.standing import Standing
from comity.terms import Verdict, all_of, any_of
from comity.votes.spans import held

FACT, SUSPEND, RESUME = "establish-fact", "suspend", "resume"
LOSS_KINDS = (FACT, SUSPEND, RESUME)
"""The kinds of act that tell of a loss."""


class Losses:
    """What is on record under an agreement, and said by a proposal, of who does not count or has no vote."""

    def __init__(self, standing: Standing, agreement: str, proposal: Act | None, told: Mapping[Without, Collection[str]]) -> None:
        self._on, self._proposal, self._told = standing.on, proposal, told
        self._acts = [one for one in kept_acts(standing, LOSS_KINDS) if one.act.agreement == agreement]

    def verdict(self, reason: Without, code: str) -> Verdict:
        """Does the reason hold for the party?"""
        if code in self._told.get(reason, ()) or (self._proposal is not None and _says(self._proposal, reason, code)):
            return Verdict.YES
        facts = any_of(held(one, self._on) for one in self._acts if one.kind == FACT and self._is_about(one, reason, code))
        return any_of((facts, self._suspended(code))) if reason == "suspended" else facts

    def _is_about(self, one: KeptAct, reason: Without, code: str) -> bool:
        details, to = one.act.details, one.act.replies_to
        this = to is None or (self._proposal is not None and to == self._proposal.hash)
        return this and details.get("fact") == reason and details.get("of") == code

    def _suspended(self, code: str) -> Verdict:
        """By any act of suspension that has not been ended by one of resumption."""
        named = [one for one in self._acts if code in one.act.counterparty]
        found = []
        for one in (one for one in named if one.kind == SUSPEND):
            since = [r for r in named if r.kind == RESUME and r.by == one.by and r.first >= one.first]
            resumed = any_of(held(r, self._on) for r in since)
            going_on = {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES}.get(resumed, resumed)
            found.append(all_of((held(one, self._on), going_on)))
        return any_of(found)


def _says(proposal: Act, reason: Without, code: str) -> bool:
    """Does the proposal itself say it of the party?"""
    if code in proposal.listed(reason.replace("-", "_")):
        return True
    return reason == "not-participating" and "participating" in proposal.details and code not in proposal.listed("participating")
