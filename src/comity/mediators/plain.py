"""Mediators as strings, lists and objects, as docs/schemas/mediators.json has them.

Source: docs/explanation/how-mediators-are-ranked.md.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from comity.mediators.candidates import Bar, Fact, MediatorCandidate, Mediators, Merit
from comity.terms import Verdict


def mediators_to_plain(found: Mediators) -> dict[str, Any]:
    """The whole answer."""
    return {
        "sides": list(found.sides),
        "on": found.on.isoformat(),
        "known": found.known.isoformat(),
        "rules": {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(found.rules).items()},
        "candidates": [_candidate(one) for one in found.candidates],
        "tables": [
            {
                "of": of,
                "source": reach.source,
                "since": date.fromordinal(reach.since).isoformat(),
                "through": date.fromordinal(reach.through).isoformat(),
            }
            for of, reach in found.reaches
        ],
        "notes": list(found.notes),
        "not_looked_at": list(found.not_looked_at),
    }


def _candidate(one: MediatorCandidate) -> dict[str, Any]:
    return {
        "party": one.party,
        "name": one.name,
        "barred": str(one.barred),
        "best": one.best,
        "worst": one.worst,
        "bars": [_bar(bar) for bar in one.bars],
        "merits": [_merit(merit) for merit in one.merits],
        "unknown": list(what_is_unknown(one)),
    }


def what_is_unknown(one: MediatorCandidate) -> tuple[str, ...]:
    """What is not known of a candidate, and why, each thing once."""
    facts = [fact for bar in one.bars for fact in bar.facts if bar.verdict is Verdict.UNKNOWN]
    facts += [fact for merit in one.merits if merit.value is None for fact in merit.facts]
    return tuple(dict.fromkeys(fact.says for fact in facts if fact.verdict is Verdict.UNKNOWN))


def _bar(bar: Bar) -> dict[str, Any]:
    towards = [None if verdict is None else str(verdict) for verdict in bar.towards]
    return {"name": bar.name, "verdict": str(bar.verdict), "towards": towards, "facts": [_fact(fact) for fact in bar.facts]}


def _merit(merit: Merit) -> dict[str, Any]:
    return {"name": merit.name, "value": merit.value, "facts": [_fact(fact) for fact in merit.facts]}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "side": fact.side,
        "verdict": str(fact.verdict),
        "says": fact.says,
        "source": fact.source,
        "as_of": None if fact.as_of is None else fact.as_of.isoformat(),
    }
