"""Alliance Treaty Obligations and Provisions (ATOP): each alliance an agreement whose clauses are what the data set says of it.

A member binds itself on the day on which the data set has it enter; it leaves on the day on which the data set has it leave before the alliance
ends (how it left is not what the record says). Spells of one person that meet are one: what is Germany under two codes stays bound. Obligations
are per member, so a clause names who owes it, on which days, under which conditions (atop_obligations.py).
Days that are not given are days of the month that is.
Source: Leeds, Ritter, Mitchell and Long (2002), Alliance Treaty Obligations and Provisions, International Interactions 28; ATOP 5.1 codebook.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from comity.parties import Register
from comity.registers.atop_obligations import THROUGH, Owed, clauses_of, obligations_in
from comity.registers.clauses import consented, covered, ended, entered, established, leaving
from comity.registers.naming import Namer
from comity.registers.taking import NotTaken, Rows, Table, Taken, each, moment_of
from comity.terms import Moment

ID = "atop"
CITED = "Alliance Treaty Obligations and Provisions (ATOP) 5.1 (Leeds et al. 2002)"


@dataclass(slots=True)
class _Spell:
    """From when to when (None: still) one person was a member; ``owed``: what it owed in each part of that time."""

    party: str
    start: Moment
    end: Moment | None
    code: str
    owed: list[Owed] = field(default_factory=list)

    def meets(self, other: _Spell) -> bool:
        return self.end is None or other.start.first <= self.end.last + timedelta(days=1)


def from_atop(alliances: Rows, members: Rows, parties: Register) -> Taken:
    """Books of alliances (file a: atopid, begyr ... endday) and the spells of their members (file m: atopid, member, yrent ... dayexit)."""
    namer, count, taken = Namer(parties, ID), 0, 0
    listed, spells, partly = list[NotTaken](), dict[str, list[_Spell]](), set[str]()
    heads = {row["atopid"]: row for row in each(alliances)}
    for row in each(members):
        count += 1
        found = _spells(row, namer) if row["atopid"] in heads else NotTaken(_where(row), "no alliance", f"there is no alliance {row['atopid']}")
        if isinstance(found, NotTaken):
            listed.append(found)
            partly.add(row["atopid"])
            continue
        taken += 1
        spells.setdefault(row["atopid"], []).extend(found[0])
        listed += found[1]
    acts, agreements = list[dict[str, str]](), list[Table]()
    for atopid, head in heads.items():
        count += 1
        begun = moment_of(head["begyr"], head["begmo"], head["begday"])
        joined = _joined(spells.get(atopid, []), namer)
        if begun is None or len({s.party for s in joined}) < 2:
            says = "fewer than two of its members are parties on record" if begun else "the year in which it begins is not given"
            listed.append(NotTaken(f"alliance {atopid}", "no alliance of two", says))
            continue
        taken += 1
        agreement, own = _book(head, begun, joined, namer, atopid in partly)
        agreements.append(agreement)
        acts += own
    used = {act["actor"] for act in acts}
    return Taken(ID, count, taken, tuple(acts), tuple(agreements), namer.lacking(used), tuple(listed))


def _where(row: Mapping[str, str]) -> str:
    return f"alliance {row['atopid']}, member {row['member']}, phase {row.get('phase', '0')}, from {row['yrent']}"


def _spells(row: Mapping[str, str], namer: Namer) -> tuple[list[_Spell], list[NotTaken]] | NotTaken:
    """The spell that a row is; where its code passes to another person meanwhile, one for each."""
    start = moment_of(row["yrent"], row["moent"], row["dayent"])
    end = moment_of(row["yrexit"], row["moexit"], row["dayexit"])
    if start is None:
        return NotTaken(_where(row), "no day", "the year in which it enters is not given")
    meant = namer.of_code("cow", row["member"], start.last)
    if meant.code is None:
        return NotTaken(_where(row), "no party", meant.why)
    first = _Spell(meant.code, start, end, row["member"])
    found, notes = [first], list[NotTaken]()
    if not meant.listed:
        notes.append(NotTaken(_where(row), "outside the list of states", meant.why, "member"))
    for party, on in namer.bearers_after("cow", row["member"], start.last):
        if (end is None or on < end.first) and not namer.exists(found[-1].party, on):
            found[-1].end = moment_of(str(on.year), str(on.month), str(on.day))
            handed = moment_of(str(on.year), str(on.month), str(on.day))
            assert handed is not None
            found.append(_Spell(party, handed, end, row["member"]))
            says = f"code {row['member']} passes to {party} on {on}: taken as its entry"
            notes.append(NotTaken(_where(row), "one code, two persons", says, "member"))
    for spell in found:
        spell.owed = [Owed(spell.party, spell.start, spell.end, obligations_in(row, namer))]
    return found, notes


def _joined(spells: list[_Spell], namer: Namer) -> list[_Spell]:
    """Spells of one person that meet, as one."""
    found: list[_Spell] = []
    for spell in sorted(spells, key=lambda s: (namer.person(s.party), s.start.first, s.start.last)):
        last = found[-1] if found and namer.person(found[-1].party) == namer.person(spell.party) else None
        if last is None or not last.meets(spell):
            found.append(spell)
            continue
        if last.end is not None and (spell.end is None or spell.end.last > last.end.last):
            last.end = spell.end
        last.owed += spell.owed
    return sorted(found, key=lambda s: (s.start.first, s.party))


def _book(head: Mapping[str, str], begun: Moment, spells: list[_Spell], namer: Namer, partly: bool) -> tuple[Table, list[dict[str, str]]]:
    """The alliance and its acts. ``partly``: a member of it was not taken, so that nothing follows from somebody else's not being there."""
    atopid = head["atopid"]
    id_, source = f"atop-{atopid}", f"{CITED}, alliance {atopid}"
    over = moment_of(head["endyr"], head["endmo"], head["endday"])
    acts, seen = list[dict[str, str]](), defaultdict[str, int](int)
    for spell in spells:
        seen[spell.party] += 1
        ref = f"{id_}-{spell.party}" + (f"-{seen[spell.party]}" if seen[spell.party] > 1 else "")
        kind = "sign" if spell.start.first <= begun.last else "accede"
        says = {"agreement": id_, "source": f"{source}, member {spell.code}", "basis": "register"}
        acts.append({"ref": f"{ref}-{kind}", "kind": kind, "actor": spell.party, "made": spell.start.written, **says})
        left = spell.end is not None and (over is None or spell.end.last < over.first) and namer.exists(spell.party, spell.end.last)
        if left and spell.end is not None:
            actor = namer.as_then(spell.party, spell.end.last)
            day = spell.end.written
            acts.append({"ref": f"{ref}-denounce", "kind": "denounce", "actor": actor, "made": day, "effect": day, **says})
    members = sorted({s.party for s in spells})
    clauses = [
        consented(source),
        *entered(begun, source),
        *clauses_of([spell.owed for spell in spells], namer, source),
        leaving(source),
        *ended(over, source),
    ]
    acts += established(id_, "ATOP", begun, over, source)
    name = f"Alliance {atopid} of ATOP ({begun.first.year}), {', '.join(members) if len(members) < 9 else f'{len(members)} members'}"
    note = (
        "What the data set says of an alliance, not its text: who was a member from when to when, and what each owed. "
        "A member's leaving is recorded as a notice of that day; how it came about the data set says elsewhere (termmode, termcaus)."
    )
    if not begun.certain:
        note += f" Its beginning is given as {begun.written} only: the day of conclusion here is the first that this can be."
    agreement: dict[str, object] = {
        "id": id_,
        "title": name,
        "short": f"ATOP {atopid}",
        "concluded": begun.first,
        "subjects": ["alliance"],
        "note": note,
        "clause": clauses,
        "coverage": [covered(source, begun.first, THROUGH, parties=members if partly else ())],
    }
    return agreement, acts
