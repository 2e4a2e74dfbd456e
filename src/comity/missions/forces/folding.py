"""From acts on record to the mission: as seen by a viewer, known by a day, on a day; what is contested or not known well enough stays so.

Source: how-forces-are-generated.md, section 9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from comity.missions.counting import CONTESTED, YES, CountedAct, counted_acts
from comity.missions.forces.answering import ANSWERS, CAVEAT, DEPLOYMENT, OPENS, PLEDGE, ActsOfMission
from comity.missions.forces.lasting import between, ending, lasting, stated, until
from comity.missions.forces.mandating import MandateGiven, mandates
from comity.missions.forces.missions import Acceptance, AcceptedGap, Capable, DaySpan, ForceCaveat, Line, Mission, Pledge, Rotation
from comity.missions.forces.pledging import answered, pledged, verified, withdrawn
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord, Step, add

TRAINED = "take-part"
ABOUT = frozenset((*OPENS, *ANSWERS, TRAINED))
NAMED = 8
"""So many missions are named where one is not on record."""
Pledged = Mapping[str, tuple[CountedAct, Pledge]]


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A mission as the record has it; what in it could not be used, a line each with the act; and the acts that give it its mandate."""

    mission: Mission
    findings: tuple[str, ...]
    mandates: tuple[MandateGiven, ...] = ()


def mission_on_record(standing: Standing, name: str) -> OnRecord:
    """The mission of that name; NotOnRecord where no act that may be looked at names it."""
    own = ActsOfMission(counted_acts(standing, ABOUT), name)
    if not own.named:
        known = missions_on_record(standing)
        some = ", ".join(known[:NAMED]) + (", ..." if len(known) > NAMED else "") or "none"
        raise NotOnRecord(f"no mission {name!r} is on record by {standing.on}; there are: {some}")
    return _folded(own)


def missions_on_record(standing: Standing) -> list[str]:
    """The missions that acts name which count on the day."""
    return sorted({name for one in counted_acts(standing, ABOUT) if not one.lacking and (name := one.says("mission")) is not None})


def _folded(own: ActsOfMission) -> OnRecord:
    activation = _activation(own)
    currency = "" if activation is None else activation.says("currency") or ""
    lines = _lines(own)
    made = pledged(own, lines, currency)
    accepted = _answers_on_lines(own, "accept-force", made, lines)
    given = tuple(mandates(own))
    mission = Mission(
        id=own.name,
        title="" if activation is None else activation.says("title") or "",
        currency=currency,
        rotations=tuple(_rotations(activation, tuple(lines.values()))),
        lines=tuple(lines.values()),
        pledges=tuple(_pledges(own, made, [one for one, _, _ in accepted])),
        caveats=tuple(_caveats(own, made)),
        accepted=tuple(_accepted(one, line, pledge) for one, line, pledge in accepted),
        deployed=tuple(_deployed(own, made, lines)),
        gaps=tuple(_gap(one) for one in own.opened("accept-gap") if _is_there(own, one, one.says("line"), lines)),
        mandate=tuple(span for one in given for span in one.days) if given else None,
        capable=tuple(dict.fromkeys(_capable(own, {line.capability for line in lines.values()}))),
    )
    return OnRecord(mission, tuple(own.findings.values()), given)


# -- what is called for (9.9, 9.10)


def _activation(own: ActsOfMission) -> CountedAct | None:
    last = None
    for one in own.opened("activate-mission"):
        if one.sure is YES:
            last = one
        else:
            own.find(one, "doubt", f"activates {own.name}, and is {_told(one)}; it changes nothing")
    return last


def _told(one: CountedAct) -> str:
    return "contested" if one.sure is CONTESTED else "not known to be done by the day"


def _rotations(activation: CountedAct | None, lines: Sequence[Line]) -> Iterator[Rotation]:
    if activation is not None:
        yield from _called(activation)
        return
    starts, ends = [one.days.start for one in lines], [one.days.end for one in lines]
    if lines and None not in starts and None not in ends:
        first, last = min(day for day in starts if day is not None), max(day for day in ends if day is not None)
        yield Rotation(name="R1", days=DaySpan(first, last))


def _called(activation: CountedAct) -> Iterator[Rotation]:
    first, months = stated(activation.act, "from"), max(1, activation.number("months") or 0)
    for n in range(activation.number("rotations") or 0):
        try:
            days = [add(first, (Step(months=months * at),)) for at in (n, n + 1) if first is not None]
        except BadInput:  # beyond the end of the calendar
            return
        yield Rotation(name=f"R{n + 1}", days=DaySpan(*days))


def _lines(own: ActsOfMission) -> dict[str, Line]:
    found = dict[str, Line]()
    for one in own.opened("require-force"):
        name = one.says("line") or ""
        if name in found and found[name].sure is YES and one.sure is not YES:
            own.find(one, "doubt", f"states line {name} anew, and is {_told(one)}; the line stays as it was")
        else:
            found[name] = _line(one, name)
    return found


def _line(one: CountedAct, name: str) -> Line:
    weight = one.number("weight")
    return Line(
        id=name,
        capability=one.says("capability") or "",
        number=one.number("number") or 0,
        readiness=one.number("readiness"),
        level=one.number("level") or 0,
        days=_days(one),
        territory=next(iter(one.act.territory), None),
        tasks=frozenset(one.act.listed("tasks")),
        command=one.says("command"),
        weight=1 if weight is None else weight,
        persons=one.number("persons") or 0,
        sure=one.sure,
    )


