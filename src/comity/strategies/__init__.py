"""Strategies: interests, objectives, initiatives, what goes in and comes out, indicators with targets; their checks, versions and reviews.

This room owns: the strategy as a file, its rules, how far it is. It does not own: the readings (indicators), or money (allocations).
Text: docs/explanation/how-strategies-are-checked.md.
"""

from comity.strategies.checking import REMARKS, STRATEGY_RULES, check_strategy, remarks_on
from comity.strategies.drafting import proposed_findings, review_text, strategy_text
from comity.strategies.drawing import MARKS, StrategyPicture, strategy_picture, strategy_svg
from comity.strategies.knowing import known_of_strategy, record_reader, stages_of
from comity.strategies.layers import headline
from comity.strategies.looking import StrategyKnown, amount, written
from comity.strategies.plain import broken_to_plain, review_finding_to_plain, review_to_plain, strategy_diff_to_plain, strategy_to_plain
from comity.strategies.progress import MeasureProgress, ReadIndicator, TargetProgress, TargetState, progress_of
from comity.strategies.strategy import AtStage, Review, ReviewChange, ReviewFinding, Strategy
from comity.strategies.versions import StrategyDiff, VersionDifference, strategy_diff
from comity.strategies.wording import reading_notes

__all__ = [
    "AtStage",
    "VersionDifference",
    "MARKS",
    "MeasureProgress",
    "TargetState",
    "REMARKS",
    "ReadIndicator",
    "Review",
    "ReviewChange",
    "ReviewFinding",
    "STRATEGY_RULES",
    "Strategy",
    "StrategyDiff",
    "StrategyKnown",
    "StrategyPicture",
    "TargetProgress",
    "amount",
    "broken_to_plain",
    "check_strategy",
    "review_finding_to_plain",
    "headline",
    "known_of_strategy",
    "reading_notes",
    "progress_of",
    "proposed_findings",
    "record_reader",
    "remarks_on",
    "review_text",
    "review_to_plain",
    "stages_of",
    "strategy_diff",
    "strategy_diff_to_plain",
    "strategy_picture",
    "strategy_svg",
    "strategy_text",
    "strategy_to_plain",
    "written",
]
