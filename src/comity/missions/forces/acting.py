"""A mission as acts to be put on record: the activation, each line, pledge, caveat, acceptance, gap and deployment as what its actor did.

What is no act stays where it was: weights of burdens, shares, ceilings, legal cover, who else has a capability.
Source: how-forces-are-generated.md, section 9.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.acts import Act, Source
from comity.missions.forces.missions import Acceptance, DaySpan, ForceCaveat, Line, Mission, Pledge
from comity.terms import BadInput, Step, add, parse_moment

MOST_MONTHS = 120
"""Rotations of up to so many months are looked for."""


def acts_of_mission(mission: Mission, organ: str, made: date, source: Source, agreement: str | None = None) -> tuple[Act, ...]:
    """The acts, those that others reply to first; BadInput where rotations are not all of so many months, or something is in doubt."""
    return tuple(_Acts(mission, organ, made, source, agreement).every())


class _Acts:
    def __init__(self, mission: Mission, organ: str, made: date, source: Source, agreement: str | None) -> None:
        self.mission, self.organ, self.made, self.source, self.agreement = mission, organ, made, source, agreement
        self.pledges: dict[str, str] = {}
        """The hash of each pledge's act."""

    def every(self) -> Iterator[Act]:
        m = self.mission
        months = _months(m)
        details = {"title": m.title, "from": _day(m.rotations[0].days.start), "months": months, "rotations": len(m.rotations), "currency": m.currency}
        yield self._act("activate-mission", self.organ, "activation", details)
        places = tuple(dict.fromkeys(line.territory for line in m.lines if line.territory is not None))
        for n, mandate in enumerate((m.mandate or ()) if has_mandate_acts(m, self.agreement) else ()):
            yield self._act("mandate", self.organ, f"mandate {n + 1}", _during(mandate.days), territory=places)
        for line in m.lines:
            yield self._act("require-force", self.organ, f"line {line.id}", _line(line), territory=_place(line.territory))
        for pledge in m.pledges:
            yield from self._pledge(pledge)
        for caveat in m.caveats:
            reply = None if caveat.pledge is None else self.pledges[caveat.pledge]
            yield self._act("caveat-force", caveat.party, f"caveat {caveat.id}", _caveat(caveat), reply, tuple(sorted(caveat.territories)))
        for kind, what, some in (("accept-force", "acceptance", m.accepted), ("deploy-force", "deployment", m.deployed)):
            for n, one in enumerate(some):
                actor = self.organ if kind == "accept-force" else next(each.party for each in m.pledges if each.id == one.pledge)
                yield self._act(kind, actor, f"{what} {n + 1}", _acceptance(one), self.pledges[one.pledge])
        for n, gap in enumerate(m.gaps):
            yield self._act("accept-gap", self.organ, f"gap {n + 1}", {"line": gap.line, **_during(gap.days)})

    def _pledge(self, pledge: Pledge) -> Iterator[Act]:
        act = self._act("pledge-force", pledge.party, pledge.id, {**_pledge(pledge), "currency": self.mission.currency if pledge.cost else ""})
        self.pledges[pledge.id] = act.hash
        yield act
        if pledge.level:
            details = {"level": pledge.level, "until": _day(pledge.level_until)}
            yield self._act("verify-force", self.organ, f"visit to {pledge.id}", details, act.hash, about=False)
        if pledge.refused:
            yield self._act("refuse-force", self.organ, f"refusal of {pledge.id}", {}, act.hash, about=False)
        if pledge.withdrawn is not None:
            yield self._act("withdraw-force", pledge.party, f"withdrawal of {pledge.id}", {"from": _day(pledge.withdrawn)}, act.hash, about=False)

    def _act(
        self,
        kind: str,
        actor: str,
        ref: str,
        details: dict[str, str | int | None],
        reply: str | None = None,
        territory: tuple[str, ...] = (),
        about: bool = True,
    ) -> Act:
        given = {"mission": self.mission.id} if about else {}
        given |= {name: str(value) for name, value in details.items() if value not in (None, "")}
        for name, value in given.items():
            if ";" in value:
                raise BadInput(f"{ref}: {name} {value!r} holds a ';', which parts details in a row of acts; write it otherwise")
        return Act(
            kind=kind,
            actor=actor,
            ref=f"{self.mission.id}: {ref}",
            agreement=self.agreement,
            made=parse_moment(self.made.isoformat()),
            territory=territory,
            replies_to=reply,
            details=given,
            source=self.source,
        )


def has_mandate_acts(mission: Mission, agreement: str | None) -> bool:
    """Can the mandate be written as acts: is there one, with its agreement and a territory?"""
    return bool(mission.mandate) and agreement is not None and any(line.territory is not None for line in mission.lines)


def _listed(names: frozenset[str]) -> str:
    for name in sorted(names):
        if "," in name:
            raise BadInput(f"{name!r} holds a comma, which parts a list in a row of acts; write it otherwise")
    return ", ".join(sorted(names))


def _months(m: Mission) -> int:
    """How many months every rotation lasts."""
    first = m.rotations[0].days.start
    for months in range(1, MOST_MONTHS):
        if first is None:
            break
        ends = [add(first, (Step(months=months * n),)) for n in range(len(m.rotations) + 1)]
        if all(one.days == DaySpan(ends[n], ends[n + 1]) for n, one in enumerate(m.rotations)):
            return months
    raise BadInput(
        "the rotations are not all of so many whole months, one after another, as an activation has them; give first, months and rotations"
    )


def _line(one: Line) -> dict[str, str | int | None]:
    return {
        "line": one.id, "capability": one.capability, "number": one.number, "persons": one.persons or None, "readiness": one.readiness,
        "level": one.level or None, "tasks": _listed(one.tasks), "command": one.command, "weight": one.weight, **_during(one.days),
    }  # fmt: skip


def _pledge(one: Pledge) -> dict[str, str | int | None]:
    return {
        "force": one.force, "line": one.line, "capability": one.capability, "number": one.number, "persons": one.persons or None,
        "notice": one.notice, "rest": one.rest or None, "cost": one.cost, **_during(one.days),
    }  # fmt: skip


def _caveat(one: ForceCaveat) -> dict[str, str | int | None]:
    return {"tasks": _listed(one.tasks), "commands": _listed(one.commands), "longest": one.longest, **_during(one.days)}


def _acceptance(one: Acceptance) -> dict[str, str | int | None]:
    return {"line": one.line, "number": one.number, **_during(one.days)}


def _during(days: DaySpan) -> dict[str, str | int | None]:
    return {"from": _day(days.start), "until": _day(days.end)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _place(territory: str | None) -> tuple[str, ...]:
    return () if territory is None else (territory,)
