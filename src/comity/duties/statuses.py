"""The list of duties: every row with what is owed, by whom, to whom, by when, how it stands and why.

1. the agreements with duties   2. who is bound, which acts count   3. the occasions   4. how each stands   5. the rows

Source: how-duties-are-derived.md, section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from comity.agreements import Agreement
from comity.agreements.requirements import Always, Duty, EachTreaty
from comity.duties.discharging import Looking, Outcome, State, outcome
from comity.duties.limits import limits_outcome
from comity.duties.occasions import Occasion, Occasions
from comity.duties.registering import treaties_to_register
from comity.duties.runs import Bound
from comity.duties.seen import Seen, seen_acts
from comity.duties.telling import DutyStatus, RowsOf, option_row
from comity.standing import Standing, collector_paused
from comity.terms import Verdict

_LAST_DAY = "last day to give notice"

Wanted = Callable[[Occasion], bool]


def duties(standing: Standing, since: date, until: date, *, party: str | None = None, agreement: str | None = None) -> list[DutyStatus]:
    """Every duty that falls due from ``since`` through ``until``, and those without a due day, in whatever state."""
    first, last = since.toordinal(), until.toordinal()
    with collector_paused():
        return _sorted(_rows(standing, last, party, agreement, lambda o: (due := o.first.due) is None or first <= due <= last))


def must(
    standing: Standing,
    party: str | None = None,
    *,
    within: timedelta = timedelta(days=90),
    past: timedelta = timedelta(days=365),
    agreement: str | None = None,
    everything: bool = False,
) -> list[DutyStatus]:
    """What is to be done: due within the days ahead, overdue however old, not known or contested in the days past.

    ``everything``: also what was done, kept, accepted or lapsed within these days.
    """
    on = standing.on.toordinal()
    first, last = on - past.days, min(on + within.days, date.max.toordinal())

    def wanted(occasion: Occasion) -> bool:
        return occasion.first.due is None or occasion.first.due <= last

    told = (
        State.OPEN,
        State.NOT_KNOWN,
        State.CONTESTED,
        State.EXCEEDED,
        *((State.DONE, State.LATE, State.KEPT, State.LAPSED, State.ACCEPTED) if everything else ()),
    )
    with collector_paused():
        found = [
            row
            for row in _rows(standing, last, party, agreement, wanted, first)
            if row.state is State.OVERDUE or (row.state in told and (row.due is None or row.due.toordinal() >= first))
        ]
        return _sorted([*found, *_options(standing, party, within, agreement)])


def _sorted(rows: Iterable[DutyStatus]) -> list[DutyStatus]:
    return sorted(rows, key=lambda r: (r.due or date.max, r.key))


# -- agreement by agreement


def _rows(
    standing: Standing, until: int, party: str | None, only: str | None, wanted: Wanted, skim_before: int | None = None
) -> Iterator[DutyStatus]:
    """The rows of every agreement with duties; of those due before ``skim_before`` only such as may be overdue."""
    if party is not None:
        standing.record.party(party)
    for name in [only] if only is not None else standing.known_agreements():
        agreement = standing.record.agreement(name, standing.known)
        owed = [clause for clause in agreement.clauses if isinstance(clause, Duty)]
        if owed:
            yield from _of_agreement(standing, agreement, owed, until, party, wanted, skim_before)


def _of_agreement(
    standing: Standing, agreement: Agreement, owed: list[Duty], until: int, party: str | None, wanted: Wanted, skim_before: int | None
) -> Iterator[DutyStatus]:
    bound = Bound(standing, agreement.id, party)
    acts = seen_acts(standing, agreement.id)
    coverage = standing.record.coverage_of(agreement)
    looking = Looking(bound, coverage, standing.on.toordinal(), standing.strict)
    occasions = Occasions(agreement, bound, acts, looking.on, until)
    row = RowsOf(standing, agreement)
    for duty in owed:
        if isinstance(duty.when, EachTreaty):
            for found in treaties_to_register(standing, agreement, duty, bound, party):
                yield row.made(found.occasion, found.outcome, found.treaty)
            continue
        covered = duty.discharged is not None and all(any(not c.kinds or kind in c.kinds for c in coverage) for kind in duty.discharged.acts)
        kinds = () if duty.discharged is None else duty.discharged.acts
        discharging = [act for act in acts if act.kind in kinds]
        for occasion in occasions.of(duty):
            if not wanted(occasion) or not _concerns(bound, occasion, party, looking.on):
                continue
            if skim_before is not None and not covered and occasion.first.due is not None and occasion.first.due < skim_before:
                continue
            stands = _outcome(looking, occasion, agreement, discharging)
            if stands is not None:
                yield row.made(occasion, stands, occasion.body)


def _outcome(looking: Looking, occasion: Occasion, agreement: Agreement, acts: list[Seen]) -> Outcome | None:
    if isinstance(occasion.duty.when, Always) and occasion.duty.limits:
        return limits_outcome(looking, occasion, agreement, acts)
    return outcome(looking, occasion, acts)


def _concerns(bound: Bound, occasion: Occasion, party: str | None, on: int) -> bool:
    """Is it owed by ``party``, alone or together with others?"""
    if party is None:
        return True
    if occasion.debtor is not None:
        return bound.person(occasion.debtor) == bound.person(party)
    due = occasion.first.due
    return bound.of(party, occasion.duty.article).verdict_on(on if due is None else due) is not Verdict.NO


# -- the kernel's options


def _options(standing: Standing, party: str | None, within: timedelta, only: str | None) -> Iterator[DutyStatus]:
    """The last days to give notice before an agreement renews itself."""
    for coming in (standing if only is None else _narrowed(standing, only)).upcoming(party, within):
        if coming.what.startswith(_LAST_DAY):
            yield option_row(standing, coming, party)


def _narrowed(standing: Standing, only: str) -> Standing:
    """The same standing, of which a question about all agreements goes through one."""
    return Standing(
        standing.record, on=standing.on, known=standing.known, viewer=standing.viewer, strict=standing.strict, progress=lambda ids: [only]
    )
