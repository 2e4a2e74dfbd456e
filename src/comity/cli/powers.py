"""The command that asks how much each one's vote can do under a rule, and what a change of rule or membership would do.

comity power un-charter/security-council --on 2020-01-01
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from comity.agreements.decision_rules import DecisionRule
from comity.book import read_tried_rule
from comity.cli.asking import Asked, question, read_day
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.power import (
    Coalitions,
    Pattern,
    Power,
    PowerChange,
    PowerCompared,
    blocking_coalitions,
    coalitions_to_plain,
    compare_power,
    compared_to_plain,
    power_of,
    power_to_plain,
    winning_coalitions,
)
from comity.terms import BadInput, NotOnRecord
from comity.votes import Voter, notes_on, result_of, roll, rule_named, voters_of

MOST = 10
"""So many codes stand in a line; the rest are counted."""
BINARY = "who does not vote yes is counted as voting no: abstaining and staying away are not told apart from it"


@dataclass(frozen=True, slots=True)
class Body:
    """A rule with who votes under it, the tables that it counts by, and what to bear in mind of it."""

    name: str
    rule: DecisionRule
    voters: tuple[Voter, ...]
    tables: tuple[str, ...]
    notes: tuple[str, ...]


@question(without=("strict",))
def power(
    asked: Asked,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="AGREEMENT/RULE, such as un-charter/security-council; or the file of a rule (.toml).")],
    without: Annotated[list[str] | None, typer.Option("--without", metavar="CODES", help="Beside it: as if these were no members.")] = None,
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="CODE", help="Beside it: as if this were a member; CODE:TABLE=NUMBER gives it a weight. May be given again."),
    ] = None,
    than: Annotated[str | None, typer.Option("--than", metavar="RULE", help="Beside it: another rule, or its file.")] = None,
    than_on: Annotated[str | None, typer.Option("--than-on", metavar="DAY", help="Beside it: on this day.")] = None,
    listed: Annotated[int, typer.Option("--list", metavar="N", help="How many coalitions are listed.")] = 6,
) -> None:
    """How much can each one's vote do under a rule; which coalitions carry and which stop a proposal; what would a change do?"""
    if not 0 <= listed <= 10_000:
        raise BadInput(f"--list {listed}; give from 0 to 10000")
    first = _body(asked, rule, asked.on, "--on")
    if without or with_ or than is not None or than_on is not None:
        other = _body(asked, than or rule, than_on or asked.on, "--than-on" if than_on else "--on")
        _compare(asked, first, _changed(other, without or (), with_ or ()))
    else:
        _tell(asked, first, listed)


def _body(asked: Asked, name: str, day: str | None, option: str) -> Body:
    if name.endswith(".toml") or Path(name).is_file():
        found = read_tried_rule(Path(name))
        tables = dict.fromkeys(share.count for _, share in found.shares() if share.count != "members")
        return Body(found.title, found.rule, tuple(found.voters), tuple(tables), ())
    standing = asked.standing(on=read_day(option, day))
    on_record = roll(standing, rule_named(standing, name))
    voters = tuple(voters_of(on_record))
    for table in on_record.counts:
        lacking = [voter.code for voter in voters if table not in voter.weights]
        if lacking:
            whom = "no table" if len(lacking) == len(voters) else f"nothing for {_some(lacking)}"
            raise NotOnRecord(f"{name} counts {table}, of which the record has {whom} on {standing.on}; ask with another day, or give a file")
    result = result_of(on_record, {})
    notes = list(notes_on(result))
    if result.doubts:
        notes.append(f"{', '.join(result.doubts)}: measured here as members with a vote")
    voteless = [voter.code for voter in voters if not voter.has_vote]
    if voteless:
        notes.append(f"without a vote: {', '.join(voteless)}")
    return Body(f"{name} on {standing.on}", on_record.rule, voters, on_record.counts, tuple(notes))


def _changed(body: Body, without: Sequence[str], with_: Sequence[str]) -> Body:
    voters = list(body.voters)
    for code in (code.strip() for text in without for code in text.split(",")):
        if all(voter.code != code for voter in voters):
            raise BadInput(f"--without {code}: not a member under {body.name}; its members are {_some([voter.code for voter in voters])}")
        voters = [voter for voter in voters if voter.code != code]
    for text in with_:
        code, _, weighs = text.partition(":")
        code = code.strip()
        if not code or any(voter.code == code for voter in voters):
            raise BadInput(f"--with {text}: {'is a member already' if code else 'names nobody'}; write CODE, or CODE:TABLE=NUMBER,TABLE=NUMBER")
        weights = dict(_weight(text, part) for part in weighs.split(",") if part.strip())
        if lacking := [table for table in body.tables if table not in weights]:
            raise BadInput(f"--with {text}: the rule counts {lacking[0]}; write --with {code}:{lacking[0]}=NUMBER")
        voters.append(Voter(code, weights))
    names = [f"without {', '.join(without)}"] if without else []
    names += [f"with {', '.join(text.partition(':')[0] for text in with_)}"] if with_ else []
    return replace(body, name=" ".join([body.name, *names]), voters=tuple(voters))


def _weight(text: str, part: str) -> tuple[str, int]:
    table, _, number = part.partition("=")
    if not table.strip() or not number.strip().isdecimal():
        raise BadInput(f"--with {text}: {part!r} gives no weight; write TABLE=NUMBER, for instance population=41000000")
    return table.strip(), int(number)


