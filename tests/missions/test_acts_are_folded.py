"""From acts to missions and pools: the fast path folds drawn acts, in any order, as the slow reading of the text does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from comity.acts import Entry
from comity.missions import DaySpan, mission_on_record, missions_on_record, pool_on_record
from comity.standing import Record, Standing
from comity.terms import NotOnRecord, Verdict
from tests.missions import comparing_acts as compared
from tests.missions.drawn import mission_drawn
from tests.missions.recorded import CALLED, NEEDED, PLEDGED, STORY, act, standing

YES, CONTESTED, UNKNOWN = Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN


def test_missions_are_folded_as_the_text_says() -> None:
    wrong = [seed for seed, case in enumerate(compared.missions_said()) if not compared.agrees(case)]
    assert wrong == []
    assert all(map(compared.lasts_alike, range(compared.SEEDS)))


def test_pools_are_folded_as_the_text_says() -> None:
    assert compared.pools_on_record_agree()


def test_the_drawn_acts_come_to_much() -> None:
    told = [said for case in compared.missions_said() for said in case[3].values()]
    for part in ("rotations", "pledges", "accepted", "caveats", "deployed", "mandate", "capable", "findings"):
        assert sum(bool(said[part]) for said in told) > 150, part
    assert sum(said["mandate"] == [] for said in told) > 20


def _again(at: Standing, entries: tuple[Entry, ...], known: date | None = None) -> Standing:
    assert isinstance(at.record, Record)
    record = Record(at.record.agreements, entries, at.record.register, at.record.coverage)
    return Standing(record, on=at.on, known=known or at.known, viewer=at.viewer)


@pytest.mark.parametrize("seeds", [range(250)])
def test_the_order_on_file_changes_nothing_and_what_is_learned_later_was_not_known(seeds: range) -> None:
    later = 0
    for seed in seeds:
        at = mission_drawn(seed)
        assert isinstance(at.record, Record)
        entries = list(at.record.entries)
        Random(seed).shuffle(entries)
        known = date(2030, 1, 20)
        by_then = tuple(entry for entry in entries if entry.recorded <= known)
        for one, other in ((at, _again(at, tuple(entries))), (_again(at, by_then), _again(at, tuple(entries), known))):
            if one.known > known or one is at:
                assert missions_on_record(one) == missions_on_record(other)
                for name in missions_on_record(one):
                    assert mission_on_record(one, name) == mission_on_record(other, name), seed
                    later += one is not at
    assert later > 50


# -- stories


def test_a_withdrawal_of_a_partial_day_leaves_the_days_between_in_doubt() -> None:
    gone = act("withdraw-force", "AAA", "gone", "2029-12-01", to=PLEDGED)
    vague = replace(gone, effect=act("sign", "AAA", "x", "2030-06-30/2030-08-15").made)
    pledges = mission_on_record(standing((*STORY, vague)), "m").mission.pledges
    assert [(one.withdrawn, one.sure) for one in pledges] == [(date(2030, 8, 15), UNKNOWN), (date(2030, 6, 30), YES)]


def test_what_was_refused_can_be_accepted_after_all() -> None:
    refused = act("refuse-force", "ORG", "refused", "2029-06-02", to=PLEDGED)
    after_all = act("accept-force", "ORG", "after all", "2029-06-03", to=PLEDGED, line="L")
    assert mission_on_record(standing((*STORY, refused)), "m").mission.pledges[0].refused
    assert not mission_on_record(standing((*STORY, refused, after_all)), "m").mission.pledges[0].refused
    unsure = mission_on_record(standing((*STORY, refused, after_all, act("deny", "BBB", "no", to=after_all))), "m").mission.pledges[0]
    assert (unsure.refused, unsure.sure) == (False, CONTESTED)


def test_only_who_placed_a_caveat_lifts_it() -> None:
    caveat = act("caveat-force", "AAA", "no escort", to=PLEDGED, tasks="escort")
    theirs = act("lift-caveat", "BBB", "theirs", to=caveat)
    found = mission_on_record(standing((*STORY, caveat, theirs)), "m")
    assert [one.days for one in found.mission.caveats] == [DaySpan()]
    assert found.findings == ("theirs: is by BBB, and about no escort, which is AAA's; it changes nothing",)


def test_an_act_corrected_to_another_kind_counts_as_that_or_is_told() -> None:
    visit = act("refuse-force", "ORG", "slip", "2029-06-05", to=PLEDGED)
    corrected = act("replace", "ORG", "correction", "2029-06-06", to=visit, kind="withdraw-force")
    assert mission_on_record(standing((*STORY, visit, corrected)), "m").findings == (
        "slip: is by ORG, and about two frigates, which is AAA's; it changes nothing",
    )
    gap = act("replace", "ORG", "correction", "2029-06-06", to=PLEDGED, kind="accept-gap")
    found = mission_on_record(standing((CALLED, NEEDED, PLEDGED, gap)), "m")
    assert found.mission.pledges == ()
    assert found.findings == ("two frigates: lacks what an act of its kind (accept-gap) needs; it changes nothing",)


def test_an_activation_in_doubt_fixes_no_rotation() -> None:
    found = mission_on_record(standing((CALLED, NEEDED, act("deny", "AAA", "no", to=CALLED))), "m")
    assert found.mission.rotations == ()
    assert found.findings == ("call: activates m, and is contested; it changes nothing",)


def test_rotations_end_with_the_calendar() -> None:
    endless = replace(CALLED, details={**CALLED.details, "rotations": "99999", "months": "9999"})
    rotations = mission_on_record(standing((endless, NEEDED)), "m").mission.rotations
    assert [str(one.days) for one in rotations][-1:] == ["8362-10-01 to 9195-07-01"] or len(rotations) == 9


def test_what_names_another_mission_than_what_it_answers_is_told_in_both() -> None:
    other = act("activate-mission", "ORG", "other", mission="n", from_="2030-01-01", months="6", rotations="1")
    crossed = act("accept-force", "ORG", "crossed", to=PLEDGED, line="L", mission="n")
    for name in ("m", "n"):
        found = mission_on_record(standing((CALLED, NEEDED, PLEDGED, other, crossed)), name)
        assert found.mission.accepted == ()
        assert found.findings == (f"crossed: replies to no pledge of {name} that has effect; it changes nothing",)


def test_a_pool_act_that_lacks_what_it_needs_is_told() -> None:
    opened = act("open-pool", "ORG", "opened", pool="hours", item="hours")
    slip = act("replace", "ORG", "slip", to=opened, kind="draw-pool")
    given = act("contribute-pool", "AAA", "given", pool="hours", amount="5")
    found = pool_on_record(standing((opened, slip, given)), "hours")
    assert "opened: lacks what an act of its kind (draw-pool) needs; it changes nothing" in found.findings
    assert [one.ref for one in found.pool.movements] == ["given"]
    with pytest.raises(NotOnRecord, match="there are: none"):
        pool_on_record(standing((opened, slip)), "hours")
