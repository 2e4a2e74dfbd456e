"""Which lines hold on one day? A slow, literal second reading of docs/explanation/how-permissions-are-derived.md, 3, 4.5, 5.1 and 5.3.

It is told who is bound by what on that day (``in_force``) and looks at every clause and act anew; it shares nothing with
``comity.permissions`` but types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from comity.acts import Act
from comity.agreements import Agreement
from comity.agreements.allowances import Allowance, Equivalence, Release
from comity.terms import Ladder, Moment, Verdict, all_of

InForce = Callable[[str, str, str], Verdict]
"""Whether an agreement (the third) is in force between two on the day."""

Line = tuple[Any, ...]


def release_lines(agreements: Sequence[Agreement], ladders: Sequence[Ladder], giver: str, taker: str, in_force: InForce) -> Iterator[Line]:
    """Agreement, clause, policy, level, under, as, verdict, categories, only, purposes, opens, cleared of each line of the day."""
    for agreement in agreements:
        for number, clause in enumerate(agreement.clauses):
            if not isinstance(clause, Release):
                continue
            if clause.givers and giver not in clause.givers:
                continue
            if clause.takers and taker not in clause.takers:
                continue
            verdict = in_force(giver, taker, agreement.id)
            if verdict is Verdict.NO:
                continue
            for ladder in ladders:
                named = ladder.policy in clause.policies if clause.policies else ladder.owner == giver
                if not named:
                    continue
                for level in ladder.levels:
                    if level.rank <= 0:
                        continue
                    if ladder.policy in clause.up_to and level.rank > ladder.level(clause.up_to[ladder.policy]).rank:
                        continue
                    cleared = ladder.policy not in clause.cleared_from or level.rank >= ladder.level(clause.cleared_from[ladder.policy]).rank
                    for under, as_, sure in _protected(agreements, ladders, agreement, clause, ladder, level.name, giver, taker, verdict, in_force):
                        yield (
                            agreement.id, number, ladder.policy, level.name, under, as_, sure, frozenset(clause.categories), frozenset(clause.only),
                            frozenset(clause.purposes), clause.third_parties == "among-parties", cleared,
                        )  # fmt: skip


def _protected(
    agreements: Sequence[Agreement], ladders: Sequence[Ladder], agreement: Agreement, clause: Release, ladder: Ladder, level: str,
    giver: str, taker: str, verdict: Verdict, in_force: InForce,
) -> Iterator[tuple[str, str, Verdict]]:  # fmt: skip
    """3.3."""
    if clause.mapped == "same" or ladder.owner == taker:
        yield ladder.policy, level, verdict
        return
    own = _equal(agreement, ladders, ladder, level, taker)
    if own is not None:
        yield *own, verdict
        return
    for other in agreements:
        if other.parent == agreement.id:
            found = _equal(other, ladders, ladder, level, taker)
            together = all_of([verdict, in_force(giver, taker, other.id)])
            if found is not None and together is not Verdict.NO:
                yield *found, together


def _equal(agreement: Agreement, ladders: Sequence[Ladder], ladder: Ladder, level: str, taker: str) -> tuple[str, str] | None:
    owned = [each for each in ladders if each.owner == taker]
    for table in agreement.clauses:
        if isinstance(table, Equivalence):
            for safe in table.safeguarded:
                if safe.policy == ladder.policy and safe.by == taker and ladder.level(safe.level).name == level:
                    under = [each for each in ladders if each.policy == safe.under] if safe.under else owned
                    if under:
                        return under[0].policy, under[0].level(safe.as_).name
    best: tuple[int, str, str] | None = None
    for table in agreement.clauses:
        if isinstance(table, Equivalence):
            for row in table.rows:
                if ladder.policy in row and ladder.level(row[ladder.policy]).name == level:
                    for policy, name in row.items():
                        for own in owned:
                            if own.policy == policy and (best is None or own.level(name).rank > best[0]):
                                best = own.level(name).rank, policy, own.level(name).name
    return None if best is None else best[1:]


def allowances(
    agreements: Sequence[Agreement], activity: str, doer: str, counterpart: str, in_force: InForce, extends: Callable[[str], Verdict]
) -> Iterator[Line]:
    """Agreement, clause, gives, verdict of each line of the day; ``extends``: whether an agreement extends to the territory asked about."""
    for agreement in agreements:
        for number, clause in enumerate(agreement.clauses):
            if not isinstance(clause, Allowance) or clause.activity != activity:
                continue
            if (clause.doers and doer not in clause.doers) or (clause.counterparts and counterpart not in clause.counterparts):
                continue
            verdict = all_of([in_force(doer, counterpart, agreement.id), extends(agreement.id)])
            if clause.needs == "arrangement":
                under = [all_of([verdict, in_force(doer, counterpart, other.id)]) for other in agreements if other.parent == agreement.id]
            else:
                under = [verdict]
            for sure in under:
                if sure is not Verdict.NO:
                    yield (
                        agreement.id, number, clause.gives or "", sure, frozenset(clause.covers), frozenset(clause.excludes),
                        frozenset(clause.purposes), clause.needs == "consent", clause.limit, agreement.form == "political",
                        frozenset(clause.territories),
                    )  # fmt: skip


def release_consents(acts: Sequence[tuple[Act, bool]], ladders: Sequence[Ladder], originator: str, day: date) -> Iterator[Line]:
    """Reference, holders, takers, policy, levels (None: any), categories (None: any), item, verdict of each consent of the day (4.5)."""
    revocations = [act for act, _ in acts if act.kind == "revoke-release"]
    for act, undisputed in acts:
        verdict = consent_on(act, undisputed, revocations, day)
        if act.kind != "consent-release" or (act.on_behalf_of or act.actor) != originator or verdict is Verdict.NO:
            continue
        policy, levels = act.details.get("policy"), None
        if "up_to" in act.details:
            if policy is None:
                policy = next((each.policy for each in ladders if each.owner == originator), None)
            found = [each for each in ladders if each.policy == policy]
            known = [level for each in found for level in each.levels if level.is_called(act.details["up_to"])]
            levels = frozenset(level.name for each in found for level in each.levels if known and level.rank <= known[0].rank)
        listed = act.listed("categories")
        categories = None if "*" in listed else frozenset(listed)
        yield act.ref, frozenset(act.listed("holder")), frozenset(act.counterparty), policy, levels, categories, act.details.get("item"), verdict


def activity_consents(acts: Sequence[tuple[Act, bool]], activity: str, day: date) -> Iterator[Line]:
    """Reference, doers, counterpart (None: a mandate), territory, purposes, things, verdict of each consent of the day (5.3)."""
    revocations = [act for act, _ in acts if act.kind == "revoke-activity"]
    for act, undisputed in acts:
        verdict = consent_on(act, undisputed, revocations, day)
        if act.kind not in ("consent-activity", "mandate") or act.details.get("activity", "station") != activity or verdict is Verdict.NO:
            continue
        by = None if act.kind == "mandate" else act.on_behalf_of or act.actor
        yield (
            act.ref, frozenset(act.counterparty), by, frozenset(act.territory), frozenset(act.listed("purposes")), frozenset(act.listed("things")),
            verdict, None if act.kind == "mandate" else act.agreement,
        )  # fmt: skip


def consent_on(act: Act, undisputed: bool, revocations: Sequence[Act], day: date) -> Verdict:
    """4.5 and 5.3: does a consent hold on the day?"""
    given = act.effect or act.received or act.made or act.notified
    if given is None:
        return Verdict.NO
    begun = _come(given, day) if "from" not in act.details else Verdict.YES if date.fromisoformat(act.details["from"]) <= day else Verdict.NO
    ended = [Verdict.YES] if "until" in act.details and date.fromisoformat(act.details["until"]) <= day else []
    for back in revocations:
        same = (back.on_behalf_of or back.actor) == (act.on_behalf_of or act.actor)
        moment = back.effect or back.received or back.made or back.notified
        if same and back.replies_to in (None, act.hash) and moment is not None and moment.last >= given.first:
            ended.append(_come(moment, day))
    if begun is Verdict.NO or Verdict.YES in ended:
        return Verdict.NO
    if begun is Verdict.UNKNOWN or Verdict.UNKNOWN in ended:
        return Verdict.UNKNOWN
    return Verdict.YES if undisputed else Verdict.CONTESTED


def _come(moment: Moment, day: date) -> Verdict:
    """Has that moment come by the day?"""
    if moment.last <= day:
        return Verdict.YES
    return Verdict.UNKNOWN if moment.first <= day else Verdict.NO
