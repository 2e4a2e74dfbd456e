"""What leaves is what the slow oracle of the gate says, in small worlds: label by label, and door by door on a node that lives through some days.

A slice of the worlds is asked here, another one each day (``COMITY_SLICE`` picks one of 0 to 24); tests.exchange.long_run asks millions.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tests.exchange.egress_labels import label_by_label
from tests.exchange.egress_runs import run

SLICE = int(os.environ.get("COMITY_SLICE", str(date.today().toordinal() % 25)))


@pytest.mark.parametrize("seed", range(SLICE * 4, SLICE * 4 + 4))
def test_each_label_is_ruled_on_as_the_oracle_does(seed: int) -> None:
    done = label_by_label(seed, every=151, days=5)
    assert done.agrees, (done.leaks[:3], done.refusals[:3], done.else_[:3])
    assert done.decisions > 1000
    assert done.shown > 100


@pytest.mark.parametrize("seed", range(SLICE * 2, SLICE * 2 + 2))
def test_each_door_shows_what_the_oracle_does(seed: int, tmp_path: Path) -> None:
    done = run(seed, tmp_path, objects=150, days=4)
    assert done.agrees, (done.leaks[:3], done.refusals[:3], done.else_[:3])
    assert done.decisions > 5000
    assert done.shown > 500
