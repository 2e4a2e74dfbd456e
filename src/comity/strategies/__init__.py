"""Strategies: interests, objectives, initiatives, what goes in and comes out, indicators with targets; their checks, versions and reviews.

This room owns: the strategy as a file, its rules, how far it is. It does not own: the readings (indicators), or money (allocations).
Text: docs/explanation/how-strategies-are-checked.md.
"""

from comity.strategies.checking import REMARKS, STRATEGY_RULES, check_strategy, remarks_on
from comity.strategies.knowing import known_of_strategy, stages_of
from comity.strategies.looking import StrategyKnown
from comity.strategies.progress import MeasureProgress, Progress, ReadIndicator, TargetProgress, progress_of
from comity.strategies.strategy import Strategy
from comity.strategies.versions import Difference, StrategyDiff, strategy_diff

__all__ = [
    "REMARKS",
    "STRATEGY_RULES",
    "Difference",
    "MeasureProgress",
    "Progress",
    "ReadIndicator",
    "Strategy",
    "StrategyDiff",
    "StrategyKnown",
    "TargetProgress",
    "check_strategy",
    "known_of_strategy",
    "progress_of",
    "remarks_on",
    "stages_of",
    "strategy_diff",
]
