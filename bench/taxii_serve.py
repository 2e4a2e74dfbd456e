"""A node's TAXII door on one port of this machine, in front of whatever its ledger holds.  ``python -m bench.taxii_serve LEDGER PORT``"""

from __future__ import annotations

import gc
import sys

from comity import about
from comity.exchange import Node
from comity.exchange.calling import Limits, Reception
from comity.ledger import open_ledger
from comity.web.exchange import NodeDoor
from comity.web.serving import bind

_LIMITS = Limits(pace=1e6, burst=1_000_000)
"""One client asks as fast as it can here."""


def main() -> None:
    """Serve until ended."""
    node = Node(open_ledger(sys.argv[1], about.clock), about.clock)
    server = bind(int(sys.argv[2]))
    server.set_app(NodeDoor(node, Reception(node.gate, _LIMITS)).application())
    node.gate.standing()
    gc.collect()
    gc.freeze()  # what was read once is not looked through again and again
    server.serve_forever()


if __name__ == "__main__":
    main()
