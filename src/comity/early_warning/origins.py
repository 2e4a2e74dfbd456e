"""One year forecast from the years before it, and all years one after the other: our forecasts, their peers', and what they rest on.

Source: docs/explanation/how-warnings-are-made.md, sections 3 and 4.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from comity.early_warning.features import GROUPS, KnownPairs
from comity.early_warning.histories import Floats
from comity.early_warning.models import members
from comity.early_warning.peers import PEERS
from comity.early_warning.reasons import middle, moves
from comity.early_warning.rules import WarningRules
from comity.early_warning.scores import calibration, probability
from comity.terms import BadInput

OURS = "ours"


def forecast_year(known: KnownPairs, year: int, rules: WarningRules) -> pl.DataFrame:
    """The forecasts of one year, not yet recalibrated, in a row for each pair, and month if by month.

    Columns: ``first``, ``second``, ``year``, ``month`` (of forecasts by month alone), ``outcome`` (null where not known), each peer's
    probability by its name; in log odds ``member N``, ``reference``, ``step GROUP`` and ``without GROUP``.
    BadInput where no earlier year tells of disputes, or of none.
    """
    past, now = known.before(year, rules.learn_since), known.of(year)
    if not len(now) or not past.outcome.any() or past.outcome.all():
        raise BadInput(f"{year} cannot be forecast: no pair is known of it, or no dispute, or nothing else, of the years before")
    fits = members(past, rules, year)

    def mean(rows: Floats) -> Floats:
        found: Floats = np.mean([fit(rows) for fit in fits], axis=0)
        return found

    found = moves(mean, now.values, middle(past.values), now.step)
    columns: dict[str, Floats] = {name: peer(past, now, rules) for name, peer in PEERS.items()}
    columns |= {f"member {number}": fit(now.values) for number, fit in enumerate(fits)}
    columns |= {"reference": np.full(len(now), found.reference)}
    columns |= {f"step {group}": found.steps[:, number] for number, group in enumerate(GROUPS)}
    columns |= {f"without {group}": found.without[:, number] for number, group in enumerate(GROUPS)}
    who = {"first": now.first, "second": now.second, "year": now.year}
    if now.step.in_year > 1:
        who["month"] = now.period % now.step.in_year + 1
    return pl.DataFrame({**who, "outcome": pl.Series(now.outcome).fill_nan(None), **columns})


def years_to_forecast(known: KnownPairs, rules: WarningRules) -> range:
    """From the first that the rules name to the one after the data's end."""
    return range(rules.forecast_since, int(known.year.max()) + 1)


def recalibrated(years: Iterator[pl.DataFrame], rules: WarningRules) -> Iterator[pl.DataFrame]:
    """Each year's forecasts with the columns ``ours``, ``low``, ``high``: recalibrated by the outcomes of forecasts of earlier years alone.

    Years come in order. Steps, reference and what would be without a group are recalibrated alike; ``slope`` and ``intercept`` say how.
    """
    past = list[tuple[int, Floats, Floats]]()
    for table in years:
        year = int(table["year"][0])
        odds = table.select(pl.col("^member .*$")).to_numpy()
        slope, intercept = _learned([one for one in past if one[0] >= year - rules.calibrate_years])
        known = table["outcome"].is_not_null().to_numpy()
        past.append((year, odds.mean(axis=1)[known], table["outcome"].drop_nulls().to_numpy()))
        turned = intercept + slope * odds
        groups = [column for column in table.columns if column.startswith("without ")] + ["reference"]
        yield table.with_columns(
            pl.Series(OURS, probability(turned.mean(axis=1))),
            pl.Series("low", probability(turned.min(axis=1))),
            pl.Series("high", probability(turned.max(axis=1))),
            pl.lit(slope).alias("slope"),
            pl.lit(intercept).alias("intercept"),
            *(pl.col(name) * slope + intercept for name in groups),
            *(pl.col(f"step {group}") * slope for group in GROUPS),
        ).drop([column for column in table.columns if column.startswith("member ")])


def _learned(past: list[tuple[int, Floats, Floats]]) -> tuple[float, float]:
    """The slope and the intercept of past forecasts; 1 and 0 where they tell nothing."""
    if not past:
        return 1.0, 0.0
    odds, outcomes = (np.concatenate([one[n] for one in past]) for n in (1, 2))
    found = calibration(probability(odds), outcomes)
    return (found.slope, found.intercept) if found is not None else (1.0, 0.0)
