"""What permissions rest on, as one standing has it: agreements, ladders, who is bound when, and acts of consent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from comity.acts import Act
from comity.agreements import EVER, Agreement, AnyClause
from comity.permissions.lines import Membership
from comity.standing import Period, Standing
from comity.terms import Ladder, Moment, Verdict, all_of, parse_day

C = TypeVar("C", bound=AnyClause)
MOST_KEPT = 100_000
"""So many answers about a pair, or a party, under an agreement are kept."""
When = Callable[[str, str, str], list[Period]]
"""The days on which an agreement (the third) is in force between two."""


class Grounds:
    """The agreements and acts of one standing, looked at pair by pair; what was looked at once is kept."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.ladders = {ladder.policy: ladder for ladder in standing.record.ladders}
        self.agreements = [standing.record.agreement(a, standing.known) for a in standing.known_agreements()]
        self.between = lru_cache(MOST_KEPT)(standing.periods_between)
        self.bound = lru_cache(MOST_KEPT)(standing.periods_bound)
        self._clauses: dict[type, list[tuple[Agreement, int, Any]]] = {}

    def on_day(self, on: date) -> Grounds:
        """The same on another day: what was looked at holds for every day."""
        other = copy(self)
        other.standing = self.standing.on_day(on)
        return other

    def owned(self, party: str) -> list[Ladder]:
        """The ladders of the policies that a party owns."""
        return [ladder for ladder in self.ladders.values() if ladder.owner == party]

    def clauses(self, kind: type[C]) -> Iterator[tuple[Agreement, int, C]]:
        """Every clause of a kind, with its agreement and its place in it."""
        if kind not in self._clauses:
            self._clauses[kind] = [(a, place, clause) for a in self.agreements for place, clause in enumerate(a.clauses) if isinstance(clause, kind)]
        yield from self._clauses[kind]

    def agreement(self, agreement: str) -> Agreement:
        """The agreement in the version on record."""
        return self.standing.record.agreement(agreement, self.standing.known)

    def agreements_with(self, agreement: str) -> list[Agreement]:
        """The agreement, and the arrangements under it."""
        return [self.agreement(agreement), *self.arrangements_under(agreement)]

    def arrangements_under(self, agreement: str) -> list[Agreement]:
        """The administrative arrangements whose parent it is."""
        return self._arrangements.get(agreement, [])

    @cached_property
    def _arrangements(self) -> dict[str, list[Agreement]]:
        found: dict[str, list[Agreement]] = {}
        for agreement in self.agreements:
            if agreement.parent:
                found.setdefault(agreement.parent, []).append(agreement)
        return found

    def members(self, party: str, groups: Iterable[str]) -> Iterator[Membership]:
        """When the party belongs to each of the organisations, by their constituent agreements."""
        for group in groups:
            organisation = self.standing.record.register.parties.get(group)
            constituent = None if organisation is None else organisation.constituent
            if constituent is not None and self.standing.record.has_agreement(constituent, self.standing.known):
                yield from (Membership(group, party, *period) for period in self.bound(party, constituent))

    def parties_to(self, agreement: str, party: str) -> Iterator[Membership]:
        """When the agreement binds the party, as membership of the group of those whom it binds."""
        return (Membership(agreement, party, *period) for period in self.bound(party, agreement))


def both(one: Iterable[Period], other: Iterable[Period]) -> Iterator[Period]:
    """The days on which both hold, as sure as the less sure of them."""
    for a in one:
        for b in other:
            start, end = max(a.start, b.start), min(a.end, b.end)
            if start < end:
                yield Period(start, end, all_of([a.verdict, b.verdict]))


def consent_periods(act: Act, undisputed: bool, revocations: Iterable[Act]) -> Iterator[Period]:
    """When a consent holds: from its effect (else received) day until its ``until``, or until its author revokes it.

    Between the first and the last day of a partial date: unknown. Where it is denied: contested.
    """
    given = act.effect or act.received or act.made or act.notified
    if given is None:
        return
    first, last = _days(given)
    if "from" in act.details:
        first = last = parse_day(act.details["from"]).toordinal()
    ends = [(EVER, EVER)]
    if "until" in act.details:
        ends.append((parse_day(act.details["until"]).toordinal(),) * 2)
    for back in revocations:
        moment = back.effect or back.received or back.made or back.notified
        if back.attributed_to == act.attributed_to and back.replies_to in (None, act.hash) and moment is not None and moment.last >= given.first:
            ends.append(_days(moment))
    surely, at_last = min(early for early, _ in ends), min(late for _, late in ends)
    sure = Verdict.YES if undisputed else Verdict.CONTESTED
    for start, end, verdict in ((first, last, Verdict.UNKNOWN), (last, surely, sure), (max(last, surely), at_last, Verdict.UNKNOWN)):
        if start < min(end, at_last):
            yield Period(start, min(end, at_last), verdict)


def _days(moment: Moment) -> tuple[int, int]:
    return moment.first.toordinal(), moment.last.toordinal()
