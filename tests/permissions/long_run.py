"""A hundred million decisions on release, and a third opinion.  ``python -m tests.permissions.long_run [--decisions N]``

Small worlds are taken exhaustively, the table of questions against the slow reference, each world by another seed; large ones are drawn,
and asked of the explained path too; then Cedar is asked, where it is installed. Prints figures as JSON; progress goes to stderr.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.pool import Pool
from typing import NamedTuple

from bench.policy_peers import ask_cedar, installed
from comity.permissions.bulk import OUTCOMES, Bulk
from comity.permissions.lines import Lines, Outcome, ReleaseAsked
from comity.permissions.release_lines import lines_for
from comity.permissions.releasing import Releasing
from oracles import releases
from tests.permissions import against_cedar as cedar
from tests.permissions.large_worlds import large_world, questions
from tests.permissions.small_worlds import every_question, release_lines


class Done(NamedTuple):
    """How many questions were asked of which world, how many the reference has as allowed, and on how many the answers differ."""

    which: str
    asked: int
    allowed: int
    differ: int


LARGE = 2_000
"""Questions put to each large world: the slow reference looks at every line for each."""


def _differ(lines: Lines, asked: Iterable[ReleaseAsked], wanted: list[Outcome]) -> int:
    bulk = Bulk(lines)
    return sum(OUTCOMES[place] is not want for place, want in zip(bulk.decide(bulk.table(asked)), wanted, strict=True))


def small(seed: int) -> Done:
    """Every question there is of a small world, the table against the reference."""
    lines, asked = release_lines(seed), every_question()
    wanted = [releases.may_release(q, lines) for q in asked]
    return Done(f"small {seed}", len(asked), wanted.count(Outcome.ALLOWED), _differ(lines, asked, wanted))


def large(seed: int) -> Done:
    """Some questions of a large world, the table and the explained path against the reference."""
    lines = large_world(seed)
    asked = questions(seed, lines, LARGE)
    wanted = [releases.may_release(q, lines) for q in asked]
    releasing = Releasing(lines)
    told = sum(releasing.decide(q).outcome is not want for q, want in zip(asked, wanted, strict=True))
    return Done(f"large {seed}", len(asked), wanted.count(Outcome.ALLOWED), max(told, _differ(lines, asked, wanted)))


def small_by_cedar(seed: int) -> Done:
    """Some of the questions of a small world, Cedar against the reference."""
    return cedar_differs(f"small {seed}", *cedar.small_world(seed, 10_000))


def book_by_cedar(number: int) -> Iterator[Done]:
    """Every line of so many pairs of the bundled book, Cedar and the explained path against the reference."""
    grounds = cedar.bundled_grounds()
    for giver, taker, originator in cedar.pairs(grounds, number):
        lines = lines_for(grounds, giver, taker, originator)
        yield cedar_differs(f"{giver} to {taker} of {originator}", lines, cedar.of_lines(lines, giver, taker, originator))


def cedar_differs(which: str, lines: Lines, asked: list[ReleaseAsked]) -> Done:
    """Cedar and the explained path against the reference."""
    wanted, releasing = [releases.may_release(q, lines) for q in asked], Releasing(lines)
    allowed = [want is Outcome.ALLOWED for want in wanted]
    told = zip(asked, wanted, allowed, ask_cedar(lines, asked), strict=True)
    differ = sum(by_cedar is not yes or releasing.decide(q).outcome is not want for q, want, yes, by_cedar in told)
    return Done(which, len(asked), sum(allowed), differ)


def figures(decisions: int, large_worlds: int, cedar_worlds: int, cedar_pairs: int, processes: int = 2) -> dict[str, object]:
    """All runs; each with how many worlds, decisions, and the worlds that differ."""
    worlds = -(-decisions // len(every_question()))
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        found: dict[str, object] = {
            "small_worlds": _counted("small worlds", worlds, _each(pool, small, worlds)),
            "large_worlds": _counted("large worlds", large_worlds, _each(pool, large, large_worlds)),
        }
        if not installed():
            return found | {"cedar": "not installed: make peers"}
        third = {
            "small_worlds": _counted("small worlds by Cedar", cedar_worlds, _each(pool, small_by_cedar, cedar_worlds)),
            "bundled_book": _counted("the bundled book by Cedar", None, book_by_cedar(cedar_pairs)),
        }
        return found | {"cedar": third}


def _each(pool: Pool, ask: Callable[[int], Done], worlds: int) -> Iterator[Done]:
    return pool.imap_unordered(ask, range(worlds))


def _counted(what: str, total: int | None, done: Iterable[Done]) -> dict[str, object]:
    """The sums, told on the way every few seconds; worlds that differ are told at once."""
    found: list[Done] = []
    said = time.monotonic()
    for one in done:
        found.append(one)
        if one.differ:
            print(f"  {what}: {one.differ} differ in {one.which}", file=sys.stderr, flush=True)
        if time.monotonic() - said > 5:
            said = time.monotonic()
            _tell(what, total, found)
    _tell(what, total, found)
    differing = sorted(one.which for one in found if one.differ)[:50]
    return {"worlds": len(found)} | _sums(found) | {"differing": differing}


def _tell(what: str, total: int | None, found: list[Done]) -> None:
    sums = _sums(found)
    of = f" of {total}" if total else ""
    print(f"  {what}: {len(found)}{of}, {sums['decisions']:,} decisions, {sums['differ']} differ", file=sys.stderr, flush=True)


def _sums(found: list[Done]) -> dict[str, int]:
    return {"decisions": sum(d.asked for d in found), "allowed": sum(d.allowed for d in found), "differ": sum(d.differ for d in found)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=100_000_000, help="decisions in small worlds (whole worlds are asked)")
    parser.add_argument("--large", type=int, default=300, metavar="WORLDS", help=f"large worlds of {LARGE:,} questions each")
    parser.add_argument("--cedar-worlds", type=int, default=60, metavar="WORLDS", help="small worlds that Cedar is asked about")
    parser.add_argument("--cedar-pairs", type=int, default=100, metavar="PAIRS", help="pairs of the bundled book that Cedar is asked about")
    given = parser.parse_args()
    found = figures(given.decisions, given.large, given.cedar_worlds, given.cedar_pairs)
    print(json.dumps(found))
    sys.exit(1 if any_differ(found) else 0)


def any_differ(found: object) -> bool:
    """Is there a run in which any decision differs?"""
    return isinstance(found, dict) and (bool(found.get("differ")) or any(any_differ(part) for part in found.values()))


if __name__ == "__main__":
    main()