def _days(one: CountedAct) -> DaySpan:
    return DaySpan(stated(one.act, "from"), stated(one.act, "until"))


def _is_there(own: ActsOfMission, one: CountedAct, line: str | None, lines: Mapping[str, Line]) -> bool:
    if line in lines:
        return True
    own.find(one, "line", f"{_told_about(line)} for {own.name}; it changes nothing")
    return False


def _told_about(line: str | None) -> str:
    return "says for no line" if line is None else f"is about line {line}, which is not on record"


# -- what is offered, taken up and there (9.11 to 9.13)


def _pledges(own: ActsOfMission, made: Pledged, accepted: Sequence[CountedAct]) -> Iterator[Pledge]:
    acts = {hash_: one for hash_, (one, _) in made.items()}
    visits, refusals, back = own.to_each("verify-force", acts), own.to_each("refuse-force", acts), own.by_party("withdraw-force", acts)
    taken = dict[str | None, list[CountedAct]]()
    for one in accepted:
        taken.setdefault(one.act.replies_to, []).append(one)
    for hash_, (_, pledge) in made.items():
        both = own.in_order([*refusals.get(hash_, ()), *taken.get(hash_, ())])
        yield from withdrawn(answered(verified(pledge, visits.get(hash_, ())), both), back.get(hash_, ()))


def _caveats(own: ActsOfMission, made: Pledged) -> Iterator[ForceCaveat]:
    on_one = {
        one.act.hash: (one, made[hash_][1].id)
        for hash_, some in own.by_party(CAVEAT, {hash_: one for hash_, (one, _) in made.items()}).items()
        for one in some
    }
    placed: dict[str, tuple[CountedAct, str | None]] = {**on_one, **{one.act.hash: (one, None) for one in own.opened(CAVEAT)}}
    lifted = own.by_party("lift-caveat", {hash_: one for hash_, (one, _) in placed.items()})
    for one in own.in_order(each for each, _ in placed.values()):
        pledge = placed[one.act.hash][1]
        ends = [*until(one.act), *(ending(lift, lift.act.meant) for lift in lifted.get(one.act.hash, ()))]
        for days, sure in lasting(between(one.act, None), one.sure, ends):
            yield ForceCaveat(
                id=one.act.ref,
                party=one.by,
                pledge=pledge,
                tasks=frozenset(one.act.listed("tasks")),
                territories=frozenset(one.act.territory),
                commands=frozenset(one.act.listed("commands")),
                longest=one.number("longest"),
                days=days,
                sure=sure,
            )


OnLine = tuple[CountedAct, str, Pledge]


def _answers_on_lines(own: ActsOfMission, kind: str, made: Pledged, lines: Mapping[str, Line]) -> list[OnLine]:
    """The answers to pledges that are for a line on record; a deployment that names none is for the pledge's."""
    found = [(one, made[hash_][1]) for hash_, some in own.to_each(kind, made).items() for one in some]
    named = [(one, one.says("line") or (pledge.line if kind == DEPLOYMENT else None), pledge) for one, pledge in found]
    there = {one.act.hash: (one, line, pledge) for one, line, pledge in named if _is_there(own, one, line, lines) and line is not None}
    return [there[one.act.hash] for one in own.in_order(each for each, _, _ in there.values())]


def _accepted(one: CountedAct, line: str, pledge: Pledge) -> Acceptance:
    number = one.number("number")
    return Acceptance(pledge=pledge.id, line=line, number=pledge.number if number is None else number, days=_days(one), sure=one.sure)


def _gap(one: CountedAct) -> AcceptedGap:
    return AcceptedGap(line=one.says("line") or "", days=_days(one), sure=one.sure)


def _deployed(own: ActsOfMission, made: Pledged, lines: Mapping[str, Line]) -> Iterator[Acceptance]:
    sent = _answers_on_lines(own, DEPLOYMENT, made, lines)
    home = own.to_each("return-force", {one.act.hash for one, _, _ in sent})
    for one, line, pledge in sent:
        number = one.number("number")
        ends = [*until(one.act), *(ending(back, back.act.meant) for back in home.get(one.act.hash, ()))]
        for days, sure in lasting(between(one.act, one.act.meant), one.sure, ends):
            yield Acceptance(pledge=pledge.id, line=line, number=1 if number is None else number, days=days, sure=sure)


# -- who else (9.15)


def _capable(own: ActsOfMission, wanted: set[str]) -> Iterator[Capable]:
    sent = {one.act.replies_to for one in own.acts if one.kind == DEPLOYMENT and one.sure is YES}
    for one in own.acts:
        mission, capability = one.says("mission"), one.says("capability")
        if one.kind == PLEDGE and one.sure is YES and capability is not None and capability in wanted and mission not in (None, own.name):
            yield Capable(one.by, capability, f"{'deployed' if one.act.hash in sent else 'pledged'} to {mission}")
    for one in own.acts:
        if one.kind == TRAINED and one.sure is YES:
            how = f"trained in {one.says('activity') or one.act.ref}"
            yield from (Capable(one.by, purpose, how) for purpose in one.act.listed("purposes") if purpose in wanted)
