"""From clauses and acts to the lines of activities: who may do what with whom, on which days, and with whose leave.

Source: docs/explanation/how-permissions-are-derived.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.acts import Act
from comity.agreements import Agreement
from comity.agreements.allowances import Allowance
from comity.permissions.grounds import Grounds, When, both, consent_periods
from comity.permissions.lines import ActivityConsent, ActivityLine
from comity.standing import Period


def activity_lines(
    grounds: Grounds, activity: str, doer: str, counterpart: str, territory: str | None = None, when: When | None = None
) -> Iterator[ActivityLine]:
    """Every line for the activity between the two, on the territory if one is named (section 5).

    ``when``: the days on which an agreement is in force between two, if not as the grounds have it (for what would be allowed if it were).
    """
    when = when or grounds.between
    for agreement, place, clause in grounds.clauses(Allowance):
        if clause.activity != activity or (clause.doers and doer not in clause.doers):
            continue
        if clause.counterparts and counterpart not in clause.counterparts:
            continue
        for start, end, verdict in _periods(grounds, agreement, clause, (doer, counterpart), territory, when):
            yield ActivityLine(
                agreement.id, place, activity, clause.gives or "", doer, counterpart, start, end, verdict, frozenset(clause.covers),
                frozenset(clause.excludes), frozenset(clause.purposes), clause.needs == "consent", clause.limit, agreement.form == "political",
                frozenset(clause.territories),
            )  # fmt: skip


def _periods(grounds: Grounds, agreement: Agreement, clause: Allowance, pair: tuple[str, str], territory: str | None, when: When) -> list[Period]:
    """When the agreement is in force between the two, there, and with an arrangement under it where the clause needs one (5.1)."""
    periods = when(*pair, agreement.id)
    if territory is not None and periods:
        periods = list(both(periods, grounds.standing.periods_bound(pair[1], agreement.id, territory)))
    if clause.needs != "arrangement":
        return periods
    return [p for under in grounds.arrangements_under(agreement.id) for p in both(periods, when(*pair, under.id))]


def activity_consents(grounds: Grounds, activity: str) -> Iterator[ActivityConsent]:
    """Leave given by counterparts, and mandates of organs, on record (5.3)."""
    acts = grounds.standing.acts_of(("consent-activity", "mandate", "revoke-activity"))
    back = [act for act, _ in acts if act.kind == "revoke-activity"]
    for act, undisputed in acts:
        if act.kind != "revoke-activity" and act.details.get("activity", "station") == activity:
            yield from (_consent(act, activity, period) for period in consent_periods(act, undisputed, back))


def _consent(act: Act, activity: str, period: Period) -> ActivityConsent:
    mandate = act.kind == "mandate"
    return ActivityConsent(
        activity, frozenset(act.counterparty), None if mandate else act.attributed_to, frozenset(act.territory), frozenset(act.listed("purposes")),
        frozenset(act.listed("things")), period.start, period.end, period.verdict, act.ref, None if mandate else act.agreement,
    )  # fmt: skip
