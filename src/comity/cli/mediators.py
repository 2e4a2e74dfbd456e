"""The command that asks who might mediate between two states: a ranked list, one candidate in full, or JSON.

comity mediators EGY ISR --on 1978-09-01
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from comity.cli.asking import Asked, question
from comity.cli.rendering import COLOURS, console, print_json, show_notes, show_table
from comity.cli.shelves import shelf_of
from comity.terms import BadInput, Verdict

if TYPE_CHECKING:
    from comity.mediators import Bar, MediatorCandidate, Mediators


@question()
def mediators(
    asked: Asked,
    a: Annotated[str, typer.Argument(metavar="PARTY", help="One side: a state by its code.")],
    b: Annotated[str, typer.Argument(metavar="PARTY", help="The other side.")],
    folder: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="Take the tables' files from here or below (default: the store of comity sources).")
    ] = None,
    top: Annotated[int, typer.Option("--top", metavar="N", help="Show so many of each group; 0 shows all.")] = 15,
    candidate: Annotated[
        list[str] | None, typer.Option("--candidate", metavar="PARTY", help="Tell everything about this one; may be repeated.")
    ] = None,
    bars: Annotated[str | None, typer.Option("--bars", metavar="NAMES", help="Look at these bars alone; commas between.")] = None,
    order: Annotated[str | None, typer.Option("--order", metavar="NAMES", help="Compare by these merits, in this order; commas between.")] = None,
    obligations: Annotated[
        str | None, typer.Option("--obligations", metavar="NAMES", help="Promises that make an alliance (default: defence,offence).")
    ] = None,
    years: Annotated[int, typer.Option("--years", metavar="N", help="Look so many years back for disputes.")] = 10,
    share: Annotated[float, typer.Option("--share", metavar="X", help="Share of listed arms that makes one depend on the other, up to 1.")] = 0.5,
    arms_years: Annotated[int, typer.Option("--arms-years", metavar="N", help="Calendar years over which arms are summed up.")] = 5,
    troops: Annotated[int, typer.Option("--troops", metavar="N", help="Soldiers stationed from which on they count.")] = 1000,
    carry: Annotated[bool, typer.Option("--carry", help="After a table's end, presume that what it said last goes on.")] = False,
) -> None:
    """Who might mediate between two states: what stands in whose way, what speaks for whom, what is unknown; ranked."""
    room = _room()
    if top < 0:
        raise BadInput(f"--top {top}; write how many to show, or 0 for all")
    rules = room.MediatorRules(
        bars=room.BARS if bars is None else _names(bars),
        order=room.MERITS if order is None else _names(order),
        obligations=room.MediatorRules().obligations if obligations is None else _names(obligations),
        years=years, share=share, arms_years=arms_years, troops=troops, carry=carry,
    )  # fmt: skip
    with shelf_of(folder) as shelf:
        found = room.mediators(asked.standing(), a, b, shelf, rules)
    if candidate:
        found = replace(found, candidates=_chosen(found, candidate))
    if asked.as_json:
        print_json(room.mediators_to_plain(found))
    elif candidate:
        _show_in_full(found)
    else:
        _show(found, top or len(found.candidates))


def _room() -> ModuleType:
    """The room, on a machine that has what tables need."""
    try:
        import comity.mediators
    except ImportError:
        raise BadInput("mediators are ranked with more than the core: install it with: pip install 'comity[research]'") from None
    return comity.mediators


def _names(text: str) -> tuple[str, ...]:
    """Names with commas between."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _show(found: Mediators, top: int) -> None:
    out = console()
    groups = {verdict: [one for one in found.candidates if one.barred is verdict] for verdict in (Verdict.NO, Verdict.UNKNOWN, Verdict.YES)}
    free, open_, barred = groups.values()
    counts = f"{len(free)} with no bar, {len(open_)} that may be barred, {len(barred)} barred"
    out.print(f"[bold]between {escape(' and '.join(found.sides))}[/] on {found.on}: {counts}")
    if free:
        show_table(("rank", "", "", "what speaks for it"), [(_ranks(one), one.party, one.name, _merits(one)) for one in free[:top]])
        _show_more(len(free) - top)
    if open_:
        out.print(f"[{COLOURS[Verdict.UNKNOWN]}]may be barred[/]: not known whether something stands in the way")
        show_table(("rank", "", "", "unknown"), [(_ranks(one), one.party, one.name, _bars(one, Verdict.UNKNOWN)) for one in open_[:top]])
        _show_more(len(open_) - top)
    if barred:
        out.print(f"[{COLOURS[Verdict.YES]}]barred[/]")
        show_table(("", "", "by"), [(one.party, one.name, _bars(one, Verdict.YES)) for one in barred[:top]])
        _show_more(len(barred) - top)
    out.print(f"  [dim]not looked at: {escape('; '.join(found.not_looked_at))}[/]")
    show_notes(found.notes)


