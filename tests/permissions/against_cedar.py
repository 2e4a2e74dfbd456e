"""Cedar as a third opinion: the same lines as policies, the same questions as requests; allowed must be allowed, anything else a deny.

In small worlds some of every question there is; in the bundled book every release line of a sample of pairs, on the days on which it
begins and ends and the days before, with and without what it covers, of whom it opens to. Cedar runs beside, installed by ``make peers``.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date

import comity
from bench.policy_peers import ask_cedar
from comity.agreements import EVER
from comity.agreements.allowances import Release
from comity.permissions.grounds import Grounds
from comity.permissions.lines import Lines, Outcome, ReleaseAsked, ReleaseLine
from comity.permissions.release_lines import lines_for
from comity.permissions.releasing import Releasing
from comity.standing import Standing
from oracles import releases
from tests.permissions.small_worlds import every_question, release_lines

KNOWN = date(2026, 11, 1)


def differing(lines: Lines, asked: list[ReleaseAsked]) -> list[ReleaseAsked]:
    """The questions on which Cedar and the slow reference are of two minds."""
    told = ask_cedar(lines, asked)
    return [q for q, allowed in zip(asked, told, strict=True) if allowed is not (releases.may_release(q, lines) is Outcome.ALLOWED)]


def small_world(seed: int, number: int) -> tuple[Lines, list[ReleaseAsked]]:
    """A small world, and so many of the questions that can be put to it."""
    return release_lines(seed), random.Random(seed).sample(every_question(), number)


def bundled_grounds() -> Grounds:
    return Grounds(Standing(comity.open(comity.bundled_book()).record, on=KNOWN, known=KNOWN))


def pairs(grounds: Grounds, number: int, seed: int = 1) -> Iterator[tuple[str, str, str]]:
    """Giver, taker and originator: pairs for whom the book has lines, each with the giver's own information and with that of others."""
    rng = random.Random(seed)
    named = sorted({code for agreement, _, _ in grounds.clauses(Release) for code in agreement.negotiating})
    drawn = list(itertools.permutations(named, 2))
    rng.shuffle(drawn)
    with_lines = (pair for pair in drawn if lines_for(grounds, *pair, pair[0]).release)
    for giver, taker in itertools.islice(with_lines, number):
        owners = {line.owner for line in lines_for(grounds, giver, taker, giver).release} - {taker}
        for originator in sorted({giver, rng.choice(named), *owners} - {taker}):
            yield giver, taker, originator


def of_lines(lines: Lines, giver: str, taker: str, originator: str) -> list[ReleaseAsked]:
    """The questions about each line: on the days around its ends, bearing nothing or what it covers, for its purposes or another."""
    return [
        ReleaseAsked(giver, taker, line.policy, line.level, originator, day, borne, purpose=purpose, controlled=controlled)
        for line in lines.release
        for day, borne, purpose in itertools.product(_days(line), {frozenset[str](), line.categories, line.only}, (None, "another", *line.purposes))
        for controlled in (False, True)
    ]


def _days(line: ReleaseLine) -> list[int]:
    return [day for day in (line.start - 1, line.start, line.end - 1, line.end) if 0 < day < EVER]


def fast_path_differs(lines: Lines, asked: list[ReleaseAsked]) -> bool:
    """Does the explained path say anything else than the slow reference?"""
    releasing = Releasing(lines)
    return any(releasing.decide(q).outcome is not releases.may_release(q, lines) for q in asked)
