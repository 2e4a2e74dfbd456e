"""What each program does around its engine: read what is given, load, answer all requests a few times over, say how long each took."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

PASSES = 3
"""How many, where what is given says nothing else."""
ENOUGH = 30.0
"""Seconds after which no further pass is begun."""


def run(load: Callable[[Any], Callable[[Any], list[bool]]], given: Any) -> None:
    """Print how long the processor took to load and for each pass, and what was allowed."""
    begun = time.process_time()
    decide = load(given)
    loaded = time.process_time() - begun
    passes: list[float] = []
    allowed: list[bool] = []
    while len(passes) < given.get("passes", PASSES) and sum(passes) < ENOUGH:
        begun = time.process_time()
        allowed = decide(given["requests"])
        passes.append(time.process_time() - begun)
    print(json.dumps({"load": loaded, "passes": passes, "allowed": allowed}))


def given() -> Any:
    """What the parent wrote into the file named first."""
    with open(sys.argv[1], encoding="utf-8") as file:
        return json.load(file)
