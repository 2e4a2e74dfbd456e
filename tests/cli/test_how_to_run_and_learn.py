"""Every command of docs/how-to/run-and-learn.md runs, in the order in which it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import comity

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "run-and-learn.md"
COMMANDS = re.findall(r"^ *\$ comity (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs(command: str, tmp_path: Path) -> None:
    words = [
        str(tmp_path / word) if before == "-o" else word for before, word in zip(["", *shlex.split(command)], shlex.split(command), strict=False)
    ]
    done = comity(*words)
    assert (done.code, done.err) == (0, "")
    assert "-o" not in words or Path(words[words.index("-o") + 1]).stat().st_size > 0
