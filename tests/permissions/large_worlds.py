"""Large worlds of lines, drawn by a seed: two hundred parties, a thousand lines, consents, memberships; and questions that meet some of them."""

from __future__ import annotations

import random

from comity.permissions.lines import Lines, Membership, ReleaseAsked, ReleaseConsent, ReleaseLine
from comity.terms import Verdict

PARTIES = tuple(f"P{number:03d}" for number in range(200))
GROUPS = ("ORG", "UNION")
AGREEMENTS = tuple(f"a{number}" for number in range(60))
LEVELS = ("1", "2", "3")
CATEGORIES = ("V", "W", "X", "Y", "Z")
PURPOSES = ("t", "u", "v")
LINES, CONSENTS, MEMBERSHIPS = 1_000, 150, 600
_SURE = (Verdict.YES, Verdict.YES, Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN)


def large_world(seed: int) -> Lines:
    """A thousand lines among two hundred parties, a few of which give and take the most."""
    rng = random.Random(f"large {seed}")
    return Lines(
        tuple(_line(rng) for _ in range(LINES)),
        tuple(_consent(rng) for _ in range(CONSENTS)),
        tuple(Membership(rng.choice((*GROUPS, *AGREEMENTS)), _party(rng), *_days(rng), rng.choice(_SURE)) for _ in range(MEMBERSHIPS)),
    )


def questions(seed: int, world: Lines, number: int) -> list[ReleaseAsked]:
    """Questions with the fields of lines, consents and memberships of the world, each put out of place now and then."""
    rng = random.Random(f"questions {seed}")
    return [_question(rng, world) for _ in range(number)]


def _question(rng: random.Random, world: Lines) -> ReleaseAsked:
    line, consent, held = rng.choice(world.release), rng.choice(world.consents), rng.choice(world.memberships)
    originator = rng.choice((line.giver, line.giver, line.owner, consent.originator, held.party))
    giver = rng.choice((line.giver, line.giver, line.giver, *sorted(consent.holders), _party(rng)))
    taker = rng.choice((line.taker, line.taker, line.taker, line.taker, *sorted(consent.takers), held.party))
    if taker == giver:
        taker = next(party for party in PARTIES if party != giver)
    to = rng.choice((frozenset(), frozenset(), frozenset((taker, giver)), frozenset(GROUPS), _some(rng, PARTIES, 0.02)))
    caveats = rng.choice(((False, False, False),) * 6 + ((True, False, False), (False, True, False), (False, True, False), (False, False, True)))
    level, day = rng.choice((line.level, line.level, *LEVELS)), rng.choice((line, line, consent, held)).start + rng.randrange(3)
    return ReleaseAsked(
        giver, taker, line.policy, level, originator, day,
        rng.choice((frozenset(), line.only, line.categories, _some(rng, CATEGORIES, 0.3))), to, rng.choice((None, None, *PURPOSES)),
        *caveats, rng.random() < 0.1, rng.choice((None, "i")),
    )  # fmt: skip


def _line(rng: random.Random) -> ReleaseLine:
    giver, taker = _party(rng), _party(rng)
    categories = _some(rng, CATEGORIES, 0.4)
    return ReleaseLine(
        rng.choice(AGREEMENTS), rng.randrange(4), giver, taker if taker != giver else "P199", f"policy {giver}", rng.choice(LEVELS),
        rng.choice((giver, giver, _party(rng))), "p", "1", *_days(rng), rng.choice(_SURE), categories,
        frozenset(sorted(categories)[:1]) if rng.random() < 0.15 else frozenset(), _some(rng, PURPOSES, 0.25), rng.random() < 0.4, rng.random() < 0.5,
    )  # fmt: skip


def _consent(rng: random.Random) -> ReleaseConsent:
    originator = _party(rng)
    return ReleaseConsent(
        originator, _some(rng, PARTIES, rng.choice((0, 0.2))), _some(rng, PARTIES, rng.choice((0, 0.2))), rng.choice((None, f"policy {originator}")),
        rng.choice((None, frozenset(), frozenset("12"))), rng.choice((None, frozenset(), frozenset("VWX"))), rng.choice((None, None, "i")),
        *_days(rng), rng.choice(_SURE), "act",
    )  # fmt: skip


def _party(rng: random.Random) -> str:
    """One of ten that have the most to do with one another, or any."""
    return rng.choice(PARTIES[:10] if rng.random() < 0.7 else PARTIES)


def _days(rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(0, 60)
    return start, start + rng.randrange(1, 40)


def _some(rng: random.Random, names: tuple[str, ...], share: float) -> frozenset[str]:
    return frozenset(name for name in names if rng.random() < share)
