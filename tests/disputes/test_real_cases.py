"""Real cases and bundled clauses: where each dispute stood, what was open, what was closed and why.

Sources: the clauses of each agreement's file; International Court of Justice, Legality of Use of Force (Yugoslavia v. United States), order of
2 June 1999, The Gambia v. Myanmar, judgment of 22 July 2022, Ukraine v. Russian Federation, order of 16 March 2022; Formal Consultative Meeting
of the parties to the Biological Weapons Convention, 25 to 27 August 1997; clarifications under article IX(2) of the Chemical Weapons
Convention, October 2021; Ukraine's request of 11 February 2022 under the Vienna Document.
"""

from __future__ import annotations

from datetime import date

import pytest

from comity.about import Opened
from comity.disputes import DisputeState, MeansState, disputes_of, duties_meanwhile, incidents_of, ways_between
from comity.duties import State
from comity.standing import Record, Standing
from comity.terms import Verdict
from tests.disputes.telling import after, step, told


@pytest.fixture(scope="module")
def record(bundled: Opened) -> Record:
    return bundled.book.record


def on(record: Record, day: str) -> Standing:
    return Standing(record, on=date.fromisoformat(day), known=date(2026, 1, 1))


# -- before the International Court of Justice


def test_the_reservation_of_the_united_states_closed_the_court_to_yugoslavia(record: Record) -> None:
    dispute = next(one for one in disputes_of(on(record, "1999-05-10")) if one.ref == "genocide-SRB-USA-1999-dispute")
    (court,) = dispute.steps
    assert (court.state, court.law, court.open) == (MeansState.ASKED, Verdict.NO, Verdict.NO)
    assert "USA excluded article IX by a reservation" in "; ".join(reason.says for reason in court.because)
    later = next(one for one in disputes_of(on(record, "1999-07-01")) if one.ref == dispute.ref)
    assert later.steps[0].state is MeansState.FAILED


def test_towards_the_united_kingdom_it_hung_on_whether_yugoslavia_was_bound(record: Record) -> None:
    (way,) = ways_between(on(record, "1999-05-10"), "SRB", "GBR", "genocide")
    assert (way.supposed, way.dispute.steps[0].law) == (True, Verdict.CONTESTED)


def test_the_gambia_could_go_to_the_court_whose_reservation_to_other_articles_left_it_open(record: Record) -> None:
    dispute = next(one for one in disputes_of(on(record, "2019-11-01")) if one.ref == "genocide-GMB-MMR-2019-dispute")
    assert (dispute.steps[0].open, dispute.steps[0].opens) == (Verdict.YES, date(2019, 10, 11))
    asked = next(one for one in disputes_of(on(record, "2020-01-01")) if one.ref == dispute.ref)
    assert (asked.steps[0].state, asked.steps[0].by, asked.steps[0].since) == (MeansState.ASKED, "GMB", date(2019, 11, 11))


def test_russia_stayed_away_and_the_case_went_on(record: Record) -> None:
    dispute = next(one for one in disputes_of(on(record, "2022-03-20")) if one.ref == "genocide-UKR-RUS-2022-dispute")
    assert (dispute.state, dispute.steps[0].state, dispute.findings) == (DisputeState.OPEN, MeansState.ASKED, ())
    assert dispute.acts[-1].kind == "fail-to-appear"


# -- clarification and consultation


def test_cubas_consultative_meeting_was_held_within_sixty_days_and_reported(record: Record) -> None:
    def meeting(day: str) -> tuple[MeansState, date | None, Verdict]:
        dispute = next(one for one in disputes_of(on(record, day)) if one.ref == "bwc-CUB-USA-1997-request")
        found = step(dispute, "V", "joint-commission")
        return found.state, found.due, found.late

    assert meeting("1997-07-15") == (MeansState.ASKED, date(1997, 8, 29), Verdict.NO)
    assert meeting("1997-08-26") == (MeansState.UNDER_WAY, None, Verdict.NO)
    assert meeting("1997-12-31") == (MeansState.REPORTED, None, Verdict.NO)


def test_ukraine_asked_and_was_not_answered_within_48_hours(record: Record) -> None:
    dispute = next(one for one in disputes_of(on(record, "2022-02-15")) if one.ref == "vienna-document-2011-UKR-RUS-2022-request")
    asked, meeting, every = dispute.steps
    assert (asked.state, asked.due, asked.late) == (MeansState.ASKED, date(2022, 2, 13), Verdict.YES)
    assert (meeting.state, meeting.due, every.open) == (MeansState.ASKED, date(2022, 2, 15), Verdict.YES)
    rows = {row.duty: row.state for row in duties_meanwhile(on(record, "2022-02-15"), dispute.sides, dispute.agreement)}
    assert (rows["unusual-activity"], rows["unusual-activity-meeting"]) == (State.OVERDUE, State.OPEN)


