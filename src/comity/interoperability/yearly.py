"""Training over the years: how many exercises of nations began in each year, by capability; and the lulls between them.

Source: how-interoperability-is-told.md, sections 2 and 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity.interoperability.maps import TrainingMap
from comity.interoperability.training import ANY_CAPABILITY


@dataclass(frozen=True, slots=True)
class Lull:
    """A time in which nations surely did not train a capability, as far as acts name it: the days after ``after`` up to, without, ``before``.

    ``possible``: how many exercises began in it of which the record leaves open whether they trained it. Courses and posts end a lull too.
    """

    capability: str
    after: date
    before: date
    possible: int

    @property
    def days(self) -> int:
        return (self.before - self.after).days - 1


def yearly(of: TrainingMap, nations: Sequence[str], capabilities: Sequence[str]) -> dict[tuple[int, str], int]:
    """How many exercises that surely trained it began in each year, by year and capability, from the first year to the last, *any* among them.

    An exercise counts for the year of the first day on which it can have begun.
    """
    names = dict.fromkeys((ANY_CAPABILITY, *capabilities))
    sure = {name: [s for s in of.sightings(nations, name, sure=True) if of.kind_of(s) == "exercise"] for name in names}
    found = {name: {s.place: date.fromordinal(s.starts).year for s in sure[name]} for name in names}
    years = found[ANY_CAPABILITY].values()
    every = range(min(years, default=0), max(years, default=-1) + 1)
    return {(year, name): sum(one == year for one in found[name].values()) for year in every for name in names}


def lulls(of: TrainingMap, nations: Sequence[str], capability: str, longer_than: int) -> list[Lull]:
    """The times of more than so many days between one exercise that surely trained it, on its latest days, and the next, on its earliest."""
    sure = sorted(of.sightings(nations, capability, sure=True), key=lambda s: (s.starts, s.ends_by))
    every = of.sightings(nations, capability, sure=False)
    found, reached = list[Lull](), None
    for sighting in sure:
        if reached is not None and sighting.starts - reached - 1 > longer_than:
            between = len({s.place for s in every if reached < s.starts < sighting.starts and capability not in s.named})
            found.append(Lull(capability, date.fromordinal(reached), date.fromordinal(sighting.starts), between))
        reached = max(reached or 0, sighting.ends_by)
    return found
