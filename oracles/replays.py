"""A slow second reading of docs/explanation/how-decisions-are-counted.md, section 5: day by day, by the slow reading of the sections before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from comity.terms import Verdict
from oracles.decisions import Place, World, decide, named_as_they_were, rule_on, same_person, seats


@dataclass(frozen=True)
class Replay:
    """What a roll call comes to: the outcomes that it has by rule, who sat and voted, and what came of it."""

    outcomes: Mapping[str, frozenset[str]]
    unseated: frozenset[str]
    perhaps: frozenset[str]
    silent: frozenset[str]
    differs: bool
    came_to: str | None
    contradicts: bool


def replay(days: Sequence[World], rules: Sequence[str], ballots: Mapping[str, str], under: str | None, told: bool) -> Replay:
    """``days``: the world as it stands on each day that the vote can have been taken on; ``told``: is it told that it was adopted?"""
    outcomes: dict[str, frozenset[str]] = {}
    seated: list[tuple[World, Mapping[str, Place]]] = []
    settled, besides = True, set[str]()
    for name in rules:
        found: set[str] | None = set()
        for world in days:
            agreement = world.agreements[name.partition("/")[0]]
            rule = rule_on(agreement, name.partition("/")[2], world.on)
            assert rule is not None
            places = {place.code: place for place in seats(world, agreement, named_as_they_were(world, rule))[0]}
            cast = {seat(world, places, code): vote for code, vote in ballots.items()}  # 5.3
            told_here = decide(world, agreement, rule, cast)
            doubts = sum((p.counts not in (Verdict.YES, Verdict.NO)) + (p.has_vote not in (Verdict.YES, Verdict.NO)) for p in places.values())
            settled = settled and told_here.complete and doubts <= 10
            besides |= {name} if rule.besides else set()
            seated.append((world, places))
            if told_here.missing and places:  # 2.8
                found = None
            if found is not None:
                found |= {reading[2].outcome for reading in told_here.readings}
        outcomes[name] = frozenset(found or ())
    by_voter = {code: [places.get(seat(world, places, code)) for world, places in seated] for code in ballots}
    unseated = {code for code, them in by_voter.items() if all(one is None for one in them)}
    unsure = {code for code, them in by_voter.items() if any(one is None or one.counts is not Verdict.YES for one in them)}
    silent = [
        {code for code, place in places.items() if place.counts is Verdict.YES and code not in {seat(world, places, voter) for voter in ballots}}
        for world, places in seated
    ]
    came = came_to(outcomes, [under] if under is not None and under in outcomes else list(rules), settled, besides, told)
    return Replay(
        outcomes,
        frozenset(unseated),
        frozenset(unsure - unseated),
        frozenset(set.intersection(*silent)),
        len({some for some in outcomes.values() if some}) > 1,  # 5.4
        came,
        told and came == "not-adopted",  # 5.7
    )


def seat(world: World, places: Mapping[str, Place], code: str) -> str:
    """Whose seat a vote is of."""
    person = same_person(world.register, code, world.on)
    return code if code in places or person is None or person not in places else person


def came_to(outcomes: Mapping[str, frozenset[str]], under: Sequence[str], settled: bool, besides: Collection[str], told: bool) -> str | None:
    """5.5 and 5.6."""
    if not settled or not all(outcomes[name] for name in under):
        return None
    every = frozenset().union(*(outcomes[name] for name in under))
    if every == {"not-adopted"}:
        return "not-adopted"
    if every == {"adopted"} and not any(name in besides for name in under):
        return "adopted"
    return "adopted" if told else None
