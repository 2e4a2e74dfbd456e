"""Small grounds and consents, drawn by a seed; and the lines of one day, by the fast path and by the slow reading."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any, Literal, cast

from comity.acts import Act, Source
from comity.agreements import EVER, Agreement
from comity.agreements.allowances import Allowance, Equivalence, Release, Safeguarded
from comity.permissions.activity_lines import activity_consents, activity_lines
from comity.permissions.grounds import Grounds
from comity.permissions.release_lines import release_consents, release_lines
from comity.standing import Period, Standing
from comity.terms import Classification, Ladder, NotOnRecord, Step, Verdict, parse_moment
from oracles import lines as oracle
from tests.permissions.small_worlds import PARTIES

KNOWN = date(2026, 11, 1)
KINDS = ("consent-release", "revoke-release", "consent-activity", "mandate", "revoke-activity")
_CITED: dict[str, Any] = {"article": "1", "says": "x"}
_SURE = (Verdict.YES, Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN)
POLICIES = {"P": "A", "Q": "B", "Q2": "B", "N": "O"}
"""Who owns which policy; B owns two."""


def on(periods: list[Period], day: int) -> Verdict:
    """The verdict of the day."""
    return next((p.verdict for p in periods if p.start <= day < p.end), Verdict.NO)


def in_force(grounds: Grounds, day: int) -> Callable[[str, str, str], Verdict]:
    """Whether an agreement is in force between two on the day."""
    return lambda a, b, agreement: on(grounds.between(a, b, agreement), day)


def pairs_and_days(grounds: Grounds, seed: int, number: int) -> list[tuple[str, str, int]]:
    """Pairs that have something to do with a release clause, on days on which something changes for them."""
    rng, found = random.Random(seed), list[tuple[str, str, int]]()
    named = sorted({code for agreement, _, _ in grounds.clauses(Release) for code in agreement.negotiating})
    while len(found) < number:
        a, b = rng.sample(named, 2)
        edges = [edge for agreement, _, _ in grounds.clauses(Release) for p in grounds.between(a, b, agreement.id) for edge in (p.start, p.end)]
        days = [edge - rng.choice((0, 1)) for edge in edges if edge < EVER] or [date(2010, 1, 1).toordinal()]
        found.append((a, b, rng.choice(days)))
    return found


# -- lines of one day


def release_on(grounds: Grounds, giver: str, taker: str, day: int) -> set[tuple[Any, ...]]:
    """The lines of release of the day, by the fast path."""
    return {
        (line.agreement, line.clause, line.policy, line.level, line.under, line.as_, line.verdict, line.categories, line.only, line.purposes,
         line.opens, line.cleared)
        for line in release_lines(grounds, giver, taker) if line.start <= day < line.end
    }  # fmt: skip


def release_slowly(grounds: Grounds, giver: str, taker: str, day: int) -> set[tuple[Any, ...]]:
    """The same by the slow reading."""
    return set(oracle.release_lines(grounds.agreements, list(grounds.ladders.values()), giver, taker, in_force(grounds, day)))


def station_on(grounds: Grounds, doer: str, counterpart: str, day: int, territory: str | None = "T") -> list[tuple[Any, ...]]:
    """The lines of *station* of the day, for a territory, by the fast path."""
    lines = activity_lines(grounds, "station", doer, counterpart, territory)
    return sorted(
        (
            (line.agreement, line.clause, line.gives, line.verdict, line.covers, line.excludes, line.purposes, line.needs_consent, line.limit,
             line.political, line.territories)
            for line in lines if line.start <= day < line.end
        ),
        key=repr,
    )  # fmt: skip


def station_slowly(grounds: Grounds, doer: str, counterpart: str, day: int, territory: str | None = "T") -> list[tuple[Any, ...]]:
    """The same by the slow reading."""

    def extends(agreement: str) -> Verdict:
        return Verdict.YES if territory is None else on(grounds.standing.periods_bound(counterpart, agreement, territory), day)

    return sorted(oracle.allowances(grounds.agreements, "station", doer, counterpart, in_force(grounds, day), extends), key=repr)


def release_consents_on(grounds: Grounds, originator: str, day: int) -> set[tuple[Any, ...]]:
    """The originator's consents of the day, by the fast path."""
    return {
        (c.act, c.holders, c.takers, c.policy, c.levels, c.categories, c.item, c.verdict)
        for c in release_consents(grounds, originator) if c.start <= day < c.end
    }  # fmt: skip


def activity_consents_on(grounds: Grounds, activity: str, day: int) -> set[tuple[Any, ...]]:
    """Consents and mandates of the day, by the fast path."""
    return {
        (c.act, c.doers, c.counterpart, c.territory, c.purposes, c.things, c.verdict, c.under)
        for c in activity_consents(grounds, activity) if c.start <= day < c.end
    }  # fmt: skip


