"""Several indicators read off one record: what is gathered for one is not gathered again for the next.

Source: docs/explanation/how-indicators-are-read.md, section 1.
"""

from __future__ import annotations

from comity.indicators.asking import evidence_for
from comity.indicators.gathering import RecordEvidence
from comity.indicators.listing import indicator
from comity.indicators.reading import read_from
from comity.indicators.readings import Asked, Reading
from comity.standing import Standing


class IndicatorReader:
    """Reads any indicator of one standing, as ``read_indicator`` does. What it gathers for some days, a party and an agreement it keeps.

    It is for one question that needs several indicators, and not to be kept while the record grows.
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._gathered: dict[Asked, RecordEvidence] = {}

    def __call__(self, name: str, asked: Asked) -> Reading:
        """What the indicator says. Errors: as those of ``read_indicator``."""
        found = indicator(name)
        evidence = evidence_for(self._standing, found, asked)
        same = Asked(asked.party, asked.since, asked.until, agreement=asked.agreement)
        return read_from(self._gathered.setdefault(same, evidence), found, asked)
