"""One forecast, or the highest of a year: with its spread, what it rests on, and the record of past forecasts that belongs to it.

Source: docs/explanation/how-warnings-are-made.md, sections 6 and 7.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from comity.early_warning.features import GROUPS, known_pairs
from comity.early_warning.keeping import KeptForecasts, rests_on
from comity.early_warning.origins import OURS, forecast_year, recalibrated, years_to_forecast
from comity.early_warning.peers import PEERS
from comity.early_warning.records import WarningRecord, record_of, record_to_plain
from comity.early_warning.rules import WarningRules
from comity.early_warning.scores import probability
from comity.early_warning.states import CodedStates
from comity.early_warning.steps import WarningStep
from comity.parties import Register
from comity.sources import Store
from comity.terms import BadInput, NotOnRecord

Shown = Callable[[Iterable[int]], Iterable[int]]
"""Goes through years, and shows how far it is."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What one group of features does. ``log_odds``: how far it moves the forecast from the middle pair's.

    ``without``: the probability, if the pair were in this group as the middle pair is, and in all else as it was.
    """

    group: str
    log_odds: float
    without: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """How likely it is that a militarised dispute between two states begins in a year, or a month, as of the end of the one before.

    ``low``, ``high``: the lowest and the highest of the members, each fitted on pairs drawn again: how much hangs on which pairs there were.
    ``came``: whether one began, None where that is not known.   ``rank``, ``of``: its place among the period's.
    ``month``: None of forecasts by year.
    ``middle``: of the middle pair.   ``peers``: what others forecast, by name.
    """

    a: str
    b: str
    year: int
    month: int | None
    probability: float
    low: float
    high: float
    came: bool | None
    rank: int
    of: int
    middle: float
    grounds: tuple[Ground, ...]
    peers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Warnings:
    """Forecasts of one period, and their record."""

    forecasts: tuple[Forecast, ...]
    record: WarningRecord


def train(store: Store, kept: KeptForecasts, rules: WarningRules, *, made: date, shown: Shown = iter) -> WarningRecord:
    """Forecast every year from the years before it, and keep the forecasts with their record. What was done before an interruption is not done again.

    BadInput where a table is not in the store, or another training is under way.
    """
    basis = rests_on(store, rules)
    with kept.alone():
        done = kept.begin(basis)
        rows = known_pairs(store, rules.step)
        for year in shown([year for year in years_to_forecast(rows, rules) if year not in done]):
            kept.put(year, forecast_year(rows, year, rules))
        forecasts = pl.concat(recalibrated(kept.years(), rules))
        record = record_of(forecasts, rules, outside=rows.outside, undated=rows.undated, basis=basis, made=made.isoformat())
        kept.finish(forecasts, record)
    return record


def warning_of(kept: KeptForecasts, register: Register, a: str, b: str, on: str | None = None) -> Warnings:
    """The forecast of one pair; ``on``: 1990, or 1990-08 by month; the latest if None. BadInput, NotOnRecord say why there is none."""
    if a == b:
        raise BadInput(f"a dispute between {a} and {b}: name two different states")
    record = kept.record()
    period = period_asked(record, on)
    before = kept.step.day_before(period)
    states = CodedStates(register, before)
    codes = sorted((states.code_of(one), one) for one in (a, b))
    if codes[0][0] == codes[1][0]:
        raise BadInput(f"a dispute between {a} and {b}: name two different states")
    table = kept.forecasts(_of(kept.step, period))
    (first, one), (second, other) = codes
    found = table.filter(pl.col("first") == first, pl.col("second") == second)
    if found.is_empty():
        pairs, began = record.outside
        step = kept.step
        raise NotOnRecord(
            f"{a} and {b} are not forecast for {step.told(period)}: in {step.known_at_end(period - 1)} they were not contiguous and neither was a "
            f"major power, or one was no member of the system of states; of {pairs:,} such pairs and {step.name}s from {record.since} to "
            f"{record.until} a dispute began in {began}"
        )
    return Warnings((_forecast(found.row(0, named=True), table, {first: one, second: other}),), record)


def highest(kept: KeptForecasts, register: Register, count: int, on: str | None = None) -> Warnings:
    """The highest forecasts of a year or month, the latest if None; without pairs of which one was no state any more when it began."""
    record = kept.record()
    period = period_asked(record, on)
    if count < 1:
        raise BadInput(f"--top {count}; write how many to show, from 1 on")
    states = CodedStates(register, kept.step.day_before(period))
    table = kept.forecasts(_of(kept.step, period))
    there = table.filter(~pl.col("first").is_in(states.ended), ~pl.col("second").is_in(states.ended))
    found = there.sort(OURS, "first", "second", descending=[True, False, False]).head(count)
    return Warnings(tuple(_forecast(row, table, states.names) for row in found.iter_rows(named=True)), record)


def period_asked(record: WarningRecord, on: str | None) -> int:
    """The period that is meant by 1990, or of forecasts by month 1990-08; the latest if None. BadInput for another, or one that is not kept."""
    step = record.step
    if on is None:
        return record.last
    found = re.fullmatch(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?", on)
    if found is None or (found[2] is None) != (step.in_year == 1):
        example = "1990" if step.in_year == 1 else "1990-08"
        raise BadInput(f"--on {on}: these forecasts are by {step.name}; write it as {example}")
    period = step.period_of(int(found[1]), int(found[2] or 1))
    if not step.period_of(record.first) <= period <= record.last:
        past = period > record.last
        why = (
            f"the data of disputes end with {record.latest - 1}, and nothing is carried further"
            if past
            else "what was forecast for years before is not kept"
        )
        first, last = step.told(step.period_of(record.first)), step.told(record.last)
        raise BadInput(f"--on {on}: forecasts are of the {step.name}s {first} to {last}: {why}")
    return period


def _of(step: WarningStep, period: int) -> pl.Expr:
    """Rows of one period."""
    year = pl.col("year") == step.year_of(period)
    return year if step.in_year == 1 else year & (pl.col("month") == step.month_of(period))


def _forecast(row: Mapping[str, Any], table: pl.DataFrame, names: Mapping[int, str]) -> Forecast:
    ours = table[OURS]
    outcome = row["outcome"]
    return Forecast(
        a=names.get(row["first"], f"COW {row['first']}"),
        b=names.get(row["second"], f"COW {row['second']}"),
        year=row["year"],
        month=row.get("month"),
        probability=row[OURS],
        low=row["low"],
        high=row["high"],
        came=None if outcome is None else outcome == 1,
        rank=1 + int((ours > row[OURS]).sum()),
        of=len(table),
        middle=_one(row["reference"]),
        grounds=tuple(Ground(group, row[f"step {group}"], _one(row[f"without {group}"])) for group in GROUPS),
        peers={name: row[name] for name in PEERS},
    )


def _one(log_odds: float) -> float:
    return float(probability(pl.Series([log_odds]).to_numpy())[0])


def warnings_to_plain(found: Warnings) -> dict[str, Any]:
    """As JSON has it: never a forecast without its record."""
    return {
        "forecasts": [
            {
                "a": one.a,
                "b": one.b,
                "year": one.year,
                "month": one.month,
                "probability": one.probability,
                "low": one.low,
                "high": one.high,
                "came": one.came,
                "rank": one.rank,
                "of": one.of,
                "middle": one.middle,
                "grounds": [{"group": g.group, "log_odds": g.log_odds, "without": g.without} for g in one.grounds],
                "peers": [{"name": name, "probability": value} for name, value in one.peers.items()],
            }
            for one in found.forecasts
        ],
        "record": record_to_plain(found.record),
    }
