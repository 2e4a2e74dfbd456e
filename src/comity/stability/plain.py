"""Stability as strings, lists and objects, as docs/schemas/stability.json has it.

Source: docs/explanation/how-stability-is-measured.md.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from comity.stability.material import Stretch, Tie
from comity.stability.measures import Count, Stability


def stability_to_plain(found: Stability) -> dict[str, Any]:
    """The whole answer."""
    return {
        "region": asdict(found.region),
        "since": found.since,
        "until": found.until,
        "known": found.known.isoformat(),
        "rules": {"level": found.rules.level, "before": _window(found.rules.before), "after": _window(found.rules.after)},
        "members": [{"party": party, "belongs": [_stretch(stretch, sure=sure) for stretch, sure in spells]} for party, spells in found.members],
        "disputes": [{"source": source, "years": [asdict(year) for year in years]} for source, years in found.disputes],
        "rates": [asdict(rate) for rate in found.rates],
        "changes": [asdict(one) for one in found.changes],
        "recurrence": [asdict(one) for one in found.recurrence],
        "conflicts": [asdict(year) for year in found.conflicts],
        "events": [asdict(year) for year in found.events],
        "cooperation": [{"year": year.year, "ties": [_tie(kind, count, why) for kind, count, why in year.ties]} for year in found.cooperation],
        "tables": [{"source": source, "since": since, "until": until} for source, (since, until) in found.reaches],
        "notes": list(found.notes),
    }


def _tie(kind: Tie, count: Count | None, why: str) -> dict[str, Any]:
    return {"kind": kind, "count": None if count is None else asdict(count), "why": why}


def _window(window: tuple[int, int] | None) -> list[int] | None:
    return None if window is None else list(window)


def _stretch(stretch: Stretch, *, sure: bool) -> dict[str, Any]:
    first, last = stretch
    return {"first": date.fromordinal(first).isoformat(), "last": date.fromordinal(last).isoformat(), "sure": sure}
