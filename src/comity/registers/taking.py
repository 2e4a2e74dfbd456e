"""What comes of a register's rows: acts, agreements and parties as a book has them, and each row that was not taken, with its reason.

Every row is either taken or listed; what of a taken row could not be taken is listed too, as a part of it.
Source: docs/explanation/how-panels-are-made.md, section 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, Protocol, TypeAlias, runtime_checkable

from comity.terms import Moment, parse_moment


@runtime_checkable
class Framed(Protocol):
    """A data frame, as polars has it."""

    def iter_rows(self, *, named: bool) -> Iterator[dict[str, Any]]: ...


Row: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = Framed | Iterable[Row]
Table: TypeAlias = Mapping[str, object]
"""A table of TOML, as plain data."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row, or with ``part`` a part of a row that was taken, that did not come in.

    ``row``: which one, as the register itself names it. ``reason``: of what sort, the same words for all of the sort. ``says``: what is in the way.
    """

    row: str
    reason: str
    says: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a register's rows.

    ``acts``: rows of a file of acts. ``agreements``: files of agreements as plain tables. ``parties``: those that the acts name and that the
    register of parties lacked. ``rows``: how many rows there were; ``taken`` of them came in, and ``listed`` has every other, and the parts.
    ``coverage``: for which acts under no agreement the register says that it is complete.
    """

    register: str
    rows: int
    taken: int
    acts: tuple[dict[str, str], ...]
    agreements: tuple[Table, ...]
    parties: tuple[Table, ...]
    listed: tuple[NotTaken, ...]
    coverage: tuple[Table, ...] = ()

    @property
    def refused(self) -> tuple[NotTaken, ...]:
        """The rows that were not taken at all."""
        return tuple(one for one in self.listed if not one.part)


def each(rows: Rows) -> Iterator[dict[str, str]]:
    """Each row with its values as text, stripped; nothing there is the empty text, and a whole number has no decimals (code 2.0 is 2)."""
    found: Iterable[Row] = rows.iter_rows(named=True) if isinstance(rows, Framed) else rows
    for row in found:
        yield {name: _text(value) for name, value in row.items()}


Found: TypeAlias = "tuple[Table, list[dict[str, str]], list[NotTaken]]"
"""What one row comes to: its agreement, its acts, and the parts of it that were not taken."""


def an_agreement_a_row(
    register: str, rows: Iterable[dict[str, str]], take: Callable[[dict[str, str]], Found | NotTaken], lacking: Callable[[set[str]], Sequence[Table]]
) -> Taken:
    """What comes of a register of which each row is an agreement. ``lacking``: of the parties that act, those that have to be added."""
    acts, agreements, listed = list[dict[str, str]](), list[Table](), list[NotTaken]()
    count = 0
    for row in rows:
        count += 1
        found = take(row)
        if isinstance(found, NotTaken):
            listed.append(found)
            continue
        agreements.append(found[0])
        acts += found[1]
        listed += found[2]
    parties = tuple(lacking({act["actor"] for act in acts}))
    return Taken(register, count, len(agreements), tuple(acts), tuple(agreements), parties, tuple(listed))


def _text(value: object) -> str:
    if isinstance(value, float):
        return "" if isnan(value) else str(int(value) if value.is_integer() else value)
    return "" if value is None else str(value).strip()


def moment_of(year: str, month: str, day: str, *, nothing: Sequence[str] = ("", "0", "xx", "NA")) -> Moment | None:
    """A moment from its three parts; a part that is ``nothing``, or a negative code, is unknown. None without a year."""
    parts = ["" if part in nothing or part.startswith("-") else part for part in (year, month, day)]
    if not parts[0]:
        return None
    if not parts[1]:
        return parse_moment(f"{int(parts[0]):04d}-xx-xx")
    return parse_moment(f"{int(parts[0]):04d}-{int(parts[1]):02d}-{parts[2].zfill(2) if parts[2] else 'xx'}")


def plain(text: str) -> str:
    """Text that fits into one value of an act's details: on one line, without their separator."""
    return " ".join(text.replace(";", ",").split())


def details(**given: str | None) -> str:
    """Details of an act as a file of acts has them; those that are None or empty are left out."""
    return "; ".join(f"{name.rstrip('_')}={plain(value)}" for name, value in given.items() if value)
