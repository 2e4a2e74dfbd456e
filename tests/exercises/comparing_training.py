"""What the slow reading says of made records of training and of standards, kept to be asked of the fast path again and again."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

from comity.interoperability import Standards, TrainingMap, training_gaps, training_targets
from comity.interoperability.training import Training
from comity.standing import Record, Standing
from comity.terms import BadInput, NotOnRecord
from oracles import courses_and_posts
from oracles import interoperability as oracle
from oracles import training as courses
from oracles.kept_acts import Reader
from oracles.standards import Desk, plain
from tests.exercises.made_training import CAPABILITIES, CODES, GROUPS, KNOWN, MadeRecord, made

SEEDS = 180
HALF_LIFE, WITHIN = 30.0, (0, 7, 30)
KINDS = {"take-part"}
ABOUT_STANDARDS = {"promulgate-standard", "ratify-standard", "implement-standard"}
PAIRS = tuple(itertools.combinations(("AAA", "BBB", "OLD"), 2))
SLOT, SLOTS, SOON = 3, 11, 2
Said = dict[Any, Any]
Best = tuple[str | None, str, frozenset[str]]


@functools.cache
def said(seed: int) -> Said:
    """All that the slow reading says of one made record."""
    made_record = made(seed)
    return _standards_said(made_record) if seed % 3 == 2 else _training_said(made_record)


def told(seed: int) -> Said:
    """The same from the fast path."""
    made_record = made(seed)
    return _standards_told(made_record) if seed % 3 == 2 else _training_told(made_record)


def agree() -> bool:
    return refused() and all(said(seed) == told(seed) for seed in range(SEEDS))


def _groups(reading: oracle.Reading) -> list[tuple[str, ...]]:
    return [group for group in GROUPS if len({frozenset(reading.person(code)) for code in group}) == len(group)]


def _reading(of: MadeRecord) -> oracle.Reading:
    kept = Reader(of.record.entries, KNOWN, None).kept(courses.KINDS)
    return oracle.Reading(of.standing(of.days[0]).acts_of(KINDS), of.record.register, of.record.coverage, of.rows, kept)


def _training_said(of: MadeRecord) -> Said:
    reading = _reading(of)
    acts = reading.acts
    found: Said = {"left out": sum(reading.span(act) is None for act, _ in acts)}
    named = {word for act, _ in acts if reading.span(act) for word in (*act.listed("domains"), *act.listed("purposes"))}
    named |= {courses_and_posts.capability(act) for act in reading.kept if act.kind in ("offer-course", "fill-post")}
    named |= {row.capability for row in of.rows}
    found["capabilities"] = sorted(named - {"any"})
    for on in of.days:
        for group in _groups(reading):
            for capability in CAPABILITIES:
                told_ = reading.told(group, capability, on.toordinal(), HALF_LIFE)
                best = _best(reading, group, capability, on.toordinal(), told_)
                sources = set[str]() if told_.state == "trained" else reading.sources(group, "take-part")
                names = {reading.called(code, on.toordinal()) for code in group}
                fresh = [reading.fresh(group, capability, on.toordinal(), within) for within in WITHIN]
                found[on, group, capability] = told_, best, sources, names, fresh
                seen = [s for s in reading.sightings(group, capability) if s.possible_of and s.start[0] <= on.toordinal()]
                found["sightings", on, group, capability] = [
                    {
                        (*s.start, *s.end, s.kind, s.doubtful)
                        for s in seen
                        if s.acts and ((s.sure_of and not s.doubtful and s.start[1] <= on.toordinal()) or every)
                    }
                    for every in (False, True)
                ]
        for group in _groups(reading):
            for name, some in (("together", ("exercise",)), ("trained", ("course", "post"))):
                seen = [s for s in reading.sightings(group, "any") if s.kind in some and s.start[0] <= on.toordinal()]
                first = {s.exercise: min(t.start for t in seen if t.exercise == s.exercise) for s in seen}
                found[name, on, group] = [sorted(first.values()), sorted(s.what for s in {s.exercise: s for s in seen}.values() if name == "trained")]
        pairs = [
            pair
            for pair in itertools.combinations(("AAA", "BBB", "CCC", "OLD", "DDD", "AAA/isle"), 2)
            if reading.person(pair[0]) != reading.person(pair[1])
        ]
        met = {frozenset(reading.called(c, on.toordinal()) for c in pair) for pair in pairs if reading.sightings(pair, "any")}
        found["met", on] = met
        found["trained by", on] = [
            name
            for name in found["capabilities"]
            if any(s.sure_of and s.start[0] <= on.toordinal() for pair in _distinct(reading) for s in reading.sightings(pair, name))
        ]
        found["gaps", on] = oracle.gaps(reading, _distinct(reading), CAPABILITIES[1:], on.toordinal(), WITHIN[1])
        found["targets", on] = {
            (pair, capability, within): oracle.targets(reading, pair, capability, on.toordinal(), within, SLOT, SLOTS, SOON)
            for pair in _distinct(reading)
            for capability in CAPABILITIES
            for within in (2, 14)
        }
    return found


def _distinct(reading: oracle.Reading) -> list[tuple[str, str]]:
    return [(a, b) for a, b in PAIRS if reading.person(a) != reading.person(b)]


def _best(reading: oracle.Reading, group: tuple[str, ...], capability: str, on: int, told_: oracle.Told) -> set[Best]:
    """What was trained in, with its acts, of which each gives the earliest day of the last training."""
    seen = [s for s in reading.sightings(group, capability) if s.sure_of and not s.doubtful and s.start[1] <= on]
    return {(s.kind, plain(s.what), frozenset(s.acts)) for s in seen if min(s.end[0], on) == told_.last[0]}


def _told_of(training: Training) -> oracle.Told:
    def ordinal(day: date | None) -> int | None:
        return None if day is None else day.toordinal()

    return oracle.Told(
        training.state,
        (ordinal(training.last[0]), ordinal(training.last[1])),
        (ordinal(training.first[0]), ordinal(training.first[1])),
        {str(kind): times for kind, times in training.counts.items()},
        training.recency,
        ordinal(training.since),
        training.complete,
        training.courses_complete,
    )


def _training_told(of: MadeRecord) -> Said:
    from comity.interoperability import acts_without_day

    found: Said = {}
    reading, kept = _reading(of), said_of(of)
    for on in of.days:
        standing = of.standing(on)
        asked = TrainingMap(standing, of.rows, HALF_LIFE)
        found |= {"left out": acts_without_day(standing), "capabilities": asked.capabilities}
        for group in _groups(reading):
            for capability in CAPABILITIES:
                training = asked.training(group, capability)
                best: set[Best] = kept[on, group, capability][1]
                named: Best = (training.kind, plain(training.what), frozenset(training.acts))
                shown = best if named in best or (not best and named == (None, "", frozenset())) else {named}
                sources, fresh = set(training.covered_by), [str(asked.fresh(group, capability, within)) for within in WITHIN]
                found[on, group, capability] = _told_of(training), shown, sources, set(training.nations), fresh
                found["sightings", on, group, capability] = [
                    {(*s[:4], asked.kind_of(s), s.doubtful) for s in asked.sightings(group, capability, sure=sure) if s.acts}
                    for sure in (True, False)
                ]
                assert training.on == on
                assert training.half_life == HALF_LIFE
                assert len(training.covered_by) == len(sources)
            places = [asked.exercises.index(held) for held in asked.together(group)]
            seen = asked.sightings(group, "any", sure=False)
            found["together", on, group] = [[min((s.starts, s.starts_by) for s in seen if s.place == place) for place in places], []]
            there = asked.trained_in(group)
            found["trained", on, group] = [[(a.toordinal(), b.toordinal()) for _, (a, b) in there], sorted(held.title for held, _ in there)]
        found["met", on] = _met(asked)
        found["trained by", on] = asked.trained_by(_distinct(reading))
        listed = training_gaps(asked, _distinct(reading), CAPABILITIES[1:], WITHIN[1])
        found["gaps", on] = [
            (_asked_as(reading, g.training), g.training.capability, str(g.verdict), None if g.stale_from is None else g.stale_from.toordinal())
            for g in listed
        ]
        found["targets", on] = _targets(asked, reading)
    return found


def said_of(of: MadeRecord) -> Said:
    return next(said(seed) for seed in range(SEEDS) if made(seed) is of)


def _asked_as(reading: oracle.Reading, training: Training) -> tuple[str, str]:
    persons = {frozenset(reading.person(code)) for code in training.nations}
    return next((a, b) for a, b in PAIRS if {frozenset(reading.person(a)), frozenset(reading.person(b))} == persons)


def _met(asked: TrainingMap) -> set[frozenset[str]]:
    """Who met whom, by the pairs, and the same by each one's partners."""
    assert asked.pairs() == sorted((a, b) for a, b in (sorted(pair) for pair in asked.pairs()))
    pairs = {frozenset(pair) for pair in asked.pairs()}
    by_each = {frozenset((asked.called(asked.nation(code)), other)) for code in CODES for other in asked.partners(code)}
    return pairs if pairs == by_each else set()


