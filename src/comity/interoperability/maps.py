"""The map: nations and capabilities, with when they last trained together, how often, and what of it has faded.

Source: how-interoperability-is-told.md, sections 2 to 5.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from comity.interoperability.completeness import Completeness
from comity.interoperability.exercises_held import exercises_held
from comity.interoperability.persons import Nations
from comity.interoperability.tellings import Sighting, Telling, in_both
from comity.interoperability.training import ANY_CAPABILITY, HALF_LIFE, TAKE_PART, ExercisePart, JointExercise, Training, TrainingRow
from comity.standing import Standing, collector_paused
from comity.terms import BadInput, Verdict


class TrainingMap:
    """Who has trained what together, as one standing has it; of its day unless another is asked about.

    ``rows``: what else is known of training. ``half_life``: days (section 5.2). BadInput if it is not above 0.
    """

    def __init__(self, standing: Standing, rows: Iterable[TrainingRow] = (), half_life: float = HALF_LIFE) -> None:
        if not 0 < half_life < float("inf"):
            raise BadInput(f"a half-life of {half_life:g} days; give more than 0")
        self.standing, self.half_life = standing, half_life
        with collector_paused():
            self._nations = Nations(standing.record.register)
            self.exercises = exercises_held(standing)
            self.rows = tuple(rows)
            self.completeness = Completeness(standing.record.coverage, TAKE_PART, self._nations)
            self._parts = [_by_nation(held) for held in self.exercises]
            self._pairs = self._paired()

    def _paired(self) -> dict[tuple[str, ...], list[Sighting]]:
        found: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
        for place, parts in enumerate(self._parts):
            for a, b in itertools.combinations(sorted(parts), 2):
                found[a, b] += _sightings(place, (parts[a], parts[b]))
        for place, row in enumerate(self.rows, len(self._parts)):
            for pair in itertools.combinations(sorted({self._nations.of(code) for code in row.nations}), 2):
                found[pair].append(_of_row(place, row))
        return dict(found)

    # -- who

    def nation(self, code: str) -> str:
        """The nation that a party is, or is part of; NotOnRecord where it is no party on record."""
        return self._nations.of(self.standing.record.party(code))

    def called(self, nation: str) -> str:
        """The code of a nation on the standing's day."""
        return self._nations.called(nation, self.standing.on)

    def called_on(self, nation: str, on: date) -> str:
        """The code of a nation on another day."""
        return self._nations.called(nation, on)

    def partners(self, code: str) -> list[str]:
        """The nations that may have been in an exercise with it, by code."""
        nation = self.nation(code)
        return sorted({self.called(other) for pair in self._pairs if nation in pair for other in pair if other != nation})

    def pairs(self) -> list[tuple[str, str]]:
        """Every two nations that may have been in an exercise together, by code."""
        called = (sorted(map(self.called, pair)) for pair in self._pairs)
        return sorted((first, second) for first, second in called)

    @cached_property
    def capabilities(self) -> list[str]:
        """What any act or row names, but for *any*."""
        named = {name for parts in self._parts for some in parts.values() for part in some for name in part.named}
        return sorted((named | {row.capability for row in self.rows}) - {ANY_CAPABILITY})

    # -- what

    def training(self, nations: Sequence[str], capability: str = ANY_CAPABILITY, on: date | None = None) -> Training:
        """What these nations have trained together of the capability, by the day (default: the standing's)."""
        on = on or self.standing.on
        persons = self._several(nations)
        begun, open_days = self._begun(persons, capability, on.toordinal()), self.completeness.open_days(persons)
        told = Telling.of(begun, capability, on.toordinal(), open_days)
        state, best = in_both(told, Telling.state), told.best
        return Training(
            nations=tuple(self._nations.called(person, on) for person in persons),
            capability=capability,
            on=on,
            state="contested" if state is None else state,
            last=(_day(told.earliest), _day(told.latest)),
            first=(_day(told.first_from), _day(told.first_by)),
            least=len({s.place for s in told.sure}),
            most=len({s.place for s in begun}),
            recency=(self._recency(told.earliest, told.day), self._recency(told.latest, told.day)),
            half_life=self.half_life,
            since=_day(told.unknown + 1) if state == "none" and told.unknown is not None else None,
            complete=not told.open_today,
            what="" if best is None else self._what(best.place),
            acts=() if best is None else best.acts,
            covered_by=() if state == "trained" else self.completeness.sources(persons),
        )

    def fresh(self, nations: Sequence[str], capability: str, within: int, on: date | None = None) -> Verdict:
        """Have they trained it together within so many days before the day?"""
        persons, day = self._several(nations), (on or self.standing.on).toordinal()
        told = Telling.of(self._begun(persons, capability, day), capability, day, self.completeness.open_days(persons))
        found = in_both(told, lambda one: one.fresh(day - within))
        return Verdict.CONTESTED if found is None else found

    def together(self, nations: Sequence[str], on: date | None = None) -> list[JointExercise]:
        """The exercises that may have begun by the day in which all of these were, by their first day."""
        persons, day = self._several(nations), (on or self.standing.on).toordinal()
        places = dict.fromkeys(place for _, place in sorted((s.starts, s.place) for s in self._sighted(persons) if s.starts <= day))
        return [self.exercises[place] for place in places if place < len(self.exercises)]

    def sightings(self, nations: Sequence[str], capability: str, *, sure: bool) -> list[Sighting]:
        """The sightings of the capability that have begun by the standing's day, if they are sure; or all that may have."""
        persons, day = self._several(nations), self.standing.on.toordinal()
        begun = self._begun(persons, capability, day)
        return Telling.of(begun, capability, day, ()).sure if sure else begun

    def _begun(self, persons: tuple[str, ...], capability: str, day: int) -> list[Sighting]:
        return [s for s in self._sighted(persons) if s.starts <= day and capability in s.possible]

    def _several(self, nations: Sequence[str]) -> tuple[str, ...]:
        persons = tuple(sorted({self.nation(code) for code in nations}))
        if len(persons) < 2:
            raise BadInput(f"{', '.join(nations)}: name two nations or more; those that are one person under several codes are one")
        return persons

    def _sighted(self, persons: tuple[str, ...]) -> list[Sighting]:
        if len(persons) == 2:
            return self._pairs.get(persons, [])
        found = [
            sighting
            for place, parts in enumerate(self._parts)
            if all(person in parts for person in persons)
            for sighting in _sightings(place, [parts[person] for person in persons])
        ]
        rows = enumerate(self.rows, len(self._parts))
        return found + [_of_row(place, row) for place, row in rows if set(persons) <= set(map(self._nations.of, row.nations))]

    def _what(self, place: int) -> str:
        if place < len(self.exercises):
            return self.exercises[place].activity
        return self.rows[place - len(self.exercises)].source

    def _recency(self, last: int | None, day: int) -> float:
        return 0.0 if last is None else 0.5 ** ((day - last) / self.half_life)