def _show_more(count: int) -> None:
    if count > 0:
        console().print(f"[dim]and {count} more (--top 0 shows all; --candidate PARTY tells everything about one)[/]")


def _ranks(one: MediatorCandidate) -> str:
    return f"{one.best}" if one.best == one.worst else f"{one.best} to {one.worst}"


def _merits(one: MediatorCandidate) -> str:
    told = [
        f"{fact.says} ({fact.source})"
        for merit in one.merits
        if merit.value and merit.name != "votes"
        for fact in merit.facts
        if fact.verdict is Verdict.YES
    ]
    votes = one.merit("votes").value
    return "; ".join([*told, "votes unknown" if votes is None else f"at most {votes:.2f} from either in votes"])


def _bars(one: MediatorCandidate, verdict: Verdict) -> str:
    """Each bar with what makes it so; of one that is unknown its name, and what is known of it."""
    told = list[str]()
    for bar in (bar for bar in one.bars if bar.verdict is verdict):
        facts = "; ".join(dict.fromkeys(f"{fact.says} ({fact.source})" for fact in bar.facts if fact.verdict is Verdict.YES))
        told.append(facts if verdict is Verdict.YES else f"{bar.name}: {facts}" if facts else bar.name)
    return "; ".join(told)


def _chosen(found: Mediators, codes: Sequence[str]) -> tuple[MediatorCandidate, ...]:
    by_code = {one.party: one for one in found.candidates}
    for code in codes:
        if code not in by_code:
            why = "it is one of the sides" if code in found.sides else f"no such state exists on {found.on}"
            raise BadInput(f"--candidate {code}: {why}; list the candidates with --top 0")
    return tuple(by_code[code] for code in dict.fromkeys(codes))


def _show_in_full(found: Mediators) -> None:
    for one in found.candidates:
        _show_one(one, found)
    console().print(f"  [dim]not looked at: {escape('; '.join(found.not_looked_at))}[/]")
    show_notes(found.notes)


def _show_one(one: MediatorCandidate, found: Mediators) -> None:
    out = console()
    stands = {
        Verdict.YES: "barred", Verdict.NO: f"no bar; rank {_ranks(one)}", Verdict.UNKNOWN: f"may be barred; else rank {_ranks(one)}",
    }[one.barred]  # fmt: skip
    out.print(f"[bold]{escape(one.party)}[/] {escape(one.name)} between {escape(' and '.join(found.sides))} on {found.on}: {stands}")
    for bar in one.bars:
        out.print(f"  [{COLOURS[_good(bar.verdict)]}]{bar.verdict}[/]  bar: {bar.name}{_alike(bar)}")
        for fact in bar.facts:
            as_of = f", as of {fact.as_of}" if fact.as_of is not None else ""
            out.print(f"       {fact.verdict}: {escape(fact.says)} [dim]({escape(fact.source)}{as_of})[/]")
    for merit in one.merits:
        value = "unknown" if merit.value is None else f"{merit.value:.2f}" if merit.name == "votes" else "shown" if merit.value else "not shown"
        out.print(f"  merit: {merit.name}: {value}")
        for fact in merit.facts:
            out.print(f"       {fact.verdict}: {escape(fact.says)} [dim]({escape(fact.source)})[/]")


def _alike(bar: Bar) -> str:
    """What is no bar though it holds: it holds towards both."""
    return " (towards both alike)" if bar.verdict is Verdict.NO and Verdict.YES in bar.towards else ""


def _good(bar: Verdict) -> Verdict:
    """The colour of a bar: red where it stands in the way."""
    return {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES}.get(bar, bar)


def add_to(app: typer.Typer) -> None:
    app.command("mediators")(mediators)
