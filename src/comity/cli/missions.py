"""Commands about forces for missions: begin a file, who fills what and what lacks, who bears how much, acts to be put on record.

comity mission gaps examples/mission.toml
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from rich.markup import escape

from comity import missions
from comity.cli.asking import Asked, question, read_day, today
from comity.cli.programme_files import text_of
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.missions import Bearing, Burden, DaySpan, ForcePlan, Gap, LineState, Mission, Rotation
from comity.permissions import Permissions
from comity.terms import BadInput, NotOnRecord, Verdict

SHOWN = 3
"""So many of those whom to ask are told for a gap; --json has them all."""
Named = Annotated[str, typer.Argument(metavar="MISSION", help="The mission's file (docs/reference/mission-format.md), or its name on record.")]


@dataclass(frozen=True, slots=True)
class Given:
    """A mission, what to bear in mind of it, and its file (None: it is on record)."""

    mission: Mission
    notes: tuple[str, ...]
    file: Path | None


Covered = Annotated[
    bool, typer.Option("--cover", help="Look in the record who has a legal basis (entry and status) to be where the lines send them.")
]


def given_mission(asked: Asked, named: str, covered: bool = False) -> Given:
    """The mission in a file, or on record: as of the day, as known, as the viewer may see it; ``covered``: with the legal bases on record."""
    path = Path(named)
    file = path if path.suffix == ".toml" or path.is_file() else None
    findings: tuple[str, ...] = ()
    if file is not None:
        mission: Mission = room().read_mission(text_of(file), file.name).mission
    else:
        try:
            found = missions.mission_on_record(asked.standing(), named)
        except NotOnRecord as problem:
            raise NotOnRecord(f"{problem} (a mission's file ends in .toml)") from None
        mission, findings = found.mission, found.findings
    if covered:
        mission = missions.with_cover(Permissions(asked.standing()), mission)
    return Given(mission, (*findings, *missions.mission_remarks(mission)), file)


def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; its name, without .toml, is the mission's.")],
    first: Annotated[str | None, typer.Option("--first", metavar="DAY", help="The first day (default: the first of next month).")] = None,
) -> None:
    """Write a file to begin with: what is needed, what is pledged, with which limits, each told in a comment. It can be asked as it is."""
    if file.exists():
        raise BadInput(f"{str(file)!r} is there already; give another name, or take it away")
    text = room().new_mission_text(file.stem, _first(first))
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as wrong:
        raise BadInput(f"{str(file)!r} cannot be written ({wrong.strerror}); choose another place, or make room") from None
    console().print(f"written: {file}", soft_wrap=True, markup=False)


@question(without=("strict",))
def gaps(
    asked: Asked,
    mission: Named,
    line: Annotated[list[str] | None, typer.Option("--line", metavar="LINE", help="Only this line; may be repeated.")] = None,
    cover: Covered = False,
) -> None:
    """Each line of the statement of requirements in each rotation: filled or not by what was accepted, why not, and whom to ask for the least."""
    given = given_mission(asked, mission, cover)
    whole = given.mission
    for name in line or ():
        if name not in {one.id for one in whole.lines}:
            raise BadInput(f"--line {name!r}: there is no such line; there are: {', '.join(one.id for one in whole.lines) or 'none'}")
    found = [one for one in missions.states(whole) if not line or one.line.id in line]
    sure = missions.narrowly(whole)
    asks = [one for one in missions.explain_gaps(sure, missions.accepted_plan(sure)) if not line or one.line.id in line]
    if asked.as_json:
        print_json({"mission": whole.id, "lines": [_state(one) for one in found], "gaps": [gap_to_plain(one) for one in asks],
                    "mandate": mandate_to_plain(whole), "notes": given.notes})  # fmt: skip
        return
    show_notes(given.notes)
    show_mandate(whole)
    names = [one.name for one in whole.rotations]
    rows = {one.line.id: [one.line.id, one.line.capability] for one in found}
    for one in found:
        rows[one.line.id].append(_cell(one))
    show_table(("line", "capability", *(f"{one.name} from {one.days.start}" for one in whole.rotations)), rows.values())
    if names:
        show_gaps(asks)
    else:
        console().print("no rotation is on record; add an activate-mission act, or a first day and an end to each line", soft_wrap=True)


def show_mandate(mission: Mission) -> None:
    """Each mandate: the act that gives it, its days, and the act that ends it before its time."""
    for one in mission.mandate or ():
        by = f" by {one.act}" if one.act else ""
        ended = f"; revoked by {one.revoked}" if one.revoked else ""
        doubt = "" if one.sure is Verdict.YES else f" ({one.sure})"
        console().print(f"mandate{by}: {one.days}{doubt}{ended}", soft_wrap=True, markup=False, highlight=False)
    if mission.mandate == ():
        console().print("mandate: there is none on any day", soft_wrap=True)


def mandate_to_plain(mission: Mission) -> list[dict[str, object]] | None:
    """The mandates for programs; None: nothing is said of one."""
    if mission.mandate is None:
        return None
    return [
        {
            "act": one.act or None,
            "from": _day(one.days.start),
            "until": _day(one.days.end),
            "verdict": str(one.sure),
            "revoked_by": one.revoked or None,
        }
        for one in mission.mandate
    ]


def _cell(one: LineState) -> str:
    low, high = one.least, one.most
    if one.state == "not needed":
        return "-"
    number = str(low.filled) if low.filled == high.filled else f"{low.filled} to {high.filled}"
    if one.sure is Verdict.YES:
        return f"{one.state} {number}/{low.required}" + (f", {low.offered} offered" if one.state == "offered" else "")
    return f"{one.sure}: {one.state} or {one.at_most} {number}/{low.required}" if one.state != one.at_most else f"{one.sure}: {one.state}"


def show_gaps(some: Iterable[Gap]) -> None:
    """Each gap: what could just be taken up in a line, else its reasons and whom to ask; rotations in which they are the same stand together."""
    together = dict[tuple[object, ...], list[Gap]]()
    for one in some:
        together.setdefault((one.line.id, one.missing, one.reasons, one.asks), []).append(one)
    for same in together.values():
        _show_gap(same[0], ", ".join(gap.rotation.name for gap in same))


def _show_gap(one: Gap, when: str) -> None:
    out = console()
    free = [ask.pledge for ask in one.asks if not ask.changes]
    could = f"; could be taken up: {', '.join(free)}" if free else ""
    out.print(f"[bold]{escape(one.line.id)}[/] lacks {one.missing} in {escape(when + could)}", soft_wrap=True)
    if len(free) >= one.missing:
        return
    for reason in one.reasons:
        out.print(f"  {reason}", soft_wrap=True, markup=False)
    for ask in [ask for ask in one.asks if ask.changes][:SHOWN]:
        out.print(f"  [cyan]ask[/] {escape(ask.party)}, {escape(ask.pledge)}: {escape('; '.join(ask.changes))}", soft_wrap=True)
    for able in one.capable:
        out.print(f"  [cyan]ask[/] {escape(able.party)}, {escape(able.how)}", soft_wrap=True)


def _state(one: LineState) -> dict[str, object]:
    return {
        "line": one.line.id,
        "capability": one.line.capability,
        "rotation": one.rotation.name,
        "from": _day(one.rotation.days.start),
        "until": _day(one.rotation.days.end),
        "verdict": str(one.sure),
        "state": one.state,
        "at_most": one.at_most,
        "least": one.least._asdict(),
        "most": one.most._asdict(),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def gap_to_plain(one: Gap) -> dict[str, object]:
    """A gap for programs."""
    return {
        "line": one.line.id,
        "rotation": one.rotation.name,
        "missing": one.missing,
        "reasons": list(one.reasons),
        "ask": [{"party": ask.party, "pledge": ask.pledge, "changes": list(ask.changes)} for ask in one.asks],
        "capable": [{"party": able.party, "how": able.how} for able in one.capable],
    }


@question(without=("strict",))
def burden(
    asked: Asked,
    mission: Named,
    of: Annotated[str, typer.Option("--of", metavar="WHAT", help="Of what: pledged, accepted, deployed, or a plan's file.")] = "accepted",
    start: Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day (default: the first).")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to, without, this day (default: the last).")] = None,
    over_time: Annotated[bool, typer.Option("--over-time", help="Rotation by rotation, too.")] = False,
) -> None:
    """Who bears how much: person-days and cost by party, beside the shares that each should bear, and how fair that is."""
    given = given_mission(asked, mission)
    sure = missions.narrowly(given.mission)
    during = DaySpan(None if start is None else read_day("--from", start), None if until is None else read_day("--until", until))
    if during.start is not None and during.end is not None and during.start >= during.end:
        raise BadInput(f"--from {during.start} --until {during.end}: it ends before it has begun; put the later day last")
    plan = _planned(sure, of)
    found = missions.burden_of(sure, plan, during)
    spells = [(one, missions.burden_of(sure, plan, both)) for one in sure.rotations if (both := one.days.shared(during)) is not None]
    parts = {party: (part, share) for party, part, share in found.parts}
    if asked.as_json:
        print_json(
            {
                "mission": sure.id,
                "of": of,
                "by": sure.by,
                "currency": sure.currency,
                "parties": [_borne(party, bearing, parts.get(party)) for party, bearing in found.bearings],
                "shares": [{"party": party, "part": float(part), "share": float(share)} for party, part, share in found.parts],
                "index": None if found.index is None else float(found.index),
                "over_time": [
                    {
                        "rotation": one.name,
                        "parties": [_borne(party, bearing, parts.get(party)) for party, bearing in spell.bearings],
                        "index": None if spell.index is None else float(spell.index),
                    }
                    for one, spell in spells
                ],
            }
        )
        return
    show_notes(given.notes)
    rows = [(party, *_figures(one, sure.currency), *_part(parts.get(party))) for party, one in found.bearings]
    rows += [(party, "0", "0", "0", *_part(pair)) for party, pair in parts.items() if party not in dict(found.bearings)]
    show_table(("party", "units x rotations", "person-days", "cost", f"part, by {sure.by}", "share"), rows)
    if over_time:
        _show_over_time(sure, spells)
    if found.index is None:
        console().print("how fair it is cannot be said: no shares are given, or nobody with a share bears anything", soft_wrap=True)
    else:
        console().print(f"fair-share index {float(found.index):.2f}: so much of the burden lies where the shares want it", soft_wrap=True)


def _show_over_time(mission: Mission, spells: list[tuple[Rotation, Burden]]) -> None:
    """What each bears in each rotation, in what burdens are counted, and how fair that is."""
    parties = sorted({party for _, spell in spells for party, _ in spell.bearings})
    borne = [{party: one.cost if mission.by == "cost" else one.person_days for party, one in spell.bearings} for _, spell in spells]
    rows = [(party, *(f"{some.get(party, 0):,}" for some in borne)) for party in parties]
    indices = ("fair-share index", *("-" if spell.index is None else f"{float(spell.index):.2f}" for _, spell in spells))
    show_table((mission.by, *(f"{one.name} from {one.days.start}" for one, _ in spells)), [*rows, indices])


def _planned(mission: Mission, of: str) -> ForcePlan:
    if of in ("pledged", "accepted", "deployed"):
        chosen = {"pledged": missions.pledged_plan, "accepted": missions.accepted_plan, "deployed": missions.deployed_plan}[of]
        return chosen(mission)
    if not Path(of).is_file():
        raise BadInput(f"--of {of!r}: choose one of pledged, accepted, deployed, or give a plan's file")
    plan: ForcePlan = room().read_force_plan(text_of(Path(of)), Path(of).name)
    unknown = next((one for one in missions.check_forces(mission, plan) if one.rule == "known"), None)
    if unknown is not None:
        raise BadInput(f"--of {of!r}: {unknown}; give a plan for this mission")
    return plan


def _figures(one: Bearing, currency: str) -> tuple[str, str, str]:
    return f"{one.units:,}", f"{one.person_days:,}", f"{one.cost:,} {currency}".strip() + ("" if one.priced else " or more: not all costs are said")


def _part(pair: tuple[Fraction, Fraction] | None) -> tuple[str, str]:
    return ("", "no share") if pair is None else (f"{float(pair[0]):.1%}", f"{float(pair[1]):.1%}")


def _borne(party: str, one: Bearing, pair: object) -> dict[str, object]:
    return {"party": party, "units": one.units, "person_days": one.person_days, "cost": one.cost, "priced": one.priced, "has_share": pair is not None}


def _first(first: str | None) -> date:
    if first is not None:
        return read_day("--first", first)
    now = today()
    return date(now.year + now.month // 12, now.month % 12 + 1, 1)


def room() -> ModuleType:
    """The room of planning, loaded when it is asked for."""
    import comity.planning

    return comity.planning


group = typer.Typer(name="mission", no_args_is_help=True, help="Forces for missions: needed, pledged, accepted, lacking; planned and checked.")


def add_to(app: typer.Typer) -> None:
    for command in (new, gaps, burden):
        group.command(command.__name__)(command)
    app.add_typer(group)
