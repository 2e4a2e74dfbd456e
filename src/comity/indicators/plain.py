"""Indicators and readings as plain data.

Source: docs/schemas/indicators.json, indicator-run.json.
"""

from __future__ import annotations

from comity.indicators.listing import Indicator
from comity.indicators.readings import Reading


def indicator_to_plain(one: Indicator) -> dict[str, object]:
    """As strings and lists."""
    return {
        "id": one.id, "question": one.question, "unit": one.unit, "counts": one.counts, "coverage": one.coverage or None, "better": one.better,
        "kinds": list(one.kinds), "section": one.section,
    }  # fmt: skip


def reading_to_plain(one: Reading) -> dict[str, object]:
    """As strings, numbers and lists."""
    between = None if one.between is None else {"least": one.between[0], "most": one.between[1]}
    return {
        "since": one.asked.since.isoformat(), "until": one.asked.until.isoformat(), "value": one.value, "why": one.why or None, "of": one.of,
        "unknown": one.unknown, "between": between, "reach": None if one.reach is None else one.reach.isoformat(), "simulated": one.simulated,
        "parts": [{"name": part.name, "number": part.number, "of": part.of} for part in one.parts], "rests_on": list(one.rests_on),
        "notes": list(one.notes),
    }  # fmt: skip
