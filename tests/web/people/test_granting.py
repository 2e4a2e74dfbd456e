"""Who may grant what: held for any office and any run of changes, however odd."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.terms import Classification, Ladder
from comity.web.confining import covers
from comity.web.people.granting import Grant, Step, allow
from comity.web.readers import RIGHTS, NotAllowed, Right, Role

NAMES = ("ana", "bob", "cem", "dee")
LEVELS = ("RESTRICTED", "SECRET", "TOP SECRET")
LADDER = Ladder(policy="NATO", owner="NATO", source="a test", levels=tuple(Classification(name=name, rank=rank) for rank, name in enumerate(LEVELS)))
grants = st.builds(
    Grant,
    roles=st.frozensets(st.sampled_from(Role), max_size=3),
    party=st.sampled_from((None, "DEU", "ISL", "public")),
    agreements=st.none() | st.frozensets(st.sampled_from(("nato-treaty", "ctbt", "cwc")), max_size=3),
    cleared=st.sampled_from(((), *((f"NATO: {level}",) for level in LEVELS))),
    in_use=st.booleans(),
)
offices = st.dictionaries(st.sampled_from(NAMES), grants, max_size=4)
steps = st.builds(Step, by=st.none() | st.sampled_from(NAMES), whose=st.sampled_from(NAMES), after=grants)
WRITES = frozenset(Right) - {Right.READ, Right.ADMINISTER}


def taken(office: dict[str, Grant], step: Step) -> bool:
    try:
        allow(office, step, (LADDER,))
    except NotAllowed:
        return False
    return True


def administers(grant: Grant) -> bool:
    return grant.may(Right.ADMINISTER)


@given(offices, st.lists(steps, max_size=12))
@settings(max_examples=400, deadline=None)
def test_whatever_is_tried_somebody_administers_and_nobody_gains_by_themselves(office: dict[str, Grant], tried: list[Step]) -> None:
    somebody = any(administers(one) for one in office.values())
    for step in tried:
        before = dict(office)
        if not taken(office, step):
            continue
        office = {**office, step.whose: step.after}
        somebody = somebody or administers(step.after)
        assert any(administers(one) for one in office.values()) is somebody
        assert step.after.roles
        if step.by is not None:
            assert step.by != step.whose
            assert administers(before[step.by])
            assert office[step.by] == before[step.by]


@given(offices, steps)
@settings(max_examples=400, deadline=None)
def test_nobody_grants_more_of_the_record_than_they_see_themselves(office: dict[str, Grant], step: Step) -> None:
    if step.by is None or not taken(office, step):
        return
    own, known = office[step.by], office.get(step.whose, Grant(frozenset()))
    assert own.party in (None, step.after.party) or step.after.party == "public"
    assert own.agreements is None or (step.after.agreements is not None and step.after.agreements <= own.agreements)
    for one in step.after.cleared:
        assert one in known.cleared or covers(own.cleared, "NATO", one.partition(": ")[2], (LADDER,))


@given(offices, steps)
@settings(max_examples=400, deadline=None)
def test_whoever_gives_out_roles_records_approves_and_releases_nothing(office: dict[str, Grant], step: Step) -> None:
    """Not even the keeper makes one who does both; nor does an administrator become one: their own account is out of their reach."""
    if taken(office, step) and Role.ADMINISTRATOR in step.after.roles:
        assert not any(step.after.may(right) for right in WRITES)
    for roles in (frozenset({role}) for role in Role if RIGHTS[role] & WRITES):
        if step.by in office:
            assert not taken(office, Step(step.by, step.by, replace(office[step.by], roles=roles)))


ROOT = Grant(frozenset({Role.ADMINISTRATOR}), cleared=("NATO: SECRET",))
OFFICER = Grant(frozenset({Role.DESK_OFFICER}))


@pytest.mark.parametrize(
    ("office", "step", "says"),
    [
        ({"bob": OFFICER}, Step("bob", "cem", OFFICER), "bob administers no accounts"),
        ({"ana": ROOT}, Step("eve", "cem", OFFICER), "eve administers no accounts"),
        ({"ana": replace(ROOT, in_use=False), "dee": ROOT}, Step("ana", "cem", OFFICER), "ana administers no accounts"),
        ({"ana": ROOT, "dee": ROOT}, Step("ana", "ana", OFFICER), "nobody changes what they may do themselves"),
        ({"ana": ROOT}, Step("ana", "cem", Grant(frozenset())), "cem would have no role"),
        ({"ana": ROOT}, Step(None, "ana", replace(ROOT, in_use=False)), "ana is the last who administers"),
        ({"ana": ROOT}, Step(None, "ana", OFFICER), "ana is the last who administers"),
        ({"ana": ROOT}, Step(None, "cem", replace(ROOT, roles=frozenset({Role.ADMINISTRATOR, Role.PLANNER}))), "give planner to another"),
        ({"ana": replace(ROOT, party="DEU")}, Step("ana", "cem", OFFICER), "ana acts for DEU"),
        ({"ana": replace(ROOT, party="DEU"), "cem": OFFICER}, Step("ana", "cem", replace(OFFICER, party="DEU")), "ana acts for DEU"),
        ({"ana": replace(ROOT, agreements=frozenset({"cwc"}))}, Step("ana", "cem", OFFICER), "ana is confined to cwc"),
        ({"ana": ROOT}, Step("ana", "cem", replace(OFFICER, cleared=("NATO: TOP SECRET",))), "ana is not cleared for NATO: TOP SECRET"),
        ({"ana": ROOT}, Step("ana", "cem", replace(OFFICER, cleared=("DEU: GEHEIM",))), "ana is not cleared for DEU: GEHEIM"),
    ],
)
def test_each_rule_refuses_with_its_own_line(office: dict[str, Grant], step: Step, says: str) -> None:
    with pytest.raises(NotAllowed, match=says):
        allow(office, step, (LADDER,))


def test_what_somebody_was_cleared_for_before_may_stay() -> None:
    office = {"ana": ROOT, "cem": replace(OFFICER, cleared=("NATO: TOP SECRET",))}
    assert taken(office, Step("ana", "cem", replace(office["cem"], in_use=False)))
    assert taken(office, Step("ana", "cem", replace(OFFICER, cleared=("NATO: RESTRICTED",))))
