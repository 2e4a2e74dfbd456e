"""Section 3 of the contract: what one person has signed and consented to, while a walk goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from oracles.conditions import holds
from oracles.parties import DAY
from oracles.record import Deed

if TYPE_CHECKING:
    from collections.abc import Callable

    from oracles.walk import Walk


@dataclass
class Stretch:
    """3.4 an open stretch. ``kind`` is that of the rule for its start; ``by`` how it was opened."""

    day: date
    kind: str
    by: str = "consent"
    suspended_until: date | None = None
    start: date | None = None
    in_force_once: bool = False


@dataclass
class Provisional:
    """5.4 a provisional application that is running."""

    ref: str
    articles: tuple[str, ...]
    ends: date | None
    by_signature: bool


@dataclass
class Notice:
    """6, 7.1 a pending notice: it takes effect from ``base`` on, at the end of a term if ``at_term``."""

    deed: Deed
    base: date
    at_term: bool
    armed: bool = False
    suspended: bool = False


@dataclass
class Standing:
    """What a walk knows of one person."""

    signature: Deed | None = None
    to_apply: list[Deed] = field(default_factory=list)
    signatures_counted: list[tuple[Deed, bool]] = field(default_factory=list)
    counted: list[tuple[str, date]] = field(default_factory=list)
    lodged: dict[str, set[str]] = field(default_factory=dict)
    waiting: list[tuple[str, date]] = field(default_factory=list)
    stretch: Stretch | None = None
    former: bool = False
    notices: list[Notice] = field(default_factory=list)
    may_return: bool = False
    provisional: list[Provisional] = field(default_factory=list)
    prolonged: bool = False
    prolonged_until: date | None = None
    terminates: bool = False

    @property
    def bound(self) -> bool:
        return self.stretch is not None and self.stretch.start is not None

    def end_provisional(self) -> None:
        """5.4 and it does not begin again by an earlier signature."""
        self.provisional, self.to_apply = [], []

    def take_back(self) -> None:
        """4.1 what was consented no longer counts; 3.3 and what waits never will."""
        self.counted.clear()
        self.waiting.clear()
        self.lodged.clear()
        self.signatures_counted = [(deed, consents) for deed, consents in self.signatures_counted if not consents]

    def close(self, today: date) -> None:
        """The stretch ends; one that would end on the day it started never was (5.3: [start, end))."""
        if self.stretch is None:
            return
        self.former = self.former or (self.stretch.start is not None and self.stretch.start < today)
        self.stretch = None
        self.notices.clear()
        self.prolonged, self.prolonged_until = False, None


@dataclass(frozen=True)
class Established:
    """A consent established today: who, under which kind it was recorded, and the stretch it would open."""

    person: str
    kind: str
    stretch: Stretch


def signs(walk: Walk, deed: Deed) -> bool:
    # 3.1 a signature ad referendum counts only if a confirmation follows (12(2)(b)), then from its own day
    if not deed.flag("ad_referendum"):
        return True
    return any(d.kind == "confirm-signature" and walk.same(d.actor, (deed.actor,)) and d.received >= deed.made for d in walk.deeds)


def binds(walk: Walk, deed: Deed) -> bool:
    # 3.2 a signature that is consent too
    if not signs(walk, deed):
        return False
    unqualified = not deed.details.get("subject_to") and not deed.flag("ad_referendum")
    return deed.flag("definitive") or (walk.consent_clause is not None and walk.consent_clause.signature_binds and unqualified)


def signatures(walk: Walk) -> None:
    # 3.1 signatory from the made day
    for deed in walk.deeds:
        if deed.kind == "sign" and deed.made == walk.today and signs(walk, deed):
            person = walk.person(deed.actor)
            if walk.people.exists(person, walk.today):
                standing = walk.standing(person)
                standing.signature = deed
                standing.to_apply.append(deed)
                standing.signatures_counted.append((deed, binds(walk, deed)))


def consents(walk: Walk) -> list[Established]:
    """3.3, 3.5: the consents established today, each counted from today (4.1)."""
    found: list[Established] = []

    def establish(person: str, kind: str, rule: str, by: str = "consent", suspended_until: date | None = None) -> None:
        if kind != "succeed":
            walk.standing(person).counted.append((kind, walk.today))
        found.append(Established(person, kind, Stretch(walk.today, rule, by, suspended_until)))

    def consent(person: str, kind: str, rule: str) -> None:
        needs = walk.consent_clause.accession_needs if walk.consent_clause else None
        if rule == "accede" and needs is not None:
            walk.standing(person).waiting.append((kind, walk.today))
        else:
            establish(person, kind, rule)

    for deed in walk.todays():
        if deed.kind == "succeed" or not (deed.kind in walk.consent_kinds or (deed.kind == "sign" and binds(walk, deed))):
            continue
        person = walk.person(deed.actor)
        if walk.people.exists(person, walk.today) and _lodged(walk, walk.standing(person), deed):
            consent(person, deed.kind, deed.kind)
    for deed in sorted(walk.deeds, key=lambda d: (d.ref, d.id)):
        # 3.5 whether or not the consent clause names succeed
        person = walk.person(deed.actor)
        if deed.kind == "succeed" and walk.people.exists(person, walk.today):
            outcome = _succession(walk, deed)
            if outcome == "bound":
                how = walk.predecessor(deed)
                # 3.5 decolonised: operation suspended until the notification is received (1978 Convention, 23(2))
                until = deed.received if how is not None and how.how == "decolonised" else None
                establish(person, "succeed", "succeed", "succession", until)
            elif outcome == "consented":
                establish(person, "succeed", "succeed", "succession")
            elif outcome == "signed":
                standing = walk.standing(person)
                standing.signature = deed
            elif outcome == "none":
                consent(person, "succeed", "accede")
            # 4.1 it counts from its received day, unless it is to the signature only
            if counts_from(walk, deed) == walk.today and walk.succession.get(deed.id) != "signed" and deed.details.get("to") != "signature":
                walk.standing(person).counted.append(("succeed", walk.today))
    _accessions(walk, establish)
    return found


def _accessions(walk: Walk, establish: Callable[[str, str, str], None]) -> None:
    # 3.3 the first day from c on which what the accession needs holds
    needs = walk.consent_clause.accession_needs if walk.consent_clause else None
    again = needs is not None
    while again:
        again = False
        for person, standing in list(walk.standings.items()):
            if standing.waiting and needs is not None and holds(needs, walk, person):
                kinds = [kind for kind, _ in standing.waiting]
                standing.waiting.clear()
                for kind in kinds:
                    establish(person, kind, "accede")
                again = True


def _lodged(walk: Walk, standing: Standing, deed: Deed) -> bool:
    # 3.3 with several depositaries the first lodging, or the day by which it was lodged with every one
    all_of_them = set(walk.agreement.depositary)
    if walk.consent_clause is None or walk.consent_clause.depositaries == "first" or len(all_of_them) < 2 or deed.depositary is None:
        return True  # an act that names no depositary is taken as lodged with all
    there = standing.lodged.setdefault(deed.kind, set())
    before = all_of_them <= there
    there.add(deed.depositary)
    return all_of_them <= there and not before


def counts_from(walk: Walk, deed: Deed) -> date:
    """4.1 the received day of a notification of succession; where it came before the succession, that day."""
    succession = walk.predecessor(deed)
    return deed.received if succession is None or succession.on < walk.first else max(succession.on, deed.received)


def _succession(walk: Walk, deed: Deed) -> str | None:
    """3.5: what a notification of succession does today: bound, consented, signed, none (read as an accession), or nothing (None)."""
    succession = walk.predecessor(deed)
    only_signature = deed.details.get("to") == "signature"
    if succession is None:
        return "none" if deed.received == walk.today and not only_signature else None
    b = succession.on
    if b == walk.today:
        seat = walk.history.seat(walk.people.person(succession.predecessor, b - DAY), b - DAY)
        if only_signature:
            outcome = "signed"
        elif seat.covered:
            outcome = "bound"
        elif seat.consented is not None:
            outcome = "consented"
        else:
            outcome = "signed" if seat.signed else "none"
        walk.succession[deed.id] = outcome
        if outcome in ("bound", "signed"):
            return outcome
    outcome = walk.succession.get(deed.id, "signed" if only_signature else "none")
    return outcome if counts_from(walk, deed) == walk.today and outcome in ("consented", "none") else None
