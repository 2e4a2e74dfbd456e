"""May it be released? A slow, literal second reading of docs/explanation/how-permissions-are-derived.md, section 4.

It looks at every line for every question, and shares nothing with ``comity.permissions`` but types.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.permissions.lines import Lines, Membership, Outcome, ReleaseAsked, ReleaseConsent, ReleaseLine
from comity.terms import Verdict, all_of, any_of

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN
Way = tuple[Verdict, ReleaseLine | None]
"""How sure a way is, and the line that it rests on (None: none is needed)."""


def may_release(asked: ReleaseAsked, lines: Lines) -> Outcome:
    """What the question comes to."""
    if asked.taker == asked.originator:  # 4.0
        return Outcome.ALLOWED
    marked = marking(asked, lines)
    caveats = _caveats(asked)
    ways = any_of(sure for sure, _ in ways_of(asked, lines))
    together = all_of([marked, caveats, ways])
    if together is not NO:
        return {YES: Outcome.ALLOWED, UNKNOWN: Outcome.UNKNOWN}.get(together, Outcome.CONTESTED)
    if NO in (marked, caveats):
        return Outcome.FORBIDDEN
    return Outcome.FORBIDDEN if _something_fits(asked, lines) or asked.unclassified else Outcome.NOT_PROVIDED


def marking(asked: ReleaseAsked, lines: Lines) -> Verdict:
    """4.1: is the taker among those to whom it is releasable?"""
    if not asked.releasable or asked.taker in asked.releasable:
        return YES
    return any_of(belongs(group, asked.taker, asked.day, lines.memberships) for group in asked.releasable)


def belongs(group: str, party: str, day: int, memberships: Iterable[Membership]) -> Verdict:
    """Does a party belong to a group, an organisation or those whom an agreement binds, on a day?"""
    return any_of(m.verdict for m in memberships if m.group == group and m.party == party and m.start <= day < m.end)


def _caveats(asked: ReleaseAsked) -> Verdict:
    """4.2."""
    if asked.national:
        return NO
    return UNKNOWN if asked.strange else YES


def failed(asked: ReleaseAsked, lines: Lines) -> str:
    """The first test that is not passed: marking, caveats, or (found together) originator or agreement; blank if all are."""
    if asked.taker == asked.originator:
        return ""
    if marking(asked, lines) is not YES:
        return "marking"
    if _caveats(asked) is not YES:
        return "caveats"
    return "" if any_of(sure for sure, _ in ways_of(asked, lines)) is YES else "originator or agreement"


def ways_of(asked: ReleaseAsked, lines: Lines) -> Iterator[Way]:
    """4.3 and 4.4, way by way."""
    consents = [c.verdict for c in lines.consents if _consents(c, asked)]
    if asked.unclassified:
        yield (any_of(consents) if asked.controlled and asked.giver != asked.originator else YES), None
    for line in lines.release:
        if not _fits(line, asked):
            continue
        if line.giver == asked.giver and asked.giver == asked.originator:
            yield line.verdict, line
        if line.giver == asked.giver and asked.giver != asked.originator and line.opens and not asked.controlled:
            whose = YES if asked.originator == line.owner else belongs(line.agreement, asked.originator, asked.day, lines.memberships)
            yield all_of([line.verdict, whose]), line
        if line.giver in (asked.giver, asked.originator) and asked.giver != asked.originator:
            for consent in consents:
                yield all_of([line.verdict, consent]), line


def _something_fits(asked: ReleaseAsked, lines: Lines) -> bool:
    return any(_fits(line, asked) and line.giver in (asked.giver, asked.originator) for line in lines.release)


def _fits(line: ReleaseLine, asked: ReleaseAsked) -> bool:
    """Taker, policy, level, categories, purpose and day."""
    if line.taker != asked.taker or line.policy != asked.policy or line.level != asked.level:
        return False
    if not line.start <= asked.day < line.end:
        return False
    if any(category not in line.categories for category in asked.categories):
        return False
    if line.only and not any(category in line.only for category in asked.categories):
        return False
    return asked.purpose is None or not line.purposes or asked.purpose in line.purposes


def _consents(consent: ReleaseConsent, asked: ReleaseAsked) -> bool:
    """4.5."""
    return (
        consent.originator == asked.originator
        and (not consent.holders or asked.giver in consent.holders)
        and (not consent.takers or asked.taker in consent.takers)
        and consent.policy in (None, asked.policy)
        and (consent.levels is None or asked.unclassified or asked.level in consent.levels)
        and (consent.categories is None or all(category in consent.categories for category in asked.categories))
        and consent.item in (None, asked.item)
        and consent.start <= asked.day < consent.end
    )
