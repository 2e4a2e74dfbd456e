"""Forecasts and their record as lines of a page and as rows of a file; whether a dispute came is None where it is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.early_warning import Forecast, Ground, LossDifference, WarningRecord

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WarningLine:
    """A forecast as a line. ``grounds``: what it rests on, what weighs most first."""

    one: Forecast
    grounds: tuple[Ground, ...]

    @property
    def most(self) -> str:
        """What puts it up most."""
        return max(self.grounds, key=lambda ground: ground.log_odds).group

    @property
    def when(self) -> str:
        """The year, or the month."""
        return f"{self.one.year}" if self.one.month is None else f"{self.one.year}-{self.one.month:02}"

    @property
    def figures(self) -> tuple[str, str, str, str]:
        """The forecast, its lowest and highest members, and that of the middle pair."""
        one = self.one
        return self._told(one.probability), self._told(one.low), self._told(one.high), f"{one.middle:.{self._digits + 1}f}"

    @property
    def _digits(self) -> int:
        """By month one more, since forecasts are lower."""
        return 3 if self.one.month is None else 4

    def _told(self, probability: float) -> str:
        return f"{probability:.{self._digits}f}"

    @property
    def reasons(self) -> list[tuple[str, str, str]]:
        """Each ground: its name, how far it moves the log odds, and the probability without it."""
        return [(one.group, f"{one.log_odds:+.2f}", self._told(one.without)) for one in self.grounds]

    @property
    def peers(self) -> list[tuple[str, str]]:
        return [(name, self._told(value)) for name, value in self.one.peers.items()]


def line_of(one: Forecast) -> WarningLine:
    """A forecast, with what it rests on by how much that weighs."""
    return WarningLine(one, tuple(sorted(one.grounds, key=lambda ground: -abs(ground.log_odds))))


def scores_of(record: WarningRecord) -> list[tuple[str, str, str, str, str, str]]:
    """Each forecaster: losses, average precision, slope and intercept of its calibration, blank where there is none."""
    return [
        (
            one.name, loss_of(record, one.brier), loss_of(record, one.log), f"{one.average_precision:.3f}",
            "" if one.calibration is None else f"{one.calibration.slope:.2f}", "" if one.calibration is None else f"{one.calibration.intercept:z.2f}",
        )
        for one in record.scores
    ]  # fmt: skip


def leads_of(record: WarningRecord) -> list[tuple[str, str, tuple[str, str, str], tuple[str, str, str]]]:
    """Than whose loss ours is lower, on which score: the mean, and the ends of the interval by year and by pair."""
    return [(one.peer, one.score, _ends(record, one.by_year), _ends(record, one.by_pair)) for one in record.leads]


def loss_of(record: WarningRecord, loss: float) -> str:
    """A loss, or a difference of two, with a digit more by month."""
    return f"{loss:.5f}" if record.step.in_year == 1 else f"{loss:.6f}"


def _ends(record: WarningRecord, of: LossDifference) -> tuple[str, str, str]:
    return loss_of(record, of.mean), loss_of(record, of.low), loss_of(record, of.high)


def tenths_of(record: WarningRecord) -> list[tuple[str, str, str, str, str, str]]:
    """Each tenth: its mean, those of its lowest and highest members, the share that came, how many came, of how many."""
    d = 4 if record.step.in_year == 1 else 5
    return [
        (
            f"{t.mean:.{d}f}", f"{t.low:.{d}f}", f"{t.high:.{d}f}", f"{t.came / t.forecasts:.{d}f}", f"{t.came:,}", f"{t.forecasts:,}",
        )
        for t in record.tenths
    ]  # fmt: skip


def forecast_rows(found: Sequence[Forecast]) -> list[Plain]:
    """Each forecast as a row; whether a dispute came is null where it is not known."""
    return [
        {
            "rank": one.rank, "of": one.of, "a": one.a, "b": one.b, "year": one.year, "month": one.month, "probability": one.probability,
            "low": one.low, "high": one.high, "came": one.came, "middle": one.middle,
            **{name.replace(" ", "_"): value for name, value in one.peers.items()},
        }
        for one in found
    ]  # fmt: skip


def reason_rows(found: Sequence[Forecast]) -> list[Plain]:
    """What each forecast rests on, group by group."""
    return [
        {
            "a": one.a, "b": one.b, "year": one.year, "month": one.month, "group": ground.group, "log_odds": ground.log_odds,
            "probability_without": ground.without,
        }
        for one in found
        for ground in one.grounds
    ]  # fmt: skip


def score_rows(record: WarningRecord) -> list[Plain]:
    return [
        {
            "name": one.name, "brier": one.brier, "log": one.log, "average_precision": one.average_precision,
            "slope": one.calibration and one.calibration.slope, "intercept": one.calibration and one.calibration.intercept,
        }
        for one in record.scores
    ]  # fmt: skip


def lead_rows(record: WarningRecord) -> list[Plain]:
    return [
        {
            "than": one.peer, "score": one.score, "mean": one.by_year.mean, "low_by_year": one.by_year.low, "high_by_year": one.by_year.high,
            "low_by_pair": one.by_pair.low, "high_by_pair": one.by_pair.high,
        }
        for one in record.leads
    ]  # fmt: skip


def tenth_rows(record: WarningRecord) -> list[Plain]:
    return [{"forecasts": t.forecasts, "mean": t.mean, "low": t.low, "high": t.high, "came": t.came} for t in record.tenths]
