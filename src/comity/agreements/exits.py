"""When does a party's notice of withdrawal take effect, if it does?

Source: VCLT 54, 56, 65 to 68 and the clauses; how-standing-is-derived.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from comity.agreements.clauses import Duration, NoWithdrawal, Withdrawal
from comity.agreements.course import Cause
from comity.agreements.days import Day, complement, first_from
from comity.agreements.deeds import Deed
from comity.agreements.docket import Docket
from comity.agreements.when import after, days_when
from comity.terms import Delay, Reading, Step

_TWELVE_MONTHS: Delay = (Step(months=12),)


class Exit(NamedTuple):
    """A notice on its way: it takes effect on ``day``; ``ends_agreement``: for all."""

    day: Day
    cause: Cause
    ends_agreement: bool = False


def exit_by_notice(docket: Docket, notice: Deed, party: str, entry: Day) -> Exit | None:
    """The effect of a *denounce* by a party; None: it has none (a finding or a reading says why)."""
    forbidden = docket.clause(NoWithdrawal)
    if forbidden is not None:
        docket.world.find(
            "not-open-to-withdrawal",
            f"the agreement is not open to withdrawal ({forbidden.article}); the notice is recorded and has no effect",
            notice.ref,
            docket.agreement.id,
            forbidden.article,
        )
        return None
    clause = docket.clause(Withdrawal)
    if clause is None:
        return _without_clause(docket, notice, entry)
    given = notice.on(clause.date)
    # 2. too early a notice
    if clause.not_before and clause.not_before_means == "notice":
        allowed = after(entry, clause.not_before)
        if given < allowed:
            readings = (
                Reading("no effect: given before the clause allows", "a reading of the clause", clause.article),
                Reading("effect as if given on the first day allowed", "a reading of the clause", clause.article),
            )
            if docket.world.choose(f"early-notice:{notice.ref}", readings, notice.ref) == 0:
                return None
            given = allowed
    # 1. the notice period
    day = after(given, clause.notice)
    if notice.effect is not None:
        day = max(day, notice.effect)
    day = max(day, after(entry, clause.not_before))
    # 3. only at the end of a term
    if clause.at_term:
        day = term_end_from(docket, entry, day)
    # 4. not while, for instance, at war
    if clause.not_while is not None:
        found = first_from(complement(days_when(clause.not_while, docket, party)), day)
        if found is None:
            return None
        day = found
    return Exit(day, Cause("withdrawal", clause, (notice,), (day,)), clause.ends == "agreement")


def _without_clause(docket: Docket, notice: Deed, entry: Day) -> Exit | None:
    duration = docket.clause(Duration)
    if duration is not None and duration.renews:
        return exit_at_renewal(docket, notice, entry)
    readings = (
        Reading("no effect: the agreement has no clause on withdrawal", "VCLT 56(1)", "VCLT 56(1)"),
        Reading("effect twelve months after the notice", "VCLT 56(2)", "VCLT 56(1)(a) and (b), 56(2)"),
    )
    if docket.world.choose(f"no-withdrawal-clause:{notice.ref}", readings, notice.ref) == 0:
        return None
    day = after(notice.received, _TWELVE_MONTHS)
    return Exit(day, Cause("withdrawal-without-clause", None, (notice,), (day,)))


def exit_at_renewal(docket: Docket, notice: Deed, entry: Day) -> Exit | None:
    """A notice against tacit renewal ends the party's part at the end of the running term (section 7.1)."""
    duration = docket.clause(Duration)
    if duration is None or not duration.term:
        docket.world.find("no-term", "a notice against renewal, but the agreement has no term on record", notice.ref, docket.agreement.id)
        return None
    day = term_end_from(docket, entry, after(notice.received, duration.notice))
    return Exit(day, Cause("tacit-renewal", duration, (notice,), (day,)))


def term_end_from(docket: Docket, entry: Day, day: Day) -> Day:
    """The end of the first term that does not end before ``day`` (``day`` itself where there is no term)."""
    return next((end for end in term_ends(docket, entry) if end >= day), day)


def term_ends(docket: Docket, entry: Day) -> Iterator[Day]:
    """The ends of the terms, one after the other, as tacit renewal makes them."""
    duration = docket.clause(Duration)
    if duration is None or not duration.term:
        return
    end = after(entry, duration.term)
    yield end
    while duration.renews:
        end = after(end, duration.renews)
        yield end
