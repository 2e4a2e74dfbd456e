"""The conventions of early warning, declared in one place: they were fixed on the years 1960 to 1989 and are part of every record.

Source: docs/explanation/how-warnings-are-made.md, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.early_warning.features import FIRST
from comity.early_warning.steps import MONTH, YEAR, WarningStep, step_of


@dataclass(frozen=True, slots=True)
class WarningRules:
    """How forecasts are made and scored.

    ``by``: the step, year or month.   ``quiet_share``: which share of past rows without a dispute is drawn to learn from.
    ``learn_since``: the first year that is learned from.   ``forecast_since``: the first year that is forecast, for calibration.
    ``score_since``: the first year whose forecasts are scored.   ``members``: how many times the model is fitted, each on pairs drawn again.
    ``trees``, ``leaves``, ``rows_in_leaf``, ``rate``, ``shrink``, ``share_of_features``: of the boosted trees.
    ``penalty``: of the logit, for each squared coefficient of a scaled term.   ``calibrate_years``: how many past years' forecasts recalibrate.
    ``draws``: of blocks, for the interval of a difference.   ``seed``: of everything that is drawn.
    """

    by: str = YEAR.name
    learn_since: int = FIRST
    forecast_since: int = 1980
    score_since: int = 1990
    members: int = 6
    trees: int = 60
    leaves: int = 8
    rows_in_leaf: int = 50
    rate: float = 0.1
    shrink: float = 5.0
    share_of_features: float = 0.3
    penalty: float = 25.0
    quiet_share: float = 1.0
    calibrate_years: int = 20
    draws: int = 2000
    seed: int = 1

    @property
    def step(self) -> WarningStep:
        """How long the periods are. BadInput for a step that there is not."""
        return step_of(self.by)

    @classmethod
    def by_step(cls, name: str) -> WarningRules:
        """The conventions of forecasts by year or by month; BadInput for another step."""
        return cls(by=name, quiet_share=0.1, members=4, forecast_since=1985) if step_of(name) is MONTH else cls()
