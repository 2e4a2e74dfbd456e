"""Sightings of nations that trained together on a course or by a post.

Source: how-interoperability-is-told.md, section 9. Days are ordinals.
"""

from __future__ import annotations

from collections import defaultdict

from comity.interoperability.completeness import Completeness
from comity.interoperability.persons import Nations
from comity.interoperability.tellings import Sighting, TrainingPlace, choices
from comity.interoperability.training import ANY_CAPABILITY, TAKE_PART
from comity.parties import Register
from comity.training import TRAINING_KINDS, HeldPart, HeldTraining

COURSE_KINDS = ("attend-course", "certify-course", "fill-post")
"""Kinds of act by which somebody is on a course or fills a post."""
END_POST = "end-post"
MAP_KINDS = (TAKE_PART, *TRAINING_KINDS)
"""The kinds of act that the whole map is made of."""


class Trainees:
    """Who was in which course or post. ``ends``: where the record is complete for ends of posts."""

    def __init__(self, register: Register, nations: Nations, ends: Completeness) -> None:
        self._register, self._nations, self._ends = register, nations, ends

    def of(self, held: HeldTraining) -> TrainingPlace:
        """One course or post; an organisation is no nation in it."""
        owner = self._nations.of(held.by)
        named = frozenset((held.capability or ANY_CAPABILITY, ANY_CAPABILITY))
        found: dict[str, list[Sighting]] = defaultdict(list)
        for part in held.parts:
            nation = self._nations.of(part.party)
            if nation != owner:
                days = self._days(part, owner, nation)
                found[nation].append(Sighting(*days, named, named, held.doubtful or part.doubtful, (part.act,)))
        found[owner] = [Sighting(0, 0, 0, 0, named, named, held.doubtful, (held.act,))]  # on whatever days the others are there
        nations = frozenset(nation for nation in found if not self._is_organisation(nation))
        return TrainingPlace(held.kind, held.title, nations, lambda several: choices([found[nation] for nation in several], _both))

    def _is_organisation(self, nation: str) -> bool:
        party = self._register.parties.get(nation)
        return party is not None and party.kind == "organisation"

    def _days(self, part: HeldPart, owner: str, nation: str) -> tuple[int, int, int, int]:
        starts, starts_by = (day.toordinal() for day in part.starts)
        ends, ends_by = (None if day is None else day.toordinal() for day in part.ends)
        if ends_by is None:
            covered, together = self._ends.goes_on((owner, nation), starts)
            ends = covered if ends is None else min(ends, covered)
            ends_by = max(together, starts_by)
        assert ends is not None, "what ends at the latest ends at the earliest"
        return starts, starts_by, ends, ends_by


def _both(one: Sighting, other: Sighting) -> Sighting:
    """Two nations' parts together (9.3, last sentence)."""
    return Sighting(
        max(one.starts, other.starts),
        max(one.starts_by, other.starts_by),
        max(one.ends, other.ends),
        max(one.ends_by, other.ends_by),
        one.named,
        one.possible,
        one.doubtful or other.doubtful,
        tuple(dict.fromkeys((*one.acts, *other.acts))),
    )
