"""Where nations have not trained a capability together, or too long ago, and the targets of a programme that would close it.

Source: how-interoperability-is-told.md, section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from comity.interoperability.maps import TrainingMap
from comity.interoperability.training import Training
from comity.programmes import Slots, Target
from comity.terms import Verdict

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TrainingGap:
    """Nations that did not, or may not, train a capability within ``within`` days before the day; ``verdict``: whether they did."""

    training: Training
    within: int
    verdict: Verdict

    @property
    def stale_from(self) -> date | None:
        """The first day on which it was no longer fresh, by what is sure; None: nothing is."""
        last = self.training.last[0]
        return None if last is None else last + timedelta(days=self.within + 1)


def training_gaps(of: TrainingMap, pairs: Iterable[Pair], capabilities: Sequence[str], within: int) -> list[TrainingGap]:
    """What is not fresh: first what is not on record at all, then what was longest ago; then what is contested, then what is not known."""
    found = [
        TrainingGap(of.training(pair, capability), within, verdict)
        for pair in pairs
        for capability in capabilities
        if (verdict := of.fresh(pair, capability, within)) is not Verdict.YES
    ]
    return sorted(found, key=_need)


def _need(gap: TrainingGap) -> tuple[int, date, tuple[str, ...], str]:
    last, order = gap.training.last[0], (Verdict.NO, Verdict.CONTESTED, Verdict.UNKNOWN)
    return order.index(gap.verdict), last or date.min, gap.training.nations, gap.training.capability


def training_targets(
    of: TrainingMap,
    pairs: Iterable[Pair],
    capabilities: Sequence[str],
    within: int,
    *,
    slot_of: Callable[[date], int],
    slots: int,
    soon: int,
    weight: int,
) -> list[Target]:
    """The targets of a programme that keep each pair and capability fresh, from the standing's day, which is that of slot 0, on.

    ``slot_of``: the slot that a day lies in. ``slots``: how many the programme has. ``soon``: by the end of so many is done what is not fresh.
    """
    start = of.standing.on
    step = max(1, slot_of(start + timedelta(days=within)))
    found = list[Target]()
    for pair in pairs:
        for capability in capabilities:
            last = of.training(pair, capability).last[0]
            end = soon if last is None else max(soon, slot_of(last + timedelta(days=within)))
            found += [Target(nations=pair, capability=capability, during=during, weight=weight) for during in _rows(end, step, slots)]
    return found


def _rows(end: int, step: int, slots: int) -> Iterator[Slots]:
    start = 0
    while end <= slots:
        yield Slots(start, end)
        start, end = end, end + step
