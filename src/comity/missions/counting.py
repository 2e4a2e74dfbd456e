"""Which acts count on a day, how sure each is, and in which order they are taken.

Source: how-forces-are-generated.md, 9.2 to 9.5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from comity.acts import Act
from comity.procedures import has_what_it_needs
from comity.standing import Standing
from comity.terms import Verdict

YES, CONTESTED, UNKNOWN = Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN


@dataclass(frozen=True, slots=True)
class CountedAct:
    """An act that counts on the day: its kind after corrections, how sure it is, and whether it lacks what its kind needs."""

    act: Act
    kind: str
    sure: Verdict
    lacking: bool

    @property
    def by(self) -> str:
        """On whose behalf it was done."""
        return self.act.attributed_to

    def says(self, detail: str) -> str | None:
        """What a detail says; None: nothing."""
        return self.act.details.get(detail) or None

    def number(self, detail: str) -> int | None:
        """A number that it says; None: it does not."""
        said = self.says(detail)
        return None if said is None else int(said)


def counted_acts(standing: Standing, wanted: Collection[str]) -> list[CountedAct]:
    """The acts of these kinds that count on the day asked about, in their order."""
    found = []
    for versions in standing.current_of_kinds(wanted):
        for current in versions:
            done = current.act.done
            if done is not None and done.first > standing.on:
                continue
            sure = UNKNOWN if done is None or done.last > standing.on else YES
            if current.denials or len(versions) > 1:
                sure = CONTESTED
            found.append(CountedAct(current.act, current.kind, sure, not has_what_it_needs(current.act, current.kind)))
    return sorted(found, key=lambda one: (one.act.day or date.max, one.act.ref, one.act.hash))


def doubtful(some: Iterable[Verdict]) -> Verdict:
    """As doubtful as all of them together: contested if one is, else unknown if one is, else yes."""
    verdicts = set(some)
    return CONTESTED if CONTESTED in verdicts else UNKNOWN if UNKNOWN in verdicts else YES
