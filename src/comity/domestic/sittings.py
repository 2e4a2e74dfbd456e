"""On which days the houses of a legislature sit, as a table that the user gives says; days of which it says nothing are unknown.

Source: how-domestic-procedure-is-followed.md, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from comity.sheets import read_table
from comity.terms import BadInput, Verdict, parse_day

_HEADS = ("house", "from", "through", "sits", "source")
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST = timedelta(days=366 * 10)
_DAY = timedelta(days=1)
BOTH = "both"
"""Written for every house of the legislature."""


@dataclass(frozen=True, slots=True)
class SittingDays:
    """For each house, by its name, the days that are known, and whether it sits; ``sources``: where that is from."""

    known: Mapping[str, Mapping[date, bool]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    def sits(self, day: date, houses: Iterable[str]) -> Verdict:
        """Is it a sitting day: do all these houses sit?"""
        said = [self.known.get(house, {}).get(day) for house in houses]
        return Verdict.NO if False in said else Verdict.UNKNOWN if None in said else Verdict.YES

    def days(self, houses: Iterable[str]) -> list[date]:
        """Every day of which something is known of one of these houses, in order."""
        return sorted({day for house in houses for day in self.known.get(house, {})})


NOTHING_KNOWN = SittingDays()
"""No day is known."""


def read_sittings(content: bytes, name: str, houses: Iterable[str]) -> SittingDays:
    """The sitting days in a table with the heads house, from, through, sits, source; BadInput says in which line what is wrong."""
    table = read_table(content, name)
    heads = [head.casefold() for head in table.heads]
    missing = [head for head in _HEADS if head not in heads]
    if missing:
        raise BadInput(f"{name} has no column {missing[0]!r}; its first row has to be: {','.join(_HEADS)}")
    listed = list(houses)
    known: dict[str, dict[date, bool]] = {house: {} for house in listed}
    sources: dict[str, None] = {}
    for line, cells in table.rows:
        row = dict(zip(heads, cells, strict=True))
        where = f"{name}, line {line}"
        sources[_source(row, where)] = None
        for house in _houses(row["house"], listed, where):
            for day, sits in _days(row, where):
                if known[house].setdefault(day, sits) is not sits:
                    raise BadInput(f"{where}: an earlier row says otherwise of {house} on {day}; give each day of a house once")
    return SittingDays(known, tuple(sources))


def _source(row: Mapping[str, str], where: str) -> str:
    if not row["source"]:
        raise BadInput(f"{where}: source is blank; say where these sitting days are from")
    return row["source"]


def _houses(text: str, houses: list[str], where: str) -> list[str]:
    if text.casefold() == BOTH:
        return houses
    if text.casefold() not in houses:
        raise BadInput(f"{where}: house is {text!r}; write one of {', '.join((*houses, BOTH))}")
    return [text.casefold()]


def _days(row: Mapping[str, str], where: str) -> list[tuple[date, bool]]:
    try:
        first, through = parse_day(row["from"]), parse_day(row["through"])
    except BadInput as problem:
        raise BadInput(f"{where}: {problem}") from None
    if not first <= through <= first + _LONGEST:
        raise BadInput(f"{where}: from {first} through {through} is backwards, or longer than ten years; put the days right")
    sitting = _sitting(row["sits"].casefold(), where)
    days = [first + number * _DAY for number in range((through - first).days + 1)]
    return [(day, day.weekday() in sitting) for day in days]


def _sitting(text: str, where: str) -> set[int]:
    words = text.split()
    if words in (["all"], ["none"]):
        return set(range(7)) if words == ["all"] else set()
    if not words or not set(words) <= set(_WEEK):
        raise BadInput(f"{where}: sits is {text!r}; write days of the week such as 'mon tue wed', or all, or none")
    return {_WEEK.index(word) for word in words}
