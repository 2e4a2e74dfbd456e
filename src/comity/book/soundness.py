"""What is well-typed in an agreement and yet cannot be meant: each as one line that says what to do."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from comity.acts import kinds
from comity.agreements import Agreement
from comity.agreements.clauses import Consents
from comity.terms import Step

Path = tuple[str | int, ...]
_NUMBER = re.compile(r"all|majority|[1-9][0-9]*/[1-9][0-9]*")


def unsound(agreement: Agreement) -> Iterator[tuple[Path, str]]:
    """Each thing that cannot be meant, with the path of the table it stands in."""
    if agreement.zone is not None and not _is_zone(agreement.zone):
        yield ("zone",), f"zone {agreement.zone!r} is not a time zone; write for instance Europe/Paris"
    for index, coverage in enumerate(agreement.coverage):
        if coverage.from_ is not None and coverage.through < coverage.from_:
            yield ("coverage", index), f"coverage ends on {coverage.through}, before it begins on {coverage.from_}; put the days right"
    for index, clause in enumerate(agreement.clauses):
        for says in _within(clause):
            yield ("clauses", index), f"clause {index + 1} ({clause.kind}): {says}"


def _within(thing: object) -> Iterator[str]:
    """Problems in a clause and the conditions, sets and delays inside it."""
    if isinstance(thing, Step):
        given = [n for n in (thing.days, thing.months, thing.years, thing.month_start) if n is not None]
        if len(given) != 1:
            yield "a step of a delay needs exactly one of days, months, years, month_start"
    elif isinstance(thing, Consents):
        share = isinstance(thing.number, str)
        if (share and not _NUMBER.fullmatch(str(thing.number))) or (not share and int(thing.number) < 1):
            yield f'number {thing.number!r}; write a whole number from 1, "all", "majority", or a share such as "2/3"'
    if isinstance(thing, tuple):
        for item in thing:
            yield from _within(item)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            value = getattr(thing, field.name)
            if field.name in ("acts", "after"):
                for kind in (value,) if isinstance(value, str) else value or ():
                    if kind not in kinds():
                        yield f"{kind!r} is not a kind of act; list them with: comity kinds"
            elif not isinstance(value, str):
                yield from _within(value)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False
    return True
