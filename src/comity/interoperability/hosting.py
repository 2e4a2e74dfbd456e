"""Whether those who took part in exercises that were held had a legal basis to be where these were held.

Source: how-interoperability-is-told.md, section 8; how-permissions-are-derived.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from comity.interoperability.maps import TrainingMap
from comity.interoperability.places import Places, Whereabouts
from comity.interoperability.training import DayWindow, ExercisePart, JointExercise
from comity.permissions import ActivityQuestion, Permissions, Stationing
from comity.standing import Standing
from comity.terms import NotOnRecord, Verdict, all_of


@dataclass(frozen=True, slots=True)
class GuestCover:
    """Whether the forces of ``guest`` had a basis with the ``host`` while the exercise was on; None: the host is no party on record."""

    guest: str
    host: str
    stationing: Stationing | None

    @property
    def verdict(self) -> Verdict:
        return Verdict.UNKNOWN if self.stationing is None else self.stationing.verdict


@dataclass(frozen=True, slots=True)
class HeldCover:
    """An exercise that was held, when it can have been, where, and the cover of each guest; at sea or not known: of none."""

    exercise: JointExercise
    during: DayWindow
    whereabouts: Whereabouts
    guests: tuple[GuestCover, ...]

    @property
    def verdict(self) -> Verdict | None:
        """Of all guests together; None: at sea, where there is no host."""
        if self.whereabouts.where == "at sea":
            return None
        return all_of([one.verdict for one in self.guests]) if self.whereabouts.where == "territory" else Verdict.UNKNOWN


def held_covers(of: TrainingMap, nations: Sequence[str], law: Standing | None = None, purpose: str | None = "exercise") -> Iterator[HeldCover]:
    """The legal cover of each exercise in which all of these were, by ``law`` (else by the map's own standing), in the order of the record."""
    law = of.standing if law is None else law
    places, permissions = Places(law.record.register), Permissions(law)
    persons = [of.nation(code) for code in nations]
    for held in of.together(nations):
        parts = [part for part in held.parts if part.nation in persons]
        yield _cover(of, held, parts, places, permissions, purpose)


def _cover(
    of: TrainingMap, held: JointExercise, parts: Sequence[ExercisePart], places: Places, permissions: Permissions, purpose: str | None
) -> HeldCover:
    during = DayWindow(min(part.start.first for part in parts), max(part.end.last for part in parts))
    on_land = any(word in part.named for part in held.parts for word in ("land", "amphibious"))
    found = places.find(held.place, during, on_land=on_land)
    guests = sorted({of.called_on(part.nation, during.first) for part in parts})
    then, asked = permissions.on_day(during.first), list[GuestCover]()
    for host, territory in found.hosts if found.where == "territory" else ():
        asked += [GuestCover(guest, host, _stationing(then, guest, host, territory, during.last, purpose)) for guest in guests if guest != host]
    return HeldCover(held, during, found, tuple(asked))


def _stationing(then: Permissions, guest: str, host: str, territory: str | None, until: date, purpose: str | None) -> Stationing | None:
    question = ActivityQuestion(activity="station", doer=guest, counterpart=host, purpose=purpose, territory=territory, until=until)
    try:
        return then.station(question)
    except NotOnRecord:
        return None


def stationing_rests_on(stationing: Stationing) -> tuple[str, ...]:
    """The agreements on which both answers rest."""
    versions = (*stationing.entry.versions, *stationing.status.versions)
    return tuple(sorted({version.split()[0] for version in versions if not version.startswith("law of treaties")}))
