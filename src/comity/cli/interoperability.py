"""Commands about interoperability: who has trained what together, in exercises, on courses and in posts; the gaps; which standards nations share.

comity interoperability USA GBR --capability sea --on 2005-06-01
comity gaps USA GBR FRA --every 2y --on 2005-06-01
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from comity import interoperability as mapping
from comity.cli.asking import Asked, question
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.interoperability import ANY_CAPABILITY, HeldCover, Position, SharedStandard, Standards, Training, TrainingGap, TrainingMap, training_gaps
from comity.terms import BadInput, Verdict

MOST_ROWS = 40
WIDEST = 9
"""So many letters stand beside one another at the head of a column."""
SHADES = ((0.75, "█"), (0.5, "▓"), (0.25, "▒"), (0.0, "░"))
"""From which recency on, the low end of it, which shade."""
LETTERS = {"course": "c", "post": "p"}
"""After the month of the last: what it was, if it was no exercise."""
_DAYS = {"d": 1.0, "w": 7.0, "m": 365.25 / 12, "y": 365.25}

Nations = Annotated[list[str], typer.Argument(metavar="PARTY...", help="Nations, by their codes; one alone: with whomever it trained.")]
Several = Annotated[list[str], typer.Argument(metavar="PARTY...", help="Two nations or more, by their codes.")]
Capability = Annotated[
    list[str] | None, typer.Option("--capability", metavar="NAME", help="A domain, a purpose, or any: whatever it was; may be repeated.")
]
HalfLife = Annotated[str, typer.Option("--half-life", metavar="SPAN", help="In what time half of it has faded, an assumption: 2y, 18m, 90d.")]


@question(without=("strict",))
def interoperability(asked: Asked, nations: Nations, capability: Capability = None, half_life: HalfLife = "2y") -> None:
    """Which capabilities nations have trained together, when last, and how much of it has faded."""
    days = read_span("--half-life", half_life)
    found = TrainingMap(asked.standing(), half_life=days)
    groups = _groups(found, nations)
    chosen = _capabilities(found, capability, groups)
    told = [found.training(group, name) for group in groups for name in chosen]
    together = [found.training(nations, name) for name in chosen] if len({found.nation(code) for code in nations}) > 2 else []
    if asked.as_json:
        print_json({"trained": [mapping.training_to_plain(one) for one in told + together]})
        return
    if len(told) == 1:
        _show_one(told[0])
    else:
        _show_matrix(told, chosen)
    if together:
        _show_matrix(together, chosen)
    _show_legend(told + together, half_life, found, asked.viewer)


@question(without=("strict",))
def gaps(
    asked: Asked,
    nations: Nations,
    every: Annotated[str, typer.Option("--every", metavar="SPAN", help="How often each pair is to train it at least: 2y, 18m, 90d.")] = "2y",
    capability: Capability = None,
    programme: Annotated[
        Path | None,
        typer.Option("--programme", metavar="FILE", help="Write targets for this programme of exercises; its first day is the day asked."),
    ] = None,
    soon: Annotated[int, typer.Option("--soon", metavar="N", help="Targets: within so many slots is trained what was not in time.")] = 4,
    weight: Annotated[int, typer.Option("--weight", metavar="N", help="Targets: what missing one costs.")] = 10,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write the targets here, to be put into the programme's file.")] = None,
) -> None:
    """Which pairs have not trained a capability together in time: never on record, too long ago, or not known."""
    within = int(read_span("--every", every))
    if programme is not None:
        _targets(asked, nations, capability, within, programme, soon, weight, output)
        return
    found = TrainingMap(asked.standing())
    groups = _groups(found, nations)
    listed = training_gaps(found, groups, _capabilities(found, capability, groups), within)
    if asked.as_json:
        print_json({"within": within, "gaps": [mapping.gap_to_plain(one) for one in listed]})
        return
    if not listed:
        print(f"no gap: each pair has trained each capability within {every} before {found.standing.on}")
        return
    show_table(("pair", "capability", "trained in time", "last", "last in", "what it is"), [_gap(one) for one in listed[:MOST_ROWS]])
    if len(listed) > MOST_ROWS:
        show_notes([f"and {len(listed) - MOST_ROWS} more (all with --json)"])
    _show_coverage([one.training for one in listed], found, asked.viewer)


@question(without=("strict",))
def standards(
    asked: Asked,
    nations: Annotated[list[str] | None, typer.Argument(metavar="PARTY...", help="Nations, by their codes (default: the editions alone).")] = None,
    standard: Annotated[str | None, typer.Option("--standard", metavar="NAME", help="Only this one, such as 'STANAG 4586'.")] = None,
    capability: Annotated[str | None, typer.Option("--capability", metavar="NAME", help="Only those that serve it.")] = None,
) -> None:
    """Editions of standards on record; what nations said of them and whether they use them; which of them pairs share."""
    found = Standards(asked.standing())
    editions = [one for one in found.editions(standard) if capability is None or capability in one.capabilities]
    named = list(dict.fromkeys(nations or ()))
    positions = [found.position(nation, edition) for edition in editions for nation in named]
    names = dict.fromkeys(edition.standard for edition in editions)
    shared = [found.shared(a, b, name) for name in names for a, b in itertools.combinations(named, 2)]
    if asked.as_json:
        print_json(
            {
                "editions": [mapping.edition_to_plain(one) for one in editions],
                "positions": [mapping.position_to_plain(one) for one in positions],
                "shared": [mapping.shared_to_plain(one) for one in shared],
            }
        )
        return
    if not editions:
        print("no standard is on record" if capability is None else f"no standard on record serves {capability!r}")
        return
    show_table(
        ("standard", "edition", "title", "promulgated", "status", "serves"),
        [(e.standard, e.edition, e.title, _span(e.promulgated), e.status, ", ".join(sorted(e.capabilities))) for e in editions],
    )
    if positions:
        show_table(("nation", "standard", "edition", "answer", "in use", "by"), [_position(one) for one in positions])
    if shared:
        show_table(("pair", "standard", "shared", "editions", "to bear in mind"), [_shared(one) for one in shared])


@question(without=("strict",))
def held(
    asked: Asked,
    nations: Several,
    cover: Annotated[bool, typer.Option("--cover", help="With the legal basis of each guest to be there: entry and status.")] = False,
    picture: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="A picture of how many by year and capability: .svg or .png.")] = None,
) -> None:
    """The exercises in which all of these nations were, by the day; where, and with --cover on what legal basis."""
    found = TrainingMap(asked.standing())
    listed = found.together(nations)
    covers = list(mapping.held_covers(found, nations)) if cover else []
    if picture is not None:
        _draw(found, nations, picture)
    if asked.as_json:
        plain = [mapping.cover_to_plain(one) for one in covers] if cover else [mapping.exercise_to_plain(one) for one in listed]
        print_json({"exercises": plain})
        return
    if not listed:
        print(f"no exercise of {', '.join(nations)} is on record by {found.standing.on}")
        _show_coverage([found.training(nations)], found, asked.viewer)
        return
    if cover:
        show_table(("start", "exercise", "place", "territory", "who, entry and status"), [_covered(one) for one in covers[-MOST_ROWS:]])
    else:
        rows = [(e.starts, e.activity, e.place, ", ".join(sorted(map(found.called, e.nations)))) for e in listed[-MOST_ROWS:]]
        show_table(("start", "exercise", "place", "who took part"), rows)
    if len(listed) > MOST_ROWS:
        show_notes([f"the last {MOST_ROWS} on record of {len(listed)} (all with --json)"])
    _show_coverage([], found, asked.viewer)


def _covered(one: HeldCover) -> tuple[str, ...]:
    where = one.whereabouts
    hosts = ", ".join(territory or host for host, territory in where.hosts) if where.where == "territory" else where.where
    told = [
        f"{guest.guest} in {guest.host}: " + ("not on record" if (s := guest.stationing) is None else f"{s.entry.verdict}, {s.status.verdict}")
        for guest in one.guests
    ]
    return one.exercise.starts, one.exercise.activity, one.exercise.place, hosts, "; ".join(told) or where.why


def _draw(found: TrainingMap, nations: Sequence[str], picture: Path) -> None:
    if picture.suffix not in (".svg", ".png"):
        raise BadInput(f"{picture.name!r}: a picture is written as .svg or .png")
    try:
        from comity import networks
    except ImportError:
        raise BadInput("pictures need more than the core: install it with: pip install 'comity[research]'") from None
    counts = mapping.yearly(found, nations, mapping.CAPABILITIES)
    below = (
        f"exercises on record that name it, by the year in which they began; {sum(n for (_, c), n in counts.items() if c == ANY_CAPABILITY)} in all"
    )
    drawn = networks.years_picture(counts, (ANY_CAPABILITY, *mapping.CAPABILITIES), f"What {' and '.join(nations)} trained together", below)
    content = networks.to_png(drawn, "white") if picture.suffix == ".png" else networks.to_svg(drawn).encode() + b"\n"
    try:
        picture.write_bytes(content)
    except OSError as problem:
        raise BadInput(f"{str(picture)!r} cannot be written ({problem.strerror or 'no such folder'}); choose another place, or make room") from None


def read_span(option: str, text: str) -> float:
    """The days of a span; a month is a twelfth of a year of 365.25 days."""
    match = re.fullmatch(r"(\d{1,5})([dwmy])", text, re.ASCII)
    if not match or not int(match[1]):
        raise BadInput(f"{option} {text!r}; write a number and d, w, m or y, for instance 2y, 18m or 90d")
    return int(match[1]) * _DAYS[match[2]]


def _groups(found: TrainingMap, nations: Sequence[str]) -> list[tuple[str, str]]:
    if len(nations) == 1:
        return [(nations[0], other) for other in found.partners(nations[0])]
    pairs = [(a, b) for a, b in itertools.combinations(dict.fromkeys(nations), 2) if found.nation(a) != found.nation(b)]
    if not pairs:
        raise BadInput(f"{' and '.join(nations)} are one nation; name another, or one alone for all with whom it trained")
    return pairs


def _capabilities(found: TrainingMap, asked: list[str] | None, groups: Sequence[tuple[str, str]]) -> list[str]:
    """Those that are asked for; else the domains, the purposes, and what else one of the groups has trained."""
    known = [ANY_CAPABILITY, *mapping.CAPABILITIES, *(name for name in found.capabilities if name not in mapping.CAPABILITIES)]
    named = [name if name in known else " ".join(name.split()).casefold() for name in asked or ()]
    if strange := [name for name, read in zip(asked or (), named, strict=True) if read not in known]:
        raise BadInput(f"--capability {strange[0]!r}: nothing on record names it; choose of {', '.join(known)}")
    return list(dict.fromkeys(named or (ANY_CAPABILITY, *mapping.CAPABILITIES, *found.trained_by(groups))))


def _show_one(one: Training) -> None:
    low, high = one.recency
    rows = [
        ("state", _state(one)),
        ("last", _span(one.last)),
        ("first", f"not known before {one.first[1]}" if one.first[0] is None and one.first[1] is not None else _span(one.first)),
        ("on record", ", ".join(_often(kind, *times) for kind, times in one.counts.items()) or "nothing"),
        ("recency", f"{low:.2f}" if round(low, 2) == round(high, 2) else f"{low:.2f} to {high:.2f}"),
        ("the last sure one", _what(one)),
        ("told by", ", ".join(one.acts)),
    ]
    show_table((" with ".join(one.nations), f"{one.capability} on {one.on}"), [row for row in rows if row[1]])


def _often(kind: str, least: int, most: int) -> str:
    """How many of a kind: of exercises, courses, posts, or rows that were given besides."""
    number = str(least) if least == most else f"{least} to {most}"
    return f"{number} {'other' if kind == 'other' else kind if most == 1 else f'{kind}s'}"


def _what(one: Training) -> str:
    """What gives the day of the last: its name, and what it was."""
    if one.kind is None:
        return ""
    return f"{one.what} ({one.kind})" if one.what else f"{one.kind} without a name"


def _state(one: Training) -> str:
    if one.state == "none":
        return "none on record" + ("" if one.since is None else f" since {one.since}; before it the record is not complete")
    return {"trained": "trained", "contested": "contested", "unknown": "not known"}[one.state]


def _show_matrix(told: list[Training], chosen: list[str]) -> None:
    """Rows of nations, columns of capabilities; with one capability and several nations, nations by nations."""
    rows: dict[tuple[str, ...], dict[str, Training]] = {}
    for one in told:
        rows.setdefault(one.nations, {})[one.capability] = one
    if len(chosen) == 1 and len(rows) > 1 and all(len(names) == 2 for names in rows):
        cells = {frozenset(names): cell[chosen[0]] for names, cell in rows.items()}
        names = list(dict.fromkeys(name for pair in rows for name in pair))
        if len(cells) > len(names):
            show_table(("", *names), [(a, *(_cell(cells.get(frozenset((a, b)))) for b in names)) for a in names], title=chosen[0])
            return
    ordered = sorted(rows, key=lambda names: [-cell.recency[0] for cell in rows[names].values()])
    show_table(("", *map(_head, chosen)), [("-".join(names), *(_cell(rows[names][name]) for name in chosen)) for names in ordered[:MOST_ROWS]])
    if len(ordered) > MOST_ROWS:
        show_notes([f"and {len(ordered) - MOST_ROWS} more (all with --json)"])


def _head(name: str) -> str:
    """The name at the head of a column, on two lines if it is long."""
    if len(name) <= WIDEST:
        return name
    first, dash, rest = name.partition("-") if "-" in name else (name[: len(name) // 2], "-", name[len(name) // 2 :])
    return f"{first}{dash}\n{rest}"


def _cell(one: Training | None) -> str:
    if one is None:
        return ""
    last = one.last[0]
    if last is None:
        return {"none": "·", "contested": "!"}.get(one.state, "?")
    shade = next(shade for least, shade in SHADES if one.recency[0] >= least)
    return f"{shade} {last:%Y-%m}{LETTERS.get(one.kind or '', '')}" + ("" if one.complete else "?") + ("!" if one.state == "contested" else "")


def _show_legend(told: list[Training], half_life: str, found: TrainingMap, viewer: str | None) -> None:
    shades = "  ".join(f"{shade} {least:g} and more" for shade, least in ((s, n) for n, s in SHADES))
    show_notes(
        [
            f"left at the least, if half fades in {half_life} (an assumption): {shades}; with the month of the last, at the earliest",
            "·  none on record   ?  not known, or not known whether since   !  contested"
            + ("   c  on a course   p  in a post" if any(one.kind in LETTERS for one in told) else ""),
        ]
    )
    _show_coverage(told, found, viewer)


def _show_coverage(told: Sequence[Training], found: TrainingMap, viewer: str | None) -> None:
    on = found.standing.on
    notes = list[str]()
    if any(not one.complete for one in told):
        notes.append(f"the record is not complete for some of these on {on}: what was trained since its end is not known")
    if any(not one.courses_complete for one in told):
        notes.append(f"the record is not declared complete for courses and posts on {on}: more may have been trained in those than is on record")
    sources = dict.fromkeys(source for one in told for source in one.covered_by)
    notes += [f"what is not on record rests on the silence of: {source}" for source in sources]
    if (left := mapping.acts_without_day(found.standing)) > 0:
        notes.append(f"{left} acts of taking part say nothing of when it was, and are left out")
    if viewer is not None:
        notes.append(f"answered from what {viewer} may see; one who sees more might get another answer")
    show_notes(notes)


def _gap(one: TrainingGap) -> tuple[str, ...]:
    training = one.training
    if one.verdict is Verdict.NO:
        says = f"too long ago: not since {training.last[1]}" if training.last[0] is not None else _state(training)
        says = f"none for sure on record; if at all, not since {training.last[1]}" if training.state == "unknown" else says
    elif one.verdict is Verdict.CONTESTED:
        says = "contested"
    else:
        says = "not known whether since" if training.last[0] is not None else "not known"
    return "-".join(training.nations), training.capability, str(one.verdict), _span(training.last), _what(training), says


def _span(days: tuple[date | None, date | None] | None) -> str:
    """One day, or the earliest and the latest that it can be."""
    if days is None or days == (None, None):
        return ""
    first, last = days
    if first is None:
        return f"by {last} if at all"
    return str(first) if first == last else f"{first} to {last}"


def _position(one: Position) -> tuple[str, ...]:
    answer = f"{one.answer}: {one.reservation}" if one.reservation else one.answer or "none on record"
    return one.nation, one.standard, one.edition, answer, str(one.uses), ", ".join(one.services)


def _shared(one: SharedStandard) -> tuple[str, ...]:
    mind = [f"superseded: {', '.join(one.superseded)}"] if one.superseded else []
    mind += [f"reservations of {', '.join(one.reservations)}"] if one.reservations else []
    return "-".join(one.nations), one.standard, str(one.verdict), ", ".join(one.editions), "; ".join(mind)


def _targets(
    asked: Asked, nations: list[str], capability: list[str] | None, within: int, file: Path, soon: int, weight: int, output: Path | None
) -> None:
    from comity.cli.programme_files import room as planning_room
    from comity.cli.programme_files import text_of, write

    if soon < 1 or weight < 0:
        raise BadInput("--soon and --weight: give 1 slot or more, and a weight of 0 or more")
    room = planning_room()
    calendar = room.read_programme(text_of(file), file.name).calendar
    if calendar.first is None:
        raise BadInput(f"{file.name} does not say on which day slot 0 begins; add first = 2028-01-01 (a day) at its top")
    found = TrainingMap(asked.standing(on=calendar.first))
    groups = _groups(found, nations)
    targets = mapping.training_targets(
        found, groups, _capabilities(found, capability, groups), within,
        slot_of=lambda day: int(calendar.slot_of(day, "a target")), slots=calendar.slots, soon=soon, weight=weight,
    )  # fmt: skip
    text: str = room.targets_text(targets, calendar)
    if output is not None:
        write(output, text)
    if asked.as_json:
        print_json({"targets": text})
        return
    console().print(f"written: {output}" if output is not None else text, soft_wrap=True, markup=False, highlight=False)


def add_to(app: typer.Typer) -> None:
    for name, command in (("interoperability", interoperability), ("gaps", gaps), ("exercises", held), ("standards", standards)):
        app.command(name)(command)
