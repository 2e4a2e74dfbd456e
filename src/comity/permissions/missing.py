"""Why no line fits: each agreement on release that is in force between the two, and what it does not cover; and those that are not in force.

Source: docs/explanation/how-permissions-are-derived.md, sections 3 and 4.
"""

from __future__ import annotations

from datetime import date

from comity.agreements import Agreement
from comity.agreements.allowances import Release
from comity.permissions.grounds import Grounds
from comity.permissions.lines import ReleaseAsked
from comity.permissions.release_lines import release_lines
from comity.terms import Reason, Verdict


def why_none_fits(grounds: Grounds, asked: ReleaseAsked) -> tuple[Reason, ...]:
    """What each clause on release in force from the giver to the taker lacks for this question: of one agreement, those about such a policy first."""
    of: dict[str, list[tuple[bool, Reason]]] = {}
    for agreement, _, clause in grounds.clauses(Release):
        if (clause.givers and asked.giver not in clause.givers) or (clause.takers and asked.taker not in clause.takers):
            continue
        periods = grounds.between(asked.giver, asked.taker, agreement.id)
        if any(p.start <= asked.day < p.end and p.verdict in (Verdict.YES, Verdict.CONTESTED) for p in periods):
            says = f"{agreement.short} is in force between them, but {_lacks(grounds, agreement, clause, asked)}"
            reason = Reason("security-agreement", says, clause.article, source=clause.source, holds=False)
            of.setdefault(agreement.id, []).append((_is_about(grounds, clause, asked), reason))
    return tuple(reason for told in of.values() for reason in _nearest(told))


def _nearest(told: list[tuple[bool, Reason]]) -> list[Reason]:
    """Of one agreement's clauses those about such a policy; if none is, the first."""
    return [reason for about, reason in told if about] or [reason for _, reason in told[:1]]


def why_not_in_force(grounds: Grounds, asked: ReleaseAsked, agreements: list[str]) -> tuple[Reason, ...]:
    """Of agreements that would cover it: why each is not in force between the two on the day."""
    on = date.fromordinal(asked.day)
    answers = [(grounds.agreement(a), grounds.standing.between(asked.giver, asked.taker, a, on)) for a in agreements]
    return tuple(
        Reason("security-agreement", f"{agreement.short} would cover it, and is not in force between them", holds=False, because=answer.because)
        for agreement, answer in answers
        if answer.verdict is Verdict.NO
    )


def _is_about(grounds: Grounds, clause: Release, asked: ReleaseAsked) -> bool:
    """Does the clause speak of what is marked under the policy: by name, or as the giver's own?"""
    ladder = grounds.ladders.get(asked.policy)
    return ladder is not None and (asked.policy in clause.policies if clause.policies else ladder.owner == asked.giver)


def _lacks(grounds: Grounds, agreement: Agreement, clause: Release, asked: ReleaseAsked) -> str:
    """The first thing that the clause lacks; asked only where no line fits."""
    if not _is_about(grounds, clause, asked):
        return f"it is not about what is marked under the policy {asked.policy or 'of nobody'}"
    ladder = grounds.ladders[asked.policy]
    highest = clause.up_to.get(asked.policy)
    if highest is not None and ladder.level(asked.level).rank > ladder.level(highest).rank:
        return f"it covers nothing above {ladder.level(highest).name}"
    here = [line for line in release_lines(grounds, asked.giver, asked.taker) if line.agreement == agreement.id and line.policy == asked.policy]
    if not any(line.level == asked.level for line in here):
        return f"no level of {asked.taker} answers to {asked.level} under it"
    uncovered = sorted(asked.categories.difference(clause.categories))
    if uncovered:
        return f"it does not cover {uncovered[0]}"
    if clause.only and not set(clause.only) & asked.categories:
        return f"it covers nothing but {', '.join(clause.only)}"
    if asked.purpose is not None and clause.purposes and asked.purpose not in clause.purposes:
        return f"it serves {', '.join(clause.purposes)}, not {asked.purpose}"
    return "its arrangement on levels is not in force on the day"
