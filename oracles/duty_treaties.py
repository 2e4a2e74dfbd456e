"""Treaties that ought to be registered: the slow reading of how-duties-are-derived.md, 3.6."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity.agreements.requirements import Duty, EachTreaty
from comity.terms import Verdict
from oracles.duty_record import DAY, Occasion, Question, Reading, Row, When
from oracles.duty_states import States

AFTERWARDS = 100
"""How many days after the last one asked about are looked at: a run may first be sure on one of them."""


@dataclass(frozen=True)
class Treaty:
    """A treaty on record: what is asked of it as of the agreement itself, and how it stands by the first readings alone."""

    question: Question
    first_in_force: Callable[[date], Verdict]
    first_bound: Callable[[str, date], Verdict]


def to_register(charter: Question, treaties: Sequence[Treaty], party: str | None) -> list[Row]:
    """The rows of every duty to register: one for each treaty in force on the day asked about, for ``party`` if one is given."""
    runs = _runs(charter, charter.in_force)
    if not runs:
        return []
    since, found = _beginning(runs[0], charter.in_force), list[Row]()
    for clause in charter.agreement.clauses:
        if isinstance(clause, Duty) and isinstance(clause.when, EachTreaty):
            for treaty in treaties:
                about = treaty.question.agreement
                if about.form == "treaty" and about.id != charter.agreement.id and about.concluded >= since:
                    found += _row(clause, treaty, party)
    return found


def _row(duty: Duty, treaty: Treaty, party: str | None) -> list[Row]:
    """One treaty's row, if there is one."""
    q, id_ = treaty.question, treaty.question.agreement.id
    merged = q.agreement.registration is None and _could_tell(duty, q)
    in_force, bound = (q.in_force, lambda who, day: q.bound(who, day)[0]) if merged else (treaty.first_in_force, treaty.first_bound)
    if party is not None and bound(party, q.on) is Verdict.NO:
        return []
    if q.agreement.registration is not None:
        return [Row(duty.id, "", id_, None, None, "", "done", q.agreement.concluded, duty.to_named, duty.option)]
    verdict = in_force(q.on)
    if verdict is Verdict.NO:
        return []
    run = next(run for run in _runs(q, in_force) if q.on in run)
    at = When(None, _beginning(run, in_force))
    row = States(Reading(q)).row(Occasion(duty, "", (at, at), (verdict, verdict), duty.to_named))
    return [] if row is None else [replace(row, body=id_)]


def _could_tell(duty: Duty, q: Question) -> bool:
    """Is there an act, or a source said to be complete, that says anything about its registration?"""
    kinds = duty.discharged.acts if duty.discharged is not None else ()
    done = any(told.kind in kinds for told in Reading(q).told)
    return done or any(not c.kinds or any(kind in c.kinds for kind in kinds) for c in q.coverage)


def _runs(q: Question, in_force: Callable[[date], Verdict]) -> list[list[date]]:
    """The days of each run in force (2.1), day by day."""
    runs: list[list[date]] = []
    going = False
    for number in range((q.until - q.start).days + AFTERWARDS):
        day = q.start + number * DAY
        if in_force(day) is not Verdict.NO:
            runs += [] if going else [[]]
            runs[-1].append(day)
        going = in_force(day) is not Verdict.NO
    return runs


def _beginning(run: list[date], in_force: Callable[[date], Verdict]) -> date:
    return next((day for day in run if in_force(day) is Verdict.YES), run[0])
