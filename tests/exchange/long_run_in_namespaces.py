"""Five nodes, each in a network namespace of its own, once: ``python -m tests.exchange.long_run_in_namespaces``; figures as JSON on the last line.

Needs root and iproute2. A node is the commands ``comity exchange serve`` and ``pull``, on a ledger of its own, behind a front proxy that speaks TLS;
one of the five is hostile. Frames are lost, doubled, late and damaged, links fall off and come back, nodes and pulls are killed, a clock is wrong.
Then all heals: within two rounds of pulls each node must hold what it ought to, once; and nothing may have left that the law does not allow.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from comity.terms import BadInput
from tests.exchange.namespaces.federation import FederationInNamespaces, federation
from tests.exchange.namespaces.plan import EVERYBODY, calm_round, draw

_MOST_ROUNDS = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=6, help="rounds in which things go wrong")
    given = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder, federation(given.seed, Path(folder)) as world:
            figures, amiss = run(world, given.seed, given.rounds)
    except BadInput as problem:
        sys.exit(f"this cannot be run here: {problem}")
    except KeyboardInterrupt:
        sys.exit("interrupted; everything was taken down")
    for one in amiss:
        say(f"amiss: {one[:2000]}")
    print(json.dumps(figures))
    sys.exit(1 if amiss else 0)


def run(world: FederationInNamespaces, seed: int, rounds: int) -> tuple[dict[str, object], list[str]]:
    """Figures, and what is amiss."""
    begun, rng = time.monotonic(), random.Random(seed)
    skewed, planned = draw(seed, rounds)
    world.serve()
    say(f"seed {seed}: {len(EVERYBODY)} nodes are up; the clock of {skewed} is wrong")
    for number, one in enumerate(planned, 1):
        world.round(one)
        say(f"round {number} of {rounds}: {dict(world.counts)}")
    world.heal()
    say("all is well from now on")
    for _ in range(2):
        world.round(calm_round(rng))
    found = world.look_over()
    calm = 2
    while calm < _MOST_ROUNDS and world.round(calm_round(rng)):
        calm += 1
    amiss = [*world.amiss, *(one for problems in found.values() for one in problems)]
    amiss += [f"{name} after {calm} rounds: {one}" for name, problems in world.look_over().items() for one in problems]
    amiss += ["after so many rounds something moves still"] if calm == _MOST_ROUNDS else []
    return {
        "seed": seed, "nodes": len(EVERYBODY), "rounds": rounds, "rounds_when_all_was_well": calm, **world.counts, **world.switch.counts,
        "raids": world.raids(), **{name: len(problems) for name, problems in found.items()}, "amiss": len(amiss),
        "seconds": round(time.monotonic() - begun),
    }, amiss  # fmt: skip


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
