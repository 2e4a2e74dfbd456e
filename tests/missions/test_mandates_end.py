"""A mandate is cited with its act, and ends when its author revokes it: from that day on the mission has no legal basis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.acts import Act
from comity.missions import DaySpan, OnRecord, accepted_plan, explain_gaps, mission_on_record, narrowly, states
from comity.missions.forces.missions import Mandate
from comity.permissions import Permissions
from comity.permissions.grounds import consent_periods
from comity.terms import Verdict
from tests.missions.drawn import Drawing
from tests.missions.recorded import CALLED, NEEDED, PLEDGED, STORY, TAKEN, VERIFIED, act, mandate, standing

GIVEN = mandate("resolution 1", until="2031-07-01")
REVOKED = act("revoke-activity", "ORG", "resolution 2", "2030-06-15", to=GIVEN)
YES, UNKNOWN, CONTESTED = Verdict.YES, Verdict.UNKNOWN, Verdict.CONTESTED


def found(*acts: Act, on: str = "2032-01-01") -> OnRecord:
    return mission_on_record(standing((*STORY, *acts), on), "m")


def told(*acts: Act, on: str = "2032-01-01") -> list[tuple[str, str]]:
    return [(one.state, str(one.sure)) for one in states(found(*acts, on=on).mission)]


def test_from_its_revocation_on_the_mission_has_no_mandate() -> None:
    assert told(GIVEN) == [("filled", "yes")] * 2
    revoked = found(GIVEN, REVOKED).mission
    assert revoked.mandate == (Mandate(DaySpan(date(2029, 12, 1), date(2030, 6, 15)), YES, "resolution 1", "resolution 2"),)
    assert told(GIVEN, REVOKED) == [("shortfall", "yes")] * 2
    given = found(GIVEN, REVOKED).mandates
    assert [(one.act.ref, one.revoked and one.revoked.ref) for one in given] == [("resolution 1", "resolution 2")]


def test_before_it_was_done_nobody_knew_of_it() -> None:
    assert told(GIVEN, REVOKED, on="2030-06-14") == [("filled", "yes")] * 2
    acts = (*STORY, GIVEN, REVOKED)
    known = mission_on_record(standing(acts, "2032-01-01", known=date(2029, 6, 30), recorded="2029-06-01"), "m").mission
    assert known.mandate is not None
    assert known.mandate[0].revoked == "resolution 2"


def test_a_gap_says_which_mandate_ended_by_which_act() -> None:
    def reasons(*acts: Act) -> list[str]:
        sure = narrowly(found(*acts).mission)
        return [reason.partition(": ")[2] for gap in explain_gaps(sure, accepted_plan(sure)) for reason in gap.reasons]

    assert reasons(GIVEN, REVOKED) == [
        "there is no mandate on 2030-06-15; resolution 1 was revoked by resolution 2",
        "there is no mandate on 2030-07-01; resolution 1 was revoked by resolution 2",
    ]
    assert reasons(mandate("short", until="2030-09-01")) == ["there is no mandate on 2030-09-01; short gave one until 2030-09-01"]


def test_where_every_mandate_was_revoked_before_it_began_there_is_none() -> None:
    later = mandate("later", from_="2030-03-01")
    back = act("revoke-activity", "ORG", "back", "2030-01-01", to=later)
    mission = found(later, back).mission
    assert mission.mandate == ()
    assert [state for state, _ in told(later, back)] == ["shortfall", "shortfall"]
    assert found().mission.mandate is None


def test_only_its_author_revokes_it_and_a_revocation_of_nothing_is_of_all_given_before() -> None:
    theirs = act("revoke-activity", "AAA", "theirs", "2030-06-15", to=GIVEN)
    assert found(GIVEN, theirs).findings == ("theirs: is by AAA, and about resolution 1, which is ORG's; it changes nothing",)
    assert told(GIVEN, theirs) == [("filled", "yes")] * 2
    every = act("revoke-activity", "ORG", "every", "2030-06-15")
    again = mandate("resolution 3", "2030-06-16")
    spans = found(GIVEN, every, again).mission.mandate
    assert spans is not None
    assert [(one.act, one.revoked) for one in spans] == [("resolution 1", "every"), ("resolution 3", "")]
    assert found(GIVEN, act("revoke-activity", "AAA", "of theirs", "2030-06-15")).findings == ()


def test_a_revocation_in_doubt_leaves_the_mandate_in_doubt_from_its_day() -> None:
    denied = act("deny", "AAA", "denied", "2030-06-16", to=REVOKED)
    assert found(GIVEN, REVOKED, denied).mission.mandate == (
        Mandate(DaySpan(date(2029, 12, 1), date(2030, 6, 15)), YES, "resolution 1", "resolution 2"),
        Mandate(DaySpan(date(2030, 6, 15), date(2031, 7, 1)), CONTESTED, "resolution 1", "resolution 2"),
    )
    assert told(GIVEN, REVOKED, denied) == [("shortfall", "contested")] * 2
    partial = act("revoke-activity", "ORG", "resolution 2", "2030-08-xx", to=GIVEN)
    assert told(GIVEN, partial) == [("filled", "yes"), ("shortfall", "yes")]
    spans = found(GIVEN, partial).mission.mandate
    assert spans is not None
    assert [(one.days.end, one.sure) for one in spans] == [(date(2030, 8, 1), YES), (date(2030, 8, 31), UNKNOWN)]


def test_what_was_revoked_by_a_slip_of_the_pen_was_not() -> None:
    slip = act("retract", "ORG", "slip", "2030-07-01", to=REVOKED)
    assert told(GIVEN, REVOKED, slip) == [("filled", "yes")] * 2


def test_the_leave_to_be_there_ends_on_the_same_day() -> None:
    acts = (replace(GIVEN, counterparty=("AAA",)),)
    back = act("revoke-activity", "ORG", "resolution 2", "2030-06-15", to=acts[0])
    permissions = Permissions(standing((CALLED, NEEDED, PLEDGED, VERIFIED, TAKEN, *acts, back), "2032-01-01"))
    bases = list(permissions.stationings("AAA", "DJI", date(2030, 1, 1), date(2030, 7, 1)))
    assert [(one.start, one.end, one.stationing.entry.verdict) for one in bases] == [
        (date(2030, 1, 1), date(2030, 6, 15), YES),
        (date(2030, 6, 15), date(2030, 7, 1), Verdict.NO),
    ]


def test_a_mandate_lasts_as_any_leave_to_be_somewhere() -> None:
    """Where nothing is in doubt, its days are those of the consents of permissions (how-permissions-are-derived.md, 5.3)."""
    seen = 0
    for seed in range(400):
        drawing = Drawing(seed)
        if not drawing.sure:
            continue
        drawing.record()
        acts = [entry.act for entry in drawing.entries]
        back = [one for one in acts if one.kind == "revoke-activity"]
        for name in {one.details["mission"] for one in acts if one.kind == "mandate"}:
            for given in mission_on_record(standing(acts), name).mandates:
                wanted = [(one.start, one.end) for one in consent_periods(given.act, True, back)]
                spans = [(one.days.start or date.min, one.days.end or date.max) for one in given.days]
                assert [(start.toordinal(), end.toordinal()) for start, end in spans] == [
                    (start, min(end, date.max.toordinal())) for start, end in wanted
                ]
                seen += given.revoked is not None
    assert seen > 20
