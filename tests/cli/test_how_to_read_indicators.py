"""Every command of docs/how-to/read-indicators.md runs, and says what the page says of it; wrong input is refused in a line."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import comity

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "read-indicators.md"
COMMANDS = re.findall(r"^ *\$ comity (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
BOOK = ("--book", "examples/trust-book")


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs(command: str) -> None:
    done = comity(*shlex.split(command))
    assert (done.code, done.err) == (0, "")
    assert done.out.strip()
    assert ("simulated" in done.out) == ("trust-book" in command)


def test_below_ten_there_is_no_forecast_and_the_record_of_forecasts_speaks_for_itself() -> None:
    done = comity(*BOOK, "trust", "CRV", "ARD", "--kind", "notify", "--on", "2026-01-01")
    assert "9 observed; 10 are needed" in done.out
    assert "cannot be told from these" in comity(*BOOK, "trust", "ARD", "BLM", "--on", "2026-01-01").out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("indicator run refusals CRV --by month", "write year or quarter"),
        ("indicator run burden-share CRV --key CRV", "as ARD=3"),
        ("indicator run burden-share CRV --key =3", "as ARD=3"),
        ("indicator run nothing CRV", "there is no indicator"),
        (f"indicator run burden-share CRV --key CRV={'9' * 5000}", "as ARD=3"),
        ("trust CRV ARD --half-life 0", "half-life"),
        ("trust CRV ARD --pooling 1e-300", "from 0.001 to 1000000"),
        ("trust CRV ARD --level 90", "between 0 and 1"),
    ],
)
def test_wrong_input_is_refused_in_a_line(line: str, says: str) -> None:
    done = comity(*BOOK, *line.split())
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert len(done.err.strip().splitlines()) == 1
