"""How likely the next duty is to be kept on time: the forecast, what it rests on, and how good such forecasts were.

Source: docs/explanation/how-trust-is-forecast.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.trust.intervals import beta_quantile
from comity.trust.observations import Observation, Observed
from comity.trust.rules import TrustRules
from comity.trust.scoring import Score, score, tried
from comity.trust.tallies import ALL, Tallies


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A duty that a forecast rests on, and what it weighs: 1 on its day, half as much after each half-life."""

    duty: Observation
    weight: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """How likely the party's next duty (of the kind) towards the partner is to be kept on time.

    ``value``: the probability; None: fewer duties are observed than are needed, and ``why`` says so. ``between``: the interval of the probability, at
    ``rules.level``. ``towards``: the mean of the wider circles, towards which it is pooled. ``base_rate``: of all duties (of the kind) of all.
    ``left_out``: duties between the two of which it is not known or contested how they came out. ``score``: of all forecasts that would have
    been shown; None: there was none.
    """

    party: str
    partner: str
    kind: str | None
    on: date
    rules: TrustRules
    value: float | None
    why: str
    between: tuple[float, float] | None
    towards: float
    base_rate: float
    rests_on: tuple[RestsOn, ...]
    left_out: int
    score: Score | None
    simulated: bool
    notes: tuple[str, ...] = ()


def forecast(found: Observed, party: str, partner: str, kind: str | None, on: date, rules: TrustRules) -> Forecast:
    """The forecast out of what was observed. ``party``, ``partner``: nations."""
    tallies = Tallies(rules, kind is not None)
    for one in found.counted:
        tallies.add(one)
    of = ALL if kind is None else kind
    shape = tallies.shape(of, party, partner, on)
    own = [one for one in found.counted if kind in (None, one.kind) and one.owed_by == party and (not one.owed_to or partner in one.owed_to)]
    left = [one for one in found.left if kind in (None, one.kind) and one.owed_by == party and (not one.owed_to or partner in one.owed_to)]
    enough = len(own) >= rules.needed
    tail = (1 - rules.level) / 2
    trials = score(tried(found.counted, kind, rules), rules)
    return Forecast(
        party=party, partner=partner, kind=kind, on=on, rules=rules, value=shape.mean if enough else None,
        why="" if enough else f"{len(own)} observed; {rules.needed} are needed",
        between=(beta_quantile(tail, shape.a, shape.b), beta_quantile(1 - tail, shape.a, shape.b)) if enough else None,
        towards=shape.towards, base_rate=tallies.base_rate(of),
        rests_on=tuple(RestsOn(one, 0.5 ** ((on - one.due).days / rules.half_life)) for one in own), left_out=len(left), score=trials,
        simulated=any(one.simulated for one in found.counted), notes=tuple(_notes(own, found, len(left), trials)),
    )  # fmt: skip


def _notes(own: list[Observation], found: Observed, left: int, trials: Score | None) -> list[str]:
    told = list[str]()
    played, alike = sum(one.simulated for one in own), sum(one.simulated for one in found.counted)
    if alike:
        told.append(f"{played} of the {len(own)} duties, and {alike} of all {len(found.counted)}, are of a simulation")
    if left:
        told.append(f"{left} more fell due between the two; it is not known, or contested, how they came out: they are not counted")
    if trials is None:
        told.append("no forecast could be scored yet: nowhere were enough duties observed before another fell due")
    return told
