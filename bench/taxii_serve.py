"""A node's TAXII door on one port of this machine, in front of whatever its ledger holds.  ``python -m bench.taxii_serve LEDGER PORT``"""

from __future__ import annotations

import gc
import sys
from typing import cast

from comity import about
from comity.exchange import Caller, Node
from comity.exchange.calling import Limits, Reception, TurnedAway
from comity.exchange.taxii import NodeDoor
from comity.ledger import open_ledger
from comity.terms import NotOnRecord
from comity.web.calling import Environ, address_of, shown_in
from comity.web.serving import bind
from comity.web.taxii import application

_LIMITS = Limits(pace=1e6, burst=1_000_000)
"""One client asks as fast as it can here."""


class _Door(Node):
    """The node as TAXII asks it."""

    most_bytes, most_objects = 10_485_760, 1_000

    def __init__(self, url: str) -> None:
        super().__init__(open_ledger(url, about.clock), about.clock)
        self.reception = Reception(self.gate, _LIMITS)

    def title(self) -> str:
        return "bench"

    def at_root(self, caller: Caller, party: str) -> Caller:
        raise NotOnRecord(party)

    def still(self, caller: Caller) -> bool:
        return self.reception.still_admits(caller)

    def caller(self, environ: Environ) -> Caller | None:
        found = self.reception.admit(shown_in(environ, None), address_of(environ, None))
        return None if isinstance(found, TurnedAway) else found


def main() -> None:
    """Serve until ended."""
    door = _Door(sys.argv[1])
    server = bind(int(sys.argv[2]))
    server.set_app(application(cast(NodeDoor, door), door.caller))
    door.gate.standing()
    gc.collect()
    gc.freeze()  # what was read once is not looked through again and again
    server.serve_forever()


if __name__ == "__main__":
    main()
