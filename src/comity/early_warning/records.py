"""The record of past forecasts: how good they were, beside what ours has to beat. No forecast is shown without it.

Source: docs/explanation/how-warnings-are-made.md, section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from comity.early_warning.histories import Floats
from comity.early_warning.origins import OURS
from comity.early_warning.peers import PEERS
from comity.early_warning.rules import WarningRules
from comity.early_warning.scores import Calibration, LossDifference, average_precision, bins, brier, calibration, difference, log_loss
from comity.early_warning.steps import YEAR, WarningStep, step_of
from comity.terms import BadInput

TO_BEAT = ("base rate", "last value", "logit")
"""The peers that the aim names; the others are shown."""
SLOPES = (0.8, 1.2)
_LOSSES = {"Brier": brier, "log": log_loss}
_BINS = 10


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one forecaster. ``calibration``: None where there is none, as of a rate that is the same for all."""

    name: str
    brier: float
    log: float
    average_precision: float
    calibration: Calibration | None


@dataclass(frozen=True, slots=True)
class Lead:
    """How much lower our mean loss is than a peer's, with the interval when years, or pairs, are drawn again. Above 0: ours is better."""

    peer: str
    score: str
    by_year: LossDifference
    by_pair: LossDifference


@dataclass(frozen=True, slots=True)
class Tenth:
    """A tenth of the forecasts, by height: how many, their mean, the means of their lowest and highest members, how many came true."""

    forecasts: int
    mean: float
    low: float
    high: float
    came: int


@dataclass(frozen=True, slots=True)
class Aim:
    """Something that was to hold, and whether it does."""

    says: str
    met: bool


@dataclass(frozen=True)
class WarningRecord:
    """Every forecast of the years ``since`` to ``until``, made with nothing later than the period before, held beside what came.

    ``latest``: the last year that is forecast, and ``latest_month`` of forecasts by month; its outcome is not known.   ``outside``: how many
    pairs and periods were not politically relevant, so that they were not forecast, and in how many of them a dispute began.
    ``undated``: forecasts that are not scored, since a dispute may have begun in their month or in another.
    ``made``: the day of training.   ``basis``: version, rules, features and tables that it rests on.
    """

    since: int
    until: int
    latest: int
    latest_month: int | None
    forecasts: int
    began: int
    scores: tuple[Scored, ...]
    leads: tuple[Lead, ...]
    tenths: tuple[Tenth, ...]
    aims: tuple[Aim, ...]
    outside: tuple[int, int]
    undated: int
    made: str
    basis: Mapping[str, Any]

    @property
    def first(self) -> int:
        """The first year that is forecast."""
        found: int = self.basis["rules"]["forecast_since"]
        return found

    @property
    def step(self) -> WarningStep:
        """By year or by month; records from before there were months are by year."""
        return step_of(self.basis["rules"].get("by", YEAR.name))

    @property
    def last(self) -> int:
        """The last period that is forecast."""
        return self.step.period_of(self.latest, self.latest_month)

    def score(self, name: str) -> Scored:
        return next(one for one in self.scores if one.name == name)


def record_of(
    forecasts: pl.DataFrame,
    rules: WarningRules,
    *,
    outside: Mapping[int, tuple[int, int]],
    undated: Mapping[int, int],
    basis: Mapping[str, Any],
    made: str,
) -> WarningRecord:
    """The record of forecasts that were recalibrated. ``outside``, ``undated``: by year, as ``KnownPairs`` has them.

    BadInput where no outcome of the years to be scored is known, or no dispute began in them.
    """
    scored = forecasts.filter(pl.col("outcome").is_not_null(), pl.col("year") >= rules.score_since)
    if scored.is_empty() or not scored["outcome"].sum():
        raise BadInput(f"nothing can be scored: no dispute is known to have begun from {rules.score_since} on")
    outcomes = scored["outcome"].to_numpy()
    by_name = {name: scored[name].to_numpy() for name in (OURS, *PEERS)}
    scores = tuple(_scored(name, one, outcomes) for name, one in by_name.items())
    year, pair = scored["year"].to_numpy(), scored["first"].to_numpy() * 1000 + scored["second"].to_numpy()
    leads = list[Lead]()
    for peer in PEERS:
        for score, loss in _LOSSES.items():
            theirs, ours = loss(by_name[peer], outcomes), loss(by_name[OURS], outcomes)
            found = (difference(theirs, ours, block, rules.draws, rules.seed) for block in (year, pair))
            leads.append(Lead(peer, score, *found))
    since, until = int(year.min()), int(year.max())
    left = [outside.get(one, (0, 0)) for one in range(since, until + 1)]
    latest, month = forecasts["year"].to_numpy().max(), None
    if rules.step.in_year > 1:
        month = int(forecasts.filter(pl.col("year") == latest)["month"].to_numpy().max())
    return WarningRecord(
        since, until, int(latest), month, len(outcomes), int(outcomes.sum()), scores, tuple(leads),
        _tenths(scored, outcomes), _aims(scores[0], leads), (sum(one for one, _ in left), sum(one for _, one in left)),
        sum(undated.get(one, 0) for one in range(since, until + 1)), made, basis,
    )  # fmt: skip


