"""Commands about one exercise, from its design to its conduct: begin it, see where it stands, check it, cover it, notify it.

comity exercise show examples/brigade-exercise.toml --on 2028-01-15
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from comity import exercises
from comity.book import DesignRead, read_design, row_of, write_rows
from comity.cli import exercise_events, exercise_lessons
from comity.cli.asking import Asked, opened, question
from comity.cli.exercise_timelines import drawn
from comity.cli.permissions import show_matrix
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.exercises import Design, DesignDay, Life, Notice, Notices, StepState, StepStatus
from comity.permissions import Matrix, Need, matrix_to_plain
from comity.questions import show as released
from comity.standing import Standing
from comity.terms import BadInput, Broken, ComityError, Verdict, parse_moment

File = Annotated[Path, typer.Argument(metavar="FILE", help="The exercise's design: docs/reference/exercise-format.md.")]
group = typer.Typer(name="exercise", no_args_is_help=True, help="One exercise: designed, checked, covered, notified; where it stands.")


def new(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to be written; one that is there is not written over.")],
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What the exercise is called.")] = "A new exercise",
    host: Annotated[str, typer.Option("--host", metavar="PARTY", help="On whose territory it is held.")] = "",
    from_: Annotated[str, typer.Option("--from", metavar="DAY", help="Its first day; part of one will do, such as 2028-06.")] = "",
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Its last day (default: the same).")] = None,
    process: Annotated[str, typer.Option("--process", metavar="NAME", help="What it goes through: nato, bilateral or admm-plus.")] = "nato",
) -> None:
    """Begin an exercise: a file with all that a design can say, what is needed filled in."""
    if not host or not from_:
        raise BadInput(f"say {'on whose territory it is held, with --host PARTY' if not host else 'when it begins, with --from DAY (or 2028-06)'}")
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in title + host):
        raise BadInput("a title and a host are written on one line, without control characters")
    opened(context).record.party(host)
    start = parse_moment(from_)
    text = exercises.design_text(exercises.process_of(process), title, host, start, start if until is None else parse_moment(until))
    try:
        with file.open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError:
        raise BadInput(f"{str(file)!r} is there already, and is not written over; choose another name") from None
    except OSError as wrong:
        raise BadInput(f"{str(file)!r} cannot be written ({wrong.strerror}); choose another place") from None
    console().print(f"written: {file}; fill it in, then: comity exercise check {file}", soft_wrap=True, markup=False)


@question()
def show(asked: Asked, file: File) -> None:
    """Where an exercise stands: its stage, what is done by which act, what is missing and whose it is; its days; who takes part; its legal basis."""
    read, standing = read_design(file), asked.standing()
    design = read.design
    life = exercises.life_of(design, exercises.process_of(design.process), standing)
    notices = _notices(design, standing)
    matrix, problem = _covered_or_not(design, standing, file)
    if asked.as_json:
        days = [exercises.day_to_plain(day) for day in exercises.days_of(design, notices)]
        print_json(
            {
                "exercise": exercises.design_to_plain(design),
                "life": exercises.life_to_plain(life, read.sha256),
                "days": days,
                "unsure": list(exercises.unsure_days(design)),
                "coverage": str(Verdict.UNKNOWN if matrix is None else matrix.verdict),
                "not_asked": problem,
                "gaps": [{"what": need.what, "by": need.by, "towards": need.towards, "verdict": str(need.answer.verdict)} for need in _gaps(matrix)],
            }
        )
        return
    _show_head(design, life, read)
    _show_steps(life)
    _show_days(exercises.days_of(design, notices), standing)
    _show_who(design)
    show_notes(exercises.unsure_days(design))
    _show_coverage(matrix, problem, file)
    _show_flaws(design, standing, file)


@question(without=("on",))
def check(asked: Asked, file: File) -> None:
    """Does a design keep every rule: days, forces, audiences, conferences, documents, costs, host support, observers? Exit 1 if not."""
    design, standing = read_design(file).design, asked.standing()
    flaws = _flaws(design, standing)
    if asked.as_json:
        print_json({"ok": not flaws, "flaws": [exercises.flaw_to_plain(flaw) for flaw in flaws]})
    elif flaws:
        show_table(("rule", "where", "what is wrong"), [_flaw(flaw) for flaw in flaws])
    else:
        console().print(f"all {len(exercises.DESIGN_RULES)} rules are kept", soft_wrap=True)
        show_notes(exercises.unsure_days(design))
    if flaws:
        raise typer.Exit(1)


def _flaws(design: Design, standing: Standing) -> tuple[Broken, ...]:
    return exercises.check_design(design, exercises.process_of(design.process), exercises.known_of(design, standing))


def _show_flaws(design: Design, standing: Standing, file: Path) -> None:
    if flaws := _flaws(design, standing):
        rules = ", ".join(dict.fromkeys(flaw.rule for flaw in flaws))
        console().print(f"the design breaks rules ({rules}), on which this may rest: comity exercise check {file}", soft_wrap=True, markup=False)


def _flaw(flaw: Broken) -> tuple[str, ...]:
    return flaw.rule, flaw.where, flaw.says


@question(without=("on",))
def coverage(asked: Asked, file: File) -> None:
    """Every legal basis that the exercise needs, for each guest on its own days, and for each gap the least that would close it."""
    design = read_design(file).design
    matrix = _covered(design, asked.standing(on=design.from_.first), file)
    if asked.as_json:
        print_json(matrix_to_plain(matrix))
        return
    show_matrix(matrix)
    show_notes(f"{one}; every day on which it can be is asked for" for one in exercises.unsure_days(design))


@question()
def notify(
    asked: Asked,
    file: File,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Write the acts to be recorded here, as CSV.")] = None,
    letter: Annotated[Path | None, typer.Option("--letter", metavar="FILE", help="Write the notices as letters here, as Markdown.")] = None,
    ics: Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="Write all days of the exercise here, as iCalendar.")] = None,
) -> None:
    """What has to be notified of an exercise, by whom, by when; observers to be invited; limits of number and size. With drafts of all of it."""
    design, standing = read_design(file).design, asked.standing()
    notices = _notices(design, standing)
    days = exercises.days_of(design, notices)
    entries = exercises.drafts(notices, standing.on)
    if output is not None:
        _write(output, write_rows([row_of(entry, None, recorded=False) for entry in entries]))
    if letter is not None:
        _write(letter, "\n".join(exercises.letter_text(exercises.letter_of(one, design)) for one in notices.owed))
    if ics is not None:
        _write(ics, exercises.calendar_of(design, days, datetime.now(UTC)).decode("utf-8"))
    if asked.as_json:
        print_json({"activity": design.id, "on": standing.on.isoformat(), **exercises.notices_to_plain(notices)})
        return
    _show_notices(design, notices)
    _show_flaws(design, standing, file)
    for path, what in ((output, _so_many(len(entries), "act")), (letter, _so_many(len(notices.owed), "letter")), (ics, _counted(days))):
        if path is not None:
            console().print(f"written: {path} ({what})", soft_wrap=True, markup=False)


def _notices(design: Design, standing: Standing) -> Notices:
    """The notices, as far as the viewer gets to see them."""
    standing.record.party(design.host)
    found = exercises.notices_of(design, standing)
    return replace(found, owed=tuple(replace(one, row=released(one.row, standing.viewer)) for one in found.owed))


def _covered(design: Design, standing: Standing, file: Path) -> Matrix:
    try:
        return exercises.coverage_of(design, standing)
    except ComityError as problem:
        raise BadInput(f"{file.name}: {problem}") from None


def _covered_or_not(design: Design, standing: Standing, file: Path) -> tuple[Matrix | None, str | None]:
    """The coverage; where it cannot be asked for, as a level is on no ladder, say: why not."""
    try:
        return _covered(design, standing, file), None
    except BadInput as problem:
        return None, str(problem)


def _gaps(matrix: Matrix | None) -> list[Need]:
    return [need for need in (() if matrix is None else matrix.needs) if need.answer.verdict is not Verdict.YES]


def _show_head(design: Design, life: Life, read: DesignRead) -> None:
    out = console()
    out.print(
        f"[bold]{escape(design.title)}[/]  {escape(design.id)}: {design.form}, in {escape(design.host)}, {design.from_} to {design.until}",
        soft_wrap=True,
    )
    stands = "every stage is passed" if life.stands is None else f"stands in stage {life.stands.number}, {life.stands.title.casefold()}"
    out.print(f"{stands} (on {life.on}; {escape(exercises.process_of(design.process).title)})", soft_wrap=True)
    if not life.versions:
        out.print("its design is not on record", soft_wrap=True)
    else:
        act, last = life.versions[-1]
        same = (
            "this file" if last == read.sha256 else "an older version of this file" if any(v == read.sha256 for _, v in life.versions) else "another"
        )
        out.print(f"design on record: {len(life.versions)}; the last is {same} ({escape(act.ref)})", soft_wrap=True)


def _show_steps(life: Life) -> None:
    rows = [
        (f"{stage.number} {stage.title}", one.step.what, str(one.state), one.by or "anyone", one.due or "", ", ".join(act.ref for act in one.acts))
        for stage, steps in life.stages
        for one in steps
    ]
    show_table(("stage", "what its gate asks for", "state", "whose", "due", "act"), rows)
    if life.missing:
        title = "" if life.stands is None else life.stands.title.casefold()
        console().print(f"missing for the gate of {title}: {'; '.join(map(_missing, life.missing))}", soft_wrap=True, markup=False)
    behind = [one for _, steps in life.stages for one in steps if one.state is StepState.NOT_ON_RECORD and one not in life.missing]
    if behind:
        console().print(f"their day has passed, and no act is on record: {'; '.join(map(_missing, behind))}", soft_wrap=True, markup=False)
    memory = sorted({one.step.id for _, steps in life.stages for one in steps if one.step.read == "memory"})
    show_notes([f"read from memory, not yet verified: {', '.join(memory)}"] if memory else [])


def _missing(one: StepStatus) -> str:
    return f"{one.step.what} ({one.state}{f', due {one.due}' if one.due else ''}{f', by {one.by}' if one.by else ''})"


def _show_days(days: Iterable[DesignDay], standing: Standing) -> None:
    for line in drawn(list(days), standing.on):
        console().print(line, soft_wrap=True, markup=False, no_wrap=True)


def _show_who(design: Design) -> None:
    rows = [
        (
            one.nation, one.from_ or design.from_, one.until or design.until,
            "; ".join(f"{force.unit}{'' if force.persons is None else f' ({force.persons:,})'}" for force in one.force),
            ", ".join(dict.fromkeys([*one.brings, *(thing for force in one.force for thing in force.brings)])),
        )
        for one in design.participant
    ]  # fmt: skip
    show_table(("who", "from", "until", "forces", "brings"), rows)
    if design.objective:
        titles = {one.id: f"{one.title} ({one.nation})" for one in design.audience}
        goals = [(one.id, one.text, one.capability, "; ".join(titles.get(name, name) for name in one.audience)) for one in design.objective]
        show_table(("objective", "", "capability", "who trains it"), goals)


def _show_coverage(matrix: Matrix | None, problem: str | None, file: Path) -> None:
    if matrix is None:
        console().print(f"coverage: unknown; it cannot be asked for: {problem}", soft_wrap=True, markup=False)
        return
    gaps = _gaps(matrix)
    told = "every legal basis is there" if not gaps else f"{len(gaps)} of {len(matrix.needs)} legal bases are not surely there"
    console().print(f"coverage: {matrix.verdict}; {told}; all of them: comity exercise coverage {file}", soft_wrap=True, markup=False)


def _show_notices(design: Design, notices: Notices) -> None:
    if not notices.owed:
        console().print(f"no agreement on record asks for a notice of {design.id} as it is designed", soft_wrap=True, markup=False)
    show_table(("last day", "who", "what", "to", "state", "under", "because"), [_owed(one) for one in notices.owed])
    if notices.limits:
        rows = [
            (one.constraint.says, str(one.state), f"{one.surely} of {one.constraint.most}", _memory(one.constraint.read)) for one in notices.limits
        ]
        show_table(("limit of number and size", "", "with it", ""), rows)
    says = [note for one in notices.owed for note in (*one.row.notes, *one.missing)]
    show_notes(dict.fromkeys([*notices.notes, *says]))


def _owed(one: Notice) -> tuple[str, ...]:
    row = one.row
    day = "" if row.due is None else f"{row.due}" if one.latest in (None, row.due) else f"{row.due} to {one.latest}"
    reasons = [reason.says for reason in row.because if reason.rule == "threshold" or not reason.holds]
    return (
        day, row.owed_by or "together", row.what, ", ".join(row.owed_to) or "all", str(row.state),
        f"{row.agreement} {row.article} {_memory(row.read)}", "; ".join(reasons),
    )  # fmt: skip


def _memory(read: str) -> str:
    return "(from memory)" if read == "memory" else ""


def _so_many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _counted(days: Iterable[DesignDay]) -> str:
    sure = [day.certain for day in days]
    return _so_many(sum(sure), "day") + (f"; left out, as not sure yet: {len(sure) - sum(sure)}" if not all(sure) else "")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as wrong:
        raise BadInput(f"{str(path)!r} cannot be written ({wrong.strerror}); choose another place, or make room") from None


def add_to(app: typer.Typer) -> None:
    for command in (new, show, check, coverage, notify):
        group.command(command.__name__)(command)
    exercise_events.add_commands(group)
    exercise_lessons.add_commands(group)
    app.add_typer(group)
