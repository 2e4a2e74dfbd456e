"""Who bears how much of a mission: in all and rotation by rotation, beside the share that each agreed to bear, where shares are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.missions import (
    Bearing,
    ForcePlan,
    Mission,
    accepted_plan,
    burden_of,
    deployed_plan,
    narrowly,
    pledged_plan,
)
from comity.terms import BadInput
from comity.web.asking import Asked, party_code
from comity.web.telling import told

PLANS: Mapping[str, Callable[[Mission], ForcePlan]] = {"pledged": pledged_plan, "accepted": accepted_plan, "deployed": deployed_plan}
OF: Mapping[str, str | Promise] = {
    "pledged": gettext_lazy("what was pledged"),
    "accepted": gettext_lazy("what was accepted"),
    "deployed": gettext_lazy("what is there"),
}
BY: Mapping[str, str | Promise] = {"person-days": gettext_lazy("person-days"), "cost": gettext_lazy("cost")}
MOST = 60
"""So many shares can be given."""
COLUMNS = {
    "party": "who bears it",
    "units": "units times rotations",
    "person_days": "persons times days",
    "cost": "in the mission's currency",
    "priced": "yes: the cost of everything is said; no: it is that much or more",
    "part": "of what is borne by all, from 0 to 1, by what it is measured",
    "share": "the agreed share, of all agreed shares together, from 0 to 1; blank: none is given",
}
"""What the columns of a burden are, beside one for each rotation: the part borne in it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Of what, by what, and with which agreed shares."""

    of: str
    by: str
    shares: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Borne:
    """What one party bears; ``parts``: of what all bear in each rotation, None where nobody bears anything in it."""

    party: str
    bearing: Bearing
    part: Fraction | None
    parts: tuple[Fraction | None, ...]
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Shared:
    """Who bears how much, by measure; ``index``: how much of it lies where the shares want it, None where that cannot be said."""

    measure: Measure
    rotations: tuple[str, ...]
    borne: tuple[Borne, ...]
    index: Fraction | None


def read_measure(this: Asked, given: Mapping[str, str]) -> Measure:
    """What the URL asks for; BadInput says what is wrong with it."""
    of, by = given["of"] or "accepted", given["by"] or "person-days"
    if of not in OF:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"of={of!r}", known=", ".join(OF)))
    if by not in BY:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"by={by!r}", known=", ".join(BY)))
    words = [word for part in given["shares"].split(",") if (word := part.strip())]
    if len(words) > MOST:
        raise BadInput(told(_("shares: %(number)s are too many; give at most %(most)s"), number=len(words), most=MOST))
    shares = [_share(this, one) for one in words]
    if len({party for party, _number in shares}) < len(shares):
        raise BadInput(told(_("shares: a party is named twice; give each one share")))
    return Measure(of, by, tuple(shares))


def _share(this: Asked, text: str) -> tuple[str, int]:
    match = re.fullmatch(r"(.*\S)[ =:]+([0-9]{1,9})", text)
    if match is None:
        raise BadInput(told(_("shares: %(given)s is no party with a number; write for instance FRA 28, DEU 41"), given=repr(text[:40])))
    return party_code(this.record, match[1]), int(match[2])


def shared(mission: Mission, measure: Measure) -> Shared:
    """The burden of what is sure."""
    sure = replace(narrowly(mission), shares=measure.shares, by=measure.by)
    plan = PLANS[measure.of](sure)
    whole = burden_of(sure, plan)
    found = dict(whole.bearings)
    inside = [dict(burden_of(sure, plan, rotation.days).bearings) for rotation in sure.rotations]
    agreed, together = dict(measure.shares), sum(number for _party, number in measure.shares)
    parties = sorted({*found, *agreed}, key=lambda code: (-_amount(found.get(code), measure.by), code))
    rows = [
        Borne(
            code,
            found.get(code, Bearing(0, 0, 0, True)),
            _part(found, code, measure.by),
            tuple(_part(one, code, measure.by) for one in inside),
            Fraction(agreed[code], together) if code in agreed and together else None,
        )
        for code in parties
    ]
    return Shared(measure, tuple(rotation.name for rotation in sure.rotations), tuple(rows), whole.index)


def in_all(mission: Mission, measure: Measure) -> list[Borne]:
    """The same in all, and not rotation by rotation."""
    return [replace(one, parts=()) for one in shared(mission, measure).borne]


def _amount(bearing: Bearing | None, by: str) -> int:
    return 0 if bearing is None else bearing.person_days if by == "person-days" else bearing.cost


def _part(found: Mapping[str, Bearing], code: str, by: str) -> Fraction | None:
    together = sum(_amount(one, by) for one in found.values())
    return Fraction(_amount(found.get(code), by), together) if together else None


def borne_to_plain(one: Borne, rotations: Sequence[str]) -> dict[str, object]:
    """What a party bears as plain data."""
    parts = {f"part in {name}": _figure(part) for name, part in zip(rotations, one.parts, strict=True)}
    return {"party": one.party, **one.bearing._asdict(), "part": _figure(one.part), "share": _figure(one.share), **parts}


def _figure(part: Fraction | None) -> float | None:
    return None if part is None else round(float(part), 4)
