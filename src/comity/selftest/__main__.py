"""The writer that a harness kills: ``python -m comity.selftest URL NUMBER``."""

from __future__ import annotations

import sys

from comity.selftest.crashing import write_for_ever

if __name__ == "__main__":
    write_for_ever(sys.argv[1], int(sys.argv[2]))
