"""The least that would change a *no*: whose act, under which agreement, from when.

Source: docs/explanation/how-permissions-are-derived.md, section 7.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from comity.agreements import BEGIN, EVER
from comity.agreements.allowances import Allowance
from comity.permissions.activities import Done, covers
from comity.permissions.activity_lines import activity_lines
from comity.permissions.grounds import Grounds
from comity.permissions.lines import ActivityAsked, ReleaseAsked
from comity.permissions.release_lines import release_lines
from comity.permissions.releasing import Decision, fits
from comity.standing import Period
from comity.terms import Verdict, WouldChange

_ALWAYS = [Period(BEGIN, EVER, Verdict.YES)]


def least_for_release(grounds: Grounds, asked: ReleaseAsked, decision: Decision) -> tuple[WouldChange, ...]:
    """The originator's consent where only that is missing; else what would bring a fitting agreement into force; else a new one."""
    missing = {test.name for test in decision.tests if test.verdict is not Verdict.YES}
    on = date.fromordinal(asked.day)
    if missing & {"marking", "caveats"}:
        return (WouldChange("release-marking", asked.originator, asked.policy, on),)
    if missing == {"originator"}:
        return (WouldChange("consent-release", asked.originator, "" if decision.line is None else decision.line.agreement, on),)
    found = least_acts(grounds, would_cover(grounds, asked), on)
    consent = [WouldChange("consent-release", asked.originator, "", on)] if "originator" in missing else []
    return (*consent, *(found or _new(asked.giver, asked.taker, "security of information", on)))


def would_cover(grounds: Grounds, asked: ReleaseAsked) -> list[tuple[str, str, str]]:
    """From whom to whom which agreements on record would cover it, if they were in force between the two, and the two can be parties."""
    possible = [
        (line.giver, line.taker, line.agreement)
        for giver in dict.fromkeys((asked.giver, asked.originator))
        for line in release_lines(grounds, giver, asked.taker, lambda *_: _ALWAYS)
        if (line.policy, line.level) == (asked.policy, asked.level) and fits(line, asked)
    ]
    return [one for one in dict.fromkeys(possible) if _is_open(grounds, one, date.fromordinal(asked.day))]


def least_for_activity(grounds: Grounds, asked: ActivityAsked, done: Done) -> tuple[WouldChange, ...]:
    """The counterpart's consent where a line waits for it, or where none provides; or what would bring a fitting agreement into force."""
    gap = done.gap
    assert gap is not None  # of what is no *no* nothing is proposed
    on = date.fromordinal(gap.day)
    if gap.line is not None and gap.line.needs_consent:
        return (WouldChange("consent-activity", asked.counterpart, gap.line.agreement, on),)
    arranging = _arrangements(grounds, asked, on)
    if arranging or asked.gives != "status":
        return arranging or (WouldChange("consent-activity", asked.counterpart, "", on),)
    possible = [
        (line.doer, line.counterpart, line.agreement)
        for line in activity_lines(grounds, asked.activity, asked.doer, asked.counterpart, when=lambda *_: _ALWAYS)
        if line.gives == asked.gives and covers(line, gap.thing) and (asked.purpose is None or not line.purposes or asked.purpose in line.purposes)
    ]
    found = least_acts(grounds, (one for one in possible if _is_open(grounds, one, on)), on)
    return tuple(found) or _new(asked.doer, asked.counterpart, "status of forces" if asked.gives == "status" else asked.activity, on)


def _arrangements(grounds: Grounds, asked: ActivityAsked, on: date) -> tuple[WouldChange, ...]:
    """An arrangement under an agreement that is in force between the two, where it allows this by one only."""
    for agreement, _, clause in grounds.clauses(Allowance):
        if (clause.activity, clause.gives or "", clause.needs) != (asked.activity, asked.gives, "arrangement"):
            continue
        if (clause.doers and asked.doer not in clause.doers) or (clause.counterparts and asked.counterpart not in clause.counterparts):
            continue
        if clause.covers and not asked.things <= set(clause.covers):
            continue
        if asked.purpose is not None and clause.purposes and asked.purpose not in clause.purposes:
            continue
        if any(p.start <= asked.start < p.end and p.verdict is Verdict.YES for p in grounds.between(asked.doer, asked.counterpart, agreement.id)):
            return tuple(WouldChange("conclude", party, f"an arrangement under {agreement.id}", on) for party in (asked.doer, asked.counterpart))
    return ()


def least_acts(grounds: Grounds, pairs: Iterable[tuple[str, str, str]], on: date) -> list[WouldChange]:
    """Of agreements that are not in force between two: the fewest acts that would bring one into force."""
    ways = []
    for a, b, agreement in dict.fromkeys(pairs):
        answer = grounds.standing.between(a, b, agreement, on)
        if answer.verdict is not Verdict.YES and answer.would_change:
            ways.append(list(dict.fromkeys(answer.would_change)))
    return min(ways, key=lambda acts: (len(acts), [(act.on, act.by) for act in acts]), default=[])


def _is_open(grounds: Grounds, among: tuple[str, str, str], on: date) -> bool:
    """Was the agreement there by then, and did both negotiate it, or do anything under it, so that they may be or become parties?"""
    *pair, name = among
    agreement = grounds.agreement(name)
    acted = {code for code, _, _ in grounds.standing.status(name)}
    return agreement.concluded <= on and all(party in acted or party in agreement.negotiating for party in pair)


def _new(a: str, b: str, about: str, on: date) -> tuple[WouldChange, ...]:
    """That the two conclude an agreement of the kind that is missing."""
    return tuple(WouldChange("conclude", party, f"an agreement on {about}", on) for party in (a, b))
