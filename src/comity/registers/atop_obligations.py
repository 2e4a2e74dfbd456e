"""What each member of an alliance owes by the data set ATOP, in which part of its time, and under which conditions, as clauses.

The data set says of a condition that there is one, seldom which: what it does not tell stays a condition in words, which nothing decides.
Where an obligation holds against a particular adversary only, and the alliance names one state and nothing of numbers, that state is read as
the adversary; where it names two, or none, others may be meant. A neutrality that holds against a particular adversary beside a promise of
arms that does so too is read as meant for other wars than those, so that no state is named. What it says it says to the end of 2018.
Source: ATOP 5.1 codebook, section 2.33 (DEFENSE to CONCOREQ, OLIMOB, OBVARY, SPECTHRT, STATTHR1, STATTHR2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from comity.registers.clauses import obligation
from comity.registers.naming import Namer
from comity.registers.taking import Table, moment_of
from comity.terms import Moment

THROUGH = date(2018, 12, 31)
OBLIGATIONS = (
    ("defense", "defence", "Defence", "defco"),
    ("offense", "offence", "Offence", "offco"),
    ("neutral", "neutrality", "Neutrality", "neuco"),
    ("nonagg", "non-aggression", "Non-aggression", ""),
    ("consul", "consultation", "Consultation", "conco"),
)
"""Column, type of obligation, how it is called here, and what the columns of its conditions begin with."""
_IN_WORDS = {
    "con": "the conflict is the one, under way when it was agreed, for which it was made (which, the data set does not tell)",
    "num": "the adversaries are as many as it says (how many, the data set does not tell)",
    "dem": "the demands that it makes of the ally or the adversary are met (which, the data set does not tell)",
}
_PLACE = "a particular place, which the data set does not name"
_FURTHER = "a further condition is met (the data set counts one for this member, and does not tell of which obligation)"
_VARIES = "it is owed to this member (what it owes differs from member to member, and how, the data set does not tell)"
_NAMED = ("1", "3")
"""Of SPECTHRT: states are what the alliance names as the threat."""


class Owed(NamedTuple):
    """What one member owed from ``start`` to ``end`` (None: still): the conditions by the type of obligation."""

    party: str
    start: Moment
    end: Moment | None
    what: Mapping[str, Table]


def obligations_in(row: Mapping[str, str], namer: Namer) -> dict[str, Table]:
    """What a member's row has it owe, with the conditions as fields of a clause."""
    return {name: _conditions(row, prefix, namer) for column, name, _, prefix in OBLIGATIONS if row[column] == "1"}


def _conditions(row: Mapping[str, str], prefix: str, namer: Namer) -> Table:
    found: dict[str, object] = {}
    if row.get(f"{prefix}adv") == "1":
        found |= _adversary(row, prefix, namer)
    if row.get(f"{prefix}loc") == "1":
        found["place_says"] = _PLACE
    if row.get(f"{prefix}npr") == "1":
        found["unprovoked"] = True
    if row.get(f"{prefix}att") == "1":
        found["attacked_only"] = True
    if row.get(f"{prefix}req") == "1":
        found["upon"] = "request"
    besides = [says for ending, says in _IN_WORDS.items() if row.get(prefix + ending) == "1"]
    besides += [_FURTHER] * (row.get("olimob") == "1") + [_VARIES] * (row.get("obvary") == "1")
    if besides:
        found["besides"] = besides
    return found


def _adversary(row: Mapping[str, str], prefix: str, namer: Namer) -> dict[str, object]:
    """The states that the alliance names as the threat, and whether others may be meant."""
    start = moment_of(row["yrent"], row["moent"], row["dayent"])
    assert start is not None
    if prefix == "neuco" and "1" in (row["defcoadv"], row["offcoadv"]):
        return {"against_others": True}
    codes = [code for code in (row["statthr1"], row["statthr2"]) if code not in ("", "0")]
    meant = [namer.of_code("cow", code, start.last).code for code in codes]
    known = [party for party in meant if party is not None]
    alone = row["specthrt"] in _NAMED and len(codes) == len(known) == 1 and "1" not in (row["defconum"], row["offconum"], row["neuconum"])
    found: dict[str, object] = {"against": known} if known else {}
    return found if alone else {**found, "against_others": True}


def clauses_of(members: Sequence[Sequence[Owed]], namer: Namer, source: str) -> list[Table]:
    """A clause for each obligation that members owe alike, on the same days and under the same conditions."""
    alike: dict[tuple[str, str, str, str, str], list[str]] = defaultdict(list)
    fields: dict[tuple[str, str, str, str, str], Table] = {}
    of_person: dict[str, list[Owed]] = defaultdict(list)
    for parts in members:
        for part in parts:
            of_person[namer.person(part.party)].append(part)
    for parts in of_person.values():
        for type_ in (name for _, name, _, _ in OBLIGATIONS):
            for party, since, until, still, conditions in _pieces(parts, type_):
                key = (type_, since, until, str(still), str(sorted(conditions.items())))
                alike[key].append(party)
                fields[key] = {**conditions, **({"through": THROUGH} if still else {})}
    found = []
    for _, type_, word, _ in OBLIGATIONS:
        for key in sorted(key for key in alike if key[0] == type_):
            says = f"{word}: {', '.join(sorted(alike[key]))}{_days(key[1], key[2])}{_told(fields[key])}."
            span = {name: day for name, day in (("from", key[1]), ("until", key[2])) if day}
            found.append(obligation(type_, says, source, sorted(alike[key]), {**fields[key], **span}))
    return found


def _pieces(parts: Iterable[Owed], type_: str) -> list[tuple[str, str, str, bool, Table]]:
    """The parts of a member's time in which it owes this under one set of conditions: from, until (blank where its membership says it), still."""
    rows = sorted(parts, key=lambda part: (part.start.first, part.start.last))
    found: list[tuple[str, str, str, bool, Table]] = []
    for index, row in enumerate(rows):
        if type_ not in row.what:
            continue
        after = rows[index + 1] if index + 1 < len(rows) else None
        joined = after is not None and row.end is not None and after.start.first <= row.end.last + timedelta(days=1)
        last = after is None
        until = "" if last or row.end is None else after.start.written if joined and after is not None else row.end.written
        piece = (row.party, row.start.written if index else "", until, row.end is None, dict(row.what[type_]))
        if found and found[-1][2] == row.start.written and found[-1][4] == piece[4]:
            piece = (found[-1][0], found[-1][1], *piece[2:])
            found.pop()
        found.append(piece)
    return found


def _days(since: str, until: str) -> str:
    return f"{f' from {since}' if since else ''}{f' until {until}' if until else ''}"


def _told(fields: Mapping[str, object]) -> str:
    """The conditions in words."""
    against, words = fields.get("against"), list[str]()
    if isinstance(against, list):
        words.append(f"only against {' or '.join(against)}{' or others' if fields.get('against_others') else ''}")
    elif fields.get("against_others"):
        words.append("only against a particular adversary, which the data set does not name")
    words += [f"only in {_PLACE}"] if "place_says" in fields else []
    words += ["only if the ally did not provoke it"] if fields.get("unprovoked") else []
    words += ["only if the ally is attacked"] if fields.get("attacked_only") else []
    words += ["if an ally asks for it"] if fields.get("upon") == "request" else []
    besides = fields.get("besides")
    words += [f"if {one}" for one in besides] if isinstance(besides, list) else []
    return f"; {'; '.join(words)}" if words else ""
