"""From acts on record to the mission: as seen by a viewer, known by a day, on a day; what is contested or not known well enough stays so.

Source: how-forces-are-generated.md, section 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from comity.acts import Act
from comity.missions.forces.missions import (
    Acceptance,
    AcceptedGap,
    Capable,
    DaySpan,
    ForceCaveat,
    Line,
    Mandate,
    Mission,
    Pledge,
    Rotation,
)
from comity.standing import Standing
from comity.terms import NotOnRecord, Step, Verdict, add, parse_day

ABOUT = (
    "activate-mission", "require-force", "pledge-force", "caveat-force", "lift-caveat", "accept-force", "refuse-force", "withdraw-force",
    "verify-force", "deploy-force", "return-force", "accept-gap", "mandate",
)  # fmt: skip
NAMED = 8
"""So many missions are named where one is not on record."""
YES, UNKNOWN, CONTESTED = Verdict.YES, Verdict.UNKNOWN, Verdict.CONTESTED


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A mission as the record has it, and what in it could not be used, a line each with the act."""

    mission: Mission
    findings: tuple[str, ...]


def mission_on_record(standing: Standing, name: str) -> OnRecord:
    """The mission of that name; NotOnRecord where no act that may be looked at names it."""
    acts = [(act, sure) for act, undisputed in standing.acts_of(ABOUT) if (sure := counted(act, undisputed, standing.on)) is not None]
    if not any(act.details.get("mission") == name for act, _ in acts):
        known = missions_on_record(standing)
        some = ", ".join(known[:NAMED]) + (", ..." if len(known) > NAMED else "") or "none"
        raise NotOnRecord(f"no mission {name!r} is on record by {standing.on}; there are: {some}")
    return _Fold(acts, name).found(_trained(standing))


def missions_on_record(standing: Standing) -> list[str]:
    """The missions that acts name which count on the day."""
    found = {act.details.get("mission", "") for act, disputed in standing.acts_of(ABOUT) if counted(act, disputed, standing.on) is not None}
    return sorted(found - {""})


def counted(act: Act, undisputed: bool, on: date) -> Verdict | None:
    """How sure it is that the act was done by the day; None: it was not."""
    if act.done is not None and act.done.first > on:
        return None
    if not undisputed:
        return CONTESTED
    return UNKNOWN if act.done is None or act.done.last > on else YES


def _trained(standing: Standing) -> list[Capable]:
    """Who took part in what trained a capability."""
    found = []
    for act, undisputed in standing.acts_of(("take-part",)):
        if counted(act, undisputed, standing.on) is YES:
            how = f"trained in {act.details.get('activity', act.ref)}"
            found += [Capable(act.attributed_to, purpose, how) for purpose in act.listed("purposes")]
    return found


def _days(act: Act) -> DaySpan:
    start, end = act.details.get("from"), act.details.get("until")
    return DaySpan(None if start is None else parse_day(start), None if end is None else parse_day(end))


def _from(act: Act) -> date | None:
    """From which day it is meant."""
    if "from" in act.details:
        return parse_day(act.details["from"])
    return None if act.meant is None else act.meant.first


def _whole(act: Act, name: str) -> int | None:
    return int(act.details[name]) if name in act.details else None


Sure = tuple[Act, Verdict]