def _targets(asked: TrainingMap, reading: oracle.Reading) -> Said:
    start, found = asked.standing.on, Said()
    for pair, capability, within in itertools.product(_distinct(reading), CAPABILITIES, (2, 14)):
        targets = training_targets(
            asked, [pair], [capability], within, slot_of=lambda day: (day - start).days // SLOT, slots=SLOTS, soon=SOON, weight=3
        )  # fmt: skip
        assert all((t.nations, t.capability, t.weight) == (pair, capability, 3) for t in targets)
        found[pair, capability, within] = [tuple(target.during) for target in targets]
    return found


def _standards_said(of: MadeRecord) -> Said:
    found: Said = {}
    for on in of.days:
        desk = Desk(of.standing(on).acts_of(ABOUT_STANDARDS), of.record.register, of.record.coverage, on.toordinal())
        found[on] = {e: (desk.promulgated(e), desk.status(e), desk.serves(e)) for e in desk.editions()}
        for nation in CODES:
            for e in desk.editions():
                found[on, nation, e] = desk.answer(nation, e), desk.uses(nation, e), desk.services(nation, e), desk.reserved(nation, e)
        for pair in PAIRS:
            for standard in {standard for standard, _ in desk.editions()}:
                found[on, pair, standard] = desk.shared(*pair, standard)
        shares = {(pair, standard): found[on, pair, standard][0] for pair in PAIRS for standard, _ in desk.editions()}
        for capability in (None, "sea", "air"):
            serving = {e[0] for e in desk.editions() if capability is None or capability in desk.serves(e)}
            found[on, "gaps", capability] = {key for key, verdict in shares.items() if key[1] in serving and str(verdict) != "yes"}
    return found


