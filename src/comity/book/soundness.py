"""What is well-typed in an agreement and yet cannot be meant: each as one line that says what to do."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from comity.acts import kinds
from comity.agreements import Agreement, AnyClause
from comity.agreements.allowances import Equivalence, Release
from comity.agreements.conditions import Consents
from comity.agreements.decision_rules import Silence
from comity.agreements.obligations import OF_PARTY, OWN, REGIONS, Obligation
from comity.agreements.requirements import Duty
from comity.agreements.settlements import Settlement
from comity.parties import Register
from comity.standing import Record
from comity.terms import Classification, Ladder, NotOnRecord, Step

Path = tuple[str | int, ...]
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NUMBER = re.compile(r"all|majority|[1-9][0-9]*/[1-9][0-9]*")


def unsound(agreement: Agreement) -> Iterator[tuple[Path, str]]:
    """Each thing that cannot be meant, with the path of the table it stands in."""
    if agreement.zone is not None and not _is_zone(agreement.zone):
        yield ("zone",), f"zone {agreement.zone!r} is not a time zone; write for instance Europe/Paris"
    yield from _unsound_languages(agreement)
    for index, coverage in enumerate(agreement.coverage):
        if coverage.from_ is not None and coverage.through < coverage.from_:
            yield ("coverage", index), f"coverage ends on {coverage.through}, before it begins on {coverage.from_}; put the days right"
    for index, clause in enumerate(agreement.clauses):
        for field in dataclasses.fields(clause):
            for says in _within(field.name, getattr(clause, field.name)):
                yield ("clauses", index, field.name.rstrip("_")), f"clause {index + 1} ({clause.kind}), {field.name.rstrip('_')}: {says}"


def _unsound_languages(agreement: Agreement) -> Iterator[tuple[Path, str]]:
    """Codes of languages that are none, or come twice; titles that say nothing."""
    for name, codes in (("authentic", agreement.authentic), ("titles", tuple(agreement.titles))):
        for code in codes:
            if not _LANGUAGE.fullmatch(code):
                yield (name,), f"{name}: {code!r} is no code of a language; write for instance 'fr'"
            elif codes.count(code) > 1:
                yield (name,), f"{name}: {code!r} comes twice; name each language once"
    for code, title in agreement.titles.items():
        if not title.strip():
            yield ("titles",), f"titles: the title in {code!r} is blank; give it, or leave it out"


def unsound_ladder(ladder: Ladder, stem: str, register: Register) -> Iterator[tuple[Path, str]]:
    """What cannot be meant in a classification ladder."""
    if ladder.policy != stem:
        yield ("policy",), f"policy {ladder.policy!r} differs from the file's name {stem!r}; make them the same"
    if ladder.owner not in register.parties:
        yield ("owner",), f"owner {ladder.owner!r} is not among the parties; add it to parties.toml or correct the code"
    for index, level in enumerate(ladder.levels):
        path: Path = ("levels", index)
        if level.from_ is not None and level.until is not None and level.until <= level.from_:
            yield path, f"{level.name!r} is in use until {level.until}, not after {level.from_}; put the days right"
        for other in ladder.levels[:index]:
            if any(other.is_called(name) for name in (level.name, *level.also)):
                yield path, f"{level.name!r} and {other.name!r} share a name; a name means one level"
            if other.rank == level.rank and _together(level, other):
                yield path, f"{level.name!r} and {other.name!r} are in use at one time with one rank; give each its own"


def unknown_levels(agreement: Agreement, record: Record) -> Iterator[str]:
    """Policies and levels in its clauses on equivalence and release that stand on no ladder of the record."""
    for clause in agreement.clauses:
        for policy, level in _levels_named(clause):
            try:
                ladder = record.ladder(policy)
                if level is not None:
                    ladder.level(level)
            except NotOnRecord as problem:
                yield f"{clause.kind} ({clause.article}): {problem}"


def _levels_named(clause: AnyClause) -> list[tuple[str, str | None]]:
    """Every policy that the clause names, with a level of it or with none."""
    match clause:
        case Equivalence():
            rows: list[tuple[str, str | None]] = [level for row in clause.rows for level in row.items()]
            return rows + [pair for s in clause.safeguarded for pair in ((s.policy, s.level), (s.under or s.by, s.as_))]
        case Release():
            return [*((policy, None) for policy in clause.policies), *clause.up_to.items(), *clause.cleared_from.items()]
    return []


def unknown_codes(agreement: Agreement, register: Register) -> Iterator[str]:
    """Parties named in its clauses on obligations, release, activities, what follows and duties that are not among the parties."""
    for clause in agreement.clauses:
        for field in ("givers", "takers", "doers", "counterparts", "territories", "among", "named", "to_named", "owed_by", "owed_to", "against"):
            for code in getattr(clause, field, ()):
                if code not in register.parties:
                    yield f"{clause.kind} ({clause.article}), {field}: party {code!r} is not among the parties; add it to parties.toml or correct it"
        for place in (*clause.places, *clause.places_in_part) if isinstance(clause, Obligation) else ():
            if place not in (*REGIONS, OWN, OF_PARTY) and place not in register.parties:
                words = ", ".join((*REGIONS, OWN, OF_PARTY))
                yield f"{clause.kind} ({clause.article}), places: {place!r} is neither a party's code nor one of {words}; correct it"


def repeated_duties(agreement: Agreement) -> Iterator[str]:
    """Ids that two of its duties share."""
    ids = [clause.id for clause in agreement.clauses if isinstance(clause, Duty)]
    yield from (f"two duties have the id {one!r}; give each its own" for one in sorted({one for one in ids if ids.count(one) > 1}))


def wrong_settlements(agreement: Agreement) -> Iterator[str]:
    """Ids that two of its settlement clauses share, steps that follow none of their clause, subjects that ask for two steps."""
    found = [clause for clause in agreement.clauses if isinstance(clause, Settlement)]
    ids = [clause.id for clause in found]
    yield from (f"two settlement clauses have the id {one!r}; give each its own" for one in sorted({one for one in ids if ids.count(one) > 1}))
    for clause in found:
        for number, step in enumerate(clause.steps, 1):
            for other in step.follows:
                if not 1 <= other <= len(clause.steps) or other == number:
                    last = len(clause.steps)
                    yield f"settlement {clause.id!r}, step {number}: it follows step {other}; name another step of the clause, from 1 to {last}"
    asked = [step.asked_as for clause in found for step in clause.steps if step.asked_as is not None]
    for one in sorted({one for one in asked if asked.count(one) > 1}):
        yield f"two steps of settlement are asked_as {one!r}; give each a subject of its own"


def _together(level: Classification, other: Classification) -> bool:
    starts = [at.from_ for at in (level, other) if at.from_ is not None]
    return all(at.used_on(max(starts, default=date.min)) for at in (level, other))


def _within(name: str, value: object) -> Iterator[str]:
    """Problems in a field of a clause and in the conditions, sets and delays inside it."""
    if name in ("acts", "after") and not dataclasses.is_dataclass(value):
        for kind in (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ():
            if kind not in kinds():
                yield f"{kind!r} is not a kind of act; list them with: comity kinds"
    elif isinstance(value, tuple):
        for item in value:
            yield from _within("", item)
    elif isinstance(value, Step):
        if sum(n is not None for n in (value.days, value.months, value.years, value.month_start)) != 1:
            yield "a step of a delay needs exactly one of days, months, years, month_start"
        elif any(n is not None and n < 1 for n in (value.days, value.months, value.years, value.month_start)):
            yield "a step of a delay is at least 1; leave the delay out where there is none"
    elif dataclasses.is_dataclass(value):
        if isinstance(value, Consents) and not _is_number(value.number):
            yield f'number {value.number!r}; write a whole number from 1, "all", "majority", or a share such as "2/3"'
        if isinstance(value, Silence):
            yield from _unsound_silence(value)
        for field in dataclasses.fields(value):
            yield from _within(field.name, getattr(value, field.name))


def _unsound_silence(silence: Silence) -> Iterator[str]:
    """A clock that there is none of, a term that is told twice or never ends."""
    term = silence.term
    if silence.zone is not None and not _is_zone(silence.zone):
        yield f"zone {silence.zone!r} is not a time zone; write for instance Europe/Paris"
    if term is not None:
        if sum((bool(term.delay), term.hours is not None, term.working_days is not None)) != 1:
            yield "a term of silence needs exactly one of delay, hours, working_days"
        if any(n is not None and n < 1 for n in (term.hours, term.working_days)):
            yield "a term of silence is at least one hour or one working day"
        if term.working_days is not None and len(set(term.rest)) == 7:
            yield "a term in working days has a day of the week at least that is none of rest"


def _is_number(number: int | str) -> bool:
    return number >= 1 if isinstance(number, int) else _NUMBER.fullmatch(number) is not None


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False
    return True
