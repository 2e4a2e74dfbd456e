"""Does a design keep its rules? Every one that it breaks, by name, where, and in words: a plain list of functions.

Source: how-exercises-are-planned.md, section 3, which has the rules in this order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from comity.exercises.design import MEASURES, Conference, Design, Force, Participant, Share, named_parties
from comity.exercises.processes import START, Cycle, Process
from comity.terms import Broken, Moment, Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """What a record knows of a design: its parties, and whether each arrangement (agreement, provider, receiver) is in force throughout."""

    parties: frozenset[str]
    arrangements: Mapping[tuple[str, str, str], Verdict]


@dataclass(frozen=True, slots=True)
class Looked:
    """A design beside its process and what is known of it."""

    design: Design
    process: Process
    known: Known


Rule = Callable[[Looked], Iterator[Broken]]


def check_design(design: Design, process: Process, known: Known) -> tuple[Broken, ...]:
    """Every rule that the design breaks; empty: it contradicts nothing."""
    looked = Looked(design, process, known)
    return tuple(dict.fromkeys(flaw for rule in DESIGN_RULES for flaw in rule(looked)))


def _before(one: Moment | None, other: Moment | None) -> bool:
    """Is the one surely before the other?"""
    return one is not None and other is not None and one.last < other.first


def _not_before(one: Moment | None, start: Moment) -> bool:
    """Can the one surely not be before the start?"""
    return one is not None and one.first >= start.last


def _id(x: Looked) -> Iterator[Broken]:
    """1: acts can name the exercise by its id."""
    if not x.design.id or x.design.id != x.design.id.strip() or re.search(r"[;=,\n\r]", x.design.id):
        yield Broken("id", "the exercise", f"its id is {x.design.id!r}; write one without ; = , or spaces at its ends")


def _days(x: Looked) -> Iterator[Broken]:
    """2: its days are in order."""
    d = x.design
    if _before(d.until, d.from_):
        yield Broken("days", "the exercise", f"until {d.until} is before from {d.from_}")
    for name, day in (("startex", d.begins), ("endex", d.ends)):
        if _before(day, d.from_) or _before(d.until, day):
            yield Broken("days", "the exercise", f"{name} {day} is not from {d.from_} to {d.until}")
    if _before(d.ends, d.begins):
        yield Broken("days", "the exercise", f"endex {d.ends} is before startex {d.begins}")


def _party(x: Looked) -> Iterator[Broken]:
    """3: every party that is named is on record."""
    places: dict[str, list[str]] = defaultdict(list)
    for code, where in named_parties(x.design):
        if code not in x.known.parties:
            places[code].append(where)
    for code, named in places.items():
        yield Broken("party", code, f"no such party is on record ({', '.join(dict.fromkeys(named))}); list them with: comity parties")


def _host(x: Looked) -> Iterator[Broken]:
    """4: the host takes part."""
    if x.design.host not in x.design.nations:
        yield Broken("host", x.design.host, "the host is no participant; add a [[participant]] for it")


def _twice(x: Looked) -> Iterator[Broken]:
    """5: what has a name has it alone."""
    d = x.design
    tables: dict[str, Iterable[str]] = {
        "participant": (one.nation for one in d.participant),
        "objective": (one.id for one in d.objective),
        "audience": (one.id for one in d.audience),
        "cost": (one.id for one in d.cost),
        "conference": (one.kind for one in d.conference),
        "product": (one.name for one in d.product),
    }
    for table, names in tables.items():
        for name, count in Counter(names).items():
            if count > 1:
                yield Broken("twice", f"{table} {name}", f"stands {count} times; once is all")


def _stay(x: Looked) -> Iterator[Broken]:
    """6: who comes is there within the days of the exercise, and each force within those of its nation."""
    d = x.design
    for nation in d.participant:
        yield from _within(nation.nation, nation, (d.from_, d.until), "the exercise")
        frame = nation.from_ or d.from_, nation.until or d.until
        for force in nation.force:
            yield from _within(f"{nation.nation} {force.unit}", force, frame, nation.nation)


def _within(where: str, who: Participant | Force, frame: tuple[Moment, Moment], of: str) -> Iterator[Broken]:
    start, end = frame
    if _before(who.from_, start):
        yield Broken("stay", where, f"comes on {who.from_}, before {of} begins on {start}")
    if _before(end, who.until):
        yield Broken("stay", where, f"stays until {who.until}, after {of} ends on {end}")
    comes, goes = who.from_ or start, who.until or end
    if _before(goes, comes):
        yield Broken("stay", where, f"ends on {goes}, before it comes on {comes}")


def _unit(x: Looked) -> Iterator[Broken]:
    """7: a unit comes once at a time."""
    for nation in x.design.participant:
        for one, other in combinations(nation.force, 2):
            if one.unit == other.unit and _surely_meet(_stays(x.design, nation, one), _stays(x.design, nation, other)):
                yield Broken("unit", f"{nation.nation} {one.unit}", "stands twice on the same days; once is all")


def _stays(design: Design, nation: Participant, force: Force) -> tuple[Moment, Moment]:
    return force.from_ or nation.from_ or design.from_, force.until or nation.until or design.until


def _surely_meet(one: tuple[Moment, Moment], other: tuple[Moment, Moment]) -> bool:
    return max(one[0].last, other[0].last) <= min(one[1].first, other[1].first)


def _objective(x: Looked) -> Iterator[Broken]:
    """8: somebody trains each objective."""
    for one in x.design.objective:
        if not one.audience:
            yield Broken("objective", one.id, "names no audience; say who trains it")


def _audience(x: Looked) -> Iterator[Broken]:
    """9: each audience trains something."""
    trained = {name for one in x.design.objective for name in one.audience}
    for one in x.design.audience:
        if one.id not in trained:
            yield Broken("audience", one.id, "no objective names it; say what it trains")


def _known_audience(x: Looked) -> Iterator[Broken]:
    """10: an objective names audiences that there are."""
    there = [one.id for one in x.design.audience]
    for one in x.design.objective:
        if missing := [name for name in one.audience if name not in there]:
            yield Broken("known-audience", one.id, f"names the audience {missing[0]!r}, which is not given; there are: {_told_names(there)}")


def _told_names(names: list[str]) -> str:
    return ", ".join(names) or "none"


def _trainee(x: Looked) -> Iterator[Broken]:
    """11: who is trained takes part."""
    for one in x.design.audience:
        if one.nation not in x.design.nations:
            yield Broken("trainee", one.id, f"{one.nation} takes no part; add a [[participant]] for it")


def _conference(x: Looked) -> Iterator[Broken]:
    """12: the process has such a conference."""
    for one in x.design.conference:
        if one.kind not in x.process.conferences:
            yield Broken("conference", one.kind, f"the process {x.process.id!r} has no such conference; it has: {', '.join(x.process.conferences)}")


def _order(x: Looked) -> Iterator[Broken]:
    """13: conferences come in the process's order, and before the start."""
    ranked = [one for one in x.design.conference if one.kind in x.process.conferences]
    for earlier in ranked:
        for later in ranked:
            if _rank(x, earlier) < _rank(x, later) and _before(later.on, earlier.on):
                yield Broken("order", later.kind, f"is on {later.on}, before the {earlier.kind} conference on {earlier.on}")
    for one in x.design.conference:
        if _not_before(one.on, x.design.begins):
            yield Broken("order", one.kind, f"is on {one.on}, not before the exercise begins on {x.design.begins}")