def _by_nation(held: JointExercise) -> dict[str, list[ExercisePart]]:
    found: dict[str, list[ExercisePart]] = defaultdict(list)
    for part in held.parts:
        found[part.nation].append(part)
    return dict(found)


def _sightings(place: int, parts: Sequence[list[ExercisePart]]) -> Iterator[Sighting]:
    """Each choice of one part of each nation (2.1)."""
    for chosen in itertools.product(*parts):
        start = chosen[0].start  # the parts of one exercise start alike, but for what their own ends cut off
        ends, ends_by = min(p.end.first for p in chosen), min(p.end.last for p in chosen)
        if start.first <= ends_by:
            yield Sighting(
                place,
                start.first.toordinal(),
                min(start.last, ends_by).toordinal(),
                max(ends, start.first).toordinal(),
                ends_by.toordinal(),
                frozenset.intersection(*(p.named for p in chosen)),
                frozenset.intersection(*(p.named | p.open for p in chosen)),
                any(p.doubtful for p in chosen),
                tuple(p.act for p in chosen),
            )


def _of_row(place: int, row: TrainingRow) -> Sighting:
    named, first, last = frozenset((row.capability, ANY_CAPABILITY)), row.moment.first.toordinal(), row.moment.last.toordinal()
    return Sighting(place, first, last, first, last, named, named, False, ())


def _day(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)
