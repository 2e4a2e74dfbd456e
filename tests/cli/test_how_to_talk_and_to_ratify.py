"""Every command of docs/how-to/follow-standing-meetings.md and see-where-it-stands-at-home.md runs, in the order in which it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import comity

PAGES = Path(__file__).parents[2] / "docs" / "how-to"
COMMANDS = [
    command
    for page in ("follow-standing-meetings", "see-where-it-stands-at-home")
    for command in re.findall(r"^ *\$ comity (.+)$", (PAGES / f"{page}.md").read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_pages_runs(command: str, tmp_path: Path) -> None:
    given = shlex.split(command)
    words = [str(tmp_path / word) if before == "--ics" else word for before, word in zip(["", *given], given, strict=False)]
    done = comity(*words)
    assert (done.code, done.err) == (0, "")
    assert done.out.strip()
    assert "--ics" not in words or b"BEGIN:VEVENT" in Path(words[words.index("--ics") + 1]).read_bytes()