def _rank(x: Looked, one: Conference) -> int:
    return x.process.conferences.index(one.kind)


def _due(x: Looked) -> Iterator[Broken]:
    """14: a document is due before what needs it."""
    days = {one.kind: one.on for one in reversed(x.design.conference)}
    for one in x.design.product:
        step = x.process.step_of(product=one.name)
        before = START if step is None else step.before
        if before == START:
            if _not_before(one.due, x.design.begins):
                yield Broken("due", one.name, f"is due on {one.due}, not before the exercise begins on {x.design.begins}")
        elif before is not None and _before(days.get(before), one.due):
            yield Broken("due", one.name, f"is due on {one.due}, after the {before} conference on {days[before]}, which needs it")


def _share(x: Looked) -> Iterator[Broken]:
    """15: shares come to the whole."""
    counted = Counter((one.of, one.nation) for one in x.design.share)
    wrong = {one.of for one in x.design.share if _unclear(one) or counted[one.of, one.nation] > 1}
    for one in x.design.cost:
        shares = [share for share in x.design.share if share.of == one.id]
        borne = sum((share.fraction or 0) * one.amount + (share.amount or 0) for share in shares)
        if shares and one.id not in wrong and borne != one.amount:
            yield Broken("share", one.id, f"its shares come to {float(borne):,.2f}; it costs {one.amount:,}")


def _share_of(x: Looked) -> Iterator[Broken]:
    """16: each share is one, of a cost that there is."""
    there = [one.id for one in x.design.cost]
    counted = Counter((one.of, one.nation) for one in x.design.share)
    for one in x.design.share:
        where = f"{one.of}: {one.nation}"
        if one.of not in there:
            yield Broken("share-of", where, f"there is no cost {one.of!r}; there are: {_told_names(there)}")
        if says := _unclear(one):
            yield Broken("share-of", where, says)
        if counted[one.of, one.nation] > 1:
            yield Broken("share-of", where, f"stands {counted[one.of, one.nation]} times; put them together")


def _unclear(one: Share) -> str:
    if (one.fraction is None) == (one.amount is None):
        return "give either a fraction or an amount"
    return "is below zero" if any(part is not None and part < 0 for part in (one.fraction, one.amount)) else ""


