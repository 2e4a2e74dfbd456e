"""A generated world at the scale of the United Nations Treaty Series: agreements, states and acts as columns.

Most agreements are bilateral (signed, both ratify or notify, some denounce, renew or terminate); one in forty is
multilateral with up to 150 parties, later accessions, withdrawals, reservations and objections; some depend on others.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from comity.agreements.clauses import Agreement, AnyClause, Dependence, Duration, EntryIntoForce, LaterParties, Supersedes, Withdrawal
from comity.agreements.conditions import Consents, PartySet
from comity.parties import Named, Party, Register, Succession
from comity.standing.columns import ColumnRecord, Columns
from comity.terms import Step

STATES = 200
KINDS = ("sign", "ratify", "accede", "notify-completion", "denounce", "register", "declare", "reserve", "object-renewal", "terminate", "accept")
_KIND = {name: index for index, name in enumerate(KINDS)}
_FIRST, _LAST = date(1946, 1, 1).toordinal(), date(2024, 12, 31).toordinal()
_SAYS = "In a generated world."


def states() -> Register:
    """200 states; the last two continue and separate from others, so that a succession can be shown."""
    codes = [f"S{number:02d}" if number < 100 else f"T{number - 100:02d}" for number in range(STATES)]
    parties = {code: Party(code, "state", (Named(code),)) for code in codes}
    separated = Succession(codes[-1], codes[0], "separates", date(1992, 1, 1))
    return Register(parties, (separated,))


def world(agreements: int, seed: int = 1) -> ColumnRecord:
    """A world with so many agreements and about eight acts each."""
    rng = np.random.default_rng(seed)
    register = states()
    codes = tuple(register.parties)
    made_agreements: list[Agreement] = []
    rows: list[tuple[int, int, int, int, int]] = []  # agreement, kind, actor, made, effect
    starts = [0]
    details: dict[int, dict[str, str]] = {}
    for number in range(agreements):
        multilateral = rng.random() < 0.025
        opened = int(rng.integers(_FIRST, _LAST - 400))
        members = rng.choice(STATES, size=int(rng.integers(10, 151)) if multilateral else 2, replace=False)
        made_agreements.append(_agreement(number, multilateral, opened, [codes[m] for m in members], rng))
        acts = _multilateral(rng, opened, members) if multilateral else _bilateral(rng, opened, members)
        base = len(rows)
        for offset, (kind, actor, day, effect) in enumerate(sorted(acts, key=lambda a: a[2])):
            rows.append((number, _KIND[kind], actor, min(day, _LAST), effect))
            if kind == "reserve":
                details[base + offset] = {"articles": "2"}
        starts.append(len(rows))
    table = np.array(rows, dtype=np.int32).T
    columns = Columns(
        KINDS, codes, table[0], table[1], table[2], table[3], np.zeros_like(table[0]), table[4], table[3],
        np.full(len(rows), -1, dtype=np.int32), np.array(starts, dtype=np.int32), details,
    )  # fmt: skip
    return ColumnRecord(made_agreements, columns, register)


def _agreement(number: int, multilateral: bool, opened: int, members: list[str], rng: np.random.Generator) -> Agreement:
    clauses: list[AnyClause]
    if multilateral:
        needed = int(rng.integers(3, max(4, len(members) // 2)))
        clauses = [
            EntryIntoForce(
                kind="entry-into-force", article="1", says=_SAYS, delay=(Step(days=90),),
                when=Consents(kind="consents", number=needed, acts=("ratify", "accede", "accept")),
            ),
            LaterParties(kind="later-parties", article="1", says=_SAYS, delay=(Step(days=30),)),
            Withdrawal(kind="withdrawal", article="2", says=_SAYS, notice=(Step(years=1),)),
        ]  # fmt: skip
    else:
        clauses = [
            EntryIntoForce(
                kind="entry-into-force", article="1", says=_SAYS, delay=(Step(days=30),),
                when=Consents(kind="consents", number="all", by=PartySet(of="negotiating")),
            )
        ]  # fmt: skip
        if rng.random() < 0.5:
            clauses.append(
                Duration(kind="duration", article="3", says=_SAYS, term=(Step(years=5),), renews=(Step(years=1),), notice=(Step(months=6),))
            )
        else:
            clauses.append(Withdrawal(kind="withdrawal", article="3", says=_SAYS, notice=(Step(months=6),)))
        if number > 10 and rng.random() < 0.02:
            clauses.append(
                Dependence(kind="dependence", article="4", says=_SAYS, agreement=f"a{number - int(rng.integers(1, 10))}", effect="ends-with")
            )
        elif number > 10 and rng.random() < 0.02:
            clauses.append(Supersedes(kind="supersedes", article="4", says=_SAYS, agreement=f"a{number - int(rng.integers(1, 10))}"))
    return Agreement(
        id=f"a{number}", title=f"Agreement {number}", short=f"A {number}", concluded=date.fromordinal(opened),
        negotiating=() if multilateral else tuple(members), clauses=tuple(clauses),
    )  # fmt: skip


def _bilateral(rng: np.random.Generator, opened: int, members: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[tuple[str, int, int, int]]:
    kind = "ratify" if rng.random() < 0.5 else "notify-completion"
    acts = [("sign", int(m), opened, 0) for m in members]
    latest = opened
    for m in members:
        if rng.random() < 0.93:
            day = opened + int(rng.integers(0, 900))
            latest = max(latest, day)
            acts.append((kind, int(m), day, 0))
    if rng.random() < 0.6:
        acts.append(("register", int(members[0]), latest + 60, 0))
    if rng.random() < 0.3:
        acts.append(("declare", int(members[1]), latest + 10, 0))
    if rng.random() < 0.25:
        acts.append(("denounce", int(members[int(rng.integers(2))]), latest + int(rng.integers(400, 12000)), 0))
    if rng.random() < 0.1:
        day = latest + int(rng.integers(400, 9000))
        acts += [("terminate", int(m), day, 0) for m in members]
    return acts


def _multilateral(rng: np.random.Generator, opened: int, members: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[tuple[str, int, int, int]]:
    acts: list[tuple[str, int, int, int]] = []
    for m in members:
        signed = rng.random() < 0.6
        if signed:
            acts.append(("sign", int(m), opened + int(rng.integers(0, 365)), 0))
        day = opened + int(rng.exponential(2500))
        acts.append(("ratify" if signed else "accede", int(m), day, 0))
        if rng.random() < 0.03:
            acts.append(("denounce", int(m), day + int(rng.integers(800, 9000)), 0))
        if rng.random() < 0.02:
            acts.append(("reserve", int(m), day, 0))
        if rng.random() < 0.6:
            acts.append(("declare", int(m), day, 0))
    return acts
