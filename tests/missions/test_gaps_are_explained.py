"""Gaps are explained, and whom to ask is told with the least that would change it: with the change, one unit more keeps every rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.missions import (
    AcceptedGap,
    Assigned,
    Ceiling,
    DaySpan,
    ForceCaveat,
    ForcePlan,
    Line,
    Mandate,
    Mission,
    PlaceCover,
    Pledge,
    Rotation,
    explain_gaps,
    missing_units,
)
from tests.missions.made import made, wild

FIRST = DaySpan(date(2030, 1, 1), date(2030, 7, 1))
THEN = DaySpan(date(2030, 7, 1), date(2031, 1, 1))
LINE = Line(id="L", capability="frigate", number=1, readiness=30, level=2, territory="DJI", tasks=frozenset({"escort"}), command="EU")
PLEDGE = Pledge(id="P", party="FRA", capability="frigate", persons=200, notice=10, level=2, cost=5)
MISSION = Mission(id="m", rotations=(Rotation(name="R1", days=FIRST), Rotation(name="R2", days=THEN)), lines=(LINE,), pledges=(PLEDGE,))
NOBODY = ForcePlan(assigned=())


def asked(mission: Mission, plan: ForcePlan = NOBODY, gap: int = 0) -> list[tuple[str, ...]]:
    """The changes that are told for the first gap."""
    return [one.changes for one in explain_gaps(mission, plan)[gap].asks]


def _with(**changes: object) -> Mission:
    fields = {name: getattr(PLEDGE, name) for name in PLEDGE.__slots__} | changes
    return replace(MISSION, pledges=(Pledge(**fields),))


def test_what_nothing_stands_in_the_way_of_has_only_to_be_taken_up() -> None:
    assert asked(MISSION) == [()]
    assert explain_gaps(MISSION, NOBODY)[0].reasons == ("P of FRA: nothing stands in the way",)


def test_each_obstacle_has_its_remedy() -> None:
    assert asked(_with(notice=45)) == [("be there 15 days sooner",)]
    assert asked(_with(notice=None)) == [("say how soon it can be there",)]
    assert asked(_with(level=1)) == [("verify it at level 2",)]
    assert asked(_with(level_until=FIRST.start)) == [("verify it at level 2 again",)]
    assert asked(_with(line="K")) == [("pledge it for L too",)]
    assert asked(_with(refused=True)) == [("accept it after all",)]
    assert asked(_with(withdrawn=date(2030, 3, 1))) == [("pledge it again",)]
    assert asked(_with(days=DaySpan(date(2030, 2, 1), None))) == [("pledge it for 2030-01-01 to 2030-07-01",)]
    assert asked(replace(MISSION, mandate=(Mandate(THEN),))) == [("a mandate for 2030-01-01",)]
    cover = (PlaceCover("FRA", "DJI", DaySpan(None, date(2030, 5, 1))),)
    assert asked(replace(MISSION, cover=cover)) == [("a legal basis of FRA in DJI from 2030-05-01",)]


def test_each_caveat_that_bites_is_named_with_what_it_excludes() -> None:
    ways = {
        "escort": ForceCaveat(id="C", party="FRA", tasks=frozenset({"escort"})),
        "in DJI": ForceCaveat(id="C", party="FRA", pledge="P", territories=frozenset({"DJI"})),
        "under EU": ForceCaveat(id="C", party="FRA", commands=frozenset({"EU"})),
        "for more than 180 days": ForceCaveat(id="C", party="FRA", longest=180),
    }
    for excluded, caveat in ways.items():
        assert asked(replace(MISSION, caveats=(caveat,))) == [(f"lift caveat C ({excluded})",)]
    assert asked(replace(MISSION, caveats=(ForceCaveat(id="C", party="FRA", longest=181),))) == [()]


def test_all_that_is_needed_is_told_together_and_the_fewest_changes_come_first() -> None:
    worse = replace(PLEDGE, id="Q", party="DEU", notice=99, level=0)
    mission = replace(_with(notice=45), pledges=(worse, replace(PLEDGE, notice=45)))
    assert asked(mission) == [("be there 15 days sooner",), ("be there 69 days sooner", "verify it at level 2")]


def test_who_serves_or_rests_elsewhere_and_who_can_bear_no_more() -> None:
    resting = _with(rest=1)
    plan = ForcePlan(assigned=(Assigned("P", "L", "R2", 1),))
    assert asked(resting, plan) == [("one more of it",)]
    assert explain_gaps(resting, plan)[0].reasons == ("P of FRA: all of it serves or rests in R2",)
    for ceiling in (Ceiling(party="FRA", persons=199), Ceiling(party="FRA", cost=4)):
        assert asked(replace(MISSION, ceilings=(ceiling,))) == [("a higher ceiling of FRA",)]


def test_where_nobody_pledged_such_a_thing_that_is_said_and_an_accepted_gap_is_none() -> None:
    mission = replace(MISSION, pledges=(replace(PLEDGE, capability="oiler"),))
    gap = explain_gaps(mission, NOBODY)[0]
    assert (gap.reasons, gap.asks) == (("nobody pledged such a thing",), ())
    assert explain_gaps(replace(mission, gaps=(AcceptedGap(line="L"),)), NOBODY) == ()


def test_every_gap_of_made_missions_is_explained_pledge_by_pledge() -> None:
    for seed in range(30):
        for mission, plan in (made(seed), (replace(wild(seed), pledges=made(seed)[0].pledges), NOBODY)):
            gaps = explain_gaps(mission, plan)
            assert len(gaps) <= len(list(missing_units(mission, plan)))
            for gap in gaps:
                able = [one for one in mission.pledges if one.capability == gap.line.capability]
                assert len(gap.reasons) == max(1, len(able))
                assert [len(one.changes) for one in gap.asks] == sorted(len(one.changes) for one in gap.asks)
