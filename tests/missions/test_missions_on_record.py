"""Missions from acts: what was done is folded, as known, as seen, on a day; what is denied, uncertain or hidden stays so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from comity.acts import Act, Source
from comity.missions import (
    ALWAYS,
    Acceptance,
    Capable,
    DaySpan,
    Mission,
    acts_of_mission,
    explain_gaps,
    mission_on_record,
    missions_on_record,
    states,
)
from comity.missions.forces.missions import Mandate, Rotation
from comity.terms import BadInput, NotOnRecord, Verdict
from tests.missions.made import made
from tests.missions.recorded import CALLED, NEEDED, PLEDGED, SECRET, STORY, TAKEN, VERIFIED, act, mandate, standing

YES, CONTESTED, UNKNOWN = Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN


def found(acts: Sequence[Act], on: str = "2032-01-01", viewer: str | None = None) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """The states of the line in the two rotations, each with how sure, and the findings."""
    it = mission_on_record(standing(acts, on, viewer), "m")
    return [(one.state, str(one.sure)) for one in states(it.mission)], it.findings


def test_a_line_is_filled_by_what_was_pledged_assessed_and_accepted() -> None:
    assert found(STORY) == ([("filled", "yes")] * 2, ())
    assert found((CALLED, NEEDED))[0] == [("required", "yes")] * 2
    assert found((CALLED, NEEDED, PLEDGED, VERIFIED))[0] == [("offered", "yes")] * 2


def test_a_level_that_is_only_claimed_is_the_first() -> None:
    assert found((CALLED, NEEDED, PLEDGED, TAKEN))[0] == [("shortfall", "yes")] * 2
    until = act("verify-force", "ORG", "visit", to=PLEDGED, level="4", until="2030-07-01")
    assert [state for state, _ in found((CALLED, NEEDED, PLEDGED, until, TAKEN))[0]] == ["filled", "shortfall"]


def test_a_withdrawal_takes_it_back_from_its_day_and_only_by_who_pledged() -> None:
    gone = act("withdraw-force", "AAA", "gone", to=PLEDGED, from_="2030-07-01")
    assert [state for state, _ in found((*STORY, gone))[0]] == ["filled", "shortfall"]
    states_, findings = found((*STORY, act("withdraw-force", "BBB", "theirs", to=PLEDGED)))
    assert states_ == [("filled", "yes")] * 2
    assert findings == ("theirs: is by BBB, and about two frigates, which is AAA's; it changes nothing",)


def test_what_is_denied_is_contested_and_what_has_no_sure_day_unknown() -> None:
    denied = act("deny", "BBB", "denied", to=TAKEN)
    assert found((*STORY, denied))[0] == [("offered", "contested")] * 2
    late = act("accept-force", "ORG", "taken", "2031-xx-xx", to=PLEDGED, line="L")
    assert found((CALLED, NEEDED, PLEDGED, VERIFIED, late), on="2031-06-01")[0] == [("offered", "unknown")] * 2
    assert found((CALLED, NEEDED, PLEDGED, VERIFIED, late), on="2032-01-01")[0] == [("filled", "yes")] * 2
    assert found((CALLED, NEEDED, PLEDGED, VERIFIED, late), on="2030-06-01")[0] == [("offered", "yes")] * 2


def test_a_refusal_or_a_withdrawal_in_doubt_makes_the_pledge_so() -> None:
    for doubtful in (
        act("refuse-force", "ORG", "unsure", "2029-06-02", to=PLEDGED),
        act("withdraw-force", "AAA", "unsure", "2029-06-02", to=PLEDGED),
        act("verify-force", "ORG", "unsure", "2029-06-02", to=PLEDGED, level="1"),
    ):
        pledge = mission_on_record(standing((*STORY, doubtful, act("deny", "BBB", "no", to=doubtful))), "m").mission.pledges[0]
        assert (pledge.sure, pledge.refused, pledge.withdrawn) == (CONTESTED, False, None)
    sure = act("refuse-force", "ORG", "refused", to=PLEDGED)
    assert found((CALLED, NEEDED, PLEDGED, VERIFIED, sure))[0] == [("required", "yes")] * 2


def test_a_retracted_act_was_never_done() -> None:
    assert found((*STORY, act("retract", "ORG", "slip", to=TAKEN)))[0] == [("offered", "yes")] * 2
    later = act("replace", "ORG", "slip", to=TAKEN, made="2033-01-01")
    assert found((*STORY, replace(later, details={"made": "2033-01-01"})))[0] == [("offered", "yes")] * 2


def test_records_of_one_pledge_that_differ_are_both_kept_as_contested() -> None:
    other = replace(PLEDGED, details={**PLEDGED.details, "number": "1"})
    mission = mission_on_record(standing((*STORY, other)), "m").mission
    assert sorted((one.id, one.number, one.sure) for one in mission.pledges) == [("two frigates", 1, CONTESTED), ("two frigates", 2, CONTESTED)]
    assert found((*STORY, other))[0] == [("shortfall", "contested")] * 2


def test_a_caveat_is_on_one_pledge_or_on_all_and_ends_when_lifted() -> None:
    caveat = act("caveat-force", "AAA", "no escort", to=PLEDGED, tasks="escort")
    assert found((*STORY, caveat))[0] == [("shortfall", "yes")] * 2
    everywhere = act("caveat-force", "AAA", "no escort", mission="m", tasks="escort", longest="400")
    assert found((*STORY, everywhere))[0] == [("shortfall", "yes")] * 2
    lifted = act("lift-caveat", "AAA", "lifted", to=caveat, from_="2030-07-01")
    assert [state for state, _ in found((*STORY, caveat, lifted))[0]] == ["shortfall", "filled"]
    unsure = (*STORY, caveat, lifted, act("deny", "BBB", "no", to=lifted))
    assert found(unsure)[0] == [("shortfall", "yes"), ("shortfall", "contested")]
    theirs = act("caveat-force", "BBB", "theirs", to=PLEDGED, tasks="escort", mission="m")
    assert found((*STORY, theirs)) == ([("filled", "yes")] * 2, ("theirs: is by BBB, and about two frigates, which is AAA's; it changes nothing",))


def test_a_force_is_there_from_its_deployment_until_it_returns() -> None:
    sent = act("deploy-force", "AAA", "sent", "2030-01-10", to=PLEDGED, line="L", number="2")
    home = act("return-force", "AAA", "home", "2030-05-01", to=sent)
    mission = mission_on_record(standing((*STORY, sent)), "m").mission
    assert mission.deployed == (Acceptance(pledge="two frigates", line="L", number=2, days=DaySpan(date(2030, 1, 10))),)
    assert [one.least.deployed for one in states(mission)] == [2, 2]
    back = mission_on_record(standing((*STORY, sent, home)), "m").mission
    assert [one.least.deployed for one in states(back)] == [2, 0]
    unsure = mission_on_record(standing((*STORY, sent, home, act("deny", "BBB", "no", to=home))), "m").mission
    assert [(one.least.deployed, one.most.deployed) for one in states(unsure)] == [(2, 2), (0, 2)]
    stray = act("deploy-force", "AAA", "stray", "2030-01-10", mission="m", line="L")
    assert mission_on_record(standing((*STORY, stray)), "m").findings == ("stray: replies to no pledge of m that has effect; it changes nothing",)


def test_a_mandate_counts_from_its_day_to_its_end() -> None:
    given = mandate("resolution", until="2030-07-01")
    mission = mission_on_record(standing((*STORY, given)), "m").mission
    assert mission.mandate == (Mandate(DaySpan(date(2029, 12, 1), date(2030, 7, 1)), act="resolution"),)
    assert [state for state, _ in found((*STORY, given))[0]] == ["filled", "shortfall"]
    partial = mandate("resolution", "2030-02-xx")
    spans = mission_on_record(standing((*STORY, partial)), "m").mission.mandate
    assert spans == (
        Mandate(DaySpan(date(2030, 2, 1), date(2030, 2, 28)), UNKNOWN, "resolution"),
        Mandate(DaySpan(date(2030, 2, 28)), YES, "resolution"),
    )


def test_who_may_not_see_an_act_sees_a_mission_without_it() -> None:
    secret = act("pledge-force", "AAA", "hidden", mission="m", capability="frigate", number="2", notice="1", label=SECRET)
    public = (CALLED, NEEDED, secret)
    assert mission_on_record(standing(public, viewer="BBB"), "m").mission.pledges == ()
    assert [one.id for one in mission_on_record(standing(public, viewer="AAA"), "m").mission.pledges] == ["hidden"]
    only = act("pledge-force", "AAA", "hidden", mission="secret mission", capability="frigate", label=SECRET)
    with pytest.raises(NotOnRecord, match="no mission 'secret mission' is on record by 2032-01-01; there are: m"):
        mission_on_record(standing((*STORY, only), viewer="BBB"), "secret mission")
    assert missions_on_record(standing((*STORY, only), viewer="BBB")) == ["m"]


def test_what_was_recorded_later_was_not_known() -> None:
    it = standing(STORY, known=date(2029, 6, 30))
    with pytest.raises(NotOnRecord, match="there are: none"):
        mission_on_record(it, "m")


def test_who_else_has_it_is_known_from_other_missions_and_exercises() -> None:
    elsewhere = act("pledge-force", "BBB", "other", mission="n", capability="frigate")
    sent = act("deploy-force", "BBB", "there", to=elsewhere)
    trained = act("take-part", "CCC", "exercise", activity="Spring", purposes="frigate, infantry")
    mission = mission_on_record(standing((CALLED, NEEDED, elsewhere, trained)), "m").mission
    assert mission.capable == (Capable("BBB", "frigate", "pledged to n"), Capable("CCC", "frigate", "trained in Spring"))
    assert mission_on_record(standing((CALLED, NEEDED, elsewhere, sent)), "m").mission.capable == (Capable("BBB", "frigate", "deployed to n"),)


def test_without_an_activation_one_rotation_is_as_long_as_the_lines() -> None:
    bounded = replace(NEEDED, details={**NEEDED.details, "from": "2030-01-01", "until": "2030-03-01"})
    assert mission_on_record(standing((bounded,)), "m").mission.rotations == (Rotation(name="R1", days=DaySpan(date(2030, 1, 1), date(2030, 3, 1))),)
    assert mission_on_record(standing((NEEDED,)), "m").mission.rotations == ()


def test_what_is_about_nothing_on_record_is_a_finding() -> None:
    stray = (
        act("accept-gap", "ORG", "gap", mission="m", line="none"),
        act("accept-force", "ORG", "wrong line", to=PLEDGED, line="none", mission="m"),
        act("pledge-force", "BBB", "vague", mission="m"),
        act("pledge-force", "BBB", "dear", mission="m", capability="frigate", cost="9", currency="SEK"),
    )
    _, findings = found((*STORY, *stray))
    assert {one.partition(":")[0] for one in findings} == {"vague", "dear", "wrong line", "gap"}


# -- a file's mission as acts, and back


def _by_months(m: Mission) -> Mission:
    """The mission with rotations of a month each, and spans that hold none of its old days."""
    starts = [date(2030, n + 1, 1) for n in range(len(m.rotations) + 1)]
    rotations = tuple(Rotation(name=f"R{n + 1}", days=DaySpan(*days)) for n, days in enumerate(pairwise(starts)))
    return replace(m, rotations=rotations, title="Made", currency="EUR")


def test_a_mission_written_as_acts_and_folded_is_the_same() -> None:
    for seed in range(120):
        m = _by_months(made(seed)[0])
        acts = list(acts_of_mission(m, "ORG", date(2029, 6, 1), Source("supposed")))
        Random(seed).shuffle(acts)
        again = mission_on_record(standing(acts), "m")
        assert again.findings == ()
        assert _alike(again.mission) == _alike(_as_recorded(m)), seed
        assert [one.state for one in states(again.mission)] == [one.state for one in states(_without_what_is_no_act(m))]


def _as_recorded(m: Mission) -> Mission:
    """The names under which its acts stand, and no more than they say."""
    m = _without_what_is_no_act(m)
    names = {one.id: f"m: {one.id}" for one in m.pledges}
    return replace(
        m,
        pledges=tuple(replace(one, id=names[one.id], level_until=one.level_until if one.level else None) for one in m.pledges),
        caveats=tuple(replace(one, id=f"m: caveat {one.id}", pledge=one.pledge and names[one.pledge]) for one in m.caveats),
        accepted=tuple(replace(one, pledge=names[one.pledge]) for one in m.accepted),
    )


def _without_what_is_no_act(m: Mission) -> Mission:
    return replace(m, mandate=None, cover=None, ceilings=(), shares=(), burden=0, by="cost")


def _alike(m: Mission) -> dict[str, object]:
    """Its parts in no order."""
    return {name: set(value) if isinstance(value := getattr(m, name), tuple) else value for name in m.__slots__}


def test_what_cannot_be_an_act_is_told() -> None:
    m, _ = made(3)
    with pytest.raises(BadInput, match="not all of so many whole months"):
        acts_of_mission(m, "ORG", date(2029, 6, 1), Source("x"))
    odd = replace(_by_months(m), lines=(replace(m.lines[0], tasks=frozenset({"a, b"})),), pledges=(), caveats=(), accepted=(), gaps=())
    with pytest.raises(BadInput, match="'a, b' holds a comma"):
        acts_of_mission(odd, "ORG", date(2029, 6, 1), Source("x"))
    with pytest.raises(BadInput, match="holds a ';'"):
        acts_of_mission(replace(odd, lines=(replace(m.lines[0], id="a;b"),)), "ORG", date(2029, 6, 1), Source("x"))


def test_gaps_on_record_are_explained() -> None:
    mission = mission_on_record(standing((CALLED, NEEDED, PLEDGED)), "m").mission
    gap = explain_gaps(mission, replace(made(1)[1], assigned=()))[0]
    assert gap.reasons == ("two frigates of AAA: is at level 1; 2 is needed",)
    assert [(one.party, one.changes) for one in gap.asks] == [("AAA", ("verify it at level 2",))]
    assert DaySpan(None, None) == ALWAYS
