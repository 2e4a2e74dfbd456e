"""``comity decision replay``: counts for people and for programs, of a file made up for it; wrong input in one line."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from comity.parties import Register
from comity.registers import RollCallsRead
from tests.cli.running import comity
from tests.cli.test_answers_as_json import validator
from tests.decisions.taken_votes import MEMBERS, cast, read, row
from tests.decisions.test_roll_calls_are_replayed import members, split


def made_up(place: Path, parties: Register) -> RollCallsRead:
    """Four votes: one that hangs on the question, one that does not, one with a stranger and a name that is nobody's, one of few."""
    there = members("2006-03-15")
    strange = cast([*there[:120], ("Kosovo", None), ("Atlantis", "XX")], there[120:130])
    return read(
        (row(1120, 25, "1970-11-06", short="CHINA [x]"), split("1970-11-15", 51, 49)),
        (row(5000, 60, "2006-03-15", unres="R/60/3"), split("2006-03-15", 120, 3)),
        (row(5001, 60, "2006-03-16"), strange),
        (row(5002, 60, "2006-03-17"), cast(MEMBERS)),
    )


@pytest.fixture(autouse=True)
def _file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.registers.read_roll_calls", made_up)


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize("options", ["", "--differences", "--session 60", "--year 1970 --differences", "un-charter/general-assembly", "--as FRA"])
def test_what_is_printed_is_what_the_schema_promises(options: str) -> None:
    done = comity("decision", "replay", *shlex.split(options), "--json")
    assert (done.code, done.err) == (0, "")
    validator("decision-replay").validate(done.json)


@pytest.mark.usefixtures("bundled_once")
def test_it_tells_counts_differences_and_who_had_no_seat() -> None:
    done = comity("decision", "replay", "--differences")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        "4 recorded votes from 1970-11-01 to 2006-03-17 under un-charter/general-assembly, un-charter/general-assembly-important"
    )
    assert "2 adopted, 1 not adopted, 1 not known" in done.out
    for told in ("1120", "CHINA [x]", "51-49-27", "important by resolution 1668", "not known", "Atlantis (1 vote, "):
        assert told in done.out, told


@pytest.mark.usefixtures("bundled_once")
def test_a_year_and_a_session_narrow_it() -> None:
    for option, numbers in (("--year 2006", [5000, 5001, 5002]), ("--session 25", [1120]), ("--session 60 --differences", [5002])):
        found = json.loads(comity("decision", "replay", *shlex.split(option), "--json").out)
        assert [one["number"] for one in found["roll_calls"]] == numbers, option


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--year 1931", "no vote with --year 1931; the file has sessions 25 to 60, from 1970-11 to 2006-03"),
        ("--session 99 --year 2006", "no vote with --year 2006 and --session 99;"),
        ("un-charter/general-assembl", "did you mean general-assembly"),
        ("un-charter/security-council --year x", "year"),
        ("--known 1900-01-01", "un-charter"),
    ],
)
def test_wrong_input_is_told_in_one_line(options: str, told: str) -> None:
    done = comity("decision", "replay", *shlex.split(options))
    assert done.code == 2
    assert told in done.err
    assert done.err.count("\n") == 1


def test_without_its_file_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    done = comity("decision", "replay", "--from", str(tmp_path))
    assert done.code == 2
    assert "holds no file of unga (roll-calls); fetch it with: comity sources fetch unga, or give its folder" in done.err
