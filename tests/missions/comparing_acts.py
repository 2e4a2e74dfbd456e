"""What the slow reading makes of drawn acts about missions and pools, kept to be asked of the fast path again and again."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from comity.missions import (
    DaySpan,
    Mission,
    OnRecord,
    SharedPool,
    mission_on_record,
    missions_on_record,
    pool_on_record,
    pools_on_record,
)
from comity.missions.forces.lasting import ALWAYS_BEFORE, NEVER, Between, Ending, lasting
from comity.standing import Record, Standing
from comity.terms import NotOnRecord, Verdict
from oracles import mission_acts as oracle
from oracles import mission_counts as counts
from oracles import pool_acts as pool_oracle
from oracles.missions import is_in
from tests.missions.drawn import NAMES, START, mission_drawn, pool_drawn

SEEDS, POOLS = 1500, 500
Findings = list[str]
Said = dict[str, object]


def counted(standing: Standing, kinds: Sequence[str]) -> list[counts.Counts]:
    record = standing.record
    assert isinstance(record, Record)
    return counts.counting(record.entries, standing.on, standing.known, standing.viewer, kinds)


Lasts = list[tuple[object, list[tuple[date, list[Verdict]]]]]


def _by_day(some: Iterable[tuple[object, date, Verdict | None]]) -> Lasts:
    """What lasts by what it is, in order, with the verdicts of each day."""
    found: dict[object, dict[date, list[Verdict]]] = {}
    for key, day, verdict in some:
        if verdict is not None:
            found.setdefault(key, {}).setdefault(day, []).append(verdict)
    return [(key, [(day, sorted(verdicts)) for day, verdicts in sorted(days.items())]) for key, days in found.items()]


def _asked(some: Iterable[oracle.Lasting], days: Sequence[date]) -> Lasts:
    return _by_day((key, day, ask(day)) for key, ask in some for day in days)


def _spanned(some: Iterable[tuple[object, DaySpan, Verdict]], days: Sequence[date]) -> Lasts:
    return _by_day((key, day, sure) for key, span, sure in some for day in days if is_in(day, span))


def slowly(acts: Sequence[counts.Counts], name: str, days: Sequence[date]) -> Said:
    """A mission as the slow reading has it."""
    told = oracle.mission(acts, name)
    return {
        "title": told.title,
        "currency": told.currency,
        "rotations": told.rotations,
        "lines": told.lines,
        "pledges": told.pledges,
        "accepted": told.accepted,
        "gaps": told.gaps,
        "caveats": _asked(told.caveats, days),
        "deployed": _asked(told.deployed, days),
        "mandate": None if told.mandate is None else _asked(told.mandate, days),
        "mandates": told.mandates,
        "capable": told.capable,
        "findings": sorted(ref for ref, _ in told.findings),
    }


def quickly(found: OnRecord, days: Sequence[date]) -> Said:
    """The same as the fast path has it."""
    m = found.mission
    caveats = (((one.id, one.party, one.pledge, one.tasks, one.territories, one.commands, one.longest), one.days, one.sure) for one in m.caveats)
    return {
        "title": m.title,
        "currency": m.currency,
        "rotations": list(m.rotations),
        "lines": list(m.lines),
        "pledges": list(m.pledges),
        "accepted": list(m.accepted),
        "gaps": list(m.gaps),
        "caveats": _spanned(caveats, days),
        "deployed": _spanned((((one.pledge, one.line, one.number), one.days, one.sure) for one in m.deployed), days),
        "mandate": None if m.mandate is None else _spanned((((one.act, one.revoked), one.days, one.sure) for one in m.mandate), days),
        "mandates": [(one.act.ref, None if one.revoked is None else one.revoked.ref) for one in found.mandates],
        "capable": list(m.capable),
        "findings": sorted(one.partition(": ")[0] for one in found.findings),
    }


Case = tuple[Standing, list[date], list[str], dict[str, Said]]


@functools.cache
def missions_said() -> tuple[Case, ...]:
    return tuple(case_of(mission_drawn(seed)) for seed in range(SEEDS))


def case_of(standing: Standing) -> Case:
    """What the slow reading says of all missions on a record."""
    acts = counted(standing, oracle.KINDS)
    days, names = counts.days_of(acts), oracle.missions(acts)
    return standing, days, names, {name: slowly(acts, name, days) for name in names}


def agrees(case: Case) -> bool:
    standing, days, names, said = case
    if missions_on_record(standing) != names:
        return False
    for name in NAMES:
        try:
            found = mission_on_record(standing, name)
        except NotOnRecord as problem:
            if name in names or not str(problem).endswith(", ".join(names) or "none"):
                return False
        else:
            if name not in names or quickly(found, days) != said[name] or found.mission != _whole(found.mission, name):
                return False
    return True


def _whole(mission: Mission, name: str) -> Mission:
    """No more than acts say."""
    parts = ("title", "currency", "rotations", "lines", "pledges", "caveats", "accepted", "gaps", "deployed", "mandate", "capable")
    return Mission(id=name, **{part: getattr(mission, part) for part in parts})


def lasts_alike(seed: int) -> bool:
    """Something that begins, and up to three things that can end it: is it there on each day as the slow reading has it?"""
    r = Random(seed)
    days = [START + timedelta(days=number) for number in range(8)]
    sures = (Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN)

    def two() -> list[date]:
        return sorted(r.choice(days[1:6]) for _ in range(2))

    first, last = two()
    begins = counts.Days(first, last) if r.randrange(6) else counts.Days(None, None)
    ends = list[counts.End]()
    for sure in r.choices((*sures, Verdict.YES), k=r.randrange(4)):
        first, last = two()
        ends.append(counts.End(first, last if sure is Verdict.YES else None, sure))
    sure = r.choice(sures)
    endings = [Ending(Between(one.first or ALWAYS_BEFORE, one.last or NEVER), one.sure) for one in ends]
    found = lasting(Between(begins.first or ALWAYS_BEFORE, begins.last or ALWAYS_BEFORE), sure, endings)
    if any(not (span.start or ALWAYS_BEFORE) < (span.end or NEVER) for span, _ in found):
        return False
    there = [[verdict for span, verdict in found if is_in(day, span)] for day in days]
    return there == [[] if (said := counts.there(begins, sure, ends, day)) is None else [said] for day in days]


def missions_agree() -> bool:
    """Does the fast path fold each mission as the text says?"""
    return all(lasts_alike(seed) for seed in range(SEEDS)) and all(agrees(case) for case in missions_said())


PoolSaid = tuple[Standing, dict[str, tuple[SharedPool, set[tuple[str, str]], bool]]]


@functools.cache
def pools_said() -> tuple[PoolSaid, ...]:
    found = []
    for seed in range(POOLS):
        standing = pool_drawn(seed)
        acts = counted(standing, pool_oracle.POOL_KINDS)
        said = {name: (*pool_oracle.pool(acts, name), pool_oracle.is_opened(acts, name)) for name in pool_oracle.pools(acts)}
        found.append((standing, said))
    return tuple(found)


def pools_on_record_agree() -> bool:
    """Does the fast path fold each pool as the text says?"""
    for standing, said in pools_said():
        if pools_on_record(standing) != list(said):
            return False
        for name in "pq":
            try:
                found = pool_on_record(standing, name)
            except NotOnRecord:
                if name in said:
                    return False
            else:
                if name not in said:
                    return False
                pool, findings, opened = said[name]
                unopened = [one for one in found.findings if one.startswith("no act that opens")]
                told = sorted(one.partition(": ")[0] for one in found.findings if one not in unopened)
                if found.pool != pool or told != sorted(ref for ref, _ in findings) or len(unopened) != (not opened):
                    return False
    return True


def acts_agree() -> bool:
    """Missions and pools."""
    return missions_agree() and pools_on_record_agree()
