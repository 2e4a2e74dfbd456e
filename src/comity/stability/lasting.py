"""How long quiet lasts between disputes of a pair, with what was not watched to its end.

Source: docs/explanation/how-stability-is-measured.md, section 5; Kaplan and Meier (1958); Greenwood (1926); Kalbfleisch and Prentice (1980).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from scipy.special import ndtri

from comity.stability.counting import Counting
from comity.stability.material import PairSpell, Stretch
from comity.stability.measures import LASTED, Lasted, QuietStep, Reads, Recurrence
from comity.stability.windows import Pair, joined

YEAR = 365.25


def recurrence(counting: Counting, reads: Reads, since: int, through: int, level: float) -> Recurrence:
    """Quiet spells of all pairs that begin on the day ``since`` or later, watched to the day ``through``."""
    return of_watched(reads, quiet_spells(counting, reads, since, through), level)


def of_watched(reads: Reads, watched: Sequence[tuple[int, bool]], level: float) -> Recurrence:
    """How long quiet lasts, by spells of so many days, each with whether a dispute ended it."""
    steps = kaplan_meier(watched, level)
    ended = sum(by_dispute for _, by_dispute in watched)
    longest = max((days for days, _ in watched), default=0)
    lasted = tuple(_lasted(steps, years, longest) for years in LASTED)
    return Recurrence(reads, len(watched), ended, len(watched) - ended, steps, lasted)


def quiet_spells(counting: Counting, reads: Reads, begin: int, through: int) -> list[tuple[int, bool]]:
    """Days of quiet after each dispute of two members, and whether a dispute ended it. Source: sections 5.1 and 5.2."""
    by_pair = defaultdict[Pair, list[Stretch]](list)
    for spell in counting.spells:
        if spell.sure:
            by_pair[spell.a, spell.b].append(_as_read(spell, reads))
    found = []
    for pair, stretches in by_pair.items():
        disputes = joined(stretches)
        begins = [first for first, _ in disputes[1:]]
        for (_, last), following in zip(disputes, [*begins, None], strict=True):
            for since, until in counting.together[pair].sure:
                if max(since, begin) <= last + 1 <= min(until, through):
                    end = min(until, through)
                    by_dispute = following is not None and following <= end
                    found.append(((following if by_dispute and following is not None else end + 1) - last - 1, by_dispute))
    return found


def _as_read(spell: PairSpell, reads: Reads) -> Stretch:
    """As long as it can have been, so that quiet is short; or as brief."""
    if reads == "short":
        return spell.first_a, spell.last_b
    return min(spell.first_b, spell.last_a), spell.last_a


def kaplan_meier(watched: Iterable[tuple[int, bool]], level: float) -> tuple[QuietStep, ...]:
    """The share of quiet spells that lasts longer, at each number of days on which one ended by a dispute. Source: section 5.3."""
    listed = list(watched)
    share, spread, steps = 1.0, 0.0, list[QuietStep]()
    for days in sorted({days for days, by_dispute in listed if by_dispute}):
        at_risk = sum(lasted >= days for lasted, _ in listed)
        ended = sum(by_dispute and lasted == days for lasted, by_dispute in listed)
        share *= 1 - ended / at_risk
        spread += ended / (at_risk * (at_risk - ended)) if at_risk > ended else 0.0
        lower, upper = _interval(share, spread, level)
        steps.append(QuietStep(days, at_risk, ended, share, lower, upper))
    return tuple(steps)


def _interval(share: float, spread: float, level: float) -> tuple[float, float]:
    """By the logarithm of minus the logarithm, so that it stays between 0 and 1; of no share, from 0 to 1: it has none."""
    if share <= 0:
        return 0.0, 1.0
    by = math.exp(float(ndtri((1 + level) / 2)) * math.sqrt(spread) / math.log(share))
    return share ** (1 / by), share**by


def _lasted(steps: Sequence[QuietStep], years: int, longest: int) -> Lasted:
    days = years * YEAR
    if longest < days:
        return Lasted(years, None, None, None)
    reached = [step for step in steps if step.days <= days]
    return Lasted(years, reached[-1].share, reached[-1].lower, reached[-1].upper) if reached else Lasted(years, 1.0, None, None)