def _tell(asked: Asked, body: Body, listed: int) -> None:
    found = power_of(body.rule, body.voters)
    carrying, stopping = (some(body.rule, body.voters, most=listed) for some in (winning_coalitions, blocking_coalitions))
    if asked.as_json:
        print_json(
            {
                "rule": body.name,
                **power_to_plain(found),
                "winning": coalitions_to_plain(carrying),
                "blocking": coalitions_to_plain(stopping),
                "notes": [*body.notes, BINARY],
            }
        )
        return
    out = console()
    out.print(f"{body.name}: {len(found.members)} votes; {_of_all(found.acts)} of all ways to vote pass", soft_wrap=True, markup=False)
    show_table(("members", "Banzhaf", "share of power", "Shapley-Shubik", "prevents", "initiates"), _rows(found))
    _say("carries", carrying)
    _say("stops", stopping)
    show_notes([*body.notes, BINARY])


def _compare(asked: Asked, first: Body, other: Body) -> None:
    found = compare_power(first.rule, first.voters, other.rule, other.voters)
    notes = list(dict.fromkeys([*first.notes, *other.notes, BINARY]))
    if asked.as_json:
        print_json(
            {
                "rule": first.name,
                "than": other.name,
                "before": power_to_plain(found.before),
                "after": power_to_plain(found.after),
                "changes": compared_to_plain(found),
                "notes": notes,
            }
        )
        return
    out = console()
    for word, body, one in (("before", first, found.before), ("after", other, found.after)):
        out.print(f"{word}: {body.name}: {len(one.members)} votes; {_of_all(one.acts)} of all ways to vote pass", soft_wrap=True, markup=False)
    show_table(("members", "Banzhaf before", "after", "share before", "after", "Shapley-Shubik before", "after"), _changes(found))
    show_notes(notes)


def _rows(found: Power) -> Iterable[Sequence[str]]:
    """Members whose votes can do the same stand in one line, the mightiest first."""
    alike: dict[tuple[Fraction | None, ...], list[str]] = {}
    for one in sorted(found.members, key=lambda one: (-one.swings, -one.shapley)):
        alike.setdefault((one.banzhaf, one.share, one.shapley, one.prevents, one.initiates), []).append(one.code)
    for (banzhaf, *rest), codes in alike.items():
        yield _some(codes), _small(banzhaf), *(_of_all(number) for number in rest)


def _changes(found: PowerCompared) -> Iterable[Sequence[str]]:
    alike: dict[tuple[str, ...], list[str]] = {}
    for change in sorted(found.members, key=_most_first):
        pairs = [
            (_small, None if change.before is None else change.before.banzhaf, None if change.after is None else change.after.banzhaf),
            (_of_all, None if change.before is None else change.before.share, None if change.after is None else change.after.share),
            (_of_all, None if change.before is None else change.before.shapley, None if change.after is None else change.after.shapley),
        ]
        alike.setdefault(tuple(shown(number) for shown, *both in pairs for number in both), []).append(change.code)
    return ((_some(codes), *cells) for cells, codes in alike.items())


def _most_first(change: PowerChange) -> tuple[Fraction, Fraction]:
    one = change.before or change.after
    assert one is not None
    return -one.banzhaf, -one.shapley


def _say(does: str, found: Coalitions) -> None:
    out = console()
    if not found.number:
        out.print(f"{does} a proposal: {'no coalition' if found.exact else 'no coalition was found in time'}", soft_wrap=True)
        return
    least = "" if found.exact else "at least "
    size = "nobody's vote" if not found.smallest else "1 member" if found.smallest == 1 else f"{found.smallest} members"
    out.print(
        f"{does} a proposal: {size} at the fewest; {least}{_many(found.number)} minimal coalition{'s' if found.number > 1 else ''}", soft_wrap=True
    )
    if found.in_all:
        out.print(f"  in all of them: {_some(found.in_all)}", soft_wrap=True, markup=False)
    if found.in_none:
        out.print(f"  in none of them: {_some(found.in_none)}", soft_wrap=True, markup=False)
    for pattern in found.listed:
        many = "" if pattern.number == 1 else f"  ({_many(pattern.number)} coalitions)"
        out.print(f"  {pattern.size}: {_parts(pattern)}{many}", soft_wrap=True, markup=False)
    if not found.whole:
        out.print("  and others; more of them with --list N", soft_wrap=True)


def _parts(pattern: Pattern) -> str:
    singles = [code for part in pattern.parts if len(part.of) == part.take for code in part.of]
    some = [f"any {part.take} of {_some(part.of)}" for part in pattern.parts if len(part.of) != part.take]
    return " and ".join([*([_some(singles, 40)] if singles else []), *some]) or "nobody"


def _some(codes: Sequence[str], most: int = MOST) -> str:
    """Codes in one line; unnamed seats by their numbers together, more than ``most`` counted."""
    seats = sorted(int(code[5:]) for code in codes if code.startswith("seat ") and code[5:].isdecimal())
    if len(seats) > 2 and seats == list(range(seats[0], seats[-1] + 1)):
        named = [code for code in codes if not code.startswith("seat ")]
        return ", ".join([*([_some(named, most)] if named else []), f"seats {seats[0]} to {seats[-1]}"])
    return ", ".join(codes) if len(codes) <= most else f"{', '.join(codes[:MOST])} and {len(codes) - MOST} others"


def _many(number: int) -> str:
    return f"{number:,}" if number < 10**12 else f"about {number:.3e}"


def _of_all(number: Fraction | None) -> str:
    return "-" if number is None else f"{float(number):.2%}" if not number or number >= Fraction(1, 10_000) else f"{float(number):.2e}"


def _small(number: Fraction | None) -> str:
    return "-" if number is None else f"{float(number):.5f}" if not number or number >= Fraction(1, 10_000) else f"{float(number):.2e}"


def add_to(app: typer.Typer) -> None:
    app.command("power")(power)
