"""What loads the solvers is collected in a process of its own (test_with_solvers.py) alone."""

from __future__ import annotations

import os

APART = "COMITY_SOLVERS_APART"
"""Set in the process in which the tests of ``apart`` run."""
collect_ignore = [] if os.environ.get(APART) else ["apart"]
