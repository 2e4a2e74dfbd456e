"""What Cedar is asked for a third opinion, where it is installed (``make peers``): allowed must be allowed, anything else a deny.

In small worlds some of every question there is; in the bundled book every release line of a sample of pairs, on the days on which it
begins and ends and the days before, bearing nothing or what it covers, originated by the giver, by whose policy it is, by another.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date

import comity
from comity.agreements import EVER
from comity.agreements.allowances import Release
from comity.permissions.grounds import Grounds
from comity.permissions.lines import Lines, ReleaseAsked, ReleaseLine
from comity.permissions.release_lines import lines_for
from comity.standing import Standing
from tests.permissions.small_worlds import every_question, release_lines

KNOWN = date(2026, 11, 1)


def small_world(seed: int, number: int) -> tuple[Lines, list[ReleaseAsked]]:
    """A small world with so many of the questions that can be put to it: one in three any, the others such as a line may allow."""
    lines, rng = release_lines(seed), random.Random(seed)
    keys = {(line.taker, line.policy, line.level) for line in lines.release}
    near = [q for q in every_question() if (q.taker, q.policy, q.level) in keys and not (q.taker == q.originator or q.unclassified or q.national)]
    others = rng.sample(near, min(len(near), number * 2 // 3))
    return lines, [*others, *rng.sample(every_question(), number - len(others))]


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
