"""pycasbin's FastEnforcer, which keeps its lines by taker and mark.  ``python -m bench.peer_programs.casbin FILE``"""

from __future__ import annotations

import importlib
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bench.peer_programs.timing import given, run

MODEL = """
[request_definition]
r = taker, mark, asked
[policy_definition]
p = taker, mark, start, end, categories, purposes
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.taker == p.taker && r.mark == p.mark && p.start <= r.asked.day && r.asked.day < p.end && !r.asked.national && \
covers(p.categories, r.asked.categories) && serves(p.purposes, r.asked.purpose) && addressed(r.asked.releasable, r.taker)
"""


def load(world: Any) -> Callable[[Any], list[bool]]:
    """Answers requests put to the lines."""
    logging.disable(logging.CRITICAL)
    fast: Any = importlib.import_module("casbin.fast_enforcer")
    with tempfile.TemporaryDirectory() as name:
        model, lines = Path(name) / "model.conf", Path(name) / "lines.csv"
        model.write_text(MODEL, encoding="utf-8")
        lines.write_text("".join(f"p, {', '.join(line)}\n" for line in world["lines"]), encoding="utf-8")
        enforcer = fast.FastEnforcer(str(model), str(lines), cache_key_order=[0, 1])
    enforcer.add_function("covers", lambda held, borne: set(borne) <= set(held.split("+")))
    enforcer.add_function("serves", lambda named, purpose: purpose is None or named == "any" or purpose in named.split("+"))
    enforcer.add_function("addressed", lambda named, taker: not named or taker in named)
    return lambda requests: [bool(enforcer.enforce(q["taker"], q["mark"], SimpleNamespace(**q))) for q in requests]


if __name__ == "__main__":
    run(load, given())
