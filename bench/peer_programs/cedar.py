"""Cedar through cedarpy: policies and entities are parsed once, requests are answered in batches.  ``python -m bench.peer_programs.cedar FILE``"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from bench.peer_programs.timing import given, run


def load(world: Any) -> Callable[[Any], list[bool]]:
    """Answers requests put to the policies and entities; an error in a policy is an error here, not a deny."""
    cedar: Any = importlib.import_module("cedarpy")
    policies, entities = cedar.PolicySet.from_str(world["policies"]), cedar.Entities.from_json_str(world["entities"])

    def decide(requests: Any) -> list[bool]:
        answers = cedar.is_authorized_batch(requests, policies, entities)
        wrong = next((answer.diagnostics.errors for answer in answers if answer.diagnostics.errors), None)
        if wrong:
            raise SystemExit(f"cedar: {wrong[0]}")
        return [bool(answer.allowed) for answer in answers]

    return decide


if __name__ == "__main__":
    run(load, given())
