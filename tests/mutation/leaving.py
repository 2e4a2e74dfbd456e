"""Does what leaves a node agree with the slow oracle, in a few small worlds? What mutants of the exchange are tried on.

The oracle's law of each world is worked out once; it stops at the first difference.
"""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from oracles.gate import Law
from tests.exchange.egress_labels import Differs, label_by_label, law_of
from tests.exchange.egress_runs import run
from tests.exchange.small_egress_worlds import world

LABELLED = range(16)
"""Worlds in which labels are ruled on one by one."""
LIVED = (19, 15, 7, 9)
"""Worlds that a node lives through."""
EVERY, OBJECTS, DAYS = 401, 70, 5


@functools.cache
def _law(seed: int) -> Law:
    return law_of(world(seed))


def labels_agree() -> bool:
    """Label by label."""
    try:
        return all(label_by_label(seed, every=EVERY, days=5, law=_law(seed), first=True).agrees for seed in LABELLED)
    except Differs:
        return False


def doors_agree() -> bool:
    """Door by door, of a node that lives through some days."""
    try:
        for seed in LIVED:
            with tempfile.TemporaryDirectory() as folder:
                run(seed, Path(folder), objects=OBJECTS, days=DAYS, law=_law(seed), first=True)
    except Differs:
        return False
    return True


def labels_and_doors_agree() -> bool:
    return labels_agree() and doors_agree()