def _scored(name: str, forecasts: Floats, outcomes: Floats) -> Scored:
    """Of rates that change from year to year and not from pair to pair, calibration says nothing: none is told."""
    rate = name.endswith("base rate")
    return Scored(
        name, float(brier(forecasts, outcomes).mean()), float(log_loss(forecasts, outcomes).mean()), average_precision(forecasts, outcomes),
        None if rate else calibration(forecasts, outcomes),
    )  # fmt: skip


def _tenths(scored: pl.DataFrame, outcomes: Floats) -> tuple[Tenth, ...]:
    ours = scored[OURS].to_numpy()
    order, place, found = np.argsort(ours, kind="stable"), 0, list[Tenth]()
    for one in bins(ours, outcomes, _BINS):
        rows = order[place : place + one.forecasts]
        place += one.forecasts
        low, high = (float(scored[name].to_numpy()[rows].mean()) for name in ("low", "high"))
        found.append(Tenth(one.forecasts, one.mean, low, high, one.came))
    return tuple(found)


def _aims(ours: Scored, leads: list[Lead]) -> tuple[Aim, ...]:
    found = list[Aim]()
    for peer in TO_BEAT:
        of = [lead for lead in leads if lead.peer == peer]
        better = all(min(lead.by_year.low, lead.by_pair.low) > 0 for lead in of)
        found.append(Aim(f"beats the {peer} on Brier and log score, with intervals above 0 by year and by pair", better))
    slope = ours.calibration.slope if ours.calibration is not None else float("nan")
    low, high = SLOPES
    return (*found, Aim(f"the slope of calibration is between {low} and {high}", bool(low <= slope <= high)))


def record_to_plain(record: WarningRecord) -> dict[str, Any]:
    """As JSON has it."""
    return {
        "by": record.step.name,
        "since": record.since,
        "until": record.until,
        "latest": record.latest,
        "latest_month": record.latest_month,
        "forecasts": record.forecasts,
        "began": record.began,
        "scores": [
            {
                "name": one.name,
                "brier": one.brier,
                "log": one.log,
                "average_precision": one.average_precision,
                "calibration": None if one.calibration is None else {"slope": one.calibration.slope, "intercept": one.calibration.intercept},
            }
            for one in record.scores
        ],
        "leads": [
            {"peer": one.peer, "score": one.score, "by_year": _interval(one.by_year), "by_pair": _interval(one.by_pair)} for one in record.leads
        ],
        "tenths": [{"forecasts": t.forecasts, "mean": t.mean, "low": t.low, "high": t.high, "came": t.came} for t in record.tenths],
        "aims": [{"says": aim.says, "met": aim.met} for aim in record.aims],
        "outside": {"pairs": record.outside[0], "began": record.outside[1]},
        "undated": record.undated,
        "made": record.made,
        "basis": record.basis,
    }


def _interval(of: LossDifference) -> dict[str, float]:
    return {"mean": of.mean, "low": of.low, "high": of.high}


def record_from_plain(data: Any) -> WarningRecord:
    """The record that ``record_to_plain`` made this of. BadInput where it is none."""
    try:
        found = WarningRecord(
            data["since"], data["until"], data["latest"], data.get("latest_month"), data["forecasts"], data["began"],
            tuple(Scored(**one | {"calibration": one["calibration"] and Calibration(**one["calibration"])}) for one in data["scores"]),
            tuple(Lead(one["peer"], one["score"], LossDifference(**one["by_year"]), LossDifference(**one["by_pair"])) for one in data["leads"]),
            tuple(Tenth(**one) for one in data["tenths"]), tuple(Aim(**one) for one in data["aims"]),
            (data["outside"]["pairs"], data["outside"]["began"]), data.get("undated", 0), data["made"], data["basis"],
        )  # fmt: skip
        whole = isinstance(found.first, int) and isinstance(found.latest, int) and isinstance(found.basis["version"], int)
        whole = whole and (found.step.in_year == 1) == (found.latest_month is None)
    except (AttributeError, KeyError, TypeError, BadInput):
        whole = False
    if not whole:
        raise BadInput("the record of forecasts cannot be read; run: comity warn --train")
    return found
