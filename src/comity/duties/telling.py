"""One row of the list of duties in words: what is owed, by whom, to whom, by when, how it stands and why.

Source: how-duties-are-derived.md, section 6.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from comity.agreements import Agreement
from comity.duties.discharging import Outcome, State
from comity.duties.occasions import Occasion, number_for
from comity.duties.seen import Seen
from comity.standing import Coming, Standing
from comity.terms import PUBLIC, Label, Reason, join

DOES = "denounce"
"""What the kernel's options are for: a notice before an agreement renews itself."""


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


class RowsOf:
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
            due=due, at=fall.at, opens=date.fromordinal(fall.opens), state=stands.state, option=duty.option,
            read=read_of(occasion), subject=subject, brought_about_by=None if by is None else by.ref,
            discharged_by=tuple(a.act.ref for a in stands.acts), because=self._reasons(occasion, stands),
            notes=self._notes(occasion), label=self.label,
        )  # fmt: skip

    def _key(self, occasion: Occasion, due: date | None, subject: str | None) -> str:
        by = occasion.by
        brought = str(due or "standing") if by is None else f"{by.act.ref}+{by.act.hash[7:15]}" if by.doubtful else by.act.ref
        return "/".join(part for part in (self.agreement.id, occasion.duty.id, occasion.debtor or "together", subject, brought) if part)

    def _reasons(self, occasion: Occasion, stands: Outcome) -> tuple[Reason, ...]:
        duty, by = occasion.duty, occasion.by
        found = [Reason("duty", duty.says, duty.article, source=duty.source)]
        if by is not None:
            found.append(_by_act("brought-about", f"{by.actor} brought it about by {by.act.ref}", by))
        for m in occasion.reached or ():
            number = number_for(m, self.agreement, occasion.debtor)
            found.append(Reason("threshold", f"{m.measure}: at least {number}", m.article, source=m.source or duty.source))
        found += [_by_act("discharge", f"{a.actor} did {a.act.ref}", a) for a in stands.acts]
        return (*found, *(Reason("coverage", says, holds=False) for says in stands.says))

    def _notes(self, occasion: Occasion) -> tuple[str, ...]:
        memory = read_of(occasion) == "memory"
        return (*self.notes, "rests on what was read from memory, not yet verified") if memory else self.notes


def read_of(occasion: Occasion) -> str:
    """How what the row rests on was read: the clause, and the best of the thresholds that are reached."""
    measures = {m.read for m in occasion.reached or ()}
    worst = min(measures, key=_ORDER.index) if measures else "text"
    return max(occasion.duty.read, worst, key=_ORDER.index)


_ORDER = ("text", "secondary", "memory")


def _by_act(rule: str, says: str, act: Seen) -> Reason:
    return Reason(rule, says, acts=(act.act.ref,), source=act.act.source.citation)


def option_row(standing: Standing, coming: Coming, party: str | None) -> DutyStatus:
    """The last day to give notice before an agreement renews itself, as a row."""
    agreement = standing.record.agreement(coming.agreement, standing.known)
    clause = next((c for c in agreement.clauses if c.kind == "duration"), None)
    return DutyStatus(
        key=f"{coming.agreement}/may-denounce/{party or 'together'}/{coming.on}", agreement=coming.agreement, version=agreement.version,
        duty="may-denounce", article="" if clause is None else clause.article, what=coming.what, does=DOES, owed_by=party, owed_to=(),
        due=coming.on, at=None, opens=None, state=State.OPEN, option=True, read="text" if clause is None else clause.read,
        because=() if clause is None else (Reason("duration", clause.says, clause.article, source=clause.source),),
    )  # fmt: skip
