"""A forecast as plain data.

Source: docs/schemas/trust.json.
"""

from __future__ import annotations

from comity.trust.forecasting import Forecast
from comity.trust.scoring import Compared, Score


def forecast_to_plain(one: Forecast) -> dict[str, object]:
    """As strings, numbers and lists."""
    return {
        "party": one.party, "partner": one.partner, "kind": one.kind, "on": one.on.isoformat(), "value": one.value, "why": one.why or None,
        "level": one.rules.level, "between": _pair(one.between), "half_life_days": one.rules.half_life, "pooling": one.rules.pooling,
        "needed": one.rules.needed, "observed": len(one.rests_on), "left_out": one.left_out, "pooled_towards": one.towards,
        "base_rate": one.base_rate, "simulated": one.simulated, "score": None if one.score is None else _score(one.score),
        "rests_on": [
            {
                "key": row.duty.key, "agreement": row.duty.agreement, "kind": row.duty.kind, "due": row.duty.due.isoformat(),
                "came_out": row.duty.came_out, "weight": row.weight, "acts": list(row.duty.acts), "simulated": row.duty.simulated,
            }
            for row in one.rests_on
        ],
        "notes": list(one.notes),
    }  # fmt: skip


def _pair(between: tuple[float, float] | None) -> dict[str, float] | None:
    return None if between is None else {"least": between[0], "most": between[1]}


def _score(score: Score) -> dict[str, object]:
    return {
        "forecasts": score.number, "parties": score.parties, "brier": _compared(score.brier), "log": _compared(score.log),
        "calibration": [
            {"low": one.low, "high": one.high, "forecasts": one.number, "forecast": one.forecast, "kept": one.kept} for one in score.bins
        ],
    }  # fmt: skip


def _compared(one: Compared) -> dict[str, object]:
    return {"forecasts": one.forecasts, "base_rate": one.base, "difference": one.difference, "between": _pair(one.between)}
