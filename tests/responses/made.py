"""Attacks and lines drawn by a seed, and small records with obligations, invocations and answers: what is asked of both readings."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any, Literal, cast

from comity.acts import Act, Source
from comity.agreements import Agreement
from comity.agreements.obligations import Obligation, Said
from comity.parties import Named, Party, Register, Span, Succession
from comity.responses import Attack, Line, Nature, obliged, owed
from comity.responses.attacks import Side
from comity.responses.conflicts import both_sides
from comity.standing import Standing
from comity.terms import Answer, Moment, Verdict, parse_moment
from oracles import responses as oracle

KNOWN = date(2026, 1, 1)
PARTIES = ("A", "B", "C", "D", "OLD", "NEW")
RENAMED = date(2020, 6, 15)
DAYS = (date(2020, 6, 1), date(2020, 6, 14), RENAMED, date(2020, 6, 20), date(2020, 6, 30))
WORDS = ("europe", "pacific", "A", "B", "T")
_TYPES: tuple[Any, ...] = ("defence", "defence", "consultation", "neutrality", "non-aggression", "offence")
_SURE = (Verdict.YES, Verdict.YES, Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN)
_MOMENTS = ("2020-06-14", "2020-06-15", "2020-06-xx", "2020-06-10/2020-06-20", "2020-05-01", "2020-07-01")
REGISTER = Register(
    parties={
        **{code: Party(code, "state", (Named(code),)) for code in ("A", "B", "C", "D")},
        "OLD": Party("OLD", "state", (Named("Old"),), exists=(Span(None, RENAMED),)),
        "NEW": Party("NEW", "state", (Named("New"),), exists=(Span(RENAMED, None),)),
        "ORG": Party("ORG", "organ", (Named("Organ"),)),
        "T": Party("T", "territory", (Named("T"),), part_of="A"),
    },
    successions=(Succession("NEW", "OLD", "continues", RENAMED), Succession("D", "C", "separates", date(2000, 1, 1))),
)


def _moment(rng: random.Random, share: float) -> Moment | None:
    return parse_moment(rng.choice(_MOMENTS)) if rng.random() < share else None


def clause(rng: random.Random) -> Obligation:
    """An obligation with a condition or two."""

    def some(names: Iterable[str], share: float) -> tuple[str, ...]:
        return tuple(name for name in names if rng.random() < share)

    def maybe(share: float = 0.2) -> bool:
        return rng.random() < share

    said: tuple[Said, ...] = ("covered", "not-covered", "not-said")
    placed = maybe(0.4)
    return Obligation(
        kind="obligation", article="1", says="s", type=rng.choice(_TYPES),
        owed_by=some(PARTIES, 0.5) if maybe() else (), owed_to=some(PARTIES, 0.5) if maybe() else (),
        upon=rng.choice(("", "", "attack", "request", "regular")), against=some(PARTIES, 0.4) if maybe(0.4) else (), against_others=maybe(),
        places=some((*WORDS, "own", "party"), 0.3) if placed else (), places_in_part=some(WORDS, 0.2) if placed and maybe(0.5) else (),
        place_says="somewhere" if maybe(0.1) else None,
        attackers_least=rng.choice((None, None, None, 2)), attackers_most=rng.choice((None, None, None, 2, 3)),
        unprovoked=maybe(0.25), attacked_only=maybe(), non_state=rng.choice(said), cyber=rng.choice(said),
        besides=("it rains",) if maybe(0.1) else (), from_=_moment(rng, 0.25), until=_moment(rng, 0.25),
        through=date(2020, 6, 14) if maybe(0.1) else None,
    )  # fmt: skip


def attack(rng: random.Random, states: tuple[str, ...] = ("B", "C", "D")) -> Attack:
    """An attack on A, told in part."""
    natures: tuple[Nature, ...] = ("armed", "armed", "non-state", "cyber")
    nature = rng.choice(natures)
    by = () if nature == "non-state" else tuple(code for code in states if rng.random() < 0.45)
    places = tuple(word for word in WORDS if rng.random() < 0.25)
    return Attack(attacked="A", by=by, nature=nature, places=places, provoked=rng.choice((None, True, False)))


def lines_world(seed: int) -> tuple[Attack, list[Line], date]:
    """An attack and the lines that it is put to, on a day."""
    rng = random.Random(seed)
    asked, found = attack(rng), []
    for _ in range(rng.randrange(1, 7)):
        sides: tuple[Side, ...] = ("attacked", "attacker") if asked.by else ("attacked",)
        side = rng.choice(sides)
        creditor = "A" if side == "attacked" else rng.choice(asked.by)
        others = [c for c in PARTIES[:-1] if c != creditor and not (side == "attacker" and c in ("A", *asked.by))]
        parties = frozenset(c for c in PARTIES[:-1] if rng.random() < 0.6)
        found.append(
            Line(rng.choice("xy"), 0, clause(rng), rng.choice(others), creditor, side, rng.choice(_SURE), parties, rng.random() < 0.3,
                 rng.random() < 0.3)
        )  # fmt: skip
    return asked, found, rng.choice(DAYS)


def fast_lines(seed: int) -> tuple[list[Verdict], set[tuple[str, str, Verdict, tuple[str, ...]]], list[bool]]:
    """What the shipped reading has of lines: their verdicts, who is on both sides, and whether what is unknown says what would decide it."""
    asked, lines, on = lines_world(seed)
    found = owed(asked, lines, on)
    clashes = {(str(one.kind), one.party, one.verdict, one.agreements) for one in both_sides(asked, found)}
    return [one.verdict for one in found], clashes, [bool(one.depends_on) for one in found]


def slow_lines(seed: int) -> tuple[list[Verdict], set[tuple[str, str, Verdict, tuple[str, ...]]], list[bool]]:
    """The same by the slow reading."""
    asked, lines, on = lines_world(seed)
    verdicts = [oracle.worth(asked, line, on) for line in lines]
    decided = [
        v is Verdict.UNKNOWN and oracle.worth(asked, line._replace(verdict=Verdict.YES), on) is v for line, v in zip(lines, verdicts, strict=True)
    ]
    return verdicts, oracle.both_sides(asked, list(zip(lines, verdicts, strict=True))), decided


# -- small records


@dataclass
class Held:
    """What is asked of a standing, drawn at random."""

    on: date
    agreements: dict[str, Agreement]
    seed: int
    acts: list[tuple[Act, bool]] = field(default_factory=list)
    known: date = KNOWN
    viewer: str | None = None

    @property
    def record(self) -> SimpleNamespace:
        return SimpleNamespace(
            register=REGISTER, party=lambda code: code, agreement=lambda name, known: self.agreements[name], coverage_of=lambda agreement: ()
        )

    def known_agreements(self) -> list[str]:
        return sorted(self.agreements)

    def progress(self, names: list[str]) -> list[str]:
        return names

    def status(self, agreement: str) -> list[tuple[str, Verdict, str]]:
        alive = [code for code in PARTIES if code not in ("OLD", "NEW") or (code == "NEW") == (self.on >= RENAMED)]
        rng = random.Random(f"{self.seed} {agreement}")
        return [(code, rng.choice((*_SURE, Verdict.NO)), "party") for code in alive]

    def between(self, a: str, b: str, agreement: str) -> Answer:
        rng = random.Random(f"{self.seed} {min(a, b)} {max(a, b)} {agreement}")
        days = (None, date(2020, 5, 20), date(2020, 6, 14), date(2020, 7, 2))
        return Answer("between", rng.choice((*_SURE, Verdict.NO)), since=rng.choice(days[:3]), until=rng.choice((None, days[3])))

    def acts_of(self, kinds: Iterable[str]) -> list[tuple[Act, bool]]:
        return [(act, sure) for act, sure in self.acts if act.kind in kinds]


def record_world(seed: int) -> tuple[Attack, Held]:
    """An attack, as its words have it, and the small record that it is put to."""
    rng = random.Random(seed)
    on = rng.choice(DAYS)
    alive = "NEW" if on >= RENAMED else "OLD"
    asked = attack(rng, ("B", "C", alive, "NEW" if rng.random() < 0.2 else "D"))
    agreements = {
        name: Agreement(id=name, title=name, short=name, concluded=date(2000, 1, 1), clauses=tuple(clause(rng) for _ in range(rng.randrange(1, 4))))
        for name in "xyz"
    }
    held = Held(on, agreements, seed)
    for number in range(rng.randrange(0, 5)):
        held.acts.append((_invocation(rng, number), rng.random() < 0.8))
        for reply in range(rng.randrange(0, 5)):
            held.acts.append((_reply(rng, held.acts, f"{number}-{reply}"), rng.random() < 0.8))
    return asked, held


def _day(rng: random.Random) -> Moment | None:
    return parse_moment(rng.choice((*(day.isoformat() for day in DAYS), "2020-06-xx", "2020-05-01", "2020-07-05"))) if rng.random() < 0.9 else None


def _invocation(rng: random.Random, number: int) -> Act:
    details = {"attacked": rng.choice(("A", "A", "B, A", "C")), "nature": rng.choice(("armed", "threat", "cyber", "non-state"))}
    if rng.random() < 0.5:
        details["by"] = rng.choice(("B", "C,B", "OLD", "NEW, D"))
    if rng.random() < 0.3:
        del details["nature"]
    if rng.random() < 0.1:
        del details["attacked"]
    return Act(
        kind="invoke", actor=rng.choice((*PARTIES, "ORG", "ORG", "nobody")), ref=f"invoke-{number}", agreement=rng.choice(("x", "y", "z", None)),
        made=_day(rng),
        on_behalf_of=rng.choice((None, None, "B")), details=details, source=Source("s", "text"),
    )  # fmt: skip


def _reply(rng: random.Random, acts: list[tuple[Act, bool]], ref: str) -> Act:
    kinds: tuple[Literal["offer-measure", "carry-out-measure", "decline-measure", "consult", "meet"], ...]
    kinds = ("offer-measure", "carry-out-measure", "decline-measure", "consult", "meet")
    to = rng.choice(acts)[0]
    return Act(
        kind=rng.choice(kinds), actor=rng.choice(PARTIES[1:4] if rng.random() < 0.6 else PARTIES), ref=f"reply-{ref}", agreement=to.agreement,
        made=_day(rng),
        received=_day(rng), on_behalf_of=rng.choice((None, None, "C", "OLD")),
        replies_to=rng.choice((to.hash, to.hash, to.hash, to.ref, None, "nothing")), source=Source("s", "text"),
    )  # fmt: skip


Told = tuple[list[tuple[Any, ...]], set[tuple[Any, ...]], list[tuple[Any, ...]]]


def fast_record(seed: int) -> Told:
    """What the shipped reading has of a small record: the rows, who is on both sides, the invocations."""
    asked, held = record_world(seed)
    found = obliged(cast(Standing, held), asked)
    rows = [
        (
            row.line.agreement, row.line.place, row.line.debtor, row.line.creditor, row.line.side, row.owed.verdict, row.since, row.until,
            tuple(sorted(a.ref for a in row.answered)),
        )
        for row in found.rows
    ]  # fmt: skip
    clashes = {(one.kind, one.party, one.verdict, one.agreements) for one in found.conflicts}
    invoked = [(i.ref, i.agreement, i.certain, i.settles, sorted((a.ref, a.by, a.on, a.sure) for a in i.answers)) for i in found.invocations]
    return sorted(rows, key=repr), clashes, sorted(invoked)


def slow_record(seed: int) -> Told:
    """The same by the slow reading."""
    asked, held = record_world(seed)
    by = tuple(dict.fromkeys(oracle.called(REGISTER, code, held.on) for code in asked.by))
    asked = Attack(attacked="A", by=by, nature=asked.nature, places=asked.places, provoked=asked.provoked)
    invoked = oracle.invoked(asked, held.acts, REGISTER, held.on)
    lines = oracle.lines(
        asked, held.agreements.values(), REGISTER, held.on, lambda name: {code: v for code, v, _ in held.status(name)},
        lambda a, b, name: held.between(a, b, name).verdict, {name for name, certain, _, _ in invoked.values() if certain},
        {name for name, _, settles, _ in invoked.values() if settles},
    )  # fmt: skip
    lines = [line for line in lines if oracle.is_of_the_day(line, held.on)]
    found = [(line, oracle.worth(asked, line, held.on)) for line in lines]
    rows = []
    for line, verdict in found:
        pair, since, until = held.between(line.debtor, line.creditor, line.agreement), line.clause.from_, line.clause.until
        starts = [day for day in (pair.since, None if since is None else since.first) if day is not None]
        ends = [day for day in (pair.until, until.first if until is not None and until.first == until.last else None) if day is not None]
        unsure = pair.since is None or (since is not None and since.first != since.last)
        answers = (ref for name, _, _, told in invoked.values() if name == line.agreement for ref, who, _, _ in told if who == line.debtor)
        rows.append(
            (
                line.agreement, line.place, line.debtor, line.creditor, line.side, verdict, None if unsure else max(starts),
                min(ends) if ends else None, tuple(sorted(answers)),
            )
        )  # fmt: skip
    told = sorted((ref, name, certain, settles, answers) for ref, (name, certain, settles, answers) in invoked.items())
    return sorted(rows, key=repr), oracle.both_sides(asked, found), told
