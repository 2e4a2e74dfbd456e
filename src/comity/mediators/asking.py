"""The front door: who might mediate between two states, as one standing and the tables on a shelf have it on its day.

Source: docs/explanation/how-mediators-are-ranked.md.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from comity.mediators.candidates import Mediators
from comity.mediators.material import Material
from comity.mediators.persons import Persons
from comity.mediators.placing import placed
from comity.mediators.ranking import ranked
from comity.mediators.records import OnRecord
from comity.mediators.rules import BARS, MERITS, OBLIGES, MediatorRules
from comity.mediators.tables import read_rows
from comity.panels import Shelf
from comity.standing import Standing
from comity.terms import PUBLIC, BadInput, NotOnRecord, join

NOT_LOOKED_AT = (
    "sanctions: the record has no acts of that kind, and no table here tells of them",
    "trade, and troops of others than the United States",
    "permanent neutrality; organisations and persons as mediators",
    "whether anybody was asked, and whether the sides would accept",
)
"""What no source here tells of anybody. Source: section 6."""
MOST_YEARS = 200


def mediators(standing: Standing, a: str, b: str, shelf: Shelf, rules: MediatorRules | None = None) -> Mediators:
    """Who might mediate between the two, ranked, with what stands in the way of whom, what speaks for whom, and what is unknown?

    NotOnRecord, BadInput where the two are not two states that exist on the day, and for rules that cannot be.
    """
    rules = rules or MediatorRules()
    _check(rules)
    persons = Persons(standing.record.register, standing.on)
    sides = _side(standing, persons, a), _side(standing, persons, b)
    if sides[0] == sides[1]:
        raise BadInput(f"mediators between {a} and {b}: name two different states")
    record = OnRecord(standing, sides, rules, persons)
    candidates = tuple(state for state in persons.states if state not in sides)
    material = Material(sides, standing.on.toordinal(), candidates, recorded=record.all())
    material = placed(material, read_rows(shelf, rules, persons.codes_of(sides)), persons)
    names = [standing.record.register.parties[code].name_on(standing.on) for code in candidates]
    return Mediators(
        sides=sides,
        on=standing.on,
        known=standing.known,
        rules=rules,
        candidates=ranked(material, rules, names),
        reaches=tuple(sorted(material.reaches.items())),
        notes=_notes(standing, material, rules),
        not_looked_at=NOT_LOOKED_AT,
        label=join([*record.labels]) if record.labels else PUBLIC,
    )


def _side(standing: Standing, persons: Persons, code: str) -> str:
    """The state that the code's person is on the day."""
    party = standing.record.register.parties[standing.record.party(code)]
    if party.kind != "state":
        raise BadInput(f"{code} is of kind {party.kind}, not a state; name two states")
    found = persons.of_code(code)
    if found not in persons.states:
        raise NotOnRecord(f"{code} ({party.name_on(standing.on)}) did not exist on {standing.on}; name who then had its place, or ask with --on DAY")
    return found


def _check(rules: MediatorRules) -> None:
    _are_known("--bars", rules.bars, BARS)
    _are_known("--order", rules.order, MERITS)
    _are_known("--obligations", rules.obligations, OBLIGES)
    if not rules.bars and not rules.order:
        raise BadInput("without bars and merits nothing is ranked; leave one of --bars and --order as it is")
    if not rules.obligations:
        raise BadInput(f"--obligations is blank; name some of {', '.join(OBLIGES)}")
    if not 0 < rules.share <= 1:
        raise BadInput(f"--share {rules.share}; write a share above 0 and up to 1, such as 0.5")
    for option, years in (("--years", rules.years), ("--arms-years", rules.arms_years)):
        if not 1 <= years <= MOST_YEARS:
            raise BadInput(f"{option} {years}; write a number of years from 1 to {MOST_YEARS}")
    if rules.troops < 1:
        raise BadInput(f"--troops {rules.troops}; write a number of persons from 1 on")


def _are_known(option: str, names: Collection[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise BadInput(f"{option}: there is no {name!r}; choose among {', '.join(known)}")
    if len(set(names)) < len(names):
        raise BadInput(f"{option}: {', '.join(names)}; name each once")


def _notes(standing: Standing, material: Material, rules: MediatorRules) -> tuple[str, ...]:
    notes = list(material.missing)
    if standing.viewer is not None:
        notes.append(f"answered from what {standing.viewer} may see; one who sees more might get another answer")
    ended = [(reach.source, date.fromordinal(reach.through)) for reach in material.reaches.values() if reach.through < material.on]
    if ended:
        told = ", ".join(dict.fromkeys(f"{source} ({day.year})" for source, day in ended))
        then = "what they said last is presumed to go on" if rules.carry else "what came after is unknown (--carry presumes that it went on)"
        notes.append(f"tables that end before the day: {told}; {then}")
    return tuple(notes)
