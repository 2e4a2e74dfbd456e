"""Recorded votes of the General Assembly, out of the columns of their file, with each name of a state read as the party that it meant then.

A name that means no party on record, or may mean two, is listed and nobody's vote. Where a date is no day of the month, the month alone is
taken. What the file's own words say of the question, and of what came of it, is told with the reason; how: roll_calls.toml.
Source: Bailey, Strezhnev and Voeten (2017), Estimating Dynamic State Preferences from United Nations Voting Data; how-decisions-are-counted.md, 5.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

from comity.agreements.decision_rules import Vote
from comity.parties import Register
from comity.registers.naming import Namer
from comity.sources import columns_as_read
from comity.votes import RollCall, month_of

ID = "unga"
Columns = Mapping[str, list[Any]]
_RESOLUTION = re.compile(r"(?:A/RES/|R/)([0-9]+)/[0-9]+[A-Z]{0,2}(?:/[A-Z]+)?")
_SPOKEN = re.compile(r"The (?:Acting )?President\b")


@dataclass(frozen=True, slots=True)
class NotNamed:
    """Votes under a name that means no party on record: how many, from the first day to the last, and why."""

    name: str
    code: str
    votes: int
    first: date
    last: date
    why: str


@dataclass(frozen=True, slots=True)
class RollCallsRead:
    """The roll calls of a file in the order of their numbers, and whose votes could not be read as anybody's."""

    calls: tuple[RollCall, ...]
    votes: int
    not_named: tuple[NotNamed, ...]


def read_roll_calls(place: Path, parties: Register) -> RollCallsRead:
    """The roll calls from the files below ``place``; BadInput names a file that is not there, or is another than the record's."""
    return roll_calls_of(columns_as_read(ID, "roll-calls", place), columns_as_read(ID, "votes", place), parties)


def roll_calls_of(calls: Columns, votes: Columns, parties: Register) -> RollCallsRead:
    """The roll calls from the columns of the two tables: one row for each vote taken, and one for each member's vote in it."""
    spans = {number: _span(session, day) for number, session, day in zip(calls["rcid"], calls["session"], calls["date"], strict=True)}
    namer = Namer(parties, ID)
    names = {span: _NamesThen(namer, span) for span in set(spans.values())}
    ballots: dict[int, dict[str, Vote]] = {number: {} for number in spans}
    lost = defaultdict[tuple[str, str | None], list[tuple[date, date]]](list)
    for number, name, vote in zip(votes["rcid"], zip(votes["country"], votes["country_code"], strict=True), votes["vote"], strict=True):
        if number in spans:
            party = names[spans[number]][name]
            if party is None:
                lost[name].append(spans[number])
            else:
                ballots[number][party] = cast(Vote, vote)
    rows = (dict(zip(calls, row, strict=True)) for row in zip(*calls.values(), strict=True))
    found = [_call(row, spans[row["rcid"]], ballots[row["rcid"]]) for row in rows]
    not_named = [
        NotNamed(name, code or "", len(days), min(days)[0], max(last for _, last in days), namer.of_name(name, days[0][1]).why)
        for (name, code), days in sorted(lost.items(), key=str)
    ]
    return RollCallsRead(tuple(sorted(found, key=lambda call: call.number)), len(votes["rcid"]), tuple(not_named))


def _call(row: Mapping[str, Any], span: tuple[date, date], ballots: Mapping[str, Vote]) -> RollCall:
    under, why = _settled().get(row["rcid"], (None, ""))
    words = row["short"] if row["short"] else row["descr"]
    adopted = True if is_resolution(row) else None
    return RollCall(row["rcid"], row["session"], *span, row["unres"] or "", " ".join((words or "").split()), ballots, under, why, adopted)


def is_resolution(row: Mapping[str, Any]) -> bool:
    """Does the file name what was voted on, as a whole, by the number of a resolution? Only what was adopted has one."""
    said = _RESOLUTION.fullmatch(row["unres"] or "")
    whole = not row["amend"] and not row["para"] and bool(row["descr"]) and not _SPOKEN.match(row["descr"])
    return whole and said is not None and int(said[1]) == row["session"] >= _file()["resolutions"]["from_session"]


def _span(session: int, day: date) -> tuple[date, date]:
    """The days of which a vote may be that is dated so."""
    told = _file()["days"]
    return month_of(day) if session < told["month_only_before_session"] and day.day <= told["last_doubtful_day"] else (day, day)


class _NamesThen(dict[tuple[str, str | None], str | None]):
    """The party that a name with its code meant on the days that a vote may be of, each looked up once."""

    def __init__(self, namer: Namer, span: tuple[date, date]) -> None:
        super().__init__()
        self._namer, self._days = namer, tuple(dict.fromkeys(span))

    def __missing__(self, key: tuple[str, str | None]) -> str | None:
        """By the name on the first day, else by the code then; where that is nobody, the same on the last."""
        self[key] = next((code for day in self._days for code in self._meant(*key, day)), None)
        return self[key]

    def _meant(self, name: str, code: str | None, day: date) -> Iterator[str]:
        by_name = self._namer.of_name(name, day).code
        if by_name is not None:
            yield self._namer.as_then(by_name, day)
        elif code and (by_code := self._namer.of_code("iso2", code, day).code) is not None:
            yield self._namer.as_then(by_code, day)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((resources.files("comity.registers") / "roll_calls.toml").read_text(encoding="utf-8"))


@cache
def _settled() -> dict[int, tuple[str, str]]:
    """Under which rule some votes were taken, and why that is known."""
    return {number: (one["under"], one["why"]) for one in _file().get("question", []) for number in one["votes"]}
