"""From a mission's file to the mission, from a plan's file to the plan: every problem with its line, in words that say what to write.

Source: docs/reference/mission-format.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from comity.book import Decoder, stop_at
from comity.missions import (
    Acceptance,
    AcceptedGap,
    Assigned,
    Capable,
    Ceiling,
    DaySpan,
    ForceCaveat,
    ForcePlan,
    Line,
    Mandate,
    Mission,
    PlaceCover,
    Pledge,
    Rotation,
    unsound_mission,
)
from comity.planning.mission_tables import AcceptTable, CaveatTable, ForcePlanFile, LineTable, MissionFile, PledgeTable
from comity.terms import BadInput, Step, add


@dataclass(frozen=True, slots=True)
class MissionGiven:
    """A mission from a file, with the organ that has forces generated for it and the agreement under which it does."""

    mission: Mission
    organ: str
    agreement: str | None


def read_mission(text: str, file: str) -> MissionGiven:
    """The mission in a file; BadInput with every line that has to be put right."""
    written = Decoder(file, text).whole(MissionFile)
    try:
        mission = _mission(written)
    except BadInput as wrong:
        raise BadInput(f"{file}: {wrong}") from None
    stop_at(f"{file}: {one}" for one in unsound_mission(mission))
    return MissionGiven(mission, written.organ, written.agreement)


def mission_of(text: str, file: str) -> tuple[str, str]:
    """The file of the mission that a plan's file is for, and what that file's hash was; blank where it does not say."""
    written = Decoder(file, text).whole(ForcePlanFile)
    return written.mission, written.sha256


def read_force_plan(text: str, file: str) -> ForcePlan:
    """The plan in a plan's file."""
    written = Decoder(file, text).whole(ForcePlanFile)
    serves = tuple(Assigned(one.pledge, one.line, one.rotation, one.number) for one in written.serves)
    return ForcePlan(assigned=serves, total=written.total, bound=written.bound)


def rotations_from(first: date, months: int, number: int) -> tuple[Rotation, ...]:
    """So many rotations of so many months, one after another."""
    ends = [add(first, (Step(months=months * n),)) for n in range(number + 1)]
    return tuple(Rotation(name=f"R{n + 1}", days=DaySpan(ends[n], ends[n + 1])) for n in range(number))


def _mission(w: MissionFile) -> Mission:
    pledges = {one.id: one for one in w.pledge}
    return Mission(
        id=w.mission,
        title=w.title,
        currency=w.currency,
        rotations=tuple(_rotations(w)),
        lines=tuple(_line(one, w.missing) for one in w.line),
        pledges=tuple(_pledge(one, w) for one in w.pledge),
        caveats=tuple(_caveat(one) for one in w.caveat),
        accepted=tuple(_acceptance(one, pledges) for one in w.accept),
        deployed=tuple(_acceptance(one, pledges) for one in w.deployed),
        gaps=tuple(AcceptedGap(line=one.line, days=one.days) for one in w.gap),
        mandate=None if w.mandate is None else tuple(Mandate(one.days) for one in w.mandate),
        cover=None if w.cover is None else tuple(PlaceCover(one.party, one.where, one.days) for one in w.cover),
        ceilings=tuple(Ceiling(party=one.party, persons=one.persons, cost=one.cost) for one in w.ceiling),
        shares=tuple(w.shares.items()),
        burden=w.burden,
        by=w.by,
        capable=tuple(Capable(one.party, one.capability, one.how) for one in w.capable),
    )


def _rotations(w: MissionFile) -> Iterator[Rotation]:
    if w.rotation and (w.first is not None or w.rotations is not None):
        raise BadInput("rotations are given twice; keep first, months and rotations at the top, or the [[rotation]] tables")
    yield from (Rotation(name=one.name, days=DaySpan(one.from_, one.until)) for one in w.rotation)
    if w.first is not None:
        if w.months < 1 or (w.rotations or 0) < 1:
            raise BadInput("months and rotations are whole numbers, 1 or more; write rotations = 4")
        yield from rotations_from(w.first, w.months, w.rotations or 0)
    elif w.rotations is not None:
        raise BadInput("rotations are given, and no first day; add first = 2027-07-01 (a day) at the top")


def _line(one: LineTable, missing: int) -> Line:
    return Line(
        id=one.id,
        capability=one.capability,
        number=one.number,
        readiness=one.readiness,
        level=one.level,
        days=one.days,
        territory=one.where,
        tasks=frozenset(one.tasks),
        command=one.command,
        weight=missing if one.weight is None else one.weight,
        persons=one.persons,
    )


def _pledge(one: PledgeTable, w: MissionFile) -> Pledge:
    capability = one.capability or next((line.capability for line in w.line if line.id == one.line), None)
    if capability is None:
        raise BadInput(f"pledge {one.id!r} says neither what it can do nor for which line it is; add capability = ...")
    return Pledge(
        id=one.id,
        party=one.party,
        capability=capability,
        number=one.number,
        line=one.line,
        persons=one.persons,
        notice=one.notice,
        level=one.level,
        level_until=one.level_until,
        days=one.days,
        rest=one.rest,
        cost=None if one.cost is None else _converted(one.cost, one.currency or w.currency, w, one.id),
        refused=one.refused,
        withdrawn=one.withdrawn,
        force=one.force,
    )


def _converted(cost: int, currency: str, w: MissionFile, pledge: str) -> int:
    """The cost in the mission's currency, in whole units, halves up."""
    if currency == w.currency:
        return cost
    rate = w.rates.get(currency)
    if rate is None:
        raise BadInput(
            f'pledge {pledge!r} costs {cost} {currency}, and no rate is given for it; add [rates] {currency} = "0.92" ({w.currency or "?"})'
        )
    try:
        worth = Decimal(rate)
    except InvalidOperation:
        raise BadInput(f'the rate of {currency} is {rate!r}; write a number in quotes, as "0.92"') from None
    if not worth.is_finite() or worth <= 0:
        raise BadInput(f"the rate of {currency} is {rate}; it is more than 0")
    return int((cost * worth).quantize(Decimal(1), ROUND_HALF_UP))


def _caveat(one: CaveatTable) -> ForceCaveat:
    return ForceCaveat(
        id=one.id,
        party=one.party,
        pledge=one.pledge,
        tasks=frozenset(one.tasks),
        territories=frozenset(one.where),
        commands=frozenset(one.commands),
        longest=one.longest,
        days=one.days,
    )


def _acceptance(one: AcceptTable, pledges: dict[str, PledgeTable]) -> Acceptance:
    pledge = pledges.get(one.pledge)
    line = one.line or (None if pledge is None else pledge.line)
    if line is None:
        raise BadInput(f"the acceptance of {one.pledge!r} does not say for which line; add line = ...")
    number = one.number if one.number is not None else 1 if pledge is None else pledge.number
    return Acceptance(pledge=one.pledge, line=line, number=number, days=one.days)
