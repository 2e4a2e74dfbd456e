"""A few rows in the form of the file of recorded votes, made up but for their days, and read as the file is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from comity.registers import RollCallsRead, roll_calls_of
from tests.decisions.bundled import standing

Cast = tuple[str, str | None, str]
MEMBERS = (("France", "FR"), ("Norway", "NO"), ("Mexico", "MX"), ("Egypt", "EG"), ("Canada", "CA"), ("Greece", "GR"))
"""Members on every day of the file."""


def row(number: int, session: int, day: str, **more: Any) -> dict[str, Any]:
    """A row of the table of roll calls."""
    told = {"unres": "R/1/1", "amend": None, "para": None, "short": "A matter", "descr": "A matter"}
    return {"rcid": number, "session": session, "importantvote": None, "date": date.fromisoformat(day), **told, **more}


def cast(
    yes: Sequence[tuple[str, str | None]] = (), no: Sequence[tuple[str, str | None]] = (), abstain: Sequence[tuple[str, str | None]] = ()
) -> list[Cast]:
    """Who voted how."""
    return [(*who, vote) for vote, several in (("yes", yes), ("no", no), ("abstain", abstain)) for who in several]


def read(*taken: tuple[dict[str, Any], list[Cast]]) -> RollCallsRead:
    """The roll calls of these rows."""
    calls = {name: [told[name] for told, _ in taken] for name in taken[0][0]}
    votes = [(told["rcid"], *one) for told, several in taken for one in several]
    columns = dict(zip(("rcid", "country", "country_code", "vote"), map(list, zip(*votes, strict=True)), strict=True))
    return roll_calls_of(calls, columns, standing("2026-11-28").record.register)
