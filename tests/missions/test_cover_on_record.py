"""Legal bases come from the record: consent, and an agreement on status; what is in doubt there is cover in doubt."""

from __future__ import annotations

from datetime import date

from comity.missions import DaySpan, Line, Mission, PlaceCover, Pledge, Rotation, place_bases, states, with_cover
from comity.permissions import Permissions
from comity.terms import Verdict
from tests.missions.recorded import act, standing

MISSION = Mission(
    id="m",
    rotations=(Rotation(name="R1", days=DaySpan(date(2030, 1, 1), date(2030, 7, 1))),),
    lines=(Line(id="L", capability="frigate", number=1, territory="DJI"), Line(id="H", capability="frigate", number=1, territory="AAA")),
    pledges=(Pledge(id="P", party="AAA", capability="frigate"),),
)


def test_who_has_no_agreement_on_status_has_no_cover_and_at_home_none_is_needed() -> None:
    consent = act("consent-activity", "DJI", "welcome", activity="station", counterparty=("AAA",))
    permissions = Permissions(standing((consent,), on="2030-01-01"))
    bases = list(place_bases(permissions, MISSION))
    assert [(one.party, one.territory, one.days) for one in bases] == [("AAA", "DJI", MISSION.rotations[0].days)]
    assert bases[0].stationing.entry.verdict is Verdict.YES
    assert bases[0].stationing.decided_by.startswith("status: ")
    covered = with_cover(permissions, MISSION)
    assert covered.cover == ()
    assert [one.state for one in states(covered)] == ["shortfall", "offered"]


def test_cover_in_doubt_leaves_the_state_in_doubt() -> None:
    doubtful = PlaceCover("AAA", "DJI", DaySpan(), Verdict.CONTESTED)
    found = states(Mission(id="m", rotations=MISSION.rotations, lines=MISSION.lines[:1], pledges=MISSION.pledges, cover=(doubtful,)))
    assert [(one.state, one.at_most, one.sure) for one in found] == [("shortfall", "offered", Verdict.CONTESTED)]
