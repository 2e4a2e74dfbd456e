"""What must tells on a day, and what it keeps to itself; knowledge, viewers, corrections and doubts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from comity.about import Opened
from comity.duties import DutyStatus, State, must
from comity.standing import Record, Standing
from comity.terms import NotOnRecord
from tests.book.folders import COVERED, ENTRY, LATER, agreement, told
from tests.cli.running import comity
from tests.duties.telling import after, covered, owed

REPORT = "EST report ottawa 2025-04-20 'subject=article 7'"
DUTY = """
[[clause]]
kind = "duty"
id = "yearly"
article = "7"
what = "a yearly report"
says = "Report every year."
source = "the text"
does = "report"
when = { kind = "yearly", month = 6, day = 1 }
discharged = { acts = ["report"] }
"""
STORY = "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nAAA report 2001-05-01\n"


@pytest.fixture(scope="module")
def record(bundled: Opened) -> Record:
    return bundled.book.record


def reports(standing: Standing, year: int) -> DutyStatus:
    return next(row for row in owed(standing, "ottawa", "annual-report", "EST") if row.due == date(year, 4, 30))


def small(
    where: Path, more: str = "", on: str = "2002-01-01", viewer: str | None = None, known: str = "2030-01-01", pact: str = ""
) -> list[DutyStatus]:
    opened = told(where, STORY + more, pact or agreement(ENTRY, LATER, DUTY, COVERED))
    return must(
        opened.standing(on=date.fromisoformat(on), known=date.fromisoformat(known), viewer=viewer), "AAA", past=timedelta(days=3650), everything=True
    )


def state_of(rows: list[DutyStatus], due: str) -> State:
    return next(row.state for row in rows if row.due == date.fromisoformat(due))


def test_it_tells_what_is_open_within_the_days_ahead_and_no_further(record: Record) -> None:
    standing = after(record, "", "2025-04-01")
    for days, found in ((28, []), (29, [date(2025, 4, 30)])):
        rows = must(standing, "EST", agreement="ottawa", within=timedelta(days=days), past=timedelta(0))
        assert [row.due for row in rows] == found


def test_what_is_overdue_is_told_however_old_and_what_is_done_only_if_asked_for(record: Record) -> None:
    standing = after(record, "", "2020-01-01", coverage=(covered("report", agreement="ottawa"),))
    rows = must(standing, "EST", agreement="ottawa", past=timedelta(days=1))
    assert {row.state for row in rows} == {State.OVERDUE}
    assert rows[0].due == date(2005, 4, 30)
    done = after(record, REPORT, "2025-04-25")
    assert not [r for r in must(done, "EST", agreement="ottawa") if r.due == date(2025, 4, 30)]
    assert [r.state for r in must(done, "EST", agreement="ottawa", everything=True) if r.due == date(2025, 4, 30)] == [State.DONE]


def test_a_party_that_is_not_on_record_is_said_to_be_so(record: Record) -> None:
    with pytest.raises(NotOnRecord, match="EST"):
        must(after(record, "", "2025-01-01"), "Estonia")


def test_what_was_recorded_later_was_not_known_then(record: Record) -> None:
    late = after(record, REPORT, "2025-05-10", known=date(2025, 4, 19))
    assert reports(late, 2025).state is State.NOT_KNOWN
    assert reports(after(record, REPORT, "2025-05-10"), 2025).state is State.DONE


def test_a_viewer_who_does_not_see_the_report_is_told_that_there_may_be_more(tmp_path: Path) -> None:
    hidden = STORY.replace("2001-05-01", "2001-05-01 policy=NATIONAL classification=SECRET originator=BBB nonce=00112233445566778899aabbccddeeff")
    opened = told(tmp_path, hidden, agreement(ENTRY, LATER, DUTY, COVERED))
    seen: dict[str | None, DutyStatus] = {}
    for viewer in (None, "BBB", "CCC"):
        rows = must(opened.standing(on=date(2001, 7, 1), known=date(2030, 1, 1), viewer=viewer), "AAA", everything=True)
        seen[viewer] = next(row for row in rows if row.due == date(2001, 6, 1))
    assert [row.state for row in seen.values()] == [State.DONE, State.DONE, State.OVERDUE]
    assert seen["CCC"].notes == ("answered from what CCC may see; one who sees more might get another answer",)
    assert (seen[None].label.classification, seen["CCC"].label.public) == ("SECRET", True)


def test_an_early_report_counts_from_the_day_after_it_was_last_due(tmp_path: Path) -> None:
    rows = small(tmp_path, on="2002-07-01")
    assert [state_of(rows, due) for due in ("2000-06-01", "2001-06-01", "2002-06-01")] == [State.OVERDUE, State.DONE, State.OVERDUE]


def test_a_report_that_names_its_due_day_counts_for_that_day_alone(tmp_path: Path) -> None:
    rows = small(tmp_path, "AAA report 2001-12-01 details=due=2000-06-01 ref=late\n")
    assert [state_of(rows, due) for due in ("2000-06-01", "2001-06-01")] == [State.LATE, State.DONE]


def test_a_report_taken_back_by_the_clerk_was_not_made(tmp_path: Path) -> None:
    rows = small(tmp_path, "AAA retract 2001-06-15 replies_to=pact-AAA-report\n", on="2001-07-01")
    assert state_of(rows, "2001-06-01") is State.OVERDUE


def test_a_report_that_another_party_denies_leaves_it_contested(tmp_path: Path) -> None:
    rows = small(tmp_path, "BBB deny 2001-06-15 replies_to=pact-AAA-report\n", on="2001-07-01")
    assert state_of(rows, "2001-06-01") is State.CONTESTED


def test_two_records_of_a_report_that_differ_leave_it_contested(tmp_path: Path) -> None:
    rows = small(tmp_path, "AAA report 2001-06-20 ref=pact-AAA-report\n", on="2001-07-01")
    assert state_of(rows, "2001-06-01") is State.CONTESTED


def test_a_report_of_which_only_the_month_is_known_leaves_open_whether_it_was_in_time(tmp_path: Path) -> None:
    opened = told(tmp_path, STORY.replace("2001-05-01", "2001-06-xx"), agreement(ENTRY, LATER, DUTY, COVERED))
    rows = must(opened.standing(on=date(2001, 7, 1), known=date(2030, 1, 1)), "AAA", past=timedelta(days=60), everything=True)
    row = next(row for row in rows if row.due == date(2001, 6, 1))
    assert (row.state, row.because[-1].says) == (State.NOT_KNOWN, "the days are not sure: done or overdue"), "on its last day it would be next year's"


EVENTS = """
[[clause]]
kind = "duty"
id = "answer"
article = "8"
what = "an answer"
says = "Answer within ten days; two troops or more, until 2001."
source = "the text"
does = "answer"
when = { kind = "after-event", acts = ["plan"], within = { delay = [{ days = 10 }] } }
thresholds = [{ measure = "troops", number = 2, article = "8", until = 2001-06-01 }]
discharged = { acts = ["plan"], by = "anyone" }