class _Fold:
    """The acts that count, and what they come to for one mission."""

    def __init__(self, acts: Iterable[Sure], name: str) -> None:
        self.name, self.acts = name, sorted(acts, key=lambda one: (one[0].day or date.min, one[0].ref, one[0].hash))
        self.findings: list[str] = []
        self.replies: dict[str, list[Sure]] = {}
        for act, sure in self.acts:
            if act.replies_to is not None:
                self.replies.setdefault(act.replies_to, []).append((act, sure))
        self.hashes = {act.hash for act, _ in self.acts}
        self.currency = ""

    def found(self, trained: Iterable[Capable]) -> OnRecord:
        activated = [act for act, sure in self._own("activate-mission") if sure is YES]
        activation = max(activated, key=lambda act: (act.day or date.min, act.ref), default=None)
        self.currency = "" if activation is None else activation.details.get("currency", "")
        lines = tuple(self._lines())
        pledges = {act.hash: made for act, sure in self._own("pledge-force") for made in self._pledge(act, sure, lines)}
        mission = Mission(
            id=self.name,
            title="" if activation is None else activation.details.get("title", ""),
            currency=self.currency,
            rotations=tuple(_rotations(activation, lines)),
            lines=lines,
            pledges=tuple(pledges.values()),
            caveats=tuple(self._caveats(pledges)),
            accepted=tuple(self._accepted(pledges, lines)),
            deployed=tuple(self._deployed(pledges, lines)),
            gaps=tuple(
                AcceptedGap(line=act.details["line"], days=_days(act), sure=sure)
                for act, sure in self._own("accept-gap")
                if self._has_line(act, act.details["line"], lines)
            ),
            mandate=tuple(self._mandates()) or None,
            capable=tuple(dict.fromkeys((*self._elsewhere(lines), *(one for one in trained if one.capability in {ln.capability for ln in lines})))),
        )
        self._idle()
        return OnRecord(mission, tuple(dict.fromkeys(self.findings)))

    def _own(self, kind: str) -> Iterator[Sure]:
        return ((act, sure) for act, sure in self.acts if act.kind == kind and act.details.get("mission") == self.name)

    def _to(self, act: Act, *kinds: str) -> list[Sure]:
        """What replies to the act, in order."""
        return [one for one in self.replies.get(act.hash, ()) if one[0].kind in kinds]

    def _lines(self) -> Iterator[Line]:
        found = dict[str, Line]()
        for act, sure in self._own("require-force"):
            name = act.details["line"]
            if name in found and found[name].sure is YES and sure is not YES:
                self.findings.append(f"{act.ref}: states line {name} anew, and is not sure; the line stays as it was")
                continue
            found[name] = Line(
                id=name,
                capability=act.details["capability"],
                number=_whole(act, "number") or 0,
                readiness=_whole(act, "readiness"),
                level=_whole(act, "level") or 0,
                days=_days(act),
                territory=next(iter(act.territory), None),
                tasks=frozenset(act.listed("tasks")),
                command=act.details.get("command"),
                weight=1 if (weight := _whole(act, "weight")) is None else weight,
                persons=_whole(act, "persons") or 0,
                sure=sure,
            )
        yield from found.values()

    def _pledge(self, act: Act, sure: Verdict, lines: tuple[Line, ...]) -> Iterator[Pledge]:
        line = act.details.get("line")
        capability = act.details.get("capability") or next((one.capability for one in lines if one.id == line), None)
        if capability is None:
            self.findings.append(f"{act.ref}: pledges something for {self.name}, and says neither what it can do nor for which line on record")
            return
        pledge = Pledge(
            id=act.ref,
            party=act.attributed_to,
            capability=capability,
            number=1 if (number := _whole(act, "number")) is None else number,
            line=line,
            persons=_whole(act, "persons") or 0,
            notice=_whole(act, "notice"),
            level=min(1, _whole(act, "level") or 0),
            days=_days(act),
            rest=_whole(act, "rest") or 0,
            cost=self._cost(act),
            force=act.details.get("force", ""),
            sure=sure,
        )
        for reply, certain in self._to(act, "refuse-force", "withdraw-force", "verify-force"):
            if certain is not YES:
                pledge = replace(pledge, sure=CONTESTED if CONTESTED in (pledge.sure, certain) else UNKNOWN)
            elif reply.kind == "refuse-force":
                pledge = replace(pledge, refused=True)
            elif reply.kind == "withdraw-force":
                if reply.attributed_to == pledge.party:
                    pledge = replace(pledge, withdrawn=_from(reply))
                else:
                    self.findings.append(f"{reply.ref}: {reply.attributed_to} withdraws {act.ref}, a pledge of {pledge.party}; it changes nothing")
            else:
                until = reply.details.get("until")
                pledge = replace(pledge, level=_whole(reply, "level") or 0, level_until=None if until is None else parse_day(until))
        yield pledge

    def _cost(self, act: Act) -> int | None:
        currency = act.details.get("currency", self.currency)
        if currency != self.currency and "cost" in act.details:
            self.findings.append(f"{act.ref}: its cost is in {currency}, the mission's are in {self.currency or 'none'}; it counts as not said")
            return None
        return _whole(act, "cost")

    def _caveats(self, pledges: dict[str, Pledge]) -> Iterator[ForceCaveat]:
        for act, sure in self.acts:
            if act.kind != "caveat-force":
                continue
            named = act.details.get("mission") == self.name
            if act.replies_to is not None:
                if act.replies_to not in pledges:
                    if named:
                        self.findings.append(f"{act.ref}: is on a pledge that is not on record for {self.name}; it changes nothing")
                    continue
            elif not named:
                continue
            pledge = pledges.get(act.replies_to or "")
            if pledge is not None and pledge.party != act.attributed_to:
                self.findings.append(f"{act.ref}: a caveat of {act.attributed_to} on {pledge.id}, a pledge of {pledge.party}; it changes nothing")
                continue
            yield self._caveat(act, sure, pledge)

    def _caveat(self, act: Act, sure: Verdict, pledge: Pledge | None) -> ForceCaveat:
        days = _days(act)
        for reply, certain in self._to(act, "lift-caveat"):
            if certain is YES:
                days = DaySpan(days.start, min((day for day in (days.end, _from(reply)) if day is not None), default=None))
            else:
                sure = CONTESTED if CONTESTED in (sure, certain) else UNKNOWN
        return ForceCaveat(
            id=act.ref,
            party=act.attributed_to,
            pledge=None if pledge is None else pledge.id,
            tasks=frozenset(act.listed("tasks")),
            territories=frozenset(act.territory),
            commands=frozenset(act.listed("commands")),
            longest=_whole(act, "longest"),
            days=days,
            sure=sure,
        )

    def _accepted(self, pledges: dict[str, Pledge], lines: tuple[Line, ...]) -> Iterator[Acceptance]:
        for act, sure in self.acts:
            if act.kind == "accept-force" and act.replies_to in pledges and self._has_line(act, act.details["line"], lines):
                pledge = pledges[act.replies_to]
                number = _whole(act, "number")
                yield Acceptance(
                    pledge=pledge.id, line=act.details["line"], number=pledge.number if number is None else number, days=_days(act), sure=sure
                )

    def _deployed(self, pledges: dict[str, Pledge], lines: tuple[Line, ...]) -> Iterator[Acceptance]:
        for act, sure in self.acts:
            if act.kind != "deploy-force" or (act.replies_to not in pledges and act.details.get("mission") != self.name):
                continue
            pledge = pledges.get(act.replies_to or "")
            line = act.details.get("line") or (None if pledge is None else pledge.line)
            if pledge is None or line is None:
                self.findings.append(f"{act.ref}: deploys something for {self.name}, and does not say of which pledge or for which line")
            elif self._has_line(act, line, lines):
                yield from self._stay(act, sure, Acceptance(pledge=pledge.id, line=line, number=_whole(act, "number") or 1, days=_days(act)))

    def _stay(self, act: Act, sure: Verdict, deployed: Acceptance) -> Iterator[Acceptance]:
        """The deployment until it returns; where that is in doubt, what comes after is."""
        days, doubt = DaySpan(deployed.days.start or _from(act), deployed.days.end), None
        for reply, certain in self._to(act, "return-force"):
            home = DaySpan(days.start, _from(reply))
            if certain is not YES:
                doubt = DaySpan(home.end, days.end)
            days = days.shared(home) or DaySpan(days.start, days.start)
        if days.start is None or days.start != days.end:
            yield replace(deployed, days=days, sure=sure)
        if doubt is not None:
            yield replace(deployed, days=doubt, sure=UNKNOWN)

    def _has_line(self, act: Act, line: str, lines: tuple[Line, ...]) -> bool:
        if any(one.id == line for one in lines):
            return True
        self.findings.append(f"{act.ref}: is about line {line}, which is not on record for {self.name}; it changes nothing")
        return False

    def _mandates(self) -> Iterator[Mandate]:
        for act, sure in self._own("mandate"):
            end = _days(act).end
            if "from" in act.details or act.meant is None:
                yield Mandate(_days(act), sure)
                continue
            first, last = act.meant.first, act.meant.last
            if first < last:
                yield Mandate(DaySpan(first, last), UNKNOWN)
            yield Mandate(DaySpan(last, end), sure)

    def _elsewhere(self, lines: tuple[Line, ...]) -> Iterator[Capable]:
        wanted = {one.capability for one in lines}
        for act, sure in self.acts:
            mission, capability = act.details.get("mission", ""), act.details.get("capability", "")
            if act.kind == "pledge-force" and sure is YES and capability in wanted and mission not in ("", self.name):
                sent = any(kept is YES for _, kept in self._to(act, "deploy-force"))
                yield Capable(act.attributed_to, capability, f"{'deployed' if sent else 'pledged'} to {mission}")

    def _idle(self) -> None:
        """Acts of the mission that reply to what is not on record."""
        for act, _ in self.acts:
            if act.details.get("mission") == self.name and act.replies_to is not None and act.replies_to not in self.hashes:
                self.findings.append(f"{act.ref}: replies to an act that is not on record, or counts no longer; it changes nothing")


def _rotations(activation: Act | None, lines: tuple[Line, ...]) -> Iterator[Rotation]:
    if activation is not None:
        first, months, number = parse_day(activation.details["from"]), _whole(activation, "months") or 1, _whole(activation, "rotations") or 0
        ends = [add(first, (Step(months=months * n),)) for n in range(number + 1)]
        yield from (Rotation(name=f"R{n + 1}", days=DaySpan(ends[n], ends[n + 1])) for n in range(number))
        return
    starts, ends_of = [one.days.start for one in lines], [one.days.end for one in lines]
    if lines and all(day is not None for day in (*starts, *ends_of)):
        yield Rotation(name="R1", days=DaySpan(min(day for day in starts if day is not None), max(day for day in ends_of if day is not None)))
