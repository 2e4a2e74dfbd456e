"""Rego through regopy, with the lines as an object that is looked up by taker and mark.  ``python -m bench.peer_programs.rego FILE``"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from bench.peer_programs.timing import given, run

MODULE = """package release
line := data.lines[input.taker][input.mark]
serves if { not input.purpose }
serves if { count(line.purposes) == 0 }
serves if { input.purpose in line.purposes }
addressed if { count(input.releasable) == 0 }
addressed if { input.taker in input.releasable }
allow if {
  not input.national
  line.start <= input.day
  input.day < line.end
  every category in input.categories { category in line.categories }
  serves
  addressed
}
"""


def load(world: Any) -> Callable[[Any], list[bool]]:
    """Answers requests put to the lines."""
    rego: Any = importlib.import_module("regopy")
    interpreter = rego.Interpreter()
    interpreter.add_module("release", MODULE)
    interpreter.add_data({"lines": world["lines"]})
    bundle = interpreter.build("data.release.allow")

    def decide(requests: Any) -> list[bool]:
        allowed = []
        for request in requests:
            interpreter.set_input(request)
            output = interpreter.query_bundle(bundle)
            if not output.ok():
                raise SystemExit(f"rego: {output}")
            allowed.append(output.results[0].expressions == [True])
        return allowed

    return decide


if __name__ == "__main__":
    run(load, given())