def _standards_told(of: MadeRecord) -> Said:
    found: Said = {}
    kept = said_of(of)
    for on in of.days:
        standing = of.standing(on)
        asked, register = Standards(standing), oracle.Reading((), of.record.register, ())
        editions = {(plain(e.standard), plain(e.edition)): e for e in asked.editions()}
        found[on] = {
            key: (None if e.promulgated is None else (e.promulgated.first.toordinal(), e.promulgated.last.toordinal()), e.status, set(e.capabilities))
            for key, e in editions.items()
        }
        for nation in CODES:
            for key, edition in editions.items():
                at = asked.position(nation, edition)
                assert at.nation == register.called(nation, on.toordinal())
                wanted: set[str] = kept[on, nation, key][3]
                reserved = wanted if at.reservation in wanted else {at.reservation}
                found[on, nation, key] = at.answer, at.uses, list(at.services), reserved
        for pair in PAIRS:
            for standard in {standard for standard, _ in editions}:
                one = asked.shared(*pair, standard)
                assert one.standard == next(e.standard for (name, _), e in editions.items() if name == standard)
                doing = {code for code in pair if register.called(code, on.toordinal()) in one.reservations}
                found[on, pair, standard] = one.verdict, [plain(e) for e in one.editions], [plain(e) for e in one.superseded], doing
        for capability in (None, "sea", "air"):
            listed = asked.standard_gaps(("AAA", "BBB", "OLD"), capability)
            found[on, "gaps", capability] = {(one.nations, plain(one.standard)) for one in listed}
    return found


def refused() -> bool:
    """Are one nation alone, a half-life that is none, and a standard that is not on record refused, and nothing else?"""
    standing = made(0).standing(made(0).days[0])
    empty = Standing(Record((), (), made(0).record.register), on=standing.on, known=standing.known)
    if Standards(empty).editions() or TrainingMap(standing, half_life=0.5).training(("AAA", "BBB")).half_life != 0.5:
        return False
    about = made(2).standing(made(2).days[0])
    return (
        _refuses(lambda: TrainingMap(standing, half_life=0.0), "half-life of 0 days")
        and _refuses(lambda: TrainingMap(standing, half_life=float("inf")), "half-life of inf days")
        and _refuses(lambda: TrainingMap(standing).training(("AAA", "AAA/army")), "name two nations or more")
        and _refuses(lambda: Standards(empty).editions("STANAG 9"), "'STANAG 9' is on record; there are: none")
        and _refuses(
            lambda: Standards(about).editions("STANAG 9"), f"there are: {', '.join(sorted({e.standard for e in Standards(about).editions()}))}"
        )
    )


def _refuses(asked: Callable[[], object], says: str) -> bool:
    try:
        asked()
    except (BadInput, NotOnRecord) as problem:
        return says in str(problem)
    return False
