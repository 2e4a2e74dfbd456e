"""Small worlds of lines, drawn by a seed, and every question that can be put to one.

Four parties, one of them also an organisation's owner of the second policy; two levels, two categories, two purposes; a week of days.
"""

from __future__ import annotations

import functools
import itertools
import random
from collections.abc import Iterator

from comity.permissions.lines import ActivityAsked, ActivityConsent, ActivityLine, Lines, Membership, ReleaseAsked, ReleaseConsent, ReleaseLine
from comity.terms import Step, Verdict

PARTIES = ("A", "B", "C", "O")
AGREEMENTS = ("x", "y")
DAYS = range(7)
FIRST = 700_000
_SURE = (Verdict.YES, Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN)


def _some(rng: random.Random, names: str | tuple[str, ...], share: float) -> frozenset[str]:
    return frozenset(name for name in names if rng.random() < share)


def _days(rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(0, 6)
    return start, start + rng.randrange(1, 6)


def release_lines(seed: int) -> Lines:
    """A world of a few lines, consents and memberships."""
    rng = random.Random(seed)
    lines = []
    for _ in range(rng.randrange(2, 9)):
        giver, taker = rng.sample(PARTIES, 2)
        lines.append(
            ReleaseLine(
                rng.choice(AGREEMENTS), 0, giver, taker, rng.choice("pq"), rng.choice("12"), rng.choice(PARTIES), "p", "1", *_days(rng),
                rng.choice(_SURE), _some(rng, "XY", 0.4), _some(rng, "XY", 0.15), _some(rng, ("u", "v"), 0.3), rng.random() < 0.5, rng.random() < 0.5,
            )
        )  # fmt: skip
    consents = [
        ReleaseConsent(
            rng.choice(PARTIES), _some(rng, PARTIES, 0.2), _some(rng, PARTIES, 0.2), rng.choice([None, "p"]),
            rng.choice([None, frozenset("1"), frozenset()]), rng.choice([None, frozenset(), frozenset("X")]), rng.choice([None, None, "i"]),
            *_days(rng), rng.choice(_SURE), "act",
        )
        for _ in range(rng.randrange(0, 4))
    ]  # fmt: skip
    memberships = [
        Membership(rng.choice([*AGREEMENTS, "O"]), rng.choice(PARTIES), *_days(rng), rng.choice(_SURE)) for _ in range(rng.randrange(1, 6))
    ]
    return Lines(tuple(lines), tuple(consents), tuple(memberships))


@functools.cache
def every_question() -> tuple[ReleaseAsked, ...]:
    """Every question there is about release in a small world: some 440,000."""
    return tuple(_questions())


def _questions() -> Iterator[ReleaseAsked]:
    pairs = [(a, b) for a in PARTIES for b in PARTIES if a != b]
    categories = [frozenset(c) for c in ("", "X", "Y", "XY")]
    addressees = [frozenset(c) for c in ("", "B", "O", "AO")]
    flags = [(False, False, False), (True, False, False), (False, True, False), (False, False, True)]
    for (giver, taker), policy, level, originator, day, bears, to, purpose, (national, controlled, strange), unclassified in itertools.product(
        pairs, "pq", "12", PARTIES, DAYS, categories, addressees, (None, "u", "v"), flags, (False, True)
    ):
        item = "i" if day % 2 else None
        yield ReleaseAsked(giver, taker, policy, level, originator, day, bears, to, purpose, national, controlled, strange, unclassified, item)


def activity_world(seed: int) -> tuple[ActivityAsked, list[ActivityLine], list[ActivityConsent]]:
    """A question about an activity, with the lines and consents that it is put to."""
    rng = random.Random(seed)

    def days() -> tuple[int, int]:
        start, end = _days(rng)
        return FIRST + start, FIRST + end + 3

    def gives(activity: str) -> str:
        return rng.choice(["entry", "status"]) if activity == "station" else ""

    lines = []
    for _ in range(rng.randrange(0, 5)):
        activity = rng.choice(["station", "supply"])
        lines.append(
            ActivityLine(
                rng.choice("xxy"), 0, activity, gives(activity), "A", rng.choice("BBC"), *days(), rng.choice(_SURE),
                _some(rng, "XYZ", 0.2), _some(rng, "XYZ", 0.25), _some(rng, "uv", 0.2), rng.random() < 0.35, rng.choice([(), (), (Step(days=3),)]),
                territories=_some(rng, "T", 0.2),
            )
        )  # fmt: skip
    consents = [
        ActivityConsent(
            rng.choice(["station", "supply"]), rng.choice([frozenset(), frozenset("A"), frozenset("C")]), rng.choice(["B", "B", None]),
            rng.choice([frozenset(), frozenset("T"), frozenset("B")]), _some(rng, "uv", 0.2), _some(rng, "XYZ", 0.2), *days(),
            rng.choice(_SURE), "act", rng.choice([None, None, "x", "y"]),
        )
        for _ in range(rng.randrange(0, 4))
    ]  # fmt: skip
    activity, start = rng.choice(["station", "supply"]), FIRST + rng.randrange(0, 8)
    asked = ActivityAsked(
        activity, "A", "B", start, start + rng.randrange(1, 6), gives(activity), _some(rng, "XYZ", 0.3), rng.choice([None, "u", "v"]),
        rng.choice([None, "T"]),
    )  # fmt: skip
    return asked, lines, consents
