"""Commands that ask what is allowed: may release, station, supply, transfer, train, overfly; coverage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from comity.book import read_activity
from comity.cli.asking import Asked, question
from comity.cli.rendering import print_json, show, show_reasons, show_table
from comity.labels import is_limited, label_on, read_labels, to_flat
from comity.permissions import Matrix, Permissions, ReleaseQuestion, Stationing, coverage, matrix_to_plain, of_label
from comity.questions import CLAIM, JURISDICTION, OVERFLY, RELEASE, STATION, SUPPLY, TRAIN, TRANSFER, Question, activity_asked
from comity.questions import show as released
from comity.standing import Standing
from comity.terms import Answer, BadInput, ComityError, WouldChange

LARGEST_LABEL = 16_000_000

may = typer.Typer(name="may", no_args_is_help=True, help="What is allowed: release, station, supply, transfer, train, overfly.")

Giver = Annotated[str, typer.Option("--from", metavar="PARTY", help="Who gives, supplies, trains.")]
Taker = Annotated[str, typer.Option("--to", metavar="PARTY", help="Who gets it.")]
Guest = Annotated[str, typer.Option("--from", metavar="PARTY", help="Whose forces, or whose aircraft.")]
Host = Annotated[str, typer.Option("--in", metavar="PARTY", help="On whose territory.")]
Purpose = Annotated[str | None, typer.Option("--purpose", metavar="WORD", help="For what: exercise, training, transit...")]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Each day up to this one (default: the day asked about only).")]
Whole = Annotated[bool, typer.Option("--why", help="The whole tree of reasons, down to every act.")]
Thing = Annotated[list[str] | None, typer.Option("--thing", metavar="WORD", help="With or of what: fuel, ammunition...; may be repeated.")]


@question()
def release(
    asked: Asked,
    giver: Giver,
    taker: Taker,
    level: Annotated[str | None, typer.Option("--level", metavar="LEVEL", help="The classification level, in the policy's own words.")] = None,
    label: Annotated[
        Path | None, typer.Option("--label", metavar="FILE", help="Instead of a level and marks: the file of a label, as it counts on the day.")
    ] = None,
    policy: Annotated[str | None, typer.Option("--policy", metavar="POLICY", help="Whose marking it is (default: the giver's own).")] = None,
    category: Annotated[list[str] | None, typer.Option("--category", metavar="NAME", help="A special category; may be repeated.")] = None,
    caveat: Annotated[list[str] | None, typer.Option("--caveat", metavar="NAME", help="A caveat; may be repeated.")] = None,
    rel: Annotated[str | None, typer.Option("--rel", metavar="X,Y", help="Releasable to these only: parties or organisations.")] = None,
    originator: Annotated[str | None, typer.Option("--originator", metavar="PARTY", help="Who originated it (default: whose policy it is).")] = None,
    purpose: Purpose = None,
    item: Annotated[str | None, typer.Option("--item", metavar="NAME", help="The item, where a consent is for one only.")] = None,
    whole: Whole = False,
) -> None:
    """May information be given?"""
    marked = (level, policy, category, caveat, rel, originator)
    if (label is None) == (level is None) or (label is not None and any(marked)):
        raise BadInput("say how it is marked: either --level, with --policy, --category, --caveat, --rel and --originator, or --label FILE alone")
    if label is None:
        asked.tell(
            RELEASE, _shown(whole), giver=giver, taker=taker, level=level or "", policy=policy, category=tuple(category or ()),
            caveat=tuple(caveat or ()), rel=rel, originator=originator, purpose=purpose, item=item,
        )  # fmt: skip
        return
    standing = asked.standing()
    answer = released(Permissions(standing).release(_of_file(label, standing, (giver, taker), (purpose, item))), standing.viewer)
    print_json(RELEASE.plain(answer)) if asked.as_json else show(answer, brief=not whole)


def _shown(whole: bool) -> Callable[[Answer, Standing], None]:
    return lambda answer, standing: show(answer, brief=not whole)


def _of_file(file: Path, standing: Standing, pair: tuple[str, str], more: tuple[str | None, str | None]) -> ReleaseQuestion:
    """The question about what bears the label in the file, as it counts on the day by its succession.

    An originator that is no party on record (a mail address, say) stands for the owner of the policy; no Releasable To: not limited.
    """
    if file.stat().st_size > LARGEST_LABEL:
        raise BadInput(f"{file.name}: a label of more than {LARGEST_LABEL // 1_000_000} MB; give the file of one label")
    labels = read_labels(file.read_bytes(), file.name).labels
    if not labels:
        raise BadInput(f"{file.name}: no label in it; give a file with one (look with: comity label show)")
    label = label_on(labels[0], standing.on)
    asking = of_label(to_flat(label), *pair, *more)
    known = asking.originator in standing.record.register.parties
    return replace(asking, originator=asking.originator if known else None, limited=asking.limited and is_limited(label))


@question()
def station(
    asked: Asked,
    guest: Guest,
    host: Host,
    purpose: Purpose = None,
    territory: Annotated[str | None, typer.Option("--for", metavar="TERRITORY", help="On this territory of the host.")] = None,
    until: Until = None,
    thing: Thing = None,
    whole: Whole = False,
) -> None:
    """May forces be there? Two answers, entry and status, and what follows for them."""

    def shown(found: Stationing, standing: Standing) -> None:
        show(found.entry, brief=not whole)
        show(found.status, brief=not whole)
        show_reasons("What follows", found.consequences)

    things = tuple(thing or ())
    asked.tell(STATION, shown, guest=guest, host=host, purpose=purpose, territory=territory, until=until, thing=things)


@question()
def supply(asked: Asked, doer: Giver, other: Taker, purpose: Purpose = None, until: Until = None, thing: Thing = None, whole: Whole = False) -> None:
    """May one supply another?"""
    _put(asked, SUPPLY, doer, other, purpose, until, thing, whole)


@question()
def transfer(
    asked: Asked, doer: Giver, other: Taker, purpose: Purpose = None, until: Until = None, thing: Thing = None, whole: Whole = False
) -> None:
    """May technology be transferred?"""
    _put(asked, TRANSFER, doer, other, purpose, until, thing, whole)


@question()
def train(asked: Asked, doer: Giver, other: Taker, purpose: Purpose = None, until: Until = None, thing: Thing = None, whole: Whole = False) -> None:
    """May one train another?"""
    _put(asked, TRAIN, doer, other, purpose, until, thing, whole)


@question()
def overfly(
    asked: Asked,
    doer: Guest,
    other: Annotated[str, typer.Option("--over", metavar="PARTY", help="Over whose territory.")],
    purpose: Purpose = None,
    until: Until = None,
    thing: Thing = None,
    whole: Whole = False,
) -> None:
    """May one fly over another?"""
    _put(asked, OVERFLY, doer, other, purpose, until, thing, whole)


def _put(
    asked: Asked, asking: Question[..., Answer], doer: str, other: str, purpose: str | None, until: str | None, thing: list[str] | None, whole: bool
) -> None:
    things = tuple(thing or ())

    def shown(answer: Answer, standing: Standing) -> None:
        show(answer, brief=not whole)
        activity = activity_asked(asking.name.removeprefix("may "), doer, other, purpose, until, things)
        show_reasons("What follows", Permissions(standing).consequences(activity))

    asked.tell(asking, shown, doer=doer, other=other, purpose=purpose, until=until, thing=things)


@question(without=("on",))
def cover(asked: Asked, file: Annotated[Path, typer.Argument(metavar="ACTIVITY.toml", help="The activity: docs/reference/activities.md.")]) -> None:
    """Every legal basis that an activity needs, and for each gap the least that would close it."""
    activity = read_activity(file)
    try:
        matrix = coverage(activity, asked.standing(on=activity.from_))
    except ComityError as problem:
        raise BadInput(f"{file.name}: {problem}") from None
    if asked.as_json:
        print_json(matrix_to_plain(matrix))
    else:
        show_matrix(matrix)


def show_matrix(matrix: Matrix) -> None:
    """Print each basis that an activity needs, as a row."""
    rows = [
        (
            need.what, need.by, need.towards, need.answer.verdict, _rests_on(need.answer.versions),
            ", ".join(left.what for left in need.answer.provided), "; ".join(map(_told, need.answer.would_change)),
        )
        for need in matrix.needs
    ]  # fmt: skip
    show_table(("needs", "by", "towards", "answer", "rests on", "provided", "the least that would close it"), rows)


def _rests_on(versions: tuple[str, ...]) -> str:
    return ", ".join(sorted({version.split()[0] for version in versions if not version.startswith("law of treaties")}))


def _told(change: WouldChange) -> str:
    on = f" ({change.on})" if change.on else ""
    return f"{change.act} by {change.by}{on}"


@question()
def jurisdiction(
    asked: Asked,
    sending: Guest,
    host: Host,
    person: Annotated[str, typer.Option("--person", metavar="WHO", help="force, civilian or dependent.")] = "force",
    punishable: Annotated[str, typer.Option("--punishable", metavar="BY", help="Whose law punishes it: sending, host or both.")] = "both",
    military_law: Annotated[bool, typer.Option("--military-law", help="A civilian or dependent under the sending state's military law.")] = False,
    of_host: Annotated[bool, typer.Option("--of-host", help="A national of the host, or ordinarily resident there.")] = False,
    against_own: Annotated[bool, typer.Option("--against-own", help="Solely against the sending state, its people or their dependents.")] = False,
    on_duty: Annotated[bool, typer.Option("--on-duty", help="Done in performance of official duty.")] = False,
) -> None:
    """Who may try an offence of a visiting force, and who goes first? (NATO SOFA, article VII)"""
    asked.tell(
        JURISDICTION, _shown(False), sending=sending, host=host, person=person, punishable=punishable, military_law=military_law, of_host=of_host,
        against_own=against_own, on_duty=on_duty,
    )  # fmt: skip


@question()
def claim(
    asked: Asked,
    sending: Annotated[str, typer.Option("--from", metavar="X,Y", help="The sending states responsible.")],
    host: Host,
    host_responsible: Annotated[bool, typer.Option("--host-responsible", help="The host is responsible too.")] = False,
    unattributable: Annotated[bool, typer.Option("--unattributable", help="It can't be told whose services caused it.")] = False,
    off_duty: Annotated[bool, typer.Option("--off-duty", help="It was not done in performance of official duty.")] = False,
) -> None:
    """Who pays which part of a third party's claim against visiting forces? (NATO SOFA, article VIII)"""
    asked.tell(
        CLAIM, lambda found, standing: show(found[0], brief=True), sending=sending, host=host, host_responsible=host_responsible,
        unattributable=unattributable, off_duty=off_duty,
    )  # fmt: skip


for command in (release, station, supply, transfer, train, overfly):
    may.command(command.__name__)(command)


def add_to(app: typer.Typer) -> None:
    app.add_typer(may)
    app.command("coverage")(cover)
    app.command("jurisdiction")(jurisdiction)
    app.command("claim")(claim)
