"""Real cases: what a state owed, by when, under which clause, and what was or would have been enough.

Sources: the clauses of each agreement's file; Estonia's accession to the Mine Ban Convention on 12 May 2004 (ICBL, 14 May 2004);
thresholds of the Vienna Document as told by the Estonian minister of defence in 2017; the tenth NPT Review Conference, 1 to 26 August
2022 (meetings.unoda.org); Ukraine's request to Russia of 11 February 2022 (Interfax-Ukraine).
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from comity.about import Opened
from comity.duties import State, must
from comity.standing import Record
from tests.duties.telling import after, covered, owed

VD = "vienna-document-2011"


@pytest.fixture(scope="module")
def record(bundled: Opened) -> Record:
    return bundled.book.record


# -- Estonia and the Mine Ban Convention


def test_estonia_bound_from_1_november_2004_owed_its_first_report_180_days_later_and_updates_from_2006_to_2025(record: Record) -> None:
    standing = after(record, "", "2030-01-01")
    (first,) = owed(standing, "ottawa", "initial-report", "EST")
    assert (first.due, first.owed_to, first.article) == (date(2005, 4, 30), ("UNSG",), "7(1)")
    updates = [row.due for row in owed(standing, "ottawa", "annual-report", "EST")]
    assert updates == [date(year, 4, 30) for year in range(2006, 2026)], "out on 27 December 2025: nothing is due in 2026"


def test_estonia_had_four_years_for_its_stocks_and_ten_for_mined_areas(record: Record) -> None:
    standing = after(record, "", "2020-01-01")
    assert [row.due for row in owed(standing, "ottawa", "stockpile", "EST")] == [date(2008, 11, 1)]
    assert [row.due for row in owed(standing, "ottawa", "mined-areas", "EST")] == [date(2014, 11, 1)]


def test_a_report_that_no_source_covers_is_not_called_overdue(record: Record) -> None:
    row = owed(after(record, "", "2006-01-01"), "ottawa", "initial-report", "EST")[0]
    assert row.state is State.NOT_KNOWN
    assert "acts of kind report by EST since 2004-11-01 were never covered" in row.because[-1].says


def test_with_a_complete_list_of_reports_it_is_overdue_done_or_done_late(record: Record) -> None:
    complete = (covered("report", agreement="ottawa"),)
    assert owed(after(record, "", "2005-04-30", coverage=complete), "ottawa", "initial-report", "EST")[0].state is State.OPEN
    assert owed(after(record, "", "2005-05-01", coverage=complete), "ottawa", "initial-report", "EST")[0].state is State.OVERDUE
    story = "EST report ottawa {} 'subject=article 7'"
    for day, state in (("2005-04-30", State.DONE), ("2005-05-01", State.LATE)):
        row = owed(after(record, story.format(day), "2005-06-01", coverage=complete), "ottawa", "initial-report", "EST")[0]
        assert (row.state, row.discharged_by) == (state, ("act-1",))


# -- an exercise under the Vienna Document


def exercise(troops: int, more: str = "") -> str:
    return f"LVA plan {VD} 2025-02-01 what=exercise activity=Shield starts=2025-06-01 troops={troops}\n{more}"


def test_a_brigade_exercise_of_9000_troops_is_notified_42_days_ahead(record: Record) -> None:
    (row,) = owed(after(record, exercise(9000), "2025-03-01"), VD, "notification")
    assert (row.owed_by, row.due, row.state, row.brought_about_by) == ("LVA", date(2025, 4, 20), State.OPEN, "act-1")
    assert not owed(after(record, exercise(9000), "2025-03-01"), VD, "observers")


def test_8999_troops_are_not_notified_and_13000_are_observed_too(record: Record) -> None:
    assert not owed(after(record, exercise(8999), "2025-03-01"), VD, "notification")
    assert not owed(after(record, exercise(12999), "2025-03-01"), VD, "observers")
    assert [row.due for row in owed(after(record, exercise(13000), "2025-03-01"), VD, "observers")] == [date(2025, 4, 20)]


def test_the_answer_says_which_of_its_numbers_are_from_memory_and_that_the_commitment_is_political(record: Record) -> None:
    (row,) = owed(after(record, exercise(9000), "2025-03-01"), VD, "notification")
    assert row.read == "secondary", "42 days: NATO of Saber Strike 18; 9,000 troops: ministers"
    assert row.notes == ("a political commitment: it binds politically, not in law",)
    (row,) = owed(after(record, exercise(13000), "2025-03-01"), VD, "observers")
    assert row.read == "memory"
    assert row.notes[1:] == ("rests on what was read from memory, not yet verified",)


def test_what_is_held_without_notice_is_notified_when_it_begins(record: Record) -> None:
    standing = after(record, exercise(13000).replace("troops", "no_notice=yes troops"), "2025-03-01")
    assert not owed(standing, VD, "notification")
    assert not owed(standing, VD, "observers")
    assert [row.due for row in owed(standing, VD, "notification-no-notice")] == [date(2025, 6, 1)]
    assert [row.due for row in owed(standing, VD, "observers-no-notice")] == [date(2025, 6, 4)]


def test_the_notice_of_that_activity_discharges_it_and_that_of_another_does_not(record: Record) -> None:
    notice = f"LVA notify-exercise {VD} {{}} activity={{}}"
    for day, activity, state in (
        ("2025-04-20", "Shield", State.DONE),
        ("2025-04-21", "Shield", State.LATE),
        ("2025-04-20", "Sword", State.NOT_KNOWN),
    ):
        story = exercise(9000, notice.format(day, activity))
        assert owed(after(record, story, "2025-05-01"), VD, "notification")[0].state is state, (day, activity)


def test_the_host_notifies_and_a_plan_without_numbers_leaves_it_open_whether_it_must(record: Record) -> None:
    story = f"USA plan {VD} 2025-02-01 what=exercise activity=Shield starts=2025-06-01 territory=POL"
    (row,) = owed(after(record, story, "2025-03-01"), VD, "notification")
    assert (row.owed_by, row.state) == ("POL", State.NOT_KNOWN)
    assert "gives none of the numbers that decide: troops" in row.because[-1].says


def test_russia_had_not_answered_ukraine_when_48_hours_were_over(record: Record) -> None:
    (row,) = owed(after(record, "", "2022-02-14"), VD, "unusual-activity")
    assert (row.owed_by, row.owed_to, row.due, row.state) == ("RUS", ("UKR",), date(2022, 2, 13), State.OVERDUE)
    assert owed(after(record, "", "2022-02-13"), VD, "unusual-activity")[0].state is State.OPEN
    assert owed(after(record, "", "2022-02-14", strict=True), VD, "unusual-activity")[0].state is State.NOT_KNOWN


# -- flights, visits, claims, supplies


FLIGHTS = """
FRA plan open-skies 2010-05-01 what=flight activity=1 starts=2010-05-20T12:00Z counterparty=NOR
FRA plan open-skies 2010-05-01 what=flight activity=2 starts=2010-05-20T12:00Z counterparty=NOR
FRA plan open-skies 2010-05-01 what=flight activity=3 starts=2010-05-20T12:00Z counterparty=NOR
FRA notify open-skies 2010-05-17T11:59Z activity=1 'subject=observation flight' counterparty=NOR
FRA notify open-skies 2010-05-17T12:01Z activity=2 'subject=observation flight' counterparty=NOR
FRA notify open-skies 2010-05-17 activity=3 'subject=observation flight' counterparty=NOR
NOR reply open-skies 2010-05-18T12:59+01:00 answers=act-4
NOR reply open-skies 2010-05-18T13:02+01:00 answers=act-5
"""


def test_a_flight_is_announced_72_hours_before_arrival_and_the_notice_acknowledged_within_24(record: Record) -> None:
    standing = after(record, FLIGHTS, "2010-05-20")
    notices = owed(standing, "open-skies", "flight-notice")
    assert {(row.owed_by, row.owed_to, row.at) for row in notices} == {("FRA", ("NOR",), datetime(2010, 5, 17, 12, tzinfo=UTC))}
    assert [row.state for row in notices] == [State.DONE, State.LATE, State.NOT_KNOWN], "of the third the hour is not known"
    answers = owed(standing, "open-skies", "acknowledgement")
    assert [(row.owed_by, row.owed_to, row.state) for row in answers][:2] == [("NOR", ("FRA",), State.DONE), ("NOR", ("FRA",), State.LATE)]
    assert [row.due for row in answers if row.at is None] == [date(2010, 5, 18)], "a day, where no hour is known"


def test_a_flight_quota_is_each_partys_own_and_estonia_has_none(record: Record) -> None:
    quotas = {row.owed_by: row for row in owed(after(record, "", "2010-01-01"), "open-skies", "passive-quota")}
    assert (quotas["DEU"].state, quotas["DEU"].due, quotas["DEU"].because[-1].says) == (State.OPEN, None, "flights: at most 12 (Annex A)")
    assert "EST" not in quotas


def test_a_visit_to_sweden_is_applied_for_four_weeks_ahead(record: Record) -> None:
    story = "NLD plan nl-sweden-security-mou-1984 1990-01-01 what=visit activity=V starts=1990-03-29 counterparty=SWE\n"
    asked = "NLD request nl-sweden-security-mou-1984 1990-03-01 activity=V counterparty=SWE"
    (row,) = owed(after(record, story, "1990-02-01"), "nl-sweden-security-mou-1984", "visit-request")
    assert (row.owed_by, row.owed_to, row.due, row.state) == ("NLD", ("SWE",), date(1990, 3, 1), State.OPEN)
    assert owed(after(record, story + asked, "1990-03-02"), "nl-sweden-security-mou-1984", "visit-request")[0].state is State.DONE


CLAIM = "ITA propose nato-sofa 2010-01-15 'subject=distribution of a claim' counterparty=USA"


def test_a_proposed_distribution_of_a_claim_is_accepted_by_two_months_of_silence(record: Record) -> None:
    complete = (covered("reply", agreement="nato-sofa"),)
    (row,) = owed(after(record, CLAIM, "2010-03-15", coverage=complete), "nato-sofa", "claim-distribution")
    assert (row.owed_by, row.due, row.option, row.state) == ("USA", date(2010, 3, 15), True, State.OPEN)
    assert owed(after(record, CLAIM, "2010-03-16", coverage=complete), "nato-sofa", "claim-distribution")[0].state is State.ACCEPTED


def test_silence_is_not_presumed_where_replies_are_not_covered_and_an_answer_breaks_it(record: Record) -> None:
    assert owed(after(record, CLAIM, "2010-03-16"), "nato-sofa", "claim-distribution")[0].state is State.NOT_KNOWN
    answered = CLAIM + "\nUSA reply nato-sofa 2010-03-15 answer=no answers=act-1"
    assert owed(after(record, answered, "2010-03-16"), "nato-sofa", "claim-distribution")[0].state is State.DONE


def test_what_the_netherlands_supplied_is_replaced_within_a_year(record: Record) -> None:
    story = "NLD supply nl-us-mutual-support-1983 1990-02-01 item=fuel settled_by=replacement counterparty=USA"
    agreement = "nl-us-mutual-support-1983"
    (row,) = owed(after(record, story, "1990-06-01"), agreement, "replacement")
    assert (row.owed_by, row.owed_to, row.due, row.does) == ("USA", ("NLD",), date(1991, 2, 1), "return")
    assert not owed(after(record, story, "1990-06-01"), agreement, "cash")
    settled = story + "\nUSA settle nl-us-mutual-support-1983 1991-02-02 answers=act-1"
    assert owed(after(record, settled, "1991-03-01"), agreement, "replacement")[0].state is State.LATE


# -- conferences and deadlines


def test_the_parties_to_the_npt_met_in_time_nine_times_and_late_for_the_tenth(record: Record) -> None:
    rows = owed(after(record, "", "2023-01-01"), "npt", "review-conference")
    assert [row.state for row in rows if row.due and row.due < date(2022, 1, 1)] == [*9 * [State.DONE], State.LATE]
    assert rows[9].discharged_by == ("npt-review-2022",)
    assert rows[0].owed_by is None, "owed by the parties together"


def test_syria_had_thirty_days_from_entry_into_force_not_from_provisional_application(record: Record) -> None:
    (row,) = owed(after(record, "", "2014-01-01"), "cwc", "initial-declaration", "SYR")
    assert row.due == date(2013, 11, 13)
    assert not owed(after(record, "", "2014-01-01"), "cwc", "destruction", "SYR"), "not bound when the ten years ended"


def test_the_past_year_is_declared_within_ninety_days_of_its_end(record: Record) -> None:
    dues = [row.due for row in owed(after(record, "", "2014-01-01"), "cwc", "annual-declaration", "NLD") if row.due]
    assert (dues[0], dues[6]) == (date(1998, 3, 31), date(2004, 3, 30))


def test_a_treaty_that_is_not_in_force_brings_no_duties(record: Record) -> None:
    standing = after(record, "", "2026-01-01")
    assert not [*owed(standing, "ctbt", "national-authority"), *owed(standing, "ctbt", "review-conference")]


def test_a_working_group_owes_two_meetings_a_year(record: Record) -> None:
    meeting = "ASEAN/ADMM-Plus meet admm-plus {} 'body=maritime security'"
    story = "\n".join(meeting.format(day) for day in ("2025-03-01", "2025-09-01"))

    def state(story: str, body: str) -> State:
        rows = owed(after(record, story, "2026-01-10"), "admm-plus", "working-group-meetings")
        return next(row.state for row in rows if row.due == date(2025, 12, 31) and row.subject == body)

    assert state(story, "maritime security") is State.DONE
    assert state(story, "cyber security") is State.NOT_KNOWN
    assert state(meeting.format("2025-03-01"), "maritime security") is State.NOT_KNOWN


REPORTS = """
DEU report cfe 2005-12-10 'subject=annual exchange' tanks=13300 vehicles=1 artillery=1 aircraft=1 helicopters=1
DEU report cfe 2006-12-10 'subject=annual exchange' tanks=13301 vehicles=1 artillery=1 aircraft=1 helicopters=1
"""


def test_one_state_may_hold_13300_tanks_and_russia_suspended_so_that_its_information_is_contested(record: Record) -> None:
    standing = after(record, REPORTS, "2010-01-01")

    def limit(on: str) -> State:
        return owed(standing.on_day(date.fromisoformat(on)), "cfe", "single-state-limit", "DEU")[0].state

    assert [limit(on) for on in ("2005-01-01", "2006-01-01", "2007-01-01")] == [State.NOT_KNOWN, State.KEPT, State.EXCEEDED]
    rows = owed(standing, "cfe", "annual-exchange", "RUS")
    assert {row.due: row.state for row in rows if row.due}[date(2008, 12, 15)] is State.CONTESTED


def test_korea_could_give_notice_of_the_security_agreement_until_the_end_of_august_2019(record: Record) -> None:
    rows = must(after(record, "", "2019-08-01", known=date(2019, 8, 1)), "KOR", agreement="gsomia-jpn-kor")
    assert [(row.due, row.option, row.does, row.article) for row in rows] == [(date(2019, 8, 25), True, "denounce", "21(3)")]


def test_a_treaty_is_registered_by_the_act_or_by_what_its_file_says(record: Record) -> None:
    story = "UNSG register open-skies 2003-01-01"
    rows = {row.subject: row for row in owed(after(record, story, "2010-01-01"), "un-charter", "registration")}
    assert (rows["ottawa"].state, rows["open-skies"].state) == (State.DONE, State.DONE)
    assert rows["cfe"].state is State.NOT_KNOWN
    assert "ctbt" not in rows, "not in force"
    complete = (covered("register", agreement="cfe"),)
    again = {row.subject: row for row in owed(after(record, "", "2010-01-01", coverage=complete), "un-charter", "registration")}
    assert again["cfe"].state is State.OPEN
