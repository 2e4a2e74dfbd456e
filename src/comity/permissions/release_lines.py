"""From clauses and acts to the lines of release: who may give whom what, on which days, protected as what.

Source: docs/explanation/how-permissions-are-derived.md, sections 3 and 4.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.acts import Act
from comity.agreements import Agreement
from comity.agreements.allowances import Equivalence, Release
from comity.permissions.grounds import Grounds, When, both, consent_periods
from comity.permissions.lines import Lines, ReleaseConsent, ReleaseLine
from comity.standing import Period
from comity.terms import Classification, Ladder, NotOnRecord

Mark = tuple[str, str]
"""A policy and one of its levels."""


def lines_for(grounds: Grounds, giver: str, taker: str, originator: str, groups: Iterable[str] = ()) -> Lines:
    """All that a question about release between these has to do with; ``groups``: organisations among the addressees."""
    lines = [line for one in dict.fromkeys((giver, originator)) if one != taker for line in release_lines(grounds, one, taker)]
    opening = sorted({line.agreement for line in lines if line.opens})
    memberships = [*grounds.members(taker, groups), *(m for agreement in opening for m in grounds.parties_to(agreement, originator))]
    return Lines(tuple(lines), tuple(release_consents(grounds, originator)), tuple(memberships))


def release_lines(grounds: Grounds, giver: str, taker: str, when: When | None = None) -> Iterator[ReleaseLine]:
    """Every line from the giver to the taker, in the order of agreements and clauses (section 3).

    ``when``: the days on which an agreement is in force between two, if not as the grounds have it (for what would be allowed if it were).
    """
    when = when or grounds.between
    for agreement, place, clause in grounds.clauses(Release):
        if (clause.givers and giver not in clause.givers) or (clause.takers and taker not in clause.takers):
            continue
        if when(giver, taker, agreement.id):
            for ladder in _policies(grounds, clause, giver):
                for level in _covered(ladder, clause):
                    for (under, as_), (start, end, verdict) in _protected(grounds, agreement, clause, (ladder, level), (giver, taker), when):
                        yield ReleaseLine(
                            agreement.id, place, giver, taker, ladder.policy, level.name, ladder.owner, under, as_, start, end, verdict,
                            frozenset(clause.categories), frozenset(clause.only), frozenset(clause.purposes),
                            clause.third_parties == "among-parties", _needs_clearance(ladder, level, clause),
                        )  # fmt: skip


def _policies(grounds: Grounds, clause: Release, giver: str) -> list[Ladder]:
    """3.1: the policies that the clause names, or those that the giver owns."""
    return [grounds.ladders[name] for name in clause.policies if name in grounds.ladders] if clause.policies else grounds.owned(giver)


def _covered(ladder: Ladder, clause: Release) -> list[Classification]:
    """3.2: the levels of a policy that the clause covers."""
    highest = clause.up_to.get(ladder.policy)
    top = None if highest is None else ladder.level(highest).rank
    return [level for level in ladder.levels if level.rank > 0 and (top is None or level.rank <= top)]


def _needs_clearance(ladder: Ladder, level: Classification, clause: Release) -> bool:
    """3.7."""
    lowest = clause.cleared_from.get(ladder.policy)
    return lowest is None or level.rank >= ladder.level(lowest).rank


def _protected(
    grounds: Grounds, agreement: Agreement, clause: Release, mark: tuple[Ladder, Classification], pair: tuple[str, str], when: When
) -> Iterator[tuple[Mark, Period]]:
    """3.3: by the mark it bears, or by a table of the agreement, or else of an arrangement under it; on which days."""
    (ladder, level), (_, taker) = mark, pair
    periods = when(*pair, agreement.id)
    if clause.mapped == "same" or ladder.owner == taker:
        yield from (((ladder.policy, level.name), period) for period in periods)
        return
    equal = _equal(grounds, agreement, mark, taker)
    if equal is not None:
        yield from ((equal, period) for period in periods)
        return
    for under in grounds.arrangements_under(agreement.id):
        equal = _equal(grounds, under, mark, taker)
        if equal is not None:
            yield from ((equal, period) for period in both(periods, when(*pair, under.id)))


def _equal(grounds: Grounds, agreement: Agreement, mark: tuple[Ladder, Classification], taker: str) -> Mark | None:
    """What the agreement's tables say the taker protects a level as: what is safeguarded first, else the highest that answers to it."""
    (ladder, level), owned = mark, {own.policy: own for own in grounds.owned(taker)}
    tables = [clause for clause in agreement.clauses if isinstance(clause, Equivalence)]
    for safe in (safe for table in tables for safe in table.safeguarded):
        under = grounds.ladders.get(safe.under) if safe.under else next(iter(owned.values()), None)
        if (safe.policy, safe.by) == (ladder.policy, taker) and level.is_called(safe.level) and under is not None:
            return under.policy, under.level(safe.as_).name
    rows = [row for table in tables for row in table.rows if ladder.policy in row and level.is_called(row[ladder.policy])]
    answering = [(owned[policy].level(name), policy) for row in rows for policy, name in row.items() if policy in owned]
    found = max(answering, key=lambda answer: answer[0].rank, default=None)
    return None if found is None else (found[1], found[0].name)


# -- consents (4.5)


def release_consents(grounds: Grounds, originator: str) -> Iterator[ReleaseConsent]:
    """The originator's consents on record, each until it ends or is revoked."""
    acts = [(act, sure) for act, sure in grounds.standing.acts_of(("consent-release", "revoke-release")) if act.attributed_to == originator]
    back = [act for act, _ in acts if act.kind == "revoke-release"]
    for act, undisputed in acts:
        if act.kind == "consent-release":
            yield from (_consent(grounds, act, period) for period in consent_periods(act, undisputed, back))


def _consent(grounds: Grounds, act: Act, period: Period) -> ReleaseConsent:
    categories, policy, level = act.listed("categories"), act.details.get("policy"), act.details.get("up_to")
    if policy is None and level is not None:
        policy = next((own.policy for own in grounds.owned(act.attributed_to)), None)
    return ReleaseConsent(
        act.attributed_to, frozenset(act.listed("holder")), frozenset(act.counterparty), policy, _up_to(grounds, policy, level),
        None if "*" in categories else frozenset(categories), act.details.get("item"), period.start, period.end, period.verdict, act.ref,
    )  # fmt: skip


def _up_to(grounds: Grounds, policy: str | None, level: str | None) -> frozenset[str] | None:
    """The levels up to one (None: any); of a policy or level that is not on record, none."""
    if level is None:
        return None
    try:
        ladder = grounds.standing.record.ladder(policy or "")
        highest = ladder.level(level).rank
    except NotOnRecord:
        return frozenset()
    return frozenset(found.name for found in ladder.levels if found.rank <= highest)
