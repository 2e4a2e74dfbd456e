"""The slow reading of indicators: each sentence of the text by itself, nothing shared with the code but types.

Source: docs/explanation/how-indicators-are-read.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from comity.acts import Act
from comity.indicators.evidence import Evidence
from comity.indicators.readings import Asked
from oracles.indicator_procedures import burden, days_to_ratify, days_to_settle, gaps, ratified, settled, silence
from oracles.indicator_things import (
    NO,
    NOTHING,
    UNKNOWN,
    YES,
    Thing,
    Told,
    acts,
    agreements,
    complete_to,
    covering,
    done_inside,
    earliest,
    every_day,
    once,
    plainly,
    same,
    told_share,
)

CAPABILITIES = ("land", "air", "sea", "amphibious", "cyber", "command-post", "warfighting", "peacekeeping", "humanitarian")


def read(evidence: Evidence, name: str, asked: Asked) -> Told:
    """The reading of the indicator of that name."""
    if asked.since > evidence.on:  # 1.1
        return NOTHING
    until = evidence.on if evidence.on < asked.until else asked.until
    cut = Asked(asked.party, asked.since, until, asked.partner, asked.agreement, asked.kind, asked.key)
    return _READ[name](evidence, cut)


def stretches(since: date, until: date, months: int) -> list[tuple[date, date]]:
    """The stretches of so many months of the calendar that the days touch, cut to them (1.9): day by day."""
    found: list[list[date]] = []
    day, last = since, None
    while day <= until:
        stretch = (day.year, (day.month - 1) // months)
        if stretch != last:
            found.append([day, day])
        found[-1][1] = day
        last = stretch
        if day == until:
            break
        day += timedelta(days=1)
    return [(first, end) for first, end in found]


# -- sections 2 and 3


def _duties(evidence: Evidence, asked: Asked, does: str | None) -> Told:
    things = []
    for row in evidence.duties(asked.since, asked.until):
        state = str(row.state)
        if row.owed_by is None or not same(evidence, row.owed_by, asked.party) or row.option or row.due is None:
            continue
        if asked.agreement is not None and row.agreement != asked.agreement:
            continue
        if (does is not None and row.does != does) or state not in ("done", "done late", "overdue", "not known", "contested"):
            continue
        says = {"done": YES, "done late": NO, "overdue": NO}.get(state, UNKNOWN)
        if asked.partner is not None:
            if row.owed_to:
                if not any(same(evidence, code, asked.partner) for code in row.owed_to):
                    continue
            else:
                bound = plainly(evidence.bound(asked.partner, row.agreement, row.due))
                if bound == NO:
                    continue
                if bound == UNKNOWN:
                    says = UNKNOWN
        acts = (() if row.brought_about_by is None else (row.brought_about_by,)) + row.discharged_by
        things.append(Thing(row.due, row.key, says, acts, row.agreement, (row.does, *("towards " + code for code in row.owed_to))))
    ends = []
    for agreement in agreements(things):
        throughs = [one.through for one in evidence.coverage(agreement)]
        ends.append(max(throughs) if throughs else None)
    return told_share(things, earliest(*ends))


# -- section 4


def _exchanges(evidence: Evidence, asked: Asked) -> Told:
    ways = [_one_way(evidence, asked, *way) for way in ((asked.party, asked.partner), (asked.partner, asked.party))]
    (given, most_given, reach_given, _), (got, most_got, reach_got, _) = ways
    things = sorted((thing for way in ways for thing in way[3]), key=lambda thing: (thing.day, thing.name))
    reach = earliest(reach_given, reach_got)
    told = Told(
        None, given + got, most_given + most_got - given - got, True, acts(things), agreements(things), reach, False, None,
        (("given", float(given), most_given), ("got", float(got), most_got)),
    )  # fmt: skip
    if reach is None or reach < asked.until or most_given + most_got == 0:
        return told
    every = [min(a, b) / max(a, b) for a, b in product(range(given, most_given + 1), range(got, most_got + 1)) if a or b]
    told = told._replace(between=(min(every), max(every)))
    return told if given + got == 0 else told._replace(value=min(given, got) / max(given, got), why=False)


def _one_way(evidence: Evidence, asked: Asked, giver: str | None, taker: str | None) -> tuple[int, int, date | None, list[Thing]]:
    sums, things, reaches = [], [], []
    for kind, doer, other in (("release", giver, taker), ("receive-information", taker, giver)):
        sure = maybe = 0
        for act, says in _done_in_these_days(evidence, asked, (kind,)):
            if doer is not None and not same(evidence, act.attributed_to, doer):
                continue
            if other is not None and (same(evidence, act.attributed_to, other) or not any(same(evidence, code, other) for code in act.counterparty)):
                continue
            count = act.details.get("count", "")
            number = int(count) if count.isdecimal() else 1
            sure, maybe = sure + (number if says == YES else 0), maybe + number
            assert act.day is not None
            things.append(Thing(act.day, act.ref, says, (act.ref,), act.agreement, ()))
        sums.append((sure, maybe))
        reaches.append(complete_to(evidence.coverage(asked.agreement), kind, covering(evidence, doer), asked.since))
    known = [reach for reach in reaches if reach is not None]
    return max(sure for sure, _ in sums), max(maybe for _, maybe in sums), max(known) if known else None, things


def _done_in_these_days(evidence: Evidence, asked: Asked, kinds: tuple[str, ...]) -> list[tuple[Act, str]]:
    found: dict[str, tuple[Act, str]] = {}
    for told in evidence.acts(kinds):
        act = told.act
        if act.done is None or act.ref in found:
            continue
        if asked.agreement is not None and asked.agreement != act.agreement and asked.agreement not in act.listed("basis"):
            continue
        inside = done_inside(act, asked)
        if inside != NO:
            found[act.ref] = act, inside if told.sure else UNKNOWN
    return list(found.values())


# -- section 5


def _refusals(evidence: Evidence, asked: Asked) -> Told:
    kinds = ("refuse", "refuse-force", "refuse-visit") if asked.kind is None else (asked.kind,)
    things = []
    for act, says in _done_in_these_days(evidence, asked, kinds):
        if not same(evidence, act.attributed_to, asked.party):
            continue
        if asked.partner is not None:
            asker = evidence.answered(act)
            named = [*act.counterparty, *([asker] if asker is not None else [])]
            if not any(same(evidence, code, asked.partner) for code in named):
                continue
        ground = act.details.get("ground", "") or act.details.get("why", "") or "not said"
        assert act.day is not None
        things.append(Thing(act.day, act.ref, says, (act.ref,), act.agreement, (ground,)))
    things.sort(key=lambda thing: (thing.day, thing.name))
    sure = sum(1 for thing in things if thing.says == YES)
    parts = []
    for ground in sorted({thing.under[0] for thing in things}):
        some = [thing for thing in things if thing.under[0] == ground]
        parts.append((ground, float(sum(1 for thing in some if thing.says == YES)), len(some)))
    reach = earliest(*(complete_to(evidence.coverage(asked.agreement), kind, covering(evidence, asked.party), asked.since) for kind in kinds))
    complete = reach is not None and reach >= asked.until
    return Told(
        float(sure) if complete else None, sure, len(things) - sure, not complete, acts(things), agreements(things), reach, False,
        (float(sure), float(len(things))) if complete else None, tuple(parts),
    )  # fmt: skip


# -- sections 6 and 7


class Held(NamedTuple):
    """A joint exercise: the days on which it can have begun, whether it is sure, its acts."""

    days: list[date]
    sure: bool
    acts: tuple[str, ...]


def _recency(evidence: Evidence, asked: Asked) -> Told:
    held: list[Held] = []
    for exercise in evidence.exercises():
        own = [part for part in exercise.parts if part.nation == evidence.person(asked.party)]
        rest = [part for part in exercise.parts if part.nation != evidence.person(asked.party)]
        if asked.partner is not None:
            rest = [part for part in rest if part.nation == evidence.person(asked.partner)]
        if not own or not rest:
            continue
        days = every_day(min(part.start.first for part in own + rest), max(part.start.last for part in own + rest))
        doubt = not [part for part in own if not part.doubtful] or not [part for part in rest if not part.doubtful]
        if days[0] <= asked.until:
            held.append(Held(days, not doubt and days[-1] <= asked.until, tuple(part.act for part in own + rest)))
    sure = [one for one in held if one.sure]
    if not sure:
        reach = _trained_to(evidence, asked, asked.since)
        return NOTHING._replace(unknown=len(held), reach=reach, acts=once(ref for one in held for ref in one.acts))
    newest = sorted(sure, key=lambda one: (one.days[0], one.acts))[-1]
    others = [one for one in held if one != newest and one.days[-1] > newest.days[0]]
    reach = _trained_to(evidence, asked, newest.days[0])
    complete = reach is not None and reach >= asked.until
    last = max(day for one in [newest, *others] for day in one.days if day <= asked.until)
    most, least = float((asked.until - newest.days[0]).days), float((asked.until - last).days)
    return Told(
        most if complete else None, len(sure), len(held) - len(sure), not complete, once(ref for one in [newest, *others] for ref in one.acts), (),
        reach, complete and least != most, (least if complete else 0.0, most), (),
    )  # fmt: skip


def _trained_to(evidence: Evidence, asked: Asked, start: date) -> date | None:
    return earliest(*(complete_to(evidence.coverage(None), "take-part", covering(evidence, code), start) for code in (asked.party, asked.partner)))


def _interoperability(evidence: Evidence, asked: Asked) -> Told:
    things = []
    for partner in [asked.partner] if asked.partner is not None else evidence.partners(asked.party):
        for capability in CAPABILITIES:
            if asked.kind is None or capability == asked.kind:
                fresh, acts = evidence.fresh(asked.party, partner, capability, 730, asked.until)
                things.append(Thing(asked.until, f"{partner} {capability}", plainly(fresh), acts, None, (capability, "with " + partner)))
    return told_share(things, _trained_to(evidence, asked, asked.until - timedelta(days=730)))


_READ: dict[str, Callable[[Evidence, Asked], Told]] = {
    "duties-on-time": lambda evidence, asked: _duties(evidence, asked, asked.kind),
    "notices-given": lambda evidence, asked: _duties(evidence, asked, "notify"),
    "exchanges-balanced": _exchanges,
    "refusals": _refusals,
    "exercise-recency": _recency,
    "interoperability": _interoperability,
    "gaps-closed": gaps,
    "commitments-ratified": ratified,
    "days-to-ratify": days_to_ratify,
    "silence-broken": silence,
    "disputes-settled": settled,
    "days-to-settle": days_to_settle,
    "burden-share": burden,
}
NAMES = tuple(_READ)
