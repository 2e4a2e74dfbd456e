"""Exercises on record as lines of a list: designed, planned, notified, held; made once for each day and reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity.acts import Act, kinds
from comity.exercises import Design
from comity.interoperability import JointExercise, exercises_held
from comity.standing import Standing
from comity.terms import Moment, parse_moment
from comity.web.asking import Asked
from comity.web.exercises.designs import Recorded, designs_of, named

GROUPS = ("exercise", "lesson")
"""Kinds of act that can be about an exercise are of these groups."""
ANY = "any"


@dataclass(frozen=True, slots=True)
class Line:
    """An exercise in the list. ``first`` and ``last``: the days on which it can be (None: not on record); ``starts`` and ``ends``: as written.

    ``stands``: designed, planned, notified or held. ``kinds``: domains, purposes, scenarios, capabilities. ``problem``: why its design is not read.
    ``doubtful``: some act about it is denied, or its records differ.
    """

    activity: str
    title: str
    stands: str
    first: date | None
    last: date | None
    starts: str
    ends: str
    place: str = ""
    host: str = ""
    nations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    problem: str = ""
    doubtful: bool = False
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Those that are to come or run, by their first days; and those that are over, the latest first."""

    coming: tuple[Line, ...]
    over: tuple[Line, ...]


def held_of(this: Asked) -> Mapping[str, list[JointExercise]]:
    """The exercises that acts of taking part tell of, by their names; whatever the day."""
    return this.fold.ask(this.known, "exercises held", _held, record=this.record)


def _held(standing: Standing) -> dict[str, list[JointExercise]]:
    found: dict[str, list[JointExercise]] = {}
    for one in exercises_held(standing):
        found.setdefault(named(one.activity), []).append(one)
    return found


def acts_of(this: Asked) -> Mapping[str, list[Act]]:
    """Acts that name an exercise, by its name and in order of time; whatever the day."""
    return this.fold.ask(this.known, "acts of exercises", _acts, record=this.record)


def _acts(standing: Standing) -> dict[str, list[Act]]:
    about = {kind.name for kind in kinds().values() if kind.group in GROUPS and "activity" in kind.details} | {"meet"}
    found: dict[str, list[Act]] = {}
    for act, _sure in standing.acts_of(about):
        if act.details.get("activity"):
            found.setdefault(named(act.details["activity"]), []).append(act)
    return {name: sorted(acts, key=lambda act: (act.day or date.max, act.ref)) for name, acts in found.items()}


def lines_of(this: Asked) -> Lines:
    """Every exercise on record by the day."""
    designs, held, acts = designs_of(this), held_of(this), acts_of(this)
    return this.ask("exercises", lambda _: _lines(this.on, designs, held, acts))


def _lines(on: date, designs: Mapping[str, Recorded], held: Mapping[str, list[JointExercise]], acts: Mapping[str, list[Act]]) -> Lines:
    found = [_designed(one, _stands(on, acts.get(name, ()), "designed")) for name, one in designs.items()]
    told = {named(line.activity): line for line in found}
    planned = (_planned(on, name, acts[name]) for name in acts if name not in told)
    found += [line for line in planned if line is not None]
    told |= {named(line.activity): line for line in found}
    gone = [
        line
        for name, several in held.items()
        for line in map(_of_held, several)
        if (line.first or date.max) <= on and not _is_same(line, told.get(name))
    ]
    coming = [line for line in found if line.last is None or line.last >= on]
    over = [*gone, *(line for line in found if line.last is not None and line.last < on)]
    return Lines(
        tuple(sorted(coming, key=lambda line: (line.first or date.max, line.title))),
        tuple(sorted(over, key=lambda line: (line.first or date.min, line.title), reverse=True)),
    )


def _is_same(held: Line, told: Line | None) -> bool:
    """Is it the one that was designed or planned, by its days?"""
    if told is None or told.first is None or told.last is None or held.first is None or held.last is None:
        return False
    return held.first <= told.last and told.first <= held.last


def _stands(on: date, acts: Iterable[Act], begun: str) -> str:
    done = {act.kind for act in acts if act.done is not None and act.done.first <= on}
    return "held" if "take-part" in done else "notified" if "notify-exercise" in done else begun