def test_a_clarification_that_does_not_satisfy_is_said_to_have_failed_and_the_conference_comes_sixty_days_after_the_council(record: Record) -> None:
    dispute = next(one for one in disputes_of(on(record, "2021-12-05")) if one.ref == "cwc-GBR-RUS-2021-request")
    assert step(dispute, "IX(2)", "consultation").state is MeansState.FAILED
    assert step(dispute, "IX(7)", "organ").ripe is Verdict.NO
    story = """
        q request GBR 2021-12-06 @RUS 'subject=clarification through the Executive Council'
    """
    for day, ripe in (("2022-02-04", Verdict.NO), ("2022-02-05", Verdict.YES)):
        found = step(told(record, "cwc", story, day), "IX(7)", "organ")
        assert (found.ripe, found.opens) == (ripe, date(2022, 2, 5))


def test_silence_for_28_days_opens_the_meeting_of_the_states_parties_where_the_record_is_complete(record: Record) -> None:
    story = "q request NLD 2015-03-01 @BEL subject=clarification"
    for day, covered, ripe in (
        ("2015-03-29", True, Verdict.NO),
        ("2015-03-30", True, Verdict.YES),
        ("2015-03-30", False, Verdict.UNKNOWN),
    ):
        meeting = step(told(record, "ottawa", story, day, covered=covered), "8(3)", "organ")
        assert (meeting.ripe, meeting.opens) == (ripe, date(2015, 3, 30))


# -- negotiation alone, councils and arbitrators


def test_a_security_agreement_knows_consultation_and_no_third_party(record: Record) -> None:
    story = """
        d raise-dispute NLD 2010-01-11 @DEU 'subject=marking of joint documents'
        c consult DEU 2010-01-20 >d
        a request-settlement NLD 2010-03-01 >d means=arbitration
        s1 settle-dispute NLD 2010-04-01 >c
        s2 reply DEU 2010-04-08 >s1 answer=yes
    """
    dispute = told(record, "nl-germany-security", story, "2010-03-02")
    assert [(one.place.step.means, one.state) for one in dispute.steps] == [("consultation", MeansState.UNDER_WAY)]
    assert [(one.code, one.where) for one in dispute.findings] == [("dispute-outside-clause", "a")]
    assert told(record, "nl-germany-security", story, "2010-04-02").agreed == ("NLD",)
    assert told(record, "nl-germany-security", story, "2010-04-08").states == (DisputeState.SETTLED,)


def test_a_mutual_support_agreement_is_negotiated_and_goes_to_no_tribunal(record: Record) -> None:
    (way,) = ways_between(on(record, "2010-01-01"), "NLD", "USA", "nl-us-mutual-support-1983")
    assert [(one.place.step.means, one.open, one.place.step.binding) for one in way.dispute.steps] == [("negotiation", Verdict.YES, False)]


def test_almelo_goes_from_committee_to_parties_to_an_arbitral_tribunal_whose_members_are_due_in_two_months(record: Record) -> None:
    story = """
        d raise-dispute NLD 2010-01-11 @GBR 'subject=a decision of the Joint Committee'
        j request-settlement NLD 2010-01-12 @GBR >d means=joint-commission
        f fail-settlement NLD 2010-05-01 >j
        n consult NLD 2010-05-03 >f
        g fail-settlement GBR 2010-06-01 >n
        a request-settlement NLD 2010-06-15 @GBR >g means=arbitration
        m1 appoint-member NLD 2010-07-01 >a
    """
    before = told(record, "almelo", story, "2010-04-01")
    assert [(one.state, one.ripe) for one in before.steps] == [
        (MeansState.ASKED, Verdict.NO),
        (MeansState.NOT_BEGUN, Verdict.UNKNOWN),
        (MeansState.NOT_BEGUN, Verdict.NO),
    ]
    third = told(record, "almelo", story, "2010-07-15").steps[2]
    assert (third.state, third.ends, third.waiting) == (MeansState.ASKED, date(2010, 8, 15), ("GBR",))
    assert third.place.step.appointed_by == "President of the European Court of Human Rights"
    told_all = story + "m2 appoint-member GBR 2010-08-01 >a\nw award GBR 2011-02-01 >m2"
    done = told(record, "almelo", told_all, "2011-03-01")
    assert (done.states, done.steps[2].state, done.findings) == ((DisputeState.DECIDED,), MeansState.DECIDED, ())


def test_the_nato_sofa_leaves_it_to_the_parties_to_say_that_negotiation_failed(record: Record) -> None:
    story = """
        d raise-dispute DEU 2010-01-11 @BEL clause=differences
        n consult BEL 2010-01-20 >d
        f fail-settlement DEU 2010-06-01 >n
    """
    council = told(record, "nato-sofa", story, "2010-05-01").steps[1]
    assert (council.ripe, council.open) == (Verdict.UNKNOWN, Verdict.UNKNOWN)
    assert "no time is set" in council.because[0].says
    assert told(record, "nato-sofa", story, "2010-06-01").steps[1].open is Verdict.YES


