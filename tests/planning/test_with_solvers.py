"""The tests in ``apart``, in a process that loads the solvers: their libraries do not get on with every other that tests load."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.planning.conftest import APART

FOLDER = Path(__file__).with_name("apart")


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.glob("test_*.py")))
def test_what_needs_solvers_passes_in_a_process_of_its_own(file: str, root: Path) -> None:
    given = {**os.environ, APART: "1", "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root)))}
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", str(FOLDER / file)]
    done = subprocess.run(run, capture_output=True, text=True, cwd=root, env=given, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "[100%]" in done.stdout


def test_nothing_else_loads_the_solvers() -> None:
    """Asked of a program that has the command line and the room of planning."""
    look = "import sys, comity.cli, comity.planning; print([name for name in sys.modules if name.partition('.')[0] == 'ortools'])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
