"""The indicators, one definition each.

Source: docs/explanation/how-indicators-are-read.md, sections 2 to 13.
"""

from __future__ import annotations

from comity.indicators.readings import Indicator
from comity.terms import NotOnRecord

INDICATORS: tuple[Indicator, ...] = ()


def indicator(name: str) -> Indicator:
    """The indicator of that name; NotOnRecord where there is none."""
    for one in INDICATORS:
        if one.id == name:
            return one
    raise NotOnRecord(f"there is no indicator {name!r}; there are: {', '.join(one.id for one in INDICATORS)}")
