"""Sightings of nations that trained together on a course or by a post.

Source: how-interoperability-is-told.md, section 9. Days are ordinals.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from comity.interoperability.completeness import Completeness
from comity.interoperability.persons import Nations
from comity.interoperability.tellings import Sighting, TrainingPlace
from comity.interoperability.training import ANY_CAPABILITY, TAKE_PART
from comity.parties import Register
from comity.training import TRAINING_KINDS, HeldPart, HeldTraining

COURSE_KINDS = ("attend-course", "certify-course", "fill-post")
"""Kinds of act by which somebody is on a course or fills a post."""
END_POST = "end-post"
MAP_KINDS = (TAKE_PART, *TRAINING_KINDS)
"""The kinds of act that the whole map is made of."""


class PartTaken(NamedTuple):
    """One nation's part in a course or post by one act; that of whose it is, is there on whatever days the others are."""

    starts: int
    starts_by: int
    ends: int
    ends_by: int
    doubtful: bool
    act: str


class Trainees:
    """Who was in which course or post. ``ends``: where the record is complete for ends of posts."""

    def __init__(self, register: Register, nations: Nations, ends: Completeness) -> None:
        self._register, self._nations, self._ends = register, nations, ends

    def of(self, held: HeldTraining) -> TrainingPlace:
        """One course or post; an organisation is no nation in it."""
        owner = self._nations.of(held.by)
        found: dict[str, list[PartTaken]] = defaultdict(list)
        for part in held.parts:
            nation = self._nations.of(part.party)
            if nation != owner:
                found[nation].append(self._part(part, owner, nation))
        found[owner] = [PartTaken(0, 0, 0, 0, False, held.act)]
        nations = frozenset(nation for nation in found if not self._is_organisation(nation))
        return TrainingPlace(held.kind, held.title, nations, lambda several: list(_sightings(held, [found[nation] for nation in several])))

    def _is_organisation(self, nation: str) -> bool:
        party = self._register.parties.get(nation)
        return party is not None and party.kind == "organisation"

    def _part(self, part: HeldPart, owner: str, nation: str) -> PartTaken:
        starts, starts_by = (day.toordinal() for day in part.starts)
        ends, ends_by = (None if day is None else day.toordinal() for day in part.ends)
        if ends_by is None:
            covered, together = self._ends.goes_on((owner, nation), starts)
            ends = covered if ends is None else min(ends, covered)
            ends_by = max(together, starts_by)
        assert ends is not None, "what ends at the latest ends at the earliest"
        return PartTaken(starts, starts_by, ends, ends_by, part.doubtful, part.act)


def _sightings(held: HeldTraining, parts: Sequence[list[PartTaken]]) -> Iterator[Sighting]:
    """Each choice of one part of each nation (9.2)."""
    named = frozenset((held.capability or ANY_CAPABILITY, ANY_CAPABILITY))
    for chosen in itertools.product(*parts):
        yield Sighting(
            0,
            max(part.starts for part in chosen),
            max(part.starts_by for part in chosen),
            max(part.ends for part in chosen),
            max(part.ends_by for part in chosen),
            named,
            named,
            held.doubtful or any(part.doubtful for part in chosen),
            tuple(dict.fromkeys(part.act for part in chosen)),
        )
