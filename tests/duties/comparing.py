"""The duties of one agreement, once by the room and once by the slow reading; who is bound is asked of standing, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from comity.acts import Entry
from comity.duties import DutyStatus, must
from comity.duties import duties as fast_duties
from comity.standing import Standing
from comity.terms import Verdict
from oracles.duties import Question, Row
from oracles.duties import duties as slow_duties
from oracles.duty_desk import View, shown


def fast_rows(standing: Standing, agreement: str, since: date, until: date) -> list[Row]:
    """The room's rows in the oracle's form."""
    rows = [r for r in fast_duties(standing, since, until, agreement=agreement) if r.does != "register"]
    return _sorted(as_row(r) for r in rows)


def as_row(r: DutyStatus) -> Row:
    done = r.discharged_by if r.state in ("done", "done late") else ()
    assert r.opens is not None
    by = r.brought_about_by or ""
    return Row(r.duty, r.owed_by or "", r.subject or "", r.due, r.at, by, str(r.state), r.opens, r.owed_to, r.option, done)


def fast_desk(standing: Standing, view: View) -> list[Row]:
    """What the room tells one who looks at a desk, in the oracle's form."""
    within, past = timedelta(days=view.within), timedelta(days=view.past)
    if view.everything:
        told = must(standing, view.party, within=within, past=past, everything=True)
    else:
        told = must(standing, view.party, within=within, past=past)
    rows = [r for r in told if r.does != "register"]
    days = [r.due or date.max for r in rows]
    assert days == sorted(days), "the rows are not told by day"
    return _sorted(as_row(r) for r in rows)


def slow_rows(standing: Standing, agreement: str, since: date, until: date, start: date) -> list[Row]:
    """The oracle's rows of the same days."""
    return due_within(slow_duties(question(standing, agreement, until, start)), since, until)


def due_within(rows: Iterable[Row], since: date, until: date) -> list[Row]:
    """Those of ``rows`` that are due on these days, and those without a due day."""
    return _sorted(r for r in rows if r.due is None or since <= r.due <= until)


def slow_desk(asked: Question, rows: Sequence[Row], view: View) -> list[Row]:
    """What the oracle tells of ``rows``, its answer to the same question."""
    return _sorted(shown(asked, rows, view))


def question(standing: Standing, agreement: str, until: date, start: date) -> Question:
    """What the oracle is asked; who is bound it asks of standing, day by day."""
    record = standing.record
    days = [start + timedelta(days=n) for n in range((until - start).days + 120)]

    @cache
    def table(party: str) -> dict[date, tuple[Verdict, str]]:
        return dict(zip(days, standing.verdicts_bound(party, agreement, days), strict=True))

    force = dict(zip(days, standing.verdicts_in_force(agreement, days), strict=True))
    never = (Verdict.NO, "none")
    return Question(
        agreement=record.agreement(agreement, standing.known),
        entries=[*record.entries_of(agreement), *(r for e in record.entries_of(agreement) for r in _replies(standing, e.act.hash))],
        register=record.register,
        coverage=record.coverage_of(record.agreement(agreement, standing.known)),
        parties=[code for code, _, _ in standing.status(agreement)],
        bound=lambda party, day: table(party).get(day, never),
        in_force=lambda day: force.get(day, Verdict.NO),
        start=start,
        until=until,
        on=standing.on,
        known=standing.known,
        viewer=standing.viewer,
        strict=standing.strict,
    )


def _replies(standing: Standing, act_hash: str) -> list[Entry]:
    found: list[Entry] = []
    for entry in standing.record.replies_to(act_hash):
        found += [entry, *_replies(standing, entry.act.hash)]
    return found


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=repr)
