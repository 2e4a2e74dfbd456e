"""The list of duties: every row with what is owed, by whom, to whom, by when, how it stands and why.

1. the agreements with duties   2. who is bound, which acts count   3. the occasions   4. how each stands   5. the rows

Source: how-duties-are-derived.md, section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from comity.agreements import Agreement
from comity.agreements.requirements import Always, Duty, EachTreaty
from comity.duties.discharging import Looking, Outcome, State, outcome
from comity.duties.limits import limits_outcome
from comity.duties.occasions import Occasion, Occasions
from comity.duties.registering import treaties_to_register
from comity.duties.runs import Bound
from comity.duties.seen import Seen, seen_acts
from comity.standing import Standing, collector_paused
from comity.terms import PUBLIC, Label, Reason, Verdict, join

DOES = "denounce"
"""What the kernel's options are for: a notice before an agreement renews itself."""
_LAST_DAY = "last day to give notice"


@dataclass(frozen=True, slots=True)
class DutyStatus:
    """One duty on one occasion, as it stands on the day asked about.

    ``owed_by`` None: all the parties together. ``owed_to`` empty: all the others. ``due`` None: no day is named; ``at``: the
    instant, where it is due by the hour. ``option``: a right that lapses. ``read``: how clause and numbers were read.
    ``subject``: the body, or the treaty, that it is about. ``key``: the same for the same duty on every day it is looked at.
    """

    key: str
    agreement: str
    version: int
    duty: str
    article: str
    what: str
    does: str
    owed_by: str | None
    owed_to: tuple[str, ...]
    due: date | None
    at: datetime | None
    opens: date | None
    state: State
    option: bool
    read: str
    subject: str | None = None
    brought_about_by: str | None = None
    discharged_by: tuple[str, ...] = ()
    because: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    label: Label = PUBLIC


Wanted = Callable[[Occasion], bool]


def duties(standing: Standing, since: date, until: date, *, party: str | None = None, agreement: str | None = None) -> list[DutyStatus]:
    """Every duty that falls due from ``since`` through ``until``, and those without a due day, in whatever state."""
    first, last = since.toordinal(), until.toordinal()
    with collector_paused():
        return _sorted(_rows(standing, last, party, agreement, lambda o: _due_of(o) is None or first <= (_due_of(o) or 0) <= last))


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
        due = _due_of(occasion)
        return due is None or due <= last

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


def _due_of(occasion: Occasion) -> int | None:
    return occasion.first.due


def _sorted(rows: Iterable[DutyStatus]) -> list[DutyStatus]:
    return sorted(rows, key=lambda r: (r.due or date.max, r.agreement, r.duty, r.owed_by or "", r.key))


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
    row = _RowsOf(standing, agreement)
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
            if skim_before is not None and not covered and (_due_of(occasion) or skim_before) < skim_before:
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
    due = _due_of(occasion)
    return bound.of(party, occasion.duty.article).verdict_on(on if due is None else due) is not Verdict.NO


# -- one row


class _RowsOf:
    """Puts the rows of one agreement together."""

    def __init__(self, standing: Standing, agreement: Agreement) -> None:
        self.agreement = agreement
        entries = standing.record.visible(standing.record.entries_of(agreement.id), standing.known, standing.viewer)
        self.label = join({e.act.label for e in entries})
        seen_by = f"answered from what {standing.viewer} may see; one who sees more might get another answer"
        self.notes = () if standing.viewer is None else (seen_by,)
        if agreement.form == "political":
            self.notes = (*self.notes, "a political commitment: it binds politically, not in law")

    def made(self, occasion: Occasion, stands: Outcome, subject: str | None) -> DutyStatus:
        duty, by = occasion.duty, None if occasion.by is None else occasion.by.act
        fall = min(occasion.first, occasion.last, key=lambda f: f.due or 0)
        due = None if fall.due is None else date.fromordinal(fall.due)
        return DutyStatus(
            key=self._key(occasion, due, subject), agreement=self.agreement.id, version=self.agreement.version, duty=duty.id,
            article=duty.article, what=duty.what, does=duty.does, owed_by=occasion.debtor, owed_to=occasion.creditors,
            due=due, at=fall.at, opens=date.fromordinal(max(fall.opens, 1)), state=stands.state, option=duty.option,
            read=read_of(occasion), subject=subject, brought_about_by=None if by is None else by.ref,
            discharged_by=tuple(a.act.ref for a in stands.acts), because=_reasons(occasion, stands), notes=self._notes(occasion), label=self.label,
        )  # fmt: skip

    def _key(self, occasion: Occasion, due: date | None, subject: str | None) -> str:
        by = occasion.by
        brought = str(due or "standing") if by is None else f"{by.act.ref}+{by.act.hash[7:15]}" if by.doubtful else by.act.ref
        return "/".join(part for part in (self.agreement.id, occasion.duty.id, occasion.debtor or "together", subject, brought) if part)

    def _notes(self, occasion: Occasion) -> tuple[str, ...]:
        memory = read_of(occasion) == "memory"
        return (*self.notes, "rests on what was read from memory, not yet verified") if memory else self.notes


def read_of(occasion: Occasion) -> str:
    """How what the row rests on was read: the clause, and the best of the thresholds that are reached."""
    measures = {m.read for m in occasion.reached or ()}
    worst = min(measures, key=_ORDER.index) if measures else "text"
    return max(occasion.duty.read, worst, key=_ORDER.index)


_ORDER = ("text", "secondary", "memory")


def _reasons(occasion: Occasion, stands: Outcome) -> tuple[Reason, ...]:
    duty = occasion.duty
    found = [Reason("duty", duty.says, duty.article, source=duty.source)]
    if occasion.by is not None:
        found.append(
            Reason(
                "brought-about",
                f"{occasion.by.actor} brought it about by {occasion.by.act.ref}",
                acts=(occasion.by.act.ref,),
                source=occasion.by.act.source.citation,
            )
        )
    for m in occasion.reached or ():
        found.append(Reason("threshold", f"{m.measure} reaches {m.number}", m.article, source=m.source or duty.source))
    found += [Reason("discharge", f"{a.actor} did {a.act.ref}", acts=(a.act.ref,), source=a.act.source.citation) for a in stands.acts]
    return (*found, *(Reason("coverage", says, holds=False) for says in stands.says))


# -- the kernel's options


def _options(standing: Standing, party: str | None, within: timedelta, only: str | None) -> Iterator[DutyStatus]:
    """The last days to give notice before an agreement renews itself."""
    for coming in (standing if only is None else _narrowed(standing, only)).upcoming(party, within):
        if coming.what.startswith(_LAST_DAY):
            agreement = standing.record.agreement(coming.agreement, standing.known)
            clause = next((c for c in agreement.clauses if c.kind == "duration"), None)
            yield DutyStatus(
                key=f"{coming.agreement}/may-denounce/{party or 'together'}/{coming.on}", agreement=coming.agreement, version=agreement.version,
                duty="may-denounce", article="" if clause is None else clause.article, what=coming.what, does=DOES, owed_by=party, owed_to=(),
                due=coming.on, at=None, opens=None, state=State.OPEN, option=True, read="text" if clause is None else clause.read,
                because=() if clause is None else (Reason("duration", clause.says, clause.article, source=clause.source),),
            )  # fmt: skip


def _narrowed(standing: Standing, only: str) -> Standing:
    """The same standing, of which a question about all agreements goes through one."""
    return Standing(
        standing.record, on=standing.on, known=standing.known, viewer=standing.viewer, strict=standing.strict, progress=lambda ids: [only]
    )
