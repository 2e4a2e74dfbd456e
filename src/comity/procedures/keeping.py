"""Acts of some kinds as they count on a day: corrected, with the days that they can be of, in doubt or not; and which belong to which.

Source: how-lessons-are-learned.md, sections 1 and 3; how-training-is-counted.md, section 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import date

from comity.acts import Act, kinds
from comity.standing import Standing
from comity.terms import Verdict


@dataclass(frozen=True, slots=True)
class KeptAct:
    """An act as it counts: its kind after corrections, the first and last day that it can be of, and whether it is in doubt."""

    act: Act
    kind: str
    first: date
    last: date
    doubtful: bool

    @property
    def by(self) -> str:
        """On whose behalf it was done."""
        return self.act.attributed_to

    def day(self, last: bool) -> date:
        """The last day that it can be of, or the first."""
        return self.last if last else self.first


def kept_acts(standing: Standing, wanted: Collection[str]) -> list[KeptAct]:
    """The acts of these kinds that the question may look at, whatever their day."""
    found = []
    for versions in standing.current_of_kinds(wanted):
        for current in versions:
            done = current.act.done
            if done is not None and has_what_it_needs(current.act, current.kind):
                found.append(KeptAct(current.act, current.kind, done.first, done.last, bool(current.denials) or len(versions) > 1))
    return found


def has_what_it_needs(act: Act, kind: str) -> bool:
    """Has it all that its kind needs? One that a correction gave another kind may not."""
    wanted = (need.partition("details.")[::2] for need in kinds()[kind].needs)
    return all(act.details.get(detail) if detail else getattr(act, field) for field, detail in wanted)


def by_root(kept: Sequence[KeptAct], roots: Collection[str]) -> tuple[list[tuple[KeptAct, list[KeptAct]]], list[KeptAct]]:
    """Each act of the kinds that begin something, with those that reply to it by whatever steps, itself among them; and those that lead to none."""
    by_hash = {one.act.hash: one for one in kept}
    belonging, strays = defaultdict[str, list[KeptAct]](list), list[KeptAct]()
    for one in kept:
        root: KeptAct | None = one
        while root is not None and root.kind not in roots:
            root = by_hash.get(root.act.replies_to or "")
        if root is None:
            strays.append(one)
        else:
            belonging[root.act.hash].append(one)
    return [(by_hash[root], found) for root, found in belonging.items()], strays


def agreed(ways: Sequence[Set[object]]) -> Verdict:
    """Yes where all readings agree; contested where those of one way to take the dates differ; unknown where only the two ways do."""
    if any(len(way) > 1 for way in ways):
        return Verdict.CONTESTED
    return Verdict.YES if ways[0] == ways[1] else Verdict.UNKNOWN