def _designed(one: Recorded, stands: str) -> Line:
    refs = tuple(act.ref for act in one.acts)
    if one.read is None:
        return Line(one.activity, one.activity, stands, None, None, "", "", problem=one.problem, acts=refs)
    d = one.read.design
    return Line(
        d.id, d.title, stands, d.from_.first, max(d.until.last, d.from_.last), d.from_.written, d.until.written, d.area, d.host, d.nations,
        kinds_of(d), acts=refs,
    )  # fmt: skip


def kinds_of(design: Design) -> tuple[str, ...]:
    """What sort of exercise it is: its form, its scenarios, the capabilities that it trains."""
    trained = (one.capability for one in design.objective if one.capability)
    return tuple(dict.fromkeys([design.form, *design.scenarios, *trained]))


def _planned(on: date, name: str, acts: Sequence[Act]) -> Line | None:
    """What acts of planning and of notice tell of an exercise without a design; None: none does by the day."""
    mine = [act for act in acts if act.kind in ("plan", "notify-exercise") and act.done is not None and act.done.first <= on]
    plans = [act for act in mine if act.kind == "plan" and act.details.get("what", "exercise") == "exercise"]
    notices = [act for act in mine if act.kind == "notify-exercise"]
    if not plans and not notices:
        return None
    last = (plans or notices)[-1]
    start, end = planned_days(last) if plans else (None, None)
    host = next(iter(last.territory), last.attributed_to) if plans else ""
    nations = tuple(dict.fromkeys([last.attributed_to, *last.counterparty]))
    return Line(
        last.details["activity"], last.details["activity"], _stands(on, acts, "planned"), start.first if start else None, end.last if end else None,
        start.written if start else "", end.written if end else "", host=host, nations=nations, acts=tuple(act.ref for act in mine),
    )  # fmt: skip


def planned_days(plan: Act) -> tuple[Moment | None, Moment | None]:
    """When an act of planning says that it starts and ends."""
    start = parse_moment(plan.details["starts"]) if "starts" in plan.details else None
    end = parse_moment(plan.details["ends"]) if "ends" in plan.details else start
    return start, end


def _of_held(one: JointExercise) -> Line:
    last = max(part.end.last for part in one.parts)
    certain = {part.end for part in one.parts if part.end.first == part.end.last}
    ends = last.isoformat() if len(certain) == len({part.end for part in one.parts}) == 1 else ""
    told = dict.fromkeys(sorted(name for part in one.parts for name in part.named if name != ANY))
    return Line(
        one.activity, one.activity, "held", min(part.start.first for part in one.parts), last, one.starts, ends, one.place,
        nations=tuple(sorted(one.nations)), kinds=tuple(told), doubtful=any(part.doubtful for part in one.parts),
        acts=tuple(part.act for part in one.parts),
    )  # fmt: skip


def line_to_plain(line: Line) -> dict[str, object]:
    """The line as plain data."""
    return {
        "activity": line.activity,
        "title": line.title,
        "stands": line.stands,
        "from": line.starts or None,
        "until": line.ends or None,
        "place": line.place or None,
        "host": line.host or None,
        "nations": list(line.nations),
        "kinds": list(line.kinds),
        "contested": line.doubtful,
        "problem": line.problem or None,
    }


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which exercises are looked for: of a party, in a year, of a kind, with words in their names or places; blank: any."""

    party: str = ""
    year: int | None = None
    kind: str = ""
    words: str = ""


def chosen(lines: Lines, wanted: Wanted) -> Lines:
    """Those of the lines that are looked for."""
    if wanted == Wanted():
        return lines
    return replace(lines, coming=tuple(_fitting(lines.coming, wanted)), over=tuple(_fitting(lines.over, wanted)))


def _fitting(lines: Iterable[Line], wanted: Wanted) -> Iterator[Line]:
    words = wanted.words.casefold().split()
    for line in lines:
        if wanted.party and wanted.party not in (*line.nations, line.host):
            continue
        if wanted.year is not None and not (line.first and line.last and line.first.year <= wanted.year <= line.last.year):
            continue
        if wanted.kind and wanted.kind not in line.kinds:
            continue
        told = f"{line.activity} {line.title} {line.place}".casefold() if words else ""
        if all(word in told for word in words):
            yield line