def test_three_months_of_negotiation_open_the_assembly_of_the_rome_statute(record: Record) -> None:
    story = """
        d raise-dispute NLD 2010-01-11 @BEL clause=disputes
        n consult BEL 2010-01-20 >d
    """
    for day, ripe in (("2010-04-20", Verdict.NO), ("2010-04-21", Verdict.YES)):
        assembly = told(record, "rome-statute", story, day).steps[1]
        assert (assembly.ripe, assembly.opens) == (ripe, date(2010, 4, 21))


def test_the_vienna_convention_waits_twelve_months_after_the_objection(record: Record) -> None:
    story = "o raise-dispute NLD 2010-01-11 @BEL clause=other-grounds"
    for day, ripe in (("2011-01-11", Verdict.NO), ("2011-01-12", Verdict.YES)):
        conciliation = told(record, "vclt", story, day).steps[1]
        assert (conciliation.ripe, conciliation.opens) == (ripe, date(2011, 1, 12))


def test_an_arbitration_that_is_not_organised_in_six_months_opens_the_court(record: Record) -> None:
    story = """
        d raise-dispute NLD 2010-01-11 @BEL
        n consult BEL 2010-01-20 >d
        f fail-settlement NLD 2010-03-01 >n
        a request-settlement NLD 2010-03-15 @BEL >f means=arbitration
        m appoint-member NLD 2010-04-01 >a
    """
    for day, covered, ripe in (
        ("2010-09-15", True, Verdict.NO),
        ("2010-09-16", True, Verdict.YES),
        ("2010-09-16", False, Verdict.UNKNOWN),
    ):
        court = told(record, "untoc", story, day, covered=covered).steps[2]
        assert (court.ripe, court.opens) == (ripe, date(2010, 9, 16))
    organised = story + "m2 appoint-member BEL 2010-05-01 >a"
    assert told(record, "untoc", organised, "2011-01-01", covered=True).steps[2].ripe is Verdict.UNKNOWN


def test_the_high_council_needs_the_agreement_of_all(record: Record) -> None:
    story = """
        d raise-dispute THA 2011-02-01 @KHM
        n consult KHM 2011-02-03 >d
        f fail-settlement KHM 2011-02-10 >n
        h request-settlement KHM 2011-02-14 @THA >f means=organ
        no reply THA 2011-02-20 >h answer=no
    """
    assert told(record, "tac", story, "2011-02-15").steps[1].state is MeansState.ASKED
    refused = told(record, "tac", story, "2011-02-21").steps[1]
    assert (refused.state, refused.who) == (MeansState.REFUSED, ("THA+KHM",))


# -- several agreements, incidents


def test_every_agreement_with_a_clause_between_the_two_is_told(record: Record) -> None:
    ways = ways_between(on(record, "2021-10-20"), "GBR", "RUS")
    there = {way.dispute.agreement: way.supposed for way in ways}
    assert there["cwc"] is False
    assert {"bwc", "un-charter", "genocide", "antarctic"} <= {name for name, supposed in there.items() if supposed}
    assert "ottawa" not in there, "Russia is not bound by it"


def test_a_protest_was_answered_ten_days_later(record: Record) -> None:
    def answered(day: str) -> Verdict:
        (incident,) = [one for one in incidents_of(on(record, day)) if one.ref == "incident-CHN-USA-2001-protest"]
        return incident.said[0].answered

    assert (answered("2001-04-05"), answered("2001-04-11")) == (Verdict.NO, Verdict.YES)


def test_what_comes_after_a_settlement_changes_nothing(record: Record) -> None:
    story = """
        d raise-dispute NLD 2010-01-11 @DEU
        c consult DEU 2010-01-20 >d
        s1 settle-dispute NLD 2010-04-01 >c
        s2 settle-dispute DEU 2010-04-08 >c
        late fail-settlement NLD 2010-05-01 >c
        w withdraw-dispute NLD 2010-05-02 >d
    """
    before, later = (told(record, "nl-germany-security", story, day) for day in ("2010-04-08", "2010-06-01"))
    assert (later.states, later.steps) == (before.states, before.steps)
    assert [(one.code, one.where) for one in later.findings] == [("dispute-over", "late"), ("dispute-over", "w")]


def test_what_was_recorded_later_was_not_known_before(record: Record) -> None:
    story = """
        d raise-dispute NLD 2010-01-11 @DEU
        c consult DEU 2010-01-20 >d
    """
    known = after(record, "nl-germany-security", story, "2010-06-01", known="2010-01-15")
    (dispute,) = [one for one in disputes_of(known) if one.ref == "d"]
    assert dispute.steps[0].state is MeansState.NOT_BEGUN
