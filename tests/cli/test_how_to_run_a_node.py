"""The page on running a node runs as it stands: each of its commands, one after the other, on the bundled book."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import comity as library
from tests.cli.running import comity
from tests.exchange.certificates import Authority

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "run-a-node.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    comity (.*)$", PAGE, re.MULTILINE)
NODE = "sqlite:///record.db"


def test_the_commands_of_the_page_run_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Authority(tmp_path, "est-feed")
    Path("warnings.csv").write_text("type,value,valid_from\ndomain,bad.example,2026-01-01\n", encoding="utf-8")
    said: dict[str, list[str]] = {}
    for command in COMMANDS:
        words = shlex.split(command.replace("$LEDGER", NODE).replace("$BOOK", shlex.quote(str(library.bundled_book()))))
        done = comity(*words)
        assert (done.code, done.err) == (0, ""), command
        named = [word for word in words[2:] if re.fullmatch("[a-z-]+", word)]
        said.setdefault(" ".join(named[:2]), []).append(done.out)
    assert "not vouched for: clearance for NLD" in said["exchange dry-run"][0]
    assert said["exchange publish"][0].startswith("2 objects: to EST\n")
    assert "it waits under number 1" in said["exchange publish"][1]
    assert said["exchange export"][0].startswith("2 objects in for-est.json")
    assert [line.split()[0] for line in said["exchange client"][-1].splitlines()[1:]] == ["est-desk", "est-tool"]
