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

from bench.policy_peers import installed
from comity.permissions.bulk import OUTCOMES, Bulk
from comity.permissions.lines import Lines, Outcome, ReleaseAsked
from comity.permissions.release_lines import lines_for
from comity.permissions.releasing import Releasing
from oracles import releases
from tests.permissions import against_cedar as cedar
from tests.permissions.large_worlds import large_world, questions
from tests.permissions.small_worlds import every_question, release_lines

Done = tuple[int, int, str]
"""How many questions were asked, how many got two answers, and which world that was."""
LARGE = 2_000
"""Questions put to each large world: the slow reference looks at every line for each."""


def _differ(lines: Lines, asked: Iterable[ReleaseAsked], wanted: list[Outcome]) -> int:
    bulk = Bulk(lines)
    return sum(OUTCOMES[place] is not want for place, want in zip(bulk.decide(bulk.table(asked)), wanted, strict=True))


def small(seed: int) -> Done:
    """Every question there is of a small world, the table against the reference."""
    lines, asked = release_lines(seed), every_question()
    return len(asked), _differ(lines, asked, [releases.may_release(q, lines) for q in asked]), f"small {seed}"


def large(seed: int) -> Done:
    """Some questions of a large world, the table and the explained path against the reference."""
    lines = large_world(seed)
    asked = questions(seed, lines, LARGE)
    wanted = [releases.may_release(q, lines) for q in asked]
    releasing = Releasing(lines)
    told = sum(releasing.decide(q).outcome is not want for q, want in zip(asked, wanted, strict=True))
    return len(asked), max(told, _differ(lines, asked, wanted)), f"large {seed}"


def small_by_cedar(seed: int) -> Done:
    """Some of the questions of a small world, Cedar against the reference."""
    lines, asked = cedar.small_world(seed, 10_000)
    return len(asked), len(cedar.differing(lines, asked)), f"small {seed}"


def book_by_cedar(number: int) -> Iterator[Done]:
    """Every line of so many pairs of the bundled book, Cedar and the explained path against the reference."""
    grounds = cedar.bundled_grounds()
    for giver, taker, originator in cedar.pairs(grounds, number):
        lines = lines_for(grounds, giver, taker, originator)
        asked = cedar.of_lines(lines, giver, taker, originator)
        differ = len(cedar.differing(lines, asked)) + cedar.fast_path_differs(lines, asked)
        yield len(asked), differ, f"{giver} to {taker} of {originator}"


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
    worlds = asked = differ = 0
    differing: list[str] = []
    said = time.monotonic()
    for number, wrong, which in done:
        worlds, asked, differ = worlds + 1, asked + number, differ + wrong
        if wrong:
            differing.append(which)
            print(f"  {what}: {wrong} differ in {which}", file=sys.stderr, flush=True)
        if time.monotonic() - said > 5:
            said = time.monotonic()
            print(f"  {what}: {worlds}{f' of {total}' if total else ''}, {asked:,} decisions, {differ} differ", file=sys.stderr, flush=True)
    return {"worlds": worlds, "decisions": asked, "differ": differ, "differing": sorted(differing)[:50]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=100_000_000, help="decisions in small worlds (whole worlds are asked)")
    parser.add_argument("--large", type=int, default=500, metavar="WORLDS", help=f"large worlds of {LARGE:,} questions each")
    parser.add_argument("--cedar-worlds", type=int, default=60, metavar="WORLDS", help="small worlds that Cedar is asked about")
    parser.add_argument("--cedar-pairs", type=int, default=150, metavar="PAIRS", help="pairs of the bundled book that Cedar is asked about")
    given = parser.parse_args()
    found = figures(given.decisions, given.large, given.cedar_worlds, given.cedar_pairs)
    print(json.dumps(found))
    sys.exit(1 if any_differ(found) else 0)


def any_differ(found: object) -> bool:
    """Is there a run in which any decision differs?"""
    return isinstance(found, dict) and (bool(found.get("differ")) or any(any_differ(part) for part in found.values()))


if __name__ == "__main__":
    main()
