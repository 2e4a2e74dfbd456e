"""The slow reading of indicators: each sentence of the text by itself, nothing shared with the code but types.

Source: docs/explanation/how-indicators-are-read.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from comity.acts import Act
from comity.agreements import Coverage
from comity.indicators.evidence import Evidence
from comity.indicators.readings import Asked

YES, NO, UNKNOWN = "yes", "no", "unknown"
CAPABILITIES = ("land", "air", "sea", "amphibious", "cyber", "command-post", "warfighting", "peacekeeping", "humanitarian")
CONSENT = ("ratify", "accept", "approve", "accede", "succeed", "confirm", "notify-completion", "exchange")


class Told(NamedTuple):
    """What an indicator says: ``why`` and ``notes``: whether there are any."""

    value: float | None
    of: int
    unknown: int
    why: bool
    acts: tuple[str, ...]
    agreements: tuple[str, ...]
    reach: date | None
    notes: bool
    between: tuple[float, float] | None
    parts: tuple[tuple[str, float, int], ...]


NOTHING = Told(None, 0, 0, True, (), (), None, False, None, ())


class Thing(NamedTuple):
    """One thing that is counted."""

    day: date
    name: str
    says: str
    acts: tuple[str, ...]
    agreement: str | None
    under: tuple[str, ...]


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


# -- section 1


def _same(evidence: Evidence, one: str, other: str) -> bool:
    return evidence.person(one) == evidence.person(other)


def _every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _inside(act: Act, asked: Asked) -> str:
    """Was it done in the days asked about (1.4)? Its days looked at one by one."""
    assert act.done is not None
    days = [asked.since <= day <= asked.until for day in _every_day(act.done.first, act.done.last)]
    return YES if all(days) else UNKNOWN if any(days) else NO


def _told_share(things: Iterable[Thing], reach: date | None = None, notes: bool = False) -> Told:
    listed = sorted(things, key=lambda thing: (thing.day, thing.name))
    if not listed:
        return NOTHING._replace(reach=reach, notes=notes)
    yes, known, every = _tally(listed)
    parts = []
    for name in sorted({name for thing in listed for name in thing.under}):
        so, of, _ = _tally([thing for thing in listed if name in thing.under])
        parts.append((name, float(so), of))
    worst = [thing.says == YES for thing in listed]
    best = [thing.says != NO for thing in listed]
    return Told(
        float(Fraction(yes, known)) if known else None, known, every - known, known == 0, _acts(listed), _agreements(listed), reach, notes,
        (sum(worst) / every, sum(best) / every), tuple(parts),
    )  # fmt: skip


def _tally(things: Sequence[Thing]) -> tuple[int, int, int]:
    says = [thing.says for thing in things]
    return says.count(YES), says.count(YES) + says.count(NO), len(says)


def _acts(things: Iterable[Thing]) -> tuple[str, ...]:
    found: list[str] = []
    for thing in things:
        for ref in thing.acts:
            if ref not in found:
                found.append(ref)
    return tuple(found)


def _agreements(things: Iterable[Thing]) -> tuple[str, ...]:
    return tuple(sorted({thing.agreement for thing in things if thing.agreement is not None}))


def _plainly(verdict: object) -> str:
    return {"yes": YES, "no": NO}.get(str(verdict), UNKNOWN)


def _complete_to(declared: Sequence[Coverage], kind: str, covers: Callable[[Coverage], bool], since: date) -> date | None:
    """The last day to which each from ``since`` is covered: day by day."""
    fitting = [one for one in declared if (not one.kinds or kind in one.kinds) and (not one.parties or covers(one))]
    day, reached = since, None
    latest = max((one.through for one in fitting), default=date.min)
    while day <= latest and any((one.from_ is None or one.from_ <= day) and day <= one.through for one in fitting):
        reached = day
        day += timedelta(days=1)
    return reached


def _by(evidence: Evidence, code: str | None) -> Callable[[Coverage], bool]:
    return lambda one: code is not None and any(_same(evidence, party, code) for party in one.parties)


def _earliest(*reaches: date | None) -> date | None:
    return None if not reaches or None in reaches else min(one for one in reaches if one is not None)


def _median(spans: Sequence[tuple[int, bool]]) -> float | None:
    left = Fraction(1)
    for days in range(max((days for days, _ in spans), default=-1) + 1):
        ending = sum(1 for d, ended in spans if d == days and ended)
        if ending:
            left *= 1 - Fraction(ending, sum(1 for d, _ in spans if d >= days))
            if left <= Fraction(1, 2):
                return float(days)
    return None


# -- sections 2 and 3


def _duties(evidence: Evidence, asked: Asked, does: str | None) -> Told:
    things = []
    for row in evidence.duties(asked.since, asked.until):
        state = str(row.state)
        if row.owed_by is None or not _same(evidence, row.owed_by, asked.party) or row.option or row.due is None:
            continue
        if asked.agreement is not None and row.agreement != asked.agreement:
            continue
        if (does is not None and row.does != does) or state not in ("done", "done late", "overdue", "not known", "contested"):
            continue
        says = {"done": YES, "done late": NO, "overdue": NO}.get(state, UNKNOWN)
        if asked.partner is not None:
            if row.owed_to:
                if not any(_same(evidence, code, asked.partner) for code in row.owed_to):
                    continue
            else:
                bound = _plainly(evidence.bound(asked.partner, row.agreement, row.due))
                if bound == NO:
                    continue
                if bound == UNKNOWN:
                    says = UNKNOWN
        acts = (() if row.brought_about_by is None else (row.brought_about_by,)) + row.discharged_by
        things.append(Thing(row.due, row.key, says, acts, row.agreement, (row.does, *("towards " + code for code in row.owed_to))))
    ends = []
    for agreement in _agreements(things):
        throughs = [one.through for one in evidence.coverage(agreement)]
        ends.append(max(throughs) if throughs else None)
    return _told_share(things, _earliest(*ends))


# -- section 4


def _exchanges(evidence: Evidence, asked: Asked) -> Told:
    ways = [_one_way(evidence, asked, *way) for way in ((asked.party, asked.partner), (asked.partner, asked.party))]
    (given, most_given, reach_given, _), (got, most_got, reach_got, _) = ways
    things = sorted((thing for way in ways for thing in way[3]), key=lambda thing: (thing.day, thing.name))
    reach = _earliest(reach_given, reach_got)
    told = Told(
        None, given + got, most_given + most_got - given - got, True, _acts(things), _agreements(things), reach, False, None,
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
            if doer is not None and not _same(evidence, act.attributed_to, doer):
                continue
            if other is not None and (
                _same(evidence, act.attributed_to, other) or not any(_same(evidence, code, other) for code in act.counterparty)
            ):
                continue
            count = act.details.get("count", "")
            number = int(count) if count.isdecimal() else 1
            sure, maybe = sure + (number if says == YES else 0), maybe + number
            assert act.day is not None
            things.append(Thing(act.day, act.ref, says, (act.ref,), act.agreement, ()))
        sums.append((sure, maybe))
        reaches.append(_complete_to(evidence.coverage(asked.agreement), kind, _by(evidence, doer), asked.since))
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
        inside = _inside(act, asked)
        if inside != NO:
            found[act.ref] = act, inside if told.sure else UNKNOWN
    return list(found.values())


# -- section 5


def _refusals(evidence: Evidence, asked: Asked) -> Told:
    kinds = ("refuse", "refuse-force", "refuse-visit") if asked.kind is None else (asked.kind,)
    things = []
    for act, says in _done_in_these_days(evidence, asked, kinds):
        if not _same(evidence, act.attributed_to, asked.party):
            continue
        if asked.partner is not None:
            asker = evidence.answered(act)
            named = [*act.counterparty, *([asker] if asker is not None else [])]
            if not any(_same(evidence, code, asked.partner) for code in named):
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
    reach = _earliest(*(_complete_to(evidence.coverage(asked.agreement), kind, _by(evidence, asked.party), asked.since) for kind in kinds))
    complete = reach is not None and reach >= asked.until
    return Told(
        float(sure) if complete else None, sure, len(things) - sure, not complete, _acts(things), _agreements(things), reach, False,
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
        days = _every_day(min(part.start.first for part in own + rest), max(part.start.last for part in own + rest))
        doubt = not [part for part in own if not part.doubtful] or not [part for part in rest if not part.doubtful]
        if days[0] <= asked.until:
            held.append(Held(days, not doubt and days[-1] <= asked.until, tuple(part.act for part in own + rest)))
    sure = [one for one in held if one.sure]
    if not sure:
        reach = _trained_to(evidence, asked, asked.since)
        return NOTHING._replace(unknown=len(held), reach=reach, acts=_once(ref for one in held for ref in one.acts))
    newest = sorted(sure, key=lambda one: (one.days[0], one.acts))[-1]
    others = [one for one in held if one != newest and one.days[-1] > newest.days[0]]
    reach = _trained_to(evidence, asked, newest.days[0])
    complete = reach is not None and reach >= asked.until
    last = max(day for one in [newest, *others] for day in one.days if day <= asked.until)
    most, least = float((asked.until - newest.days[0]).days), float((asked.until - last).days)
    return Told(
        most if complete else None, len(sure), len(held) - len(sure), not complete, _once(ref for one in [newest, *others] for ref in one.acts), (),
        reach, complete and least != most, (least if complete else 0.0, most), (),
    )  # fmt: skip


def _once(refs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(refs))


def _trained_to(evidence: Evidence, asked: Asked, start: date) -> date | None:
    return _earliest(*(_complete_to(evidence.coverage(None), "take-part", _by(evidence, code), start) for code in (asked.party, asked.partner)))


def _interoperability(evidence: Evidence, asked: Asked) -> Told:
    things = []
    for partner in [asked.partner] if asked.partner is not None else evidence.partners(asked.party):
        for capability in CAPABILITIES:
            if asked.kind is None or capability == asked.kind:
                fresh, acts = evidence.fresh(asked.party, partner, capability, 730, asked.until)
                things.append(Thing(asked.until, f"{partner} {capability}", _plainly(fresh), acts, None, (capability, "with " + partner)))
    return _told_share(things, _trained_to(evidence, asked, asked.until - timedelta(days=730)))


# -- section 8


def _gaps(evidence: Evidence, asked: Asked) -> Told:
    covers = evidence.covers(asked.party, asked.partner, asked.since, asked.until)
    things = []
    for one in covers:
        then = _plainly(one.then)
        if then != YES:
            says = UNKNOWN if then == UNKNOWN else _plainly(one.now)
            things.append(Thing(asked.since, f"{one.exercise} {one.guest} {one.host}", says, one.acts, None, (f"{one.guest} in {one.host}",)))
    return _told_share(things, None, any(_plainly(one.then) == YES for one in covers))


# -- sections 9 and 10


def _commitments(evidence: Evidence, asked: Asked) -> list[tuple[Thing, int, bool]]:
    """Each agreement signed, with the days until consent, or until D, and whether it was ratified."""
    told = [one for one in evidence.acts(("sign", *CONSENT)) if one.act.done is not None]
    found = []
    for agreement in sorted({one.act.agreement for one in told if one.act.agreement is not None}):
        under = [one for one in told if one.act.agreement == agreement]
        if asked.agreement not in (None, agreement):
            continue
        if asked.partner is not None and not any(_same(evidence, one.act.attributed_to, asked.partner) for one in under):
            continue
        own = sorted((one for one in under if _same(evidence, one.act.attributed_to, asked.party)), key=lambda one: (_first(one.act), one.act.ref))
        signed = [(one, _inside(one.act, asked)) for one in own if one.kind == "sign"]
        signings = [(one.act, inside if one.sure else UNKNOWN) for one, inside in signed if inside != NO]
        if not signings:
            continue
        surely = [pair for pair in signings if pair[1] == YES]
        signing, inside = (surely or signings)[0]
        consents = [one for one in own if one.kind in CONSENT and _first(one.act) <= evidence.on]
        sure = [one for one in consents if one.sure and one.act.done is not None and one.act.done.last <= evidence.on]
        if sure:
            says = YES
        elif consents:
            says = UNKNOWN
        else:
            says = _plainly(evidence.bound(asked.party, agreement, evidence.on))
            if says == YES:
                continue
        says = says if inside == YES else UNKNOWN
        acts = (signing.ref, *(one.act.ref for one in (sure or consents)[:1]))
        end = _first(sure[0].act) if sure else evidence.on
        days = (end - _first(signing)).days
        found.append((Thing(_first(signing), agreement, says, acts, agreement, ()), days if days > 0 else 0, bool(sure)))
    return found


def _first(act: Act) -> date:
    assert act.done is not None
    return act.done.first


def _ratified(evidence: Evidence, asked: Asked) -> Told:
    return _told_share(thing for thing, _, _ in _commitments(evidence, asked))


def _days_to_ratify(evidence: Evidence, asked: Asked) -> Told:
    return _told_median(_commitments(evidence, asked), ())


def _told_median(found: list[tuple[Thing, int, bool]], parts: tuple[tuple[str, float, int], ...]) -> Told:
    things = sorted((thing for thing, _, _ in found), key=lambda thing: (thing.day, thing.name))
    spans = [(days, ended) for thing, days, ended in found if thing.says != UNKNOWN]
    value = _median(spans)
    return Told(
        value, len(spans), len(found) - len(spans), value is None, _acts(things), _agreements(things), None, not all(ended for _, ended in spans),
        None, parts,
    )  # fmt: skip


# -- section 11


def _silence(evidence: Evidence, asked: Asked) -> Told:
    surely = {told.act.ref for told in evidence.acts(("break-silence",)) if told.sure}
    things = []
    for decision in evidence.decisions():
        proposal = decision.proposal
        if proposal.done is None or (asked.agreement is not None and proposal.agreement != asked.agreement):
            continue
        if asked.partner is not None and not _same(evidence, proposal.attributed_to, asked.partner):
            continue
        put = proposal.details.get("silence") == "yes" or "silence_until" in proposal.details or "set-silence" in {act.kind for act in decision.acts}
        inside, decides = _inside(proposal, asked), _plainly(evidence.elects(decision, asked.party))
        if not put or NO in (inside, decides):
            continue
        breaks = [act.ref for act in decision.acts if act.kind == "break-silence" and _same(evidence, act.attributed_to, asked.party)]
        state = str(decision.stands[0].state) if str(decision.verdict) == "yes" else None
        if breaks:
            says = YES if surely & set(breaks) else UNKNOWN
        elif state in ("proposed", "under-silence"):
            continue
        else:
            says = UNKNOWN if state is None else NO
        if UNKNOWN in (decides, inside) or decision.absent:
            says = UNKNOWN
        under = ("proposed by " + proposal.attributed_to,)
        things.append(Thing(proposal.done.first, proposal.ref, says, (proposal.ref, *breaks), proposal.agreement, under))
    return _told_share(things)


# -- sections 12 and 13


def _disputes(evidence: Evidence, asked: Asked) -> list[tuple[Thing, int, bool, str]]:
    found = []
    for dispute in evidence.disputes():
        raised = dispute.raised
        sides = [evidence.person(code) for code in dispute.sides]
        party = evidence.person(asked.party)
        against = sides[1:] if party == sides[0] else sides[:1] if party in sides[1:] else None
        if against is None or not against or (asked.partner is not None and evidence.person(asked.partner) not in against):
            continue
        if raised.done is None or (asked.agreement is not None and asked.agreement != dispute.agreement):
            continue
        inside = _inside(raised, asked)
        if inside == NO:
            continue
        state = str(dispute.states[0])
        if inside == UNKNOWN or dispute.absent or str(dispute.verdict) != "yes":
            state = "not known"
        says = {"not known": UNKNOWN, "settled": YES, "decided": YES}.get(state, NO)
        ending = [act for act in dispute.acts if act.kind in ("award", "settle-dispute", "withdraw-dispute") and act.day is not None]
        end = evidence.on
        if state in ("settled", "decided", "withdrawn") and ending:
            end = sorted(act.day for act in ending if act.day is not None)[-1]
        days = (end - raised.done.first).days
        thing = Thing(raised.done.first, raised.ref, says, (raised.ref, *(act.ref for act in ending)), dispute.agreement, ())
        found.append((thing, days if days > 0 else 0, says == YES, state))
    return found


def _settled(evidence: Evidence, asked: Asked) -> Told:
    return _told_share(thing for thing, _, _, state in _disputes(evidence, asked) if state != "withdrawn")


def _days_to_settle(evidence: Evidence, asked: Asked) -> Told:
    found = _disputes(evidence, asked)
    states = [state for thing, _, _, state in found if thing.says != UNKNOWN]
    parts = tuple((state, float(states.count(state)), len(states)) for state in sorted(set(states)))
    return _told_median([(thing, days, ended) for thing, days, ended, _ in found], parts)


# -- section 14


def _burden(evidence: Evidence, asked: Asked) -> Told:
    part = sum(number for code, number in asked.key if _same(evidence, code, asked.party))
    if part == 0:
        return NOTHING
    keyed = {evidence.person(code) for code, _ in asked.key}
    rows = [row for row in evidence.borne(asked.since, asked.until) if evidence.person(row.party) in keyed]
    if asked.kind is not None:
        rows = [row for row in rows if row.mission == asked.kind]
    acts = _once(ref for row in rows for ref in row.acts)
    together = sum(row.person_days for row in rows)
    if together == 0:
        return NOTHING._replace(acts=acts)
    borne = {code: sum(row.person_days for row in rows if evidence.person(row.party) == code) for code in sorted(keyed)}
    value = Fraction(borne[evidence.person(asked.party)], together) / Fraction(part, sum(number for _, number in asked.key))
    missions = {row.mission for row in rows if row.person_days > 0}
    return Told(
        float(value), len(missions), 0, False, acts, (), None, True, None, tuple((code, float(days), together) for code, days in borne.items())
    )


_READ: dict[str, Callable[[Evidence, Asked], Told]] = {
    "duties-on-time": lambda evidence, asked: _duties(evidence, asked, asked.kind),
    "notices-given": lambda evidence, asked: _duties(evidence, asked, "notify"),
    "exchanges-balanced": _exchanges,
    "refusals": _refusals,
    "exercise-recency": _recency,
    "interoperability": _interoperability,
    "gaps-closed": _gaps,
    "commitments-ratified": _ratified,
    "days-to-ratify": _days_to_ratify,
    "silence-broken": _silence,
    "disputes-settled": _settled,
    "days-to-settle": _days_to_settle,
    "burden-share": _burden,
}
NAMES = tuple(_READ)
