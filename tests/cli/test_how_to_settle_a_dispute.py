"""Every command of docs/how-to/settle-a-dispute.md runs; dispute commands say in one line what is wrong with what they are given."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import comity

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "settle-a-dispute.md"
COMMANDS = re.findall(r"^ *\$ comity (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs(command: str, tmp_path: Path) -> None:
    given = shlex.split(command)
    words = [str(tmp_path / word) if before == "-o" else word for before, word in zip(["", *given], given, strict=False)]
    done = comity(*words)
    assert done.code == 0
    assert all(line.startswith("note: ") for line in done.err.splitlines())
    assert done.out
    assert "-o" not in words or Path(words[words.index("-o") + 1]).read_text(encoding="utf-8").count("\n") == 3


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("dispute next NLD NLD", "name two different parties"),
        ("dispute next NLD XXX", "no party 'XXX' is on record"),
        ("dispute next NLD DEU nato-protocol-deu", "has no clause on record that settles disputes"),
        ("dispute open NLD DEU almelo", "--subject TEXT"),
        ("dispute open NLD DEU almelo --subject x --means duel", "no means of settlement; give one of consultation"),
        ("dispute open NLD DEU almelo --subject x --clause y", "it has disputes"),
        ("dispute open NLD DEU almelo --subject 'x; y'", "write it without"),
        ("dispute open NLD DEU almelo --dispute x --means arbitration", "no such dispute is on record"),
        ("dispute open NLD DEU cwc --dispute cwc-GBR-RUS-2021-request --means organ", "is a dispute of GBR, RUS under cwc"),
        ("dispute open GBR RUS cwc --dispute cwc-GBR-RUS-2021-request", "say which means"),
        ("dispute open NLD DEU almelo --subject x -o /no/such/place.csv", "cannot be written"),
        ("dispute open NLD DEU almelo --subject x --made yesterday", "'yesterday'"),
        ("dispute status no-such", "list them with: comity dispute status"),
        ("dispute status --party XXX", "no party 'XXX' is on record"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(command: str, says: str) -> None:
    done = comity(*shlex.split(command), "--on", "2022-01-01")
    assert done.code == 2
    assert says in done.err
    assert done.err.count("\n") == 1


def test_a_draft_reads_back_as_acts_of_a_book(tmp_path: Path) -> None:
    rows = comity("dispute", "open", "NLD", "DEU", "almelo", "--subject", "x", "--means", "arbitration", "--on", "2010-01-01")
    assert rows.out.splitlines()[0].startswith("ref,kind,actor")
    assert "joint-commission (VIII(1)) comes first" in rows.err or "negotiation (VIII(2)) comes first" in rows.err
    assert "raise-dispute" in rows.out
    assert "request-settlement" in rows.out
