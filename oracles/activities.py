"""May it be done? A slow, literal second reading of docs/explanation/how-permissions-are-derived.md, section 5.

Day by day and thing by thing over every line and consent; shares nothing with ``comity.permissions`` but types.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.permissions.lines import ActivityAsked, ActivityConsent, ActivityLine, Outcome
from comity.terms import Verdict, add, all_of, any_of

YES, NO = Verdict.YES, Verdict.NO


def may_do(asked: ActivityAsked, lines: Sequence[ActivityLine], consents: Sequence[ActivityConsent]) -> Outcome:
    """What the question comes to."""
    found = []
    forbidden = False
    for day in range(asked.start, asked.end):
        for thing in asked.things or {None}:
            verdict = _of_thing(asked, day, thing, lines, consents)
            found.append(verdict)
            forbidden = forbidden or (verdict is NO and _excluded(asked, day, thing, lines) is not NO)
    match all_of(found):
        case Verdict.YES:
            return Outcome.ALLOWED
        case Verdict.CONTESTED:
            return Outcome.CONTESTED
        case Verdict.UNKNOWN:
            return Outcome.UNKNOWN
    return Outcome.FORBIDDEN if forbidden else Outcome.NOT_PROVIDED


def _of_thing(asked: ActivityAsked, day: int, thing: str | None, lines: Sequence[ActivityLine], consents: Sequence[ActivityConsent]) -> Verdict:
    """5.4 and 5.5."""
    excluded = _excluded(asked, day, thing, lines)
    given = [c for c in consents if _is_given(c, asked, day, thing)]
    alone = [c for c in given if not _serves_lines_only(c, asked, lines)] if asked.gives != "status" else []
    ways = []
    for line in lines:
        if not _fits(line, asked, day) or not _covers(line, thing):
            continue
        serving = [c.verdict for c in given if c.under == line.agreement or not _serves_lines_only(c, asked, lines)]
        needed = any_of(serving) if line.needs_consent else YES
        ways.append(_limited(all_of([line.verdict, needed]), excluded, named=thing in line.covers))
    ways += [_limited(c.verdict, excluded, named=thing in c.things) for c in alone]
    return any_of(ways)


def _serves_lines_only(consent: ActivityConsent, asked: ActivityAsked, lines: Sequence[ActivityLine]) -> bool:
    """5.3: is it under an agreement with lines between the two that need a consent for this?"""
    return any(
        line.agreement == consent.under
        and line.needs_consent
        and (line.activity, line.gives, line.doer, line.counterpart) == (asked.activity, asked.gives, asked.doer, asked.counterpart)
        for line in lines
    )


def _limited(way: Verdict, excluded: Verdict, *, named: bool) -> Verdict:
    if named or excluded is NO:
        return way
    return NO if excluded is YES else all_of([way, excluded])


def _excluded(asked: ActivityAsked, day: int, thing: str | None, lines: Sequence[ActivityLine]) -> Verdict:
    return any_of(line.verdict for line in lines if thing in line.excludes and _fits(line, asked, day))


def _covers(line: ActivityLine, thing: str | None) -> bool:
    if thing is None:
        return True
    return thing in line.covers if line.covers else thing not in line.excludes


def _fits(line: ActivityLine, asked: ActivityAsked, day: int) -> bool:
    """5.2."""
    if (line.activity, line.gives, line.doer, line.counterpart) != (asked.activity, asked.gives, asked.doer, asked.counterpart):
        return False
    if line.purposes and asked.purpose is not None and asked.purpose not in line.purposes:
        return False
    if line.territories and asked.territory not in line.territories:
        return False
    if line.limit and date.fromordinal(day) >= add(date.fromordinal(asked.start), line.limit):
        return False
    return line.start <= day < line.end


def _is_given(consent: ActivityConsent, asked: ActivityAsked, day: int, thing: str | None) -> bool:
    """5.3."""
    by_host = consent.counterpart == asked.counterpart
    by_mandate = consent.counterpart is None and bool(consent.territory & {asked.counterpart, asked.territory})
    return (
        consent.activity == asked.activity
        and (by_host or by_mandate)
        and (not consent.doers or asked.doer in consent.doers)
        and (not consent.purposes or asked.purpose is None or asked.purpose in consent.purposes)
        and (not consent.things or thing is None or thing in consent.things)
        and consent.start <= day < consent.end
    )
