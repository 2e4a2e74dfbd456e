"""Indicators: numbers out of the record itself, each with the acts behind it, what it does not know, and where the record is complete.

This room owns: the list of indicators and how each is read. It does not own: what is counted (duties, procedures), or targets (strategies).
Text: docs/explanation/how-indicators-are-read.md.
"""

from comity.indicators.asking import usual_since
from comity.indicators.listing import INDICATORS, Indicator, indicator
from comity.indicators.plain import indicator_to_plain, reading_to_plain
from comity.indicators.reading import read_indicator, series
from comity.indicators.readings import Asked, Better, By, Part, Reading
from comity.indicators.several import IndicatorReader

__all__ = [
    "Asked",
    "Better",
    "By",
    "INDICATORS",
    "Indicator",
    "IndicatorReader",
    "Part",
    "Reading",
    "indicator",
    "indicator_to_plain",
    "read_indicator",
    "reading_to_plain",
    "series",
    "usual_since",
]
