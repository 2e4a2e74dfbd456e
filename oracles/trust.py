"""The slow reading of trust: each forecast from all duties anew, sums in the order of the text, the beta distribution by a power series.

Source: docs/explanation/how-trust-is-forecast.md.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from comity.trust.observations import Observation
from comity.trust.rules import TrustRules


class Row(NamedTuple):
    """A duty as it stands: what 1.1 and 1.2 look at."""

    key: str
    kind: str
    owed_by: str | None
    owed_to: tuple[str, ...]
    due: date | None
    state: str
    option: bool
    agreement: str
    acts: tuple[str, ...]


class Seen(NamedTuple):
    """A duty that counts, or that is left out (``came_out`` None)."""

    key: str
    kind: str
    owed_by: str
    owed_to: tuple[str, ...]
    due: date
    came_out: str | None
    simulated: bool


class Told(NamedTuple):
    """A forecast."""

    value: float | None
    between: tuple[float, float] | None
    towards: float
    base_rate: float
    rests_on: tuple[tuple[str, float], ...]
    left_out: int
    simulated: bool
    score: tuple[object, ...] | None


def seen(rows: Sequence[Row], on: date, persons: dict[str, str], refs: frozenset[str], agreements: frozenset[str]) -> list[Seen]:
    """Section 1."""
    found = []
    for row in sorted(rows, key=lambda row: (row.due or date.min, row.key)):
        if row.owed_by is not None and not row.option and row.due is not None and row.due < on:
            if row.state in ("done", "done late", "overdue", "not known", "contested"):
                out = {"done": "kept", "done late": "late", "overdue": "missed"}.get(row.state)
                to = tuple(dict.fromkeys(persons[code] for code in row.owed_to))
                played = row.agreement in agreements or bool(refs & set(row.acts))
                found.append(Seen(row.key, row.kind, persons[row.owed_by], to, row.due, out, played))
    return found


class Beta(NamedTuple):
    """A beta distribution, how many duties are in *two*, and m2."""

    a: float
    b: float
    two: int
    towards: float


def _forecast(past: Sequence[Seen], party: str, partner: str | None, kind: str | None, on: date, rules: TrustRules) -> Beta:
    circles: dict[str, list[Seen]] = {"two": [], "own": [], "others": [], "other kinds": []}
    for one in past:
        if kind is not None and one.kind != kind:
            circles["other kinds"].append(one)
        elif one.owed_by != party:
            circles["others"].append(one)
        elif partner is None or partner in one.owed_to or not one.owed_to:
            circles["two"].append(one)
        else:
            circles["own"].append(one)

    def sums(name: str) -> tuple[float, float]:
        weights = [(2.0 ** (-((on - one.due).days) / rules.half_life), one.came_out == "kept") for one in circles[name]]
        return math.fsum(w for w, kept in weights if kept), math.fsum(w for w, _ in weights)

    k, w = sums("other kinds")
    m = (k + 0.5) / (w + 1)
    for name in ("others", "own"):
        k, w = sums(name)
        m = (k + rules.pooling * m) / (w + rules.pooling)
    k, w = sums("two")
    return Beta(k + rules.pooling * m, w - k + rules.pooling * (1 - m), len(circles["two"]), m)


def _base_rate(past: Sequence[Seen], kind: str | None) -> float:
    of_kind = [one for one in past if kind is None or one.kind == kind]
    return (sum(1 for one in of_kind if one.came_out == "kept") + 0.5) / (len(of_kind) + 1)


def told(everything: Sequence[Seen], party: str, partner: str, kind: str | None, on: date, rules: TrustRules) -> Told:
    """Sections 2 and 3. ``everything``: by due day and key."""
    past = [one for one in everything if one.came_out is not None]
    beta = _forecast(past, party, partner, kind, on, rules)
    between = [
        one
        for one in everything
        if one.owed_by == party and (kind is None or one.kind == kind) and (one.owed_to == () or partner in one.owed_to)
    ]  # fmt: skip
    two = [one for one in between if one.came_out is not None]
    shown = len(two) >= rules.needed
    tail = (1 - rules.level) / 2
    return Told(
        beta.a / (beta.a + beta.b) if shown else None, (quantile(tail, beta.a, beta.b), quantile(1 - tail, beta.a, beta.b)) if shown else None,
        beta.towards, _base_rate(past, kind), tuple((one.key, 2.0 ** (-((on - one.due).days) / rules.half_life)) for one in two),
        len(between) - len(two), any(one.simulated for one in past), _score(past, kind, rules),
    )  # fmt: skip


def _score(past: Sequence[Seen], kind: str | None, rules: TrustRules) -> tuple[object, ...] | None:
    tried: list[tuple[str, float, float, int]] = []
    for one in past:
        if kind is not None and one.kind != kind:
            continue
        before = [other for other in past if other.due < one.due]
        partner = one.owed_to[0] if len(one.owed_to) == 1 else None
        beta = _forecast(before, one.owed_by, partner, kind, one.due, rules)
        if beta.two >= rules.needed:
            tried.append((one.owed_by, beta.a / (beta.a + beta.b), _base_rate(before, kind), 1 if one.came_out == "kept" else 0))
    if not tried:
        return None
    brier = [((p - y) ** 2, (q - y) ** 2) for _, p, q, y in tried]
    logs = [(-math.log(p if y else 1 - p), -math.log(q if y else 1 - q)) for _, p, q, y in tried]
    parties = [party for party, _, _, _ in tried]
    return len(tried), len(set(parties)), _compared(parties, brier, rules), _compared(parties, logs, rules), _bins(tried)


def _compared(parties: list[str], losses: list[tuple[float, float]], rules: TrustRules) -> tuple[object, ...]:
    ours, base = (math.fsum(pair[i] for pair in losses) / len(losses) for i in (0, 1))
    names = sorted(set(parties))
    if len(names) == 1:
        return ours, base, ours - base, None, "not told"
    drawing, means = random.Random(1928), []
    of_party = {name: [a - b for party, (a, b) in zip(parties, losses, strict=True) if party == name] for name in names}
    for _ in range(2000):
        drawn = [of_party[name] for name in drawing.choices(names, k=len(names))]
        means.append(sum(sum(some) for some in drawn) / sum(map(len, drawn)))
    means.sort()
    places = [math.floor(share * 1999 + 0.5) for share in ((1 - rules.level) / 2, (1 + rules.level) / 2)]
    low, high = (means[place] for place in places)
    return ours, base, ours - base, (low, high), "better" if high < 0 else "worse" if low > 0 else "not told"


def _bins(tried: list[tuple[str, float, float, int]]) -> tuple[object, ...]:
    found = []
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        some = [(p, y) for _, p, _, y in tried if low <= p and (p < low + 0.2 - 1e-12 or low == 0.8)]
        mean, kept = (math.fsum(p for p, _ in some) / len(some), sum(y for _, y in some) / len(some)) if some else (None, None)
        found.append((low, round(low + 0.2, 1), len(some), mean, kept))
    return tuple(found)


def below(x: float, a: float, b: float) -> float:
    """The share of the beta distribution below x: x^a (1-x)^b / (a B(a, b)) times the sum of (a+b)_n / (a+1)_n x^n (DLMF 8.17.8)."""
    if x > 0.5:
        return 1 - below(1 - x, b, a)
    if x <= 0:
        return 0.0
    term, total, n = 1.0, 1.0, 0
    while term > 1e-17 * total:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    return math.exp(a * math.log(x) + b * math.log1p(-x) - math.log(a) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)) * total


def quantile(share: float, a: float, b: float) -> float:
    """The number below which the share lies, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if below(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def as_seen(observations: Sequence[Observation]) -> list[Seen]:
    """Observations as this reading has them."""
    return [Seen(one.key, one.kind, one.owed_by, one.owed_to, one.due, one.came_out, one.simulated) for one in observations]
