"""What is to happen in a run, drawn from its seed: who pulls from whom, and what goes wrong meanwhile, second by second."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.exchange.federation_simulator import HOSTILE
from tests.exchange.namespaces.ethernet import Noise

HONEST = ("AAA", "BBB", "CCC", "DDD")
EVERYBODY = (*HONEST, HOSTILE)
PACTS = {"pact-0": ("AAA", "BBB", "CCC"), "pact-1": ("CCC", "DDD")}
STRANGERS = frozenset({"AAA", "DDD"})
"""Two that deal with one another through others alone."""
SECONDS = 10
"""About so long a round goes on."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One pull: from whom, how many objects a page, and after how many seconds whoever pulls is killed if it has not come to an end."""

    giver: str
    page: int
    patience: float


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens so many seconds into the round: ``what`` to whom, and (of a link) with whom, or (of a clock) by how many minutes."""

    at: float
    what: str
    who: str
    other: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """``minutes``: by so much the world's clock goes on before. ``visits``: of each party, one after the other; all parties at once."""

    minutes: int
    noise: Noise
    visits: Mapping[str, Sequence[Visit]]
    steps: Sequence[Step]


def partners_of(party: str) -> list[str]:
    """With whom a party exchanges."""
    return [one for one in EVERYBODY if one != party and {one, party} != STRANGERS]


def draw(seed: int, rounds: int) -> tuple[str, Sequence[Round]]:
    """Whose clock is wrong, and the rounds."""
    rng = random.Random(seed)
    skewed = rng.choice(HONEST)
    return skewed, [_round(rng, skewed) for _ in range(rounds)]


def calm_round(rng: random.Random) -> Round:
    """Everybody pulls once from everybody that it deals with."""
    return Round(0, Noise(), {party: _visits(rng, party, 120.0) for party in HONEST}, ())


def _round(rng: random.Random, skewed: str) -> Round:
    noise = Noise(rng.uniform(0, 0.06), rng.uniform(0, 0.03), rng.uniform(0, 0.08), rng.uniform(0, 0.004), rng.uniform(0, 0.015))
    visits = {party: [*_visits(rng, party), *_visits(rng, party)[: rng.randrange(3)]] for party in HONEST}
    steps = [Step(rng.uniform(0, SECONDS), "speaks", rng.choice(HONEST)) for _ in range(40)]
    steps.append(Step(rng.uniform(0, SECONDS), "jumps", skewed, minutes=rng.randrange(-1440, 1441)))
    for party in rng.sample(HONEST, rng.randrange(1, 3)):
        at = rng.uniform(1, SECONDS - 2)
        steps += [Step(at, "dies", party), Step(at + rng.uniform(0, 2), "wakes", party)]
    for party in rng.sample(EVERYBODY, rng.randrange(1, 3)):
        at = rng.uniform(0, SECONDS - 4)
        steps += [Step(at, "falls off", party), Step(at + rng.uniform(0.5, 4), "comes back", party)]
    for _ in range(rng.randrange(3)):
        party = rng.choice(HONEST)
        other, at = rng.choice(partners_of(party)), rng.uniform(0, SECONDS - 4)
        steps += [Step(at, "parts", party, other), Step(at + rng.uniform(0.5, 4), "meets", party, other)]
    if rng.random() < 0.3:
        steps.append(Step(rng.uniform(0, SECONDS), "forgets", rng.choice(HONEST)))
    return Round(rng.randrange(1200), noise, visits, sorted(steps, key=lambda step: step.at))


def _visits(rng: random.Random, party: str, patience: float | None = None) -> list[Visit]:
    partners = partners_of(party)
    rng.shuffle(partners)
    return [Visit(one, rng.choice((3, 7, 50)), patience or rng.choice((20.0, 20.0, 20.0, rng.uniform(1, 4)))) for one in partners]