[[clause]]
kind = "duty"
id = "limit"
article = "9"
what = "no more than ten tanks"
says = "At most ten tanks."
source = "the text"
does = "limit"
when = { kind = "always" }
limits = [{ measure = "tanks", number = 10, article = "9" }]
discharged = { acts = ["report"] }
"""


def test_an_act_does_not_discharge_what_it_brings_about_and_is_not_looked_at_before_it_is_done(tmp_path: Path) -> None:
    opened = told(
        tmp_path, STORY + "AAA plan 2001-05-20 details=troops=2\nAAA plan 2001-06-01 details=troops=9 ref=later\n", agreement(ENTRY, EVENTS, COVERED)
    )

    def states(on: str) -> list[State]:
        standing = opened.standing(on=date.fromisoformat(on), known=date(2030, 1, 1))
        return [row.state for row in owed(standing, "pact", "answer", "BBB")]

    assert states("2001-05-19") == []
    assert states("2001-05-20") == [State.OPEN]
    assert states("2001-06-01") == [State.LATE], "by the other; and for that one the number no longer held"


def test_a_limit_is_looked_at_by_the_last_report_that_was_surely_made(tmp_path: Path) -> None:
    story = "AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nAAA report 2001-05-01 details=tanks=10\nAAA report 2001-06-xx details=tanks=11 ref=more\n"
    opened = told(tmp_path, story, agreement(ENTRY, EVENTS, COVERED))

    def state(on: str) -> State:
        return owed(opened.standing(on=date.fromisoformat(on), known=date(2030, 1, 1)), "pact", "limit", "AAA")[0].state

    assert [state(on) for on in ("2001-04-30", "2001-06-29", "2001-06-30")] == [State.NOT_KNOWN, State.KEPT, State.EXCEEDED]


def test_while_it_is_suspended_nothing_falls_due_and_after_that_nothing_starts_anew(tmp_path: Path) -> None:
    suspension = '\n[[clause]]\nkind = "suspension"\narticle = "8"\nsays = "A party may suspend."\nsource = "the text"\n'
    once = DUTY.replace('"yearly"', '"once"', 1).replace(
        '{ kind = "yearly", month = 6, day = 1 }', '{ kind = "after-bound", delay = [{ years = 3 }] }'
    )
    rows = small(
        tmp_path, "AAA suspend 2002-01-01\nAAA resume 2002-12-01\n", on="2003-07-01", pact=agreement(ENTRY, LATER, DUTY, once, suspension, COVERED)
    )
    assert [row.due for row in rows if row.duty == "yearly"] == [date(2000, 6, 1), date(2001, 6, 1), date(2003, 6, 1)]
    assert [row.due for row in must_once(tmp_path)] == [date(2003, 3, 1)]


def must_once(where: Path) -> list[DutyStatus]:
    import comity as library

    standing = library.open(where).standing(on=date(2003, 7, 1), known=date(2030, 1, 1))
    return owed(standing, "pact", "once", "AAA")


def test_the_command_writes_a_feed_and_says_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    told(tmp_path / "book", STORY, agreement(ENTRY, LATER, DUTY, COVERED))
    asked = ("--book", str(tmp_path / "book"), "must", "--on", "2002-05-01")
    done = comity(*asked, "--ics", str(tmp_path / "duties.ics"))
    assert (done.code, done.err) == (0, "")
    assert "a yearly report" in done.out
    assert (tmp_path / "duties.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    for more, says in (
        (("--within", "soon"), "--within 'soon'; write a number of days"),
        (("--past", "-1"), "--past '-1'; write a number of days"),
        (("--ics", str(tmp_path)), "cannot be written"),
        (("--agreement", "packt"), "did you mean pact?"),
    ):
        failed = comity(*asked, *more)
        assert failed.code == 2
        assert says in failed.err
        assert len(failed.err.splitlines()) == 1