def _amount(x: Looked) -> Iterator[Broken]:
    """17: no number is below zero."""
    d = x.design
    numbers: list[tuple[str, int | None]] = [(f"cost {one.id}", one.amount) for one in d.cost]
    numbers += [(f"numbers {name}", getattr(d.numbers, name)) for name in MEASURES]
    numbers += [(f"host support {one.what}", one.quantity) for one in d.host_support]
    numbers += [(f"force {one.nation} {force.unit}", force.persons) for one in d.participant for force in one.force]
    for where, number in numbers:
        if number is not None and number < 0:
            yield Broken("amount", where, f"is {number:,}; give 0 or more")
    for one in d.observer:
        if one.number < 1:
            yield Broken("amount", f"observer {one.party}", f"is {one.number}; give 1 or more")


def _currency(x: Looked) -> Iterator[Broken]:
    """18: a currency is a code."""
    for one in x.design.cost:
        if not re.fullmatch(r"[A-Z]{3}", one.currency):
            yield Broken("currency", one.id, f"its currency is {one.currency!r}; write three capital letters, such as EUR")


def _strength(x: Looked) -> Iterator[Broken]:
    """19: forces are no more than the troops that it has."""
    most: dict[tuple[str, str], int] = {}
    for nation in x.design.participant:
        for force in nation.force:
            key = nation.nation, force.unit
            most[key] = max(most.get(key, 0), force.persons or 0)
    troops = x.design.numbers.troops
    if troops is not None and sum(most.values()) > troops:
        yield Broken("strength", "troops", f"its forces have {sum(most.values()):,} persons; it says that it has {troops:,} troops")


def _arrangement(x: Looked) -> Iterator[Broken]:
    """20: host support rests on an arrangement in force."""
    for one in x.design.host_support:
        if one.provider == one.receiver:
            yield Broken("arrangement", one.what, f"{one.provider} provides it to itself; name two parties")
            continue
        verdict = x.known.arrangements.get((one.arrangement, one.provider, one.receiver), Verdict.NO)
        if verdict is not Verdict.YES:
            where = f"between {one.provider} and {one.receiver} on all its days"
            yield Broken("arrangement", one.what, f"whether {one.arrangement} is in force {where}: {verdict}; only yes will do")


def _supporter(x: Looked) -> Iterator[Broken]:
    """21: who supports or is supported takes part."""
    pairs = [(one.provider, one.receiver) for one in x.design.host_support] + [(one.from_, one.to) for one in x.design.support]
    for party in dict.fromkeys(party for pair in pairs for party in pair):
        if party not in x.design.nations:
            yield Broken("supporter", party, "supports or is supported, and takes no part; add a [[participant]] for it")


def _observer(x: Looked) -> Iterator[Broken]:
    """22: observers stand once, and take no part."""
    for party, count in Counter(one.party for one in x.design.observer).items():
        if count > 1:
            yield Broken("observer", party, f"its observers stand {count} times; put them together")
        if party in x.design.nations:
            yield Broken("observer", party, "observes what it takes part in; keep one of the two")


def _media(x: Looked) -> Iterator[Broken]:
    """23: somebody approves what the public is told."""
    for one in x.design.media:
        if not one.approver.strip():
            yield Broken("media", one.what, "nobody approves its release; name an approver")


def _cycle(x: Looked) -> Iterator[Broken]:
    """24: it is held in the year of the term in which exercises are."""
    cycle = x.process.cycle
    if cycle is not None and not _in_cycle(cycle, x.design.begins):
        says = f"begins on {x.design.begins}; exercises are held in year {cycle.year} of a term of {cycle.years} years (one began in {cycle.begins})"
        yield Broken("cycle", "the exercise", says)


def _in_cycle(cycle: Cycle, start: Moment) -> bool:
    """Can the start be in the right year of a term?"""
    earliest, latest = start.first.year - cycle.begins.last.year - 1, start.last.year - cycle.begins.first.year
    for years in range(earliest, latest + 1):
        is_right = years % cycle.years == (cycle.year - 1) % cycle.years
        if is_right and _years_later(cycle.begins.first, years) <= start.last and start.first < _years_later(cycle.begins.last, years + 1):
            return True
    return False


def _years_later(day: date, years: int) -> date:
    year = min(max(day.year + years, date.min.year), date.max.year)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


DESIGN_RULES: tuple[Rule, ...] = (
    _id,
    _days,
    _party,
    _host,
    _twice,
    _stay,
    _unit,
    _objective,
    _audience,
    _known_audience,
    _trainee,
    _conference,
    _order,
    _due,
    _share,
    _share_of,
    _amount,
    _currency,
    _strength,
    _arrangement,
    _supporter,
    _observer,
    _media,
    _cycle,
)