def memberships_on(grounds: Grounds, party: str, day: int) -> dict[str, Verdict]:
    """To which of the groups the party belongs on the day, by the fast path: an organisation, one that is not on record, a state."""
    return {m.group: m.verdict for m in grounds.members(party, ("ORG", "GONE", "A", "nobody")) if m.start <= day < m.end}


# -- small grounds


@dataclass
class Held:
    """What grounds ask of a standing, drawn at random."""

    record: SimpleNamespace
    agreements: dict[str, Agreement]
    periods: dict[tuple[str, str, str], list[Period]] = field(default_factory=dict)
    acts: list[tuple[Act, bool]] = field(default_factory=list)
    seed: int = 0
    known: date = KNOWN

    def acts_of(self, kinds: tuple[str, ...]) -> list[tuple[Act, bool]]:
        return [(act, sure) for act, sure in self.acts if act.kind in kinds]

    def known_agreements(self) -> list[str]:
        return sorted(self.agreements)

    def periods_between(self, a: str, b: str, agreement: str) -> list[Period]:
        return self._drawn(min(a, b), max(a, b), agreement)

    def periods_bound(self, party: str, agreement: str, territory: str | None = None) -> list[Period]:
        return self._drawn(party, territory or "", agreement)

    def _drawn(self, a: str, b: str, agreement: str) -> list[Period]:
        rng = random.Random(f"{self.seed} {a} {b} {agreement}")
        start = rng.randrange(0, 6)
        middle, end = start + rng.randrange(1, 4), start + rng.randrange(4, 8)
        return [Period(start, middle, rng.choice(_SURE)), Period(middle, end, rng.choice(_SURE))] if rng.random() < 0.8 else []


def small_grounds(seed: int) -> Grounds:
    """Grounds with a few agreements and arrangements under them, over four policies of three levels."""
    rng = random.Random(seed)
    ladders = tuple(_ladder(policy, owner) for policy, owner in POLICIES.items())
    agreements = {name: _agreement(rng, name, parent) for name, parent in (("x", None), ("x1", "x"), ("x2", "x"), ("y", None))}
    by_policy = {ladder.policy: ladder for ladder in ladders}
    organisations = {"ORG": SimpleNamespace(constituent="y"), "GONE": SimpleNamespace(constituent="z"), "A": SimpleNamespace(constituent=None)}
    record = SimpleNamespace(
        ladders=ladders, agreement=lambda name, _known: agreements[name], has_agreement=lambda name, _known: name in agreements,
        ladder=lambda name: _found(by_policy, name), register=SimpleNamespace(parties=organisations),
    )  # fmt: skip
    return Grounds(cast(Standing, Held(record, agreements, seed=seed, acts=_acts(rng))))


_DETAILS = {
    "policy": ("P", "Q", "gone"),
    "up_to": ("P1", "Q2", "level 2 of P", "nothing"),
    "categories": ("X", "*", "X, Y"),
    "holder": ("A", "A, B"),
    "item": ("i",),
    "activity": ("station", "supply"),
    "purposes": ("u", "u, v"),
    "things": ("fuel",),
    "until": ("2020-01-20",),
}


def _found(ladders: dict[str, Ladder], policy: str) -> Ladder:
    if policy not in ladders:
        raise NotOnRecord(policy)
    return ladders[policy]


def _acts(rng: random.Random) -> list[tuple[Act, bool]]:
    """Consents, mandates and what revokes them; each undisputed or not."""
    found: list[tuple[Act, bool]] = []
    for number in range(rng.randrange(0, 6)):
        kind = rng.choice(("consent-release", "consent-release", "revoke-release", "consent-activity", "mandate", "revoke-activity"))
        details = {}
        for name, choices in _DETAILS.items():
            if rng.random() < 0.3:
                details[name] = rng.choice(choices)
        replies = rng.choice([None, *(act.hash for act, _ in found)]) if kind.startswith("revoke") else None
        moments: dict[str, Any] = {name: parse_moment(rng.choice(MOMENTS)) for name in ("made", "received", "effect") if rng.random() < 0.5}
        act = Act(
            kind, rng.choice(("A", "B")), f"act-{number}", rng.choice((None, "x")), details=details, source=Source("x"), replies_to=replies,
            counterparty=_some(rng, ("B", "C"), 0.3), on_behalf_of=rng.choice([None, None, "B"]), territory=_some(rng, ("T",), 0.5), **moments,
        )  # fmt: skip
        found.append((act, rng.random() < 0.8))
    return found


