"""The map: nations and capabilities, with when they last trained together, how often, and what of it has faded.

Source: how-interoperability-is-told.md, sections 2 to 5 and 9.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from comity.interoperability.completeness import Completeness, is_open
from comity.interoperability.courses_and_posts import COURSE_KINDS, END_POST, Trainees
from comity.interoperability.exercises_held import exercise_place, exercises_held
from comity.interoperability.persons import Nations
from comity.interoperability.tellings import Sighting, Telling, TrainingPlace, in_both
from comity.interoperability.training import (
    ANY_CAPABILITY,
    HALF_LIFE,
    KINDS_OF_TRAINING,
    TAKE_PART,
    DayWindow,
    JointExercise,
    Training,
    TrainingKind,
    TrainingRow,
)
from comity.standing import Standing, collector_paused
from comity.terms import BadInput, Verdict
from comity.training import HeldTraining, trainings_held


class TrainingMap:
    """Who has trained what together, as one standing has it; of its day unless another is asked about.

    ``rows``: what else is known of training. ``half_life``: days (section 5.2). BadInput if it is not above 0.
    """

    def __init__(self, standing: Standing, rows: Iterable[TrainingRow] = (), half_life: float = HALF_LIFE) -> None:
        if not 0 < half_life < float("inf"):
            raise BadInput(f"a half-life of {half_life:g} days; give more than 0")
        self.standing, self.half_life = standing, half_life
        with collector_paused():
            declared, register = standing.record.coverage, standing.record.register
            self._nations = Nations(register)
            self.exercises = exercises_held(standing)
            self.rows = tuple(rows)
            self.trainings = trainings_held(standing)
            self.completeness = Completeness(declared, TAKE_PART, self._nations)
            self._of_courses = [Completeness(declared, kind, self._nations) for kind in COURSE_KINDS]
            trainees = Trainees(register, self._nations, Completeness(declared, END_POST, self._nations))
            self._places = [*map(exercise_place, self.exercises), *map(self._of_row, self.rows), *map(trainees.of, self.trainings)]
            self._first_training = len(self.exercises) + len(self.rows)
            self._pairs = self._paired()

    def _of_row(self, row: TrainingRow) -> TrainingPlace:
        first, last = row.moment.first.toordinal(), row.moment.last.toordinal()
        named = frozenset((row.capability, ANY_CAPABILITY))
        seen = Sighting(first, last, first, last, named, named, False, ())
        return TrainingPlace("other", row.source, frozenset(map(self._nations.of, row.nations)), lambda _: [seen])

    def _paired(self) -> dict[tuple[str, ...], list[Sighting]]:
        found: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
        for number, place in enumerate(self._places):
            for pair in itertools.combinations(sorted(place.nations), 2):
                found[pair] += [seen._replace(place=number) for seen in place.seen(pair)]
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
        """The nations that may have trained with it, by code."""
        nation = self.nation(code)
        return sorted({self.called(other) for pair in self._pairs if nation in pair for other in pair if other != nation})

    def pairs(self) -> list[tuple[str, str]]:
        """Every two nations that may have trained together, by code."""
        called = (sorted(map(self.called, pair)) for pair in self._pairs)
        return sorted((first, second) for first, second in called)

    @cached_property
    def capabilities(self) -> list[str]:
        """What any act or row names, but for *any*."""
        named = {name for held in self.exercises for part in held.parts for name in part.named}
        named |= {row.capability for row in self.rows} | {held.capability for held in self.trainings}
        return sorted(named - {ANY_CAPABILITY, ""})

    def trained_by(self, groups: Iterable[Sequence[str]]) -> list[str]:
        """What one of these groups of nations may have trained together by the standing's day, of what acts name it; *any* not among it."""
        seen = (s for nations in groups for s in self._begun(self._several(nations), ANY_CAPABILITY, self.standing.on.toordinal()))
        return sorted(frozenset[str]().union(*(s.named for s in seen)) - {ANY_CAPABILITY})

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
            counts=self._counts(told.sure, begun),
            recency=(self._recency(told.earliest, told.day), self._recency(told.latest, told.day)),
            half_life=self.half_life,
            since=_day(told.unknown + 1) if state == "none" and told.unknown is not None else None,
            complete=not told.open_today,
            courses_complete=not any(is_open(one.open_days(persons), told.day) for one in self._of_courses),
            kind=None if best is None else self._places[best.place].kind,
            what="" if best is None else self._places[best.place].name,
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

    def trained_in(self, nations: Sequence[str], on: date | None = None) -> list[tuple[HeldTraining, DayWindow]]:
        """The courses and posts that may have begun by the day in which all of these were, by their first day, with when they started."""
        persons, day = self._several(nations), (on or self.standing.on).toordinal()
        found = dict[int, DayWindow]()
        for s in sorted(self._sighted(persons), key=lambda s: (s.starts, s.starts_by, s.place)):
            if s.starts <= day and s.place >= self._first_training:
                found.setdefault(s.place, DayWindow(date.fromordinal(s.starts), date.fromordinal(s.starts_by)))
        return [(self.trainings[place - self._first_training], starts) for place, starts in found.items()]

    def sightings(self, nations: Sequence[str], capability: str, *, sure: bool) -> list[Sighting]:
        """The sightings of the capability that have begun by the standing's day, if they are sure; or all that may have."""
        persons, day = self._several(nations), self.standing.on.toordinal()
        begun = self._begun(persons, capability, day)
        return Telling.of(begun, capability, day, ()).sure if sure else begun

    def kind_of(self, sighting: Sighting) -> TrainingKind:
        """What it was in: an exercise, a course, a post, or a row."""
        return self._places[sighting.place].kind

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
        places = ((number, place) for number, place in enumerate(self._places) if place.nations.issuperset(persons))
        return [seen._replace(place=number) for number, place in places for seen in place.seen(persons)]

    def _counts(self, sure: Iterable[Sighting], begun: Iterable[Sighting]) -> dict[TrainingKind, tuple[int, int]]:
        least, most = (Counter(self._places[place].kind for place in {s.place for s in some}) for some in (sure, begun))
        return {kind: (least[kind], most[kind]) for kind in KINDS_OF_TRAINING if most[kind]}

    def _recency(self, last: int | None, day: int) -> float:
        return 0.0 if last is None else 0.5 ** ((day - last) / self.half_life)


def _day(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)
