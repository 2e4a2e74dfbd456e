"""Decisions on the command line: every command of the how-to runs; wrong input is told in one line that says what to do."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import comity

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "count-a-decision.md"
COMMANDS = re.findall(r"^ *\$ comity (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
ASK = "decision simulate nato-treaty/council --on 2026-01-01"


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs(command: str) -> None:
    done = comity(*shlex.split(command))
    assert (done.code, done.err) == (0, "")
    assert done.out


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("decision rules NAT0", "no rule of 'NAT0' is on record on "),
        ("decision simulate un-charter/security-counci --rest yes", "did you mean security-council "),
        ("decision simulate un-charter --rest yes", "it has: un-charter/security-council-procedure, un-charter/security-council, "),
        ("decision simulate nonsense/x --rest yes", "no agreement 'nonsense' is on record"),
        ("decision simulate almelo/x --rest yes", "almelo says on record no rule of decision"),
        (
            "decision simulate teu/qualified-majority --on 2003-01-01 --rest yes",
            "does not hold on 2003-01-01, only from 2004-11-01 and before 2007-01-01; ",
        ),
        (ASK, "say how somebody votes: --yes, --no,"),
        (f"{ASK} --no RUS", "RUS has no seat under nato-treaty/council on 2026-01-01; --json tells who has"),
        (f"{ASK} --no France", "did you mean FRA (France)?"),
        (f"{ASK} --no FRA --yes FRA", "FRA is said to vote both yes and no; say one of the two"),
        (f"{ASK} --rest maybe", "--rest 'maybe': choose one of yes, no, abstain, constructive, absent"),
        (f"{ASK} --rest yes --fact x=FRA", "--fact 'x=FRA': 'x' is none of suspended,"),
        (f"{ASK} --rest yes --fact concerned", "--fact 'concerned' names nobody; write for instance concerned=HUN,POL"),
        (f"{ASK} --rest yes --on never", "--on"),
        ("decision simulate pesco/suspension --on 2023-06-01 --fact concerned=HUN --no HUN", "HUN does not count on this proposal (concerned)"),
        ("decision simulate asean-charter/summit --on 2020-01-01 --no USA", "who has: BRN, IDN, KHM,"),
        ("decision simulate iaea-statute/board --no USA --on 2020-01-01", "the record does not name who holds 35 of its seats: write 'seat 1'"),
    ],
)
def test_wrong_input_is_told_in_one_line(command: str, told: str) -> None:
    done = comity(*shlex.split(command))
    assert done.code == 2
    assert told in done.err
    assert done.err.count("\n") == 1


def test_a_book_without_rules_says_so(small: Path) -> None:
    done = comity("--book", str(small), "decision", "rules")
    assert (done.code, done.out.count("\n")) == (0, 1)
    assert "no rule of decision is on record" in done.out


@pytest.mark.usefixtures("bundled_once")
def test_what_is_not_certain_is_told_with_each_outcome() -> None:
    done = comity(*shlex.split("decision simulate cfe/amendment --on 2026-01-01 --absent CAN --rest yes"))
    assert "CONTESTED  perhaps NOT ADOPTED" in done.out
    assert "CONTESTED  perhaps ADOPTED" in done.out
    unnamed = comity(*shlex.split("decision simulate iaea-statute/board --on 2020-01-01 --no 'seat 3' --rest yes"))
    assert "35 of 35 seats are unnamed" in unnamed.out