def _ladder(policy: str, owner: str) -> Ladder:
    levels = tuple(Classification(name=f"{policy}{rank}", rank=rank, also=(f"level {rank} of {policy}",)) for rank in (0, 1, 2, 3))
    return Ladder(policy=policy, owner=owner, source="x", levels=levels)


def _agreement(rng: random.Random, name: str, parent: str | None) -> Agreement:
    clauses: list[Any] = [*(_release(rng) for _ in range(rng.randrange(0, 3))), *(_table(rng) for _ in range(rng.randrange(0, 3))), *_allowances(rng)]
    rng.shuffle(clauses)
    form: Literal["treaty", "political"] = rng.choice(("treaty", "political"))
    return Agreement(id=name, title=name, short=name, concluded=date(1, 1, 1), form=form, parent=parent, clauses=tuple(clauses))


def _some(rng: random.Random, names: tuple[str, ...], share: float) -> tuple[str, ...]:
    return tuple(name for name in names if rng.random() < share)


def _level(rng: random.Random, policy: str) -> str:
    rank = rng.randrange(0, 4)
    return rng.choice([f"{policy}{rank}", f"LEVEL {rank} OF {policy}"])


def _release(rng: random.Random) -> Release:
    return Release(
        kind="release", **_CITED, policies=_some(rng, tuple(POLICIES), 0.3), up_to={p: _level(rng, p) for p in POLICIES if rng.random() < 0.3},
        givers=_some(rng, PARTIES, 0.2), takers=_some(rng, PARTIES, 0.2), mapped=rng.choice(["same", "table", "table"]),
        categories=_some(rng, ("X",), 0.3), only=_some(rng, ("X",), 0.3), purposes=_some(rng, ("u",), 0.3),
        third_parties=rng.choice(["consent", "among-parties"]), cleared_from={p: _level(rng, p) for p in POLICIES if rng.random() < 0.4},
    )  # fmt: skip


def _table(rng: random.Random) -> Equivalence:
    rows = tuple({p: _level(rng, p) for p in POLICIES if rng.random() < 0.6} for _ in range(rng.randrange(1, 4)))
    safeguarded = []
    for _ in range(rng.randrange(0, 3)):
        policy, by = rng.choice(sorted(POLICIES)), rng.choice(("A", "B", "O", "C"))
        owned = [p for p, owner in POLICIES.items() if owner == by]
        under = rng.choice([None, "N"]) if owned else "N"
        safeguarded.append(Safeguarded(policy=policy, level=_level(rng, policy), by=by, as_=_level(rng, under or owned[0]), under=under))
    return Equivalence(kind="equivalence", **_CITED, rows=rows, safeguarded=tuple(safeguarded))


def _allowances(rng: random.Random) -> list[Allowance]:
    return [
        Allowance(
            kind="allowance", **_CITED, activity=rng.choice(["station", "station", "train"]), gives=rng.choice([None, "entry", "status"]),
            covers=_some(rng, ("fuel",), 0.2), limit=rng.choice([(), (Step(days=3),)]), doers=_some(rng, PARTIES, 0.15),
            territories=_some(rng, ("T",), 0.2), counterparts=_some(rng, PARTIES, 0.15), needs=rng.choice(["consent", "arrangement", "nothing"]),
        )
        for _ in range(rng.randrange(0, 3))
    ]  # fmt: skip


# -- consents

MOMENTS = ("2020-01-05", "2020-01-xx", "2020-01-03/2020-01-09", "2020-01-12")
DAYS = [date(2020, 1, day) for day in range(1, 32)] + [date(2019, 12, 31), date(2020, 2, 1)]


def consents(seed: int) -> tuple[Act, bool, list[Act]]:
    """A consent, whether it is undisputed, and acts that may revoke it."""
    rng = random.Random(seed)
    details = {}
    if rng.random() < 0.3:
        details["until"] = f"2020-01-{rng.randrange(1, 28):02d}"
    if rng.random() < 0.2:
        details["from"] = f"2020-01-{rng.randrange(1, 28):02d}"
    moments: dict[str, Any] = {name: parse_moment(rng.choice(MOMENTS)) for name in ("made", "received", "effect", "notified") if rng.random() < 0.4}
    act = Act("consent-release", "A", "given", details=details, source=Source("x"), **moments)
    when: list[dict[str, Any]] = [{rng.choice(["made", "received", "notified", "effect"]): parse_moment(rng.choice(MOMENTS))} for _ in range(2)]
    back = [
        Act(
            "revoke-release", rng.choice(["A", "A", "B"]), f"back-{number}", replies_to=rng.choice([None, act.hash, "sha256:another"]),
            on_behalf_of=rng.choice([None, None, "A"]), **when[number],
        )
        for number in range(rng.randrange(0, 3))
    ]  # fmt: skip
    return act, rng.random() < 0.8, back
