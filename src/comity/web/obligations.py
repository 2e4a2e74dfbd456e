"""Obligations as a page tells them: those of one clause that come to the same stand together, by what is owed; and as rows of a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.agreements import Agreement
from comity.agreements.obligations import Obligation
from comity.responses import Answered, Response, Row, Tested
from comity.responses import BothSides as Opposed
from comity.terms import Verdict
from comity.web.asking import Asked
from comity.web.linking import href
from comity.web.telling import Words, told

FEW, MOST, CARDS = 12, 220, 60
"""So many parties are named beside a clause at once, so many below it; and so many clauses stand in a group. Files have all."""
OWES: Mapping[tuple[str, str], str | Promise] = {
    ("attacked", "defence"): _("to help %(to)s"),
    ("attacked", "consultation"): _("to consult with %(to)s"),
    ("attacked", "offence"): _("to fight beside %(to)s in other cases than an attack on it"),
    ("attacked", "neutrality"): _("to stay neutral towards %(to)s"),
    ("attacked", "non-aggression"): _("not to use force against %(to)s"),
    ("attacker", "offence"): _("to fight beside %(to)s, which attacks"),
    ("attacker", "neutrality"): _("to stay neutral towards %(to)s, which attacks"),
    ("attacker", "non-aggression"): _("not to use force against %(to)s, which attacks"),
}
BOTH: Mapping[str, str | Promise] = {
    "breach": _("Attacks one to whom it owes peace or help: %(who)s"),
    "common-ally": _("Attacks, and is bound by the agreement under which others owe help: %(who)s"),
    "torn": _("To help the one attacked, while owing who attacks help or peace too: %(who)s"),
}
GROUPS: tuple[tuple[str, str | Promise, tuple[tuple[str, str], ...]], ...] = (
    ("help", _("To help"), (("attacked", "defence"), ("attacked", "offence"))),
    ("consult", _("To consult"), (("attacked", "consultation"),)),
    ("apart", _("To stay neutral, and not to use force"), (("attacked", "neutrality"), ("attacked", "non-aggression"))),
    ("other-side", _("Towards who attacks"), (("attacker", "offence"), ("attacker", "neutrality"), ("attacker", "non-aggression"))),
)
BROUGHT_ABOUT = ("defence", "offence", "consultation", "neutrality", "non-aggression")
"""Obligations that an attack brings about."""
_ORDER = {Verdict.YES: 0, Verdict.CONTESTED: 1, Verdict.UNKNOWN: 2, Verdict.NO: 3}


@dataclass(frozen=True, slots=True)
class Bond:
    """What parties owe another by one clause, where it comes to the same for all of them. ``link``: the page of the clause.

    ``since`` and ``until``: where they are the same for all. ``plain``: a promise of peace on which no condition hangs.
    """

    who: tuple[str, ...]
    owes: Words
    to: str
    side: str
    type: str
    verdict: Verdict
    agreement: Agreement
    clause: Obligation
    link: str
    since: date | None
    until: date | None
    tests: tuple[Tested, ...]
    depends_on: tuple[str, ...]
    answered: tuple[Answered, ...]
    plain: bool

    @property
    def few(self) -> tuple[str, ...]:
        """Those who are named at once."""
        return self.who[:FEW] if len(self.who) > FEW + 1 else self.who

    @property
    def more(self) -> tuple[str, ...]:
        """Those who are named below."""
        return self.who[len(self.few) : MOST]

    @property
    def left(self) -> int:
        """How many are in the files alone."""
        return max(0, len(self.who) - MOST)


@dataclass(frozen=True, slots=True)
class Group:
    """The bonds of which the same is owed. ``left``: how many more there are in the files."""

    id: str
    title: str | Promise
    bonds: tuple[Bond, ...]
    left: int

    @property
    def told(self) -> tuple[Bond, ...]:
        """Those with a condition, or of which more than peace is owed."""
        return tuple(bond for bond in self.bonds if not bond.plain)

    @property
    def peace(self) -> tuple[Bond, ...]:
        """Plain promises of peace, a line each."""
        return tuple(bond for bond in self.bonds if bond.plain)


def obliges(agreement: Agreement, types: Collection[str] = BROUGHT_ABOUT) -> bool:
    """Does it oblige to any of this when a state is attacked?"""
    return any(isinstance(clause, Obligation) and clause.type in types and clause.upon != "regular" for clause in agreement.clauses)


def is_alliance(agreement: Agreement) -> bool:
    """Does it oblige to help, or to consult, when a state is attacked?"""
    return obliges(agreement, ("defence", "consultation"))


def bonds_of(this: Asked, found: Response) -> list[Bond]:
    """Every obligation of the answer, those of one clause that come to the same as one; who attacks is named first."""
    together: dict[object, list[Row]] = defaultdict(list)
    for row in found.rows:
        line = row.line
        together[line.side, line.agreement, line.place, line.creditor, row.owed.verdict, row.owed.tests].append(row)
    return [_bond(this, rows, found.attack.by) for rows in together.values()]


def _bond(this: Asked, rows: Sequence[Row], attackers: Sequence[str]) -> Bond:
    first = rows[0]
    line = first.line
    sinces, untils = {row.since for row in rows}, {row.until for row in rows}
    return Bond(
        who=tuple(sorted((row.line.debtor for row in rows), key=lambda code: (code not in attackers, code))),
        owes=told(OWES[line.side, line.clause.type], to=this.name(line.creditor)),
        to=line.creditor,
        side=line.side,
        type=line.clause.type,
        verdict=first.owed.verdict,
        agreement=first.agreement,
        clause=line.clause,
        link=href(this.carried, "clause", line.agreement, line.place + 1),
        since=sinces.pop() if len(sinces) == 1 else None,
        until=untils.pop() if len(untils) == 1 else None,
        tests=first.owed.tests,
        depends_on=first.owed.depends_on,
        answered=tuple(dict.fromkeys(one for row in rows for one in row.answered)),
        plain=line.clause.type == "non-aggression" and not first.owed.tests,
    )


def grouped(bonds: Iterable[Bond]) -> list[Group]:
    """By what is owed; what is sure comes first."""
    some = sorted(bonds, key=lambda bond: _ORDER[bond.verdict])
    found = [(name, title, [bond for bond in some if (bond.side, bond.type) in kinds]) for name, title, kinds in GROUPS]
    return [Group(name, title, tuple(mine[:CARDS]), max(0, len(mine) - CARDS)) for name, title, mine in found if mine]


@dataclass(frozen=True, slots=True)
class BothSides:
    """Those who stand on both sides in the same way, by the same agreements."""

    who: tuple[str, ...]
    says: Words
    verdict: Verdict
    agreements: tuple[str, ...]


def both_sides(this: Asked, conflicts: Iterable[Opposed]) -> list[BothSides]:
    """The conflicts, those together that are alike."""
    alike: dict[tuple[str, Verdict, tuple[str, ...]], list[str]] = defaultdict(list)
    for one in conflicts:
        alike[one.kind, one.verdict, one.agreements].append(one.party)
    return [
        BothSides(tuple(who), told(BOTH[kind], who=", ".join(this.name(code) for code in who)), verdict, agreements)
        for (kind, verdict, agreements), who in alike.items()
    ]


COLUMNS = {
    "party": "who owes it, by its code",
    "owes": "defence, offence, consultation, neutrality or non-aggression",
    "towards": "to whom it is owed",
    "side": "attacked: to the one attacked; attacker: to one that attacks",
    "verdict": "whether it is owed: yes, no, contested or unknown",
    "agreement": "under which agreement, by its id",
    "article": "under which article",
    "says": "what the clause says, in our own words",
    "since": "since when it is owed between the two, where that is known",
    "until": "until when, where an end is on record",
    "attacks": "yes: it attacks",
    "conditions": "each condition, and whether it is met",
    "depends_on": "what would decide it, where that is unknown",
    "answered": "acts of its own by which it answered an invocation",
    "read": "how the clause was read: in the text, in a secondary source, from memory",
}
"""What the columns of obligations are."""


def row_to_plain(row: Row, attackers: Sequence[str]) -> dict[str, object]:
    """An obligation as plain data, flat."""
    line, clause = row.line, row.line.clause
    return {
        "party": line.debtor,
        "owes": clause.type,
        "towards": line.creditor,
        "side": line.side,
        "verdict": str(row.owed.verdict),
        "agreement": line.agreement,
        "article": clause.article,
        "says": clause.says,
        "since": row.since and row.since.isoformat(),
        "until": row.until and row.until.isoformat(),
        "attacks": line.debtor in attackers,
        "conditions": [f"{test.verdict}: {test.says}" for test in row.owed.tests],
        "depends_on": list(row.owed.depends_on),
        "answered": [one.ref for one in row.answered],
        "read": clause.read,
    }
