"""Proposals on the command line: drafts that read back and change nothing, where they stand, what is said of bad input."""

from __future__ import annotations

import csv
import io
import re
import shlex
from pathlib import Path

import pytest
from icalendar import Calendar

from comity.book.tables import entry_of
from tests.cli.running import comity

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "take-a-decision.md"
COMMANDS = re.findall(r"^ *\$ comity (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
pytestmark = pytest.mark.usefixtures("bundled_once")
OPEN = ("decision", "open", "nato-treaty/council", "--subject", "a text", "--by", "NATO/SG", "--made", "2026-11-28T09:00Z")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs(command: str, tmp_path: Path) -> None:
    given = shlex.split(command)
    words = [str(tmp_path / word) if before in ("-o", "--ics") else word for before, word in zip(["", *given], given, strict=False)]
    done = comity(*words)
    assert done.code == 0
    assert all(line.startswith("note: ") for line in done.err.splitlines())
    written = [Path(word) for before, word in zip(["", *words], words, strict=False) if before in ("-o", "--ics")]
    assert all(one.stat().st_size > 0 for one in written)


def test_a_draft_reads_back_as_the_acts_it_says() -> None:
    done = comity(*OPEN, "--silence-until", "2026-12-01T17:00+01:00[Europe/Brussels]", "--text", "C-M(2026)7")
    (row,) = csv.DictReader(io.StringIO(done.out))
    act = entry_of(row, None, None).act
    assert (act.kind, act.actor, act.agreement, act.ref) == ("propose", "NATO/SG", "nato-treaty", "nato-treaty-council-2026-11-28")
    assert act.details["silence_until"] == "2026-12-01T17:00+01:00[Europe/Brussels]"
    assert done.err == "note: then it is under silence\n"
    assert comity("decision", "status", "nato-treaty-council-2026-11-28").code == 2, "nothing was put on record"


def test_a_vote_comes_with_its_explanation_and_with_what_is_odd_about_it() -> None:
    done = comity("decision", "vote", "nato-2003-turkey", "no", "--by", "FRA", "--explain", "not yet", "--made", "2003-02-08T10:00Z")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(row["kind"], row["replies_to"]) for row in rows] == [("vote", "nato-2003-turkey"), ("state-position", "nato-2003-turkey")]
    assert "it breaks nothing" in done.err
    late = comity("decision", "break", "nato-2003-turkey", "--by", "SWE", "--made", "2003-02-08T10:00Z")
    assert "does not vote on this" in late.err


def test_the_calendar_has_the_end_of_the_silence(tmp_path: Path) -> None:
    file = tmp_path / "ends.ics"
    assert comity("decision", "status", "--at", "2003-02-07T12:00Z", "--party", "BEL", "--ics", str(file)).code == 0
    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2003-02-10T11:00:00+00:00"
    assert str(event["description"]).startswith("BEL may break silence")


def test_only_what_waits_for_a_party_is_shown() -> None:
    assert "nato-2003-turkey" in comity("decision", "status", "--at", "2003-02-07T12:00Z", "--party", "FRA").out
    assert comity("decision", "status", "--at", "2003-02-07T12:00Z", "--party", "SWE").out == "no proposal on record that was asked for\n"
    told = comity("decision", "status", "--on", "2003-02-16", "--json").json
    assert [(one["ref"], one["state"]) for one in told["decisions"]] == [("nato-2003-turkey", "broken"), ("nato-2003-turkey-dpc", "adopted")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([*OPEN, "--silence-until", "2026-12-01", "--vote-by", "2026-12-01"], "give one of the two"),
        ([*OPEN, "--silence-until", "2026-12-01", "--silence"], "give one of the two"),
        ([*OPEN, "--silence"], "sets no term for a silence; say until when"),
        ([*OPEN, "--silence-until", "2026-11-27"], "that is not after it is made"),
        ([*OPEN, "--silence-until", "Friday"], "--silence-until: 'Friday' is not a moment"),
        ([*OPEN, "--vote-by", "2027-xx-xx"], "name one instant or one day"),
        ([*OPEN, "--hash", "abc"], "write sha256: and 64 hex digits"),
        ([*OPEN, "--participating", "FRA,XYZ"], "no party 'XYZ' is on record"),
        (["decision", "open", "nato-treaty/council", "--subject", "one; two", "--made", "2026-11-28"], "has a semicolon"),
        (["decision", "open", "nato-treaty/nothing", "--subject", "x"], "has no rule 'nothing'"),
        (["decision", "vote", "nato-2003-turkey", "perhaps", "--by", "FRA"], "'perhaps' is no vote"),
        (["decision", "vote", "nato-2003-turke", "yes", "--by", "FRA"], "did you mean nato-2003-turkey"),
        (["decision", "break", "nato-2003-turkey", "--by", "FRANCE"], "no party 'FRANCE' is on record"),
        (["decision", "status", "--at", "2003-02-07"], "has no hour; write an instant with its zone"),
        (["decision", "status", "--at", "2003-02-07T12:00Z", "--on", "2003-02-07"], "give one of the two"),
        (["decision", "status", "nato-2003-turkey", "--on", "2003-02-05"], "no proposal 'nato-2003-turkey' is on record on 2003-02-05"),
    ],
)
def test_bad_input_is_one_line_that_says_what_to_do(words: list[str], says: str) -> None:
    done = comity(*words)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert done.err.count("\n") == 1
