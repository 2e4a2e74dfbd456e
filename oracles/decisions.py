"""The slow reading of docs/explanation/how-decisions-are-counted.md: every share tried number by number, every doubt both ways, as the text says.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product

from comity.acts import Act, Entry
from comity.agreements.clauses import Agreement, Consent, Coverage
from comity.agreements.decision_rules import Bar, DecisionRule, Share, WeightTable
from comity.parties import Register
from comity.terms import Verdict
from oracles.kept_acts import KeptAct, Reader

DAY = timedelta(days=1)
YES, NO, CONTESTED, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.CONTESTED, Verdict.UNKNOWN


# -- 2. the count


@dataclass(frozen=True)
class Elector:
    """One who counts: what it weighs, whether it has a vote, what it is said to have voted."""

    code: str
    weights: Mapping[str, int]
    has_vote: bool
    said: str | None

    @property
    def vote(self) -> str:
        # 2.1
        return self.said if self.has_vote and self.said is not None else "absent"

    def weighs(self, count: str) -> int | None:
        return 1 if count == "members" else self.weights.get(count)


@dataclass(frozen=True)
class Told:
    """A count: its outcome, each share of each way, the bars with whose votes make them, the quorum, the votes."""

    outcome: str
    ways: tuple[tuple[tuple[int, int, int], ...], ...]
    bars: tuple[tuple[Bar, tuple[str, ...]], ...]
    quorum: tuple[int, int, int] | None
    votes: Mapping[str, int]


def part(said: str, whole: int) -> Fraction:
    return Fraction(said) * whole if "/" in said else Fraction(said)


def base(share: Share, electors: Sequence[Elector]) -> list[Elector]:
    kept = {"electorate": ("yes", "no", "abstain", "constructive", "absent"), "present": ("yes", "no", "abstain", "constructive")}
    return [e for e in electors if e.vote in kept.get(share.among, ("yes", "no"))]


def total(electors: Sequence[Elector], count: str) -> int:
    return sum(e.weighs(count) or 0 for e in electors)


def suffices(share: Share, number: int, electors: Sequence[Elector]) -> bool:
    """Are so many units enough (2.2)?"""
    whole = total(base(share, electors), share.count)
    if share.least is not None:
        return number >= part(share.least, whole)
    if share.more is not None:
        return number > part(share.more, whole)
    if share.all_but is not None:
        return number >= whole - share.all_but
    assert share.all_but_fewest is not None
    return number >= whole - fewest(share.all_but_fewest, electors)


def needs(share: Share, electors: Sequence[Elector]) -> int:
    number = 1  # 2.3
    while not suffices(share, number, electors):
        number += 1
    return number


def fewest(share: Share, electors: Sequence[Elector]) -> int:
    """The number of the fewest of its whole that reach it together; all, where even all do not."""
    whole, needed = base(share, electors), needs(share, electors)
    for size in range(len(whole) + 1):
        if any(total(some, share.count) >= needed for some in combinations(whole, size)):
            return size
    return len(whole)


def count(rule: DecisionRule, electors: Sequence[Elector]) -> Told:
    def reading(share: Share, having: Sequence[Elector]) -> tuple[int, int, int]:
        return total(having, share.count), total(base(share, electors), share.count), needs(share, electors)

    def reached(one: tuple[int, int, int]) -> bool:
        return one[0] >= one[2]

    in_favour = [e for e in electors if e.vote == "yes"]
    ways = tuple(tuple(reading(share, in_favour) for share in way) for way in rule.passes)
    bars = []
    for bar in rule.bars:  # 2.5
        against = [e for e in electors if e.vote in bar.votes and (len(bar.by) == 0 or e.code in bar.by)]
        if len(against) > 0 and all(reached(reading(share, against)) for share in bar.shares):
            bars.append((bar, tuple(e.code for e in against)))
    present = [e for e in electors if e.vote != "absent"]
    quorum = reading(rule.quorum, present) if rule.quorum is not None else None
    passes = len(ways) == 0 or any(all(reached(share) for share in way) for way in ways)  # 2.4
    if all(not e.has_vote for e in electors) or (quorum is not None and not reached(quorum)):  # 2.7
        outcome = "no-quorum"
    else:
        outcome = "adopted" if passes and not bars else "not-adopted"
    votes = {vote: sum(e.vote == vote for e in electors) for vote in ("yes", "no", "abstain", "constructive", "absent")}
    return Told(outcome, ways, tuple(bars), quorum, votes)


# -- 1. the rule on a day


def in_time(clause: DecisionRule | WeightTable, on: date) -> bool:
    return not (clause.start is not None and on < clause.start) and not (clause.end is not None and on >= clause.end)


def rule_on(agreement: Agreement, name: str, on: date) -> DecisionRule | None:
    return next((c for c in agreement.clauses if isinstance(c, DecisionRule) and c.id == name and in_time(c, on)), None)


def same_person(register: Register, code: str, on: date) -> str | None:
    # 1.3
    group, grown = {code}, True
    while grown:
        more = {c for s in register.successions if s.how == "continues" for c in (s.successor, s.predecessor) if {s.successor, s.predecessor} & group}
        grown = not more <= group
        group |= more

    def there(one: str) -> bool:
        return one not in register.parties or any(
            (p.start is None or p.start <= on) and (p.end is None or on < p.end) for p in register.parties[one].exists
        )

    if there(code):
        return code
    return next((one for one in sorted(group) if there(one)), None)


# -- 3. who may vote


@dataclass(frozen=True)
class World:
    """What is on record, and who asks about which day; ``bound``: for each agreement, who is bound by it on the day as the acts yield it."""

    entries: Sequence[Entry]
    agreements: Mapping[str, Agreement]
    declared: Sequence[Coverage]
    register: Register
    bound: Mapping[str, Mapping[str, Verdict]]
    on: date
    known: date
    viewer: str | None
    proposal: Act | None = None
    told: Mapping[str, Collection[str]] | None = None

    @cached_property
    def acts(self) -> list[KeptAct]:
        return Reader(self.entries, self.known, self.viewer).kept(("elect", "establish-fact", "suspend", "resume"))

    def kept(self, kind: str, agreement: str) -> list[KeptAct]:
        return [act for act in self.acts if act.kind == kind and act.act.agreement == agreement]


@dataclass(frozen=True)
class Place:
    """A seat: whose, whether it counts, whether it has its vote, elected by which acts."""

    code: str
    counts: Verdict
    has_vote: Verdict
    acts: tuple[str, ...]
    named: bool


def of_act(act: KeptAct, on: date) -> Verdict:
    """Does what it brought about hold (3.3)?"""
    details = act.act.details
    ends = date.fromisoformat(details["until"]) if "until" in details else date.max
    if "from" in details:
        begins = [date.fromisoformat(details["from"])]
    else:
        begins = [act.first + n * DAY for n in range((act.last - act.first).days + 1)]
    holds = {begin <= on < ends for begin in begins}
    if True not in holds:
        return NO
    if act.doubtful:
        return CONTESTED
    return UNKNOWN if False in holds else YES


def best(verdicts: Collection[Verdict]) -> Verdict:
    return next((v for v in (YES, CONTESTED, UNKNOWN) if v in verdicts), NO)


def worst(verdicts: Collection[Verdict]) -> Verdict:
    return next((v for v in (NO, CONTESTED, UNKNOWN) if v in verdicts), YES)


def but(verdict: Verdict) -> Verdict:
    return NO if verdict is YES else YES if verdict is NO else verdict


def reason(world: World, agreement: str, why: str, code: str) -> Verdict:
    """Does the reason hold for the party (3.5)?"""
    said = []
    if world.proposal is not None:
        listed = {name: [c.strip() for c in text.split(",")] for name, text in world.proposal.details.items()}
        said.append(YES if code in listed.get(why.replace("-", "_"), []) else NO)
        if why == "not-participating" and "participating" in listed and code not in listed["participating"]:
            said.append(YES)
    if world.told is not None and code in world.told.get(why, ()):
        said.append(YES)
    for fact in world.kept("establish-fact", agreement):
        about = fact.act.replies_to
        if about is not None and (world.proposal is None or about != world.proposal.hash):
            continue
        if fact.act.details.get("fact") == why and fact.act.details.get("of") == code:
            said.append(of_act(fact, world.on))
    if why == "suspended":
        for act in world.kept("suspend", agreement):
            if code in act.act.counterparty:
                again = [r for r in world.kept("resume", agreement) if r.who == act.who and code in r.act.counterparty and not r.first < act.first]
                said.append(worst([of_act(act, world.on), *(but(of_act(r, world.on)) for r in again)]))
    return best(said)


def seats(world: World, agreement: Agreement, rule: DecisionRule) -> tuple[list[Place], list[tuple[str, str]]]:
    """The seats (never those that do not count), and who is left out, for which reason."""
    electorate = rule.electorate
    candidates: dict[str, tuple[Verdict, tuple[str, ...]]] = {}
    if electorate.of in ("parties", "members"):  # 3.1
        constituent = electorate.agreement if electorate.of == "members" and electorate.agreement is not None else agreement.id
        for code, verdict in world.bound[constituent].items():
            party = world.register.parties.get(code)
            if party is None or party.kind != "organisation":
                candidates[code] = (verdict, ())
    elif electorate.of == "elected":  # 3.3
        elections = [a for a in world.kept("elect", agreement.id) if a.act.details["body"] == (electorate.body or rule.body)]
        for code in sorted({c for a in elections for c in a.act.counterparty}):
            own = [(a, of_act(a, world.on)) for a in elections if code in a.act.counterparty]
            candidates[code] = (best([v for _, v in own]), tuple(sorted(a.act.ref for a, v in own if v is not NO)))
    if electorate.of in ("named", "elected"):  # 3.2
        for code in electorate.parties:
            person = same_person(world.register, code, world.on)
            if person is not None:
                candidates[person] = (YES, ())
    for code in electorate.except_:
        candidates.pop(same_person(world.register, code, world.on) or "", None)
    found, out = list[Place](), list[tuple[str, str]]()
    for code in sorted(candidates):
        verdict, acts = candidates[code]
        if verdict is NO:
            continue
        lost = [(why, reason(world, agreement.id, why, code)) for why in electorate.without]  # 3.6
        if any(v is YES for _, v in lost):
            out.append((code, next(why for why, v in lost if v is YES)))
            continue
        counts = worst([verdict, *(but(v) for _, v in lost)])
        has_vote = worst([but(reason(world, agreement.id, why, code)) for why in electorate.voteless])
        found.append(Place(code, counts, has_vote, acts, True))
    number = len(found) + len(out) + 1  # 3.4
    while electorate.size is not None and number <= electorate.size:
        found.append(Place(f"seat {number}", YES, YES, (), False))
        number += 1
    return found, out


def complete_to(world: World, agreement: Agreement, rule: DecisionRule) -> tuple[bool, date | None]:
    """Is the electorate complete, and to which day is that declared (3.7)?"""
    if rule.electorate.of not in ("parties", "members"):
        return True, None
    name = rule.electorate.agreement if rule.electorate.of == "members" and rule.electorate.agreement is not None else agreement.id
    constituent = world.agreements[name]
    means = [c for c in constituent.clauses if isinstance(c, Consent)]
    binding = means[0].acts if means else ("ratify", "accept", "approve", "accede")
    wanted = [k for k in ("ratify", "accept", "approve", "accede") if k in binding] + (["sign"] if means and means[0].signature_binds else [])
    coverage = [*constituent.coverage, *(c for c in world.declared if not c.agreements or name in c.agreements)]
    last: list[date] = []
    for kind in wanted:
        day = constituent.concluded
        covering = [c for c in coverage if not c.parties and (not c.kinds or kind in c.kinds)]
        while any((c.from_ is None or c.from_ <= day) and day <= c.through for c in covering):
            day += DAY
        if day == constituent.concluded:
            return False, None
        last.append(day - DAY)
    return True, min(last, default=None)


def table(world: World, agreement: Agreement, name: str) -> Mapping[str, int] | None:
    """The table of weights on the day (3.8)."""
    home: Agreement | None = agreement
    elsewhere, slash, own = name.rpartition("/")
    if slash:
        home = world.agreements.get(elsewhere)
    clauses = home.clauses if home is not None else ()
    return next((c.values for c in clauses if isinstance(c, WeightTable) and c.name == own and in_time(c, world.on)), None)


def tables_of(rule: DecisionRule) -> set[str]:
    def within(share: Share) -> Iterator[str]:
        yield share.count
        if share.all_but_fewest is not None:
            yield from within(share.all_but_fewest)

    shares = [s for way in rule.passes for s in way] + [s for bar in rule.bars for s in bar.shares] + ([rule.quorum] if rule.quorum else [])
    return {name for share in shares for name in within(share)} - {"members"}


# -- 4. what it comes to


@dataclass(frozen=True)
class Outcome:
    """The verdict, and each outcome with its first combination: who in doubt counts, who in doubt has its vote, the count.

    ``certain``: the one outcome that there is, where it is certain; ``voters``: who may count, and whether it may have a vote; ``missing``: the
    tables that are not there on the day, or who of those that may count is not in them.
    """

    verdict: Verdict
    certain: str | None
    voters: tuple[tuple[str, bool], ...]
    missing: frozenset[tuple[str, tuple[str, ...]]]
    readings: tuple[tuple[tuple[str, ...], tuple[str, ...], Told], ...]
    seats: tuple[Place, ...]
    left_out: tuple[tuple[str, str], ...]
    complete: bool
    through: date | None


def named_as_they_were(world: World, rule: DecisionRule) -> DecisionRule:
    bars = []
    for bar in rule.bars:
        by = tuple(p for p in (same_person(world.register, c, world.on) for c in bar.by) if p is not None)
        if by or not bar.by:
            bars.append(replace(bar, by=by))
    return replace(rule, bars=tuple(bars))


def decide(world: World, agreement: Agreement, asked: DecisionRule, ballots: Mapping[str, str]) -> Outcome:
    rule = named_as_they_were(world, asked)
    places, out = seats(world, agreement, rule)
    complete, through = complete_to(world, agreement, rule)
    tables = {name: table(world, agreement, name) for name in tables_of(rule)}
    both = [(place, (("counts", place.counts), ("votes", place.has_vote))) for place in places]
    doubts = [(kind, place, verdict) for place, kinds in both for kind, verdict in kinds if verdict in (CONTESTED, UNKNOWN)]  # 4.1
    ways = list(product((True, False), repeat=len(doubts))) if len(doubts) <= 10 else [(True,) * len(doubts), (False,) * len(doubts)]
    told: list[tuple[tuple[bool, ...], Told | None]] = []
    for way in ways:
        read = {(kind, place.code): yes for (kind, place, _), yes in zip(doubts, way, strict=True)}
        electors = []
        for place in places:
            if read.get(("counts", place.code), place.counts is YES):
                weights = {name: values[place.code] for name, values in tables.items() if values is not None and place.code in values}
                votes = read.get(("votes", place.code), place.has_vote is YES)
                electors.append(Elector(place.code, weights, votes, ballots.get(place.code)))
        lacking = any(e.weighs(name) is None for e in electors for name in tables)  # 2.8
        told.append((way, None if lacking else count(rule, electors)))
    readings: dict[str, tuple[tuple[str, ...], tuple[str, ...], Told]] = {}
    for way, one in told:
        if one is not None and one.outcome not in readings:
            taken = [(kind, place.code) for (kind, place, _), yes in zip(doubts, way, strict=True) if yes]
            names = [tuple(code for kind, code in taken if kind == wanted) for wanted in ("counts", "votes")]
            readings[one.outcome] = (names[0], names[1], one)
    if not complete or len(doubts) > 10 or any(one is None for _, one in told) or (rule.besides and "adopted" in readings):  # 4.3, 4.4
        verdict = UNKNOWN
    elif len(readings) == 1:
        verdict = YES
    else:  # 4.2
        sure = [verdict is CONTESTED for _, _, verdict in doubts]
        differ = any(
            a is not None and b is not None and a.outcome != b.outcome and all(s or x == y for s, x, y in zip(sure, one, other, strict=True))
            for (one, a), (other, b) in combinations(told, 2)
        )
        verdict = CONTESTED if differ else UNKNOWN
    certain = next(iter(readings)) if verdict is YES else None
    voters = tuple((place.code, place.has_vote is not NO) for place in places)
    missing = frozenset(
        (name, () if values is None else tuple(place.code for place in places if place.code not in values))
        for name, values in tables.items()
        if values is None or any(place.code not in values for place in places)
    )
    return Outcome(verdict, certain, voters, missing, tuple(readings.values()), tuple(places), tuple(out), complete, through)
