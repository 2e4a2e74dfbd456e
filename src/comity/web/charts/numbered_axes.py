"""Round numbers along an axis."""

from __future__ import annotations

from math import ceil, floor, log10

MOST = 6


def ticks(low: float, high: float, most: int = MOST) -> list[float]:
    """Round numbers from ``low`` to ``high``, at most about so many, as far apart as 1, 2 or 5 of some power of ten; with zero, if it is between."""
    if not high > low:
        return [low]
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough * 0.999)
    return [round(n * step, 12) + 0.0 for n in range(ceil(low / step), floor(high / step) + 1)]
