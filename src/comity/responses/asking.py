"""The front door: who is obliged when a state is attacked, to what, why, and who has answered, as one standing has it on its day.

Source: docs/explanation/how-obligations-to-respond-are-derived.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from comity.agreements import Agreement
from comity.agreements.obligations import OWN, REGIONS, Obligation
from comity.responses.attacks import Attack, Line
from comity.responses.conflicts import BothSides, both_sides
from comity.responses.deciding import Owed, owed
from comity.responses.invocations import Answered, Invocation, invocations
from comity.responses.lines import TO_ATTACKED, Lines
from comity.responses.persons import Persons
from comity.standing import Standing
from comity.terms import Answer, BadInput, Label, NotOnRecord, Verdict, any_of, join


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation as it is told: what it comes to, what stands between the two under its agreement, who of the two has answered an invocation.

    ``since`` and ``until``: the days between which it is in force between the two and owed, [since, until), as far as they are known.
    """

    owed: Owed
    agreement: Agreement
    between: Answer
    since: date | None
    until: date | None
    answered: tuple[Answered, ...]

    @property
    def line(self) -> Line:
        return self.owed.line


@dataclass(frozen=True, slots=True)
class Response:
    """The answer: every obligation that the record has between the attacked, the attackers and their partners on the day."""

    attack: Attack
    on: date
    rows: tuple[Row, ...]
    conflicts: tuple[BothSides, ...]
    invocations: tuple[Invocation, ...]
    notes: tuple[str, ...]
    label: Label

    def owing(self, *types: str, side: str = "attacked") -> dict[str, Verdict]:
        """Who owes any of these, and how surely: each party that does not attack, over all its agreements; without those that do not owe it."""
        found: dict[str, list[Verdict]] = {}
        for row in self.rows:
            line = row.line
            if line.clause.type in types and line.side == side and line.debtor not in self.attack.by:
                found.setdefault(line.debtor, []).append(row.owed.verdict)
        return {party: verdict for party, said in sorted(found.items()) if (verdict := any_of(said)) is not Verdict.NO}


def obliged(standing: Standing, attack: Attack, agreement: str | None = None) -> Response:
    """Who is obliged, to what and towards whom (by this agreement alone, if one is named)?

    NotOnRecord, BadInput where it names what is not on record, and where the attack names nobody, nowhere, or one against itself.
    """
    looked_at = standing.known_agreements() if agreement is None else [standing.record.agreement(agreement, standing.known).id]
    persons = Persons(standing.record.register, standing.on)
    attack = _checked(standing, attack, persons)
    invoked = [one for one in invocations(standing, attack, persons) if agreement is None or one.agreement == agreement]
    lines = Lines(standing, attack, persons, invoked)
    found = [
        one for one in owed(attack, lines.all(looked_at), standing.on) if not any(t.what == "days" and t.verdict is Verdict.NO for t in one.tests)
    ]
    rows = tuple(_row(standing, lines, one, invoked) for one in found)
    label = join([*(row.between.label for row in rows), *(i.label for i in invoked), *(a.label for i in invoked for a in i.answers)])
    return Response(attack, standing.on, rows, tuple(both_sides(attack, found)), tuple(invoked), _notes(standing, rows, agreement), label)


def _checked(standing: Standing, attack: Attack, persons: Persons) -> Attack:
    attacked, by = persons.named(_state(standing, attack.attacked)), persons.all_named(tuple(_state(standing, code) for code in attack.by))
    if attacked in by:
        raise BadInput(f"{attack.attacked} is named as attacked and as an attacker; name two different parties")
    if by and attack.nature == "non-state":
        raise BadInput(f"an attack by {', '.join(attack.by)} is not by others than states; name who attacks, or say non-state")
    places = tuple(attacked if word == OWN else word if word in REGIONS else persons.named(_place(standing, word)) for word in attack.places)
    return replace(attack, attacked=attacked, by=by, places=places)


def _state(standing: Standing, code: str) -> str:
    """The code, if it is on record and its person exists on the day; NotOnRecord offers who bore such a name then."""
    register, on = standing.record.register, standing.on
    party = register.parties[standing.record.party(code)]
    if party.kind != "state":
        article = "an" if party.kind[0] in "ao" else "a"
        raise BadInput(
            f"{code} is {article} {party.kind}, not a state; name states here (an attack on a territory: its state, and the territory as the place)"
        )
    if register.parties[Persons(register, on).named(code)].exists_on(on):
        return code
    words = {word for named in party.names for word in _words(named.name)}
    near = [p for p in register.parties.values() if p.kind == party.kind and p.exists_on(on) and words & set(_words(p.name_on(on)))]
    hint = f"; did you mean {' or '.join(f'{p.code} ({p.name_on(on)})' for p in near[:3])}?" if near else "; list the parties with: comity parties"
    raise NotOnRecord(f"{code} ({party.name_on(on)}) did not exist on {on}{hint}")


def _words(name: str) -> list[str]:
    common = (
        "republic",
        "kingdom",
        "federal",
        "socialist",
        "democratic",
        "people's",
        "state",
        "united",
        "states",
        "empire",
        "federation",
        "of",
        "the",
        "and",
    )
    return [word for word in re.findall(r"[^\W\d_']{3,}", name.casefold()) if word not in common]


def _place(standing: Standing, word: str) -> str:
    if word in standing.record.register.parties:
        return word
    raise BadInput(f"place {word!r} is no state or territory on record; name one by its code, or one of {', '.join((OWN, *REGIONS))}")


def _row(standing: Standing, lines: Lines, one: Owed, invoked: Iterable[Invocation]) -> Row:
    line, between = one.line, lines.answer(one.line)
    since, until = line.clause.from_, line.clause.until
    starts = [day for day in (between.since, since.first if since is not None and since.certain else None) if day is not None]
    ends = [day for day in (between.until, until.first if until is not None and until.certain else None) if day is not None]
    known = between.since is not None and (since is None or since.certain)
    answered = tuple(a for i in invoked if i.agreement == line.agreement for a in i.answers if a.by == line.debtor)
    agreement = standing.record.agreement(line.agreement, standing.known)
    return Row(one, agreement, between, max(starts) if known else None, min(ends, default=None), answered)


def _notes(standing: Standing, rows: Iterable[Row], alone: str | None) -> tuple[str, ...]:
    notes = list(dict.fromkeys(f"{row.line.agreement}: {note}" for row in rows for note in row.between.notes if not note.startswith("answered from")))
    if standing.viewer is not None:
        notes.insert(0, f"answered from what {standing.viewer} may see; one who sees more might get another answer")
    looked_at = standing.known_agreements() if alone is None else [alone]
    agreements = [standing.record.agreement(name, standing.known) for name in looked_at]
    obliging = [a for a in agreements if any(isinstance(c, Obligation) and c.type in TO_ATTACKED for c in a.clauses)]
    says = [f"of {len(obliging)} agreements on record that oblige to this; what is not on record obliges nobody here"]
    if alone is not None:
        says = [f"of {alone} alone; what other agreements oblige to is not looked at"]
        says += [] if obliging else [f"{alone} obliges nobody when a state is attacked"]
    reach = max((c.through for a in obliging for c in standing.record.coverage_of(a)), default=None)
    if reach is not None and reach < standing.on:
        says.append(f"nothing on record is covered beyond {reach}: who has allied itself since is not known")
    return tuple(dict.fromkeys([*notes, *says]))
