"""Small rows of duties drawn by a seed, and what both readings make of them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache

from comity.duties import DutyStatus, State
from comity.procedures import Simulated
from comity.trust.forecasting import forecast
from comity.trust.intervals import beta_below, beta_quantile
from comity.trust.observations import Observed
from comity.trust.observing import observed
from comity.trust.rules import TrustRules
from comity.trust.scoring import Score
from oracles import trust as slow

WORLDS = 120
PERSONS = {"A": "A", "A0": "A", "B": "B", "B0": "B", "C": "C", "D": "D", "E": "E", "F": "F"}
ON = date(2020, 1, 1)
RULES = (
    TrustRules(needed=2), TrustRules(half_life=400, pooling=1.5, needed=1, level=0.5), TrustRules(half_life=30, pooling=10, needed=3, level=0.95),
    TrustRules(half_life=1e6, needed=0),
)  # fmt: skip
STATES = (*State, *[State.DONE] * 8, *[State.LATE] * 3, *[State.OVERDUE] * 3)
Told = tuple[object, ...]


@cache
def drawn(seed: int) -> tuple[tuple[DutyStatus, ...], str | None, TrustRules]:
    """Rows of duties, the kind asked about, the rules."""
    rng = random.Random(seed)
    share = {code: rng.random() for code in PERSONS.values()}
    rows = tuple(_row(rng, n, share) for n in range(rng.choice((0, 3, 8, 20, 30, 40))))
    return rows, rng.choice((None, "notify", "report")), RULES[seed % len(RULES)]


def _row(rng: random.Random, number: int, share: dict[str, float]) -> DutyStatus:
    by = rng.choice((*("A", "A0") * 2, "B", "C", *"DEF", None if rng.random() < 0.4 else "A"))
    state = rng.choice(STATES) if rng.random() < 0.4 else State.DONE if rng.random() < share[PERSONS[by or "C"]] else State.OVERDUE
    due = ON + timedelta(rng.choice((-1500, -800, -400, -365, -100, -30, -2, -1, 0, 1)) + rng.choice((0, 0, 0, -1)))
    return DutyStatus(
        key=f"k{rng.choice('12')}{number}", agreement=rng.choice("xyz"), version=1, duty="d", article="1", what="w",
        does=rng.choice(("notify", "notify", "report")), owed_by=by, owed_to=tuple(rng.sample(("B", "B0", "C", "A"), rng.choice((0, 1, 1, 2, 3)))),
        due=None if rng.random() < 0.05 else due, at=None, opens=None, state=state, option=rng.random() < 0.06, read="text",
        brought_about_by=rng.choice((None, "b1", "b2")), discharged_by=tuple(rng.sample(("z1", "z2", "z3"), rng.choice((0, 1, 2)))),
    )  # fmt: skip


def _simulated(seed: int) -> Simulated:
    rng = random.Random(-seed)
    return Simulated(
        frozenset(rng.sample(("b1", "z1"), rng.choice((0, 0, 1)))), frozenset(rng.sample(("x", "y"), rng.choice((0, 0, 0, 1))))
    )  # fmt: skip


def found(seed: int) -> Observed:
    """What is observed of the rows."""
    rows, _, _ = drawn(seed)
    return observed(rows, ON, lambda code: PERSONS[code], _simulated(seed))


def fast(seed: int) -> Told:
    """What ships, in the shape of the slow reading."""
    _, kind, rules = drawn(seed)
    seen = found(seed)
    one = forecast(seen, "A", "B", kind, ON, rules)
    told = (
        one.value, one.between, one.towards, one.base_rate, tuple((row.duty.key, row.weight) for row in one.rests_on), one.left_out, one.simulated,
        None if one.score is None else _scored(one.score),
    )  # fmt: skip
    outcomes = tuple((o.key, o.came_out, o.simulated, o.owed_by, o.owed_to) for o in seen.counted)
    why = bool(one.why), bool(one.notes)
    return _near((told, outcomes, len(seen.left), why))


def _scored(score: Score) -> tuple[object, ...]:
    brier, log = ((*one, one.says) for one in (score.brier, score.log))
    return score.number, score.parties, brier, log, tuple((b.low, b.high, b.number, b.forecast, b.kept) for b in score.bins)


def slowly(seed: int) -> Told:
    """The slow reading of the same."""
    rows, kind, rules = drawn(seed)
    simulated = _simulated(seed)
    plain = [
        slow.Row(
            row.key, row.does, row.owed_by, row.owed_to, row.due, str(row.state), row.option, row.agreement,
            (*([] if row.brought_about_by is None else [row.brought_about_by]), *row.discharged_by),
        )
        for row in rows
    ]  # fmt: skip
    everything = slow.seen(plain, ON, PERSONS, simulated.refs, simulated.agreements)
    told = slow.told(everything, "A", "B", kind, ON, rules)
    counted = [one for one in everything if one.came_out is not None]
    outcomes = tuple((o.key, o.came_out, o.simulated, o.owed_by, o.owed_to) for o in counted)
    why = told.value is None, told.simulated or told.left_out > 0 or told.score is None
    return _near((tuple(told), outcomes, len(everything) - len(counted), why))


def _near(told: Told) -> Told:
    return tuple(round(one, 8) if isinstance(one, float) else _near(one) if isinstance(one, tuple) else one for one in told)


SHAPES = tuple((a, b) for a in (0.3, 1.0, 2.5, 40.0, 400.0) for b in (0.3, 1.0, 7.0, 300.0))
PLACES = (0.0, 0.001, 0.1, 0.35, 0.5, 0.7, 0.95, 0.999, 1.0)


@cache
def _slow_betas() -> tuple[float, ...]:
    return tuple(slow.below(x, a, b) for a, b in SHAPES for x in PLACES)


def betas_agree() -> bool:
    """Is the share of the beta distribution below a number that of its power series, and does the number below which a share lies give it back?"""
    below = tuple(beta_below(x, a, b) for a, b in SHAPES for x in PLACES)
    back = all(abs(beta_below(beta_quantile(share, a, b), a, b) - share) < 1e-9 for a, b in SHAPES for share in (0.05, 0.5, 0.9))
    return back and all(abs(one - other) < 1e-10 for one, other in zip(below, _slow_betas(), strict=True))


@cache
def _slow() -> tuple[Told, ...]:
    return tuple(map(slowly, range(WORLDS)))


def trust_agrees() -> bool:
    """Do both have the same of every row of duties?"""
    return betas_agree() and all(fast(seed) == wanted for seed, wanted in enumerate(_slow()))
