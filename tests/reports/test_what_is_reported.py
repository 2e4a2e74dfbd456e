"""What reports contain: acts of the period beside those of the one before, a strategy's targets; what is wrong is said in one line."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

import comity
from comity.planning import read_strategy
from comity.reports import Wanted, acts_within, period_of, periodic_report, scorecard
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord
from tests.cli.running import comity as run
from tests.stability.small_book import cut

ROOT = Path(__file__).parents[2]
COMMANDS = re.findall(r"^ *\$ comity (.+)$", (ROOT / "docs/how-to/make-a-report.md").read_text(encoding="utf-8"), re.MULTILINE)
BOOK = "--book examples/trust-book report"


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> Standing:
    return comity.open(cut(tmp_path_factory.mktemp("book"))).standing(on=date(2026, 1, 1), known=date(2026, 1, 1))


def test_a_year_counts_the_acts_done_in_it_beside_those_of_the_year_before(members: Standing) -> None:
    found = periodic_report(members, Wanted("year", "TUR", "1952"))
    consented = next(one for one in found.figures if one.id == "consented")
    assert (consented.value, consented.before) == (1, 0)
    assert consented.acts
    assert {act.ref for act in found.acts} >= set(consented.acts)
    assert all(act.source for act in found.acts)
    assert found.sections[0].drawings[0].svg.startswith("<svg")
    assert acts_within(members, "TUR", (date(1952, 1, 1), date(1952, 12, 31)), ("consent",)).surely[0].agreement == "nato-treaty"


def test_quarters_and_years_are_days_of_the_calendar() -> None:
    assert period_of("quarter", "2026-Q4") == (date(2026, 10, 1), date(2026, 12, 31))
    assert period_of("quarter", "2024-Q1") == (date(2024, 1, 1), date(2024, 3, 31))
    assert period_of("year", "2026") == (date(2026, 1, 1), date(2026, 12, 31))
    for kind, written in (("quarter", "2026-Q5"), ("quarter", "2026"), ("year", "26"), ("year", "1600")):
        with pytest.raises(BadInput, match=f"is no {kind}; write it as"):
            period_of(kind, written)


def test_a_period_that_is_not_over_says_so(members: Standing) -> None:
    found = periodic_report(members, Wanted("year", "TUR", "2026"))
    assert found.on == date(2026, 1, 1)
    assert "the period ends on 2026-12-31" in found.notes[0]


def test_a_scorecard_has_each_target_with_how_far_it_is(members: Standing) -> None:
    file = ROOT / "examples/strategy-small-state.toml"
    found = scorecard(members, read_strategy(file).strategy, "examples/strategy-small-state.toml")
    states = {row[6] for section in found.sections for listing in section.listings if listing.id.startswith("targets") for row in listing.rows}
    assert "unknown" in states
    assert states <= {"met", "not met", "on course", "behind", "unknown"}
    assert found.sections[0].drawings[0].svg.startswith("<svg")


def test_a_scorecard_on_the_terminal_has_its_targets() -> None:
    done = run("report", "scorecard", str(ROOT / "examples/strategy-us-uk.toml"), "--on", "2026-11-01")
    assert done.code == 0, done
    assert "Indicators and targets" in done.out
    assert "how far" in done.out


def test_a_command_names_a_ledger_by_its_address_and_is_one_that_a_shell_reads() -> None:
    standing = comity.open(ROOT / "examples/trust-book").standing(on=date(2026, 1, 1), known=date(2026, 1, 1))
    for book, says in (("sqlite:///a.db", "comity --ledger sqlite:///a.db report"), ("a book", "comity --book 'a book' report")):
        found = periodic_report(standing, Wanted("quarter", "ARD", "2025-Q4", book=book))
        assert found.command.startswith(says)
        assert all(one.command.startswith(says.removesuffix(" report")) for one in found.figures)


def test_what_cannot_be_reported_is_said(members: Standing) -> None:
    with pytest.raises(NotOnRecord, match="no party 'ZZZ'"):
        periodic_report(members, Wanted("year", "ZZZ", "2020"))
    with pytest.raises(BadInput, match="the report is of TUR itself"):
        periodic_report(members, Wanted("year", "TUR", "2020", ("TUR",)))
    with pytest.raises(BadInput, match="2030 begins after 2026-01-01"):
        periodic_report(members, Wanted("year", "TUR", "2030"))


@pytest.mark.parametrize("command", [one for one in COMMANDS if "trust-book" in one])
def test_a_command_of_the_page_runs(command: str, tmp_path: Path) -> None:
    given = shlex.split(command)
    words = [str(tmp_path / word) if before == "-o" else word for before, word in zip(["", *given], given, strict=False)]
    done = run(*words)
    assert done.code == 0, done
    assert done.out
    assert "-o" not in words or Path(words[words.index("-o") + 1]).stat().st_size > 1_000


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (f"{BOOK} year ARD 2025 -o x.doc", "a report is written as .html, .pdf, .ipynb, .zip"),
        (f"{BOOK} quarter ARD 2025", "is no quarter; write it as 2026-Q1"),
        (f"{BOOK} year ARD 2025 --from examples", "name them with --partner PARTY"),
        (f"{BOOK} year ZZZ 2025", "no party 'ZZZ' is on record"),
        ("report scorecard nowhere.toml", "no file 'nowhere.toml'"),
        (f"{BOOK} quarter ARD 2025-Q1 -o /no/such/place.html", "cannot be written"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(command: str, says: str) -> None:
    done = run(*shlex.split(command), "--on", "2026-01-01")
    assert done.code == 2
    assert says in done.err
    assert done.err.count("\n") == 1
