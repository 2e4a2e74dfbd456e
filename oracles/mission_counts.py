"""The slow reading of docs/explanation/how-forces-are-generated.md, 9.2 to 9.5 and 9.8: which acts count, and what is there on a day.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.acts import Act, Entry
from comity.terms import Moment, Verdict
from oracles.kept_acts import Reader, has, needs_of

YES, CONTESTED, UNKNOWN = Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN


@dataclass(frozen=True)
class Counts:
    """An act that counts (9.2), with how sure it is (9.3)."""

    id: str
    act: Act
    kind: str
    sure: Verdict
    lacks: bool

    @property
    def who(self) -> str:
        return self.act.actor if self.act.on_behalf_of is None else self.act.on_behalf_of

    def text(self, detail: str) -> str | None:
        said = self.act.details.get(detail, "")
        return None if said == "" else said

    def whole(self, detail: str, unsaid: int | None) -> int | None:
        said = self.text(detail)
        return unsaid if said is None else int(said)

    def some(self, detail: str, unsaid: int) -> int:
        found = self.whole(detail, unsaid)
        assert found is not None
        return found

    def date(self, detail: str) -> date | None:
        said = self.text(detail)
        return None if said is None else date.fromisoformat(said)

    def names(self, detail: str) -> frozenset[str]:
        return frozenset(part.strip() for part in (self.text(detail) or "").split(",")) - {""}

    @property
    def done(self) -> Moment | None:
        return next((m for m in (self.act.made, self.act.received, self.act.notified, self.act.effect) if m is not None), None)


def counting(entries: Sequence[Entry], on: date, known: date, viewer: str | None, kinds: Sequence[str]) -> list[Counts]:
    reader = Reader(entries, known, viewer)
    found = list[Counts]()
    read = list[tuple[Entry, Act, str]]()
    for entry in reader.seen():
        said = reader.read(entry) if entry.act.kind in kinds else None
        if said is not None and said[0] in kinds:
            kind, moments = said
            act = replace(entry.act, made=moments["made"], received=moments["received"], notified=moments["notified"], effect=moments["effect"])
            if not any((other.act.hash, act, kind) == (entry.act.hash, again, its) for other, again, its in read):
                read.append((entry, act, kind))
    for entry, act, kind in read:
        one = Counts(entry.act.hash, act, kind, YES, not all(has(act, need) for need in needs_of(kind)))
        if one.done is not None and one.done.first > on:
            continue
        if reader.denied(entry.act) or sum(other.act.ref == act.ref for other, _, _ in read) > 1:
            one = replace(one, sure=CONTESTED)
        elif one.done is None or one.done.last > on:
            one = replace(one, sure=UNKNOWN)
        found.append(one)

    # 9.4
    dated = [one for one in found if one.done is not None]
    undated = [one for one in found if one.done is None]
    dated.sort(key=lambda one: (str(one.done and one.done.first), one.act.ref, one.id))
    return dated + sorted(undated, key=lambda one: (one.act.ref, one.id))


def as_doubtful(verdicts: Sequence[Verdict]) -> Verdict:
    for doubt in (CONTESTED, UNKNOWN):
        if any(verdict is doubt for verdict in verdicts):
            return doubt
    return YES


# -- what lasts and ends (9.8)


@dataclass(frozen=True)
class Days:
    """Between which days something is; None: always before, or of no day."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class End:
    """Between which days something can end; ``last`` None: surely never."""

    first: date | None
    last: date | None
    sure: Verdict


def from_days(one: Counts, moment: Moment | None) -> Days:
    start = one.date("from")
    if start is not None:
        return Days(start, start)
    return Days(None, None) if moment is None else Days(moment.first, moment.last)


def end_by(one: Counts, moment: Moment | None) -> End:
    days = from_days(one, moment)
    return End(days.first, days.last if one.sure is YES else None, one.sure)


def until(one: Counts) -> list[End]:
    day = one.date("until")
    return [] if day is None else [End(day, day, YES)]


def is_gone(ends: Sequence[End], day: date) -> bool:
    return any(end.last is not None and end.last <= day for end in ends)


def doubt(sure: Verdict, ends: Sequence[End]) -> Verdict:
    before = [end for end in ends if end.first is None or not is_gone(ends, end.first)]
    found = as_doubtful([sure, *(end.sure for end in before)])
    return UNKNOWN if found is YES else found


def there(begins: Days, sure: Verdict, ends: Sequence[End], day: date) -> Verdict | None:
    """Is it there on the day? None: it is not."""
    if is_gone(ends, day) or (begins.first is not None and begins.first > day):
        return None
    surely_begun = begins.last is None or begins.last <= day
    can_have_ended = any(end.first is None or end.first <= day for end in ends)
    return sure if surely_begun and not can_have_ended else doubt(sure, ends)


def days_of(acts: Sequence[Counts]) -> list[date]:
    """Every day on which something can begin or end, and the day before all others."""
    found = {date.min}
    for one in acts:
        found |= {day for m in (one.act.made, one.act.received, one.act.notified, one.act.effect) if m is not None for day in (m.first, m.last)}
        found |= {day for day in (one.date("from"), one.date("until")) if day is not None}
    return sorted(found | {day + timedelta(days=1) for day in found})
